"""moto's transactions without what makes them slow: it copies whole tables, once for each action, in case one fails.

Here a transaction keeps what its tables held as it was, and copies the items alone that it changes in place.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from moto.dynamodb import models
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table


@contextmanager
def quick_transactions() -> Iterator[None]:
    """While it lasts, a transaction costs what it changes and not what its tables hold."""
    write = models.DynamoDBBackend.transact_write_items

    def transact_write_items(self: models.DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
        kept: dict[str, Table] = {}

        def copied(value: Any) -> Any:
            if not isinstance(value, Table):
                return copy.deepcopy(value)
            if value.name not in kept:
                kept[value.name] = _kept(value, transact_items)
            return kept[value.name]

        with patch.object(models, "copy", SimpleNamespace(copy=copy.copy, deepcopy=copied)):
            write(self, transact_items)

    with patch.object(models.DynamoDBBackend, "transact_write_items", transact_write_items):
        yield


def _kept(table: Table, transact_items: list[dict[str, Any]]) -> Table:
    before = copy.copy(table)
    before.items = defaultdict(dict, {key: dict(found) for key, found in table.items.items()})
    if table.stream_shard is not None:
        before.stream_shard = copy.copy(table.stream_shard)
        before.stream_shard.items = list(table.stream_shard.items)
    for action in transact_items:
        update = action.get("Update", {})
        if update.get("TableName") == table.name:
            partition = before.items[DynamoType(update["Key"]["pk"])]
            key = DynamoType(update["Key"]["sk"])
            if key in partition:
                partition[key] = copy.deepcopy(partition[key])
    return before
