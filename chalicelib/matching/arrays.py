"""Many people in flat arrays, the form that a hundred thousand of them are ranked in.

    Arrays.of(people) -> Arrays             from documents, in any order
    encode(entries) -> bytes                the same people give the same bytes
    decode(bytes) -> Arrays                 without copying; raises Damaged

People are ordered by the roles they have, then by id, so those of one role are a few stretches; the works of a person
follow one another. What works have in common is kept once: the same genres, the same function and year are a
*combination* with a number, compared to a brief once however many works share it. Words are postings: for each term,
the works that say it and by how much, four bytes for both. How much a posting says depends on its own work alone, never
on the others, so a work that is added or removed changes no byte of another.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from chalicelib.matching.documents import Document, Work, number_of
from chalicelib.matching.entries import Entry

#: (profile id, version, document).
Person = tuple[str, int, Document]
Array = npt.NDArray[Any]

#: Dimensions whose entries a work has a set of.
SETS = ("genres", "tones", "universes", "stakes", "tasks", "formats")
#: What is kept as combinations: sets of works, of what people declare, and the stages people declare.
_COMBINED = (*SETS, *(f"declared/{name}" for name in SETS), "stages")

#: The usual constants of BM25 (Robertson and Zaragoza 2009): how soon repeating a word stops paying, how far a long
#: text is discounted; and the number of terms of a text that is neither, where BM25 has the average of the corpus.
K1 = 1.2
B = 0.75
USUAL_LENGTH = 45

#: The bits of a posting that say how much; the others say which text.
IMPACT_BITS = 8

#: Pairs of combinations that fit a processor's first caches, and works for each of them that make it worth while.
_MOST_PAIRS = 1 << 14
_WORKS_PER_PAIR = 4

#: A day that never ends, for an availability that is open.
_OPEN = np.iinfo(np.int32).max

#: The kinds of table that there are, as they are written: numpy reads a name of its own as a little program.
_KINDS = {np.dtype(kind).str: np.dtype(kind) for kind in ("<u1", "<u2", "<u4", "<u8", "<i4", "<i8")}

_MAGIC = b"plot-point index 1\n"
_ALIGNMENT = 64


class Damaged(ValueError):
    """Bytes that `pack` has not written, or not all of them."""


@dataclass(frozen=True, eq=False)
class Combinations:
    """Distinct sets of entries, the largest first. `of[i]` is the number of the set of the i-th thing; entries are
    numbers of `names`. `columns[k]` holds the (k+1)-th entry of every set that has so many, which are the first ones.
    `uses` counts the things that have each entry.
    """

    names: tuple[str, ...]
    of: Array
    columns: tuple[Array, ...]
    count: int
    uses: Array

    def __len__(self) -> int:
        return self.count

    def with_entry(self, name: str | None) -> Array:
        """Whether each set has an entry."""
        has = np.zeros(len(self), bool)
        if name in self.names:
            number = self.names.index(name)
            for column in self.columns:
                has[: len(column)] |= column == number
        return has

    def entries_of(self, thing: int) -> tuple[str, ...]:
        number = int(self.of[thing])
        return tuple(self.names[column[number]] for column in self.columns if number < len(column))

    def uses_by(self, things: Array) -> Array:
        """How many of some things have each entry."""
        numbers = self.of[things]
        every = [column[numbers[numbers < len(column)]] for column in self.columns]
        return np.bincount(np.concatenate(every or [np.zeros(0, np.int64)]), minlength=len(self.names))


@dataclass(frozen=True, eq=False)
class Sets:
    """The combinations of all dimensions one after the other, to be compared to a brief in one go: at a thousand
    people, what that takes is how many operations there are, not how long each is.

    The sets of a dimension are those from `firsts[dimension]` on, in the order of its `Combinations`. `columns[k]`
    holds the (k+1)-th entry of each set, as a number among all `entries`, up to the last that has so many: `nothing`,
    the number after the last, for those before it that do not."""

    firsts: Mapping[str, int]
    columns: tuple[Array, ...]
    count: int
    nothing: int

    @classmethod
    def of(cls, combinations: Mapping[str, Combinations], entries: Sequence[tuple[str, str]]) -> Sets:
        """`entries` (dimension, entry): at least those that the sets have."""
        numbers = {entry: number for number, entry in enumerate(entries)}
        known = {
            dimension: np.array([numbers[dimension, name] for name in sets.names], np.uint16)
            for dimension, sets in combinations.items()
        }
        # The columns are short when those of many entries come first.
        order = sorted(combinations, key=lambda dimension: -len(combinations[dimension].columns))
        edges = np.cumsum([0, *(len(combinations[dimension]) for dimension in order)]).tolist()
        firsts = dict(zip(order, edges[:-1], strict=True))
        columns = []
        for place in range(max((len(sets.columns) for sets in combinations.values()), default=0)):
            having = [dimension for dimension in order if len(combinations[dimension].columns) > place]
            after = firsts[having[-1]] + len(combinations[having[-1]].columns[place])
            column = np.full(after, len(entries), np.uint16)
            for dimension in having:
                own = combinations[dimension].columns[place]
                column[firsts[dimension] : firsts[dimension] + len(own)] = known[dimension][own]
            columns.append(column)
        return cls(firsts, tuple(columns), edges[-1], len(entries))

    @cached_property
    def dense(self) -> Array:
        """The same columns, all as long as there are sets: a row each."""
        dense = np.full((len(self.columns), self.count), self.nothing, np.uint16)
        for row, column in zip(dense, self.columns, strict=True):
            row[: len(column)] = column
        return dense


@dataclass(frozen=True, eq=False)
class Arrays:
    """`tables` holds every array by name; `names` every list of words that arrays give numbers of."""

    tables: Mapping[str, Array]
    names: Mapping[str, Any]

    @classmethod
    def of(cls, people: Iterable[Person]) -> Arrays:
        return _build(sorted(people, key=lambda person: (person[2].roles, person[0])))

    @cached_property
    def ids(self) -> list[str]:
        blob = self.tables["ids"].tobytes().decode()
        return blob.split("\n") if blob else []

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Where each person stands, by id."""
        return {profile_id: place for place, profile_id in enumerate(self.ids)}

    def version_of(self, profile_id: str) -> int | None:
        place = self.place_of.get(profile_id)
        return None if place is None else int(self.tables["versions"][place])

    @property
    def people(self) -> int:
        return len(self.tables["versions"])

    @property
    def works(self) -> int:
        return len(self.tables["quality"])

    def levels_in(self, role: str) -> list[str]:
        """The level in a role of each combination of levels; junior where nothing verified says more."""
        if role not in self._levels:
            self._levels[role] = [dict(had).get(role, "junior") for had in self.names["levels"]]
        return self._levels[role]

    @cached_property
    def _levels(self) -> dict[str, list[str]]:
        return {}

    def stretches(self, role: str) -> list[tuple[int, int]]:
        """Where the people of a role stand: (first, after the last), in order, none touching the next."""
        found: list[tuple[int, int]] = []
        for roles, first, after in self.names["stretches"]:
            if role in roles:
                if found and found[-1][1] == first:
                    found[-1] = (found[-1][0], after)
                else:
                    found.append((first, after))
        return found

    def combinations(self, name: str) -> Combinations:
        return self._combinations[name]

    @cached_property
    def _combinations(self) -> dict[str, Combinations]:
        found = {}
        for name in _COMBINED:
            counts = self.tables[f"{name}/counts"]
            edges = np.concatenate(([0], np.cumsum(counts))).tolist()
            entries = self.tables[f"{name}/entries"]
            found[name] = Combinations(
                tuple(self.names[name]),
                self.tables[f"{name}/of"],
                tuple(entries[first:after] for first, after in itertools.pairwise(edges)),
                int(self.tables[f"{name}/size"][0]),
                self.tables[f"{name}/uses"],
            )
        return found

    @cached_property
    def joined(self) -> list[tuple[str, str, Array]]:
        """Pairs of tables of combinations, and which pair of combinations each work has: the number of the first, times
        how many the second has, plus that of the second. Where pairs are few beside works, looking one thing up for
        each work instead of two is worth making them."""
        sizes = {f"{name}/of": len(self.combinations(name)) for name in SETS}
        sizes["origin"] = len(self.tables["origin_language"])
        most = min(_MOST_PAIRS, self.works // _WORKS_PER_PAIR)
        left = sorted(sizes, key=lambda table: (sizes[table], table))
        found = []
        while left:
            one = left.pop(0)
            other = next((table for table in reversed(left) if sizes[one] * sizes[table] <= most), None)
            if other is not None:
                left.remove(other)
                pairs = self.tables[one].astype(np.uint16) * np.uint16(sizes[other]) + self.tables[other].astype(
                    np.uint16
                )
                found.append((one, other, pairs))
        return found

    @cached_property
    def kinds_of_people(self) -> Array:
        """Which level, working mode and region each person has, as one number: the level's, times how many pairs of
        the others there are, plus that of the pair (`kinds` parts them)."""
        _, modes, regions = self.kinds
        levels = self.tables["levels"].astype(np.intp)
        return (levels * modes + self.tables["modes"]) * regions + self.tables["regions"]

    @property
    def kinds(self) -> tuple[int, int, int]:
        """How many levels, working modes and regions people have."""
        return len(self.names["levels"]), len(self.names["modes"]), len(self.names["regions"])

    @cached_property
    def entries(self) -> tuple[tuple[str, str], ...]:
        """(dimension, entry) of everything that works have and people declare, those of a dimension together."""
        return tuple(
            (name, entry) for name in SETS for entry in sorted({*self.names[name], *self.names[f"declared/{name}"]})
        )

    @cached_property
    def sets(self) -> Sets:
        """What works have."""
        return Sets.of({name: self.combinations(name) for name in SETS}, self.entries)

    @cached_property
    def declared(self) -> Sets:
        """What people declare."""
        return Sets.of({name: self.combinations(f"declared/{name}") for name in SETS}, self.entries)

    def locate(self, terms: Sequence[int]) -> list[tuple[int, int]]:
        """Where the postings of each term lie: (first, after the last); an empty span for a term that nobody says."""
        vocabulary, starts = self.tables["vocabulary"], self.tables["posting_starts"]
        asked = np.array(terms, np.uint64)
        places = np.searchsorted(vocabulary, asked)
        known = places < len(vocabulary)
        known[known] = vocabulary[places[known]] == asked[known]
        places = np.where(known, places, 0)
        firsts = np.where(known, starts[places], 0)
        afters = np.where(known, starts[np.minimum(places + 1, len(starts) - 1)], 0)
        return list(zip(firsts.tolist(), afters.tolist(), strict=True))


def impact(counts: Array, lengths: Array) -> Array:
    """How much a term that occurs so often says in texts of these lengths (both in terms): BM25's saturation, as 1..255
    for 0..1 of the most it can be."""
    discount = K1 * (1 - B + B * lengths / USUAL_LENGTH)
    said: Array = counts / (counts + discount)
    rounded: Array = np.clip(np.rint(said * 255), 1, 255).astype(np.uint8)
    return rounded


class _Numbering:
    """Gives things numbers in the order they are first seen."""

    def __init__(self, first: Sequence[Any] = ()) -> None:
        self.numbers: dict[Any, int] = {thing: number for number, thing in enumerate(first)}

    def __call__(self, thing: Any) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))

    @property
    def things(self) -> list[Any]:
        return list(self.numbers)


