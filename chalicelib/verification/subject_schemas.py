"""What whoever a case is about reads of it, of their files and of their requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from chalicelib.platform.validation import Both, Shape
from chalicelib.verification import grounds
from chalicelib.verification.attestations import Attestation
from chalicelib.verification.errors import STATE_LABELS
from chalicelib.verification.facts_of_credit import CreditFacts, Established
from chalicelib.verification.grounds import Ground
from chalicelib.verification.models import Appeal, Case, Decision, Question, Step
from chalicelib.verification.planner import RECOMMENDATION
from chalicelib.verification.schemas import BadgeShape, ClockShape, EvidenceShape, FindingShape, in_both
from chalicelib.verification.service import Dossier, Standing
from chalicelib.verification.states import DECIDED, ENDED, Outcome, State
from chalicelib.verification.subjects import LEVELS, CreditClaim, Kind, ProfileClaim
from chalicelib.verification.wording import CHECKS, METHODS, MISSING


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
            reason=in_both(grounds.LABELS[verdict.ground]),
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
            badges=[CreditBadgesShape.of(one, dossier.facts, now) for one in credits_of(dossier)],
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
                "status": attestation_status(attestation, now),
                **{name: getattr(attestation, name) for name in MyAttestationShape.model_fields if name != "status"},
            }
        )


class MyAttestationList(Shape):
    attestations: list[MyAttestationShape]


#: Checks whose findings their subject reads. Of the others they read what they can correct, and no more: who else has
#: the same address, whether an alarm is in force, what somebody said of them is for who decides.
_OPEN_CHECKS = ("credit", "company_registry", "experience")


def _mine(case: Case, now: datetime) -> dict[str, Any]:
    return {
        "case_id": case.case_id,
        "version": case.version,
        "kind": case.kind,
        "credit_id": case.subject.credit_id,
        "state": case.state,
        "state_label": in_both(STATE_LABELS[case.state]),
        "opened_at": case.opened_at,
        "submitted_at": case.submitted_at,
        "updated_at": case.updated_at,
        "clock": ClockShape.of(case, now),
        "outcome": case.outcome,
        "appeal_until": case.appeal_until,
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
        title=in_both(CHECKS[step.kind]),
        method=in_both(METHODS[step.kind]),
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
                {"what": what, "credit_id": credit_id, "message": in_both(MISSING[what]), "until": until}
            )
        )

    if case.state == "draft":
        incomplete = case.kind == "profile" and isinstance(claim, ProfileClaim) and not claim.complete
        add("profile_incomplete" if incomplete else "not_submitted")
    if case.state == "information_requested":
        add("answer", until=case.questions[-1].until)
    claimed = {None, *(one.credit_id for one in credits_of(dossier))}
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


def credits_of(dossier: Dossier) -> list[CreditClaim]:
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


def attestation_status(attestation: Attestation, now: datetime) -> Literal["asked", "answered", "expired", "withdrawn"]:
    if attestation.answered_at is not None:
        return "answered"
    if attestation.withdrawn_at is not None:
        return "withdrawn"
    return "asked" if attestation.is_open(now) else "expired"
