"""DynamoDB in this process, as far as `chalicelib/platform/table.py` uses it, and some hundred times quicker than moto.

It takes and gives what the low-level client does, errors included, and refuses what it does not know rather than guess.
`tests/contract/test_quick_tables.py` holds it against moto. Unlike DynamoDB, its indexes never lag behind its tables.
"""

# ruff: noqa: N803 (arguments are called as boto3 calls them)
from __future__ import annotations

import operator
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from botocore.exceptions import ClientError

#: An item or a value as DynamoDB's JSON has it: {"S": "text"}.
Value = dict[str, Any]
Image = dict[str, Value]
Key = tuple[str, str]

ITEM_LIMIT_BYTES = 400 * 1024
PAGE_LIMIT_BYTES = 1024 * 1024
KEY_LIMIT_BYTES = {"pk": 2048, "sk": 1024}

_UNEXPECTED = "the tests' DynamoDB knows nothing of this: teach it, and its contract test, before using it"


class _Refusal(Exception):
    """What the service answers with this code."""

    def __init__(self, code: str, message: str, reasons: list[dict[str, str]] | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.reasons = code, message, reasons


def _invalid(message: str) -> _Refusal:
    return _Refusal("ValidationException", message)


@dataclass(frozen=True, slots=True)
class _Index:
    hash_key: str
    range_key: str | None
    projected: frozenset[str] | None

    def entry(self, image: Image) -> tuple[str, str] | None:
        """Its hash and range values, when the item belongs there."""
        if self.hash_key not in image or (self.range_key is not None and self.range_key not in image):
            return None
        return image[self.hash_key]["S"], image[self.range_key]["S"] if self.range_key else ""

    def shown(self, image: Image) -> Image:
        if self.projected is None:
            return image
        return {name: value for name, value in image.items() if name in self.projected}


@dataclass(slots=True)
class _Table:
    """`order`: partition → its sort keys, sorted. `entries`: index → partition → (range value, pk, sk), sorted."""

    indexes: dict[str, _Index]
    texts: frozenset[str]
    images: dict[Key, Image] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)
    entries: dict[str, dict[str, list[tuple[str, str, str]]]] = field(default_factory=dict)

    def copy(self) -> _Table:
        """The items themselves are never changed in place."""
        return _Table(
            self.indexes,
            self.texts,
            dict(self.images),
            {name: list(keys) for name, keys in self.order.items()},
            {
                index: {name: list(found) for name, found in partitions.items()}
                for index, partitions in self.entries.items()
            },
        )

    def set(self, key: Key, image: Image | None) -> None:
        before = self.images.get(key)
        for name, index in self.indexes.items():
            old = index.entry(before) if before is not None else None
            new = index.entry(image) if image is not None else None
            if old == new:
                continue
            partitions = self.entries.setdefault(name, {})
            if old is not None:
                found = partitions[old[0]]
                del found[bisect_left(found, (old[1], *key))]
            if new is not None:
                insort(partitions.setdefault(new[0], []), (new[1], *key))
        if image is None:
            if before is not None:
                del self.images[key]
                keys = self.order[key[0]]
                del keys[bisect_left(keys, key[1])]
            return
        if before is None:
            insort(self.order.setdefault(key[0], []), key[1])
        self.images[key] = image


