"""What administrators read of cases, and of how the queue does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal

from chalicelib.platform.table import Item
from chalicelib.platform.validation import Both, Shape
from chalicelib.verification import grounds
from chalicelib.verification.attestations import Answer, Attestation
from chalicelib.verification.errors import STATE_LABELS
from chalicelib.verification.evidence_files import Evidence
from chalicelib.verification.facts_of_credit import CreditFacts
from chalicelib.verification.grounds import Ground
from chalicelib.verification.models import Appeal, Case, Decision, Overturned, Route, Step
from chalicelib.verification.planner import RECOMMENDATION
from chalicelib.verification.schemas import ClockShape, EvidenceShape, FindingShape, in_both
from chalicelib.verification.service import Dossier, Statistics
from chalicelib.verification.signals import Signal
from chalicelib.verification.staffing import Shortage
from chalicelib.verification.states import Outcome, State
from chalicelib.verification.subject_schemas import MyQuestionShape, attestation_status, credits_of
from chalicelib.verification.subjects import LEVELS, CompanyClaim, Kind, Level, Named, ProfileClaim
from chalicelib.verification.wording import CHECKS, ROUTES
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.text import Language


class LeaseShape(Shape):
    """Who has the case, until when. `token` is told to them alone."""

    reviewer_sub: str
    until: str
    mine: bool
    token: str | None


class CaseSummary(Shape):
    """A case as the queue lists it. `subject_id`: a profile's or a company's id; of one credit, `profile/credit`.
    `subject_name`, `work_title`: what the person or the company is called, and of one credit the work; null once that
    is gone. `credits`: how many credits are checked. `awaits_second`: a decision is proposed: a second administrator
    confirms it or sends the case back. `answer_until`: while it waits for its subject, until when they may answer."""

    case_id: str
    version: int
    kind: Kind
    subject_id: str
    subject_name: str | None
    work_title: str | None
    state: State
    state_label: Both
    route: Route | None
    route_label: Both | None
    pressing: bool
    opened_at: str
    submitted_at: str | None
    updated_at: str
    clock: ClockShape | None
    credits: int
    awaits_second: bool
    answer_until: str | None
    lease: LeaseShape | None

    @staticmethod
    def of(case: Case, named: Named | None, reader: str, now: datetime) -> CaseSummary:
        return CaseSummary(**_summary(case, named, reader, now))


class ShortageShape(Shape):
    """There are fewer administrators than a refusal and its appeal need."""

    active: int
    needed: int
    message: Both

    @staticmethod
    def of(shortage: Shortage | None) -> ShortageShape | None:
        if shortage is None:
            return None
        return ShortageShape(active=shortage.active, needed=shortage.needed, message=in_both(shortage.sentence))


class QueueShape(Shape):
    """Cases to look at, the soonest due first. A page may hold fewer than fit the filter while `cursor` is there."""

    cases: list[CaseSummary]
    cursor: str | None
    shortage: ShortageShape | None


class EstablishedShape(Shape):
    """A fact as it was established. `holds`: not once it has expired, nor for a credit that was corrected since."""

    fact: Level
    holds: bool
    source: str
    checked_at: str
    expires_at: str
    reviewer_sub: str | None
    case_id: str


class PersonIdsShape(Shape):
    """The numbers by which somebody says they are known, which nobody has checked."""

    isni: str | None
    wikidata: str | None
    bnf: str | None
    imdb: str | None


class PersonClaimShape(Shape):
    profile_id: str
    person_name: str
    roles: list[str]
    external_ids: PersonIdsShape
    complete: bool


class CompanyClaimShape(Shape):
    company_id: str
    legal_name: str
    siren: str
    email_domain: str
    mandate: str


class CreditClaimShape(Shape):
    """`contribution`: what the person says they did; empty while they have not."""

    title: str
    year: int
    started_year: int | None
    function: str
    format: str
    company: str
    broadcaster: str | None
    isan: str | None
    contribution: str


class AttestationShape(Shape):
    """A request for an attestation, with the answer. `company_known`: the address is at a domain that the company has
    proved. `attester`: the profile whose account has that address."""

    attestation_id: str
    credit_id: str
    domain: str
    company_known: bool
    attester: str | None
    status: Literal["asked", "answered", "expired", "withdrawn"]
    asked_at: str
    expires_at: str
    answer: Answer | None
    said: str | None
    answered_at: str | None

    @staticmethod
    def of(attestation: Attestation, now: datetime) -> AttestationShape:
        return AttestationShape.model_validate(
            {
                "status": attestation_status(attestation, now),
                **{name: getattr(attestation, name) for name in AttestationShape.model_fields if name != "status"},
            }
        )


class ReviewedFileShape(EvidenceShape):
    """A file as who reviews the case sees it listed. `producer`, `created`: what the file says of itself; `exif`:
    whether it carries a camera's notes."""

    sha256: str | None
    producer: str | None
    created: str | None
    exif: bool
    reviewer: str | None
    opened_at: str | None

    @staticmethod
    def listed(evidence: Evidence) -> ReviewedFileShape:
        more = ("sha256", "producer", "created", "exif", "reviewer", "opened_at")
        return ReviewedFileShape(**dict(EvidenceShape.of(evidence)), **{name: getattr(evidence, name) for name in more})


