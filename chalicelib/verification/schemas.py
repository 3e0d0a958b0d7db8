from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.platform.errors import Invalid
from chalicelib.platform.operations import Id
from chalicelib.platform.table import Item
from chalicelib.platform.validation import (
    Both,
    EmailAddress,
    Instant,
    PageQuery,
    QuerySchema,
    Schema,
    Shape,
    paragraphs,
)
from chalicelib.verification import grounds
from chalicelib.verification.attestations import Answer, Attestation
from chalicelib.verification.due import left_in_words
from chalicelib.verification.errors import CREDIT_GOES_WITH_CREDIT, END_BEFORE_START, STATE_LABELS
from chalicelib.verification.evidence_files import MAXIMUM_BYTES, Evidence, Reading, Status, Upload
from chalicelib.verification.evidence_files import Kind as DocumentKind
from chalicelib.verification.facts_of_credit import CreditFacts, Established
from chalicelib.verification.grounds import Ground
from chalicelib.verification.models import (
    Appeal,
    Case,
    CreditVerdict,
    Decision,
    Finding,
    Overturned,
    Question,
    Removal,
    Route,
    Step,
    Verdict,
)
from chalicelib.verification.planner import RECOMMENDATION
from chalicelib.verification.service import Dossier, QueueFilter, Standing, Statistics
from chalicelib.verification.signals import Signal
from chalicelib.verification.staffing import Shortage
from chalicelib.verification.states import DECIDED, ENDED, Outcome, State
from chalicelib.verification.subjects import (
    LEVELS,
    CompanyClaim,
    CreditClaim,
    Kind,
    Level,
    ProfileClaim,
)
from chalicelib.verification.wording import CHECKS, FACTS, METHODS, MISSING, ROUTES
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.text import Bilingual

#: The period of statistics that nobody names.
PERIOD = timedelta(days=30)

#: Years that one reading of statistics may cover, so that it ends within a request.
LONGEST_PERIOD = timedelta(days=366)


# ---- what is asked


class OpenCaseInput(Schema):
    """What is to be verified: one's profile, one of its credits, or one's company. `credit_id` goes with `credit`, and
    with nothing else."""

    kind: Kind
    credit_id: Id | None = None

    def check(self) -> None:
        """Raises Invalid naming `credit_id` when it is missing, or does not belong there."""
        if (self.kind == "credit") != (self.credit_id is not None):
            raise Invalid([CREDIT_GOES_WITH_CREDIT.broken_at("/credit_id")])


class AnswerInput(Schema):
    text: paragraphs(4000)  # type: ignore[valid-type]


class AppealInput(Schema):
    """Why the decision is contested, in one's own words."""

    text: paragraphs(4000, minimum=10)  # type: ignore[valid-type]


class EvidenceInput(Schema):
    """A file about to be sent. `size`: bytes. `credit_id`: the credit that it shows, if it is about one."""

    kind: DocumentKind
    media_type: Literal["application/pdf", "image/jpeg", "image/png"]
    size: Annotated[int, Field(ge=1, le=MAXIMUM_BYTES)]
    credit_id: Id | None = None


class AttestationInput(Schema):
    """Who is to be asked about a credit: an address at the company's own domain."""

    credit_id: Id
    address: EmailAddress


class LeaseInput(Schema):
    """`lease_token` came with the claim; without it, or once it has run out, nothing is done (409 `lease_lost`)."""

    lease_token: Id


class InformationInput(LeaseInput):
    """The question, as the subject reads it."""

    text: paragraphs(4000)  # type: ignore[valid-type]


class CreditVerdictInput(Schema):
    """The highest fact of a credit that is established; null: none is."""

    credit_id: Id
    level: Level | None


class RemovalInput(Schema):
    """A fact that is taken away, with those that stand on it."""

    credit_id: Id
    level: Level


