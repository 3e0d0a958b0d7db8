"""An alarm about a person or a company: the only thing said of somebody that is not about their work.

    draft → raised → answered → in_force → appealed → in_force
               └─ dismissed · withdrawn      └─ lifted · expired

It names one reason of a closed list, rests on documents and on somebody who is known by name, and is raised by one
administrator. Its subject is told at once and may answer; nothing follows from it until another administrator, once
they have answered or ten days have passed, puts it in force or dismisses it. It ends by itself after 24 months. An
appeal, within thirty days, goes to a third. What holds is told by dates, however late the clockwork is.

There is no field for a criminal offence, conviction or accusation (GDPR, article 10), and the one short text that goes
with the reason is refused when it speaks of one. Texts go when the alarm is over; what was done, when and by whom
stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from chalicelib.platform.errors import FieldError, Invalid
from chalicelib.verification.errors import (
    NO_DOCUMENT,
    NO_TEXT,
    NOT_A_SIGNED_SOURCE,
    OF_CRIMINAL_MATTERS,
    ONE_CREDIT_ONLY,
    REPORTER_MISSING,
    AlarmNotInThatState,
    OwnAlarm,
    OwnAlarmDecision,
    ReplyAwaited,
    TooLateToAppeal,
)
from chalicelib.verification.events import (
    AlarmAnswered,
    AlarmAppealed,
    AlarmAppealRejected,
    AlarmConfirmed,
    AlarmDismissed,
    AlarmExpired,
    AlarmLifted,
    AlarmPrepared,
    AlarmRaised,
    AlarmWithdrawn,
)
from chalicelib.verification.subjects import Subject
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.text import Bilingual

#: How long the subject has to answer before anything can follow (TRADE §3.4).
REPLY_WITHIN = timedelta(days=10)

#: How long an alarm is in force (TRADE §3.4), in calendar months.
LASTS_MONTHS = 24

APPEAL_WITHIN = timedelta(days=30)

#: What was prepared and not raised, or raised and not decided, is no threat to be kept: it lapses.
DRAFT_LASTS = timedelta(days=30)
DECIDE_WITHIN = timedelta(days=60)

LONGEST_TEXT = 400
LONGEST_RULING = 1000
LONGEST_REPLY = 4000
MOST_DOCUMENTS = 20

Reason = Literal["forged_credit_or_identity", "confidentiality_breach", "non_payment", "harassment_upheld"]
REASONS: tuple[Reason, ...] = get_args(Reason)

LABELS: dict[Reason, Bilingual] = {
    "forged_credit_or_identity": Bilingual("Crédit ou identité falsifiés", "Forged credit or identity"),
    "confidentiality_breach": Bilingual("Manquement prouvé à la confidentialité", "Proven breach of confidentiality"),
    "non_payment": Bilingual("Défaut de paiement établi", "Established non-payment"),
    "harassment_upheld": Bilingual(
        "Signalement de harcèlement retenu par une instance compétente",
        "Harassment report upheld by a competent body",
    ),
}

#: Where it comes from. What nobody signs is not among them: a rumour or an anonymous report raises nothing.
Origin = Literal["own_finding", "signed_report", "competent_body"]
BASES: dict[Origin, Bilingual] = {
    "own_finding": Bilingual("Constat de notre équipe", "Our own finding"),
    "signed_report": Bilingual(
        "Signalement signé, par une personne que nous connaissons", "Signed report, by a person known to us"
    ),
    "competent_body": Bilingual("Décision d’une instance compétente", "Ruling of a competent body"),
}
ORIGINS: dict[Reason, frozenset[Origin]] = {
    "forged_credit_or_identity": frozenset({"own_finding", "signed_report", "competent_body"}),
    "confidentiality_breach": frozenset({"own_finding", "signed_report", "competent_body"}),
    "non_payment": frozenset({"signed_report", "competent_body"}),
    "harassment_upheld": frozenset({"competent_body"}),
}

State = Literal["draft", "raised", "answered", "in_force", "appealed", "dismissed", "withdrawn", "lifted", "expired"]
Act = Literal["raise", "answer", "put_in_force", "dismiss", "withdraw", "appeal", "uphold", "lift", "expire", "lapse"]

#: (state, act) → state. What is not here cannot happen.
TRANSITIONS: dict[tuple[State, Act], State] = {
    ("draft", "raise"): "raised",
    ("draft", "withdraw"): "withdrawn",
    ("draft", "lapse"): "withdrawn",
    ("raised", "answer"): "answered",
    ("raised", "put_in_force"): "in_force",
    ("raised", "dismiss"): "dismissed",
    ("raised", "withdraw"): "withdrawn",
    ("raised", "lapse"): "withdrawn",
    ("answered", "put_in_force"): "in_force",
    ("answered", "dismiss"): "dismissed",
    ("answered", "withdraw"): "withdrawn",
    ("answered", "lapse"): "withdrawn",
    ("in_force", "appeal"): "appealed",
    ("in_force", "lift"): "lifted",
    ("in_force", "expire"): "expired",
    ("appealed", "uphold"): "in_force",
    ("appealed", "lift"): "lifted",
    ("appealed", "expire"): "expired",
}

IN_FORCE: frozenset[State] = frozenset({"in_force", "appealed"})
OVER: frozenset[State] = frozenset({"dismissed", "withdrawn", "lifted", "expired"})
#: Before anything follows from it.
UNDECIDED: frozenset[State] = frozenset({"raised", "answered"})

#: Words that speak of offences, proceedings and sentences of criminal law, in both languages. A judgment of a civil or
#: commercial court may be named.
_CRIMINAL = re.compile(
    r"\b(?:casier judiciaire|pénale?s?|pénaux|pénalement|garde à vue|mise? en examen|correctionnel\w*|criminel\w*"
    r"|escroc\w*|emprisonn\w*|(?:port|dépos)\w+ (?:une )?plainte|plaintes? (?:pour|contre|déposée\w*)|infractions?"
    r"|délits?|abus de confiance|usage de faux|agressions?|viols?"
    r"|criminal\w*|penal|convict\w*|felon\w*|indict\w*|prosecut\w*|imprison\w*"
    r"|fraudsters?)\b",
    re.IGNORECASE,
)

_FROZEN = ConfigDict(frozen=True, defer_build=True)


class Document(BaseModel):
    """A file on the alarm's own shelf, checked and accepted. `sha256`: of its content."""

    model_config = _FROZEN

    evidence_id: str
    sha256: str