class CreditReviewShape(Shape):
    """A credit: what is claimed, and beside it all that speaks for or against it. `claim` is null once its owner took
    it out; `corrected_since`: what was found is about another claim."""

    credit_id: str
    claim: CreditClaimShape | None
    corrected_since: bool
    findings: list[FindingShape]
    facts: list[EstablishedShape]
    files: list[ReviewedFileShape]
    attestations: list[AttestationShape]


class CheckShape(Shape):
    """A step, with what it found of the whole; what it found of one credit is beside that credit."""

    check: str
    credit_id: str | None
    title: Both
    status: Literal["waiting", "pending", "ended"]
    attempt: int
    outcome: Literal["done", "needs_human", "rejected_input"] | None
    ended_at: str | None
    findings: list[FindingShape]


class RecommendationShape(Shape):
    """Which way the case should go, and why. It decides nothing."""

    route: Route
    label: Both
    reasons: list[FindingShape]


class SignalShape(Shape):
    """What should be looked at twice; `concerns` are the ids that it was seen on."""

    signal: str
    concerns: list[str]
    message: Both


class QuestionShape(MyQuestionShape):
    asked_by: str


class CreditVerdictShape(Shape):
    credit_id: str
    level: Level | None


class RemovalShape(Shape):
    credit_id: str
    level: Level


class DecisionShape(Shape):
    """A decision, proposed (`seconded_by` is null though it needs a second) or in force."""

    outcome: Outcome
    ground: Ground
    reason: Both
    text: str
    credits: list[CreditVerdictShape]
    removals: list[RemovalShape]
    junior_path: bool
    decided_by: str
    decided_at: str
    seconded_by: str | None
    seconded_at: str | None

    @staticmethod
    def of(decision: Decision) -> DecisionShape:
        verdict = decision.verdict
        return DecisionShape(
            outcome=verdict.outcome,
            ground=verdict.ground,
            reason=in_both(grounds.LABELS[verdict.ground]),
            text=verdict.text,
            credits=[CreditVerdictShape(credit_id=one.credit_id, level=one.level) for one in verdict.credits],
            removals=[RemovalShape(credit_id=one.credit_id, level=one.level) for one in verdict.removals],
            junior_path=verdict.junior_path,
            decided_by=decision.decided_by,
            decided_at=decision.decided_at,
            seconded_by=decision.seconded_by,
            seconded_at=decision.seconded_at,
        )


class OverturnedShape(Shape):
    """A proposal that a second administrator sent back, with their note."""

    decision: DecisionShape
    overturned_by: str
    overturned_at: str
    note: str

    @staticmethod
    def of(one: Overturned) -> OverturnedShape:
        return OverturnedShape(
            decision=DecisionShape.of(one.decision),
            overturned_by=one.overturned_by,
            overturned_at=one.overturned_at,
            note=one.note,
        )


class AppealShape(Shape):
    text: str
    appealed_at: str
    decision: DecisionShape | None
    changed: bool

    @staticmethod
    def of(appeal: Appeal) -> AppealShape:
        return AppealShape(
            text=appeal.text,
            appealed_at=appeal.appealed_at,
            decision=DecisionShape.of(appeal.decision) if appeal.decision else None,
            changed=appeal.changed,
        )


