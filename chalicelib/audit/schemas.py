from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.audit.errors import END_BEFORE_START, ONE_CHAIN, ONE_THING, PERIOD_TOO_LONG
from chalicelib.audit.service import Wanted
from chalicelib.audit.wording import EVENTS, TROUBLES
from chalicelib.platform.errors import Invalid
from chalicelib.platform.operations import Id
from chalicelib.platform.validation import Both, Instant, PageQuery, QuerySchema, Shape
from chalicelib.vocabulary.facts import Chained, Finding, Happened, Trouble
from chalicelib.vocabulary.text import Bilingual

#: Days that a reading of everything may cover, so that it ends within a request.
LONGEST_PERIOD = timedelta(days=366)

_THINGS = (
    *("case_id", "alarm_id", "brief_id", "profile_id", "company_id", "conversation_id"),
    *("report_id", "measure_id", "identity_id", "failure_id", "notice_id", "suppression_id"),
)

#: Of a type that this version does not know: a later one wrote it.
_UNKNOWN = Bilingual("Autre fait", "Something else")


class AuditQuery(PageQuery):
    """`person`: the account that did it; `identity_id`: a request to know who is behind a brief; `failure_id`,
    `notice_id`, `suppression_id`: as administrators' lists of them have it. Of one thing, its whole history; of
    neither, the last thirty days, or from `since` (included) to `until` (not)."""

    person: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    case_id: Id | None = None
    alarm_id: Id | None = None
    brief_id: Id | None = None
    profile_id: Id | None = None
    company_id: Id | None = None
    conversation_id: Id | None = None
    report_id: Id | None = None
    measure_id: Id | None = None
    identity_id: Id | None = None
    failure_id: Id | None = None
    notice_id: Id | None = None
    suppression_id: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
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


class ChainQuery(QuerySchema):
    """Of one case, or of one alarm."""

    case_id: Id | None = None
    alarm_id: Id | None = None

    def about(self) -> tuple[Literal["case", "alarm"], str]:
        """Kind and id. Raises Invalid unless it is exactly one."""
        match self.case_id, self.alarm_id:
            case str(case_id), None:
                return "case", case_id
            case None, str(alarm_id):
                return "alarm", alarm_id
        raise Invalid([ONE_CHAIN.broken_at("?case_id")])


class ChainFindingShape(Shape):
    """What does not fit. `position`: the place in the chain; null for a fact that has none. `event_id`: the fact; null
    when it is gone, or when it is about the whole."""

    trouble: Trouble
    label: Both
    position: int | None
    event_id: str | None

    @staticmethod
    def of(one: Finding) -> ChainFindingShape:
        label = TROUBLES[one.trouble]
        return ChainFindingShape(
            trouble=one.trouble,
            label=Both(fr=label.fr, en=label.en),
            position=one.position,
            event_id=one.event_id,
        )


class ChainShape(Shape):
    """One chain, recomputed as it was read. `of`: what its facts are about; the files of an alarm have a chain beside
    that of the alarm itself. `position` and `digest` are its last link, to be kept elsewhere; null while it has none.
    `older`: facts that were written before there was a chain, which it covers together."""

    of: Literal["case", "alarm", "files"]
    position: int | None
    digest: str | None
    older: int
    sound: bool
    findings: list[ChainFindingShape]


class ChainsShape(Shape):
    """`id`: the case or the alarm."""

    id: str
    chains: list[ChainShape]

    @staticmethod
    def of(kind: Literal["case", "alarm"], identifier: str, found: list[Chained]) -> ChainsShape:
        parts: tuple[Literal["case", "alarm", "files"], ...] = ("case",) if kind == "case" else ("alarm", "files")
        return ChainsShape(
            id=identifier,
            chains=[
                ChainShape(
                    of=part,
                    position=one.head.position if one.head else None,
                    digest=one.head.digest if one.head else None,
                    older=one.older,
                    sound=not one.findings,
                    findings=[ChainFindingShape.of(finding) for finding in one.findings],
                )
                for part, one in zip(parts, found, strict=True)
            ],
        )
