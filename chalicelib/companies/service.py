"""Registering a company, its people, and the gate that a verified company alone passes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from chalicelib.companies.errors import AddressNotConfirmed, ForeignAddress, NoCompany, NotVerifiedYet
from chalicelib.companies.events import MemberInvited, MemberJoined
from chalicelib.companies.models import Awaited, Company, Decided, Identity, Invited, KnownAs, Member
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, NotFound, PreconditionFailed, PreconditionRequired, Retryable
from chalicelib.vocabulary.clock import Clock, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.retention import INVITATIONS
from chalicelib.vocabulary.text import Language


class CompanyStore(Protocol):
    def get(self, company_id: str) -> Company | None: ...
    def membership(self, sub: str) -> str | None: ...
    def members(self, company_id: str) -> list[Member]: ...
    def member(self, company_id: str, sub: str) -> Member | None: ...
    def save_member(self, company_id: str, member: Member) -> None: ...
    def create(self, company: Company, member: Member, fact: Fact, now: datetime) -> None: ...
    def save(self, company: Company, fact: Fact, now: datetime) -> None: ...
    def unverified(self) -> list[Company]: ...
    def invite(self, company: Company, invited: Invited, fact: MemberInvited, now: datetime) -> None: ...
    def awaited(self, company_id: str, now: datetime) -> list[Awaited]: ...
    def invitation(self, email: str, now: datetime) -> str | None: ...
    def join(self, company: Company, member: Member, fact: Fact, now: datetime) -> None: ...


class Cases(Protocol):
    """What companies ask of verification."""

    def company_of(self, case_id: str) -> str | None:
        """The company that a case is about."""

    def decided(self, case_id: str) -> Decided | None:
        """What stands in the case; None while nothing was decided, or when the company is gone."""


class Suspensions(Protocol):
    """What companies ask of moderation."""

    def company_is_suspended(self, company_id: str) -> bool: ...
    def account_is_suspended(self, sub: str) -> bool: ...


class CompanyService:
    def __init__(self, store: CompanyStore, cases: Cases, suspensions: Suspensions, clock: Clock) -> None:
        self._store = store
        self._cases = cases
        self._suspensions = suspensions
        self._clock = clock

    def declare_mine(
        self,
        actor: Actor,
        identity: Identity,
        language: Language | None,
        expected_version: int | None = None,
        *,
        conditional: bool = True,
        known_as: Mapping[str, Any] | None = None,
    ) -> Company:
        """Registers the actor's company, or corrects it; a correction asks for a new check. `language` is that of the
        actor's own e-mails (None: as it is, French at first); their address is the one they sign in with now.
        `known_as`: the fields of `KnownAs` that are said anew, the others staying as they are; none of them asks for a
        new check. `conditional`: the caller says which version they read, or that any will do; a correction must.

        Raises AddressNotConfirmed, PreconditionRequired, PreconditionFailed, Conflict, AlreadyMember.
        """
        if not actor.email:
            raise AddressNotConfirmed
        now = self._clock()
        company_id = self._store.membership(actor.sub)
        if company_id is None:
            if expected_version is not None:
                raise PreconditionFailed
            company, fact = Company.register(new_id(now), identity, actor.sub, now, KnownAs(**(known_as or {})))
            self._store.create(company, _member(actor, language or "fr", now), fact, now)
            return company
        company = self._existing(company_id)
        if not conditional:
            raise PreconditionRequired
        if expected_version is not None and expected_version != company.version:
            raise PreconditionFailed
        member = self._store.member(company_id, actor.sub)
        if member is not None:
            present = member.model_copy(update={"email": actor.email, "language": language or member.language})
            if present != member:
                self._store.save_member(company_id, present)
        change = company.revise(identity, now, company.known_as.model_copy(update=known_as))
        if change is None:
            return company
        self._store.save(*change, now)
        return change[0]

    def mine(self, actor: Actor) -> Company:
        """Raises NotFound when the actor has no company yet."""
        company_id = self._store.membership(actor.sub)
        if company_id is None:
            raise NotFound
        return self._existing(company_id)

    def colleagues(self, actor: Actor) -> list[Member]:
        return self._store.members(self._of(actor).company_id)

    def awaited(self, actor: Actor) -> list[Awaited]:
        """The invitations to the actor's company that may still be accepted, the latest first."""
        return self._store.awaited(self._of(actor).company_id, self._clock())

    def invite(self, actor: Actor, email: str) -> datetime:
        """Lets the owner of this address join the company until the time returned; again, for as long anew. Raises
        NoCompany, NotVerifiedYet, ForeignAddress."""
        company = self._of(actor)
        if company.status != "verified":
            raise NotVerifiedYet  # its domain is only a claim: nobody is drawn into a company that may not be theirs
        address = email.lower()
        if not address.endswith("@" + company.identity.email_domain.lower()):
            raise ForeignAddress
        now = self._clock()
        fact = MemberInvited(company_id=company.company_id, invitation_id=new_id(now), invited_by=actor.sub)
        until = now + INVITATIONS
        self._store.invite(company, Invited(address, actor.sub, until), fact, now)
        return until

    def join(self, actor: Actor, language: Language) -> Company:
        """Accepts the invitation of the actor's own verified address, within its time. Raises NotFound,
        AlreadyMember."""
        now = self._clock()
        company_id = self._store.invitation(actor.email.lower(), now) if actor.email else None
        if company_id is None:
            raise NotFound
        company = self._existing(company_id)
        fact = MemberJoined(company_id=company_id, member_sub=actor.sub)
        self._store.join(company, _member(actor, language, now), fact, now)
        if company.suspended:
            self.follow_suspension("company", company_id)  # there is somebody now who may act for it
        return company

    def waiting_for_verification(self) -> list[Company]:
        return self._store.unverified()

    def follow_case(self, case_id: str) -> None:
        """Brings the company in line with what was decided, whichever news of the case came and how often. Raises
        Retryable."""
        company_id = self._cases.company_of(case_id)
        # Read before what is judged is: an identity corrected meanwhile makes the writing fail.
        company = self._store.get(company_id) if company_id is not None else None
        decided = self._cases.decided(case_id) if company is not None else None
        if company is None or decided is None:
            return
        now = self._clock()
        followed = company.follow(decided, now)
        if followed is None:
            return
        try:
            self._store.save(*followed, now)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def follow_suspension(self, kind: str, subject_id: str) -> None:
        """Brings a company in line with the suspensions in force, whichever news of them came and how often. It is
        suspended too while everybody who acts for it is: a project needs somebody who answers for it. Raises
        Retryable."""
        company_id = subject_id if kind == "company" else self._store.membership(subject_id)
        # Read before what holds is: whoever changes it meanwhile makes the writing fail.
        company = self._store.get(company_id) if company_id is not None else None
        if company is None:
            return
        now = self._clock()
        followed = company.follow_suspension(self._is_suspended(company.company_id), now)
        if followed is None:
            return
        try:
            self._store.save(*followed, now)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def follows_suspensions(self, company_id: str) -> bool:
        """Whether the company is as the suspensions in force have it; so is one that is gone."""
        company = self._store.get(company_id)
        return company is None or company.suspended == self._is_suspended(company_id)

    def _is_suspended(self, company_id: str) -> bool:
        if self._suspensions.company_is_suspended(company_id):
            return True
        members = self._store.members(company_id)
        return bool(members) and all(self._suspensions.account_is_suspended(one.sub) for one in members)

    def _of(self, actor: Actor) -> Company:
        company_id = self._store.membership(actor.sub)
        if company_id is None:
            raise NoCompany
        return self._existing(company_id)

    def _existing(self, company_id: str) -> Company:
        company = self._store.get(company_id)
        if company is None:
            raise NotFound
        return company


def _member(actor: Actor, language: Language, now: datetime) -> Member:
    return Member(sub=actor.sub, email=actor.email, language=language, joined_at=stamp(now))
