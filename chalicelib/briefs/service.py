"""What producers do with their projects, and what verified freelancers may read of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, Protocol

from chalicelib.briefs import confidentiality
from chalicelib.briefs.calendar import Danger, Outreach, Reminder, Wave, countdown, danger, due_reminder, wave
from chalicelib.briefs.confidentiality import Terms
from chalicelib.briefs.errors import (
    AnswersOverdue,
    CompanyNotVerified,
    NoCompany,
    NoDates,
    NotInThatState,
    ProfileNotVerified,
    TermsNotAccepted,
    TermsOutdated,
    Unpublishable,
)
from chalicelib.briefs.ics import freelancer_calendar, producer_calendar
from chalicelib.briefs.models import COUNTED_DOWN, DATED, Acceptance, Brief, Content
from chalicelib.briefs.proofreading import Remark, as_published, crowd_of, hidden_of, proofread, refusals
from chalicelib.briefs.search import Order, Search
from chalicelib.briefs.views import CompanyIdentity, Stage, card, freelancer_dates, producer_dates, seen, stage_of
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import (
    Conflict,
    FieldError,
    Invalid,
    NotFound,
    PreconditionFailed,
    Retryable,
    WrongCursor,
)
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock, paris_day
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Bilingual, Language

if TYPE_CHECKING:
    from chalicelib.briefs.leak_check import Hidden

PAGE = 50

#: How many live projects one request for a list of them reads, and ranks, at most. There are some hundreds at a time:
#: a list in the order of deadlines goes on where it stopped, one in the order of fit takes the most pressing.
MOST_READ = 500


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
    def owe_resumption(self, brief: Brief, now: datetime) -> None: ...
    def vocabulary_followed(self) -> int: ...
    def vocabulary_is_followed(self, number: int) -> None: ...
    def following(self, brief_ids: Sequence[str], number: int) -> set[str]: ...
    def follow_vocabulary(self, brief: Brief, number: int, fact: Fact, now: datetime) -> None: ...
    def acceptance(self, brief_id: str, sub: str) -> Acceptance | None: ...
    def accept(self, brief: Brief, sub: str, acceptance: Acceptance, fact: Fact, now: datetime) -> None: ...


class Companies(Protocol):
    """What briefs ask of companies."""

    def company_of(self, sub: str) -> str | None: ...
    def may_publish(self, company_id: str) -> bool: ...
    def identity(self, company_id: str) -> CompanyIdentity | None:
        """Who it is, for whoever it was revealed to."""

    def hidden(self, company_id: str) -> Hidden | None:
        """Everything that tells who it is: what no text of its projects may say. None when it is gone."""

    def verified_addresses(self) -> Sequence[Sequence[str]]:
        """Where each verified company says that it is, whichever it is."""


class Reveals(Protocol):
    """What briefs ask of conversations."""

    def revealed_to(self, sub: str, brief_id: str, /) -> bool:
        """Whether this freelancer and the company behind the project have told each other who they are."""


@dataclass(frozen=True, slots=True)
class CardFit:
    """How a profile suits a card: whether no hard rule keeps it out, and its score out of 10,000."""

    proposable: bool
    score: int


class Fits(Protocol):
    """What briefs ask of matching, for freelancers."""

    def fits(self, actor: Actor, cards: Sequence[Mapping[str, Any]]) -> list[CardFit]:
        """How the actor's own profile suits each of these cards, in their order, judged by nothing but the cards.
        Raises NotFound while the account has no profile; Retryable."""


@dataclass(frozen=True, slots=True)
class Check:
    """A project read over before it goes online. `problems`: what is missing or contradicts itself; `remarks`: what its
    texts should not say; `previews`: what freelancers will read, at the stages that come before the reveal.
    `rate_notice`: where the budget stands, None without a budget or a role; nothing follows from it."""

    problems: list[FieldError]
    remarks: list[Remark]
    previews: dict[Stage, dict[str, Any]]
    rate_notice: Bilingual | None

    @property
    def is_publishable(self) -> bool:
        return not self.problems and not refusals(self.remarks)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """The terms in force for a project, and which the reader accepted last, if any."""

    terms: Terms
    acceptance: Acceptance | None

    @property
    def is_in_force(self) -> bool:
        return self.acceptance is not None and self.acceptance.terms_version == self.terms.version


class Freelancers(Protocol):
    """What briefs ask of profiles."""

    def is_verified(self, sub: str) -> bool: ...


class Shortlists(Protocol):
    """What briefs ask of matching."""

    def fewest_junior_seats(self) -> int:
        """How many places of a shortlist are juniors' whatever the brief says."""

    def estimate(self, company_id: str | None, content: Content) -> Estimate:
        """How many people could be proposed for a brief like this one of that company (None: declared none yet); its
        role is given. Raises Retryable."""


