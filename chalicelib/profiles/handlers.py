from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.conversations.events import Engaged
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
from chalicelib.verification.events import AppealDecided, CaseDecided, CaseExpired, CaseSubmitted, CaseWithdrawn

if TYPE_CHECKING:
    from chalicelib.profiles import wiring
else:
    wiring = lazily("chalicelib.profiles.wiring")

handlers = Blueprint(__name__)


relay_profile_events = handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="relay_profile_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)(relay("relay_profile_events"))


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="settle_verified_profiles", batch_size=QUEUE_BATCH)
@on_event_queue("settle_verified_profiles")
def settle_verified_profiles(envelope: Envelope) -> None:
    told = (
        envelope.read_as(CaseSubmitted)
        or envelope.read_as(CaseDecided)
        or envelope.read_as(AppealDecided)
        or envelope.read_as(CaseWithdrawn)
        or envelope.read_as(CaseExpired)
    )
    if told is not None:
        wiring.service().follow_case(told.case_id)
        return
    engaged = envelope.read_as(Engaged)
    if engaged is not None:
        wiring.service().follow_engagement(engaged.thread_id)


@handlers.schedule("rate(5 minutes)", name="sweep_profiles")
@on_tick("sweep_profiles")
def sweep_profiles() -> None:
    service = wiring.service()
    each("sweep_profiles", service.due(), service.come_back)
