"""Who sits on the shortlist, and why: at most eight seats, one at least for a junior, near-ties drawn by lot.

    allocate(ranking, weights=, seed=, junior_seats=) -> Allocation
    rotation_seed(brief_id, publication_no, weights) -> str

Juniors sit first, as many as are guaranteed: those who rank among the eight anyway, then the best-ranked of
the others, however low they rank. The other seats go by rank. Where a line falls between people within
`near_tie_percent` of each other (the last ones seated and the first ones left out, among juniors for the
guaranteed seats and among everyone else for the rest), their seats are drawn between them. Whoever is drawn
is within that distance of everybody they displace, so nobody clearly better ever gives way to a draw. The
draw is a function of the seed: the same brief, publication and weights give the same people.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.matching.ranking import Placed, Ranking, draw
from chalicelib.matching.weights import Weights

RANK = "rank"
JUNIOR_SEAT = "junior_seat"
ROTATION = "rotation"
AGAIN = "again"

#: How many of those who took part in a draw are named in its log: a crowd that nothing separates would not fit
#: in the run that keeps it, and the rest follows from the seed and the ranking.
LOGGED_CONTENDERS = 100


@dataclass(frozen=True, slots=True)
class Seat:
    """`position` is 1..8 on the shortlist, `rank` 1.. among everyone eligible. `why` is RANK, JUNIOR_SEAT or
    ROTATION: by their points; as the best-ranked junior or one nearly as good; drawn in a near-tie in place of
    somebody who ranked as well; AGAIN: as on the project's first shortlist, after a mission broke off."""

    position: int
    why: str
    placed: Placed

    @property
    def rank(self) -> int:
        return self.placed.rank


@dataclass(frozen=True, slots=True)
class Rotation:
    """A draw as it is logged: everyone who could have had the seats, in order of rank, and those who have
    them."""

    seed: str
    pool: tuple[str, ...]
    drawn: tuple[str, ...]

    def to_item(self) -> dict[str, Any]:
        """`pool` has the first LOGGED_CONTENDERS; `pool_size` and `pool_digest` (SHA-256 of the ids, one a line)
        stand for them all."""
        return {
            "seed": self.seed,
            "pool": list(self.pool[:LOGGED_CONTENDERS]),
            "pool_size": len(self.pool),
            "pool_digest": hashlib.sha256("\n".join(self.pool).encode()).hexdigest(),
            "drawn": list(self.drawn),
        }


@dataclass(frozen=True, slots=True)
class Allocation:
    """Seats in order of rank. `rotation` is the draw for the seats that are everyone's, `junior_rotation` that
    among juniors for the seats kept for them; None when no near-tie called for one."""

    seats: tuple[Seat, ...]
    rotation: Rotation | None
    junior_rotation: Rotation | None = None


def rotation_seed(brief_id: str, publication_no: int, weights: Weights) -> str:
    """Another project, or the same one published again, gives other near-tied people their turn."""
    return f"{brief_id}:{publication_no}:{weights.version}"


def kept_for_juniors(weights: Weights, asked: int) -> int:
    """How many seats are kept for juniors when a brief asks for so many."""
    return min(int(weights.parameters["seats"]), max(int(weights.parameters["junior_seats"]), asked))


def allocate(ranking: Ranking, *, weights: Weights, seed: str, junior_seats: int = 1) -> Allocation:
    """Fills the seats. Fewer people than seats: everyone eligible sits.

    `junior_seats`: how many the brief keeps for juniors, as far as there are eligible ones. The weights file's
    own number is a floor that no brief lowers, and there are never more than the seats. Raises ValueError
    below 1.
    """
    if junior_seats < 1:
        raise ValueError(f"junior_seats: {junior_seats} would leave juniors unseen; at least 1")
    seats, near_tie = int(weights.parameters["seats"]), int(weights.parameters["near_tie_percent"])
    reserved = kept_for_juniors(weights, junior_seats)
    juniors = [one for one in ranking.placed if one.level == "junior"]
    among_the_best = [one for one in juniors[:reserved] if one.rank <= seats]
    # A lot of its own: with the same one for both draws, a junior passed over in the first would lose the second too.
    junior_lot = f"{seed}:juniors"
    helped, junior_rotation = _rotate(juniors[len(among_the_best) : reserved], juniors[reserved:], near_tie, junior_lot)
    helped = [ranking.exactly(one) for one in helped]
    kept = {one.profile_id for one in (*among_the_best, *helped)}
    others = [one for one in ranking.in_order if one.profile_id not in kept]
    open_seats = seats - len(kept)
    by_rank, left_out = others[:open_seats], others[open_seats:]
    drawn, rotation = _rotate(by_rank, left_out, near_tie, seed)
    passed_over = {one.profile_id for one in left_out}

    def why(one: Placed) -> str:
        if one.profile_id in kept:
            return RANK if one.rank <= seats else JUNIOR_SEAT
        return ROTATION if one.profile_id in passed_over else RANK

    seated = sorted(
        (*among_the_best, *helped, *drawn), key=lambda one: (one.rank, -one.score, draw(seed, one.profile_id))
    )
    return Allocation(
        tuple(Seat(position, why(one), one) for position, one in enumerate(seated, start=1)),
        rotation,
        junior_rotation,
    )


def seat_again(allocation: Allocation, ranking: Ranking, people: Sequence[str]) -> Allocation:
    """The seats of those who sat here before, in their order, as far as they can still be proposed; what they leave
    free goes to whoever sits now, in the order of the seats."""
    returning = [placed for one in people if (placed := ranking.of(one)) is not None]
    known = {one.profile_id for one in returning}
    others = [seat for seat in allocation.seats if seat.placed.profile_id not in known]
    seats = [(AGAIN, one) for one in returning] + [(seat.why, seat.placed) for seat in others]
    most = max(len(allocation.seats), len(returning))
    return Allocation(
        tuple(Seat(position, why, placed) for position, (why, placed) in enumerate(seats[:most], start=1)),
        allocation.rotation,
        allocation.junior_rotation,
    )


def _rotate(
    seated: list[Placed], left_out: list[Placed], percent: int, seed: str
) -> tuple[list[Placed], Rotation | None]:
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
