from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, Field

from chalicelib.matching import weights
from chalicelib.matching.errors import END_BEFORE_BEGINNING, PERIOD_TOO_LONG
from chalicelib.matching.events import Cause
from chalicelib.matching.models import NO_REGION, Match
from chalicelib.matching.obstacles import to_freelancer, to_producer
from chalicelib.matching.wording import CAUSES, phrase
from chalicelib.platform.errors import Invalid
from chalicelib.platform.validation import Both, Day, QuerySchema, Shape
from chalicelib.vocabulary.taxonomy import taxonomy

if TYPE_CHECKING:  # it brings the engine along, which the routes never start
    from chalicelib.matching.eligibility import Obstacle
    from chalicelib.matching.exposure import Concentration, Group, Report
    from chalicelib.matching.questions import Decided, Effect, Fit, Standing, Why
    from chalicelib.matching.service import Shown
    from chalicelib.vocabulary.text import Bilingual


class ReasonShape(Shape):
    """One sentence of facts that speaks for this person; `facts` states them by ids (`matching/reasons.py`)."""

    code: str
    text: Both
    facts: dict[str, Any]


class NamedEntry(Shape):
    """An entry of the taxonomy, with its name in both languages."""

    dimension: str
    id: str
    labels: Both

    @staticmethod
    def of(written: str) -> NamedEntry:
        """From `genres/crime`."""
        dimension, _, entry = written.partition("/")
        said = phrase(taxonomy(), dimension, entry)
        return NamedEntry(dimension=dimension, id=entry, labels=Both(fr=said.fr, en=said.en))


class NearestEntry(Shape):
    """What the project asks for, and the nearest thing to it that the person has."""

    wanted: NamedEntry
    found: NamedEntry


class ContributionShape(Shape):
    """What one criterion gave, out of what it could give, and what that rests on: works, what they share with the
    project or have near it, the project's words that they say, strongest first. `points` of all criteria add up to the
    score."""

    criterion: str
    labels: Both
    points: float
    maximum: float
    credit_ids: list[str] = []
    shared: list[NamedEntry] = []
    related: list[NearestEntry] = []
    terms: list[Both] = []

    @staticmethod
    def of(part: dict[str, Any]) -> ContributionShape:
        evidence = part["evidence"]
        return ContributionShape(
            criterion=part["criterion"],
            labels=Both.model_validate(weights.document()["criteria"][part["criterion"]]["labels"]),
            points=part["points"] / 100,
            maximum=part["maximum"] / 100,
            credit_ids=evidence["credit_ids"],
            shared=[NamedEntry.of(entry) for entry in evidence["shared"]],
            related=[
                NearestEntry(wanted=NamedEntry.of(wanted), found=NamedEntry.of(found))
                for wanted, found in evidence["related"]
            ],
            terms=[Both.model_validate(term) for term in evidence["terms"]],
        )


class BadgeFact(Shape):
    """A fact of a credit. `holds`: true, or null while it is not established, which never means false. `source`: the
    catalogue that shows it, `attestation`, or `review` where an administrator read documents; `by` says which of these
    it is. Checked at `checked_at`, to be checked again at `expires_at`."""

    holds: Literal[True] | None
    source: str | None
    checked_at: str | None
    expires_at: str | None
    by: Literal["source", "attestation", "review"] | None


class BadgeFacts(Shape):
    """The work exists; this person took part; in this function."""

    work: BadgeFact
    participation: BadgeFact
    function: BadgeFact


class CreditBadge(Shape):
    """A past work and how far it was checked: 0 declared, 1 work, 2 participation, 3 function confirmed; `facts` is
    what that rests on, empty where an administrator gave the level as such."""

    credit_id: str
    title: str
    year: int
    function: str
    format: str
    company: str
    broadcaster: str | None
    level: Literal[0, 1, 2, 3]
    facts: BadgeFacts