def _build(entries: Sequence[Person]) -> Arrays:
    documents = [document for _, _, document in entries]
    works = [work for document in documents for work in document.works]
    per_person = np.array([len(document.works) for document in documents], np.int64)
    tables: dict[str, Array] = {
        "ids": np.frombuffer("\n".join(profile_id for profile_id, _, _ in entries).encode(), np.uint8),
        "versions": np.array([version for _, version, _ in entries], np.int64),
        "marks": np.array([number_of(f"{one}@{version}") for one, version, _ in entries], np.uint64),
        "work_starts": np.concatenate(([0], np.cumsum(per_person))).astype(np.int32),
    }
    names: dict[str, Any] = {"stretches": _stretches(documents)}
    standing, levels, modes, regions = _Numbering(), _Numbering(), _Numbering(), _Numbering()
    tables["standing"] = _small([standing((one.roles, one.verification, one.languages)) for one in documents])
    tables["levels"] = _small([levels(one.levels) for one in documents])
    tables["modes"] = _small([modes(one.work_modes) for one in documents])
    tables["regions"] = _small([regions(one.region) for one in documents])
    names |= {"standing": standing.things, "levels": levels.things, "modes": modes.things, "regions": regions.things}
    windows = [
        (number, first, _OPEN if last is None else last)
        for number, document in enumerate(documents)
        for first, last in document.availability
    ]
    for column, name in enumerate(("window_owner", "window_first", "window_last")):
        tables[name] = np.array([window[column] for window in windows], np.int32)

    declared = [document.declared for document in documents]
    for name in SETS:
        _sets(tables, names, name, [getattr(work, name) for work in works])
        _sets(tables, names, f"declared/{name}", [getattr(work, name) for work in declared])
    _sets(tables, names, "stages", [document.stages for document in documents])
    quality, origin = _Numbering(), _Numbering()
    functions, languages, sources = _Numbering(), _Numbering(), _Numbering()
    tables["quality"] = _small([quality((functions(work.function), work.year, work.verification)) for work in works])
    tables["origin"] = _small([origin((languages(work.language), sources(work.source_material))) for work in works])
    for column, name in enumerate(("quality_function", "quality_year", "quality_verification")):
        tables[name] = np.array([one[column] for one in quality.things], np.int32)
    for column, name in enumerate(("origin_language", "origin_source")):
        tables[name] = np.array([one[column] for one in origin.things], np.int32)
    spoken = np.array([languages(work.language) for work in works], np.int64)
    tables["language_uses"] = np.bincount(spoken, minlength=len(languages.things))
    names |= {"functions": functions.things, "languages": languages.things, "sources": sources.things}
    tables |= _postings(documents, works, declared)
    return Arrays(tables, names)


