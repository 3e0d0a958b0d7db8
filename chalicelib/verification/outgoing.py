"""The queue of steps."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.platform import telemetry
from chalicelib.platform.queues import send


class StepQueue:
    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url

    def enqueue(self, case_id: str, step: str, attempt: int, delay: timedelta) -> None:
        """Raises Retryable. The same task twice is harmless: a result is written on condition."""
        send(
            self._queue_url,
            {"case_id": case_id, "step": step, "attempt": attempt, "correlation_id": telemetry.correlation_id()},
            delay=delay,
        )
