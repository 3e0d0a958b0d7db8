"""The product's account in this process without moto: quick tables, and streams, topic, queues and mailbox that hold
what was put there until a test delivers it, in whatever order, late, twice.

Who reads which stream and which queue, and which events reach which queue, is read from `infra/resources.yaml`: what is
added there is delivered here.
"""

# ruff: noqa: N803 (arguments are called as boto3 calls them)
from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from botocore.exceptions import ClientError
from chalice.app import ScheduledEventConfig

from chalicelib.platform import clients
from chalicelib.platform.outbox import Envelope
from tests.support.environment import SIGNING_SECRET, variables
from tests.support.quick_tables import Image, QuickTables
from tests.support.records import CONTEXT, queue_record, tick
from tests.support.tables import declared_resources, declared_tables

Handler = Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail as it was handed over: to whom, and every byte of it."""

    to: str
    raw: bytes


@dataclass(slots=True)
class Clock:
    """The product's time: it stands still until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


class HandedBack(AssertionError):
    """A function says that it cannot deal with a record now: what no test expects that has killed nothing."""


@dataclass
class QuickAccount:
    """`tables` may be put back to an earlier `state`; the rest begins empty."""

    clock: Clock
    tables: QuickTables
    people: dict[str, str] = field(default_factory=dict)
    """Account → its address."""
    disabled: set[str] = field(default_factory=set)
    """Accounts that nobody signs in to any more."""
    letters: list[Letter] = field(default_factory=list)
    _streams: dict[str, list[Image]] = field(default_factory=dict)
    _queues: dict[str, list[str]] = field(default_factory=dict)
    _objects: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tables.on_insert = self._streamed

    def empty(self) -> None:
        """Nothing on its way, nothing in the mailbox."""
        self.letters.clear()
        self._streams.clear()
        self._queues.clear()
        self._objects.clear()

    def stored(self) -> Iterator[tuple[str, bytes]]:
        """Where, and what: every item of every table, every object of every bucket, every message of every queue."""
        for table in self.tables.state():
            for image in self.tables.images(table):
                yield f"{table} {image['pk']['S']} {image['sk']['S']}", repr(image).encode()
        for (bucket, key), content in self._objects.items():
            yield f"{bucket} {key}", key.encode() + content
        for queue, messages in self._queues.items():
            for message in messages:
                yield queue, message.encode()

    def put_object(self, bucket: str, key: str, content: bytes) -> None:
        self._objects[bucket, key] = content

    # ---- deliveries

    @property
    def waiting(self) -> list[str]:
        """What has something to deliver: streams' readers and queues by the names of their functions."""
        return sorted(
            name for names in (self._streams, self._queues) for name, records in names.items() if records and name
        )

    def deliver(self, name: str, most: int = 10, *, again: bool = False, order: Random | None = None) -> int:
        """Hands the first records that wait to their function; a stream's in their order, a queue's in any (`order`).
        `again`: they are delivered, and left to be delivered once more. How many they were."""
        source = self._streams if name in self._streams else self._queues
        waiting = source[name]
        if order is not None and source is self._queues:
            order.shuffle(waiting)
        records: Sequence[Any] = waiting[:most]
        if not again:
            del waiting[:most]
        stream = source is self._streams
        event = {"Records": [_stream_record(one) if stream else queue_record(one) for one in records]}
        answer = function(name)(event, CONTEXT)
        if answer != {"batchItemFailures": []}:
            raise HandedBack(name, answer)
        return len(records)

    def settle(self) -> None:
        """Delivers until nothing waits."""
        while waiting := self.waiting:
            for name in waiting:
                self.deliver(name, 25)

    def sweep(self) -> None:
        """Every schedule, once."""
        for name in schedules():
            function(name)(tick(), CONTEXT)

    def _streamed(self, table: str, image: Image) -> None:
        if image["sk"]["S"].startswith("EVENT#"):
            for reader in readers()[table]:
                self._streams.setdefault(reader, []).append(image)

    # ---- the services' clients

    def client(self, service: str) -> Any:
        if service == "dynamodb":
            return self.tables
        return SimpleNamespace(
            **{
                "sqs": {"send_message": self._send_message},
                "sns": {"publish": self._publish},
                "sesv2": {"send_email": self._send_email},
                "secretsmanager": {"get_secret_value": self._secret},
                "cognito-idp": {
                    "admin_get_user": self._account,
                    "list_users_in_group": self._group,
                    "admin_disable_user": self._disable,
                    "admin_user_global_sign_out": self._known,
                    "admin_delete_user": self._delete_account,
                },
                "s3": {
                    "get_object": self._get_object,
                    "put_object": self._put_object,
                    "list_objects_v2": self._list_objects,
                    "delete_objects": self._delete_objects,
                    "generate_presigned_post": self._form,
                    "generate_presigned_url": self._link,
                },
            }[service]
        )

    def _send_message(self, *, QueueUrl: str, MessageBody: str, DelaySeconds: int = 0) -> dict[str, Any]:
        name = QueueUrl.rpartition("/")[2].title().replace("_", "")
        self._queues.setdefault(takers()[f"{name}Queue"], []).append(MessageBody)
        return {"MessageId": "1"}

    def _publish(self, *, TopicArn: str, Message: str, MessageAttributes: dict[str, Any]) -> dict[str, Any]:
        kind = MessageAttributes["event_type"]["StringValue"]
        assert kind == Envelope.from_json(Message).event_type
        for taker, kinds in subscriptions().items():
            if kind in kinds:
                self._queues.setdefault(taker, []).append(Message)
        return {"MessageId": "1"}

    def _send_email(
        self,
        *,
        FromEmailAddress: str,
        Destination: dict[str, list[str]],
        ConfigurationSetName: str,
        Content: dict[str, Any],
        EmailTags: list[dict[str, str]],
    ) -> dict[str, Any]:
        content = Content["Simple"]
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"] = FromEmailAddress, ", ".join(Destination["ToAddresses"])
        message["Subject"] = content["Subject"]["Data"]
        for header in content.get("Headers", ()):
            message[header["Name"]] = header["Value"]
        message["X-SES-CONFIGURATION-SET"] = ConfigurationSetName
        message["X-SES-MESSAGE-TAGS"] = ", ".join(f"{one['Name']}={one['Value']}" for one in EmailTags)
        message.set_content(content["Body"]["Text"]["Data"])
        message.add_alternative(content["Body"]["Html"]["Data"], subtype="html")
        raw = message.as_bytes()
        self.letters += [Letter(address, raw) for address in Destination["ToAddresses"]]
        return {"MessageId": f"message-{len(self.letters)}"}

    def _secret(self, *, SecretId: str) -> dict[str, str]:
        assert SecretId == SIGNING_SECRET
        return {"SecretString": "a key of the tests alone"}

    def _account(self, *, UserPoolId: str, Username: str) -> dict[str, Any]:
        by_address = {address: sub for sub, address in self.people.items()}
        sub = Username if Username in self.people else by_address.get(Username)
        if sub is None:
            raise ClientError({"Error": {"Code": "UserNotFoundException", "Message": ""}}, "AdminGetUser")
        return {
            "UserAttributes": [{"Name": "sub", "Value": sub}, {"Name": "email", "Value": self.people[sub]}],
        }

    def _known(self, *, UserPoolId: str, Username: str) -> dict[str, Any]:
        if Username not in self.people:
            raise ClientError({"Error": {"Code": "UserNotFoundException", "Message": ""}}, "Admin")
        return {}

    def _disable(self, *, UserPoolId: str, Username: str) -> dict[str, Any]:
        self._known(UserPoolId=UserPoolId, Username=Username)
        self.disabled.add(Username)
        return {}

    def _delete_account(self, *, UserPoolId: str, Username: str) -> dict[str, Any]:
        self._known(UserPoolId=UserPoolId, Username=Username)
        del self.people[Username]
        return {}

    def _form(self, *, Bucket: str, Key: str, **_more: Any) -> dict[str, Any]:
        return {"url": f"https://{Bucket}.test", "fields": {"key": Key}}

    def _link(self, *, ClientMethod: str, Params: dict[str, Any], ExpiresIn: int) -> str:
        return f"https://{Params['Bucket']}.test/{Params['Key']}?seconds={ExpiresIn}"

    def _group(self, *, UserPoolId: str, GroupName: str) -> dict[str, Any]:
        return {"Users": [{"Enabled": True, "UserStatus": "CONFIRMED"}] * 3}

    def _get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:
        if (Bucket, Key) not in self._objects:
            raise ClientError({"Error": {"Code": "NoSuchKey", "Message": ""}}, "GetObject")
        return {"Body": io.BytesIO(self._objects[Bucket, Key])}

    def _put_object(self, *, Bucket: str, Key: str, Body: bytes, **_more: Any) -> dict[str, Any]:
        self._objects[Bucket, Key] = bytes(Body)
        return {}

    def _list_objects(self, *, Bucket: str, Prefix: str) -> dict[str, Any]:
        found = sorted(key for bucket, key in self._objects if bucket == Bucket and key.startswith(Prefix))
        return {"Contents": [{"Key": key} for key in found], "IsTruncated": False}

    def _delete_objects(self, *, Bucket: str, Delete: dict[str, Any]) -> dict[str, Any]:
        for one in Delete["Objects"]:
            self._objects.pop((Bucket, one["Key"]), None)
        return {}


