"""Who there is: people in arrays, and what is rare among all of them.

Segment(arrays, dead)          people in arrays, some of whom no longer count
Population(segments)           how rare words, entries and languages are over all segments
similarity(taxonomy, dimension, one, other)
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from chalicelib.matching.arrays import IMPACT_BITS, SETS, Array, Arrays
from chalicelib.vocabulary.taxonomy import Taxonomy


@dataclass(eq=False)
class Segment:
    """People in arrays, some of whom no longer count: `dead` are their places (changed since, or gone)."""

    arrays: Arrays
    dead: frozenset[int] = frozenset()

    @cached_property
    def alive(self) -> Array:
        alive = np.ones(self.arrays.people, bool)
        alive[list(self.dead)] = False
        return alive

    @cached_property
    def _dead_works(self) -> Array:
        starts = self.arrays.tables["work_starts"]
        spans = [np.arange(starts[place], starts[place + 1], dtype=np.int64) for place in sorted(self.dead)]
        return np.concatenate(spans or [np.zeros(0, np.int64)])

    @cached_property
    def _silent(self) -> Array:
        """What the dead say no more: their works, and their declarations after the last work."""
        declared = np.array(sorted(self.dead), np.int64) + self.arrays.works
        return np.concatenate((self._dead_works, declared))

    @cached_property
    def mark(self) -> int:
        """What stands for who counts, and at which version each, in whatever order they come."""
        return int(self.arrays.tables["marks"][self.alive].sum(dtype=np.uint64))

    @property
    def works(self) -> int:
        """Verified works of those who count."""
        return self.arrays.works - len(self._dead_works)

    @property
    def texts(self) -> int:
        """Works and declarations of those who count."""
        return self.arrays.works + self.arrays.people - len(self._silent)

    def saying(self, spans: Sequence[tuple[int, int]]) -> list[int]:
        """How many of the texts that count say each term, by where its postings lie."""
        if not self.dead:
            return [after - first for first, after in spans]
        postings = self.arrays.tables["postings"]
        return [
            after - first - int(np.isin(self._silent, postings[first:after] >> IMPACT_BITS, assume_unique=True).sum())
            for first, after in spans
        ]

    def having(self, dimension: str) -> dict[str, int]:
        """How many of the verified works that count have each entry of a dimension."""
        sets = self.arrays.combinations(dimension)
        uses = sets.uses
        if len(self._dead_works):
            uses = uses - sets.uses_by(self._dead_works)
        return dict(zip(sets.names, uses.tolist(), strict=True))

    def speaking(self) -> dict[str, int]:
        """How many of the verified works that count are in each language."""
        tables, names = self.arrays.tables, self.arrays.names["languages"]
        uses = tables["language_uses"]
        if len(self._dead_works):
            gone = tables["origin_language"][tables["origin"][self._dead_works]]
            uses = uses - np.bincount(gone, minlength=len(names))
        return {name: count for name, count in zip(names, uses.tolist(), strict=True) if name is not None}


class Population:
    """What is rare among everyone who counts, over all segments: the same for every brief."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.texts = sum(segment.texts for segment in segments)
        self._works = sum(segment.works for segment in segments)
        self._rare: dict[str, dict[str, float]] = {}
        self._entries: dict[Arrays, tuple[Taxonomy, Entries]] = {}

    def entries(self, arrays: Arrays, taxonomy: Taxonomy) -> Entries:
        """What is known of the entries of some arrays before any brief."""
        kept = self._entries.get(arrays)
        if kept is None or kept[0] is not taxonomy:
            kept = self._entries[arrays] = (taxonomy, self._read(arrays.entries, taxonomy))
        return kept[1]

    def _read(self, entries: Sequence[tuple[str, str]], taxonomy: Taxonomy) -> Entries:
        rare = np.zeros(len(entries) + 1)
        of = np.full(len(entries) + 1, len(SETS))
        dimensions = {}
        after = 0
        for place, dimension in enumerate(SETS):
            names = [entry for other, entry in entries if other == dimension]
            own = slice(after, after + len(names))
            after = own.stop
            known = matrix(dimension, taxonomy)
            rare[own] = self.rarity(dimension, names)
            of[own] = place
            alike = known.values[np.array([known.places.get(name, -1) for name in names], np.int64)]
            dimensions[dimension] = (own, names, alike)
        return Entries(rare, of, dimensions)

    def rarity(self, dimension: str, entries: Iterable[str]) -> Array:
        """How rare each of some entries is among the verified works, never under a quarter: what somebody chose always
        counts."""
        known = self._rare.get(dimension)
        if known is None:
            counts: Counter[str] = Counter()
            for segment in self._segments:
                counts.update(segment.having(dimension))
            known = self._rare[dimension] = self._by_name(counts)
        return np.array([max(0.25, known.get(entry, 1.0)) for entry in entries])

    @cached_property
    def languages(self) -> dict[str, float]:
        """How rare each language is among the verified works."""
        counts: Counter[str] = Counter()
        for segment in self._segments:
            counts.update(segment.speaking())
        return self._by_name(counts)

    def _by_name(self, counts: Mapping[str, int]) -> dict[str, float]:
        rare = rarities(np.array(list(counts.values()), np.int64), self._works).tolist()
        return dict(zip(counts, rare, strict=True))


@dataclass(frozen=True, eq=False)
class Entries:
    """Of the entries of some arrays, the last being none: how rare each is and the number of its dimension; and for
    each dimension which are its own, their names, and how alike each is to every entry of the taxonomy."""

    rare: Array
    of: Array
    dimensions: Mapping[str, tuple[slice, Sequence[str], Array]]


#: Briefs follow one another on the same people; two, for a question asks of everyone with one person changed.
population_of = lru_cache(maxsize=2)(Population)


@dataclass(frozen=True, eq=False)
class _Matrix:
    """The likeness of every two entries of a dimension. The last row and column are nobody's, all 0."""

    taxonomy: Taxonomy
    places: Mapping[str, int]
    values: Array


_matrices: dict[str, _Matrix] = {}


def matrix(dimension: str, words: Taxonomy) -> _Matrix:
    known = _matrices.get(dimension)
    if known is None or known.taxonomy is not words:
        entries = list(words.dimensions[dimension].entries)
        values = np.zeros((len(entries) + 1, len(entries) + 1))
        for row, one in enumerate(entries):
            for column, other in enumerate(entries):
                values[row, column] = words.dimensions[dimension].similarity(one, other)
        places = {entry: place for place, entry in enumerate(entries)}
        known = _matrices[dimension] = _Matrix(words, places, values)
    return known


def similarity(words: Taxonomy, dimension: str, one: str, other: str) -> float:
    """Likeness of two entries in 0..1; of one that the taxonomy does not know (any more), 1 for itself."""
    if one == other:
        return 1.0
    if not (words.knows(dimension, one) and words.knows(dimension, other)):
        return 0.0
    return words.dimensions[dimension].similarity(one, other)


def rarities(frequencies: Array, among: int) -> Array:
    """How much each of some shared things says, in 0..1: 1 when one text at most has it, near 0 when all have it."""
    if among < 2:
        return np.ones(len(frequencies))
    often = np.maximum(frequencies, 1)
    most = math.log1p((among - 0.5) / 1.5)
    rare: Array = np.maximum(0.0, np.log1p((among - often + 0.5) / (often + 0.5)) / most)
    return rare
