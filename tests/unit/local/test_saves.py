from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.local.saves import Saves

_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _write(saves: Saves, text: str, minutes: int = 0) -> None:
    saves.write(
        lambda directory: _fill(directory, text),
        _NOON + timedelta(minutes=minutes),
    )


def _fill(directory: Path, text: str) -> None:
    (directory / "keys").mkdir()
    (directory / "keys" / "one.pem").write_text(text)
    (directory / "tables.json").write_text(text)


def test_the_latest_save_is_restored_with_its_folders_and_its_date(tmp_path: Path) -> None:
    saves = Saves(tmp_path / "saves")
    _write(saves, "old")
    _write(saves, "new", 1)

    restored = saves.restore_latest(tmp_path / "live")

    assert restored is not None
    assert restored.saved_at == _NOON + timedelta(minutes=1)
    assert (tmp_path / "live" / "tables.json").read_text() == "new"
    assert (tmp_path / "live" / "keys" / "one.pem").read_text() == "new"


def test_restoring_leaves_nothing_of_what_was_there_before(tmp_path: Path) -> None:
    saves = Saves(tmp_path / "saves")
    _write(saves, "saved")
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "half-written.json").write_text("{")

    saves.restore_latest(tmp_path / "live")

    assert not (tmp_path / "live" / "half-written.json").exists()


def test_without_any_save_the_live_directory_starts_empty(tmp_path: Path) -> None:
    assert Saves(tmp_path / "saves").restore_latest(tmp_path / "live") is None
    assert list((tmp_path / "live").iterdir()) == []


def test_a_save_that_fails_half_way_leaves_the_one_before_it(tmp_path: Path) -> None:
    saves = Saves(tmp_path / "saves")
    _write(saves, "whole")

    def fail(directory: Path) -> None:
        (directory / "tables.json").write_text("{")
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        saves.write(fail, _NOON + timedelta(minutes=1))

    saves.restore_latest(tmp_path / "live")
    assert (tmp_path / "live" / "tables.json").read_text() == "whole"


def test_what_a_killed_process_left_of_a_save_is_neither_seen_nor_kept(tmp_path: Path) -> None:
    saves = Saves(tmp_path / "saves")
    _write(saves, "whole")
    left = tmp_path / "saves" / ".unfinished-2026-11-23T12-05-00.000000Z"
    left.mkdir()

    latest = saves.latest()
    assert latest is not None
    assert latest.saved_at == _NOON

    _write(saves, "next", 10)
    assert not left.exists()


def test_only_the_last_saves_are_kept(tmp_path: Path) -> None:
    saves = Saves(tmp_path / "saves", kept=2)
    for minutes in range(5):
        _write(saves, str(minutes), minutes)

    assert [save.saved_at for save in saves.all()] == [_NOON + timedelta(minutes=n) for n in (3, 4)]


def test_replacing_a_restored_file_does_not_touch_the_save(tmp_path: Path) -> None:
    saves = Saves(tmp_path / "saves")
    _write(saves, "saved")
    saves.restore_latest(tmp_path / "live")

    (tmp_path / "live" / "new").write_text("changed")
    (tmp_path / "live" / "new").replace(tmp_path / "live" / "tables.json")

    saves.restore_latest(tmp_path / "again")
    assert (tmp_path / "again" / "tables.json").read_text() == "saved"
