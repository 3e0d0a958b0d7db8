"""What other contexts may ask of companies, answered at once and read-only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from chalicelib.companies.models import Company, HiddenFacts, Invited, Member, Presented, hidden_facts, presented
from chalicelib.companies.repository import CompanyRepository


class CompanyQueries:
    def __init__(self, repository: CompanyRepository) -> None:
        self._repository = repository

    def company_of(self, sub: str) -> str | None:
        """The id of the company this account acts for, or None."""
        return self._repository.membership(sub)

    def may_publish(self, company_id: str) -> bool:
        """Only a verified company publishes, and none that is suspended."""
        company = self._repository.get(company_id)
        return company is not None and company.may_publish

    def is_suspended(self, company_id: str) -> bool:
        """Whether its projects are shown to nobody for now."""
        company = self._repository.get(company_id)
        return company is not None and company.suspended

    def name(self, company_id: str) -> str | None:
        """The company's legal name: nothing that a freelancer may read before the reveal."""
        company = self._repository.get(company_id)
        return company.identity.legal_name if company else None

    def names(self, company_ids: Collection[str]) -> dict[str, str]:
        """The same of many; one that is gone is left out."""
        return self._repository.names(company_ids)

    def hidden(self, company_id: str) -> HiddenFacts | None:
        """Everything that tells who the company is: what no freelancer may read before the reveal."""
        company = self._repository.get(company_id)
        return hidden_facts(company, self.members(company_id)) if company else None

    def identity(self, company_id: str) -> Presented | None:
        """The company as it is told after the reveal, and only then."""
        company = self._repository.get(company_id)
        return presented(company, self.members(company_id)) if company else None

    def verified_addresses(self) -> list[tuple[str, ...]]:
        """Where each verified company says that it is; which company it is, nobody is told."""
        return self._repository.verified_addresses()

    def company(self, company_id: str) -> Company | None:
        return self._repository.get(company_id)

    def publisher(self, company_id: str) -> dict[str, str] | None:
        """What the law keeps of a company that is gone and that had published: `legal_name`, `siren`, `until`."""
        return self._repository.publisher(company_id)

    def proved_domains(self, name: str) -> frozenset[str]:
        """The domains of the verified companies of this name, however it is written."""
        return frozenset(company.identity.email_domain for company in self._repository.verified_as(name))

    def invited(self, company_id: str, invitation_id: str, now: datetime) -> Invited | None:
        """Whom an invitation to join the company is for, as long as it holds."""
        return self._repository.invited(company_id, invitation_id, now)

    def members(self, company_id: str) -> list[Member]:
        return self._repository.members(company_id)

    def member(self, company_id: str, sub: str) -> Member | None:
        """Where and in which language to write to a member."""
        return self._repository.member(company_id, sub)
