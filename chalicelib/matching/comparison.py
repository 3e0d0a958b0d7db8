"""What a brief makes of one segment: every combination compared once, every word looked up once.

The quick figures are right but for rounding, for everyone; the exact ones, and what they rest on, are for a few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from chalicelib.matching.arrays import IMPACT_BITS, K1, Array
from chalicelib.matching.population import Segment, similarity
from chalicelib.matching.scores import Contribution, Evidence, Points, Scored
from chalicelib.matching.text import says_much
from chalicelib.matching.weights import CONTENT, CRITERIA, QUALITY
from chalicelib.vocabulary.text import Bilingual

if TYPE_CHECKING:
    from chalicelib.matching.scoring import Scorer

#: Criterion → dimension, for those that compare sets of entries and nothing else.
LISTS = {"genre": "genres", "tone": "tones", "universe": "universes", "stakes": "stakes"}

#: How many shared words are kept as evidence.
_SHOWN_TERMS = 6


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the brief, or a name, that somebody says, and how much it counts."""

    name: str
    weight: float
    spans: tuple[tuple[int, int], ...]  # where its postings lie, for each segment


class Comparison:
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
        self._compared = scorer.compared(self._arrays)
        sets = self._arrays.sets
        edges = {
            dimension: (first, first + len(self._arrays.combinations(dimension)))
            for dimension, first in sets.firsts.items()
        }
        shares = self._shares(sets.columns, sets.count, *edges["formats"])
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

    def _shares(self, columns: Iterable[Array], count: int, format_first: int, format_after: int) -> Array:
        """How alike what the brief wants and what each of some sets has are, in 0..1: how much of the one is met by the
        nearest things of the other, and the reverse, each entry by its rarity; their geometric mean, which is the
        cosine when things are either the same or nothing to each other. Listing every genre is no way to fit every
        project. Of formats, the nearest thing to the one that is wanted.

        `columns` hold the entries of `count` sets, as numbers of the arrays' entries."""
        nearest = np.zeros((count, self._compared.shape[1]), np.float32)
        had = np.zeros_like(nearest)
        for column in columns:
            given = self._compared.take(column, axis=0)
            head = nearest[: len(column)]
            np.maximum(head, given, out=head)
            had[: len(column)] += given
        wanted = self._scorer.most_wanted
        # Not a product of matrices, which rounds by how many sets there are.
        covered = np.zeros(count)
        for place in range(wanted):
            covered += nearest[:, place]
        shares: Array = np.sqrt(covered * had[:, wanted] / np.maximum(had[:, wanted + 1], 1e-9))
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
        table = self._tables["postings"]
        few = []
        for term in self._scorer.terms:
            first, after = term.spans[self._number]
            if after - first < _WORTH_A_PASS:
                few.append((term.weight, first, after - first))
                continue
            gives = _in_parts(_STEPS * term.weight)
            for postings in self._postings(term):
                np.add.at(said, (postings >> IMPACT_BITS).astype(np.intp), gives.take(postings & _IMPACT))
        if few:
            weights, firsts, counts = (np.array(values) for values in zip(*few, strict=True))
            # The places of all of them one after the other.
            places = np.repeat(firsts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
            every = table.take(places)
            parts = _in_parts(_STEPS.take(every & _IMPACT) * np.repeat(weights, counts))
            np.add.at(said, (every >> IMPACT_BITS).astype(np.intp), parts)
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

    def _postings(self, term: Term) -> Iterator[Array]:
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
    def _together(self) -> list[tuple[Array, Array]]:
        """What combinations give over all criteria, once for each kind of combination, as shares of what a work can
        give: which one each work has, and what each gives."""
        merged: dict[str, Array] = {}
        for gives in self._gives.values():
            for of, points in gives:
                merged[of] = merged[of] + points if of in merged else points
        whole = self._scorer.whole or 1
        together: list[tuple[Array, Array]] = []
        for one, other, pairs in self._arrays.joined:
            if one in merged and other in merged:
                together.append((pairs, np.add.outer(merged.pop(one), merged.pop(other)).ravel()))
        together += [(self._tables[of], points) for of, points in merged.items()]
        return [(of, (points / whole).astype(np.float32)) for of, points in together]

    def totals(self, first: int, after: int) -> tuple[Array, Array]:
        scorer = self._scorer
        starts = self._tables["work_starts"][first : after + 1]
        totals = np.zeros(after - first)
        if starts[-1] > starts[0]:
            busy = np.flatnonzero(np.diff(starts))
            close = self._close(slice(starts[0], starts[-1]), scorer.power)
            pooled = np.add.reduceat(close, starts[busy] - starts[0])
            given = scorer.whole * np.power(pooled, np.float32(1 / scorer.power))
            if len(busy) == len(totals):
                totals = given.astype(np.float64)
            else:
                totals[busy] = given
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
                here += shares.take(of[own])
            quality = tables["quality"][own]
            here *= raised.take(quality)
            if self._maxima["company"]:
                here += self._met[own] * met.take(quality)
            if power > 1:
                here[:] = to_power(here, power)
        return close

    def _of_person(self, people: Any) -> Array:
        """What level, working mode and stages give some people."""
        tables = self._tables
        kinds = self._level[:, None, None] + self._modes[:, None] * self._near
        given: Array = kinds.ravel().take(self._arrays.kinds_of_people[people])
        given += self._stage.take(tables["stages/of"][people])
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
        pooled = whole * np.power(np.add.reduceat(to_power(close / whole, scorer.power), begins), 1 / scorer.power)
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
            shares = self._shares(sets.dense[:, numbers], len(numbers), first, after)
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
            if name in written and says_much(written[name].fr) and says_much(written[name].en):
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
#: Postings of a term from which on those of people nobody looks at are cut away.
_WORTH_CUTTING = 2_000
_TEXT, _COMPANY, _STAGE = (CRITERIA.index(name) for name in ("text", "company", "stage_and_tasks"))
_OTHER_WORKS, _LEVEL, _MODE = (CRITERIA.index(name) for name in ("other_works", "level", "working_mode"))


def _in_parts(said: Array) -> Array:
    parts: Array = np.rint(said * _PARTS).astype(np.int32)
    return parts


def to_power(values: Array, power: int) -> Array:
    """By multiplying, which every machine rounds alike."""
    result = values
    for bit in f"{power:b}"[1:]:
        result = result * result
        if bit == "1":
            result = result * values
    return result


def _apportion(points: Array) -> Array:
    """Whole points whose sum is each row's rounded sum: largest remainders first, then the published order."""
    whole = np.floor(points)
    rest = np.floor(points.sum(axis=1) + 0.5) - whole.sum(axis=1)
    order = np.argsort(whole - points, axis=1, kind="stable")
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(order.shape[1])[None, :], axis=1)
    rounded: Array = (whole + (place < rest[:, None])).astype(np.int64)
    return rounded
