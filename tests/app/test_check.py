"""A project read over before it goes online: through the routes."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.briefs import confidentiality
from chalicelib.briefs import wiring as briefs
from tests.support.api import FREELANCER, PRODUCER, RIVAL, Answer
from tests.support.examples import SECRETS, day
from tests.support.tables import dump
from tests.support.world import World, done

LEAK = f"Une enquête portée par {SECRETS['legal_name']} en Bretagne."
PASSED = {"from": day(-30), "until": day(-20)}
BANNED = "Nous recherchons une jeune femme de moins de 30 ans pour ce poste."


def check(world: World, brief: dict[str, Any]) -> dict[str, Any]:
    return done(world.api.post(f"/briefs/{brief['brief_id']}/check", person=PRODUCER))


def publish(world: World, brief: dict[str, Any]) -> Answer:
    return world.api.post(f"/briefs/{brief['brief_id']}/publish", person=PRODUCER)


def test_the_usual_project_is_publishable_and_seen_beforehand_as_it_is_seen_afterwards(world: World) -> None:
    world.company()
    world.profile()
    brief = world.draft(option_end_date=day(200))
    before = dump()
    found = check(world, brief)
    assert dump() == before
    assert (found["publishable"], found["missing"]) == (True, [])
    assert [one for one in found["findings"] if one["severity"] == "block"] == []
    done(publish(world, brief))
    path = f"/projects/{brief['brief_id']}"
    assert done(world.api.get(path, FREELANCER)) == found["preview"]["card"]
    version = confidentiality.in_force().version
    done(world.api.post(f"{path}/confidentiality", {"version": version}, FREELANCER))
    assert done(world.api.get(path, FREELANCER)) == found["preview"]["full"]
    assert check(world, brief)["publishable"]


def test_what_is_missing_is_named(world: World) -> None:
    world.company()
    brief = world.draft(budget=None, pitch=None)
    found = check(world, brief)
    assert not found["publishable"]
    assert {one["pointer"]: one["code"] for one in found["missing"]} == {"/budget": "required", "/pitch/fr": "required"}
    assert all(one["message"]["fr"] and one["message"]["en"] for one in found["missing"])


@pytest.mark.parametrize(
    ("changes", "pointer", "concern", "code"),
    [
        ({"logline": {"fr": LEAK}}, "/logline/fr", "identity", "identity_leak"),
        ({"pitch": {"fr": "Un port.", "en": f"Ask {SECRETS['member']}."}}, "/pitch/en", "identity", "identity_leak"),
        ({"detailed_tasks": {"fr": BANNED}}, "/detailed_tasks/fr", "wording", "discriminatory_wording"),
    ],
)
def test_what_should_not_stand_there_is_shown_in_its_place_and_keeps_the_project_offline(
    changes: dict[str, Any], pointer: str, concern: str, code: str, world: World
) -> None:
    world.company()
    brief = world.draft(**changes)
    found = check(world, brief)
    assert not found["publishable"] and found["missing"] == []
    blocking = [one for one in found["findings"] if one["severity"] == "block"]
    assert {(one["pointer"], one["concern"], one["language"]) for one in blocking} == {
        (pointer, concern, pointer.rpartition("/")[2])
    }
    field, language = pointer.strip("/").split("/")
    text = changes[field][language]
    for one in blocking:
        assert text[one["start"] : one["end"]] == one["passage"] != ""
        assert one["reason"]["fr"] and one["reason"]["en"]
    answer = publish(world, brief)
    assert (answer.status, answer.json["code"]) == (422, "not_publishable")
    assert [(one["pointer"], one["code"], one["start"], one["end"]) for one in answer.json["errors"]] == [
        (pointer, code, one["start"], one["end"]) for one in blocking
    ]


def test_a_live_project_is_not_changed_into_one_that_tells_nor_put_online_again_with_it(world: World) -> None:
    world.company()
    brief = world.live_brief()
    path = f"/briefs/{brief['brief_id']}"
    answer = world.api.patch(path, {"logline": {"fr": LEAK}}, PRODUCER)
    assert (answer.status, answer.codes) == (422, {"/logline/fr": "identity_leak"})
    assert done(world.api.get(path, PRODUCER))["version"] == brief["version"]
    done(world.api.post(f"{path}/close", person=PRODUCER))
    done(world.api.put("/companies/mine", {**company_saying(world), "people": ["Zénobie Kermarec"]}, PRODUCER))
    done(world.api.post(f"{path}/reopen", person=PRODUCER))
    told = {"pitch": {"fr": "Zénobie Kermarec revient au pays."}}
    assert world.api.patch(path, told, PRODUCER).codes == {"/pitch/fr": "identity_leak"}


def test_what_is_written_and_not_sent_yet_is_read_over_too_and_nothing_is_kept(world: World) -> None:
    world.company()
    brief = world.live_brief()
    before, path = dump(), f"/briefs/{brief['brief_id']}/check"
    told = done(world.api.post(path, {"logline": {"fr": LEAK}, "pitch": None, "start_window": PASSED}, PRODUCER))
    assert {one["pointer"] for one in told["findings"] if one["severity"] == "block"} == {"/logline/fr"}
    assert {one["pointer"] for one in told["missing"]} >= {"/pitch/fr"}
    assert any(one["pointer"].startswith("/start_window") for one in told["missing"])
    assert told["preview"]["full"]["logline"]["fr"] == LEAK and not told["publishable"]
    assert dump() == before
    assert check(world, brief) == done(world.api.post(path, {}, PRODUCER))
    assert check(world, brief)["publishable"]
    assert world.api.post(path, {"unheard_of": 1}, PRODUCER).codes == {"/unheard_of": "unknown_field"}


def company_saying(world: World) -> dict[str, Any]:
    """One's company, to be declared again."""
    said = done(world.api.get("/companies/mine", PRODUCER))
    return {name: said[name] for name in ("legal_name", "siren", "email_domain", "mandate")}


