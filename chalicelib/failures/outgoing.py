"""The queue between asking for a replay and running it."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.platform import telemetry
from chalicelib.platform.queues import send


class ReplayQueue:
    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url

    def enqueue(self, owed: Sequence[tuple[str, str]]) -> None:
        """Raises Retryable. The same replay twice is harmless: it is begun once."""
        for failure_id, request_id in owed:
            send(
                self._queue_url,
                {
                    "failure_id": failure_id,
                    "request_id": request_id,
                    "correlation_id": telemetry.correlation_id(),
                },
            )
