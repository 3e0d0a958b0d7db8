"""The hours at which e-mails go, in Paris, on the two days of the year that are not 24 hours long too."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from chalicelib.notifications.rhythm import Rhythm, digest_hour
from chalicelib.vocabulary.clock import PARIS

RHYTHM = Rhythm()


def paris(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23T06:59:59.999", "2026-11-23T07:00"),
        ("2026-11-23T07:00", None),
        ("2026-11-23T12:00", None),
        ("2026-11-23T20:59:59.999", None),
        ("2026-11-23T21:00", "2026-11-24T07:00"),
        ("2026-11-23T23:59:59.999", "2026-11-24T07:00"),
        ("2026-11-24T00:00", "2026-11-24T07:00"),
        ("2026-12-31T22:00", "2027-01-01T07:00"),
        # The night when clocks go forward, and the one when they go back.
        ("2026-03-28T21:00", "2026-03-29T07:00"),
        ("2026-03-29T01:59:59", "2026-03-29T07:00"),
        ("2026-03-29T06:59", "2026-03-29T07:00"),
        ("2026-03-29T07:00", None),
        ("2026-10-24T21:00", "2026-10-25T07:00"),
        ("2026-10-25T02:30", "2026-10-25T07:00"),
        ("2026-10-25T20:59", None),
    ],
)
def test_nothing_goes_from_nine_in_the_evening_until_seven_in_the_morning(now: str, until: str | None) -> None:
    assert RHYTHM.quiet_until(paris(now)) == (paris(until) if until else None)


def test_the_second_half_past_two_of_the_night_when_clocks_go_back_is_quiet_too() -> None:
    assert RHYTHM.quiet_until(paris("2026-10-25T02:30", fold=1)) == paris("2026-10-25T07:00")


def test_seven_in_paris_is_another_hour_elsewhere_in_summer_and_in_winter() -> None:
    assert RHYTHM.quiet_until(datetime(2026, 7, 1, 4, 59, tzinfo=UTC)) == datetime(2026, 7, 1, 5, 0, tzinfo=UTC)
    assert RHYTHM.quiet_until(datetime(2026, 7, 1, 5, 0, tzinfo=UTC)) is None
    assert RHYTHM.quiet_until(datetime(2026, 12, 1, 5, 0, tzinfo=UTC)) == datetime(2026, 12, 1, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("hour", range(24))
def test_equal_hours_mean_that_there_is_no_quiet(hour: int) -> None:
    rhythm = Rhythm(hour, hour, 3)
    assert all(rhythm.quiet_until(paris(f"2026-11-23T{now:02}:00")) is None for now in range(24))


def test_quiet_hours_may_lie_within_one_day() -> None:
    rhythm = Rhythm(quiet_from_hour=1, quiet_until_hour=6)
    assert rhythm.quiet_until(paris("2026-11-23T00:59")) is None
    assert rhythm.quiet_until(paris("2026-11-23T01:00")) == paris("2026-11-23T06:00")
    assert rhythm.quiet_until(paris("2026-11-23T06:00")) is None


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("2026-11-23T12:00", "2026-11-24T07:00"),
        ("2026-03-28T20:59", "2026-03-29T07:00"),
        ("2026-10-24T08:00", "2026-10-25T07:00"),
        ("2026-11-23T23:59", "2026-11-24T07:00"),
    ],
)
def test_the_next_day_begins_at_seven(now: str, first: str) -> None:
    assert RHYTHM.tomorrow(paris(now)) == paris(first)


def test_without_quiet_hours_the_next_day_begins_at_midnight_in_paris() -> None:
    assert Rhythm(0, 0, 3).tomorrow(paris("2026-03-29T12:00")) == paris("2026-03-30T00:00")


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-23T08:29:59.999", date(2026, 11, 23)),
        ("2026-11-23T08:30", date(2026, 11, 24)),
        ("2026-11-23T23:59", date(2026, 11, 24)),
        ("2026-10-25T00:01", date(2026, 10, 25)),
        ("2026-12-31T08:30", date(2027, 1, 1)),
    ],
)
def test_what_is_held_back_joins_the_next_digest(now: str, day: date) -> None:
    assert RHYTHM.next_digest(paris(now)) == day


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 25)])
def test_the_digest_goes_at_half_past_eight_in_paris(day: date) -> None:
    assert digest_hour(day).astimezone(PARIS).strftime("%Y-%m-%d %H:%M") == f"{day.isoformat()} 08:30"
