"""A brief and its life. Status derives from dates: a live brief past its deadline is expired, whoever reads it.

All times are ISO 8601 UTC texts, all dates calendar days in Paris, all amounts whole euros excluding VAT.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from chalicelib.briefs.calendar import Dates, Reminder
from chalicelib.briefs.errors import (
    AFTER_BROADCASTER_DATE,
    AFTER_OPTION_END,
    END_BEFORE_START,
    IN_THE_PAST,
    INVERTED,
    REQUIRED_TO_PUBLISH,
    TOO_FEW_JUNIOR_SEATS,
    NotInThatState,
    Unpublishable,
)
from chalicelib.briefs.events import (
    BriefConfidentialityAccepted,
    BriefDeadlineNear,
    BriefDrafted,
    BriefEnded,
    BriefMatchingOverdue,
    BriefPublished,
    BriefReturned,
    BriefRevised,
    BriefVocabularyChanged,
)
from chalicelib.platform.errors import NO_LONGER_OFFERED, FieldError
from chalicelib.vocabulary.clock import paris_day, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.taxonomy import taxonomy

State = Literal["draft", "live", "returned", "filled", "closed", "expired"]

#: A project that is over counts down to nothing.
COUNTED_DOWN: tuple[State, ...] = ("draft", "live", "returned")

#: What its dates end.
DATED: tuple[State, ...] = ("live", "returned")

#: Rights that lapse: the option's end is then part of the project.
RIGHTS_THAT_LAPSE = {"optioned"}

#: A project done remotely needs no region.
REMOTE = "remote"


class Texts(BaseModel):
    """A text in French, and in English when given (code du travail L5331-4: French is mandatory to publish)."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    fr: str | None = None
    en: str | None = None


class Window(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)

    from_: date
    until: date


class Budget(BaseModel):
    """`unit`: per day, week, month, or flat for the whole mission."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    min: int
    max: int
    unit: str


class Content(BaseModel):
    """What a producer writes. Everything may be missing in a draft; ids are those of the taxonomy.

    `junior_seats`: how many places of the shortlist are kept for juniors; None for those that always are.
    `company_affinity`: whether having worked with the company counts in the shortlist; None for yes.
    `renewal_notice_days`: how many days before the option's end its renewal must be notified. `broadcaster_date`: when
    the broadcaster expects the material.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    code_name: str | None = None
    confidential_title: str | None = None
    role: str | None = None
    levels: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    universes: tuple[str, ...] = ()
    stakes: tuple[str, ...] = ()
    format: str | None = None
    episode_count: int | None = None
    audiences: tuple[str, ...] = ()
    development_stage: str | None = None
    tasks: tuple[str, ...] = ()
    source_material: str | None = None
    rights_status: str | None = None
    option_end_date: date | None = None
    renewal_notice_days: int | None = None
    broadcaster_date: date | None = None
    start_window: Window | None = None
    estimated_days: int | None = None
    working_mode: str | None = None
    region: str | None = None
    languages: tuple[str, ...] = ()
    contract_forms: tuple[str, ...] = ()
    budget: Budget | None = None
    junior_seats: int | None = None
    company_affinity: bool | None = None
    logline: Texts | None = None
    pitch: Texts | None = None
    detailed_tasks: Texts | None = None
    targeted_broadcaster: str | None = None

    def contradictions(self) -> list[FieldError]:
        """What cannot be true in any state, even a draft's."""
        found = []
        if self.start_window and self.start_window.until < self.start_window.from_:
            found.append(END_BEFORE_START.broken_at("/start_window/until"))
        if self.budget and self.budget.max < self.budget.min:
            found.append(INVERTED.broken_at("/budget/max"))
        if self.start_window and self.option_end_date and self.start_window.from_ > self.option_end_date:
            found.append(AFTER_OPTION_END.broken_at("/start_window/from"))
        if self.start_window and self.broadcaster_date and self.start_window.from_ > self.broadcaster_date:
            found.append(AFTER_BROADCASTER_DATE.broken_at("/start_window/from"))
        return found

    def newly_retired(self, before: Content | None) -> list[FieldError]:
        """Entries that are not offered any more, and were not there before."""
        pointers = taxonomy().newly_retired(_DIMENSIONS, self, before)
        return [NO_LONGER_OFFERED.broken_at(pointer) for pointer in pointers]

    def below(self, fewest_junior_seats: int) -> list[FieldError]:
        """What would leave juniors fewer places than the published criteria guarantee them."""
        if self.junior_seats is not None and self.junior_seats < fewest_junior_seats:
            return [TOO_FEW_JUNIOR_SEATS.broken_at("/junior_seats", minimum=fewest_junior_seats)]
        return []

    def past_dates(self, today: date) -> list[FieldError]:
        found = []
        if self.option_end_date and self.option_end_date < today:
            found.append(IN_THE_PAST.broken_at("/option_end_date"))
        if self.broadcaster_date and self.broadcaster_date < today:
            found.append(IN_THE_PAST.broken_at("/broadcaster_date"))
        if self.start_window and self.start_window.until < today:
            found.append(IN_THE_PAST.broken_at("/start_window/until"))
        return found

    def missing(self) -> list[FieldError]:
        """What publishing needs and this lacks."""
        pointers = [f"/{name}" for name in _NEEDED if not getattr(self, name)]
        pointers += [f"/{name}/fr" for name in ("logline", "pitch") if not _french(getattr(self, name))]
        counted_from_option = self.rights_status in RIGHTS_THAT_LAPSE or self.renewal_notice_days is not None
        if counted_from_option and self.option_end_date is None:
            pointers.append("/option_end_date")
        if self.budget is not None and self.budget.max == 0:
            pointers.append("/budget/max")
        if self.region is None and self.working_mode != REMOTE:
            pointers.append("/region")
        return [REQUIRED_TO_PUBLISH.broken_at(pointer) for pointer in pointers]

    @property
    def deadline(self) -> date | None:
        """The last day the project lives: the option's end or, without one, the end of the start window."""
        if self.option_end_date:
            return self.option_end_date
        return self.start_window.until if self.start_window else None

    @property
    def dates(self) -> Dates:
        """What the deadline engine counts with."""
        window = self.start_window
        return Dates(
            option_end=self.option_end_date,
            renewal_notice_days=self.renewal_notice_days,
            broadcaster_date=self.broadcaster_date,
            start_from=window.from_ if window else None,
            start_until=window.until if window else None,
            estimated_days=self.estimated_days,
        )


