"""The measurement of the wording check: what it reads, refuses and prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.wording import main

FLAGGED = {"id": "a", "lang": "fr", "text": "Nous cherchons une femme.", "kinds": ["sex"]}
HARMLESS = {"id": "b", "lang": "fr", "text": "Une héroïne de 25 ans.", "kinds": []}


def written(at: Path, *lines: Any) -> list[str]:
    file = at / "texts.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return ["--data", str(file)]


def test_misses_are_printed_apart_and_figures_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    lines = [FLAGGED, {**FLAGGED, "id": "c", "kinds": []}, HARMLESS, {**HARMLESS, "id": "d", "kinds": ["age"]}]
    assert main(written(tmp_path, *lines, "")) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "1 flagged, and harmless"
    assert printed[1] == "  c: Nous cherchons une femme. | harmless | sex “une femme”"
    assert printed[2] == "1 not flagged, and to be flagged"
    assert printed[3].startswith("  d: Une héroïne de 25 ans. | age | ")
    assert json.loads(printed[4]) == {
        "benchmark": "wording",
        "texts": 4,
        "harmless": 2,
        "false_positives": 1,
        "false_negatives": 1,
        "precision": 0.5,
        "recall": 0.5,
        "kind": 1.0,
    }


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{", "no JSON"),
        ([], "not an object"),
        ({**FLAGGED, "id": ""}, "id"),
        ({**FLAGGED, "text": 3}, "text"),
        ({**FLAGGED, "kinds": "sex"}, "kinds"),
        ({**FLAGGED, "kinds": ["shoe size"]}, "shoe size"),
    ],
)
def test_a_wrong_line_is_named(line: Any, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(written(tmp_path, HARMLESS, line)) == 1
    told = capsys.readouterr().err
    assert "line 2" in told
    assert named in told
