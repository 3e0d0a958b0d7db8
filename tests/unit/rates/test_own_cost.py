"""One's own costs: every figure is the person's, the calculation is exact, and its steps say how it goes."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform.errors import Invalid
from chalicelib.rates.grid import COST_INPUTS, CostInput, shipped
from chalicelib.rates.own_cost import LABELS, OwnCost, own_cost
from tests.support.rates_fakes import without


def computed(**said: Any) -> OwnCost:
    return own_cost(shipped(), said)  # type: ignore[arg-type]


def refused(**said: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        computed(**said)
    return {one.pointer: one.code for one in refusal.value.fields}


def test_saying_nothing_gives_what_the_source_of_the_defaults_says() -> None:
    """blocnotes.iergo.fr: desired net × 1.7 / 120 days."""
    found = computed()
    assert (found.billed_days, found.turnover, found.day_amount) == (120, 40_800, ceil(24_000 * 1.7 / 120))
    assert found.by_default == set(COST_INPUTS)


def test_charges_on_what_is_billed_are_taken_from_what_is_billed() -> None:
    found = computed(
        desired_net=30_000, charges_on_net_percent=0, charges_on_billed_percent=25, expenses=1_500, unbilled_days=62
    )
    assert (found.billed_days, found.turnover, found.day_amount) == (160, 42_000, 263)
    assert found.turnover - found.turnover // 4 - 1_500 == 30_000


def test_a_rate_with_decimals_is_what_was_written() -> None:
    found = computed(desired_net=1_000, charges_on_net_percent=24.6, unbilled_days=221)
    assert (found.billed_days, found.turnover, found.day_amount) == (1, 1_246, 1_246)


def test_only_the_day_is_rounded_and_always_up() -> None:
    found = computed(desired_net=100, charges_on_net_percent=0, unbilled_days=219)
    assert (found.billed_days, found.day_amount) == (3, 34)


@pytest.mark.parametrize("name", COST_INPUTS)
def test_every_input_can_be_given_and_has_a_name(name: CostInput) -> None:
    default = {one.input: one.value for one in shipped().own_cost}[name]
    found = computed(**{name: default + 1})
    assert found.inputs[name] == default + 1
    assert found.by_default == set(COST_INPUTS) - {name}
    assert (found.day_amount, found.billed_days) != (computed().day_amount, computed().billed_days)
    assert LABELS[name].fr and LABELS[name].en


def test_zero_is_a_figure_and_not_a_silence() -> None:
    found = computed(holidays=0, desired_net=0)
    assert (found.inputs["holidays"], found.inputs["desired_net"]) == (0, 0)
    assert (found.billed_days, found.day_amount) == (145, 0)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"desired_net": -1}, {"/desired_net": "out_of_bounds"}),
        ({"charges_on_billed_percent": 91}, {"/charges_on_billed_percent": "out_of_bounds"}),
        ({"charges_on_net_percent": 300.5}, {"/charges_on_net_percent": "out_of_bounds"}),
        ({"weekdays": 367, "holidays": 2.5}, {"/weekdays": "out_of_bounds", "/holidays": "whole_days"}),
        ({"expenses": 10.999}, {"/expenses": "too_precise"}),
        ({"unbilled_days": 222}, {"/unbilled_days": "no_day_left"}),
        ({"weekdays": 0}, {"/unbilled_days": "no_day_left"}),
    ],
)
def test_what_cannot_be_is_told_by_its_input(said: dict[str, float], codes: dict[str, str]) -> None:
    assert refused(**said) == codes


def test_the_steps_are_the_calculation_in_both_languages() -> None:
    found = computed(desired_net=25_000.5, charges_on_net_percent=0, charges_on_billed_percent=24.6, expenses=1_200)
    assert [(one.name, one.value) for one in found.steps] == [
        ("billed_days", 120),
        ("charges_on_net", 0),
        ("to_cover", 26_201),
        ("turnover", 34_749),
        ("day_amount", 290),
    ]
    assert [one.formula.fr for one in found.steps] == [
        "260 − 8 − 25 − 5 − 102",
        "25 000,50 € × 0 %",
        "25 000,50 € + 0 € + 1 200 €",
        "26 200,50 € ÷ (1 − 24,6 %)",
        "34 748,67 € ÷ 120",
    ]
    assert [one.formula.en for one in found.steps][1:4] == [
        "€25,000.50 × 0%",
        "€25,000.50 + €0 + €1,200",
        "€26,200.50 ÷ (1 − 24.6%)",
    ]


HUNDREDTHS = st.integers(0, 9_000).map(lambda number: number / 100)


@given(st.integers(0, 1_000_000), HUNDREDTHS, HUNDREDTHS, st.integers(0, 1_000_000), st.integers(0, 221))
def test_what_is_billed_is_enough_and_no_euro_more(
    net: int, on_net: float, on_billed: float, expenses: int, unbilled: int
) -> None:
    found = computed(
        desired_net=net,
        charges_on_net_percent=on_net,
        charges_on_billed_percent=on_billed,
        expenses=expenses,
        unbilled_days=unbilled,
    )

    def left(day_amount: int) -> Fraction:
        billed = Fraction(day_amount * found.billed_days)
        return (billed * (1 - Fraction(str(on_billed)) / 100) - expenses) / (1 + Fraction(str(on_net)) / 100)

    assert left(found.day_amount) >= net
    assert found.day_amount == 0 or left(found.day_amount - 1) < net


def test_an_input_that_came_after_the_grid_starts_from_the_projects_own_default() -> None:
    assert own_cost(without("own_cost", 0), {}).inputs["desired_net"] == 24_000
