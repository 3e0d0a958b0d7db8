"""What companies keep about one person: that they act for one. The company, a legal person, stays with its other
members, suspended if every one of them is; with its last one it goes, but for who stood behind offers that were
published."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from chalicelib.companies.models import Company, Member
from chalicelib.vocabulary.person import Erased, Held, Person
from chalicelib.vocabulary.retention import HOLDS


class Companies(Protocol):
    def get(self, company_id: str) -> Company | None: ...
    def membership(self, sub: str) -> str | None: ...
    def members(self, company_id: str) -> list[Member]: ...
    def member(self, company_id: str, sub: str) -> Member | None: ...
    def invitation(self, email: str, now: datetime) -> str | None: ...
    def leave(self, company_id: str | None, sub: str, email: str) -> int: ...
    def wind_up(self, company: Company, until: datetime | None) -> None: ...
    def publisher(self, company_id: str) -> dict[str, str] | None: ...


class Suspensions(Protocol):
    def follow_suspension(self, kind: str, subject_id: str) -> None:
        """Brings a company in line with the suspensions in force. Raises Retryable."""


class CompaniesOfPerson:
    def __init__(self, companies: Companies, suspensions: Suspensions) -> None:
        self._companies = companies
        self._suspensions = suspensions

    def export(self, person: Person, now: datetime) -> dict[str, list[dict[str, Any]]]:
        company_id = self._companies.membership(person.sub)
        member = self._companies.member(company_id, person.sub) if company_id else None
        company = self._companies.get(company_id) if company_id else None
        invited = self._companies.invitation(person.email.lower(), now) if person.email else None
        return {
            "memberships": [{"company_id": company_id, **member.model_dump(mode="json")}] if member else [],
            "companies": [company.model_dump(mode="json")] if company else [],
            "invitations": [{"company_id": invited}] if invited else [],
        }

    def erase(self, person: Person, now: datetime) -> Erased:
        company_id = self._companies.membership(person.sub) or person.company_id
        removed = self._companies.leave(company_id, person.sub, person.email)
        if company_id is None:
            return Erased(removed=removed)
        if self._companies.members(company_id):
            # Whoever is left may all be suspended: then nobody answers for its projects any more.
            self._suspensions.follow_suspension("company", company_id)
            return Erased(removed=removed)
        company = self._companies.get(company_id)
        if company is not None:
            # Only a verified company publishes: one that never was has nothing to answer for.
            published = company.status == "verified" or company.decided_at is not None
            self._companies.wind_up(company, now + HOLDS["publisher_of_offers"].lasts if published else None)
            removed += 1
        kept = self._companies.publisher(company_id)
        held = (Held("company", company_id, kept["until"], "publisher_of_offers"),) if kept else ()
        return Erased(removed=removed, held=held)
