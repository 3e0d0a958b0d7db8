"""What a version of the taxonomy may change of the one before, and what it does change.

    whole(document)                       with nothing left unsaid
    problems(document, before)            all that is wrong with it, each by its place
    differences(before, after)            entry by entry
    restored(earlier, in_force)           an earlier version, with what came since retired

Documents are what `vocabulary/taxonomy.json` is. An id that was published stands in projects, profiles and the logs of
rankings: it never goes away, and never means another thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from chalicelib.platform.errors import FieldError
from chalicelib.taxonomy.errors import (
    CHOICE_IS_FIXED,
    CIRCULAR,
    CLOSED,
    DIMENSIONS_MISSING,
    ITSELF,
    NO_NEW_DIMENSION,
    NOTHING_OFFERED,
    PERMANENT,
    SAME_LABEL,
    TWICE,
    UNKNOWN_ENTRY,
    VANISHED,
)

Document = Mapping[str, Any]

#: Dimensions that take no new entry: levels are computed from years, the weights of matching name each mode of work.
CLOSED_DIMENSIONS = frozenset({"seniority", "work-modes"})

#: What the code or its data name one by one, and so cannot be retired; None: all that there is of a dimension.
#: Roles: the grid of rates and what verification asks; forms of contract: the grid; situations of rights: which lapse.
#: The language of every text, the origin that no reason tells, and what stands for no broadcaster.
PERMANENT_ENTRIES: Mapping[str, frozenset[str] | None] = {
    "roles": None,
    "seniority": None,
    "work-modes": None,
    "contract-forms": None,
    "rights-status": None,
    "languages": frozenset({"fr", "en"}),
    "source-material": frozenset({"original"}),
    "broadcasters": frozenset({"other-broadcaster", "none-yet"}),
}

Kind = Literal["added", "retired", "restored", "renamed", "synonyms", "moved", "related", "reordered", "described"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version changes. `entry` is empty for what a dimension says of itself, and for the order of its
    entries. `before` and `after` are as the document has them; None where there is nothing."""

    kind: Kind
    dimension: str
    entry: str
    before: Any
    after: Any


def whole(document: Document) -> dict[str, Any]:
    """The document's dimensions in one form: what it leaves out says what leaving it out means."""
    return {
        "dimensions": {
            name: {
                "labels": dict(one["labels"]),
                "multiple": bool(one["multiple"]),
                "provenance": one.get("provenance"),
                "note": one.get("note"),
                "items": [
                    {
                        "id": item["id"],
                        "labels": dict(item["labels"]),
                        "synonyms": {
                            language: list(item.get("synonyms", {}).get(language, ())) for language in ("fr", "en")
                        },
                        "parent": item.get("parent"),
                        "related": [{"id": link["id"], "weight": link["weight"]} for link in item.get("related", ())],
                        "retired": bool(item.get("retired", False)),
                    }
                    for item in one["items"]
                ],
            }
            for name, one in document["dimensions"].items()
        }
    }


def problems(document: Document, before: Document) -> list[FieldError]:
    """Both whole. `before`: the version in force, whose place it is to take."""
    given, known = document["dimensions"], before["dimensions"]
    found = [NO_NEW_DIMENSION.broken_at(f"/dimensions/{name}") for name in given if name not in known]
    missing = [name for name in known if name not in given]
    if missing:
        found.append(DIMENSIONS_MISSING.broken_at("/dimensions", missing=", ".join(missing)))
    for name, one in given.items():
        if name in known:
            found += _of_dimension(name, one, known[name])
    return found


def _of_dimension(name: str, given: Document, known: Document) -> Iterator[FieldError]:
    where, items = f"/dimensions/{name}", given["items"]
    if given["multiple"] != known["multiple"]:
        yield CHOICE_IS_FIXED.broken_at(f"{where}/multiple")
    ids, published = [item["id"] for item in items], {item["id"] for item in known["items"]}
    vanished = [item["id"] for item in known["items"] if item["id"] not in set(ids)]
    if vanished:
        yield VANISHED.broken_at(f"{where}/items", missing=", ".join(vanished))
    if all(item["retired"] for item in items):
        yield NOTHING_OFFERED.broken_at(f"{where}/items")
    names: dict[tuple[str, str], str] = {}
    parents = {item["id"]: item["parent"] for item in items}
    for at, item in enumerate(items):
        place = f"{where}/items/{at}"
        if item["id"] in ids[:at]:
            yield TWICE.broken_at(f"{place}/id")
        if item["id"] not in published and name in CLOSED_DIMENSIONS:
            yield CLOSED.broken_at(f"{place}/id")
        if item["retired"] and _is_permanent(name, item["id"]):
            yield PERMANENT.broken_at(f"{place}/retired")
        yield from _of_links(place, item, parents)
        if item["retired"]:
            continue
        for language, label in item["labels"].items():
            other = names.setdefault((language, label.casefold()), item["id"])
            if other != item["id"]:
                yield SAME_LABEL.broken_at(f"{place}/labels/{language}", other=other)


