"""Listing failures, replaying them, dismissing them.

A request of an administrator is one conditional write, which makes the replay owed; a queue carries it to the function
that runs the consumer; that one begins it by another conditional write, so that a message that comes twice, or comes
after its function was killed, runs nothing. What gets lost between two of these the sweeper finds in an index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.failures.errors import (
    AlreadySettled,
    NotAsked,
    NotReplayable,
    ReplayUnderWay,
    TakenMeanwhile,
)
from chalicelib.failures.events import FailureDismissed, ReplayAsked
from chalicelib.failures.models import Failure, Filter, Outcome, Status, asked, begun, dismissed, ended, settled
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, FieldRule, Invalid, NotFound, Retryable
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.text import Bilingual

PAGE = 50

#: Replays asked for in one call: what is written well within the half minute that the gateway waits.
AT_ONCE = 200

#: Attempts to note how a run ended while others write the same failure; each refusal means that one of them got on.
NOTES = 5


_SOMETHING = FieldRule(
    "filter_required",
    Bilingual("Donnez au moins un de ces critères.", "Give at least one of these criteria."),
)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """How many replays were asked for, and whether more failures of the filter are left for another call."""

    count: int
    more: bool


class FailureStore(Protocol):
    def failure(self, failure_id: str) -> Failure | None: ...

    def record(self, failure_id: str) -> dict[str, Any] | None:
        """What Lambda had handed to the consumer."""

    def change(self, before: Failure, after: Failure, fact: Fact | None, now: datetime) -> None:
        """`fact`: what somebody did, None for what runs by itself. Raises TakenMeanwhile unless the failure is still as
        it was read."""

    def in_status(
        self, status: Status, wanted: Filter, limit: int, position: Item | None
    ) -> tuple[list[Failure], Item | None]:
        """Newest first."""

    def replayable(self, wanted: Filter, limit: int) -> list[Failure]:
        """Parked and replayable, oldest first."""

    def due(self, now: datetime) -> Iterator[str]:
        """Ids of failures whose replay should have begun, or ended, by now."""


class Replays(Protocol):
    """The queue between asking for a replay and running it."""

    def enqueue(self, owed: Sequence[tuple[str, str]]) -> None:
        """Pairs of failure and request. Raises Retryable. The same pair twice is harmless."""


class Consumers(Protocol):
    def run(self, consumer: str, record: dict[str, Any]) -> Outcome:
        """Hands the record to the consumer's own function, once, and waits for how it ends. Raises nothing."""


