"""One bad record never holds up the next; what passes by itself comes back; nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.platform import batches
from chalicelib.platform.batches import BadMessage, each, on_event_queue, on_stream, on_task_queue, on_tick
from chalicelib.platform.errors import Retryable
from chalicelib.platform.outbox import BadEvent, Envelope
from chalicelib.platform.parking import Described
from tests.support.records import envelope, queue_event, stream_record, tick


@pytest.fixture(autouse=True)
def parked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What was set aside, with no queue and no waiting."""
    aside: list[dict[str, Any]] = []
    monkeypatch.setattr(batches, "park", lambda **what: aside.append(what))
    monkeypatch.setattr(batches, "PAUSES", (0.0, 0.0))
    yield aside


@pytest.fixture
def broken_parking(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**what: Any) -> None:
        raise Retryable("sqs_unavailable")

    monkeypatch.setattr(batches, "park", refuse)


def item(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "pk": f"BRIEF#{number}",
        "sk": f"EVENT#{number}",
        "event_id": f"event-{number}",
        "event_type": "brief.published",
        "schema_version": 1,
        "aggregate_id": str(number),
        "aggregate_version": number,
        "occurred_at": "2026-11-23T08:00:00.000Z",
        "correlation_id": "",
        "payload": {"brief_id": str(number)},
    } | changes


def given(*records: dict[str, Any]) -> Any:
    return SimpleNamespace(to_dict=lambda: {"Records": list(records)})


class Handling:
    """A handler that notes what it gets and fails as it is told."""

    def __init__(self, failures: dict[str, list[Exception]] | None = None) -> None:
        self.failures = failures or {}
        self.done: list[str] = []

    def __call__(self, envelope: Envelope) -> None:
        waiting = self.failures.get(envelope.event_id)
        if waiting:
            raise waiting.pop(0) if len(waiting) > 1 else waiting[0]
        self.done.append(envelope.event_id)


def streamed(handle: Callable[[Envelope], None], *records: dict[str, Any]) -> list[str]:
    failures = on_stream("consumer")(handle)(given(*records))["batchItemFailures"]
    return [failure["itemIdentifier"] for failure in failures]


def test_a_poison_record_is_parked_and_the_next_goes_on(parked: list[dict[str, Any]]) -> None:
    handle = Handling({"event-1": [ValueError("Claire Le Goff")]})
    assert streamed(handle, stream_record(item(1)), stream_record(item(2))) == []
    assert handle.done == ["event-2"]
    assert [(one["consumer"], one["reason"]) for one in parked] == [("consumer", "unexpected_ValueError")]


@pytest.mark.parametrize(
    "poison",
    [
        {"eventID": "x", "eventName": "INSERT", "dynamodb": {"Keys": {"sk": {"S": "EVENT#1"}}, "SequenceNumber": "1"}},
        stream_record({**item(1), "payload": "text"}),
        stream_record({key: value for key, value in item(1).items() if key != "event_type"}),
        {
            "eventID": "x",
            "eventName": "INSERT",
            "dynamodb": {
                "Keys": {"sk": {"S": "EVENT#1"}},
                "NewImage": {"event_id": {"N": "not a number"}},
                "SequenceNumber": "1",
            },
        },
    ],
    ids=["no image", "payload of another type", "no type", "undecodable"],
)
def test_a_record_that_is_not_one_of_our_events_is_parked(poison: dict[str, Any], parked: list[dict[str, Any]]) -> None:
    handle = Handling()
    assert streamed(handle, poison, stream_record(item(2))) == []
    assert handle.done == ["event-2"]
    assert len(parked) == 1


def test_a_handler_that_cannot_use_an_event_has_it_parked_with_its_reason(parked: list[dict[str, Any]]) -> None:
    assert streamed(Handling({"event-1": [BadEvent("newer_schema")]}), stream_record(item(1))) == []
    assert parked[0]["reason"] == "newer_schema"
    assert parked[0]["record"]["dynamodb"]["NewImage"]["event_id"] == {"S": "event-1"}


def test_a_failure_that_passes_at_once_is_not_even_noticed(parked: list[dict[str, Any]]) -> None:
    tries = iter([True, True, False])
    done = []

    def handle(envelope: Envelope) -> None:
        if next(tries):
            raise Retryable("dynamodb_busy")
        done.append(envelope.event_id)

    assert streamed(handle, stream_record(item(1))) == []
    assert done == ["event-1"]
    assert parked == []


def test_a_stream_stops_at_the_first_failure_that_lasts_so_that_order_holds(parked: list[dict[str, Any]]) -> None:
    handle = Handling({"event-2": [Retryable("dynamodb_busy")]})
    records = [stream_record(item(number)) for number in (1, 2, 3)]
    assert streamed(handle, *records) == [records[1]["dynamodb"]["SequenceNumber"]]
    assert handle.done == ["event-1"]
    assert parked == []


@pytest.mark.usefixtures("broken_parking")
def test_a_record_that_cannot_even_be_parked_comes_back() -> None:
    record = stream_record(item(1))
    failed = streamed(Handling({"event-1": [ValueError()]}), record, stream_record(item(2)))
    assert failed == [record["dynamodb"]["SequenceNumber"]]


