"""The queue between asking for an erasure and its tasks."""

from __future__ import annotations

from chalicelib.platform.queues import send


class ErasureQueue:
    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url

    def enqueue(self, sub: str, context: str) -> None:
        send(self._queue_url, {"account_id": sub, "context": context})
