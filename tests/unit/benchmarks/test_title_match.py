"""The measurement of the titles' matcher: what it reads, refuses and prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.title_match import main

SAME = {
    "id": "a",
    "claimed": {"title": "Le Phare breton", "year": 2015, "kind": "series"},
    "candidate": {"title": "Phare breton (Le)", "original_title": None, "aliases": [], "year": 2016, "kind": "series"},
    "same": True,
}


def written(at: Path, *lines: Any) -> list[str]:
    file = at / "pairs.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return ["--data", str(file)]


def changed(field: str, value: Any) -> dict[str, Any]:
    pair = json.loads(json.dumps(SAME))
    *within, last = field.split(".")
    at = pair
    for name in within:
        at = at[name]
    at[last] = value
    return pair


def test_misses_are_printed_apart_and_figures_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    never = changed("candidate.title", "Rien de tel")
    lines = [SAME, {**SAME, "id": "b", "same": False}, {**never, "id": "c"}, {**never, "id": "d", "same": False}]
    assert main(written(tmp_path, *lines, "")) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "1 called the same, and are not"
    assert printed[1] == "  1.00  b: Le Phare breton, 2015, series | Phare breton (Le), 2016, series"
    assert printed[2] == "1 not called the same, and are"
    assert " c: Le Phare breton, 2015, series | Rien de tel, 2016, series" in printed[3]
    assert json.loads(printed[4]) == {
        "benchmark": "title_match",
        "pairs": 4,
        "same": 2,
        "true_positives": 1,
        "false_positives": 1,
        "false_negatives": 1,
        "true_negatives": 1,
        "precision": 0.5,
        "recall": 0.5,
    }


def test_other_titles_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    english = changed("claimed.title", "The Lighthouse")
    other = json.loads(json.dumps(english))
    english["candidate"]["aliases"] = ["Lighthouse, The"]
    other["candidate"]["original_title"] = "Lighthouse"
    other["id"] = "b"
    assert main(written(tmp_path, english, other)) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["recall"] == 1.0


def test_without_anything_called_the_same_there_is_no_precision(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(written(tmp_path, changed("candidate.title", "Rien") | {"same": False})) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["precision"], figures["recall"]) == (None, None)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("id", None, "id: a text or a whole number"),
        ("same", "yes", "same: true or false"),
        ("claimed", "Le Phare", "claimed: an object"),
        ("claimed.title", " ", "claimed.title: a text"),
        ("claimed.year", "2015", "claimed.year: a whole number or null"),
        ("candidate.year", True, "candidate.year: a whole number or null"),
        ("candidate.kind", "movie", "candidate.kind: one of series, film, single or null"),
        ("candidate.original_title", 3, "candidate.original_title: a text or null"),
        ("candidate.aliases", "Phare", "candidate.aliases: a list of texts"),
        ("candidate.aliases", [None], "candidate.aliases: a list of texts"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(tmp_path: Path, capsys, field: str, value: Any, told: str):
    assert main(written(tmp_path, SAME, changed(field, value))) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"pairs.jsonl, line 2: {told}" in err


@pytest.mark.parametrize(
    ("line", "told"),
    [("{", "line 2: no JSON"), ("[]", "line 2: not an object"), ("[" * 100_000, "line 2: ")],
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, capsys, line: Any, told: str):
    assert main(written(tmp_path, SAME, line)) == 1
    assert told in capsys.readouterr().err


def test_what_editors_and_other_programs_leave_in_a_file_is_read(tmp_path: Path, capsys):
    odd = json.dumps(changed("candidate.title", "Rien \ud83c")).replace("\n", " ")
    assert main(written(tmp_path, "\ufeff" + json.dumps(SAME), "", odd, SAME)) == 0
    *_, miss, figures = capsys.readouterr().out.splitlines()
    assert "Rien \\ud83c, 2016" in miss
    assert json.loads(figures)["pairs"] == 3


def test_a_file_that_is_missing_or_empty_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--data", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl cannot be read" in capsys.readouterr().err
    assert main(written(tmp_path, "")) == 1
    assert "holds no pair" in capsys.readouterr().err
