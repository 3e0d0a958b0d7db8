"""What a call of DynamoDB costs in read and write units, from the sizes of the items it touches.

Neither the in-process DynamoDB of the tests nor the emulator measures consumed capacity, so it is counted. The rules
are those that Amazon publishes; `docs/decisions/0012-units-are-counted.md` says which, and `make conformance` compares
them, operation by operation, with Amazon's own DynamoDB Local. Everything here is pure: items are in DynamoDB's JSON.

    item_size(item) -> bytes
    write_cost(layout, before, after, …) -> Cost     a put, an update or a delete
    get_cost, batch_get_cost, query_cost -> Cost     reads
"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Image = Mapping[str, Any]

READ_UNIT_BYTES = 4096
WRITE_UNIT_BYTES = 1024
#: What a transaction multiplies: every item is prepared, then committed.
TRANSACTION = 2
#: A list or a map weighs this much beside its content, and each element one byte more.
_NESTING = 3
_ELEMENT = 1


def item_size(item: Image) -> int:
    """Bytes: names in UTF-8 and values by their type."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(value: Mapping[str, Any]) -> int:
    """Bytes of one value, as `{"S": "…"}`, without its name."""
    kind, content = next(iter(value.items()))
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return number_size(content)
    if kind == "B":
        return _binary_size(content)
    if kind in ("BOOL", "NULL"):
        return 1
    if kind == "L":
        return _NESTING + sum(_ELEMENT + value_size(element) for element in content)
    if kind == "M":
        return _NESTING + sum(_ELEMENT + len(name.encode()) + value_size(element) for name, element in content.items())
    if kind == "SS":
        return sum(len(element.encode()) for element in content)
    if kind == "NS":
        return sum(number_size(element) for element in content)
    if kind == "BS":
        return sum(_binary_size(element) for element in content)
    raise ValueError(f"no such type: {kind}")


def number_size(text: str) -> int:
    """Bytes of a number: one for each two significant digits, which are paired from the decimal point as the number
    is stored, one besides, and one for a sign. Zeroes before and after the digits are trimmed."""
    sign, digits, exponent = Decimal(text).as_tuple()
    assert isinstance(exponent, int)
    written = "".join(map(str, digits)).lstrip("0")
    significant = written.rstrip("0")
    if not significant:
        return 1
    exponent += len(written) - len(significant)
    # 1200 is stored as 12 hundreds, 120 as 01|20: a pair never straddles a power of a hundred.
    return math.ceil((len(significant) + exponent % 2) / 2) + 1 + sign


def _binary_size(content: bytes | str) -> int:
    return len(content if isinstance(content, bytes) else base64.b64decode(content))


@dataclass(frozen=True, slots=True)
class Index:
    """A global secondary index. `projected`: None for every attribute, else those beside the keys."""

    name: str
    keys: tuple[str, ...]
    projected: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Layout:
    """What there is to know of a table: its keys and its indexes."""

    name: str
    keys: tuple[str, ...]
    indexes: tuple[Index, ...] = ()

    @classmethod
    def of(cls, name: str, declared: Mapping[str, Any]) -> Layout:
        """From the arguments of `create_table`."""
        keys = _keys(declared)
        return cls(name, keys, tuple(_index(one) for one in declared.get("GlobalSecondaryIndexes", ())))

    def index(self, name: str) -> Index:
        return next(one for one in self.indexes if one.name == name)

    def key_of(self, item: Image) -> dict[str, Any]:
        return {name: item[name] for name in self.keys}

    def entry(self, index: Index, item: Image | None) -> dict[str, Any] | None:
        """What an index holds of an item; None when it holds nothing, for a key is missing (a sparse index)."""
        if item is None or any(name not in item for name in index.keys):
            return None
        if index.projected is None:
            return dict(item)
        kept = {*self.keys, *index.keys, *index.projected}
        return {name: value for name, value in item.items() if name in kept}


def _keys(schema: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(part["AttributeName"] for part in schema["KeySchema"])


def _index(declared: Mapping[str, Any]) -> Index:
    projection = declared["Projection"]
    kind = projection["ProjectionType"]
    projected = None if kind == "ALL" else frozenset(projection.get("NonKeyAttributes", ()))
    return Index(declared["IndexName"], _keys(declared), projected)


@dataclass(frozen=True, slots=True)
class Cost:
    """Units of one call. `table` and each of `indexes` (those that cost something) are the same kind of unit."""

    table: float = 0.0
    indexes: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        return self.table + sum(self.indexes.values())

    def __add__(self, other: Cost) -> Cost:
        names = sorted({*self.indexes, *other.indexes})
        return Cost(
            self.table + other.table,
            {name: self.indexes.get(name, 0.0) + other.indexes.get(name, 0.0) for name in names},
        )


def write_units(size: int) -> int:
    return max(1, math.ceil(size / WRITE_UNIT_BYTES))


def read_units(size: int, *, consistent: bool) -> float:
    return max(1, math.ceil(size / READ_UNIT_BYTES)) * (1.0 if consistent else 0.5)


def write_cost(layout: Layout, before: Image | None, after: Image | None, *, transaction: bool = False) -> Cost:
    """A write that took an item from `before` to `after`, either of them None when there is none.

    The table is charged the larger of the two, each index what the change makes it write.
    """
    factor = TRANSACTION if transaction else 1
    return Cost(
        _table_units(before, after) * factor,
        {
            index.name: float(units * factor)
            for index in layout.indexes
            if (units := index_units(layout, index, before, after))
        },
    )


def refused_cost(before: Image | None, intended: Image | None, *, transaction: bool = False) -> Cost:
    """A write whose condition did not hold: the table is charged as if it had been done, indexes are not."""
    return Cost(_table_units(before, intended) * (TRANSACTION if transaction else 1))


def index_units(layout: Layout, index: Index, before: Image | None, after: Image | None) -> int:
    """What one index writes: nothing when its entry stays as it is, one write to put, replace or remove it, and two
    when its key changes, for the entry moves."""
    old, new = layout.entry(index, before), layout.entry(index, after)
    if old == new:
        return 0
    if old is None or new is None:
        present = old or new
        assert present is not None
        return write_units(item_size(present))
    if any(old[name] != new[name] for name in index.keys):
        return write_units(item_size(old)) + write_units(item_size(new))
    return write_units(max(item_size(old), item_size(new)))


def get_cost(item: Image | None, *, consistent: bool) -> Cost:
    """One item, also one that is not there."""
    return Cost(read_units(item_size(item or {}), consistent=consistent))


def batch_get_cost(asked: int, items: Sequence[Image], *, consistent: bool) -> Cost:
    """Each item by itself, also those that are not there."""
    missing = Cost((asked - len(items)) * get_cost(None, consistent=consistent).table)
    return sum((get_cost(item, consistent=consistent) for item in items), missing)


def query_cost(items: Iterable[Image], *, consistent: bool, index: str | None = None) -> Cost:
    """One page: the sum of what was read, rounded up once. `items` as the index holds them."""
    units = read_units(sum(item_size(item) for item in items), consistent=consistent)
    return Cost(0.0, {index: units}) if index else Cost(units)


def _table_units(before: Image | None, after: Image | None) -> float:
    return float(write_units(max(item_size(before or {}), item_size(after or {}))))
