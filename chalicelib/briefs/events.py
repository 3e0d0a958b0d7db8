"""What happens to a brief. Ids only: what a freelancer may read is computed from the card, never from an event."""

from __future__ import annotations

from typing import ClassVar

from chalicelib.vocabulary.facts import Fact


class BriefDrafted(Fact):
    event_type: ClassVar[str] = "brief.drafted"
    brief_id: str
    company_id: str
    member_sub: str


class BriefRevised(Fact):
    """Its content changed; a live one is matched again."""

    event_type: ClassVar[str] = "brief.revised"
    brief_id: str
    live: bool


class BriefPublished(Fact):
    """It went live: `publication_no` is 1 the first time and grows each time it is reopened. `resumed`: because a
    mission broke off, with the people who were first proposed."""

    event_type: ClassVar[str] = "brief.published"
    brief_id: str
    publication_no: int
    resumed: bool = False


class BriefEnded(Fact):
    """It is no longer live. `how`: closed, filled or expired."""

    event_type: ClassVar[str] = "brief.ended"
    brief_id: str
    how: str


class BriefDeadlineNear(Fact):
    """Its company is to be reminded: `days_left` (30, 14, 7 or 2) as the reminder is called, whenever it comes.

    `which` of its dates is near: renewal_notice, option_end, broadcaster_date or start_window_end. One fact for each
    date, number of days and publication.
    """

    event_type: ClassVar[str] = "brief.deadline_near"
    brief_id: str
    which: str
    days_left: int
    publication_no: int


class BriefConfidentialityAccepted(Fact):
    """A freelancer accepted the confidentiality terms for it: who, the outbox keeps."""

    event_type: ClassVar[str] = "brief.confidentiality_accepted"
    brief_id: str
    terms_version: str


class BriefVocabularyChanged(Fact):
    """It is live, and the taxonomy that it is matched by is another one: version `number`. Matched again, once per
    version."""

    event_type: ClassVar[str] = "brief.vocabulary_changed"
    brief_id: str
    number: int


class BriefMatchingOverdue(Fact):
    """A live version has waited too long for its matching: asked for again."""

    event_type: ClassVar[str] = "brief.matching_overdue"
    brief_id: str
