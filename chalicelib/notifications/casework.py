"""What e-mails tell of a case of verification, of an alarm and of a request for an attestation, as it is when they are
sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chalicelib.notifications.models import Moment
from chalicelib.vocabulary.text import Bilingual, Language


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom an e-mail goes to: account, address, and the language in which they are written to unless their preferences
    say another; `freelancer`: whose space on the site is theirs."""

    sub: str
    email: str
    language: Language
    freelancer: bool = False


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact that holds. `level`: work, participation or function; `source`: the id of what shows it; `checked_at` is
    ISO 8601 UTC."""

    level: str
    source: str
    checked_at: str


@dataclass(frozen=True, slots=True)
class CreditFile:
    """A credit as its owner declared it, and what holds of it now, the first fact first. `function` is a role id."""

    title: str
    year: int
    function: str
    facts: tuple[ShownFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A reviewer's question; an answer is awaited until `until`."""

    text: str
    asked_at: str
    until: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided. `text` is what the reviewer wrote; `ground` the reason in the words of the closed list;
    `junior_path`: whether the background of somebody at the beginning was confirmed; `completable`: whether documents
    that are still to come could bring more."""

    outcome: Literal["verified", "partly_verified", "refused"]
    ground: Bilingual
    text: str
    decided_at: str
    junior_path: bool = False
    completable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as its subject may read it: nothing of who reviews it. `credits`: all of a profile's, or the one that the
    case is about. Times are ISO 8601 UTC. `due_at`: by when the subject hears from us; `appeal_until`: until when the
    decision may be contested, None when it may not."""

    case_id: str
    kind: Literal["profile", "credit", "company"]
    state: str
    recipient: Recipient
    credits: tuple[CreditFile, ...] = ()
    submitted_at: str | None = None
    due_at: str | None = None
    question: Asked | None = None
    decision: Decided | None = None
    appeal_until: str | None = None
    appealed_at: str | None = None
    appeal_decision: Decided | None = None
    appeal_changed: bool = False
    reopened: bool = False

    def still(self, moment: Moment, happened_at: str) -> bool:
        """Whether the case still stands where this moment left it: what it has left behind is not told any more."""
        if moment == "received":
            return self.submitted_at == happened_at and self.state in _ON_ITS_WAY
        if moment == "question":
            asked_then = self.question is not None and self.question.asked_at == happened_at
            return asked_then and self.state == "information_requested"
        if moment == "decided":
            decided_then = self.decision is not None and self.decision.decided_at == happened_at
            return decided_then and self.appealed_at is None
        if moment == "appealed":
            return self.appealed_at == happened_at and self.state in ("appealed", "appeal_review")
        if moment == "appeal_decided":
            return self.appeal_decision is not None and self.appeal_decision.decided_at == happened_at
        if moment == "reopened":
            return self.reopened and self.decision is None and self.state in _LOOKED_AT_AGAIN
        return self.state == moment


#: Between submission and the first word from a reviewer.
_ON_ITS_WAY = ("submitted", "checks_running", "queued", "in_review")
_LOOKED_AT_AGAIN = ("reopened", "in_review", "queued")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that an alarm rests on, by what it is; `received_at` is ISO 8601 UTC."""

    label: Bilingual
    received_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmFile:
    """An alarm as whoever it is about may read it: nothing of who raised, reported or decided it. `recipient`: None
    when there is no address to write to. `text` and `ruling` (why it was decided against them) are None once it is
    over; `decide_until`: when it lapses undecided; `lapsed`: it did. Times are ISO 8601 UTC."""

    alarm_id: str
    kind: Literal["profile", "company"]
    version: int
    recipient: Recipient | None
    reason: Bilingual
    basis: Bilingual
    what_follows: Bilingual
    text: str | None = None
    papers: tuple[Paper, ...] = ()
    reply_until: str | None = None
    replied: bool = False
    decide_until: str | None = None
    lapsed: bool = False
    ruling: str | None = None
    in_force_from: str | None = None
    until: str | None = None
    appeal_until: str | None = None


@dataclass(frozen=True, slots=True)
class CaseSection:
    """What a digest tells of a case."""

    file: CaseFile
    moment: Moment


@dataclass(frozen=True, slots=True)
class Invitation:
    """What is asked of somebody at a company, at their address. `function` is a role id; `company` is as the person who
    asks declared it; `expires_at` is ISO 8601 UTC."""

    address: str
    link: str
    person: str
    work: str
    function: str
    company: str
    year: int
    started_year: int | None
    expires_at: str
