"""What was verified goes on counting only while it is true."""

from __future__ import annotations

from chalicelib.profiles import wiring as profiles
from tests.support.api import ADMIN, FREELANCER, PRODUCER
from tests.support.examples import brief_body, company_body, profile_body
from tests.support.world import World, done


def test_a_company_that_loses_its_verification_is_no_longer_behind_a_visible_project(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()
    assert done(world.api.get("/projects", FREELANCER))["projects"]

    done(world.api.put("/companies/mine", company_body(legal_name="Une Autre Maison"), PRODUCER))

    assert done(world.api.get("/projects", FREELANCER))["projects"] == []
    assert world.api.get(f"/projects/{brief['brief_id']}", FREELANCER).status == 404
    refused = world.api.patch(f"/briefs/{brief['brief_id']}", {"estimated_days": 12}, PRODUCER)
    assert (refused.status, refused.json["code"]) == (409, "company_not_verified")


def test_a_verified_profile_cannot_be_emptied_of_what_verification_needed(world: World) -> None:
    world.profile()
    refused = world.api.put("/profiles/mine", profile_body(languages=[], region=None), FREELANCER)
    assert refused.status == 422
    assert {error["pointer"] for error in refused.json["errors"]} == {"/languages", "/region"}


def test_the_language_of_ones_e_mails_can_be_changed_and_is_kept_when_not_given(world: World) -> None:
    world.company(contact_language="fr", verified=False)
    company = company_body(contact_language="en")
    done(world.api.put("/companies/mine", company, PRODUCER))
    del company["contact_language"]
    done(world.api.put("/companies/mine", company, PRODUCER))
    (member,) = done(world.api.get("/companies/mine/members", PRODUCER))["members"]
    assert member["language"] == "en"


def test_an_administrator_sees_the_profiles_that_have_waited_longest_and_then_the_next(world: World) -> None:
    profile = world.profile(verified=False)
    case = done(world.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))
    done(world.api.post(f"/verification/mine/{case['case_id']}/submit", person=FREELANCER))
    profiles.service().follow_case(case["case_id"])
    (waiting,) = done(world.api.get("/admin/profiles", ADMIN))["profiles"]
    assert waiting["profile_id"] == profile["profile_id"]


def test_a_free_mission_is_not_published(world: World) -> None:
    world.company()
    brief = world.draft(**{"budget": {**brief_body()["budget"], "min": 0, "max": 0}})
    refused = world.api.post(f"/briefs/{brief['brief_id']}/publish", person=PRODUCER)
    assert [error["pointer"] for error in refused.json["errors"]] == ["/budget/max"]
