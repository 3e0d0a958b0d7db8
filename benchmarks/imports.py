"""Milliseconds that a function's first import takes, in a process of its own.

    python -m benchmarks.imports        # the last line is one JSON object

What Lambda imports when it starts a function: `app` for the routes, the handlers' own module for every other. Measured
twice: in the working copy, where Python keeps what it compiled, and in the archive as it is deployed, unzipped in a
directory of its own without this machine's packages. Each figure is the median of several processes, taken in turn so
that a slow moment of the machine hits all of them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

from infra.local.console import Console, Failure
from infra.local.state import REPOSITORY
from infra.package import build

RUNS = 15
#: DESIGN: an import, in milliseconds.
TARGET = 300.0

#: Prints the milliseconds, and what of the AWS SDK the import brought along. Its empty root package is looked at by the
#: logger and costs nothing.
_MEASURE = """
import sys, time
began = time.perf_counter()
import {module}
print((time.perf_counter() - began) * 1000)
print(*[name for name in ("boto3", "botocore.session", "botocore.client") if name in sys.modules])
"""


def modules() -> list[str]:
    """`app`, and every module of handlers."""
    found = sorted((REPOSITORY / "chalicelib").glob("*/handlers.py"))
    return ["app", *(f"chalicelib.{path.parent.name}.handlers" for path in found)]


def main() -> int:
    console = Console()
    try:
        with console.step(f"imports in the working copy, {RUNS} times each"):
            here = _medians(REPOSITORY, [sys.executable])
        with tempfile.TemporaryDirectory() as scratch:
            with console.step("the archive, unzipped"):
                archive = _unzipped(Path(scratch))
            with console.step(f"imports in the archive, {RUNS} times each"):
                # -S: none of this machine's packages; what is missing in the archive is missing on Lambda.
                shipped = _medians(archive, [sys.executable, "-S"])
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    console.line()
    console.line(f"  {'import':<36} {'working copy':>14} {'archive':>10}")
    for module, milliseconds in here.items():
        console.line(f"  {module:<36} {milliseconds:>11.0f} ms {shipped[module]:>7.0f} ms")
    slowest = max(*here.values(), *shipped.values())
    console.line(f"  slowest {slowest:.0f} ms (target {TARGET:.0f} ms: {'met' if slowest < TARGET else 'MISSED'})")
    figures = {
        "benchmark": "imports",
        "runs": RUNS,
        **{f"{_named(module)}_ms": round(milliseconds, 1) for module, milliseconds in here.items()},
        **{f"{_named(module)}_archive_ms": round(milliseconds, 1) for module, milliseconds in shipped.items()},
        "slowest_ms": round(slowest, 1),
        "target_ms": TARGET,
        "met": slowest < TARGET,
    }
    console.line(json.dumps(figures))
    return 0 if slowest < TARGET else 1


def _named(module: str) -> str:
    return module.removeprefix("chalicelib.").replace(".", "_")


def _medians(directory: Path, python: list[str]) -> dict[str, float]:
    """Milliseconds by module. Raises Failure when an import fails or brings the AWS SDK along."""
    taken: dict[str, list[float]] = {module: [] for module in modules()}
    for run in range(RUNS + 1):
        for module, milliseconds in taken.items():
            one = _import(directory, python, module)
            if run > 0:  # the first fills the disk's cache, and Python's
                milliseconds.append(one)
    return {module: statistics.median(milliseconds) for module, milliseconds in taken.items()}


def _import(directory: Path, python: list[str], module: str) -> float:
    done = subprocess.run(
        [*python, "-c", _MEASURE.format(module=module)],
        cwd=directory,
        env={name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Failure(f"{module} cannot be imported in {directory}:", *done.stderr.splitlines()[-5:])
    milliseconds, sdk = done.stdout.splitlines()
    if sdk:
        raise Failure(f"Importing {module} brings {sdk} along, which costs more than all the rest.")
    return float(milliseconds)


def _unzipped(scratch: Path) -> Path:
    """The archive for this Python, as Lambda unpacks it: read-only, so nothing compiled is ever kept beside it."""
    package = build(scratch / "package", "this-machine")
    directory = scratch / "task"
    with ZipFile(package.code_zip) as archive:
        archive.extractall(directory)
    for path in [directory, *directory.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    return directory


if __name__ == "__main__":
    sys.exit(main())