class AvailabilityOfPerson(Shape):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    until: date | None


class RateOfPerson(Shape):
    min: int
    max: int


class BackgroundOfPerson(Shape):
    """That the way of somebody at the beginning was confirmed: by which kinds of papers, since when and until when."""

    kinds: list[Literal["diploma", "internship", "reading_report", "referee"]]
    checked_at: str
    expires_at: str


class PersonShape(Shape):
    """What a producer reads of a proposed person; contact details come with the reveal."""

    profile_id: str
    display_name: str
    roles: list[str]
    level: str
    verified_years: int
    background: BackgroundOfPerson | None
    languages: list[str]
    region: str | None
    work_modes: list[str]
    availability: list[AvailabilityOfPerson]
    day_rate: RateOfPerson | None
    credits: list[CreditBadge]


class MatchShape(Shape):
    """One seat of the shortlist. `score` is 0..100; `why`: by rank, as the junior's seat, drawn in a near-tie, or
    as on the project's first shortlist, which comes back when a mission breaks off.
    `deciding_credit_ids`: the two verified works that gave most; `summary`: what weighed most, in one sentence."""

    position: int
    rank: int
    why: Literal["rank", "junior_seat", "rotation", "again"]
    score: float
    proposed_at: str
    reasons: list[ReasonShape]
    summary: Both
    contributions: list[ContributionShape]
    closest_credit_id: str | None
    deciding_credit_ids: list[str]
    profile: PersonShape

    @staticmethod
    def of(match: Match, profile: dict[str, Any]) -> MatchShape:
        return MatchShape(
            position=match.position,
            rank=match.rank,
            why=match.why,
            score=match.score / 100,
            proposed_at=match.proposed_at,
            reasons=[ReasonShape.model_validate(reason) for reason in match.reasons],
            summary=Both.model_validate(match.summary),
            contributions=[ContributionShape.of(part) for part in match.contributions],
            closest_credit_id=match.deciding[0] if match.deciding else None,
            deciding_credit_ids=match.deciding,
            profile=PersonShape.model_validate(profile),
        )


class MatchesShape(Shape):
    """The shortlist of a brief. `status`: `pending` until the first one is computed, seconds after publishing;
    `updating` while the brief has changed and the shortlist shown answers to its earlier version; else `ready`.

    `computed_at` and `cause`: when and why the shortlist shown was computed last: the project was published or revised,
    a profile changed, the taxonomy did (`vocabulary`), or the matching had not come in time (`overdue`); `cause_label`
    says it."""

    brief_id: str
    status: Literal["pending", "updating", "ready"]
    brief_version: int | None = None
    publication_no: int | None = None
    shortlist_version: int | None = None
    computed_at: str | None = None
    cause: Cause | None = None
    cause_label: Both | None = None
    weights_version: str | None = None
    considered: int = 0
    eligible: int = 0
    matches: list[MatchShape] = []

    @staticmethod
    def of(brief_id: str, shown: Shown) -> MatchesShape:
        shortlist = shown.shortlist
        if shortlist is None:
            return MatchesShape(brief_id=brief_id, status="pending")
        return MatchesShape(
            brief_id=brief_id,
            status="updating" if shown.updating else "ready",
            brief_version=shortlist.brief_version,
            publication_no=shortlist.publication_no,
            shortlist_version=shortlist.version,
            computed_at=shortlist.computed_at,
            cause=shortlist.cause,
            cause_label=_both(CAUSES[shortlist.cause]) if shortlist.cause else None,
            weights_version=shortlist.weights_version,
            considered=shortlist.considered,
            eligible=shortlist.eligible,
            matches=[MatchShape.of(match, profile) for match, profile in shown.people],
        )


