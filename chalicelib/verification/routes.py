from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from chalicelib.access import ADMINS, FREELANCERS, SUBJECTS
from chalicelib.platform.auth import PUBLIC
from chalicelib.platform.errors import Conflict, Invalid, NotFound, PreconditionFailed
from chalicelib.platform.http import ApiBlueprint, Page, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import FORM, REQUIRED
from chalicelib.verification.errors import (
    AddressAskedTooOften,
    AlreadyAsked,
    AskedTooOften,
    CaseAlreadyOpen,
    Incomplete,
    LeaseLost,
    LinkExpired,
    LinkUsed,
    LostLink,
    NoMoreEvidence,
    NoSecondDecisionAwaited,
    NotArrivedYet,
    NotInThatState,
    NotKept,
    NotTheReviewer,
    OwnCase,
    OwnDecision,
    SecondDecisionAwaited,
    TakenByAnother,
    TooLateToAppeal,
    TooManyFiles,
    UploadOver,
)
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.verification import attestations, review_schemas, schemas, subject_schemas, wiring
else:
    attestations = lazily("chalicelib.verification.attestations")
    review_schemas = lazily("chalicelib.verification.review_schemas")
    schemas = lazily("chalicelib.verification.schemas")
    subject_schemas = lazily("chalicelib.verification.subject_schemas")
    wiring = lazily("chalicelib.verification.wiring")

routes = ApiBlueprint(__name__)

#: What follows `/attestations/`, whatever it is: whoever comes by a link that was cut short is told so in a page.
Token = Annotated[str, Field(max_length=4000)]

#: What every act that shows a lease may be answered.
_WITH_A_LEASE = (LeaseLost, NotInThatState, OwnCase, Conflict, Invalid)


@routes.get("/attestations/{token}", access=PUBLIC, pages=(410,))
def show_attestation(request: Request, token: Token) -> Page:
    """The page that shows an attester what a freelancer claims, and asks.

    It changes nothing: security scanners open every link of an e-mail.
    """
    try:
        attestation = wiring.attestation_answers().look(token)
    except LinkUsed:
        return Page(wiring.attestation_pages().used())
    except LinkExpired:
        return Page(wiring.attestation_pages().expired(), status=410)
    except LostLink:
        return Page(wiring.attestation_pages().lost(), status=404)
    return Page(wiring.attestation_pages().asking(attestation))


@routes.post("/attestations/{token}", access=PUBLIC, consumes=FORM, pages=(409, 410, 422))
def answer_attestation(request: Request, token: Token) -> Page:
    """An attester's answer, once: the form's `answer`, and a line in `said` for whoever wants to add one."""
    form = request.form()
    answer = next((one for one in attestations.ANSWERS if one == form.get("answer")), None)
    said = form.get("said", "")
    try:
        if answer is None:
            attestation = wiring.attestation_answers().look(token)
            return Page(wiring.attestation_pages().asking(attestation, missing=True, said=said), status=422)
        wiring.attestation_answers().answer(token, answer, said)
    except LinkUsed:
        return Page(wiring.attestation_pages().used(), status=409)
    except LinkExpired:
        return Page(wiring.attestation_pages().expired(), status=410)
    except LostLink:
        return Page(wiring.attestation_pages().lost(), status=404)
    return Page(wiring.attestation_pages().thanks(answer))


# ---- the subject's side: a freelancer for their profile and credits, a producer for their company


@routes.post(
    "/verification/mine",
    access=SUBJECTS,
    status=201,
    creates=True,
    refusals=(NotFound, CaseAlreadyOpen, Invalid),
)
def open_case(request: Request, body: schemas.OpenCaseInput) -> Reply[subject_schemas.MyCaseShape]:
    """Prepare a verification: of one's profile, of one of its credits, or of one's company.

    Nothing is checked before it is submitted: documents and attestations can be added first.
    """
    body.check()
    case = wiring.service().open(request.actor, body.kind, request.new_id(), request.language, body.credit_id)
    return _my_case(request, case.case_id)


@routes.get("/verification/mine", access=SUBJECTS, while_suspended=True)
def list_own_cases(request: Request, query: schemas.MyCasesQuery) -> Reply[subject_schemas.MyCaseList]:
    """The verifications of one's profile, its credits, or one's company, the latest first."""
    cases, position = wiring.service().my_cases(request.actor, request.position())
    now = utc_now()
    return Reply(
        subject_schemas.MyCaseList(
            cases=[subject_schemas.MyCaseSummary.of(one, now) for one in cases], cursor=request.cursor(position)
        )
    )


@routes.get("/verification/mine/badges", access=FREELANCERS, while_suspended=True, refusals=(NotFound,))
def read_own_badges(request: Request) -> Reply[subject_schemas.MyBadgesShape]:
    """What is established of each of one's credits, by what, when and until when."""
    return Reply(subject_schemas.MyBadgesShape.of(wiring.service().my_badges(request.actor), utc_now()))


