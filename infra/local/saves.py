"""Complete, dated saves of the emulator's state. A save that was interrupted is never seen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_NAME = "%Y-%m-%dT%H-%M-%S.%fZ"
_UNFINISHED = ".unfinished-"
KEPT = 3


@dataclass(frozen=True)
class Save:
    path: Path
    saved_at: datetime


class Saves:
    """A directory of saves, newest last by name."""

    def __init__(self, directory: Path, kept: int = KEPT) -> None:
        self._directory = directory
        self._kept = kept

    def all(self) -> list[Save]:
        """Every complete save, oldest first."""
        if not self._directory.is_dir():
            return []
        names = sorted(entry.name for entry in self._directory.iterdir() if not entry.name.startswith("."))
        return [Save(self._directory / name, _date(name)) for name in names]

    def latest(self) -> Save | None:
        return next(reversed(self.all()), None)

    def write(self, fill: Callable[[Path], None], now: datetime | None = None) -> Save:
        """Let `fill` write a state into an empty directory, then make it a save in one step.

        Until the last step nothing that `latest` returns has changed, so a process that is killed in the
        middle leaves the save before it.
        """
        saved_at = now or datetime.now(UTC)
        name = saved_at.strftime(_NAME)
        unfinished = self._directory / f"{_UNFINISHED}{name}"
        unfinished.mkdir(parents=True)
        try:
            fill(unfinished)
            for file in unfinished.rglob("*"):
                _flush(file)
            _flush(unfinished)
            path = unfinished.rename(self._directory / name)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        _flush(self._directory)
        self._prune()
        return Save(path, saved_at)

    def restore_latest(self, into: Path) -> Save | None:
        """Make `into` hold the latest save and nothing else; empty when there is none."""
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(parents=True)
        save = self.latest()
        if save is not None:
            link_tree(save.path, into)
        return save

    def _prune(self) -> None:
        for save in self.all()[: -self._kept]:
            shutil.rmtree(save.path, ignore_errors=True)
        for entry in self._directory.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(entry, ignore_errors=True)


def link_tree(source: Path, target: Path) -> None:
    """Copy a tree by linking its files.

    Right for files that are replaced and never rewritten in place, which is how the emulator treats its own.
    """
    shutil.copytree(source, target, copy_function=os.link, dirs_exist_ok=True)


def _date(name: str) -> datetime:
    return datetime.strptime(name, _NAME).replace(tzinfo=UTC)


def _flush(path: Path) -> None:
    """Have the disk hold what was written, so that a power cut finds whole files too."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
