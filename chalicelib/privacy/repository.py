"""Keys of the privacy table:

ACCOUNT#sub / STANDING       the day on which an account was last used; index due until it is deleted: DUE#inactivity /
                             due_at; once its deletion was asked for, that it was, and nothing else: a tombstone
ACCOUNT#sub / ERASURE        the erasure; index due while it is to be looked over once more: DUE#erasure / due_at
ACCOUNT#sub / TASK#context   what one context has to do; index due until it has: DUE#task / due_at
ACCOUNT#sub / EXPORT#id      an export that lies in the bucket; index due until it is gone: DUE#export / due_at
ACCOUNT#sub / EVENT#ulid     what happened

An erasure and its tasks are its receipt: ids, counts and dates, gone five years later (TTL).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Item, Put, Table, Update
from chalicelib.privacy.errors import AlreadyRequested, TakenMeanwhile
from chalicelib.privacy.models import Erasure, Standing, Task
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.person import Held
from chalicelib.vocabulary.retention import RECEIPTS

#: What has its history here → what its partition begins with.
HISTORIES = {"account": ("ACCOUNT#",)}


@dataclass(frozen=True, slots=True)
class StoredExport:
    sub: str
    export_id: str
    key: str


class PrivacyRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    # ---- erasures

    def erasure(self, sub: str) -> Erasure | None:
        item = self._table.get(_pk(sub), "ERASURE")
        return _erasure(item) if item else None

    def tasks(self, sub: str) -> list[Task]:
        """By the name of their context."""
        return [_task(item) for item in self._table.query_all(_pk(sub), prefix="TASK#")]

    def task(self, sub: str, context: str) -> Task | None:
        item = self._table.get(_pk(sub), f"TASK#{context}")
        return _task(item) if item else None

    def begin(self, erasure: Erasure, tasks: Sequence[Task], fact: Fact, now: datetime) -> None:
        """All of it is owed, and the account is closed, in one transaction. Raises AlreadyRequested."""
        try:
            self._table.write(
                Put(_erasure_item(erasure), condition=NEW),
                *[Put(_task_item(erasure, task)) for task in tasks],
                Put({"pk": _pk(erasure.sub), "sk": "STANDING", "erasure_id": erasure.erasure_id}),
                event_item(_pk(erasure.sub), fact, aggregate_version=erasure.version, now=now),
            )
        except ConditionFailed:
            raise AlreadyRequested from None

    def end_task(self, erasure: Erasure, before: Task, after: Task) -> None:
        """Raises TakenMeanwhile unless the task is still owed in this round."""
        self._write(_in_place_of(erasure, before, after))

    def complete(self, before: Erasure, after: Erasure, task: tuple[Task, Task], fact: Fact, now: datetime) -> None:
        """The account is gone and nothing of the person is known, in one transaction. Raises TakenMeanwhile."""
        self._write(
            _versioned(before, after),
            _in_place_of(after, *task),
            event_item(_pk(after.sub), fact, aggregate_version=after.version, now=now),
        )

    def begin_again(self, before: Erasure, after: Erasure, tasks: Sequence[Task]) -> None:
        self._write(_versioned(before, after), *[Put(_task_item(after, task)) for task in tasks])

    def settle(self, before: Erasure, after: Erasure, task: tuple[Task, Task]) -> None:
        self._write(_versioned(before, after), _in_place_of(after, *task))

    def due_tasks(self, now: datetime) -> Iterator[tuple[str, str]]:
        """(account, context)."""
        for item in self._due("task", now):
            yield _sub(item), str(item["sk"]).removeprefix("TASK#")

    def due_erasures(self, now: datetime) -> Iterator[str]:
        for item in self._due("erasure", now):
            yield _sub(item)

    # ---- accounts

    def standing(self, sub: str) -> Standing | None:
        """As last written (consistent read)."""
        item = self._table.get(_pk(sub), "STANDING")
        return _standing(sub, item) if item else None

    def touch(self, standing: Standing) -> None:
        """The account was used on that day: once a day, never again once its deletion was asked for."""
        due = standing.next_step
        assert due is not None and standing.last_active_on is not None
        used = Update(
            _pk(standing.sub),
            "STANDING",
            "SET last_active_on = :day, due_pk = :due_pk, due_at = :due_at REMOVE told_months",
            condition="attribute_not_exists(erasure_id)"
            " AND (attribute_not_exists(last_active_on) OR last_active_on < :day)",
            values={
                ":day": standing.last_active_on.isoformat(),
                ":due_pk": "DUE#inactivity",
                ":due_at": stamp(due[1]),
            },
        )
        try:
            self._table.write(used)
        except ConditionFailed:
            return

    def tell(self, before: Standing, after: Standing, fact: Fact, now: datetime) -> None:
        """The account's holder is told, and the next step is due, in one transaction. Raises TakenMeanwhile when the
        account was used, or told of, since."""
        due = after.next_step
        assert due is not None and before.last_active_on is not None
        self._write(
            Put(
                {
                    "pk": _pk(after.sub),
                    "sk": "STANDING",
                    "last_active_on": before.last_active_on.isoformat(),
                    "told_months": after.told_months,
                    "due_pk": "DUE#inactivity",
                    "due_at": stamp(due[1]),
                },
                condition="attribute_not_exists(erasure_id) AND last_active_on = :day"
                " AND (attribute_not_exists(told_months) OR told_months = :told)",
                values={":day": before.last_active_on.isoformat(), ":told": before.told_months},
            ),
            event_item(_pk(after.sub), fact, aggregate_version=after.told_months, now=now),
        )

    def due_accounts(self, now: datetime) -> Iterator[str]:
        for item in self._due("inactivity", now):
            yield _sub(item)

    # ---- exports

    def keep_export(self, sub: str, export_id: str, key: str, until: datetime) -> None:
        self._table.write(
            Put(
                {
                    "pk": _pk(sub),
                    "sk": f"EXPORT#{export_id}",
                    "key": key,
                    "due_pk": "DUE#export",
                    "due_at": stamp(until),
                }
            )
        )

    def exports(self, sub: str) -> list[StoredExport]:
        return [_export(item) for item in self._table.query_all(_pk(sub), prefix="EXPORT#")]

    def due_exports(self, now: datetime) -> Iterator[StoredExport]:
        for item in self._due("export", now):
            yield _export(item)

    def drop_export(self, export: StoredExport) -> None:
        self._table.write(Delete(_pk(export.sub), f"EXPORT#{export.export_id}"))

    def _due(self, what: str, now: datetime) -> Iterator[Item]:
        return self._table.query_all(
            f"DUE#{what}", index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)
        )

    def _write(self, *actions: Action) -> None:
        try:
            self._table.write(*actions)
        except ConditionFailed:
            raise TakenMeanwhile from None


def _pk(sub: str) -> str:
    return f"ACCOUNT#{sub}"


def _sub(item: Item) -> str:
    return str(item["pk"]).removeprefix("ACCOUNT#")


def _present(record: object) -> Item:
    """Its fields that have a value: an index holds what has the attribute."""
    return {name: value for name, value in asdict(record).items() if value is not None}  # type: ignore[call-overload]


def _expires(erasure: Erasure) -> Item:
    if erasure.completed_at is None:
        return {}
    return {"expires_at": int((datetime.fromisoformat(erasure.completed_at) + RECEIPTS).timestamp())}


def _erasure_item(erasure: Erasure) -> Item:
    item = _present(erasure) | {"pk": _pk(erasure.sub), "sk": "ERASURE", "names": list(erasure.names)}
    if erasure.due_at is not None:
        item["due_pk"] = "DUE#erasure"
    return item | _expires(erasure)


def _erasure(item: Item) -> Erasure:
    fields = {name: item[name] for name in Erasure.__slots__ if name in item}
    fields |= {"names": tuple(item["names"])}
    return Erasure(**({"profile_id": None, "company_id": None} | fields))


def _task_item(erasure: Erasure, task: Task) -> Item:
    item = _present(task) | {"pk": _pk(erasure.sub), "sk": f"TASK#{task.context}"}
    item["held"] = [asdict(one) for one in task.held]
    if task.due_at is not None:
        item["due_pk"] = "DUE#task"
    return item | _expires(erasure)


def _task(item: Item) -> Task:
    fields = {name: item[name] for name in Task.__slots__ if name in item}
    return Task(**({"due_at": None} | fields | {"held": tuple(Held(**one) for one in item["held"])}))


def _in_place_of(erasure: Erasure, before: Task, after: Task) -> Put:
    return Put(
        _task_item(erasure, after),
        condition="#r = :round AND attribute_exists(due_at)",
        names={"#r": "round"},
        values={":round": before.round},
    )


def _versioned(before: Erasure, after: Erasure) -> Put:
    return Put(
        _erasure_item(after), condition="#v = :before", names={"#v": "version"}, values={":before": before.version}
    )


def _standing(sub: str, item: Item) -> Standing:
    day = item.get("last_active_on")
    return Standing(
        sub=sub,
        last_active_on=date.fromisoformat(day) if day else None,
        told_months=int(item.get("told_months", 0)),
        erasure_id=item.get("erasure_id"),
    )


def _export(item: Item) -> StoredExport:
    return StoredExport(_sub(item), str(item["sk"]).removeprefix("EXPORT#"), str(item["key"]))
