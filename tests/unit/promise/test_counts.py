"""The published figures are those of a recount from the raw events, whatever happened and however it was told."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.platform.outbox import Envelope
from chalicelib.promise.figures import DELAYED, Promise, Week, a_year_before
from chalicelib.promise.service import PromiseService
from chalicelib.vocabulary.clock import PARIS
from tests.support import promise_fakes as made
from tests.support.promise_fakes import NOW, FakePromiseStore, recount

Step = tuple[str, timedelta, Any]

#: Mostly soon after the publication, to the millisecond; at times before it, as a clock that lags tells it.
_LATER = st.one_of(
    st.integers(-2_000, 120_000).map(lambda count: timedelta(milliseconds=count)),
    st.integers(0, 20 * 86_400).map(lambda count: timedelta(seconds=count)),
    st.integers(0, 500).map(lambda count: timedelta(days=count)),
)
_WHAT = st.sampled_from(
    ["again", "shortlist", "shortlist", "nobody", "interest", "invited", "revealed", "yes", "no", "overdue", "engaged"]
)
_STEP = st.tuples(_WHAT, _LATER, st.tuples(st.integers(1, 2), st.booleans(), st.integers(1, 6)))
_PROJECT = st.tuples(
    st.integers(0, 700).map(lambda count: timedelta(days=count)), st.booleans(), st.lists(_STEP, min_size=2, max_size=8)
)


def event(brief: str, at: datetime, what: str, more: tuple[int, bool, int]) -> Envelope:
    number, flag, seats = more
    person = f"person-{number}"
    match what:
        case "again":
            return made.published(brief, at, number=2)
        case "shortlist":
            return made.shortlist(brief, at, seats, None if flag and seats == 6 else seats // 2)
        case "nobody":
            return made.shortlist(brief, at, 0, 0)
        case "interest" | "invited":
            return made.interest(brief, person, at, invited=what == "invited")
        case "revealed":
            return made.revealed(brief, person, at)
        case "yes" | "no":
            decision = "retained" if what == "yes" else "not_retained"
            return made.answer(brief, person, at, decision, overdue=flag, number=number)
        case "overdue":
            return made.awaited(brief, person, at, overdue=flag, number=number)
    return made.engaged(brief, person, at, overdue=flag, number=number)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Envelope], list[Envelope]]:
    """What happened, and how it was told: some of it twice, all of it in any order."""
    events: list[Envelope] = []
    for number, (before, online, steps) in enumerate(draw(st.lists(_PROJECT, max_size=24))):
        brief, begun = f"brief-{number}", NOW - before
        if online or number % 3:
            events.append(made.published(brief, begun))
        events += [event(brief, begun + later, what, more) for what, later, more in steps]
    twice = draw(st.lists(st.sampled_from(events), max_size=10)) if events else []
    return events, draw(st.permutations([*events, *twice]))


def as_recounted(promise: Promise | Week) -> dict[str, Any]:
    delays = {
        stage: (delay.median, delay.p90, delay.n) if (delay := promise.delays[stage]) else None for stage in DELAYED
    }
    shares = {
        name: (share.percent, share.n) if (share := getattr(promise, name)) else None
        for name in ("answered_in_time", "juniors")
    }
    return {"published": promise.published, **delays, **shares}


def follow(told: list[Envelope]) -> PromiseService:
    service = PromiseService(FakePromiseStore(), lambda text: text, lambda: NOW)
    for envelope in told:
        service.follow(envelope)
    return service


@settings(max_examples=150)
@given(histories())
def test_the_figures_are_those_of_a_recount(history: tuple[list[Envelope], list[Envelope]]) -> None:
    happened, told = history
    figures = follow(told).figures()
    assert as_recounted(figures.since_the_start) == recount(happened, None, NOW)
    assert as_recounted(figures.last_year) == recount(happened, a_year_before(NOW), NOW)


@given(histories(), st.lists(st.integers(0, 52), max_size=5))
def test_so_are_those_of_each_week(history: tuple[list[Envelope], list[Envelope]], looked_at: list[int]) -> None:
    happened, told = history
    weeks = follow(told).figures().weeks
    for place in {0, *looked_at}:
        week = weeks[place]
        begin = datetime.combine(week.monday, time(), PARIS)
        end = datetime.combine(week.monday + timedelta(days=7), time(), PARIS)
        assert as_recounted(week) == {**recount(happened, begin, end, fewest=1), "published": week.published}
        assert week.published == (recount(happened, begin, end, fewest=1)["published"] or 0)
