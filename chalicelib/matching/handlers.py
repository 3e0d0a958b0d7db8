from __future__ import annotations

from typing import TYPE_CHECKING

from chalice.app import Blueprint

from chalicelib.briefs.events import BriefMatchingOverdue, BriefPublished, BriefRevised, BriefVocabularyChanged
from chalicelib.matching.events import Cause
from chalicelib.platform.batches import SET_BY_TEMPLATE, STREAM_BATCH, on_stream, on_tick
from chalicelib.platform.lazily import lazily
from chalicelib.platform.outbox import Envelope
from chalicelib.platform.relay import relay
from chalicelib.profiles.events import (
    ProfileCreditsChecked,
    ProfileErased,
    ProfilePaused,
    ProfileResumed,
    ProfileSaved,
    ProfileSubmitted,
    ProfileVerificationDecided,
    ProfileWithdrawn,
)
from chalicelib.visibility.events import CompanyBlocked, CompanyUnblocked

if TYPE_CHECKING:
    from chalicelib.matching import wiring
else:
    wiring = lazily("chalicelib.matching.wiring")

handlers = Blueprint(__name__)


@handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="match_on_brief_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)
@on_stream("match_on_brief_events")
def match_on_brief_events(envelope: Envelope) -> None:
    if published := envelope.read_as(BriefPublished):
        cause: Cause = "resumed" if published.resumed else "published"
        wiring.service().match_brief(published.brief_id, envelope.event_id, cause)
    elif (revised := envelope.read_as(BriefRevised)) and revised.live:
        wiring.service().match_brief(revised.brief_id, envelope.event_id, "revised")
    elif overdue := envelope.read_as(BriefMatchingOverdue):
        wiring.service().match_brief(overdue.brief_id, envelope.event_id, "overdue")
    elif changed := envelope.read_as(BriefVocabularyChanged):
        wiring.service().match_brief(changed.brief_id, envelope.event_id, "vocabulary")


@handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="match_on_profile_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)
@on_stream("match_on_profile_events")
def match_on_profile_events(envelope: Envelope) -> None:
    changed = (
        envelope.read_as(ProfileSaved)
        or envelope.read_as(ProfileSubmitted)
        or envelope.read_as(ProfileVerificationDecided)
        or envelope.read_as(ProfileCreditsChecked)
        or envelope.read_as(ProfileWithdrawn)
        or envelope.read_as(ProfilePaused)
        or envelope.read_as(ProfileResumed)
        or envelope.read_as(ProfileErased)
    )
    if changed:
        wiring.service().profile_changed(changed.profile_id, envelope.event_id)
        return
    block = envelope.read_as(CompanyBlocked) or envelope.read_as(CompanyUnblocked)
    if block:
        wiring.service().block_changed(block.profile_id, envelope.event_id)


relay_match_events = handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="relay_match_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)(relay("relay_match_events"))


@handlers.schedule("rate(15 minutes)", name="build_candidate_index")
@on_tick("build_candidate_index")
def build_candidate_index() -> None:
    wiring.builder().run()
