"""The size of what is deployed, unzipped.

    python -m benchmarks.package        # the last line is one JSON object

The archive for AWS when its wheels are on this machine or can be fetched, and in any case the one for this machine,
which differs in the compiled parts alone.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from infra.local.console import Console
from infra.package import CannotPackage, Target, build

#: In megabytes of a million bytes: what we want, and what we never exceed (DESIGN). It was 25 before numpy, which holds
#: the index in flat arrays (`docs/decisions/0013-where-candidates-live.md`) and does not load without the 28 MB of its
#: linear algebra.
TARGET_MB = 62.0
LIMIT_MB = 120.0
_SHOWN = 8


def main() -> int:
    console = Console()
    sizes: dict[str, tuple[float, float]] = {}
    targets: tuple[tuple[str, Target], ...] = (("lambda", "lambda"), ("this_machine", "this-machine"))
    for name, target in targets:
        try:
            with console.step(f"package for {target}"):
                sizes[name] = _measured(console, target)
        except CannotPackage as reason:
            console.line(f"  {reason}")
    if not sizes:
        return 1
    figures: dict[str, Any] = {"benchmark": "package", "target_mb": TARGET_MB, "limit_mb": LIMIT_MB}
    for name, (zipped, unzipped) in sizes.items():
        figures |= {f"{name}_unzipped_mb": round(unzipped, 2), f"{name}_zipped_mb": round(zipped, 2)}
    largest = max(unzipped for _, unzipped in sizes.values())
    figures["met"] = largest < TARGET_MB
    verdict = "met" if figures["met"] else "MISSED"
    console.line(f"  unzipped {largest:.1f} MB (target {TARGET_MB:.0f} MB: {verdict}; limit {LIMIT_MB:.0f} MB)")
    console.line(json.dumps(figures))
    return 0 if figures["met"] else 1


def _measured(console: Console, target: Target) -> tuple[float, float]:
    """Megabytes zipped and unzipped, with the largest parts printed."""
    with tempfile.TemporaryDirectory() as scratch:
        package = build(Path(scratch), target)
        zipped = package.code_zip.stat().st_size / 1e6
        parts: Counter[str] = Counter()
        with ZipFile(package.code_zip) as archive:
            for entry in archive.infolist():
                parts[entry.filename.split("/")[0]] += entry.file_size
    for part, size in parts.most_common(_SHOWN):
        console.line(f"    {part:<28} {size / 1e6:>7.2f} MB")
    return zipped, sum(parts.values()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
