"""What every store of the promise keeps, on the one in memory and on DynamoDB's tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from random import Random
from typing import Any

import pytest

from chalicelib.platform.table import Table
from chalicelib.promise.models import AnswerFacts, ProjectFacts, Shown, Stage
from chalicelib.promise.repository import PromiseRepository
from tests.support.environment import aws
from tests.support.promise_fakes import FakePromiseStore
from tests.support.tables import rows

TABLE = "PromiseTable"
EARLY, LATER, LATE = "2026-11-23T08:00:00.000Z", "2026-11-23T08:00:03.000Z", "2026-11-25T09:30:00.000Z"


@pytest.fixture(params=["memory", "quick", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield FakePromiseStore()
        return
    with aws(quick=request.param == "quick"):
        yield PromiseRepository(Table(TABLE))


def test_a_project_is_there_once_it_was_published(store: Any) -> None:
    store.reached("brief-1", "proposed", LATER, "event-2", shown=Shown(5, 1))
    assert list(store.projects()) == []
    store.reached("brief-1", "published", EARLY, "event-1")
    assert list(store.projects()) == [ProjectFacts(published=EARLY, proposed=LATER, shown=Shown(5, 1))]
    store.reached("brief-1", "mutual", LATE, "event-3")
    store.reached("brief-1", "engaged", LATE, "event-4")
    store.reached("brief-2", "published", LATE, "event-5")
    assert sorted(store.projects(), key=lambda one: one.published) == [
        ProjectFacts(EARLY, LATER, LATE, LATE, Shown(5, 1)),
        ProjectFacts(LATE),
    ]


def test_the_earliest_counts_in_whatever_order_and_however_often(store: Any) -> None:
    told = [(LATE, "event-1", Shown(3, 3)), (EARLY, "event-3", Shown(5, None)), (EARLY, "event-2", Shown(4, 1))]
    for number, order in enumerate(permutations(told)):
        brief_id = f"brief-{number}"
        store.reached(brief_id, "published", EARLY, "event-0")
        for moment, event_id, shown in (*order, order[0]):
            store.reached(brief_id, "proposed", moment, event_id, shown=shown)
    assert set(store.projects()) == {ProjectFacts(published=EARLY, proposed=EARLY, shown=Shown(4, 1))}


def test_juniors_that_were_not_counted_stay_so(store: Any) -> None:
    store.reached("brief-1", "published", EARLY, "event-1")
    store.reached("brief-1", "proposed", EARLY, "event-2", shown=Shown(5, None))
    assert [one.shown for one in store.projects()] == [Shown(5, None)]


def test_an_answer_is_settled_once_and_late_it_stays(store: Any) -> None:
    store.settled("digest-1", LATER, "event-2", late=False)
    store.settled("digest-1", LATE, "event-3", late=True)
    store.settled("digest-2", LATE, "event-5", late=True)
    store.settled("digest-2", EARLY, "event-4", late=False)
    store.settled("digest-3", EARLY, "event-6", late=False)
    found = sorted(store.answers(), key=lambda one: (one.settled, one.late))
    assert found == [AnswerFacts(EARLY, False), AnswerFacts(EARLY, True), AnswerFacts(LATER, True)]


def test_both_stores_keep_the_same_of_any_history() -> None:
    draw, memory = Random(20261129), FakePromiseStore()
    stages: list[Stage] = ["published", "proposed", "mutual", "engaged"]
    with aws(quick=True):
        kept = PromiseRepository(Table(TABLE))
        for number in range(600):
            moment, event_id = f"2026-11-{draw.randint(1, 30):02d}T08:00:00.000Z", f"event-{draw.randint(0, 400):03d}"
            which = f"one-{draw.randint(0, 9)}"
            for store in (memory, kept):
                if number % 3 == 0:
                    store.settled(which, moment, event_id, late=number % 2 == 0)
                else:
                    stage = stages[number % 4]
                    shown = Shown(number % 7 + 1, number % 5) if stage == "proposed" else None
                    store.reached(which, stage, moment, event_id, shown=shown)
        assert sorted(map(repr, kept.projects())) == sorted(map(repr, memory.projects()))
        assert sorted(map(repr, kept.answers())) == sorted(map(repr, memory.answers()))


def test_whoever_dies_after_the_first_write_of_a_late_answer_comes_back_to_it() -> None:
    with aws(quick=True):
        store, table = PromiseRepository(Table(TABLE)), Table(TABLE)
        store.settled("digest-1", LATE, "event-1", late=True)
        item = table.get("ANSWER#digest-1", "FACTS")
        assert item is not None and item["late"] is True
        store.settled("digest-1", LATE, "event-1", late=True)
        assert list(store.answers()) == [AnswerFacts(LATE, True)]
        assert len(rows(TABLE)) == 1
