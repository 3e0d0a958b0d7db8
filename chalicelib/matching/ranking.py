"""Who comes first for a project, among as many people as there are.

    rank(brief, segments, weights=, taxonomy=, today=) -> Ranking

Everyone who can be proposed is scored quickly, the first few exactly. Equal scores are ordered by a hash of brief and
profile: an order of ids would favour those who signed up first.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from chalicelib.matching.arrays import Array, Arrays
from chalicelib.matching.eligibility import PROPOSABLE, start_window
from chalicelib.matching.models import NO_REGION
from chalicelib.matching.population import Segment
from chalicelib.matching.scores import Points, Scored
from chalicelib.matching.scoring import Scorer
from chalicelib.matching.snapshots import BriefSnapshot
from chalicelib.matching.weights import CONTENT, QUALITY, Weights
from chalicelib.vocabulary.taxonomy import Taxonomy

#: How many people are scored exactly and kept in order; beyond, only how many there are is known.
DEPTH = 100
#: The best-ranked juniors are kept whatever their rank, as many as there are seats unless more are asked for.
JUNIORS = 8
#: By how much a score may differ from what was found quickly, as far as rounding goes.
_ROUNDING = 1
#: People found quickly beside those kept: the quick score is right but for rounding, and for what other works may add
#: at most.
_SPARE = 28


class Placed(NamedTuple):
    """A person's place: `rank` is 1.. among everyone eligible, `score` 0..10,000; `segment` and `row` are the
    ranking's own."""

    profile_id: str
    version: int
    rank: int
    score: int
    level: str
    region: str | None
    segment: int
    row: int


@dataclass(frozen=True, slots=True)
class Pool:
    """How many people could be proposed: in all, and by level in the role wanted and by region (NO_REGION where none is
    stated)."""

    people: int = 0
    levels: dict[str, int] = field(default_factory=dict)
    regions: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Ranking:
    """`placed` best first: as many in the order of their ranks as were asked for, and the best-ranked juniors whatever
    their rank: beyond `depth` it is about that, and `exactly` tells it. `considered` counts everyone there is, and
    `digest` stands for who they are and at which version each, whatever segments hold them."""

    placed: tuple[Placed, ...]
    depth: int
    pool: Pool
    considered: int
    digest: str
    _scorer: Scorer = field(repr=False)
    _points: Sequence[Points] = field(repr=False)
    _crowd: _Crowd = field(repr=False)

    @property
    def in_order(self) -> tuple[Placed, ...]:
        """Those whose rank is exact, nobody missing between them."""
        return tuple(one for one in self.placed if one.rank <= self.depth)

    def of(self, profile_id: str) -> Placed | None:
        """Where somebody is; None when they cannot be proposed, or come after those who were asked for."""
        placed = next((one for one in self.placed if one.profile_id == profile_id), None)
        return None if placed is None else self.exactly(placed)

    def exactly(self, placed: Placed) -> Placed:
        """The same with the rank that putting everyone in order would give: beyond `depth` that takes scoring more
        people, which nobody waits for who does not tell the rank."""
        if placed.rank <= self.depth:
            return placed
        place = int(self._points[placed.segment].places[placed.row])
        return placed._replace(rank=self._crowd.rank_of(placed.segment, place, placed.score))

    def explain(self, placed: Placed, credit_ids: Sequence[str]) -> Scored:
        """What a person's score is made of. `credit_ids`: their verified credits, sorted."""
        return self._scorer.explain(placed.segment, self._points[placed.segment], placed.row, credit_ids)


