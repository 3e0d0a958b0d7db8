"""A person in the form that is ranked: what is computed once, when the profile changes, before any brief.

    prepare(snapshot) -> Document
    Document.to_bytes() / Document.from_bytes(data)     what the table keeps
    document(snapshot) -> bytes                         both at once, by the taxonomy in force
    VERSION                                             changes when the same snapshot would give another document

Each verified credit becomes a `Work`, and so does what the profile merely declares about itself. Texts become terms
(`text.readings`): meanings that French and English share, so that an English pitch finds a French credit, stems of
other words, names. A term is kept as a number of 64 bits: only the brief's own words are ever shown, so nobody needs
the word back.
"""

from __future__ import annotations

import json
import re
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
from chalicelib.vocabulary.folding import fold

#: Marks a term that is a company, `&falaise`; no stem contains it.
COMPANY = "&"

#: How often a term counts in one work at most, in halves: beyond, nothing is gained by saying it again.
MOST_HALVES = 255

#: Raised by hand when documents are made in another way.
_FORM = "1"

Numbers = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Work:
    """One verified credit, or what the profile declares about itself (`credit_id` is "", `verification` 0).

    Sets hold taxonomy ids, sorted, without repeats. `length` counts the terms of its texts, repeats included, in
    halves (a proper name counts for half, see `text.readings`).
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
    numbers of the works' terms, work after work, then those of the declaration; `counts` how often each occurs there,
    in halves.
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
        unzip = zlib.decompressobj()
        try:
            plain = unzip.decompress(data)
        except zlib.error as damaged:
            raise ValueError("not a document") from damaged
        if not unzip.eof or unzip.unused_data:
            raise ValueError("not a whole document")
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


#: What makes a document: its form and the text processing.
VERSION = f"{_FORM}.{text.VERSION}"


def document(snapshot: CandidateSnapshot) -> bytes:
    return prepare(snapshot).to_bytes()


def prepare(snapshot: CandidateSnapshot) -> Document:
    """Reads a person's verified credits and declarations. The order of credits and lists does not matter."""
    verified = sorted((credit for credit in snapshot.credits if credit.verified), key=lambda credit: credit.credit_id)
    described = [*(_credit(credit) for credit in verified), _declaration(snapshot)]
    works: list[Work] = []
    terms: list[int] = []
    counts: list[int] = []
    for fields, found, length in described:
        start = len(terms)
        for number, count in sorted((number_of(term), count) for term, count in found.items()):
            terms.append(number)
            counts.append(min(count, MOST_HALVES))
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
    """What one company's names have in common, however written: "Falaise Productions SAS" → "&falaise"."""
    words = _WORDS.findall(fold(name).replace(".", ""))
    while len(words) > 1 and words[-1] in _COMMON_ENDS:
        words.pop()
    while len(words) > 1 and words[0] in _COMMON_BEGINNINGS:
        words.pop(0)
    return f"{COMPANY}{' '.join(words)}" if words else ""


_WORDS = re.compile(r"[^\W_]+")
#: What many companies of the trade are called besides their own name: legal forms and what they make.
_COMMON_ENDS = frozenset(
    {"productions", "production", "pictures", "picture", "entertainment", "films", "film", "media", "studios", "studio"}
    | {"group", "groupe", "international", "company", "co", "corp", "corporation", "limited", "sarl", "sasu", "scop"}
    | {"sa", "sas", "eurl", "inc", "ltd", "llc", "gmbh", "srl", "spa", "bv"}
)
_COMMON_BEGINNINGS = frozenset({"the", "les", "la", "le", "l", "productions", "films", "studios", "societe"})


def said_in(texts: Iterable[tuple[str, str]]) -> Counter[str]:
    """What (language, text) pairs say, by readings, in halves: 2 for each time, 1 for a name."""
    found: Counter[str] = Counter()
    for language, written in texts:
        for reading in text.readings(written, language):
            found[reading.term] += reading.halves
    return found


def _credit(credit: CreditSnapshot) -> tuple[dict[str, Any], Mapping[str, int], int]:
    # The title twice: what a work is called says more than what is said of it.
    told = (credit.title, credit.title, credit.synopsis, credit.contribution)
    texts = ((credit.text_language, part) for part in told)
    found = said_in(texts)
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


def _declaration(snapshot: CandidateSnapshot) -> tuple[dict[str, Any], Mapping[str, int], int]:
    found = said_in(snapshot.bio.items())
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
