"""What comes while a case is under way is looked at, and whoever has the case keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.verification.events import CaseAdvised, ChecksRenewed
from chalicelib.verification.models import MOST_ATTEMPTS, PATIENCE, Case, Step
from chalicelib.verification.planner import RECOMMENDATION, concerned
from chalicelib.verification.service import VerificationService
from chalicelib.verification.subjects import ProfileClaim
from tests.support.verification_fakes import (
    AGAINST,
    NOW,
    FakeCaseStore,
    FakeSources,
    FakeSubjects,
    FakeTaskQueue,
    SetClock,
    administrator,
    freelancer,
    profile_claim,
    run_all,
    tasks,
)


class House:
    def __init__(self) -> None:
        self.clock, self.store, self.queue = SetClock(), FakeCaseStore(), FakeTaskQueue()
        self.subjects, self.sources = FakeSubjects(profile_claim(1)), FakeSources()
        self.service = VerificationService(self.store, self.subjects, self.clock)
        self.work = tasks(self.store, self.subjects, self.queue, self.clock, self.sources)
        self.service.open(freelancer(), "profile", "case-1", "fr")
        self.service.submit(freelancer(), "case-1")
        self.work.dispatch("case-1")

    def case(self) -> Case:
        case = self.store.case("case-1")
        assert case is not None
        return case

    def answered(self) -> Case:
        run_all(self.work, self.queue)
        lease = self.service.claim(administrator(), "case-1").lease
        assert lease is not None
        self.service.request_information(administrator(), "case-1", lease.token, "Quel contrat ?")
        case = self.service.answer(freelancer(), "case-1", "Celui de 2022.")
        self.work.look_again("case-1", "answer", case.questions[-1].question_id)
        return case

    def told(self, kind: type[Any]) -> list[Any]:
        return [fact for _, fact, _ in self.store.facts_told if isinstance(fact, kind)]


@pytest.fixture
def house() -> House:
    return House()


def test_an_answer_sets_off_the_checks_it_may_change_and_the_reviewer_keeps_the_case(house: House) -> None:
    before = house.answered()
    assert house.case() == before
    assert {(step, attempt) for step, attempt in ((s, a) for _, s, a, _ in house.queue.sent)} == {
        ("evidence", 2),
        ("attestation", 2),
        ("experience", 2),
    }
    run_all(house.work, house.queue)
    after = house.case()
    assert (after.state, after.lease, after.due_at) == ("in_review", before.lease, before.due_at)
    assert [fact.route for fact in house.told(CaseAdvised)] == [after.route]
    assert {step.status for step in house.store.steps("case-1")} == {"ended"}


def test_a_credit_that_was_corrected_is_looked_at_again(house: House) -> None:
    run_all(house.work, house.queue)
    assert house.case().route == "fast_lane"
    claim = profile_claim(1)
    corrected = replace(claim.credits[0], title="La Grande Digue")
    house.subjects.add(replace(claim, credits=(corrected, claim.credits[1])))
    house.sources.answers["credit-1-1"] = (AGAINST,)
    house.answered()
    run_all(house.work, house.queue)
    step = house.store.step("case-1", "credit#credit-1-1")
    assert step is not None
    assert (step.claim_digest, step.attempt) == (corrected.digest, 2)
    assert house.case().route == "two_reviewers"
    assert not house.service.dossier("case-1").changed_since("credit-1-1")


def test_told_twice_of_the_same_it_looks_once(house: House) -> None:
    case = house.answered()
    house.queue.sent.clear()  # lost, or the function died before it sent anything
    house.work.look_again("case-1", "answer", case.questions[-1].question_id)
    assert len(house.queue.sent) == 3
    assert len(house.told(ChecksRenewed)) == 1
    run_all(house.work, house.queue)
    house.work.look_again("case-1", "answer", case.questions[-1].question_id)
    assert house.queue.sent == []


def test_a_file_that_comes_while_checks_run_is_not_missed(house: House) -> None:
    for task in house.queue.take():
        if task[1] != "attestation":
            house.work.run(*task)
    house.work.look_again("case-1", "file", "file-1")
    house.work.run("case-1", "attestation", 1)
    assert house.case().state == "checks_running"  # the file's checks are under way
    run_all(house.work, house.queue)
    assert house.case().state == "queued"
    evidence = house.store.step("case-1", "evidence")
    assert evidence is not None
    assert (evidence.attempt, evidence.because) == (2, "file-1")


def test_who_saw_the_last_step_end_does_not_start_the_recommendation_over_new_checks(house: House) -> None:
    for task in house.queue.take():
        house.work.run(*task)
    late = house.queue.take()
    assert [step for _, step, _ in late] == [RECOMMENDATION]
    house.work.look_again("case-1", "attestation", "ask-1")
    for task in late:
        house.work.run(*task)
    assert house.case().state == "checks_running"
    run_all(house.work, house.queue)
    assert house.case().state == "queued"


def test_lost_checks_come_back_with_the_sweep_and_those_of_a_decided_case_end(house: House) -> None:
    house.answered()
    house.queue.sent.clear()
    house.clock.pass_(PATIENCE)
    for owed in house.work.due():
        house.work.settle(*owed)
    run_all(house.work, house.queue)
    assert len(house.told(CaseAdvised)) == 1
    house.work.look_again("case-1", "file", "file-1")
    house.queue.sent.clear()
    house.service.withdraw(freelancer(), "case-1")
    house.clock.pass_(PATIENCE)
    for owed in house.work.due():
        house.work.settle(*owed)
    assert house.work.due() == []
    assert {step.status for step in house.store.steps("case-1")} == {"ended"}


def test_a_case_that_is_over_is_not_looked_at_again(house: House) -> None:
    house.service.withdraw(freelancer(), "case-1")
    told = list(house.store.facts_told)
    house.queue.sent.clear()
    house.work.look_again("case-1", "file", "file-1")
    house.work.look_again("no such case", "file", "file-1")
    assert (house.store.facts_told, house.queue.sent) == (told, [])


def test_each_round_has_its_attempts() -> None:
    step = Step.planned("case-1", "evidence", NOW)
    for _ in range(MOST_ATTEMPTS - 1):
        again = step.again(timedelta(), NOW)
        assert again is not None
        step = again
    assert step.again(timedelta(), NOW) is None
    renewed = step.once_more("file-1", NOW)
    assert (renewed.attempt, renewed.tries) == (MOST_ATTEMPTS + 1, 1)
    assert renewed.again(timedelta(), NOW) is not None


def test_what_reads_it_looks_again() -> None:
    claim = profile_claim(1)
    names = ["identity", "alarms", "evidence", "attestation", "experience", "credit#credit-1-1", "credit#gone"]
    steps = []
    for name in names:
        digest = claim.credits[0].digest if name.startswith("credit#") else claim.digest
        steps.append(Step.planned("c", name, NOW, claim_digest=digest).end("done", (), None, NOW)[0])
    steps[0] = steps[0].model_copy(update={"outcome": "rejected_input"})

    def kinds(news: Any, claim: ProfileClaim = claim) -> list[str]:
        return [step.name for step in concerned(news, steps, claim)]

    assert kinds("file") == ["evidence", "experience"]
    assert kinds("attestation") == ["attestation"]
    assert kinds("answer") == ["identity", "evidence", "attestation", "experience", "credit#gone"]
    # Of somebody else, everything is another claim.
    renamed = replace(claim, person_name="Apolline Quéméner", credits=())
    assert kinds("answer", renamed) == names