def rank(
    brief: BriefSnapshot,
    segments: Sequence[Segment],
    *,
    weights: Weights,
    taxonomy: Taxonomy,
    today: date,
    depth: int = DEPTH,
    juniors: int = JUNIORS,
    also: Collection[str] = (),
    kept_out: Collection[str] = (),
    everyone: bool = False,
) -> Ranking:
    """Everyone who can be proposed for one brief. `also`: profiles that are placed whatever their rank, if they can be
    proposed; so are this many of the best-ranked `juniors`. `kept_out`: profiles that cannot, although no rule of the
    brief says so; what is rare among all, and thereby everybody else's score, is as if they could. `everyone`: whether
    or not people can be proposed (to measure the score)."""
    segments = segments or [Segment(Arrays.of(()))]
    scorer = Scorer(brief, segments, weights=weights, taxonomy=taxonomy, today=today, everyone=everyone)
    found = [
        _find(scorer, number, segment, brief, today, everyone, kept_out) for number, segment in enumerate(segments)
    ]
    levels = [np.array(segment.arrays.levels_in(brief.role), str) for segment in segments]
    crowd = _Crowd(scorer, segments, found, levels, brief.brief_id)
    chosen, wanted = crowd.first(depth + _SPARE, juniors, also)
    points: list[Points] = []
    found_exactly: list[tuple[int, str, int, int, int]] = []  # score downwards, id, segment, row, which of the crowd
    kept = np.unique(np.concatenate((chosen, wanted)))
    for number, segment in enumerate(segments):
        own = kept[(kept >= crowd.edges[number]) & (kept < crowd.edges[number + 1])]
        exact = scorer.points(number, crowd.places[own], crowd.declared[own])
        points.append(exact)
        ids = segment.arrays.ids
        here = zip(exact.scores.tolist(), exact.places.tolist(), own.tolist(), strict=True)
        found_exactly += [(-score, ids[place], number, row, which) for row, (score, place, which) in enumerate(here)]
    alike = Counter(row[0] for row in found_exactly)
    rows = sorted(
        (row[0], draw(brief.brief_id, row[1]) if alike[row[0]] > 1 else "", *row[1:]) for row in found_exactly
    )
    placed = []
    in_order, among, asked = 0, set(chosen.tolist()), set(wanted.tolist())
    known = [
        tuple(segment.arrays.tables[name][exact.places].tolist() for name in ("versions", "levels", "regions"))
        for segment, exact in zip(segments, points, strict=True)
    ]
    said = [level.tolist() for level in levels]
    for negative, _, profile_id, number, row, which in rows:
        in_order += which in among
        far = which not in among or in_order > depth
        if far and which not in asked:
            continue
        versions, level, region = known[number]
        placed.append(
            Placed(
                profile_id=profile_id,
                version=versions[row],
                # Beyond those in order, a rank is one more than how many were found quickly to have more.
                rank=max(depth + 1, int(np.count_nonzero(crowd.totals > -negative)) + 1) if far else in_order,
                score=-negative,
                level=said[number][level[row]],
                region=segments[number].arrays.names["regions"][region[row]],
                segment=number,
                row=row,
            )
        )
    return Ranking(
        placed=tuple(placed),
        depth=depth,
        pool=_pool(segments, levels, [one.places for one in found]),
        considered=sum(segment.arrays.people - len(segment.dead) for segment in segments),
        digest=_digest(segments),
        _scorer=scorer,
        _points=points,
        _crowd=crowd,
    )


