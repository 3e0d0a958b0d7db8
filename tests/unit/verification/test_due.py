from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.verification.due import (
    APPEAL,
    FAST,
    NORMAL,
    due_after,
    easter,
    is_working_day,
    left_in_words,
    public_holidays,
)
from chalicelib.vocabulary.clock import PARIS


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1961, date(1961, 4, 2)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2011, date(2011, 4, 24)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_is_when_it_was_and_will_be(year: int, day: date) -> None:
    assert easter(year) == day


def test_the_public_holidays_are_the_eleven_of_the_labour_code() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize(
    ("received", "allowed", "due"),
    [
        ("2026-11-24T10:00", NORMAL, "2026-11-25T10:00"),
        ("2026-11-27T15:00", NORMAL, "2026-11-30T15:00"),
        ("2026-11-28T10:00", NORMAL, "2026-12-01T00:00"),
        ("2026-11-29T23:59", NORMAL, "2026-12-01T00:00"),
        ("2026-11-10T18:00", NORMAL, "2026-11-12T18:00"),
        ("2026-12-24T12:00", NORMAL, "2026-12-28T12:00"),
        ("2026-12-31T09:00", NORMAL, "2027-01-04T09:00"),
        ("2026-11-24T10:00", FAST, "2026-11-24T12:00"),
        ("2026-11-27T23:00", FAST, "2026-11-30T01:00"),
        ("2026-11-28T10:00", FAST, "2026-11-30T02:00"),
        ("2026-11-24T10:00", APPEAL, "2026-12-01T10:00"),
        # The night in which the clocks go forward is on a Sunday: by the clock on the wall nothing changes.
        ("2026-03-27T15:00", NORMAL, "2026-03-30T15:00"),
    ],
)
def test_the_clock_runs_on_working_days_in_paris(received: str, allowed: timedelta, due: str) -> None:
    assert due_after(paris(received), allowed) == paris(due)


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


@given(MOMENTS, st.sampled_from([FAST, NORMAL, APPEAL]))
def test_what_is_due_is_due_later_and_within_the_longest_run_of_holidays(moment: datetime, allowed: timedelta) -> None:
    due = due_after(moment, allowed)
    assert moment < due <= moment + allowed * 2 + timedelta(days=6)
    before = (due.astimezone(PARIS) - timedelta(microseconds=1)).date()
    assert is_working_day(before)


@given(MOMENTS, MOMENTS, st.sampled_from([FAST, NORMAL, APPEAL]))
def test_who_comes_first_is_due_first(one: datetime, other: datetime, allowed: timedelta) -> None:
    # The hour that comes twice in autumn is a Sunday's, in which nothing runs.
    first, second = sorted((one, other))
    assert due_after(first, allowed) <= due_after(second, allowed)


@pytest.mark.parametrize(
    ("left", "fr", "en"),
    [
        (timedelta(minutes=45, seconds=59), "encore 45 min", "45 min left"),
        (timedelta(0), "encore 0 min", "0 min left"),
        (timedelta(hours=3, minutes=5), "encore 3 h 05", "3 h 05 min left"),
        (timedelta(days=2, hours=4, minutes=59), "encore 2 j 4 h", "2 d 4 h left"),
        (timedelta(minutes=-35), "en retard de 35 min", "35 min late"),
        (timedelta(days=-1, hours=-1), "en retard de 1 j 1 h", "1 d 1 h late"),
    ],
)
def test_how_long_is_left_is_said_in_two_units_at_most(left: timedelta, fr: str, en: str) -> None:
    said = left_in_words(left)
    assert (said.fr, said.en) == (fr, en)
