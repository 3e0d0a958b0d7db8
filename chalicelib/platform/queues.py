"""Sending to our queues and to the events topic, and parking what no retry will mend."""

from __future__ import annotations

import json
from typing import Any

from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable
from chalicelib.platform.outbox import Envelope
from chalicelib.platform.settings import settings
from chalicelib.platform.telemetry import log

#: SQS refuses bodies over 256 KiB; a parked record keeps its keys and drops the rest when it is larger.
PARKED_BODY_LIMIT = 200_000


def send(queue_url: str, body: dict[str, Any]) -> None:
    """Puts one message on a queue. Raises Retryable when the queue cannot be reached."""
    _call(
        "sqs",
        "send_message",
        QueueUrl=queue_url,
        MessageBody=json.dumps(body, ensure_ascii=False, sort_keys=True),
    )


def publish(envelope: Envelope) -> None:
    """Puts one event on the topic, with its type as the attribute that subscriptions filter on."""
    _call(
        "sns",
        "publish",
        TopicArn=settings().events_topic_arn,
        Message=envelope.to_json(),
        MessageAttributes={"event_type": {"DataType": "String", "StringValue": envelope.event_type}},
    )


def park(*, consumer: str, reason: str, event_id: str, record: object) -> None:
    """Sets a record aside for an administrator, with who could not use it and why, so that the next one goes on.

    `event_id` identifies the record at its source (stream event or message id). Raises Retryable.
    """
    body = json.dumps(record, ensure_ascii=False, default=str)
    if len(body.encode()) > PARKED_BODY_LIMIT:
        body = json.dumps({"dropped": "record larger than a queue message; read it again at its source"})
    send(
        settings().failures_queue_url,
        {"consumer": consumer, "reason": reason, "event_id": event_id, "record": json.loads(body)},
    )
    log.error("record_parked", consumer=consumer, reason=reason, event_id=event_id)


def _call(service: str, operation: str, **arguments: Any) -> None:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        getattr(client(service), operation)(**arguments)
    except (BotoCoreError, ClientError) as error:
        # A refusal here is throttling, an outage or a policy being rolled out: all of them pass, and the
        # message must not be lost meanwhile.
        raise Retryable(f"{service}_unavailable") from error
