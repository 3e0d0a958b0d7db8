from __future__ import annotations

import time
from threading import Event

import pytest

from chalicelib.platform.errors import Retryable
from chalicelib.verification.deadline import within
from chalicelib.verification.tasks import TimedOut


def test_what_is_done_in_time_is_given() -> None:
    assert within(5, lambda: "done") == "done"


def test_nothing_is_an_answer_too() -> None:
    assert within(5, lambda: None) is None


def test_what_goes_wrong_is_raised_to_whoever_waits() -> None:
    def fail() -> None:
        raise Retryable("busy")

    with pytest.raises(Retryable, match="busy"):
        within(5, fail)


def test_what_hangs_is_left_to_itself() -> None:
    never = Event()
    began = time.monotonic()
    with pytest.raises(TimedOut):
        within(0.05, lambda: never.wait(30))
    assert time.monotonic() - began < 5
    never.set()
