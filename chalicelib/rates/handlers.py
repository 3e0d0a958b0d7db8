from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.conversations.events import Engaged, MissionBroken
from chalicelib.platform.batches import (
    QUEUE_BATCH,
    QUEUE_SET_BY_TEMPLATE,
    SET_BY_TEMPLATE,
    STREAM_BATCH,
    on_event_queue,
)
from chalicelib.platform.lazily import lazily
from chalicelib.platform.outbox import Envelope
from chalicelib.platform.relay import relay

if TYPE_CHECKING:
    from chalicelib.rates import wiring
else:
    wiring = lazily("chalicelib.rates.wiring")

handlers = Blueprint(__name__)


relay_rate_events = handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="relay_rate_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)(relay("relay_rate_events"))


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="observe_engagements", batch_size=QUEUE_BATCH)
@on_event_queue("observe_engagements")
def observe_engagements(envelope: Envelope) -> None:
    told = envelope.read_as(Engaged) or envelope.read_as(MissionBroken)
    if told is not None:
        wiring.service().follow_engagement(told.thread_id)
