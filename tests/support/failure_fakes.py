"""Everything around the service of failures, in memory, and a stage on which its users meet between any two lines."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from chalicelib.failures.errors import TakenMeanwhile
from chalicelib.failures.models import Failure, Filter, Outcome, Status
from chalicelib.failures.service import FailureService
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import DomainError, Retryable
from chalicelib.platform.table import Item
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_of, new_id

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SALOME = Actor("sub-salome", frozenset({"admins"}), "salome@plot-point.test")
BASILE = Actor("sub-basile", frozenset({"admins"}), "basile@plot-point.test")

RECORD = {"messageId": "message-1", "body": "{"}


class FakeFailureStore:
    """`park` is what `platform.parking` does to the table."""

    def __init__(self) -> None:
        self.failures: dict[str, Failure] = {}
        self.records: dict[str, dict[str, Any]] = {}
        self.facts: list[Fact] = []

    def park(
        self,
        now: datetime,
        consumer: str = "plan_emails",
        reason: str = "not_json",
        event_id: str = "event-1",
        replayable: bool = True,
    ) -> str:
        failure_id, moment = id_of(consumer, event_id), stamp(now)
        standing = self.failures.get(failure_id)
        if standing is None:
            standing = Failure(
                failure_id=failure_id,
                consumer=consumer,
                reason=reason,
                event_id=event_id,
                status="parked",
                times_parked=0,
                first_parked_at=moment,
                last_parked_at=moment,
                updated_at=moment,
                replayable=replayable,
                version=0,
            )
        self.failures[failure_id] = replace(
            standing,
            reason=reason,
            status="parked",
            times_parked=standing.times_parked + 1,
            last_parked_at=moment,
            updated_at=moment,
            version=standing.version + 1,
            dismissal=None,
            due_at=None,
        )
        self.records[failure_id] = RECORD
        return failure_id

    def failure(self, failure_id: str) -> Failure | None:
        return self.failures.get(failure_id)

    def record(self, failure_id: str) -> dict[str, Any] | None:
        return self.records.get(failure_id)

    def change(self, before: Failure, after: Failure, fact: Fact | None, now: datetime) -> None:
        standing = self.failures.get(before.failure_id)
        if standing is None or standing.version != before.version:
            raise TakenMeanwhile
        self.failures[after.failure_id] = after
        self.facts += [fact] if fact is not None else []

    def in_status(
        self, status: Status, wanted: Filter, limit: int, position: Item | None
    ) -> tuple[list[Failure], Item | None]:
        found = [one for one in self.failures.values() if one.status == status and _fits(one, wanted)]
        ordered = sorted(found, key=lambda one: (one.updated_at, one.failure_id), reverse=True)
        start = int(position["after"]) if position else 0
        page = ordered[start : start + limit]
        return page, {"after": str(start + limit)} if len(ordered) > start + limit else None

    def replayable(self, wanted: Filter, limit: int) -> list[Failure]:
        before = stamp(wanted.parked_before) if wanted.parked_before else None
        found = [
            one
            for one in self.failures.values()
            if one.status == "parked"
            and one.replayable
            and _fits(one, wanted)
            and (before is None or one.updated_at < before)
        ]
        return sorted(found, key=lambda one: (one.updated_at, one.failure_id))[:limit]

    def due(self, now: datetime) -> Iterator[str]:
        due = [one for one in self.failures.values() if one.due_at is not None and one.due_at <= stamp(now)]
        yield from (one.failure_id for one in sorted(due, key=lambda one: str(one.due_at)))


def _fits(failure: Failure, wanted: Filter) -> bool:
    return wanted.consumer in (None, failure.consumer) and wanted.reason in (None, failure.reason)


class FakeReplays:
    """The queue. A message stays until it is taken off; `out`: it takes none."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, str]] = []
        self.out = False

    def enqueue(self, owed: Sequence[tuple[str, str]]) -> None:
        if self.out:
            raise Retryable("sqs_unavailable")
        self.waiting.extend(owed)


#: What the consumer does with the record it is handed.
Mood = Literal["mended", "broken", "out", "crashes", "silent", "closed"]

#: The request for which the present thread runs the consumer.
request: ContextVar[str] = ContextVar("request", default="")


