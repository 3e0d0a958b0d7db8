"""The grid of rates through the routes: read by anyone, published by administrators, counted from engagements."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.accounts import wiring as accounts
from chalicelib.composition import for_briefs
from chalicelib.rates.handlers import observe_engagements, relay_rate_events
from chalicelib.vocabulary.clock import utc_now
from tests.app.test_conversations import Directory, Story
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Api, Person
from tests.support.environment import at
from tests.support.rates_fakes import entry
from tests.support.records import CONTEXT, envelope, queue_event, stream_event
from tests.support.tables import dump, events, rows
from tests.support.world import World, done


def current(api: Api) -> dict[str, Any]:
    """The grid in force, as an administrator edits it."""
    return dict(done(api.get("/admin/rates", ADMIN))["grid"])


def publish(api: Api, grid: dict[str, Any], reason: str = "Relevé d’automne.", **headers: str) -> dict[str, Any]:
    return done(api.put("/admin/rates", {"grid": grid, "reason": reason}, ADMIN, headers=headers or None))


def doubled(grid: dict[str, Any], factor: int = 2) -> dict[str, Any]:
    made = copy.deepcopy(grid)
    for one in made["ranges"]:
        for name in ("low", "median", "high"):
            one[name] *= factor
    return made


def test_anyone_reads_the_grid_with_its_label_date_version_and_sources(api: Api) -> None:
    answer = api.get("/rates")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.etag == '"1"'
    read = done(answer)
    assert (read["version"], read["as_of"], read["currency"]) == (1, "2026-11-01", "EUR")
    assert read["label"]["fr"] == "Repère indicatif, libre négociation"
    assert len(read["ranges"]) == 15
    assert all(one["assumption"] or one["source"] for one in read["ranges"] + read["minima"]["items"])
    assert "s’imposent à l’employeur" in read["minima"]["label"]["fr"]
    forms = {one["id"]: one for one in read["contract_forms"]}
    assert {one["role"]: one["titles"] for one in forms["cddu"]["titles"]} == {
        "literary-director": ["Coordinateur d’écriture (ex-script éditeur)"],
        "artistic-producer": ["Directeur de collection / directeur de programmation", "Producteur artistique"],
        "development-executive": [],
        "script-reader": [],
        "script-consultant": [],
    }
    assert forms["copyright"]["titles"] == forms["freelance-invoice"]["titles"] == []
    assert "co-écrit réellement" in forms["copyright"]["note"]["fr"]


def test_an_administrator_publishes_what_they_read_and_the_history_says_who_when_and_why(api: Api) -> None:
    grid = doubled(current(api))
    before = api.get("/admin/rates", ADMIN)
    published = publish(api, grid, **{"If-Match": before.etag})
    assert published["version"] == 2
    assert published["shown"]["published_by"] == ADMIN.sub
    assert (published["shown"]["reason"], published["shown"]["differences"]) == ("Relevé d’automne.", 15)
    assert [one["number"] for one in published["history"]] == [2, 1]
    assert published["grid"] == grid
    read = api.get("/rates")
    assert (read.etag, read.json["version"], read.json["ranges"]) == ('"2"', 2, grid["ranges"])
    first = done(api.get("/admin/rates?number=1", ADMIN))
    assert (first["version"], first["shown"]["number"], first["grid"]) == (2, 1, before.json["grid"])
    assert api.get("/admin/rates?number=3", ADMIN).json["code"] == "unknown_version"


def test_publishing_needs_the_version_that_was_read(api: Api) -> None:
    grid = current(api)
    publish(api, doubled(grid), **{"If-Match": '"1"'})
    stale = api.put("/admin/rates", {"grid": grid, "reason": "Trop tard."}, ADMIN, headers={"If-Match": '"1"'})
    assert (stale.status, stale.json["code"]) == (412, "precondition_failed")
    blind = api.put("/admin/rates", {"grid": grid, "reason": "Sans."}, ADMIN, headers={"If-Match": None})
    assert (blind.status, blind.json["code"]) == (428, "precondition_required")
    assert api.get("/rates").json["version"] == 2


def test_the_same_grid_again_makes_no_version(api: Api) -> None:
    assert publish(api, current(api))["version"] == 1
    assert rows("RatesTable") == []


def test_a_grid_is_refused_whole_with_every_wrong_field(api: Api) -> None:
    grid = current(api)
    grid["ranges"][0] |= {"low": 900}
    grid["ranges"][1] |= {"assumption": False, "source": None}
    grid["flat_amounts"][0] |= {"median": 1}
    del grid["ranges"][14]
    for path, body in (("/admin/rates", {"reason": "Une."}), ("/admin/rates/preview", {})):
        answer = api.call("PUT" if body else "POST", path, {"grid": grid, **body}, person=ADMIN)
        assert answer.status == 422
        assert answer.codes == {
            "/grid/ranges/0/high": "inverted",
            "/grid/ranges/1/source": "source_or_assumption",
            "/grid/flat_amounts/0/median": "median_outside",
            "/grid/ranges": "incomplete",
        }
    assert rows("RatesTable") == []


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("role", "astrologer", "unknown_id"),
        ("level", "expert", "unknown_id"),
        ("unit", "hour", "unknown_choice"),
        ("low", 0, "too_small"),
        ("low", 290.5, "wrong_type"),
        ("dated", "hier", "wrong_date"),
        ("source", {"fr": "Une enquête"}, "required"),
        ("price", 3, "unknown_field"),
    ],
)
def test_a_field_of_another_form_is_named(api: Api, place: str, value: object, code: str) -> None:
    grid = current(api)
    grid["ranges"][2][place] = value
    answer = api.put("/admin/rates", {"grid": grid, "reason": "Une."}, ADMIN)
    assert answer.status == 422
    [(pointer, found)] = answer.codes.items()
    assert pointer.startswith(f"/grid/ranges/2/{place}")
    assert found == code


def test_a_reason_is_given_and_another_currency_is_not(api: Api) -> None:
    grid = current(api)
    assert api.put("/admin/rates", {"grid": grid}, ADMIN).pointers == {"/reason"}
    assert api.put("/admin/rates", {"grid": grid, "reason": "  "}, ADMIN).pointers == {"/reason"}
    pounds = api.put("/admin/rates", {"grid": grid | {"currency": "GBP"}, "reason": "Une."}, ADMIN)
    assert pounds.pointers == {"/grid/currency"}


def test_a_preview_says_what_would_change_and_changes_nothing(api: Api) -> None:
    grid = current(api)
    grid["ranges"][0]["high"] += 5
    grid["flat_amounts"].pop(0)
    grid["as_of"] = "2027-01-15"
    before = dump()
    found = done(api.post("/admin/rates/preview", {"grid": grid}, ADMIN))["differences"]
    assert dump() == before
    assert [(one["part"], one["key"]) for one in found] == [
        ("as_of", ""),
        ("ranges", "literary-director/junior/day"),
        ("flat_amounts", "coverage-report-feature"),
    ]
    assert (found[1]["before"]["high"], found[1]["after"]["high"]) == (380, 385)
    assert found[2]["after"] is None


def test_a_publication_is_in_the_audit_and_goes_through_the_relay(api: Api) -> None:
    publish(api, doubled(current(api)))
    [entry_read] = done(api.get("/admin/audit", ADMIN))["entries"]
    assert (entry_read["event"], entry_read["actor"]) == ("rates.published", ADMIN.sub)
    assert done(api.get(f"/admin/audit?person={ADMIN.sub}", ADMIN))["entries"] == [entry_read]
    [fact] = events("RatesTable")
    assert relay_rate_events(stream_event(fact, table="RatesTable"), CONTEXT) == {"batchItemFailures": []}


# ---- one's own costs


def test_anyone_computes_their_own_cost_and_nothing_of_it_is_kept(api: Api) -> None:
    before = dump()
    body = {"desired_net": 30_000, "charges_on_net_percent": 0, "charges_on_billed_percent": 24.6, "holidays": 30}
    found = done(api.post("/rates/own-cost", body))
    assert dump() == before
    # 30,000 ÷ (1 − 24.6 %) over 115 days.
    assert (found["billed_days"], found["turnover"], found["day_amount"]) == (115, 39_788, 346)
    inputs = {one["input"]: one for one in found["inputs"]}
    assert (inputs["holidays"]["value"], inputs["holidays"]["by_default"]) == (30, False)
    assert inputs["holidays"]["source"] is None
    assert (inputs["weekdays"]["by_default"], inputs["weekdays"]["source"]["fr"]) == (True, "52 semaines de 5 jours")
    assert [one["step"] for one in found["steps"]][-1] == "day_amount"
    assert "l’euro supérieur" in found["rounding"]["fr"]
    assert found["grid_version"] == 1


def test_an_empty_request_is_answered_from_the_defaults_in_force(api: Api) -> None:
    assert done(api.post("/rates/own-cost", {}))["day_amount"] == 340
    grid = current(api)
    grid["own_cost"][0]["value"] = 12_000
    publish(api, grid)
    found = done(api.post("/rates/own-cost", {"desired_net": None}))
    assert (found["day_amount"], found["grid_version"]) == (170, 2)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({"desired_net": -1}, {"/desired_net": "too_small"}),
        ({"desired_net": "beaucoup", "holidays": 2.5}, {"/desired_net": "wrong_type", "/holidays": "wrong_type"}),
        ({"charges_on_billed_percent": 90.1}, {"/charges_on_billed_percent": "too_large"}),
        ({"expenses": 1.001}, {"/expenses": "too_precise"}),
        ({"unbilled_days": 230}, {"/unbilled_days": "no_day_left"}),
        ({"company": "x"}, {"/company": "unknown_field"}),
    ],
)
def test_a_figure_that_cannot_be_is_named(api: Api, body: dict[str, Any], codes: dict[str, str]) -> None:
    answer = api.post("/rates/own-cost", body)
    assert (answer.status, answer.codes) == (422, codes)


# ---- the notice


def test_a_producer_is_told_where_their_budget_stands_by_the_grid_in_force(api: Api) -> None:
    notice = for_briefs.rates().notice
    assert notice("literary-director", ["mid"], 600, 700, "day").position == "above"
    publish(api, doubled(current(api)))
    assert notice("literary-director", ["mid"], 600, 700, "day").position == "below"
    flat = notice("literary-director", ["mid"], 9_000, 10_000, "flat", estimated_days=10, contract_forms=["umbrella"])
    assert (flat.position, flat.comparison) == ("within", "per_estimated_day")


# ---- what engagements show

LATER = timedelta(days=150)


@pytest.fixture
def story(world: World) -> Any:
    with patch.object(accounts, "CognitoDirectory", Directory):
        accounts.queries.cache_clear()
        yield Story(world)
    accounts.queries.cache_clear()


def observed(story: Story) -> dict[str, Any]:
    pools = done(story.api.get("/rates/observed?role=literary-director"))["pools"]
    return next(one for one in pools if (one["level"], one["unit"]) == ("junior", "day"))


def deliver() -> None:
    """What happened in conversations, to rates, twice."""
    told = [
        envelope(item)
        for item in events("ConversationsTable")
        if item["event_type"] in ("conversation.engaged", "conversation.mission_broken")
    ]
    for _ in range(2):
        assert observe_engagements(queue_event(*told), CONTEXT) == {"batchItemFailures": []}


def entries() -> list[dict[str, Any]]:
    return [row for row in rows("RatesTable") if row["sk"] == "ENTRY"]


def test_a_confirmed_engagement_is_kept_as_figures_that_lead_to_nobody(story: Story) -> None:
    thread_id = story.engage()
    deliver()
    [kept] = entries()
    assert (kept["role"], kept["level"], kept["unit"]) == (
        "literary-director",
        story.profile["levels"]["literary-director"],
        "day",
    )
    assert (kept["minimum"], kept["maximum"]) == (300, 400)
    text = json.dumps(kept, default=str)
    company_id = done(story.api.get("/companies/mine", PRODUCER))["company_id"]
    for secret in (thread_id, story.brief_id, story.profile["profile_id"], company_id, FREELANCER.sub, PRODUCER.sub):
        assert secret not in text
    assert set(kept) == {
        *("pk", "sk", "observed_pk", "month", "role", "level", "unit", "minimum", "maximum", "company", "round"),
        "expires_at",
    }


def test_one_that_breaks_off_is_no_longer_kept(story: Story) -> None:
    thread_id = story.engage()
    deliver()
    assert len(entries()) == 1
    done(
        story.api.post(
            f"/conversations/{thread_id}/outcome", {"outcome": "broken", "break_reason": "dates"}, FREELANCER
        )
    )
    deliver()
    assert entries() == []


def test_figures_are_told_once_the_rule_is_kept_and_not_before(story: Story) -> None:
    from chalicelib.rates import wiring

    story.engage()
    deliver()
    month = utc_now().date().replace(day=1)
    for number in range(9):
        one = entry(f"company-{number % 5}", 300 + number, 400 + number, level="junior", month=month)
        wiring.repository().keep_entry(f"digest-{number}", one, 1)
    told = observed(story)
    assert told["figures"] is None
    assert told["withheld"]["code"] == "too_few"
    assert told["withheld"]["message"]["fr"].startswith("Trop peu d’engagements confirmés")
    with at(utc_now() + LATER):
        told = observed(story)
    assert told["withheld"] is None
    assert (told["figures"]["minimum"], told["figures"]["maximum"]) == (300, 400)
    assert (told["figures"]["rounded_to"], told["figures"]["at_least"]) == (10, 10)


def test_a_role_is_named_and_one_that_exists(api: Api) -> None:
    assert api.get("/rates/observed").codes == {"?role": "required"}
    assert api.get("/rates/observed?role=astrologer").codes == {"?role": "unknown_id"}


def test_what_is_observed_says_by_which_rule(api: Api) -> None:
    read = done(api.get("/rates/observed?role=script-reader", Person("sub-anyone", "a@courriel.test")))
    assert read["rule"] == {"engagements": 10, "companies": 5, "months_old": 3}
    assert {one["withheld"]["code"] for one in read["pools"]} == {"too_few"}
