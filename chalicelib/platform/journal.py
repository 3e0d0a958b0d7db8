"""What happened, read back: the facts of one table as they were written with what they made true, latest first.

Each lies with what it happened to, on the index `by_actor` with whoever did it, and on the index `by_month` with all
others of its month. Nothing is copied: what is true has its fact, and a fact that is there was true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from heapq import merge

from chalicelib.platform.chain import read_back
from chalicelib.platform.outbox import EVENT_PREFIX, event_month
from chalicelib.platform.table import Item, Table
from chalicelib.vocabulary.facts import Chained, Happened
from chalicelib.vocabulary.ids import first_id, moment_of

#: Facts that one query reads; whoever wants more goes on.
READ_AT_ONCE = 60


class Journal:
    """`histories`: kind of thing → what the partitions that hold its history begin with, before its id.

    Each reading takes facts of `since` (included) to `until` (not), and before the event id `before`; None: no such
    bound. All raise Retryable."""

    def __init__(self, table: Table, histories: Mapping[str, Sequence[str]]) -> None:
        self._table = table
        self._histories = histories

    def keeps(self, kind: str) -> bool:
        return kind in self._histories

    def about(
        self,
        kind: str,
        identifier: str,
        actor: str | None,
        since: datetime | None,
        until: datetime | None,
        before: str | None,
    ) -> Iterator[Happened]:
        """What happened to one thing, `actor`: by this account alone. As last written (consistent reads)."""
        where = {"actor_sub": actor} if actor is not None else None
        readings = [
            self._read(f"{prefix}{identifier}", None, "pk", since, until, before, where)
            for prefix in self._histories[kind]
        ]
        yield from merge(*readings, key=lambda one: one.event_id, reverse=True)

    def by(self, actor: str, since: datetime | None, until: datetime | None, before: str | None) -> Iterator[Happened]:
        """What an account did."""
        yield from self._read(actor, "by_actor", "actor_sub", since, until, before)

    def all_by(self, actor: str) -> Iterator[Happened]:
        """Everything that an account ever did here, in as few readings as there can be."""
        yield from self._read(actor, "by_actor", "actor_sub", None, None, None, at_once=None)

    def during(self, since: datetime, until: datetime, before: str | None) -> Iterator[Happened]:
        """Everything of a period, month by month."""
        last = min(until, moment_of(before)) if before is not None else until
        month = last.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        while event_month(month) >= event_month(since):
            yield from self._read(event_month(month), "by_month", "event_month", since, until, before)
            month = month.replace(year=month.year - (month.month == 1), month=(month.month - 2) % 12 + 1)

    def chains(self, kind: str, identifier: str) -> list[Chained]:
        """The chains of one thing's facts, recomputed: of each partition that holds its history (consistent reads)."""
        return [read_back(self._table, f"{prefix}{identifier}") for prefix in self._histories[kind]]

    def _read(
        self,
        partition: str,
        index: str | None,
        hash_key: str,
        since: datetime | None,
        until: datetime | None,
        before: str | None,
        where: Item | None = None,
        at_once: int | None = READ_AT_ONCE,
    ) -> Iterator[Happened]:
        first = EVENT_PREFIX + (first_id(since) if since is not None else "")
        # No id of ours begins with a tilde, which comes after all that they may begin with.
        last = EVENT_PREFIX + min(before or "~", first_id(until) if until is not None else "~")
        if first > last:
            return
        found = self._table.query_all(
            partition,
            index=index,
            hash_key=hash_key,
            since=first,
            up_to=last,
            where=where,
            forward=False,
            limit=at_once,
        )
        for item in found:
            if item["event_id"] != before:
                yield _happened(item)


def _happened(item: Item) -> Happened:
    return Happened(
        event_id=item["event_id"],
        event_type=item["event_type"],
        occurred_at=item["occurred_at"],
        aggregate_id=item["aggregate_id"],
        actor=item.get("actor_sub"),
        payload=item["payload"],
    )