class QuickTables:
    """The client. `on_insert` is told of every new item of a table that has a stream, in the order of the writes;
    `on_call` of every call, before it is carried out: what else happens at that moment is done there."""

    def __init__(self, declared: Mapping[str, Mapping[str, Any]]) -> None:
        """`declared`: table → what `create_table` takes of it, without its name."""
        self._tables: dict[str, _Table] = {}
        self._streamed: set[str] = set()
        self.on_insert: Callable[[str, Image], None] = lambda _table, _image: None
        self.on_call: Callable[[], None] = lambda: None
        for name, arguments in declared.items():
            self.create_table(TableName=name, **arguments)

    def state(self) -> dict[str, _Table]:
        """Everything that is stored, to come back to with `restore`."""
        return {name: table.copy() for name, table in self._tables.items()}

    def restore(self, state: Mapping[str, _Table]) -> None:
        self._tables = {name: table.copy() for name, table in state.items()}

    def images(self, table: str, partition: str | None = None) -> list[Image]:
        """The items of a table, or of one partition in their order."""
        known = self._tables[table]
        if partition is None:
            return list(known.images.values())
        return [known.images[partition, sk] for sk in known.order.get(partition, ())]

    # ---- what boto3's client does

    def create_table(self, *, TableName: str, KeySchema: list[Any], **more: Any) -> None:
        if _keys(KeySchema) != ("pk", "sk"):
            raise NotImplementedError(_UNEXPECTED)
        texts = frozenset(one["AttributeName"] for one in more["AttributeDefinitions"] if one["AttributeType"] == "S")
        indexes = {}
        for one in more.get("GlobalSecondaryIndexes", ()):
            hash_key, range_key = _keys(one["KeySchema"])
            kind = one["Projection"]["ProjectionType"]
            kept = {"pk", "sk", hash_key, *([range_key] if range_key else [])}
            projected = None if kind == "ALL" else frozenset(kept | set(one["Projection"].get("NonKeyAttributes", ())))
            indexes[one["IndexName"]] = _Index(hash_key, range_key, projected)
        self._tables[TableName] = _Table(indexes, texts)
        if "StreamSpecification" in more:
            self._streamed.add(TableName)

    def get_item(self, *, TableName: str, Key: Image, ConsistentRead: bool = False) -> dict[str, Any]:
        with self._answering("GetItem"):
            image = self._tables[TableName].images.get(_key(Key))
            return {} if image is None else {"Item": image}

    def batch_get_item(self, *, RequestItems: dict[str, dict[str, Any]]) -> dict[str, Any]:
        with self._answering("BatchGetItem"):
            responses = {}
            for name, asked in RequestItems.items():
                keys = [_key(one) for one in asked["Keys"]]
                if len(set(keys)) < len(keys):
                    raise _invalid("Provided list of item keys contains duplicates")
                images = self._tables[name].images
                responses[name] = [images[key] for key in keys if key in images]
            return {"Responses": responses, "UnprocessedKeys": {}}

    def put_item(self, **arguments: Any) -> dict[str, Any]:
        return self._write_one("Put", arguments)

    def update_item(self, **arguments: Any) -> dict[str, Any]:
        return self._write_one("Update", arguments)

    def delete_item(self, **arguments: Any) -> dict[str, Any]:
        return self._write_one("Delete", arguments)

    def transact_write_items(self, *, TransactItems: list[dict[str, dict[str, Any]]]) -> dict[str, Any]:
        with self._answering("TransactWriteItems"):
            if not 1 <= len(TransactItems) <= 100:
                raise _invalid("Member must have length between 1 and 100")
            actions = [_Action(kind, arguments) for one in TransactItems for kind, arguments in one.items()]
            if len({(action.table, action.key) for action in actions}) < len(actions):
                raise _invalid("Transaction request cannot include multiple operations on one item")
            holds = [action.holds(self._tables[action.table]) for action in actions]
            if not all(holds):
                reasons = [{"Code": "None"} if held else {"Code": "ConditionalCheckFailed"} for held in holds]
                raise _Refusal("TransactionCanceledException", "Transaction cancelled", reasons)
            # All that may still be refused is refused before anything is written.
            written = [(action, action.result(self._tables[action.table])) for action in actions]
            for action, image in written:
                self._set(action, image)
            return {}

    def query(
        self,
        *,
        TableName: str,
        KeyConditionExpression: str,
        ExpressionAttributeNames: dict[str, str],
        ExpressionAttributeValues: Image,
        ScanIndexForward: bool = True,
        ConsistentRead: bool = False,
        IndexName: str | None = None,
        FilterExpression: str | None = None,
        Limit: int | None = None,
        ExclusiveStartKey: Image | None = None,
    ) -> dict[str, Any]:
        with self._answering("Query"):
            if Limit is not None and Limit < 1:
                raise _invalid("Limit must be at least 1")
            used = _Used(ExpressionAttributeNames, ExpressionAttributeValues)
            asked = _parsed_condition(KeyConditionExpression)
            passes = _parsed_condition(FilterExpression) if FilterExpression else None
            used.all_of(asked, *([passes] if passes else []))
            table = self._tables[TableName]
            index = None
            if IndexName is not None:
                if IndexName not in table.indexes:
                    raise _invalid(f"The table does not have the specified index: {IndexName}")
                if ConsistentRead:
                    raise _invalid("Consistent reads are not supported on global secondary indexes")
                index = table.indexes[IndexName]
            hash_key, range_key = (index.hash_key, index.range_key) if index else ("pk", "sk")
            partition, bounds = _key_condition(asked, used, hash_key, range_key)
            if index is None:
                rows = [(sk, partition, sk) for sk in table.order.get(partition, ())]
            else:
                rows = table.entries.get(IndexName or "", {}).get(partition, [])
            first, last = _range(rows, bounds)
            if ExclusiveStartKey is not None:
                after = _start(ExclusiveStartKey, hash_key, range_key, partition, index is not None)
                if ScanIndexForward:
                    first = max(first, bisect_right(rows, after))
                else:
                    last = min(last, bisect_left(rows, after))
            places = range(first, last) if ScanIndexForward else range(last - 1, first - 1, -1)
            items: list[Image] = []
            read = size = 0
            position = None
            for place in places:
                _, pk, sk = rows[place]
                image = table.images[pk, sk]
                size += _size(image)
                read += 1
                if passes is None or _holds(passes, image, used):
                    items.append(index.shown(image) if index else image)
                if read == Limit or size > PAGE_LIMIT_BYTES:
                    position = {name: image[name] for name in ("pk", "sk", hash_key, range_key) if name is not None}
                    break
            answer: dict[str, Any] = {"Items": items, "Count": len(items), "ScannedCount": read}
            if position is not None:  # at the very end too, as DynamoDB does: it does not look whether there is more
                answer["LastEvaluatedKey"] = position
            return answer

    def get_paginator(self, operation: str) -> QuickTables:
        if operation != "scan":
            raise NotImplementedError(_UNEXPECTED)
        return self

    def paginate(self, *, TableName: str, ProjectionExpression: str | None = None) -> Iterator[dict[str, Any]]:
        """Of a scan: all in one page, whole or as the attributes that are named."""
        images = list(self._tables[TableName].images.values())
        if ProjectionExpression is not None:
            names = ProjectionExpression.split(", ")
            images = [{name: image[name] for name in names if name in image} for image in images]
        yield {"Items": images}

    @contextmanager
    def _answering(self, operation: str) -> Iterator[None]:
        """Refusals as botocore raises them."""
        self.on_call()
        try:
            yield
        except _Refusal as refused:
            response: dict[str, Any] = {
                "Error": {"Code": refused.code, "Message": refused.message},
                "ResponseMetadata": {"HTTPStatusCode": 400},
            }
            if refused.reasons is not None:
                response["CancellationReasons"] = refused.reasons
            raise ClientError(response, operation) from None

    # ---- writing

    def _write_one(self, kind: str, arguments: dict[str, Any]) -> dict[str, Any]:
        with self._answering(f"{kind}Item"):
            action = _Action(kind, arguments)
            table = self._tables[action.table]
            if not action.holds(table):
                raise _Refusal("ConditionalCheckFailedException", "The conditional request failed")
            self._set(action, action.result(table))
            return {}

    def _set(self, action: _Action, image: Image | None) -> None:
        table = self._tables[action.table]
        is_new = image is not None and action.key not in table.images
        table.set(action.key, image)
        if is_new and image is not None and action.table in self._streamed:
            self.on_insert(action.table, image)


