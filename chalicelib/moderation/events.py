"""What administrators are asked to look at and what they decide: by ids, and the words of closed lists. What was
written about it stays with the thing itself."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel

from chalicelib.vocabulary.facts import Fact


class ReportFiled(Fact):
    """Somebody asks for something to be looked at. `about`: brief, profile, conversation or message."""

    event_type: ClassVar[str] = "moderation.report_filed"
    report_id: str
    about: str
    about_id: str


class ReportClaimed(Fact):
    """An administrator takes it for a while."""

    event_type: ClassVar[str] = "moderation.report_claimed"
    report_id: str
    claimed_by: str


class ReportReleased(Fact):
    event_type: ClassVar[str] = "moderation.report_released"
    report_id: str
    released_by: str


class ReportDecided(Fact):
    """`outcome`: no_breach, reminder, measure_taken or out_of_scope; `reminded`: whether the other side is told."""

    event_type: ClassVar[str] = "moderation.report_decided"
    report_id: str
    about: str
    about_id: str
    outcome: str
    reminded: bool
    decided_by: str


class _OfMeasure(BaseModel):
    """What every decision tells: which one, against what. `kind`: brief, user or company."""

    measure_id: str
    kind: str
    subject_id: str


class ReturnOrdered(Fact):
    """A live brief goes back to its company: the publication of that number and no other."""

    event_type: ClassVar[str] = "moderation.return_ordered"
    measure_id: str
    brief_id: str
    publication_no: int
    ground: str
    decided_by: str


class SuspensionProposed(_OfMeasure, Fact):
    """It waits for a second administrator."""

    event_type: ClassVar[str] = "moderation.suspension_proposed"
    ground: str
    proposed_by: str


class SuspensionDeclined(_OfMeasure, Fact):
    """Nothing follows from it: the second administrator says no, whoever proposed it takes it back, or nobody looked at
    it in time (`declined_by` is empty)."""

    event_type: ClassVar[str] = "moderation.suspension_declined"
    declined_by: str


class Suspended(_OfMeasure, Fact):
    """In force from now on. `seconded_by` is empty where one administrator was enough."""

    event_type: ClassVar[str] = "moderation.suspended"
    ground: str
    decided_by: str
    seconded_by: str


class MeasureAnswered(_OfMeasure, Fact):
    """Whoever it is about gives their account."""

    event_type: ClassVar[str] = "moderation.answered"


class MeasureAppealed(_OfMeasure, Fact):
    """They contest it; it stays in force meanwhile."""

    event_type: ClassVar[str] = "moderation.appealed"


class MeasureAppealRejected(_OfMeasure, Fact):
    """Somebody who had no part in it finds it right."""

    event_type: ClassVar[str] = "moderation.appeal_rejected"
    decided_by: str


class MeasureLifted(_OfMeasure, Fact):
    """It is over: after an appeal (`appealed`) or without one."""

    event_type: ClassVar[str] = "moderation.lifted"
    appealed: bool
    decided_by: str


class SuspensionExpired(_OfMeasure, Fact):
    """Its time is over."""

    event_type: ClassVar[str] = "moderation.expired"


class EffectOverdue(_OfMeasure, Fact):
    """What should have followed from it has not been seen: asked for again."""

    event_type: ClassVar[str] = "moderation.effect_overdue"


class IdentityAsked(Fact):
    """An administrator asks, for an authority, who is behind a brief."""

    event_type: ClassVar[str] = "moderation.identity_asked"
    request_id: str
    brief_id: str
    asked_by: str


class IdentityGranted(Fact):
    """A second one agrees: the two may read it for a day."""

    event_type: ClassVar[str] = "moderation.identity_granted"
    request_id: str
    brief_id: str
    asked_by: str
    granted_by: str


class IdentityRefused(Fact):
    """`refused_by` is empty when nobody agreed in time."""

    event_type: ClassVar[str] = "moderation.identity_refused"
    request_id: str
    brief_id: str
    refused_by: str


class IdentityShown(Fact):
    """One of the two reads it."""

    event_type: ClassVar[str] = "moderation.identity_shown"
    request_id: str
    brief_id: str
    reader: str