class StandingShape(Shape):
    """Where somebody is now: `rank` among `eligible` people who can be proposed, `score` 0..100, what every criterion
    gave, the two verified works that gave most, and all that in one sentence."""

    rank: int
    eligible: int
    score: float
    summary: Both
    contributions: list[ContributionShape]
    deciding_credit_ids: list[str]

    @staticmethod
    def of(standing: Standing) -> StandingShape:
        return StandingShape(
            rank=standing.rank,
            eligible=standing.eligible,
            score=standing.scored.score / 100,
            summary=_both(standing.summary),
            contributions=[ContributionShape.of(part.to_item()) for part in standing.scored.contributions],
            deciding_credit_ids=list(standing.scored.deciding),
        )


class ObstacleShape(Shape):
    """A hard rule that keeps somebody out; `facts` states it by ids and days (`matching/eligibility.py`)."""

    code: Literal["role", "verification", "paused", "language", "availability"]
    text: Both
    facts: dict[str, Any]

    @staticmethod
    def of(one: Obstacle, text: Bilingual) -> ObstacleShape:
        return ObstacleShape.model_validate({"code": one.code, "text": _both(text), "facts": one.facts})


class CounterfactualShape(Shape):
    """One thing that could be otherwise, and the rank that it gives when everyone is ranked with it.

    `field` is named as in the request that would change it, of a credit `credits/tones`; `entry` is what is added or
    removed, `instead_of` what it replaces. `facts`: `level` (of a credit's verification), `from` and `until` (days).
    `rank_before` null: as things stand, the person cannot be proposed."""

    field: str
    action: Literal["add", "remove", "replace"]
    entry: NamedEntry | None = None
    instead_of: NamedEntry | None = None
    credit_id: str | None = None
    facts: dict[str, Any] = {}
    rank_before: int | None
    rank_after: int
    text: Both

    @staticmethod
    def of(effect: Effect[Any]) -> CounterfactualShape:
        change = effect.change
        return CounterfactualShape(
            field=change.field,
            action=change.action,
            entry=None if change.entry is None else NamedEntry.of(change.entry),
            instead_of=None if change.instead_of is None else NamedEntry.of(change.instead_of),
            credit_id=change.credit_id,
            facts=change.facts,
            rank_before=effect.before,
            rank_after=effect.after,
            text=_both(effect.text),
        )


class DecidedShape(Shape):
    """Why somebody is not on the shortlist: the criterion on which they lose most points against the last person who
    is there by rank, with the points of both; or the lot (`draw`), when next to nothing lies between their scores,
    which are then the points given."""

    by: Literal["criterion", "draw"]
    criterion: str | None
    points: float
    points_of_last_seated: float
    text: Both

    @staticmethod
    def of(decided: Decided) -> DecidedShape:
        points, of_last = decided.points / 100, decided.points_of_last / 100
        english = {"points": f"{points:.1f}", "of_last": f"{of_last:.1f}"}
        french = {name: figure.replace(".", ",") for name, figure in english.items()}
        if decided.criterion is None:
            said = _DRAWN
        else:
            labels = Both.model_validate(weights.document()["criteria"][decided.criterion]["labels"])
            said = _DECIDED
            french["criterion"], english["criterion"] = labels.fr, labels.en
        return DecidedShape(
            by="draw" if decided.criterion is None else "criterion",
            criterion=decided.criterion,
            points=points,
            points_of_last_seated=of_last,
            text=Both(fr=said.fr.format(**french), en=said.en.format(**english)),
        )


_DECIDED = Both(
    fr="Ce qui a décidé\u202f: {criterion}, {points} points contre {of_last} "
    "pour la dernière personne de la sélection.",
    en="What decided: {criterion}, {points} points against {of_last} for the last person on the shortlist.",
)
_DRAWN = Both(
    fr="{points} points contre {of_last} pour la dernière personne de la sélection\u202f: "
    "presque rien ne les sépare, et un tirage a décidé.",
    en="{points} points against {of_last} for the last person on the shortlist: "
    "next to nothing lies between them, and a draw decided.",
)


