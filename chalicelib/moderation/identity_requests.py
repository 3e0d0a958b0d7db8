"""Who is behind a brief, for an authority: asked by one administrator, agreed to by another, read by those two alone
for a day. Code du travail L5332-2: the platform knows who is behind an anonymous offer and tells the authorities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.moderation.models import IdentityRequest, Subject
from chalicelib.moderation.service import PAGE, Parties
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, NotFound, Retryable
from chalicelib.platform.table import Item
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Fact


@dataclass(frozen=True, slots=True)
class Publication:
    """One time that it went online: when (ISO 8601 UTC), and which account did it, as far as that is known; `email`:
    the address of that account, None when it is gone."""

    number: int
    published_at: str
    publisher: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Offeror:
    """Who is behind a brief. What an account has erased is None or left out, unless it is kept for this very
    purpose."""

    company_id: str
    legal_name: str | None
    siren: str | None
    addresses: tuple[str, ...]
    email_domain: str | None
    code_name: str
    state: str
    publications: tuple[Publication, ...]


class Offers(Protocol):
    """What these requests ask of briefs, companies and accounts."""

    def company_behind(self, brief_id: str) -> str | None:
        """Of a brief that was ever online."""

    def behind(self, brief_id: str) -> Offeror | None:
        """Raises Retryable."""


class IdentityStore(Protocol):
    def identity_request(self, request_id: str) -> IdentityRequest | None: ...
    def ask_identity(self, request: IdentityRequest, fact: Fact, now: datetime) -> None: ...
    def save_identity(self, request: IdentityRequest, fact: Fact, now: datetime) -> None: ...
    def note_shown(self, request: IdentityRequest, fact: Fact, now: datetime) -> None: ...
    def identity_requests(self, limit: int, position: Item | None) -> tuple[list[IdentityRequest], Item | None]: ...
    def due_identities(self, now: datetime) -> Iterator[str]: ...


class IdentityRequests:
    def __init__(self, store: IdentityStore, offers: Offers, parties: Parties, clock: Clock) -> None:
        self._store = store
        self._offers = offers
        self._parties = parties
        self._clock = clock

    def ask(
        self, administrator: Actor, request_id: str, brief_id: str, authority: str, basis: str, reference: str
    ) -> IdentityRequest:
        """Nothing is readable before a second administrator agrees. Raises NotFound, OwnMeasure."""
        standing = self._store.identity_request(request_id)
        if standing is not None:
            return standing
        company_id = self._offers.company_behind(brief_id)
        if company_id is None:
            raise NotFound
        now = self._clock()
        concerned = self._parties.concerned(administrator.sub, Subject(kind="company", id=company_id))
        request, fact = IdentityRequest.ask(
            request_id, brief_id, authority, basis, reference, administrator.sub, concerned, now
        )
        try:
            self._store.ask_identity(request, fact, now)
        except Conflict:
            return self.read(request_id)
        return request

    def grant(self, administrator: Actor, request_id: str) -> IdentityRequest:
        """Raises NotFound, IdentityRequestOver, OwnMeasure, AnotherPersonNeeded, Conflict."""
        request, now = self.read(request_id), self._clock()
        if request.state == "granted" and request.settled_by == administrator.sub:
            return request
        company_id = self._offers.company_behind(request.brief_id)
        concerned = company_id is not None and self._parties.concerned(
            administrator.sub, Subject(kind="company", id=company_id)
        )
        return self._save(request.grant(administrator.sub, concerned, now), now)

    def refuse(self, administrator: Actor, request_id: str) -> IdentityRequest:
        """Raises NotFound, IdentityRequestOver, Conflict."""
        request, now = self.read(request_id), self._clock()
        if request.state == "refused" and request.settled_by == administrator.sub:
            return request
        return self._save(request.refuse(administrator.sub, now), now)

    def read(self, request_id: str) -> IdentityRequest:
        """What was asked and decided; nothing of who it is. Raises NotFound."""
        request = self._store.identity_request(request_id)
        if request is None:
            raise NotFound
        return request

    def listed(self, position: Item | None) -> tuple[list[IdentityRequest], Item | None]:
        """The latest first."""
        return self._store.identity_requests(PAGE, position)

    def open(self, administrator: Actor, request_id: str) -> tuple[IdentityRequest, Offeror]:
        """Who is behind the brief; that it was read is recorded first. Raises NotFound, IdentityNotReadable,
        Retryable."""
        request, now = self.read(request_id), self._clock()
        fact = request.show(administrator.sub, now)
        offeror = self._offers.behind(request.brief_id)
        if offeror is None:
            raise NotFound
        self._store.note_shown(request, fact, now)
        return request, offeror

    # ---- the sweep

    def due(self) -> list[str]:
        return list(self._store.due_identities(self._clock()))

    def settle(self, request_id: str) -> None:
        """Ends what nobody agreed to in time. Raises Retryable."""
        request, now = self._store.identity_request(request_id), self._clock()
        lapsed = request.lapse(now) if request is not None else None
        if lapsed is None:
            return
        try:
            self._store.save_identity(*lapsed, now)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def _save(self, changed: tuple[IdentityRequest, Fact], now: datetime) -> IdentityRequest:
        self._store.save_identity(*changed, now)
        return changed[0]
