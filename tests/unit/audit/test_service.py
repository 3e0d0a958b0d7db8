"""One reading of several journals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from chalicelib.audit.service import PAGE, AuditService, Wanted
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Happened
from chalicelib.vocabulary.ids import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class FakeJournal:
    """Of one kind of thing, and how it was asked."""

    def __init__(self, kind: str, *, ago: list[int]) -> None:
        self.kind = kind
        self.asked: list[tuple[object, ...]] = []
        moments = [NOW - timedelta(minutes=minutes) for minutes in ago]
        self.kept = [
            Happened(new_id(moment), f"{kind}.done", stamp(moment), f"{kind}-1", "sub-1", {}) for moment in moments
        ]

    def keeps(self, kind: str) -> bool:
        return kind == self.kind

    def about(self, *asked: object) -> Iterator[Happened]:
        return self._read("about", *asked)

    def by(self, *asked: object) -> Iterator[Happened]:
        return self._read("by", *asked)

    def during(self, *asked: object) -> Iterator[Happened]:
        return self._read("during", *asked)

    def _read(self, *asked: object) -> Iterator[Happened]:
        self.asked.append(asked)
        before = asked[-1]
        yield from (one for one in self.kept if before is None or one.event_id < str(before))


def service(*journals: FakeJournal) -> AuditService:
    return AuditService(journals, lambda: NOW)


def test_what_happened_in_several_contexts_is_read_as_one_latest_first() -> None:
    briefs, cases = FakeJournal("brief", ago=[1, 3, 5]), FakeJournal("case", ago=[2, 4])
    found, position = service(briefs, cases).read(Wanted(), None)
    assert [one.aggregate_id for one in found] == ["brief-1", "case-1", "brief-1", "case-1", "brief-1"]
    assert position is None


def test_pages_hold_everything_once() -> None:
    many = [FakeJournal("brief", ago=list(range(0, 140, 2))), FakeJournal("case", ago=list(range(1, 120, 2)))]
    audit, seen, position = service(*many), [], None
    while True:
        found, position = audit.read(Wanted(person="sub-1"), position)
        seen += [one.event_id for one in found]
        if position is None:
            break
        assert len(found) == PAGE
    assert seen == sorted((one.event_id for journal in many for one in journal.kept), reverse=True)


def test_a_page_that_is_exactly_full_is_the_last() -> None:
    assert service(FakeJournal("brief", ago=list(range(PAGE)))).read(Wanted(), None)[1] is None


def test_of_one_thing_its_own_journal_is_asked_and_no_other() -> None:
    briefs, cases = FakeJournal("brief", ago=[1]), FakeJournal("case", ago=[2])
    since = NOW - timedelta(days=1)
    found, _ = service(briefs, cases).read(Wanted(about=("case", "case-1"), person="sub-2", since=since), None)
    assert [one.aggregate_id for one in found] == ["case-1"]
    assert briefs.asked == []
    assert cases.asked == [("about", "case", "case-1", "sub-2", since, None, None)]


def test_without_more_it_is_the_last_thirty_days() -> None:
    journal = FakeJournal("case", ago=[1])
    service(journal).read(Wanted(), None)
    [(_, since, until, before)] = journal.asked
    assert (until, before) == (NOW + timedelta(minutes=1), None)
    assert since == until - timedelta(days=30)  # type: ignore[operator]
    service(journal).read(Wanted(until=NOW - timedelta(days=90)), None)
    assert journal.asked[-1][1] == NOW - timedelta(days=120)
