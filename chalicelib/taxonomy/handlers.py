from __future__ import annotations

from chalice.app import Blueprint

from chalicelib.platform.batches import SET_BY_TEMPLATE, STREAM_BATCH
from chalicelib.platform.relay import relay

handlers = Blueprint(__name__)


relay_taxonomy_events = handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="relay_taxonomy_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)(relay("relay_taxonomy_events"))
