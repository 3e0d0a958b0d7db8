"""What e-mails tell of a conversation, of a project that fits somebody, and of a date that comes near, as each is when
they are sent. A project is known here by its code name alone, before the reveal and after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from chalicelib.notifications.casework import Recipient
from chalicelib.notifications.models import ContactStep, Side, Which
from chalicelib.vocabulary.text import Bilingual

#: Where somebody waits to hear how it ends.
_WAITING = ("interested", "revealed")

#: What is written so soon after an invitation or a show of interest comes with it, and its e-mail tells of both.
COMES_WITH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Given:
    """The producer's answer. `words`: what they wrote, or what is said where they wrote nothing; None when it is to be
    read in the conversation alone."""

    decision: Literal["retained", "not_retained"]
    reason: Bilingual
    words: Bilingual | None
    answered_at: str


@dataclass(frozen=True, slots=True)
class Consent:
    """Something that needs both sides, as one of them sees it: when each agreed, and since when it is so."""

    mine: str | None = None
    theirs: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a project's card says in a few words. `role`, `format` and `genres` are ids; `reply_by`: the last day on
    which an answer is of use, None where there is no telling."""

    role: str
    format: str = ""
    genres: tuple[str, ...] = ()
    start_from: date | None = None
    start_until: date | None = None
    estimated_days: int | None = None
    reply_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A conversation as one side is written to about it. `recipient`: None when there is no address. `person` and
    `level`: who is opposite a producer; of who is opposite a freelancer nothing is known here. `last_message_from_me`:
    whether this side wrote last. `last_file_at`: when the other side last added a file that this one has not been
    written to about. Times are ISO 8601 UTC, None for what did not happen since the project was last
    published; `answer_due_at`: by when the producer's answer is owed, None while none is.
    `card`: what a freelancer who is invited reads of the project."""

    thread_id: str
    reader: Side
    recipient: Recipient | None
    brief_id: str
    code_name: str
    role: str
    live: bool
    talking: bool
    state: str
    person: str = ""
    level: str = ""
    messages: int = 0
    last_message_at: str | None = None
    last_message_from_me: bool = False
    last_file_at: str | None = None
    invited_at: str | None = None
    interested_at: str | None = None
    declined_at: str | None = None
    reveal: Consent = Consent()
    engagement: Consent = Consent()
    broken_at: str | None = None
    answer: Given | None = None
    answer_due_at: str | None = None
    interrupted_at: str | None = None
    card: Card | None = None

    def still(self, step: ContactStep, happened_at: str, now: str) -> bool:
        """Whether it still stands where this step left it: what it has left behind is not told any more."""
        if step == "invited":
            return self.live and self.state == "invited" and self.invited_at == happened_at
        if step == "interest_shown":
            return self.waits and self.answer is None and self.interested_at == happened_at
        if step == "declined":
            return self.state == "declined" and self.declined_at == happened_at
        if step == "message":
            return self.talking and self.is_unanswered and not self.comes_with_the_opening
        if step == "reveal_asked":
            asked = self.reveal.theirs == happened_at and self.reveal.mine is None
            return self.state == "interested" and asked and self.reveal.since is None
        if step == "revealed":
            return self.reveal.since == happened_at
        if step == "answered":
            return self.answer is not None and self.answer.answered_at == happened_at
        if step == "engagement_proposed":
            return self.state == "revealed" and self.engagement.theirs == happened_at and self.engagement.mine is None
        if step == "engaged":
            return self.state == "engaged" and self.engagement.since == happened_at
        if step == "broken":
            return self.state == "broken" and self.broken_at == happened_at
        if step == "interrupted":
            return not self.live and self.interrupted_at == happened_at and self.state in ("invited", *_WAITING)
        due = self.answer_due_at if self.waits else None
        return due is not None and (due <= now) == (step == "answer_overdue")

    def since(self, moment: str) -> Contact:
        """With what came after it alone, where this side was written to about the rest."""
        is_told = self.last_file_at is not None and self.last_file_at <= moment
        return replace(self, last_file_at=None) if is_told else self

    @property
    def waits(self) -> bool:
        """Whether the person waits to hear how it ends."""
        return self.state in _WAITING

    @property
    def is_unanswered(self) -> bool:
        """Whether the other side wrote last."""
        return self.last_message_at is not None and not self.last_message_from_me

    @property
    def comes_with_the_opening(self) -> bool:
        """Whether nothing was written since what came with the invitation or the interest, and is told with it."""
        opening = self.invited_at if self.reader == "freelancer" else self.interested_at
        if opening is None or self.last_message_at is None:
            return False
        after = datetime.fromisoformat(self.last_message_at) - datetime.fromisoformat(opening)
        return timedelta(0) <= after <= COMES_WITH


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingProject(Card):
    """A project that fits a freelancer, by its card. `open_to_them`: it is online, the person may still be proposed by
    its card, and has had nothing to do with it yet. `reasons`: why them, in sentences about their own work."""

    brief_id: str
    recipient: Recipient | None
    open_to_them: bool
    code_name: str
    urgent: bool
    reasons: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDate:
    """A date of a project that comes near, for its producer. `binds`: it is what the project counts down to, online and
    in this publication. `waiting`: how many people wait for an answer; `invited`: how many invitations have none."""

    brief_id: str
    recipient: Recipient | None
    binds: bool
    code_name: str
    role: str
    which: Which
    title: Bilingual
    why: Bilingual
    day: date
    waiting: int = 0
    invited: int = 0


@dataclass(frozen=True, slots=True)
class ContactSection:
    """What a digest tells of a conversation."""

    contact: Contact
    step: ContactStep
