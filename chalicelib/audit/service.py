"""Who did what, read from the facts that each context keeps of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Protocol

from chalicelib.platform.table import Item
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Chained, Happened

PAGE = 50

#: The period of a reading that names neither a person, nor a thing, nor when it begins.
PERIOD = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`about`: (kind, id) of one thing; `person`: who did it; from `since` (included) to `until` (not)."""

    about: tuple[str, str] | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class Journal(Protocol):
    """The facts of one context, latest first. All raise Retryable."""

    def keeps(self, kind: str) -> bool: ...

    def about(
        self,
        kind: str,
        identifier: str,
        actor: str | None,
        since: datetime | None,
        until: datetime | None,
        before: str | None,
    ) -> Iterator[Happened]: ...

    def by(
        self, actor: str, since: datetime | None, until: datetime | None, before: str | None
    ) -> Iterator[Happened]: ...

    def during(self, since: datetime, until: datetime, before: str | None) -> Iterator[Happened]: ...
    def chains(self, kind: str, identifier: str) -> list[Chained]: ...


class AuditService:
    def __init__(self, journals: Sequence[Journal], clock: Clock) -> None:
        self._journals = journals
        self._clock = clock

    def read(self, wanted: Wanted, position: Item | None) -> tuple[list[Happened], Item | None]:
        """What happened, latest first, and the position to go on from. Raises Retryable."""
        before = str(position["before"]) if position else None
        readings = [self._of(journal, wanted, before) for journal in self._journals]
        # Ids sort by their time, in whatever context they were made.
        found = list(islice(merge(*readings, key=lambda one: one.event_id, reverse=True), PAGE + 1))
        page = found[:PAGE]
        return page, {"before": page[-1].event_id} if len(found) > PAGE else None

    def chains(self, kind: str, identifier: str) -> list[Chained]:
        """The chains of a case's or an alarm's facts, recomputed. Raises Retryable."""
        return [one for journal in self._journals if journal.keeps(kind) for one in journal.chains(kind, identifier)]

    def _of(self, journal: Journal, wanted: Wanted, before: str | None) -> Iterator[Happened]:
        if wanted.about is not None:
            kind, identifier = wanted.about
            if not journal.keeps(kind):
                return iter(())
            return journal.about(kind, identifier, wanted.person, wanted.since, wanted.until, before)
        if wanted.person is not None:
            return journal.by(wanted.person, wanted.since, wanted.until, before)
        until = wanted.until or self._clock() + timedelta(minutes=1)  # clocks of functions differ a little
        return journal.during(wanted.since or until - PERIOD, until, before)
