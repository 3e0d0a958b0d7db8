"""Sending to our queues and to the events topic."""

from __future__ import annotations

import json
import math
from datetime import timedelta
from typing import Any

from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable
from chalicelib.platform.outbox import Envelope
from chalicelib.platform.settings import settings


def send(queue_url: str, body: dict[str, Any], *, delay: timedelta = timedelta()) -> None:
    """Puts one message on a queue, where it is seen after the delay (whole seconds, rounded up; 900 at most). Raises
    Retryable when the queue cannot be reached."""
    _call(
        "sqs",
        "send_message",
        QueueUrl=queue_url,
        MessageBody=json.dumps(body, ensure_ascii=False, sort_keys=True),
        DelaySeconds=math.ceil(delay.total_seconds()),
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


def _call(service: str, operation: str, **arguments: Any) -> dict[str, Any]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer: dict[str, Any] = getattr(client(service), operation)(**arguments)
    except (BotoCoreError, ClientError) as error:
        # A refusal here is throttling, an outage or a policy being rolled out: all of them pass, and the
        # message must not be lost meanwhile.
        raise Retryable(f"{service}_unavailable") from error
    return answer
