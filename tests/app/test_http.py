"""The house's manners over HTTP: languages, versions, wrong methods and media, and a crash that says nothing."""

from __future__ import annotations

import io
from unittest.mock import patch

import pytest

from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import Table
from tests.support.api import FREELANCER, PRODUCER, Api
from tests.support.examples import brief_body, company_body, credit_body, profile_body
from tests.support.tables import dump
from tests.support.world import World, done

NUMBERS = {"isni": "9999999900000010", "wikidata": None, "bnf": "ark:/12148/cb900000229", "imdb": "nm90000011"}


def test_the_wrong_method_is_405_and_says_which_are_right(api: Api) -> None:
    answer = api.delete("/briefs", PRODUCER)
    assert (answer.status, answer.json["code"]) == (405, "method_not_allowed")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"GET", "POST"} <= {method.strip() for method in answer.headers["Allow"].split(",")}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/xml"])
def test_another_media_type_is_415(kind: str, api: Api) -> None:
    answer = api.post("/briefs", brief_body(), PRODUCER, headers={"content-type": kind})
    assert (answer.status, answer.json["code"]) == (415, "unsupported_media_type")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8"])
def test_json_is_taken_with_or_without_its_charset(kind: str, world: World) -> None:
    world.company()
    assert world.api.post("/briefs", brief_body(), PRODUCER, headers={"content-type": kind}).status == 201


def test_a_crash_is_500_in_the_houses_shape_and_says_nothing_of_its_cause(api: Api, logged: io.StringIO) -> None:
    with patch.object(Table, "get", side_effect=KeyError("claire@falaise-films.test in /var/task")):
        answer = api.get("/companies/mine", PRODUCER)
    assert (answer.status, answer.json["code"]) == (500, "internal_error")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert b"claire" not in answer.content
    assert b"Traceback" not in answer.content
    assert "claire" not in logged.getvalue()
    assert '"error":"KeyError"' in logged.getvalue()


def test_an_outage_is_503_and_asks_to_try_again(api: Api) -> None:
    with patch.object(Table, "get", side_effect=Retryable("dynamodb_busy")):
        answer = api.get("/companies/mine", PRODUCER)
    assert (answer.status, answer.json["code"]) == (503, "unavailable")
    assert b"dynamodb" not in answer.content


@pytest.mark.parametrize(
    ("header", "language", "title"),
    [
        (None, "fr", "Introuvable."),
        ("en-GB,en;q=0.9,fr;q=0.5", "en", "Not found."),
        ("de", "fr", "Introuvable."),
    ],
)
def test_refusals_are_in_the_readers_language(header: str | None, language: str, title: str, api: Api) -> None:
    answer = api.get("/companies/mine", PRODUCER, headers={"Accept-Language": header} if header else {})
    assert answer.json["title"] == title
    assert answer.headers["Content-Language"] == language


def test_field_messages_are_in_the_readers_language(world: World) -> None:
    world.company()
    body = {"option_end_date": "2001-01-01"}
    french = world.api.post("/briefs", body, PRODUCER).json["errors"][0]["message"]
    english = world.api.post("/briefs", body, PRODUCER, headers={"Accept-Language": "en"}).json["errors"][0]["message"]
    assert (french, english) == ("Cette date est passée.", "This date has passed.")


def test_what_is_edited_carries_its_version_and_is_edited_at_that_version_only(world: World) -> None:
    world.company()
    created = world.api.post("/briefs", brief_body(), PRODUCER)
    path = f"/briefs/{created.json['brief_id']}"
    assert created.etag == '"1"'
    edited = world.api.patch(path, {"code_name": "Projet Varech"}, PRODUCER, headers={"If-Match": created.etag})
    assert (edited.status, edited.etag, edited.json["version"]) == (200, '"2"', 2)
    late = world.api.patch(path, {"code_name": "Projet Algue"}, PRODUCER, headers={"If-Match": created.etag})
    assert (late.status, late.json["code"]) == (412, "precondition_failed")
    read = world.api.get(path, PRODUCER)
    assert (read.etag, read.json["code_name"]) == ('"2"', "Projet Varech")
    published = world.api.post(f"{path}/publish", person=PRODUCER, headers={"If-Match": read.etag})
    assert (published.status, published.etag) == (200, '"3"')


def test_a_change_of_nothing_changes_no_version_and_writes_nothing(world: World) -> None:
    world.company()
    brief = world.draft()
    before = dump()
    answer = world.api.patch(f"/briefs/{brief['brief_id']}", {"code_name": brief["code_name"]}, PRODUCER)
    assert (answer.status, answer.etag) == (200, '"1"')
    assert world.api.patch(f"/briefs/{brief['brief_id']}", {}, PRODUCER).etag == '"1"'
    assert dump() == before


@pytest.mark.parametrize(
    ("path", "person", "body", "change"),
    [
        ("/companies/mine", PRODUCER, company_body(), {"mandate": "Gérante"}),
        ("/profiles/mine", FREELANCER, profile_body(), {"region": "corse"}),
    ],
)
def test_a_company_and_a_profile_are_replaced_at_their_version_only(
    path: str, person: object, body: dict[str, object], change: dict[str, object], api: Api
) -> None:
    premature = api.put(path, body, person, headers={"If-Match": '"1"'})  # type: ignore[arg-type]
    assert premature.status == 412
    first = api.put(path, body, person)  # type: ignore[arg-type]
    second = api.put(path, {**body, **change}, person, headers={"If-Match": first.etag})  # type: ignore[arg-type]
    assert (first.etag, second.etag) == ('"1"', '"2"')
    assert api.put(path, body, person, headers={"If-Match": first.etag}).status == 412  # type: ignore[arg-type]


