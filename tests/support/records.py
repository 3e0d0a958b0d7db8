"""What AWS hands to functions: stream records and queue messages, with all the fields of real ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

from boto3.dynamodb.types import TypeSerializer

_numbers = count(1)

STREAM_ARN = "arn:aws:dynamodb:eu-west-3:123456789012:table/{table}/stream/2026-11-23T08:00:00.000"
QUEUE_ARN = "arn:aws:sqs:eu-west-3:123456789012:{queue}"

#: The second argument of a Lambda function.
CONTEXT = SimpleNamespace(
    function_name="function", aws_request_id="00000000-0000-4000-8000-000000000000", memory_limit_in_mb=512
)


def stream_record(item: dict[str, Any], *, name: str = "INSERT", table: str = "BriefsTable") -> dict[str, Any]:
    """The record of an item that was written (`name`: INSERT, MODIFY or REMOVE)."""
    number = next(_numbers)
    write = TypeSerializer().serialize
    image = {key: write(value) for key, value in item.items()}
    return {
        "eventID": hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest(),
        "eventName": name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-3",
        "dynamodb": {
            "ApproximateCreationDateTime": datetime.now(UTC).timestamp(),
            "Keys": {key: image[key] for key in ("pk", "sk") if key in image},
            **({} if name == "REMOVE" else {"NewImage": image}),
            "SequenceNumber": f"{number:021d}",
            "SizeBytes": len(json.dumps(image)),
            "StreamViewType": "NEW_IMAGE",
        },
        "eventSourceARN": STREAM_ARN.format(table=table),
    }


def stream_event(*items: dict[str, Any], table: str = "BriefsTable") -> dict[str, Any]:
    return {"Records": [stream_record(item, table=table) for item in items]}


def queue_record(body: object, *, queue: str = "queue", attributes: dict[str, str] | None = None) -> dict[str, Any]:
    """One message; a body that is not text is sent as JSON."""
    number = next(_numbers)
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return {
        "messageId": f"00000000-0000-4000-8000-{number:012d}",
        "receiptHandle": f"receipt-{number}",
        "body": text,
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": "1795420800000",
            "SenderId": "AIDAEXAMPLE",
            "ApproximateFirstReceiveTimestamp": "1795420800001",
        },
        "messageAttributes": {
            name: {"stringValue": value, "dataType": "String"} for name, value in (attributes or {}).items()
        },
        "md5OfBody": hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": QUEUE_ARN.format(queue=queue),
        "awsRegion": "eu-west-3",
    }


def queue_event(*bodies: object, queue: str = "queue") -> dict[str, Any]:
    return {"Records": [queue_record(body, queue=queue) for body in bodies]}


def envelope(item: dict[str, Any]) -> str:
    """An event item as the relay puts it on the topic."""
    names = (
        "event_id",
        "event_type",
        "schema_version",
        "aggregate_id",
        "aggregate_version",
        "occurred_at",
        "correlation_id",
        "payload",
    )
    return json.dumps({name: item[name] for name in names}, default=int, ensure_ascii=False)


def tick() -> dict[str, Any]:
    """What a schedule sends."""
    return {
        "version": "0",
        "id": f"00000000-0000-4000-9000-{next(_numbers):012d}",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": "2026-11-23T08:00:00Z",
        "region": "eu-west-3",
        "resources": ["arn:aws:events:eu-west-3:123456789012:rule/tick"],
        "detail": {},
    }


def only_events(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in items if str(item["sk"]).startswith("EVENT#")]
