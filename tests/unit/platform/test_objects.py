"""Whole objects in and out of a bucket; which refusals of S3 pass by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, IncompleteReadError

from chalicelib.platform import objects
from chalicelib.platform.errors import Retryable
from chalicelib.platform.objects import Bucket

BUCKET = Bucket("a-bucket")


def refusal(code: str, status: int) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "operation")


class S3:
    """Each operation fails, or answers with the next of the answers."""

    def __init__(self, outcome: Exception | list[Any]) -> None:
        self.outcome = outcome
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def call(**arguments: Any) -> Any:
            self.calls.append((operation, arguments))
            if isinstance(self.outcome, Exception):
                raise self.outcome
            return self.outcome.pop(0)

        return call


@pytest.fixture
def s3_answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | list[Any]], S3]:
    def answer(outcome: Exception | list[Any]) -> S3:
        fake = S3(outcome)
        monkeypatch.setattr(objects, "client", lambda *_, **__: fake)
        return fake

    return answer


class CutShort:
    def read(self) -> bytes:
        raise IncompleteReadError(actual_bytes=3, expected_bytes=9)


def test_an_object_that_is_not_there_is_none(s3_answers: Any) -> None:
    s3_answers(refusal("NoSuchKey", 404))
    assert BUCKET.get("a/1") is None


@pytest.mark.parametrize(
    "outcome",
    [
        refusal("SlowDown", 503),
        refusal("InternalError", 500),
        refusal("TooManyRequests", 429),
        EndpointConnectionError(endpoint_url="http://127.0.0.1"),
    ],
)
@pytest.mark.parametrize(
    "call",
    [
        lambda: BUCKET.put("a/1", b"x"),
        lambda: BUCKET.get("a/1"),
        lambda: BUCKET.keys("a/"),
        lambda: BUCKET.delete(["a/1"]),
    ],
)
def test_what_passes_by_itself_is_to_be_tried_again(
    s3_answers: Any, outcome: Exception, call: Callable[[], Any]
) -> None:
    s3_answers(outcome)
    with pytest.raises(Retryable):
        call()


@pytest.mark.parametrize("code", ["AccessDenied", "NoSuchBucket"])
def test_what_is_ours_to_mend_is_raised_as_it_is(s3_answers: Any, code: str) -> None:
    s3_answers(refusal(code, 403 if code == "AccessDenied" else 404))
    with pytest.raises(ClientError):
        BUCKET.get("a/1")


def test_an_object_that_breaks_off_is_to_be_fetched_again(s3_answers: Any) -> None:
    s3_answers([{"Body": CutShort()}])
    with pytest.raises(Retryable):
        BUCKET.get("a/1")


def test_keys_come_page_after_page(s3_answers: Any) -> None:
    fake = s3_answers(
        [
            {"Contents": [{"Key": "a/1"}, {"Key": "a/2"}], "IsTruncated": True, "NextContinuationToken": "more"},
            {"Contents": [{"Key": "a/3"}], "IsTruncated": False},
        ]
    )
    assert BUCKET.keys("a/") == ["a/1", "a/2", "a/3"]
    assert fake.calls[1][1] == {"Bucket": "a-bucket", "Prefix": "a/", "ContinuationToken": "more"}


def test_many_objects_are_deleted_a_thousand_at_a_time_and_none_is_forgotten(s3_answers: Any) -> None:
    fake = s3_answers([{}, {"Errors": [{"Key": "a/1200", "Code": "InternalError"}]}])
    with pytest.raises(Retryable):
        BUCKET.delete([f"a/{number}" for number in range(1500)])
    assert [len(arguments["Delete"]["Objects"]) for _, arguments in fake.calls] == [1000, 500]


def test_deleting_nothing_asks_nothing(s3_answers: Any) -> None:
    fake = s3_answers([])
    BUCKET.delete([])
    assert fake.calls == []
