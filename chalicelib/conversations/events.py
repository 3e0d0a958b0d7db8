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
    """The person would like to work on it: an answer is owed from now on."""

    event_type: ClassVar[str] = "conversation.interest_shown"


class Declined(_OfOne, Fact):
    """Not for this person. `invited`: whether the producer had asked, and so is told."""

    event_type: ClassVar[str] = "conversation.declined"
    invited: bool


class MessageSent(_OfOne, Fact):
    event_type: ClassVar[str] = "conversation.message_sent"
    message_id: str
    sender: Party


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
    """The producer answered. `decision`: retained or not_retained; `ground`: of the closed list."""

    event_type: ClassVar[str] = "conversation.answered"
    decision: str
    ground: str


class AnswerAwaited(_OfOne, Fact):
    """The answer is still owed: soon due, or overdue. `reminder`: which one, from 1."""

    event_type: ClassVar[str] = "conversation.answer_awaited"
    reminder: int
    overdue: bool


class EngagementProposed(_OfOne, Fact):
    """One side says that they work together; the other has to confirm."""

    event_type: ClassVar[str] = "conversation.engagement_proposed"
    by: Party


class EngagementWithdrawn(_OfOne, Fact):
    """It says so no longer, before the other side confirmed."""

    event_type: ClassVar[str] = "conversation.engagement_withdrawn"
    by: Party


class Engaged(_OfOne, Fact):
    """Both say that they work together."""

    event_type: ClassVar[str] = "conversation.engaged"
    round: int


class MissionBroken(_OfOne, Fact):
    """What both had confirmed came to an early end."""

    event_type: ClassVar[str] = "conversation.mission_broken"
    by: Party


class Interrupted(_OfOne, Fact):
    """Its project is offline for the moment: nothing is over, and nobody is told why."""

    event_type: ClassVar[str] = "conversation.interrupted"


class Lapsed(_OfOne, Fact):
    """An invitation that nobody took up before its project ended."""

    event_type: ClassVar[str] = "conversation.lapsed"


class SideErased(_OfOne, Fact):
    """Whoever was on this side has had their account deleted: nothing goes on."""

    event_type: ClassVar[str] = "conversation.side_erased"
    by: Party