class _Action:
    """One write, with everything that can be wrong in it looked at when it is made."""

    __slots__ = ("_arguments", "_condition", "_kind", "_update", "_used", "key", "table")

    def __init__(self, kind: str, arguments: dict[str, Any]) -> None:
        known = {"TableName", "Item", "Key", "UpdateExpression", "ConditionExpression"}
        if kind not in ("Put", "Update", "Delete") or arguments.keys() - known - {
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
        }:
            raise NotImplementedError(_UNEXPECTED)
        self._kind, self._arguments = kind, arguments
        self.table: str = arguments["TableName"]
        self.key = _key(arguments["Item"], whole=True) if kind == "Put" else _key(arguments["Key"])
        condition, update = arguments.get("ConditionExpression"), arguments.get("UpdateExpression")
        self._condition = _parsed_condition(condition) if condition is not None else None
        self._update = _parsed_update(update) if update is not None else None
        self._used = _Used(
            arguments.get("ExpressionAttributeNames", {}), arguments.get("ExpressionAttributeValues", {})
        )
        self._used.all_of(*[one for one in (self._condition, self._update) if one is not None])

    def holds(self, table: _Table) -> bool:
        return self._condition is None or _holds(self._condition, table.images.get(self.key, {}), self._used)

    def result(self, table: _Table) -> Image | None:
        if self._kind == "Delete":
            return None
        image: Image = self._arguments.get("Item") or self._updated(table.images.get(self.key))
        for name in table.texts & image.keys():
            if next(iter(image[name])) != "S" or not image[name]["S"]:
                raise _invalid(f"Type mismatch or empty text for the index key {name}")
        if _size(image) > ITEM_LIMIT_BYTES:
            raise _invalid("Item size has exceeded the maximum allowed size")
        return image

    def _updated(self, before: Image | None) -> Image:
        key = {"pk": {"S": self.key[0]}, "sk": {"S": self.key[1]}}
        old = before if before is not None else key
        image = {**old}
        for step, place, operand in self._update or ():
            name = self._used.name(place)
            if name in key:
                raise _invalid(f"Cannot update attribute {name}. This attribute is part of the key")
            if step == "REMOVE":
                image.pop(name, None)
            elif step == "SET":
                image[name] = _operand(operand, old, self._used)
            else:  # ADD
                added = _number(_operand(operand, old, self._used))
                image[name] = {"N": str(_number(old[name]) + added if name in old else added)}
        return image


