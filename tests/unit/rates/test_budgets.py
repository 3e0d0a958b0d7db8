"""Where a budget stands: in the same unit, or by the days that its brief says, and otherwise nowhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rates.budgets import Budget, Position, Stand, where_the_budget_stands
from chalicelib.rates.grid import UNITS, shipped
from tests.support.rates_fakes import changed, scaled

ROLE = "literary-director"
#: junior 290–380, mid 380–530, senior 520–800 a day.


def stand(
    budget: tuple[int, int],
    *levels: str,
    unit: str = "day",
    days: int | None = None,
    forms: tuple[str, ...] = (),
    role: str = ROLE,
) -> Stand:
    return where_the_budget_stands(shipped(), role, levels, Budget(*budget, unit, days, forms))


@pytest.mark.parametrize(
    ("budget", "position"),
    [
        ((100, 379), "below"),
        ((100, 380), "within"),
        ((380, 530), "within"),
        ((400, 410), "within"),
        ((10, 5_000), "within"),
        ((530, 900), "within"),
        ((531, 900), "above"),
        ((0, 0), "below"),
    ],
)
def test_it_is_below_or_above_only_when_all_of_it_is(budget: tuple[int, int], position: Position) -> None:
    found = stand(budget, "mid")
    assert (found.position, found.comparison, found.obstacle) == (position, "same_unit", None)
    assert [one.position for one in found.by_level] == [position]


def test_several_levels_are_told_together_and_each() -> None:
    found = stand((385, 450), "junior", "mid", "senior")
    assert found.position == "within"
    assert {one.level: one.position for one in found.by_level} == {
        "junior": "above",
        "mid": "within",
        "senior": "below",
    }
    assert stand((200, 250), "mid", "senior").position == "below"
    assert stand((900, 950), "junior", "mid").position == "above"


@pytest.mark.parametrize("unit", ["week", "month"])
def test_a_unit_that_the_grid_does_not_know_is_not_converted_whatever_is_said_of_days(unit: str) -> None:
    for days in (None, 5):
        found = stand((1, 10_000), "mid", unit=unit, days=days)
        assert (found.position, found.obstacle, found.by_level) == ("not_comparable", "no_range_in_this_unit", ())


def test_a_flat_budget_is_compared_by_its_own_days_and_the_sentence_says_so() -> None:
    found = stand((3_800, 5_300), "mid", unit="flat", days=10)
    assert (found.position, found.comparison) == ("within", "per_estimated_day")
    assert "de 3 800 € à 5 300 € au forfait pour 10 jours estimés, soit environ 380 € à 530 € par jour" in (
        found.sentence.fr
    )
    assert "€3,800 to €5,300 flat for 10 estimated days, about €380 to €530 a day" in found.sentence.en


def test_a_flat_budget_is_compared_to_the_cent() -> None:
    assert stand((0, 3_799), "mid", unit="flat", days=10).position == "below"
    assert stand((0, 3_800), "mid", unit="flat", days=10).position == "within"
    assert stand((5_301, 9_000), "mid", unit="flat", days=10).position == "above"


@pytest.mark.parametrize("days", [None, 0])
def test_a_flat_budget_without_its_days_is_not_compared(days: int | None) -> None:
    found = stand((4_000, 6_000), "mid", unit="flat", days=days)
    assert (found.position, found.obstacle, found.comparison) == ("not_comparable", "no_estimated_days", None)


def test_a_flat_range_of_the_grid_is_preferred_to_days() -> None:
    grid = changed("ranges", 1, unit="flat", low=4_000, median=None, high=6_000)
    found = where_the_budget_stands(grid, ROLE, ["mid"], Budget(4_500, 5_000, "flat", 2))
    assert (found.position, found.comparison) == ("within", "same_unit")


def test_days_say_nothing_of_a_budget_by_the_day() -> None:
    assert stand((300, 350), "mid", days=20) == stand((300, 350), "mid")


def test_without_a_level_there_is_nothing_to_compare() -> None:
    assert stand((300, 400)).obstacle == "no_level"


def test_half_of_the_levels_is_no_answer() -> None:
    grid = changed("ranges", 2, unit="week")
    found = where_the_budget_stands(grid, ROLE, ["mid", "senior"], Budget(300, 400, "day"))
    assert found.obstacle == "no_range_in_this_unit"


@pytest.mark.parametrize("forms", [("cddu",), ("cdd", "cdi"), ("copyright",), ("mixed",), ("cddu", "copyright")])
def test_pay_that_is_no_invoice_is_not_set_beside_a_range_of_invoices(forms: tuple[str, ...]) -> None:
    found = stand((100, 150), "mid", forms=forms)
    assert (found.position, found.obstacle) == ("not_comparable", "not_an_invoice")


@pytest.mark.parametrize("forms", [("freelance-invoice",), ("umbrella",), ("cddu", "freelance-invoice")])
def test_what_may_be_invoiced_is_compared(forms: tuple[str, ...]) -> None:
    assert stand((100, 150), "mid", forms=forms).position == "below"


def test_what_binds_employers_comes_apart_and_only_with_an_employment() -> None:
    assert {one.contract_forms for one in stand((100, 150), "mid", forms=("cddu",)).minima} == {("cddu",)}
    assert stand((100, 150), "mid", forms=("freelance-invoice",)).minima == ()
    assert stand((100, 150), "mid").minima == ()
    both = stand((100, 150), "mid", forms=("cddu", "freelance-invoice"))
    assert both.minima and all(one.title not in both.sentence.fr for one in both.minima)


#: What a neutral sentence does not say: an order, a judgement, a warning.
LOADED = re.compile(
    r"\b(devriez|devez|doit|augment|insuffisant|trop|attention|erreur|recommand|conseill|raisonnable|juste|normal|bas\b|"
    r"should|must|raise|insufficient|too|warning|error|recommend|advise|reasonable|fair|normal|cheap|expensive|low)\w*",
    re.IGNORECASE,
)


@given(
    st.sampled_from(["literary-director", "artistic-producer", "script-reader"]),
    st.lists(st.sampled_from(["junior", "mid", "senior"]), unique=True),
    st.integers(0, 20_000),
    st.integers(0, 20_000),
    st.sampled_from(UNITS),
    st.one_of(st.none(), st.integers(1, 300)),
)
def test_the_sentence_is_neutral_labelled_and_says_that_nothing_follows(
    role: str, levels: list[str], low: int, more: int, unit: str, days: int | None
) -> None:
    found = stand((low, low + more), *levels, unit=unit, days=days, role=role)
    for text in (found.sentence.fr, found.sentence.en):
        assert not LOADED.search(text), text
        assert "{" not in text
    assert "Repère indicatif, libre négociation." in found.sentence.fr
    assert "elle ne change ni la publication, ni la sélection" in found.sentence.fr
    assert "Indicative range, freely negotiated." in found.sentence.en
    if found.position != "not_comparable":
        assert "grille du 1er novembre 2026" in found.sentence.fr
        assert "hypothèse" in found.sentence.fr
        assert "grid of 1 November 2026" in found.sentence.en


def test_a_sourced_range_is_not_called_an_assumption() -> None:
    grid = changed("ranges", 1, assumption=False)
    found = where_the_budget_stands(grid, ROLE, ["mid"], Budget(400, 450, "day"))
    assert "hypothèse" not in found.sentence.fr and "assumption" not in found.sentence.en


@given(st.integers(0, 3_000), st.integers(0, 3_000), st.integers(2, 9))
def test_a_budget_and_a_grid_that_both_grow_stand_where_they_stood(low: int, more: int, factor: int) -> None:
    levels = ("junior", "mid")
    grown = Budget(low * factor, (low + more) * factor, "day")
    there = where_the_budget_stands(scaled(factor), ROLE, levels, grown)
    assert there.position == stand((low, low + more), *levels).position


def test_what_came_into_the_taxonomy_after_the_grid_is_compared_with_nothing() -> None:
    assert stand((1, 2), "mid", role="story-runner").obstacle == "no_range_in_this_unit"
    assert stand((1, 2), "mid", forms=("cheque",)).position == "below"
    assert stand((1, 2), "mid", forms=("cheque", "cddu")).obstacle == "not_an_invoice"
