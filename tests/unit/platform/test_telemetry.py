"""Log lines carry codes and ids: no message of an exception, for it may quote a person."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from chalicelib.platform import telemetry
from chalicelib.platform.telemetry import log


def last_line(logged: io.StringIO) -> dict[str, object]:
    line: dict[str, object] = json.loads(logged.getvalue().splitlines()[-1])
    return line


def test_a_failure_says_which_kind_and_where_but_not_what(logged: io.StringIO) -> None:
    try:
        raise ValueError("claire@falaise-films.test")
    except ValueError as error:
        log.failure("request_failed", error, brief_id="b-1")
    text = logged.getvalue()
    assert "claire" not in text
    line = json.loads(text)
    assert line["message"] == "request_failed"
    assert line["error"] == "ValueError"
    assert line["brief_id"] == "b-1"
    assert any("test_telemetry.py" in place for place in line["where"])


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("abcdef12-3456", "abcdef12-3456"),
        ("short", ""),
        ("x" * 65, ""),
        ("claire@falaise-films.test", ""),
        ("two words here", ""),
        (None, ""),
        ("", ""),
    ],
)
def test_only_what_looks_like_an_id_is_followed(value: str | None, kept: str) -> None:
    telemetry.follow(value)
    assert telemetry.correlation_id() == kept
    telemetry.follow(None)


def test_every_line_carries_the_id_of_the_action_it_follows_from(logged: io.StringIO) -> None:
    telemetry.follow("action-0001")
    log.info("refused", status=404)
    telemetry.follow(None)
    line = last_line(logged)
    assert line["correlation_id"] == "action-0001"
    assert line["status"] == 404
    assert line["service"] == "plot-point"


def test_logging_needs_no_boto3() -> None:
    code = "import sys, chalicelib.platform.telemetry; sys.exit('boto3' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