def _stretches(documents: Sequence[Document]) -> list[list[Any]]:
    found: list[list[Any]] = []
    for number, document in enumerate(documents):
        if not found or found[-1][0] != document.roles:
            found.append([document.roles, number, number])
        found[-1][2] = number + 1
    return found


def _sets(tables: dict[str, Array], names: dict[str, Any], name: str, values: list[tuple[str, ...]]) -> None:
    distinct = sorted(set(values), key=lambda entries: (-len(entries), entries))
    number = {entries: place for place, entries in enumerate(distinct)}
    words = _Numbering(sorted({entry for entries in distinct for entry in entries}))
    of = [number[entries] for entries in values]
    columns = [
        [words(entries[place]) for entries in distinct if len(entries) > place]
        for place in range(len(distinct[0]) if distinct else 0)
    ]
    tables[f"{name}/of"] = _small(of)
    tables[f"{name}/entries"] = np.array([entry for column in columns for entry in column], np.uint16)
    tables[f"{name}/counts"] = np.array([len(column) for column in columns], np.int64)
    tables[f"{name}/size"] = np.array([len(distinct)], np.int64)
    every = [words(entry) for entries in values for entry in entries]
    tables[f"{name}/uses"] = np.bincount(np.array(every, np.int64), minlength=len(words.things))
    names[name] = words.things


