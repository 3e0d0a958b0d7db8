"""Alarms over HTTP: administrators prepare, raise and decide them; whoever one is about reads it, answers, contests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS, SUBJECTS
from chalicelib.platform.errors import Conflict, Invalid, NotFound, PreconditionFailed
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import REQUIRED
from chalicelib.verification.errors import (
    AlarmNotInThatState,
    NoMoreEvidence,
    NotArrivedYet,
    NotKept,
    NotTheReviewer,
    OwnAlarm,
    OwnAlarmDecision,
    ReplyAwaited,
    TooLateToAppeal,
    TooManyFiles,
    UploadOver,
)
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.verification import alarm_schemas, schemas, wiring
    from chalicelib.verification.alarms import Alarm
else:
    alarm_schemas = lazily("chalicelib.verification.alarm_schemas")
    schemas = lazily("chalicelib.verification.schemas")
    wiring = lazily("chalicelib.verification.wiring")

routes = ApiBlueprint(__name__)

#: What whoever decides about an alarm may be answered.
_DECIDING = (PreconditionFailed, AlarmNotInThatState, OwnAlarm, OwnAlarmDecision, Conflict)


# ---- the administrators' side


@routes.post("/admin/alarms", access=ADMINS, status=201, creates=True, refusals=(NotFound, OwnAlarm, Conflict, Invalid))
def prepare_alarm(request: Request, body: alarm_schemas.PrepareAlarmInput) -> Reply[alarm_schemas.AlarmShape]:
    """Begin an alarm about a person or a company, whose files are then gathered. Nobody is told yet.

    What is not raised within thirty days goes.
    """
    alarm = wiring.alarms().prepare(
        request.actor, request.new_id(), body.subject, body.reason, body.basis, body.reporter
    )
    return _alarm(request, alarm.alarm_id)


@routes.get("/admin/alarms", access=ADMINS)
def list_alarms(request: Request, query: alarm_schemas.AlarmsQuery) -> Reply[alarm_schemas.AlarmList]:
    """Alarms that are not over, those first about which there is something to do soonest.

    With `status=over`, or a `state` in which they are over, those that are, the latest ended first."""
    alarms, position = wiring.alarms().listed(query.wanted(), request.position())
    named = wiring.names().of([one.subject for one in alarms])
    return Reply(
        alarm_schemas.AlarmList(
            alarms=[alarm_schemas.AlarmSummary.of(one, named.get(one.subject)) for one in alarms],
            cursor=request.cursor(position),
        )
    )


@routes.get("/admin/alarms/{alarm_id}", access=ADMINS, refusals=(OwnAlarm,))
def read_alarm(request: Request, alarm_id: str) -> Reply[alarm_schemas.AlarmShape]:
    """An alarm with what it says, the files it rests on, what its subject answered, and all that happened to it."""
    return _alarm(request, alarm_id)


@routes.post(
    "/admin/alarms/{alarm_id}/evidence",
    access=ADMINS,
    status=201,
    creates=True,
    refusals=(Invalid, TooManyFiles, NoMoreEvidence, UploadOver, Conflict),
)
def offer_alarm_evidence(
    request: Request, alarm_id: str, body: alarm_schemas.AlarmFileInput
) -> Reply[schemas.OfferedShape]:
    """Get a place for one file of an alarm in preparation, and the form that sends it there; for who prepares it."""
    evidence, upload = wiring.evidence_files().offer(
        request.actor.sub, alarm_id, request.new_id(), body.kind, body.media_type, body.size
    )
    return Reply(schemas.OfferedShape.of(evidence, upload))


@routes.post(
    "/admin/alarms/{alarm_id}/evidence/{evidence_id}/confirm", access=ADMINS, refusals=(NotArrivedYet, Conflict)
)
def confirm_alarm_evidence(request: Request, alarm_id: str, evidence_id: str) -> Reply[schemas.EvidenceShape]:
    """Say that the file was sent: it is checked by its bytes, and kept or refused."""
    return Reply(schemas.EvidenceShape.of(wiring.evidence_files().confirm(request.actor.sub, alarm_id, evidence_id)))


@routes.post(
    "/admin/alarms/{alarm_id}/evidence/{evidence_id}/open",
    access=ADMINS,
    refusals=(OwnAlarm, NotTheReviewer, NotKept, Conflict),
)
def open_alarm_evidence(request: Request, alarm_id: str, evidence_id: str) -> Reply[schemas.ReadingShape]:
    """A link that shows a file, for a few minutes, for whoever may deal with the alarm, until it is over.

    That it was opened is recorded first.
    """
    wiring.alarms().read(request.actor, alarm_id)
    reading = wiring.evidence_files().open(request.actor.sub, alarm_id, evidence_id, request.language)
    return Reply(schemas.ReadingShape.of(reading))


@routes.post(
    "/admin/alarms/{alarm_id}/raise",
    access=ADMINS,
    refusals=(AlarmNotInThatState, OwnAlarm, OwnAlarmDecision, Conflict, Invalid),
)
def raise_alarm(
    request: Request, alarm_id: str, body: alarm_schemas.RaiseAlarmInput
) -> Reply[alarm_schemas.AlarmShape]:
    """Tell its subject, who has ten days to answer before anything can follow; by who prepared it."""
    relied_on = [(one.case_id or alarm_id, one.evidence_id) for one in body.documents]
    wiring.alarms().raise_(request.actor, alarm_id, body.text, relied_on)
    return _alarm(request, alarm_id)


@routes.post(
    "/admin/alarms/{alarm_id}/withdraw",
    access=ADMINS,
    refusals=(AlarmNotInThatState, OwnAlarm, OwnAlarmDecision, Conflict),
)
def withdraw_alarm(request: Request, alarm_id: str) -> Reply[alarm_schemas.AlarmShape]:
    """Take it back before it is decided; by who prepared it."""
    wiring.alarms().withdraw(request.actor, alarm_id)
    return _alarm(request, alarm_id)


@routes.post(
    "/admin/alarms/{alarm_id}/put-in-force",
    access=ADMINS,
    if_match=REQUIRED,
    refusals=(*_DECIDING, ReplyAwaited, Invalid),
)
def put_alarm_in_force(
    request: Request, alarm_id: str, body: alarm_schemas.AlarmRulingInput
) -> Reply[alarm_schemas.AlarmShape]:
    """Confirm it, for 24 months; by another administrator than the one who raised it.

    Once its subject has answered, or the ten days are over.
    """
    wiring.alarms().put_in_force(request.actor, alarm_id, body.text, request.if_match())
    return _alarm(request, alarm_id)


@routes.post("/admin/alarms/{alarm_id}/dismiss", access=ADMINS, if_match=REQUIRED, refusals=(*_DECIDING, ReplyAwaited))
def dismiss_alarm(request: Request, alarm_id: str) -> Reply[alarm_schemas.AlarmShape]:
    """Refuse it: nothing follows from it, ever. By whoever could have confirmed it."""
    wiring.alarms().dismiss(request.actor, alarm_id, request.if_match())
    return _alarm(request, alarm_id)


@routes.post("/admin/alarms/{alarm_id}/uphold", access=ADMINS, if_match=REQUIRED, refusals=(*_DECIDING, Invalid))
def uphold_alarm(
    request: Request, alarm_id: str, body: alarm_schemas.AlarmRulingInput
) -> Reply[alarm_schemas.AlarmShape]:
    """Reject an appeal; by a third administrator. It lasts no longer for that."""
    wiring.alarms().uphold(request.actor, alarm_id, body.text, request.if_match())
    return _alarm(request, alarm_id)


@routes.post("/admin/alarms/{alarm_id}/lift", access=ADMINS, if_match=REQUIRED, refusals=_DECIDING)
def lift_alarm(request: Request, alarm_id: str) -> Reply[alarm_schemas.AlarmShape]:
    """End it, because an appeal is right or because it was wrong without one; by a third administrator."""
    wiring.alarms().lift(request.actor, alarm_id, request.if_match())
    return _alarm(request, alarm_id)


# ---- whom it is about


@routes.get("/verification/mine/alarms", access=SUBJECTS, while_suspended=True)
def list_own_alarms(request: Request) -> Reply[alarm_schemas.MyAlarmList]:
    """The alarms about one's profile or company, those that are over too."""
    return Reply(alarm_schemas.MyAlarmList(alarms=[_mine(one) for one in wiring.alarms().mine(request.actor)]))


