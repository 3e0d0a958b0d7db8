"""The tests' quick DynamoDB says what moto says, whatever is written and read, refusals included."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any
from unittest.mock import patch

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.platform import table as platform_table
from chalicelib.platform.clients import client
from chalicelib.platform.errors import WrongCursor
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Item, Put, Table, Update
from tests.support.environment import aws as account
from tests.support.quick_tables import QuickTables

NAME = "Things"
DECLARED: dict[str, Any] = {
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "owner", "due_at", "status")
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "due",
            "KeySchema": [
                {"AttributeName": "owner", "KeyType": "HASH"},
                {"AttributeName": "due_at", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        },
        {
            "IndexName": "by_status",
            "KeySchema": [{"AttributeName": "status", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["amount"]},
        },
    ],
    "BillingMode": "PAY_PER_REQUEST",
}
PARTITIONS = st.sampled_from(["A", "B"])
PLACES = st.sampled_from(["EVENT#1", "EVENT#2", "EVENT#3", "THING", "É#1"])
NUMBERS = st.integers(-2, 12)
PLAIN = st.one_of(st.text("aé", max_size=2), NUMBERS, st.booleans(), st.none())
CONDITIONS = (
    (None, {}, {}),
    (NEW, {}, {}),
    ("attribute_exists(pk)", {}, {}),
    ("#v = :n", {"#v": "amount"}, {":n": 3}),
    ("#v <> :n", {"#v": "amount"}, {":n": 3}),
    ("attribute_not_exists(#v) OR #v < :n", {"#v": "amount"}, {":n": 5}),
    ("attribute_not_exists(pk) OR amount <= :n AND NOT #d > :d", {"#d": "due_at"}, {":n": 5, ":d": "2"}),
    ("(amount >= :n OR attribute_exists(due_at)) AND tags = :tags", {}, {":n": 2, ":tags": ["a", 1]}),
    ("due_at BETWEEN :a AND :b", {}, {":a": "1", ":b": "2"}),
    ("begins_with(due_at, :a)", {}, {":a": "1"}),
    ("amount = :n", {}, {":n": "3"}),  # a text is no number
)
#: What DynamoDB does not take; moto takes some of it where it need not look.
WRONG_CONDITIONS = (
    ("#v = :n", {"#v": "amount", "#unused": "sk"}, {":n": 3}),
    ("amount = :n", {}, {":n": 3, ":unused": 3}),
    ("amount = :n", {}, {}),
    ("#v = :n", {}, {":n": 3}),
    ("status = :n", {}, {":n": "open"}),  # a reserved word
    ("amount = = :n", {}, {":n": 3}),
)
CHANGES = (
    ("SET #n = :one", {"#n": "amount"}, {":one": 1}),
    ("SET #n = if_not_exists(#n, :zero) + :one, note = :note", {"#n": "amount"}, {":zero": 0, ":one": 1, ":note": "é"}),
    ("SET note = :note ADD #n :one", {"#n": "amount"}, {":note": "x", ":one": 2}),
    ("ADD #n :one", {"#n": "amount"}, {":one": -1}),
    ("SET #n = amount + :one", {"#n": "amount"}, {":one": 1}),
    ("REMOVE #d, tags", {"#d": "due_at"}, {}),
    ("SET due_at = :d REMOVE note", {}, {":d": "2"}),
)
ITEMS = st.fixed_dictionaries(
    {"pk": PARTITIONS, "sk": PLACES},
    optional={
        "owner": st.sampled_from(["O", "P"]),
        "due_at": st.sampled_from(["1", "1.5", "2", "3"]),
        "status": st.sampled_from(["open", "done"]),
        "amount": NUMBERS,
        "tags": st.lists(PLAIN, max_size=2),
        "more": st.dictionaries(st.sampled_from(["a", "b"]), PLAIN, max_size=2),
        "note": PLAIN,
    },
)


@st.composite
def actions(draw: st.DrawFn) -> Action:
    condition, names, values = draw(st.sampled_from(CONDITIONS))
    kind = draw(st.sampled_from(["put", "put", "update", "delete"]))
    if kind == "put":
        return Put(draw(ITEMS), condition, names, values)
    if kind == "delete":
        return Delete(draw(PARTITIONS), draw(PLACES), condition, names, values)
    change, more_names, more_values = draw(st.sampled_from(CHANGES))
    given_names, given_values = {**names, **more_names}, {**values, **more_values}
    return Update(draw(PARTITIONS), draw(PLACES), change, condition, given_names, given_values)


BOUNDS = st.sampled_from(
    [
        {},
        {},
        {"prefix": "EVENT#"},
        {"prefix": "1"},
        {"up_to": "2"},
        {"since": "1.5"},
        {"since": "1", "up_to": "2"},
        {"since": "EVENT#2"},
        {"where": {"amount": 3}},
        {"where": {"note": "a", "amount": 1}},
    ]
)
QUERIES = st.fixed_dictionaries(
    {
        "partition": st.sampled_from(["A", "B", "O", "P", "open", "nobody"]),
        "over": st.sampled_from(
            [
                {},
                {},
                {"index": "due", "hash_key": "owner", "range_key": "due_at"},
                {"index": "by_status", "hash_key": "status"},
            ]
        ),
        "bounds": BOUNDS,
        "forward": st.booleans(),
        "limit": st.one_of(st.none(), st.integers(1, 3)),
    }
)


class Both:
    """The same on both, where what one says the other must say too."""

    def __init__(self) -> None:
        client("dynamodb").create_table(TableName=NAME, **DECLARED)
        self._quick = QuickTables({NAME: DECLARED})
        self._examples = count()
        self.begin()

    def begin(self) -> None:
        """With nothing that was written before."""
        self._scope = f"{next(self._examples)}/"

    def write(self, *actions: Action) -> object:
        return self._said(lambda table: table.write(*map(self._scoped, actions)), one_refusal=len(actions) == 1)

    def get(self, pk: str, sk: str) -> object:
        return self._said(lambda table: table.get(self._scope + pk, sk))

    def get_many(self, keys: list[tuple[str, str]]) -> object:
        def read(table: Table) -> Any:
            found = table.get_many([(self._scope + pk, sk) for pk, sk in keys])
            return sorted(found, key=lambda item: (item["pk"], item["sk"]))

        return self._said(read)

    def query(self, partition: str, over: Item, bounds: Item, forward: bool, limit: int | None) -> object:
        """Page after page, to the end. Equal places of an index have no order."""

        def read(table: Table) -> Any:
            items, position = [], None
            while True:
                page = table.query(
                    self._scope + partition, **over, **bounds, forward=forward, limit=limit, position=position
                )
                items += page.items
                assert limit is None or len(page.items) <= limit
                position = page.position
                if position is None:
                    break
            order = over.get("range_key", "sk")
            assert [item[order] for item in items] == sorted((item[order] for item in items), reverse=not forward)
            return sorted(items, key=lambda item: (item["pk"], item["sk"]))

        return self._said(read)

    def position(self, partition: str, position: Item) -> object:
        return self._said(lambda table: table.query(self._scope + partition, position=position, limit=1).items)

    def _said(self, ask: Any, *, one_refusal: bool = True) -> object:
        """`one_refusal`: there is at most one thing to refuse; of several, moto names the first, DynamoDB them all."""
        moto = _outcome(lambda: ask(Table(NAME)))
        with patch.object(platform_table, "client", lambda _service: self._quick):
            quick = _outcome(lambda: ask(Table(NAME)))
        if one_refusal or moto != "ValidationException" or quick[0] != "refused":
            assert quick == moto, f"here {quick!r}, moto {moto!r}"
        return quick

    def _scoped(self, action: Action) -> Action:
        if isinstance(action, Put):
            scoped = {
                name: self._scope + action.item[name] for name in ("pk", "owner", "status") if name in action.item
            }
            return Put({**action.item, **scoped}, action.condition, action.names, action.values)
        pk = self._scope + action.pk
        if isinstance(action, Delete):
            return Delete(pk, action.sk, action.condition, action.names, action.values)
        return Update(pk, action.sk, action.expression, action.condition, action.names, action.values)


def _outcome(work: Any) -> Any:
    try:
        return "said", work()
    except ConditionFailed as refused:
        return "refused", refused.failed
    except WrongCursor:
        return "wrong cursor"
    except ClientError as error:
        return error.response["Error"]["Code"]


@pytest.fixture(scope="module")
def both() -> Iterator[Both]:
    with account():
        yield Both()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    writes=st.lists(st.lists(actions(), min_size=1, max_size=3), min_size=1, max_size=8),
    queries=st.lists(QUERIES, min_size=1, max_size=4),
)
def test_it_keeps_refuses_and_finds_what_moto_does(
    both: Both, writes: list[list[Action]], queries: list[dict[str, Any]]
) -> None:
    both.begin()
    for together in writes:
        keys = {(one.item["pk"], one.item["sk"]) if isinstance(one, Put) else (one.pk, one.sk) for one in together}
        if len(keys) == len(together):
            both.write(*together)
    places = [(pk, sk) for pk in ("A", "B") for sk in ("EVENT#1", "EVENT#2", "EVENT#3", "THING", "É#1")]
    for pk, sk in places:
        both.get(pk, sk)
    both.get_many(places)
    for query in queries:
        both.query(**query)


def test_a_transaction_is_written_whole_or_not_at_all(both: Both) -> None:
    both.begin()
    both.write(Put({"pk": "A", "sk": "THING", "amount": 1}))
    refused = both.write(
        Put({"pk": "A", "sk": "EVENT#1"}),
        Update("A", "THING", "ADD #n :one", names={"#n": "amount"}, values={":one": 1}),
        Put({"pk": "A", "sk": "EVENT#2"}, condition="attribute_exists(pk)"),
        Delete("A", "EVENT#3", condition="attribute_exists(pk)"),
    )
    assert refused == ("refused", (2, 3))
    assert both.get("A", "EVENT#1") == ("said", None)
    kept = both.get("A", "THING")
    assert isinstance(kept, tuple)
    assert kept[1]["amount"] == 1


def test_two_writes_of_one_item_are_no_transaction(both: Both) -> None:
    both.begin()
    assert both.write(Put({"pk": "A", "sk": "THING"}), Delete("A", "THING")) == "ValidationException"


@pytest.mark.parametrize(
    "position",
    [
        {"pk": "elsewhere", "sk": "EVENT#1"},
        {"pk": "A"},
        {"pk": "A", "sk": "EVENT#1", "due_at": "1"},
        {"pk": "A", "sk": 1},
    ],
    ids=["another partition", "half a key", "more than a key", "no text"],
)
def test_a_position_that_is_none_is_refused(position: Item) -> None:
    """Of DynamoDB itself: moto takes some of them."""
    quick = QuickTables({NAME: DECLARED})
    with patch.object(platform_table, "client", lambda _service: quick), pytest.raises(WrongCursor):
        Table(NAME).query("A", position=position)


@pytest.mark.parametrize(
    "item",
    [
        {"pk": "A", "sk": ""},
        {"pk": "A", "sk": "THING", "due_at": 1, "owner": "O"},
        {"pk": "A", "sk": "THING", "owner": ""},
        {"pk": "A", "sk": "THING", "note": "x" * 410_000},
    ],
    ids=["an empty key", "a number in an index", "an empty text in an index", "too large"],
)
def test_an_item_that_dynamodb_does_not_take_is_refused(item: Item) -> None:
    quick = QuickTables({NAME: DECLARED})
    with patch.object(platform_table, "client", lambda _service: quick), pytest.raises(ClientError):
        Table(NAME).write(Put(item))


@pytest.mark.parametrize(("condition", "names", "values"), WRONG_CONDITIONS)
def test_a_condition_that_dynamodb_does_not_take_is_refused(
    condition: str, names: dict[str, str], values: Item
) -> None:
    quick = QuickTables({NAME: DECLARED})
    with patch.object(platform_table, "client", lambda _service: quick), pytest.raises(ClientError) as refused:
        Table(NAME).write(Put({"pk": "A", "sk": "THING"}, condition, names, values))
    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_a_large_partition_is_read_by_pages_of_a_megabyte() -> None:
    quick = QuickTables({NAME: DECLARED})
    with patch.object(platform_table, "client", lambda _service: quick):
        table = Table(NAME)
        for number in range(5):
            table.write(Put({"pk": "A", "sk": f"{number}", "note": "x" * 390_000}))
        page = table.query("A")
        assert len(page.items) == 3
        assert page.position == {"pk": "A", "sk": "2"}
        assert [item["sk"] for item in table.query_all("A")] == ["0", "1", "2", "3", "4"]


def test_new_items_are_told_in_their_order_and_changes_are_not() -> None:
    quick, told = QuickTables({NAME: {**DECLARED, "StreamSpecification": {}}}), list[str]()
    quick.on_insert = lambda _table, image: told.append(image["sk"]["S"])
    with patch.object(platform_table, "client", lambda _service: quick):
        Table(NAME).write(Put({"pk": "A", "sk": "1"}), Put({"pk": "A", "sk": "2"}))
        Table(NAME).write(Put({"pk": "A", "sk": "1", "amount": 1}))
        with pytest.raises(ConditionFailed):
            Table(NAME).write(Put({"pk": "A", "sk": "3"}), Put({"pk": "A", "sk": "1"}, condition=NEW))
    assert told == ["1", "2"]
