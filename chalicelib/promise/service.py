"""What the product promises, from the facts that other contexts tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.briefs.events import BriefPublished
from chalicelib.conversations.events import AnswerAwaited, Answered, Engaged, InterestShown, Revealed
from chalicelib.matching.events import ShortlistComputed
from chalicelib.platform.outbox import Envelope
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

    def follow(self, envelope: Envelope) -> None:
        """What happened counts, whenever it comes and however often. Raises Retryable, BadEvent."""
        if (published := envelope.read_as(BriefPublished)) is not None:
            self._reached(envelope, published.brief_id, "published")
        elif (computed := envelope.read_as(ShortlistComputed)) is not None:
            if computed.seats > 0:
                self._reached(envelope, computed.brief_id, "proposed", Shown(computed.seats, computed.juniors))
        elif (interest := envelope.read_as(InterestShown)) is not None:
            if interest.invited:
                self._reached(envelope, interest.brief_id, "mutual")
        elif (revealed := envelope.read_as(Revealed)) is not None:
            self._reached(envelope, revealed.brief_id, "mutual")
        elif (answered := envelope.read_as(Answered)) is not None:
            if answered.decision == "retained":
                self._reached(envelope, answered.brief_id, "mutual")
            self._settled(envelope, answered.thread_id, answered.round, late=answered.overdue)
        elif (awaited := envelope.read_as(AnswerAwaited)) is not None:
            if awaited.overdue:
                self._settled(envelope, awaited.thread_id, awaited.round, late=True)
        elif (engaged := envelope.read_as(Engaged)) is not None:
            self._reached(envelope, engaged.brief_id, "mutual")
            self._reached(envelope, engaged.brief_id, "engaged")
            self._settled(envelope, engaged.thread_id, engaged.round, late=engaged.overdue)

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

    def _reached(self, envelope: Envelope, brief_id: str, stage: Stage, shown: Shown | None = None) -> None:
        self._store.reached(brief_id, stage, envelope.occurred_at, envelope.event_id, shown=shown)

    def _settled(self, envelope: Envelope, thread_id: str, round_no: int, *, late: bool) -> None:
        digest = self._digest(f"{thread_id}#{round_no}")
        self._store.settled(digest, envelope.occurred_at, envelope.event_id, late=late)
