"""Attestations: somebody at the company says, once, whether a person did what a credit claims.

    asked ──answers──▶ answered
      ├──14 days──▶ expired (by its date; nothing is written)
      └──withdrawn by who asked, or the case ended──▶ withdrawn

The link is signed and names the request by its ids. Following it shows what is claimed and changes nothing; the answer
is one conditional write, so that of two at once one counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal, Protocol, get_args

from chalicelib.platform.errors import Conflict, FieldError, Invalid, NotFound, Retryable
from chalicelib.verification.collusion import signals_among
from chalicelib.verification.errors import (
    FREE_MAIL,
    NOT_OF_THE_COMPANY,
    WRONG_ATTESTER_ADDRESS,
    AddressAskedTooOften,
    AlreadyAsked,
    AskedTooOften,
    LinkExpired,
    LinkUsed,
    LostLink,
    TakenMeanwhile,
)
from chalicelib.verification.events import AttestationAnswered, AttestationAsked, AttestationCancelled
from chalicelib.verification.mailboxes import domain_of, is_address, is_at, is_free, likeness, mailbox
from chalicelib.verification.signals import Signal
from chalicelib.verification.subjects import CreditClaim
from chalicelib.vocabulary.clock import Clock, paris_day, stamp
from chalicelib.vocabulary.facts import Fact

#: They confirm; they confirm that the person worked on it, in another function; they do not confirm; they do not know
#: the person.
Answer = Literal["confirms", "other_function", "does_not_confirm", "unknown_person"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)

#: How long a link may be answered.
VALID = timedelta(days=14)

#: Characters of what may be added to an answer.
SAID = 500

#: Requests of one person in a day (Paris), and to one mailbox in a week, whoever makes them.
ASKED_BY_ONE_A_DAY = 20
ASKED_OF_ONE_A_WEEK = 5

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed, as the attester reads it. `function` is a role id; years are calendar years, both included."""

    person: str
    work: str
    function: str
    company: str
    year: int
    started_year: int | None = None

    @staticmethod
    def of(credit: CreditClaim) -> Claim:
        return Claim(
            person=credit.person_name,
            work=credit.title,
            function=credit.function,
            company=credit.company,
            year=credit.year,
            started_year=credit.started_year,
        )

    def is_about_what(self, other: Claim) -> bool:
        """Whether the other claims the same, in capitals or not."""

        def said(claim: Claim) -> list[str]:
            return [str(part or "").strip().casefold() for part in asdict(claim).values()]

        return said(self) == said(other)

    @property
    def digest(self) -> str:
        """Of a corrected claim, another."""
        return sha256(json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Attestation:
    """One request and its answer. `address` is where it goes, None once the case has ended; `mailbox` and `likeness`
    are digests of it and stay. `attester` is the profile whose account has that address, if there is one.

    `own_mailboxes`, `own_likenesses` and `own_domains` are those of the asker's account when they asked: digests, and
    domains that not anybody can have an address at. `company_known`: the domain is one that the company has proved.
    """

    attestation_id: str
    case_id: str
    profile_id: str
    credit_id: str
    claim: Claim
    address: str | None
    domain: str
    company_known: bool
    mailbox: str
    likeness: str
    attester: str | None
    own_mailboxes: tuple[str, ...]
    own_likenesses: tuple[str, ...]
    own_domains: tuple[str, ...]
    asked_at: str
    expires_at: str
    version: int = 1
    answer: Answer | None = None
    said: str | None = None
    answered_at: str | None = None
    withdrawn_at: str | None = None

    def is_open(self, now: datetime) -> bool:
        return self.answered_at is None and self.withdrawn_at is None and stamp(now) < self.expires_at

    @property
    def nodes(self) -> tuple[str, ...]:
        """Who has to do with it, as ids: the profiles and mailboxes on both sides."""
        found = (self.profile_id, self.mailbox, self.likeness, *self.own_mailboxes, *self.own_likenesses)
        return tuple(dict.fromkeys([*found, self.attester] if self.attester else found))

    def answered(self, answer: Answer, said: str | None, now: datetime) -> tuple[Attestation, Fact]:
        after = replace(self, answer=answer, said=said, answered_at=stamp(now), version=self.version + 1)
        fact = AttestationAnswered(
            attestation_id=self.attestation_id,
            case_id=self.case_id,
            profile_id=self.profile_id,
            credit_id=self.credit_id,
            answer=answer,
        )
        return after, fact

    def withdrawn(self, now: datetime) -> tuple[Attestation, Fact]:
        after = replace(self, withdrawn_at=stamp(now), version=self.version + 1)
        return after, AttestationCancelled(
            attestation_id=self.attestation_id,
            case_id=self.case_id,
            profile_id=self.profile_id,
            credit_id=self.credit_id,
        )

    def without_address(self) -> Attestation:
        return replace(self, address=None, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """Which requests were made in a period, by one profile or to one mailbox."""

    whose: str
    period: str
    until: datetime
    attestation_ids: tuple[str, ...] = ()

    def with_one(self, attestation_id: str) -> Tally:
        return replace(self, attestation_ids=(*self.attestation_ids, attestation_id))


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the e-mail to an attester needs."""

    address: str
    link: str
    claim: Claim
    expires_at: str


class AttestationStore(Protocol):
    def attestation(self, case_id: str, attestation_id: str) -> Attestation | None: ...

    def attestations(self, case_id: str) -> list[Attestation]:
        """In the order of their ids."""

    def tally(self, whose: str, period: str, until: datetime) -> Tally:
        """An empty one when nothing was counted."""

    def ask(
        self, attestation: Attestation, counted: tuple[tuple[Tally, Tally], ...], fact: Fact, now: datetime
    ) -> None:
        """The request, its place among those who have to do with it, and each count as it was read and is now, in one
        transaction. Raises TakenMeanwhile."""

    def change_attestation(self, before: Attestation, after: Attestation, fact: Fact | None, now: datetime) -> None:
        """Raises TakenMeanwhile."""

    def around(self, nodes: Iterable[str]) -> list[Attestation]:
        """Every attestation that any of these has to do with, once each, in the order of their ids."""


class Companies(Protocol):
    def domains(self, company: str) -> frozenset[str]:
        """The domains that a company of this name has proved to be its own; none for one that is not with us, or not
        verified: a domain that is merely stated must turn nobody away."""


class People(Protocol):
    def addresses(self, profile_id: str) -> frozenset[str]:
        """Those of the account behind a profile."""

    def profile_at(self, address: str) -> str | None:
        """The profile whose account has this address."""


class Links(Protocol):
    def link(self, attestation: Attestation) -> str: ...

    def read(self, token: str) -> tuple[str, str, str] | None:
        """Case, attestation and until when, of a link of ours."""


class AttestationInvitations:
    """For whoever writes to attesters."""

    def __init__(self, store: AttestationStore, links: Links, clock: Clock) -> None:
        self._store = store
        self._links = links
        self._clock = clock

    def invitation(self, case_id: str, attestation_id: str) -> Invitation | None:
        """What to write to the attester now; None when they are not to be asked (any more). Raises Retryable."""
        attestation = self._store.attestation(case_id, attestation_id)
        if attestation is None or attestation.address is None or not attestation.is_open(self._clock()):
            return None
        return Invitation(attestation.address, self._links.link(attestation), attestation.claim, attestation.expires_at)


class AttestationRequests(AttestationInvitations):
    """For the person whose credit it is, and for those who look into their case."""

    def __init__(
        self, store: AttestationStore, links: Links, companies: Companies, people: People, clock: Clock
    ) -> None:
        super().__init__(store, links, clock)
        self._companies = companies
        self._people = people

    def ask(
        self, attestation_id: str, case_id: str, profile_id: str, credit_id: str, claim: Claim, address: str
    ) -> Attestation:
        """Somebody at the company is to be asked; the same id again changes nothing. `profile_id` is the caller's own,
        which the caller has made sure of, like the case and the claim.

        Raises Invalid for an address that attests nothing, AlreadyAsked, AskedTooOften, AddressAskedTooOften, Conflict.
        """
        standing = self._store.attestation(case_id, attestation_id)
        if standing is not None:
            return standing
        address = address.strip()
        domains = self._companies.domains(claim.company)
        refusal = _refusal(address, domains)
        if refusal is not None:
            raise Invalid([refusal])
        now = self._clock()
        attestation = self._request(attestation_id, case_id, profile_id, credit_id, claim, address, bool(domains), now)
        for other in self._store.attestations(case_id):
            again = (other.credit_id, other.mailbox, other.claim) == (credit_id, attestation.mailbox, claim)
            if again and (other.is_open(now) or other.answered_at is not None):
                raise AlreadyAsked
        fact = AttestationAsked(
            attestation_id=attestation_id, case_id=case_id, profile_id=profile_id, credit_id=credit_id
        )
        try:
            self._store.ask(attestation, self._counted(attestation, now), fact, now)
        except TakenMeanwhile:
            standing = self._store.attestation(case_id, attestation_id)
            if standing is None:
                raise Conflict from None
            return standing
        return attestation

    def _request(
        self,
        attestation_id: str,
        case_id: str,
        profile_id: str,
        credit_id: str,
        claim: Claim,
        address: str,
        company_known: bool,
        now: datetime,
    ) -> Attestation:
        own = sorted(self._people.addresses(profile_id))
        return Attestation(
            attestation_id=attestation_id,
            case_id=case_id,
            profile_id=profile_id,
            credit_id=credit_id,
            claim=claim,
            address=address,
            domain=domain_of(address),
            company_known=company_known,
            mailbox=mailbox(address),
            likeness=likeness(address),
            attester=self._people.profile_at(address),
            own_mailboxes=tuple(mailbox(one) for one in own),
            own_likenesses=tuple(likeness(one) for one in own),
            own_domains=tuple(sorted({domain_of(one) for one in own if not is_free(domain_of(one))})),
            asked_at=stamp(now),
            expires_at=stamp(now + VALID),
        )

    def _counted(self, attestation: Attestation, now: datetime) -> tuple[tuple[Tally, Tally], ...]:
        """Raises AskedTooOften, AddressAskedTooOften."""
        today = paris_day(now)
        week = today.isocalendar()
        day_tally = self._store.tally(attestation.profile_id, today.isoformat(), now + timedelta(days=2))
        # By its likeness: dots and tags must not make one mailbox many.
        week_tally = self._store.tally(attestation.likeness, f"{week.year}-W{week.week:02}", now + timedelta(days=8))
        if len(day_tally.attestation_ids) >= ASKED_BY_ONE_A_DAY:
            raise AskedTooOften
        if len(week_tally.attestation_ids) >= ASKED_OF_ONE_A_WEEK:
            raise AddressAskedTooOften
        return tuple((one, one.with_one(attestation.attestation_id)) for one in (day_tally, week_tally))

    def withdraw(self, profile_id: str, case_id: str, attestation_id: str) -> Attestation:
        """They are no longer asked; what was answered stays. Raises NotFound unless it is this profile's, Conflict."""
        attestation = self._store.attestation(case_id, attestation_id)
        if attestation is None or attestation.profile_id != profile_id:
            raise NotFound
        now = self._clock()
        if not attestation.is_open(now):
            return attestation
        after, fact = attestation.withdrawn(now)
        try:
            self._store.change_attestation(attestation, after, fact, now)
        except TakenMeanwhile:
            raise Conflict from None
        return after

    def of_case(self, case_id: str) -> list[Attestation]:
        return self._store.attestations(case_id)

    def signals(self, case_id: str) -> list[Signal]:
        """What is worth a second look in the attestations of this case and around them."""
        own = self._store.attestations(case_id)
        nodes = sorted({node for attestation in own for node in attestation.nodes})
        return signals_among(own, self._store.around(nodes)) if own else []

    def case_ended(self, case_id: str) -> None:
        """Nobody is asked any more and no address is kept. Raises Retryable when others kept writing."""
        now = self._clock()
        for attestation in self._store.attestations(case_id):
            try:
                if attestation.is_open(now):
                    after, fact = attestation.withdrawn(now)
                    self._store.change_attestation(attestation, after, fact, now)
                    attestation = after
                if attestation.address is not None:
                    self._store.change_attestation(attestation, attestation.without_address(), None, now)
            except TakenMeanwhile:
                raise Retryable("attestation_taken") from None


class AttestationAnswers:
    """For whoever holds a link."""

    def __init__(self, store: AttestationStore, links: Links, clock: Clock) -> None:
        self._store = store
        self._links = links
        self._clock = clock

    def look(self, token: str) -> Attestation:
        """What is asked; looking changes nothing. Raises LostLink, LinkExpired, LinkUsed, Retryable."""
        named = self._links.read(token)
        if named is None:
            raise LostLink
        case_id, attestation_id, until = named
        attestation = self._store.attestation(case_id, attestation_id)
        now = self._clock()
        if attestation is not None and attestation.answered_at is not None:
            raise LinkUsed
        if until <= stamp(now):
            raise LinkExpired
        if attestation is None or attestation.withdrawn_at is not None:
            raise LostLink
        return attestation

    def answer(self, token: str, answer: Answer, said: str) -> Attestation:
        """Their word, once. Raises like `look`."""
        for _ in range(_ATTEMPTS):
            attestation = self.look(token)
            now = self._clock()
            after, fact = attestation.answered(answer, _line(said), now)
            try:
                self._store.change_attestation(attestation, after, fact, now)
                return after
            except TakenMeanwhile:
                continue
        raise Retryable("attestation_taken")


def _refusal(address: str, domains: frozenset[str]) -> FieldError | None:
    if not is_address(address):
        return WRONG_ATTESTER_ADDRESS.broken_at("/address")
    # Even where a company uses such a service for its own mail, whoever opens a mailbox there would be at the company.
    if is_free(domain_of(address)):
        return FREE_MAIL.broken_at("/address")
    if domains and not any(is_at(address, domain) for domain in domains):
        return NOT_OF_THE_COMPANY.broken_at("/address")
    return None


def _line(said: str) -> str | None:
    """What somebody typed, as one line of at most `SAID` characters; None for nothing to be seen."""
    return " ".join("".join(one if one.isprintable() else " " for one in said).split())[:SAID] or None
