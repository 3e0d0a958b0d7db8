"""Running another function: one call, and what is known of it afterwards."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from chalicelib.platform import clients, functions
from chalicelib.platform.clients import client, forget_clients
from chalicelib.platform.functions import Crashed, NotRun, Unanswered, invoke
from tests.support.environment import variables


class FakeLambda:
    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.calls: list[dict[str, Any]] = []

    def invoke(self, **given: Any) -> Any:
        self.calls.append(given)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def answering(monkeypatch: pytest.MonkeyPatch, answer: Any) -> FakeLambda:
    fake = FakeLambda(answer)
    monkeypatch.setattr(functions, "client", lambda *_given, **_named: fake)
    return fake


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"StatusCode": 200, "Payload": io.BytesIO(text.encode()), **more}


def refused(code: str, status: int) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "Invoke")  # type: ignore[typeddict-item]


def test_a_function_is_handed_its_event_and_its_answer_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = answering(monkeypatch, said('{"batchItemFailures": []}'))
    assert invoke("stack-PlanEmails", {"Records": ["é"]}) == {"batchItemFailures": []}
    [call] = fake.calls
    assert call["FunctionName"] == "stack-PlanEmails"
    assert json.loads(call["Payload"]) == {"Records": ["é"]}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refused("TooManyRequestsException", 429), NotRun),
        (refused("AccessDeniedException", 403), NotRun),
        (refused("ResourceNotFoundException", 404), NotRun),
        (ConnectTimeoutError(endpoint_url="http://x"), NotRun),
        (EndpointConnectionError(endpoint_url="http://x"), NotRun),
        (refused("ServiceException", 500), Unanswered),
        (ReadTimeoutError(endpoint_url="http://x"), Unanswered),
        (said('{"errorMessage": "x"}', FunctionError="Unhandled"), Crashed),
        (said("not json"), Crashed),
    ],
    ids=repr,
)
def test_what_is_known_of_a_call_that_went_wrong(
    answer: Any, expected: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = answering(monkeypatch, answer)
    with pytest.raises(expected):
        invoke("stack-PlanEmails", {})
    assert len(fake.calls) == 1


def test_a_call_is_never_repeated_by_the_sdk_and_waits_longer_than_any_function_lives() -> None:
    forget_clients()
    with variables():
        options = client("lambda", answer_seconds=functions.ANSWER_SECONDS, attempts=1).meta.config
    assert options.retries["total_max_attempts"] == 1
    assert options.read_timeout == functions.ANSWER_SECONDS > 30
    assert clients.READ_TIMEOUT_SECONDS < 30
    forget_clients()
