"""The queue between planning an e-mail and sending it."""

from __future__ import annotations

from chalicelib.platform import telemetry
from chalicelib.platform.queues import send


class EmailQueue:
    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url

    def enqueue(self, dedup_key: str) -> None:
        """Raises Retryable. The same key twice is harmless: an e-mail is claimed before it is sent."""
        send(self._queue_url, {"dedup_key": dedup_key, "correlation_id": telemetry.correlation_id()})
