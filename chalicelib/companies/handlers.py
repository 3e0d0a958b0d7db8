from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.moderation.events import EffectOverdue, MeasureLifted, Suspended, SuspensionExpired
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
from chalicelib.verification.events import AppealDecided, CaseDecided

if TYPE_CHECKING:
    from chalicelib.companies import wiring
else:
    wiring = lazily("chalicelib.companies.wiring")

handlers = Blueprint(__name__)


relay_company_events = handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="relay_company_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)(relay("relay_company_events"))


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="settle_verified_companies", batch_size=QUEUE_BATCH)
@on_event_queue("settle_verified_companies")
def settle_verified_companies(envelope: Envelope) -> None:
    decided = envelope.read_as(CaseDecided) or envelope.read_as(AppealDecided)
    if decided is not None:
        wiring.service().follow_case(decided.case_id)
        return
    told = (
        envelope.read_as(Suspended)
        or envelope.read_as(MeasureLifted)
        or envelope.read_as(SuspensionExpired)
        or envelope.read_as(EffectOverdue)
    )
    if told is not None and told.kind in ("user", "company"):
        wiring.service().follow_suspension(told.kind, told.subject_id)