class _Crowd:
    """Everyone who can be proposed, one after the other over all segments, with what they have at least and at most."""

    def __init__(
        self, scorer: Scorer, segments: Sequence[Segment], found: Sequence[_Found], levels: Sequence[Array], seed: str
    ) -> None:
        self._scorer = scorer
        self._segments = segments
        self._seed = seed
        self.edges = np.cumsum([0, *(len(one.places) for one in found)])
        self.places = np.concatenate([one.places for one in found])
        self._works = np.concatenate([one.works for one in found])
        self._person = np.concatenate([one.person for one in found])
        #: What each has: without what they declare, unless `first` has looked at that (then in `declared`).
        self.totals = self._works + self._person
        self.declared = np.zeros((len(self.places), len(CONTENT) + len(QUALITY)))
        self._looked_at = np.zeros(len(self.places), bool)
        self.junior = np.concatenate(
            [
                (level == "junior")[segment.arrays.tables["levels"][one.places]]
                for level, segment, one in zip(levels, segments, found, strict=True)
            ]
        )

    def first(self, most: int, juniors: int, also: Collection[str]) -> tuple[Array, Array]:
        """The `most` people who have most, equal ones by lot; and those who are wanted whatever they have: as many of
        the first juniors, and `also` (those of them who are here)."""
        everyone, young, asked = np.arange(len(self.places)), np.flatnonzero(self.junior), self._those(also)
        near, near_juniors = self._near(everyone, most), self._near(young, juniors)
        self._look_at_declarations(np.unique(np.concatenate((near, near_juniors, asked))))
        chosen = self._highest(near, most)
        return chosen, np.concatenate((self._highest(near_juniors, juniors), asked))

    def _near(self, crowd: Array, most: int) -> Array:
        """Those who may be among the `most` first once what they declare is known."""
        if len(crowd) <= most:
            return crowd
        totals = self.totals.take(crowd)
        needed = _nth(totals, most)
        added = self._scorer.most_added(needed - float(self._person.max()))
        crowd = crowd[totals >= needed - added - _ROUNDING]
        near: Array = crowd[self._scorer.may_have(self._works[crowd], needed - self._person[crowd])]
        return near

    def _look_at_declarations(self, crowd: Array) -> None:
        for number in range(len(self._segments)):
            own = crowd[(crowd >= self.edges[number]) & (crowd < self.edges[number + 1])]
            if len(own):
                self.declared[own] = self._scorer.declarations(number, self.places[own])
                given = self.declared[own].sum(axis=1)
                self.totals[own] = self._scorer.pooled(self._works[own], given) + self._person[own]
                self._looked_at[own] = True

    def rank_of(self, number: int, place: int, score: int) -> int:
        """The rank of somebody of a segment by their exact score: whoever was found quickly to have about as much is
        scored exactly too, and equal ones are put in order by lot."""
        first, after = self.edges[number], self.edges[number + 1]
        own = int(first + np.searchsorted(self.places[first:after], place))
        about = self._about(score)
        self._look_at_declarations(about[~self._looked_at[about]])
        about = self._about(score)
        totals = self._limited(self.totals, self.declared.sum(axis=1))
        totals[about] = self._exactly(about)
        lot = draw(self._seed, self._identity(own))
        equal = np.flatnonzero(totals == score).tolist()
        before = sum(draw(self._seed, self._identity(which)) < lot for which in equal) if len(equal) > 1 else 0
        return int(np.count_nonzero(totals > score)) + before + 1

    def _about(self, score: int) -> Array:
        """Those who may have more than that or less, as far as is known."""
        declared = self.declared.sum(axis=1)
        least = self._limited(self.totals, declared)
        declared = np.where(self._looked_at, declared, self._scorer.most_declared)
        most = self._limited(self._scorer.pooled(self._works, declared) + self._person, declared)
        return np.flatnonzero((least - _ROUNDING <= score) & (most + _ROUNDING >= score))

    @cached_property
    def _closest(self) -> Array:
        """What the closest work of everyone gives alone."""
        found = [np.zeros(0)]
        for number, segment in enumerate(self._segments):
            places = self.places[self.edges[number] : self.edges[number + 1]]
            for first, after in self._scorer.stretches(segment.arrays):
                here = places[(places >= first) & (places < after)] - first
                if len(here):
                    found.append(self._scorer.closest(number, first, after)[here])
        return np.concatenate(found)

    def _limited(self, totals: Array, declared: Array) -> Array:
        """The totals with the limit of what other works add to the closest one."""
        most = np.maximum(self._closest, declared) + self._scorer.maxima["other_works"] + self._person
        limited: Array = np.minimum(totals, most)
        return limited

    def _exactly(self, crowd: Array) -> Array:
        scores = []
        for number in range(len(self._segments)):
            own = crowd[(crowd >= self.edges[number]) & (crowd < self.edges[number + 1])]
            scores.append(self._scorer.points(number, self.places[own], self.declared[own]).scores)
        return np.concatenate(scores)

    def _highest(self, crowd: Array, most: int) -> Array:
        if len(crowd) <= most:
            return crowd
        totals = self.totals[crowd]
        limit = _nth(totals, most)
        above, equal = crowd[totals > limit], crowd[totals == limit]
        if len(above) + len(equal) > most:
            lots = sorted(equal.tolist(), key=lambda which: draw(self._seed, self._identity(which)))
            equal = np.array(lots[: most - len(above)], np.int64)
        return np.concatenate((above, equal))

    def _those(self, profile_ids: Collection[str]) -> Array:
        found = []
        for number, segment in enumerate(self._segments):
            places = self.places[self.edges[number] : self.edges[number + 1]]
            for profile_id in profile_ids:
                place = segment.arrays.place_of.get(profile_id)
                if place is not None:
                    found += (np.flatnonzero(places == place) + self.edges[number]).tolist()
        return np.array(sorted(found), np.int64)

    def _identity(self, which: int) -> str:
        number = int(np.searchsorted(self.edges, which, side="right")) - 1
        return self._segments[number].arrays.ids[int(self.places[which])]