class FakeConsumers:
    """Remembers for which request it ran, and what came of it: `told` is the truth about the record."""

    def __init__(self, store: FakeFailureStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self.mood: Mood = "mended"
        self.ran: list[str] = []
        self.given: list[dict[str, Any]] = []
        self.told: list[str] = []

    def run(self, consumer: str, record: dict[str, Any]) -> Outcome:
        if self.mood == "closed":
            return "refused"
        self.ran.append(request.get())
        self.given.append(record)
        if self.mood == "broken":
            self._store.park(self._clock(), consumer, "unexpected_KeyError")
        self.told.append("parked" if self.mood == "broken" else self.mood)
        outcomes: dict[Mood, Outcome] = {"out": "handed_back", "crashes": "crashed", "silent": "unanswered"}
        return outcomes.get(self.mood, "succeeded")


class Desk:
    """The service among its fakes, with a clock that a test moves; `guard` stands between the two."""

    def __init__(self, guard: Callable[[Any], Any] = lambda target: target) -> None:
        self.now = START
        self.store = FakeFailureStore()
        self.replays = FakeReplays()
        self.consumers = FakeConsumers(self.store, lambda: self.now)
        self.service = FailureService(guard(self.store), guard(self.replays), guard(self.consumers), lambda: self.now)

    def park(self, event_id: str = "event-1", **changes: Any) -> str:
        self.consumers.told.append("parked")
        return self.store.park(self.now, event_id=event_id, **changes)

    def failure(self, failure_id: str) -> Failure:
        return self.store.failures[failure_id]

    def ask(self, who: Actor, failure_id: str) -> Failure:
        """A click, which is a request of its own."""
        return self.service.ask(who, failure_id, new_id(self.now))

    def run(self, message: tuple[str, str]) -> None:
        """What the function does with one message."""
        mine = request.set(message[1])
        try:
            self.service.replay(*message)
        finally:
            request.reset(mine)

    def work_off(self) -> None:
        """Every message that waits now is taken."""
        for message in list(self.replays.waiting):
            self.run(message)
            self.replays.waiting.remove(message)

    def sweep(self) -> None:
        for failure_id in self.service.due():
            self.service.settle(failure_id)

    def later(self, **elapsed: float) -> None:
        self.now += timedelta(**elapsed)

    def pass_time(self, minutes: int) -> None:
        """The product left alone: a sweep every five minutes, and the queue worked off."""
        for _ in range(0, minutes, 5):
            self.later(minutes=5)
            self.sweep()
            self.work_off()


class Killed(BaseException):
    """The process is no more: nothing catches this."""


Verdict = Literal["go", "die before", "die after"]


class Player(threading.Thread):
    """One process on the stage. It stops before every call of a collaborator, until it is told how to go on."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self._turn = threading.Semaphore(0)
        self._stopped = threading.Semaphore(0)
        self._verdict: Verdict = "go"
        self.over = False
        self.finished = False
        self.bug: Exception | None = None

    def enter(self) -> None:
        self.start()
        self._stopped.acquire()

    def step(self, verdict: Verdict) -> None:
        """Lets it make its next call, or kills it before or after that call."""
        self._verdict = verdict
        self._turn.release()
        self._stopped.acquire()

    def run(self) -> None:
        try:
            self._work()
            self.finished = True
        except Killed:
            pass
        except (Retryable, DomainError):
            self.finished = True
        except Exception as bug:
            self.bug = bug
        finally:
            self.over = True
            self._stopped.release()

    def wait(self) -> Verdict:
        self._stopped.release()
        self._turn.acquire()
        return self._verdict


class _Guarded:
    def __init__(self, target: Any) -> None:
        self._target = target

    def __getattr__(self, method: str) -> Any:
        bound = getattr(self._target, method)

        def call(*given: Any) -> Any:
            player = threading.current_thread()
            verdict = player.wait() if isinstance(player, Player) else "go"
            if verdict == "die before":
                raise Killed
            result = bound(*given)
            if verdict == "die after":
                raise Killed
            return list(result) if isinstance(result, Iterator) else result

        return call


class Stage(Desk):
    """A desk whose users act in threads, one call of a collaborator at a time, in the order that a test chooses."""

    def __init__(self) -> None:
        super().__init__(_Guarded)
        self.players: list[Player] = []

    def enter(self, work: Callable[[], object]) -> Player:
        player = Player(work)
        player.enter()
        if not player.over:
            self.players.append(player)
        return player

    def step(self, player: Player, verdict: Verdict = "go") -> None:
        player.step(verdict)
        if player.over:
            self.players.remove(player)
            assert player.bug is None, repr(player.bug)

    def power_cut(self) -> None:
        """Every process dies where it stands."""
        for player in list(self.players):
            self.step(player, "die before")