#: Which dimension of the taxonomy each field has its ids from.
_DIMENSIONS = {
    "role": "roles",
    "levels": "seniority",
    "genres": "genres",
    "tones": "tones",
    "universes": "universes",
    "stakes": "stakes",
    "format": "formats",
    "audiences": "audiences",
    "development_stage": "development-stages",
    "tasks": "tasks",
    "source_material": "source-material",
    "rights_status": "rights-status",
    "working_mode": "work-modes",
    "region": "regions",
    "languages": "languages",
    "contract_forms": "contract-forms",
    "targeted_broadcaster": "broadcasters",
}

#: What is written in words, but for the code name.
_TEXTS = ("confidential_title", "logline", "pitch", "detailed_tasks", "targeted_broadcaster")

_NEEDED = (
    "code_name",
    "role",
    "levels",
    "genres",
    "tones",
    "universes",
    "stakes",
    "format",
    "audiences",
    "development_stage",
    "tasks",
    "source_material",
    "rights_status",
    "start_window",
    "estimated_days",
    "working_mode",
    "languages",
    "contract_forms",
    "budget",
)


def _french(texts: Texts | None) -> bool:
    return texts is not None and bool(texts.fr)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Which version of the confidentiality terms somebody accepted for one project, and when."""

    terms_version: str
    accepted_at: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One time that a brief went online: when, and which account did it (None where it came back by itself)."""

    number: int
    published_at: str
    publisher: str | None


