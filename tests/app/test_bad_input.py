"""Whatever is sent: a 4xx that names the field, nothing written, nothing personal logged."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.api import ADMIN, FREELANCER, PRODUCER, Answer, Person
from tests.support.examples import brief_body, company_body, credit_body, day, profile_body, today
from tests.support.tables import dump
from tests.support.world import World

MEGABYTE = "é" * 500_000 + "a" * 500_000

#: In every body sent here: what no log line may repeat.
PERSONAL = "Marguerite.Duval@courriel.test"


@pytest.fixture(scope="module")
def brief_id(standing: World) -> str:
    """A live brief at version 2."""
    live: str = standing.live_brief(confidential_title=PERSONAL)["brief_id"]
    return live


@pytest.fixture
def refused(standing: World, logged: io.StringIO) -> Callable[..., Answer]:
    """Sends something that must be refused, and checks what is true of every refusal."""

    def send(method: str, path: str, person: Person, body: object = None, **options: Any) -> Answer:
        before = dump()
        answer = standing.api.call(method, path, body, person=person, **options)
        assert 400 <= answer.status < 500, (answer.status, answer.content[:500])
        assert answer.headers["Content-Type"] == "application/problem+json"
        problem = answer.json
        assert problem["status"] == answer.status
        assert problem["type"] == f"urn:plot-point:error:{problem['code']}"
        assert problem["title"]
        assert PERSONAL not in answer.content.decode()
        assert len(answer.content) < 10_000
        assert dump() == before
        text = logged.getvalue()
        for personal in (PERSONAL, PRODUCER.email, FREELANCER.email, "Inès", "Falaise", "Kerloc", "éééé"):
            assert personal not in text, personal
        return answer

    return send


Case = tuple[dict[str, Any], dict[str, str]]

BRIEFS: dict[str, Callable[[], Case]] = {
    "unknown role": lambda: ({"role": "showrunner"}, {"/role": "unknown_id"}),
    "unknown genre": lambda: ({"genres": ["regional-crime", "vampires"]}, {"/genres/1": "unknown_id"}),
    "id of another dimension": lambda: ({"tones": ["regional-crime"]}, {"/tones/0": "unknown_id"}),
    "unknown broadcaster": lambda: ({"targeted_broadcaster": "tele-lune"}, {"/targeted_broadcaster": "unknown_id"}),
    "unknown region": lambda: ({"region": "atlantide"}, {"/region": "unknown_id"}),
    "repeated genre": lambda: ({"genres": ["noir", "noir"]}, {"/genres": "repeated"}),
    "too many genres": lambda: (
        {"genres": ["crime", "noir", "drama", "comedy", "thriller", "war"]},
        {"/genres": "too_many"},
    ),
    "past option": lambda: (
        {"option_end_date": day(-1)},
        {"/option_end_date": "in_the_past", "/start_window/from": "after_option_end"},
    ),
    "past start": lambda: (
        {"start_window": {"from": day(-9), "until": day(-2)}},
        {"/start_window/until": "in_the_past"},
    ),
    "end before start": lambda: (
        {"start_window": {"from": day(9), "until": day(8)}},
        {"/start_window/until": "end_before_start"},
    ),
    "start after the option": lambda: (
        {"option_end_date": day(5), "start_window": {"from": day(6), "until": day(8)}},
        {"/start_window/from": "after_option_end"},
    ),
    "no end": lambda: ({"start_window": {"from": day(9)}}, {"/start_window/until": "required"}),
    "impossible date": lambda: ({"option_end_date": "2027-02-30"}, {"/option_end_date": "wrong_date"}),
    "broadcaster's date in the past": lambda: (
        {"broadcaster_date": day(-1)},
        {"/broadcaster_date": "in_the_past", "/start_window/from": "after_broadcaster_date"},
    ),
    "start after the broadcaster's date": lambda: (
        {"broadcaster_date": day(5), "start_window": {"from": day(6), "until": day(8)}},
        {"/start_window/from": "after_broadcaster_date"},
    ),
    "notice before nothing": lambda: ({"renewal_notice_days": -1}, {"/renewal_notice_days": "too_small"}),
    "notice of more than a year": lambda: ({"renewal_notice_days": 366}, {"/renewal_notice_days": "too_large"}),
    "date in words": lambda: ({"option_end_date": "demain"}, {"/option_end_date": "wrong_date"}),
    "negative budget": lambda: ({"budget": {"min": -1, "max": 3, "unit": "day"}}, {"/budget/min": "too_small"}),
    "inverted budget": lambda: ({"budget": {"min": 401, "max": 400, "unit": "day"}}, {"/budget/max": "inverted"}),
    "budget in cents": lambda: ({"budget": {"min": 300.5, "max": 400, "unit": "day"}}, {"/budget/min": "wrong_type"}),
    "budget as text": lambda: ({"budget": {"min": "300", "max": 400, "unit": "day"}}, {"/budget/min": "wrong_type"}),
    "unknown unit": lambda: ({"budget": {"min": 3, "max": 4, "unit": "hour"}}, {"/budget/unit": "unknown_choice"}),
    "no unit": lambda: ({"budget": {"min": 3, "max": 4}}, {"/budget/unit": "required"}),
    "no seat for a junior": lambda: ({"junior_seats": 0}, {"/junior_seats": "junior_seats_out_of_range"}),
    "more junior seats than seats": lambda: ({"junior_seats": 9}, {"/junior_seats": "junior_seats_out_of_range"}),
    "half a junior seat": lambda: ({"junior_seats": 1.5}, {"/junior_seats": "wrong_type"}),
    "no days": lambda: ({"estimated_days": 0}, {"/estimated_days": "too_small"}),
    "one megabyte of logline": lambda: ({"logline": {"fr": MEGABYTE}}, {"/logline/fr": "too_long"}),
    "one megabyte of pitch": lambda: ({"pitch": {"fr": MEGABYTE}}, {"/pitch/fr": "too_long"}),
    "one megabyte of code name": lambda: ({"code_name": MEGABYTE}, {"/code_name": "too_long"}),
    "one megabyte where an id is wanted": lambda: ({"role": MEGABYTE}, {"/role": "unknown_id"}),
    "control character": lambda: ({"code_name": "Projet\u0007"}, {"/code_name": "control_characters"}),
    "null character": lambda: ({"pitch": {"fr": "a\u0000b"}}, {"/pitch/fr": "control_characters"}),
    "line break in a name": lambda: ({"code_name": "Projet\nBcc: x"}, {"/code_name": "control_characters"}),
    "number for a text": lambda: ({"code_name": 12}, {"/code_name": "wrong_type"}),
    "text for a list": lambda: ({"genres": "noir"}, {"/genres": "wrong_type"}),
    "object for a list": lambda: ({"genres": {"0": "noir"}}, {"/genres": "wrong_type"}),
    "list for an object": lambda: ({"budget": [300, 400, "day"]}, {"/budget": "wrong_type"}),
    "list for a text": lambda: ({"logline": {"fr": ["a"]}}, {"/logline/fr": "wrong_type"}),
    "unknown field": lambda: ({"salary_history": 1}, {"/salary_history": "unknown_field"}),
    "unknown field inside": lambda: (
        {"budget": {"min": 1, "max": 2, "unit": "day", "fee": 3}},
        {"/budget/fee": "unknown_field"},
    ),
    "a field of the answer": lambda: ({"status": "live"}, {"/status": "unknown_field"}),
    "someone else's company": lambda: ({"company_id": "x"}, {"/company_id": "unknown_field"}),
    "its inner name": lambda: (
        {"start_window": {"from_": day(1), "until": day(2)}},
        {"/start_window/from": "required"},
    ),
}


@pytest.mark.parametrize("case", BRIEFS)
def test_a_wrong_field_of_a_new_brief_is_named(case: str, refused: Callable[..., Answer]) -> None:
    changes, expected = BRIEFS[case]()
    answer = refused("POST", "/briefs", PRODUCER, brief_body(confidential_title=PERSONAL) | changes)
    assert answer.status == 422
    assert answer.codes == expected


@pytest.mark.parametrize("case", BRIEFS)
def test_a_wrong_field_of_an_edit_is_named(case: str, brief_id: str, refused: Callable[..., Answer]) -> None:
    changes, expected = BRIEFS[case]()
    answer = refused("PATCH", f"/briefs/{brief_id}", PRODUCER, {"confidential_title": PERSONAL} | changes)
    assert answer.status == 422
    assert answer.codes == expected


COMPANIES: dict[str, Case] = {
    "wrong SIREN": ({"siren": "552178635"}, {"/siren": "wrong_siren"}),
    "SIREN as a number": ({"siren": 552178634}, {"/siren": "wrong_type"}),
    "wrong domain": ({"email_domain": "maison"}, {"/email_domain": "wrong_domain"}),
    "one megabyte": ({"mandate": MEGABYTE}, {"/mandate": "too_long"}),
    "control character": ({"legal_name": "Films\u001b[0m"}, {"/legal_name": "control_characters"}),
    "unknown language": ({"contact_language": "de"}, {"/contact_language": "unknown_choice"}),
    "already verified": ({"status": "verified"}, {"/status": "unknown_field"}),
    "empty": ({"legal_name": " "}, {"/legal_name": "too_short"}),
}


@pytest.mark.parametrize("case", COMPANIES)
def test_a_wrong_field_of_a_company_is_named(case: str, refused: Callable[..., Answer]) -> None:
    changes, expected = COMPANIES[case]
    answer = refused("PUT", "/companies/mine", PRODUCER, company_body(mandate=PERSONAL) | changes)
    assert answer.status == 422
    assert answer.codes == expected


PROFILES: dict[str, Callable[[], Case]] = {
    "no role": lambda: ({"roles": []}, {"/roles": "too_few"}),
    "unknown role": lambda: ({"roles": ["producer"]}, {"/roles/0": "unknown_id"}),
    "unknown speciality": lambda: ({"specialities": {"genres": ["x"]}}, {"/specialities/genres/0": "unknown_id"}),
    "end before start": lambda: (
        {"availability": [{"from": day(3), "until": day(2)}]},
        {"/availability/0/until": "end_before_start"},
    ),
    "inverted rate": lambda: ({"day_rate": {"min": 2, "max": 1}}, {"/day_rate/max": "inverted"}),
    "negative rate": lambda: ({"day_rate": {"min": -2, "max": 1}}, {"/day_rate/min": "too_small"}),
    "one megabyte": lambda: ({"bio": {"fr": MEGABYTE}}, {"/bio/fr": "too_long"}),
    "control character": lambda: ({"display_name": "In\u0000ès"}, {"/display_name": "control_characters"}),
    "birth date": lambda: ({"birth_date": "1990-01-01"}, {"/birth_date": "unknown_field"}),
    "photo": lambda: ({"photo": "data:"}, {"/photo": "unknown_field"}),
    "its own level": lambda: ({"levels": {"literary-director": "senior"}}, {"/levels": "unknown_field"}),
    "its own status": lambda: ({"status": "verified"}, {"/status": "unknown_field"}),
    "text for an object": lambda: ({"bio": "Lectrice"}, {"/bio": "wrong_type"}),
    "no name": lambda: ({"display_name": None}, {"/display_name": "wrong_type"}),
    "wrong numbers": lambda: (
        {"external_ids": {"isni": "9999999900000011", "wikidata": "L1", "bnf": "cb900000228", "imdb": "tt90000011"}},
        {
            "/external_ids/isni": "wrong_isni",
            "/external_ids/wikidata": "wrong_wikidata_item",
            "/external_ids/bnf": "wrong_bnf_ark",
            "/external_ids/imdb": "wrong_imdb_name",
        },
    ),
    "ISNI as a number": lambda: ({"external_ids": {"isni": 9999999900000010}}, {"/external_ids/isni": "wrong_type"}),
    "number of another catalogue": lambda: ({"external_ids": {"tmdb": "1"}}, {"/external_ids/tmdb": "unknown_field"}),
}


@pytest.mark.parametrize("case", PROFILES)
def test_a_wrong_field_of_a_profile_is_named(case: str, refused: Callable[..., Answer]) -> None:
    changes, expected = PROFILES[case]()
    answer = refused("PUT", "/profiles/mine", FREELANCER, profile_body(bio={"fr": PERSONAL}) | changes)
    assert answer.status == 422
    assert answer.codes == expected


CREDITS: dict[str, Callable[[], Case]] = {
    "future year": lambda: ({"year": today().year + 1, "started_year": None}, {"/year": "in_the_future"}),
    "started after": lambda: ({"year": 2020, "started_year": 2021}, {"/year": "end_before_start"}),
    "before cinema": lambda: ({"year": 1812, "started_year": None}, {"/year": "too_small"}),
    "unknown function": lambda: ({"function": "actor"}, {"/function": "unknown_id"}),
    "unknown format": lambda: ({"format": "52"}, {"/format": "unknown_id"}),
    "one megabyte": lambda: ({"synopsis": MEGABYTE}, {"/synopsis": "too_long"}),
    "control character": lambda: ({"title": "a\tb"}, {"/title": "control_characters"}),
    "verified by its owner": lambda: ({"level": 3}, {"/level": "unknown_field"}),
    "no contribution": lambda: ({"contribution": ""}, {"/contribution": "too_short"}),
    "wrong check character": lambda: ({"isan": "FFFF-0001-0000-0000-Z"}, {"/isan": "wrong_isan"}),
    "half an ISAN": lambda: ({"isan": "FFFF-0001"}, {"/isan": "wrong_isan"}),
    "empty ISAN": lambda: ({"isan": ""}, {"/isan": "too_short"}),
}


@pytest.mark.parametrize("case", CREDITS)
def test_a_wrong_field_of_a_credit_is_named(case: str, refused: Callable[..., Answer]) -> None:
    changes, expected = CREDITS[case]()
    answer = refused("POST", "/profiles/mine/credits", FREELANCER, credit_body(company=PERSONAL) | changes)
    assert answer.status == 422
    assert answer.codes == expected


WRITES = [
    ("POST", "/briefs", PRODUCER),
    ("PUT", "/companies/mine", PRODUCER),
    ("POST", "/companies/mine/members", PRODUCER),
    ("PUT", "/profiles/mine", FREELANCER),
    ("POST", "/profiles/mine/credits", FREELANCER),
    ("POST", "/me/role", Person("sub-new", "nouveau@courriel.test")),
]

NOT_OBJECTS = {
    "cut short": b'{"code_name": "Proj',
    "not JSON": b"code_name=Projet",
    "empty": b"",
    "a list": b"[]",
    "a text": json.dumps(PERSONAL).encode(),
    "a number": b"3",
    "null": b"null",
    "single quotes": b"{'code_name': 'x'}",
    "not UTF-8": b'{"code_name": "\xff\xfe"}',
    "half a surrogate": b'{"code_name": "\\ud800"}',
    "very deep": b"[" * 100_000,
    "very deep objects": b'{"a":' * 100_000,
}


@pytest.mark.parametrize("body", NOT_OBJECTS)
@pytest.mark.parametrize(("method", "path", "person"), WRITES)
def test_a_body_that_is_not_a_json_object_is_refused_whole(
    body: str, method: str, path: str, person: Person, refused: Callable[..., Answer]
) -> None:
    answer = refused(method, path, person, raw=NOT_OBJECTS[body])
    assert (answer.status, answer.json["code"]) == (400, "malformed_body")


def test_a_body_beyond_any_use_is_refused_unread(refused: Callable[..., Answer]) -> None:
    answer = refused("POST", "/briefs", PRODUCER, raw=b'{"code_name": "' + b"a" * 4_000_001 + b'"}')
    assert (answer.status, answer.json["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("header", ['"1"', '"99"', "0", '"abc"', "", '"-1"', '"2', "x" * 5_000])
def test_an_if_match_that_is_not_the_current_version_changes_nothing(
    header: str, brief_id: str, refused: Callable[..., Answer]
) -> None:
    if header == '"2':
        header = '"3'
    for method, path, body in (
        ("PATCH", "", {"code_name": "Projet Varech"}),
        ("POST", "/close", None),
        ("POST", "/fill", None),
    ):
        answer = refused(method, f"/briefs/{brief_id}{path}", PRODUCER, body, headers={"If-Match": header})
        assert (answer.status, answer.json["code"]) in ((412, "precondition_failed"), (422, "invalid"))
        if answer.status == 422:
            assert answer.pointers == {"If-Match"}


@pytest.mark.parametrize(
    ("path", "person", "pointer"),
    [
        ("/briefs?cursor=abc", PRODUCER, "?cursor"),
        ("/briefs?cursor=%C3%A9", PRODUCER, "?cursor"),
        ("/projects?role=chef", FREELANCER, "?role"),
        ("/projects?cursor=W10", FREELANCER, "?cursor"),
        ("/admin/companies?status=all", ADMIN, "?status"),
        ("/admin/profiles?status=draft", ADMIN, "?status"),
        ("/admin/notifications?state=lost", ADMIN, "?state"),
        ("/admin/notifications?cursor=zzz", ADMIN, "?cursor"),
    ],
)
def test_a_wrong_query_parameter_is_named(
    path: str, person: Person, pointer: str, refused: Callable[..., Answer]
) -> None:
    answer = refused("GET", path, person)
    assert (answer.status, answer.pointers) == (422, {pointer})


def test_publishing_an_incomplete_draft_lists_all_that_is_missing_and_publishes_nothing(
    standing: World, refused: Callable[..., Answer]
) -> None:
    brief = standing.api.post("/briefs", {"code_name": "Projet Goémon"}, PRODUCER).json
    answer = refused("POST", f"/briefs/{brief['brief_id']}/publish", PRODUCER)
    assert (answer.status, answer.json["code"]) == (422, "not_publishable")
    assert len(answer.pointers) == 21
    assert "/code_name" not in answer.pointers
    assert {"/budget", "/pitch/fr", "/logline/fr", "/start_window"} <= answer.pointers
