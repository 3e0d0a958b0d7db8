"""ISAN, the international number of audiovisual works: its check characters, without asking anyone.

ISO 15706: 16 hexadecimal digits and a check character, then for a version 8 more and another (ISO 7064, MOD 37,36). The
registry itself is for its members: whether a number exists, and whose it is, a person looks up there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stdnum import isan
from stdnum.exceptions import ValidationError

from chalicelib.verification.claims import WorkClaim, WorkTitle
from chalicelib.verification.evidence import Evidence
from chalicelib.verification.sources.desk import Finding
from chalicelib.verification.sources.http import Pace
from chalicelib.verification.sources.port import FoundPerson, FoundWork, SourceKind, Terms
from chalicelib.verification.sources.setting import Setting

REGISTRY = "https://www.isan.org"

#: Characters of a number, separators aside: work or version, each with or without its check characters.
_LENGTHS = (16, 17, 24, 26)
_PREFIX = re.compile(r"^\s*(?:urn:)?isan[:\s]*", re.IGNORECASE)


class Isan:
    id = "isan"
    kind: SourceKind = "assisted"
    enabled = True
    pace = Pace()
    terms = Terms(name="ISAN", licence="ISO 15706")

    def __init__(self, setting: Setting) -> None:
        self._desk = setting.desk(self.id, self.terms, self.pace, REGISTRY)

    def search_work(self, work: WorkTitle) -> Sequence[FoundWork]:  # noqa: ARG002 (nobody is asked)
        return ()

    def search_person(self, name: str, ids: Mapping[str, str]) -> Sequence[FoundPerson]:  # noqa: ARG002
        return ()

    def check(self, claim: WorkClaim) -> Evidence:
        return self._desk.report("work", lambda _: _finding(claim.isan))


def _finding(number: str | None) -> Finding:
    if not number or not number.strip():
        return Finding(verdict="silent", level="work", reason="no_number")
    if not is_well_formed(number):
        return Finding(verdict="contradicts", level="work", reason="malformed", matched_fields=())
    return Finding(verdict="partial", level="work", reason="well_formed", matched_fields=("isan",), url=REGISTRY)


def is_well_formed(number: str) -> bool:
    """Whether a number has the digits of an ISAN, and each check character that it gives is right."""
    digits = _PREFIX.sub("", number)
    characters = re.sub(r"[\s-]", "", digits)
    if len(characters) not in _LENGTHS or not characters.isascii():
        return False
    try:
        isan.validate(characters)
    except ValidationError:
        return False
    return True
