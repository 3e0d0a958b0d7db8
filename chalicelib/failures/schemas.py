from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from chalicelib.failures.models import Failure, Filter, Outcome, Status
from chalicelib.failures.service import AskedFor
from chalicelib.platform.validation import Instant, PageQuery, Schema, Shape, line

#: A consumer's name or a reason: a code, never a sentence.
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,100}$")]


class FailuresQuery(PageQuery):
    status: Status = "parked"
    consumer: Code | None = None
    reason: Code | None = None

    def wanted(self) -> Filter:
        return Filter(self.consumer, self.reason)


class ReplaysInput(Schema):
    """Which failures to replay; at least one of these. `parked_before`: those that wait since before that instant, for
    instance since before the cause was mended."""

    consumer: Code | None = None
    reason: Code | None = None
    parked_before: Instant | None = None

    def wanted(self) -> Filter:
        return Filter(self.consumer, self.reason, self.parked_before)


class DismissalInput(Schema):
    reason: line(500, minimum=3)  # type: ignore[valid-type]


class ReplayShape(Shape):
    """One request to replay. `outcome` is null until it is over; what `begun_at` does not say, has not begun."""

    requested_by: str
    requested_at: str
    begun_at: str | None
    ended_at: str | None
    outcome: Outcome | None


class DismissalShape(Shape):
    by: str
    at: str
    reason: str


class FailureShape(Shape):
    """A record that `consumer` could not use, for `reason` (a code). `interrupted`: its replay was cut short, and
    nothing takes it up by itself. `updated_at`: since when it has its status, or was last parked."""

    failure_id: str
    consumer: str
    reason: str
    event_id: str
    event_type: str | None
    correlation_id: str | None
    status: Status
    interrupted: bool
    replayable: bool
    times_parked: int
    first_parked_at: str
    last_parked_at: str
    updated_at: str
    replays: list[ReplayShape]
    dismissal: DismissalShape | None

    @staticmethod
    def of(failure: Failure, now: datetime) -> FailureShape:
        return FailureShape(**_fields(failure, now))


class FailureDetail(FailureShape):
    """The failure with its record as Lambda handed it over. The record may hold anything, personal data too: it is
    shown to whoever mends its cause and kept no longer than its failure."""

    record: dict[str, Any]

    @staticmethod
    def with_record(failure: Failure, record: dict[str, Any], now: datetime) -> FailureDetail:
        return FailureDetail(**_fields(failure, now), record=record)


class FailureList(Shape):
    failures: list[FailureShape]
    cursor: str | None


class AskedForShape(Shape):
    """How many replays were asked for, and whether more failures of the filter are left for another call."""

    asked: int
    more: bool

    @staticmethod
    def of(asked: AskedFor) -> AskedForShape:
        return AskedForShape(asked=asked.count, more=asked.more)


def _fields(failure: Failure, now: datetime) -> dict[str, Any]:
    dismissal = failure.dismissal
    return {
        "interrupted": failure.interrupted(now),
        "replays": [
            ReplayShape(**{name: getattr(replay, name) for name in ReplayShape.model_fields})
            for replay in failure.replays
        ],
        "dismissal": DismissalShape(by=dismissal.by, at=dismissal.at, reason=dismissal.reason) if dismissal else None,
        **{
            name: getattr(failure, name)
            for name in FailureShape.model_fields
            if name not in ("interrupted", "replays", "dismissal")
        },
    }
