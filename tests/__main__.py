"""Runs the suites one after the other and says how long each took.

    python -m tests                       # all of them
    python -m tests unit app -- -k budget # some of them; what follows `--` is pytest's

Each suite is a process of its own: none can lean on what another left behind.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

_TESTS = Path(__file__).resolve().parent
# Fastest first: whoever waits learns soonest.
SUITES = ("unit", "shape", "contract", "app", "routes", "obligations", "journeys")


def main(arguments: list[str]) -> int:
    before, after = _split(arguments)
    unknown = [name for name in before if name not in SUITES]
    if unknown:
        print(f"No such suite: {', '.join(unknown)}. There are: {', '.join(SUITES)}.", file=sys.stderr)
        return 2
    took: dict[str, tuple[float, int]] = {}
    for suite in before or SUITES:
        print(f"\n{suite}", flush=True)
        began = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", str(_TESTS / suite), *after]
        code = subprocess.run(command, cwd=_TESTS.parent, check=False).returncode
        took[suite] = (time.monotonic() - began, code)
        if code == 2:  # Ctrl-C
            break
    print()
    for suite, (seconds, code) in took.items():
        print(f"  {suite:<12} {seconds:6.1f} s   {_verdict(code)}")
    print(f"  {'in all':<12} {sum(seconds for seconds, _ in took.values()):6.1f} s")
    # 5: nothing collected, which is right when some tests were asked for by name and this suite has none.
    allowed = {0, 5} if after else {0}
    return 0 if all(code in allowed for _, code in took.values()) else 1


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """What stands before `--` and what after."""
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:at], arguments[at + 1 :]


def _verdict(code: int) -> str:
    return {0: "passed", 1: "FAILED", 2: "interrupted", 5: "no tests"}.get(code, f"broken (pytest ended with {code})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
