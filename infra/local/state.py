"""Where the local product keeps what it needs between runs, and who holds it at the moment."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class StateDirectory:
    """Everything the local product writes is below `root`; deleting it is starting anew."""

    root: Path

    @classmethod
    def from_environment(cls) -> StateDirectory:
        """`PLOT_POINT_STATE_DIR`, else `.local/` of this working copy."""
        return cls(Path(os.environ.get("PLOT_POINT_STATE_DIR") or REPOSITORY / ".local").resolve())

    @property
    def lock(self) -> Path:
        """Held by the supervisor for as long as it runs."""
        return self.root / "supervisor.lock"

    @property
    def emulator_lock(self) -> Path:
        """Held by the emulator for as long as it runs, even when its supervisor was killed."""
        return self.root / "emulator.lock"

    @property
    def unfinished(self) -> Path:
        """There from the moment the product is open until it has stopped properly."""
        return self.root / "unfinished"

    @property
    def gateway_port(self) -> Path:
        """The emulator's port. It is part of saved state: queue addresses contain it."""
        return self.root / "gateway-port"

    @property
    def sources_port(self) -> Path:
        """The port of the stand-ins of public sources. The deployed functions know it."""
        return self.root / "sources-port"

    @property
    def live(self) -> Path:
        """The emulator's working copy; only complete saves are ever started from."""
        return self.root / "live"

    @property
    def saves(self) -> Path:
        return self.root / "saves"

    @property
    def objects(self) -> Path:
        """Contents of the emulator's S3 buckets."""
        return self.root / "s3"

    @property
    def mail(self) -> Path:
        """One file per e-mail that was sent, as it was sent."""
        return self.root / "mail"

    @property
    def packages(self) -> Path:
        return self.root / "package"

    @property
    def temporary(self) -> Path:
        """The emulator's temporary files: unpacked Lambda functions, mostly. One directory in it for each start."""
        return self.root / "tmp"

    def new_temporary(self) -> Path:
        """A directory for one start's temporary files; those of earlier starts are removed as far as they can be.

        Functions of an emulator that was killed may outlive it for a moment and go on writing into theirs.
        """
        shutil.rmtree(self.temporary, ignore_errors=True)
        self.temporary.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=self.temporary))

    @property
    def log(self) -> Path:
        """What the emulator and the Lambda functions print."""
        return self.root / "emulator.log"


class HeldLock:
    """A lock file of a living process. The kernel frees it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def acquire(self, about: dict[str, Any]) -> bool:
        """Take the lock and leave `about` in it for whoever finds it held; False when another holds it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        self.describe(about)
        return True

    def describe(self, about: dict[str, Any]) -> None:
        """Replace what the lock says about its holder."""
        assert self._file is not None, "only the holder describes itself"
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps(about))
        self._file.flush()

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def holder_of(path: Path) -> dict[str, Any] | None:
    """What the living holder of a lock says about itself; None when nobody holds it.

    The answer can be trusted with a process id: only the process that holds the lock wrote it.
    """
    try:
        file = path.open("r+")
    except FileNotFoundError:
        return None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            try:
                about = json.loads(file.read() or "{}")
            except ValueError:  # read while the holder was writing
                about = {}
            return about if isinstance(about, dict) else {}
    return None