@routes.get("/verification/mine/{case_id}", access=SUBJECTS, while_suspended=True)
def read_own_case(request: Request, case_id: str) -> Reply[subject_schemas.MyCaseShape]:
    """What is checked and how, what is missing and by when, what was asked, what was decided and why."""
    return _my_case(request, case_id)


@routes.post("/verification/mine/{case_id}/submit", access=SUBJECTS, refusals=(Incomplete, NotInThatState, Conflict))
def submit_case(request: Request, case_id: str) -> Reply[subject_schemas.MyCaseShape]:
    """Ask for the checks. Sent twice, it asks for nothing twice."""
    wiring.service().submit(request.actor, case_id)
    return _my_case(request, case_id)


@routes.post(
    "/verification/mine/{case_id}/answer",
    access=SUBJECTS,
    while_suspended=True,
    creates=True,
    refusals=(NotInThatState, Conflict, Invalid),
)
def answer_question(request: Request, case_id: str, body: schemas.AnswerInput) -> Reply[subject_schemas.MyCaseShape]:
    """Answer what the reviewer asked: the case goes back to them and the clock runs again."""
    wiring.service().answer(request.actor, case_id, body.text)
    return _my_case(request, case_id)


@routes.post(
    "/verification/mine/{case_id}/withdraw", access=SUBJECTS, while_suspended=True, refusals=(NotInThatState, Conflict)
)
def withdraw_case(request: Request, case_id: str) -> Reply[subject_schemas.MyCaseShape]:
    """Take a verification back, as long as it is not decided."""
    wiring.service().withdraw(request.actor, case_id)
    return _my_case(request, case_id)


@routes.post(
    "/verification/mine/{case_id}/appeal",
    access=SUBJECTS,
    while_suspended=True,
    creates=True,
    refusals=(NotInThatState, TooLateToAppeal, CaseAlreadyOpen, Conflict, Invalid),
)
def contest_decision(request: Request, case_id: str, body: schemas.AppealInput) -> Reply[subject_schemas.MyCaseShape]:
    """Contest a decision, within thirty days: somebody who took no part in it decides for good."""
    wiring.service().appeal(request.actor, case_id, body.text)
    return _my_case(request, case_id)


@routes.post(
    "/verification/mine/{case_id}/evidence",
    access=SUBJECTS,
    status=201,
    creates=True,
    refusals=(Invalid, NotInThatState, TooManyFiles, NoMoreEvidence, UploadOver, Conflict),
)
def offer_evidence(request: Request, case_id: str, body: schemas.EvidenceInput) -> Reply[schemas.OfferedShape]:
    """Get a place for one file, and the form that sends it there. It is checked once its arrival is confirmed."""
    wiring.service().my_case_to_prove(request.actor, case_id)
    if body.credit_id is not None:
        wiring.service().my_credit_to_prove(request.actor, case_id, body.credit_id)
    evidence, upload = wiring.evidence_files().offer(
        request.actor.sub, case_id, request.new_id(), body.kind, body.media_type, body.size, body.credit_id
    )
    return Reply(schemas.OfferedShape.of(evidence, upload))


@routes.get("/verification/mine/{case_id}/evidence", access=SUBJECTS, while_suspended=True)
def list_own_evidence(request: Request, case_id: str) -> Reply[subject_schemas.EvidenceList]:
    """The files of a case of one's own, with why those that are not kept are not."""
    wiring.service().mine(request.actor, case_id)
    files = wiring.evidence_files().of_case(case_id)
    return Reply(subject_schemas.EvidenceList(files=[schemas.EvidenceShape.of(one) for one in files]))


@routes.post(
    "/verification/mine/{case_id}/evidence/{evidence_id}/confirm", access=SUBJECTS, refusals=(NotArrivedYet, Conflict)
)
def confirm_evidence(request: Request, case_id: str, evidence_id: str) -> Reply[schemas.EvidenceShape]:
    """Say that the file was sent: it is checked by its bytes, and kept or refused."""
    wiring.service().mine(request.actor, case_id)
    return Reply(schemas.EvidenceShape.of(wiring.evidence_files().confirm(request.actor.sub, case_id, evidence_id)))


