"""One DynamoDB table as repositories use it: plain dictionaries in and out, conditions as exceptions.

Values are str, int, bool, None, bytes, list and dict (no float: DynamoDB has none; money is whole euros and scores
are whole hundredths). Keys are `pk` and `sk`, both strings; only repositories know what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable, WrongCursor

Item = dict[str, Any]

#: DynamoDB's limits: actions in one transaction, gets in one batch.
TRANSACTION_LIMIT = 100
BATCH_GET_LIMIT = 100

#: Failures that pass by themselves; botocore has already retried them a few times.
_PASSING = {
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "InternalServerError",
    "ServiceUnavailable",
    "TransactionInProgressException",
    "TransactionConflictException",  # a single write that met a transaction on the same item
}


class ConditionFailed(Exception):
    """A write's condition did not hold. `failed` has the index of each action that refused."""

    def __init__(self, failed: Sequence[int]) -> None:
        super().__init__(f"condition failed at {list(failed)}")
        self.failed = tuple(failed)


@dataclass(frozen=True, slots=True)
class Put:
    item: Item
    condition: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    values: Item = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Update:
    pk: str
    sk: str
    expression: str
    condition: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    values: Item = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delete:
    pk: str
    sk: str
    condition: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    values: Item = field(default_factory=dict)


Action = Put | Update | Delete

NEW = "attribute_not_exists(pk)"

#: Which bounds of the range key are given → what DynamoDB calls them: it takes one condition on that key.
_RANGE = {
    (":prefix",): "begins_with(#r, :prefix)",
    (":since",): "#r >= :since",
    (":up_to",): "#r <= :up_to",
    (":since", ":up_to"): "#r BETWEEN :since AND :up_to",
}


@dataclass(frozen=True, slots=True)
class Page:
    """Items in key order, and the position to go on from (None at the end)."""

    items: list[Item]
    position: Item | None


