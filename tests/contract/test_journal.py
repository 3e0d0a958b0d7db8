"""What a journal finds of the facts that repositories write, on DynamoDB's tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from chalicelib.platform import telemetry
from chalicelib.platform.journal import READ_AT_ONCE, Journal
from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import Put, Table
from chalicelib.vocabulary.facts import Fact, Happened
from tests.support.environment import aws

TABLE = "VerificationTable"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HISTORIES = {"case": ("CASE#",), "alarm": ("ALARM#", "CASE#")}


class ThingDone(Fact):
    """For this test alone."""

    event_type: ClassVar[str] = "thing.done"
    thing_id: str
    number: int


@pytest.fixture
def journal() -> Iterator[Journal]:
    with aws():
        yield Journal(Table(TABLE), HISTORIES)
    telemetry.follow(None)


def happens(partition: str, number: int, moment: datetime, actor: str | None = None) -> None:
    telemetry.follow(None)
    if actor is not None:
        telemetry.act_for(actor)
    Table(TABLE).write(event_item(partition, ThingDone(thing_id="t", number=number), aggregate_version=1, now=moment))


def numbers(found: Iterator[Happened]) -> list[int]:
    return [one.payload["number"] for one in found]


def test_a_fact_is_found_with_its_thing_its_person_and_its_month(journal: Journal) -> None:
    happens("CASE#1", 1, START, "sub-1")
    happens("CASE#1", 2, START + timedelta(minutes=1), "sub-2")
    happens("CASE#2", 3, START + timedelta(minutes=2), "sub-1")
    happens("CASE#1", 4, START + timedelta(minutes=3))
    Table(TABLE).write(Put({"pk": "CASE#1", "sk": "CASE"}), Put({"pk": "CASE#1", "sk": "EVIDENCE#1"}))
    assert numbers(journal.about("case", "1", None, None, None, None)) == [4, 2, 1]
    assert numbers(journal.about("case", "1", "sub-1", None, None, None)) == [1]
    assert numbers(journal.by("sub-1", None, None, None)) == [3, 1]
    assert numbers(journal.by("sub-3", None, None, None)) == []
    day = timedelta(days=1)
    assert numbers(journal.during(START - day, START + day, None)) == [4, 3, 2, 1]
    one = next(journal.by("sub-2", None, None, None))
    assert (one.event_type, one.aggregate_id, one.actor) == ("thing.done", "t", "sub-2")
    assert one.occurred_at == "2026-11-23T09:01:00.000Z"
    assert next(journal.about("case", "1", None, None, None, None)).actor is None


def test_what_happens_to_its_files_is_part_of_an_alarm_s_history(journal: Journal) -> None:
    happens("ALARM#1", 1, START)
    happens("CASE#1", 2, START + timedelta(minutes=1))
    happens("ALARM#1", 3, START + timedelta(minutes=2))
    assert numbers(journal.about("alarm", "1", None, None, None, None)) == [3, 2, 1]
    assert journal.keeps("alarm")
    assert not journal.keeps("brief")


def test_a_period_begins_with_its_first_instant_and_ends_before_its_last(journal: Journal) -> None:
    for number in range(5):
        happens("CASE#1", number, START + timedelta(minutes=number), "sub-1")
    since, until = START + timedelta(minutes=1), START + timedelta(minutes=3)
    for found in (
        journal.about("case", "1", None, since, until, None),
        journal.by("sub-1", since, until, None),
        journal.during(since, until, None),
    ):
        assert numbers(found) == [2, 1]
    for found in (
        journal.about("case", "1", None, until, since, None),
        journal.by("sub-1", until, since, None),
        journal.during(until, since, None),
    ):
        assert numbers(found) == [], "it ends before it begins"


def test_it_goes_on_before_what_was_read_last(journal: Journal) -> None:
    for number in range(6):
        happens("CASE#1", number, START + timedelta(minutes=number), "sub-1")
    since, until = START, START + timedelta(days=1)

    def third(found: Iterator[Happened]) -> str:
        return [one.event_id for one in found][2]

    before = third(journal.by("sub-1", None, None, None))
    for found in (
        journal.about("case", "1", None, None, None, before),
        journal.by("sub-1", None, None, before),
        journal.during(since, until, before),
    ):
        assert numbers(found) == [2, 1, 0]
    assert numbers(journal.by("sub-1", None, START + timedelta(minutes=1), before)) == [0]


def test_months_follow_each_other_over_the_turn_of_a_year(journal: Journal) -> None:
    moments = [
        datetime(2026, 10, 31, 23, 59, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
        datetime(2027, 1, 1, tzinfo=UTC),
        datetime(2027, 2, 28, tzinfo=UTC),
    ]
    for number, moment in enumerate(moments):
        happens("CASE#1", number, moment)
    found = journal.during(datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 3, 31, tzinfo=UTC), None)
    assert numbers(found) == [3, 2, 1, 0]
    assert numbers(journal.during(moments[1], moments[3], None)) == [2, 1]


def test_it_reads_as_far_as_it_is_asked(journal: Journal) -> None:
    for number in range(READ_AT_ONCE + 5):
        happens("CASE#1", number, START + timedelta(seconds=number), "sub-1")
    assert numbers(journal.by("sub-1", None, None, None)) == list(range(READ_AT_ONCE + 4, -1, -1))
