"""An AWS account in this process (moto) with everything the application needs, and nothing left over between tests."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

from moto import mock_aws

from chalicelib.platform import clients, words
from chalicelib.platform.clients import client
from chalicelib.platform.settings import settings
from chalicelib.platform.signing import forget_key
from tests.support.moto_transactions import quick_transactions
from tests.support.tables import create_tables, declared_tables, variable

REGION = "eu-west-3"
CONTEXTS = (
    "accounts",
    "audit",
    "briefs",
    "companies",
    "conversations",
    "failures",
    "matching",
    "moderation",
    "notifications",
    "privacy",
    "profiles",
    "promise",
    "rates",
    "taxonomy",
    "verification",
    "visibility",
)

SENDER = "Plot Point <bonjour@plot-point.test>"
CONFIGURATION_SET = "mail"
SIGNING_SECRET = "signing"
SNAPSHOTS_BUCKET = "snapshots"
EVIDENCE_BUCKET = "evidence"
ATTACHMENTS_BUCKET = "attachments"
EXPORTS_BUCKET = "exports"

#: Everything but the tables.
VARIABLES = {
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "ENVIRONMENT": "local",
    "EVENTS_TOPIC_ARN": f"arn:aws:sns:{REGION}:123456789012:events",
    "EMAILS_QUEUE_URL": f"https://sqs.{REGION}.amazonaws.com/123456789012/emails",
    "REPLAYS_QUEUE_URL": f"https://sqs.{REGION}.amazonaws.com/123456789012/replays",
    "VERIFICATION_TASKS_QUEUE_URL": f"https://sqs.{REGION}.amazonaws.com/123456789012/verification_tasks",
    "ERASURES_QUEUE_URL": f"https://sqs.{REGION}.amazonaws.com/123456789012/erasures",
    "USER_POOL_ID": f"{REGION}_testing",
    "USER_POOL_CLIENT_ID": "testing-client",
    "SIGNING_SECRET_ARN": SIGNING_SECRET,
    "SES_CONFIGURATION_SET": CONFIGURATION_SET,
    "MAIL_SENDER": SENDER,
    "SNAPSHOTS_BUCKET": SNAPSHOTS_BUCKET,
    "EVIDENCE_BUCKET": EVIDENCE_BUCKET,
    "ATTACHMENTS_BUCKET": ATTACHMENTS_BUCKET,
    "EXPORTS_BUCKET": EXPORTS_BUCKET,
    "SITE_URL": "https://plot-point.test",
    "FILES_URL": "https://plot-point.test/files",
    "UPDATE_EMAIL_MINUTES": "15",
    # Tests run at any hour, and each looks at what it is about.
    "QUIET_FROM_HOUR": "0",
    "QUIET_UNTIL_HOUR": "0",
    "DAILY_EMAIL_CEILING": "0",
    # Nobody listens there: what asks public sources is told by a test who answers, or finds no network.
    "SOURCE_ADDRESSES": json.dumps(dict.fromkeys(("wikidata", "databnf", "registry"), "http://127.0.0.1:9")),
    "LOG_LEVEL": "INFO",
}


@contextmanager
def variables(**more: str) -> Iterator[None]:
    """The environment a function runs in, and settings and services built from it alone."""
    tables = {variable(logical_id): logical_id for logical_id in declared_tables()}
    with patch.dict(os.environ, {**VARIABLES, **tables, **more}):
        forget()
        try:
            yield
        finally:
            forget()


@contextmanager
def aws(*, quick: bool = False) -> Iterator[None]:
    """The account, empty: tables, queues, topic, a verified sender. `quick`: with tables that are not moto's and some
    hundred times quicker (`quick_tables.py`), for tests about what is in them and not about how they keep it."""
    with mock_aws(), quick_tables() if quick else quick_transactions(), variables():
        create_tables()
        for queue in ("emails", "replays", "verification_tasks", "erasures"):
            client("sqs").create_queue(QueueName=queue)
        for bucket in (SNAPSHOTS_BUCKET, EVIDENCE_BUCKET, EXPORTS_BUCKET, ATTACHMENTS_BUCKET):
            client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        client("sns").create_topic(Name="events")
        client("ses").verify_email_identity(EmailAddress="bonjour@plot-point.test")
        client("secretsmanager").create_secret(Name=SIGNING_SECRET, SecretString="a key of the tests alone")
        client("ses").create_configuration_set(ConfigurationSet={"Name": CONFIGURATION_SET})
        yield


@contextmanager
def quick_tables() -> Iterator[None]:
    """While it lasts, DynamoDB is a dictionary in this process."""
    from tests.support.quick_tables import QuickTables

    tables, make = QuickTables({}), clients._make

    class Made:
        def __call__(self, service: str, answer_seconds: int, attempts: int) -> Any:
            return tables if service == "dynamodb" else make(service, answer_seconds, attempts)

        cache_clear = staticmethod(make.cache_clear)

    with patch.object(clients, "_make", Made()):
        yield


def forget() -> None:
    """Drops what a process keeps: settings, services, repositories. AWS clients may stay: they talk to whatever
    account is there."""
    settings.cache_clear()
    forget_key()
    words.forget()
    for context in CONTEXTS:
        wiring = importlib.import_module(f"chalicelib.{context}.wiring")
        for made in vars(wiring).values():
            if hasattr(made, "cache_clear") and getattr(made, "__module__", "") == wiring.__name__:
                made.cache_clear()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Lets the application believe that it is that instant."""
    clocks = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("chalicelib.") and "utc_now" in vars(module)
    ]
    patches = [patch.object(module, "utc_now", lambda: moment) for module in clocks]
    forget()
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()
        forget()


def queued(name: str) -> list[str]:
    """The bodies of the messages that wait on a queue, without taking them off."""
    url = os.environ[f"{name.upper()}_QUEUE_URL"]
    bodies: list[str] = []
    while (
        messages := client("sqs")
        .receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0 if not bodies else 1)
        .get("Messages")
    ):
        bodies += [message["Body"] for message in messages]
        if len(messages) < 10:
            break
    return bodies
