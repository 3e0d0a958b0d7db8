from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from chalicelib.briefs import wording
from chalicelib.briefs.calendar import Bound, Countdown, Dates, Urgency, Which, countdown
from chalicelib.briefs.errors import END_BEFORE_START, JUNIOR_SEATS_OUT_OF_RANGE, UNIT_NEEDED
from chalicelib.briefs.models import COUNTED_DOWN, Brief, Content, State
from chalicelib.briefs.search import Order, Search
from chalicelib.briefs.views import Stage
from chalicelib.platform.errors import Invalid
from chalicelib.platform.validation import (
    Both,
    Day,
    PageQuery,
    Schema,
    Shape,
    WholeNumber,
    distinct,
    line,
    paragraphs,
    refusal,
)
from chalicelib.vocabulary.clock import paris_day, stamp
from chalicelib.vocabulary.fields import taxonomy_id, taxonomy_ids
from chalicelib.vocabulary.limits import MOST_ENTRIES
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Bilingual

if TYPE_CHECKING:
    from chalicelib.briefs.proofreading import Remark
    from chalicelib.briefs.service import Advice, Check, Estimate, Undertaking

BudgetUnit = Literal["day", "week", "month", "flat"]

#: Whole euros; a cap only to refuse slips of the keyboard.
Euros = Annotated[int, Field(ge=0, le=1_000_000)]


def _one_to_eight(value: int) -> int:
    if not 1 <= value <= 8:
        raise refusal(JUNIOR_SEATS_OUT_OF_RANGE)
    return value


#: Places of a shortlist of eight. Never none: a refusal that says why rather than a bound that says how much.
JuniorSeats = Annotated[int, AfterValidator(_one_to_eight), Field(json_schema_extra={"minimum": 1, "maximum": 8})]


class TextsInput(Schema):
    fr: paragraphs(600) | None = None  # type: ignore[valid-type]
    en: paragraphs(600) | None = None  # type: ignore[valid-type]


class PitchInput(Schema):
    fr: paragraphs(8000) | None = None  # type: ignore[valid-type]
    en: paragraphs(8000) | None = None  # type: ignore[valid-type]


class DetailedTasksInput(Schema):
    """What is expected in detail: read, like the pitch, by whoever accepted the confidentiality terms."""

    fr: paragraphs(4000) | None = None  # type: ignore[valid-type]
    en: paragraphs(4000) | None = None  # type: ignore[valid-type]


class WindowInput(Schema):
    """Between which days the work may start, both included."""

    from_: Day = Field(alias="from")
    until: Day


class BudgetInput(Schema):
    min: Euros
    max: Euros
    unit: BudgetUnit


