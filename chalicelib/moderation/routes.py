"""Reports, decisions and who is behind a brief over HTTP: for everybody, for those whom a decision is about, and for
administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS, SUBJECTS
from chalicelib.moderation.errors import (
    AlreadyDecided,
    AnotherPersonNeeded,
    HeldBySomebody,
    IdentityNotReadable,
    IdentityRequestOver,
    MeasureNotInThatState,
    NotLive,
    OwnMeasure,
    OwnReport,
    ReportIsDecided,
    TooLateToContest,
    TooLateToReply,
    TooManyReports,
)
from chalicelib.platform.errors import Conflict, Invalid, NotFound, PreconditionFailed
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import REQUIRED
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.moderation import models, schemas, wiring
else:
    models = lazily("chalicelib.moderation.models")
    schemas = lazily("chalicelib.moderation.schemas")
    wiring = lazily("chalicelib.moderation.wiring")

routes = ApiBlueprint(__name__)

#: What whoever deals with a report may be answered.
_DEALING = (OwnReport, ReportIsDecided, HeldBySomebody, Conflict)
#: What whoever rules on a decision may be answered.
_RULING = (PreconditionFailed, MeasureNotInThatState, OwnMeasure, Conflict)


# ---- reporting


@routes.post(
    "/reports",
    access=SUBJECTS,
    status=201,
    creates=True,
    refusals=(NotFound, Invalid, TooManyReports),
)
def report_something(request: Request, body: schemas.ReportInput) -> Reply[schemas.ReportedShape]:
    """Ask administrators to look at a brief, a profile, a conversation or a message that one can see.

    Once per person and thing: again, it is the same report. It is looked at within 24 hours, and whoever made it is
    told what came of it. The other side is not told who it was.
    """
    report = wiring.report_desk().report(
        request.actor, body.about, body.id, body.conversation_id, body.reason, body.text
    )
    return Reply(schemas.ReportedShape.of(report))


@routes.post(
    "/conversations/{conversation_id}/reports",
    access=SUBJECTS,
    status=201,
    creates=True,
    refusals=(Invalid, TooManyReports),
)
def report_conversation(
    request: Request, conversation_id: str, body: schemas.ConversationReportInput
) -> Reply[schemas.ReportedShape]:
    """Ask administrators to look at a conversation, or at one message of the other side. The other side is not told."""
    desk = wiring.report_desk()
    if body.message_id is None:
        report = desk.report(request.actor, "conversation", conversation_id, None, body.reason, body.text)
    else:
        report = desk.report(request.actor, "message", body.message_id, conversation_id, body.reason, body.text)
    return Reply(schemas.ReportedShape.of(report))


@routes.get("/reports", access=SUBJECTS, while_suspended=True)
def list_own_reports(request: Request) -> Reply[schemas.MyReportList]:
    """What one reported and what came of it, the latest first; and the reasons there are."""
    return Reply(schemas.MyReportList.of(wiring.report_desk().mine(request.actor)))


# ---- reports, for administrators


@routes.get("/admin/reports", access=ADMINS)
def list_reports(request: Request, query: schemas.ReportsQuery) -> Reply[schemas.ReportList]:
    """What people asked to be looked at: those that wait, the soonest due first, or those settled, the latest first.

    A page may be short of what fits its filter while `cursor` is there.
    """
    found, position = wiring.report_desk().reports(query.status == "settled", query.about, request.position())
    now = utc_now()
    shapes = [schemas.ReportShape.of(report, excerpts, now) for report, excerpts in found]
    return Reply(schemas.ReportList(reports=shapes, cursor=request.cursor(position)))


@routes.get("/admin/reports/{report_id}", access=ADMINS)
def read_report(request: Request, report_id: str) -> Reply[schemas.ReportInFull]:
    """A report, what it is about as it stands now, and all that happened to it."""
    report, excerpts, history = wiring.report_desk().read(report_id)
    return Reply(schemas.ReportInFull.in_full(report, excerpts, history, utc_now()), version=report.version)


@routes.post("/admin/reports/{report_id}/claim", access=ADMINS, refusals=_DEALING)
def claim_report(request: Request, report_id: str) -> Reply[schemas.ReportInFull]:
    """Take a report for half an hour; again, for another half an hour. Nobody takes their own."""
    wiring.report_desk().claim(request.actor, report_id)
    return read_report(request, report_id)


@routes.post("/admin/reports/{report_id}/release", access=ADMINS, refusals=(Conflict,))
def release_report(request: Request, report_id: str) -> Reply[schemas.ReportInFull]:
    """Give a report back that one has taken."""
    wiring.report_desk().release(request.actor, report_id)
    return read_report(request, report_id)


@routes.post("/admin/reports/{report_id}/settle", access=ADMINS, refusals=(*_DEALING, Invalid))
def settle_report(request: Request, report_id: str, body: schemas.RulingInput) -> Reply[schemas.ReportInFull]:
    """Say what came of a report; once.

    Whoever made it is told, and with a reminder the other side too. What is written to a freelancer says nothing of who
    is behind a project before the reveal: a passage that would is refused.
    """
    wiring.report_desk().decide(request.actor, report_id, body.outcome, body.ruling, body.reminder)
    return read_report(request, report_id)


# ---- decisions, for administrators


@routes.post(
    "/admin/briefs/{brief_id}/return",
    access=ADMINS,
    status=201,
    creates=True,
    refusals=(NotLive, AlreadyDecided, OwnMeasure, Conflict, Invalid),
)
def return_brief(request: Request, brief_id: str, body: schemas.ReturnInput) -> Reply[schemas.MeasureShape]:
    """Send a live brief back to its company, with the ground and the facts.

    It goes offline; its company reads why, corrects it and publishes it again, or contests the decision.
    """
    measure = wiring.service().return_brief(
        request.actor, request.new_id(), brief_id, body.ground, body.facts, body.report_id
    )
    return _measure(measure)


@routes.post(
    "/admin/users/{sub}/suspend",
    access=ADMINS,
    status=201,
    creates=True,
    refusals=(AlreadyDecided, OwnMeasure, Conflict, Invalid),
)
def suspend_user(
    request: Request, sub: schemas.AccountId, body: schemas.SuspensionInput
) -> Reply[schemas.MeasureShape]:
    """Suspend an account, with the ground and the facts.

    At once for up to seven days; longer, or again within thirty days, once a second administrator has confirmed it.
    A passage of the facts that would tell a freelancer who is behind a project, before the reveal, is refused.
    """
    return _suspended(request, models.Subject(kind="user", id=sub), body)


@routes.post(
    "/admin/companies/{company_id}/suspend",
    access=ADMINS,
    status=201,
    creates=True,
    refusals=(AlreadyDecided, OwnMeasure, Conflict, Invalid),
)
def suspend_company(request: Request, company_id: str, body: schemas.SuspensionInput) -> Reply[schemas.MeasureShape]:
    """Suspend a company and all who act for it, by the same rules as an account."""
    return _suspended(request, models.Subject(kind="company", id=company_id), body)


@routes.post(
    "/admin/users/{sub}/restore",
    access=ADMINS,
    refusals=(MeasureNotInThatState, OwnMeasure, AnotherPersonNeeded, Conflict),
)
def restore_user(request: Request, sub: schemas.AccountId) -> Reply[schemas.MeasureShape]:
    """End the suspension of an account: everything is as it was.

    One that is contested is ended by an administrator who took no part in it.
    """
    return _measure(wiring.service().restore(request.actor, models.Subject(kind="user", id=sub)))


@routes.post(
    "/admin/companies/{company_id}/restore",
    access=ADMINS,
    refusals=(MeasureNotInThatState, OwnMeasure, AnotherPersonNeeded, Conflict),
)
def restore_company(request: Request, company_id: str) -> Reply[schemas.MeasureShape]:
    """End the suspension of a company: its briefs that are still in their dates are online again."""
    return _measure(wiring.service().restore(request.actor, models.Subject(kind="company", id=company_id)))


@routes.get("/admin/measures", access=ADMINS)
def list_measures(request: Request, query: schemas.MeasuresQuery) -> Reply[schemas.MeasureList]:
    """Decisions against briefs, accounts and companies: those about which there is something to do soonest first.

    A page may be short of what fits its filter while `cursor` is there.
    """
    found, position = wiring.service().measures(query.status == "over", query.kind, query.state, request.position())
    now = utc_now()
    shapes = [schemas.MeasureShape.for_administrators(one, now) for one in found]
    return Reply(schemas.MeasureList(measures=shapes, cursor=request.cursor(position)))


@routes.get("/admin/measures/{measure_id}", access=ADMINS)
def read_measure(request: Request, measure_id: str) -> Reply[schemas.MeasureInFull]:
    """A decision, what whoever it is about wrote, and all that happened to it."""
    measure, history = wiring.service().read(measure_id)
    return Reply(schemas.MeasureInFull.in_full(measure, history, utc_now()), version=measure.version)


@routes.post(
    "/admin/measures/{measure_id}/confirm",
    access=ADMINS,
    if_match=REQUIRED,
    refusals=(*_RULING, AnotherPersonNeeded, Invalid),
)
def confirm_measure(request: Request, measure_id: str) -> Reply[schemas.MeasureShape]:
    """Confirm a suspension that waits for a second administrator: it is in force from now on."""
    return _measure(wiring.service().confirm(request.actor, measure_id, request.if_match()))


@routes.post("/admin/measures/{measure_id}/decline", access=ADMINS, if_match=REQUIRED, refusals=_RULING)
def decline_measure(request: Request, measure_id: str) -> Reply[schemas.MeasureShape]:
    """Refuse a suspension that waits for a second administrator, or take one's own back: nothing follows from it."""
    return _measure(wiring.service().decline(request.actor, measure_id, request.if_match()))