class VerdictInput(LeaseInput):
    """A decision. `text` is for the subject, `ground` says which of the known reasons it is. `junior_path`: whether the
    background of somebody at the beginning is confirmed."""

    outcome: Outcome
    ground: Ground
    text: paragraphs(4000)  # type: ignore[valid-type]
    credits: Annotated[list[CreditVerdictInput], Field(max_length=90)] = []
    removals: Annotated[list[RemovalInput], Field(max_length=90)] = []
    junior_path: bool = False

    def verdict(self) -> Verdict:
        return Verdict(
            outcome=self.outcome,
            ground=self.ground,
            text=self.text,
            credits=tuple(CreditVerdict(credit_id=one.credit_id, level=one.level) for one in self.credits),
            removals=tuple(Removal(credit_id=one.credit_id, level=one.level) for one in self.removals),
            junior_path=self.junior_path,
        )


class SecondDecisionInput(LeaseInput):
    """Whether the proposed decision is confirmed; otherwise the case goes back to the queue, with `note` for whoever
    takes it next."""

    confirms: bool
    note: paragraphs(4000, minimum=0) = ""  # type: ignore[valid-type]


class ReopeningInput(Schema):
    ground: Ground


class MyCasesQuery(PageQuery):
    pass


class QueueQuery(PageQuery):
    """`mine`: those that one has under a lease; `overdue`: those whose time is over; `pressing`: those of people who
    fit a live project whose option ends soon."""

    state: Literal["queued", "in_review", "appealed", "appeal_review", "reopened"] | None = None
    route: Route | None = None
    kind: Kind | None = None
    mine: Literal["true"] | None = None
    overdue: Literal["true"] | None = None
    pressing: Literal["true"] | None = None

    def wanted(self, reader: str) -> QueueFilter:
        return QueueFilter(
            state=self.state,
            route=self.route,
            kind=self.kind,
            pressing=True if self.pressing else None,
            held_by=reader if self.mine else None,
            overdue=self.overdue is not None,
        )


class StatisticsQuery(QuerySchema):
    """The period of what was decided: the last thirty days, or from `since` to `until`."""

    since: Instant | None = None
    until: Instant | None = None

    def period(self, now: datetime) -> tuple[datetime, datetime]:
        """Never longer than `LONGEST_PERIOD`, which then ends at `until`. Raises Invalid."""
        until = self.until or now
        if self.since and self.since > until:
            raise Invalid([END_BEFORE_START.broken_at("?until" if self.until else "?since")])
        return max(self.since or until - PERIOD, until - LONGEST_PERIOD), until


# ---- what both sides read


class ClockShape(Shape):
    """By when the subject must hear from us. `seconds_left` is negative once it is late."""

    due_at: str
    seconds_left: int
    words: Both

    @staticmethod
    def of(case: Case, now: datetime) -> ClockShape | None:
        """None while nobody owes the subject anything."""
        if case.due_at is None:
            return None
        left = datetime.fromisoformat(case.due_at) - now
        return ClockShape(due_at=case.due_at, seconds_left=int(left.total_seconds()), words=_both(left_in_words(left)))


class FindingShape(Shape):
    """One thing that a check found. `verdict`: confirms, partial, contradicts, silent, error or noticed; a source that
    is silent says nothing against anybody. `proves`: the highest fact of the credit that it shows. `pointer`: what is
    at fault in what was declared, if anything."""

    source: str
    verdict: str
    reason: str
    note: Both
    credit_id: str | None
    level: Level | None
    proves: Level | None
    url: str | None
    retrieved_at: str | None
    licence: str | None
    pointer: str | None

    @staticmethod
    def of(finding: Finding) -> FindingShape:
        copied = {name: getattr(finding, name) for name in FindingShape.model_fields if name != "note"}
        return FindingShape(**copied, note=Both(fr=finding.note_fr, en=finding.note_en))


