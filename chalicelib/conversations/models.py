"""A conversation about a project: where it stands, and what each side may do there. One per project and person.

It goes in rounds: when a project comes back after it was over, the same two may begin again, and what they know of each
other stays known. Times are ISO 8601 UTC, days are days in Paris.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict

from chalicelib.conversations.errors import (
    AlreadyRevealed,
    NoFilesYet,
    NotEngaged,
    NotOpen,
    NotRevealedYet,
    TooManyAttachments,
)
from chalicelib.conversations.events import (
    AnswerAwaited,
    Answered,
    Declined,
    Engaged,
    EngagementProposed,
    EngagementWithdrawn,
    FileAdded,
    FileDeleted,
    FileWithdrawn,
    InterestShown,
    Interrupted,
    Invited,
    Lapsed,
    MessageSent,
    MissionBroken,
    Party,
    RevealAsked,
    Revealed,
    RevealWithdrawn,
    SideErased,
)
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_of
from chalicelib.vocabulary.retention import ATTACHMENTS_AFTER_THE_END, ATTACHMENTS_AT_MOST

State = Literal[
    "open",
    "invited",
    "interested",
    "revealed",
    "engaged",
    "broken",
    "declined",
    "not_retained",
    "lapsed",
]

#: Stages in which both sides may still write to each other.
TALKING: tuple[State, ...] = ("open", "invited", "interested", "revealed", "engaged")

Decision = Literal["retained", "not_retained"]

#: Why somebody is not retained: true of the project or of the match, never of the person.
NegativeReason = Literal[
    "another_profile",
    "closer_experience",
    "other_dates",
    "other_budget",
    "other_working_mode",
    "project_changed",
    "project_stopped",
    "rights_lapsed",
]
NEGATIVE_REASONS: tuple[NegativeReason, ...] = get_args(NegativeReason)

#: Why a conversation goes on.
PositiveReason = Literal["story_shared", "experience_fits", "to_meet"]
POSITIVE_REASONS: tuple[PositiveReason, ...] = get_args(PositiveReason)

#: What a mission that broke off may have ended for.
BreakReason = Literal["project_stopped", "dates", "disagreement", "personal", "other"]

#: The guided questions that open a conversation.
Question = Literal["why_this_story", "closest_work", "how_to_work"]
QUESTIONS: tuple[Question, ...] = get_args(Question)

#: What an account may do only so often in an hour.
Pace = Literal["message", "invitation", "interest", "file"]
PER_HOUR: dict[Pace, int] = {"message": 60, "invitation": 60, "interest": 60, "file": 20}

#: How many files a conversation holds at a time.
MOST_FILES: Final = 20

#: How long an upload may take to begin; how long after that it may still be confirmed; and from when on nothing of it
#: can arrive or be under way any more, for functions run half a minute.
UPLOAD_SECONDS: Final = 600
CONFIRMED_WITHIN = timedelta(minutes=4)
SETTLED_AFTER = timedelta(minutes=5)

#: An overdue answer is asked for again this long after the last time.
ASK_AGAIN = timedelta(days=2)
#: How long before its date an answer is asked for.
ASK_BEFORE = timedelta(days=1)


#: What stands in the place of what somebody wrote, and of who they were, once their account is deleted.
DELETED = "[compte supprimé]"


def thread_id_of(brief_id: str, profile_id: str) -> str:
    """There is one conversation per project and person, whoever begins it and however often."""
    return id_of("conversation", brief_id, profile_id)


class Answer(BaseModel):
    """What the producer decided. `text`: in their own words, if they wrote any."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    decision: Decision
    reason: str
    text: str | None = None
    answered_at: str
    answered_by: str