@routes.post(
    "/admin/measures/{measure_id}/uphold",
    access=ADMINS,
    if_match=REQUIRED,
    refusals=(*_RULING, AnotherPersonNeeded, Invalid),
)
def uphold_measure(request: Request, measure_id: str, body: schemas.UpholdInput) -> Reply[schemas.MeasureShape]:
    """Reject an appeal, saying why; by an administrator who took no part in the decision.

    A passage that would tell a freelancer who is behind a project, before the reveal, is refused.
    """
    return _measure(wiring.service().uphold(request.actor, measure_id, body.text, request.if_match()))


@routes.post(
    "/admin/measures/{measure_id}/lift",
    access=ADMINS,
    if_match=REQUIRED,
    refusals=(*_RULING, AnotherPersonNeeded),
)
def lift_measure(request: Request, measure_id: str) -> Reply[schemas.MeasureShape]:
    """End a decision, because an appeal is right or because it was wrong without one: everything is as it was.

    One that is contested, by an administrator who took no part in it.
    """
    return _measure(wiring.service().lift(request.actor, measure_id, request.if_match()))


# ---- whom a decision is about


@routes.get("/moderation/mine", access=SUBJECTS, while_suspended=True)
def list_own_measures(request: Request) -> Reply[schemas.MyMeasureList]:
    """Decisions about one's account, one's company and its briefs, the latest first.

    Each comes with its statement of reasons.
    """
    return Reply(schemas.MyMeasureList.of(wiring.service().mine(request.actor), utc_now()))


