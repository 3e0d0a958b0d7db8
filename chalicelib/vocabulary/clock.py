"""Time, passed in rather than taken: models and services receive `now`, only the edges read the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present instant, timezone-aware, to the millisecond (what we store and serve)."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and a `Z`: sorts as text in the order of time.

    >>> stamp(datetime(2026, 11, 23, 8, 30, tzinfo=UTC))
    '2026-11-23T08:30:00.000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def paris_day(moment: datetime) -> date:
    """The calendar day in Paris: an option that ends on the 31st ends when that day ends there."""
    return moment.astimezone(PARIS).date()
