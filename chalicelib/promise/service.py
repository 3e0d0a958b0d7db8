"""What the product promises, from the facts that other contexts tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.briefs.events import BriefPublished
from chalicelib.conversations.events import AnswerAwaited, Answered, Engaged, InterestShown, Revealed
from chalicelib.matching.events import ShortlistComputed
from chalicelib.promise.figures import Promise, Week, a_year_before, promise, weeks
from chalicelib.promise.models import AnswerFacts, ProjectFacts, Shown, Stage
from chalicelib.vocabulary.clock import Clock, paris_day

#: Figures that are read within that time are those of the first of them.
KEPT_FOR = timedelta(minutes=5)


class PromiseStore(Protocol):
    """The earliest fact of each kind wins, in whatever order and however often they come. All raise Retryable."""

    def reached(
        self, brief_id: str, stage: Stage, moment: str, event_id: str, *, shown: Shown | None = None
    ) -> None: ...
    def settled(self, digest: str, moment: str, event_id: str, *, late: bool) -> None: ...
    def projects(self) -> Iterator[ProjectFacts]: ...
    def answers(self) -> Iterator[AnswerFacts]: ...


@dataclass(frozen=True, slots=True)
class Figures:
    """As of one moment: what is published, and the weeks of the last year, which administrators read."""

    as_of: datetime
    since_the_start: Promise
    last_year: Promise
    weeks: list[Week]


class PromiseService:
    """`digest`: a text → what takes its place, always the same, from which nobody can find it again."""

    def __init__(self, store: PromiseStore, digest: Callable[[str], str], clock: Clock) -> None:
        self._store = store
        self._digest = digest
        self._clock = clock
        self._kept: Figures | None = None

    def published(self, told: BriefPublished, moment: str, event_id: str) -> None:
        """Like those below: it counts once, whenever it comes and however often. Raises Retryable."""
        self._store.reached(told.brief_id, "published", moment, event_id)

    def shown(self, told: ShortlistComputed, moment: str, event_id: str) -> None:
        if told.seats > 0:
            shown = Shown(told.seats, told.juniors if told.juniors >= 0 else None)
            self._store.reached(told.brief_id, "proposed", moment, event_id, shown=shown)

    def interest_shown(self, told: InterestShown, moment: str, event_id: str) -> None:
        if told.invited:
            self._store.reached(told.brief_id, "mutual", moment, event_id)

    def revealed(self, told: Revealed, moment: str, event_id: str) -> None:
        self._store.reached(told.brief_id, "mutual", moment, event_id)

    def answered(self, told: Answered, moment: str, event_id: str) -> None:
        if told.decision == "retained":
            self._store.reached(told.brief_id, "mutual", moment, event_id)
        self._settled(told, moment, event_id, late=told.overdue)

    def awaited(self, told: AnswerAwaited, moment: str, event_id: str) -> None:
        if told.overdue:
            self._settled(told, moment, event_id, late=True)

    def engaged(self, told: Engaged, moment: str, event_id: str) -> None:
        self._store.reached(told.brief_id, "mutual", moment, event_id)
        self._store.reached(told.brief_id, "engaged", moment, event_id)
        self._settled(told, moment, event_id, late=told.overdue)

    def figures(self) -> Figures:
        """As of at most five minutes ago. Raises Retryable."""
        now = self._clock()
        if self._kept is None or not self._kept.as_of <= now < self._kept.as_of + KEPT_FOR:
            projects, answers = list(self._store.projects()), list(self._store.answers())
            year_ago = a_year_before(now)
            self._kept = Figures(
                as_of=now,
                since_the_start=promise(projects, answers, None, now),
                last_year=promise(projects, answers, year_ago, now),
                weeks=weeks(projects, answers, paris_day(year_ago), paris_day(now)),
            )
        return self._kept

    def _settled(self, told: Answered | AnswerAwaited | Engaged, moment: str, event_id: str, *, late: bool) -> None:
        self._store.settled(self._digest(f"{told.thread_id}#{told.round}"), moment, event_id, late=late)