@contextmanager
def quick_account(start: datetime) -> Iterator[QuickAccount]:
    """The account, empty, at that instant; the application's clock is the account's. Ids are the same in each run."""
    import app

    account = QuickAccount(Clock(start), QuickTables(declared_tables()))
    for name in list(sys.modules):
        if name.startswith("chalicelib."):  # what is loaded when first used is loaded now: it is to have this clock
            getattr(sys.modules[name], "__doc__", None)
    assert app.app
    clocks = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("chalicelib.") and "utc_now" in vars(module)
    ]
    with ExitStack() as stack:
        stack.enter_context(patch.object(clients, "_make", _Made(account)))
        stack.enter_context(variables())
        for module in clocks:
            stack.enter_context(patch.object(module, "utc_now", account.clock))
        yield account


class _Made:
    """In the place of the cached maker of clients."""

    def __init__(self, account: QuickAccount) -> None:
        self._account = account

    def __call__(self, service: str, answer_seconds: int, attempts: int) -> Any:
        return self._account.client(service)

    def cache_clear(self) -> None: ...


# ---- who reads what, of `infra/resources.yaml`


@cache
def readers() -> dict[str, list[str]]:
    """Table → the functions that read its stream."""
    found: dict[str, list[str]] = {table: [] for table in declared_tables()}
    for name, source in _sources("Stream"):
        found.setdefault(source, []).append(name)
    return found


