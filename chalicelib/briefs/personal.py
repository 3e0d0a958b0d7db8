"""What briefs keep about one person: the terms that a freelancer accepted, and what companies noted about them; the
projects that a producer wrote, and their notes. A project and its notes are its company's, and stay with it; with the
company's last member the project ends, everyone who waits is answered as when a producer closes it, and its texts and
notes go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.briefs.models import DATED, Brief
from chalicelib.briefs.remarks import Remark
from chalicelib.platform.errors import Conflict, Retryable
from chalicelib.vocabulary.clock import paris_day
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.person import Erased, Person

if TYPE_CHECKING:
    from chalicelib.briefs.leak_check import Finding

#: What stands in an export in the place of a passage that would tell who is behind a project.
MASK = "[…]"


class Briefs(Protocol):
    def every_of_company(self, company_id: str) -> list[Brief]: ...
    def save(self, brief: Brief, fact: Fact, now: datetime) -> None: ...
    def drop(self, brief: Brief) -> None: ...
    def strip(self, before: Brief, after: Brief) -> None: ...
    def accepted_by(self, sub: str) -> list[dict[str, str]]: ...
    def forget_acceptances(self, sub: str, brief_ids: Sequence[str]) -> int: ...


class Remarks(Protocol):
    def about(self, profile_id: str, now: datetime) -> Iterator[Remark]: ...
    def remarks(self, brief_id: str, now: datetime) -> list[Remark]: ...
    def forget_person(self, profile_id: str) -> int: ...
    def forget(self, remarks: Iterable[Remark]) -> int: ...
    def redact(self, remark: Remark) -> None: ...


class People(Protocol):
    def know_each_other(self, brief_id: str, profile_id: str) -> bool:
        """Whether the person has been told who is behind the project."""


#: Whether a company has somebody left once this account is gone: (company, account).
HasOthers = Callable[[str, str], bool]
#: What a text would tell of who is behind a project: (project, text).
Leaks = Callable[[str, str], "list[Finding]"]


class BriefsOfPerson:
    def __init__(self, briefs: Briefs, remarks: Remarks, has_others: HasOthers, people: People, leaks: Leaks) -> None:
        self._briefs = briefs
        self._remarks = remarks
        self._has_others = has_others
        self._people = people
        self._leaks = leaks

    def export(self, person: Person, now: datetime) -> dict[str, list[dict[str, Any]]]:
        of_company = self._briefs.every_of_company(person.company_id) if person.company_id else []
        about = self._remarks.about(person.profile_id, now) if person.profile_id else ()
        return {
            "briefs": [
                brief.model_dump(mode="json")
                for brief in of_company
                if person.sub in (brief.created_by, brief.published_by)
            ],
            "accepted_terms": [dict(one) for one in self._briefs.accepted_by(person.sub)],
            "remarks_about_me": [self._as_told(one) for one in about if not one.is_empty],
            "remarks_by_me": [
                one.model_dump(mode="json", exclude={"revision": True, "author": True, "dismissal": {"by"}})
                for brief in of_company
                for one in self._remarks.remarks(brief.brief_id, now)
                if one.is_by(person.sub)
            ],
        }

    def erase(self, person: Person, now: datetime) -> Erased:
        accepted = [one["brief_id"] for one in self._briefs.accepted_by(person.sub)]
        removed = self._briefs.forget_acceptances(person.sub, accepted)
        redacted = 0
        if person.profile_id is not None:
            removed += self._remarks.forget_person(person.profile_id)
        if person.company_id is not None:
            goes_on = self._has_others(person.company_id, person.sub)
            for brief in self._briefs.every_of_company(person.company_id):
                try:
                    gone, stripped = self._unsign(brief, person, now) if goes_on else self._wind_up(brief, now)
                except Conflict:
                    raise Retryable("brief_changed_meanwhile") from None
                removed, redacted = removed + gone, redacted + stripped
        return Erased(removed=removed, redacted=redacted)

    def _as_told(self, remark: Remark) -> dict[str, Any]:
        """As the person it is about may read it: by the project, and before the reveal without what would tell whose
        that is."""
        note = remark.note
        if note and not self._people.know_each_other(remark.brief_id, remark.profile_id):
            note = _masked(note, self._leaks(remark.brief_id, note))
        return {
            "project_id": remark.brief_id,
            "note": note or None,
            "noted_at": remark.noted_at,
            "set_aside": remark.dismissal and remark.dismissal.model_dump(mode="json", exclude={"by"}),
        }

    def _unsign(self, brief: Brief, person: Person, now: datetime) -> tuple[int, int]:
        """The notes stay with the company, without who wrote them. Raises Conflict."""
        theirs = [one for one in self._remarks.remarks(brief.brief_id, now) if one.is_by(person.sub)]
        for remark in theirs:
            self._remarks.redact(remark.without(person.sub))
        return 0, len(theirs)

    def _wind_up(self, brief: Brief, now: datetime) -> tuple[int, int]:
        """How many items went, how many briefs lost their texts. Raises Conflict."""
        if brief.state == "draft":
            self._briefs.drop(brief)
            return 1, 0
        gone = self._remarks.forget(self._remarks.remarks(brief.brief_id, now))
        over = brief.expire(now)
        if over is None and brief.state_on(paris_day(now)) in DATED:
            over = brief.end("closed", now)
        if over is not None:
            brief, fact = over
            self._briefs.save(brief, fact, now)
        stripped = brief.without_texts(now)
        if stripped is None:
            return gone, 0
        self._briefs.strip(brief, stripped)
        return gone, 1


def _masked(text: str, findings: Iterable[Finding]) -> str:
    """The text without these passages, which may overlap."""
    shown, end = "", 0
    for one in sorted(findings, key=lambda found: (found.start, found.end)):
        if one.start >= end:
            shown += text[end : one.start] + MASK
        end = max(end, one.end)
    return shown + text[end:]
