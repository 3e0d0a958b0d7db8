"""Durations as one says them."""

from __future__ import annotations

import pytest

from chalicelib.promise.wording import day, duration, percent


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0\u202fs"),
        (59, "59\u202fs"),
        (120, "2\u202fmin"),
        (5_400, "90\u202fmin"),
        (3 * 3_600, "3\u202fh"),
        (30 * 3_600, "30\u202fh"),
        (2 * 86_400, "2\u202fj"),
        (49 * 3_600, "49\u202fh"),
    ],
)
def test_a_duration_is_in_the_unit_that_says_it_exactly(seconds: int, said: str) -> None:
    assert duration(seconds, "fr") == said


def test_durations_that_stand_together_are_in_one_unit() -> None:
    assert [duration(12 * 3_600 * line, "en", of=12 * 3_600) for line in (0, 1, 4)] == [
        "0\u202fh",
        "12\u202fh",
        "48\u202fh",
    ]


def test_days_and_percentages_are_written_as_each_language_does() -> None:
    assert (day(1, 6, 2026, "fr"), day(1, 6, 2026, "en")) == ("1er juin 2026", "1 Jun 2026")
    assert (percent(90, "fr"), percent(90, "en")) == ("90\u202f%", "90%")
