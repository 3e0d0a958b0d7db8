"""How well people fit a project: a score out of 10,000 with one contribution per criterion, that add up to it.

    Scorer(brief, segments, weights=, taxonomy=, today=)    one brief against everyone
        .totals(segment) -> (places, totals)                 quickly, to find who comes first
        .points(segment, places) -> Points                   exactly, for those few
        .explain(segment, place, points, credit_ids) -> Scored   with the evidence of each contribution

**The rule.** Each verified work is compared to the project *as a whole*: its closeness is the sum of what it
gives on genre, tone, world, stakes, format, tasks, language and text, reduced when the person had another function on
it, raised by its recency and by how far it is verified. Works are pooled by a high power of their closeness
(the p-norm), so that one very similar work beats many vaguely similar ones, whatever their number, and one more work
never lowers anything. What a profile merely declares counts as one work at a part of its value: it ranks who has
no verified work yet, and hardly anyone else. Level, working mode and the development stages that a person declares come
on top. Measured on real credits, comparing work by work and pooling with a high power finds clearly more of the right
people than comparing a profile as a whole, or than the closest work alone (`docs/benchmarks.md`).

Points are integers, so contributions add up exactly to the score. Nothing depends on the order of people, credits or
ids, nor on which segment holds a person.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from chalicelib.matching import text
from chalicelib.matching.arrays import IMPACT_BITS, K1, SETS, Array, Arrays, Sets
from chalicelib.matching.documents import company_term, number_of, said_in
from chalicelib.matching.snapshots import BriefSnapshot
from chalicelib.matching.weights import CONTENT, CRITERIA, QUALITY, Weights
from chalicelib.vocabulary.taxonomy import Taxonomy
from chalicelib.vocabulary.text import Bilingual

#: Criterion → dimension, for those that compare sets of entries and nothing else.
LISTS = {"genre": "genres", "tone": "tones", "universe": "universes", "stakes": "stakes"}

#: How many shared words are kept as evidence.
_SHOWN_TERMS = 6


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
        self._sets: dict[Sets, tuple[Taxonomy, _Entries]] = {}

    def entries(self, sets: Sets, taxonomy: Taxonomy) -> _Entries:
        """What is known of the entries of some sets before any brief."""
        kept = self._sets.get(sets)
        if kept is None or kept[0] is not taxonomy:
            kept = self._sets[sets] = (taxonomy, self._read(sets, taxonomy))
        return kept[1]

    def _read(self, sets: Sets, taxonomy: Taxonomy) -> _Entries:
        rare = np.zeros(len(sets.names) + 1)
        of = np.full(len(sets.names) + 1, len(SETS))
        dimensions = {}
        for place, dimension in enumerate(SETS):
            mine = [number for number, (other, _) in enumerate(sets.names) if other == dimension]
            names = [sets.names[number][1] for number in mine]
            known = _matrix(dimension, taxonomy)
            places = np.array([known.places.get(name, -1) for name in names], np.int64)
            own = slice(mine[0], mine[-1] + 1) if mine else slice(0, 0)
            rare[own] = self.rarity(dimension, names)
            of[own] = place
            dimensions[dimension] = (own, names, known.values[places])
        return _Entries(rare, of, dimensions)

    def rarity(self, dimension: str, entries: Iterable[str]) -> Array:
        """How rare each of some entries is among the verified works, never under a quarter: what somebody chose always
        counts."""
        known = self._rare.get(dimension)
        if known is None:
            counts: Counter[str] = Counter()
            for segment in self._segments:
                counts.update(segment.having(dimension))
            known = self._rare[dimension] = self._rarities(counts)
        return np.array([max(0.25, known.get(entry, 1.0)) for entry in entries])

    @cached_property
    def languages(self) -> dict[str, float]:
        """How rare each language is among the verified works."""
        counts: Counter[str] = Counter()
        for segment in self._segments:
            counts.update(segment.speaking())
        return self._rarities(counts)

    def _rarities(self, counts: Mapping[str, int]) -> dict[str, float]:
        rare = _rarities(np.array(list(counts.values()), np.int64), self._works).tolist()
        return dict(zip(counts, rare, strict=True))


@dataclass(frozen=True, eq=False)
class _Entries:
    """Of the entries of some `Sets`, the last being none: how rare each is and the number of its dimension; and for
    each dimension which are its own, their names, and how alike each is to every entry of the taxonomy."""

    rare: Array
    of: Array
    dimensions: Mapping[str, tuple[slice, Sequence[str], Array]]


#: Briefs follow one another on the same people; two, for a question asks of everyone with one person changed.
_population = lru_cache(maxsize=2)(Population)


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


@dataclass(frozen=True, slots=True)
class _Term:
    name: str
    weight: float
    spans: tuple[tuple[int, int], ...]  # where its postings lie, for each segment


class Scorer:
    """One brief against many people, in as many segments as they come in. What is rare is counted over all of them.

    `everyone`: people who do not have the role are scored too."""

    def __init__(
        self,
        brief: BriefSnapshot,
        segments: Sequence[Segment],
        *,
        weights: Weights,
        taxonomy: Taxonomy,
        today: date,
        everyone: bool = False,
    ) -> None:
        self.brief = brief
        self._everyone = everyone
        self._segments = segments
        self.population = _population(tuple(segments))
        self.weights = weights
        self.taxonomy = taxonomy
        self.today = today
        self.wanted = {
            "genres": _distinct(brief.genres),
            "tones": _distinct(brief.tones),
            "universes": _distinct(brief.universes),
            "stakes": _distinct(brief.stakes),
            "formats": (brief.format,) if brief.format else (),
            "tasks": _distinct(brief.tasks),
        }
        self.terms = self._read(brief)
        self.companies = self._known(dict.fromkeys({company_term(name) for name in brief.companies} - {""}, 1.0))
        self.maxima = weights.maxima(self._asked())
        tasks, self.source_share, self.stage_share = self._stage_and_tasks()
        #: What one work can give at most by what it is (the stages are a person's), and with its recency and checks.
        self.content = sum(self.maxima[name] for name in CONTENT) - self.stage_share * self.maxima["stage_and_tasks"]
        self.whole = self.content + sum(self.maxima[name] for name in QUALITY)
        self.power = int(weights.parameters["closeness_power"])
        #: (criterion, dimension, share of the criterion), for what compares sets of entries.
        self.sets = [
            (criterion, dimension, share)
            for criterion, dimension, share in (
                *((criterion, dimension, 1.0) for criterion, dimension in LISTS.items()),
                ("format", "formats", 1.0),
                ("stage_and_tasks", "tasks", tasks),
            )
            if self.wanted[dimension]
        ]
        self.full_match = weights.parameters["text_full_match_words_tenths"] / 10
        self._sides = [_Side(self, segment, number) for number, segment in enumerate(segments)]

    # ---- what the brief asks

    def _read(self, brief: BriefSnapshot) -> list[_Term]:
        """The brief's terms that somebody's text says and that few enough do, strongest first."""
        # A word said twice in a pitch matters more than once, but less than twice as much.
        said = {name: math.sqrt(halves / 2) for name, halves in said_in(_passages(brief)).items()}
        parameters = self.weights.parameters
        return self._known(said, self.weights.percent("text_common_percent"), int(parameters["text_terms"]))

    def _known(self, said: Mapping[str, float], rarer: float = -1.0, most: int | None = None) -> list[_Term]:
        """What somebody says, of what is rarer than that (in 0..1), and no more than `most` of it."""
        if not said:
            return []
        names = sorted(said)
        numbers = [number_of(name) for name in names]
        spans = [segment.arrays.locate(numbers) for segment in self._segments]
        counts = [segment.saying(located) for segment, located in zip(self._segments, spans, strict=True)]
        frequencies = np.array(counts, np.int64).sum(axis=0)
        rare = _rarities(frequencies, self.population.texts)
        weights = (rare**1.5 * np.array([said[name] for name in names])).tolist()
        places = np.flatnonzero((frequencies > 0) & (rare > rarer)).tolist()
        places.sort(key=lambda place: (-weights[place], names[place]))
        return [
            _Term(names[place], weights[place], tuple(located[place] for located in spans)) for place in places[:most]
        ]

    @cached_property
    def written(self) -> dict[str, Bilingual]:
        """Each term as the brief writes it in its French and in its English text, or in the one there is. What its
        English says and its French does not is not shown: a French sentence would hold an English word."""
        forms: dict[str, dict[str, Counter[str]]] = {}
        for language, passage in _passages(self.brief):
            for reading in text.readings(passage, language):
                if not reading.term.startswith(text.NAME):  # whose word is read by its stem too
                    forms.setdefault(reading.term, {}).setdefault(language, Counter())[reading.word] += 1
        usual = {
            term: {language: min(words, key=lambda word: (-words[word], word)) for language, words in found.items()}
            for term, found in forms.items()
        }
        french = any("fr" in words for words in usual.values())
        return {
            term: Bilingual(words.get("fr") or min(words.values()), words.get("en") or min(words.values()))
            for term, words in usual.items()
            if "fr" in words or not french
        }

    def _asked(self) -> frozenset[str]:
        """The criteria that this brief says something about."""
        brief = self.brief
        asked = {name for name, dimension in LISTS.items() if self.wanted[dimension]}
        if self.wanted["formats"]:
            asked.add("format")
        if self.wanted["tasks"] or brief.source_material is not None or brief.development_stage is not None:
            asked.add("stage_and_tasks")
        if brief.languages:
            asked.add("language")
        if any(brief.logline.values()) or any(brief.pitch.values()):
            asked.add("text")
        if brief.companies:
            asked.add("company")
        if asked:
            asked |= {*QUALITY, "other_works"}
        if brief.levels:
            asked.add("level")
        if brief.working_mode:
            asked.add("working_mode")
        return frozenset(asked)

    def _stage_and_tasks(self) -> tuple[float, float, float]:
        """Tasks, source material and stage, each with its share among those the brief states."""
        stated = (
            self.weights.percent("tasks_percent") * bool(self.wanted["tasks"]),
            self.weights.percent("source_percent") * (self.brief.source_material is not None),
            self.weights.percent("stage_percent") * (self.brief.development_stage is not None),
        )
        whole = sum(stated) or 1.0
        return stated[0] / whole, stated[1] / whole, stated[2] / whole

    # ---- people

    def compared(self, sets: Sets) -> Array:
        """For each entry of some sets, and for none after the last: how alike it is to each thing that the brief wants
        of its dimension, by the part of that thing in what is wanted (a row each); how alike it is to the nearest of
        them, by its own rarity; its own rarity."""
        entries = self.population.entries(sets, self.taxonomy)
        most = max(map(len, self.wanted.values()))
        compared = np.zeros((most + 2, len(sets.names) + 1))
        parts = np.zeros((most, len(SETS) + 1))
        for place, dimension in enumerate(SETS):
            wanted = self.wanted[dimension]
            if not wanted:
                continue
            own, names, alike = entries.dimensions[dimension]
            known = _matrix(dimension, self.taxonomy).places
            for row, entry in enumerate(wanted):
                column = known.get(entry)
                compared[row, own] = [name == entry for name in names] if column is None else alike[:, column]
            rare = self.population.rarity(dimension, wanted)
            parts[: len(wanted), place] = rare / rare.sum()
        compared[most] = compared[:most].max(axis=0, initial=0.0) * entries.rare
        compared[:most] *= parts.take(entries.of, axis=1)
        compared[most + 1] = entries.rare
        return compared

    def spoken(self, language: str | None) -> float:
        """What a work in a language gives of what its language can, in 0..1: one that few works have tells more than
        one that nearly all have."""
        if language is None or language not in self.brief.languages:
            return 0.0
        floor = self.weights.percent("common_language_percent")
        return floor + (1 - floor) * self.population.languages.get(language, 1.0)

    def accepted(self, ways: Sequence[tuple[str, ...]]) -> Array:
        """How well each of some ways in which people work (modes) suits the brief's, in 0..1."""
        mode = self.brief.working_mode
        if mode is None:
            return np.zeros(len(ways))
        percents = {**self.weights.parameters["other_mode_percent"].get(mode, {}), mode: 100}
        return np.array([max((percents.get(one, 0) for one in modes), default=0) / 100 for modes in ways])

    def near(self, regions: Sequence[str | None]) -> Array:
        """By what working elsewhere than the brief asks reduces that, in 0..1, for each of some regions."""
        mode, region = self.brief.working_mode, self.brief.region
        if mode is None or region is None:
            return np.ones(len(regions))
        near = np.full(len(regions), float(self.weights.parameters["elsewhere_percent"].get(mode, 100)) / 100)
        if region in regions:
            near[regions.index(region)] = 1.0
        return near

    def stretches(self, arrays: Arrays) -> list[tuple[int, int]]:
        """Where the people stand whom somebody looks at: those of the role, with the few others between them; or
        everyone."""
        if self._everyone:
            return [(0, arrays.people)] if arrays.people else []
        found: list[tuple[int, int]] = []
        for first, after in arrays.stretches(self.brief.role):
            if found and first - found[-1][1] < _FEW_PEOPLE:
                found[-1] = (found[-1][0], after)
            else:
                found.append((first, after))
        return found

    def totals(self, number: int, first: int, after: int) -> tuple[Array, Array]:
        """What the verified works of everyone of a stretch of a segment give, in points, and what level, mode and
        stages give: right but for rounding, and for the limit of what other works add."""
        return self._sides[number].totals(first, after)

    def closest(self, number: int, first: int, after: int) -> Array:
        """What the closest verified work of everyone of a stretch of a segment gives alone, as right as `totals`."""
        return self._sides[number].closest(first, after)

    def declarations(self, number: int, places: Array) -> Array:
        """What each of some people has by what they declare alone, in points: a column for each of CONTENT and QUALITY,
        which `points` takes back for those whose points it makes."""
        return self._sides[number].declarations(places)

    @property
    def most_declared(self) -> float:
        """The most that a declaration can give, in points."""
        return self.content * self.weights.percent("declared_percent")

    def pooled(self, one: Array, other: Array) -> Array:
        """Two works, or a person's works and declaration, together: the p-norm."""
        whole = self.whole or 1
        both: Array = whole * np.power(
            _power(one / whole, self.power) + _power(other / whole, self.power), 1 / self.power
        )
        return both

    def may_have(self, works: Array, least: Array) -> Array:
        """Whether people whose works give so much may have at least so much in all with what they declare: `pooled`,
        without the roots."""
        whole = self.whole or 1
        most = _power(works / whole, self.power) + (self.most_declared / whole) ** self.power
        # As much as rounding may hide.
        enough: Array = most >= _power(np.maximum(least, 0) / whole, self.power) * (1 - 1e-6)
        return enough

    def points(self, number: int, places: Array, declared: Array | None = None) -> Points:
        """Exactly what some people of a segment have, their order kept. `declared`: what `declarations` gave for them,
        when it is known."""
        known = self.declarations(number, places) if declared is None else declared
        return self._sides[number].points(places, known)

    def explain(self, number: int, points: Points, row: int, credit_ids: Sequence[str]) -> Scored:
        """One person's score with its evidence. `credit_ids`: their verified credits, sorted."""
        return self._sides[number].explain(points, row, credit_ids)