class _Used:
    """The names and the values that expressions stand on: all that are given must be used, and the other way round."""

    def __init__(self, names: Mapping[str, str], values: Mapping[str, Value]) -> None:
        self._names, self._values = names, values

    def all_of(self, *expressions: Any) -> None:
        found = frozenset().union(*map(_tokens_in, expressions))
        names = {token for token in found if token.startswith("#")}
        values = {token for token in found if token.startswith(":")}
        if names != set(self._names) or values != set(self._values):
            raise _invalid("Names or values are unused, or used and not defined")

    def name(self, token: str) -> str:
        return self._names[token] if token.startswith("#") else token

    def value(self, token: str) -> Value:
        return self._values[token]


# ---- expressions: tuples, the first of which says what it is

_TOKEN = re.compile(r"\s*(#\w+|:\w+|[A-Za-z_]\w*|<>|<=|>=|=|<|>|\(|\)|,|\+|-)")
_WORDS = {"AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE"}
_FUNCTIONS = {"attribute_exists": 1, "attribute_not_exists": 1, "begins_with": 2}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@cache
def _reserved() -> frozenset[str]:
    from moto.dynamodb.parsing.reserved_keywords import ReservedKeywords

    return frozenset(ReservedKeywords.get_reserved_keywords())


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens: list[str] = []
        at, text = 0, text.rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise _invalid(f"Syntax error at {text[at:]!r}")
            self._tokens.append(found[1])
            at = found.end()
        self._at = 0

    @property
    def next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    @property
    def word(self) -> str:
        return self.next.upper() if self.next.upper() in _WORDS else ""

    def take(self, expected: str | None = None) -> str:
        token = self.next
        if not token or (expected is not None and token.upper() != expected):
            raise _invalid(f"Syntax error: {token!r} instead of {expected!r}")
        self._at += 1
        return token

    def place(self) -> str:
        token = self.take()
        if token.startswith("#"):
            return token
        if not token[0].isalpha() and token[0] != "_":
            raise _invalid(f"Syntax error: {token!r} is no name")
        if token.upper() in _reserved():
            raise _invalid(f"Attribute name is a reserved keyword; reserved keyword: {token}")
        return token

    def operand(self) -> tuple[Any, ...]:
        return ("value", self.take()) if self.next.startswith(":") else ("place", self.place())


@lru_cache(maxsize=512)
def _parsed_condition(text: str) -> tuple[Any, ...]:
    reader = _Reader(text)
    parsed = _either(reader)
    if reader.next:
        raise _invalid(f"Syntax error at {reader.next!r}")
    return parsed


def _either(reader: _Reader) -> tuple[Any, ...]:
    parsed = _both(reader)
    while reader.word == "OR":
        reader.take()
        parsed = ("or", parsed, _both(reader))
    return parsed


def _both(reader: _Reader) -> tuple[Any, ...]:
    parsed = _single(reader)
    while reader.word == "AND":
        reader.take()
        parsed = ("and", parsed, _single(reader))
    return parsed