class BadgeShape(Shape):
    """A fact of a credit that is established: by what, when, until when."""

    fact: Level
    label: Both
    source: str
    checked_at: str
    expires_at: str

    @staticmethod
    def all_of(facts: CreditFacts | None, claim_digest: str, now: datetime) -> list[BadgeShape]:
        return [
            BadgeShape(
                fact=level,
                label=_both(FACTS[level]),
                source=fact.source,
                checked_at=fact.checked_at,
                expires_at=fact.expires_at,
            )
            for level, fact in (facts.of(claim_digest, now) if facts else {}).items()
        ]


class EvidenceShape(Shape):
    """A file that was sent, or is to be. `explanation`: why it is not kept."""

    evidence_id: str
    kind: DocumentKind
    credit_id: str | None
    media_type: str
    size: int | None
    status: Status
    offered_at: str
    upload_until: str
    checked_at: str | None
    refusal: str | None
    explanation: Both | None
    deleted_at: str | None

    @staticmethod
    def of(evidence: Evidence) -> EvidenceShape:
        explanation = evidence.explanation
        copied = {name: getattr(evidence, name) for name in EvidenceShape.model_fields if name != "explanation"}
        return EvidenceShape(**copied, explanation=_both(explanation) if explanation else None)


# ---- what the subject reads


class MyCheckShape(Shape):
    """What is checked, and how. `status`: under_way, done, for_a_person (who decides will look at it) or to_correct
    (the findings name what)."""

    check: str
    credit_id: str | None
    title: Both
    method: Both
    status: Literal["under_way", "done", "for_a_person", "to_correct"]
    ended_at: str | None
    findings: list[FindingShape]


class MissingShape(Shape):
    """What the subject can still do, about which credit, by when (null: the sooner the better)."""

    what: Literal[
        "profile_incomplete",
        "not_submitted",
        "answer",
        "correction",
        "proof_of_credit",
        "proof_of_background",
        "proof_of_mandate",
    ]
    credit_id: str | None
    message: Both
    until: str | None


class MyQuestionShape(Shape):
    question_id: str
    asked_at: str
    text: str
    until: str
    answer: str | None
    answered_at: str | None

    @staticmethod
    def of(question: Question) -> MyQuestionShape:
        return MyQuestionShape(**{name: getattr(question, name) for name in MyQuestionShape.model_fields})


class MyDecisionShape(Shape):
    """What was decided and why. Who decided is not told; that a refusal took two people is."""

    outcome: Outcome
    ground: Ground
    reason: Both
    text: str
    decided_at: str
    by_two_people: bool

    @staticmethod
    def of(decision: Decision) -> MyDecisionShape:
        verdict = decision.verdict
        return MyDecisionShape(
            outcome=verdict.outcome,
            ground=verdict.ground,
            reason=_both(grounds.LABELS[verdict.ground]),
            text=verdict.text,
            decided_at=decision.seconded_at or decision.decided_at,
            by_two_people=decision.seconded_by is not None,
        )


class MyAppealShape(Shape):
    """An appeal and, once a third person has decided, what they did."""

    text: str
    appealed_at: str
    decision: MyDecisionShape | None
    changed: bool

    @staticmethod
    def of(appeal: Appeal) -> MyAppealShape:
        decision = MyDecisionShape.of(appeal.decision) if appeal.decision else None
        return MyAppealShape(
            text=appeal.text, appealed_at=appeal.appealed_at, decision=decision, changed=appeal.changed
        )


class MyCaseSummary(Shape):
    """A case on one's profile, on one of its credits, or on one's company. `appeal_until`: until when its decision may
    be contested; null where none may be."""

    case_id: str
    version: int
    kind: Kind
    credit_id: str | None
    state: State
    state_label: Both
    opened_at: str
    submitted_at: str | None
    updated_at: str
    clock: ClockShape | None
    outcome: Outcome | None
    appeal_until: str | None

    @staticmethod
    def of(case: Case, now: datetime) -> MyCaseSummary:
        return MyCaseSummary(**_mine(case, now))


class MyCaseList(Shape):
    cases: list[MyCaseSummary]
    cursor: str | None


