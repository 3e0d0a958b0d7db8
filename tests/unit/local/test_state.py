from __future__ import annotations

from pathlib import Path

from infra.local.state import HeldLock, holder_of


def test_a_lock_is_held_once_and_says_by_whom(tmp_path: Path) -> None:
    held = HeldLock(tmp_path / "lock")
    assert held.acquire({"pid": 42, "url": "http://127.0.0.1:8080"})

    assert not HeldLock(tmp_path / "lock").acquire({"pid": 43})
    assert holder_of(tmp_path / "lock") == {"pid": 42, "url": "http://127.0.0.1:8080"}


def test_a_lock_that_nobody_holds_has_no_holder_whatever_its_file_says(tmp_path: Path) -> None:
    held = HeldLock(tmp_path / "lock")
    held.acquire({"pid": 42})
    held.release()

    assert (tmp_path / "lock").read_text() == '{"pid": 42}'
    assert holder_of(tmp_path / "lock") is None
    assert HeldLock(tmp_path / "lock").acquire({"pid": 44})


def test_without_a_lock_file_there_is_no_holder(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "lock") is None