def _nth(values: Array, most: int) -> float:
    """The value of which `most` are as high or higher."""
    groups = len(values) // _GROUPED
    if groups > most:
        # The highest of each group: so many of them are as high as the lowest of the highest, hence so many values.
        highest = values[: groups * _GROUPED].reshape(_GROUPED, groups).max(axis=0)
        values = values[values >= np.partition(highest, groups - most)[groups - most]]
    return float(np.partition(values, len(values) - most)[len(values) - most])


def count(brief: BriefSnapshot, segments: Sequence[Segment], *, today: date, kept_out: Collection[str] = ()) -> Pool:
    """How many people could be proposed for a brief, scoring nobody. `kept_out` as in `rank`."""
    places = []
    for segment in segments:
        stretches = segment.arrays.stretches(brief.role)
        found = [
            np.flatnonzero(_eligible(segment, brief, today, first, after, kept_out)) + first
            for first, after in stretches
        ]
        places.append(np.concatenate([_NOBODY, *found]))
    return _pool(segments, [np.array(segment.arrays.levels_in(brief.role), str) for segment in segments], places)


@dataclass(frozen=True, slots=True)
class Sieve:
    """How many people are left after each hard rule, in the order in which they are looked at."""

    people: int
    role: int
    language: int
    availability: int


def sieve(brief: BriefSnapshot, segments: Sequence[Segment], *, today: date, kept_out: Collection[str] = ()) -> Sieve:
    """What each rule leaves of everyone, scoring nobody. Whoever is in the index is verified and not paused. Who is
    `kept_out` counts among those whom the first rule leaves out: a figure of their own would tell that they are."""
    role = language = 0
    for segment in segments:
        standing, alive = segment.arrays.tables["standing"], segment.alive.copy()
        alive[_places(segment, kept_out)] = False
        speaking = _standing(segment, brief)
        for first, after in segment.arrays.stretches(brief.role):
            role += int(np.count_nonzero(alive[first:after]))
            language += int(np.count_nonzero(speaking[standing[first:after]] & alive[first:after]))
    people = sum(segment.arrays.people - len(segment.dead) for segment in segments)
    return Sieve(people, role, language, count(brief, segments, today=today, kept_out=kept_out).people)


def draw(seed: str, profile_id: str) -> str:
    """A reproducible lot: the same seed and person give the same one, another seed an unrelated one."""
    return hashlib.sha256(f"{seed}\n{profile_id}".encode()).hexdigest()