def test_a_credit_is_corrected_and_removed_at_the_profiles_version_only(world: World) -> None:
    profile = world.profile(verified=False)
    path = f"/profiles/mine/credits/{profile['credits'][0]['credit_id']}"
    assert world.api.delete(path, FREELANCER, headers={"If-Match": '"1"'}).status == 412
    read = world.api.get("/profiles/mine", FREELANCER)
    removed = world.api.delete(path, FREELANCER, headers={"If-Match": read.etag})
    assert (removed.status, removed.json["credits"]) == (200, [])


def test_a_null_or_an_empty_list_clears_a_field_and_what_is_not_sent_stays(world: World) -> None:
    world.company()
    brief = world.draft()
    path = f"/briefs/{brief['brief_id']}"
    changed = done(world.api.patch(path, {"budget": None, "genres": []}, PRODUCER))
    assert (changed["budget"], changed["genres"], changed["pitch"]) == (None, [], brief["pitch"])


def test_a_brief_comes_back_as_it_was_sent(world: World) -> None:
    world.company()
    sent = brief_body()
    brief = done(world.api.get(f"/briefs/{world.draft()['brief_id']}", PRODUCER))
    sent["pitch"] = {**sent["pitch"], "en": None}
    assert {name: brief[name] for name in sent} == sent
    assert (brief["status"], brief["days_left"], brief["deadline"]) == ("draft", 241, sent["option_end_date"])


def test_a_profile_and_its_credits_come_back_as_they_were_sent(world: World) -> None:
    profile = world.profile(verified=False)
    sent = profile_body()
    for name in ("display_name", "roles", "bio", "languages", "availability", "day_rate", "work_modes", "region"):
        assert profile[name] == sent[name]
    assert profile["specialities"]["genres"] == ["regional-crime"]
    assert [credit["level"] for credit in profile["credits"]] == [0]
    assert profile["levels"] == {"literary-director": "junior"}
    assert (profile["external_ids"], profile["credits"][0]["isan"]) == (dict.fromkeys(NUMBERS), None)


def test_numbers_come_back_to_their_owner_in_one_form_and_may_be_taken_away(world: World) -> None:
    pasted = {"isni": "9999 9999 0000 0010", "imdb": "https://www.imdb.com/name/nm90000011/", "bnf": "cb900000229"}
    profile = world.profile(verified=False, credits=({"isan": "isan ffff00010000 0000"},), external_ids=pasted)
    assert profile["external_ids"] == NUMBERS
    assert profile["credits"][0]["isan"] == "FFFF-0001-0000-0000-Y"
    path = f"/profiles/mine/credits/{profile['credits'][0]['credit_id']}"
    assert done(world.api.put(path, credit_body(), FREELANCER))["isan"] is None
    assert done(world.api.put("/profiles/mine", profile_body(), FREELANCER))["external_ids"] == dict.fromkeys(NUMBERS)


def test_the_life_of_a_brief_through_the_routes(world: World) -> None:
    world.company()
    brief = world.live_brief()
    path = f"/briefs/{brief['brief_id']}"
    assert (brief["status"], brief["publication_no"]) == ("live", 1)
    assert world.api.post(f"{path}/publish", person=PRODUCER).json["code"] == "wrong_state"
    assert done(world.api.post(f"{path}/close", person=PRODUCER))["status"] == "closed"
    assert done(world.api.post(f"{path}/reopen", person=PRODUCER))["publication_no"] == 2
    assert done(world.api.post(f"{path}/fill", person=PRODUCER))["status"] == "filled"
    mended = done(world.api.patch(path, {"code_name": "Projet Varech"}, PRODUCER))
    assert (mended["status"], mended["code_name"]) == ("filled", "Projet Varech")


def test_the_taxonomy_the_configuration_and_the_health_are_public(api: Api) -> None:
    taxonomy = api.get("/taxonomy")
    assert taxonomy.json["dimensions"]["genres"]["items"]
    assert "max-age" in taxonomy.headers["Cache-Control"]
    assert api.get("/config").json["user_pool_client_id"] == "testing-client"
    assert api.get("/health").json["status"] == "ok"


def test_no_answer_about_a_person_is_kept_by_a_cache(world: World) -> None:
    world.company()
    for path in ("/me", "/companies/mine", "/briefs"):
        assert world.api.get(path, PRODUCER).headers["Cache-Control"] == "no-store"


def test_a_company_reads_all_of_its_briefs_page_after_page(world: World) -> None:
    from chalicelib.briefs import service

    world.company()
    made = {world.draft()["brief_id"] for _ in range(5)}
    found: list[str] = []
    cursor = ""
    with patch.object(service, "PAGE", 2):
        while True:
            page = done(world.api.get(f"/briefs{cursor}", PRODUCER))
            found += [brief["brief_id"] for brief in page["briefs"]]
            if page["cursor"] is None:
                break
            cursor = f"?cursor={page['cursor']}"
    assert len(found) == 5
    assert set(found) == made