class MyCaseShape(MyCaseSummary):
    """A case as whoever it is about follows it: what is checked and how, what is missing, what was asked, what was
    decided and why, until when that may be contested."""

    checks: list[MyCheckShape]
    missing: list[MissingShape]
    questions: list[MyQuestionShape]
    decision: MyDecisionShape | None
    appeal: MyAppealShape | None
    badges: list[CreditBadgesShape]

    @staticmethod
    def in_full(dossier: Dossier, now: datetime) -> MyCaseShape:
        case = dossier.case
        return MyCaseShape(
            **_mine(case, now),
            checks=[_my_check(step) for step in dossier.steps if step.name != RECOMMENDATION],
            missing=_missing(dossier),
            questions=[MyQuestionShape.of(one) for one in case.questions],
            decision=MyDecisionShape.of(case.decision) if case.decision else None,
            appeal=MyAppealShape.of(case.appeal) if case.appeal else None,
            badges=[CreditBadgesShape.of(one, dossier.facts, now) for one in _credits(dossier)],
        )


class CreditBadgesShape(Shape):
    """A credit and what is established of it. `level`: 0 declared, 1 the work exists, 2 participation, 3 function."""

    credit_id: str
    title: str
    year: int
    level: Literal[0, 1, 2, 3]
    badges: list[BadgeShape]

    @staticmethod
    def of(credit: CreditClaim, facts: Mapping[str, CreditFacts], now: datetime) -> CreditBadgesShape:
        known = facts.get(credit.credit_id)
        return CreditBadgesShape.model_validate(
            {
                "credit_id": credit.credit_id,
                "title": credit.title,
                "year": credit.year,
                "level": known.rank(credit.digest, now) if known else 0,
                "badges": BadgeShape.all_of(known, credit.digest, now),
            }
        )


class JuniorPathShape(Shape):
    """That the background of somebody at the beginning is confirmed."""

    source: str
    checked_at: str
    expires_at: str

    @staticmethod
    def of(path: Established) -> JuniorPathShape:
        return JuniorPathShape(source=path.source, checked_at=path.checked_at, expires_at=path.expires_at)


class MyBadgesShape(Shape):
    credits: list[CreditBadgesShape]
    junior_path: JuniorPathShape | None

    @staticmethod
    def of(standing: Standing, now: datetime) -> MyBadgesShape:
        return MyBadgesShape(
            credits=[CreditBadgesShape.of(one, standing.facts, now) for one in standing.claim.credits],
            junior_path=JuniorPathShape.of(standing.junior_path) if standing.junior_path else None,
        )


class UploadShape(Shape):
    """A form that takes the file until `until`: every one of `fields` first, then the file as `file`."""

    url: str
    fields: dict[str, str]
    until: str


class OfferedShape(Shape):
    evidence: EvidenceShape
    upload: UploadShape

    @staticmethod
    def of(evidence: Evidence, upload: Upload) -> OfferedShape:
        return OfferedShape(
            evidence=EvidenceShape.of(evidence),
            upload=UploadShape(url=upload.url, fields=upload.fields, until=upload.until),
        )


class EvidenceList(Shape):
    files: list[EvidenceShape]


class MyAttestationShape(Shape):
    """A request for an attestation, and what became of it. `address` is null once the case has ended. What they said is
    for who reviews the case."""

    attestation_id: str
    credit_id: str
    address: str | None
    domain: str
    status: Literal["asked", "answered", "expired", "withdrawn"]
    asked_at: str
    expires_at: str
    answered_at: str | None
    withdrawn_at: str | None

    @staticmethod
    def of(attestation: Attestation, now: datetime) -> MyAttestationShape:
        return MyAttestationShape.model_validate(
            {
                "status": _attestation_status(attestation, now),
                **{name: getattr(attestation, name) for name in MyAttestationShape.model_fields if name != "status"},
            }
        )


class MyAttestationList(Shape):
    attestations: list[MyAttestationShape]


# ---- what administrators read


class LeaseShape(Shape):
    """Who has the case, until when. `token` is told to them alone."""

    reviewer_sub: str
    until: str
    mine: bool
    token: str | None