def _postings(documents: Sequence[Document], works: Sequence[Work], declared: Sequence[Work]) -> dict[str, Array]:
    """What works say, by their number, and what people declare, by that of the person after the last work. A posting is
    the number of the text and, in its last bits, how much it says the term. Raises ValueError for more texts than that
    leaves room for."""
    if len(works) + len(declared) >= 1 << (32 - IMPACT_BITS):
        raise ValueError(f"{len(works) + len(declared)} texts are too many for one index")
    told = [
        (work, place)
        for document, number, first in zip(
            documents,
            range(len(works), len(works) + len(declared)),
            itertools.accumulate((len(document.works) for document in documents), initial=0),
            strict=False,
        )
        for work, place in (
            *zip(document.works, itertools.count(first), strict=False),
            (document.declared, number),
        )
    ]
    sizes = np.array([work.end - work.start for work, _ in told], np.int64)
    lengths = np.array([work.length for work, _ in told], np.float64)
    places = np.array([place for _, place in told], np.int32)
    terms = np.concatenate([document.terms for document in documents] or [np.zeros(0, np.uint64)])
    counts = np.concatenate([document.counts for document in documents] or [np.zeros(0, np.uint8)])
    of_work = np.repeat(places, sizes)
    impacts = impact(counts / 2, np.repeat(lengths / 2, sizes))
    order = np.lexsort((of_work, terms))
    vocabulary, starts = np.unique(terms[order], return_index=True)
    postings = (of_work.astype(np.uint32) << IMPACT_BITS) | impacts
    return {
        "vocabulary": vocabulary,
        "posting_starts": np.append(starts, len(terms)).astype(np.int64),
        "postings": postings[order],
    }


