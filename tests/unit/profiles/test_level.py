"""Junior, intermediate, senior: from verified years in a function, and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform.settings import Settings
from chalicelib.profiles.level import Bands, verified_years

BANDS = Bands(junior_below_years=3, mid_below_years=8)


@dataclass(frozen=True)
class Work:
    function: str = "literary-director"
    year: int = 2024
    started_year: int | None = None
    level: int = 2


@pytest.mark.parametrize(
    ("years", "level"),
    [(0, "junior"), (2, "junior"), (3, "mid"), (7, "mid"), (8, "senior"), (40, "senior")],
)
def test_the_bands_are_those_of_the_design(years: int, level: str) -> None:
    assert BANDS.level(years) == level


def test_the_bounds_are_settings_with_the_designs_figures() -> None:
    assert Settings.model_fields["junior_below_years"].default == 3
    assert Settings.model_fields["mid_below_years"].default == 8
    assert Bands(1, 2).level(1) == "mid"


@pytest.mark.parametrize("level", [0, 1])
def test_years_count_from_the_moment_that_the_person_is_shown_to_have_taken_part(level: int) -> None:
    assert verified_years([Work(level=level)]) == {}
    assert verified_years([Work(level=2)]) == verified_years([Work(level=3)]) == {"literary-director": 1}


def test_a_work_counts_every_year_it_took() -> None:
    assert verified_years([Work(started_year=2021, year=2024)]) == {"literary-director": 4}
    assert verified_years([Work(year=2024)]) == {"literary-director": 1}


def test_a_year_counts_once_whatever_was_made_in_it() -> None:
    works = [Work(year=2024), Work(started_year=2023, year=2024), Work(year=2023)]
    assert verified_years(works) == {"literary-director": 2}


def test_years_in_one_function_say_nothing_about_another() -> None:
    works = [Work(), Work(function="script-reader", started_year=2010, year=2020)]
    assert verified_years(works) == {"literary-director": 1, "script-reader": 11}


WORKS = st.lists(
    st.builds(
        Work,
        function=st.sampled_from(["literary-director", "script-reader"]),
        year=st.integers(2000, 2026),
        started_year=st.none() | st.integers(1990, 2000),
        level=st.integers(0, 3),
    ),
    max_size=8,
)


@given(WORKS, WORKS)
def test_more_verified_work_never_lowers_a_level(some: list[Work], more: list[Work]) -> None:
    before, after = verified_years(some), verified_years(some + more)
    order = ["junior", "mid", "senior"]
    for function, years in before.items():
        assert order.index(BANDS.level(after[function])) >= order.index(BANDS.level(years))


@given(WORKS)
def test_the_order_of_works_and_what_was_checked_beyond_participation_change_nothing(
    works: list[Work],
) -> None:
    assert verified_years(works) == verified_years(list(reversed(works)))
    assert verified_years(works) == verified_years([replace(work, level=min(work.level, 2)) for work in works])