@routes.get("/moderation/mine/{measure_id}", access=SUBJECTS, while_suspended=True)
def read_own_measure(request: Request, measure_id: str) -> Reply[schemas.MyMeasureShape]:
    """What was decided, on which facts, by which rule, until when to reply and to contest it."""
    return _own(wiring.service().theirs(request.actor, measure_id))


@routes.post(
    "/moderation/mine/{measure_id}/reply",
    access=SUBJECTS,
    creates=True,
    while_suspended=True,
    refusals=(MeasureNotInThatState, TooLateToReply, Conflict),
)
def reply_to_measure(request: Request, measure_id: str, body: schemas.OwnWordsInput) -> Reply[schemas.MyMeasureShape]:
    """Give one's own account, once, within fourteen days."""
    return _own(wiring.service().answer(request.actor, measure_id, body.text))


@routes.post(
    "/moderation/mine/{measure_id}/appeal",
    access=SUBJECTS,
    creates=True,
    while_suspended=True,
    refusals=(MeasureNotInThatState, TooLateToContest, Conflict),
)
def contest_measure(request: Request, measure_id: str, body: schemas.OwnWordsInput) -> Reply[schemas.MyMeasureShape]:
    """Contest it, once, within six months: somebody who took no part in it looks at everything again."""
    return _own(wiring.service().appeal(request.actor, measure_id, body.text))


