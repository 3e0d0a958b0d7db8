"""Observed budgets: told when nobody's can be read from them, and withheld with a reason otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rates.observed import Entry, Observed, months_before, observe
from tests.support.rates_fakes import entry

TODAY = date(2026, 11, 30)


def of(companies: str, **changes: object) -> list[Entry]:
    """One entry per letter, which is its company, each ten euros more than the one before."""
    return [entry(company, 400 + 10 * at, **changes) for at, company in enumerate(companies)]


def test_ten_of_five_companies_are_told() -> None:
    told = observe(of("aabbccddee"), "day", TODAY)
    # The lowest and the highest two left out: 420 to 470, and 80 more.
    assert told == Observed(450, 530, 10, 10, date(2023, 11, 1), date(2026, 7, 1))


@pytest.mark.parametrize(
    ("companies", "why"),
    [
        ("", "too_few"),
        ("abcdefghi", "too_few"),
        ("aaabbbcccddd", "too_few_companies"),
        ("aaabbccdde", "one_company_weighs_too_much"),
        ("aaaabbcdefgh", "one_company_weighs_too_much"),
    ],
)
def test_fewer_are_withheld_and_so_is_what_one_company_carries(companies: str, why: str) -> None:
    assert observe(of(companies), "day", TODAY) == why


def test_a_company_may_be_behind_a_quarter_and_no_more() -> None:
    assert isinstance(observe(of("aaabbbccdefg"), "day", TODAY), Observed)


def test_the_middle_half_needs_several_companies_of_its_own() -> None:
    # Twelve of six companies, none behind more than three, and the middle six are of two.
    told = observe(of("cdebbbaaafcd"), "day", TODAY)
    assert told == "too_few_companies"


@pytest.mark.parametrize(
    ("month", "counted"),
    [
        (date(2026, 7, 1), True),
        (date(2026, 8, 1), False),  # its last engagements are of 31 August: not three months on 30 November
        (date(2026, 11, 1), False),
        (date(2027, 3, 1), False),
        (date(2023, 11, 1), True),
        (date(2023, 10, 1), False),
    ],
)
def test_engagements_count_from_three_months_to_three_years(month: date, counted: bool) -> None:
    nine = of("abcdefghi")
    told = observe([*nine, entry("j", month=month)], "day", TODAY)
    assert isinstance(told, Observed) == counted


def test_they_count_from_the_first_day_after_three_whole_months() -> None:
    august = of("abcdefghij", month=date(2026, 8, 1))
    assert observe(august, "day", date(2026, 11, 30)) == "too_few"
    assert isinstance(observe(august, "day", date(2026, 12, 1)), Observed)


def test_another_unit_is_not_converted_and_does_not_count() -> None:
    mixed = [*of("abcdefghi"), entry("j", 2_000, unit="week")]
    assert observe(mixed, "day", TODAY) == "too_few"
    assert observe(mixed, "week", TODAY) == "too_few"


def test_the_number_is_told_as_a_band() -> None:
    for count, band in ((10, 10), (19, 10), (20, 20), (49, 20), (50, 50), (120, 100)):
        told = observe([entry(f"company-{at}") for at in range(count)], "day", TODAY)
        assert isinstance(told, Observed)
        assert told.at_least == band


def test_each_unit_has_its_rounding() -> None:
    for unit, step in (("day", 10), ("week", 50), ("month", 100)):
        told = observe([entry(str(at), 1_237, 1_999, unit=unit) for at in range(10)], unit, TODAY)  # type: ignore[arg-type]
        assert isinstance(told, Observed)
        assert told.rounded_to == step
        assert told.minimum % step == told.maximum % step == 0
        assert abs(told.minimum - 1_237) <= step / 2


BUDGETS = st.lists(
    st.tuples(st.sampled_from("abcdefghijkl"), st.integers(100, 900), st.integers(0, 400)), min_size=10, max_size=30
)


@given(BUDGETS, st.randoms(use_true_random=False))
def test_the_order_of_what_happened_tells_nothing(budgets: list[tuple[str, int, int]], chance: object) -> None:
    entries = [entry(company, low, low + more) for company, low, more in budgets]
    turned = entries[:]
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert observe(entries, "day", TODAY) == observe(turned, "day", TODAY)


@given(BUDGETS)
def test_what_is_told_lies_within_what_was_offered_and_one_extreme_budget_hardly_shows(
    budgets: list[tuple[str, int, int]],
) -> None:
    entries = [entry(company, low, low + more) for company, low, more in budgets]
    told = observe(entries, "day", TODAY)
    if not isinstance(told, Observed):
        return
    assert min(one.minimum for one in entries) - 5 <= told.minimum <= told.maximum
    assert told.maximum <= max(one.maximum for one in entries) + 5
    highest = max(range(len(entries)), key=lambda at: (entries[at].minimum + entries[at].maximum, entries[at].minimum))
    for extreme in (10_000, 100_000):
        moved = entries[:]
        moved[highest] = entry(entries[highest].company, extreme, extreme * 2)
        again = observe(moved, "day", TODAY)
        assert isinstance(again, Observed | str)
        if isinstance(again, Observed):
            assert (again.minimum, again.maximum) == (told.minimum, told.maximum)


@given(st.integers(0, 6_000), st.integers(10, 40))
def test_no_budget_can_be_told_from_its_neighbours_of_the_same_rounding(low: int, count: int) -> None:
    """Two worlds in which one company offered another budget, a few euros away, mostly read the same."""
    entries = [entry(str(at), low) for at in range(count)]
    other = [entry("0", low + 1), *entries[1:]]
    one, two = observe(entries, "day", TODAY), observe(other, "day", TODAY)
    assert isinstance(one, Observed) and isinstance(two, Observed)
    assert abs(one.minimum - two.minimum) in (0, 10)


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2026, 11, 30), 0, date(2026, 11, 1)),
        (date(2026, 1, 31), 1, date(2025, 12, 1)),
        (date(2026, 12, 1), 12, date(2025, 12, 1)),
        (date(2026, 3, 31), 36, date(2023, 3, 1)),
        (date(2026, 11, 1), -2, date(2027, 1, 1)),
    ],
)
def test_months_are_counted_over_years(day: date, months: int, first: date) -> None:
    assert months_before(day, months) == first
