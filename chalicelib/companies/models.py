"""A production company: declared by a producer, unverified until an administrator has checked it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from chalicelib.companies.events import CompanyRegistered, CompanyRevised, CompanyVerificationDecided
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.text import Language

Status = Literal["unverified", "verified"]


class Identity(BaseModel):
    """What an administrator checks: changing any of it asks for a new check."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    legal_name: str
    siren: str
    email_domain: str
    mandate: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What stands of a case. `still_claimed`: whether the company says of itself what was checked then."""

    decision: Status
    reason: str
    decided_by: str
    decided_at: str
    still_claimed: bool


class Company(BaseModel):
    """`version` grows by one at each change; times are ISO 8601 UTC."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    company_id: str
    identity: Identity
    status: Status
    #: What the administrator wrote to the company with the last decision, and when it was made.
    decision_reason: str | None = None
    decided_at: str | None = None
    version: int
    created_at: str
    updated_at: str

    @staticmethod
    def register(company_id: str, identity: Identity, member_sub: str, now: datetime) -> tuple[Company, Fact]:
        moment = stamp(now)
        company = Company(
            company_id=company_id,
            identity=identity,
            status="unverified",
            version=1,
            created_at=moment,
            updated_at=moment,
        )
        return company, CompanyRegistered(company_id=company_id, member_sub=member_sub)

    def revise(self, identity: Identity, now: datetime) -> tuple[Company, Fact] | None:
        """The company with its new identity, unverified again; None when nothing changes."""
        if identity == self.identity:
            return None
        changed = self._next(now, identity=identity, status="unverified")
        lost = self.status == "verified"
        return changed, CompanyRevised(company_id=self.company_id, verification_lost=lost)

    def follow(self, decided: Decided, now: datetime) -> tuple[Company, Fact] | None:
        """In line with what was decided in a case; None when it is so already, when a later decision is in force, or
        when the decision was about another identity."""
        if not decided.still_claimed or (self.decided_at is not None and self.decided_at >= decided.decided_at):
            return None
        fact = CompanyVerificationDecided(
            company_id=self.company_id, decision=decided.decision, decided_by=decided.decided_by
        )
        after = self._next(now, status=decided.decision, decision_reason=decided.reason, decided_at=decided.decided_at)
        return after, fact

    def _next(self, now: datetime, **changes: object) -> Company:
        return self.model_copy(update={**changes, "version": self.version + 1, "updated_at": stamp(now)})


class Member(BaseModel):
    """A producer who acts for a company. `email` is where the company's e-mails for this person go."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    sub: str
    email: str
    language: Language
    joined_at: str
