"""What people ask to be looked at, whatever it is about, and what administrators do with it: one desk for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.moderation.discretion import Discretion
from chalicelib.moderation.errors import WITHIN_WHICH
from chalicelib.moderation.grounds import About, Outcome, ReportReason
from chalicelib.moderation.models import Report, Thing
from chalicelib.moderation.service import PAGE, Parties
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, Invalid, NotFound
from chalicelib.platform.table import Item
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Fact


@dataclass(frozen=True, slots=True)
class ReportedFile:
    """A file that was sent, without what it holds. `name`: None once it is gone; `size`: in bytes."""

    name: str | None
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage of what is reported, as it stands now: which part of it (a field's name, or who wrote it), and its
    text. `file`: what a message without words stands for."""

    part: str
    text: str
    file: ReportedFile | None = None


class Things(Protocol):
    """What reports ask of briefs, profiles and conversations."""

    def seen_by(self, actor: Actor, about: About, thing_id: str, within: str | None) -> Thing | None:
        """What the actor wants to report, if they can see it and it is not their own."""

    def excerpts(self, thing: Thing) -> Sequence[Excerpt]:
        """What it says now; nothing of what is gone."""


class ReportStore(Protocol):
    def report(self, report_id: str) -> Report | None: ...
    def file(self, report: Report, fact: Fact, now: datetime) -> None: ...
    def save_report(self, report: Report, fact: Fact, now: datetime) -> None: ...
    def reports(
        self, decided: bool, where: Item, limit: int, position: Item | None
    ) -> tuple[list[Report], Item | None]: ...
    def reports_by(self, sub: str) -> list[Report]: ...
    def history(self, kind: str, identifier: str) -> list[Item]: ...


class ReportDesk:
    def __init__(
        self, store: ReportStore, things: Things, parties: Parties, discretion: Discretion, clock: Clock
    ) -> None:
        self._store = store
        self._things = things
        self._parties = parties
        self._discretion = discretion
        self._clock = clock

    def report(
        self,
        actor: Actor,
        about: About,
        thing_id: str,
        within: str | None,
        reason: ReportReason,
        text: str | None,
    ) -> Report:
        """Asks for it to be looked at. Again by the same person, whatever they say of it: the report that there is.
        Raises NotFound, Invalid, TooManyReports."""
        if (about == "message") != (within is not None):
            raise Invalid([WITHIN_WHICH.broken_at("/conversation_id")])
        thing = self._things.seen_by(actor, about, thing_id, within)
        if thing is None:
            raise NotFound
        now = self._clock()
        report, fact = Report.file(actor.sub, thing, reason, text, now)
        standing = self._store.report(report.report_id)
        if standing is not None:
            return standing
        try:
            self._store.file(report, fact, now)
        except Conflict:
            return self._existing(report.report_id)
        return report

    def mine(self, actor: Actor) -> list[Report]:
        """Those that the actor made, the latest first."""
        return sorted(self._store.reports_by(actor.sub), key=lambda one: one.reported_at, reverse=True)

    # ---- administrators

    def reports(
        self, decided: bool, about: About | None, position: Item | None
    ) -> tuple[list[tuple[Report, Sequence[Excerpt]]], Item | None]:
        """Those that wait, the soonest due first; those decided, the latest first. Each with what it is about."""
        found, position = self._store.reports(decided, {"about": about} if about else {}, PAGE, position)
        return [(one, self._things.excerpts(one.thing)) for one in found], position

    def read(self, report_id: str) -> tuple[Report, Sequence[Excerpt], list[Item]]:
        """A report, what it is about as it stands now, and what happened to it. Raises NotFound."""
        report = self._existing(report_id)
        return report, self._things.excerpts(report.thing), self._store.history("report", report_id)

    def claim(self, administrator: Actor, report_id: str) -> Report:
        """For half an hour; again, for another. Raises NotFound, OwnReport, ReportIsDecided, HeldBySomebody,
        Conflict."""
        report, now = self._existing(report_id), self._clock()
        return self._save(report.claim(administrator.sub, self._concerned(administrator, report), now), now)

    def release(self, administrator: Actor, report_id: str) -> Report:
        """Raises NotFound, Conflict."""
        report, now = self._existing(report_id), self._clock()
        released = report.release(administrator.sub)
        return self._save(released, now) if released is not None else report

    def decide(
        self, administrator: Actor, report_id: str, outcome: Outcome, ruling: str, reminder: str | None
    ) -> Report:
        """Once, with what its author is told and, for a reminder, the other side. Raises NotFound, OwnReport,
        ReportIsDecided, HeldBySomebody, Invalid, Conflict."""
        report, now = self._existing(report_id), self._clock()
        said = (report.outcome, report.ruling, report.reminder, report.decided_by)
        if said == (outcome, ruling, reminder, administrator.sub):
            return report
        concerned = self._concerned(administrator, report)
        decided = report.decide(administrator.sub, concerned, outcome, ruling, reminder, now)
        thing = report.thing
        if thing.by == "freelancer":
            self._discretion.refuse(report.reporter_sub, {"/ruling": ruling}, thing.brief_id)
        if thing.subject.kind == "user":
            self._discretion.refuse(thing.subject.id, {"/reminder": reminder or ""}, thing.brief_id)
        return self._save(decided, now)

    def _concerned(self, administrator: Actor, report: Report) -> bool:
        return self._parties.concerned(administrator.sub, report.thing.subject)

    def _save(self, changed: tuple[Report, Fact], now: datetime) -> Report:
        self._store.save_report(*changed, now)
        return changed[0]

    def _existing(self, report_id: str) -> Report:
        report = self._store.report(report_id)
        if report is None:
            raise NotFound
        return report
