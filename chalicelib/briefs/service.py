"""What producers do with their projects, and what verified freelancers may read of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from chalicelib.briefs.calendar import Reminder, due_reminder
from chalicelib.briefs.errors import (
    AnswersOverdue,
    CompanyNotVerified,
    NoCompany,
    NoDates,
    NotInThatState,
    ProfileNotVerified,
    Unpublishable,
)
from chalicelib.briefs.ics import producer_calendar
from chalicelib.briefs.models import COUNTED_DOWN, Brief, Content
from chalicelib.briefs.views import card, producer_dates
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, Invalid, NotFound, PreconditionFailed, Retryable, WrongCursor
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock, paris_day
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.text import Language

PAGE = 50


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many people could be proposed: in all, by level in the role wanted, by region (`none` for who states none,
    `other` for regions of too few people to be named). `left_out`: whom each hard rule takes out of those whom the ones
    before it left, in the order of the rules."""

    eligible: int
    levels: dict[str, int]
    regions: dict[str, int]
    left_out: dict[str, int]

    @property
    def strictest(self) -> str | None:
        """The rule that takes most people out, the first of equal ones; None when none takes anyone."""
        rule = max(self.left_out, key=lambda name: self.left_out[name])
        return rule if self.left_out[rule] else None


class BriefStore(Protocol):
    def get(self, brief_id: str) -> Brief | None: ...
    def create(self, brief: Brief, fact: Fact, now: datetime) -> None: ...
    def save(self, brief: Brief, fact: Fact, now: datetime) -> None: ...
    def of_company(self, company_id: str, limit: int, position: Item | None) -> tuple[list[Brief], Item | None]: ...
    def live(self, role: str, limit: int, after: str | None) -> tuple[list[Brief], str | None]: ...
    def due(self, now: datetime) -> Iterator[tuple[str, str]]: ...
    def matched(self, brief_id: str, version: int) -> None: ...
    def forgive(self, brief_id: str, what: str, now: datetime) -> None: ...
    def remind(self, brief: Brief, reminder: Reminder | None, now: datetime) -> None: ...
    def ask_for_matching_again(self, brief: Brief, fact: Fact, now: datetime) -> None: ...


class Companies(Protocol):
    """What briefs ask of companies."""

    def company_of(self, sub: str) -> str | None: ...
    def may_publish(self, company_id: str) -> bool: ...


class Freelancers(Protocol):
    """What briefs ask of profiles."""

    def is_verified(self, sub: str) -> bool: ...


class Shortlists(Protocol):
    """What briefs ask of matching."""

    def fewest_junior_seats(self) -> int:
        """How many places of a shortlist are juniors' whatever the brief says."""

    def estimate(self, content: Content) -> Estimate:
        """How many people could be proposed for a brief like this one; its role is given. Raises Retryable."""


class Answers(Protocol):
    """What briefs ask of conversations."""

    def overdue(self, company_id: str) -> int:
        """How many people wait for this company's answer for longer than they were promised."""