class CaseSummary(Shape):
    """A case as the queue lists it. `subject_id`: a profile's or a company's id; of one credit, `profile/credit`.
    `credits`: how many credits are checked. `awaits_second`: a decision is proposed: a second administrator confirms it
    or sends the case back."""

    case_id: str
    version: int
    kind: Kind
    subject_id: str
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
    lease: LeaseShape | None

    @staticmethod
    def of(case: Case, reader: str, now: datetime) -> CaseSummary:
        return CaseSummary(**_summary(case, reader, now))


class ShortageShape(Shape):
    """There are fewer administrators than a refusal and its appeal need."""

    active: int
    needed: int
    message: Both

    @staticmethod
    def of(shortage: Shortage | None) -> ShortageShape | None:
        if shortage is None:
            return None
        return ShortageShape(active=shortage.active, needed=shortage.needed, message=_both(shortage.sentence))


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
    title: str
    year: int
    started_year: int | None
    function: str
    format: str
    company: str
    broadcaster: str | None
    isan: str | None


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
                "status": _attestation_status(attestation, now),
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
            reason=_both(grounds.LABELS[verdict.ground]),
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
    """A case as it is decided on: claim and evidence side by side, what was decided before, all that happened."""

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
        files: Sequence[Evidence],
        attestations: Sequence[Attestation],
        signals: Iterable[Signal],
        reader: str,
        now: datetime,
    ) -> CaseShape:
        case = dossier.case
        return CaseShape(
            **_summary(case, reader, now),
            person=_person(dossier.claim),
            company=_company(dossier.claim),
            credits_in_review=[
                _credit_review(dossier, credit_id, files, attestations, now) for credit_id in _credit_ids(dossier)
            ],
            checks=[_check(step) for step in dossier.steps if step.name != RECOMMENDATION],
            recommendation=_recommendation(dossier),
            files=[ReviewedFileShape.listed(one) for one in files if one.credit_id is None],
            signals=[
                SignalShape(signal=one.signal, concerns=list(one.concerns), message=_both(one.sentence))
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


class ReadingShape(Shape):
    """A link that downloads the file, for so many seconds and for whoever holds it."""

    url: str
    seconds: int

    @staticmethod
    def of(reading: Reading) -> ReadingShape:
        return ReadingShape(url=reading.url, seconds=reading.seconds)


class StatisticsShape(Shape):
    """How the queue is doing: what waits now, and what was decided from `since` to `until`. Ages and durations are
    whole minutes since submission, null where there is nothing to measure. `overturned`: proposals that a second
    administrator sent back; `appeals_changed`: appeals that changed the outcome."""

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
            **{name: getattr(statistics, name) for name in copied},
        )


# ---- how they are made

#: Checks whose findings their subject reads. Of the others they read what they can correct, and no more: who else has
#: the same address, whether an alarm is in force, what somebody said of them is for who decides.
_OPEN_CHECKS = ("credit", "company_registry", "experience")


def _both(said: Bilingual) -> Both:
    return Both(fr=said.fr, en=said.en)


def _mine(case: Case, now: datetime) -> dict[str, Any]:
    return {
        "case_id": case.case_id,
        "version": case.version,
        "kind": case.kind,
        "credit_id": case.subject.credit_id,
        "state": case.state,
        "state_label": _both(STATE_LABELS[case.state]),
        "opened_at": case.opened_at,
        "submitted_at": case.submitted_at,
        "updated_at": case.updated_at,
        "clock": ClockShape.of(case, now),
        "outcome": case.outcome,
        "appeal_until": case.appeal_until,
    }


def _summary(case: Case, reader: str, now: datetime) -> dict[str, Any]:
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
        "state": case.state,
        "state_label": _both(STATE_LABELS[case.state]),
        "route": case.route,
        "route_label": _both(ROUTES[case.route]) if case.route else None,
        "pressing": case.pressing,
        "opened_at": case.opened_at,
        "submitted_at": case.submitted_at,
        "updated_at": case.updated_at,
        "clock": ClockShape.of(case, now),
        "credits": len(case.credit_ids),
        "awaits_second": case.pending_decision is not None,
        "lease": shown,
    }


