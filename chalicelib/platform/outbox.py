"""The outbox: a fact is written as an item of the aggregate it happened to, in the same transaction as the
change itself. The table's stream then delivers it; reading the items back is the audit trail and the replay.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from chalicelib.platform import telemetry
from chalicelib.platform.table import Put, decode_value
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import new_id

EVENT_PREFIX = "EVENT#"

AnyFact = TypeVar("AnyFact", bound=Fact)


class BadEvent(Exception):
    """A record that is not one of our events, or one whose content does not fit its type. Never retried."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event under way: what happened to which version of what, when, and the action it follows from."""

    event_id: str
    event_type: str
    schema_version: int
    aggregate_id: str
    aggregate_version: int
    occurred_at: str
    correlation_id: str
    payload: dict[str, Any]

    def to_json(self) -> str:
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> Envelope:
        """Raises BadEvent when the text is not an envelope."""
        try:
            body = json.loads(text)
        except ValueError:
            raise BadEvent("not_json") from None
        return Envelope.from_mapping(body)

    @staticmethod
    def from_mapping(body: object) -> Envelope:
        if not isinstance(body, Mapping):
            raise BadEvent("not_an_object")
        try:
            envelope = Envelope(
                event_id=body["event_id"],
                event_type=body["event_type"],
                schema_version=body["schema_version"],
                aggregate_id=body["aggregate_id"],
                aggregate_version=body["aggregate_version"],
                occurred_at=body["occurred_at"],
                correlation_id=body["correlation_id"],
                payload=body["payload"],
            )
        except KeyError as missing:
            raise BadEvent(f"missing_{missing.args[0]}") from None
        for name, kind in (
            ("event_id", str),
            ("event_type", str),
            ("schema_version", int),
            ("aggregate_id", str),
            ("aggregate_version", int),
            ("occurred_at", str),
            ("correlation_id", str),
            ("payload", dict),
        ):
            if not isinstance(getattr(envelope, name), kind):
                raise BadEvent(f"wrong_type_{name}")
        return envelope

    @staticmethod
    def from_stream_image(image: Mapping[str, Any] | None) -> Envelope:
        """From the `NewImage` of a stream record (DynamoDB's JSON). Raises BadEvent."""
        if not image:
            raise BadEvent("no_image")
        try:
            return Envelope.from_mapping({name: decode_value(value) for name, value in image.items()})
        except BadEvent:
            raise
        except Exception:
            raise BadEvent("undecodable_image") from None

    def read_as(self, fact: type[AnyFact]) -> AnyFact | None:
        """The fact, when the envelope carries this type; None for another type, which is not for this reader.

        Raises BadEvent when the payload does not fit, or comes in a newer schema than this code knows.
        """
        if self.event_type != fact.event_type:
            return None
        if self.schema_version > fact.schema_version:
            raise BadEvent("newer_schema")
        try:
            return fact.model_validate(self.payload)
        except ValidationError:
            raise BadEvent("payload_does_not_fit") from None


def event_month(moment: datetime) -> str:
    """The month (UTC) under which the facts of a table are found by their time."""
    return f"{moment.astimezone(UTC):%Y-%m}"


def event_item(pk: str, fact: Fact, *, aggregate_version: int, now: datetime) -> Put:
    """The write that publishes the fact, and keeps it with who did it (`journal.py`); give it to the transaction that
    makes it true."""
    event_id, actor = new_id(now), telemetry.acting()
    return Put(
        {
            **({"actor_sub": actor} if actor else {}),
            "event_month": event_month(now),
            "pk": pk,
            "sk": f"{EVENT_PREFIX}{event_id}",
            "event_id": event_id,
            "event_type": fact.event_type,
            "schema_version": fact.schema_version,
            "aggregate_id": fact.aggregate_id,
            "aggregate_version": aggregate_version,
            "occurred_at": stamp(now),
            "correlation_id": telemetry.correlation_id(),
            "payload": fact.model_dump(mode="json"),
        }
    )
