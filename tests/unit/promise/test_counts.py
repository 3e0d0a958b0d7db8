"""The published figures are those of a recount from the raw events, whatever happened and however it was told."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.platform.outbox import Envelope
from chalicelib.promise import wiring
from chalicelib.promise.figures import DELAYED, Promise, Week, a_year_before
from chalicelib.promise.handlers import follow_promise
from chalicelib.promise.service import PromiseService
from chalicelib.vocabulary.clock import PARIS
from tests.support import promise_fakes as made
from tests.support.promise_fakes import NOW, FakePromiseStore, recount
from tests.support.records import CONTEXT, queue_event

_WHAT = (
    "again",
    "shortlist",
    "shortlist",
    "nobody",
    "interest",
    "invited",
    "revealed",
    "yes",
    "no",
    "overdue",
    "engaged",
)

#: A seed and how many projects: of two dozen, most figures are told; of a handful, none is.
HISTORIES = st.builds(lambda seed, size: history(Random(seed), size), st.integers(0, 2**32), st.integers(0, 60))


def event(brief: str, at: datetime, what: str, more: tuple[int, bool, int]) -> Envelope:
    number, flag, seats = more
    person = f"person-{number}"
    match what:
        case "again":
            return made.published(brief, at, number=2)
        case "shortlist":
            return made.shortlist(brief, at, seats, -1 if flag and seats == 6 else seats // 2)
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


def later(draw: Random) -> timedelta:
    """Mostly soon after the publication, to the millisecond; at times before it, as a clock that lags tells it."""
    return draw.choice(
        (
            timedelta(milliseconds=draw.randint(-2_000, 120_000)),
            timedelta(seconds=draw.randint(0, 20 * 86_400)),
            timedelta(days=draw.randint(0, 500)),
        )
    )


def history(draw: Random, size: int) -> tuple[list[Envelope], list[Envelope]]:
    """What happened, and how it was told: some of it twice, all of it in any order."""
    events: list[Envelope] = []
    for number in range(size):
        brief, begun = f"brief-{number}", NOW - timedelta(days=draw.randint(0, 600))
        if draw.random() < 0.9:
            events.append(made.published(brief, begun))
        for _ in range(draw.randint(2, 9)):
            more = (draw.randint(1, 2), draw.random() < 0.4, draw.randint(1, 6))
            events.append(event(brief, begun + later(draw), draw.choice(_WHAT), more))
    told = [*events, *draw.choices(events, k=len(events) // 4)]
    draw.shuffle(told)
    return events, told


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
    with patch.object(wiring, "service", lambda: service):
        for envelope in told:
            assert follow_promise(queue_event(envelope.to_json()), CONTEXT) == {"batchItemFailures": []}
    return service


@settings(max_examples=100)
@given(HISTORIES)
def test_the_figures_are_those_of_a_recount(events: tuple[list[Envelope], list[Envelope]]) -> None:
    happened, told = events
    figures = follow(told).figures()
    assert as_recounted(figures.since_the_start) == recount(happened, None, NOW)
    assert as_recounted(figures.last_year) == recount(happened, a_year_before(NOW), NOW)


@given(HISTORIES, st.lists(st.integers(0, 52), max_size=5))
def test_so_are_those_of_each_week(events: tuple[list[Envelope], list[Envelope]], looked_at: list[int]) -> None:
    happened, told = events
    weeks = follow(told).figures().weeks
    for place in {0, *looked_at}:
        week = weeks[place]
        begin = datetime.combine(week.monday, time(), PARIS)
        end = datetime.combine(week.monday + timedelta(days=7), time(), PARIS)
        assert as_recounted(week) == {**recount(happened, begin, end, fewest=1), "published": week.published}
        assert week.published == (recount(happened, begin, end, fewest=1)["published"] or 0)
