"""What privacy keeps about one person: when they were last here, an export that lies in the bucket for an hour, and the
receipt of their erasure, which stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from chalicelib.privacy.models import Standing
from chalicelib.vocabulary.person import Erased, Person


class StoredExport(Protocol):
    @property
    def export_id(self) -> str: ...
    @property
    def key(self) -> str: ...


class Kept(Protocol):
    def standing(self, sub: str) -> Standing | None: ...
    def exports(self, sub: str) -> list[Any]: ...
    def drop_export(self, export: Any) -> None: ...


class Files(Protocol):
    def keys(self, prefix: str) -> list[str]: ...
    def delete(self, keys: list[str]) -> None: ...


class PrivacyOfPerson:
    def __init__(self, kept: Kept, files: Files) -> None:
        self._kept = kept
        self._files = files

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        standing = self._kept.standing(person.sub)
        used = standing.last_active_on if standing else None
        return {
            "activity": [{"last_active_on": used.isoformat()}] if used else [],
            "exports": [{"export_id": one.export_id} for one in self._kept.exports(person.sub)],
        }

    def erase(self, person: Person, _now: datetime) -> Erased:
        keys = self._files.keys(f"exports/{person.sub}/")
        self._files.delete(keys)
        for export in self._kept.exports(person.sub):
            self._kept.drop_export(export)
        return Erased(removed=len(keys))