def _single(reader: _Reader) -> tuple[Any, ...]:
    if reader.word == "NOT":
        reader.take()
        return ("not", _single(reader))
    if reader.next == "(":
        reader.take()
        parsed = _either(reader)
        reader.take(")")
        return parsed
    if reader.next in _FUNCTIONS:
        function = reader.take()
        reader.take("(")
        arguments: list[Any] = [("place", reader.place())]
        for _ in range(_FUNCTIONS[function] - 1):
            reader.take(",")
            arguments.append(reader.operand())
        reader.take(")")
        return (function, *arguments)
    left = reader.operand()
    if reader.word == "BETWEEN":
        reader.take()
        low = reader.operand()
        reader.take("AND")
        return ("between", left, low, reader.operand())
    comparison = reader.take()
    if comparison not in _COMPARISONS:
        raise NotImplementedError(f"{comparison!r}: {_UNEXPECTED}")
    return (comparison, left, reader.operand())


@lru_cache(maxsize=512)
def _parsed_update(text: str) -> tuple[tuple[str, str, Any], ...]:
    reader = _Reader(text)
    found: list[tuple[str, str, Any]] = []
    while reader.next:
        step = reader.take().upper()
        if step not in ("SET", "REMOVE", "ADD"):
            raise NotImplementedError(f"{step!r}: {_UNEXPECTED}")
        while True:
            place, operand = reader.place(), None
            if step == "SET":
                reader.take("=")
                operand = _sum(reader)
            elif step == "ADD":
                operand = reader.operand()
            found.append((step, place, operand))
            if reader.next != ",":
                break
            reader.take()
    return tuple(found)


def _sum(reader: _Reader) -> tuple[Any, ...]:
    left = _summand(reader)
    if reader.next not in ("+", "-"):
        return left
    return (reader.take(), left, _summand(reader))


def _summand(reader: _Reader) -> tuple[Any, ...]:
    if reader.next != "if_not_exists":
        return reader.operand()
    reader.take()
    reader.take("(")
    place = ("place", reader.place())
    reader.take(",")
    other = reader.operand()
    reader.take(")")
    return ("if_not_exists", place, other)


@lru_cache(maxsize=512)
def _tokens_in(expression: Any) -> frozenset[str]:
    if isinstance(expression, str):
        return frozenset([expression]) if expression[:1] in "#:" else frozenset()
    return frozenset().union(*map(_tokens_in, expression)) if isinstance(expression, tuple) else frozenset()


def _operand(operand: tuple[Any, ...], image: Image, used: _Used) -> Value:
    kind = operand[0]
    if kind == "value":
        return used.value(operand[1])
    if kind == "place":
        name = used.name(operand[1])
        if name not in image:
            raise _invalid("The provided expression refers to an attribute that does not exist in the item")
        return image[name]
    if kind == "if_not_exists":
        return image.get(used.name(operand[1][1])) or _operand(operand[2], image, used)
    left, right = (_number(_operand(one, image, used)) for one in operand[1:])
    return {"N": str(left + right if kind == "+" else left - right)}


def _holds(condition: tuple[Any, ...], image: Image, used: _Used) -> bool:
    kind = condition[0]
    if kind in ("and", "or"):
        first = _holds(condition[1], image, used)
        return first if first is (kind == "or") else _holds(condition[2], image, used)
    if kind == "not":
        return not _holds(condition[1], image, used)
    values = [used.value(one[1]) if one[0] == "value" else image.get(used.name(one[1])) for one in condition[1:]]
    if kind == "attribute_exists":
        return values[0] is not None
    if kind == "attribute_not_exists":
        return values[0] is None
    if kind == "<>":
        return values[0] is None or values[1] is None or not _compared("=", values[0], values[1])
    if None in values:
        return False
    if kind == "begins_with":
        return "S" in values[0] and "S" in values[1] and values[0]["S"].startswith(values[1]["S"])
    if kind == "between":
        return _compared(">=", values[0], values[1]) and _compared("<=", values[0], values[2])
    return _compared(kind, values[0], values[1])


def _compared(comparison: str, left: Value, right: Value) -> bool:
    (one, first), (other, second) = next(iter(left.items())), next(iter(right.items()))
    if one != other:
        return False
    if one == "N":
        return _COMPARISONS[comparison](Decimal(first), Decimal(second))
    if one == "S":  # by their bytes in UTF-8, which is by code points
        return _COMPARISONS[comparison](first, second)
    if comparison != "=":
        raise NotImplementedError(_UNEXPECTED)
    return _same(left, right)


def _same(left: Value, right: Value) -> bool:
    (one, first), (other, second) = next(iter(left.items())), next(iter(right.items()))
    if one != other:
        return False
    if one == "N":
        return Decimal(first) == Decimal(second)
    if one == "L":
        return len(first) == len(second) and all(map(_same, first, second))
    if one == "M":
        return first.keys() == second.keys() and all(_same(first[name], second[name]) for name in first)
    return bool(first == second)


