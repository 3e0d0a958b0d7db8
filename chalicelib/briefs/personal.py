"""What briefs keep about one person: the terms that a freelancer accepted; the projects that a producer wrote. A
project is its company's, and stays with it; with the company's last member it ends, everyone who waits is answered as
when a producer closes it, and its texts go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.briefs.models import DATED, Brief
from chalicelib.platform.errors import Conflict, Retryable
from chalicelib.vocabulary.clock import paris_day
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.person import Erased, Person


class Briefs(Protocol):
    def every_of_company(self, company_id: str) -> list[Brief]: ...
    def save(self, brief: Brief, fact: Fact, now: datetime) -> None: ...
    def drop(self, brief: Brief) -> None: ...
    def strip(self, before: Brief, after: Brief) -> None: ...
    def accepted_by(self, sub: str) -> list[dict[str, str]]: ...
    def forget_acceptances(self, sub: str, brief_ids: Sequence[str]) -> int: ...


#: Whether a company has somebody left once this account is gone: (company, account).
HasOthers = Callable[[str, str], bool]


class BriefsOfPerson:
    def __init__(self, briefs: Briefs, has_others: HasOthers) -> None:
        self._briefs = briefs
        self._has_others = has_others

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        written = [
            brief
            for brief in (self._briefs.every_of_company(person.company_id) if person.company_id else [])
            if person.sub in (brief.created_by, brief.published_by)
        ]
        return {
            "briefs": [brief.model_dump(mode="json") for brief in written],
            "accepted_terms": [dict(one) for one in self._briefs.accepted_by(person.sub)],
        }

    def erase(self, person: Person, now: datetime) -> Erased:
        accepted = [one["brief_id"] for one in self._briefs.accepted_by(person.sub)]
        removed = self._briefs.forget_acceptances(person.sub, accepted)
        redacted = 0
        if person.company_id is not None and not self._has_others(person.company_id, person.sub):
            for brief in self._briefs.every_of_company(person.company_id):
                try:
                    gone, stripped = self._wind_up(brief, now)
                except Conflict:
                    raise Retryable("brief_changed_meanwhile") from None
                removed, redacted = removed + gone, redacted + stripped
        return Erased(removed=removed, redacted=redacted)

    def _wind_up(self, brief: Brief, now: datetime) -> tuple[int, int]:
        """How many were dropped, how many lost their texts. Raises Conflict."""
        if brief.state == "draft":
            self._briefs.drop(brief)
            return 1, 0
        over = brief.expire(now)
        if over is None and brief.state_on(paris_day(now)) in DATED:
            over = brief.end("closed", now)
        if over is not None:
            brief, fact = over
            self._briefs.save(brief, fact, now)
        stripped = brief.without_texts(now)
        if stripped is None:
            return 0, 0
        self._briefs.strip(brief, stripped)
        return 0, 1
