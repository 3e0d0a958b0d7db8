"""A time limit on work that may hang, such as a call that never answers."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from threading import Thread
from typing import TypeVar

from chalicelib.verification.tasks import TimedOut

Given = TypeVar("Given")


def within(seconds: float, work: Callable[[], Given]) -> Given:
    """What the work gives, or raises. Raises TimedOut when it takes longer: it is left to itself then, and what it
    gives in the end is lost, so the work must be such as may be done again."""
    given: list[Given] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            given.append(work())
        except BaseException as error:  # carried over to whoever waits
            raised.append(error)

    # Log lines of the work name the same action as those around it.
    worker = Thread(target=copy_context().run, args=(run,), daemon=True)
    worker.start()
    worker.join(seconds)
    if raised:
        raise raised[0]
    if not given:
        raise TimedOut
    return given[0]
