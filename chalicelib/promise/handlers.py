from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.briefs.events import BriefPublished
from chalicelib.conversations.events import AnswerAwaited, Answered, Engaged, InterestShown, Revealed
from chalicelib.matching.events import ShortlistComputed
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
    service, when = wiring.service(), (envelope.occurred_at, envelope.event_id)
    if (published := envelope.read_as(BriefPublished)) is not None:
        service.published(published, *when)
    elif (computed := envelope.read_as(ShortlistComputed)) is not None:
        service.shown(computed, *when)
    elif (interest := envelope.read_as(InterestShown)) is not None:
        service.interest_shown(interest, *when)
    elif (revealed := envelope.read_as(Revealed)) is not None:
        service.revealed(revealed, *when)
    elif (answered := envelope.read_as(Answered)) is not None:
        service.answered(answered, *when)
    elif (awaited := envelope.read_as(AnswerAwaited)) is not None:
        service.awaited(awaited, *when)
    elif (engaged := envelope.read_as(Engaged)) is not None:
        service.engaged(engaged, *when)
