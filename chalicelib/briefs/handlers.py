from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.conversations.events import MissionBroken
from chalicelib.matching.events import ShortlistComputed
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
from chalicelib.taxonomy.events import TaxonomyPublished

if TYPE_CHECKING:
    from chalicelib.briefs import wiring
else:
    wiring = lazily("chalicelib.briefs.wiring")

handlers = Blueprint(__name__)


relay_brief_events = handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="relay_brief_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)(relay("relay_brief_events"))


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="settle_brief_obligations", batch_size=QUEUE_BATCH)
@on_event_queue("settle_brief_obligations")
def settle_brief_obligations(envelope: Envelope) -> None:
    computed = envelope.read_as(ShortlistComputed)
    if computed is not None:
        wiring.service().matching_done(computed.brief_id, computed.brief_version)
        return
    broken = envelope.read_as(MissionBroken)
    if broken is not None:
        wiring.service().mission_broken(broken.brief_id)
        return
    published = envelope.read_as(TaxonomyPublished)
    if published is not None:
        wiring.service().follow_vocabulary(published.number)


@handlers.schedule("rate(5 minutes)", name="sweep_briefs")
@on_tick("sweep_briefs")
def sweep_briefs() -> None:
    service = wiring.service()
    each("sweep_briefs", service.due(), lambda owed: service.settle(*owed))
    service.catch_up_with_vocabulary()
