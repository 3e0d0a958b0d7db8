"""What the taxonomy keeps about one person: which versions an administrator published, by the account's id alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from chalicelib.taxonomy.models import Version
from chalicelib.vocabulary.person import Erased, Person


class Versions(Protocol):
    def history(self) -> Sequence[Version]: ...


class VersionsOfPerson:
    def __init__(self, versions: Versions) -> None:
        self._versions = versions

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        return {
            "published_versions": [asdict(one) for one in self._versions.history() if one.published_by == person.sub]
        }

    def erase(self, _person: Person, _now: datetime) -> Erased:
        """A version never changes, and the id of an account that is gone leads to nobody."""
        return Erased()
