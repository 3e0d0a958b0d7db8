from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from infra.local.state import HeldLock, StateDirectory, holder_of


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


def test_what_an_earlier_start_left_is_removed(tmp_path: Path) -> None:
    state = StateDirectory(tmp_path / "state")
    earlier = state.new_temporary()
    (earlier / "function").write_text("unpacked")

    now = state.new_temporary()

    assert list(now.iterdir()) == []
    assert list(state.temporary.iterdir()) == [now]


def test_a_function_that_outlives_its_emulator_does_not_stop_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = StateDirectory(tmp_path / "state")
    earlier = state.new_temporary()
    remove = shutil.rmtree

    def removed_and_written_again(path: Path, **options: Any) -> None:
        remove(path, **options)
        (earlier / "still-unpacking").mkdir(parents=True)

    monkeypatch.setattr(shutil, "rmtree", removed_and_written_again)
    now = state.new_temporary()

    assert now != earlier
    assert list(now.iterdir()) == []
