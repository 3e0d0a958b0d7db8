"""A report, a decision against somebody, a request to know who is behind a brief.

A decision (`Measure`) returns a brief to its company, or suspends an account or a company:

    suspension   proposed → in_force → appealed → in_force
                     └─ declined       └─ lifted · expired
    return       in_force → appealed → in_force
                     └─ lifted

Nothing here happens by itself but what dates say: a suspension ends at `until`, whatever the clockwork has recorded.
Times are ISO 8601 UTC.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from chalicelib.moderation.errors import (
    ALREADY_OVER,
    NOT_A_GROUND,
    TELL_THEM,
    AnotherPersonNeeded,
    HeldBySomebody,
    IdentityNotReadable,
    IdentityRequestOver,
    MeasureNotInThatState,
    OwnMeasure,
    OwnReport,
    ReportIsDecided,
    TooLateToContest,
    TooLateToReply,
)
from chalicelib.moderation.events import (
    IdentityAsked,
    IdentityGranted,
    IdentityRefused,
    IdentityShown,
    MeasureAnswered,
    MeasureAppealed,
    MeasureAppealRejected,
    MeasureLifted,
    ReportClaimed,
    ReportDecided,
    ReportFiled,
    ReportReleased,
    ReturnOrdered,
    Suspended,
    SuspensionDeclined,
    SuspensionExpired,
    SuspensionProposed,
)
from chalicelib.moderation.grounds import GROUNDS, About, Ground, Kind, Outcome, ReportReason
from chalicelib.platform.errors import Invalid
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_of

#: By when a report is looked at.
REPORT_WITHIN = timedelta(hours=24)

#: How long an administrator has a report for themselves.
LEASE = timedelta(minutes=30)

#: How many reports somebody may make in an hour.
REPORTS_PER_HOUR = 20

#: The longest suspension that one administrator decides, once within `AGAIN_WITHIN`.
ALONE_AT_MOST = timedelta(days=7)
AGAIN_WITHIN = timedelta(days=30)

#: How long a suspension waits for its second administrator.
CONFIRM_WITHIN = timedelta(days=7)

#: What ends sooner than this is no suspension.
SHORTEST = timedelta(hours=1)

REPLY_WITHIN = timedelta(days=14)

#: Six months, as in article 20(1) of the regulation (EU) 2022/2065 (DSA).
APPEAL_WITHIN = timedelta(days=183)

#: How soon what a decision brings about is looked for, and for how long.
FOLLOWED_WITHIN = timedelta(minutes=2)
ASKED_AGAIN_FOR = timedelta(days=1)

#: How long a request to know who is behind a brief waits for the second administrator, and may then be read.
AGREE_WITHIN = timedelta(days=7)
READABLE_FOR = timedelta(hours=24)

LONGEST_TEXT = 4000

_FROZEN = ConfigDict(frozen=True, defer_build=True)


# ---- reports


class Subject(BaseModel):
    """Against whom: an account or a company."""

    model_config = _FROZEN

    kind: Literal["user", "company"]
    id: str


class Thing(BaseModel):
    """What is reported. `within`: the conversation that a message belongs to. `brief_id` and `profile_id`: which it has
    to do with, where it does; `by`: from which side it was seen; `subject`: who answers for it."""

    model_config = _FROZEN

    about: About
    id: str
    within: str | None = None
    brief_id: str | None = None
    profile_id: str | None = None
    by: Literal["producer", "freelancer"]
    subject: Subject


class Report(BaseModel):
    """`due_at`: by when it is looked at. `ruling`: what its author is told beside the outcome; `reminder`: what the
    other side is told, where they are. `held_until`: when it goes by itself though it waits, once its author is gone.
    `version` grows by one at each change."""

    model_config = _FROZEN

    report_id: str
    thing: Thing
    reporter_sub: str
    reason: ReportReason
    text: str | None
    reported_at: str
    due_at: str
    claimed_by: str | None = None
    claimed_until: str | None = None
    outcome: Outcome | None = None
    ruling: str | None = None
    reminder: str | None = None
    decided_by: str | None = None
    decided_at: str | None = None
    held_until: str | None = None
    version: int = 1

    @staticmethod
    def file(
        reporter_sub: str, thing: Thing, reason: ReportReason, text: str | None, now: datetime
    ) -> tuple[Report, Fact]:
        """There is one per person and thing, whatever is repeated: its id says so."""
        report = Report(
            report_id=id_of("report", reporter_sub, thing.about, thing.id),
            thing=thing,
            reporter_sub=reporter_sub,
            reason=reason,
            text=text,
            reported_at=stamp(now),
            due_at=stamp(now + REPORT_WITHIN),
        )
        return report, ReportFiled(report_id=report.report_id, about=thing.about, about_id=thing.id)

    @property
    def is_decided(self) -> bool:
        return self.outcome is not None

    def is_claimed_by_another(self, administrator: str, now: datetime) -> bool:
        held = self.claimed_until is not None and self.claimed_until > stamp(now)
        return held and self.claimed_by != administrator

    def claim(self, administrator: str, concerned: bool, now: datetime) -> tuple[Report, Fact]:
        """`concerned`: it comes from them, or is about them or a colleague. Raises OwnReport, ReportIsDecided,
        HeldBySomebody."""
        self._may(administrator, concerned, now)
        after = self._next(claimed_by=administrator, claimed_until=stamp(now + LEASE))
        return after, ReportClaimed(report_id=self.report_id, claimed_by=administrator)

    def release(self, administrator: str) -> tuple[Report, Fact] | None:
        """None when they do not have it."""
        if self.is_decided or self.claimed_by != administrator:
            return None
        fact = ReportReleased(report_id=self.report_id, released_by=administrator)
        return self._next(claimed_by=None, claimed_until=None), fact

    def decide(
        self,
        administrator: str,
        concerned: bool,
        outcome: Outcome,
        ruling: str,
        reminder: str | None,
        now: datetime,
    ) -> tuple[Report, Fact]:
        """Once. Raises OwnReport, ReportIsDecided, HeldBySomebody, Invalid."""
        self._may(administrator, concerned, now)
        if (outcome == "reminder") != (reminder is not None):
            raise Invalid([TELL_THEM.broken_at("/reminder")])
        after = self._next(
            claimed_by=None,
            claimed_until=None,
            outcome=outcome,
            ruling=ruling,
            reminder=reminder,
            decided_by=administrator,
            decided_at=stamp(now),
        )
        return after, ReportDecided(
            report_id=self.report_id,
            about=self.thing.about,
            about_id=self.thing.id,
            outcome=outcome,
            reminded=reminder is not None,
            decided_by=administrator,
        )

    def _may(self, administrator: str, concerned: bool, now: datetime) -> None:
        if concerned or administrator == self.reporter_sub:
            raise OwnReport
        if self.is_decided:
            raise ReportIsDecided
        if self.is_claimed_by_another(administrator, now):
            raise HeldBySomebody

    def _next(self, **changes: Any) -> Report:
        return self.model_copy(update={**changes, "version": self.version + 1})


# ---- decisions against somebody

State = Literal["proposed", "in_force", "appealed", "declined", "lifted", "expired"]
Act = Literal["propose", "impose", "confirm", "decline", "uphold", "lift"]

#: (state, act) → state. What is not here cannot happen.
TRANSITIONS: dict[tuple[State, str], State] = {
    ("proposed", "confirm"): "in_force",
    ("proposed", "decline"): "declined",
    ("in_force", "answer"): "in_force",
    ("appealed", "answer"): "appealed",
    ("in_force", "appeal"): "appealed",
    ("in_force", "lift"): "lifted",
    ("appealed", "uphold"): "in_force",
    ("appealed", "lift"): "lifted",
    ("in_force", "expire"): "expired",
    ("appealed", "expire"): "expired",
}
IN_FORCE: frozenset[State] = frozenset({"in_force", "appealed"})
OVER: frozenset[State] = frozenset({"declined", "lifted", "expired"})


class Said(BaseModel):
    """What somebody wrote about it, and when."""

    model_config = _FROZEN

    text: str
    by: str
    at: str


class Ruling(BaseModel):
    """What an administrator did. `text`: why, as whoever it is about reads it, where it goes against them."""

    model_config = _FROZEN

    act: Act
    by: str
    at: str
    text: str | None = None


class Measure(BaseModel):
    """`facts`: what happened, as whoever it is about reads it; `report_id`: the report it follows, None where we found
    it ourselves. `owner`: who may reply and contest. `until`: when a suspension ends by itself, None for one that does
    not; `publication_no`: which publication of a brief was returned. `held_until`: when it goes by itself though it
    is in force, once whoever it is about is gone. `version` grows by one at each change."""

    model_config = _FROZEN

    measure_id: str
    kind: Kind
    subject_id: str
    owner: Subject
    ground: Ground
    facts: str
    report_id: str | None
    state: State
    version: int = 1
    decided_by: str
    decided_at: str
    until: str | None = None
    publication_no: int | None = None
    seconded_by: str | None = None
    in_force_from: str | None = None
    reply: Said | None = None
    appeal: Said | None = None
    ended_at: str | None = None
    held_until: str | None = None
    updated_at: str
    rulings: tuple[Ruling, ...] = ()

    @staticmethod
    def return_brief(
        measure_id: str,
        brief_id: str,
        company_id: str,
        publication_no: int,
        ground: Ground,
        facts: str,
        report_id: str | None,
        administrator: str,
        concerned: bool,
        now: datetime,
    ) -> tuple[Measure, Fact]:
        """Raises OwnMeasure, Invalid."""
        _refuse(ground, "brief", concerned)
        measure = Measure(
            measure_id=measure_id,
            kind="brief",
            subject_id=brief_id,
            owner=Subject(kind="company", id=company_id),
            ground=ground,
            facts=facts,
            report_id=report_id,
            state="in_force",
            decided_by=administrator,
            decided_at=stamp(now),
            publication_no=publication_no,
            in_force_from=stamp(now),
            updated_at=stamp(now),
            rulings=(Ruling(act="impose", by=administrator, at=stamp(now)),),
        )
        return measure, ReturnOrdered(
            measure_id=measure_id,
            brief_id=brief_id,
            publication_no=publication_no,
            ground=ground,
            decided_by=administrator,
        )

    @staticmethod
    def suspend(
        measure_id: str,
        subject: Subject,
        ground: Ground,
        facts: str,
        report_id: str | None,
        until: datetime | None,
        last_ended_at: str | None,
        administrator: str,
        concerned: bool,
        now: datetime,
    ) -> tuple[Measure, Fact]:
        """At once where one administrator is enough: for seven days at most, and not soon after another one
        (`last_ended_at`). Longer, it waits for a second. Raises OwnMeasure, Invalid."""
        _refuse(ground, subject.kind, concerned)
        if until is not None and until < now + SHORTEST:
            raise Invalid([ALREADY_OVER.broken_at("/until")])
        again = last_ended_at is not None and last_ended_at > stamp(now - AGAIN_WITHIN)
        alone = until is not None and until <= now + ALONE_AT_MOST and not again
        measure = Measure(
            measure_id=measure_id,
            kind=subject.kind,
            subject_id=subject.id,
            owner=subject,
            ground=ground,
            facts=facts,
            report_id=report_id,
            state="in_force" if alone else "proposed",
            decided_by=administrator,
            decided_at=stamp(now),
            until=stamp(until) if until else None,
            in_force_from=stamp(now) if alone else None,
            updated_at=stamp(now),
            rulings=(Ruling(act="impose" if alone else "propose", by=administrator, at=stamp(now)),),
        )
        if alone:
            return measure, measure._suspended("")
        return measure, SuspensionProposed(**measure._ids, ground=ground, proposed_by=administrator)

    @property
    def took_part(self) -> frozenset[str]:
        """The administrators who proposed it or decided about it."""
        return frozenset({self.decided_by, *(ruling.by for ruling in self.rulings)})

    @property
    def reply_until(self) -> str | None:
        return _after(self.in_force_from, REPLY_WITHIN)

    @property
    def appeal_until(self) -> str | None:
        """Until when it may be contested; None where it may not be, or was."""
        if self.state != "in_force" or self.appeal is not None:
            return None
        return _after(self.in_force_from, APPEAL_WITHIN)

    @property
    def owed_at(self) -> str | None:
        """When the clockwork must look at it; None when it need not."""
        if self.state == "proposed":
            return _after(self.decided_at, CONFIRM_WITHIN)
        return self.until if self.state in IN_FORCE else None

    @property
    def look_at(self) -> str:
        """When an administrator has something to do about it: at once where it waits for a second, was answered or is
        contested; else when it ends, or one may no longer contest it."""
        if self.state == "in_force" and self.reply is None:
            return self.until or _after(self.in_force_from, APPEAL_WITHIN) or self.updated_at
        return self.updated_at

    def holds(self, now: datetime) -> bool:
        """Whether it is in force at that instant."""
        return self.state in IN_FORCE and (self.until is None or stamp(now) < self.until)

    def confirm(self, administrator: str, concerned: bool, now: datetime) -> tuple[Measure, Fact]:
        """By another administrator than the one who proposed it. Raises MeasureNotInThatState, OwnMeasure,
        AnotherPersonNeeded, Invalid (its time is over meanwhile)."""
        self._by_another("confirm", administrator, concerned)
        if self.until is not None and self.until <= stamp(now):
            raise Invalid([ALREADY_OVER.broken_at("/until")])
        after = self._ruled("confirm", administrator, now, seconded_by=administrator, in_force_from=stamp(now))
        return after, after._suspended(administrator)

    def decline(self, administrator: str, concerned: bool, now: datetime) -> tuple[Measure, Fact]:
        """By another administrator, or by who proposed it, who then takes it back. Raises MeasureNotInThatState,
        OwnMeasure."""
        self._may("decline")
        if concerned:
            raise OwnMeasure
        after = self._ruled("decline", administrator, now, ended_at=stamp(now))
        return after, SuspensionDeclined(**self._ids, declined_by=administrator)

    def answer(self, sub: str, text: str, now: datetime) -> tuple[Measure, Fact]:
        """Once, within fourteen days. Raises MeasureNotInThatState, TooLateToReply."""
        self._may("answer")
        if self.reply is not None:
            raise MeasureNotInThatState(self.state)
        if self.reply_until is None or stamp(now) >= self.reply_until:
            raise TooLateToReply
        after = self._next("answer", now, reply=Said(text=text, by=sub, at=stamp(now)))
        return after, MeasureAnswered(**self._ids)

    def contest(self, sub: str, text: str, now: datetime) -> tuple[Measure, Fact]:
        """Once, within six months; it stays in force meanwhile. Raises MeasureNotInThatState, TooLateToContest."""
        self._may("appeal")
        if self.appeal is not None:
            raise MeasureNotInThatState(self.state)
        if self.appeal_until is None or stamp(now) >= self.appeal_until or not self.holds(now):
            raise TooLateToContest
        after = self._next("appeal", now, appeal=Said(text=text, by=sub, at=stamp(now)))
        return after, MeasureAppealed(**self._ids)

    def uphold(self, administrator: str, text: str, concerned: bool, now: datetime) -> tuple[Measure, Fact]:
        """Rejects the appeal; by somebody who took no part. Raises MeasureNotInThatState, OwnMeasure,
        AnotherPersonNeeded."""
        self._by_another("uphold", administrator, concerned)
        after = self._ruled("uphold", administrator, now, text)
        return after, MeasureAppealRejected(**self._ids, decided_by=administrator)

    def lift(self, administrator: str, concerned: bool, now: datetime) -> tuple[Measure, Fact]:
        """Ends it; after an appeal, by somebody who took no part. Raises MeasureNotInThatState, OwnMeasure,
        AnotherPersonNeeded."""
        if self.state == "appealed":
            self._by_another("lift", administrator, concerned)
        self._may("lift")
        if concerned:
            raise OwnMeasure
        after = self._ruled("lift", administrator, now, ended_at=stamp(now))
        return after, MeasureLifted(**self._ids, appealed=self.appeal is not None, decided_by=administrator)

    def lapse(self, now: datetime) -> tuple[Measure, Fact] | None:
        """What the clock says already, recorded: its time is over, or nobody confirmed it. None otherwise."""
        if self.owed_at is None or self.owed_at > stamp(now):
            return None
        if self.state == "proposed":
            after = self._next("decline", now, ended_at=stamp(now))
            return after, SuspensionDeclined(**self._ids, declined_by="")
        return self._next("expire", now, ended_at=self.until), SuspensionExpired(**self._ids)

    @property
    def _ids(self) -> dict[str, Any]:
        return {"measure_id": self.measure_id, "kind": self.kind, "subject_id": self.subject_id}

    def _suspended(self, seconded_by: str) -> Fact:
        return Suspended(**self._ids, ground=self.ground, decided_by=self.decided_by, seconded_by=seconded_by)

    def _may(self, act: str) -> None:
        if (self.state, act) not in TRANSITIONS:
            raise MeasureNotInThatState(self.state)

    def _by_another(self, act: Act, administrator: str, concerned: bool) -> None:
        self._may(act)
        if concerned:
            raise OwnMeasure
        if administrator in self.took_part:
            raise AnotherPersonNeeded

    def _ruled(self, act: Act, administrator: str, now: datetime, text: str | None = None, **changes: Any) -> Measure:
        ruling = Ruling(act=act, by=administrator, at=stamp(now), text=text)
        return self._next(act, now, rulings=(*self.rulings, ruling), **changes)

    def _next(self, act: str, now: datetime, **changes: Any) -> Measure:
        state = TRANSITIONS[self.state, act]
        return self.model_copy(
            update={**changes, "state": state, "version": self.version + 1, "updated_at": stamp(now)}
        )


def _refuse(ground: Ground, kind: Kind, concerned: bool) -> None:
    if concerned:
        raise OwnMeasure
    if kind not in GROUNDS[ground].against:
        raise Invalid([NOT_A_GROUND.broken_at("/ground")])


def _after(moment: str | None, lasts: timedelta) -> str | None:
    return stamp(datetime.fromisoformat(moment) + lasts) if moment is not None else None


class Standing(BaseModel):
    """What is kept of the latest decision about an account, a company or a brief, to be read at every act: small."""

    model_config = _FROZEN

    measure_id: str
    state: State
    in_force_from: str | None = None
    until: str | None = None
    publication_no: int | None = None
    ended_at: str | None = None

    @staticmethod
    def of(measure: Measure) -> Standing:
        return Standing(**measure.model_dump(include=set(Standing.model_fields)))

    def holds(self, now: datetime) -> bool:
        return self.state in IN_FORCE and (self.until is None or stamp(now) < self.until)


# ---- who is behind a brief

RequestState = Literal["asked", "granted", "refused"]


class IdentityRequest(BaseModel):
    """`authority`: who asks us; `basis`: by which text it may; `reference`: of its own request."""

    model_config = _FROZEN

    request_id: str
    brief_id: str
    authority: str
    basis: str
    reference: str
    state: RequestState
    asked_by: str
    asked_at: str
    agree_until: str
    settled_by: str | None = None
    settled_at: str | None = None
    readable_until: str | None = None
    version: int = 1

    @staticmethod
    def ask(
        request_id: str,
        brief_id: str,
        authority: str,
        basis: str,
        reference: str,
        administrator: str,
        concerned: bool,
        now: datetime,
    ) -> tuple[IdentityRequest, Fact]:
        """Raises OwnMeasure."""
        if concerned:
            raise OwnMeasure
        request = IdentityRequest(
            request_id=request_id,
            brief_id=brief_id,
            authority=authority,
            basis=basis,
            reference=reference,
            state="asked",
            asked_by=administrator,
            asked_at=stamp(now),
            agree_until=stamp(now + AGREE_WITHIN),
        )
        return request, IdentityAsked(request_id=request_id, brief_id=brief_id, asked_by=administrator)

    @property
    def owed_at(self) -> str | None:
        """When it lapses; None once it is settled."""
        return self.agree_until if self.state == "asked" else None

    def grant(self, administrator: str, concerned: bool, now: datetime) -> tuple[IdentityRequest, Fact]:
        """By another administrator than who asked. Raises IdentityRequestOver, OwnMeasure, AnotherPersonNeeded."""
        self._open(now)
        if concerned:
            raise OwnMeasure
        if administrator == self.asked_by:
            raise AnotherPersonNeeded
        after = self._settled("granted", administrator, now, readable_until=stamp(now + READABLE_FOR))
        return after, IdentityGranted(
            request_id=self.request_id, brief_id=self.brief_id, asked_by=self.asked_by, granted_by=administrator
        )

    def refuse(self, administrator: str, now: datetime) -> tuple[IdentityRequest, Fact]:
        """By anybody, who asked included. Raises IdentityRequestOver."""
        self._open(now)
        return self._settled("refused", administrator, now), self._refused(administrator)

    def show(self, administrator: str, now: datetime) -> Fact:
        """That one of the two reads it. Raises IdentityNotReadable."""
        granted = self.state == "granted" and self.readable_until is not None and stamp(now) < self.readable_until
        if not granted or administrator not in (self.asked_by, self.settled_by):
            raise IdentityNotReadable
        return IdentityShown(request_id=self.request_id, brief_id=self.brief_id, reader=administrator)

    def lapse(self, now: datetime) -> tuple[IdentityRequest, Fact] | None:
        """Nobody agreed in time; None while there is time, or when it is settled."""
        if self.owed_at is None or self.owed_at > stamp(now):
            return None
        return self._settled("refused", None, now), self._refused("")

    def _refused(self, administrator: str) -> Fact:
        return IdentityRefused(request_id=self.request_id, brief_id=self.brief_id, refused_by=administrator)

    def _open(self, now: datetime) -> None:
        if self.state != "asked" or self.agree_until <= stamp(now):
            raise IdentityRequestOver

    def _settled(
        self, state: RequestState, administrator: str | None, now: datetime, **changes: Any
    ) -> IdentityRequest:
        return self.model_copy(
            update={
                **changes,
                "state": state,
                "settled_by": administrator,
                "settled_at": stamp(now),
                "version": self.version + 1,
            }
        )
