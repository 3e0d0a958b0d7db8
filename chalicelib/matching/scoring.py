"""How well a person fits a project: a deterministic score out of 10,000 with one contribution per criterion.

    rank(brief, people, weights=, taxonomy=, today=) -> Ranking           everyone, scored or with an obstacle
    score(brief, person, weights=, taxonomy=, corpus=, today=) -> Scored  one person
    Scorer(brief, weights=, …).score(prepared person) -> Scored           many people for one brief

A person is a `CandidateSnapshot`, or a `Prepared` one kept from an earlier brief (the costly half of the
work).

**The rule.** Each verified work is compared to the project *as a whole*: its closeness is the sum of what it
gives on genre, tone, world, stakes, format, tasks and text, raised by its recency and by how far it is
verified, and reduced when the person had another function on it. The closest work gives the points. Others
add a little, through a high power of their closeness, so that one very similar work beats many vaguely
similar ones, whatever their number. What a profile merely declares counts as one work at a third of its
value: it ranks people who have no verified work yet, and hardly anyone else. Level and working mode come on
top. Measured on real credits, comparing work by work and pooling with a high power finds clearly more of the
right people than comparing a profile as a whole, or than the closest work alone.

Points are integers, so contributions add up exactly to the score. Nothing depends on the order of people,
credits or ids.
"""

from __future__ import annotations

import hashlib
import math
import operator
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.matching import text
from chalicelib.matching.eligibility import Obstacle, obstacle
from chalicelib.matching.prepared import CONCEPT, Corpus, Prepared, PreparedWork, story_terms
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.weights import CONTENT, CRITERIA, QUALITY, Weights
from chalicelib.vocabulary.taxonomy import Taxonomy

#: Criterion → dimension, for those that compare lists of entries.
LISTS = {"genre": "genres", "tone": "tones", "universe": "universes", "stakes": "stakes"}

#: The usual constants of BM25: how soon repeating a word stops paying, and how far a long text is discounted.
_BM25_K1 = 1.2
_BM25_B = 0.75