@cache
def takers() -> dict[str, str]:
    """Queue → the function that takes its messages."""
    return {queue: name for name, queue in _sources("Queue")}


@cache
def subscriptions() -> dict[str, frozenset[str]]:
    """Function → the types of the events that its queue gets from the topic."""
    found: dict[str, frozenset[str]] = {}
    for resource in declared_resources().values():
        properties = resource.get("Properties", {})
        if resource.get("Type") == "AWS::SNS::Subscription" and "event_type" in properties.get("FilterPolicy", {}):
            queue = properties["Endpoint"]["GetAtt"].removesuffix(".Arn")
            if queue in takers():
                found[takers()[queue]] = frozenset(properties["FilterPolicy"]["event_type"])
    return found


@cache
def schedules() -> list[str]:
    """The functions that the clock starts."""
    import app

    return [one.name for one in app.app.event_sources if isinstance(one, ScheduledEventConfig)]


def _sources(kind: str) -> Iterator[tuple[str, str]]:
    """Function, and the logical id of its stream's table or of its queue. That the template has no function which the
    code has not is looked at elsewhere (`tests/shape`)."""
    for logical_id, resource in declared_resources().items():
        for event in resource.get("Properties", {}).get("Events", {}).values():
            name = _snake(logical_id)
            if isinstance(event, Mapping) and kind in event.get("Properties", {}) and name in _modules():
                yield name, event["Properties"][kind]["GetAtt"].partition(".")[0]


def _snake(name: str) -> str:
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name).removeprefix("_")


@cache
def _modules() -> dict[str, str]:
    """Function → its module."""
    import app

    return {one.name: one.handler_string.rpartition(".")[0] for one in app.app.event_sources}


@cache
def function(name: str) -> Handler:
    """The function of this name, wherever it is."""
    handler: Handler = getattr(importlib.import_module(_modules()[name]), name)
    return handler


def _stream_record(image: Image) -> dict[str, Any]:
    return {
        "eventID": image["event_id"]["S"],
        "eventName": "INSERT",
        "dynamodb": {
            "Keys": {"pk": image["pk"], "sk": image["sk"]},
            "NewImage": image,
            "SequenceNumber": "1",
        },
    }