def _number(value: Value) -> Decimal:
    if "N" not in value:
        raise _invalid("An operand in the update expression has an incorrect data type")
    return Decimal(value["N"])


# ---- keys


def _keys(schema: list[dict[str, str]]) -> tuple[str, str | None]:
    by_kind = {one["KeyType"]: one["AttributeName"] for one in schema}
    return by_kind["HASH"], by_kind.get("RANGE")


def _key(image: Image, *, whole: bool = False) -> Key:
    """`whole`: an item, and not its key alone."""
    if not whole and image.keys() != {"pk", "sk"}:
        raise _invalid("The provided key element does not match the schema")
    for name, limit in KEY_LIMIT_BYTES.items():
        text = image.get(name, {}).get("S")
        if not isinstance(text, str) or not 1 <= len(text.encode()) <= limit:
            raise _invalid(f"One or more parameter values are not valid: {name}")
    return image["pk"]["S"], image["sk"]["S"]


def _key_condition(
    asked: tuple[Any, ...], used: _Used, hash_key: str, range_key: str | None
) -> tuple[str, tuple[Any, ...] | None]:
    """The partition, and (what, bounds) of the range key."""
    equal, bounds = (asked[1], asked[2]) if asked[0] == "and" else (asked, None)
    if equal[0] != "=" or used.name(equal[1][1]) != hash_key:
        raise _invalid(f"Query condition missed key schema element: {hash_key}")
    partition = used.value(equal[2][1])
    if not partition.get("S"):
        raise _invalid("One or more parameter values are not valid: an empty or wrong hash key")
    if bounds is None:
        return partition["S"], None
    if used.name(bounds[1][1]) != range_key:
        raise _invalid(f"Query condition missed key schema element: {range_key}")
    given = [used.value(one[1])["S"] for one in bounds[2:]]
    if bounds[0] == "between" and given[0] > given[1]:
        raise _invalid("The BETWEEN operator requires upper bound to be greater than or equal to lower bound")
    return partition["S"], (bounds[0], *given)


def _range(rows: list[tuple[str, str, str]], bounds: tuple[Any, ...] | None) -> tuple[int, int]:
    """From which place to before which."""
    if bounds is None:
        return 0, len(rows)

    def first(text: str) -> int:
        return bisect_left(rows, text, key=lambda row: row[0])

    def after(text: str) -> int:
        return bisect_right(rows, text, key=lambda row: row[0])

    kind = bounds[0]
    if kind == "begins_with":
        begin = first(bounds[1])
        end = bisect_left(rows, True, lo=begin, key=lambda row: not row[0].startswith(bounds[1]))
        return begin, end
    if kind == "between":
        return first(bounds[1]), after(bounds[2])
    if kind == ">=":
        return first(bounds[1]), len(rows)
    if kind == "<=":
        return 0, after(bounds[1])
    raise NotImplementedError(f"{kind!r}: {_UNEXPECTED}")


def _start(
    position: Image, hash_key: str, range_key: str | None, partition: str, on_index: bool
) -> tuple[str, str, str]:
    wanted = {"pk", "sk", hash_key} | ({range_key} if range_key else set())
    if position.keys() != wanted or any(not isinstance(value.get("S"), str) for value in position.values()):
        raise _invalid("The provided starting key is invalid")
    if position[hash_key]["S"] != partition:
        raise _invalid("The provided starting key is outside query boundaries based on provided conditions")
    pk, sk = position["pk"]["S"], position["sk"]["S"]
    return (position[range_key]["S"] if range_key else "", pk, sk) if on_index else (sk, pk, sk)


def _size(image: Image) -> int:
    """About what DynamoDB counts: names and values in bytes."""
    return sum(len(name) + _value_size(value) for name, value in image.items())


def _value_size(value: Value) -> int:
    kind, content = next(iter(value.items()))
    if kind == "S":
        return len(content) if content.isascii() else len(content.encode())
    if kind == "M":
        return 3 + _size(content) + len(content)
    if kind == "L":
        return 3 + sum(map(_value_size, content)) + len(content)
    if kind in ("N", "B"):
        return len(content)
    if kind in ("BOOL", "NULL"):
        return 1
    raise NotImplementedError(_UNEXPECTED)
