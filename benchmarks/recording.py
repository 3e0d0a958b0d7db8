"""A client that records what each call costs: DynamoDB in units, the other services in requests.

    recorder = Recorder(clients._make, layouts)
    with recorder.in_force():                  # the application's own clients record from here on
        with recorder.step("match_on_brief_events"):
            …

It stands where `chalicelib/platform/clients.py` makes its clients, in this process alone: nothing of it is in the
package. What an item was before a write, and is after, is read out of band with the real client and not counted.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from benchmarks.counting import (
    Cost,
    Image,
    Layout,
    batch_get_cost,
    get_cost,
    query_cost,
    refused_cost,
    write_cost,
)
from chalicelib.platform import clients

#: SQS and SNS charge each begun block of a payload as one request.
PAYLOAD_BLOCK_BYTES = 64 * 1024

#: What would make DynamoDB evaluate other items than those it returns; the application uses none of it.
_NOT_COUNTED = ("FilterExpression", "ProjectionExpression", "Select", "AttributesToGet")


class NotCounted(Exception):
    """A call whose cost this recorder does not know: it must be taught before its figures mean anything."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `read` and `written` are units by table; `requests` what the service charges it as; `moved` the bytes
    of an object that is put or got; `refused` when a condition did not hold."""

    step: str
    service: str
    operation: str
    read: dict[str, Cost] = field(default_factory=dict)
    written: dict[str, Cost] = field(default_factory=dict)
    requests: int = 1
    moved: int = 0
    refused: bool = False


class Recorder:
    """`make` gives the real client of a service; `layouts` knows the tables by name."""

    def __init__(self, make: Callable[[str], Any], layouts: Mapping[str, Layout]) -> None:
        self.calls: list[Call] = []
        self.waited = 0.0
        self._make = make
        self._layouts = layouts
        self._step = ""
        self._recording: dict[str, _Recording] = {}

    def client(self, service: str, *how: Any) -> Any:
        """The recording client of a service; `how` it waits and tries again does not change what it records."""
        if service not in self._recording:
            kind = _RecordingDynamoDB if service == "dynamodb" else _Recording
            self._recording[service] = kind(self, service, self._make(service, *how))
        return self._recording[service]

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """The application's clients record."""
        with patch.object(clients, "_make", self.client):
            yield

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Calls inside are recorded under this name; those outside of every step are not."""
        outer, self._step = self._step, name
        try:
            yield
        finally:
            self._step = outer

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Counts into `waited` the seconds that calls take, with what is read beside them to count them."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.waited += time.perf_counter() - began

    @property
    def recording(self) -> bool:
        return bool(self._step)

    def layout(self, table: str) -> Layout:
        return self._layouts[table]

    def record(self, service: str, operation: str, **facts: Any) -> None:
        self.calls.append(Call(self._step, service, operation, **facts))


class _Recording:
    """A client of any service: every operation counts as one request, or one for each block of its payload."""

    def __init__(self, recorder: Recorder, service: str, real: Any) -> None:
        self._recorder = recorder
        self._service = service
        self._real = real

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._real, name)
        if not callable(value) or name not in self._real.meta.method_to_api_mapping:
            return value

        def call(**arguments: Any) -> Any:
            if not self._recorder.recording:
                return value(**arguments)
            with self._recorder.waiting():
                return self._call(name, value, arguments)

        return call

    def _call(self, operation: str, real: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        payload = arguments.get("MessageBody") or arguments.get("Message")
        size = len(payload.encode()) if isinstance(payload, str) else 0
        requests = max(1, math.ceil(size / PAYLOAD_BLOCK_BYTES))
        moved = len(arguments.get("Body", b""))
        try:
            answer = real(**arguments)
            moved = moved or answer.get("ContentLength", 0)
        finally:
            self._recorder.record(self._service, operation, requests=requests, moved=moved)
        return answer


class _RecordingDynamoDB(_Recording):
    def _call(self, operation: str, real: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        if unknown := [name for name in _NOT_COUNTED if name in arguments]:
            raise NotCounted(f"{operation} with {', '.join(unknown)}")
        if operation in ("put_item", "update_item", "delete_item"):
            return self._write(operation, real, arguments)
        if operation == "transact_write_items":
            return self._transaction(real, arguments)
        if operation in ("get_item", "batch_get_item", "query"):
            answer = real(**arguments)
            self._recorder.record("dynamodb", operation, read=self._read_cost(operation, arguments, answer))
            return answer
        raise NotCounted(operation)

    def _read_cost(self, operation: str, arguments: dict[str, Any], answer: dict[str, Any]) -> dict[str, Cost]:
        if operation == "batch_get_item":
            return {
                table: batch_get_cost(
                    len(wanted["Keys"]) - len(answer.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])),
                    answer["Responses"].get(table, []),
                    consistent=wanted.get("ConsistentRead", False),
                )
                for table, wanted in arguments["RequestItems"].items()
            }
        consistent = arguments.get("ConsistentRead", False)
        if operation == "get_item":
            return {arguments["TableName"]: get_cost(answer.get("Item"), consistent=consistent)}
        index = arguments.get("IndexName")
        return {arguments["TableName"]: query_cost(answer["Items"], consistent=consistent, index=index)}

    def _write(self, operation: str, real: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        table, before = arguments["TableName"], self._image(arguments)
        try:
            answer = real(**arguments)
        except self._real.exceptions.ConditionalCheckFailedException:
            cost = refused_cost(before, _intended(arguments, before))
            self._recorder.record("dynamodb", operation, written={table: cost}, refused=True)
            raise
        cost = write_cost(self._recorder.layout(table), before, self._image(arguments))
        self._recorder.record("dynamodb", operation, written={table: cost})
        return answer

    def _transaction(self, real: Callable[..., Any], arguments: dict[str, Any]) -> Any:
        actions = [next(iter(action.values())) for action in arguments["TransactItems"]]
        before = [self._image(action) for action in actions]
        try:
            answer = real(**arguments)
        except self._real.exceptions.TransactionCanceledException:
            refused = [
                refused_cost(image, _intended(action, image), transaction=True)
                for action, image in zip(actions, before, strict=True)
            ]
            self._recorder.record("dynamodb", "transact_write_items", written=_by_table(actions, refused), refused=True)
            raise
        costs = [
            write_cost(self._recorder.layout(action["TableName"]), image, self._image(action), transaction=True)
            for action, image in zip(actions, before, strict=True)
        ]
        self._recorder.record("dynamodb", "transact_write_items", written=_by_table(actions, costs))
        return answer

    def _image(self, action: Mapping[str, Any]) -> Image | None:
        """The item of an action as it is now."""
        key = action.get("Key") or self._recorder.layout(action["TableName"]).key_of(action["Item"])
        answer = self._real.get_item(TableName=action["TableName"], Key=key, ConsistentRead=True)
        image: Image | None = answer.get("Item")
        return image


def _by_table(actions: list[dict[str, Any]], costs: list[Cost]) -> dict[str, Cost]:
    written: dict[str, Cost] = {}
    for action, cost in zip(actions, costs, strict=True):
        written[action["TableName"]] = written.get(action["TableName"], Cost()) + cost
    return written


def _intended(action: Mapping[str, Any], before: Image | None) -> Image | None:
    """What a refused action would have written: the item of a put, else what was there (an update's outcome is not
    known without doing it, and a delete writes nothing)."""
    item: Image | None = action.get("Item", before)
    return item