# ---- who is behind a brief


@routes.post(
    "/admin/briefs/{brief_id}/identity",
    access=ADMINS,
    status=201,
    creates=True,
    refusals=(OwnMeasure,),
)
def ask_identity(request: Request, brief_id: str, body: schemas.IdentityInput) -> Reply[schemas.IdentityRequestShape]:
    """Ask who is behind a brief, for an authority. Nothing is readable before a second administrator agrees."""
    asked = wiring.identity_requests().ask(
        request.actor, request.new_id(), brief_id, body.authority, body.basis, body.reference
    )
    return _asked(asked)


@routes.get("/admin/identity-requests", access=ADMINS)
def list_identity_requests(
    request: Request, query: schemas.IdentityRequestsQuery
) -> Reply[schemas.IdentityRequestList]:
    """What authorities asked and what became of it, the latest first; nothing of who anybody is."""
    found, position = wiring.identity_requests().listed(request.position())
    shapes = [schemas.IdentityRequestShape.of(one) for one in found]
    return Reply(schemas.IdentityRequestList(requests=shapes, cursor=request.cursor(position)))


@routes.get("/admin/identity-requests/{request_id}", access=ADMINS)
def read_identity_request(request: Request, request_id: str) -> Reply[schemas.IdentityRequestShape]:
    """What was asked for whom, and what became of it."""
    return _asked(wiring.identity_requests().read(request_id))


@routes.post(
    "/admin/identity-requests/{request_id}/grant",
    access=ADMINS,
    refusals=(IdentityRequestOver, OwnMeasure, AnotherPersonNeeded, Conflict),
)
def grant_identity(request: Request, request_id: str) -> Reply[schemas.IdentityRequestShape]:
    """Agree to it, as another administrator than who asked: the two may read it for twenty-four hours."""
    return _asked(wiring.identity_requests().grant(request.actor, request_id))


@routes.post("/admin/identity-requests/{request_id}/refuse", access=ADMINS, refusals=(IdentityRequestOver, Conflict))
def refuse_identity(request: Request, request_id: str) -> Reply[schemas.IdentityRequestShape]:
    """Refuse it, or take one's own back."""
    return _asked(wiring.identity_requests().refuse(request.actor, request_id))


@routes.post("/admin/identity-requests/{request_id}/open", access=ADMINS, refusals=(IdentityNotReadable,))
def open_identity(request: Request, request_id: str) -> Reply[schemas.IdentityDocument]:
    """Read who is behind the brief, as one of the two, within the twenty-four hours.

    That it was read is recorded first."""
    return Reply(schemas.IdentityDocument.of(*wiring.identity_requests().open(request.actor, request_id)))


def _suspended(request: Request, subject: models.Subject, body: schemas.SuspensionInput) -> Reply[schemas.MeasureShape]:
    measure = wiring.service().suspend(
        request.actor, request.new_id(), subject, body.ground, body.facts, body.report_id, body.until
    )
    return _measure(measure)


def _measure(measure: models.Measure) -> Reply[schemas.MeasureShape]:
    return Reply(schemas.MeasureShape.for_administrators(measure, utc_now()), version=measure.version)


def _own(measure: models.Measure) -> Reply[schemas.MyMeasureShape]:
    return Reply(schemas.MyMeasureShape.of(measure, utc_now()), version=measure.version)


def _asked(asked: models.IdentityRequest) -> Reply[schemas.IdentityRequestShape]:
    return Reply(schemas.IdentityRequestShape.of(asked), version=asked.version)
