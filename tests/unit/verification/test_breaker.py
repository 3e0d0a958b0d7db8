from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.verification.sources.breaker import LONGEST_REST, PROBE_LASTS, REST, THRESHOLD, Breaker, Circuit
from chalicelib.verification.sources.errors import CircuitTaken, TryLater, Unreachable
from tests.support.source_fakes import FakeClock, FakeSourceStore


def a_breaker(store: FakeSourceStore | None = None) -> tuple[Breaker, FakeSourceStore, FakeClock]:
    store, clock = store or FakeSourceStore(), FakeClock()
    return Breaker("wikidata", store, clock), store, clock


def wait_of(breaker: Breaker) -> timedelta | None:
    with pytest.raises(TryLater) as raised:
        breaker.admit()
    return raised.value.after


def open_it(breaker: Breaker) -> None:
    for _ in range(THRESHOLD):
        breaker.failed()


def test_a_few_failures_open_nothing_and_one_answer_forgets_them() -> None:
    breaker, store, _ = a_breaker()
    for _ in range(3):
        for _ in range(THRESHOLD - 1):
            breaker.failed()
        breaker.admit()
        breaker.succeeded()
    assert store.circuit("wikidata").is_untroubled


def test_a_source_that_answers_costs_no_write() -> None:
    breaker, store, _ = a_breaker()
    breaker.admit()
    breaker.succeeded()
    assert store.circuits == {}


def test_too_many_failures_in_a_row_open_it_for_everyone() -> None:
    breaker, store, clock = a_breaker()
    open_it(breaker)
    assert wait_of(breaker) == REST
    clock.passes(seconds=10)
    assert wait_of(Breaker("wikidata", store, clock)) == REST - timedelta(seconds=10)
    Breaker("databnf", store, clock).admit()


def test_one_caller_tries_and_the_others_wait_for_what_it_finds() -> None:
    breaker, store, clock = a_breaker()
    open_it(breaker)
    clock.passes(seconds=REST.total_seconds())
    breaker.admit()
    other = Breaker("wikidata", store, clock)
    assert wait_of(other) == PROBE_LASTS
    breaker.succeeded()
    other.admit()


def test_when_the_one_who_tries_dies_another_may() -> None:
    breaker, store, clock = a_breaker()
    open_it(breaker)
    clock.passes(seconds=REST.total_seconds())
    breaker.admit()
    clock.passes(seconds=PROBE_LASTS.total_seconds())
    Breaker("wikidata", store, clock).admit()


def test_each_try_in_vain_doubles_the_rest_up_to_the_longest() -> None:
    breaker, _, clock = a_breaker()
    open_it(breaker)
    rests = []
    for _ in range(8):
        rest = wait_of(breaker)
        assert rest is not None
        rests.append(rest)
        clock.passes(seconds=rest.total_seconds())
        breaker.admit()
        breaker.failed()
    assert rests == [min(REST * 2**n, LONGEST_REST) for n in range(8)]


def test_a_source_that_says_when_to_come_back_is_left_alone_until_then_at_once() -> None:
    breaker, _, clock = a_breaker()
    breaker.failed(after=timedelta(hours=2))
    assert wait_of(breaker) == timedelta(hours=2)
    clock.passes(hours=2)
    breaker.admit()


def test_a_longer_wait_is_never_shortened_by_a_later_failure() -> None:
    breaker, _, _ = a_breaker()
    breaker.failed(after=timedelta(hours=2))
    breaker.failed(after=timedelta(seconds=5))
    open_it(breaker)
    assert wait_of(breaker) == timedelta(hours=2)


def test_without_a_network_nobody_is_told_to_wait() -> None:
    breaker, _, clock = a_breaker()
    for _ in range(THRESHOLD):
        breaker.failed("unreachable")
    with pytest.raises(Unreachable):
        breaker.admit()
    clock.passes(seconds=REST.total_seconds())
    breaker.admit()
    breaker.failed()
    with pytest.raises(TryLater):
        breaker.admit()


class Crowded(FakeSourceStore):
    """Somebody else writes first, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def change_circuit(self, before: Circuit, after: Circuit) -> None:
        if self.times:
            self.times -= 1
            super().change_circuit(self.circuit(after.source), Circuit(after.source, failures=1))
            raise CircuitTaken
        super().change_circuit(before, after)


def test_failures_of_several_at_once_are_all_counted() -> None:
    breaker, store, _ = a_breaker(Crowded(1))
    breaker.failed()
    assert store.circuit("wikidata").failures == 2


def test_whoever_loses_the_race_to_try_waits() -> None:
    breaker, store, clock = a_breaker()
    open_it(breaker)
    clock.passes(seconds=REST.total_seconds())
    crowded = Crowded(1)
    crowded.circuits = dict(store.circuits)
    assert wait_of(Breaker("wikidata", crowded, clock)) == PROBE_LASTS


def test_what_many_write_at_once_is_given_up_rather_than_fought_over() -> None:
    breaker, _, _ = a_breaker(Crowded(100))
    breaker.failed()
    breaker.succeeded()


STEPS = st.lists(
    st.one_of(
        st.just("ok"),
        st.just("fail"),
        st.just("gone"),
        st.integers(1, 3000),
        st.tuples(st.just("after"), st.integers(0, 90_000)),
    ),
    max_size=40,
)


@given(STEPS)
def test_whatever_happens_a_circuit_lets_somebody_through_within_its_wait(steps: list[object]) -> None:
    breaker, store, clock = a_breaker()
    for step in steps:
        if isinstance(step, int):
            clock.passes(seconds=step)
            continue
        try:
            breaker.admit()
        except (TryLater, Unreachable):
            continue
        if step == "ok":
            breaker.succeeded()
        elif isinstance(step, tuple):
            breaker.failed(after=timedelta(seconds=step[1]))
        else:
            breaker.failed("unreachable" if step == "gone" else "failing")
    try:
        breaker.admit()
    except TryLater as error:
        assert error.after is not None
        clock.passes(seconds=error.after.total_seconds())
        breaker.admit()
    except Unreachable:
        clock.passes(seconds=LONGEST_REST.total_seconds())
        clock.passes(days=2)
        breaker.admit()
    breaker.succeeded()
    assert store.circuit("wikidata").is_untroubled
