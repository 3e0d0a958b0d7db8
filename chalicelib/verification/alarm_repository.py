"""Keys of the verification table that alarms lie under:

ALARM#id / ALARM              an alarm; index due until it is over: DUE#alarms / due_at;
                              index queue until it is over: ALARMS / queue_at, when it is to be looked at;
                              afterwards by when it ended: ALARMS#OVER / queue_at
ALARM#id / EVENT#ulid         what happened to it, each fact chained to the one before
ALARM#id / CHAIN              the last of them (`platform/chain.py`)
SUBJECT#kind#id / ALARM#id    that there is one about the subject, and from when until when it is in force, if it is
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from chalicelib.platform.chain import write_chained
from chalicelib.platform.errors import Conflict
from chalicelib.platform.outbox import EVENT_PREFIX, event_item
from chalicelib.platform.table import NEW, ConditionFailed, Delete, Item, Put, Table
from chalicelib.verification.alarms import IN_FORCE, OVER, Alarm
from chalicelib.verification.subjects import Subject
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact

_DUE = "DUE#alarms"
_QUEUE = "ALARMS"
_OVER = "ALARMS#OVER"


class AlarmRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def alarm(self, alarm_id: str) -> Alarm | None:
        item = self._table.get(_pk(alarm_id), "ALARM")
        return Alarm.model_validate(item) if item else None

    def about(self, subject: Subject) -> list[Alarm]:
        ids = [item["alarm_id"] for item in self._table.query_all(_subject_pk(subject), prefix="ALARM#")]
        found = self._table.get_many([(_pk(alarm_id), "ALARM") for alarm_id in ids])
        return sorted((Alarm.model_validate(item) for item in found), key=lambda alarm: alarm.alarm_id)

    def create(self, alarm: Alarm, fact: Fact, now: datetime) -> None:
        try:
            write_chained(self._table, Put(_item(alarm), condition=NEW), _pointer(alarm), _event(alarm, fact, now))
        except ConditionFailed:
            raise Conflict from None

    def save(self, before: Alarm, after: Alarm, fact: Fact, now: datetime) -> None:
        kept = Put(_item(after), condition="#v = :before", names={"#v": "version"}, values={":before": before.version})
        try:
            write_chained(self._table, kept, _pointer(after), _event(after, fact, now))
        except ConditionFailed:
            raise Conflict from None

    def hold(self, alarm: Alarm, until: datetime) -> None:
        """The alarm in the place of itself, until then and no longer (TTL). Raises Conflict when it was changed since
        it was read: this makes no version of it."""
        item = _item(alarm) | {"held_until": stamp(until), "expires_at": int(until.timestamp())}
        try:
            self._table.write(
                Put(item, condition="#v = :v", names={"#v": "version"}, values={":v": alarm.version}),
            )
        except ConditionFailed:
            raise Conflict from None

    def held_until(self, alarm_id: str) -> str | None:
        item = self._table.get(_pk(alarm_id), "ALARM")
        return str(item["held_until"]) if item and "held_until" in item else None

    def forget(self, alarm: Alarm) -> None:
        """What happened to it, by ids, stays."""
        self._table.write(
            Delete(_pk(alarm.alarm_id), "ALARM"), Delete(_subject_pk(alarm.subject), f"ALARM#{alarm.alarm_id}")
        )

    def open(
        self, where: dict[str, Any], limit: int, position: Item | None, due_by: datetime | None = None
    ) -> tuple[list[Alarm], Item | None]:
        page = self._table.query(
            _QUEUE,
            index="queue",
            hash_key="queue_pk",
            range_key="queue_at",
            up_to=stamp(due_by) if due_by else None,
            where=where or None,
            limit=limit,
            position=position,
        )
        return [Alarm.model_validate(item) for item in page.items], page.position

    def over(self, where: dict[str, Any], limit: int, position: Item | None) -> tuple[list[Alarm], Item | None]:
        page = self._table.query(
            _OVER,
            index="queue",
            hash_key="queue_pk",
            range_key="queue_at",
            forward=False,
            where=where or None,
            limit=limit,
            position=position,
        )
        return [Alarm.model_validate(item) for item in page.items], page.position

    def history(self, alarm_id: str) -> list[Item]:
        return list(self._table.query_all(_pk(alarm_id), prefix=EVENT_PREFIX))

    def due(self, now: datetime) -> Iterator[str]:
        found = self._table.query_all(_DUE, index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now))
        for item in found:
            yield str(item["pk"]).removeprefix("ALARM#")


def _pk(alarm_id: str) -> str:
    return f"ALARM#{alarm_id}"


def _subject_pk(subject: Subject) -> str:
    return f"SUBJECT#{subject.kind}#{subject.subject_id}"


def _item(alarm: Alarm) -> Item:
    item = {"pk": _pk(alarm.alarm_id), "sk": "ALARM", **alarm.model_dump(mode="json")}
    if alarm.owed_at is not None:
        item |= {"due_pk": _DUE, "due_at": alarm.owed_at}
    if alarm.state not in OVER:
        item |= {"queue_pk": _QUEUE, "queue_at": alarm.look_at}
    elif alarm.ended_at is not None:
        item |= {"queue_pk": _OVER, "queue_at": alarm.ended_at}
    return item


def _pointer(alarm: Alarm) -> Put:
    item = {"pk": _subject_pk(alarm.subject), "sk": f"ALARM#{alarm.alarm_id}", "alarm_id": alarm.alarm_id}
    if alarm.state in IN_FORCE and alarm.in_force_from and alarm.until:
        item |= {"in_force_from": alarm.in_force_from, "until": alarm.until}
    return Put(item)


def _event(alarm: Alarm, fact: Fact, now: datetime) -> Put:
    return event_item(_pk(alarm.alarm_id), fact, aggregate_version=alarm.version, now=now)
