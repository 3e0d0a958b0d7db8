"""Cases settled in one process, for the demo's people: what lies in the table is what the long way leaves there."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.platform.auth import Actor
from chalicelib.platform.table import ConditionFailed
from chalicelib.verification import handlers, wiring
from chalicelib.verification.errors import Incomplete
from chalicelib.verification.models import Verdict
from infra.local.population import approval
from infra.local.settled_cases import settle
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Person
from tests.support.environment import queued
from tests.support.records import CONTEXT, stream_event
from tests.support.tables import dump, events, rows
from tests.support.world import World, done

TABLE = "VerificationTable"
OWNER = Actor(FREELANCER.sub, frozenset(FREELANCER.groups), FREELANCER.email)
REFUSAL = Verdict(outcome="refused", ground="documents_missing", text="Rien ne le montre.")


def test_a_profile_is_verified_fact_by_fact_with_a_case_that_everybody_can_read(world: World) -> None:
    profile = world.profile(verified=False, credits=({}, {"title": "Le Phare"}, {"title": "La Digue"}))
    ids = [credit["credit_id"] for credit in profile["credits"]]
    levels = dict(zip(ids, (3, 2, 0), strict=True))

    case_id = settle(OWNER, "profile", ADMIN.sub, lambda _: approval("confirmed_in_part", levels))

    mine = done(world.api.get("/profiles/mine", FREELANCER))
    assert (mine["status"], [credit["level"] for credit in mine["credits"]]) == ("partly_verified", [3, 2, 0])
    assert [credit["facts"]["participation"]["holds"] for credit in mine["credits"]] == [True, True, None]
    followed = done(world.api.get(f"/verification/mine/{case_id}", FREELANCER))
    assert (followed["state"], followed["outcome"]) == ("partly_verified", "partly_verified")
    assert {one["status"] for one in followed["checks"]} == {"done", "for_a_person"}
    assert [badge["level"] for badge in followed["badges"]] == [3, 2, 0]
    [told] = done(world.api.get("/verification/mine", FREELANCER))["cases"]
    assert told["case_id"] == case_id
    # Its subject is free for another, and contesting it is open, as after any decision.
    assert followed["appeal_until"]
    assert done(world.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))["state"] == "draft"


def test_its_beginning_and_its_end_are_told_and_nothing_is_queued(world: World) -> None:
    world.company()
    happened = events(TABLE)
    assert [one["event_type"] for one in happened] == ["verification.opened", "verification.decided"]
    assert handlers.queue_verification_steps(stream_event(*happened, table=TABLE), CONTEXT) == {"batchItemFailures": []}
    assert queued("verification_tasks") == []
    assert [item for item in rows(TABLE) if item["sk"] == "OPEN"] == []
    assert {item["status"] for item in rows(TABLE) if str(item["sk"]).startswith("STEP#")} == {"ended"}
    assert done(world.api.get("/companies/mine", PRODUCER))["status"] == "verified"
    case_id = happened[0]["aggregate_id"]
    [chain] = done(world.api.get(f"/admin/audit/chain?case_id={case_id}", ADMIN))["chains"]
    assert (chain["position"], chain["sound"]) == (2, True)


def test_what_takes_two_administrators_is_not_settled_and_leaves_nothing(world: World) -> None:
    world.profile(verified=False)
    before = dump()
    with pytest.raises(ValueError, match="second administrator"):
        settle(OWNER, "profile", ADMIN.sub, lambda _: REFUSAL)
    assert dump() == before


@pytest.mark.parametrize("missing", [{"region": None}, {"languages": []}])
def test_a_profile_that_is_not_complete_is_not_settled(missing: dict[str, Any], world: World) -> None:
    world.profile(verified=False, **missing)
    before = dump()
    with pytest.raises(Incomplete):
        settle(OWNER, "profile", ADMIN.sub, lambda _: approval("all_confirmed"))
    assert dump() == before


def test_a_subject_with_an_open_case_is_not_settled_beside_it(world: World) -> None:
    world.profile(verified=False)
    done(world.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))
    before = dump()
    with pytest.raises(ConditionFailed):
        settle(OWNER, "profile", ADMIN.sub, lambda case: approval("all_confirmed", dict.fromkeys(case.credit_ids, 3)))
    assert dump() == before


def test_two_people_of_the_same_name_and_work_are_noticed(world: World) -> None:
    world.profile()
    other = Actor("sub-other", frozenset({"freelancers"}), "autre@courriel.test")
    service = wiring.service()
    namesake = world.profile(Person(other.sub, other.email, ("freelancers",)))
    [case] = service.my_cases(other, None)[0]
    identity = next(step for step in service.dossier(case.case_id).steps if step.name == "identity")
    assert namesake["status"] == "verified"
    assert [finding.reason for finding in identity.findings] == ["same_work"]