def test_what_is_not_the_insertion_of_an_event_is_passed_over(parked: list[dict[str, Any]]) -> None:
    handle = Handling()
    records = [
        stream_record({"pk": "BRIEF#1", "sk": "BRIEF"}),
        stream_record(item(1), name="MODIFY"),
        stream_record(item(1), name="REMOVE"),
    ]
    assert streamed(handle, *records) == []
    assert handle.done == []
    assert parked == []


def test_each_record_runs_under_its_own_correlation_id() -> None:
    seen = []

    def handle(envelope: Envelope) -> None:
        seen.append(batches.telemetry.correlation_id())

    streamed(handle, stream_record(item(1, correlation_id="abcdef-123456")), stream_record(item(2)))
    assert seen == ["abcdef-123456", ""]


def test_an_event_queue_fails_only_the_messages_that_must_come_back(parked: list[dict[str, Any]]) -> None:
    handle = Handling({"event-1": [Retryable("busy")], "event-2": [KeyError("name")]})
    event = queue_event("not json", *(envelope(item(number)) for number in (1, 2, 3)))
    answer = on_event_queue("consumer")(handle)(SimpleNamespace(to_dict=lambda: event))
    assert answer == {"batchItemFailures": [{"itemIdentifier": event["Records"][1]["messageId"]}]}
    assert handle.done == ["event-3"]
    assert [one["reason"] for one in parked] == ["not_json", "unexpected_KeyError"]


def test_a_task_queue_hands_over_objects_and_parks_the_rest(parked: list[dict[str, Any]]) -> None:
    tasks = []

    def handle(task: dict[str, Any]) -> None:
        if "dedup_key" not in task:
            raise BadMessage("no_dedup_key")
        tasks.append(task)

    event = queue_event("{", [1], {}, {"dedup_key": "k", "correlation_id": 3})
    answer = on_task_queue("consumer")(handle)(SimpleNamespace(to_dict=lambda: event))
    assert answer == {"batchItemFailures": []}
    assert tasks == [{"dedup_key": "k", "correlation_id": 3}]
    assert [one["reason"] for one in parked] == ["not_json", "not_an_object", "no_dedup_key"]


def test_a_tick_that_is_cut_short_waits_for_the_next_one() -> None:
    def handle() -> None:
        raise Retryable("dynamodb_busy")

    on_tick("sweep")(handle)(SimpleNamespace(to_dict=tick))


def test_one_bad_item_of_a_tick_does_not_keep_the_others_waiting() -> None:
    done = []

    def work(number: int) -> None:
        if number == 1:
            raise ValueError
        if number == 2:
            raise Retryable("busy")
        done.append(number)

    each("sweep", [1, 2, 3], work)
    assert done == [3]


def test_what_is_parked_is_the_record_as_it_came_so_that_handing_it_over_again_is_a_replay(
    parked: list[dict[str, Any]],
) -> None:
    record = stream_record(item(1, correlation_id="abcdef-123456"))
    streamed(Handling({"event-1": [ValueError()]}), record)
    assert json.loads(json.dumps(parked[0]["record"])) == record
    assert parked[0]["event_id"] == "event-1"
    assert parked[0]["described"] == Described("event-1", "brief.published", "abcdef-123456")

    mended = Handling()
    assert streamed(mended, parked[0]["record"]) == []
    assert mended.done == ["event-1"]


def test_a_message_is_parked_with_what_replays_it_and_without_the_receipt_of_this_delivery(
    parked: list[dict[str, Any]],
) -> None:
    event = queue_event(envelope(item(1)), "not json", {"dedup_key": "k"})
    on_event_queue("consumer")(Handling({"event-1": [ValueError()]}))(SimpleNamespace(to_dict=lambda: event))
    records = event["Records"]
    assert [one["record"]["body"] for one in parked] == [record["body"] for record in records]
    assert not [one for one in parked if "receiptHandle" in one["record"]]
    assert [one["event_id"] for one in parked] == ["event-1", records[1]["messageId"], records[2]["messageId"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"event_id": "claire@falaise-films.test", "event_type": "Claire Le Goff", "correlation_id": "a b"},
        {"event_id": 7, "event_type": ["brief.published"], "correlation_id": {}},
        {"event_id": "x" * 65, "event_type": "published", "correlation_id": ""},
    ],
    ids=["free text", "other types", "other forms"],
)
def test_a_record_is_described_by_ids_and_codes_alone(changes: dict[str, Any], parked: list[dict[str, Any]]) -> None:
    handle = Handling({str(changes["event_id"]): [ValueError()]})
    record = stream_record(item(1, **changes))
    streamed(handle, record)
    event = queue_event(json.dumps({**json.loads(envelope(item(1))), **changes}))
    on_event_queue("consumer")(handle)(SimpleNamespace(to_dict=lambda: event))
    assert [one["event_id"] for one in parked] == [record["eventID"], event["Records"][0]["messageId"]]
    assert {one["described"] for one in parked} == {Described()}


def test_what_a_task_queue_must_not_do_twice_is_parked_as_not_replayable(parked: list[dict[str, Any]]) -> None:
    def handle(task: dict[str, Any]) -> None:
        raise BadMessage("no_replay_named")

    event = queue_event({})
    on_task_queue("consumer", replayable=False)(handle)(SimpleNamespace(to_dict=lambda: event))
    on_task_queue("consumer")(handle)(SimpleNamespace(to_dict=lambda: event))
    assert [one["replayable"] for one in parked] == [False, True]