class _Side:
    """What a brief makes of one segment: every combination compared once."""

    def __init__(self, scorer: Scorer, segment: Segment, number: int) -> None:
        self._scorer = scorer
        self._arrays = segment.arrays
        self._tables = segment.arrays.tables
        self._number = number
        self._looked_up: tuple[Points, Array] | None = None
        self._maxima = scorer.maxima
        #: criterion → [(which combination a work has, what each combination gives in points)]
        self._gives: dict[str, list[tuple[str, Array]]] = {}
        sets = self._arrays.sets
        edges = {
            dimension: (first, first + len(self._arrays.combinations(dimension)))
            for dimension, first in sets.firsts.items()
        }
        shares = self._shares(sets, sets.columns, sets.count, *edges["formats"])
        for criterion, dimension, share in scorer.sets:
            first, after = edges[dimension]
            gives = shares[first:after] * share * self._maxima[criterion]
            self._gives.setdefault(criterion, []).append((f"{dimension}/of", gives))
        self._compare_origins()
        self._compare_people()
        self._quality, self._fresh, self._checked = self._compare_quality()

    # ---- combinations

    def _compare_origins(self) -> None:
        names, brief = self._arrays.names, self._scorer.brief
        if self._scorer.source_share:
            same = np.array([name is not None and name == brief.source_material for name in names["sources"]], float)
            points = same[self._tables["origin_source"]] * self._scorer.source_share * self._maxima["stage_and_tasks"]
            self._gives.setdefault("stage_and_tasks", []).append(("origin", points))
        if self._maxima["language"]:
            spoken = np.array([self._scorer.spoken(name) for name in names["languages"]])
            self._gives["language"] = [("origin", spoken[self._tables["origin_language"]] * self._maxima["language"])]

    def _shares(self, sets: Sets, columns: Iterable[Array], count: int, format_first: int, format_after: int) -> Array:
        """How alike what the brief wants and what each of some sets has are, in 0..1: how much of the one is met by the
        nearest things of the other, and the reverse, each entry by its rarity; their geometric mean, which is the
        cosine when things are either the same or nothing to each other. Listing every genre is no way to fit every
        project. Of formats, the nearest thing to the one that is wanted.

        `columns` hold the entries of `count` sets, as numbers of the names of `sets`."""
        compared = self._scorer.compared(sets)
        wanted = len(compared) - 2
        nearest, had = np.zeros((wanted, count)), np.zeros((2, count))
        for column in columns:
            given = compared.take(column, axis=1)
            head = nearest[:, : len(column)]
            np.maximum(head, given[:wanted], out=head)
            had[:, : len(column)] += given[wanted:]
        # Not a product of matrices, which rounds by how many sets there are.
        covered: Array = nearest.sum(axis=0)
        shares: Array = np.sqrt(covered * had[0] / np.maximum(had[1], 1e-9))
        shares[format_first:format_after] = covered[format_first:format_after]
        return shares

    def _compare_quality(self) -> tuple[Array, Array, Array]:
        """For each function, year and verification: by what the closeness of a work is multiplied, and what recency
        and verification add to it, as shares of it."""
        scorer, tables = self._scorer, self._tables
        weights = scorer.weights
        floor = weights.percent("related_function_floor_percent")
        functions = np.array(
            [
                floor + (1 - floor) * similarity(scorer.taxonomy, "roles", scorer.brief.role, name)
                for name in self._arrays.names["functions"]
            ]
        )
        steps = weights.parameters["verification_percent"]
        confirmed = np.array([0, *(steps[str(step)] for step in (1, 2, 3))]) / 100
        age = np.maximum(0, scorer.today.year - tables["quality_year"].astype(np.int64))
        fresh = np.exp2(-age / weights.parameters["half_life_years"])
        content = scorer.content or 1
        return (
            functions[tables["quality_function"]],
            fresh * scorer.maxima["recency"] / content,
            confirmed[tables["quality_verification"]] * scorer.maxima["verification"] / content,
        )

    def _compare_people(self) -> None:
        names, scorer = self._arrays.names, self._scorer
        wanted_levels, levels = scorer.brief.levels, self._arrays.levels_in(scorer.brief.role)
        alike = {
            level: max((similarity(scorer.taxonomy, "seniority", one, level) for one in wanted_levels), default=0.0)
            for level in set(levels)
        }
        self._level = self._maxima["level"] * np.array([alike[level] for level in levels])
        self._modes = self._maxima["working_mode"] * scorer.accepted(names["modes"])
        self._near = scorer.near(names["regions"])
        sets = self._arrays.combinations("stages")
        whole = self._maxima["stage_and_tasks"] * scorer.stage_share
        self._stage = whole * sets.with_entry(scorer.brief.development_stage)

    # ---- words

    @cached_property
    def _said(self) -> Array:
        """What each text gives by its words, in parts of a distinctive word: BM25 with rarity in 0..1. Works, then
        declarations; 0 for those of people whom nobody looks at."""
        said = np.zeros(self._arrays.works + self._arrays.people, np.int32)
        few: list[tuple[float, Array]] = []
        for term in self._scorer.terms:
            for postings in self._postings(term):
                if len(postings) < _WORTH_A_PASS:
                    few.append((term.weight, postings))
                else:
                    gives = _in_parts(_STEPS * term.weight)
                    np.add.at(said, postings >> IMPACT_BITS, gives[postings & _IMPACT])
        if few:
            every = np.concatenate([postings for _, postings in few])
            weights = np.repeat([weight for weight, _ in few], [len(postings) for _, postings in few])
            np.add.at(said, every >> IMPACT_BITS, _in_parts(_STEPS[every & _IMPACT] * weights))
        return said

    @cached_property
    def _met(self) -> Array:
        """How much the companies of each work are the brief's own, in 0..1: the rarest of those that are, and a part of
        the others."""
        scorer = self._scorer
        rarest = np.zeros(self._arrays.works + self._arrays.people, np.float32)
        others = np.zeros_like(rarest)
        for company in scorer.companies:
            for postings in self._postings(company):
                works = postings >> IMPACT_BITS
                others[works] += company.weight
                rarest[works] = np.maximum(rarest[works], np.float32(company.weight))
        met: Array = np.minimum(rarest + (others - rarest) * scorer.weights.percent("other_companies_percent"), 1.0)
        return met

    def _postings(self, term: _Term) -> Iterator[Array]:
        """The postings of a term, those alone of people whom somebody looks at when that spares many."""
        first, after = term.spans[self._number]
        postings = self._tables["postings"][first:after]
        if after - first < _WORTH_CUTTING:
            yield postings
            return
        edges = postings.searchsorted(self._edges)
        for begins, ends in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            if begins < ends:
                yield postings[begins:ends]

    @cached_property
    def _edges(self) -> Array:
        """The first posting and the one after the last of each stretch of texts that somebody looks at."""
        starts, works = self._tables["work_starts"], self._arrays.works
        stretches = self._scorer.stretches(self._arrays)
        edges = [int(starts[edge]) for stretch in stretches for edge in stretch]
        edges += [works + edge for stretch in stretches for edge in stretch]
        return np.array(edges, np.uint32) << IMPACT_BITS

    def _texts(self, said: Array) -> Array:
        """Shares of what a text can give, for what texts say in parts."""
        shares: Array = said * (1 / (_PARTS * self._scorer.full_match))
        return np.minimum(shares, 1, out=shares)

    # ---- everyone, quickly

    @cached_property
    def _together(self) -> list[tuple[str, Array]]:
        """What combinations give over all criteria, once for each kind of combination, as shares of what a work can
        give."""
        merged: dict[str, Array] = {}
        for gives in self._gives.values():
            for of, points in gives:
                merged[of] = merged[of] + points if of in merged else points
        whole = self._scorer.whole or 1
        return [(of, (points / whole).astype(np.float32)) for of, points in merged.items()]

    def totals(self, first: int, after: int) -> tuple[Array, Array]:
        scorer = self._scorer
        starts = self._tables["work_starts"][first : after + 1]
        totals = np.zeros(after - first)
        if starts[-1] > starts[0]:
            busy = np.flatnonzero(np.diff(starts))
            close = self._close(slice(starts[0], starts[-1]), scorer.power)
            pooled = np.add.reduceat(close, starts[busy] - starts[0])
            totals[busy] = scorer.whole * np.power(pooled, np.float32(1 / scorer.power))
        return totals, self._of_person(slice(first, after))

    def closest(self, first: int, after: int) -> Array:
        starts = self._tables["work_starts"][first : after + 1]
        closest = np.zeros(after - first)
        if starts[-1] > starts[0]:
            busy = np.flatnonzero(np.diff(starts))
            close = self._close(slice(starts[0], starts[-1]), 1)
            closest[busy] = self._scorer.whole * np.maximum.reduceat(close, starts[busy] - starts[0])
        return closest

    def _close(self, works: slice, power: int) -> Array:
        """A power of how close some verified works are, as shares of what one can give at most."""
        tables, said = self._tables, self._said
        whole = self._scorer.whole or 1
        text = np.float32(self._maxima["text"] / whole)
        part = np.float32(self._maxima["text"] / whole / (_PARTS * self._scorer.full_match))
        more = self._quality * (1 + self._fresh + self._checked)
        raised = more.astype(np.float32)
        met = (self._maxima["company"] / whole * (1 + self._fresh + self._checked)).astype(np.float32)
        close = np.empty(works.stop - works.start, np.float32)
        # So many at once as stay at hand while one thing after the other is added.
        for first in range(works.start, works.stop, _AT_ONCE):
            own = slice(first, min(first + _AT_ONCE, works.stop))
            here = close[first - works.start : own.stop - works.start]
            np.multiply(said[own], part, out=here, dtype=np.float32)
            np.minimum(here, text, out=here)
            for of, shares in self._together:
                here += shares.take(tables[of][own])
            quality = tables["quality"][own]
            here *= raised.take(quality)
            if self._maxima["company"]:
                here += self._met[own] * met.take(quality)
            if power > 1:
                here[:] = _power(here, power)
        return close

    def _of_person(self, people: Any) -> Array:
        """What level, working mode and stages give some people."""
        tables = self._tables
        mode = self._modes.take(tables["modes"][people]) * self._near.take(tables["regions"][people])
        given: Array = self._level.take(tables["levels"][people]) + mode + self._stage.take(tables["stages/of"][people])
        return given

    # ---- some, exactly

    def points(self, places: Array, declared: Array) -> Points:
        tables, scorer, works = self._tables, self._scorer, self._arrays.works
        starts = tables["work_starts"][places].astype(np.int64)
        counts = tables["work_starts"][places + 1] - starts
        begins = np.concatenate(([0], np.cumsum(counts + 1)))[:-1]  # a declaration comes after the works
        own = np.repeat(starts - begins, counts + 1) + np.arange((counts + 1).sum())
        own[begins + counts] = works + places
        parts = np.zeros((len(own), len(CONTENT) + len(QUALITY)))
        verified = own < works
        parts[verified] = self._parts(own[verified])
        parts[~verified] = declared
        close = parts.sum(axis=1)
        owners = np.repeat(np.arange(len(places)), counts + 1)
        # The closest first; of equal ones the earlier credit id, the declaration last.
        order = np.lexsort((own, -close, owners))
        best = order[begins]
        next_best = order[np.minimum(begins + 1, len(order) - 1)]
        has_next = (counts > 0) & (close[next_best] > 0)
        criteria = np.zeros((len(places), len(CRITERIA)))
        criteria[:, : parts.shape[1]] = parts[best]
        whole = scorer.whole or 1
        pooled = whole * np.power(np.add.reduceat(_power(close / whole, scorer.power), begins), 1 / scorer.power)
        criteria[:, _OTHER_WORKS] = np.clip(pooled - close[best], 0, self._maxima["other_works"])
        criteria[:, _LEVEL] = self._level[tables["levels"][places]]
        criteria[:, _MODE] = self._modes[tables["modes"][places]] * self._near[tables["regions"][places]]
        criteria[:, _STAGE] += self._stage[tables["stages/of"][places]]
        rounded = _apportion(criteria)
        return Points(places, rounded, rounded.sum(axis=1), own[best], np.where(has_next, own[next_best], -1))

    def _impacts(self, points: Points) -> Array:
        """How much the closest work of each says each of the brief's terms, 0..255: a column for each term."""
        if self._looked_up is not None and self._looked_up[0] is points:
            return self._looked_up[1]
        works = points.best.astype(np.uint32)
        said = np.zeros((len(works), len(self._scorer.terms)), np.uint8)
        for column, term in enumerate(self._scorer.terms):
            first, after = term.spans[self._number]
            if first < after:
                postings = self._tables["postings"][first:after]
                found = postings[np.minimum(postings.searchsorted(works << IMPACT_BITS), after - first - 1)]
                said[:, column] = np.where(found >> IMPACT_BITS == works, found & _IMPACT, 0)
        self._looked_up = (points, said)
        return said

    def _parts(self, works: Array) -> Array:
        """What each verified work gives, by criterion, those of CONTENT and QUALITY in their order."""
        tables = self._tables
        parts = np.zeros((len(works), len(CONTENT) + len(QUALITY)))
        for column, name in enumerate(CONTENT):
            for of, points in self._gives.get(name, ()):
                parts[:, column] += points[tables[of][works]]
        parts[:, _TEXT] = self._texts(self._said[works]) * self._maxima["text"]
        quality = tables["quality"][works]
        parts *= self._quality[quality][:, None]
        if self._maxima["company"]:
            parts[:, _COMPANY] = self._met[works].astype(float) * self._maxima["company"]
        content = parts.sum(axis=1)
        for column, shares in enumerate((self._fresh, self._checked), start=len(CONTENT)):
            parts[:, column] = content * shares[quality]
        return parts

    def declarations(self, places: Array) -> Array:
        """The same of what people declare: no recency, no verification, a part of the value of a work."""
        parts = np.zeros((len(places), len(CONTENT) + len(QUALITY)))
        sets, asked = self._arrays.declared, self._scorer.sets
        if asked and len(places):
            numbers = np.concatenate(
                [
                    self._tables[f"declared/{name}/of"][places].astype(np.int64) + sets.firsts[name]
                    for _, name, _ in asked
                ]
            )
            order = [name for _, name, _ in asked]
            first = order.index("formats") * len(places) if "formats" in order else 0
            after = first + len(places) if "formats" in order else 0
            shares = self._shares(sets, sets.dense[:, numbers], len(numbers), first, after)
            for (criterion, _, share), given in zip(asked, shares.reshape(len(asked), -1), strict=True):
                parts[:, CONTENT.index(criterion)] += given * (share * self._maxima[criterion])
        weights = self._scorer.weights
        # Anybody can write any word into a presentation: entries that were chosen say more.
        told = self._texts(self._said[self._arrays.works + places]) * weights.percent("bio_percent")
        parts[:, _TEXT] = told * self._maxima["text"]
        parts *= weights.percent("declared_percent")
        return parts

    # ---- reasons

    def explain(self, points: Points, row: int, credit_ids: Sequence[str]) -> Scored:
        place = int(points.places[row])
        first = int(self._tables["work_starts"][place])
        works = self._arrays.works

        def credit(work: int) -> tuple[str, ...]:
            return (credit_ids[work - first],) if 0 <= work < works else ()

        best, second = int(points.best[row]), int(points.second[row])

        def evidence(criterion: str) -> Evidence:
            if criterion == "other_works":
                return Evidence(credit(second))
            if criterion == "text":
                return self._shared_terms(self._impacts(points)[row], credit(best))
            return self._evidence(criterion, best, place, credit(best))

        return Scored(
            profile_id=self._arrays.ids[place],
            score=int(points.scores[row]),
            contributions=tuple(
                Contribution(name, given, self._maxima[name], evidence(name) if given else _NONE)
                for name, given in zip(CRITERIA, points.criteria[row].tolist(), strict=True)
            ),
            deciding=(*credit(best), *credit(second)) if best < works else (),
        )

    def _evidence(self, criterion: str, work: int, place: int, ids: tuple[str, ...]) -> Evidence:
        names, tables, brief = self._arrays.names, self._tables, self._scorer.brief
        verified = work < self._arrays.works
        if criterion in LISTS or criterion == "format":
            return self._entries(LISTS.get(criterion, "formats"), work, ids)
        if criterion == "stage_and_tasks":
            found = self._entries("tasks", work, ids)
            extra = []
            source = names["sources"][tables["origin_source"][tables["origin"][work]]] if verified else None
            if source is not None and source == brief.source_material:
                extra.append(f"source-material/{source}")
            if brief.development_stage in self._arrays.combinations("stages").entries_of(place):
                extra.append(f"development-stages/{brief.development_stage}")
            return Evidence(ids, (*found.shared, *extra), found.related)
        if criterion == "language":
            spoken = names["languages"][tables["origin_language"][tables["origin"][work]]]
            return Evidence(ids, (f"languages/{spoken}",))
        return Evidence(ids) if criterion in (*QUALITY, "company") else _NONE

    def _entries(self, dimension: str, work: int, ids: tuple[str, ...]) -> Evidence:
        wanted = self._scorer.wanted[dimension]
        works = self._arrays.works
        if work < works:
            had = self._arrays.combinations(dimension).entries_of(work)
        else:
            had = self._arrays.combinations(f"declared/{dimension}").entries_of(work - works)
        related: list[tuple[str, str]] = []
        for entry in wanted:
            if entry not in had:
                pairs = ((similarity(self._scorer.taxonomy, dimension, entry, other), other) for other in had)
                alike, nearest = max(pairs, default=(0.0, ""))
                if alike:
                    related.append((f"{dimension}/{entry}", f"{dimension}/{nearest}"))
        return Evidence(ids, tuple(f"{dimension}/{entry}" for entry in wanted if entry in had), tuple(related))

    def _shared_terms(self, said: Array, ids: tuple[str, ...]) -> Evidence:
        weighed = [
            (-term.weight * amount, term.name)
            for term, amount in zip(self._scorer.terms, said.tolist(), strict=True)
            if amount
        ]
        written = self._scorer.written
        words: dict[str, Bilingual] = {}
        for _, name in sorted(weighed):
            if name in written:
                words.setdefault(written[name].fr, written[name])
        return Evidence(ids, terms=tuple(words.values())[:_SHOWN_TERMS])


