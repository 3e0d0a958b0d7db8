"""The SPARQL protocol as catalogues speak it: a query in the address, an answer in the JSON of SPARQL 1.1.

https://www.w3.org/TR/sparql11-results-json/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from chalicelib.verification.sources.cache import Record
from chalicelib.verification.sources.errors import Garbled

RESULTS_JSON = "application/sparql-results+json"

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_YEAR = re.compile(r"(-?\d{4})(?:-\d{2}|$)")


def literal(text: str, language: str | None = None) -> str:
    """A text as a literal of a query, whatever is in it."""
    quoted = '"' + "".join(_ESCAPED.get(character, character) for character in text) + '"'
    return f"{quoted}@{language}" if language else quoted


def rows(payload: Any) -> tuple[dict[str, str], ...]:
    """Each solution as variable → value; variables without a value are absent. Raises Garbled."""
    try:
        bindings = payload["results"]["bindings"]
        if not isinstance(bindings, list) or not isinstance(payload["head"]["vars"], list):
            raise Garbled("not_sparql")
        found = tuple({name: term["value"] for name, term in binding.items()} for binding in bindings)
    except (AttributeError, KeyError, TypeError):
        raise Garbled("not_sparql") from None
    if any(not isinstance(value, str) for row in found for value in row.values()):
        raise Garbled("not_sparql")
    return found


def gathered(
    solutions: Iterable[Mapping[str, str]], key: str, lists: Iterable[str], years: Iterable[str] = ()
) -> tuple[Record, ...]:
    """One record per value of `key`, in the order of their first rows: of each field in `lists` every value once, of
    each in `years` every year once (`2015-09-16T00:00:00Z` is 2015), as texts. Raises Garbled where `key` is missing.
    """
    records: dict[str, dict[str, list[str]]] = {}
    for row in solutions:
        if key not in row:
            raise Garbled("not_sparql")
        record = records.setdefault(row[key], {name: [] for name in (*lists, *years)})
        for name in lists:
            if row.get(name) and row[name] not in record[name]:
                record[name].append(row[name])
        for name in years:
            year = year_of(row.get(name))
            if year is not None and str(year) not in record[name]:
                record[name].append(str(year))
    return tuple({key: value, **fields} for value, fields in records.items())


def year_of(text: str | None) -> int | None:
    """The year that a date begins with; None for anything else, such as an unknown value."""
    match = _YEAR.match(text or "")
    return int(match[1]) if match else None


def texts(record: Record, name: str) -> tuple[str, ...]:
    """A field that is a list of texts."""
    value = record.get(name)
    return tuple(value) if isinstance(value, list) else ()


def last_part(address: str) -> str:
    """`http://www.wikidata.org/entity/Q1` → `Q1`."""
    return address.rsplit("/", 1)[-1]