@routes.post(
    "/verification/mine/{case_id}/attestations",
    access=FREELANCERS,
    status=201,
    creates=True,
    refusals=(Invalid, NotInThatState, AlreadyAsked, AskedTooOften, AddressAskedTooOften, Conflict),
)
def ask_attestation(
    request: Request, case_id: str, body: schemas.AttestationInput
) -> Reply[subject_schemas.MyAttestationShape]:
    """Have somebody at the company asked about a credit, at their address on the company's own domain."""
    credit = wiring.service().my_credit_to_prove(request.actor, case_id, body.credit_id)
    attestation = wiring.attestation_requests().ask(
        request.new_id(),
        case_id,
        credit.profile_id,
        credit.credit_id,
        attestations.Claim(
            person=credit.person_name,
            work=credit.title,
            function=credit.function,
            company=credit.company,
            year=credit.year,
            started_year=credit.started_year,
        ),
        body.address,
    )
    return Reply(subject_schemas.MyAttestationShape.of(attestation, utc_now()))


@routes.get("/verification/mine/{case_id}/attestations", access=FREELANCERS, while_suspended=True)
def list_own_attestations(request: Request, case_id: str) -> Reply[subject_schemas.MyAttestationList]:
    """Whom one had asked, and who has answered."""
    wiring.service().mine(request.actor, case_id)
    found, now = wiring.attestation_requests().of_case(case_id), utc_now()
    return Reply(
        subject_schemas.MyAttestationList(
            attestations=[subject_schemas.MyAttestationShape.of(one, now) for one in found]
        )
    )


@routes.post(
    "/verification/mine/{case_id}/attestations/{attestation_id}/withdraw", access=FREELANCERS, refusals=(Conflict,)
)
def withdraw_attestation(
    request: Request, case_id: str, attestation_id: str
) -> Reply[subject_schemas.MyAttestationShape]:
    """Have somebody no longer asked: their link stops working. What was answered stays."""
    profile_id = wiring.service().mine(request.actor, case_id).subject.owner_id
    attestation = wiring.attestation_requests().withdraw(profile_id, case_id, attestation_id)
    return Reply(subject_schemas.MyAttestationShape.of(attestation, utc_now()))


# ---- the administrators' side


@routes.get("/verification/cases", access=ADMINS)
def list_queue(request: Request, query: schemas.QueueQuery) -> Reply[review_schemas.QueueShape]:
    """Cases to look at, the soonest due first, each with its clock.

    Those that wait for their subject are listed when that state is asked for, the soonest to run out first. A page may
    hold fewer than fit the filter while `cursor` is there: go on from it.
    """
    cases, position = wiring.service().queue(query.wanted(request.actor.sub), request.position())
    named, now = wiring.names().of([one.subject for one in cases]), utc_now()
    return Reply(
        review_schemas.QueueShape(
            cases=[review_schemas.CaseSummary.of(one, named.get(one.subject), request.actor.sub, now) for one in cases],
            cursor=request.cursor(position),
            shortage=review_schemas.ShortageShape.of(wiring.staffing().shortage()),
        )
    )


@routes.get("/verification/statistics", access=ADMINS)
def read_statistics(request: Request, query: schemas.StatisticsQuery) -> Reply[review_schemas.StatisticsShape]:
    """How old what waits is, how much is decided and how fast, what a second look changed."""
    period = query.period(utc_now())
    statistics, shortage = wiring.service().statistics(*period), wiring.staffing().shortage()
    return Reply(review_schemas.StatisticsShape.of(statistics, period, shortage))


@routes.get("/verification/cases/{case_id}", access=ADMINS, refusals=(OwnCase,))
def read_case(request: Request, case_id: str) -> Reply[review_schemas.CaseShape]:
    """A case with what is claimed and what speaks for or against it side by side, and all that happened to it."""
    return _case(request, case_id)


@routes.post(
    "/verification/cases/{case_id}/claim",
    access=ADMINS,
    refusals=(NotInThatState, TakenByAnother, OwnCase, OwnDecision, Conflict),
)
def claim_case(request: Request, case_id: str) -> Reply[review_schemas.CaseShape]:
    """Take a case for thirty minutes.

    `lease.token` goes with every act on it. Whoever has the case already gets it as it is.
    """
    wiring.service().claim(request.actor, case_id)
    return _case(request, case_id)


@routes.post("/verification/cases/{case_id}/renew", access=ADMINS, refusals=_WITH_A_LEASE)
def renew_lease(request: Request, case_id: str, body: schemas.LeaseInput) -> Reply[review_schemas.CaseShape]:
    """Thirty minutes more, from now."""
    wiring.service().renew_lease(request.actor, case_id, body.lease_token)
    return _case(request, case_id)


@routes.post("/verification/cases/{case_id}/release", access=ADMINS, refusals=_WITH_A_LEASE)
def release_case(request: Request, case_id: str, body: schemas.LeaseInput) -> Reply[review_schemas.CaseShape]:
    """Give a case back to the queue."""
    wiring.service().release(request.actor, case_id, body.lease_token)
    return _case(request, case_id)


