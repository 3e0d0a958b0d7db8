"""What the commands print: steps with the seconds each took, and failures a person can act upon."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Failure(Exception):
    """Something the person at the keyboard can do something about: what happened, then what to do."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))


class Console:
    """Lines on standard output. One step is open at a time; its line ends with how long it took."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._open: str | None = None
        self._live = sys.stdout.isatty()

    def line(self, text: str = "") -> None:
        print(text, flush=True)

    def title(self, text: str) -> None:
        self.line()
        self.line(text)
        self.line("=" * len(text))

    @contextmanager
    def step(self, what: str) -> Iterator[Step]:
        """Announce `what`, run the body, then say how long it took."""
        began = time.monotonic()
        step = Step(what, self._live)
        step.show()
        try:
            yield step
        except BaseException:
            step.end("failed")
            raise
        step.end(f"{time.monotonic() - began:.1f} s")

    def elapsed(self) -> float:
        """Seconds since this console was made."""
        return time.monotonic() - self._started


class Step:
    """One line that is redrawn while the step goes on (only at a terminal)."""

    def __init__(self, what: str, live: bool) -> None:
        self._what = what
        self._live = live
        self._note = ""

    def show(self) -> None:
        if self._live:
            print(f"\r\033[K  {self._what} … {self._note}", end="", flush=True)

    def note(self, text: str) -> None:
        """How far it is, or what it found."""
        self._note = text
        self.show()

    def end(self, how: str) -> None:
        start = "\r\033[K" if self._live else ""
        note = f" ({self._note})" if self._note else ""
        print(f"{start}  {self._what}{note}  {how}", flush=True)
