"""Decisions against a brief, an account or a company: what administrators do, and what those whom they are about do.

Nothing is carried out here: a decision is a fact, and whoever owns what it is about follows the decision in force
(`queries.py`), whichever news of it came and how often. What should have followed and is not seen is asked for again.

Each act done again by the same person is the act done once. Two at once: one of them is told that somebody was faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.moderation.discretion import Discretion
from chalicelib.moderation.errors import AlreadyDecided, NotLive
from chalicelib.moderation.events import EffectOverdue
from chalicelib.moderation.grounds import Ground, Kind
from chalicelib.moderation.models import ASKED_AGAIN_FOR, Act, Measure, Report, Standing, State, Subject
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import AccountSuspended, Conflict, NotFound, PreconditionFailed, Retryable
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Fact

PAGE = 50


@dataclass(frozen=True, slots=True)
class BriefInQuestion:
    """A brief as far as decisions go by it. `live`: online, whoever may see it."""

    company_id: str
    publication_no: int
    live: bool


class Briefs(Protocol):
    """What moderation asks of briefs."""

    def in_question(self, brief_id: str) -> BriefInQuestion | None: ...


class Parties(Protocol):
    """What moderation asks of companies and profiles."""

    def exists(self, subject: Subject) -> bool:
        """Whether it is a company, or an account that has a profile or acts for one: administrators are neither."""

    def company_of(self, sub: str) -> str | None: ...

    def concerned(self, sub: str, subject: Subject) -> bool:
        """Whether it is them, their company, or a colleague."""


class Effects(Protocol):
    """What moderation asks of whoever follows its decisions."""

    def are_in_line(self, kind: Kind, subject_id: str) -> bool:
        """Whether what it is about is as the decision in force has it."""


class MeasureStore(Protocol):
    def report(self, report_id: str) -> Report | None: ...
    def measure(self, measure_id: str) -> Measure | None: ...
    def standing(self, kind: Kind, subject_id: str) -> Standing | None: ...
    def standings(self, subjects: Sequence[Subject]) -> list[Standing]: ...
    def impose(self, measure: Measure, fact: Fact, now: datetime) -> None: ...
    def save_measure(self, before: Measure, after: Measure, fact: Fact, now: datetime) -> None: ...
    def measures(
        self, over: bool, where: Item, limit: int, position: Item | None
    ) -> tuple[list[Measure], Item | None]: ...
    def measures_of(self, owner: Subject) -> list[Measure]: ...
    def followed(self, measure_id: str) -> None: ...
    def effect_owed_since(self, measure_id: str) -> datetime | None: ...
    def ask_again(self, measure: Measure, since: datetime, fact: Fact, now: datetime) -> None: ...
    def history(self, kind: str, identifier: str) -> list[Item]: ...
    def due_measures(self, now: datetime) -> Iterator[str]: ...
    def due_effects(self, now: datetime) -> Iterator[str]: ...


class Gate:
    """Who may not act for now. It is asked before every act of a signed-in account but those that stay open (see
    `platform/admission.py`), so it reads as little as there is: the latest decision about the account and, for a
    producer, about their company, as last written."""

    def __init__(self, store: MeasureStore, parties: Parties, clock: Clock) -> None:
        self._store = store
        self._parties = parties
        self._clock = clock

    def admit(self, actor: Actor) -> None:
        """Raises AccountSuspended, Retryable."""
        subjects = [Subject(kind="user", id=actor.sub)]
        company_id = self._parties.company_of(actor.sub) if "producers" in actor.groups else None
        if company_id is not None:
            subjects.append(Subject(kind="company", id=company_id))
        now = self._clock()
        if any(standing.holds(now) for standing in self._store.standings(subjects)):
            raise AccountSuspended


class ModerationService:
    def __init__(
        self,
        store: MeasureStore,
        briefs: Briefs,
        parties: Parties,
        effects: Effects,
        discretion: Discretion,
        clock: Clock,
    ) -> None:
        self._store = store
        self._briefs = briefs
        self._parties = parties
        self._effects = effects
        self._discretion = discretion
        self._clock = clock

    # ---- administrators

    def return_brief(
        self, administrator: Actor, measure_id: str, brief_id: str, ground: Ground, facts: str, report_id: str | None
    ) -> Measure:
        """Sends a live brief back to its company. Raises NotFound, NotLive, AlreadyDecided, OwnMeasure, Invalid."""
        standing = self._store.measure(measure_id)
        if standing is not None:
            return standing
        brief, now = self._briefs.in_question(brief_id), self._clock()
        if brief is None:
            raise NotFound
        if not brief.live:
            raise NotLive
        owner = Subject(kind="company", id=brief.company_id)
        made = Measure.return_brief(
            measure_id,
            brief_id,
            brief.company_id,
            brief.publication_no,
            ground,
            facts,
            report_id,
            administrator.sub,
            self._parties.concerned(administrator.sub, owner),
            now,
        )
        return self._impose(made, now)

    def suspend(
        self,
        administrator: Actor,
        measure_id: str,
        subject: Subject,
        ground: Ground,
        facts: str,
        report_id: str | None,
        until: datetime | None,
    ) -> Measure:
        """In force at once where one administrator is enough, else proposed to a second. Raises NotFound,
        AlreadyDecided, OwnMeasure, Invalid."""
        standing = self._store.measure(measure_id)
        if standing is not None:
            return standing
        if not self._parties.exists(subject):
            raise NotFound
        now, last = self._clock(), self._store.standing(subject.kind, subject.id)
        # One that was only proposed and came to nothing is no suspension that went before.
        last_ended_at = last.ended_at if last is not None and last.in_force_from is not None else None
        made = Measure.suspend(
            measure_id,
            subject,
            ground,
            facts,
            report_id,
            until,
            last_ended_at,
            administrator.sub,
            self._parties.concerned(administrator.sub, subject),
            now,
        )
        self._keep_secrets(made[0], "/facts", facts)
        return self._impose(made, now)

    def restore(self, administrator: Actor, subject: Subject) -> Measure:
        """Ends the suspension in force. Raises NotFound where there is none, OwnMeasure, AnotherPersonNeeded,
        Conflict."""
        standing = self._store.standing(subject.kind, subject.id)
        measure = self._store.measure(standing.measure_id) if standing is not None else None
        if measure is None or measure.in_force_from is None:
            raise NotFound
        return self.lift(administrator, measure.measure_id)

    def confirm(self, administrator: Actor, measure_id: str, expected: int | None = None) -> Measure:
        """Raises NotFound, PreconditionFailed, MeasureNotInThatState, OwnMeasure, AnotherPersonNeeded, Invalid,
        Conflict."""
        return self._rule(administrator, measure_id, "confirm", expected, lambda one, *by: one.confirm(*by))

    def decline(self, administrator: Actor, measure_id: str, expected: int | None = None) -> Measure:
        """Raises NotFound, PreconditionFailed, MeasureNotInThatState, OwnMeasure, Conflict."""
        return self._rule(administrator, measure_id, "decline", expected, lambda one, *by: one.decline(*by))

    def uphold(self, administrator: Actor, measure_id: str, text: str, expected: int | None = None) -> Measure:
        """`text`: why, for whom it is about. Raises as `confirm`; Invalid for a passage that tells a freelancer who is
        behind a project."""

        def ruling(one: Measure, by: str, concerned: bool, now: datetime) -> tuple[Measure, Fact]:
            upheld = one.uphold(by, text, concerned, now)
            self._keep_secrets(one, "/text", text)
            return upheld

        return self._rule(administrator, measure_id, "uphold", expected, ruling)

    def lift(self, administrator: Actor, measure_id: str, expected: int | None = None) -> Measure:
        """Raises as `uphold`, but for Invalid."""
        return self._rule(administrator, measure_id, "lift", expected, lambda one, *by: one.lift(*by))

    def read(self, measure_id: str) -> tuple[Measure, list[Item]]:
        """A decision and what happened to it. Raises NotFound."""
        return self._existing(measure_id), self._store.history("measure", measure_id)

    def measures(
        self, over: bool, kind: Kind | None, state: State | None, position: Item | None
    ) -> tuple[list[Measure], Item | None]:
        """Those that are not over, the soonest to be looked at first; those that are, the latest first."""
        named: Item = {"kind": kind, "state": state}
        where = {name: value for name, value in named.items() if value is not None}
        return self._store.measures(over, where, PAGE, position)

    # ---- whom it is about

    def mine(self, actor: Actor) -> list[Measure]:
        """Decisions about the actor's account, company and its briefs that took effect, the latest first."""
        found = [measure for owner in self._owners(actor) for measure in self._store.measures_of(owner)]
        return sorted(found, key=lambda one: one.decided_at, reverse=True)

    def theirs(self, actor: Actor, measure_id: str) -> Measure:
        """One of them. Raises NotFound for any other."""
        measure = self._store.measure(measure_id)
        if measure is None or measure.in_force_from is None or measure.owner not in self._owners(actor):
            raise NotFound
        return measure

    def answer(self, actor: Actor, measure_id: str, text: str) -> Measure:
        """Once, within fourteen days. Raises NotFound, MeasureNotInThatState, TooLateToReply, Conflict."""
        measure = self.theirs(actor, measure_id)
        if measure.reply is not None and (measure.reply.by, measure.reply.text) == (actor.sub, text):
            return measure
        return self._change(measure, lambda now: measure.answer(actor.sub, text, now))

    def appeal(self, actor: Actor, measure_id: str, text: str) -> Measure:
        """Once, within six months. Raises NotFound, MeasureNotInThatState, TooLateToContest, Conflict."""
        measure = self.theirs(actor, measure_id)
        if measure.appeal is not None and (measure.appeal.by, measure.appeal.text) == (actor.sub, text):
            return measure
        return self._change(measure, lambda now: measure.contest(actor.sub, text, now))

    # ---- the sweep

    def due(self) -> list[str]:
        """Decisions whose time has come."""
        return list(self._store.due_measures(self._clock()))

    def settle(self, measure_id: str) -> None:
        """Records what the clock says of it. Raises Retryable."""
        measure, now = self._store.measure(measure_id), self._clock()
        lapsed = measure.lapse(now) if measure is not None else None
        if measure is None or lapsed is None:
            return
        try:
            self._store.save_measure(measure, *lapsed, now)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def unfollowed(self) -> list[str]:
        """Decisions of which it is to be looked whether they were followed."""
        return list(self._store.due_effects(self._clock()))

    def look_after(self, measure_id: str) -> None:
        """Looks whether a decision was followed, and asks again where it was not, for a day. Raises Retryable."""
        measure, now = self._store.measure(measure_id), self._clock()
        since = self._store.effect_owed_since(measure_id)
        if measure is None or since is None or self._effects.are_in_line(measure.kind, measure.subject_id):
            self._store.followed(measure_id)
            return
        if now > since + ASKED_AGAIN_FOR:
            log.error("effect_never_followed", measure_id=measure_id, kind=measure.kind)
            self._store.followed(measure_id)
            return
        log.warning("effect_overdue", measure_id=measure_id, kind=measure.kind)
        fact = EffectOverdue(measure_id=measure_id, kind=measure.kind, subject_id=measure.subject_id)
        self._store.ask_again(measure, since, fact, now)

    # ---- behind them

    def _owners(self, actor: Actor) -> list[Subject]:
        company_id = self._parties.company_of(actor.sub)
        found = [Subject(kind="user", id=actor.sub)]
        return [*found, Subject(kind="company", id=company_id)] if company_id is not None else found

    def _impose(self, made: tuple[Measure, Fact], now: datetime) -> Measure:
        measure, fact = made
        try:
            self._store.impose(measure, fact, now)
        except Conflict:
            return self._existing(measure.measure_id)
        except AlreadyDecided:
            # Sent twice at once under one id: the second finds what the first wrote.
            standing = self._store.measure(measure.measure_id)
            if standing is None:
                raise
            return standing
        return measure

    def _keep_secrets(self, measure: Measure, pointer: str, text: str) -> None:
        """Raises Invalid for what would tell an account who is behind a project."""
        if measure.owner.kind == "user":
            report = self._store.report(measure.report_id) if measure.report_id is not None else None
            self._discretion.refuse(measure.owner.id, {pointer: text}, report.thing.brief_id if report else None)

    def _rule(
        self,
        administrator: Actor,
        measure_id: str,
        act: Act,
        expected: int | None,
        ruling: Callable[[Measure, str, bool, datetime], tuple[Measure, Fact]],
    ) -> Measure:
        measure = self._existing(measure_id)
        last = measure.rulings[-1] if measure.rulings else None
        if last is not None and (last.act, last.by) == (act, administrator.sub):
            return measure
        if expected not in (None, measure.version):
            raise PreconditionFailed
        concerned = self._parties.concerned(administrator.sub, measure.owner)
        return self._change(measure, lambda now: ruling(measure, administrator.sub, concerned, now))

    def _change(self, measure: Measure, act: Callable[[datetime], tuple[Measure, Fact]]) -> Measure:
        now = self._clock()
        after, fact = act(now)
        self._store.save_measure(measure, after, fact, now)
        return after

    def _existing(self, measure_id: str) -> Measure:
        measure = self._store.measure(measure_id)
        if measure is None:
            raise NotFound
        return measure
