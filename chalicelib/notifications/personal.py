"""What notifications keep about one person: what they want, and what went to them. An e-mail's own trace holds ids
alone."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from chalicelib.notifications.errors import TakenMeanwhile
from chalicelib.notifications.models import Preferences, Suppression, address_id, mailbox_sub
from chalicelib.platform.errors import Retryable
from chalicelib.vocabulary.person import Erased, Held, Person
from chalicelib.vocabulary.retention import HOLDS


class Correspondence(Protocol):
    def preferences(self, sub: str) -> Preferences: ...
    def suppression(self, address_id: str) -> Suppression | None: ...
    def sent_to(self, sub: str) -> list[dict[str, Any]]: ...
    def forget(self, sub: str) -> int: ...
    def forget_address(self, address_id: str, until: datetime) -> tuple[int, str | None]: ...


class CorrespondenceOfPerson:
    def __init__(self, correspondence: Correspondence) -> None:
        self._correspondence = correspondence

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        known = self._correspondence
        suppression = known.suppression(address_id(person.email)) if person.email else None
        subs = [person.sub, *([mailbox_sub(person.email)] if person.email else [])]
        return {
            "preferences": [asdict(known.preferences(person.sub))],
            "emails_sent": [sent for sub in subs for sent in known.sent_to(sub)],
            "refused_addresses": [{"reason": suppression.reason, "since": suppression.since}] if suppression else [],
        }

    def erase(self, person: Person, now: datetime) -> Erased:
        removed = self._correspondence.forget(person.sub)
        if not person.email:
            return Erased(removed=removed)
        removed += self._correspondence.forget(mailbox_sub(person.email))
        address = address_id(person.email)
        try:
            gone, until = self._correspondence.forget_address(address, now + HOLDS["mail_refused"].lasts)
        except TakenMeanwhile:
            raise Retryable("address_changed_meanwhile") from None
        if until is not None:
            return Erased(removed + gone, held=(Held("refused_address", address, until, "mail_refused"),))
        return Erased(removed + gone)