class WhyShape(Shape):
    """Why somebody who was proposed is, or is not, on the shortlist of a brief.

    `match`: their seat as on the shortlist, null without one. `standing`: their place now, null when a hard rule keeps
    them out, which `obstacle` tells. `counterfactuals`: at most five single changes of the brief that would move them
    most, upwards when any does."""

    brief_id: str
    profile: PersonShape
    match: MatchShape | None
    standing: StandingShape | None
    obstacle: ObstacleShape | None
    decided_by: DecidedShape | None
    counterfactuals: list[CounterfactualShape]

    @staticmethod
    def of(why: Why) -> WhyShape:
        hindrance = why.obstacle
        return WhyShape(
            brief_id=why.brief_id,
            profile=PersonShape.model_validate(why.profile),
            match=None if why.match is None else MatchShape.of(why.match, why.profile),
            standing=None if why.standing is None else StandingShape.of(why.standing),
            obstacle=None if hindrance is None else ObstacleShape.of(hindrance, to_producer(hindrance, taxonomy())),
            decided_by=None if why.decided is None else DecidedShape.of(why.decided),
            counterfactuals=[CounterfactualShape.of(effect) for effect in why.effects],
        )


class FitShape(Shape):
    """How one's own profile suits a project, judged by the project's card and by nothing else of it: what the company
    knows besides may still change who is proposed.

    `obstacles`: what keeps the profile from being proposed, with what to do about it; `standing` is then as it would be
    without them. `counterfactuals`: at most five single changes of the profile that would move it up most, each as far
    as it is true."""

    project_id: str
    can_be_proposed: bool
    obstacles: list[ObstacleShape]
    standing: StandingShape
    counterfactuals: list[CounterfactualShape]

    @staticmethod
    def of(fit: Fit) -> FitShape:
        return FitShape(
            project_id=fit.project_id,
            can_be_proposed=not fit.obstacles,
            obstacles=[ObstacleShape.of(one, to_freelancer(one, taxonomy())) for one in fit.obstacles],
            standing=StandingShape.of(fit.standing),
            counterfactuals=[CounterfactualShape.of(effect) for effect in fit.effects],
        )


def _both(text: Bilingual) -> Both:
    return Both(fr=text.fr, en=text.en)


class CriterionShape(Shape):
    """`weight`: points out of a hundred when a project says something about every criterion."""

    weight: int
    labels: Both
    explanation: Both


class RuleShape(Both):
    """A rule in words of both languages."""

    id: str


class CriteriaShape(Shape):
    """How proposals are ordered. `parameters`: the whole numbers that the computation uses (percent, years, tenths)."""

    version: str
    criteria: dict[str, CriterionShape]
    parameters: dict[str, int | dict[str, int] | dict[str, dict[str, int]]]
    eligibility: list[RuleShape]
    shortlist: list[RuleShape]
    never_counts: list[RuleShape]

    @staticmethod
    @cache
    def in_force() -> CriteriaShape:
        return CriteriaShape.model_validate(weights.document())


#: A period without `from` is this many days; no period has more than LONGEST_PERIOD.
USUAL_PERIOD = 30
LONGEST_PERIOD = 366

_REGION_NOT_STATED = Both(fr="Région non indiquée", en="Region not stated")


class ExposureQuery(QuerySchema):
    """Paris days, both included. Without `until`, today; without `from`, the thirty days that end there."""

    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None

    def period(self, today: date) -> tuple[date, date]:
        """The first and the last day. Raises Invalid when they are in the wrong order or too far apart."""
        last = self.until or today
        first = self.from_ or max(last - timedelta(days=USUAL_PERIOD - 1), date(1900, 1, 1))
        if last < first:
            raise Invalid([END_BEFORE_BEGINNING.broken_at("?until" if self.until else "?from")])
        if (last - first).days >= LONGEST_PERIOD:
            raise Invalid([PERIOD_TOO_LONG.broken_at("?from", days=LONGEST_PERIOD)])
        return first, last