def test_a_name_that_a_company_says_it_is_known_by_is_looked_for_too(world: World) -> None:
    world.company()
    brief = world.draft(pitch={"fr": "Une série imaginée par Ysoline Brécourt."})
    assert check(world, brief)["publishable"]
    done(world.api.put("/companies/mine", {**company_saying(world), "people": ["Ysoline Brécourt"]}, PRODUCER))
    found = check(world, brief)
    assert not found["publishable"]
    assert {one["pointer"] for one in found["findings"]} == {"/pitch/fr"}


def test_another_companys_project_is_not_checked(world: World) -> None:
    world.company()
    world.company(RIVAL, legal_name="Autre Rive", siren="418930277", email_domain="autre-rive.test")
    assert world.api.post(f"/briefs/{world.draft()['brief_id']}/check", person=RIVAL).status == 404


def test_other_contexts_ask_what_a_text_would_tell_of_who_is_behind_a_project(world: World) -> None:
    world.company()
    brief_id = world.draft()["brief_id"]
    leaks = briefs.queries().leaks
    assert leaks(brief_id, "Bonjour, votre parcours nous intéresse.") == []
    for text in (LEAK, f"Écrivez à {SECRETS['member']}.", f"Le titre : {SECRETS['confidential_title']}."):
        found = leaks(brief_id, text)
        assert found, text
        assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert leaks("nowhere", LEAK) == []


def test_where_the_budget_stands_is_told_to_its_producer_and_changes_nothing(world: World) -> None:
    world.company()
    said = []
    for budget in ({"min": 50, "max": 60, "unit": "day"}, {"min": 9_000, "max": 9_900, "unit": "day"}, None):
        found = check(world, world.draft(budget=budget))
        said.append(found["rate_notice"])
        if budget is not None:
            assert found["publishable"]
    low, high, none = said
    assert none is None
    assert low["fr"] != high["fr"]
    for notice in (low, high):
        assert "grille" in notice["fr"] and "grid" in notice["en"]