_NONE = Evidence()
_IMPACT = np.uint32((1 << IMPACT_BITS) - 1)
#: What a posting says by how much it says it: 1 for a word said once in a text of the usual length.
_STEPS = np.arange(1 << IMPACT_BITS) / 255 * (1 + K1)
#: Words are added up in whole parts, which give the same sum in any order: of a pitch of the longest, a quarter of what
#: fits in four bytes.
_PARTS = 1 << 20
#: Fewer postings than these of a term are added up together with those of others.
_WORTH_A_PASS = 1_000
#: Works that are compared at once: what is known of them fits in a processor's second cache.
_AT_ONCE = 1 << 15
#: So few people are looked at sooner than passed by.
_FEW_PEOPLE = 2_000
#: Postings of a term from which on those of people nobody looks at are cut away.
_WORTH_CUTTING = 2_000
_TEXT, _COMPANY, _STAGE = (CRITERIA.index(name) for name in ("text", "company", "stage_and_tasks"))
_OTHER_WORKS, _LEVEL, _MODE = (CRITERIA.index(name) for name in ("other_works", "level", "working_mode"))


@dataclass(frozen=True, eq=False)
class _Matrix:
    """The likeness of every two entries of a dimension. The last row and column are nobody's, all 0."""

    taxonomy: Taxonomy
    places: Mapping[str, int]
    values: Array


