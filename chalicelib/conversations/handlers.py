from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.briefs.events import BriefEnded
from chalicelib.platform.batches import (
    QUEUE_BATCH,
    QUEUE_SET_BY_TEMPLATE,
    SET_BY_TEMPLATE,
    STREAM_BATCH,
    each,
    on_event_queue,
    on_tick,
)
from chalicelib.platform.lazily import lazily
from chalicelib.platform.outbox import Envelope
from chalicelib.platform.relay import relay

if TYPE_CHECKING:
    from chalicelib.conversations import wiring
else:
    wiring = lazily("chalicelib.conversations.wiring")

handlers = Blueprint(__name__)


relay_conversation_events = handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="relay_conversation_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)(relay("relay_conversation_events"))


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="settle_conversations", batch_size=QUEUE_BATCH)
@on_event_queue("settle_conversations")
def settle_conversations(envelope: Envelope) -> None:
    ended = envelope.read_as(BriefEnded)
    if ended is not None:
        wiring.service().project_ended(ended.brief_id, ended.how)


@handlers.schedule("rate(5 minutes)", name="sweep_conversations")
@on_tick("sweep_conversations")
def sweep_conversations() -> None:
    service = wiring.service()
    each("sweep_conversations", service.due(), service.remind)
    attachments = wiring.attachments()
    each("sweep_conversations", attachments.due(), attachments.attend)
