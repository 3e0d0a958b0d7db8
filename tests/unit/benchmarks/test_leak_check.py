"""The measurement of the leak check: what it reads, refuses and prints, and the figures of the project's own set."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.leak_check import CASES, KINDS, judge, main, read

LEAK = {
    "id": "a",
    "lang": "fr",
    "where": "message",
    "company": {
        "name": "Ostrelan Studio",
        "acronyms": ["OST"],
        "siren": "905331274",
        "domain": "ostrelan.fr",
        "people": ["Tomasz Wielgosz"],
        "address": "54 cours Lafayette, 69003 Lyon",
    },
    "confidential_title": "Le Sang des Kerjean",
    "broadcaster": "TF1",
    "text": "Chez Ostrelan, le vent se lève.",
    "leaks": [{"kind": "company", "span": "Ostrelan"}],
    "harmless": False,
}
HARMLESS = {**LEAK, "id": "b", "text": "Le vent se lève sur la lande.", "leaks": [], "harmless": True}


def written(at: Path, *lines: Any) -> list[str]:
    file = at / "cases.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return ["--data", str(file)]


def test_misses_are_printed_apart_and_figures_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    missed = {**LEAK, "id": "c", "leaks": [{"kind": "title", "span": "vent"}]}
    held_back = {**HARMLESS, "id": "d", "text": LEAK["text"]}
    assert main(written(tmp_path, LEAK, HARMLESS, missed, held_back, "")) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "1 leaks not found"
    assert printed[1] == "  c: title 'vent' | company 'Ostrelan' | 'Chez Ostrelan, le vent se lève.'"
    assert printed[2] == "1 harmless, and held back"
    assert printed[3] == "  d: harmless | company 'Ostrelan' | 'Chez Ostrelan, le vent se lève.'"
    assert json.loads(printed[4]) == {
        "benchmark": "leak_check",
        "cases": 4,
        "harmless": 2,
        "leaks": 2,
        "missed": 1,
        "false_alarms": 1,
        "recall": 0.5,
        "false_alarm_rate": 0.5,
        "recall_by_kind": {"company": 1.0, "title": 0.0},
    }


def test_a_leak_is_found_wherever_its_span_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    twice = {**LEAK, "text": "L’ostrelanite est une roche. Chez Ostrelan, on l’ignore."}
    assert main(written(tmp_path, twice)) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["recall"] == 1.0


def test_warnings_count_for_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    warned = {**HARMLESS, "text": "Notre société, fondée en 2011, compte quatre salariés."}
    assert main(written(tmp_path, warned)) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["recall"], figures["false_alarm_rate"]) == (None, 0.0)


def test_what_a_company_lacks_may_be_null_or_missing(tmp_path: Path):
    bare = {**HARMLESS, "company": {"name": None}, "confidential_title": None}
    del bare["broadcaster"]
    assert main(written(tmp_path, bare)) == 0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"id": ""}, "id: a text or a whole number"),
        ({"text": None}, "text: a text"),
        ({"company": "Ostrelan"}, "company: an object"),
        ({"company": {"people": [3]}}, "company.people: a text, a list of texts or null"),
        ({"confidential_title": 3}, "confidential_title: a text"),
        ({"harmless": "no"}, "harmless: true or false"),
        ({"harmless": True}, "leaks: a harmless text has none"),
        ({"leaks": "Ostrelan"}, "leaks: a list of objects"),
        ({"leaks": [{"kind": "logo", "span": "vent"}]}, "leaks.kind: one of company"),
        ({"leaks": [{"kind": "title", "span": "pluie"}]}, "leaks.span: a part of the text"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(tmp_path: Path, capsys, changed: dict[str, Any], told: str):
    assert main(written(tmp_path, LEAK, {**LEAK, **changed})) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"cases.jsonl, line 2: {told}" in err


@pytest.mark.parametrize(("line", "told"), [("{", "line 2: no JSON"), ("[]", "line 2: not an object")])
def test_a_line_that_is_no_case_is_named(tmp_path: Path, capsys, line: str, told: str):
    assert main(written(tmp_path, LEAK, line)) == 1
    assert told in capsys.readouterr().err


def test_a_file_that_is_missing_or_empty_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--data", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl cannot be read" in capsys.readouterr().err
    assert main(written(tmp_path, "")) == 1
    assert "holds no case" in capsys.readouterr().err


def test_the_set_holds_every_kind_in_both_languages_and_half_of_it_is_harmless():
    cases = read(CASES)
    raw = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    assert len(cases) >= 300
    assert sum(case.harmless for case in cases) * 2 >= len(cases)
    assert {leak.kind for case in cases for leak in case.leaks} == set(KINDS)
    assert len({case.case_id for case in cases}) == len({(case.text, case.hidden) for case in cases}) == len(cases)
    assert min(Counter(line["lang"] for line in raw).values()) >= 100
    assert {line["where"] for line in raw} == {"logline", "pitch", "message"}


def test_the_sets_figures_hold():
    figures = judge(read(CASES)).figures()
    assert figures["recall"] >= 0.97
    assert figures["false_alarm_rate"] <= 0.03
    assert min(figures["recall_by_kind"].values()) >= 0.9
