"""Parking what no retry will mend: the record is kept where an administrator finds it, with who could not use it and
why, and the next one goes on.

Handlers write the table of failures and nothing else of it; the context `failures` lists and replays what is here.
Keys and the attributes that both sides know:

FAILURE#failure_id / FAILURE   one record that one consumer could not use; index by_status: STATUS#status / updated_at

A stream image or a message holds ids and neutral values, but a broken one may hold anything: `record` is served to
administrators one by one, is in no index and in no log line, and goes with its failure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.platform.errors import Retryable
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table, Update
from chalicelib.platform.telemetry import count, log
from chalicelib.vocabulary.clock import stamp, utc_now
from chalicelib.vocabulary.ids import id_of

#: An item of DynamoDB holds 400 KB. What is larger is kept without its content, and cannot be replayed.
RECORD_LIMIT_BYTES = 300_000

#: What tells one kind of record from another, and where it stands, when the content is dropped.
_PLACE = ("eventID", "messageId", "eventName", "eventSource", "eventSourceARN")

#: What a failure has while a replay is owed, or once it is over: neither is true of one that is parked.
_SETTLED = ("due_pk", "due_at", "expires_at", "dismissal")

_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_TYPE = re.compile(r"[a-z_]{1,40}\.[a-z_]{1,60}")


@dataclass(frozen=True, slots=True)
class Described:
    """What can be told of a record without trusting it: ids and a type of the usual form, or None."""

    event_id: str | None = None
    event_type: str | None = None
    correlation_id: str | None = None


_NOTHING = Described()


def describe(content: object) -> Described:
    """Of an event's or a task's attributes as plain values; of anything else, nothing."""
    if not isinstance(content, Mapping):
        return _NOTHING

    def formed(name: str, pattern: re.Pattern[str]) -> str | None:
        value = content.get(name)
        return value if isinstance(value, str) and pattern.fullmatch(value) else None

    return Described(formed("event_id", _ID), formed("event_type", _TYPE), formed("correlation_id", _ID))


def failure_key(failure_id: str) -> dict[str, str]:
    return {"pk": f"FAILURE#{failure_id}", "sk": "FAILURE"}


def status_key(status: str) -> str:
    """The partition of the index `by_status`."""
    return f"STATUS#{status}"


def park(
    *,
    consumer: str,
    reason: str,
    event_id: str,
    record: Mapping[str, Any],
    described: Described = _NOTHING,
    replayable: bool = True,
) -> None:
    """Sets a record aside for an administrator. `record` is what Lambda handed over, so that handing it over again
    is a replay; `event_id` identifies it for this consumer.

    The same record parked again, whatever happened to it meanwhile, is the same failure, open once more, with its
    latest reason and one time more on its count. Raises Retryable when it could not be kept.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    failure_id = id_of(consumer, event_id)
    key, now = failure_key(failure_id), stamp(utc_now())
    text = _text(record)
    kept = len(text.encode()) <= RECORD_LIMIT_BYTES
    values: dict[str, Any] = {
        "failure_id": failure_id,
        "consumer": consumer,
        "reason": reason,
        "event_id": event_id,
        "event_type": described.event_type,
        "correlation_id": described.correlation_id,
        "status": "parked",
        "status_pk": status_key("parked"),
        "updated_at": now,
        "last_parked_at": now,
        "replayable": replayable and kept,
        "record": text if kept else _text(_place(record)),
    }
    values = {name: value for name, value in values.items() if value is not None}
    names = (*values, "first_parked_at", "times_parked", "version", *_SETTLED)
    update = Update(
        key["pk"],
        key["sk"],
        "SET "
        + ", ".join(f"#{name} = :{name}" for name in values)
        + ", #first_parked_at = if_not_exists(#first_parked_at, :updated_at)"
        + ", #times_parked = if_not_exists(#times_parked, :none) + :one"
        # Whoever read the failure before this and writes it afterwards finds it changed.
        + ", #version = if_not_exists(#version, :none) + :one"
        + f" REMOVE {', '.join(f'#{name}' for name in _SETTLED)}",
        names={f"#{name}": name for name in names},
        values={**{f":{name}": value for name, value in values.items()}, ":none": 0, ":one": 1},
    )
    try:
        Table(settings().failures_table).write(update)
    except (BotoCoreError, ClientError) as error:
        # A refusal here is a policy being rolled out or an outage: all of it passes, and the record must not be
        # lost meanwhile.
        raise Retryable("failures_unavailable") from error
    log.error("record_parked", failure_id=failure_id, consumer=consumer, reason=reason, event_id=event_id)
    count("RecordsParked")


def _text(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, default=str)


def _place(record: Mapping[str, Any]) -> dict[str, Any]:
    stream = record.get("dynamodb")
    place = {name: record[name] for name in _PLACE if name in record}
    if isinstance(stream, Mapping):
        place["dynamodb"] = {name: stream[name] for name in ("Keys", "SequenceNumber") if name in stream}
    return place
