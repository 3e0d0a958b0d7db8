"""Snapshots of everyone, each under a key of its own and never written over:

    candidates/<sequence>-<id>    twelve digits, so that keys sort as the builds that made them began

What an object holds is checked against what the pointer says of it before anything reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from chalicelib.matching.errors import DamagedSnapshot, MissingSnapshot

PREFIX = "candidates/"


class Objects(Protocol):
    def put(self, key: str, content: bytes) -> None: ...
    def get(self, key: str) -> bytes | None: ...
    def keys(self, prefix: str) -> list[str]: ...
    def delete(self, keys: list[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """An object as it was put: `sha256` in hex, `size` in bytes."""

    key: str
    sha256: str
    size: int


class SnapshotStore:
    """Raises Retryable for failures that pass."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    def put(self, sequence: int, build_id: str, data: bytes) -> Stored:
        key = f"{_beginning(sequence)}-{build_id}"
        self._objects.put(key, data)
        return Stored(key, hashlib.sha256(data).hexdigest(), len(data))

    def get(self, stored: Stored) -> bytes:
        """The bytes that were put. Raises MissingSnapshot, DamagedSnapshot."""
        data = self._objects.get(stored.key)
        if data is None:
            raise MissingSnapshot
        if len(data) != stored.size:
            raise DamagedSnapshot("another_size")
        if hashlib.sha256(data).hexdigest() != stored.sha256:
            raise DamagedSnapshot("another_content")
        return data

    def drop(self, stored: Stored) -> None:
        self._objects.delete([stored.key])

    def drop_older(self, sequence: int, keep: Collection[str]) -> int:
        """Deletes what builds up to this sequence left, but for these keys; returns how many objects that was.

        A build that is at work now has a higher sequence, whose object is left alone, or loses the race for the
        pointer.
        """
        limit = _beginning(sequence + 1)
        old = [key for key in self._objects.keys(PREFIX) if key < limit and key not in keep]
        if old:
            self._objects.delete(old)
        return len(old)


def _beginning(sequence: int) -> str:
    return f"{PREFIX}{sequence:012d}"
