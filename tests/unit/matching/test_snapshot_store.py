"""Snapshots lie under keys of their own, and are read only when they are what was put."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.matching.errors import DamagedSnapshot, MissingSnapshot
from chalicelib.matching.snapshot_store import SnapshotStore


class Objects:
    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def put(self, key: str, content: bytes) -> None:
        self.held[key] = content

    def get(self, key: str) -> bytes | None:
        return self.held.get(key)

    def keys(self, prefix: str) -> list[str]:
        return sorted(key for key in self.held if key.startswith(prefix))

    def delete(self, keys: list[str]) -> None:
        for key in keys:
            self.held.pop(key, None)


def test_a_snapshot_comes_back_as_it_was_put() -> None:
    store = SnapshotStore(Objects())
    stored = store.put(7, "build", b"everyone")
    assert stored.key == "candidates/000000000007-build"
    assert store.get(stored) == b"everyone"


@pytest.mark.parametrize(("content", "reason"), [(b"every", "another_size"), (b"nobodyyy", "another_content")])
def test_anything_else_is_refused(content: bytes, reason: str) -> None:
    objects = Objects()
    store = SnapshotStore(objects)
    stored = store.put(7, "build", b"everyone")
    objects.put(stored.key, content)
    with pytest.raises(DamagedSnapshot, match=reason):
        store.get(stored)


def test_what_is_not_there_is_missing() -> None:
    store = SnapshotStore(Objects())
    stored = store.put(7, "build", b"everyone")
    with pytest.raises(MissingSnapshot):
        store.get(replace(stored, key="candidates/000000000008-other"))
    store.drop(stored)
    with pytest.raises(MissingSnapshot):
        store.get(stored)


def test_what_older_builds_left_goes_and_what_later_ones_put_stays() -> None:
    objects = Objects()
    store = SnapshotStore(objects)
    for sequence in (5, 9, 10, 11):
        store.put(sequence, "build", b"everyone")
    store.put(10, "lost-the-race", b"everyone")
    before, own = "candidates/000000000009-build", "candidates/000000000010-build"
    assert store.drop_older(10, {before, own}) == 2
    assert list(objects.held) == [before, own, "candidates/000000000011-build"]
    assert store.drop_older(10, {own}) == 1
    assert store.drop_older(10, {own}) == 0
