"""What scoring a person for a brief comes to: points for each criterion, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chalicelib.matching.arrays import Array
from chalicelib.vocabulary.text import Bilingual


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a contribution rests on. Entries are written `genres/crime`; `related` pairs (of the brief, of
    the person); `terms` are words of the brief as it writes them, strongest first, each in French and in English (the
    same where it writes in one language alone). Without `credit_ids`, the profile's own declaration."""

    credit_ids: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    terms: tuple[Bilingual, ...] = ()

    def to_item(self) -> dict[str, Any]:
        return {
            "credit_ids": list(self.credit_ids),
            "shared": list(self.shared),
            "related": [list(pair) for pair in self.related],
            "terms": [{"fr": term.fr, "en": term.en} for term in self.terms],
        }


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one criterion gives, in hundredths of a point, out of `maximum` (0 when the brief says nothing
    about it)."""

    criterion: str
    points: int
    maximum: int
    evidence: Evidence

    def to_item(self) -> dict[str, Any]:
        return {
            "criterion": self.criterion,
            "points": self.points,
            "maximum": self.maximum,
            "evidence": self.evidence.to_item(),
        }


@dataclass(frozen=True, slots=True)
class Scored:
    """A person's score for a brief, 0..10,000: the sum of their contributions, one per criterion in the
    published order.

    `deciding` are the ids of the two verified works that gave most, the closest first; none when the score rests on
    what the profile declares.
    """

    profile_id: str
    score: int
    contributions: tuple[Contribution, ...]
    deciding: tuple[str, ...]

    @property
    def closest_credit_id(self) -> str | None:
        """The work that gave the points, None when nothing verified did."""
        return self.deciding[0] if self.deciding else None

    def points(self, criterion: str) -> int:
        return next(part.points for part in self.contributions if part.criterion == criterion)


@dataclass(frozen=True, eq=False)
class Points:
    """For some people of a segment, in hundredths of a point: `criteria` has a row for each, a column for each of
    CRITERIA, and sums to `scores`. `best` and `second` are their closest works (-1: none; what a person declares is
    after the last work)."""

    places: Array
    criteria: Array
    scores: Array
    best: Array
    second: Array
