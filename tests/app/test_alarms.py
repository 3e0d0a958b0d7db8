"""Alarms, facts that run out and checks that look again, through the functions as Lambda calls them."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.platform.auth import Actor
from chalicelib.platform.clients import client
from chalicelib.platform.file_checks import Checked, Notes
from chalicelib.platform.table import Table
from chalicelib.verification import handlers, wiring
from chalicelib.verification.evidence_files import offered
from chalicelib.verification.evidence_repository import EvidenceRepository
from chalicelib.verification.models import Case, CreditVerdict, Verdict
from chalicelib.verification.subjects import Subject
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.ids import new_id
from tests.support.api import FREELANCER, Person
from tests.support.environment import at
from tests.support.records import CONTEXT, queue_event, stream_event, tick
from tests.support.tables import events, rows
from tests.support.world import World

TABLE = "VerificationTable"
SALOME = Actor("sub-salome", frozenset({"admins"}), "salome@plot-point.test")
BASILE = Actor("sub-basile", frozenset({"admins"}), "basile@plot-point.test")
DONE: dict[str, list[Any]] = {"batchItemFailures": []}


def actor(person: Person) -> Actor:
    return Actor(person.sub, frozenset(person.groups), person.email)


def submitted() -> Case:
    case = wiring.service().open(actor(FREELANCER), "profile", new_id(utc_now()), "fr")
    return wiring.service().submit(actor(FREELANCER), case.case_id)


def stream() -> None:
    assert handlers.queue_verification_steps(stream_event(*events(TABLE), table=TABLE), CONTEXT) == DONE


def work_off() -> list[tuple[str, int]]:
    """Every task there is and those that follow, each handed over twice and taken off the queue: (step, attempt)."""
    url, done = os.environ["VERIFICATION_TASKS_QUEUE_URL"], []
    for _ in range(30):
        for message in client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            task = json.loads(message["Body"])
            assert handlers.run_verification_steps(queue_event(task, task), CONTEXT) == DONE
            client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            done.append((task["step"], task["attempt"]))
    return done


def ready() -> Case:
    case = submitted()
    stream(), work_off()
    return wiring.service().dossier(case.case_id).case


def kept_file(case_id: str) -> tuple[str, str]:
    """A file of the case that was checked and accepted."""
    store, now, file_id = EvidenceRepository(Table(TABLE)), utc_now(), new_id(utc_now())
    shelf = store.shelf(case_id)
    file = offered(case_id, file_id, SALOME.sub, "other", None, "application/pdf", now)
    store.offer(shelf, shelf.with_upload(), file)
    after, fact = file.settled(Checked(None, b"%PDF-", Notes()), b"%PDF-" + file_id.encode(), now)
    store.change(file, after, fact, now)
    return case_id, file_id


def in_force(subject: Subject) -> str:
    service, alarm_id = wiring.alarms(), new_id(utc_now())
    service.prepare(SALOME, alarm_id, subject, "forged_credit_or_identity", "own_finding")
    service.raise_(SALOME, alarm_id, "Le contrat produit n’est pas l’original.", [kept_file(alarm_id)])
    with at(datetime.now(UTC) + timedelta(days=10)):
        wiring.alarms().put_in_force(BASILE, alarm_id, "Votre réponse ne l’explique pas.")
    return alarm_id


def test_an_alarm_in_force_is_a_persons_to_read_and_ends_with_the_sweep(world: World) -> None:
    subject = Subject("profile", world.profile(verified=False)["profile_id"])
    alarm_id = in_force(subject)
    stream()
    alarms = wiring.repository().alarms
    assert alarms(subject, utc_now()) == []  # it counts from the day it was decided on
    with at(later := datetime.now(UTC) + timedelta(days=11)):
        assert alarms(subject, later) == [alarm_id]
        case = ready()
        (step,) = [one for one in wiring.service().dossier(case.case_id).steps if one.name == "alarms"]
        assert (step.outcome, [one.reason for one in step.findings]) == ("needs_human", ["alarm_in_force"])
        assert case.route == "two_reviewers"
    with at(datetime.now(UTC) + timedelta(days=3 * 366)):
        for _ in range(2):
            handlers.sweep_verification(tick(), CONTEXT)
        alarm, told = wiring.alarms().read(BASILE, alarm_id)
        assert (alarm.state, alarm.text) == ("expired", None)
        assert [item["event_type"].removeprefix("verification.alarm_") for item in told] == [
            "prepared",
            "raised",
            "confirmed",
            "expired",
        ]
    assert rows("FailuresTable") == []


def test_an_answer_is_looked_at_and_the_reviewer_keeps_the_case(world: World) -> None:
    world.profile(verified=False)
    case, service = ready(), wiring.service()
    lease = service.claim(SALOME, case.case_id).lease
    assert lease is not None
    service.request_information(SALOME, case.case_id, lease.token, "Quel contrat ?")
    answered = service.answer(actor(FREELANCER), case.case_id, "Celui de 2022.")
    stream(), stream()
    steps = work_off()
    assert {(step.partition("#")[0], attempt) for step, attempt in steps} >= {
        ("evidence", 2),
        ("attestation", 2),
        ("experience", 2),
        ("recommendation", 2),
    }
    now = service.dossier(case.case_id).case
    assert (now.state, now.lease) == ("in_review", answered.lease)
    assert answered.lease is not None
    assert service.renew_lease(SALOME, case.case_id, answered.lease.token).state == "in_review"


def test_a_file_that_comes_later_is_looked_at(world: World) -> None:
    world.profile(verified=False)
    case = ready()
    kept_file(case.case_id)
    stream()
    assert set(work_off()) == {("evidence", 2), ("experience", 2), ("recommendation", 2)}
    assert wiring.service().dossier(case.case_id).case.state == "queued"


def test_facts_that_run_out_are_checked_anew_in_time(world: World) -> None:
    world.profile(verified=False)
    case, service = ready(), wiring.service()
    lease = service.claim(SALOME, case.case_id).lease
    assert lease is not None
    (credit_id,) = case.credit_ids
    verdict = Verdict(
        outcome="verified",
        ground="all_confirmed",
        text="Vu.",
        credits=(CreditVerdict(credit_id=credit_id, level="function"),),
    )
    service.decide(SALOME, case.case_id, lease.token, verdict)
    with at(datetime.now(UTC) + timedelta(days=5 * 365 - 30, minutes=1)):
        for _ in range(2):
            handlers.sweep_verification(tick(), CONTEXT)
        again = wiring.service().my_cases(actor(FREELANCER), None)[0][0]
        assert (again.state, again.recheck, again.subject.credit_id) == ("submitted", True, credit_id)
        stream()
        assert ("alarms", 1) in work_off()
        assert wiring.service().dossier(again.case_id).case.state == "queued"
    assert rows("FailuresTable") == []
