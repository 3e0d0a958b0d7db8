"""What is computed once per person, before any brief: the terms of each verified work and of what the
profile declares.

    Prepared.of(candidate, taxonomy) -> Prepared  to be cached while snapshot and taxonomy stay the same
    Corpus.of(prepared people) -> Corpus          how common each term and entry is among their works
    story_terms(texts, taxonomy) -> Counter       the terms of texts in French and English

Besides its stems, a text yields *concepts*: entries of the taxonomy whose name or synonym it contains.
"Secret de famille" and "family secret" meet there, which is how an English pitch finds a French credit.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.matching import text
from chalicelib.matching.snapshots import CandidateSnapshot, CreditSnapshot
from chalicelib.vocabulary.taxonomy import Taxonomy

#: The dimensions whose entries are looked for in texts: those that describe a story.
STORY = ("genres", "tones", "universes", "stakes")

#: Marks a term that is a taxonomy entry, `#stakes/family-secret`; no stem contains it.
CONCEPT = "#"

Phrases = dict[str, dict[tuple[str, ...], tuple[str, ...]]]
_phrases: dict[int, tuple[Taxonomy, Phrases]] = {}


@dataclass(frozen=True, slots=True)
class PreparedWork:
    """One verified credit, or what the profile declares about itself (`credit` is None). Ids are those the
    taxonomy knows, sorted, without repeats."""

    credit: CreditSnapshot | None
    genres: tuple[str, ...]
    tones: tuple[str, ...]
    universes: tuple[str, ...]
    stakes: tuple[str, ...]
    formats: tuple[str, ...]
    tasks: tuple[str, ...]
    source_material: str | None
    language: str | None
    terms: Mapping[str, int]
    length: int

    @property
    def credit_id(self) -> str:
        return "" if self.credit is None else self.credit.credit_id


@dataclass(frozen=True, slots=True)
class Prepared:
    """A person ready to be scored. `works` are their verified credits in the order of credit ids."""

    candidate: CandidateSnapshot
    works: tuple[PreparedWork, ...]
    declared: PreparedWork
    stages: frozenset[str]

    @classmethod
    def of(cls, candidate: CandidateSnapshot, taxonomy: Taxonomy) -> Prepared:
        verified = sorted((credit for credit in candidate.credits if credit.verified), key=_by_id)
        return cls(
            candidate=candidate,
            works=tuple(_work(credit, taxonomy) for credit in verified),
            declared=_declared(candidate, taxonomy),
            stages=frozenset(candidate.specialities.get("development_stages", ())),
        )


@dataclass(frozen=True, slots=True)
class Corpus:
    """Document frequencies over verified works: of terms, and of taxonomy entries written `genres/crime`.

    An argument of the scorer, never a state of it: the same corpus gives the same score.
    """

    works: int
    average_length: float
    terms: Mapping[str, int]
    entries: Mapping[str, int]

    @classmethod
    def of(cls, people: Iterable[Prepared]) -> Corpus:
        works = length = 0
        terms: Counter[str] = Counter()
        entries: Counter[str] = Counter()
        for person in people:
            for work in person.works:
                works += 1
                length += work.length
                terms.update(work.terms.keys())
                for dimension in STORY:
                    entries.update(f"{dimension}/{entry}" for entry in getattr(work, dimension))
                entries.update(f"tasks/{task}" for task in work.tasks)
        return cls(works, length / works if works else 0.0, terms, entries)

    def rarity(self, term: str) -> float:
        """How much a shared term says, in 0..1: 1 when one work at most has it, near 0 when all have it."""
        return self._idf(self.terms.get(term, 0))

    def entry_rarity(self, dimension: str, entry: str) -> float:
        """The same for a taxonomy entry, never under a quarter: what a producer chose always counts."""
        return max(0.25, self._idf(self.entries.get(f"{dimension}/{entry}", 0)))

    def _idf(self, frequency: int) -> float:
        frequency = max(frequency, 1)
        if self.works < 2:
            return 1.0
        return math.log1p((self.works - frequency + 0.5) / (frequency + 0.5)) / math.log1p((self.works - 0.5) / 1.5)


def story_terms(texts: Iterable[tuple[str, str]], taxonomy: Taxonomy) -> Counter[str]:
    """Stems and concepts of (language, text) pairs, with how often each occurs."""
    found: Counter[str] = Counter()
    for language, written in texts:
        stems = text.terms(written, language)
        found.update(stems)
        found.update(_concepts(stems, phrases(taxonomy)))
    return found


def phrases(taxonomy: Taxonomy) -> Phrases:
    """For each first stem, the stem sequences that name entries of the story dimensions, in both
    languages."""
    known = _phrases.get(id(taxonomy))
    if known is None:
        _phrases.clear()  # one taxonomy is in force at a time
        known = _phrases[id(taxonomy)] = (taxonomy, _find_phrases(taxonomy))
    return known[1]


def _find_phrases(taxonomy: Taxonomy) -> Phrases:
    found: dict[str, dict[tuple[str, ...], set[str]]] = {}
    for dimension in STORY:
        for entry in taxonomy.dimensions[dimension].entries.values():
            for language in ("fr", "en"):
                for name in (*entry.labels[language].split(" / "), *entry.synonyms.get(language, ())):
                    stems = tuple(text.terms(name, language))
                    if stems:
                        found.setdefault(stems[0], {}).setdefault(stems, set()).add(f"{CONCEPT}{dimension}/{entry.id}")
    return {
        first: {stems: tuple(sorted(names)) for stems, names in sequences.items()} for first, sequences in found.items()
    }


def _concepts(stems: list[str], known: Phrases) -> list[str]:
    """The concepts that a text names, longest phrase first at each place."""
    found: list[str] = []
    for start, stem in enumerate(stems):
        if stem in known:
            matching = [sequence for sequence in known[stem] if tuple(stems[start : start + len(sequence)]) == sequence]
            if matching:
                found.extend(known[stem][max(matching, key=len)])
    return found


def _work(credit: CreditSnapshot, taxonomy: Taxonomy) -> PreparedWork:
    counts = story_terms((("fr", credit.title), ("fr", credit.synopsis), ("fr", credit.contribution)), taxonomy)
    return PreparedWork(
        credit=credit,
        genres=_known(taxonomy, "genres", credit.genres),
        tones=_known(taxonomy, "tones", credit.tones),
        universes=_known(taxonomy, "universes", credit.universes),
        stakes=_known(taxonomy, "stakes", credit.stakes),
        formats=_known(taxonomy, "formats", (credit.format,) if credit.format else ()),
        tasks=_known(taxonomy, "tasks", credit.tasks),
        source_material=credit.source_material,
        language=credit.language,
        terms=counts,
        length=counts.total(),
    )


def _declared(candidate: CandidateSnapshot, taxonomy: Taxonomy) -> PreparedWork:
    counts = story_terms(candidate.bio.items(), taxonomy)
    declared = candidate.specialities
    return PreparedWork(
        credit=None,
        genres=_known(taxonomy, "genres", declared.get("genres", ())),
        tones=_known(taxonomy, "tones", declared.get("tones", ())),
        universes=_known(taxonomy, "universes", declared.get("universes", ())),
        stakes=_known(taxonomy, "stakes", declared.get("stakes", ())),
        formats=_known(taxonomy, "formats", declared.get("formats", ())),
        tasks=_known(taxonomy, "tasks", declared.get("tasks", ())),
        source_material=None,
        language=None,
        terms=counts,
        length=counts.total(),
    )


def _by_id(credit: CreditSnapshot) -> str:
    return credit.credit_id


def _known(taxonomy: Taxonomy, dimension: str, entries: Iterable[str]) -> tuple[str, ...]:
    known = taxonomy.dimensions[dimension].entries
    return tuple(sorted({entry for entry in entries if entry in known}))