class BriefService:
    def __init__(
        self,
        store: BriefStore,
        companies: Companies,
        freelancers: Freelancers,
        shortlists: Shortlists,
        answers: Answers,
        clock: Clock,
    ) -> None:
        self._store = store
        self._companies = companies
        self._freelancers = freelancers
        self._shortlists = shortlists
        self._answers = answers
        self._clock = clock

    def draft(self, actor: Actor, content: Content, brief_id: str) -> Brief:
        """A new brief under this id. Done again with the same one, it gives the brief that the first time made.

        Raises NoCompany; Invalid when the content contradicts itself or has a date in the past.
        """
        company_id = self._companies.company_of(actor.sub)
        if company_id is None:
            raise NoCompany
        now = self._clock()
        self._refuse(content, content, now)
        brief, fact = Brief.draft(brief_id, company_id, actor.sub, content, now)
        try:
            self._store.create(brief, fact, now)
        except Conflict:
            return self.read(actor, brief_id)
        return brief

    def estimate(self, content: Content) -> Estimate:
        """How many people could be proposed for what is being written; nothing is kept of it.

        Raises Invalid as `draft` does; Retryable.
        """
        self._refuse(content, content, self._clock())
        return self._shortlists.estimate(content)

    def of_my_company(self, actor: Actor, position: Item | None) -> tuple[list[Brief], Item | None]:
        """The company's briefs, last changed first, and the position to go on from."""
        company_id = self._companies.company_of(actor.sub)
        if company_id is None:
            return [], None
        return self._store.of_company(company_id, PAGE, position)

    def read(self, actor: Actor, brief_id: str) -> Brief:
        """A brief of the actor's own company. Raises NotFound for any other: it is not theirs to know about."""
        brief = self._store.get(brief_id)
        if brief is None or brief.company_id != self._companies.company_of(actor.sub):
            raise NotFound
        return brief

    def calendar(self, actor: Actor, brief_id: str, language: Language) -> str:
        """The dates of a draft or a live project as a calendar file. Raises NotFound, NotInThatState, NoDates."""
        brief, now = self.read(actor, brief_id), self._clock()
        today = paris_day(now)
        if (state := brief.state_on(today)) not in COUNTED_DOWN:
            raise NotInThatState(state)
        text = producer_calendar(producer_dates(brief, today), language, now)
        if text is None:
            raise NoDates
        return text

    def revise(self, actor: Actor, brief_id: str, changes: dict[str, Any], expected: int | None) -> Brief:
        """Replaces the given fields (None or an empty list clears one). A change of nothing changes nothing.

        Raises NotFound, PreconditionFailed, Conflict, NotInThatState, Invalid.
        """
        given = Content.model_validate(changes)

        def change(brief: Brief, now: datetime) -> tuple[Brief, Fact] | None:
            content = brief.content.model_copy(update={name: getattr(given, name) for name in changes})
            if content == brief.content:
                return None
            self._refuse(content, given, now)
            if brief.state == "live" and not self._companies.may_publish(brief.company_id):
                raise CompanyNotVerified
            return brief.revise(content, now)

        return self._change(actor, brief_id, expected, change)

    def publish(self, actor: Actor, brief_id: str, expected: int | None = None) -> Brief:
        """Raises CompanyNotVerified, AnswersOverdue, Unpublishable with every field to mend, NotInThatState."""
        return self._change(actor, brief_id, expected, self._going_live(Brief.publish, actor))

    def reopen(self, actor: Actor, brief_id: str, expected: int | None = None) -> Brief:
        return self._change(actor, brief_id, expected, self._going_live(Brief.reopen, actor))

    def end(self, actor: Actor, brief_id: str, how: Literal["closed", "filled"], expected: int | None = None) -> Brief:
        return self._change(actor, brief_id, expected, lambda brief, now: brief.end(how, now))

    def projects(
        self, actor: Actor, roles: Sequence[str], position: Item | None
    ) -> tuple[list[dict[str, Any]], Item | None]:
        """Cards of the live projects that want one of these roles, role after role, most pressing first; and the
        position to go on from. Raises ProfileNotVerified, WrongCursor."""
        self._admit(actor)
        today = paris_day(self._clock())
        first = position.get("role", roles[0]) if position else roles[0]
        after = position.get("after") if position else None
        if first not in roles:
            raise WrongCursor
        found: list[dict[str, Any]] = []
        for role in roles[roles.index(first) :]:
            briefs, last = self._store.live(role, PAGE, after)
            found += [card(brief, today) for brief in briefs if self._is_shown(brief, today)]
            if last is not None:
                return found, {"role": role, "after": last}
            after = None
            if len(found) >= PAGE and role != roles[-1]:
                return found, {"role": roles[roles.index(role) + 1]}
        return found, None

    def project(self, actor: Actor, brief_id: str) -> dict[str, Any]:
        """The card of one live project. Raises ProfileNotVerified, NotFound."""
        self._admit(actor)
        brief, today = self._store.get(brief_id), paris_day(self._clock())
        if brief is None or not self._is_shown(brief, today):
            raise NotFound
        return card(brief, today)

    def matching_done(self, brief_id: str, version: int) -> None:
        """The shortlist of that version exists: it is no longer owed."""
        self._store.matched(brief_id, version)

    def mission_broken(self, brief_id: str) -> None:
        """Puts a project back online whose mission broke off, unless it is online, its company may not publish, or its
        dates have passed. Raises Retryable."""
        brief, now = self._store.get(brief_id), self._clock()
        if brief is None or not self._companies.may_publish(brief.company_id):
            return
        try:
            resumed = brief.resume(now)
            if resumed is not None:
                self._store.save(*resumed, now)
        except Unpublishable:
            log.info("not_resumed", brief_id=brief_id)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def due(self) -> list[tuple[str, str]]:
        """(brief id, what is owed) for everything whose time has come."""
        return list(self._store.due(self._clock()))

    def settle(self, brief_id: str, what: str) -> None:
        """Does what is due: asks again for a matching that never came, reminds of a deadline, or records an expiry.
        Raises Retryable."""
        now = self._clock()
        brief = self._store.get(brief_id)
        live = brief is not None and brief.state_on(paris_day(now)) == "live"
        if what == "expiry" and live:
            return  # the deadline was put off since the tick read the index: the obligation has a later date
        if what == "matching" and brief is not None and live:
            self._store.ask_for_matching_again(brief, brief.ask_for_matching_again(), now)
            log.warning("matching_overdue", brief_id=brief_id)
        elif what == "reminder" and brief is not None and live:
            self._store.remind(brief, due_reminder(brief.content.dates, now), now)
        elif what == "expiry" and brief is not None and (change := brief.expire(now)):
            try:
                self._store.save(*change, now)
            except Conflict:
                raise Retryable("changed_meanwhile") from None
        else:
            self._store.forgive(brief_id, what, now)

    def _going_live(
        self, transition: Callable[[Brief, str, datetime], tuple[Brief, Fact]], actor: Actor
    ) -> Callable[[Brief, datetime], tuple[Brief, Fact]]:
        def change(brief: Brief, now: datetime) -> tuple[Brief, Fact]:
            if not self._companies.may_publish(brief.company_id):
                raise CompanyNotVerified
            if overdue := self._answers.overdue(brief.company_id):
                raise AnswersOverdue(count=overdue)
            return transition(brief, actor.sub, now)

        return change

    def _change(
        self,
        actor: Actor,
        brief_id: str,
        expected: int | None,
        change: Callable[[Brief, datetime], tuple[Brief, Fact] | None],
    ) -> Brief:
        brief, now = self.read(actor, brief_id), self._clock()
        if expected is not None and expected != brief.version:
            raise PreconditionFailed
        changed = change(brief, now)
        if changed is None:
            return brief
        self._store.save(*changed, now)
        return changed[0]

    def _is_shown(self, brief: Brief, today: date) -> bool:
        """A live project, as long as its company is verified: an anonymous offer needs somebody known behind it."""
        return brief.state_on(today) == "live" and self._companies.may_publish(brief.company_id)

    def _admit(self, actor: Actor) -> None:
        if not self._freelancers.is_verified(actor.sub):
            raise ProfileNotVerified

    def _refuse(self, content: Content, given: Content, now: datetime) -> None:
        """Raises Invalid for what contradicts itself, and for what is wrong in the fields that are being written
        now: a date that has passed since, or a number of juniors' places that the criteria have outgrown since,
        does not keep the producer from mending another field."""
        problems = content.contradictions() + given.past_dates(paris_day(now))
        if given.junior_seats is not None:
            problems += given.below(self._shortlists.fewest_junior_seats())
        if problems:
            raise Invalid(problems)
