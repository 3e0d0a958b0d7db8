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
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np

from chalicelib.matching import text
from chalicelib.matching.arrays import SETS, Array, Arrays
from chalicelib.matching.comparison import LISTS, Comparison, Term, to_power
from chalicelib.matching.documents import company_term, number_of, said_in
from chalicelib.matching.population import Segment, matrix, population_of, rarities
from chalicelib.matching.scores import Points, Scored
from chalicelib.matching.snapshots import BriefSnapshot
from chalicelib.matching.weights import CONTENT, QUALITY, Weights
from chalicelib.vocabulary.taxonomy import Taxonomy
from chalicelib.vocabulary.text import Bilingual

#: So few people are looked at sooner than passed by.
_FEW_PEOPLE = 2_000


class Scorer:
    """One brief against many people, in as many segments as they come in. What is rare is counted over all of them.

    `everyone`: people who do not have the role are scored too. `among`: whom rarity is counted over, when few of those
    are to be scored; everyone in `segments` is one of them."""

    def __init__(
        self,
        brief: BriefSnapshot,
        segments: Sequence[Segment],
        *,
        weights: Weights,
        taxonomy: Taxonomy,
        today: date,
        everyone: bool = False,
        among: Sequence[Segment] | None = None,
    ) -> None:
        self.brief = brief
        self._everyone = everyone
        self._segments = segments
        self._among = segments if among is None else among
        self.population = population_of(tuple(self._among))
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
        #: How many things it wants of the dimension of which it wants most.
        self.most_wanted = max(map(len, self.wanted.values()))
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
        self._sides = [Comparison(self, segment, number) for number, segment in enumerate(segments)]

    # ---- what the brief asks

    def _read(self, brief: BriefSnapshot) -> list[Term]:
        """The brief's terms that somebody's text says and that few enough do, strongest first."""
        # A word said twice in a pitch matters more than once, but less than twice as much.
        said = {name: math.sqrt(halves / 2) for name, halves in said_in(_passages(brief)).items()}
        parameters = self.weights.parameters
        return self._known(said, self.weights.percent("text_common_percent"), int(parameters["text_terms"]))

    def _known(self, said: Mapping[str, float], rarer: float = -1.0, most: int | None = None) -> list[Term]:
        """What somebody says, of what is rarer than that (in 0..1), and no more than `most` of it."""
        if not said:
            return []
        names = sorted(said)
        numbers = [number_of(name) for name in names]
        spans = [segment.arrays.locate(numbers) for segment in self._segments]
        everywhere = spans if self._among is self._segments else [one.arrays.locate(numbers) for one in self._among]
        counts = [segment.saying(located) for segment, located in zip(self._among, everywhere, strict=True)]
        frequencies = np.array(counts, np.int64).sum(axis=0)
        rare = rarities(frequencies, self.population.texts)
        weights = (rare**1.5 * np.array([said[name] for name in names])).tolist()
        places = np.flatnonzero((frequencies > 0) & (rare > rarer)).tolist()
        places.sort(key=lambda place: (-weights[place], names[place]))
        return [
            Term(names[place], weights[place], tuple(located[place] for located in spans)) for place in places[:most]
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

    def compared(self, arrays: Arrays) -> Array:
        """For each entry of some arrays, and for none after the last: how alike it is to each thing that the brief
        wants of its dimension, by the part of that thing in what is wanted; how alike it is to the nearest of them, by
        its own rarity; its own rarity. A row each, filled up to thirty-two bytes or a multiple, which are copied at
        once."""
        entries = self.population.entries(arrays, self.taxonomy)
        most = self.most_wanted
        compared = np.zeros((len(entries.rare), -(-(most + 2) // 8) * 8), np.float32)
        parts = np.zeros((len(SETS) + 1, most))
        for place, dimension in enumerate(SETS):
            wanted = self.wanted[dimension]
            if not wanted:
                continue
            own, names, alike = entries.dimensions[dimension]
            known = matrix(dimension, self.taxonomy).places
            for column, entry in enumerate(wanted):
                number = known.get(entry)
                compared[own, column] = [name == entry for name in names] if number is None else alike[:, number]
            rare = self.population.rarity(dimension, wanted)
            parts[place, : len(wanted)] = rare / rare.sum()
        compared[:, most] = compared[:, :most].max(axis=1, initial=0.0) * entries.rare
        compared[:, :most] *= parts.take(entries.of, axis=0)
        compared[:, most + 1] = entries.rare
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
            to_power(one / whole, self.power) + to_power(other / whole, self.power), 1 / self.power
        )
        return both

    def most_added(self, least: float) -> float:
        """The most that a declaration adds, in points, to somebody who has at least so much with it: the more works
        give, the less it adds, and never more than it gives alone."""
        most = self.most_declared
        # As much less as rounding may hide.
        works: float = max(0.0, max(least, 0.0) ** self.power * (1 - 1e-6) - most**self.power) ** (1 / self.power)
        return min(most, least - works) if works else most

    def may_have(self, works: Array, least: Array) -> Array:
        """Whether people whose works give so much may have at least so much in all with what they declare: `pooled`,
        without the roots."""
        whole = self.whole or 1
        most = to_power(works / whole, self.power) + (self.most_declared / whole) ** self.power
        # As much as rounding may hide.
        enough: Array = most >= to_power(np.maximum(least, 0) / whole, self.power) * (1 - 1e-6)
        return enough

    def points(self, number: int, places: Array, declared: Array | None = None) -> Points:
        """Exactly what some people of a segment have, their order kept. `declared`: what `declarations` gave for them,
        when it is known."""
        known = self.declarations(number, places) if declared is None else declared
        return self._sides[number].points(places, known)

    def explain(self, number: int, points: Points, row: int, credit_ids: Sequence[str]) -> Scored:
        """One person's score with its evidence. `credit_ids`: their verified credits, sorted."""
        return self._sides[number].explain(points, row, credit_ids)


def _passages(brief: BriefSnapshot) -> list[tuple[str, str]]:
    return [pair for told in (brief.logline, brief.pitch) for pair in sorted(told.items())]


def _distinct(entries: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(entries)))
