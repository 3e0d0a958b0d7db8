"""What is set aside is kept once per consumer and record, open until somebody settles it, and never too large."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.platform import parking
from chalicelib.platform.errors import Retryable
from chalicelib.platform.parking import RECORD_LIMIT_BYTES, Described, park
from chalicelib.platform.table import Table
from chalicelib.vocabulary.ids import is_id
from tests.support.records import queue_record, stream_record
from tests.support.tables import rows

pytestmark = pytest.mark.usefixtures("aws")


def the_failure() -> dict[str, Any]:
    [row] = rows("FailuresTable")
    return row


def parked(**changes: Any) -> None:
    given: dict[str, Any] = {
        "consumer": "plan_emails",
        "reason": "not_json",
        "event_id": "event-1",
        "record": queue_record("{"),
        "described": Described("event-1", "brief.published", "abcdef-123456"),
    }
    park(**given | changes)


def test_a_record_is_kept_with_who_could_not_use_it_and_why() -> None:
    record = queue_record("Noël")
    parked(record=record)
    failure = the_failure()
    assert is_id(failure["failure_id"])
    assert failure["pk"] == f"FAILURE#{failure['failure_id']}"
    assert {name: failure[name] for name in ("consumer", "reason", "event_id", "event_type", "status")} == {
        "consumer": "plan_emails",
        "reason": "not_json",
        "event_id": "event-1",
        "event_type": "brief.published",
        "status": "parked",
    }
    assert failure["correlation_id"] == "abcdef-123456"
    assert json.loads(failure["record"]) == record
    assert (failure["times_parked"], failure["replayable"], failure["version"]) == (1, True, 1)
    assert failure["first_parked_at"] == failure["last_parked_at"] == failure["updated_at"]
    assert "expires_at" not in failure


def test_the_same_record_parked_again_is_the_same_failure_with_its_latest_reason() -> None:
    parked()
    before = the_failure()
    parked(reason="unexpected_KeyError")
    after = the_failure()
    assert (after["failure_id"], after["reason"], after["times_parked"]) == (
        before["failure_id"],
        "unexpected_KeyError",
        2,
    )
    assert after["first_parked_at"] == before["first_parked_at"]
    assert after["version"] > before["version"]


def test_one_record_that_two_consumers_cannot_use_is_two_failures() -> None:
    parked()
    parked(consumer="settle_brief_obligations")
    parked(event_id="event-2")
    assert len(rows("FailuresTable")) == 3


def test_a_failure_that_was_settled_is_open_again_when_its_record_fails_again() -> None:
    parked()
    table, key = Table("FailuresTable"), the_failure()["pk"]
    settled = {name: value for name, value in the_failure().items() if name not in ("version", "times_parked")} | {
        "status": "dismissed",
        "status_pk": "STATUS#dismissed",
        "expires_at": 1,
        "dismissal": {"by": "sub", "at": "x", "reason": "x"},
        "due_at": "x",
        "due_pk": "DUE#replay",
        "times_parked": 1,
        "version": 4,
    }
    from chalicelib.platform.table import Put

    table.write(Put(settled))
    parked()
    failure = the_failure()
    assert failure["pk"] == key
    assert (failure["status"], failure["status_pk"], failure["version"]) == ("parked", "STATUS#parked", 5)
    assert not {"expires_at", "dismissal", "due_at", "due_pk"} & set(failure)


def test_a_record_too_large_to_keep_leaves_its_place_and_cannot_be_replayed() -> None:
    image = {"pk": "BRIEF#1", "sk": "EVENT#1", "payload": {"x": "é" * (RECORD_LIMIT_BYTES // 2)}}
    record = stream_record(image)
    parked(record=record)
    failure = the_failure()
    assert failure["replayable"] is False
    assert json.loads(failure["record"]) == {
        **{name: record[name] for name in ("eventID", "eventName", "eventSource", "eventSourceARN")},
        "dynamodb": {
            "Keys": {"pk": {"S": "BRIEF#1"}, "sk": {"S": "EVENT#1"}},
            "SequenceNumber": record["dynamodb"]["SequenceNumber"],
        },
    }


def test_a_large_message_leaves_its_id(logged: io.StringIO) -> None:
    record = queue_record("x" * (RECORD_LIMIT_BYTES + 1))
    parked(record=record)
    assert json.loads(the_failure()["record"])["messageId"] == record["messageId"]
    assert len(logged.getvalue()) < 2000


def test_what_is_parked_is_told_in_ids_and_codes_and_counted(
    logged: io.StringIO, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "plot-point")
    parked(record=queue_record("claire@falaise-films.test"))
    line = json.loads(logged.getvalue())
    assert (line["message"], line["failure_id"]) == ("record_parked", the_failure()["failure_id"])
    counted = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert counted["RecordsParked"] == [1.0]
    (metrics,) = counted["_aws"]["CloudWatchMetrics"]
    assert [sorted(names) for names in metrics["Dimensions"]] == [["environment", "service"]], "those of the alarm"
    assert (counted["environment"], counted["service"]) == ("local", "plot-point")
    assert "claire" not in logged.getvalue() + json.dumps(counted)


@pytest.mark.parametrize("code", ["AccessDeniedException", "ResourceNotFoundException", "ThrottlingException"])
def test_a_record_that_cannot_be_kept_comes_back(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: Any) -> None:
        raise ClientError({"Error": {"Code": code}}, "UpdateItem")

    monkeypatch.setattr(parking.Table, "write", refuse)
    with pytest.raises(Retryable):
        parked()