#: How many shared words are kept as evidence.
_SHOWN_TERMS = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a contribution rests on. Entries are written `genres/crime`; `related` pairs (of the brief, of
    the person); `terms` are words of the brief as it writes them, strongest first. Without `credit_ids`, the
    profile's own declaration."""

    credit_ids: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    terms: tuple[str, ...] = ()

    def to_item(self) -> dict[str, Any]:
        return {
            "credit_ids": list(self.credit_ids),
            "shared": list(self.shared),
            "related": [list(pair) for pair in self.related],
            "terms": list(self.terms),
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

    `closest_credit_id` is the work that gave the points, None when nothing verified did.
    """

    profile_id: str
    score: int
    contributions: tuple[Contribution, ...]
    closest_credit_id: str | None

    def points(self, criterion: str) -> int:
        return next(part.points for part in self.contributions if part.criterion == criterion)

    def to_item(self) -> dict[str, Any]:
        return {
            "profile_id": self.profile_id,
            "score": self.score,
            "contributions": [part.to_item() for part in self.contributions],
            "closest_credit_id": self.closest_credit_id,
        }


@dataclass(frozen=True, slots=True)
class Ineligible:
    profile_id: str
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class Ranking:
    """`scored` best first; `ineligible` by profile id; `juniors` are the ids of the eligible juniors in the
    role wanted."""

    scored: tuple[Scored, ...]
    ineligible: tuple[Ineligible, ...]
    juniors: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Closeness:
    """What one work gives, in hundredths per criterion, and the sum."""

    work: PreparedWork
    points: dict[str, float]
    total: float


class Scorer:
    """One brief against many people. Builds the brief's side once and remembers every comparison of
    entries."""

    def __init__(
        self, brief: BriefSnapshot, *, weights: Weights, taxonomy: Taxonomy, corpus: Corpus, today: date
    ) -> None:
        self._brief = brief
        self._weights = weights
        self._taxonomy = taxonomy
        self._corpus = corpus
        self._today = today
        told = [sorted(brief.logline.items()), sorted(brief.pitch.items())]
        texts = [pair for pairs in told for pair in pairs]
        occurrences = story_terms(texts, taxonomy)
        # A word said twice in a pitch matters more than once, but less than twice as much.
        self._terms = {
            term: corpus.rarity(term) * 2 * count / (count + 1) for term, count in sorted(occurrences.items())
        }
        # A short logline is fully met when half of what it says is, a long pitch by a fixed number of words;
        # words that nobody's work has (those of another language, for one) are held against nobody.
        findable = math.fsum(weight for term, weight in self._terms.items() if term in corpus.terms)
        whole = findable or math.fsum(self._terms.values())
        self._full_match: float = min(weights.parameters["text_full_match_words_tenths"] / 10, whole / 2)
        self._written: dict[str, str] = {}
        for language, written in texts:
            self._written = text.surfaces(written, language) | self._written
        self._wanted = {
            dimension: self._known(dimension, entries)
            for dimension, entries in {
                "genres": brief.genres,
                "tones": brief.tones,
                "universes": brief.universes,
                "stakes": brief.stakes,
                "formats": (brief.format,) if brief.format else (),
                "tasks": brief.tasks,
            }.items()
        }
        self._maxima = weights.maxima(self._asked())
        self._content_maximum = sum(self._maxima[name] for name in CONTENT)
        self._work_maximum = self._content_maximum + sum(self._maxima[name] for name in QUALITY)
        self._compared: dict[tuple[str, tuple[str, ...]], float] = {}
        self._alike: dict[tuple[str, str], tuple[float, ...]] = {}
        self._rarity = {
            dimension: tuple(corpus.entry_rarity(dimension, entry) for entry in wanted)
            for dimension, wanted in self._wanted.items()
        }
        self._functions: dict[str, float] = {}
        self._language_share = weights.percent("work_language_percent")
        stated = (
            weights.percent("tasks_percent") * bool(self._wanted["tasks"]),
            weights.percent("source_percent") * (brief.source_material is not None),
            weights.percent("stage_percent") * (brief.development_stage is not None),
        )
        self._stage_shares = tuple(share / (sum(stated) or 1) for share in stated)

    def score(self, person: Prepared) -> Scored:
        """Scores whoever is given, eligible or not."""
        works = [self._verified(person, work) for work in person.works]
        works.sort(key=lambda one: (-one.total, one.work.credit_id))
        declared = self._declared(person)
        best = works[0] if works and works[0].total >= declared.total else declared
        others = works[1:] if works and best is works[0] else works
        points = dict.fromkeys(CRITERIA, 0.0) | best.points
        points["other_works"] = self._maxima["other_works"] * self._breadth(others)
        points["level"] = self._maxima["level"] * self._level(person.candidate)
        points["working_mode"] = self._maxima["working_mode"] * self._working_mode(person.candidate)
        whole = _apportion(points)
        credit_id = best.work.credit_id or None
        return Scored(
            profile_id=person.candidate.profile_id,
            score=sum(whole.values()),
            contributions=tuple(
                Contribution(
                    name,
                    whole[name],
                    self._maxima[name],
                    self._evidence(name, whole[name], best, others, person),
                )
                for name in CRITERIA
            ),
            closest_credit_id=credit_id,
        )

    def _asked(self) -> frozenset[str]:
        """The criteria that this brief says something about."""
        brief = self._brief
        asked = {name for name, dimension in LISTS.items() if self._wanted[dimension]}
        if self._wanted["formats"]:
            asked.add("format")
        if self._wanted["tasks"] or brief.source_material is not None or brief.development_stage is not None:
            asked.add("stage_and_tasks")
        if self._terms:
            asked.add("text")
        if asked:
            asked |= {*QUALITY, "other_works"}
        if brief.levels:
            asked.add("level")
        if brief.working_mode:
            asked.add("working_mode")
        return frozenset(asked)

    def _verified(self, person: Prepared, work: PreparedWork) -> _Closeness:
        credit = work.credit
        if credit is None:
            raise ValueError("a verified work has a credit")
        share = self._function(credit.function)
        points = {name: points * share for name, points in self._content(person, work).items()}
        closeness = sum(points.values()) / self._content_maximum if self._content_maximum else 0.0
        parameters = self._weights.parameters
        age = max(0, self._today.year - credit.year)
        confirmed = parameters["verification_percent"][str(min(credit.verification, 3))] / 100
        fresh = 0.5 ** (age / parameters["half_life_years"])
        points["recency"] = self._maxima["recency"] * closeness * fresh
        points["verification"] = self._maxima["verification"] * closeness * confirmed
        return _Closeness(work, points, sum(points.values()))

    def _declared(self, person: Prepared) -> _Closeness:
        share = self._weights.percent("declared_percent")
        points = {name: points * share for name, points in self._content(person, person.declared).items()}
        return _Closeness(person.declared, points, sum(points.values()))

    def _content(self, person: Prepared, work: PreparedWork) -> dict[str, float]:
        maxima = self._maxima
        points = {
            name: maxima[name] * self._lists(dimension, getattr(work, dimension)) if maxima[name] else 0.0
            for name, dimension in LISTS.items()
        }
        points["format"] = maxima["format"] * self._format(work)
        points["stage_and_tasks"] = maxima["stage_and_tasks"] * self._stage_and_tasks(person, work)
        points["text"] = maxima["text"] * self._text(work)
        return points

    def _lists(self, dimension: str, entries: tuple[str, ...]) -> float:
        """How much of what the brief wants the work has, each entry by its rarity and the nearest thing to
        it, slightly reduced by what the work has besides: listing every genre must not be a way to fit every
        project."""
        key = (dimension, entries)
        known = self._compared.get(key)
        if known is None:
            known = self._compared[key] = self._compare(dimension, entries)
        return known

    def _compare(self, dimension: str, entries: tuple[str, ...]) -> float:
        if not self._wanted[dimension] or not entries:
            return 0.0
        alike = [self._likeness(dimension, entry) for entry in entries]
        rarity = self._rarity[dimension]
        nearest = [max(column) for column in zip(*alike, strict=True)]
        covered = math.fsum(map(operator.mul, rarity, nearest)) / math.fsum(rarity)
        focus = math.fsum(max(row) for row in alike) / len(entries)
        return float(covered * focus ** self._weights.percent("breadth_percent"))

    def _likeness(self, dimension: str, entry: str) -> tuple[float, ...]:
        """How alike an entry is to each one the brief wants."""
        known = self._alike.get((dimension, entry))
        if known is None:
            similarity = self._taxonomy.dimensions[dimension].similarity
            known = tuple(similarity(wanted, entry) for wanted in self._wanted[dimension])
            self._alike[dimension, entry] = known
        return known

    def _format(self, work: PreparedWork) -> float:
        if not self._wanted["formats"]:
            return 0.0
        alike = max((max(self._likeness("formats", other)) for other in work.formats), default=0.0)
        spoken = 1.0 if work.language is not None and work.language in self._brief.languages else 0.0
        return alike * (1 - self._language_share) + spoken * self._language_share

    def _stage_and_tasks(self, person: Prepared, work: PreparedWork) -> float:
        """Tasks, source material and stage, each with its share among those the brief states."""
        brief = self._brief
        tasks, source, stage = self._stage_shares
        return (
            tasks * self._lists("tasks", work.tasks)
            + source * (work.source_material == brief.source_material)
            + stage * (brief.development_stage in person.stages)
        )

    def _text(self, work: PreparedWork) -> float:
        found = math.fsum(weight for _, weight in self._shared(work))
        return min(1.0, found / self._full_match) if found else 0.0

    def _shared(self, work: PreparedWork) -> list[tuple[str, float]]:
        """The terms that the project and the work share, unordered, each with its weight by BM25: as rarity is in
        0..1, one distinctive word said once in a text of average length weighs about one."""
        wanted, said = self._terms, work.terms
        average = self._corpus.average_length or work.length
        discount = _BM25_K1 * (1 - _BM25_B + _BM25_B * work.length / average) if average else _BM25_K1
        most = _BM25_K1 + 1
        return [(term, wanted[term] * most / (1 + discount / said[term])) for term in wanted.keys() & said.keys()]

    def _function(self, function: str) -> float:
        """What a work is worth for the role wanted: all of it in that role, part of it in a neighbouring
        one."""
        known = self._functions.get(function)
        if known is None:
            floor = self._weights.percent("related_function_floor_percent")
            alike = self._similarity("roles", self._brief.role, function)
            known = self._functions[function] = floor + (1 - floor) * alike
        return known

    def _breadth(self, others: list[_Closeness]) -> float:
        """0 without another close work, near 1 with several very close ones; vaguely close ones hardly move
        it."""
        if not self._work_maximum:
            return 0.0
        power = self._weights.parameters["closeness_power"]
        missing = 1.0
        for other in others:
            missing *= 1 - min(1.0, other.total / self._work_maximum) ** power
        return 1 - missing

    def _level(self, candidate: CandidateSnapshot) -> float:
        level = candidate.level(self._brief.role)
        return max((self._similarity("seniority", wanted, level) for wanted in self._brief.levels), default=0.0)

    def _working_mode(self, candidate: CandidateSnapshot) -> float:
        mode = self._brief.working_mode
        if mode is None:
            return 0.0
        others = self._weights.parameters["other_mode_percent"].get(mode, {})
        shares = [100 if one == mode else others.get(one, 0) for one in candidate.work_modes]
        accepted = max(shares, default=0)
        away = self._brief.region is not None and candidate.region != self._brief.region
        elsewhere = self._weights.parameters["elsewhere_percent"].get(mode, 100) if away else 100
        return float(accepted * elsewhere / 10_000)

    def _similarity(self, dimension: str, one: str, other: str) -> float:
        if not (self._taxonomy.knows(dimension, one) and self._taxonomy.knows(dimension, other)):
            return 1.0 if one == other else 0.0
        return self._taxonomy.dimensions[dimension].similarity(one, other)

    def _known(self, dimension: str, entries: Iterable[str]) -> tuple[str, ...]:
        """The entries that the taxonomy knows, sorted, without repeats."""
        return tuple(sorted({entry for entry in entries if self._taxonomy.knows(dimension, entry)}))

    def _evidence(
        self, criterion: str, points: int, best: _Closeness, others: list[_Closeness], person: Prepared
    ) -> Evidence:
        if not points:
            return Evidence()
        work = best.work
        credit_ids = (work.credit_id,) if work.credit_id else ()
        if criterion in LISTS:
            return self._entries(LISTS[criterion], getattr(work, LISTS[criterion]), credit_ids)
        if criterion == "format":
            return self._entries("formats", work.formats, credit_ids)
        if criterion == "stage_and_tasks":
            found = self._entries("tasks", work.tasks, credit_ids)
            extra = []
            if work.source_material and work.source_material == self._brief.source_material:
                extra.append(f"source-material/{work.source_material}")
            if self._brief.development_stage in person.stages:
                extra.append(f"development-stages/{self._brief.development_stage}")
            return Evidence(credit_ids, (*found.shared, *extra), found.related)
        if criterion == "text":
            return self._shared_terms(work, credit_ids)
        if criterion in QUALITY:
            return Evidence(credit_ids)
        if criterion == "other_works":
            return Evidence(tuple(other.work.credit_id for other in others))
        return Evidence()

    def _entries(self, dimension: str, entries: tuple[str, ...], credit_ids: tuple[str, ...]) -> Evidence:
        wanted = self._wanted[dimension]
        shared = tuple(f"{dimension}/{entry}" for entry in wanted if entry in entries)
        related: list[tuple[str, str]] = []
        for place, entry in enumerate(wanted):
            alike, nearest = max(
                ((self._likeness(dimension, other)[place], other) for other in entries), default=(0.0, "")
            )
            if alike and entry not in entries:
                related.append((f"{dimension}/{entry}", f"{dimension}/{nearest}"))
        return Evidence(credit_ids, shared, tuple(related))

    def _shared_terms(self, work: PreparedWork, credit_ids: tuple[str, ...]) -> Evidence:
        shared = [term for term, _ in sorted(self._shared(work), key=lambda pair: (-pair[1], pair[0]))]
        return Evidence(
            credit_ids,
            shared=tuple(term.removeprefix(CONCEPT) for term in shared if term.startswith(CONCEPT))[:_SHOWN_TERMS],
            terms=tuple(self._written[term] for term in shared if not term.startswith(CONCEPT))[:_SHOWN_TERMS],
        )


def score(
    brief: BriefSnapshot,
    person: CandidateSnapshot | Prepared,
    *,
    weights: Weights,
    taxonomy: Taxonomy,
    corpus: Corpus,
    today: date,
) -> Scored:
    """One person for one brief. The corpus is that of all candidates: scores of two corpora do not
    compare."""
    scorer = Scorer(brief, weights=weights, taxonomy=taxonomy, corpus=corpus, today=today)
    return scorer.score(prepared(person, taxonomy))


def rank(
    brief: BriefSnapshot,
    people: Iterable[CandidateSnapshot | Prepared],
    *,
    weights: Weights,
    taxonomy: Taxonomy,
    today: date,
    corpus: Corpus | None = None,
) -> Ranking:
    """Everyone for one brief. Without a corpus, that of the people given.

    Equal scores are ordered by a hash of brief and profile: an order of ids would favour those who signed up
    first.
    """
    ready = [prepared(person, taxonomy) for person in people]
    scorer = Scorer(brief, weights=weights, taxonomy=taxonomy, corpus=corpus or Corpus.of(ready), today=today)
    scored: list[Scored] = []
    ineligible: list[Ineligible] = []
    juniors: set[str] = set()
    for person in ready:
        candidate = person.candidate
        found = obstacle(brief, candidate, today)
        if found is not None:
            ineligible.append(Ineligible(candidate.profile_id, found))
            continue
        scored.append(scorer.score(person))
        if candidate.level(brief.role) == "junior":
            juniors.add(candidate.profile_id)
    scored.sort(key=lambda one: (-one.score, draw(brief.brief_id, one.profile_id)))
    ineligible.sort(key=lambda one: one.profile_id)
    return Ranking(tuple(scored), tuple(ineligible), frozenset(juniors))


def prepared(person: CandidateSnapshot | Prepared, taxonomy: Taxonomy) -> Prepared:
    return person if isinstance(person, Prepared) else Prepared.of(person, taxonomy)


def draw(seed: str, profile_id: str) -> str:
    """A reproducible lot: the same seed and person give the same one, another seed an unrelated one."""
    return hashlib.sha256(f"{seed}\n{profile_id}".encode()).hexdigest()


def _apportion(points: dict[str, float]) -> dict[str, int]:
    """Whole points whose sum is the rounded sum: largest remainders first, then the published order."""
    whole = {name: math.floor(points[name]) for name in CRITERIA}
    rest = math.floor(math.fsum(points.values()) + 0.5) - sum(whole.values())
    order = sorted(CRITERIA, key=lambda name: (-(points[name] - whole[name]), CRITERIA.index(name)))
    for name in order[:rest]:
        whole[name] += 1
    return whole
