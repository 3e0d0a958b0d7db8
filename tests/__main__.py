"""Runs the suites, two at a time, and says how long each took.

    python -m tests                       # all of them
    python -m tests unit app -- -k budget # some of them; what follows `--` is pytest's

Each suite is a process of its own: none can lean on what another left behind. The journeys come last and alone: they
start the whole product, which has time limits of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

_TESTS = Path(__file__).resolve().parent
# Fastest first: whoever waits learns soonest.
SUITES = ("unit", "site", "shape", "contract", "app", "routes", "obligations", "browser", "journeys")
_ALONE = "journeys"


def main(arguments: list[str]) -> int:
    before, after = _split(arguments)
    unknown = [name for name in before if name not in SUITES]
    if unknown:
        print(f"No such suite: {', '.join(unknown)}. There are: {', '.join(SUITES)}.", file=sys.stderr)
        return 2
    took: dict[str, tuple[float, int]] = {}
    began = time.monotonic()
    for suite, seconds, code in _run(before or SUITES, after):
        took[suite] = (seconds, code)
        if code == 2:  # Ctrl-C
            break
    print()
    for suite, (seconds, code) in took.items():
        print(f"  {suite:<12} {seconds:6.1f} s   {_verdict(code)}")
    print(f"  {'in all':<12} {time.monotonic() - began:6.1f} s")
    # 5: nothing collected, which is right when some tests were asked for by name and this suite has none.
    allowed = {0, 5} if after else {0}
    return 0 if all(code in allowed for _, code in took.values()) else 1


def _run(suites: Iterable[str], options: Sequence[str]) -> Iterator[tuple[str, float, int]]:
    """Each suite with the seconds that it took and pytest's exit code, as it ends."""
    beside = [suite for suite in suites if suite != _ALONE]
    if len(beside) > 1:
        with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as lanes:
            running = {lanes.submit(_timed, suite, options, subprocess.PIPE): suite for suite in beside}
            for ended in as_completed(running):
                seconds, done = ended.result()
                print(f"\n{running[ended]}\n{done.stdout}", flush=True)
                yield running[ended], seconds, done.returncode
                if done.returncode == 2:
                    lanes.shutdown(cancel_futures=True)
                    return
    for suite in [suite for suite in suites if suite == _ALONE or len(beside) == 1]:
        print(f"\n{suite}", flush=True)
        seconds, done = _timed(suite, options, None)
        yield suite, seconds, done.returncode


def _timed(suite: str, options: Sequence[str], output: int | None) -> tuple[float, subprocess.CompletedProcess[str]]:
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", str(_TESTS / suite), *options]
    done = subprocess.run(
        command, cwd=_TESTS.parent, check=False, stdout=output, stderr=output and subprocess.STDOUT, text=True
    )
    return time.monotonic() - began, done


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """What stands before `--` and what after."""
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:at], arguments[at + 1 :]


def _verdict(code: int) -> str:
    return {0: "passed", 1: "FAILED", 2: "interrupted", 5: "no tests"}.get(code, f"broken (pytest ended with {code})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
