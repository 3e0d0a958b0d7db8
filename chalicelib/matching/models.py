"""A shortlist as it is kept: who sits where, by how many points, for which stated reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from chalicelib.matching.events import Cause, ShortlistComputed
from chalicelib.vocabulary.clock import stamp


@dataclass(frozen=True, slots=True)
class Match:
    """One seat. Points are hundredths: `score` is 0..10,000 and the sum of the contributions' `points`. `deciding`: the
    ids of the two verified works that gave most; `summary`: the score in one sentence, in both languages."""

    profile_id: str
    position: int
    rank: int
    why: str
    score: int
    level: str
    contributions: list[dict[str, Any]]
    reasons: list[dict[str, Any]]
    summary: dict[str, str]
    deciding: list[str]
    proposed_at: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The seats of a live brief. `version` grows by one at each computation; `brief_version` is the content
    they answer to; `eligible` and `considered` count people. `cause`: why it was computed; None for one that was kept
    before this was noted. `kept_out`: who kept the company away when it was computed (`marks_of`); shown to nobody."""

    brief_id: str
    version: int
    brief_version: int
    publication_no: int
    run_id: str
    computed_at: str
    weights_version: str
    eligible: int
    considered: int
    matches: tuple[Match, ...]
    cause: Cause | None = None
    kept_out: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(match.profile_id for match in self.matches)


@dataclass(frozen=True, slots=True)
class Run:
    """What a computation was made from and what came out of it, so that it can be explained and reproduced
    (AI Act, annex III 4a: a ranking is logged). Ids, versions and points only. `kept_out`: who kept the company away,
    as `marks_of` has it."""

    run_id: str
    cause: Cause
    brief_id: str
    brief_version: int
    weights_version: str
    taxonomy_version: str
    as_of: str
    candidates: int
    candidates_digest: str
    seats: list[dict[str, Any]]
    ranked: list[dict[str, Any]]
    rotation: dict[str, Any] | None
    junior_rotation: dict[str, Any] | None
    kept_out: tuple[str, ...] = ()


#: What people are counted by: their level in the role wanted, the region where they work.
LEVEL = "level"
REGION = "region"

JUNIOR = "junior"

#: The region of somebody who states none.
NO_REGION = "none"


@dataclass(frozen=True, slots=True)
class ShownSeat:
    """Who was shown, as far as exposure is concerned. `why` is the seat's (`seats.py`)."""

    profile_id: str
    level: str
    region: str
    why: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """Who a project's last shortlist of a Paris day showed, against how many could have been: `eligible` counts people
    by LEVEL and by REGION, `considered` is everyone whom matching knew. One a brief and day: a shortlist computed again
    the same day takes the place of the one before."""

    brief_id: str
    day: str
    run_id: str
    considered: int
    eligible: Mapping[str, Mapping[str, int]]
    seats: tuple[ShownSeat, ...]


@dataclass(frozen=True, slots=True)
class Fitting:
    """Whom a live project fits by its card alone: what that was found from, so that it can be reproduced, and who was
    named for the first time (`named`, best first). Ids and versions only."""

    run_id: str
    cause: Cause
    brief_id: str
    publication_no: int
    weights_version: str
    taxonomy_version: str
    as_of: str
    candidates: int
    candidates_digest: str
    fitting: tuple[str, ...]
    named: tuple[str, ...]


def mark_of(brief_id: str, profile_id: str) -> str:
    """What stands in a log for somebody who keeps the company behind a brief away: whoever has both ids can tell that
    it is them, so a run is reproduced; nobody who reads the log learns who did."""
    return sha256(f"kept out\n{brief_id}\n{profile_id}".encode()).hexdigest()[:20]


def marks_of(brief_id: str, profile_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(mark_of(brief_id, one) for one in profile_ids))


def computed(before: Shortlist | None, after: Shortlist, cause: Cause) -> ShortlistComputed:
    """The fact to publish once `after` has taken the place of `before`."""
    stayed = set(before.people if before else ()) & set(after.people)
    return ShortlistComputed(
        brief_id=after.brief_id,
        brief_version=after.brief_version,
        publication_no=after.publication_no,
        shortlist_version=after.version,
        cause=cause,
        seats=len(after.matches),
        changed=before is None or set(before.people) != set(after.people),
        reordered=before is not None
        and [one for one in before.people if one in stayed] != [one for one in after.people if one in stayed],
        juniors=sum(match.level == JUNIOR for match in after.matches),
    )


def proposed_at(before: Shortlist | None, profile_id: str, now: datetime) -> str:
    """When the person was first proposed in the shortlist's present life; now, when they were not on it."""
    for match in before.matches if before else ():
        if match.profile_id == profile_id:
            return match.proposed_at
    return stamp(now)
