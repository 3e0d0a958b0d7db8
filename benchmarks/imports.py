"""Milliseconds that a function's first import takes, in a process of its own.

    python -m benchmarks.imports        # the last line is one JSON object

What Lambda imports when it starts a function: `app` for the routes, the handlers' own module for every other. Measured
in three ways: in the working copy, where Python keeps what it compiled; in the archive as it is deployed, unzipped in a
directory of its own without this machine's packages, compiled before; and there with nothing compiled, as at a first
start on Lambda, where the archive's directory is read-only. Each figure is the median of several processes, taken in
turn so that a slow moment of the machine hits all of them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from infra.local.console import Console, Failure
from infra.local.state import REPOSITORY
from infra.package import build

RUNS = 15
#: With nothing compiled, which takes longer and varies less.
FIRST_RUNS = 5
#: DESIGN: an import, in milliseconds.
TARGET = 300.0

#: Prints the milliseconds, and what the import brought along that waits for its first use: the AWS SDK (its empty root
#: package is looked at by the logger and costs nothing) and the arrays of the engine.
_MEASURE = """
import sys, time
began = time.perf_counter()
import {module}
print((time.perf_counter() - began) * 1000)
print(*[name for name in ("boto3", "botocore.session", "botocore.client", "numpy") if name in sys.modules])
"""


def modules() -> list[str]:
    """`app`, and every module of handlers."""
    found = sorted((REPOSITORY / "chalicelib").glob("*/handlers.py"))
    return ["app", *(f"chalicelib.{path.parent.name}.handlers" for path in found)]


def main() -> int:
    console = Console()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            with console.step("the archive, unzipped"):
                archive, variables = _unzipped(Path(scratch))
            with console.step(f"imports in the working copy, {RUNS} times each"):
                here = _medians(REPOSITORY, [sys.executable], variables, RUNS)
            # -S: none of this machine's packages; what is missing in the archive is missing on Lambda.
            with console.step(f"imports in the archive with nothing compiled, {FIRST_RUNS} times each"):
                first = _medians(archive, [sys.executable, "-S", "-B"], variables, FIRST_RUNS)
            with console.step(f"imports in the archive, compiled, {RUNS} times each"):
                shipped = _medians(archive, [sys.executable, "-S"], variables, RUNS)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    figures: dict[str, Any] = {"benchmark": "imports", "runs": RUNS, "target_ms": TARGET}
    console.line()
    console.line(f"  {'import':<36} {'working copy':>14} {'archive':>11} {'not compiled':>13}")
    for module in modules():
        three = here[module], shipped[module], first[module]
        console.line(f"  {module:<36} {three[0]:>11.0f} ms {three[1]:>8.0f} ms {three[2]:>10.0f} ms")
        name = module.removeprefix("chalicelib.").replace(".", "_")
        for suffix, milliseconds in zip(("ms", "archive_ms", "archive_not_compiled_ms"), three, strict=True):
            figures[f"{name}_{suffix}"] = round(milliseconds, 1)
    for label, suffix, medians in (
        ("working copy", "", here),
        ("archive", "_archive", shipped),
        ("archive, not compiled", "_archive_not_compiled", first),
    ):
        slowest = max(medians.values())
        met = slowest < TARGET
        console.line(f"  slowest, {label}: {slowest:.0f} ms (target {TARGET:.0f} ms: {'met' if met else 'MISSED'})")
        figures |= {f"slowest{suffix}_ms": round(slowest, 1), f"met{suffix}": met}
    console.line(json.dumps(figures))
    return 0 if figures["met"] and figures["met_archive"] else 1


def _medians(directory: Path, python: list[str], variables: dict[str, str], runs: int) -> dict[str, float]:
    """Milliseconds by module. Raises Failure when an import fails or brings along what has its time later."""
    taken: dict[str, list[float]] = {module: [] for module in modules()}
    for run in range(runs + 1):
        for module, milliseconds in taken.items():
            one = _import(directory, python, variables, module)
            if run > 0:  # the first fills the disk's cache, and Python's own
                milliseconds.append(one)
    return {module: statistics.median(milliseconds) for module, milliseconds in taken.items()}


def _import(directory: Path, python: list[str], variables: dict[str, str], module: str) -> float:
    done = subprocess.run(
        [*python, "-c", _MEASURE.format(module=module)],
        cwd=directory,
        env={**variables, **{name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Failure(f"{module} cannot be imported in {directory}:", *done.stderr.splitlines()[-5:])
    milliseconds, early = done.stdout.splitlines()
    if early:
        raise Failure(f"Importing {module} brings {early} along, which costs more than all the rest.")
    return float(milliseconds)


def _unzipped(scratch: Path) -> tuple[Path, dict[str, str]]:
    """The archive for this Python, unpacked, and the variables that the template gives each function as they are."""
    package = build(scratch / "package", "this-machine")
    directory = scratch / "task"
    with ZipFile(package.code_zip) as archive:
        archive.extractall(directory)
    variables = json.loads(package.template.read_text())["Globals"]["Function"]["Environment"]["Variables"]
    return directory, {name: value for name, value in variables.items() if isinstance(value, str)}


if __name__ == "__main__":
    sys.exit(main())
