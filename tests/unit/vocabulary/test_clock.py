"""Instants sort as text, and a day is a day in Paris."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.vocabulary.clock import paris_day, stamp, utc_now
from chalicelib.vocabulary.ids import first_id, is_id, moment_of, new_id

MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, MOMENTS)
def test_stamps_sort_as_the_instants_do(one: datetime, other: datetime) -> None:
    one, other = (moment.replace(microsecond=moment.microsecond // 1000 * 1000) for moment in (one, other))
    assert (stamp(one) < stamp(other)) == (one < other)


@given(MOMENTS)
def test_a_stamp_is_utc_with_milliseconds_whatever_the_zone(moment: datetime) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(hours=-7)))
    assert stamp(elsewhere) == stamp(moment)
    assert len(stamp(moment)) == len("2026-11-23T08:30:00.000Z")
    assert stamp(moment).endswith("Z")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 7, 14, 21, 59, tzinfo=UTC), date(2026, 7, 14)),
        (datetime(2026, 7, 14, 22, 0, tzinfo=UTC), date(2026, 7, 15)),
    ],
    ids=["winter, before midnight", "winter, midnight", "summer, before midnight", "summer, midnight"],
)
def test_a_day_begins_at_midnight_in_paris(moment: datetime, day: date) -> None:
    assert paris_day(moment) == day


def test_the_present_is_in_utc_to_the_millisecond() -> None:
    now = utc_now()
    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0


@given(MOMENTS, MOMENTS)
def test_ids_sort_by_the_instant_they_were_made_at(one: datetime, other: datetime) -> None:
    if abs(one - other) >= timedelta(milliseconds=2):
        assert (new_id(one) < new_id(other)) == (one < other)
    assert is_id(new_id(one))
    assert first_id(one) <= new_id(one)
    assert abs((moment_of(new_id(one)) - one).total_seconds()) < 0.001


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mine",
        "01M842S0RBNNSS9DXA8NAVEFT",
        "01m842s0rbnnss9dxa8navefty",
        "81M842S0RBNNSS9DXA8NAVEFTT",
        "../etc",
        "01M842S0RBNNSS9DXA8NAVEFTT\n",
    ],
)
def test_what_is_not_one_of_our_ids_is_told_by_its_form(text: str) -> None:
    assert not is_id(text)