class Mutual(BaseModel):
    """Something that needs both sides: when each agreed, and when it came about. Nobody's agreement counts alone."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    producer_at: str | None = None
    freelancer_at: str | None = None
    since: str | None = None

    def by(self, party: Party) -> str | None:
        return self.producer_at if party == "producer" else self.freelancer_at

    def agreed(self, party: Party, moment: str) -> Mutual:
        after = self.model_copy(update={f"{party}_at": moment})
        return after.model_copy(update={"since": moment}) if after.producer_at and after.freelancer_at else after

    def without(self, party: Party) -> Mutual:
        return self.model_copy(update={f"{party}_at": None})


class Round(BaseModel):
    """What happened since the project was last published. `reply_by`: until which day an answer to the invitation is of
    use. `answer_due_at`: by when an answer is owed, None while none is. `over_at`: when the project ended with this
    invitation untouched; `interrupted_at`: when it went offline for the moment, the last time that the person was
    told."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    publication_no: int
    invited_at: str | None = None
    invited_by: str | None = None
    reply_by: date | None = None
    interested_at: str | None = None
    declined_at: str | None = None
    answer: Answer | None = None
    answer_due_at: str | None = None
    reminders: int = 0
    engagement: Mutual = Mutual()
    broken_at: str | None = None
    broken_by: Party | None = None
    broken_reason: str | None = None
    over_at: str | None = None
    interrupted_at: str | None = None