class BriefInput(Schema):
    """A project as its producer writes it; every field may wait while it is a draft.

    `junior_seats`: how many of the shortlist's eight places are kept for junior profiles, when as many can be
    proposed; without it, the one that always is. It changes nobody's points. `company_affinity`: false leaves out of
    the shortlist's criteria that somebody has worked with your company before; it counts when nothing is said.
    `renewal_notice_days`: how many days before the option's end its renewal must be notified. `broadcaster_date`: the
    day on which the broadcaster expects the material. Freelancers see neither."""

    code_name: line(80) | None = None  # type: ignore[valid-type]
    confidential_title: line(200) | None = None  # type: ignore[valid-type]
    role: taxonomy_id("roles") | None = None  # type: ignore[valid-type]
    levels: distinct(taxonomy_id("seniority"), MOST_ENTRIES["levels"]) = []  # type: ignore[valid-type]
    genres: distinct(taxonomy_id("genres"), MOST_ENTRIES["genres"]) = []  # type: ignore[valid-type]
    tones: distinct(taxonomy_id("tones"), MOST_ENTRIES["tones"]) = []  # type: ignore[valid-type]
    universes: distinct(taxonomy_id("universes"), MOST_ENTRIES["universes"]) = []  # type: ignore[valid-type]
    stakes: distinct(taxonomy_id("stakes"), MOST_ENTRIES["stakes"]) = []  # type: ignore[valid-type]
    format: taxonomy_id("formats") | None = None  # type: ignore[valid-type]
    episode_count: Annotated[int, Field(ge=1, le=1000)] | None = None
    audiences: distinct(taxonomy_id("audiences"), 7) = []  # type: ignore[valid-type]
    development_stage: taxonomy_id("development-stages") | None = None  # type: ignore[valid-type]
    tasks: distinct(taxonomy_id("tasks"), MOST_ENTRIES["tasks"]) = []  # type: ignore[valid-type]
    source_material: taxonomy_id("source-material") | None = None  # type: ignore[valid-type]
    rights_status: taxonomy_id("rights-status") | None = None  # type: ignore[valid-type]
    option_end_date: Day | None = None
    renewal_notice_days: Annotated[int, Field(ge=0, le=365)] | None = None
    broadcaster_date: Day | None = None
    start_window: WindowInput | None = None
    estimated_days: Annotated[int, Field(ge=1, le=1000)] | None = None
    working_mode: taxonomy_id("work-modes") | None = None  # type: ignore[valid-type]
    region: taxonomy_id("regions") | None = None  # type: ignore[valid-type]
    languages: distinct(taxonomy_id("languages"), MOST_ENTRIES["languages"]) = []  # type: ignore[valid-type]
    contract_forms: distinct(taxonomy_id("contract-forms"), 7) = []  # type: ignore[valid-type]
    budget: BudgetInput | None = None
    junior_seats: JuniorSeats | None = None
    company_affinity: bool | None = None
    logline: TextsInput | None = None
    pitch: PitchInput | None = None
    detailed_tasks: DetailedTasksInput | None = None
    targeted_broadcaster: taxonomy_id("broadcasters") | None = None  # type: ignore[valid-type]

    def content(self) -> Content:
        return Content.model_validate(self.model_dump())

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, whatever their value."""
        return self.model_dump(include=self.model_fields_set)


class EstimateInput(BriefInput):
    """What there is so far of a project that is being written; only the role must be there."""

    role: taxonomy_id("roles")  # type: ignore[valid-type]


class WindowShape(Shape):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    until: date


class BudgetShape(Shape):
    min: int
    max: int
    unit: BudgetUnit


class TextsShape(Shape):
    fr: str | None
    en: str | None


class CardFields(Shape):
    """What a freelancer and a producer both read of a project."""

    code_name: str | None
    role: str | None
    levels: list[str]
    genres: list[str]
    tones: list[str]
    universes: list[str]
    stakes: list[str]
    format: str | None
    episode_count: int | None
    audiences: list[str]
    development_stage: str | None
    tasks: list[str]
    source_material: str | None
    languages: list[str]
    working_mode: str | None
    region: str | None
    start_window: WindowShape | None
    estimated_days: int | None
    budget: BudgetShape | None
    contract_forms: list[str]
    logline: TextsShape | None


class CompanyIdentityShape(Shape):
    """Who is behind a project, told once both sides have revealed themselves. `emails`: where its members are written
    to; `people`: whom it names of itself."""

    model_config = ConfigDict(from_attributes=True)

    legal_name: str
    other_names: list[str]
    siren: str
    domain: str
    website: str | None
    addresses: list[str]
    people: list[str]
    emails: list[str]


class ProjectCard(CardFields):
    """A project as far as a verified freelancer has come with it; in a list, its card.

    `stage`: `card`; `full`, once the confidentiality terms in force are accepted, with `pitch`, `rights_status`,
    `option_end_date` and `detailed_tasks`; `revealed`, once company and freelancer have told each other who they are,
    with `confidential_title`, `targeted_broadcaster` and `company` too. What belongs to a later stage is null. `live`:
    false once it is over, which only those still read who had come to the last stage. `reply_by`: the last day on which
    it is of use to answer, counted from the start window and the urgency that the card tells; null once it is over or
    the start window has passed."""

    project_id: str
    published_on: str
    urgency: Urgency
    reply_by: date | None
    stage: Stage
    live: bool
    pitch: TextsShape | None
    rights_status: str | None
    option_end_date: date | None
    detailed_tasks: TextsShape | None
    confidential_title: str | None
    targeted_broadcaster: str | None
    company: CompanyIdentityShape | None


class ClauseShape(Shape):
    title: Both
    text: Both


class AcceptanceShape(Shape):
    version: str
    accepted_at: str


class ConfidentialityShape(Shape):
    """The confidentiality terms in force, and what the reader accepted of them for this project.

    `accepted`: the last terms that they accepted for it, null if none; `in_force`: whether these are the present ones.
    Of others, those which opened a full brief once, the new version must be accepted before it is read again."""

    version: str
    title: Both
    clauses: list[ClauseShape]
    accepted: AcceptanceShape | None
    in_force: bool

    @staticmethod
    def of(undertaking: Undertaking) -> ConfidentialityShape:
        terms, acceptance = undertaking.terms, undertaking.acceptance
        return ConfidentialityShape(
            version=terms.version,
            title=_both(terms.title),
            clauses=[ClauseShape(title=_both(clause.title), text=_both(clause.text)) for clause in terms.clauses],
            accepted=AcceptanceShape(version=acceptance.terms_version, accepted_at=acceptance.accepted_at)
            if acceptance
            else None,
            in_force=undertaking.is_in_force,
        )


def _both(text: Bilingual) -> Both:
    return Both(fr=text.fr, en=text.en)


class ConfidentialityAcceptance(Schema):
    """`version`: that of the terms which were read."""

    version: line(40)  # type: ignore[valid-type]


class MissingFieldShape(Shape):
    """A field that is missing or to be corrected before publishing."""

    pointer: str
    code: str
    message: Both


class TextFindingShape(Shape):
    """A passage that should not stand in a text that freelancers read.

    `concern`: `identity` for what tells who is behind the project, `wording` for what may not be asked of anybody. The
    passage is the characters from `start` to before `end` of the field at `pointer` (code points, counted from 0).
    `severity`: `block` keeps it from being published, `warn` does not. `wording` may take the passage's place; null
    where the only remedy is to remove it. `companies`: of a combination of details, how many verified companies would
    fit it, null otherwise."""

    pointer: str
    language: Literal["fr", "en"] | None
    concern: Literal["identity", "wording"]
    kind: str
    start: int
    end: int
    passage: str
    severity: Literal["block", "warn"]
    reason: Both
    wording: Both | None
    companies: int | None

    @staticmethod
    def of(remark: Remark) -> TextFindingShape:
        return TextFindingShape(
            pointer=remark.passage.pointer,
            language=remark.passage.language,
            concern=remark.concern,
            kind=remark.kind,
            start=remark.start,
            end=remark.end,
            passage=remark.passage.text[remark.start : remark.end],
            severity=remark.severity,
            reason=_both(remark.reason),
            wording=_both(remark.wording) if remark.wording else None,
            companies=remark.companies,
        )


class PreviewShape(Shape):
    """What a freelancer will read if the project goes online now: its card, and the full brief."""

    card: ProjectCard
    full: ProjectCard


class ProofreadingShape(Shape):
    """A project read over before it goes online. `publishable`: nothing is missing and nothing blocks; whether the
    company is verified is another matter. `rate_notice`: where the budget stands beside the indicative grid, for you
    alone; null without a budget or a role."""

    publishable: bool
    missing: list[MissingFieldShape]
    findings: list[TextFindingShape]
    rate_notice: Both | None
    preview: PreviewShape

    @staticmethod
    def of(check: Check) -> ProofreadingShape:
        return ProofreadingShape(
            publishable=check.is_publishable,
            missing=[
                MissingFieldShape(pointer=one.pointer, code=one.code, message=_both(one.message))
                for one in check.problems
            ],
            findings=[TextFindingShape.of(remark) for remark in check.remarks],
            rate_notice=_both(check.rate_notice) if check.rate_notice else None,
            preview=PreviewShape.model_validate(check.previews),
        )


class ProjectsQuery(PageQuery):
    """Which projects, by what their cards say. `role`, `genre`, `tone`, `universe`, `format`, `level`, `language`,
    `working_mode` and `region` take one entry or several, separated by commas, of which one is enough; a genre stands
    for its narrower genres too, and what states no region is in none of them.

    `start_from`, `start_until`: the work may start on some day between the two, both included. `rate_min`: the budget
    goes at least up to that, in whole euros per `rate_unit`, which must be given with it: nothing is converted, and a
    budget in another unit does not count. `order`: `pressing` (role after role, the nearest deadline first) or
    `fits_me`: what the reader could be proposed for as their profile stands, then the rest, in each the best score
    first; the score is that of `GET /projects/{project_id}/fit`, made from the card alone."""

    role: taxonomy_ids("roles") | None = None  # type: ignore[valid-type]
    genre: taxonomy_ids("genres") | None = None  # type: ignore[valid-type]
    tone: taxonomy_ids("tones") | None = None  # type: ignore[valid-type]
    universe: taxonomy_ids("universes") | None = None  # type: ignore[valid-type]
    format: taxonomy_ids("formats") | None = None  # type: ignore[valid-type]
    level: taxonomy_ids("seniority") | None = None  # type: ignore[valid-type]
    language: taxonomy_ids("languages") | None = None  # type: ignore[valid-type]
    working_mode: taxonomy_ids("work-modes") | None = None  # type: ignore[valid-type]
    region: taxonomy_ids("regions") | None = None  # type: ignore[valid-type]
    start_from: Day | None = None
    start_until: Day | None = None
    rate_min: Annotated[WholeNumber, Field(ge=0, le=1_000_000)] | None = None
    rate_unit: BudgetUnit | None = None
    order: Order = "pressing"

    def search(self) -> Search:
        """Raises Invalid for what does not go together."""
        problems = []
        if self.start_from and self.start_until and self.start_until < self.start_from:
            problems.append(END_BEFORE_START.broken_at("?start_until"))
        if self.rate_min is not None and self.rate_unit is None:
            problems.append(UNIT_NEEDED.broken_at("?rate_unit"))
        if problems:
            raise Invalid(problems)
        dimensions = taxonomy().dimensions
        return Search(
            roles=self.role or tuple(dimensions["roles"].entries),
            genres=dimensions["genres"].within(self.genre or ()),
            tones=dimensions["tones"].within(self.tone or ()),
            universes=dimensions["universes"].within(self.universe or ()),
            formats=dimensions["formats"].within(self.format or ()),
            levels=dimensions["seniority"].within(self.level or ()),
            languages=dimensions["languages"].within(self.language or ()),
            working_modes=dimensions["work-modes"].within(self.working_mode or ()),
            regions=dimensions["regions"].within(self.region or ()),
            start_from=self.start_from,
            start_until=self.start_until,
            rate_min=self.rate_min,
            rate_unit=self.rate_unit,
        )


class ProjectList(Shape):
    projects: list[ProjectCard]
    cursor: str | None


class BindingShape(Shape):
    """The date that a project counts down to: the earliest that has not passed."""

    which: Which
    day: date
    label: Both
    why: Both

    @staticmethod
    def of(bound: Bound, dates: Dates) -> BindingShape:
        label, why = _both(wording.TITLES[bound.which]), _both(wording.binds(bound, dates))
        return BindingShape(which=bound.which, day=bound.day, label=label, why=why)


class ReminderShape(Shape):
    """When the company is reminded next, so many days before which date; earlier on a day off."""

    which: Which
    days_left: int
    at: str


class CalendarShape(Shape):
    """What a project counts down to. `latest_useful_start`: the last working day on which the work may start to be done
    before the date that binds, within the start window; null when there is none, and its `why` says so. Days are
    counted to the date that binds, working days without the public holidays of metropolitan France. `passed`: dates
    that bind no more. `next_reminder`: only while it is live."""

    binding: BindingShape
    latest_useful_start: date | None
    latest_useful_start_why: Both
    days_left: int
    working_days_left: int
    urgency: Urgency
    passed: list[Which]
    next_reminder: ReminderShape | None

    @staticmethod
    def of(standing: Countdown, dates: Dates, *, live: bool) -> CalendarShape:
        reminder = standing.next_reminder if live else None
        return CalendarShape(
            binding=BindingShape.of(standing.bound, dates),
            latest_useful_start=standing.latest_start,
            latest_useful_start_why=_both(wording.latest_start(standing, dates)),
            days_left=standing.days_left,
            working_days_left=standing.working_days_left,
            urgency=standing.urgency,
            passed=[bound.which for bound in standing.passed],
            next_reminder=ReminderShape(which=reminder.bound.which, days_left=reminder.days_left, at=stamp(reminder.at))
            if reminder
            else None,
        )


class BriefShape(CardFields):
    """A project as its own company reads it. `junior_seats` null: the one place that is always a junior's.
    `company_affinity` null: having worked with the company counts. `deadline`: the last day the project lives;
    `calendar`: what it counts down to before, null without any date and once it is over. `measure_id`: of a project
    that administrators returned, the decision that says why (`GET /moderation/mine/{measure_id}`); null for any
    other."""

    brief_id: str
    status: State
    version: int
    publication_no: int
    published_at: str | None
    measure_id: str | None
    created_at: str
    updated_at: str
    deadline: date | None
    days_left: int | None
    confidential_title: str | None
    rights_status: str | None
    option_end_date: date | None
    renewal_notice_days: int | None
    broadcaster_date: date | None
    pitch: TextsShape | None
    detailed_tasks: TextsShape | None
    junior_seats: int | None
    company_affinity: bool | None
    targeted_broadcaster: str | None
    calendar: CalendarShape | None

    @staticmethod
    def of(brief: Brief, now: datetime) -> BriefShape:
        today, deadline, dates = paris_day(now), brief.content.deadline, brief.content.dates
        status = brief.state_on(today)
        standing = countdown(dates, now) if status in COUNTED_DOWN else None
        return BriefShape(
            **brief.content.model_dump(),
            **brief.model_dump(include={"brief_id", "version", "publication_no", "published_at"}),
            measure_id=brief.measure_id if status == "returned" else None,
            created_at=brief.created_at,
            updated_at=brief.updated_at,
            status=status,
            deadline=deadline,
            days_left=(deadline - today).days if deadline else None,
            calendar=CalendarShape.of(standing, dates, live=status == "live") if standing else None,
        )


class HeadcountShape(Shape):
    """So many people of a level or a region."""

    id: str
    labels: Both
    people: int


class LeftOutShape(Shape):
    """So many people who do not meet a hard rule, of those who meet the ones before it."""

    rule: Literal["role", "language", "availability"]
    people: int


class EstimateShape(Shape):
    """How many people could be proposed: in all, by level, by region. Regions of fewer than three people are counted
    together as `other`; `none` is who states no region. `left_out` goes through the hard rules in their order, and
    `strictest` is the one that takes most people out, null when none takes anyone."""

    eligible: int
    levels: list[HeadcountShape]
    regions: list[HeadcountShape]
    left_out: list[LeftOutShape]
    strictest: Literal["role", "language", "availability"] | None

    @staticmethod
    def of(estimate: Estimate) -> EstimateShape:
        return EstimateShape.model_validate(
            {
                "eligible": estimate.eligible,
                "levels": _headcounts("seniority", estimate.levels),
                "regions": _headcounts("regions", estimate.regions),
                "left_out": [{"rule": rule, "people": people} for rule, people in estimate.left_out.items()],
                "strictest": estimate.strictest,
            }
        )


_NO_ENTRY = {
    "none": Both(fr="Région non indiquée", en="Region not stated"),
    "other": Both(fr="Autres régions", en="Other regions"),
}


def _headcounts(dimension: str, people: dict[str, int]) -> list[HeadcountShape]:
    """In the order of the taxonomy; what it does not know, last."""
    entries = taxonomy().dimensions[dimension].entries
    order = {entry: place for place, entry in enumerate([*entries, *_NO_ENTRY])}
    return [
        HeadcountShape(
            id=one,
            labels=Both(**entries[one].labels) if one in entries else _NO_ENTRY.get(one, Both(fr=one, en=one)),
            people=people[one],
        )
        for one in sorted(people, key=lambda one: (order.get(one, len(order)), one))
    ]


class WaveShape(Shape):
    """So many people to invite now, so many more on that day (null when nobody is left to invite)."""

    now: int
    next_on: date | None
    later: int


class DangerShape(Shape):
    """Time is short and nobody has answered. `short`: what is; `silence`: who is."""

    short: Literal["days", "start_passed", "start_near", "too_long"]
    silence: Literal["nobody_shown", "nobody_invited", "nobody_answered"]
    message: Both


class OutreachShape(Shape):
    """How far a project has come with its people, counted. `shown`: on its shortlist; `waiting`: invitations without an
    answer; `answered`: who said anything, invited or not; `interested`: whose interest is not settled. `wave` and
    `danger`: null when it is not live, `danger` also when it is in none."""

    shown: int
    invited: int
    waiting: int
    answered: int
    interested: int
    wave: WaveShape | None
    danger: DangerShape | None

    @staticmethod
    def of(advice: Advice) -> OutreachShape:
        outreach, wave, danger = advice.outreach, advice.wave, advice.danger
        return OutreachShape(
            shown=outreach.shown,
            invited=outreach.invited,
            waiting=outreach.waiting,
            answered=outreach.answered,
            interested=outreach.interested,
            wave=WaveShape(now=wave.now, next_on=wave.next_on, later=wave.later) if wave else None,
            danger=DangerShape(short=danger.short, silence=danger.silence, message=_both(wording.danger(danger)))
            if danger
            else None,
        )


class BriefList(Shape):
    briefs: list[BriefShape]
    cursor: str | None
