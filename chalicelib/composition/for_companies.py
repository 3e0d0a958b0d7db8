"""What companies asks of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.composition import doors
from chalicelib.composition.for_verification import SubjectsForVerification

if TYPE_CHECKING:
    from chalicelib.companies.models import Awaited, Went
    from chalicelib.companies.models import Decided as CompanyDecided

#: Of whatever else became of it, nothing arrives: the colleague is told in another way.
_WENT: dict[str, Went] = {
    "planned": "on_its_way",
    "sending": "on_its_way",
    "sent": "sent",
    "soft_bounced": "sent",
    "delivered": "arrived",
    "complained": "arrived",
}


def cases() -> CasesForCompanies:
    return CasesForCompanies()


def suspensions() -> SuspensionsForCompanies:
    return SuspensionsForCompanies()


def letters() -> LettersForCompanies:
    return LettersForCompanies()


class LettersForCompanies:
    """How far the e-mails of invitations came."""

    def went(self, awaited: Awaited) -> Went:
        state = doors.notifications().of_invitation(awaited.company_id, awaited.invitation_id)
        return _WENT.get(state, "undelivered") if state else "on_its_way"


class SuspensionsForCompanies:
    """Who is suspended now."""

    def company_is_suspended(self, company_id: str) -> bool:
        from chalicelib.moderation.models import Subject

        return doors.moderation().is_suspended(Subject(kind="company", id=company_id))

    def account_is_suspended(self, sub: str) -> bool:
        from chalicelib.moderation.models import Subject

        return doors.moderation().is_suspended(Subject(kind="user", id=sub))


class CasesForCompanies:
    """What verification says of a company."""

    def company_of(self, case_id: str) -> str | None:
        case = doors.verification().case(case_id)
        return case.subject.owner_id if case is not None and case.kind == "company" else None

    def decided(self, case_id: str) -> CompanyDecided | None:
        from chalicelib.companies.models import Decided

        case = doors.verification().case(case_id)
        claim = SubjectsForVerification().company(case.subject.owner_id) if case is not None else None
        decision = case.standing if case is not None else None
        if decision is None or claim is None:
            return None
        return Decided(
            "verified" if decision.verdict.outcome == "verified" else "unverified",
            decision.verdict.text,
            decision.seconded_by or decision.decided_by,
            decision.seconded_at or decision.decided_at,
            still_claimed=doors.verification().checked_digest(case_id, "company_registry") == claim.digest,
        )