class Contacts(Protocol):
    """What briefs ask of conversations."""

    def overdue(self, company_id: str) -> int:
        """How many people wait for this company's answer for longer than they were promised."""

    def outreach(self, brief_id: str) -> Outreach:
        """How far a project has come with the people of its shortlist."""


@dataclass(frozen=True, slots=True)
class ReturnOrder:
    """The latest decision to return a brief: its publication of that number. `stands`: in force, and not lifted."""

    measure_id: str
    publication_no: int
    stands: bool


class Orders(Protocol):
    """What briefs ask of moderation."""

    def returned(self, brief_id: str) -> ReturnOrder | None: ...


@dataclass(frozen=True, slots=True)
class Advice:
    """How far a project has come with its people, and what that calls for; `wave` and `danger` only while it is live,
    and `danger` only when it is in some."""

    outreach: Outreach
    wave: Wave | None
    danger: Danger | None


class RateNotice(Protocol):
    """Where a budget stands beside the indicative grid, in a neutral sentence."""

    @property
    def sentence(self) -> Bilingual: ...


class Rates(Protocol):
    """What briefs ask of rates: for whoever writes one, and for nothing else."""

    def notice(
        self,
        role: str,
        levels: Sequence[str],
        budget_min: int,
        budget_max: int,
        unit: str,
        *,
        estimated_days: int | None = None,
        contract_forms: Sequence[str] = (),
    ) -> RateNotice: ...


