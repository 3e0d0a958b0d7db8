"""The counter of units, rule by rule, against the figures that Amazon publishes."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.counting import (
    Cost,
    Index,
    Layout,
    batch_get_cost,
    get_cost,
    index_units,
    item_size,
    number_size,
    query_cost,
    refused_cost,
    value_size,
    write_cost,
)

EVERYTHING = Index("everything", ("group", "rank"), None)
KEYS_ONLY = Index("keys_only", ("group", "rank"), frozenset())
SOME = Index("some", ("group",), frozenset({"shown"}))
LAYOUT = Layout("Things", ("pk", "sk"), (EVERYTHING, KEYS_ONLY, SOME))


def thing(size: int = 0, **values: str) -> dict[str, Any]:
    """An item of the table; `size` characters of text beside its keys and values."""
    item = {"pk": {"S": "p"}, "sk": {"S": "s"}, **{name: {"S": value} for name, value in values.items()}}
    return item | ({"text": {"S": "x" * size}} if size else {})


def indexed(size: int = 0, **values: str) -> dict[str, Any]:
    return thing(size, **({"group": "g", "rank": "1"} | values))


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": ""}, 0),
        ({"S": "été"}, 5),
        ({"S": "’"}, 3),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"B": b"\x00\x01\x02"}, 3),
        ({"B": "AAEC"}, 3),
        ({"L": []}, 3),
        ({"M": {}}, 3),
        ({"L": [{"S": "ab"}, {"S": "c"}]}, 3 + (1 + 2) + (1 + 1)),
        ({"M": {"name": {"S": "ab"}}}, 3 + 1 + 4 + 2),
        ({"M": {"é": {"L": [{"NULL": True}]}}}, 3 + 1 + 2 + 3 + 1 + 1),
        ({"SS": ["ab", "é"]}, 4),
        ({"NS": ["1", "100"]}, 4),
        ({"BS": [b"\x00", b"\x01\x02"]}, 3),
    ],
)
def test_a_value_weighs_what_its_type_says(value: dict[str, Any], size: int) -> None:
    assert value_size(value) == size


@pytest.mark.parametrize(
    ("number", "size"),
    [
        ("0", 1),
        ("0.0", 1),
        ("7", 2),
        ("99", 2),
        ("100", 2),
        ("101", 3),
        ("12345", 4),
        ("1200", 2),
        ("120", 3),  # 01|20: pairs are counted from the point
        ("1E+20", 2),
        ("0.5", 2),
        ("0.001", 2),
        ("1.5", 3),
        ("-3", 3),
        ("-12345", 5),
        ("9" * 38, 20),
    ],
)
def test_a_number_weighs_a_byte_for_two_digits_and_one_more_and_one_for_a_minus_sign(number: str, size: int) -> None:
    assert number_size(number) == size


def test_an_item_weighs_its_names_and_its_values() -> None:
    assert item_size({"pk": {"S": "abc"}, "prénom": {"S": "Zoé"}}) == (2 + 3) + (7 + 4)


def test_an_unknown_type_is_refused_and_never_counted_as_nothing() -> None:
    with pytest.raises(ValueError, match="X"):
        value_size({"X": "?"})


@pytest.mark.parametrize(("bytes_", "units"), [(1, 1), (1024, 1), (1025, 2), (2048, 2), (400_000, 391)])
def test_a_write_is_rounded_up_to_the_next_kilobyte(bytes_: int, units: int) -> None:
    item = {"k": {"S": "x" * (bytes_ - 1)}}
    assert write_cost(Layout("T", ("k",)), None, item) == Cost(units)


def test_a_write_is_charged_the_larger_of_what_was_and_what_is() -> None:
    small, large = thing(10), thing(3000)
    assert write_cost(LAYOUT, large, small).table == 3
    assert write_cost(LAYOUT, small, large).table == 3
    assert write_cost(LAYOUT, large, None).table == 3


def test_deleting_what_is_not_there_costs_one_unit() -> None:
    assert write_cost(LAYOUT, None, None) == Cost(1)


def test_a_transaction_doubles_table_and_indexes_after_rounding() -> None:
    item = indexed(1500)
    single = write_cost(LAYOUT, None, item)
    assert single == Cost(2, {"everything": 2, "keys_only": 1, "some": 1})
    assert write_cost(LAYOUT, None, item, transaction=True) == Cost(4, {"everything": 4, "keys_only": 2, "some": 2})


def test_a_write_that_is_refused_is_charged_on_the_table_as_if_it_had_been_done_and_on_no_index() -> None:
    assert refused_cost(indexed(10), indexed(2500)) == Cost(3)
    assert refused_cost(indexed(2500), indexed(10)) == Cost(3)
    assert refused_cost(None, None) == Cost(1)
    assert refused_cost(None, indexed(2500), transaction=True) == Cost(6)


def test_an_item_without_one_of_an_index_s_keys_is_not_in_it() -> None:
    alone = thing(group="g")
    assert LAYOUT.entry(EVERYTHING, alone) is None
    assert LAYOUT.entry(SOME, alone) is not None
    assert write_cost(LAYOUT, None, thing(10)) == Cost(1)


def test_entering_and_leaving_an_index_is_one_write_of_its_entry() -> None:
    outside, inside = thing(2500), indexed(2500)
    assert index_units(LAYOUT, EVERYTHING, outside, inside) == 3
    assert index_units(LAYOUT, EVERYTHING, inside, outside) == 3
    assert index_units(LAYOUT, EVERYTHING, inside, None) == 3
    assert index_units(LAYOUT, KEYS_ONLY, outside, inside) == 1


def test_a_changed_index_key_is_a_delete_and_a_put_each_by_its_own_size() -> None:
    before, after = indexed(2500), indexed(10, rank="2")
    assert index_units(LAYOUT, EVERYTHING, before, after) == 3 + 1
    assert index_units(LAYOUT, KEYS_ONLY, before, after) == 2
    assert index_units(LAYOUT, SOME, before, after) == 0


def test_a_change_of_what_an_index_holds_beside_its_keys_is_one_write_of_the_larger_entry() -> None:
    assert index_units(LAYOUT, EVERYTHING, indexed(2500), indexed(10)) == 3
    assert index_units(LAYOUT, SOME, indexed(shown="a"), indexed(shown="b")) == 1


def test_a_change_that_an_index_does_not_hold_costs_it_nothing() -> None:
    before, after = indexed(10), indexed(2500)
    assert index_units(LAYOUT, KEYS_ONLY, before, after) == 0
    assert index_units(LAYOUT, SOME, before, after) == 0
    assert index_units(LAYOUT, EVERYTHING, before, before) == 0


def test_an_item_outside_of_an_index_before_and_after_costs_it_nothing() -> None:
    assert index_units(LAYOUT, EVERYTHING, thing(group="g"), thing(rank="1")) == 0


@pytest.mark.parametrize(
    ("size", "consistent", "units"), [(100, True, 1), (100, False, 0.5), (4200, True, 2), (4200, False, 1)]
)
def test_a_get_is_rounded_up_to_four_kilobytes_and_halved_when_eventual(
    size: int, consistent: bool, units: float
) -> None:
    assert get_cost(thing(size), consistent=consistent) == Cost(units)


def test_a_get_of_nothing_costs_the_minimum() -> None:
    assert get_cost(None, consistent=True) == Cost(1)
    assert get_cost(None, consistent=False) == Cost(0.5)


def test_a_batch_get_rounds_each_item_by_itself_and_counts_those_that_are_not_there() -> None:
    assert batch_get_cost(3, [thing(100), thing(4200)], consistent=True) == Cost(1 + 2 + 1)
    assert batch_get_cost(3, [thing(100), thing(4200)], consistent=False) == Cost(0.5 + 1 + 0.5)


def test_a_query_rounds_the_sum_of_its_page_once() -> None:
    page = [thing(1000)] * 5
    assert query_cost(page, consistent=True) == Cost(2)
    assert query_cost(page, consistent=False, index="everything") == Cost(0, {"everything": 1})


def test_a_query_that_finds_nothing_costs_the_minimum() -> None:
    assert query_cost([], consistent=True) == Cost(1)
    assert query_cost([], consistent=False, index="some") == Cost(0, {"some": 0.5})


def test_costs_add_up_index_by_index() -> None:
    total = Cost(1, {"a": 1}) + Cost(2, {"a": 1, "b": 3})
    assert total == Cost(3, {"a": 2, "b": 3})
    assert total.total == 8


def test_a_layout_is_read_from_how_the_table_is_declared() -> None:
    from tests.support.tables import declared_tables

    layout = Layout.of("NotificationsTable", declared_tables()["NotificationsTable"])
    assert layout.keys == ("pk", "sk")
    assert {index.name: index.keys for index in layout.indexes} == {
        "by_actor": ("actor_sub", "sk"),
        "by_message": ("ses_message_id", "pk"),
        "by_month": ("event_month", "sk"),
        "by_state": ("state_pk", "updated_at"),
        "due": ("due_pk", "due_at"),
    }
    assert layout.index("by_message").projected == frozenset()
    assert layout.index("due").projected is None
    entry = layout.entry(layout.index("by_message"), thing(10, ses_message_id="m"))
    assert entry is not None and set(entry) == {"pk", "sk", "ses_message_id"}
