"""A failure: one record that one consumer could not use, and what was done about it.

    parked ──ask──▶ replaying ──begin──▶ replaying, begun ──end──▶ replayed
      ▲  │                                     │
      │  └──dismiss──▶ dismissed               └── handed back, crashed, unanswered, interrupted ──▶ parked
      └── the consumer parks the record again, from any state (platform/parking.py writes it)

A replay runs at most once: it begins by a write that only one can make, and nothing begins it again. Whatever ends
without success leads back to `parked`, where somebody decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.failures.errors import AlreadySettled, NotAsked, NotReplayable, ReplayUnderWay
from chalicelib.vocabulary.clock import stamp

Status = Literal["parked", "replaying", "replayed", "dismissed"]

#: How a run of the consumer ended. `handed_back`: it met an outage; `refused`: it was never started; `crashed`: it
#: raised or ran out of time; `unanswered`: its answer was lost; `interrupted`: whoever ran it died.
Outcome = Literal["succeeded", "parked_again", "handed_back", "refused", "crashed", "unanswered", "interrupted"]

#: Nothing more is expected of a failure in one of these.
SETTLED: tuple[Status, ...] = ("replayed", "dismissed")

#: When a replay that nobody took up is put on the queue again.
PATIENCE = timedelta(minutes=2)

#: A replay that began this long ago and has not ended was cut short: the function that runs it lives one minute.
LEASE = timedelta(minutes=3)

#: Replays that a failure remembers; the oldest go first.
REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class Replay:
    """One request of an administrator. `outcome` is None until it is over."""

    request_id: str
    requested_by: str
    requested_at: str
    begun_at: str | None = None
    ended_at: str | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Dismissal:
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which failures; None is any. `parked_before`: those that have waited since before that instant."""

    consumer: str | None = None
    reason: str | None = None
    parked_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """`reason` is the latest: a stable code. `updated_at`: since when it has had its status (or was last parked)."""

    failure_id: str
    consumer: str
    reason: str
    event_id: str
    status: Status
    times_parked: int
    first_parked_at: str
    last_parked_at: str
    updated_at: str
    replayable: bool
    version: int
    event_type: str | None = None
    correlation_id: str | None = None
    replays: tuple[Replay, ...] = ()
    dismissal: Dismissal | None = None
    #: When the sweeper looks at it: a replay is owed, or should have ended by then.
    due_at: str | None = None

    @property
    def current(self) -> Replay | None:
        """The replay that is asked for or under way."""
        return self.replays[-1] if self.status == "replaying" and self.replays else None

    def interrupted(self, now: datetime) -> bool:
        """Whether its replay began and can no longer be running."""
        return self.current is not None and _older(self.current.begun_at, now - LEASE)

    @property
    def waits_to_begin(self) -> bool:
        """Whether its replay was asked for and has not begun."""
        return self.current is not None and self.current.begun_at is None


def asked(failure: Failure, request_id: str, by: str, now: datetime) -> Failure:
    """A replay is asked for. Raises ReplayUnderWay, AlreadySettled, NotReplayable."""
    if not failure.replayable:
        raise NotReplayable
    if failure.interrupted(now):
        failure = settled(failure, now)
    _must_wait_for_someone(failure)
    replays = (*failure.replays, Replay(request_id, by, stamp(now)))[-REMEMBERED:]
    return _changed(failure, now, status="replaying", replays=replays, due_at=stamp(now + PATIENCE))


def begun(failure: Failure, request_id: str, now: datetime) -> Failure:
    """This replay begins, once. Raises NotAsked."""
    current = failure.current
    if current is None or current.request_id != request_id or current.begun_at is not None:
        raise NotAsked
    mine = replace(current, begun_at=stamp(now))
    # Its status stays, and so does its date; only the time at which it should be over is new.
    return replace(
        failure,
        replays=(*failure.replays[:-1], mine),
        due_at=stamp(now + LEASE + timedelta(seconds=1)),
        version=failure.version + 1,
    )


def ended(failure: Failure, request_id: str, outcome: Outcome, now: datetime) -> Failure:
    """This replay's run is over. One whose failure was parked meanwhile stays parked, whatever the consumer said.

    Raises NotAsked when it is not remembered or was counted as over already."""
    mine = next((one for one in failure.replays if one.request_id == request_id), None)
    if mine is None or mine.outcome is not None:
        raise NotAsked
    current = failure.current
    if current is None or current.request_id != request_id:
        told: Outcome = "parked_again" if outcome == "succeeded" else outcome
        return replace(failure, replays=_with(failure, mine, told, now), version=failure.version + 1)
    replays = _with(failure, mine, outcome, now)
    if outcome == "succeeded":
        return _changed(failure, now, status="replayed", replays=replays)
    return _changed(failure, now, status="parked", replays=replays, reason=f"replay_{outcome}")


def settled(failure: Failure, now: datetime) -> Failure:
    """An interrupted replay is counted as over. Raises NotAsked when it is not interrupted."""
    current = failure.current
    if current is None or not failure.interrupted(now):
        raise NotAsked
    return ended(failure, current.request_id, "interrupted", now)


def dismissed(failure: Failure, by: str, reason: str, now: datetime) -> Failure:
    """Nothing will be done about it. Raises ReplayUnderWay, AlreadySettled."""
    if failure.interrupted(now):
        failure = settled(failure, now)
    _must_wait_for_someone(failure)
    return _changed(failure, now, status="dismissed", dismissal=Dismissal(by, stamp(now), reason))


def _must_wait_for_someone(failure: Failure) -> None:
    if failure.status == "replaying":
        raise ReplayUnderWay
    if failure.status in SETTLED:
        raise AlreadySettled


def _changed(
    failure: Failure,
    now: datetime,
    *,
    status: Status,
    replays: tuple[Replay, ...] | None = None,
    reason: str | None = None,
    due_at: str | None = None,
    dismissal: Dismissal | None = None,
) -> Failure:
    return replace(
        failure,
        status=status,
        updated_at=stamp(now),
        replays=failure.replays if replays is None else replays,
        reason=failure.reason if reason is None else reason,
        due_at=due_at,
        dismissal=dismissal,
        version=failure.version + 1,
    )


def _with(failure: Failure, mine: Replay, outcome: Outcome, now: datetime) -> tuple[Replay, ...]:
    over = replace(mine, ended_at=stamp(now), outcome=outcome)
    return tuple(over if one.request_id == mine.request_id else one for one in failure.replays)


def _older(moment: str | None, than: datetime) -> bool:
    return moment is not None and moment < stamp(than)
