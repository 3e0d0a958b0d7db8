"""The recording client on DynamoDB as moto plays it: what it saw a call do, and what it leaves alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.counting import Cost, Layout
from benchmarks.recording import Call, NotCounted, Recorder
from chalicelib.platform import clients
from chalicelib.platform.objects import Bucket
from chalicelib.platform.table import NEW, ConditionFailed, Delete, Put, Table, Update
from tests.support.environment import SNAPSHOTS_BUCKET, aws
from tests.support.tables import declared_tables

TABLE = "MatchingTable"
BIG = "x" * 2000


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    layouts = {name: Layout.of(name, declared) for name, declared in declared_tables().items()}
    with aws():
        recorder = Recorder(clients._make, layouts)
        with recorder.in_force():
            yield recorder


def seat(sk: str = "a", **values: Any) -> dict[str, Any]:
    return {"pk": "p", "sk": sk, "profile_pk": "q", "proposed_at": "2026", **values}


def last(recorder: Recorder) -> Call:
    return recorder.calls[-1]


def test_the_application_s_own_table_is_recorded_and_works_as_before(recorder: Recorder) -> None:
    table = Table(TABLE)
    with recorder.step("writing"):
        table.write(Put(seat(text=BIG), condition=NEW))
    assert table.get("p", "a") == seat(text=BIG)
    assert recorder.calls == [
        Call("writing", "dynamodb", "put_item", written={TABLE: Cost(2, {"by_profile": 2})}),
    ]


def test_what_happens_outside_of_a_step_is_done_and_not_recorded(recorder: Recorder) -> None:
    Table(TABLE).write(Put(seat()))
    assert Table(TABLE).get("p", "a") == seat()
    assert recorder.calls == []


def test_an_update_is_counted_from_what_the_item_became(recorder: Recorder) -> None:
    table = Table(TABLE)
    table.write(Put(seat(text=BIG)))
    with recorder.step("updating"):
        table.write(Update("p", "a", "REMOVE profile_pk"))
        assert last(recorder).written == {TABLE: Cost(2, {"by_profile": 2})}
        table.write(Update("p", "a", "SET seated = :no", values={":no": False}))
        assert last(recorder).written == {TABLE: Cost(2)}


def test_a_refused_write_is_charged_and_still_refused(recorder: Recorder) -> None:
    table = Table(TABLE)
    table.write(Put(seat(text=BIG)))
    with recorder.step("again"), pytest.raises(ConditionFailed):
        table.write(Put(seat(), condition=NEW))
    assert last(recorder) == Call("again", "dynamodb", "put_item", written={TABLE: Cost(2)}, refused=True)


def test_a_transaction_is_the_sum_of_its_actions_doubled(recorder: Recorder) -> None:
    table = Table(TABLE)
    table.write(Put(seat("gone")))
    with recorder.step("together"):
        table.write(Put(seat("new", text=BIG)), Put({"pk": "p", "sk": "plain"}), Delete("p", "gone"))
    assert last(recorder).written == {TABLE: Cost(2 * (2 + 1 + 1), {"by_profile": 2 * (2 + 1)})}


def test_a_cancelled_transaction_charges_every_action_on_the_table_alone(recorder: Recorder) -> None:
    table = Table(TABLE)
    table.write(Put(seat()))
    with recorder.step("cancelled"), pytest.raises(ConditionFailed):
        table.write(Put(seat("other")), Put(seat(), condition=NEW))
    assert last(recorder).refused
    assert last(recorder).written == {TABLE: Cost(4)}
    assert table.get("p", "other") is None


def test_reads_are_counted_by_how_they_were_made(recorder: Recorder) -> None:
    table = Table(TABLE)
    for sk in ("a", "b", "c"):
        table.write(Put(seat(sk, text=BIG)))
    with recorder.step("reading"):
        table.get("p", "a")
        table.get("p", "nothing")
        table.get_many([("p", "a"), ("p", "b"), ("p", "nothing")])
        list(table.query_all("p"))
        list(table.query_all("q", index="by_profile", hash_key="profile_pk"))
    assert [call.read[TABLE] for call in recorder.calls] == [
        Cost(1),
        Cost(1),
        Cost(3),
        Cost(2),
        Cost(0, {"by_profile": 1}),
    ]


def test_messages_are_counted_by_begun_blocks_of_64_kilobytes(recorder: Recorder) -> None:
    from chalicelib.platform.queues import send
    from chalicelib.platform.settings import settings

    with recorder.step("sending"):
        send(settings().emails_queue_url, {"text": "short"})
        send(settings().emails_queue_url, {"text": "x" * 70_000})
    assert [(call.service, call.operation, call.requests) for call in recorder.calls] == [
        ("sqs", "send_message", 1),
        ("sqs", "send_message", 2),
    ]


def test_a_call_whose_cost_is_not_known_is_refused_and_not_passed_over(recorder: Recorder) -> None:
    dynamodb = clients.client("dynamodb")
    with recorder.step("scanning"):
        with pytest.raises(NotCounted, match="scan"):
            dynamodb.scan(TableName=TABLE)
        with pytest.raises(NotCounted, match="FilterExpression"):
            dynamodb.query(
                TableName=TABLE,
                KeyConditionExpression="pk = :p",
                FilterExpression="sk = :s",
                ExpressionAttributeValues={":p": {"S": "p"}, ":s": {"S": "s"}},
            )


def test_of_an_object_it_is_known_how_large_it_was_either_way(recorder: Recorder) -> None:
    bucket = Bucket(SNAPSHOTS_BUCKET)
    with recorder.step("objects"):
        bucket.put("candidates/1", b"x" * 300)
        bucket.get("candidates/1")
        bucket.keys("candidates/")
        bucket.get("candidates/missing")
    moved = [(call.operation, call.moved) for call in recorder.calls]
    assert moved == [("put_object", 300), ("get_object", 300), ("list_objects_v2", 0), ("get_object", 0)]


def test_the_time_of_calls_inside_of_steps_is_told_apart(recorder: Recorder) -> None:
    Table(TABLE).write(Put(seat()))
    assert recorder.waited == 0
    began = time.perf_counter()
    with recorder.step("reading"):
        Table(TABLE).get("p", "a")
    assert 0 < recorder.waited < time.perf_counter() - began
