"""Which refusals of DynamoDB pass by themselves, which mean a condition, which are ours to mend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from chalicelib.platform import parking, queues, table
from chalicelib.platform.errors import Retryable, WrongCursor
from chalicelib.platform.outbox import Envelope
from chalicelib.platform.table import NEW, ConditionFailed, Delete, Put, Table, Update, decode_value
from tests.support.environment import variables


def refusal(code: str, *reasons: str | None) -> ClientError:
    response: Any = {"Error": {"Code": code, "Message": "no"}}
    if reasons:
        response["CancellationReasons"] = [{"Code": reason or "None"} for reason in reasons]
    return ClientError(response, "operation")


class Aws:
    """A client whose every operation fails or answers as told."""

    def __init__(self, outcome: Exception | dict[str, Any]) -> None:
        self.outcome = outcome
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def call(**arguments: Any) -> Any:
            self.calls.append((operation, arguments))
            if isinstance(self.outcome, Exception):
                raise self.outcome
            return self.outcome

        return call


@pytest.fixture
def aws_answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | dict[str, Any]], Aws]:
    def answer(outcome: Exception | dict[str, Any]) -> Aws:
        fake = Aws(outcome)
        monkeypatch.setattr(table, "client", lambda _: fake)
        monkeypatch.setattr(queues, "client", lambda _: fake)
        return fake

    return answer


PASSING: list[Exception] = [
    refusal("ThrottlingException"),
    refusal("ProvisionedThroughputExceededException"),
    refusal("InternalServerError"),
    EndpointConnectionError(endpoint_url="http://127.0.0.1"),
    ReadTimeoutError(endpoint_url="http://127.0.0.1"),
]


@pytest.mark.parametrize("error", PASSING, ids=repr)
def test_an_outage_or_a_throttle_is_retryable(error: Exception, aws_answers: Any) -> None:
    aws_answers(error)
    with pytest.raises(Retryable):
        Table("t").get("a", "b")
    with pytest.raises(Retryable):
        Table("t").write(Put({"pk": "a", "sk": "b"}))
    with pytest.raises(Retryable):
        Table("t").write(Put({"pk": "a", "sk": "b"}), Delete("a", "c"))


def test_a_refused_condition_says_which_action_refused(aws_answers: Any) -> None:
    aws_answers(refusal("TransactionCanceledException", None, "ConditionalCheckFailed"))
    with pytest.raises(ConditionFailed) as refused:
        Table("t").write(Put({"pk": "a", "sk": "b"}), Put({"pk": "c", "sk": "d"}, condition=NEW))
    assert refused.value.failed == (1,)


def test_a_refused_condition_of_a_single_write_is_told_the_same_way(aws_answers: Any) -> None:
    aws_answers(refusal("ConditionalCheckFailedException"))
    with pytest.raises(ConditionFailed):
        Table("t").write(Put({"pk": "a", "sk": "b"}, condition=NEW))


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError"])
def test_two_transactions_that_meet_are_retryable(reason: str, aws_answers: Any) -> None:
    aws_answers(refusal("TransactionCanceledException", reason, None))
    with pytest.raises(Retryable):
        Table("t").write(Put({"pk": "a", "sk": "b"}), Delete("a", "c"))


def test_what_no_retry_mends_is_not_called_retryable(aws_answers: Any) -> None:
    aws_answers(refusal("AccessDeniedException"))
    with pytest.raises(ClientError):
        Table("t").get("a", "b")
    aws_answers(refusal("TransactionCanceledException", "ValidationError", None))
    with pytest.raises(ClientError):
        Table("t").write(Put({"pk": "a", "sk": "b"}), Delete("a", "c"))


def test_a_position_that_someone_made_up_is_the_callers_mistake(aws_answers: Any) -> None:
    aws_answers(refusal("ValidationException"))
    with pytest.raises(WrongCursor):
        Table("t").query("a", position={"foo": "bar"})
    with pytest.raises(ClientError):
        Table("t").query("a")


def test_a_transaction_is_never_split(aws_answers: Any) -> None:
    fake = aws_answers({})
    with pytest.raises(ValueError, match="101 actions"):
        Table("t").write(*(Put({"pk": "a", "sk": str(number)}) for number in range(101)))
    assert fake.calls == []


def test_reads_of_the_table_are_consistent_and_reads_of_an_index_cannot_be(aws_answers: Any) -> None:
    fake = aws_answers({"Items": []})
    Table("t").query("a", prefix="CREDIT#", limit=3)
    Table("t").query("a", index="due", hash_key="due_pk", range_key="due_at", up_to="2026")
    (_, own), (_, index) = fake.calls
    assert own["ConsistentRead"] is True
    assert own["KeyConditionExpression"] == "#h = :h AND begins_with(#r, :prefix)"
    assert own["Limit"] == 3
    assert "ConsistentRead" not in index
    assert index["KeyConditionExpression"] == "#h = :h AND #r <= :up_to"
    assert index["ExpressionAttributeNames"] == {"#h": "due_pk", "#r": "due_at"}


def test_a_range_has_one_bound_or_both(aws_answers: Any) -> None:
    fake = aws_answers({"Items": []})
    Table("t").query("a", since="DELTA#1")
    Table("t").query("a", since="DELTA#1", up_to="DELTA#~")
    (_, from_there), (_, between) = fake.calls
    assert from_there["KeyConditionExpression"] == "#h = :h AND #r >= :since"
    assert between["KeyConditionExpression"] == "#h = :h AND #r BETWEEN :since AND :up_to"
    assert between["ExpressionAttributeValues"][":up_to"] == {"S": "DELTA#~"}


def test_an_update_carries_its_condition_and_values(aws_answers: Any) -> None:
    fake = aws_answers({})
    Table("t").write(Update("a", "b", "SET x = :x", condition="#v = :v", names={"#v": "version"}, values={":x": 1}))
    assert fake.calls == [
        (
            "update_item",
            {
                "TableName": "t",
                "Key": {"pk": {"S": "a"}, "sk": {"S": "b"}},
                "UpdateExpression": "SET x = :x",
                "ConditionExpression": "#v = :v",
                "ExpressionAttributeNames": {"#v": "version"},
                "ExpressionAttributeValues": {":x": {"N": "1"}},
            },
        )
    ]


def test_values_come_back_as_they_were() -> None:
    item = {"M": {"a": {"L": [{"N": "3"}, {"NULL": True}, {"BOOL": False}, {"S": "x"}]}}}
    assert decode_value(item) == {"a": [3, None, False, "x"]}


ENVELOPE = Envelope("e-1", "brief.published", 1, "b-1", 2, "2026-11-23T08:00:00.000Z", "", {"brief_id": "b-1"})


@pytest.mark.parametrize("error", [refusal("AccessDenied"), EndpointConnectionError(endpoint_url="http://x")], ids=repr)
def test_a_message_that_cannot_be_sent_is_not_lost(error: Exception, aws_answers: Any) -> None:
    aws_answers(error)
    with variables():
        for send in (
            lambda: queues.publish(ENVELOPE),
            lambda: queues.send("url", {}),
            lambda: parking.park(consumer="c", reason="r", event_id="e", record={}),
        ):
            with pytest.raises(Retryable):
                send()


def test_an_event_is_published_with_the_type_that_subscriptions_filter_on(aws_answers: Any) -> None:
    fake = aws_answers({})
    with variables():
        queues.publish(ENVELOPE)
    ((operation, arguments),) = fake.calls
    assert operation == "publish"
    assert Envelope.from_json(arguments["Message"]) == ENVELOPE
    assert arguments["MessageAttributes"] == {"event_type": {"DataType": "String", "StringValue": "brief.published"}}