class Thread(BaseModel):
    """`version` grows by one at each change. `reveal` outlives the rounds: what was told cannot be untold.
    `messages`: how many were sent; `files`: how many it holds. `departed`: the side whose account was deleted."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    thread_id: str
    brief_id: str
    company_id: str
    profile_id: str
    freelancer_sub: str
    version: int
    created_at: str
    updated_at: str
    round: Round
    reveal: Mutual = Mutual()
    messages: int = 0
    last_message_at: str | None = None
    last_message_from: Party | None = None
    files: int = 0
    last_file_at: str | None = None
    last_file_from: Party | None = None
    departed: Party | None = None

    @staticmethod
    def begin(
        brief_id: str, company_id: str, profile_id: str, freelancer_sub: str, publication_no: int, now: datetime
    ) -> Thread:
        """Before anything was said: version 0, not kept until something is."""
        return Thread(
            thread_id=thread_id_of(brief_id, profile_id),
            brief_id=brief_id,
            company_id=company_id,
            profile_id=profile_id,
            freelancer_sub=freelancer_sub,
            version=0,
            created_at=stamp(now),
            updated_at=stamp(now),
            round=Round(publication_no=publication_no),
        )

    @property
    def state(self) -> State:
        now = self.round
        if now.broken_at is not None:
            return "broken"
        if now.engagement.since is not None:
            return "engaged"
        if now.answer is not None and now.answer.decision == "not_retained":
            return "not_retained"
        if now.declined_at is not None:
            return "declined"
        if now.over_at is not None:
            return "lapsed"
        if now.interested_at is not None:
            return "revealed" if self.reveal.since is not None else "interested"
        return "invited" if now.invited_at is not None else "open"

    @property
    def is_revealed(self) -> bool:
        return self.reveal.since is not None

    @property
    def is_shown_to_producer(self) -> bool:
        """Whoever looked at a project and turned away, unasked, did nothing that its producer should know."""
        return any((self.round.invited_at, self.round.interested_at, self.messages, self.reveal.since))

    @property
    def is_under_way(self) -> bool:
        """Whether both take part in it: an invitation alone is only the producer's."""
        return self.state in ("interested", "revealed", "engaged")

    def in_round(self, publication_no: int) -> Thread:
        """In the present life of its project: what was over in a former one may begin again."""
        if publication_no <= self.round.publication_no or self.state in ("interested", "revealed", "engaged"):
            return self
        return self.model_copy(update={"round": Round(publication_no=publication_no)})

    def invite(self, member_sub: str, reply_by: date | None, now: datetime) -> tuple[Thread, Fact] | None:
        """An answer is of use until `reply_by`. None when there is nothing to ask any more: invited or interested
        already. Raises NotOpen."""
        if self.state in ("invited", "interested", "revealed", "engaged"):
            return None
        self._in("open")
        after = self._round(now, invited_at=stamp(now), invited_by=member_sub, reply_by=reply_by)
        return after, Invited(**self._ids)

    def show_interest(self, answer_due_at: datetime, now: datetime) -> tuple[Thread, Fact] | None:
        """The answer is owed by `answer_due_at`. Whoever declined may think again. None when it was shown already.
        Raises NotOpen."""
        if self.state in ("interested", "revealed", "engaged"):
            return None
        self._in("open", "invited", "declined", "lapsed")
        after = self._round(
            now,
            interested_at=stamp(now),
            declined_at=None,
            over_at=None,
            answer=None,
            answer_due_at=stamp(answer_due_at),
            reminders=0,
        )
        return after, InterestShown(**self._ids, invited=self.round.invited_at is not None)

    def decline(self, now: datetime) -> tuple[Thread, Fact] | None:
        """Free, at any moment before an engagement; no reason is asked. None when it was declined already. Consents
        that were given alone are taken back with it. Raises NotOpen once an answer was given or both are engaged."""
        if self.state == "declined":
            return None
        self._in("open", "invited", "interested", "revealed", "lapsed")
        after = self._round(now, declined_at=stamp(now), answer_due_at=None, engagement=Mutual(), over_at=None)
        if not self.is_revealed:
            after = after.model_copy(update={"reveal": Mutual()})
        return after, Declined(**self._ids, invited=self.is_shown_to_producer)

    def say(self, message_id: str, sender: Party, now: datetime) -> tuple[Thread, Fact]:
        """One more message, while somebody is there to read it. A producer opens no conversation: they invite. Raises
        NotOpen."""
        if self.departed is not None:
            raise NotOpen(self.state)
        self._in(*(TALKING if sender == "freelancer" or self.is_shown_to_producer else TALKING[1:]))
        after = self._next(now, messages=self.messages + 1, last_message_at=stamp(now), last_message_from=sender)
        return after, MessageSent(**self._ids, message_id=message_id, sender=sender)

    def may_take_a_file(self, sender: Party) -> None:
        """Raises NoFilesYet before the reveal, NotOpen once it is over, TooManyAttachments."""
        if not self.is_revealed:
            raise NoFilesYet
        if self.departed is not None:
            raise NotOpen(self.state)
        self._in(*(TALKING if sender == "freelancer" or self.is_shown_to_producer else TALKING[1:]))
        if self.files >= MOST_FILES:
            raise TooManyAttachments

    def add_file(self, attachment_id: str, message_id: str, sender: Party, now: datetime) -> tuple[Thread, Fact]:
        """One more file, and the message that stands for it. Raises as `may_take_a_file`."""
        self.may_take_a_file(sender)
        after = self._next(
            now,
            messages=self.messages + 1,
            last_message_at=stamp(now),
            last_message_from=sender,
            files=self.files + 1,
            last_file_at=stamp(now),
            last_file_from=sender,
        )
        return after, FileAdded(**self._ids, attachment_id=attachment_id, message_id=message_id, sender=sender)

    def withdraw_file(self, attachment_id: str, party: Party, now: datetime) -> tuple[Thread, Fact]:
        """Its sender takes it back, at any time."""
        after = self._next(now, files=self.files - 1)
        return after, FileWithdrawn(**self._ids, attachment_id=attachment_id, by=party)

    def lose_file(self, attachment_id: str, now: datetime) -> tuple[Thread, Fact]:
        return self._next(now, files=self.files - 1), FileDeleted(**self._ids, attachment_id=attachment_id)

    def agree_to_reveal(self, party: Party, now: datetime) -> tuple[Thread, Fact] | None:
        """The first to agree asks, the second reveals both. None when this side has agreed already. Raises NotOpen
        before interest was shown, and once the conversation is over."""
        if self.is_revealed or self.reveal.by(party) is not None:
            return None
        self._in("interested")
        reveal = self.reveal.agreed(party, stamp(now))
        after = self._next(now, reveal=reveal)
        return after, Revealed(**self._ids) if reveal.since else RevealAsked(**self._ids, by=party)

    def withdraw_from_reveal(self, party: Party, now: datetime) -> tuple[Thread, Fact] | None:
        """None when this side had not agreed. Raises AlreadyRevealed."""
        if self.is_revealed:
            raise AlreadyRevealed
        if self.reveal.by(party) is None:
            return None
        return self._next(now, reveal=self.reveal.without(party)), RevealWithdrawn(**self._ids, by=party)

    def answer(
        self, decision: Decision, reason: str, text: str | None, member_sub: str, now: datetime
    ) -> tuple[Thread, Fact] | None:
        """The producer's decision. That it goes on may still become that it does not; a no stays one. None when the
        same was answered already. Raises NotOpen."""
        standing = self.round.answer
        if standing is not None and (standing.decision, standing.reason, standing.text) == (decision, reason, text):
            return None
        self._in("interested", "revealed")
        given = Answer(decision=decision, reason=reason, text=text, answered_at=stamp(now), answered_by=member_sub)
        after = self._round(now, answer=given, answer_due_at=None)
        if decision == "not_retained":
            # A consent given alone is over with the conversation.
            engagement = self.round.engagement if self.round.engagement.since else Mutual()
            after = after.model_copy(update={"round": after.round.model_copy(update={"engagement": engagement})})
            if not self.is_revealed:
                after = after.model_copy(update={"reveal": Mutual()})
        told = {"decision": decision, "ground": reason, "round": self.round.publication_no}
        return after, Answered(**self._ids, **told, overdue=self._is_overdue(now))

    def confirm_engagement(self, party: Party, now: datetime) -> tuple[Thread, Fact] | None:
        """The first to say so proposes, the second confirms. None when this side has said it already. Raises
        NotRevealedYet, NotOpen."""
        if self.round.engagement.by(party) is not None and self.round.broken_at is None:
            return None
        if self.state == "interested":
            raise NotRevealedYet
        self._in("revealed")
        engagement = self.round.engagement.agreed(party, stamp(now))
        due = None if engagement.since else self.round.answer_due_at
        after = self._round(now, engagement=engagement, answer_due_at=due)
        if engagement.since is None:
            return after, EngagementProposed(**self._ids, by=party)
        return after, Engaged(**self._ids, round=self.round.publication_no, overdue=self._is_overdue(now))

    def withdraw_engagement(self, party: Party, now: datetime) -> tuple[Thread, Fact] | None:
        """Before the other side confirmed. None when there is nothing to withdraw. Raises NotOpen once both confirmed,
        also when the mission broke off since: what both confirmed stays on record."""
        if self.state in ("engaged", "broken"):
            raise NotOpen(self.state)
        if self.round.engagement.by(party) is None:
            return None
        after = self._round(now, engagement=self.round.engagement.without(party))
        return after, EngagementWithdrawn(**self._ids, by=party)

    def break_mission(self, party: Party, reason: BreakReason, now: datetime) -> tuple[Thread, Fact] | None:
        """None when it was broken off already. Raises NotEngaged."""
        if self.state == "broken":
            return None
        if self.state != "engaged":
            raise NotEngaged
        after = self._round(now, broken_at=stamp(now), broken_by=party, broken_reason=reason)
        return after, MissionBroken(**self._ids, by=party)

    def remind(self, now: datetime) -> tuple[Thread, Fact] | None:
        """Asks for the answer that is owed; None when none is."""
        due = self.round.answer_due_at
        if due is None:
            return None
        number = self.round.reminders + 1
        after = self._round(now, reminders=number)
        counted = {"reminder": number, "round": self.round.publication_no}
        return after, AnswerAwaited(**self._ids, **counted, overdue=self._is_overdue(now))

    def interrupt(self, publication_no: int, now: datetime) -> tuple[Thread, Fact] | None:
        """Its project is offline for the moment; once per publication. None for whoever waits for nothing there, and
        where it was told already."""
        begun = self.state in ("invited", "interested", "revealed")
        if not begun or self.round.publication_no != publication_no or self.round.interrupted_at is not None:
            return None
        return self._round(now, interrupted_at=stamp(now)), Interrupted(**self._ids)

    def lapse(self, publication_no: int, now: datetime) -> tuple[Thread, Fact] | None:
        """Its project is over with the invitation untouched. None when it is not, or when the conversation belongs to a
        later life of the project."""
        if self.round.publication_no > publication_no or self.state != "invited":
            return None
        return self._round(now, over_at=stamp(now)), Lapsed(**self._ids)

    def depart(self, party: Party, now: datetime) -> tuple[Thread, Fact] | None:
        """This side is gone with its account. Nobody owes a freelancer who is gone an answer, and what they had agreed
        to alone is over; whoever waits for a producer who is gone is answered with the end of the project. None when it
        was gone already."""
        if self.departed is not None:
            return None
        after = self._next(now, departed=party)
        if party == "freelancer" and self.state in ("open", "invited", "interested", "revealed", "lapsed"):
            left = {"declined_at": stamp(now), "answer_due_at": None, "over_at": None, "engagement": Mutual()}
            after = after.model_copy(update={"round": after.round.model_copy(update=left)})
        return after, SideErased(**self._ids, by=party)

    def without_words_of(self, sub: str, now: datetime) -> Thread | None:
        """Without the words of an answer that this account gave; None when there are none."""
        answer = self.round.answer
        if answer is None or answer.text is None or answer.answered_by != sub:
            return None
        return self._round(now, answer=answer.model_copy(update={"text": None}))

    def ask_sooner(self, answer_due_at: datetime, now: datetime) -> Thread | None:
        """With an earlier date for the answer that is owed; None when it is not later."""
        due = self.round.answer_due_at
        if due is None or due <= stamp(answer_due_at):
            return None
        return self._round(now, answer_due_at=stamp(answer_due_at))

    @property
    def next_reminder(self) -> datetime | None:
        """When the answer is asked for next; None while none is owed. Before its date, at its date, then again and
        again."""
        if self.round.answer_due_at is None:
            return None
        due = datetime.fromisoformat(self.round.answer_due_at)
        if self.round.reminders == 0:
            return due - ASK_BEFORE
        return due + ASK_AGAIN * (self.round.reminders - 1)

    @property
    def ended_at(self) -> str | None:
        """Since when nothing more is said in it; None while it goes on."""
        now = self.round
        if self.state in TALKING:
            return None
        answered = now.answer.answered_at if self.state == "not_retained" and now.answer else None
        return now.broken_at or answered or now.declined_at or now.over_at

    @property
    def files_due(self) -> datetime | None:
        """When what it holds of files goes; None while it goes on, or holds none."""
        if not self.files or self.ended_at is None:
            return None
        return datetime.fromisoformat(self.ended_at) + ATTACHMENTS_AFTER_THE_END

    @property
    def awaits_an_answer(self) -> bool:
        """Whether the person still waits to hear how it ends."""
        return self.state in ("interested", "revealed")

    def _is_overdue(self, now: datetime) -> bool:
        """Whether an answer is owed, and should have come."""
        due = self.round.answer_due_at
        return due is not None and due <= stamp(now)

    @property
    def _ids(self) -> dict[str, Any]:
        return {"thread_id": self.thread_id, "brief_id": self.brief_id, "profile_id": self.profile_id}

    def _in(self, *states: State) -> None:
        if self.state not in states:
            raise NotOpen(self.state)

    def _round(self, now: datetime, **changes: Any) -> Thread:
        return self._next(now, round=self.round.model_copy(update=changes))

    def _next(self, now: datetime, **changes: Any) -> Thread:
        return self.model_copy(update={**changes, "version": self.version + 1, "updated_at": stamp(now)})


