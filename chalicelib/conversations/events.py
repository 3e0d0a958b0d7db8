"""What happens between a project and a person. Ids and neutral words only: who is behind a project is read after the
reveal, from its owner."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel

from chalicelib.vocabulary.facts import Fact

#: The two sides of a conversation.
Party = Literal["producer", "freelancer"]


class _OfOne(BaseModel):
    """What every fact of a conversation tells: which one, about which project, with whom."""

    thread_id: str
    brief_id: str
    profile_id: str


class Invited(_OfOne, Fact):
    """The producer asked this person about the project."""

    event_type: ClassVar[str] = "conversation.invited"


class InterestShown(_OfOne, Fact):
    """The person would like to work on it: an answer is owed from now on. `invited`: whether the producer had asked."""

    event_type: ClassVar[str] = "conversation.interest_shown"
    invited: bool = False


class Declined(_OfOne, Fact):
    """Not for this person. `invited`: whether the producer had asked, and so is told."""

    event_type: ClassVar[str] = "conversation.declined"
    invited: bool


class MessageSent(_OfOne, Fact):
    event_type: ClassVar[str] = "conversation.message_sent"
    message_id: str
    sender: Party


class FileAdded(_OfOne, Fact):
    """A file was sent to the other side, with a message that stands for it."""

    event_type: ClassVar[str] = "conversation.file_added"
    attachment_id: str
    message_id: str
    sender: Party


class FileWithdrawn(_OfOne, Fact):
    """Whoever sent a file took it back."""

    event_type: ClassVar[str] = "conversation.file_withdrawn"
    attachment_id: str
    by: Party


class FileDeleted(_OfOne, Fact):
    """The time for which a file is kept is over, or somebody is gone with it."""

    event_type: ClassVar[str] = "conversation.file_deleted"
    attachment_id: str


class RevealAsked(_OfOne, Fact):
    """One side agreed to say who it is, the other has not yet."""

    event_type: ClassVar[str] = "conversation.reveal_asked"
    by: Party


class RevealWithdrawn(_OfOne, Fact):
    event_type: ClassVar[str] = "conversation.reveal_withdrawn"
    by: Party


class Revealed(_OfOne, Fact):
    """Both agreed: each now reads who the other is."""

    event_type: ClassVar[str] = "conversation.revealed"


class Answered(_OfOne, Fact):
    """The producer answered. `decision`: retained or not_retained; `ground`: of the closed list; `round`: in which
    publication of the project; `overdue`: whether the date by which it was owed had passed."""

    event_type: ClassVar[str] = "conversation.answered"
    decision: str
    ground: str
    round: int = 1
    overdue: bool = False


class AnswerAwaited(_OfOne, Fact):
    """The answer is still owed: soon due, or overdue. `reminder`: which one, from 1; `round`: in which publication of
    the project."""

    event_type: ClassVar[str] = "conversation.answer_awaited"
    reminder: int
    overdue: bool
    round: int = 1


class EngagementProposed(_OfOne, Fact):
    """One side says that they work together; the other has to confirm."""

    event_type: ClassVar[str] = "conversation.engagement_proposed"
    by: Party


class EngagementWithdrawn(_OfOne, Fact):
    """It says so no longer, before the other side confirmed."""

    event_type: ClassVar[str] = "conversation.engagement_withdrawn"
    by: Party


class Engaged(_OfOne, Fact):
    """Both say that they work together. `overdue`: whether an answer was owed, and its date had passed."""

    event_type: ClassVar[str] = "conversation.engaged"
    round: int
    overdue: bool = False


class MissionBroken(_OfOne, Fact):
    """What both had confirmed came to an early end."""

    event_type: ClassVar[str] = "conversation.mission_broken"
    by: Party


class Lapsed(_OfOne, Fact):
    """An invitation that nobody took up before its project ended."""

    event_type: ClassVar[str] = "conversation.lapsed"


class ConversationReported(_OfOne, Fact):
    """One side asks administrators to look at it."""

    event_type: ClassVar[str] = "conversation.reported"
    report_id: str
    by: Party


class ReportSettled(_OfOne, Fact):
    event_type: ClassVar[str] = "conversation.report_settled"
    report_id: str


class SideErased(_OfOne, Fact):
    """Whoever was on this side has had their account deleted: nothing goes on."""

    event_type: ClassVar[str] = "conversation.side_erased"
    by: Party
