"""ISAN, the international number of audiovisual works: its check characters, without asking anyone.

The registry itself is for its members: whether a number exists, and whose it is, a person looks up there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chalicelib.verification.claims import WorkClaim, WorkTitle
from chalicelib.verification.evidence import Evidence
from chalicelib.verification.numbers import is_isan
from chalicelib.verification.sources.desk import Finding
from chalicelib.verification.sources.http import Pace
from chalicelib.verification.sources.port import FoundPerson, FoundWork, SourceKind, Terms
from chalicelib.verification.sources.setting import Setting

REGISTRY = "https://www.isan.org"


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
    if not is_isan(number):
        return Finding(verdict="contradicts", level="work", reason="malformed")
    return Finding(verdict="partial", level="work", reason="well_formed", matched_fields=("isan",), url=REGISTRY)
