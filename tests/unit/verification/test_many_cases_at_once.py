"""Five hundred cases at once, on a queue that delivers everything twice and in no order, with sources that fail and
workers that hang: every case becomes ready, once."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest

from chalicelib.platform.errors import Retryable
from chalicelib.verification.events import CaseQueued, CaseSubmitted, StepEnded
from chalicelib.verification.models import MOST_ATTEMPTS
from chalicelib.verification.service import VerificationService
from chalicelib.verification.subjects import CreditClaim
from chalicelib.verification.tasks import TimedOut, VerificationTasks
from chalicelib.vocabulary.ids import new_id
from tests.support.verification_fakes import (
    NOW,
    FakeCaseStore,
    FakeSources,
    FakeSubjects,
    SetClock,
    freelancer,
    means,
    profile_claim,
    run_at_once,
)

CASES = 500
CREDITS = 3
STEPS = CREDITS + 6

#: As the template has them.
OUT_OF_SIGHT = timedelta(seconds=180)
MOST_RECEIVES = 5
SWEEP_EVERY = timedelta(minutes=5)


class Killed(Exception):
    """The function was stopped at its time limit: nobody catches this, and its message comes back."""


class Deliveries:
    """The queue of steps: each message is delivered twice, each time at some moment of the next minute."""

    def __init__(self, clock: SetClock, dice: random.Random) -> None:
        self.waiting: list[tuple[float, int, tuple[str, str, int], int]] = []
        self.lost = 0
        self._clock = clock
        self._dice = dice
        self._numbers = count()

    def enqueue(self, case_id: str, step: str, attempt: int, delay: timedelta) -> None:
        for _ in range(2):
            self._put((case_id, step, attempt), delay + timedelta(seconds=60 * self._dice.random()), 1)

    def take(self) -> tuple[tuple[str, str, int], int]:
        moment, _, task, receives = heapq.heappop(self.waiting)
        self._clock.now = max(self._clock.now, NOW + timedelta(seconds=moment))
        return task, receives

    def back(self, task: tuple[str, str, int], receives: int) -> None:
        if receives >= MOST_RECEIVES:
            self.lost += 1
            return
        self._put(task, OUT_OF_SIGHT, receives + 1)

    def _put(self, task: tuple[str, str, int], delay: timedelta, receives: int) -> None:
        moment = (self._clock() - NOW + delay).total_seconds()
        heapq.heappush(self.waiting, (moment, next(self._numbers), task, receives))


class Trouble:
    """What sources do: of a hundred calls five fail; two hang, of which one is given up and one takes its worker
    along."""

    def __init__(self, dice: random.Random) -> None:
        self.failed = 0
        self.hung = 0
        self._dice = dice

    def __call__(self, claim: CreditClaim) -> None:
        fate = self._dice.random()
        if fate < 0.05:
            self.failed += 1
            raise Retryable("source_unavailable")
        if fate < 0.07:
            self.hung += 1
            raise TimedOut if fate < 0.06 else Killed


class DiesAtTimes(FakeCaseStore):
    """After one write in two hundred the function dies: what follows from the write is not done."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.deaths = 0
        self._dice = dice

    def end_step(self, *arguments: object) -> None:
        super().end_step(*arguments)  # type: ignore[arg-type]
        self._die()

    def change_step(self, *arguments: object) -> None:
        super().change_step(*arguments)  # type: ignore[arg-type]
        self._die()

    def _die(self) -> None:
        if self._dice.random() < 0.005:
            self.deaths += 1
            raise Killed


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_five_hundred_cases_at_once_are_all_ready_once(seed: int) -> None:
    dice = random.Random(seed)
    clock, store, trouble = SetClock(), DiesAtTimes(dice), Trouble(dice)
    queue = Deliveries(clock, dice)
    subjects = FakeSubjects(*(profile_claim(number, CREDITS) for number in range(1, CASES + 1)))
    sources = FakeSources(check=trouble)
    work = VerificationTasks(
        store, subjects, means(store, subjects, sources), queue, run_at_once, lambda limit: limit * dice.random(), clock
    )
    service = VerificationService(store, subjects, clock)
    for number in range(1, CASES + 1):
        service.submit(freelancer(number), service.open(freelancer(number), "profile", new_id(NOW), "fr").case_id)

    # The stream tells of each submission twice, in no order.
    told = [case_id for case_id, fact, _ in store.facts_told if isinstance(fact, CaseSubmitted)] * 2
    dice.shuffle(told)
    for case_id in told:
        work.dispatch(case_id)

    ticks = 0
    while True:
        while queue.waiting:
            task, receives = queue.take()
            if clock() >= NOW + SWEEP_EVERY * (ticks + 1):
                ticks += 1
                sweep(work)
            try:
                work.run(*task)
            except (Killed, Retryable):
                queue.back(task, receives)
        if not unfinished(store):
            break
        assert ticks < 100, unfinished(store)
        ticks += 1
        clock.now = max(clock.now, NOW + SWEEP_EVERY * ticks)
        sweep(work)

    assert trouble.failed > 50
    assert trouble.hung > 20
    assert store.deaths > 10
    cases = {case_id for case_id, _, _ in store.facts_told}
    assert len(cases) == CASES
    ready = Counter(case_id for case_id, fact, _ in store.facts_told if isinstance(fact, CaseQueued))
    assert ready == dict.fromkeys(cases, 1)
    ended = Counter((case_id, fact.step) for case_id, fact, _ in store.facts_told if isinstance(fact, StepEnded))
    assert set(ended.values()) == {1}
    assert len(ended) == CASES * STEPS
    # Nothing that somebody could be told of is there twice.
    told_of = Counter((case_id, fact.event_type, fact.model_dump_json()) for case_id, fact, _ in store.facts_told)
    assert set(told_of.values()) == {1}
    for case_id in cases:
        case, steps = store.case(case_id), store.steps(case_id)
        assert case is not None
        assert case.state == "queued"
        assert {step.status for step in steps} == {"ended"}
        assert all(step.outcome and 1 <= step.attempt <= MOST_ATTEMPTS for step in steps)
    # The sweep finds nothing more to do.
    clock.pass_(timedelta(hours=1))
    assert work.due() == []


def sweep(work: VerificationTasks) -> None:
    for owed in work.due():
        try:
            work.settle(*owed)
        except (Killed, Retryable):
            continue


def unfinished(store: FakeCaseStore) -> list[str]:
    every = {case_id for case_id, _, _ in store.facts_told}
    return [one for one in every if (case := store.case(one)) is None or case.state != "queued"]
