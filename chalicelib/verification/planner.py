"""Which steps a case gets: all of them at once but the recommendation, which waits for the others."""

from __future__ import annotations

from datetime import datetime

from chalicelib.verification.models import Case, Step
from chalicelib.verification.subjects import Claim, CompanyClaim, CreditClaim

#: What looks at the others' results.
RECOMMENDATION = "recommendation"

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
    whole = claim.digest if isinstance(claim, CompanyClaim) else None
    steps = [Step.planned(case.case_id, name, now, claim_digest=whole) for name in names]
    steps += [
        Step.planned(case.case_id, f"credit#{credit.credit_id}", now, claim_digest=credit.digest)
        for credit in credits_to_check(case, claim)
    ]
    return [*steps, Step.planned(case.case_id, RECOMMENDATION, now, waits=True)]
