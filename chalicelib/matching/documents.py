"""A person in the form that is ranked: what is computed once, when the profile changes, before any brief.

    prepare(snapshot, taxonomy) -> Document
    Document.to_bytes() / Document.from_bytes(data)     what the table keeps
    document(snapshot) -> bytes                         both at once, by the taxonomy in force
    VERSION                                             changes when the same snapshot would give another document

Each verified credit becomes a `Work`, and so does what the profile merely declares about itself. Texts become terms:
stems of French and English words, and *concepts*, entries of the taxonomy whose name or synonym the text contains.
"Secret de famille" and "family secret" meet there, which is how an English pitch finds a French credit. A term is kept
as a number of 64 bits: only the brief's own words are ever shown, so nobody needs the word back.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from chalicelib.matching import text
from chalicelib.matching.snapshots import CandidateSnapshot, CreditSnapshot
from chalicelib.vocabulary.taxonomy import Taxonomy, taxonomy

#: The dimensions whose entries are looked for in texts: those that describe a story.
STORY = ("genres", "tones", "universes", "stakes")

#: Marks a term that is a taxonomy entry, `#stakes/family-secret`, or a company, `@falaise`; no stem contains either.
CONCEPT = "#"
COMPANY = "@"

#: How often a term counts in one work at most: beyond, nothing is gained by saying it again.
MOST_OCCURRENCES = 255

#: Raised by hand when documents are made in another way.
_FORM = "1"

Numbers = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Work:
    """One verified credit, or what the profile declares about itself (`credit_id` is "", `verification` 0).

    Sets hold taxonomy ids, sorted, without repeats. `length` counts the terms of its texts, repeats included.
    `start` and `end` say which of the document's terms are its own.
    """

    credit_id: str
    function: str
    year: int
    verification: int
    language: str | None
    source_material: str | None
    formats: tuple[str, ...]
    genres: tuple[str, ...]
    tones: tuple[str, ...]
    universes: tuple[str, ...]
    stakes: tuple[str, ...]
    tasks: tuple[str, ...]
    length: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A person ready to be ranked. `works` are the verified credits, by credit id.

    `availability` holds days as ordinals (`date.toordinal`), the last one None when open-ended. `terms` are the
    numbers of the works' terms, work after work, then those of the declaration; `counts` how often each occurs there.
    """

    profile_id: str
    roles: tuple[str, ...]
    verification: str
    languages: tuple[str, ...]
    availability: tuple[tuple[int, int | None], ...]
    work_modes: tuple[str, ...]
    region: str | None
    levels: tuple[tuple[str, str], ...]
    stages: tuple[str, ...]
    works: tuple[Work, ...]
    declared: Work
    terms: Numbers
    counts: Counts

    def level(self, role: str) -> str:
        """The person's level in a role; junior when nothing verified says more."""
        return dict(self.levels).get(role, "junior")

    def to_bytes(self) -> bytes:
        facts = [
            *(self.profile_id, self.roles, self.verification, self.languages, self.availability),
            *(self.work_modes, self.region, self.levels, self.stages),
            [[getattr(work, name) for name in Work.__slots__] for work in (*self.works, self.declared)],
        ]
        head = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
        size = len(head).to_bytes(4, "little")
        return zlib.compress(size + head + self.terms.astype("<u8").tobytes() + self.counts.tobytes(), 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> Document:
        """Raises ValueError (zlib's error among them) on anything else than what `to_bytes` wrote."""
        try:
            plain = zlib.decompress(data)
        except zlib.error as damaged:
            raise ValueError("not a document") from damaged
        start = 4 + int.from_bytes(plain[:4], "little")
        facts = json.loads(plain[4:start])
        *works, declared = (Work(*_frozen(work)) for work in facts[9])
        size = declared.end
        if len(plain) != start + 9 * size:
            raise ValueError("a document of another length")
        return cls(
            profile_id=facts[0],
            roles=tuple(facts[1]),
            verification=facts[2],
            languages=tuple(facts[3]),
            availability=tuple((first, last) for first, last in facts[4]),
            work_modes=tuple(facts[5]),
            region=facts[6],
            levels=tuple((role, level) for role, level in facts[7]),
            stages=tuple(facts[8]),
            works=tuple(works),
            declared=declared,
            terms=np.frombuffer(plain, "<u8", size, start),
            counts=np.frombuffer(plain, np.uint8, size, start + 8 * size),
        )


#: What makes a document: its form, the text processing, the taxonomy.
VERSION = f"{_FORM}.{text.VERSION}.{taxonomy().version}"


def document(snapshot: CandidateSnapshot) -> bytes:
    return prepare(snapshot, taxonomy()).to_bytes()


def prepare(snapshot: CandidateSnapshot, words: Taxonomy) -> Document:
    """Reads a person's verified credits and declarations. The order of credits and lists does not matter."""
    verified = sorted((credit for credit in snapshot.credits if credit.verified), key=lambda credit: credit.credit_id)
    described = [*(_credit(credit, words) for credit in verified), _declaration(snapshot, words)]
    works: list[Work] = []
    terms: list[int] = []
    counts: list[int] = []
    for fields, found, length in described:
        start = len(terms)
        for number, count in sorted((number_of(term), count) for term, count in found.items()):
            terms.append(number)
            counts.append(min(count, MOST_OCCURRENCES))
        works.append(Work(**fields, length=length, start=start, end=len(terms)))
    return Document(
        profile_id=snapshot.profile_id,
        roles=_set(snapshot.roles),
        verification=snapshot.verification,
        languages=_set(snapshot.languages),
        availability=tuple(
            sorted(
                (
                    (first.toordinal(), None if last is None else last.toordinal())
                    for first, last in snapshot.availability
                ),
                key=lambda window: (window[0], window[1] is None, window[1] or 0),
            )
        ),
        work_modes=_set(snapshot.work_modes),
        region=snapshot.region,
        levels=tuple(sorted(snapshot.levels.items())),
        stages=_set(snapshot.specialities.get("development_stages", ())),
        works=tuple(works[:-1]),
        declared=works[-1],
        terms=np.array(terms, np.uint64),
        counts=np.array(counts, np.uint8),
    )


@lru_cache(maxsize=262_144)
def number_of(term: str) -> int:
    """A term as 64 bits; among a million different terms, two would share one by a chance of 3 in 100 million."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little")


def company_term(name: str) -> str:
    """What one company's names have in common, however written: "Falaise Films SAS" → "@falaise films"."""
    folded = text.fold(name).replace("-", " ").replace(".", "").replace("'", " ")
    words = [word for word in folded.split() if word not in _LEGAL_FORMS]
    return f"{COMPANY}{' '.join(words)}" if words else ""


#: Legal forms that follow or precede a company's name, French and foreign.
_LEGAL_FORMS = frozenset({"sa", "sas", "sasu", "sarl", "eurl", "scop", "inc", "ltd", "llc", "gmbh", "srl", "spa", "bv"})


def story_terms(texts: Iterable[tuple[str, str]], words: Taxonomy) -> Counter[str]:
    """Stems and concepts of (language, text) pairs, with how often each occurs."""
    found: Counter[str] = Counter()
    for language, written in texts:
        stems = text.terms(written, language)
        found.update(stems)
        found.update(_concepts(stems, _phrases(words)))
    return found


Phrases = dict[str, dict[tuple[str, ...], tuple[str, ...]]]
_known_phrases: dict[int, tuple[Taxonomy, Phrases]] = {}


def _phrases(words: Taxonomy) -> Phrases:
    """For each first stem, the stem sequences that name entries of the story dimensions, in both languages."""
    known = _known_phrases.get(id(words))
    if known is None:
        _known_phrases.clear()  # one taxonomy is in force at a time
        known = _known_phrases[id(words)] = (words, _find_phrases(words))
    return known[1]


def _find_phrases(words: Taxonomy) -> Phrases:
    found: dict[str, dict[tuple[str, ...], set[str]]] = {}
    for dimension in STORY:
        for entry in words.dimensions[dimension].entries.values():
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


def _credit(credit: CreditSnapshot, words: Taxonomy) -> tuple[dict[str, Any], Mapping[str, int], int]:
    texts = ((credit.text_language, part) for part in (credit.title, credit.synopsis, credit.contribution))
    found = story_terms(texts, words)
    fields: dict[str, Any] = {
        "credit_id": credit.credit_id,
        "function": credit.function,
        "year": credit.year,
        "verification": min(credit.verification, 3),
        "language": credit.language,
        "source_material": credit.source_material,
        "formats": _set((credit.format,) if credit.format else ()),
        "genres": _set(credit.genres),
        "tones": _set(credit.tones),
        "universes": _set(credit.universes),
        "stakes": _set(credit.stakes),
        "tasks": _set(credit.tasks),
    }
    companies = {company_term(name) for name in (credit.company, *credit.co_producers) if name} - {""}
    return fields, found | dict.fromkeys(companies, 1), found.total()


def _declaration(snapshot: CandidateSnapshot, words: Taxonomy) -> tuple[dict[str, Any], Mapping[str, int], int]:
    found = story_terms(snapshot.bio.items(), words)
    declared = snapshot.specialities
    fields: dict[str, Any] = {
        "credit_id": "",
        "function": "",
        "year": 0,
        "verification": 0,
        "language": None,
        "source_material": None,
        **{
            name: _set(declared.get(name, ()))
            for name in ("formats", "genres", "tones", "universes", "stakes", "tasks")
        },
    }
    return fields, found, found.total()


def _set(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _frozen(values: list[Any]) -> Iterable[Any]:
    return (tuple(value) if isinstance(value, list) else value for value in values)
