"""What happens between a project and a person. Ids and neutral words only: who is behind a project is read after the
reveal, from its owner."""

from __future__ import annotations

from typing import ClassVar, Literal

from chalicelib.vocabulary.facts import Fact

#: The two sides of a conversation.
Party = Literal["producer", "freelancer"]


class _Of(Fact):
    """A fact of one conversation; whose it is, and about which project."""

    thread_id: str
    brief_id: str
    profile_id: str


class Invited(_Of):
    """The producer asked this person about the project."""

    event_type: ClassVar[str] = "conversation.invited"


class InterestShown(_Of):
    """The person would like to work on it: an answer is owed from now on."""

    event_type: ClassVar[str] = "conversation.interest_shown"


class Declined(_Of):
    """Not for this person. `invited`: whether the producer had asked, and so is told."""

    event_type: ClassVar[str] = "conversation.declined"
    invited: bool


class MessageSent(_Of):
    event_type: ClassVar[str] = "conversation.message_sent"
    message_id: str
    sender: Party


class RevealAsked(_Of):
    """One side agreed to say who it is, the other has not yet."""

    event_type: ClassVar[str] = "conversation.reveal_asked"
    by: Party


class RevealWithdrawn(_Of):
    event_type: ClassVar[str] = "conversation.reveal_withdrawn"
    by: Party


class Revealed(_Of):
    """Both agreed: each now reads who the other is."""

    event_type: ClassVar[str] = "conversation.revealed"


class Answered(_Of):
    """The producer answered. `decision`: retained or not_retained; `reason`: of the closed list."""

    event_type: ClassVar[str] = "conversation.answered"
    decision: str
    reason: str


class AnswerAwaited(_Of):
    """The answer is still owed: soon due, or overdue. `reminder`: which one, from 1."""

    event_type: ClassVar[str] = "conversation.answer_awaited"
    reminder: int
    overdue: bool


class EngagementProposed(_Of):
    """One side says that they work together; the other has to confirm."""

    event_type: ClassVar[str] = "conversation.engagement_proposed"
    by: Party


class EngagementWithdrawn(_Of):
    """It says so no longer, before the other side confirmed."""

    event_type: ClassVar[str] = "conversation.engagement_withdrawn"
    by: Party


class Engaged(_Of):
    """Both say that they work together."""

    event_type: ClassVar[str] = "conversation.engaged"
    round: int


class MissionBroken(_Of):
    """What both had confirmed came to an early end."""

    event_type: ClassVar[str] = "conversation.mission_broken"
    by: Party


class Lapsed(_Of):
    """An invitation that nobody took up before its project ended."""

    event_type: ClassVar[str] = "conversation.lapsed"


class ConversationReported(_Of):
    """One side asks administrators to look at it."""

    event_type: ClassVar[str] = "conversation.reported"
    report_id: str
    by: Party


class ReportSettled(_Of):
    event_type: ClassVar[str] = "conversation.report_settled"
    report_id: str
