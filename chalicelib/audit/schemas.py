from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from chalicelib.audit.errors import END_BEFORE_START, ONE_THING, PERIOD_TOO_LONG
from chalicelib.audit.service import Wanted
from chalicelib.audit.wording import EVENTS
from chalicelib.platform.errors import Invalid
from chalicelib.platform.operations import Id
from chalicelib.platform.validation import Both, Instant, PageQuery, Shape
from chalicelib.vocabulary.facts import Happened
from chalicelib.vocabulary.text import Bilingual

#: Days that a reading of everything may cover, so that it ends within a request.
LONGEST_PERIOD = timedelta(days=366)

_THINGS = (
    *("case_id", "alarm_id", "brief_id", "profile_id", "company_id"),
    *("report_id", "measure_id", "identity_id"),
)

#: Of a type that this version does not know: a later one wrote it.
_UNKNOWN = Bilingual("Autre fait", "Something else")


class AuditQuery(PageQuery):
    """`person`: the account that did it; `identity_id`: a request to know who is behind a brief. Of one thing, its
    whole history; of neither, the last thirty days, or from `since` (included) to `until` (not)."""

    person: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    case_id: Id | None = None
    alarm_id: Id | None = None
    brief_id: Id | None = None
    profile_id: Id | None = None
    company_id: Id | None = None
    report_id: Id | None = None
    measure_id: Id | None = None
    identity_id: Id | None = None
    since: Instant | None = None
    until: Instant | None = None

    def wanted(self, now: datetime) -> Wanted:
        """Raises Invalid naming what does not go together."""
        named = [name for name in _THINGS if getattr(self, name) is not None]
        problems = [ONE_THING.broken_at(f"?{name}") for name in named[1:]]
        until = self.until or now
        if self.since and until < self.since:
            problems.append(END_BEFORE_START.broken_at("?until" if self.until else "?since"))
        elif self.since and not named and self.person is None and until - self.since > LONGEST_PERIOD:
            problems.append(PERIOD_TOO_LONG.broken_at("?since", days=LONGEST_PERIOD.days))
        if problems:
            raise Invalid(problems)
        about = (named[0].removesuffix("_id"), str(getattr(self, named[0]))) if named else None
        return Wanted(about=about, person=self.person, since=self.since, until=self.until)


class AuditEntryShape(Shape):
    """One thing that happened, by ids and neutral values. `actor`: the account that did it; null where whoever did it
    has none (an attester) and for what runs by itself. `about`: the id of what it happened to."""

    event_id: str
    at: str
    event: str
    label: Both
    actor: str | None
    about: str
    details: dict[str, Any]

    @staticmethod
    def of(one: Happened) -> AuditEntryShape:
        label = EVENTS.get(one.event_type, _UNKNOWN)
        return AuditEntryShape(
            event_id=one.event_id,
            at=one.occurred_at,
            event=one.event_type,
            label=Both(fr=label.fr, en=label.en),
            actor=one.actor,
            about=one.aggregate_id,
            details=one.payload,
        )


class AuditShape(Shape):
    """Latest first."""

    entries: list[AuditEntryShape]
    cursor: str | None
