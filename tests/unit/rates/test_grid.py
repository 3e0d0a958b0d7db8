"""What a grid must be as a whole, and what one changes of another."""

from __future__ import annotations

from datetime import date

import pytest

from chalicelib.rates.grid import COST_INPUTS, Grid, Words, differences, shipped
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import typeset
from tests.support.rates_fakes import changed, scaled, without


def codes(grid: Grid) -> dict[str, str]:
    return {one.pointer: one.code for one in grid.problems()}


def test_the_grid_that_comes_with_the_project_is_right_and_whole() -> None:
    grid = shipped()
    assert grid.problems() == []
    roles, levels = (taxonomy().dimensions[name].entries for name in ("roles", "seniority"))
    assert {(one.role, one.level) for one in grid.ranges} == {(role, level) for role in roles for level in levels}
    assert {one.id for one in grid.contract_forms} == set(taxonomy().dimensions["contract-forms"].entries)
    assert [one.input for one in grid.own_cost] == list(COST_INPUTS)


def test_every_freelance_figure_of_it_is_an_assumption_that_says_what_it_starts_from() -> None:
    for one in (*shipped().ranges, *shipped().flat_amounts):
        assert one.assumption, one
        assert one.source is not None and one.source.fr.startswith("Hypothèse"), one
        assert one.dated is not None


def test_what_is_sourced_of_the_agreements_says_that_it_is_outdated_and_what_is_derived_that_it_is_assumed() -> None:
    for one in shipped().minima:
        assert one.assumption != one.outdated, one.id
        assert one.source is not None and one.dated is not None, one.id


def test_the_floors_of_2012_are_those_of_the_agreement() -> None:
    found = {one.id: {amount.basis: amount.cents for amount in one.amounts} for one in shipped().minima}
    assert found["coordinateur-ecriture-cddu-2012"]["day_7h"] == 17_327
    assert found["directeur-collection-cddu-2012"]["week_35h"] == 101_164
    assert found["directeur-litteraire-permanent-2012"] == {"month_35h": 255_723}


@pytest.mark.parametrize(
    ("grid", "pointer", "code"),
    [
        (without("ranges", 4), "/ranges", "incomplete"),
        (without("contract_forms", 5), "/contract_forms", "incomplete"),
        (without("own_cost", 8), "/own_cost", "incomplete"),
        (changed("ranges", 3, low=900), "/ranges/3/high", "inverted"),
        (changed("flat_amounts", 1, high=1), "/flat_amounts/1/high", "inverted"),
        (changed("ranges", 2, median=10_000), "/ranges/2/median", "median_outside"),
        (changed("ranges", 0, assumption=False, source=None), "/ranges/0/source", "source_or_assumption"),
        (changed("minima", 2, source=None), "/minima/2/source", "source_or_assumption"),
        (changed("contract_forms", 0, source=None), "/contract_forms/0/source", "source_or_assumption"),
        (changed("minima", 0, agreement="idcc-1"), "/minima/0/agreement", "unknown_agreement"),
        (changed("minima", 0, contract_forms=("freelance-invoice",)), "/minima/0/contract_forms", "not_an_employment"),
        (changed("minima", 0, contract_forms=("cddu", "copyright")), "/minima/0/contract_forms", "not_an_employment"),
        (changed("minima", 0, amounts=shipped().minima[0].amounts[:1] * 2), "/minima/0/amounts", "repeated"),
        (changed("minima", 0, id=shipped().minima[1].id), "/minima/1", "repeated"),
        (changed("own_cost", 1, value=301.0), "/own_cost/1/value", "out_of_bounds"),
        (changed("own_cost", 1, value=45.125), "/own_cost/1/value", "too_precise"),
        (changed("own_cost", 6, value=24.5), "/own_cost/6/value", "whole_days"),
    ],
)
def test_what_is_wrong_is_told_by_its_place(grid: Grid, pointer: str, code: str) -> None:
    assert codes(grid) == {pointer: code}


def test_a_range_given_twice_leaves_another_missing_and_both_are_told() -> None:
    grid = changed("ranges", 1, level="junior")
    assert codes(grid) == {"/ranges/1": "repeated", "/ranges": "incomplete"}
    [missing] = [one for one in grid.problems() if one.code == "incomplete"]
    assert missing.message.fr == typeset("Il manque : literary-director/mid.")


def test_a_role_may_have_a_range_in_several_units() -> None:
    weekly = shipped().ranges[0].model_copy(update={"unit": "week"})
    grid = shipped().model_copy(update={"ranges": (*shipped().ranges, weekly)})
    assert grid.problems() == []
    assert grid.range_of("literary-director", "junior", "week") == weekly


def test_a_range_may_be_one_amount_and_have_no_median() -> None:
    assert changed("ranges", 0, low=300, high=300, median=None).problems() == []


def test_the_same_grid_differs_in_nothing_however_its_lists_are_ordered() -> None:
    turned = shipped().model_copy(update={"ranges": shipped().ranges[::-1]})
    assert differences(shipped(), turned) == []


def test_differences_say_what_is_added_taken_away_and_changed() -> None:
    before = without("flat_amounts", 0)
    after = changed("ranges", 4, high=999).model_copy(
        update={"as_of": date(2027, 1, 4), "basis": Words(fr="HT", en="excl. VAT"), "minima": shipped().minima[1:]}
    )
    found = {(one.part, one.key): (one.before, one.after) for one in differences(before, after)}
    assert set(found) == {
        ("as_of", ""),
        ("basis", ""),
        ("ranges", "literary-director/mid/day" if shipped().ranges[4].role == "literary-director" else _key(4)),
        ("flat_amounts", shipped().flat_amounts[0].id),
        ("minima", shipped().minima[0].id),
    }
    assert found["as_of", ""] == ({"value": shipped().as_of.isoformat()}, {"value": "2027-01-04"})
    was, is_now = found["ranges", _key(4)]
    assert was is not None and is_now is not None
    assert {name for name in was if was[name] != is_now[name]} == {"high"}
    assert found["flat_amounts", shipped().flat_amounts[0].id][0] is None
    assert found["minima", shipped().minima[0].id][1] is None


def _key(at: int) -> str:
    return shipped().ranges[at].key


def test_every_range_changed_is_a_difference_each() -> None:
    assert len(differences(shipped(), scaled(2))) == len(shipped().ranges)


def titles(role: str, *forms: str) -> set[str]:
    return {one.title for one in shipped().minima_of(role, forms)}


def test_minima_are_those_of_the_titles_under_which_a_role_is_employed() -> None:
    assert titles("literary-director", "cddu") == {"Coordinateur d’écriture (ex-script éditeur)"}
    assert titles("literary-director", "cdd") == {"Directeur littéraire"}
    assert titles("development-executive", "cdi") == {"Directeur du développement", "Responsable du développement"}
    assert titles("development-executive", "cddu") == set()
    for form in taxonomy().dimensions["contract-forms"].entries:
        assert titles("script-reader", form) == set()


@pytest.mark.parametrize("form", ["freelance-invoice", "umbrella", "copyright"])
def test_nothing_binds_where_nobody_is_employed_by_the_producer(form: str) -> None:
    assert titles("literary-director", form) == set()


def test_the_salary_of_a_mixed_contract_is_bound_by_the_minima_of_every_employment() -> None:
    assert titles("literary-director", "mixed") == titles("literary-director", "cddu", "cdd", "cdi")


def test_a_form_of_contract_that_came_after_the_grid_binds_nobody() -> None:
    assert titles("literary-director", "cheque") == set()
    assert shipped().kinds(["cheque", "cddu"]) == {"cddu": "employment"}