class Message(BaseModel):
    """One message as it was written. `question`: which of the guided questions it asks or answers. `attachment_id`: the
    file that it stands for, and then it has no words of its own."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    message_id: str
    sender: Party
    sender_sub: str
    text: str
    sent_at: str
    question: Question | None = None
    attachment_id: str | None = None


#: `awaited`: its upload may be under way. `added`: checked, and there to be read. The others end it.
FileStatus = Literal["awaited", "added", "refused", "withdrawn", "deleted"]


class Attachment(BaseModel):
    """A file that one side sends the other, after the reveal. `name` is its sender's, and goes with the file; `size`
    (bytes) what was announced, which an added one has; `sha256` that of what is kept. `refusal`: a key of
    `attachment_formats.REFUSALS`. `due_at`: when the sweeper looks at it. Times are ISO 8601 UTC.

        awaited ──checked──▶ added ──taken back──▶ withdrawn
           │                   └──its time is over──▶ deleted
           ├──checked──▶ refused ──▶ no trace
           └──not confirmed in time, or taken back──▶ no trace
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    attachment_id: str
    thread_id: str
    sender: Party
    sender_sub: str
    name: str | None
    media_type: str
    size: int
    status: FileStatus
    offered_at: str
    upload_until: str
    due_at: str | None
    version: int = 1
    message_id: str | None = None
    added_at: str | None = None
    ended_at: str | None = None
    sha256: str | None = None
    refusal: str | None = None

    @staticmethod
    def offered(
        attachment_id: str,
        thread_id: str,
        sender: Party,
        sender_sub: str,
        name: str,
        media_type: str,
        size: int,
        now: datetime,
    ) -> Attachment:
        until = now + timedelta(seconds=UPLOAD_SECONDS)
        return Attachment(
            attachment_id=attachment_id,
            thread_id=thread_id,
            sender=sender,
            sender_sub=sender_sub,
            name=name,
            media_type=media_type,
            size=size,
            status="awaited",
            offered_at=stamp(now),
            upload_until=stamp(until),
            due_at=stamp(until + SETTLED_AFTER),
        )

    @property
    def upload_key(self) -> str:
        return f"quarantine/{self.thread_id}/{self.attachment_id}"

    @property
    def folder(self) -> str:
        """Where it lies once added, and nothing else does."""
        return f"attachments/{self.thread_id}/{self.attachment_id}/"

    @property
    def key(self) -> str:
        """Named by its content: two checks of different bytes never write over each other."""
        return f"{self.folder}{self.sha256}"

    @property
    def is_shown(self) -> bool:
        """Whether the conversation tells of it, even after its end."""
        return self.message_id is not None

    def may_be_confirmed(self, now: datetime) -> bool:
        return now < datetime.fromisoformat(self.upload_until) + CONFIRMED_WITHIN

    def added(self, message_id: str, size: int, sha256: str, now: datetime) -> Attachment:
        return self._next(
            status="added",
            message_id=message_id,
            added_at=stamp(now),
            size=size,
            sha256=sha256,
        )

    @property
    def kept_until(self) -> str | None:
        """When its time is over, in a conversation that goes on; None unless it is kept."""
        if self.status != "added" or self.added_at is None:
            return None
        return stamp(datetime.fromisoformat(self.added_at) + ATTACHMENTS_AT_MOST)

    def refused(self, reason: str, now: datetime) -> Attachment:
        return self._next(status="refused", refusal=reason, ended_at=stamp(now))

    def ended(self, status: Literal["withdrawn", "deleted"], now: datetime) -> Attachment:
        """Its name and its print go with it. What lies in the bucket is looked after until no upload of it can arrive
        any more."""
        settled = datetime.fromisoformat(self.upload_until) + SETTLED_AFTER
        return self._next(status=status, name=None, sha256=None, ended_at=stamp(now), due_at=stamp(max(now, settled)))

    def cleared(self) -> Attachment:
        """Nothing of its upload is left: all that is owed for it is its end, if it has not come."""
        return self._next(due_at=self.kept_until)

    def _next(self, **changes: Any) -> Attachment:
        return self.model_copy(update={**changes, "version": self.version + 1})


class PreparedAnswer(BaseModel):
    """What a producer wrote to one person for the moment their project ends. `reason` None: that of how it ends."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    thread_id: str
    reason: NegativeReason | None
    text: str | None = None
