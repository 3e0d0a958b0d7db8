"""The relay: one reader per stream puts each event on the one topic, where every other context subscribes.

A stream bears two readers at most (DynamoDB's advice), so consumers never read one themselves but matching,
whose seconds count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chalicelib.platform.batches import Failures, on_stream
from chalicelib.platform.outbox import Envelope
from chalicelib.platform.queues import publish


def relay(name: str) -> Callable[[Any], Failures]:
    """The body of a function that publishes a stream's events. Delivery is at least once: consumers repeat well."""

    @on_stream(name, speaks=False)
    def publish_event(envelope: Envelope) -> None:
        publish(envelope)

    # Chalice takes a function's entry point in Lambda from this name: it must be that of the module's variable.
    publish_event.__name__ = name
    return publish_event