class ExposureGroup(Shape):
    """A level or a region, `none` for people who state no region.

    `seats` they had, out of all: `share_shown`. `eligible` counts pairs of a project and a person who could be
    proposed for it; `share_expected` is what a draw by lot among each project's eligible people would have given, in
    `seats_expected`. `ratio` is the one share over the other. Shares are 0..1, null where there is nothing to divide
    by; few seats say little."""

    id: str
    labels: Both
    seats: int
    share_shown: float | None
    eligible: int
    seats_expected: float
    share_expected: float | None
    ratio: float | None


class ConcentrationShape(Shape):
    """The Gini coefficient of seats over so many people, those never shown counting as none: 0 all alike, 1 one has
    all. `gini_by_lot`: what drawing every seat by lot among them would give."""

    people: int
    gini: float
    gini_by_lot: float


class ConcentrationBounds(Shape):
    """How many people were eligible at least once is known within bounds: `at_least` over those eligible for one
    project at once, `at_most` over everyone whom matching knew. Null without a seat."""

    at_least: ConcentrationShape | None
    at_most: ConcentrationShape | None


class JuniorSeats(Shape):
    """`projects` for which a junior could be proposed, and how many of them showed one. Their seats, by why they have
    them: by rank, as the junior's seat, drawn in a near-tie, or as on the project's first shortlist."""

    projects: int
    projects_showing_one: int
    rank: int
    junior_seat: int
    rotation: int
    again: int


class ExposureShape(Shape):
    """Who was shown against who could have been, in a period. `most_shown_share`: of all seats, those of the ten people
    shown most, null without a seat."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    until: date
    projects: int
    seats: int
    people_shown: int
    most_shown_share: float | None
    levels: list[ExposureGroup]
    regions: list[ExposureGroup]
    concentration: ConcentrationBounds
    juniors: JuniorSeats

    @staticmethod
    def of(report: Report, first: date, last: date) -> ExposureShape:
        return ExposureShape(
            from_=first,
            until=last,
            projects=report.projects,
            seats=report.seats,
            people_shown=report.people_shown,
            most_shown_share=_share(report.most_shown, report.seats),
            levels=_groups("seniority", report.levels, report.seats),
            regions=_groups("regions", report.regions, report.seats),
            concentration=ConcentrationBounds(
                at_least=_concentration(report.at_least), at_most=_concentration(report.at_most)
            ),
            juniors=JuniorSeats(
                projects=report.juniors.projects,
                projects_showing_one=report.juniors.projects_showing_one,
                **{why: report.juniors.by_why.get(why, 0) for why in ("rank", "junior_seat", "rotation", "again")},
            ),
        )


def _groups(dimension: str, groups: tuple[Group, ...], seats: int) -> list[ExposureGroup]:
    """In the order of the taxonomy; what it does not know, last."""
    entries = taxonomy().dimensions[dimension].entries
    order = {entry: place for place, entry in enumerate(entries)}

    def labels(group: str) -> Both:
        if group == NO_REGION:
            return _REGION_NOT_STATED
        return Both(**entries[group].labels) if group in entries else Both(fr=group, en=group)

    return [
        ExposureGroup(
            id=group.id,
            labels=labels(group.id),
            seats=group.seats,
            share_shown=_share(group.seats, seats),
            eligible=group.eligible,
            seats_expected=round(group.expected, 2),
            share_expected=_share(group.expected, seats),
            ratio=_share(group.seats, group.expected),
        )
        for group in sorted(groups, key=lambda group: (order.get(group.id, len(order)), group.id))
    ]


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


def _concentration(one: Concentration | None) -> ConcentrationShape | None:
    if one is None:
        return None
    return ConcentrationShape(people=one.people, gini=round(one.gini, 4), gini_by_lot=round(one.gini_by_lot, 4))