class Reply(BaseModel):
    """What the subject answered; `text` goes when the alarm is over."""

    model_config = _FROZEN

    text: str | None
    replied_by: str
    replied_at: str


class Ruling(BaseModel):
    """What an administrator decided about it, and when. `text`: why, said to its subject, where it goes against them;
    it goes when the alarm is over."""

    model_config = _FROZEN

    act: Act
    by: str
    at: str
    text: str | None = None


class Alarm(BaseModel):
    """`version` grows by one at each change. `reporter`: the account or the body whose word it rests on; None for what
    we found ourselves. `reply_until`: until when nothing can follow unless the subject has answered. In force from
    `in_force_from` to `until`. Times are ISO 8601 UTC."""

    model_config = _FROZEN

    alarm_id: str
    kind: Literal["profile", "company"]
    subject_id: str
    reason: Reason
    origin: Origin
    reporter: str | None
    state: State
    version: int = 1
    prepared_by: str
    prepared_at: str
    updated_at: str
    text: str | None = None
    documents: tuple[Document, ...] = ()
    raised_at: str | None = None
    reply_until: str | None = None
    reply: Reply | None = None
    in_force_from: str | None = None
    until: str | None = None
    appeal_text: str | None = None
    appealed_at: str | None = None
    ended_at: str | None = None
    rulings: tuple[Ruling, ...] = ()

    @staticmethod
    def prepare(
        alarm_id: str,
        subject: Subject,
        reason: Reason,
        origin: Origin,
        reporter: str | None,
        administrator: str,
        parties: Collection[str],
        now: datetime,
    ) -> tuple[Alarm, Fact]:
        """Begun by an administrator, who gathers its documents; nobody is told yet. Raises Invalid, OwnAlarm."""
        problems: list[FieldError] = []
        if subject.kind == "credit":
            problems.append(ONE_CREDIT_ONLY.broken_at("/subject/kind"))
        if origin not in ORIGINS[reason]:
            problems.append(NOT_A_SIGNED_SOURCE.broken_at("/basis"))
        if (origin == "own_finding") != (reporter is None or not reporter.strip()):
            problems.append(REPORTER_MISSING.broken_at("/reporter"))
        _refuse(problems)
        if administrator in parties or administrator == reporter:
            raise OwnAlarm
        alarm = Alarm(
            alarm_id=alarm_id,
            kind="company" if subject.kind == "company" else "profile",
            subject_id=subject.subject_id,
            reason=reason,
            origin=origin,
            reporter=reporter,
            state="draft",
            prepared_by=administrator,
            prepared_at=stamp(now),
            updated_at=stamp(now),
        )
        return alarm, AlarmPrepared(
            alarm_id=alarm_id, kind=alarm.kind, subject_id=alarm.subject_id, prepared_by=administrator
        )

    @property
    def subject(self) -> Subject:
        return Subject(self.kind, self.subject_id)

    @property
    def took_part(self) -> frozenset[str]:
        """The administrators who raised it or decided about it."""
        return frozenset({self.prepared_by, *(ruling.by for ruling in self.rulings)})

    @property
    def appeal_until(self) -> str | None:
        """Until when it may be contested; None where it may not be, or was."""
        if self.state != "in_force" or self.appealed_at is not None or self.in_force_from is None:
            return None
        return stamp(_at(self.in_force_from) + APPEAL_WITHIN)

    @property
    def owed_at(self) -> str | None:
        """When the clockwork must look at it; None once it is over."""
        if self.state == "draft":
            return stamp(_at(self.prepared_at) + DRAFT_LASTS)
        if self.state in UNDECIDED and self.raised_at is not None:
            return stamp(_at(self.raised_at) + DECIDE_WITHIN)
        return self.until if self.state in IN_FORCE else None

    @property
    def look_at(self) -> str:
        """When an administrator has something to do about it: at once where it is prepared, answered or appealed, once
        the ten days are over where an answer is awaited; one in force, when it ends."""
        if self.state == "raised" and self.reply_until is not None:
            return self.reply_until
        if self.state == "in_force" and self.until is not None:
            return self.until
        return self.updated_at

    def holds(self, now: datetime) -> bool:
        """Whether it is in force at that instant."""
        if self.state not in IN_FORCE or self.in_force_from is None or self.until is None:
            return False
        return self.in_force_from <= stamp(now) < self.until

    def concerns(self, administrator: str, parties: Collection[str]) -> bool:
        """Whether it is about them or a colleague (`parties`), or comes from them."""
        return administrator in parties or administrator == self.reporter

    def may_be_decided(self, now: datetime) -> bool:
        """Whether the subject has had their say."""
        if self.state == "answered":
            return True
        return self.state == "raised" and self.reply_until is not None and stamp(now) >= self.reply_until

    def without_texts(self) -> Alarm:
        """Its reason, its dates and who decided what: nothing that anybody wrote, and no paper."""
        reply = self.reply.model_copy(update={"text": None}) if self.reply else None
        rulings = tuple(one.model_copy(update={"text": None}) for one in self.rulings)
        wordless = {"text": None, "appeal_text": None, "reply": reply, "rulings": rulings, "documents": ()}
        return self.model_copy(update=wordless)

    # ---- before it counts

    def raise_(
        self, administrator: str, text: str, documents: tuple[Document, ...], now: datetime
    ) -> tuple[Alarm, Fact]:
        """Its subject is told from here on and has ten days. By whoever prepared it. Raises AlarmNotInThatState,
        OwnAlarmDecision, Invalid."""
        self._may("raise")
        if administrator != self.prepared_by:
            raise OwnAlarmDecision
        problems = check_text(text)
        if not documents or len(documents) > MOST_DOCUMENTS:
            problems.append(NO_DOCUMENT.broken_at("/documents", most=MOST_DOCUMENTS))
        _refuse(problems)
        after = self._next(
            "raise",
            now,
            text=text.strip(),
            documents=documents,
            raised_at=stamp(now),
            reply_until=stamp(now + REPLY_WITHIN),
        )
        return after, AlarmRaised(
            alarm_id=self.alarm_id, kind=self.kind, subject_id=self.subject_id, raised_by=administrator
        )

    def answer(self, sub: str, text: str, now: datetime) -> tuple[Alarm, Fact]:
        """The subject's own account; after the ten days too, as long as nothing is decided. Raises
        AlarmNotInThatState, Invalid."""
        self._may("answer")
        _refuse_empty(text, LONGEST_REPLY)
        reply = Reply(text=text.strip(), replied_by=sub, replied_at=stamp(now))
        return self._next("answer", now, reply=reply), AlarmAnswered(alarm_id=self.alarm_id)

    def put_in_force(
        self, administrator: str, text: str, parties: Collection[str], now: datetime
    ) -> tuple[Alarm, Fact]:
        """By another administrator than the one who raised it, once the subject has had their say; `text` tells them
        why. Raises AlarmNotInThatState, OwnAlarm, OwnAlarmDecision, ReplyAwaited, Invalid."""
        self._decides("put_in_force", administrator, parties, now)
        _refuse(check_text(text, LONGEST_RULING))
        after = self._ruled(
            "put_in_force", administrator, now, text, in_force_from=stamp(now), until=stamp(_expiry(now))
        )
        return after, AlarmConfirmed(
            alarm_id=self.alarm_id,
            kind=self.kind,
            subject_id=self.subject_id,
            raised_by=self.prepared_by,
            decided_by=administrator,
        )

    def dismiss(self, administrator: str, parties: Collection[str], now: datetime) -> tuple[Alarm, Fact]:
        """As `put_in_force`, without a text: nothing follows from it, ever."""
        self._decides("dismiss", administrator, parties, now)
        after = self._ruled("dismiss", administrator, now)
        fact = AlarmDismissed(
            alarm_id=self.alarm_id, kind=self.kind, subject_id=self.subject_id, decided_by=administrator
        )
        return after, fact

    def withdraw(self, administrator: str, now: datetime) -> tuple[Alarm, Fact]:
        """Taken back, before it counts, by whoever raised it. Raises AlarmNotInThatState, OwnAlarmDecision."""
        self._may("withdraw")
        if administrator != self.prepared_by:
            raise OwnAlarmDecision
        return self._ruled("withdraw", administrator, now), self._withdrawn(administrator)

    # ---- once it counts

    def contest(self, text: str, now: datetime) -> tuple[Alarm, Fact]:
        """Once, within thirty days; it stays in force meanwhile. Raises AlarmNotInThatState, TooLateToAppeal,
        Invalid."""
        self._may("appeal")
        if self.appealed_at is not None:
            raise AlarmNotInThatState(self.state)
        late = self.in_force_from is None or now >= _at(self.in_force_from) + APPEAL_WITHIN
        if late or not self.holds(now):
            raise TooLateToAppeal
        _refuse_empty(text, LONGEST_REPLY)
        after = self._next("appeal", now, appeal_text=text.strip(), appealed_at=stamp(now))
        return after, AlarmAppealed(alarm_id=self.alarm_id)

    def uphold(self, administrator: str, text: str, parties: Collection[str], now: datetime) -> tuple[Alarm, Fact]:
        """A third person's answer to the appeal, with why; it lasts no longer for that. Raises AlarmNotInThatState,
        OwnAlarm, OwnAlarmDecision, Invalid."""
        self._third("uphold", administrator, parties, now)
        _refuse(check_text(text, LONGEST_RULING))
        fact = AlarmAppealRejected(alarm_id=self.alarm_id, decided_by=administrator)
        return self._ruled("uphold", administrator, now, text), fact

    def lift(self, administrator: str, parties: Collection[str], now: datetime) -> tuple[Alarm, Fact]:
        """By a third person: the appeal is right, or the alarm was wrong without one. Raises AlarmNotInThatState,
        OwnAlarm, OwnAlarmDecision."""
        self._third("lift", administrator, parties, now)
        fact = AlarmLifted(
            alarm_id=self.alarm_id,
            kind=self.kind,
            subject_id=self.subject_id,
            appealed=self.state == "appealed",
            decided_by=administrator,
        )
        return self._ruled("lift", administrator, now), fact

    # ---- what happens by itself

    def lapse(self, now: datetime) -> tuple[Alarm, Fact] | None:
        """What the clock says: 24 months are over, or nobody went on with it. None when it does not say so (yet)."""
        if self.owed_at is None or stamp(now) < self.owed_at:
            return None
        if self.state in IN_FORCE:
            gone = AlarmExpired(alarm_id=self.alarm_id, kind=self.kind, subject_id=self.subject_id)
            return self._next("expire", now), gone
        return self._next("lapse", now), self._withdrawn("")

    # ---- the rules behind them

    def _decides(self, act: Act, administrator: str, parties: Collection[str], now: datetime) -> None:
        self._may(act)
        self._apart(administrator, parties)
        if not self.may_be_decided(now):
            raise ReplyAwaited
        if self.owed_at is not None and stamp(now) >= self.owed_at:
            raise AlarmNotInThatState("withdrawn")

    def _third(self, act: Act, administrator: str, parties: Collection[str], now: datetime) -> None:
        self._may(act)
        self._apart(administrator, parties)
        if not self.holds(now):
            raise AlarmNotInThatState("expired")

    def _apart(self, administrator: str, parties: Collection[str]) -> None:
        if self.concerns(administrator, parties):
            raise OwnAlarm
        if administrator in self.took_part:
            raise OwnAlarmDecision

    def _withdrawn(self, by: str) -> Fact:
        # Of one that was never raised, nobody was told.
        return AlarmWithdrawn(
            alarm_id=self.alarm_id,
            kind=self.kind,
            subject_id=self.subject_id,
            withdrawn_by=by,
            raised=bool(self.raised_at),
        )

    def _may(self, act: Act) -> State:
        state = TRANSITIONS.get((self.state, act))
        if state is None:
            raise AlarmNotInThatState(self.state)
        return state

    def _ruled(self, act: Act, administrator: str, now: datetime, text: str | None = None, **changes: Any) -> Alarm:
        ruling = Ruling(act=act, by=administrator, at=stamp(now), text=text.strip() if text else None)
        return self._next(act, now, rulings=(*self.rulings, ruling), **changes)

    def _next(self, act: Act, now: datetime, **changes: Any) -> Alarm:
        state = self._may(act)
        if state in OVER:
            reply = self.reply.model_copy(update={"text": None}) if self.reply else None
            rulings = tuple(one.model_copy(update={"text": None}) for one in changes.get("rulings", self.rulings))
            changes |= {"ended_at": stamp(now), "text": None, "appeal_text": None, "reply": reply, "rulings": rulings}
        return self.model_copy(
            update={**changes, "state": state, "version": self.version + 1, "updated_at": stamp(now)}
        )


def check_text(text: str, longest: int = LONGEST_TEXT) -> list[FieldError]:
    """What is wrong with the words that go with the reason, or with a decision."""
    if not text.strip() or len(text) > longest:
        return [NO_TEXT.broken_at("/text", most=longest)]
    return [OF_CRIMINAL_MATTERS.broken_at("/text")] if _CRIMINAL.search(text) else []


def _refuse(problems: list[FieldError]) -> None:
    if problems:
        raise Invalid(problems)


def _refuse_empty(text: str, longest: int) -> None:
    if not text.strip() or len(text) > longest:
        raise Invalid([NO_TEXT.broken_at("/text", most=longest)])


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _expiry(begins: datetime) -> datetime:
    """24 calendar months later; of a 29 February, the 28th."""
    try:
        return begins.replace(year=begins.year + LASTS_MONTHS // 12)
    except ValueError:
        return begins.replace(year=begins.year + LASTS_MONTHS // 12, day=28)
