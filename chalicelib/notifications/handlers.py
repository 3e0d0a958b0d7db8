from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalice.app import Blueprint

from chalicelib.briefs.events import BriefDeadlineNear
from chalicelib.companies.events import MemberInvited
from chalicelib.conversations.events import (
    AnswerAwaited,
    Answered,
    Declined,
    Engaged,
    EngagementProposed,
    FileAdded,
    InterestShown,
    Interrupted,
    Invited,
    MessageSent,
    MissionBroken,
    RevealAsked,
    Revealed,
)
from chalicelib.matching.events import ProjectFits, ShortlistComputed
from chalicelib.moderation.events import (
    MeasureAnswered,
    MeasureAppealed,
    MeasureAppealRejected,
    MeasureLifted,
    ReportDecided,
    ReportFiled,
    ReturnOrdered,
    Suspended,
    SuspensionExpired,
)
from chalicelib.notifications.errors import BadFeedback, NoSuchEmail
from chalicelib.platform.batches import (
    QUEUE_BATCH,
    QUEUE_SET_BY_TEMPLATE,
    BadMessage,
    each,
    on_event_queue,
    on_task_queue,
    on_text_queue,
    on_tick,
)
from chalicelib.platform.lazily import lazily
from chalicelib.platform.outbox import Envelope
from chalicelib.privacy.events import InactivityNear
from chalicelib.verification.events import (
    AlarmAnswered,
    AlarmAppealed,
    AlarmAppealRejected,
    AlarmConfirmed,
    AlarmDismissed,
    AlarmExpired,
    AlarmLifted,
    AlarmRaised,
    AlarmWithdrawn,
    AppealDecided,
    AttestationAsked,
    CaseAppealed,
    CaseDecided,
    CaseExpired,
    CaseReopened,
    CaseSubmitted,
    CaseWithdrawn,
    InformationRequested,
)

if TYPE_CHECKING:
    from chalicelib.notifications import feedback, wiring
else:
    feedback, wiring = lazily("chalicelib.notifications.feedback"), lazily("chalicelib.notifications.wiring")

handlers = Blueprint(__name__)


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="plan_emails", batch_size=QUEUE_BATCH)
@on_event_queue("plan_emails")
def plan_emails(envelope: Envelope) -> None:
    computed = envelope.read_as(ShortlistComputed)
    if computed is not None:
        wiring.service().shortlist_computed(computed)
        return
    fits = envelope.read_as(ProjectFits)
    if fits is not None:
        wiring.service().project_fits(fits)
        return
    near = envelope.read_as(BriefDeadlineNear)
    if near is not None:
        wiring.service().deadline_near(near)
        return
    contact = (
        envelope.read_as(Invited)
        or envelope.read_as(InterestShown)
        or envelope.read_as(Declined)
        or envelope.read_as(MessageSent)
        or envelope.read_as(FileAdded)
        or envelope.read_as(RevealAsked)
        or envelope.read_as(Revealed)
        or envelope.read_as(Answered)
        or envelope.read_as(AnswerAwaited)
        or envelope.read_as(EngagementProposed)
        or envelope.read_as(Engaged)
        or envelope.read_as(MissionBroken)
        or envelope.read_as(Interrupted)
    )
    if contact is not None:
        wiring.service().conversation_moved(contact, envelope.aggregate_version, envelope.occurred_at)
        return
    idle = envelope.read_as(InactivityNear)
    if idle is not None:
        wiring.service().inactivity_near(idle)
        return
    invited = envelope.read_as(MemberInvited)
    if invited is not None:
        wiring.service().colleague_invited(invited)
        return
    asked = envelope.read_as(AttestationAsked)
    if asked is not None:
        wiring.service().attestation_asked(asked.case_id, asked.attestation_id)
        return
    moved = (
        envelope.read_as(CaseSubmitted)
        or envelope.read_as(InformationRequested)
        or envelope.read_as(CaseDecided)
        or envelope.read_as(CaseAppealed)
        or envelope.read_as(AppealDecided)
        or envelope.read_as(CaseWithdrawn)
        or envelope.read_as(CaseExpired)
        or envelope.read_as(CaseReopened)
    )
    if moved is not None:
        wiring.service().case_moved(moved, envelope.aggregate_version, envelope.occurred_at)
        return
    alarm = (
        envelope.read_as(AlarmRaised)
        or envelope.read_as(AlarmAnswered)
        or envelope.read_as(AlarmConfirmed)
        or envelope.read_as(AlarmDismissed)
        or envelope.read_as(AlarmWithdrawn)
        or envelope.read_as(AlarmAppealed)
        or envelope.read_as(AlarmAppealRejected)
        or envelope.read_as(AlarmLifted)
        or envelope.read_as(AlarmExpired)
    )
    if alarm is not None:
        wiring.service().alarm_moved(alarm, envelope.aggregate_version)
        return
    ruled = (
        envelope.read_as(ReportFiled)
        or envelope.read_as(ReportDecided)
        or envelope.read_as(ReturnOrdered)
        or envelope.read_as(Suspended)
        or envelope.read_as(MeasureAnswered)
        or envelope.read_as(MeasureAppealed)
        or envelope.read_as(MeasureAppealRejected)
        or envelope.read_as(MeasureLifted)
        or envelope.read_as(SuspensionExpired)
    )
    if ruled is not None:
        wiring.service().ruled(ruled, envelope.aggregate_version)


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="send_emails", batch_size=QUEUE_BATCH)
@on_task_queue("send_emails")
def send_emails(task: dict[str, Any]) -> None:
    dedup_key = task.get("dedup_key")
    if not isinstance(dedup_key, str) or not dedup_key:
        raise BadMessage("no_dedup_key")
    wiring.service().send(dedup_key)


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="take_mail_feedback", batch_size=QUEUE_BATCH)
@on_text_queue("take_mail_feedback")
def take_mail_feedback(text: str) -> None:
    try:
        report = feedback.read(text)
        if report is not None:
            wiring.postmaster().take(report)
    except (BadFeedback, NoSuchEmail) as error:
        raise BadMessage(str(error)) from None


@handlers.schedule("rate(5 minutes)", name="sweep_notifications")
@on_tick("sweep_notifications")
def sweep_notifications() -> None:
    service = wiring.service()
    each("sweep_notifications", service.overdue(), service.requeue)
    each("sweep_notifications", service.with_changes_to_tell(), service.tell_changes)