class HappenedShape(Shape):
    """Something that happened to the case, by ids and neutral values."""

    event: str
    at: str
    version: int
    details: dict[str, Any]

    @staticmethod
    def of(item: Item) -> HappenedShape:
        return HappenedShape(
            event=str(item["event_type"]),
            at=str(item["occurred_at"]),
            version=int(item["aggregate_version"]),
            details=item["payload"],
        )


class CaseShape(CaseSummary):
    """A case as it is decided on: claim and evidence side by side, what was decided before, all that happened.
    `language`: in which its subject is written to."""

    language: Language
    person: PersonClaimShape | None
    company: CompanyClaimShape | None
    credits_in_review: list[CreditReviewShape]
    checks: list[CheckShape]
    recommendation: RecommendationShape | None
    files: list[ReviewedFileShape]
    signals: list[SignalShape]
    questions: list[QuestionShape]
    pending_decision: DecisionShape | None
    overturned: list[OverturnedShape]
    decision: DecisionShape | None
    appeal: AppealShape | None
    earlier_decisions: list[DecisionShape]
    earlier_appeals: list[AppealShape]
    history: list[HappenedShape]

    @staticmethod
    def in_full(
        dossier: Dossier,
        named: Named | None,
        files: Sequence[Evidence],
        attestations: Sequence[Attestation],
        signals: Iterable[Signal],
        reader: str,
        now: datetime,
    ) -> CaseShape:
        case = dossier.case
        return CaseShape(
            **_summary(case, named, reader, now),
            language=case.contact.language,
            person=_person(dossier.claim),
            company=_company(dossier.claim),
            credits_in_review=[
                _credit_review(dossier, credit_id, files, attestations, now) for credit_id in _credit_ids(dossier)
            ],
            checks=[_check(step) for step in dossier.steps if step.name != RECOMMENDATION],
            recommendation=_recommendation(dossier),
            files=[ReviewedFileShape.listed(one) for one in files if one.credit_id is None],
            signals=[
                SignalShape(signal=one.signal, concerns=list(one.concerns), message=in_both(one.sentence))
                for one in signals
            ],
            questions=[QuestionShape(**dict(MyQuestionShape.of(one)), asked_by=one.asked_by) for one in case.questions],
            pending_decision=DecisionShape.of(case.pending_decision) if case.pending_decision else None,
            overturned=[OverturnedShape.of(one) for one in case.overturned],
            decision=DecisionShape.of(case.decision) if case.decision else None,
            appeal=AppealShape.of(case.appeal) if case.appeal else None,
            earlier_decisions=[DecisionShape.of(one) for one in case.earlier_decisions],
            earlier_appeals=[AppealShape.of(one) for one in case.earlier_appeals],
            history=[HappenedShape.of(item) for item in dossier.history],
        )


class DecidedWeekShape(Shape):
    """`in_time`: of those `decided` in the week of that Monday, how many came by when they were due."""

    monday: date
    decided: int
    in_time: int


class StatisticsShape(Shape):
    """How the queue is doing: what waits now, and what was decided from `since` to `until`. Ages and durations are
    whole minutes since submission, null where there is nothing to measure. `overturned`: proposals that a second
    administrator sent back; `appeals_changed`: appeals that changed the outcome. `weeks`: those of the period in which
    anything was decided, the earliest first."""

    since: str
    until: str
    waiting: int
    overdue: int
    oldest_minutes: int | None
    median_waiting_minutes: int | None
    decided: dict[Outcome, int]
    median_minutes_to_decision: int | None
    overturned: int
    appeals: int
    appeals_changed: int
    weeks: list[DecidedWeekShape]
    shortage: ShortageShape | None

    @staticmethod
    def of(statistics: Statistics, period: tuple[datetime, datetime], shortage: Shortage | None) -> StatisticsShape:
        copied = (
            "waiting",
            "overdue",
            "oldest_minutes",
            "median_waiting_minutes",
            "decided",
            "median_minutes_to_decision",
            "overturned",
            "appeals",
            "appeals_changed",
        )
        return StatisticsShape(
            since=stamp(period[0]),
            until=stamp(period[1]),
            shortage=ShortageShape.of(shortage),
            weeks=[
                DecidedWeekShape(monday=one.monday, decided=one.decided, in_time=one.in_time)
                for one in statistics.weeks
            ],
            **{name: getattr(statistics, name) for name in copied},
        )