@routes.post(
    "/verification/cases/{case_id}/request-information",
    access=ADMINS,
    creates=True,
    refusals=(*_WITH_A_LEASE, SecondDecisionAwaited),
)
def request_information(
    request: Request, case_id: str, body: schemas.InformationInput
) -> Reply[review_schemas.CaseShape]:
    """Ask the subject something. The case comes back, to who asked, with the answer."""
    wiring.service().request_information(request.actor, case_id, body.lease_token, body.text)
    return _case(request, case_id)


@routes.post(
    "/verification/cases/{case_id}/decision",
    access=ADMINS,
    creates=True,
    refusals=(*_WITH_A_LEASE, SecondDecisionAwaited),
)
def decide_case(request: Request, case_id: str, body: schemas.VerdictInput) -> Reply[review_schemas.CaseShape]:
    """Decide. A refusal, and whatever takes a fact away, is proposed, and counts once a second administrator confirms.

    Without the lease in force nothing is recorded (409 `lease_lost`).
    """
    wiring.service().decide(request.actor, case_id, body.lease_token, body.verdict())
    return _case(request, case_id)


@routes.post(
    "/verification/cases/{case_id}/second-decision",
    access=ADMINS,
    creates=True,
    refusals=(*_WITH_A_LEASE, NoSecondDecisionAwaited, OwnDecision),
)
def decide_second(request: Request, case_id: str, body: schemas.SecondDecisionInput) -> Reply[review_schemas.CaseShape]:
    """Confirm a proposed decision, or send the case back to the queue with a note for whoever takes it next."""
    wiring.service().second_decision(request.actor, case_id, body.lease_token, confirms=body.confirms, note=body.note)
    return _case(request, case_id)


@routes.post(
    "/verification/cases/{case_id}/appeal/claim",
    access=ADMINS,
    refusals=(NotInThatState, TakenByAnother, OwnCase, OwnDecision, Conflict),
)
def claim_appeal(request: Request, case_id: str) -> Reply[review_schemas.CaseShape]:
    """Take an appeal for thirty minutes; nobody who had any part in the decision may."""
    wiring.service().claim_appeal(request.actor, case_id)
    return _case(request, case_id)


@routes.post(
    "/verification/cases/{case_id}/appeal/decision",
    access=ADMINS,
    creates=True,
    refusals=_WITH_A_LEASE,
)
def decide_appeal(request: Request, case_id: str, body: schemas.VerdictInput) -> Reply[review_schemas.CaseShape]:
    """The last word on a case: it upholds what was decided, or improves it."""
    wiring.service().decide_appeal(request.actor, case_id, body.lease_token, body.verdict())
    return _case(request, case_id)


@routes.post(
    "/verification/cases/{case_id}/reopen",
    access=ADMINS,
    if_match=REQUIRED,
    refusals=(PreconditionFailed, NotInThatState, OwnCase, CaseAlreadyOpen, Conflict, Invalid),
)
def reopen_case(request: Request, case_id: str, body: schemas.ReopeningInput) -> Reply[review_schemas.CaseShape]:
    """Put a decided case back into the queue. What was decided stands until somebody decides otherwise."""
    wiring.service().reopen(request.actor, case_id, body.ground, request.if_match())
    return _case(request, case_id)


@routes.post(
    "/verification/cases/{case_id}/evidence/{evidence_id}/open",
    access=ADMINS,
    refusals=(OwnCase, NotTheReviewer, NotKept, Conflict),
)
def open_evidence(request: Request, case_id: str, evidence_id: str) -> Reply[schemas.ReadingShape]:
    """A link that shows a file, for a few minutes, for the case's reviewer alone.

    That it was opened is recorded first. The file is named by what it is and by its credit.
    """
    dossier = wiring.service().review(request.actor, case_id)
    reading = wiring.evidence_files().open(request.actor.sub, case_id, evidence_id, request.language, dossier.titles)
    return Reply(schemas.ReadingShape.of(reading))


def _my_case(request: Request, case_id: str) -> Reply[subject_schemas.MyCaseShape]:
    dossier = wiring.service().my_dossier(request.actor, case_id)
    return Reply(subject_schemas.MyCaseShape.in_full(dossier, utc_now()), version=dossier.case.version)


def _case(request: Request, case_id: str) -> Reply[review_schemas.CaseShape]:
    dossier = wiring.service().review(request.actor, case_id)
    subject = dossier.case.subject
    evidence, asked = wiring.evidence_files(), wiring.attestation_requests()
    shape = review_schemas.CaseShape.in_full(
        dossier,
        wiring.names().of([subject]).get(subject),
        evidence.of_case(case_id),
        asked.of_case(case_id),
        [*evidence.signals(case_id), *asked.signals(case_id)],
        request.actor.sub,
        utc_now(),
    )
    return Reply(shape, version=dossier.case.version)