class Table:
    """The table of one context. Raises Retryable for failures that pass, ConditionFailed for refused writes."""

    def __init__(self, name: str) -> None:
        self.name = name

    def get(self, pk: str, sk: str) -> Item | None:
        """The item as last written (consistent read), or None."""
        answer = self._call("get_item", Key=_encode({"pk": pk, "sk": sk}), ConsistentRead=True)
        return _decode(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Sequence[tuple[str, str]]) -> list[Item]:
        """The items that exist among these keys, in no particular order (consistent reads)."""
        found: list[Item] = []
        for start in range(0, len(keys), BATCH_GET_LIMIT):
            pending = [_encode({"pk": pk, "sk": sk}) for pk, sk in keys[start : start + BATCH_GET_LIMIT]]
            for _ in range(5):
                answer = _invoke("batch_get_item", RequestItems={self.name: {"Keys": pending, "ConsistentRead": True}})
                found += [_decode(item) for item in answer["Responses"].get(self.name, [])]
                pending = answer.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", [])
                if not pending:
                    break
            else:
                raise Retryable("unprocessed_keys")
        return found

    def query(
        self,
        partition: str,
        *,
        index: str | None = None,
        hash_key: str = "pk",
        range_key: str = "sk",
        prefix: str | None = None,
        up_to: str | None = None,
        since: str | None = None,
        where: Item | None = None,
        forward: bool = True,
        limit: int | None = None,
        position: Item | None = None,
    ) -> Page:
        """One page of a partition, of at most `limit` items (or one megabyte).

        `where`: of these items only those with exactly these values, which makes the page shorter and not the reading:
        for partitions that are small by nature.

        `prefix`, or `up_to` and `since` (one or both, inclusive) narrow the range key.
        Reads of the table are consistent; reads of an index are not (DynamoDB has none). Raises WrongCursor for a
        position that is not of this partition.
        """
        condition = "#h = :h"
        names, values = {"#h": hash_key}, {":h": partition}
        bounds: Item = {
            name: bound
            for name, bound in ((":prefix", prefix), (":since", since), (":up_to", up_to))
            if bound is not None
        }
        if bounds:
            condition += f" AND {_RANGE[tuple(bounds)]}"
            names["#r"] = range_key
            values |= bounds
        arguments: dict[str, Any] = {
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": _encode(values),
            "ScanIndexForward": forward,
        }
        if where:
            arguments["FilterExpression"] = " AND ".join(f"#w{n} = :w{n}" for n in range(len(where)))
            names |= {f"#w{n}": name for n, name in enumerate(where)}
            arguments["ExpressionAttributeValues"] |= _encode({f":w{n}": where[name] for n, name in enumerate(where)})
        if index is None:
            arguments["ConsistentRead"] = True
        else:
            arguments["IndexName"] = index
        if limit is not None:
            arguments["Limit"] = limit
        if position is not None:
            arguments["ExclusiveStartKey"] = _encode(position)
        answer = self._page(arguments) if position is not None else self._call("query", **arguments)
        last = answer.get("LastEvaluatedKey")
        return Page([_decode(item) for item in answer["Items"]], _decode(last) if last else None)

    def _page(self, arguments: dict[str, Any]) -> dict[str, Any]:
        from botocore.exceptions import ClientError

        try:
            return self._call("query", **arguments)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ValidationException":
                raise WrongCursor from None  # a position that someone made up: not a key of this partition
            raise

    def query_all(self, partition: str, **arguments: Any) -> Iterator[Item]:
        """Every item of a partition, page after page. For partitions that are small by nature."""
        position: Item | None = None
        while True:
            page = self.query(partition, position=position, **arguments)
            yield from page.items
            if page.position is None:
                return
            position = page.position

    def write(self, *actions: Action) -> None:
        """All of the actions or none. At most 100, never split: a half-write is worse than an error."""
        if len(actions) > TRANSACTION_LIMIT:
            raise ValueError(f"{len(actions)} actions in one transaction; DynamoDB takes {TRANSACTION_LIMIT}")
        if len(actions) == 1:
            self._write_one(actions[0])
            return
        from botocore.exceptions import ClientError

        try:
            _invoke("transact_write_items", TransactItems=[self._transact(action) for action in actions])
        except ClientError as error:
            if error.response["Error"]["Code"] != "TransactionCanceledException":
                raise
            codes = [reason.get("Code") for reason in error.response.get("CancellationReasons", [])]
            failed = [index for index, code in enumerate(codes) if code == "ConditionalCheckFailed"]
            if failed:
                raise ConditionFailed(failed) from None
            if any(
                code in ("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded") for code in codes
            ):
                raise Retryable("transaction_conflict") from error
            raise

    def delete_all(self, keys: Sequence[tuple[str, str]]) -> int:
        """Deletes these items, so many at a time: what went before a failure is gone. Returns how many they were."""
        for start in range(0, len(keys), TRANSACTION_LIMIT):
            self.write(*[Delete(pk, sk) for pk, sk in keys[start : start + TRANSACTION_LIMIT]])
        return len(keys)

    def _write_one(self, action: Action) -> None:
        from botocore.exceptions import ClientError

        shape = self._transact(action)
        kind, arguments = next(iter(shape.items()))
        try:
            _invoke({"Put": "put_item", "Update": "update_item", "Delete": "delete_item"}[kind], **arguments)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                raise ConditionFailed([0]) from None
            raise

    def _transact(self, action: Action) -> dict[str, Any]:
        arguments: dict[str, Any] = {"TableName": self.name}
        if isinstance(action, Put):
            kind = "Put"
            arguments["Item"] = _encode(action.item)
        else:
            arguments["Key"] = _encode({"pk": action.pk, "sk": action.sk})
            kind = "Update" if isinstance(action, Update) else "Delete"
        if isinstance(action, Update):
            arguments["UpdateExpression"] = action.expression
        if action.condition is not None:
            arguments["ConditionExpression"] = action.condition
        if action.names:
            arguments["ExpressionAttributeNames"] = action.names
        if action.values:
            arguments["ExpressionAttributeValues"] = _encode(action.values)
        return {kind: arguments}

    def _call(self, operation: str, **arguments: Any) -> dict[str, Any]:
        return _invoke(operation, TableName=self.name, **arguments)


def _invoke(operation: str, **arguments: Any) -> dict[str, Any]:
    from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

    try:
        answer: dict[str, Any] = getattr(client("dynamodb"), operation)(**arguments)
    except ClientError as error:
        if error.response["Error"]["Code"] in _PASSING:
            raise Retryable("dynamodb_busy") from error
        raise
    except (ConnectionError, HTTPClientError) as error:
        raise Retryable("dynamodb_unreachable") from error
    return answer


def _encode(item: Item) -> dict[str, Any]:
    from boto3.dynamodb.types import TypeSerializer

    serialize = TypeSerializer().serialize
    return {name: serialize(value) for name, value in item.items()}


def _decode(item: dict[str, Any]) -> Item:
    return {name: decode_value(value) for name, value in item.items()}


def decode_value(value: dict[str, Any]) -> Any:
    """A value in DynamoDB's JSON, as stream records carry it, to Python; whole numbers become int."""
    kind, content = next(iter(value.items()))
    if kind == "M":
        return {name: decode_value(inner) for name, inner in content.items()}
    if kind == "L":
        return [decode_value(inner) for inner in content]
    if kind == "N":
        number = Decimal(content)
        return int(number) if number == number.to_integral_value() else number
    if kind == "NULL":
        return None
    return content