def _my_check(step: Step) -> MyCheckShape:
    status: Literal["under_way", "done", "for_a_person", "to_correct"] = "under_way"
    if step.status == "ended":
        # That a check which is not theirs to read asks for a person would tell them what it found.
        for_a_person = step.outcome == "needs_human" and step.kind in _OPEN_CHECKS
        status = "for_a_person" if for_a_person else "done"
    findings = [one for one in step.findings if step.kind in _OPEN_CHECKS or one.pointer]
    if any(one.pointer for one in findings):
        status = "to_correct"
    return MyCheckShape(
        check=step.kind,
        credit_id=step.credit_id,
        title=_both(CHECKS[step.kind]),
        method=_both(METHODS[step.kind]),
        status=status,
        ended_at=step.ended_at,
        findings=[FindingShape.of(one) for one in findings],
    )


def _missing(dossier: Dossier) -> list[MissingShape]:
    """What the subject can do now; nothing once it is decided."""
    case, claim = dossier.case, dossier.claim
    if case.state in DECIDED | ENDED:
        return []
    found: list[MissingShape] = []

    def add(what: str, credit_id: str | None = None, until: str | None = None) -> None:
        found.append(
            MissingShape.model_validate(
                {"what": what, "credit_id": credit_id, "message": _both(MISSING[what]), "until": until}
            )
        )

    if case.state == "draft":
        incomplete = case.kind == "profile" and isinstance(claim, ProfileClaim) and not claim.complete
        add("profile_incomplete" if incomplete else "not_submitted")
    if case.state == "information_requested":
        add("answer", until=case.questions[-1].until)
    claimed = {None, *(one.credit_id for one in _credits(dossier))}
    steps = [step for step in dossier.steps if step.credit_id in claimed]
    for step in steps:
        if any(one.pointer for one in step.findings):
            add("correction", step.credit_id)
    shown = {
        one.credit_id
        for step in steps
        for one in step.findings
        if one.proves and LEVELS.index(one.proves) >= LEVELS.index("participation")
    }
    for step in steps:
        if step.credit_id and step.status == "ended" and step.credit_id not in shown:
            add("proof_of_credit", step.credit_id, case.due_at)
    if case.kind == "profile" and isinstance(claim, ProfileClaim) and not claim.credits:
        add("proof_of_background", until=case.due_at)
    if any(one.reason == "no_file" for step in dossier.steps for one in step.findings) and case.kind == "company":
        add("proof_of_mandate", until=case.due_at)
    return found


def _credits(dossier: Dossier) -> list[CreditClaim]:
    """Those that the case is about, as they are claimed now. One that was declared after the checks were planned is for
    another case: nobody has looked at it, and this case's decision cannot name it."""
    if not isinstance(dossier.claim, ProfileClaim):
        return []
    only = dossier.case.subject.credit_id
    planned = {step.credit_id for step in dossier.steps}
    return [
        one
        for one in dossier.claim.credits
        if only in (None, one.credit_id) and (not dossier.steps or one.credit_id in planned)
    ]


def _credit_ids(dossier: Dossier) -> list[str]:
    """Those that are claimed now, then those that were checked and are gone."""
    claimed = [one.credit_id for one in _credits(dossier)]
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
        title=_both(CHECKS[step.kind]),
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
        route=route, label=_both(ROUTES[route]), reasons=[FindingShape.of(one) for one in reasons]
    )


def _attestation_status(
    attestation: Attestation, now: datetime
) -> Literal["asked", "answered", "expired", "withdrawn"]:
    if attestation.answered_at is not None:
        return "answered"
    if attestation.withdrawn_at is not None:
        return "withdrawn"
    return "asked" if attestation.is_open(now) else "expired"