def _summary(case: Case, named: Named | None, reader: str, now: datetime) -> dict[str, Any]:
    lease = case.lease if case.held_by and case.lease and case.lease.runs(now) else None
    shown = None
    if lease is not None:
        mine = lease.reviewer_sub == reader
        shown = LeaseShape(
            reviewer_sub=lease.reviewer_sub, until=lease.until, mine=mine, token=lease.token if mine else None
        )
    return {
        "case_id": case.case_id,
        "version": case.version,
        "kind": case.kind,
        "subject_id": case.subject_id,
        "subject_name": named.name if named else None,
        "work_title": named.work if named else None,
        "state": case.state,
        "state_label": in_both(STATE_LABELS[case.state]),
        "route": case.route,
        "route_label": in_both(ROUTES[case.route]) if case.route else None,
        "pressing": case.pressing,
        "opened_at": case.opened_at,
        "submitted_at": case.submitted_at,
        "updated_at": case.updated_at,
        "clock": ClockShape.of(case, now),
        "credits": len(case.credit_ids),
        "awaits_second": case.pending_decision is not None,
        "answer_until": case.owed_at if case.state == "information_requested" else None,
        "lease": shown,
    }


def _credit_ids(dossier: Dossier) -> list[str]:
    """Those that are claimed now, then those that were checked and are gone."""
    claimed = [one.credit_id for one in credits_of(dossier)]
    return [*claimed, *(one for one in dossier.case.credit_ids if one not in claimed)]


def _person(claim: object) -> PersonClaimShape | None:
    if not isinstance(claim, ProfileClaim):
        return None
    return PersonClaimShape(
        profile_id=claim.profile_id,
        person_name=claim.person_name,
        roles=list(claim.roles),
        external_ids=PersonIdsShape(
            **{scheme: claim.external_ids.get(scheme) for scheme in PersonIdsShape.model_fields}
        ),
        complete=claim.complete,
    )


def _company(claim: object) -> CompanyClaimShape | None:
    if not isinstance(claim, CompanyClaim):
        return None
    return CompanyClaimShape(**{name: getattr(claim, name) for name in CompanyClaimShape.model_fields})


def _credit_review(
    dossier: Dossier,
    credit_id: str,
    files: Sequence[Evidence],
    attestations: Sequence[Attestation],
    now: datetime,
) -> CreditReviewShape:
    credit = dossier.claim.credit(credit_id) if isinstance(dossier.claim, ProfileClaim) else None
    claim = None
    if credit is not None:
        claim = CreditClaimShape(**{name: getattr(credit, name) for name in CreditClaimShape.model_fields})
    known = dossier.facts.get(credit_id)
    return CreditReviewShape(
        credit_id=credit_id,
        claim=claim,
        corrected_since=dossier.changed_since(credit_id),
        findings=[
            FindingShape.of(one)
            for step in dossier.steps
            if step.name != RECOMMENDATION
            for one in step.findings
            if one.credit_id == credit_id
        ],
        facts=_established(known, credit.digest if credit else "", now) if known else [],
        files=[ReviewedFileShape.listed(one) for one in files if one.credit_id == credit_id],
        attestations=[AttestationShape.of(one, now) for one in attestations if one.credit_id == credit_id],
    )


def _established(known: CreditFacts, claim_digest: str, now: datetime) -> list[EstablishedShape]:
    held = known.of(claim_digest, now)
    return [
        EstablishedShape(
            fact=level,
            holds=level in held,
            source=fact.source,
            checked_at=fact.checked_at,
            expires_at=fact.expires_at,
            reviewer_sub=fact.reviewer,
            case_id=fact.case_id,
        )
        for level in LEVELS
        if (fact := known.get(level)) is not None
    ]


def _check(step: Step) -> CheckShape:
    return CheckShape(
        check=step.kind,
        credit_id=step.credit_id,
        title=in_both(CHECKS[step.kind]),
        status=step.status,
        attempt=step.attempt,
        outcome=step.outcome,
        ended_at=step.ended_at,
        findings=[FindingShape.of(one) for one in step.findings if one.credit_id is None],
    )


def _recommendation(dossier: Dossier) -> RecommendationShape | None:
    route = dossier.case.route
    if route is None:
        return None
    reasons = [one for step in dossier.steps if step.name == RECOMMENDATION for one in step.findings]
    return RecommendationShape(
        route=route, label=in_both(ROUTES[route]), reasons=[FindingShape.of(one) for one in reasons]
    )