class FailureService:
    def __init__(self, store: FailureStore, replays: Replays, consumers: Consumers, clock: Clock) -> None:
        self._store = store
        self._replays = replays
        self._consumers = consumers
        self._clock = clock

    def in_status(self, status: Status, wanted: Filter, position: Item | None) -> tuple[list[Failure], Item | None]:
        """Failures in a status, newest first, and the position to go on from. A page may hold fewer than there are."""
        return self._store.in_status(status, wanted, PAGE, position)

    def failure(self, failure_id: str) -> Failure:
        """Raises NotFound."""
        failure = self._store.failure(failure_id)
        if failure is None:
            raise NotFound
        return failure

    def with_record(self, failure_id: str) -> tuple[Failure, dict[str, Any]]:
        """The failure and the raw record. Raises NotFound."""
        return self.failure(failure_id), self._store.record(failure_id) or {}

    def ask(self, actor: Actor, failure_id: str, request_id: str) -> Failure:
        """Asks for one replay; the same request again changes nothing.

        Raises NotFound, ReplayUnderWay, AlreadySettled, NotReplayable, Conflict."""
        failure = self.failure(failure_id)
        if any(replay.request_id == request_id for replay in failure.replays):
            return failure
        now = self._clock()
        owed = asked(failure, request_id, actor.sub, now)
        try:
            self._store.change(failure, owed, ReplayAsked(failure_id=failure_id, request_id=request_id), now)
        except TakenMeanwhile:
            # A second click, another administrator, or the consumer parking it again: let them see what became of it.
            raise Conflict from None
        self._enqueue([owed])
        return owed

    def ask_all(self, actor: Actor, wanted: Filter) -> AskedFor:
        """Asks for the replay of every failure that waits and fits, oldest first, up to `AT_ONCE` of them.

        Raises Invalid for a filter that would take everything."""
        if wanted == Filter():
            raise Invalid([_SOMETHING.broken_at(f"/{name}") for name in ("consumer", "reason", "parked_before")])
        found = self._store.replayable(wanted, AT_ONCE + 1)
        owed = []
        for failure in found[:AT_ONCE]:
            now = self._clock()
            request_id = new_id(now)
            fact = ReplayAsked(failure_id=failure.failure_id, request_id=request_id)
            try:
                after = asked(failure, request_id, actor.sub, now)
                self._store.change(failure, after, fact, now)
            except (TakenMeanwhile, ReplayUnderWay, AlreadySettled, NotReplayable):
                continue  # somebody was quicker, or the list is a moment behind
            owed.append(after)
        self._enqueue(owed)
        return AskedFor(len(owed), len(found) > AT_ONCE)

    def dismiss(self, actor: Actor, failure_id: str, reason: str) -> Failure:
        """Raises NotFound, ReplayUnderWay, AlreadySettled, Conflict."""
        failure = self.failure(failure_id)
        now = self._clock()
        after = dismissed(failure, actor.sub, reason, now)
        try:
            self._store.change(failure, after, FailureDismissed(failure_id=failure_id), now)
        except TakenMeanwhile:
            raise Conflict from None
        log.info("failure_dismissed", failure_id=failure_id, consumer=failure.consumer)
        return after

    def replay(self, failure_id: str, request_id: str) -> None:
        """Runs the consumer for that request, unless it has been begun already. Raises Retryable."""
        failure = self._store.failure(failure_id)
        if failure is None:
            return
        now = self._clock()
        try:
            mine = begun(failure, request_id, now)
        except NotAsked:
            return
        # Read before the write that begins: from there on nothing may fail but the run itself.
        record = self._store.record(failure_id)
        try:
            self._store.change(failure, mine, None, now)
        except TakenMeanwhile:
            return
        outcome = self._consumers.run(mine.consumer, record or {})
        self._note(mine, request_id, outcome)

    def due(self) -> list[str]:
        """Ids of failures whose replay should have begun, or ended, by now."""
        return list(self._store.due(self._clock()))

    def settle(self, failure_id: str) -> None:
        """Puts a replay that nobody took up on the queue again; parks a failure whose replay was cut short.

        Raises Retryable."""
        failure, now = self._store.failure(failure_id), self._clock()
        if failure is None:
            return
        if failure.waits_to_begin:
            self._replays.enqueue(_pairs([failure]))
            log.warning("replay_overdue", failure_id=failure_id, consumer=failure.consumer)
        elif failure.interrupted(now):
            try:
                self._store.change(failure, settled(failure, now), None, now)
            except TakenMeanwhile:
                return
            log.warning("replay_interrupted", failure_id=failure_id, consumer=failure.consumer)

    def _enqueue(self, owed: Sequence[Failure]) -> None:
        try:
            self._replays.enqueue(_pairs(owed))
        except Retryable as error:
            # What was asked for is written; the sweeper puts it on the queue.
            log.warning("replays_left_to_sweeper", count=len(owed), reason=str(error))

    def _note(self, mine: Failure, request_id: str, outcome: Outcome) -> None:
        before: Failure | None = mine
        for _ in range(NOTES):
            if before is None:
                return
            try:
                now = self._clock()
                after = ended(before, request_id, outcome, now)
                self._store.change(before, after, None, now)
            except NotAsked:
                return
            except TakenMeanwhile:
                before = self._store.failure(mine.failure_id)
                continue
            log.info(
                "replay_ended",
                failure_id=mine.failure_id,
                consumer=mine.consumer,
                request_id=request_id,
                outcome=after.replays[-1].outcome,
                status=after.status,
            )
            return
        log.warning("replay_not_noted", failure_id=mine.failure_id, request_id=request_id, outcome=outcome)


def _pairs(failures: Sequence[Failure]) -> list[tuple[str, str]]:
    return [(failure.failure_id, failure.replays[-1].request_id) for failure in failures]
