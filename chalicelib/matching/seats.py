"""Who sits on the shortlist, and why: at most eight seats, one at least for a junior, near-ties drawn by lot.

    allocate(ranking, weights=, seed=) -> Shortlist
    rotation_seed(brief_id, publication_no, weights) -> str

The best-ranked juniors keep their seats, however low they rank. The other seats go by rank, except at the
edge: when the last ones seated and the first ones left out are within `near_tie_percent` of each other,
their seats are drawn between them. Whoever is drawn is within that distance of everybody they displace, so
nobody clearly better ever gives way. The draw is a function of the seed: the same brief, publication and
weights give the same people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chalicelib.matching.scoring import Ranking, Scored, draw
from chalicelib.matching.weights import Weights

RANK = "rank"
JUNIOR_SEAT = "junior_seat"
ROTATION = "rotation"


@dataclass(frozen=True, slots=True)
class Seat:
    """`position` is 1..8 on the shortlist, `rank` 1.. among everyone eligible. `why` is RANK, JUNIOR_SEAT or
    ROTATION: by their points; as the best-ranked junior; drawn in a near-tie in place of somebody who ranked
    as well."""

    position: int
    rank: int
    why: str
    scored: Scored

    def to_item(self) -> dict[str, Any]:
        return {
            "position": self.position,
            "rank": self.rank,
            "why": self.why,
            "scored": self.scored.to_item(),
        }


@dataclass(frozen=True, slots=True)
class Rotation:
    """A draw as it is logged: everyone who could have had the seats, in order of rank, and those who have
    them."""

    seed: str
    pool: tuple[str, ...]
    drawn: tuple[str, ...]

    def to_item(self) -> dict[str, Any]:
        return {"seed": self.seed, "pool": list(self.pool), "drawn": list(self.drawn)}


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Seats in order of rank. `rotation` is None when no near-tie called for a draw."""

    seats: tuple[Seat, ...]
    rotation: Rotation | None

    def to_item(self) -> dict[str, Any]:
        return {
            "seats": [seat.to_item() for seat in self.seats],
            "rotation": None if self.rotation is None else self.rotation.to_item(),
        }


def rotation_seed(brief_id: str, publication_no: int, weights: Weights) -> str:
    """Another project, or the same one published again, gives other near-tied people their turn."""
    return f"{brief_id}:{publication_no}:{weights.version}"


def allocate(ranking: Ranking, *, weights: Weights, seed: str) -> Shortlist:
    """Fills the seats. Fewer people than seats: everyone eligible sits."""
    seats, reserved = int(weights.parameters["seats"]), int(weights.parameters["junior_seats"])
    ranks = {one.profile_id: rank for rank, one in enumerate(ranking.scored, start=1)}
    juniors = [one for one in ranking.scored if one.profile_id in ranking.juniors][:reserved]
    kept = {one.profile_id for one in juniors}
    others = [one for one in ranking.scored if one.profile_id not in kept]
    open_seats = seats - len(juniors)
    by_rank, left_out = others[:open_seats], others[open_seats:]
    drawn, rotation = _rotate(by_rank, left_out, int(weights.parameters["near_tie_percent"]), seed)
    passed_over = {one.profile_id for one in left_out}

    def why(one: Scored) -> str:
        if one.profile_id in kept:
            return RANK if ranks[one.profile_id] <= seats else JUNIOR_SEAT
        return ROTATION if one.profile_id in passed_over else RANK

    seated = sorted((*juniors, *drawn), key=lambda one: ranks[one.profile_id])
    return Shortlist(
        tuple(Seat(position, ranks[one.profile_id], why(one), one) for position, one in enumerate(seated, start=1)),
        rotation,
    )


def _rotate(
    seated: list[Scored], left_out: list[Scored], percent: int, seed: str
) -> tuple[list[Scored], Rotation | None]:
    """The people seated after the draw, and the draw. Integer arithmetic: an edge case falls on the same
    side everywhere."""
    if not (seated and left_out):
        return seated, None
    at_stake = [one for one in seated if one.score * (100 - percent) <= left_out[0].score * 100]
    if not at_stake:
        return seated, None
    contenders = [one for one in left_out if one.score * 100 >= at_stake[0].score * (100 - percent)]
    pool = [*at_stake, *contenders]
    drawn = sorted(pool, key=lambda one: draw(seed, one.profile_id))[: len(at_stake)]
    drawn_ids = {one.profile_id for one in drawn}
    rotation = Rotation(
        seed,
        tuple(one.profile_id for one in pool),
        tuple(one.profile_id for one in pool if one.profile_id in drawn_ids),
    )
    return [*seated[: len(seated) - len(at_stake)], *drawn], rotation