_NOBODY = np.zeros(0, np.int64)
#: Of so many values, the highest alone is looked at first when a few of many are wanted.
_GROUPED = 16


@dataclass(frozen=True, eq=False)
class _Found:
    """Those of a segment who can be proposed: where they stand, and what their works and they themselves give."""

    places: Array
    works: Array
    person: Array


def _find(
    scorer: Scorer,
    number: int,
    segment: Segment,
    brief: BriefSnapshot,
    today: date,
    everyone: bool,
    kept_out: Collection[str],
) -> _Found:
    found = [_Found(_NOBODY, np.zeros(0), np.zeros(0))]
    for first, after in scorer.stretches(segment.arrays):
        able = segment.alive[first:after] if everyone else _eligible(segment, brief, today, first, after, kept_out)
        places = np.flatnonzero(able)
        if len(places):
            works, person = scorer.totals(number, first, after)
            if len(places) < after - first:
                works, person = works[places], person[places]
            found.append(_Found(places + first, works, person))
    return _Found(
        np.concatenate([one.places for one in found]),
        np.concatenate([one.works for one in found]),
        np.concatenate([one.person for one in found]),
    )


def _eligible(
    segment: Segment, brief: BriefSnapshot, today: date, first: int, after: int, kept_out: Collection[str]
) -> Array:
    """Whom no hard rule keeps out, of the people of a stretch (`eligibility.obstacle`, for many at once)."""
    tables = segment.arrays.tables
    opens, closes = (day.toordinal() for day in start_window(brief, today))
    owners = tables["window_owner"]
    own = slice(*owners.searchsorted(np.array((first, after), owners.dtype)).tolist())
    begins, ends = tables["window_first"][own], tables["window_last"][own]
    eligible = np.zeros(after - first, bool)
    eligible[owners[own][(begins <= closes) & (ends >= np.maximum(begins, opens))] - first] = True
    eligible &= segment.alive[first:after]
    eligible &= _standing(segment, brief).take(tables["standing"][first:after])
    eligible[[place - first for place in _places(segment, kept_out) if first <= place < after]] = False
    return eligible


def _places(segment: Segment, profile_ids: Collection[str]) -> list[int]:
    """Where these people stand, those who are in the segment."""
    places = map(segment.arrays.place_of.get, profile_ids)
    return [place for place in places if place is not None]


def _standing(segment: Segment, brief: BriefSnapshot) -> Array:
    """Whether each combination of roles, verification and languages can be proposed."""
    spoken = set(brief.languages)
    return np.array(
        [
            brief.role in roles and verification in PROPOSABLE and spoken <= set(languages)
            for roles, verification, languages in segment.arrays.names["standing"]
        ],
        bool,
    )


def _pool(segments: Sequence[Segment], levels: Sequence[Array], places: Sequence[Array]) -> Pool:
    by_level: Counter[str] = Counter()
    by_region: Counter[str] = Counter()
    for segment, level, able in zip(segments, levels, places, strict=True):
        arrays = segment.arrays
        kinds = np.bincount(arrays.kinds_of_people.take(able), minlength=math.prod(arrays.kinds)).reshape(arrays.kinds)
        for name, people in zip(level.tolist(), kinds.sum(axis=(1, 2)).tolist(), strict=True):
            by_level[name] += people
        for region, people in zip(arrays.names["regions"], kinds.sum(axis=(0, 1)).tolist(), strict=True):
            by_region[region or NO_REGION] += people
    return Pool(
        people=sum(len(able) for able in places),
        levels={level: people for level, people in sorted(by_level.items()) if people},
        regions={region: people for region, people in sorted(by_region.items()) if people},
    )


def _digest(segments: Sequence[Segment]) -> str:
    """The sum of everyone's mark, so that it does not matter which segments hold them."""
    return f"{sum(segment.mark for segment in segments) % (1 << 64):016x}"
