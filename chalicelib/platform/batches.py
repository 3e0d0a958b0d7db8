"""House rules for everything that arrives in batches: stream records, queue messages, ticks.

- One bad record never holds up the next: it is parked with its reason and the batch goes on.
- A failure that passes (`Retryable`) is tried again here, then handed back to AWS as a partial batch failure.
- `app.py` is not imported in the functions that these handlers run in, so logging and error policy live here
  and not in the application's middleware. So does having the words of the trade as they are in force (`words.py`).

A handler receives one `Envelope` (streams, event queues) or one message body (task queues).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from chalicelib.platform import telemetry, words
from chalicelib.platform.errors import Retryable
from chalicelib.platform.outbox import BadEvent, Envelope
from chalicelib.platform.parking import Described, describe, park
from chalicelib.platform.telemetry import log

#: Pauses in seconds before trying again in place: most passing failures (a conflict, a throttle) last less.
PAUSES = (0.05, 0.2)

#: Records per call: enough to catch up quickly, few enough that a retried batch repeats little.
STREAM_BATCH = 25
QUEUE_BATCH = 10

#: Stands where a decorator wants an ARN or a queue that only exists once deployed; `infra/resources.yaml`
#: puts the real one in its place, and a test checks that none is left.
SET_BY_TEMPLATE = "arn:aws:set-by-template:eu-west-3:000000000000:table/pending/stream/pending"
QUEUE_SET_BY_TEMPLATE = "arn:aws:sqs:eu-west-3:000000000000:set-by-template"

Failures = dict[str, list[dict[str, str]]]
AnyItem = TypeVar("AnyItem")


class BadMessage(Exception):
    """A message that is not what its queue carries. Never retried. The message is a code."""


def on_stream(
    consumer: str, *, speaks: bool = True
) -> Callable[[Callable[[Envelope], None]], Callable[[Any], Failures]]:
    """Decorates a handler of event items in a DynamoDB stream (`EVENT#…` inserts; others are passed over). `speaks`:
    whether what it does may need the words of the trade, as they are in force."""

    def decorate(handle: Callable[[Envelope], None]) -> Callable[[Any], Failures]:
        @wraps(handle)
        def run(event: Any) -> Failures:
            if speaks:
                words.renew()
            for record in event.to_dict()["Records"]:
                if not _is_event_insert(record):
                    continue
                failed = _attempt(
                    _Taken(consumer, record, str(record.get("eventID", "unknown")), _image),
                    lambda record=record: handle(  # type: ignore[misc]
                        _followed(Envelope.from_stream_image(record["dynamodb"].get("NewImage")))
                    ),
                )
                if failed:
                    # A shard is read again from the first failure on, so what follows must wait: order holds.
                    return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
            return {"batchItemFailures": []}

        return run

    return decorate


def on_event_queue(consumer: str) -> Callable[[Callable[[Envelope], None]], Callable[[Any], Failures]]:
    """Decorates a handler of events that arrive through the topic and this context's own queue."""

    def decorate(handle: Callable[[Envelope], None]) -> Callable[[Any], Failures]:
        return _queue(consumer, handle, lambda body: _followed(Envelope.from_json(body)))

    return decorate


def on_task_queue(
    consumer: str, *, replayable: bool = True
) -> Callable[[Callable[[dict[str, Any]], None]], Callable[[Any], Failures]]:
    """Decorates a handler of tasks: messages that are JSON objects of our own making. `replayable`: whether what it
    parks may be handed to it again."""

    def decorate(handle: Callable[[dict[str, Any]], None]) -> Callable[[Any], Failures]:
        return _queue(consumer, handle, _task, replayable)

    return decorate


def on_text_queue(consumer: str) -> Callable[[Callable[[str], None]], Callable[[Any], Failures]]:
    """Decorates a handler of messages that somebody else writes, each given as the text it is."""

    def decorate(handle: Callable[[str], None]) -> Callable[[Any], Failures]:
        return _queue(consumer, handle, str)

    return decorate


