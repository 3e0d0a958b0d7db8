"""A production company: declared by a producer, unverified until an administrator has checked it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from chalicelib.companies.events import (
    CompanyRegistered,
    CompanyRestored,
    CompanyRevised,
    CompanySuspended,
    CompanyVerificationDecided,
)
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


class KnownAs(BaseModel):
    """By what else a company is recognised, as far as it says so: nothing that an administrator checks. It is what must
    not stand in the texts of its projects before the reveal. `people`: full names; `handles`: its names on social
    networks, without the at sign."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    other_names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    website: str | None = None
    domains: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HiddenFacts:
    """Everything that tells who a company is. `names` begins with the legal name, `domains` with that of its e-mail;
    both hold those that it had before too. `emails` are its members'."""

    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    siren: str
    domains: tuple[str, ...]
    people: tuple[str, ...]
    addresses: tuple[str, ...]
    handles: tuple[str, ...]
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Presented:
    """A company as it presents itself to somebody who may know it. `emails`: where its members are written to."""

    legal_name: str
    other_names: tuple[str, ...]
    siren: str
    email_domain: str
    website: str | None
    addresses: tuple[str, ...]
    people: tuple[str, ...]
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is invited to act for a company, by their address, until then. `invited_by`: the account of the
    colleague who does."""

    email: str
    invited_by: str
    until: datetime


#: How far the e-mail of an invitation came. `arrived`: the other mail service took it; `undelivered`: none will come.
Went = Literal["on_its_way", "sent", "arrived", "undelivered"]


@dataclass(frozen=True, slots=True)
class Awaited:
    """An invitation that may still be accepted, until then."""

    company_id: str
    invitation_id: str
    email: str
    until: datetime


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
    known_as: KnownAs = KnownAs()
    #: Legal names and domains that it had before, oldest first: it is recognised by them as well.
    former_names: tuple[str, ...] = ()
    former_domains: tuple[str, ...] = ()
    status: Status
    #: What the administrator wrote to the company with the last decision, and when it was made.
    decision_reason: str | None = None
    decided_at: str | None = None
    #: Whether administrators suspended it, or everybody who acts for it.
    suspended: bool = False
    version: int
    created_at: str
    updated_at: str

    @property
    def may_publish(self) -> bool:
        """Only a verified company publishes, and none that is suspended."""
        return self.status == "verified" and not self.suspended

    @staticmethod
    def register(
        company_id: str, identity: Identity, member_sub: str, now: datetime, known_as: KnownAs | None = None
    ) -> tuple[Company, Fact]:
        moment = stamp(now)
        company = Company(
            company_id=company_id,
            identity=identity,
            known_as=known_as or KnownAs(),
            status="unverified",
            version=1,
            created_at=moment,
            updated_at=moment,
        )
        return company, CompanyRegistered(company_id=company_id, member_sub=member_sub)

    def revise(self, identity: Identity, now: datetime, known_as: KnownAs | None = None) -> tuple[Company, Fact] | None:
        """The company as it describes itself now (`known_as` None: by that, as before), unverified again when its
        identity is another; None when nothing changes."""
        known_as = self.known_as if known_as is None else known_as
        if identity == self.identity and known_as == self.known_as:
            return None
        status = self.status if identity == self.identity else "unverified"
        names = _without_its_own((*self.former_names, self.identity.legal_name), identity.legal_name)
        domains = _without_its_own((*self.former_domains, self.identity.email_domain), identity.email_domain)
        changed = self._next(
            now, identity=identity, known_as=known_as, former_names=names, former_domains=domains, status=status
        )
        return changed, CompanyRevised(company_id=self.company_id, verification_lost=status != self.status)

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

    def follow_suspension(self, suspended: bool, now: datetime) -> tuple[Company, Fact] | None:
        """In line with what holds now; None when it is so already. Nothing else of it changes."""
        if suspended == self.suspended:
            return None
        fact = CompanySuspended if suspended else CompanyRestored
        return self._next(now, suspended=suspended), fact(company_id=self.company_id)

    def _next(self, now: datetime, **changes: object) -> Company:
        return self.model_copy(update={**changes, "version": self.version + 1, "updated_at": stamp(now)})


def _without_its_own(former: Sequence[str], present: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in former if one != present))


def hidden_facts(company: Company, members: Sequence[Member]) -> HiddenFacts:
    """What must not be told before the reveal."""
    identity, known = company.identity, company.known_as
    site = urlsplit(known.website).hostname if known.website else None
    domains = (identity.email_domain, *known.domains, *([site.removeprefix("www.")] if site else []))
    domains += company.former_domains
    return HiddenFacts(
        names=tuple(dict.fromkeys((identity.legal_name, *known.other_names, *company.former_names))),
        acronyms=known.acronyms,
        siren=identity.siren,
        domains=tuple(dict.fromkeys(domains)),
        people=known.people,
        addresses=known.addresses,
        handles=known.handles,
        emails=tuple(member.email for member in members),
    )


def presented(company: Company, members: Sequence[Member]) -> Presented:
    """What is told after the reveal."""
    identity, known = company.identity, company.known_as
    return Presented(
        legal_name=identity.legal_name,
        other_names=known.other_names,
        siren=identity.siren,
        email_domain=identity.email_domain,
        website=known.website,
        addresses=known.addresses,
        people=known.people,
        emails=tuple(member.email for member in members),
    )


class Member(BaseModel):
    """A producer who acts for a company. `email` is where the company's e-mails for this person go."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    sub: str
    email: str
    language: Language
    joined_at: str