@routes.get("/verification/mine/alarms/{alarm_id}", access=SUBJECTS, while_suspended=True)
def read_own_alarm(request: Request, alarm_id: str) -> Reply[alarm_schemas.MyAlarmShape]:
    """What it says, on which papers it rests, until when to answer or to contest, what follows and what does not."""
    return _my_alarm(request, alarm_id)


@routes.post(
    "/verification/mine/alarms/{alarm_id}/answer",
    access=SUBJECTS,
    while_suspended=True,
    creates=True,
    refusals=(AlarmNotInThatState, Conflict, Invalid),
)
def answer_alarm(
    request: Request, alarm_id: str, body: alarm_schemas.AlarmReplyInput
) -> Reply[alarm_schemas.MyAlarmShape]:
    """Give one's own account, once; after the ten days too, as long as nothing is decided."""
    wiring.alarms().answer(request.actor, alarm_id, body.text)
    return _my_alarm(request, alarm_id)


@routes.post(
    "/verification/mine/alarms/{alarm_id}/appeal",
    access=SUBJECTS,
    while_suspended=True,
    creates=True,
    refusals=(AlarmNotInThatState, TooLateToAppeal, Conflict, Invalid),
)
def contest_alarm(
    request: Request, alarm_id: str, body: alarm_schemas.AlarmReplyInput
) -> Reply[alarm_schemas.MyAlarmShape]:
    """Contest it, within thirty days of its effect: a third person, who took no part, decides."""
    wiring.alarms().appeal(request.actor, alarm_id, body.text)
    return _my_alarm(request, alarm_id)


def _alarm(request: Request, alarm_id: str) -> Reply[alarm_schemas.AlarmShape]:
    alarm, history = wiring.alarms().read(request.actor, alarm_id)
    files = wiring.evidence_files().of_case(alarm_id)
    named = wiring.names().of([alarm.subject]).get(alarm.subject)
    return Reply(alarm_schemas.AlarmShape.in_full(alarm, named, files, history, utc_now()), version=alarm.version)


def _my_alarm(request: Request, alarm_id: str) -> Reply[alarm_schemas.MyAlarmShape]:
    alarm = wiring.alarms().theirs(request.actor, alarm_id)
    return Reply(_mine(alarm), version=alarm.version)


def _mine(alarm: Alarm) -> alarm_schemas.MyAlarmShape:
    return alarm_schemas.MyAlarmShape.of(alarm, wiring.evidence_files().of_case(alarm.alarm_id), utc_now())
