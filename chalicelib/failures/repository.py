"""The table of failures as administrators see and change it. `platform/parking.py` draws its keys and writes what
handlers park; here are the rest:

FAILURE#failure_id / FAILURE   index by_status: STATUS#status / updated_at (all but the record itself);
                               index due while a replay is owed or runs: DUE#replay / due_at
FAILURE#failure_id / EVENT#ulid  what administrators did about it
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, get_args

from chalicelib.failures.errors import TakenMeanwhile
from chalicelib.failures.models import SETTLED, Dismissal, Failure, Filter, Replay, Status
from chalicelib.platform.outbox import event_item
from chalicelib.platform.parking import failure_key, status_key
from chalicelib.platform.table import ConditionFailed, Item, Table, Update
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.retention import SETTLED_FAILURES

#: What has its history here → what its partition begins with.
HISTORIES = {"failure": ("FAILURE#",)}

#: How long a failure is remembered once it is settled. One that waits is kept until somebody settles it.
KEPT = SETTLED_FAILURES

#: Entries of the index that one call looks at, at most, for the few that fit a filter.
LOOKED_AT = 5000

_DUE = "DUE#replay"

#: What this side writes; the rest is the consumer's, and stays as it was parked.
_OURS = ("status", "reason", "updated_at", "replays", "version")
_SOMETIMES = ("due_at", "dismissal", "due_pk", "expires_at")


class FailureRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def failure(self, failure_id: str) -> Failure | None:
        item = self._item(failure_id)
        return _failure(item) if item else None

    def record(self, failure_id: str) -> dict[str, Any] | None:
        item = self._item(failure_id)
        return json.loads(item["record"]) if item else None

    def change(self, before: Failure, after: Failure, fact: Fact | None, now: datetime) -> None:
        """`fact`: what somebody did, None for what runs by itself. Raises TakenMeanwhile unless the failure is still as
        it was read."""
        values = _written(after)
        gone = [name for name in _SOMETIMES if name not in values]
        expression = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
        if gone:
            expression += " REMOVE " + ", ".join(f"#{name}" for name in gone)
        key = failure_key(after.failure_id)
        update = Update(
            key["pk"],
            key["sk"],
            expression,
            condition="#version = :read",
            names={f"#{name}": name for name in (*values, *gone)},
            values={**{f":{name}": value for name, value in values.items()}, ":read": before.version},
        )
        try:
            self._table.write(
                update, *([event_item(key["pk"], fact, aggregate_version=after.version, now=now)] if fact else [])
            )
        except ConditionFailed:
            raise TakenMeanwhile from None

    def in_status(
        self, status: Status, wanted: Filter, limit: int, position: Item | None
    ) -> tuple[list[Failure], Item | None]:
        """Newest first."""
        found, position = self._listed(status, _where(wanted), limit, position, forward=False)
        return [_failure(item) for item in found], position

    def replayable(self, wanted: Filter, limit: int) -> list[Failure]:
        """Parked and replayable, oldest first."""
        # The bound is inclusive there: a millisecond less, and it is not.
        before = stamp(wanted.parked_before - timedelta(milliseconds=1)) if wanted.parked_before else None
        found, _ = self._listed("parked", {**_where(wanted), "replayable": True}, limit, None, up_to=before)
        return [_failure(item) for item in found]

    def due(self, now: datetime) -> Iterator[str]:
        """Ids of failures whose replay should have begun, or ended, by now."""
        for item in self._table.query_all(_DUE, index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)):
            yield str(item["failure_id"])

    def about(self, marks: Collection[str]) -> list[str]:
        """Ids of the failures whose record has one of these texts in it, in capitals or not. Reads all that there are:
        they are few, for somebody waits for each."""
        found = []
        for status in get_args(Status):
            for entry in self._table.query_all(status_key(status), index="by_status", hash_key="status_pk"):
                item = self._table.get(str(entry["pk"]), str(entry["sk"]))
                text = str(item["record"]).casefold() if item else ""
                if any(mark.casefold() in text for mark in marks):
                    found.append(str(entry["failure_id"]))
        return found

    def forget(self, failure_ids: Sequence[str]) -> int:
        keys = [failure_key(one) for one in failure_ids]
        return self._table.delete_all([(key["pk"], key["sk"]) for key in keys])

    def _item(self, failure_id: str) -> Item | None:
        key = failure_key(failure_id)
        return self._table.get(key["pk"], key["sk"])

    def _listed(
        self, status: str, where: Item, limit: int, position: Item | None, **narrowed: Any
    ) -> tuple[list[Item], Item | None]:
        found: list[Item] = []
        looked_at = 0
        while looked_at < LOOKED_AT:
            # With a filter DynamoDB counts what it looks at, and gives what fits.
            size = 1000 if where else limit
            page = self._table.query(
                status_key(status),
                index="by_status",
                hash_key="status_pk",
                range_key="updated_at",
                where=where,
                limit=size,
                position=position,
                **narrowed,
            )
            found += page.items
            if len(found) > limit:
                last = found[limit - 1]
                return found[:limit], {name: last[name] for name in ("pk", "sk", "status_pk", "updated_at")}
            position = page.position
            if position is None or len(found) == limit:
                break
            looked_at += size
        return found, position


def _where(wanted: Filter) -> Item:
    where = {"consumer": wanted.consumer, "reason": wanted.reason}
    return {name: value for name, value in where.items() if value is not None}


def _written(failure: Failure) -> Item:
    values: Item = {name: getattr(failure, name) for name in _OURS}
    values["status_pk"] = status_key(failure.status)
    values["replays"] = [
        {name: value for name, value in asdict(replay).items() if value is not None} for replay in failure.replays
    ]
    if failure.due_at is not None:
        values |= {"due_at": failure.due_at, "due_pk": _DUE}
    if failure.dismissal is not None:
        values["dismissal"] = asdict(failure.dismissal)
    if failure.status in SETTLED:
        values["expires_at"] = int((datetime.fromisoformat(failure.updated_at) + KEPT).timestamp())
    return values


def _failure(item: Item) -> Failure:
    fields = {name: item[name] for name in Failure.__slots__ if name in item}
    fields["replays"] = tuple(Replay(**replay) for replay in item.get("replays", []))
    if "dismissal" in item:
        fields["dismissal"] = Dismissal(**item["dismissal"])
    return Failure(**fields)