class Brief(BaseModel):
    """`version` grows by one at each change; `publication_no` at each publication. `measure_id`: the decision by which
    it was last returned to its company."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    brief_id: str
    company_id: str
    created_by: str
    state: State
    version: int
    publication_no: int = 0
    published_by: str | None = None
    published_at: str | None = None
    measure_id: str | None = None
    created_at: str
    updated_at: str
    content: Content

    @staticmethod
    def draft(brief_id: str, company_id: str, member_sub: str, content: Content, now: datetime) -> tuple[Brief, Fact]:
        moment = stamp(now)
        brief = Brief(
            brief_id=brief_id,
            company_id=company_id,
            created_by=member_sub,
            state="draft",
            version=1,
            created_at=moment,
            updated_at=moment,
            content=content,
        )
        return brief, BriefDrafted(brief_id=brief_id, company_id=company_id, member_sub=member_sub)

    def state_on(self, today: date) -> State:
        """The state that counts, whatever the clockwork has had time to record."""
        deadline = self.content.deadline
        if self.state in DATED and deadline is not None and deadline < today:
            return "expired"
        return self.state

    def revise(self, content: Content, now: datetime) -> tuple[Brief, Fact]:
        """Raises Unpublishable when a live brief would no longer be complete. One that is over is mended to be
        reopened, and stays over."""
        state = self.state_on(paris_day(now))
        if state == "expired" and self.state != "expired":
            # Its end is recorded with the change: another date must not put it back online unread.
            return self._next(now, state="expired", content=content), BriefEnded(brief_id=self.brief_id, how="expired")
        if state == "live":
            # A date that has passed since it was written does not keep the producer from mending another field.
            _require(content.missing() + content.contradictions())
        changed = self._next(now, content=content)
        return changed, BriefRevised(brief_id=self.brief_id, live=state == "live")

    def publish(self, member_sub: str, now: datetime) -> tuple[Brief, Fact]:
        """A draft, or one that was returned and is corrected. Raises NotInThatState, or Unpublishable with every field
        that is missing or wrong."""
        self._in("draft", "returned", now=now)
        return self._go_live(member_sub, now)

    def reopen(self, member_sub: str, now: datetime) -> tuple[Brief, Fact]:
        """From closed, filled or expired. Raises NotInThatState, Unpublishable (a date may have passed)."""
        self._in("closed", "filled", "expired", now=now)
        return self._go_live(member_sub, now)

    def resume(self, now: datetime) -> tuple[Brief, Fact] | None:
        """Back online because a mission broke off; None while it is online anyway, or when its dates have passed.
        Raises Unpublishable."""
        if self.state_on(paris_day(now)) not in ("closed", "filled"):
            return None
        return self._go_live(self.published_by or self.created_by, now, resumed=True)

    def send_back(self, measure_id: str, publication_no: int, now: datetime) -> tuple[Brief, Fact] | None:
        """To its company, which corrects it: that publication of it and no later one. None when it is not online."""
        if self.state_on(paris_day(now)) != "live" or self.publication_no != publication_no:
            return None
        fact = BriefReturned(brief_id=self.brief_id, measure_id=measure_id, publication_no=publication_no)
        return self._next(now, state="returned", measure_id=measure_id), fact

    def put_back(self, measure_id: str, now: datetime) -> tuple[Brief, Fact] | None:
        """Online again, because the decision that returned it was lifted; None when something else happened to it
        meanwhile. Raises Unpublishable."""
        if self.state_on(paris_day(now)) != "returned" or self.measure_id != measure_id:
            return None
        return self._go_live(self.published_by or self.created_by, now, resumed=True)

    def end(self, how: Literal["closed", "filled"], now: datetime) -> tuple[Brief, Fact]:
        """Raises NotInThatState."""
        self._in("live", "returned", now=now)
        return self._next(now, state=how), BriefEnded(brief_id=self.brief_id, how=how)

    def expire(self, now: datetime) -> tuple[Brief, Fact] | None:
        """What the clock already says, recorded; None when it does not."""
        if self.state not in DATED or self.state_on(paris_day(now)) != "expired":
            return None
        return self._next(now, state="expired"), BriefEnded(brief_id=self.brief_id, how="expired")

    def without_texts(self, now: datetime) -> Brief | None:
        """A project that is over, whose company is gone: what it was called under wraps and what it asked for, and no
        text. None when there is none to take away."""
        kept = self.content.model_copy(update=dict.fromkeys(_TEXTS))
        return None if kept == self.content else self._next(now, content=kept)

    def accept_confidentiality(self, terms_version: str, now: datetime) -> tuple[Acceptance, Fact]:
        """Somebody accepts the terms for this project; it changes nothing of the project itself."""
        fact = BriefConfidentialityAccepted(brief_id=self.brief_id, terms_version=terms_version)
        return Acceptance(terms_version, stamp(now)), fact

    def vocabulary_changed(self, number: int) -> Fact:
        return BriefVocabularyChanged(brief_id=self.brief_id, number=number)

    def ask_for_matching_again(self) -> Fact:
        return BriefMatchingOverdue(brief_id=self.brief_id)

    def remind(self, reminder: Reminder) -> Fact:
        return BriefDeadlineNear(
            brief_id=self.brief_id,
            which=reminder.bound.which,
            days_left=reminder.days_left,
            publication_no=self.publication_no,
        )

    def _go_live(self, member_sub: str, now: datetime, *, resumed: bool = False) -> tuple[Brief, Fact]:
        _check(self.content, paris_day(now))
        number = self.publication_no + 1
        changed = self._next(now, state="live", publication_no=number, published_by=member_sub, published_at=stamp(now))
        return changed, BriefPublished(brief_id=self.brief_id, publication_no=number, resumed=resumed)

    def _in(self, *states: State, now: datetime) -> State:
        state = self.state_on(paris_day(now))
        if state not in states:
            raise NotInThatState(state)
        return state

    def _next(self, now: datetime, **changes: Any) -> Brief:
        return self.model_copy(update={**changes, "version": self.version + 1, "updated_at": stamp(now)})


def _check(content: Content, today: date) -> None:
    _require(content.missing() + content.contradictions() + content.past_dates(today))


def _require(problems: list[FieldError]) -> None:
    if problems:
        raise Unpublishable(problems)
