"""An event says the same thing written, streamed, relayed and read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from boto3.dynamodb.types import TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform import telemetry
from chalicelib.platform.outbox import BadEvent, Envelope, event_item
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import is_id

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


class ThingDone(Fact):
    event_type: ClassVar[str] = "thing.done"
    schema_version: ClassVar[int] = 2
    thing_id: str
    count: int


class OtherDone(Fact):
    event_type: ClassVar[str] = "other.done"
    other_id: str


FACT = ThingDone(thing_id="t-1", count=3)


def item(**changes: Any) -> dict[str, Any]:
    return event_item("THING#t-1", FACT, aggregate_version=7, now=NOW).item | changes


def read(item: dict[str, Any]) -> Envelope:
    write = TypeSerializer().serialize
    return Envelope.from_stream_image({name: write(value) for name, value in item.items()})


def test_an_event_item_says_what_happened_to_which_version_when_and_after_what() -> None:
    telemetry.follow("action-0001")
    written = item()
    assert written["pk"] == "THING#t-1"
    assert written["sk"] == f"EVENT#{written['event_id']}"
    assert is_id(written["event_id"])
    assert written["aggregate_id"] == "t-1"
    assert written["aggregate_version"] == 7
    assert written["occurred_at"] == "2026-11-23T08:30:00.000Z"
    assert written["correlation_id"] == "action-0001"
    assert written["payload"] == {"thing_id": "t-1", "count": 3}
    telemetry.follow(None)


def test_an_event_item_says_who_did_it_where_somebody_did() -> None:
    telemetry.follow("action-0001")
    assert "actor_sub" not in item()
    assert item()["event_month"] == "2026-11"
    telemetry.act_for("sub-1")
    assert item()["actor_sub"] == "sub-1"
    telemetry.follow("action-0002")
    assert "actor_sub" not in item(), "what begins anew is done by nobody yet"
    telemetry.follow(None)


def test_two_events_of_one_instant_are_two_items() -> None:
    assert item()["sk"] != item()["sk"]


def test_the_fact_comes_out_of_the_stream_and_of_the_topic_as_it_went_in() -> None:
    streamed = read(item())
    assert streamed.read_as(ThingDone) == FACT
    assert Envelope.from_json(streamed.to_json()) == streamed


@given(
    st.builds(
        Envelope,
        event_id=st.text(),
        event_type=st.text(),
        schema_version=st.integers(0, 10**9),
        aggregate_id=st.text(),
        aggregate_version=st.integers(0, 10**9),
        occurred_at=st.text(),
        correlation_id=st.text(),
        payload=st.dictionaries(st.text(), st.none() | st.text() | st.integers(-(10**9), 10**9) | st.booleans()),
    )
)
def test_any_envelope_goes_round_through_json_and_through_a_stream(envelope: Envelope) -> None:
    assert Envelope.from_json(envelope.to_json()) == envelope
    assert read({name: getattr(envelope, name) for name in Envelope.__slots__}) == envelope


def test_another_type_is_not_for_this_reader() -> None:
    assert read(item()).read_as(OtherDone) is None


def test_a_newer_schema_is_refused_and_an_older_one_read() -> None:
    with pytest.raises(BadEvent, match="newer_schema"):
        read(item(schema_version=3)).read_as(ThingDone)
    assert read(item(schema_version=1)).read_as(ThingDone) == FACT


def test_a_field_of_a_later_writer_is_ignored_and_a_missing_one_refused() -> None:
    assert read(item(payload={"thing_id": "t-1", "count": 3, "more": 1})).read_as(ThingDone) == FACT
    with pytest.raises(BadEvent, match="payload_does_not_fit"):
        read(item(payload={"thing_id": "t-1"})).read_as(ThingDone)


@pytest.mark.parametrize("name", Envelope.__slots__)
def test_an_envelope_without_one_of_its_fields_is_refused_by_its_name(name: str) -> None:
    body = json.loads(read(item()).to_json())
    del body[name]
    with pytest.raises(BadEvent, match=f"missing_{name}"):
        Envelope.from_mapping(body)
    with pytest.raises(BadEvent, match=f"wrong_type_{name}"):
        Envelope.from_mapping({**body, name: None})


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '"x"', "null"])
def test_what_is_not_an_envelope_is_refused(text: str) -> None:
    with pytest.raises(BadEvent):
        Envelope.from_json(text)


@pytest.mark.parametrize("image", [None, {}, {"event_id": {"X": "?"}}, {"event_id": "plain"}])
def test_what_is_not_an_image_is_refused(image: Any) -> None:
    with pytest.raises(BadEvent):
        Envelope.from_stream_image(image)


def test_a_bad_event_never_quotes_what_it_carried() -> None:
    with pytest.raises(BadEvent) as refused:
        read(item(payload={"thing_id": "t-1", "count": "Claire Le Goff"})).read_as(ThingDone)
    assert "Claire" not in str(refused.value)
    assert refused.value.__cause__ is None
