"""The confidentiality terms that a freelancer accepts before reading a full brief, in force and former ones.

`confidentiality.json` holds them, oldest first; the last ones are in force. A version is never changed once it is
published: what somebody accepted can be read again as it was. New terms are a new entry, named by the month in which
they come into force and their number in it. The French text binds, as the terms say. What they rest on: trade secrets,
code de commerce L151-1 and following; what is not covered follows the usual exceptions of a non-disclosure agreement.

    in_force() -> Terms
    versions() -> {version: Terms}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chalicelib.vocabulary.text import Bilingual

FILE = Path(__file__).with_name("confidentiality.json")


@dataclass(frozen=True, slots=True)
class Clause:
    title: Bilingual
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Terms:
    """`version` names them for good."""

    version: str
    title: Bilingual
    clauses: tuple[Clause, ...]


def in_force() -> Terms:
    return [*versions().values()][-1]


@cache
def versions() -> Mapping[str, Terms]:
    """Every version there has been, oldest first."""
    written = json.loads(FILE.read_text(encoding="utf-8"))["versions"]
    return MappingProxyType({one["version"]: _terms(one) for one in written})


def _terms(written: dict[str, Any]) -> Terms:
    return Terms(
        version=written["version"],
        title=Bilingual(**written["title"]),
        clauses=tuple(Clause(Bilingual(**one["title"]), Bilingual(**one["text"])) for one in written["clauses"]),
    )
