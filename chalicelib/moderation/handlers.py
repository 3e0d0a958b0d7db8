from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.platform.batches import SET_BY_TEMPLATE, STREAM_BATCH, each, on_tick
from chalicelib.platform.lazily import lazily
from chalicelib.platform.relay import relay

if TYPE_CHECKING:
    from chalicelib.moderation import wiring
else:
    wiring = lazily("chalicelib.moderation.wiring")

handlers = Blueprint(__name__)


relay_moderation_events = handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="relay_moderation_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)(relay("relay_moderation_events"))


@handlers.schedule("rate(5 minutes)", name="sweep_moderation")
@on_tick("sweep_moderation")
def sweep_moderation() -> None:
    measures, requests = wiring.service(), wiring.identity_requests()
    each("sweep_moderation", measures.due(), measures.settle)
    each("sweep_moderation", measures.unfollowed(), measures.look_after)
    each("sweep_moderation", requests.due(), requests.settle)
