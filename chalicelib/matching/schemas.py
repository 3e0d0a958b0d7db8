from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, Field

from chalicelib.matching import weights
from chalicelib.matching.models import Match
from chalicelib.matching.wording import phrase
from chalicelib.platform.validation import Both, Shape
from chalicelib.vocabulary.taxonomy import taxonomy

if TYPE_CHECKING:  # it brings the engine along, which the routes never start
    from chalicelib.matching.service import Shown


class ReasonShape(Shape):
    """One sentence of facts that speaks for this person; `facts` states them by ids (`matching/reasons.py`)."""

    code: str
    text: Both
    facts: dict[str, Any]


class EntryShape(Shape):
    """An entry of the taxonomy, with its name in both languages."""

    dimension: str
    id: str
    labels: Both

    @staticmethod
    def of(written: str) -> EntryShape:
        """From `genres/crime`."""
        dimension, _, entry = written.partition("/")
        said = phrase(taxonomy(), dimension, entry)
        return EntryShape(dimension=dimension, id=entry, labels=Both(fr=said.fr, en=said.en))


class RelatedShape(Shape):
    """What the project asks for, and the nearest thing to it that the person has."""

    wanted: EntryShape
    found: EntryShape


class ContributionShape(Shape):
    """What one criterion gave, out of what it could give, and what that rests on: works, what they share with the
    project or have near it, the project's words that they say, strongest first. `points` of all criteria add up to the
    score."""

    criterion: str
    labels: Both
    points: float
    maximum: float
    credit_ids: list[str] = []
    shared: list[EntryShape] = []
    related: list[RelatedShape] = []
    terms: list[str] = []

    @staticmethod
    def of(part: dict[str, Any]) -> ContributionShape:
        evidence = part["evidence"]
        return ContributionShape(
            criterion=part["criterion"],
            labels=Both.model_validate(weights.document()["criteria"][part["criterion"]]["labels"]),
            points=part["points"] / 100,
            maximum=part["maximum"] / 100,
            credit_ids=evidence["credit_ids"],
            shared=[EntryShape.of(entry) for entry in evidence["shared"]],
            related=[
                RelatedShape(wanted=EntryShape.of(wanted), found=EntryShape.of(found))
                for wanted, found in evidence["related"]
            ],
            terms=evidence["terms"],
        )


class CreditBadge(Shape):
    """A past work and how far it was checked: 0 declared, 1 work, 2 participation, 3 function confirmed."""

    credit_id: str
    title: str
    year: int
    function: str
    format: str
    company: str
    broadcaster: str | None
    level: Literal[0, 1, 2, 3]


class AvailabilityOfPerson(Shape):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    until: date | None


class RateOfPerson(Shape):
    min: int
    max: int


class PersonShape(Shape):
    """What a producer reads of a proposed person; contact details come with the reveal."""

    profile_id: str
    display_name: str
    roles: list[str]
    level: str
    verified_years: int
    languages: list[str]
    region: str | None
    work_modes: list[str]
    availability: list[AvailabilityOfPerson]
    day_rate: RateOfPerson | None
    credits: list[CreditBadge]


class MatchShape(Shape):
    """One seat of the shortlist. `score` is 0..100; `why`: by rank, as the junior's seat, or drawn in a near-tie.
    `deciding_credit_ids`: the two verified works that gave most; `summary`: what weighed most, in one sentence."""

    position: int
    rank: int
    why: Literal["rank", "junior_seat", "rotation"]
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
    `updating` while the brief has changed and the shortlist shown answers to its earlier version; else `ready`."""

    brief_id: str
    status: Literal["pending", "updating", "ready"]
    brief_version: int | None = None
    publication_no: int | None = None
    shortlist_version: int | None = None
    computed_at: str | None = None
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
            weights_version=shortlist.weights_version,
            considered=shortlist.considered,
            eligible=shortlist.eligible,
            matches=[MatchShape.of(match, profile) for match, profile in shown.people],
        )


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