def _of_links(place: str, item: Document, parents: Mapping[str, str | None]) -> Iterator[FieldError]:
    if item["parent"] is not None:
        if item["parent"] not in parents:
            yield UNKNOWN_ENTRY.broken_at(f"{place}/parent")
        elif item["parent"] == item["id"]:
            yield ITSELF.broken_at(f"{place}/parent")
        elif _goes_round(item["id"], parents):
            yield CIRCULAR.broken_at(f"{place}/parent")
    linked = [link["id"] for link in item["related"]]
    for at, other in enumerate(linked):
        if other not in parents:
            yield UNKNOWN_ENTRY.broken_at(f"{place}/related/{at}/id")
        elif other == item["id"]:
            yield ITSELF.broken_at(f"{place}/related/{at}/id")
        elif other in linked[:at]:
            yield TWICE.broken_at(f"{place}/related/{at}/id")


def _goes_round(entry: str, parents: Mapping[str, str | None]) -> bool:
    """Whether an entry is above itself."""
    seen: set[str] = set()
    above = parents.get(entry)
    while above is not None and above not in seen:
        if above == entry:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _is_permanent(dimension: str, entry: str) -> bool:
    if dimension not in PERMANENT_ENTRIES:
        return False
    named = PERMANENT_ENTRIES[dimension]
    return named is None or entry in named


def differences(before: Document, after: Document) -> list[Change]:
    """What the second changes of the first, both whole, in the order of the second."""
    found: list[Change] = []
    for name, new in after["dimensions"].items():
        old = before["dimensions"][name]
        if old["labels"] != new["labels"]:
            found.append(Change("renamed", name, "", old["labels"], new["labels"]))
        found += [
            Change("described", name, "", old[part], new[part])
            for part in ("provenance", "note")
            if old[part] != new[part]
        ]
        was = {item["id"]: item for item in old["items"]}
        for item in new["items"]:
            found += _of_entry(name, was.get(item["id"]), item)
        order = [item["id"] for item in new["items"] if item["id"] in was]
        if order != list(was):
            found.append(Change("reordered", name, "", list(was), order))
    return found


def _of_entry(dimension: str, old: Document | None, new: Document) -> Iterator[Change]:
    entry = new["id"]
    if old is None:
        yield Change("added", dimension, entry, None, new)
        return
    if old["retired"] != new["retired"]:
        yield Change("retired" if new["retired"] else "restored", dimension, entry, old["retired"], new["retired"])
    if old["labels"] != new["labels"]:
        yield Change("renamed", dimension, entry, old["labels"], new["labels"])
    if old["synonyms"] != new["synonyms"]:
        yield Change("synonyms", dimension, entry, old["synonyms"], new["synonyms"])
    if old["parent"] != new["parent"]:
        yield Change("moved", dimension, entry, old["parent"], new["parent"])
    weights = [{link["id"]: link["weight"] for link in one["related"]} for one in (old, new)]
    if weights[0] != weights[1]:
        yield Change("related", dimension, entry, *weights)


def restored(earlier: Document, in_force: Document) -> dict[str, Any]:
    """What publishing an earlier version again puts in force: that version, with the entries that came since after the
    others, retired as far as they may be. Both whole."""
    made: dict[str, Any] = {}
    for name, one in earlier["dimensions"].items():
        had = {item["id"] for item in one["items"]}
        since = [item for item in in_force["dimensions"][name]["items"] if item["id"] not in had]
        kept = [{**item, "retired": item["retired"] or not _is_permanent(name, item["id"])} for item in since]
        made[name] = {**one, "items": [*one["items"], *kept]}
    return {"dimensions": made}
