"""A case from submission to decision through the functions as Lambda calls them, on profiles and companies as they are
kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.platform.auth import Actor
from chalicelib.verification import handlers, wiring
from chalicelib.verification.models import Case, CreditVerdict, Verdict
from chalicelib.verification.service import QueueFilter
from chalicelib.verification.subjects import Subject
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.ids import new_id
from tests.support.api import FREELANCER, PRODUCER, Person
from tests.support.environment import at, queued
from tests.support.examples import day
from tests.support.records import CONTEXT, queue_event, stream_event, tick
from tests.support.tables import events, rows
from tests.support.world import World

TABLE = "VerificationTable"
DONE: dict[str, list[Any]] = {"batchItemFailures": []}
SALOME = Actor("sub-salome", frozenset({"admins"}), "salome@plot-point.test")
BASILE = Actor("sub-basile", frozenset({"admins"}), "basile@plot-point.test")
STEPS = ["alarms", "attestation", "evidence", "experience", "identity", "recommendation"]


def actor(person: Person) -> Actor:
    return Actor(person.sub, frozenset(person.groups), person.email)


def submitted(person: Person = FREELANCER, kind: str = "profile", credit_id: str | None = None) -> Case:
    service = wiring.service()
    case = service.open(actor(person), kind, new_id(utc_now()), "fr", credit_id)  # type: ignore[arg-type]
    return service.submit(actor(person), case.case_id)


def stream() -> dict[str, list[Any]]:
    answer: dict[str, list[Any]] = handlers.queue_verification_steps(stream_event(*events(TABLE), table=TABLE), CONTEXT)
    return answer


def work_off() -> list[dict[str, Any]]:
    """Every task of the queue, each handed over twice."""
    taken = [json.loads(body) for body in queued("verification_tasks")]
    for task in taken:
        assert handlers.run_verification_steps(queue_event(task, task), CONTEXT) == DONE
    return taken


def parked() -> list[str]:
    return [row["reason"] for row in rows("FailuresTable")]


def test_a_submitted_profile_becomes_ready_for_a_person(world: World) -> None:
    world.profile(verified=False)
    case = submitted()
    assert case.state == "submitted"
    assert stream() == DONE
    assert {(task["step"].partition("#")[0], task["attempt"]) for task in work_off()} == {
        *((step, 1) for step in STEPS if step != "recommendation"),
        ("credit", 1),
    }
    assert [task["step"] for task in work_off() if task["step"] == "recommendation"] == ["recommendation"]
    dossier = wiring.service().dossier(case.case_id)
    assert dossier.case.state == "queued"
    assert {step.status for step in dossier.steps} == {"ended"}
    # Sources cannot be reached here, which proves nothing: a person decides.
    assert {step.outcome for step in dossier.steps if step.kind == "credit"} == {"needs_human"}
    assert dossier.case.route == "normal"
    assert [one.case_id for one in wiring.service().queue(QueueFilter(kind="profile"), None)[0]] == [case.case_id]
    assert parked() == []


def test_what_is_decided_shows_as_facts_and_falls_with_the_claim(world: World) -> None:
    profile = world.profile(verified=False)
    case = submitted()
    stream(), work_off(), work_off()
    service, now = wiring.service(), utc_now()
    taken = service.claim(SALOME, case.case_id)
    assert taken.lease is not None
    (credit_id,) = taken.credit_ids
    verdict = Verdict(
        outcome="partly_verified",
        ground="confirmed_in_part",
        text="Votre participation est confirmée.",
        credits=(CreditVerdict(credit_id=credit_id, level="participation"),),
    )
    decided = service.decide(SALOME, case.case_id, taken.lease.token, verdict)
    assert decided.state == "partly_verified"
    claim = service.dossier(case.case_id).claim
    digest = claim.credit(credit_id).digest  # type: ignore[union-attr]
    queries, profile_id = wiring.queries(), profile["profile_id"]
    assert queries.ladder(profile_id, {credit_id: digest}, now) == {credit_id: 2}
    assert [one["fact"] for one in queries.badges(profile_id, {credit_id: digest}, now)[credit_id]] == [
        "work",
        "participation",
    ]
    assert queries.ladder(profile_id, {credit_id: "another claim"}, now) == {credit_id: 0}
    assert "courriel.test" not in json.dumps(
        [row for row in rows(TABLE) if str(row["sk"]).startswith("EVENT#")], default=str
    )


def test_one_credit_is_checked_by_itself(world: World) -> None:
    profile = world.profile(credits=({}, {"title": "Le Phare"}))
    credit_id = profile["credits"][0]["credit_id"]
    case = submitted(credit_id=credit_id, kind="credit")
    stream()
    steps = {task["step"] for task in work_off()}
    assert steps == {f"credit#{credit_id}", "evidence", "attestation", "alarms"}
    work_off()
    assert wiring.service().dossier(case.case_id).case.state == "queued"
    assert world.api.get("/profiles/mine", FREELANCER).json["status"] == "verified"


def test_a_company_is_checked_by_its_number(world: World) -> None:
    company_id = world.company(verified=False)
    case = submitted(PRODUCER, "company")
    assert case.subject == Subject("company", company_id)
    stream(), work_off(), work_off()
    dossier = wiring.service().dossier(case.case_id)
    (registry,) = [step for step in dossier.steps if step.name == "company_registry"]
    assert (registry.outcome, registry.findings[0].reason) == ("needs_human", "unreachable")
    assert dossier.case.state == "queued"


def test_colleagues_do_not_review_and_others_do(world: World) -> None:
    world.company(verified=False)
    case = submitted(PRODUCER, "company")
    stream(), work_off(), work_off()
    colleague = actor(PRODUCER)
    with pytest.raises(Exception, match="own_case"):
        wiring.service().claim(colleague, case.case_id)
    assert wiring.service().claim(SALOME, case.case_id).state == "in_review"


def test_who_fits_a_pressing_project_is_due_within_two_hours(world: World) -> None:
    world.company()
    window = {"from": day(0), "until": day(2)}
    world.live_brief(option_end_date=day(10), start_window=window, estimated_days=2)
    world.profile(verified=False)
    case = submitted()
    stream()
    planned = wiring.service().dossier(case.case_id).case
    assert planned.pressing
    assert planned.due_at is not None
    assert case.due_at is not None
    assert planned.due_at < case.due_at


def test_nobody_is_pressed_by_a_project_with_time_left(world: World) -> None:
    world.company()
    world.live_brief()
    world.profile(verified=False)
    case = submitted()
    stream()
    assert not wiring.service().dossier(case.case_id).case.pressing


def test_lost_messages_come_back_with_the_sweep(world: World) -> None:
    world.profile(verified=False)
    case = submitted()
    with at(datetime.now(UTC) + timedelta(minutes=6)):  # the stream never told of it
        handlers.sweep_verification(tick(), CONTEXT)
        assert {task["step"] for task in map(json.loads, queued("verification_tasks"))} > {"identity"}
    with at(datetime.now(UTC) + timedelta(minutes=12)):
        lost = wiring.repository().steps(case.case_id)
        handlers.sweep_verification(tick(), CONTEXT)
        again = wiring.repository().steps(case.case_id)
    attempts = {before.name: (before.attempt, after.attempt) for before, after in zip(lost, again, strict=True)}
    assert attempts.pop("recommendation") == (1, 1)
    assert set(attempts.values()) == {(1, 2)}


def test_a_lease_ends_by_itself(world: World) -> None:
    world.profile(verified=False)
    case = submitted()
    stream(), work_off(), work_off()
    wiring.service().claim(SALOME, case.case_id)
    with at(datetime.now(UTC) + timedelta(minutes=31)):
        handlers.sweep_verification(tick(), CONTEXT)
        assert wiring.service().dossier(case.case_id).case.state == "queued"
        assert wiring.service().claim(BASILE, case.case_id).lease is not None


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ({}, "no_case_id"),
        ({"case_id": "c"}, "no_step"),
        ({"case_id": "c", "step": "identity"}, "no_attempt"),
        ({"case_id": "c", "step": "identity", "attempt": True}, "no_attempt"),
    ],
)
def test_a_message_that_is_no_task_is_parked(aws: None, task: dict[str, Any], reason: str) -> None:
    assert handlers.run_verification_steps(queue_event(task), CONTEXT) == DONE
    assert parked() == [reason]


def test_a_task_of_no_case_does_nothing(aws: None) -> None:
    task = {"case_id": new_id(utc_now()), "step": "identity", "attempt": 1}
    assert handlers.run_verification_steps(queue_event(task), CONTEXT) == DONE
    assert rows(TABLE) == []
    assert parked() == []
