"""The clockwork, where something goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.platform.errors import Retryable
from chalicelib.verification.models import MOST_ATTEMPTS, PATIENCE
from chalicelib.verification.service import VerificationService
from chalicelib.verification.subjects import CreditClaim
from chalicelib.verification.tasks import LONGEST_DELAY, TimedOut
from tests.support.verification_fakes import (
    FakeCaseStore,
    FakeSources,
    FakeSubjects,
    FakeTaskQueue,
    SetClock,
    freelancer,
    profile_claim,
    run_all,
    tasks,
)

STEP = "credit#credit-1-1"


class Busy(Retryable):
    def __init__(self, after: timedelta) -> None:
        super().__init__("busy")
        self.after = after


class Shop:
    def __init__(self, check: Callable[[CreditClaim], None] = lambda _: None) -> None:
        self.clock, self.store, self.queue = SetClock(), FakeCaseStore(), FakeTaskQueue()
        self.subjects, self.sources = FakeSubjects(profile_claim(1, 1)), FakeSources(check=check)
        self.work = tasks(self.store, self.subjects, self.queue, self.clock, self.sources)
        self.service = VerificationService(self.store, self.subjects, self.clock)
        case = self.service.open(freelancer(), "profile", "case-1", "fr")
        self.service.submit(freelancer(), case.case_id)

    def state(self) -> str:
        case = self.store.case("case-1")
        assert case is not None
        return case.state

    def attempts(self) -> list[timedelta]:
        """How long each attempt at the credit was put off, until there are no more."""
        self.work.dispatch("case-1")
        delays = []
        while True:
            mine = [task for task in self.queue.sent if task[1] == STEP]
            if not mine:
                return delays
            ((_, _, attempt, delay),) = mine
            delays.append(delay)
            self.queue.sent.clear()
            self.work.run("case-1", STEP, attempt)


def fails_with(error: Exception) -> Callable[[CreditClaim], None]:
    def fail(_: CreditClaim) -> None:
        raise error

    return fail


def test_a_failure_that_passes_is_tried_again_later_and_later_and_then_left_to_a_person() -> None:
    shop = Shop(fails_with(Retryable("busy")))
    delays = shop.attempts()
    assert len(delays) == MOST_ATTEMPTS
    assert delays == sorted(delays)
    assert delays[1:] == [timedelta(seconds=2.5 * 2**n) for n in range(MOST_ATTEMPTS - 1)]
    step = shop.store.step("case-1", STEP)
    assert step is not None
    assert (step.outcome, step.findings[0].reason) == ("needs_human", "never_answered")


@pytest.mark.parametrize(
    ("asked", "waited"), [(timedelta(minutes=2), timedelta(seconds=122.5)), (timedelta(hours=3), LONGEST_DELAY)]
)
def test_who_says_when_to_come_back_is_asked_a_moment_after_and_not_before(asked: timedelta, waited: timedelta) -> None:
    assert Shop(fails_with(Busy(asked))).attempts()[1] == waited


def test_a_step_that_hangs_is_given_up_each_time_and_then_left_to_a_person() -> None:
    assert len(Shop(fails_with(TimedOut())).attempts()) == MOST_ATTEMPTS


def test_a_bug_in_a_step_holds_nothing_up() -> None:
    shop = Shop(fails_with(ZeroDivisionError()))
    shop.work.dispatch("case-1")
    run_all(shop.work, shop.queue)
    step = shop.store.step("case-1", STEP)
    assert step is not None
    assert (step.outcome, step.findings[0].reason) == ("needs_human", "step_failed")
    assert shop.state() == "queued"


def test_the_recommendation_does_not_run_before_the_others() -> None:
    shop = Shop()
    shop.work.dispatch("case-1")
    shop.work.run("case-1", "recommendation", 1)
    assert shop.state() == "checks_running"
    run_all(shop.work, shop.queue)
    assert shop.state() == "queued"


def test_a_late_task_of_a_case_that_was_withdrawn_changes_nothing() -> None:
    shop = Shop()
    shop.work.dispatch("case-1")
    shop.service.withdraw(freelancer(), "case-1")
    told = list(shop.store.facts_told)
    run_all(shop.work, shop.queue)
    shop.work.dispatch("case-1")
    assert shop.queue.sent == []
    shop.clock.pass_(PATIENCE)
    for owed in shop.work.due():
        shop.work.settle(*owed)
    assert shop.work.due() == []
    assert shop.store.facts_told == told


def test_a_case_whose_subject_is_gone_is_withdrawn() -> None:
    shop = Shop()
    shop.subjects.claims.clear()
    shop.work.dispatch("case-1")
    assert shop.state() == "withdrawn"


def test_a_subject_that_goes_while_it_is_checked_stops_the_case_and_not_the_clockwork() -> None:
    shop = Shop()
    shop.work.dispatch("case-1")
    shop.subjects.claims.clear()
    run_all(shop.work, shop.queue)
    assert shop.state() == "withdrawn"


def test_a_recommendation_whose_message_was_lost_is_queued_again_and_never_given_up() -> None:
    shop = Shop()
    shop.work.dispatch("case-1")
    for task in shop.queue.take():
        shop.work.run(*task)
    for _ in range(MOST_ATTEMPTS + 2):
        assert [step for _, step, _ in shop.queue.take()] == ["recommendation"]
        shop.clock.pass_(PATIENCE)
        for owed in shop.work.due():
            shop.work.settle(*owed)
    run_all(shop.work, shop.queue)
    assert shop.state() == "queued"


def test_tasks_that_waited_long_in_their_queue_are_not_lost_to_those_sent_in_their_place() -> None:
    shop = Shop()
    shop.work.dispatch("case-1")
    waiting = shop.queue.take()
    for _ in range(2):
        shop.clock.pass_(PATIENCE)
        for owed in shop.work.due():
            shop.work.settle(*owed)
    for task in waiting:
        shop.work.run(*task)
    step = shop.store.step("case-1", STEP)
    assert step is not None
    assert (step.status, step.outcome, step.attempt) == ("ended", "done", 3)
    assert len(shop.sources.asked) == 1
    run_all(shop.work, shop.queue)
    assert shop.state() == "queued"
    assert len(shop.sources.asked) == 1


def test_a_task_that_comes_twice_does_not_cut_short_the_pause_before_the_next_attempt() -> None:
    shop = Shop(fails_with(Busy(timedelta(seconds=60))))
    shop.work.dispatch("case-1")
    shop.queue.take()
    for _ in range(3):
        shop.work.run("case-1", STEP, 1)
    ((_, _, attempt, _),) = shop.queue.sent
    assert (attempt, len(shop.sources.asked)) == (2, 1)
    shop.clock.pass_(timedelta(seconds=62.5))
    shop.work.run("case-1", STEP, 1)
    assert len(shop.sources.asked) == 2
    shop.work.run("case-1", STEP, 9)
    assert len(shop.sources.asked) == 2


def test_who_dies_between_the_last_result_and_what_follows_is_made_up_for() -> None:
    shop = Shop()
    shop.work.dispatch("case-1")
    *others, last = shop.queue.take()
    for task in others:
        shop.work.run(*task)
    step, case = shop.store.step("case-1", last[1]), shop.store.case("case-1")
    assert step is not None
    assert case is not None
    ended, fact = step.end("done", (), None, shop.clock())
    shop.store.end_step(case, ended, fact, shop.clock())
    assert shop.queue.sent == []
    shop.work.run(*last)  # the message comes again
    assert [name for _, name, _, _ in shop.queue.sent] == ["recommendation"]