def _small(numbers: list[int]) -> Array:
    """In two bytes each when they fit, else in four."""
    return np.array(numbers, np.uint16 if max(numbers, default=0) < 1 << 16 else np.uint32)


def encode(entries: Iterable[Entry]) -> bytes:
    """Raises ValueError for what is not a document."""
    return pack(Arrays.of((one.profile_id, one.version, Document.from_bytes(one.document)) for one in entries))


def pack(arrays: Arrays) -> bytes:
    shapes: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, table in arrays.tables.items():
        offset += -offset % _ALIGNMENT
        shapes[name] = (table.dtype.newbyteorder("<").str, len(table), offset)
        offset += table.nbytes
    head = json.dumps({"tables": shapes, "names": arrays.names, "size": offset}, ensure_ascii=False).encode()
    head += b" " * (-(len(_MAGIC) + 8 + len(head)) % _ALIGNMENT)
    body = bytearray(offset)
    for name, table in arrays.tables.items():
        kind, _, start = shapes[name]
        body[start : start + table.nbytes] = table.astype(kind, copy=False).tobytes()
    return b"".join((_MAGIC, len(head).to_bytes(8, "little"), head, body))


def decode(data: bytes) -> Arrays:
    """Raises Damaged."""
    start = len(_MAGIC) + 8
    if data[: len(_MAGIC)] != _MAGIC:
        raise Damaged("another format")
    size = int.from_bytes(data[len(_MAGIC) : start], "little")
    try:
        head = json.loads(data[start : start + size])
        body = memoryview(data)[start + size :]
        if len(body) != head["size"]:
            raise Damaged(f"{len(body)} bytes instead of {head['size']}")
        tables = {
            name: np.frombuffer(body, _KINDS[kind], count, offset)
            for name, (kind, count, offset) in head["tables"].items()
        }
        return Arrays(tables, {name: _tuples(words) for name, words in head["names"].items()})
    except (KeyError, TypeError, ValueError) as damaged:
        raise Damaged(str(damaged)) from damaged


def _tuples(value: Any) -> Any:
    """Lists as tuples again, all the way down, as JSON does not keep them."""
    return tuple(_tuples(inner) for inner in value) if isinstance(value, list) else value
