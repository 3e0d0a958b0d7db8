"""What the clock does about exports: the objects go when their hour is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from chalicelib.privacy.repository import StoredExport
from chalicelib.vocabulary.clock import Clock


class Exports(Protocol):
    def due_exports(self, now: datetime) -> Iterator[StoredExport]: ...
    def drop_export(self, export: StoredExport) -> None: ...


class Files(Protocol):
    def delete(self, keys: list[str]) -> None: ...


class ExpiredExports:
    def __init__(self, exports: Exports, files: Files, clock: Clock) -> None:
        self._exports = exports
        self._files = files
        self._clock = clock

    def due(self) -> list[StoredExport]:
        return list(self._exports.due_exports(self._clock()))

    def drop(self, export: StoredExport) -> None:
        """The object first: what points to it is how it is found again. Raises Retryable."""
        self._files.delete([export.key])
        self._exports.drop_export(export)