def on_tick(name: str) -> Callable[[Callable[[], None]], Callable[[Any], None]]:
    """Decorates a scheduled handler. What passes by itself is logged, and the next tick does it again; anything else
    is raised, and rings the function's alarm."""

    def decorate(handle: Callable[[], None]) -> Callable[[Any], None]:
        @wraps(handle)
        def run(event: Any) -> None:
            telemetry.follow(str(event.to_dict().get("id", "")))
            words.renew()
            try:
                handle()
            except Retryable as error:
                log.warning("tick_cut_short", tick=name, reason=str(error))

        return run

    return decorate


def each(name: str, items: Iterable[AnyItem], work: Callable[[AnyItem], None]) -> None:
    """Does the work for every item of a tick; one that fails is logged and looked at again at the next tick."""
    for item in items:
        try:
            work(item)
        except Retryable as error:
            log.warning("item_left_for_next_tick", tick=name, reason=str(error))
        except Exception as error:  # a bug about one item must not keep the others waiting for ever
            log.failure("item_failed", error, tick=name)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A record as it came: `source_id` is the stream's or the queue's own id of it, `content` reads what it carries."""

    consumer: str
    record: dict[str, Any]
    source_id: str
    content: Callable[[Mapping[str, Any]], object]
    replayable: bool = True

    @property
    def described(self) -> Described:
        try:
            return describe(self.content(self.record))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return Described()  # a record that says nothing of itself is one reason to park it

    @property
    def event_id(self) -> str:
        """An event keeps its id through every stream, topic and queue; anything else has its message's."""
        return self.described.event_id or self.source_id


def _queue(
    consumer: str, handle: Callable[[Any], None], read: Callable[[str], Any], replayable: bool = True
) -> Callable[[Any], Failures]:
    @wraps(handle)
    def run(event: Any) -> Failures:
        words.renew()
        failures = []
        for record in event.to_dict()["Records"]:
            failed = _attempt(
                _Taken(consumer, record, record["messageId"], _body, replayable),
                lambda record=record: handle(read(record["body"])),  # type: ignore[misc]
            )
            if failed:
                failures.append({"itemIdentifier": record["messageId"]})
        return {"batchItemFailures": failures}

    return run


def _attempt(taken: _Taken, work: Callable[[], None]) -> bool:
    """Runs the work; True when it must come back later. Parks what no retry will mend."""
    telemetry.follow(None)
    try:
        _patiently(work)
    except Retryable as error:
        log.warning("record_retried_later", consumer=taken.consumer, event_id=taken.event_id, reason=str(error))
        return True
    except (BadEvent, BadMessage) as error:
        return _parked(taken, str(error))
    except Exception as error:  # a bug or an unknown refusal: this record waits for a person, the next goes on
        log.failure("record_failed", error, consumer=taken.consumer, event_id=taken.event_id)
        return _parked(taken, f"unexpected_{type(error).__name__}")
    return False


def _patiently(work: Callable[[], None]) -> None:
    for pause in PAUSES:
        try:
            return work()
        except Retryable:
            time.sleep(pause)
    return work()


def _parked(taken: _Taken, reason: str) -> bool:
    try:
        park(
            consumer=taken.consumer,
            reason=reason,
            event_id=taken.event_id,
            record={name: value for name, value in taken.record.items() if name != "receiptHandle"},
            described=taken.described,
            replayable=taken.replayable,
        )
    except Retryable:
        return True
    return False


def _is_event_insert(record: Mapping[str, Any]) -> bool:
    # The mapping filters on AWS already; records from a replay or another host come unfiltered.
    keys = (record.get("dynamodb") or {}).get("Keys") or {}
    return record.get("eventName") == "INSERT" and str(keys.get("sk", {}).get("S", "")).startswith("EVENT#")


def _image(record: Mapping[str, Any]) -> object:
    return {name: value.get("S") for name, value in record["dynamodb"].get("NewImage", {}).items()}


def _body(record: Mapping[str, Any]) -> object:
    return json.loads(record["body"])


def _followed(envelope: Envelope) -> Envelope:
    telemetry.follow(envelope.correlation_id)
    return envelope


def _task(body: str) -> dict[str, Any]:
    try:
        task = json.loads(body)
    except ValueError:
        raise BadMessage("not_json") from None
    if not isinstance(task, dict):
        raise BadMessage("not_an_object")
    telemetry.follow(task.get("correlation_id") if isinstance(task.get("correlation_id"), str) else None)
    return task
