"""What verification asks of others, attestations and staffing included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chalicelib.composition import doors
from chalicelib.composition.for_matching import ProfilesForMatching
from chalicelib.composition.translations import claimed, is_live, snapshot_of
from chalicelib.vocabulary.clock import paris_day, utc_now

if TYPE_CHECKING:
    from collections.abc import Collection

    from chalicelib.verification.subjects import Claim, CompanyClaim, Kind, Named, Subject


def subjects() -> SubjectsForVerification:
    return SubjectsForVerification()


def names() -> NamesForVerification:
    return NamesForVerification()


def attesting_companies() -> CompaniesForAttestations:
    return CompaniesForAttestations()


def attesting_people() -> PeopleForAttestations:
    return PeopleForAttestations()


def administrators() -> AdministratorsForVerification:
    return AdministratorsForVerification()


class SubjectsForVerification:
    """Profiles, credits and companies as what is claimed there, and whose they are."""

    def claim(self, subject: Subject) -> Claim | None:
        if subject.kind == "company":
            return self.company(subject.owner_id)
        dossier = doors.profiles().dossier(subject.owner_id)
        if dossier is None:
            return None
        claim = claimed(dossier)
        return claim if subject.credit_id is None or claim.credit(subject.credit_id) else None

    def owned_by(self, sub: str, kind: Kind) -> str | None:
        if kind == "company":
            return doors.companies().company_of(sub)
        dossier = doors.profiles().dossier_of(sub)
        return dossier.profile.profile_id if dossier else None

    def parties(self, subject: Subject) -> frozenset[str]:
        if subject.kind == "company":
            return self._colleagues(subject.owner_id)
        dossier = doors.profiles().dossier(subject.owner_id)
        if dossier is None:
            return frozenset()
        company_id = doors.companies().company_of(dossier.profile.user_sub)
        colleagues = self._colleagues(company_id) if company_id else frozenset()
        return colleagues | {dossier.profile.user_sub}

    def pressing(self, subject: Subject) -> bool:
        from chalicelib.matching.eligibility import obstacle
        from chalicelib.verification.due import PRESSING_DAYS

        dossier = doors.profiles().dossier(subject.owner_id) if subject.kind != "company" else None
        if dossier is None:
            return False
        # As if they were verified already: whether that is worth hurrying for is the question.
        person = replace(ProfilesForMatching().snapshot(dossier), verification="verified")
        today = paris_day(utc_now())
        last = today + timedelta(days=PRESSING_DAYS)
        for role in person.roles:
            for brief in doors.briefs().live(role):
                if (brief.content.deadline or date.max) > last:
                    break  # they come in the order of their deadlines
                option_ends = brief.content.option_end_date is not None and is_live(brief)
                snapshot = snapshot_of(brief.brief_id, brief.version, brief.content)
                if option_ends and obstacle(snapshot, person, today) is None:
                    return True
        return False

    def company(self, company_id: str) -> CompanyClaim | None:
        from chalicelib.verification.subjects import CompanyClaim

        company = doors.companies().company(company_id)
        if company is None:
            return None
        identity = company.identity
        return CompanyClaim(
            company_id=company_id,
            legal_name=identity.legal_name,
            siren=identity.siren,
            email_domain=identity.email_domain,
            mandate=identity.mandate,
            member_subs=tuple(sorted(self._colleagues(company_id))),
        )

    def _colleagues(self, company_id: str) -> frozenset[str]:
        return frozenset(member.sub for member in doors.companies().members(company_id))


class NamesForVerification:
    """What subjects are called, for administrators who read lists of them."""

    def of(self, subjects: Collection[Subject]) -> dict[Subject, Named]:
        """Without whoever and whatever is gone."""
        from chalicelib.verification.subjects import Named

        people = doors.profiles().names([one.owner_id for one in subjects if one.kind != "company"])
        companies = doors.companies().names([one.owner_id for one in subjects if one.kind == "company"])
        titles = doors.profiles().titles([(one.owner_id, one.credit_id) for one in subjects if one.credit_id])
        called = people | companies
        return {
            one: Named(called[one.owner_id], titles.get((one.owner_id, one.credit_id or "")))
            for one in subjects
            if one.owner_id in called
        }


class AdministratorsForVerification:
    """Who may review."""

    def active(self) -> int:
        return doors.accounts().active_administrators()


class CompaniesForAttestations:
    """Which domains are a company's own."""

    def domains(self, company: str) -> frozenset[str]:
        return doors.companies().proved_domains(company)


class PeopleForAttestations:
    """The addresses behind profiles, and the profiles behind addresses."""

    def addresses(self, profile_id: str) -> frozenset[str]:
        dossier = doors.profiles().dossier(profile_id)
        address = doors.accounts().address(dossier.profile.user_sub) if dossier else None
        return frozenset({address} if address else ())

    def profile_at(self, address: str) -> str | None:
        sub = doors.accounts().account_at(address)
        dossier = doors.profiles().dossier_of(sub) if sub else None
        return dossier.profile.profile_id if dossier else None


def has_colleagues(company_id: str, sub: str) -> bool:
    """Whether anybody but this account acts for the company."""
    return any(member.sub != sub for member in doors.companies().members(company_id))
