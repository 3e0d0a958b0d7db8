"""What law and fairness make the software do, by row of the obligations: its number is in each test's name."""

from __future__ import annotations

import importlib
import io
import json
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from itsdangerous import URLSafeSerializer
from pydantic import BaseModel

import chalicelib
from chalicelib.briefs import confidentiality
from chalicelib.briefs import service as briefs_service
from chalicelib.composition import for_briefs
from chalicelib.matching import weights
from chalicelib.matching.models import Run
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot, CreditSnapshot
from chalicelib.platform.signing import seal
from chalicelib.platform.validation import Schema, Shape
from chalicelib.rates.observed import months_before
from chalicelib.vocabulary.facts import Fact
from tests.app.test_alarm_routes import CONTESTED, NO, SAID, WHY, Desk
from tests.app.test_verification_routes import BASILE, NADIR, Catalogue, Office, later
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Api, Person
from tests.support.environment import at, forget
from tests.support.examples import SECRETS, brief_body, profile_body, today
from tests.support.rates_fakes import entry
from tests.support.tables import dump, events, rows
from tests.support.world import World, done


def shapes(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Every request or answer shape of the API, and every event."""
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        importlib.import_module(module.name)
    for one in kind.__subclasses__():
        if one.__module__.startswith("chalicelib."):
            yield one
        yield from shapes(one)


def every_field() -> Iterator[tuple[str, str]]:
    """(where, name) of every field that the product takes, answers, publishes or matches on."""
    for kind in (Schema, Shape, Fact):
        for shape in shapes(kind):
            for name in shape.model_fields:
                yield shape.__name__, name
    for snapshot in (BriefSnapshot, CandidateSnapshot, CreditSnapshot):
        for name in snapshot.__slots__:
            yield snapshot.__name__, name


def test_the_walk_over_fields_sees_them_all() -> None:
    fields = set(every_field())
    assert ("BriefInput", "budget") in fields
    assert ("ProfileInput", "display_name") in fields
    assert ("CandidateSnapshot", "credits") in fields
    assert len(fields) > 200


# 1. An anonymous offer is lawful only if the platform knows who is behind it and the offer is dated ---------------


def test_row_1_only_a_verified_company_publishes(world: World) -> None:
    world.company(verified=False)
    brief = world.draft()
    path = f"/briefs/{brief['brief_id']}"
    before = dump()
    refused = world.api.post(f"{path}/publish", person=PRODUCER)
    assert (refused.status, refused.json["code"]) == (409, "company_not_verified")
    assert dump() == before
    world.verify_company()
    assert done(world.api.post(f"{path}/publish", person=PRODUCER))["status"] == "live"


def test_row_1_a_company_whose_verification_is_withdrawn_or_lost_does_not_publish_again(world: World) -> None:
    world.company()
    brief = world.live_brief()
    path = f"/briefs/{brief['brief_id']}"
    done(world.api.post(f"{path}/close", person=PRODUCER))
    world.take_back(PRODUCER, "Mandat expiré.")
    assert world.api.post(f"{path}/reopen", person=PRODUCER).json["code"] == "company_not_verified"
    world.verify_company()
    company = world.api.get("/companies/mine", PRODUCER).json
    body = {name: company[name] for name in ("siren", "email_domain", "mandate")}
    done(world.api.put("/companies/mine", {**body, "legal_name": "Un autre nom"}, PRODUCER))
    assert world.api.post(f"{path}/reopen", person=PRODUCER).json["code"] == "company_not_verified"


def test_row_1_no_producer_verifies_their_own_company(world: World) -> None:
    world.company(verified=False)
    case = done(world.api.post("/verification/mine", {"kind": "company"}, PRODUCER))
    path = f"/verification/cases/{case['case_id']}"
    body = {"lease_token": case["case_id"], "outcome": "verified", "ground": "company_confirmed", "text": "Moi."}
    both_sides = Person(PRODUCER.sub, PRODUCER.email, ("producers", "admins"))
    for answer in (
        world.api.post(f"{path}/claim", person=PRODUCER),
        world.api.post(f"{path}/decision", body, PRODUCER),
    ):
        assert (answer.status, answer.json["code"]) == (403, "forbidden")
    own = world.api.get(path, both_sides)
    assert (own.status, own.json["code"]) == (403, "own_case")
    assert world.api.get("/companies/mine", PRODUCER).json["status"] == "unverified"


def test_row_1_every_card_shows_its_publication_date(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()
    one = done(world.api.get(f"/projects/{brief['brief_id']}", FREELANCER))
    every = done(world.api.get("/projects", FREELANCER))["projects"]
    for card in (one, *every):
        assert card["published_on"] == today().isoformat()


@pytest.mark.parametrize("field", ["logline", "pitch"])
def test_row_1_french_is_mandatory_to_publish_and_english_optional(field: str, world: World) -> None:
    world.company()
    english = world.draft(**{field: {"en": "A harbour in Brittany."}})
    refused = world.api.post(f"/briefs/{english['brief_id']}/publish", person=PRODUCER)
    assert (refused.status, refused.codes) == (422, {f"/{field}/fr": "required"})
    assert world.live_brief(**{field: {"fr": "Un port breton."}})["status"] == "live"
    assert world.live_brief(**{field: {"fr": "Un port breton.", "en": "A harbour."}})["status"] == "live"


# 2. People who look for work never pay to be placed ---------------------------------------------------------------


def test_row_2_there_is_no_fee_no_boost_and_no_paid_badge_anywhere() -> None:
    paid = re.compile(
        r"fee|paid|pay|price|boost|premium|sponsor|subscription|credit_card|invoice|promot", re.IGNORECASE
    )
    assert [(where, name) for where, name in every_field() if paid.search(name)] == []
    assert [name for name in weights.document()["criteria"] if paid.search(name)] == []


def test_row_2_no_route_takes_a_payment(api: Api) -> None:
    paying = re.compile(r"pay|checkout|(?<!un)subscri|boost|billing|invoice")
    assert [path for _, path, _ in api.routes() if paying.search(path)] == []


# 3. Nothing is assigned automatically ------------------------------------------------------------------------------


def test_row_3_matching_proposes_and_assigns_nothing_to_anyone(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()
    before = dump()
    world.match()
    after = dump()
    for table in ("BriefsTable", "ProfilesTable", "CompaniesTable", "AccountsTable"):
        assert after[table] == before[table], table
    read = done(world.api.get(f"/briefs/{brief['brief_id']}", PRODUCER))
    assert read["status"] == "live"
    assert not [name for _, name in every_field() if re.search(r"assign|hired|engaged", name)]


def test_row_3_declining_has_no_effect_and_no_reason_is_asked(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()
    world.match()
    ranked = done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER))
    before = {table: items for table, items in dump().items() if table != "ConversationsTable"}
    declined = done(world.api.post(f"/projects/{brief['brief_id']}/decline", person=FREELANCER))
    assert declined["state"] == "declined"
    world.match()
    assert {table: items for table, items in dump().items() if table != "ConversationsTable"} == before
    assert done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER)) == ranked
    assert done(world.api.get("/conversations", PRODUCER))["conversations"] == []


# 4. Rates are a mark: dated, sourced, read, and nothing follows from them ------------------------------------------


def grid_in_force(api: Api) -> dict[str, Any]:
    return dict(done(api.get("/admin/rates", ADMIN))["grid"])


def another_grid(api: Api, factor: int) -> None:
    """Every range so many times as high, and every minimum."""
    grid = grid_in_force(api)
    for one in grid["ranges"]:
        one |= {name: one[name] * factor for name in ("low", "median", "high")}
    for one in grid["minima"]:
        one["amounts"] = [amount | {"cents": amount["cents"] * factor} for amount in one["amounts"]]
    done(api.put("/admin/rates", {"grid": grid, "reason": "Pour voir ce qui change."}, ADMIN))


def test_row_4_the_grid_is_dated_versioned_labelled_and_each_figure_has_its_source_or_is_an_assumption(
    api: Api,
) -> None:
    for version in (1, 2):
        read = done(api.get("/rates"))
        assert read["version"] == version
        assert read["as_of"] and read["published_at"]
        assert read["label"] == {
            "fr": "Repère indicatif, libre négociation",
            "en": "Indicative range, freely negotiated",
        }
        for one in (*read["ranges"], *read["flat_amounts"], *read["minima"]["items"], *read["contract_forms"]):
            assert one["assumption"] or (one["source"]["fr"] and one["source"]["en"])
        another_grid(api, 2)


def test_row_4_a_figure_without_a_source_that_is_no_assumption_is_not_published(api: Api) -> None:
    grid = grid_in_force(api)
    grid["ranges"][0] |= {"assumption": False, "source": None}
    refused = api.put("/admin/rates", {"grid": grid, "reason": "Sans source."}, ADMIN)
    assert (refused.status, refused.codes) == (422, {"/grid/ranges/0/source": "source_or_assumption"})
    assert api.get("/rates").json["version"] == 1


def test_row_4_a_published_version_never_changes(api: Api) -> None:
    first = done(api.get("/admin/rates?number=1", ADMIN))["grid"]
    another_grid(api, 2)
    second = done(api.get("/admin/rates?number=2", ADMIN))["grid"]
    another_grid(api, 5)
    assert done(api.get("/admin/rates?number=1", ADMIN))["grid"] == first
    assert done(api.get("/admin/rates?number=2", ADMIN))["grid"] == second


def test_row_4_the_grid_fills_in_no_field(world: World) -> None:
    world.company()
    silent = world.draft(budget=None)
    assert silent["budget"] is None
    body = profile_body()
    del body["day_rate"]
    answer = world.api.put("/profiles/mine", body, FREELANCER)
    another_grid(world.api, 3)
    assert done(world.api.get(f"/briefs/{silent['brief_id']}", PRODUCER))["budget"] is None
    again = world.api.put("/profiles/mine", body, FREELANCER)
    assert (answer.status, answer.json.get("day_rate")) == (again.status, again.json.get("day_rate"))
    assert not again.json.get("day_rate")


@pytest.mark.parametrize("budget", [{"min": 1, "max": 2}, {"min": 300, "max": 400}, {"min": 9_000, "max": 9_999}])
def test_row_4_no_budget_is_refused_for_where_it_stands(budget: dict[str, int], world: World) -> None:
    world.company()
    assert world.live_brief(budget=budget | {"unit": "day"})["status"] == "live"
    another_grid(world.api, 20)
    assert world.live_brief(budget=budget | {"unit": "day"})["status"] == "live"


def test_row_4_another_grid_gives_the_same_ranking_to_the_byte(world: World) -> None:
    from chalicelib.matching import wiring

    world.company()
    crowd(world)
    brief = world.live_brief()
    world.match()
    before = ranking(world, brief["brief_id"])
    another_grid(world.api, 10)
    forget()  # another process, with nothing in memory
    wiring.service().match_brief(brief["brief_id"], "01M842S0RBNNSS9DXA8NAVEFTT", "overdue")
    first, *_, last = (
        json.dumps(
            {name: run[name] for name in ("seats", "ranked", "candidates_digest", "rotation", "junior_rotation")},
            default=str,
        )
        for run in runs(brief["brief_id"])
        if run["cause"] in ("published", "overdue")
    )
    assert first == last
    assert ranking(world, brief["brief_id"]) == before


def test_row_4_nobody_is_told_about_the_other_side_by_the_grid(world: World) -> None:
    world.company()
    profile = world.profile()
    brief = world.live_brief(budget={"min": 10, "max": 20, "unit": "day"})
    world.match()
    read = [
        (FREELANCER, "/projects"),
        (FREELANCER, f"/projects/{brief['brief_id']}"),
        (FREELANCER, f"/projects/{brief['brief_id']}/fit"),
        (FREELANCER, "/profiles/mine"),
        (PRODUCER, f"/profiles/{profile['profile_id']}"),
        (PRODUCER, f"/briefs/{brief['brief_id']}/matches"),
        (PRODUCER, f"/briefs/{brief['brief_id']}/matches/{profile['profile_id']}"),
    ]
    answers = [world.api.get(path, person) for person, path in read]
    assert {answer.status for answer in answers} == {200}
    another_grid(world.api, 10)
    assert [world.api.get(path, person).content for person, path in read] == [one.content for one in answers]
    for answer in answers:
        assert not re.search(r"repère|indicative|en dessous|below|grille", answer.content.decode(), re.IGNORECASE)


@pytest.mark.parametrize(("budget", "position"), [((200, 300), "below"), ((400, 450), "within"), ((900, 950), "above")])
def test_row_4_a_producer_is_told_neutrally_where_their_budget_stands_and_nothing_is_kept(
    budget: tuple[int, int], position: str, api: Api
) -> None:
    before = dump()
    told = for_briefs.rates().notice("literary-director", ["mid"], *budget, "day")
    assert dump() == before
    assert told.position == position
    for text, label in (
        (told.sentence.fr, "Repère indicatif, libre négociation"),
        (told.sentence.en, "Indicative range, freely negotiated"),
    ):
        assert label in text
        assert not re.search(r"trop|insuffisant|devriez|attention|too |should|must|warning", text, re.IGNORECASE)


def test_row_4_observed_budgets_are_told_from_ten_engagements_of_five_companies_three_months_old(api: Api) -> None:
    from chalicelib.rates import wiring

    def figures() -> Any:
        pools = done(api.get("/rates/observed?role=literary-director"))["pools"]
        return next(one for one in pools if (one["level"], one["unit"]) == ("mid", "day"))["figures"]

    def keep(number: int, companies: int, month: date) -> None:
        one = entry(f"company-{number % companies}", 400 + number, month=month)
        wiring.repository().keep_entry(f"digest-{number}", one, 1)

    old, recent = months_before(today(), 4), months_before(today(), 3)
    for number in range(9):
        keep(number, 5, old)
    assert figures() is None
    keep(9, 5, recent)
    assert figures() is None
    keep(14, 5, old)
    assert (figures()["minimum"], figures()["maximum"], figures()["at_least"]) == (400, 480, 10)


def test_row_4_observed_budgets_of_four_companies_are_not_told(api: Api) -> None:
    from chalicelib.rates import wiring

    for number in range(40):
        one = entry(f"company-{number % 4}", month=months_before(today(), 6))
        wiring.repository().keep_entry(f"digest-{number}", one, 1)
    pools = done(api.get("/rates/observed?role=literary-director"))["pools"]
    [pool] = [one for one in pools if (one["level"], one["unit"]) == ("mid", "day")]
    assert (pool["figures"], pool["withheld"]["code"]) == (None, "too_few_companies")


def test_row_4_minima_that_bind_are_apart_from_the_ranges_and_hold_for_employments_alone(api: Api) -> None:
    read = done(api.get("/rates"))
    employing = {one["id"] for one in read["contract_forms"] if one["kind"] == "employment"}
    assert employing == {"cddu", "cdd", "cdi"}
    assert read["minima"]["label"] != read["label"]
    for one in read["minima"]["items"]:
        assert set(one["contract_forms"]) <= employing
    assert "cents" not in json.dumps(read["ranges"])
    grid = grid_in_force(api)
    grid["minima"][0]["contract_forms"] = ["freelance-invoice"]
    refused = api.put("/admin/rates", {"grid": grid, "reason": "Un minimum de facture."}, ADMIN)
    assert refused.codes == {"/grid/minima/0/contract_forms": "not_an_employment"}


# 5. Pay transparency -----------------------------------------------------------------------------------------------


def test_row_5_a_budget_range_with_its_unit_is_mandatory_to_publish_and_shown(world: World) -> None:
    world.company()
    world.profile()
    silent = world.draft(budget=None)
    refused = world.api.post(f"/briefs/{silent['brief_id']}/publish", person=PRODUCER)
    assert (refused.status, refused.codes) == (422, {"/budget": "required"})
    brief = world.live_brief()
    card = done(world.api.get(f"/projects/{brief['brief_id']}", FREELANCER))
    assert card["budget"] == {"min": 300, "max": 400, "unit": "day"}
    removed = world.api.patch(f"/briefs/{brief['brief_id']}", {"budget": None}, PRODUCER)
    assert (removed.status, removed.pointers) == (422, {"/budget"})


def test_row_5_there_is_no_field_for_previous_pay() -> None:
    pay = re.compile(r"salary|wage|income|earning|previous|former|last_pay|past_rate|remuneration", re.IGNORECASE)
    assert [(where, name) for where, name in every_field() if pay.search(name)] == []


# 6. Non-discrimination ---------------------------------------------------------------------------------------------

PROTECTED = re.compile(
    r"birth|(^|_)age($|_)|photo|picture|avatar|(^|_)sex|gender|nationalit|citizen|origin(?!al)|religio|health|"
    r"disab|marital|children|pregnan|ethnic|politic",
    re.IGNORECASE,
)


def test_row_6_no_birth_date_photo_sex_or_nationality_is_asked_kept_or_matched_anywhere() -> None:
    assert [(where, name) for where, name in every_field() if PROTECTED.search(name)] == []


def test_row_6_what_matching_knows_of_a_person_has_no_name_address_or_rate() -> None:
    known = set(CandidateSnapshot.__slots__) | set(CreditSnapshot.__slots__)
    assert not {name for name in known if re.search(r"name|mail|sub|rate|created|registered", name)}


def ranking(world: World, brief_id: str) -> list[tuple[str, int, float, list[Any]]]:
    matches = done(world.api.get(f"/briefs/{brief_id}/matches", PRODUCER))["matches"]
    return [(one["profile"]["profile_id"], one["rank"], one["score"], one["contributions"]) for one in matches]


PEOPLE = [Person(f"sub-f{number}", f"personne{number}@courriel.test", ("freelancers",)) for number in range(4)]


def crowd(world: World) -> None:
    differences: list[dict[str, Any]] = [
        {},
        {"genres": ["whodunit"], "tones": ["light"]},
        {"format": "series-52", "year": today().year - 6, "started_year": None},
        {"genres": ["romance"], "universes": ["hospital"], "stakes": ["grief"]},
    ]
    for number, (person, credit) in enumerate(zip(PEOPLE, differences, strict=True)):
        world.profile(person, credits=(credit,), display_name=f"Personne {number}")
    world.match()  # while nothing is live, matching only takes them in


def test_row_6_changing_a_name_or_a_rate_never_moves_a_rank(world: World) -> None:
    world.company()
    crowd(world)
    brief = world.live_brief()
    world.match()
    before = ranking(world, brief["brief_id"])
    assert len(before) == len(PEOPLE)
    names = ["Fatoumata Diallo", "Aaron A.", "李小龙", "Zoé Żółkiewska"]
    for round_ in range(2):
        for number, person in enumerate(PEOPLE):
            rate = {"min": 100 + 900 * (number + round_), "max": 5_000}
            body = profile_body(display_name=names[(number + round_) % len(names)], day_rate=rate)
            done(world.api.put("/profiles/mine", body, person))
            # What was verified was of the former name: it is verified anew.
            world.verify_profile(person)
        world.match()
        assert ranking(world, brief["brief_id"]) == before


def test_row_6_who_is_shown_is_watched_by_level_and_region_without_keeping_a_name(world: World) -> None:
    world.company()
    crowd(world)
    brief = world.live_brief()
    world.match()
    told = done(world.api.get("/admin/exposure", ADMIN))
    assert told["seats"] == len(ranking(world, brief["brief_id"])) == len(PEOPLE)
    for groups in (told["levels"], told["regions"]):
        assert sum(group["seats"] for group in groups) == sum(group["eligible"] for group in groups) == len(PEOPLE)
        assert {group["ratio"] for group in groups} == {1.0}  # everyone eligible is shown: nobody more than their share
    kept = [row for row in rows("MatchingTable") if str(row["pk"]).startswith("EXPOSURE#")]
    assert kept and "Personne" not in json.dumps(kept, default=str)


def test_row_6_who_stands_behind_a_project_never_moves_a_rank(world: World) -> None:
    world.company()
    crowd(world)
    brief = world.live_brief()
    world.match()
    before = ranking(world, brief["brief_id"])
    # The very broadcaster and company of everyone's credits.
    changes = {"targeted_broadcaster": "arte", "confidential_title": "Marée de quatre heures"}
    done(world.api.patch(f"/briefs/{brief['brief_id']}", changes, PRODUCER))
    world.match()
    assert ranking(world, brief["brief_id"]) == before


def profile_of(world: World, person: Person) -> str:
    profile_id: str = done(world.api.get("/profiles/mine", person))["profile_id"]
    return profile_id


def test_row_6_an_alarm_moves_no_rank_and_is_in_nothing_that_the_market_reads(world: World) -> None:
    company_id = world.company()
    crowd(world)
    brief = world.live_brief()
    world.match()
    paths = [f"/briefs/{brief['brief_id']}/matches", f"/profiles/{profile_of(world, PEOPLE[0])}", "/companies/mine"]
    before = ranking(world, brief["brief_id"])
    read = {path: {**done(world.api.get(path, PRODUCER)), "computed_at": None} for path in paths}
    desk = Desk(Office(world, Catalogue()))
    alarms = [
        desk.raised(profile_of(world, PEOPLE[0])),
        desk.raised(company_id, kind="company", reason="non_payment", basis="competent_body", reporter="Conseil"),
    ]
    with at(later(days=10)):
        for alarm_id in alarms:
            assert done(desk.act(alarm_id, "put-in-force", BASILE, WHY))["state"] == "in_force"
    world.match()
    done(world.api.patch(f"/briefs/{brief['brief_id']}", {"code_name": "Projet Varech"}, PRODUCER))
    world.match()
    assert ranking(world, brief["brief_id"]) == before
    for path in paths[1:]:
        assert {**done(world.api.get(path, PRODUCER)), "computed_at": None} == read[path], path
    for person in (PRODUCER, *PEOPLE[1:]):
        for alarm_id in alarms[:1]:
            assert world.api.get(f"/verification/mine/alarms/{alarm_id}", person).status == 404
    for path in (*paths, f"/projects/{brief['brief_id']}", "/projects"):
        for person in (PRODUCER, PEOPLE[1]):
            content = world.api.get(path, person).content.decode()
            for told in (*alarms, SAID, WHY["text"], "alarm", "alerte"):
                assert told not in content, path


@pytest.mark.parametrize(
    "text",
    [
        "Nous recherchons une jeune femme de moins de 30 ans pour ce poste.",
        "Un premier test non rémunéré vous sera demandé.",
    ],
)
def test_row_6_a_project_that_asks_what_may_not_be_asked_is_not_published_and_says_why(text: str, world: World) -> None:
    world.company()
    brief = world.draft(pitch={"fr": text, "en": None})
    refused = world.api.post(f"/briefs/{brief['brief_id']}/publish", person=PRODUCER)
    assert (refused.status, refused.codes) == (422, {"/pitch/fr": "discriminatory_wording"})
    assert re.search(r"L\. ?1132|code|loi|travail", refused.json["errors"][0]["message"])
    told = "Une jeune femme de moins de 30 ans reprend le phare de son père."
    done(world.api.patch(f"/briefs/{brief['brief_id']}", {"pitch": {"fr": told, "en": None}}, PRODUCER))
    done(world.api.post(f"/briefs/{brief['brief_id']}/publish", person=PRODUCER))


# 7. Log lines carry ids, never e-mail addresses or names -----------------------------------------------------------


def test_row_7_logs_carry_ids_only_through_a_whole_publication_and_its_accidents(
    world: World, logged: io.StringIO
) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()
    world.match()
    done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER))
    world.api.put("/profiles/mine", profile_body(roles=["Inès Kerbrat"]), FREELANCER)
    world.api.post("/companies/mine/members", {"email": "paul@ailleurs.test"}, PRODUCER)
    world.api.post("/briefs", brief_body(code_name="Projet Goémon\u0000"), PRODUCER)
    world.api.get("/briefs?cursor=claire@falaise-films.test", PRODUCER)
    text = logged.getvalue()
    assert text.count("\n") >= 5
    personal = [
        *SECRETS.values(), "Inès", "Kerbrat", "ines@courriel.test", "paul@", "@", "Goémon", "Marée", "Zénobie",
        "gendarme", "Ateliers du Phare",
    ]  # fmt: skip
    for value in personal:
        assert value not in text, value
        assert json.dumps(value)[1:-1] not in text, value
    assert brief["brief_id"] in text


def test_row_7_events_and_runs_hold_ids_and_no_personal_value(world: World) -> None:
    world.company()
    world.profile()
    world.live_brief()
    world.match()
    kept = [
        row
        for table, items in dump().items()
        for row in items
        if str(row["sk"]).startswith(("EVENT#", "RUN#")) or table in ("MatchingTable",)
    ]
    text = json.dumps([row for row in kept if not str(row["sk"]).startswith("MATCH#")], default=str, ensure_ascii=False)
    for value in (*SECRETS.values(), "Inès", "Kerbrat", FREELANCER.email, "Goémon", "Marée"):
        assert value not in text, value


def test_row_7_logs_facts_and_the_audit_carry_nothing_of_what_an_alarm_says(world: World, logged: io.StringIO) -> None:
    profile_id = world.profile(verified=False)["profile_id"]
    desk = Desk(Office(world, Catalogue()))
    alarm_id = desk.raised(profile_id)
    done(world.api.post(f"/verification/mine/alarms/{alarm_id}/answer", NO, FREELANCER))
    done(desk.act(alarm_id, "put-in-force", BASILE, WHY))
    done(world.api.post(f"/verification/mine/alarms/{alarm_id}/appeal", CONTESTED, FREELANCER))
    world.api.post(f"/admin/alarms/{alarm_id}/withdraw", person=ADMIN)
    facts = [row for row in rows("VerificationTable") if str(row["sk"]).startswith("EVENT#")]
    audit = done(world.api.get(f"/admin/audit?alarm_id={alarm_id}", ADMIN))
    kept = [logged.getvalue(), *(json.dumps(one, default=str, ensure_ascii=False) for one in (facts, audit))]
    assert len(facts) >= 6
    assert alarm_id in kept[1] and alarm_id in kept[2]
    for text in kept:
        for told in (SAID, WHY["text"], NO["text"], CONTESTED["text"], "forged", "contrat", "Inès", "@"):
            assert told not in text, told


def test_row_7_there_is_no_field_for_a_criminal_matter_and_no_text_about_one_is_kept(world: World) -> None:
    criminal = re.compile(r"offen[cs]e|convict|criminal|penal|crime(?!-)|police|court|sentence_", re.IGNORECASE)
    assert [(where, name) for where, name in every_field() if criminal.search(name)] == []
    profile_id = world.profile(verified=False)["profile_id"]
    desk = Desk(Office(world, Catalogue()))
    alarm_id = desk.prepared(profile_id)["alarm_id"]
    documents = [{"evidence_id": desk.file(alarm_id)}]
    before = dump()
    body = {"text": "A été mis en examen.", "documents": documents}
    assert world.api.post(f"/admin/alarms/{alarm_id}/raise", body, ADMIN).codes == {"/text": "criminal_matters"}
    assert dump() == before


# 8. Ranking candidates is high-risk: deterministic, logged, a human decides ----------------------------------------


def runs(brief_id: str) -> list[dict[str, Any]]:
    found = [row for row in rows("MatchingTable") if str(row["sk"]).startswith("RUN#") and row["brief_id"] == brief_id]
    return sorted(found, key=lambda run: run["sk"])


def test_row_8_each_ranking_is_logged_with_its_inputs_the_weights_version_and_its_output(world: World) -> None:
    world.company()
    crowd(world)
    brief = world.live_brief()
    world.match()
    shown = done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER))
    run = runs(brief["brief_id"])[-1]
    assert set(Run.__slots__) <= set(run)
    assert run["brief_version"] == brief["version"]
    assert run["candidates"] == len(PEOPLE)
    assert re.fullmatch(r"[0-9a-f]{16}", run["candidates_digest"])
    assert run["weights_version"] == weights.weights().version == shown["weights_version"]
    assert run["taxonomy_version"]
    assert run["as_of"] == today().isoformat()
    output = [(seat["profile_id"], int(seat["score"]) / 100, seat["why"]) for seat in run["seats"]]
    assert output == [(one["profile"]["profile_id"], one["score"], one["why"]) for one in shown["matches"]]


def test_row_8_the_same_inputs_give_the_same_ranking_to_the_byte(world: World) -> None:
    from chalicelib.matching import wiring

    world.company()
    crowd(world)
    brief = world.live_brief()
    world.match()
    forget()  # another process, with nothing in memory
    wiring.service().match_brief(brief["brief_id"], "01M842S0RBNNSS9DXA8NAVEFTT", "overdue")
    first, *_, last = (
        json.dumps(
            {name: run[name] for name in ("seats", "ranked", "candidates_digest", "rotation", "junior_rotation")},
            default=str,
        )
        for run in runs(brief["brief_id"])
        if run["cause"] in ("published", "overdue")
    )
    assert first == last


def test_row_8_the_contributions_of_each_person_add_up_to_their_score(world: World) -> None:
    world.company()
    crowd(world)
    brief = world.live_brief()
    world.match()
    for _, _, score, contributions in ranking(world, brief["brief_id"]):
        assert round(sum(part["points"] for part in contributions), 2) == score


def test_row_8_no_profile_is_refused_or_removed_by_a_ranking(world: World) -> None:
    world.company()
    crowd(world)
    before = {row["profile_id"]: row["status"] for row in rows("ProfilesTable") if row["sk"] == "PROFILE"}
    world.live_brief(genres=["romance"], tones=["light"])
    world.match()
    assert {row["profile_id"]: row["status"] for row in rows("ProfilesTable") if row["sk"] == "PROFILE"} == before


def test_row_8_people_may_ask_where_they_stand_and_why_they_cannot_be_proposed(world: World) -> None:
    world.company()
    world.profile(languages=["en"])
    brief = world.live_brief()
    told = done(world.api.get(f"/projects/{brief['brief_id']}/fit", FREELANCER))
    assert not told["can_be_proposed"]
    assert [one["code"] for one in told["obstacles"]] == ["language"]
    for language in ("fr", "en"):
        assert told["obstacles"][0]["text"][language]
        assert told["counterfactuals"][0]["text"][language]
        assert told["standing"]["summary"][language]
    assert round(sum(part["points"] for part in told["standing"]["contributions"]), 2) == told["standing"]["score"]


def test_row_8_every_shortlist_shown_says_when_and_why_it_was_computed(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()
    world.match()
    shown = done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER))
    assert shown["computed_at"]
    assert shown["cause"] == runs(brief["brief_id"])[-1]["cause"]


# 9. A public page says how proposals are ordered, with weights and what never counts -------------------------------


def test_row_9_anyone_reads_how_proposals_are_ordered_with_the_weights_and_what_never_counts(api: Api) -> None:
    published = api.get("/matching/criteria")
    assert published.status == 200
    criteria = published.json["criteria"]
    assert sum(one["weight"] for one in criteria.values()) == 100
    for one in criteria.values():
        for language in ("fr", "en"):
            assert one["labels"][language]
            assert one["explanation"][language]
    never = {one["id"] for one in published.json["never_counts"]}
    assert {"name", "protected", "rate", "behaviour", "payment", "unverified", "broadcaster"} <= never
    for part in ("eligibility", "shortlist", "never_counts"):
        for one in published.json[part]:
            assert one["fr"] and one["en"]


def test_row_9_the_published_weights_are_the_ones_in_force_and_every_criterion_shown_is_published(world: World) -> None:
    published = world.api.get("/matching/criteria").json
    assert published["version"] == weights.weights().version
    assert {name: one["weight"] for name, one in published["criteria"].items()} == dict(weights.weights().criteria)
    world.company()
    crowd(world)
    brief = world.live_brief()
    world.match()
    for _, _, _, contributions in ranking(world, brief["brief_id"]):
        assert {part["criterion"] for part in contributions} == set(published["criteria"])
    world.profile()
    fit = done(world.api.get(f"/projects/{brief['brief_id']}/fit", FREELANCER))
    # What a person has done with the company is the producer's to see.
    assert {part["criterion"] for part in fit["standing"]["contributions"]} == set(published["criteria"]) - {"company"}


def test_row_9_every_negative_decision_of_an_administrator_carries_a_reason(world: World) -> None:
    world.company()
    world.profile()
    for subject in (PRODUCER, FREELANCER):
        [case] = done(world.api.get("/verification/mine", subject))["cases"]
        for act in ("decision", "appeal/decision"):
            path = f"/verification/cases/{case['case_id']}/{act}"
            for text in ("", "   ", None):
                body = {"lease_token": case["case_id"], "outcome": "refused", "ground": "forged_document", "text": text}
                assert world.api.post(path, body, ADMIN).pointers == {"/text"}
            body |= {"text": "Générique illisible.", "ground": "because"}
            assert world.api.post(path, body, ADMIN).pointers == {"/ground"}
    world.take_back(FREELANCER, "Ajoutez le générique de 2024.")
    world.take_back(PRODUCER, "Mandat expiré.")
    assert world.api.get("/profiles/mine", FREELANCER).json["decision_reason"] == "Ajoutez le générique de 2024."
    assert world.api.get("/companies/mine", PRODUCER).json["decision_reason"] == "Mandat expiré."
    [told] = done(world.api.get("/verification/mine", FREELANCER))["cases"]
    decision = done(world.api.get(f"/verification/mine/{told['case_id']}", FREELANCER))["decision"]
    assert (decision["text"], decision["by_two_people"]) == ("Ajoutez le générique de 2024.", True)
    assert decision["reason"]["fr"]


def test_row_9_whoever_shows_interest_hears_back_with_a_reason_and_may_report_what_was_said(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()
    talk = done(world.api.post(f"/projects/{brief['brief_id']}/interest", {}, FREELANCER))
    path = f"/conversations/{talk['conversation_id']}"
    for reason in (None, "to_meet"):
        answer = {"decision": "not_retained"} | ({"reason": reason} if reason else {})
        assert world.api.post(f"{path}/answer", answer, PRODUCER).status == 422
    done(world.api.post(f"{path}/answer", {"decision": "not_retained", "reason": "other_dates"}, PRODUCER))
    read = done(world.api.get(path, FREELANCER))["answer"]
    assert (read["reason"]["labels"]["fr"], bool(read["message"]["fr"])) == ("Les dates ne s’accordent pas", True)
    done(world.api.post(f"{path}/reports", {"reason": "discrimination"}, FREELANCER))
    assert len(done(world.api.get("/admin/reports", ADMIN))["reports"]) == 1


def test_row_9_an_alarm_is_answered_before_it_counts_has_a_reason_and_is_contested_before_another(
    world: World,
) -> None:
    profile_id = world.profile(verified=False)["profile_id"]
    desk = Desk(Office(world, Catalogue()))
    alarm_id = desk.raised(profile_id)
    assert desk.act(alarm_id, "put-in-force", BASILE, WHY).json["code"] == "reply_awaited"
    assert desk.mine(alarm_id)["text"] == SAID
    done(world.api.post(f"/verification/mine/alarms/{alarm_id}/answer", NO, FREELANCER))
    for act, who in (("put-in-force", BASILE), ("uphold", NADIR)):
        for text in ("", "   "):
            assert desk.act(alarm_id, act, who, {"text": text}).pointers == {"/text"}
        assert desk.act(alarm_id, act, ADMIN, WHY).json["code"] == "own_alarm_decision"
        done(desk.act(alarm_id, act, who, WHY))
        assert desk.mine(alarm_id)["rulings"][-1]["text"] == WHY["text"]
        if act == "put-in-force":
            done(world.api.post(f"/verification/mine/alarms/{alarm_id}/appeal", CONTESTED, FREELANCER))
            assert desk.act(alarm_id, "uphold", BASILE, WHY).json["code"] == "own_alarm_decision"


# 10. A GET never changes state -------------------------------------------------------------------------------------


def test_row_10_no_get_changes_anything_for_anyone(world: World) -> None:
    world.company()
    profile = world.profile()
    brief = world.live_brief()
    world.match()
    before = dump()
    assert before.pop("VisibilityTable") == []
    before.pop("PrivacyTable")
    for person in (PRODUCER, FREELANCER, ADMIN, None):
        for method, path, _ in world.api.routes():
            if method == "GET":
                for known in (brief["brief_id"], profile["profile_id"]):
                    world.api.get("/".join(known if step.startswith("{") else step for step in path.split("/")), person)
    done(world.api.get(f"/briefs/{brief['brief_id']}/matches/{profile['profile_id']}", PRODUCER))
    after = dump()
    # What is noted of a reading is no state of anything: a log that whoever was read may read (row 7).
    noted = after.pop("VisibilityTable")
    assert {item["sk"].split("#")[0] for item in noted} == {"VIEW"}
    # Nor is the day on which an account was last used, by which unused ones are deleted.
    assert {item["sk"] for item in after.pop("PrivacyTable")} <= {"STANDING"}
    assert after == before


@pytest.mark.parametrize("kind", ["shortlist", "shortlist_changes", "digest"])
def test_row_10_opening_the_link_in_an_e_mail_unsubscribes_nobody_and_its_button_does(kind: str, world: World) -> None:
    world.company()
    path = f"/unsubscribe/{seal('unsubscribe', {'sub': PRODUCER.sub, 'kind': kind})}"
    read = world.api.get("/me/preferences", PRODUCER).json
    before = dump()
    for _ in range(3):  # a mail program's preview, a scanner, and the person
        assert world.api.get(path).status == 200
    assert dump() == before
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert world.api.call("POST", path, raw=b"List-Unsubscribe=One-Click", headers=form).status == 200
    after = world.api.get("/me/preferences", PRODUCER).json
    assert after["kinds"] != read["kinds"]


# 12. Anonymity is the product --------------------------------------------------------------------------------------


#: What a company says beside its identity, each thing nowhere else in the tests' data.
KNOWN_AS: dict[str, Any] = {
    "other_names": ["Maison Falaise"],
    "acronyms": ["FRFX"],
    "people": ["Claire Aubenas"],
    "addresses": ["3 rue du Phare, 29200 Brest"],
    "website": "https://www.falaise-site.test/equipe",
    "domains": ["falaise-autre.test"],
    "handles": ["falaiserouge"],
}


def test_row_12_no_byte_that_a_freelancer_receives_tells_who_is_behind_a_project(world: World) -> None:
    company_id = world.company(**KNOWN_AS)
    profile = world.profile()
    brief = world.live_brief()
    world.match()
    told = [one for value in KNOWN_AS.values() for one in ([value] if isinstance(value, str) else value)]
    secrets = [*SECRETS.values(), *told, company_id, PRODUCER.sub, PRODUCER.email]
    received: list[str] = []

    def receive(method: str, path: str, body: object = None, **options: Any) -> None:
        answer = world.api.call(method, path, body, person=FREELANCER, **options)
        received.append(answer.content.decode() + json.dumps(dict(answer.headers), ensure_ascii=False))

    ids = {"brief_id": brief["brief_id"], "project_id": brief["brief_id"], "profile_id": profile["profile_id"]}
    ids |= {"company_id": company_id, "credit_id": profile["credits"][0]["credit_id"]}
    ids |= {"notice_id": brief["brief_id"], "failure_id": brief["brief_id"], "suppression_id": "0" * 64}
    talk = done(world.api.post(f"/projects/{brief['brief_id']}/interest", {"text": "Bonjour."}, FREELANCER))
    ids |= {"conversation_id": talk["conversation_id"], "report_id": brief["brief_id"]}
    ids |= {"case_id": done(world.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))["case_id"]}
    ids |= dict.fromkeys(("evidence_id", "attestation_id", "alarm_id", "attachment_id"), brief["brief_id"])
    ids |= {"figure": "answers", "name": "genres"}
    block = {"conversation_id": talk["conversation_id"]}
    ids |= {"block_id": done(world.api.post("/me/blocks", block, FREELANCER))["block_id"]}
    ids |= {"token": seal("unsubscribe", {"sub": FREELANCER.sub, "kind": "shortlist_changes"})}
    for method, path, _ in world.api.routes():
        if path == "/taxonomy":
            continue  # the list of every broadcaster there is
        if (method, path) == ("DELETE", "/me"):
            continue  # nobody would be there to receive the rest: `test_privacy.py` looks at what an erasure says
        filled = re.sub(r"\{(\w+)\}", lambda found: ids[found.group(1)], path)
        if company_id in filled:
            continue  # whoever knows the id already was told nothing by us
        bodies: list[object] = [None, {}, [], {"unknown": 1}] if method != "GET" else [None]
        for body in bodies:
            for language in ("fr", "en"):
                receive(method, filled, body, headers={"Accept-Language": language, "If-Match": '"999"'})
    version = confidentiality.in_force().version
    receive("POST", f"/projects/{brief['brief_id']}/confidentiality", {"version": version})
    assert '"stage":"full"' in world.api.get(f"/projects/{brief['brief_id']}", FREELANCER).content.decode()
    for path in (f"/projects/{brief['brief_id']}", f"/projects/{brief['brief_id']}/confidentiality"):
        receive("GET", path)
    with patch.object(briefs_service, "PAGE", 1):
        world.live_brief()
        for order in ("pressing", "fits_me"):
            cursor = world.api.get(f"/projects?order={order}", FREELANCER).json["cursor"]
            received.append(json.dumps(URLSafeSerializer("").load_payload(cursor.rpartition(".")[0].encode())))
            receive("GET", f"/projects?order={order}")
    with at(_long_after()):
        receive("GET", f"/projects/{brief['brief_id']}")
        receive("GET", "/projects")
    assert len(received) > 100
    for secret in secrets:
        for text in received:
            assert secret not in text, secret
            assert json.dumps(secret)[1:-1] not in text, secret
            assert secret.lower() not in text.lower(), secret


def test_row_12_nothing_is_revealed_but_by_a_reveal_and_what_was_accepted_says_which_terms_and_when(
    world: World,
) -> None:
    world.company()
    world.profile()
    path = f"/projects/{world.live_brief()['brief_id']}"
    version = confidentiality.in_force().version
    accepted = done(world.api.post(f"{path}/confidentiality", {"version": version}, FREELANCER))["accepted"]
    [fact] = [one for one in events("BriefsTable") if one["event_type"] == "brief.confidentiality_accepted"]
    assert (accepted["version"], accepted["accepted_at"]) == (fact["payload"]["terms_version"], fact["occurred_at"])
    seen = done(world.api.get(path, FREELANCER))
    assert [seen[name] for name in ("company", "confidential_title", "targeted_broadcaster")] == [None] * 3


def _long_after() -> Any:
    from chalicelib.vocabulary.clock import utc_now

    return utc_now() + timedelta(days=400)


def test_row_12_what_matching_keeps_and_publishes_names_neither_company_nor_title_nor_broadcaster(world: World) -> None:
    company_id = world.company()
    crowd(world)
    world.live_brief(targeted_broadcaster="france-3")
    world.match()
    kept = {table: items for table, items in dump().items() if table in ("MatchingTable", "CandidatesTable")}
    text = json.dumps(kept, default=str, ensure_ascii=False)
    for secret in (*SECRETS.values(), company_id, PRODUCER.sub):
        assert secret not in text, secret


def test_row_12_a_projects_snapshot_has_no_field_for_who_is_behind_it() -> None:
    hidden = re.compile(r"company|title|broadcaster|member|sub$|siren|domain|code_name|published_by")
    assert [name for name in BriefSnapshot.__slots__ if hidden.search(name)] == []
    assert set(asdict(BriefSnapshot(brief_id="b", version=1, role="r", deadline=today()))) == set(
        BriefSnapshot.__slots__
    )