_matrices: dict[str, _Matrix] = {}


def _matrix(dimension: str, words: Taxonomy) -> _Matrix:
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


def _in_parts(said: Array) -> Array:
    parts: Array = np.rint(said * _PARTS).astype(np.int32)
    return parts


def _rarities(frequencies: Array, among: int) -> Array:
    """How much each of some shared things says, in 0..1: 1 when one text at most has it, near 0 when all have it."""
    if among < 2:
        return np.ones(len(frequencies))
    often = np.maximum(frequencies, 1)
    most = math.log1p((among - 0.5) / 1.5)
    rare: Array = np.maximum(0.0, np.log1p((among - often + 0.5) / (often + 0.5)) / most)
    return rare


def _passages(brief: BriefSnapshot) -> list[tuple[str, str]]:
    return [pair for told in (brief.logline, brief.pitch) for pair in sorted(told.items())]


def _power(values: Array, power: int) -> Array:
    """By multiplying, which every machine rounds alike."""
    result = values
    for _ in range(power - 1):
        result = result * values
    return result


def _apportion(points: Array) -> Array:
    """Whole points whose sum is each row's rounded sum: largest remainders first, then the published order."""
    whole = np.floor(points)
    rest = np.floor(points.sum(axis=1) + 0.5) - whole.sum(axis=1)
    order = np.argsort(whole - points, axis=1, kind="stable")
    place = np.argsort(order, axis=1, kind="stable")
    rounded: Array = (whole + (place < rest[:, None])).astype(np.int64)
    return rounded


def _distinct(entries: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(entries)))
