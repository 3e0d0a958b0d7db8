"""The taxonomy of the trade: roles, genres, tones, universes, stakes, formats… with French and English labels.

    taxonomy() -> Taxonomy        the one in force
    document() -> dict            the same as `GET /taxonomy` serves it
    adopt(document)               another one is in force from now on

It is data in versions. The first comes with the project (`taxonomy.json`) and is in force in a process until it adopts
another, which `platform/words.py` fetches; nothing here reads anything but that file. A document is checked whole
before it is in force: a dangling parent or a weight outside 0..1 stops the start, not a request.

Whoever keeps something that was made from a taxonomy keeps the taxonomy beside it, and compares them by identity: one
that is adopted is another object.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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
    """One word of a dimension. `labels` has the keys `fr` and `en`; `related` maps entry id → weight in 0..1.

    `retired`: known, named and matched wherever it stands already, and not to be chosen any more.
    """

    id: str
    labels: dict[str, str]
    synonyms: dict[str, tuple[str, ...]]
    parent: str | None
    related: dict[str, float]
    retired: bool = False


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


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """`version` is what it is called, `number` counts the versions: 1 is the one that comes with the project."""

    version: str
    dimensions: dict[str, Dimension]
    number: int = 1

    def knows(self, dimension: str, entry: str) -> bool:
        return entry in self.dimensions[dimension].entries

    def offers(self, dimension: str, entry: str) -> bool:
        """Whether it may be chosen where it does not stand yet."""
        known = self.dimensions[dimension].entries.get(entry)
        return known is not None and not known.retired

    def newly_retired(self, dimensions: Mapping[str, str], after: object, before: object | None) -> list[str]:
        """Where `after` has a retired entry that `before` (None for what is new) does not have there: JSON pointers.

        `dimensions`: field, or field/field inside it, → the dimension that its id or ids are of.
        """
        found = []
        for field, dimension in dimensions.items():
            had = _ids_at(before, field)
            ids = _ids_at(after, field)
            several = not isinstance(_value_at(after, field), str)
            found += [
                f"/{field}/{place}" if several else f"/{field}"
                for place, one in enumerate(ids)
                if one not in had and self.knows(dimension, one) and not self.offers(dimension, one)
            ]
        return found

    def label(self, dimension: str, entry: str, language: str) -> str:
        """The entry's name in `fr` or `en`. Raises KeyError for an unknown id."""
        return self.dimensions[dimension].entries[entry].labels[language]


def _value_at(thing: object | None, field: str) -> object:
    for name in field.split("/"):
        thing = getattr(thing, name, None)
    return thing


def _ids_at(thing: object | None, field: str) -> tuple[str, ...]:
    value = _value_at(thing, field)
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]  # ids, or none


def parse(document: Mapping[str, Any]) -> Taxonomy:
    """Builds a taxonomy from a document in the form of the file and checks it whole. Raises TaxonomyError."""
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
                retired=bool(item.get("retired", False)),
            )
        dimensions[name] = Dimension(name, body["labels"], bool(body["multiple"]), entries)
    for dimension in dimensions.values():
        _check(dimension)
    return Taxonomy(document["version"], dimensions, int(document.get("number", 1)))


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


@dataclass(frozen=True, slots=True)
class _InForce:
    taxonomy: Taxonomy
    document: dict[str, Any]


#: What this process has adopted; None while that is what comes with the project.
_adopted: _InForce | None = None


def taxonomy() -> Taxonomy:
    """The taxonomy in force."""
    return (_adopted or _shipped()).taxonomy


def document() -> dict[str, Any]:
    """The document of the taxonomy in force. Do not modify the returned value."""
    return (_adopted or _shipped()).document


def adopt(document: dict[str, Any] | None) -> None:
    """Puts a document in force in this process, with its `version` and `number`; None: what comes with the project.

    Raises TaxonomyError for one that contradicts itself, and leaves in force what was.
    """
    global _adopted
    _adopted = None if document is None else _InForce(parse(document), document)


def shipped() -> Taxonomy:
    """The taxonomy that comes with the project, whichever is in force."""
    return _shipped().taxonomy


def shipped_document() -> dict[str, Any]:
    """Its document: the file as it stands. Do not modify the returned value."""
    return _shipped().document


@cache
def _shipped() -> _InForce:
    loaded: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return _InForce(parse(loaded), loaded)