class BriefService:
    def __init__(
        self,
        store: BriefStore,
        companies: Companies,
        freelancers: Freelancers,
        shortlists: Shortlists,
        contacts: Contacts,
        reveals: Reveals,
        fits: Fits,
        rates: Rates,
        orders: Orders,
        clock: Clock,
    ) -> None:
        self._store = store
        self._companies = companies
        self._freelancers = freelancers
        self._shortlists = shortlists
        self._contacts = contacts
        self._reveals = reveals
        self._fits = fits
        self._rates = rates
        self._orders = orders
        self._clock = clock

    def draft(self, actor: Actor, content: Content, brief_id: str) -> Brief:
        """A new brief under this id. Done again with the same one, it gives the brief that the first time made.

        Raises NoCompany; Invalid when the content contradicts itself or has a date in the past.
        """
        company_id = self._companies.company_of(actor.sub)
        if company_id is None:
            raise NoCompany
        now = self._clock()
        self._refuse(content, content, now, None)
        brief, fact = Brief.draft(brief_id, company_id, actor.sub, content, now)
        try:
            self._store.create(brief, fact, now)
        except Conflict:
            return self.read(actor, brief_id)
        return brief

    def estimate(self, actor: Actor, content: Content) -> Estimate:
        """How many people could be proposed for what the actor's company writes; nothing is kept of it.

        Raises Invalid as `draft` does; Retryable.
        """
        self._refuse(content, content, self._clock(), None)
        return self._shortlists.estimate(self._companies.company_of(actor.sub), content)

    def check(self, actor: Actor, brief_id: str, changes: Mapping[str, Any]) -> Check:
        """A brief of the actor's company, read over as if it went online now with these fields replaced; nothing is
        kept. Raises NotFound."""
        brief, now = self.read(actor, brief_id), self._clock()
        given, today = Content.model_validate(changes), paris_day(now)
        content = _changed(brief.content, given, changes)
        problems = content.missing() + self._wrong(content, given, now, brief.content)
        if brief.state_on(today) != "live":
            problems += [one for one in content.past_dates(today) if one not in problems]
        online = as_published(brief.model_copy(update={"content": content}), now)
        return Check(
            problems=problems,
            remarks=self.read_over(brief.company_id, content),
            previews={stage: seen(online, stage, today) for stage in ("card", "full")},
            rate_notice=self._rate_notice(content),
        )

    def _rate_notice(self, content: Content) -> Bilingual | None:
        budget = content.budget
        if budget is None or content.role is None:
            return None
        return self._rates.notice(
            content.role,
            content.levels,
            budget.min,
            budget.max,
            budget.unit,
            estimated_days=content.estimated_days,
            contract_forms=content.contract_forms,
        ).sentence

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

    def advice(self, actor: Actor, brief_id: str) -> Advice:
        """Whom to invite how soon, for a project of the actor's company, and whether it is in danger. Raises
        NotFound."""
        brief, now = self.read(actor, brief_id), self._clock()
        outreach, today = self._contacts.outreach(brief_id), paris_day(now)
        standing = countdown(brief.content.dates, now) if brief.state_on(today) == "live" else None
        if standing is None:
            return Advice(outreach, None, None)
        return Advice(outreach, wave(outreach, standing.bound.day, today), danger(True, outreach, standing, today))

    def revise(self, actor: Actor, brief_id: str, changes: dict[str, Any], expected: int | None) -> Brief:
        """Replaces the given fields (None or an empty list clears one). A change of nothing changes nothing.

        Raises NotFound, PreconditionFailed, Conflict, NotInThatState, CompanyNotVerified, Unpublishable, Invalid.
        """
        given = Content.model_validate(changes)

        def change(brief: Brief, now: datetime) -> tuple[Brief, Fact] | None:
            content = _changed(brief.content, given, changes)
            if content == brief.content:
                return None
            self._refuse(content, given, now, brief.content)
            state = brief.state_on(paris_day(now))
            if state in ("closed", "filled") and self._could_be_reopened(brief, actor, now):
                raise NotInThatState(state)
            if state != "live":
                if brief.publication_no and content.code_name != brief.content.code_name:
                    self._read_name(brief.company_id, content)
                return brief.revise(content, now)
            if not self._companies.may_publish(brief.company_id):
                raise CompanyNotVerified
            return self._read_over(brief.company_id, content, lambda: brief.revise(content, now))

        return self._change(actor, brief_id, expected, change)

    def publish(self, actor: Actor, brief_id: str, expected: int | None = None) -> Brief:
        """Raises CompanyNotVerified, AnswersOverdue, NotInThatState, Unpublishable with every field to mend (among them
        texts that tell who is behind the project or ask what may not be asked)."""
        return self._change(actor, brief_id, expected, self._going_live(Brief.publish, actor))

    def reopen(self, actor: Actor, brief_id: str, expected: int | None = None) -> Brief:
        return self._change(actor, brief_id, expected, self._going_live(Brief.reopen, actor))

    def end(self, actor: Actor, brief_id: str, how: Literal["closed", "filled"], expected: int | None = None) -> Brief:
        return self._change(actor, brief_id, expected, lambda brief, now: brief.end(how, now))

    def projects(
        self, actor: Actor, search: Search, order: Order, position: Item | None
    ) -> tuple[list[dict[str, Any]], Item | None]:
        """The live projects that are looked for, as their cards show them, and the position to go on from. A page is
        full unless it is the last, or unless so few of `MOST_READ` projects are what is looked for.

        Raises ProfileNotVerified, WrongCursor, Retryable.
        """
        self._admit(actor)
        if order == "fits_me":
            return self._best_fits(actor, search, position)
        return self._most_pressing(search, position)

    def project(self, actor: Actor, brief_id: str) -> dict[str, Any]:
        """What the actor may read of a project at the stage that they have reached: of a live one, and of one that is
        over if they had come to know who is behind it. Raises ProfileNotVerified, NotFound."""
        brief, stage, _ = self._reached(actor, brief_id)
        identity = self._companies.identity(brief.company_id) if stage == "revealed" else None
        return seen(brief, stage, paris_day(self._clock()), identity)

    def project_calendar(self, actor: Actor, brief_id: str, language: Language) -> str:
        """The dates that whoever accepted the confidentiality terms may note. Raises ProfileNotVerified, NotFound,
        TermsNotAccepted, NoDates."""
        brief, stage, _ = self._reached(actor, brief_id)
        if stage == "card":
            raise TermsNotAccepted
        now = self._clock()
        text = freelancer_calendar(freelancer_dates(brief, paris_day(now)), language, now)
        if text is None:
            raise NoDates
        return text

    def confidentiality(self, actor: Actor, brief_id: str) -> Undertaking:
        """The terms under which the full brief is read. Raises ProfileNotVerified, NotFound."""
        _, _, acceptance = self._reached(actor, brief_id)
        return Undertaking(confidentiality.in_force(), acceptance)

    def accept_confidentiality(self, actor: Actor, brief_id: str, terms_version: str) -> Undertaking:
        """Accepts the terms in force for one project; again, it changes nothing and the first time stands.

        Raises TermsOutdated for any other version, ProfileNotVerified, NotFound.
        """
        brief, _, acceptance = self._reached(actor, brief_id)
        terms = confidentiality.in_force()
        if terms_version != terms.version:
            raise TermsOutdated(terms.version)
        if acceptance is None or acceptance.terms_version != terms.version:
            now = self._clock()
            acceptance, fact = brief.accept_confidentiality(terms.version, now)
            try:
                self._store.accept(brief, actor.sub, acceptance, fact, now)
            except Conflict:  # the same request, sent twice at once
                acceptance = self._store.acceptance(brief_id, actor.sub)
        return Undertaking(terms, acceptance)

    def matching_done(self, brief_id: str, version: int) -> None:
        """The shortlist of that version exists: it is no longer owed."""
        self._store.matched(brief_id, version)

    def mission_broken(self, brief_id: str) -> None:
        """Puts a project back online whose mission broke off, unless it is online or its dates have passed; once its
        company may publish, if it may not. Raises Retryable."""
        brief = self._store.get(brief_id)
        if brief is not None:
            self._resume(brief, brief.resume)

    def follow_vocabulary(self, number: int) -> None:
        """Asks for every live project's matching again, once for this version of the taxonomy however often this is
        called, and wherever it was cut short. Raises Retryable."""
        if number <= self._store.vocabulary_followed():
            return
        now, after = self._clock(), None
        for role in taxonomy().dimensions["roles"].entries:
            while True:
                briefs, after = self._store.live(role, PAGE, after)
                done = self._store.following([brief.brief_id for brief in briefs], number)
                for brief in briefs:
                    if brief.brief_id not in done and brief.state_on(paris_day(now)) == "live":
                        self._store.follow_vocabulary(brief, number, brief.vocabulary_changed(number), now)
                if after is None:
                    break
        self._store.vocabulary_is_followed(number)
        log.info("vocabulary_followed", number=number)

    def catch_up_with_vocabulary(self) -> None:
        """The same for the taxonomy in force, whose news may have got lost. Raises Retryable."""
        self.follow_vocabulary(taxonomy().number)

    def follow_order(self, brief_id: str) -> None:
        """Brings a brief in line with what administrators decided of it, whichever news of it came and how often: back
        to its company, or online again as it was, if its dates allow it and as soon as its company may publish. Raises
        Retryable."""
        # Read before what is decided is: a brief published again meanwhile makes the writing fail.
        brief, now = self._store.get(brief_id), self._clock()
        order = self._orders.returned(brief_id) if brief is not None else None
        if brief is None or order is None:
            return
        if not order.stands:
            self._resume(brief, lambda moment: brief.put_back(order.measure_id, moment))
            return
        returned = brief.send_back(order.measure_id, order.publication_no, now)
        if returned is None:
            return
        try:
            self._store.save(*returned, now)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def due(self) -> list[tuple[str, str]]:
        """(brief id, what is owed) for everything whose time has come."""
        return list(self._store.due(self._clock()))

    def settle(self, brief_id: str, what: str) -> None:
        """Does what is due: asks again for a matching that never came, reminds of a deadline, records an expiry, or
        puts back online what waited for its company to be allowed to publish. Raises Retryable."""
        now = self._clock()
        brief = self._store.get(brief_id)
        state = brief.state_on(paris_day(now)) if brief is not None else None
        live = state == "live"
        if what == "expiry" and state in DATED:
            return  # the deadline was put off since the tick read the index: the obligation has a later date
        if what == "matching" and brief is not None and live:
            self._store.ask_for_matching_again(brief, brief.ask_for_matching_again(), now)
            log.warning("matching_overdue", brief_id=brief_id)
        elif what == "reminder" and brief is not None and live:
            self._store.remind(brief, due_reminder(brief.content.dates, now), now)
        elif what == "resumption" and brief is not None:
            (self.follow_order if brief.state == "returned" else self.mission_broken)(brief_id)
            self._store.forgive(brief_id, what, now)  # one that waits on is due later and stays
        elif what == "expiry" and brief is not None and (change := brief.expire(now)):
            try:
                self._store.save(*change, now)
            except Conflict:
                raise Retryable("changed_meanwhile") from None
        else:
            self._store.forgive(brief_id, what, now)

    def _resume(self, brief: Brief, transition: Callable[[datetime], tuple[Brief, Fact] | None]) -> None:
        """Puts a brief back online, now or once its company may publish. Raises Retryable."""
        now = self._clock()
        try:
            resumed = transition(now)
            if resumed is None:
                return
            if self._companies.may_publish(brief.company_id):
                self._store.save(*resumed, now)
            else:
                self._store.owe_resumption(brief, now)
        except Unpublishable:
            log.info("not_resumed", brief_id=brief.brief_id)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def _going_live(
        self, transition: Callable[[Brief, str, datetime], tuple[Brief, Fact]], actor: Actor
    ) -> Callable[[Brief, datetime], tuple[Brief, Fact]]:
        def change(brief: Brief, now: datetime) -> tuple[Brief, Fact]:
            if not self._companies.may_publish(brief.company_id):
                raise CompanyNotVerified
            if overdue := self._contacts.overdue(brief.company_id):
                raise AnswersOverdue(count=overdue)
            return self._read_over(brief.company_id, brief.content, lambda: transition(brief, actor.sub, now))

        return change

    def read_over(self, company_id: str, content: Content) -> list[Remark]:
        """What the texts of a project of that company should not say."""
        hidden = hidden_of(content, self._companies.hidden(company_id), taxonomy())
        return proofread(content, hidden, crowd_of(self._companies.verified_addresses()))

    def _could_be_reopened(self, brief: Brief, actor: Actor, now: datetime) -> bool:
        try:
            self._going_live(Brief.reopen, actor)(brief, now)
        except (Unpublishable, CompanyNotVerified, AnswersOverdue):
            return False
        return True

    def _read_name(self, company_id: str, content: Content) -> None:
        """Of a project that has been online: whoever is in touch about it reads its name whatever became of it, where
        its other texts wait until it goes online again. Raises Unpublishable."""
        problems = [one for one in refusals(self.read_over(company_id, content)) if one.pointer == "/code_name"]
        if problems:
            raise Unpublishable(problems)

    def _read_over(
        self, company_id: str, content: Content, transition: Callable[[], tuple[Brief, Fact]]
    ) -> tuple[Brief, Fact]:
        """The transition of a brief that is online after it. Raises Unpublishable with what it lacks and what its texts
        must not say, all at once; and what the transition raises when it does not fit the state."""
        incomplete: tuple[FieldError, ...] = ()
        try:
            changed = transition()
        except Unpublishable as refused:
            incomplete = refused.fields
        problems = [*incomplete, *refusals(self.read_over(company_id, content))]
        if problems:
            raise Unpublishable(problems)
        return changed

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

    def _most_pressing(self, search: Search, position: Item | None) -> tuple[list[dict[str, Any]], Item | None]:
        today, known = paris_day(self._clock()), dict[str, bool]()
        first = position.get("role", search.roles[0]) if position else search.roles[0]
        after = position.get("after") if position else None
        if first not in search.roles:
            raise WrongCursor
        found: list[dict[str, Any]] = []
        left = MOST_READ
        for role in search.roles[search.roles.index(first) :]:
            if len(found) >= PAGE or left <= 0:
                return found, {"role": role}
            while True:
                briefs, last = self._store.live(role, min(PAGE, left), after)
                left -= len(briefs)
                for number, brief in enumerate(briefs, 1):
                    shown = seen(brief, "card", today)
                    if search.admits(shown) and self._is_shown(brief, today, known):
                        found.append(shown)
                        if len(found) == PAGE and (last is not None or number < len(briefs)):
                            return found, {"role": role, "after": brief.brief_id}
                if last is None:
                    break
                after = last
                if left <= 0:
                    # Anyone can read a cursor: it names a project that is on the list, whenever there is one.
                    shown_ids = (one.brief_id for one in reversed(briefs) if self._is_shown(one, today, known))
                    return found, {"role": role, "after": next(shown_ids, after)}
            after = None
        return found, None

    def _best_fits(
        self, actor: Actor, search: Search, position: Item | None
    ) -> tuple[list[dict[str, Any]], Item | None]:
        """The ranking is made anew for each page, and gone on with after the project that was shown last; should that
        one be gone meanwhile, after one less than were shown. A position holds an id that its reader has seen and a
        number, nothing of a score."""
        today, known = paris_day(self._clock()), dict[str, bool]()
        ranked = self._ranked(actor, search, today)
        start = 0
        if position is not None:
            after, shown_before = position.get("after"), position.get("shown")
            if not isinstance(shown_before, int):
                raise WrongCursor
            ids = [brief.brief_id for brief in ranked]
            start = ids.index(after) + 1 if after in ids else max(shown_before - 1, 0)
        else:
            shown_before = 0
        found: list[dict[str, Any]] = []
        for brief in ranked[start:]:
            if not self._is_shown(brief, today, known):
                continue
            if len(found) == PAGE:
                return found, {"after": found[-1]["project_id"], "shown": shown_before + len(found)}
            found.append(seen(brief, "card", today))
        return found, None

    def _ranked(self, actor: Actor, search: Search, today: date) -> list[Brief]:
        """What is looked for, best fit first; equal ones in the order of their ids."""
        by_deadline = merge(*map(self._live, search.roles), key=lambda brief: str(brief.content.deadline))
        cards = [(brief, card(brief, today)) for brief in islice(by_deadline, MOST_READ)]
        wanted = [(brief, shown) for brief, shown in cards if search.admits(shown)]
        if not wanted:
            return []
        fits = self._fits.fits(actor, [shown for _, shown in wanted])
        order = sorted(
            range(len(wanted)),
            key=lambda place: (not fits[place].proposable, -fits[place].score, wanted[place][0].brief_id),
        )
        return [wanted[place][0] for place in order]

    def _live(self, role: str) -> Iterator[Brief]:
        """The live projects of a role, the most pressing first, read as far as they are asked for."""
        after: str | None = None
        while True:
            briefs, after = self._store.live(role, PAGE, after)
            yield from briefs
            if after is None:
                return

    def _reached(self, actor: Actor, brief_id: str) -> tuple[Brief, Stage, Acceptance | None]:
        """A project that the actor may read, how far they have come with it, and what they accepted for it."""
        self._admit(actor)
        brief, today = self._store.get(brief_id), paris_day(self._clock())
        if brief is None or not brief.publication_no:
            raise NotFound
        revealed = self._reveals.revealed_to(actor.sub, brief_id)
        if not revealed and not self._is_shown(brief, today):
            raise NotFound
        acceptance = self._store.acceptance(brief_id, actor.sub)
        return brief, stage_of(acceptance, confidentiality.in_force().version, revealed=revealed), acceptance

    def _is_shown(self, brief: Brief, today: date, known: dict[str, bool] | None = None) -> bool:
        """A live project, as long as its company is verified: an anonymous offer needs somebody known behind it.
        `known`: what companies said during this request."""
        if brief.state_on(today) != "live":
            return False
        if known is None:
            return self._companies.may_publish(brief.company_id)
        if brief.company_id not in known:
            known[brief.company_id] = self._companies.may_publish(brief.company_id)
        return known[brief.company_id]

    def _admit(self, actor: Actor) -> None:
        if not self._freelancers.is_verified(actor.sub):
            raise ProfileNotVerified

    def _refuse(self, content: Content, given: Content, now: datetime, before: Content | None) -> None:
        """Raises Invalid."""
        if problems := self._wrong(content, given, now, before):
            raise Invalid(problems)

    def _wrong(self, content: Content, given: Content, now: datetime, before: Content | None) -> list[FieldError]:
        """What contradicts itself, and what is wrong in the fields that are being written now: a date that has passed
        since, or a number of juniors' places that the criteria have outgrown since, does not keep the producer from
        mending another field, nor do entries that were retired since `before`."""
        problems = content.contradictions() + given.past_dates(paris_day(now)) + content.newly_retired(before)
        if given.junior_seats is not None:
            problems += given.below(self._shortlists.fewest_junior_seats())
        return problems


def _changed(content: Content, given: Content, names: Iterable[str]) -> Content:
    """The content with these fields as they are given."""
    return content.model_copy(update={name: getattr(given, name) for name in names})
