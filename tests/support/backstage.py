"""Behind the product's origin, for journeys: what the owner of the AWS account can see and do.

A journey looks here for what no user can cause (a broken record, a delivery that is repeated, a refusal by SES)
or see (what is parked, what is stored).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer

from chalicelib.vocabulary.clock import stamp, utc_now
from infra.local.client import wait_until
from infra.local.deployment import STACK
from infra.local.emulator import REGION
from tests.support.product import LocalProduct

#: Long enough for a message that was sent to be seen on its queue, or by its function.
_SETTLED_SECONDS = 0.6

_QUEUES = (
    "BriefsInboxQueueUrl",
    "ProfilesInboxQueueUrl",
    "CompaniesInboxQueueUrl",
    "VerificationInboxQueueUrl",
    "NotificationsInboxQueueUrl",
    "EmailsQueueUrl",
    "MailFeedbackQueueUrl",
    "ReplaysQueueUrl",
    "VerificationTasksQueueUrl",
)


class Backstage:
    """The account in which a running product is deployed."""

    def __init__(self, product: LocalProduct) -> None:
        self._product = product
        self._session = boto3.Session("test", "test", region_name=REGION)
        self._clients: dict[str, Any] = {}
        self._since = stamp(utc_now())

    def client(self, service: str) -> Any:
        """A boto3 client with every right."""
        if service not in self._clients:
            port = int(self._product.state.gateway_port.read_text())
            self._clients[service] = self._session.client(service, endpoint_url=f"http://127.0.0.1:{port}")
        return self._clients[service]

    @cached_property
    def outputs(self) -> dict[str, str]:
        """The stack's outputs."""
        (stack,) = self.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def images(self, table: str) -> list[dict[str, Any]]:
        """Every item of a table (`table` is its logical id), in DynamoDB's own JSON."""
        pages = self.client("dynamodb").get_paginator("scan").paginate(TableName=self.outputs[f"{table}Name"])
        return [item for page in pages for item in page["Items"]]

    def items(self, table: str) -> list[dict[str, Any]]:
        """Every item of a table as plain values."""
        return [_plain(image) for image in self.images(table)]

    def put_image(self, table: str, image: dict[str, Any]) -> None:
        """Write one item given in DynamoDB's own JSON, past every rule of the application."""
        self.client("dynamodb").put_item(TableName=self.outputs[f"{table}Name"], Item=image)

    def change(self, table: str, pk: str, sk: str, values: dict[str, str]) -> None:
        """Set texts of one item, by the path to each (`lease.until`), past every rule of the application."""
        paths = [path.split(".") for path in values]
        self.client("dynamodb").update_item(
            TableName=self.outputs[f"{table}Name"],
            Key={"pk": {"S": pk}, "sk": {"S": sk}},
            UpdateExpression="SET "
            + ", ".join(f"{'.'.join(f'#{part}' for part in path)} = :v{n}" for n, path in enumerate(paths)),
            ExpressionAttributeNames={f"#{part}": part for path in paths for part in path},
            ExpressionAttributeValues={f":v{n}": {"S": text} for n, text in enumerate(values.values())},
        )

    def remove(self, table: str, pk: str, sk: str) -> None:
        """Take one item away, past every rule of the application."""
        self.client("dynamodb").delete_item(
            TableName=self.outputs[f"{table}Name"], Key={"pk": {"S": pk}, "sk": {"S": sk}}
        )

    def invoke(self, function: str, event: dict[str, Any], times: int = 1) -> list[Any]:
        """Invoke a function (by the name it has in the code) with one event, `times` times at once; returns what
        it answered."""
        name = self._function(function)
        payload = json.dumps(event, default=int).encode()

        def one(_: int) -> Any:
            answer = self.client("lambda").invoke(FunctionName=name, Payload=payload)
            body = answer["Payload"].read()
            assert "FunctionError" not in answer, body
            return json.loads(body)

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(one, range(times)))

    def send(self, queue: str, body: str, times: int = 1) -> None:
        """Put the same message on a queue (`queue` is its logical id), `times` times."""
        for _ in range(times):
            self.client("sqs").send_message(QueueUrl=self.outputs[f"{queue}Url"], MessageBody=body)

    def failures(self) -> list[dict[str, Any]]:
        """What handlers have set aside; the table also keeps what administrators did about it."""
        return [item for item in self.items("FailuresTable") if "failure_id" in item]

    def parked(self, count: int, seconds: float = 30.0) -> list[dict[str, Any]]:
        """At least `count` records that handlers have set aside since this was made, waited for; each with the
        record as it came."""

        def enough() -> list[dict[str, Any]]:
            found = [item for item in self.failures() if item["last_parked_at"] >= self._since]
            return found if len(found) >= count else []

        found: list[dict[str, Any]] = wait_until(enough, seconds, what=f"{count} parked records")
        return [{**item, "record": json.loads(item["record"])} for item in found]

    def settle(self, seconds: float = 30.0) -> None:
        """Wait until nothing is left on the queues of the product's functions, nor being worked on."""
        calm_since: float | None = None

        def calm() -> bool:
            nonlocal calm_since
            now = time.monotonic()
            if any(self._depth(queue) for queue in _QUEUES):
                calm_since = None
            elif calm_since is None:
                calm_since = now
            return calm_since is not None and now - calm_since >= _SETTLED_SECONDS

        wait_until(calm, seconds, 0.1, "the end of work on the queues")

    def dead_letters(self) -> int:
        """Messages that were given up by AWS rather than parked by us."""
        urls = self.client("sqs").list_queues().get("QueueUrls", [])
        return sum(self._depth_at(url) for url in urls if "DeadLetter" in url or "StreamFailures" in url)

    @contextmanager
    def ses_refuses_unknown_addresses(self) -> Iterator[None]:
        """SES as it is in its sandbox: MessageRejected for every recipient that was not verified by hand."""
        self._sandbox(True)
        try:
            yield
        finally:
            self._sandbox(False)

    def _sandbox(self, refuses: bool) -> None:
        self.client("sesv2").put_account_details(
            MailType="TRANSACTIONAL",
            WebsiteURL="https://plotpoint.example",
            ProductionAccessEnabled=not refuses,
        )

    def _function(self, name: str) -> str:
        pages = self.client("lambda").get_paginator("list_functions").paginate()
        (found,) = [
            function["FunctionName"]
            for page in pages
            for function in page["Functions"]
            if function["Handler"].endswith(f".{name}")
        ]
        return str(found)

    def _depth(self, queue: str) -> int:
        return self._depth_at(self.outputs[queue])

    def _depth_at(self, url: str) -> int:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        counts = self.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return sum(int(counts[name]) for name in names)


def stream_event_of(image: dict[str, Any], table_name: str) -> dict[str, Any]:
    """What a stream hands to its readers when this item, in DynamoDB's own JSON, is written."""
    return {
        "Records": [
            {
                "eventID": "5ca1ab1e5ca1ab1e5ca1ab1e5ca1ab1e",
                "eventName": "INSERT",
                "eventVersion": "1.1",
                "eventSource": "aws:dynamodb",
                "awsRegion": REGION,
                "dynamodb": {
                    "ApproximateCreationDateTime": time.time(),
                    "Keys": {name: image[name] for name in ("pk", "sk")},
                    "NewImage": image,
                    "SequenceNumber": "000000000000000000001",
                    "SizeBytes": len(json.dumps(image)),
                    "StreamViewType": "NEW_IMAGE",
                },
                "eventSourceARN": f"arn:aws:dynamodb:{REGION}:000000000000:table/{table_name}/stream/1",
            }
        ]
    }


def _plain(image: dict[str, Any]) -> dict[str, Any]:
    read = TypeDeserializer().deserialize
    return {name: read(value) for name, value in image.items()}
