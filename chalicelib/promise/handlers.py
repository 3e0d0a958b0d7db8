from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.platform.batches import QUEUE_BATCH, QUEUE_SET_BY_TEMPLATE, on_event_queue
from chalicelib.platform.lazily import lazily
from chalicelib.platform.outbox import Envelope

if TYPE_CHECKING:
    from chalicelib.promise import wiring
else:
    wiring = lazily("chalicelib.promise.wiring")

handlers = Blueprint(__name__)


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="follow_promise", batch_size=QUEUE_BATCH)
@on_event_queue("follow_promise")
def follow_promise(envelope: Envelope) -> None:
    wiring.service().follow(envelope)
