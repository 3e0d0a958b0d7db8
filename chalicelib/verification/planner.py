"""Which steps a case gets: all of them at once but the recommendation, which waits for the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from chalicelib.verification.models import Case, Step
from chalicelib.verification.subjects import Claim, CompanyClaim, CreditClaim, ProfileClaim

#: What looks at the others' results.
RECOMMENDATION = "recommendation"

#: What comes while a case is under way, and the steps that read it.
News = Literal["answer", "file", "attestation"]
_READ_BY: dict[News, frozenset[str]] = {
    "answer": frozenset({"evidence", "attestation", "experience"}),
    "file": frozenset({"evidence", "experience"}),
    "attestation": frozenset({"attestation"}),
}

_OF_A_PROFILE = ("identity", "experience", "evidence", "attestation", "alarms")
_OF_A_CREDIT = ("evidence", "attestation", "alarms")
_OF_A_COMPANY = ("identity", "company_registry", "evidence", "alarms")


def credits_to_check(case: Case, claim: Claim) -> tuple[CreditClaim, ...]:
    """Every credit of a profile, the one that the case is about, or none of a company."""
    if isinstance(claim, CompanyClaim):
        return ()
    return tuple(one for one in claim.credits if case.kind == "profile" or one.credit_id == case.subject.credit_id)


def plan(case: Case, claim: Claim, now: datetime) -> list[Step]:
    """The steps of a case about this claim: each credit is a step of its own."""
    names = {"profile": _OF_A_PROFILE, "credit": _OF_A_CREDIT, "company": _OF_A_COMPANY}[case.kind]
    steps = [Step.planned(case.case_id, name, now, claim_digest=claim.digest) for name in names]
    steps += [
        Step.planned(case.case_id, f"credit#{credit.credit_id}", now, claim_digest=credit.digest)
        for credit in credits_to_check(case, claim)
    ]
    return [*steps, Step.planned(case.case_id, RECOMMENDATION, now, waits=True)]


def concerned(news: News, steps: Iterable[Step], claim: Claim) -> list[Step]:
    """Which steps look once more when the subject answers, a file is accepted or an attestation is given: those that
    read it; after an answer also whatever had not ended well, and the credits that were corrected."""
    if news != "answer":
        return [step for step in steps if step.kind in _READ_BY[news]]
    return [
        step
        for step in steps
        if step.name != RECOMMENDATION
        and (step.kind in _READ_BY["answer"] or step.outcome != "done" or _is_about_another_claim(step, claim))
    ]


def _is_about_another_claim(step: Step, claim: Claim) -> bool:
    if step.credit_id is None:
        return step.claim_digest != claim.digest
    credit = claim.credit(step.credit_id) if isinstance(claim, ProfileClaim) else None
    return credit is None or credit.digest != step.claim_digest
