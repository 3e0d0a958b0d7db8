"""The taxonomy of the trade: roles, genres, tones, universes, stakes, formats… with French and English labels.

One JSON file, owned by the project (`taxonomy.json`), is loaded once per process and checked whole on loading:
a dangling parent or a weight outside 0..1 stops the start, not a request.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("taxonomy.json")

#: Likeness of an entry and its parent ("police-procedural" and "crime"), and of two children of one parent.
#: A product judgement, like the `related` weights of the file: to be calibrated by measurement.
PARENT_WEIGHT = 0.7
SIBLING_WEIGHT = 0.4


class TaxonomyError(ValueError):
    """The taxonomy file contradicts itself; the message names the dimension and the entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a dimension. `labels` has the keys `fr` and `en`; `related` maps entry id → weight in 0..1."""

    id: str
    labels: dict[str, str]
    synonyms: dict[str, tuple[str, ...]]
    parent: str | None
    related: dict[str, float]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A closed list of entries. `multiple` says whether a form may choose several."""

    id: str
    labels: dict[str, str]
    multiple: bool
    entries: dict[str, Entry]

    def similarity(self, one: str, other: str) -> float:
        """Likeness of two entries in 0..1: 1 for the same, else the strongest of stated relation,
        parent and child, common parent; 0 when nothing links them. Symmetric.

        Raises KeyError for an id that is not of this dimension.
        """
        left, right = self.entries[one], self.entries[other]
        if one == other:
            return 1.0
        stated = max(left.related.get(other, 0.0), right.related.get(one, 0.0))
        if left.parent == other or right.parent == one:
            return max(stated, PARENT_WEIGHT)
        if left.parent is not None and left.parent == right.parent:
            return max(stated, SIBLING_WEIGHT)
        return stated

    def within(self, wanted: Iterable[str]) -> frozenset[str]:
        """These entries with everything under them, however deep: whoever asks for crime means police procedurals too.

        Raises KeyError for an id that is not of this dimension.
        """
        chosen = set(wanted)
        for entry in chosen:
            self.entries[entry]
        grown = True
        while grown:
            under = {entry.id for entry in self.entries.values() if entry.parent in chosen} - chosen
            chosen |= under
            grown = bool(under)
        return frozenset(chosen)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    version: str
    dimensions: dict[str, Dimension]

    def knows(self, dimension: str, entry: str) -> bool:
        return entry in self.dimensions[dimension].entries

    def label(self, dimension: str, entry: str, language: str) -> str:
        """The entry's name in `fr` or `en`. Raises KeyError for an unknown id."""
        return self.dimensions[dimension].entries[entry].labels[language]


def parse(document: dict[str, Any]) -> Taxonomy:
    """Builds a taxonomy from the file's JSON and checks it whole. Raises TaxonomyError."""
    dimensions: dict[str, Dimension] = {}
    for name, body in document["dimensions"].items():
        entries: dict[str, Entry] = {}
        for item in body["items"]:
            if item["id"] in entries:
                raise TaxonomyError(f"{name}/{item['id']}: listed twice")
            entries[item["id"]] = Entry(
                id=item["id"],
                labels=item["labels"],
                synonyms={lang: tuple(words) for lang, words in item.get("synonyms", {}).items()},
                parent=item.get("parent"),
                related={link["id"]: float(link["weight"]) for link in item.get("related", [])},
            )
        dimensions[name] = Dimension(name, body["labels"], bool(body["multiple"]), entries)
    for dimension in dimensions.values():
        _check(dimension)
    return Taxonomy(document["version"], dimensions)


def _check(dimension: Dimension) -> None:
    for entry in dimension.entries.values():
        where = f"{dimension.id}/{entry.id}"
        if not (entry.labels.get("fr") and entry.labels.get("en")):
            raise TaxonomyError(f"{where}: a label is missing in French or English")
        if entry.parent is not None and entry.parent not in dimension.entries:
            raise TaxonomyError(f"{where}: unknown parent {entry.parent!r}")
        for other, weight in entry.related.items():
            if other not in dimension.entries:
                raise TaxonomyError(f"{where}: related to unknown {other!r}")
            if not 0 <= weight <= 1:
                raise TaxonomyError(f"{where}: weight of {other!r} is outside 0..1")


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy in force, parsed once per process."""
    return parse(document())


@cache
def document() -> dict[str, Any]:
    """The file as it stands: what `GET /taxonomy` serves. Do not modify the returned value."""
    with FILE.open(encoding="utf-8") as file:
        loaded: dict[str, Any] = json.load(file)
    return loaded
