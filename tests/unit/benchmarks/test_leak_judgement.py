"""The fit of the leak check's weights: what it learns, what it keeps apart, and what it leaves alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.leak_check import Case, Leak
from benchmarks.leak_judgement import (
    Fit,
    Line,
    figures,
    fold_of,
    main,
    out_of_fold,
    retyped,
    threshold_of,
    writer_of,
    written,
)
from chalicelib.briefs.leak_check import Hidden
from chalicelib.briefs.leaks import judgement
from chalicelib.briefs.leaks.judgement import Candidate


def line(group: str, *facts: str, leak: bool) -> Line:
    one = Candidate("company", 0, 5, frozenset(facts))
    overlapped = frozenset({0}) if leak else frozenset()
    return Line(group, "own", not leak, int(leak), frozenset(), False, ((one, overlapped),))


def replace_facts(one: Line, *facts: str) -> Line:
    ((candidate, told),) = one.rows
    return replace(one, rows=((candidate._replace(facts=frozenset(facts)), told),))


LINES = [
    line(f"company {number}", "chez_before" if leak else "determined", leak=leak)
    for number in range(30)
    for leak in (True, False)
]


def test_what_stands_before_names_weighs_for_them_and_what_stands_before_nouns_against():
    told = Fit(LINES, 0.5).kinds()["company"]
    assert told["chez_before"] > 0 > told["determined"]


def test_the_same_lines_give_the_same_weights():
    assert Fit(LINES, 0.5).kinds() == Fit(LINES, 0.5).kinds()


def test_a_writer_is_judged_by_weights_that_were_found_without_them():
    others = [replace(one, writer="b2") for one in [line("odd one", "odd_fact", leak=True)] * 5]
    every = [*LINES, *others]
    scores = out_of_fold(every, 0.5)
    assert scores[-1] == [Fit(LINES, 0.5).score(others[-1].rows[0][0])]
    assert Fit(every, 0.5).score(others[-1].rows[0][0]) > scores[-1][0]


def test_words_weigh_the_same_for_every_kind_and_are_told_apart():
    told = [replace_facts(one, "says sign" if one.leaks else "says rain") for one in LINES]
    people = [replace(one, rows=((one.rows[0][0]._replace(kind="person"), one.rows[0][1]),)) for one in told]
    fit = Fit([*told, *people], 0.5)
    assert fit.words()["says sign"] > 0 > fit.words()["says rain"]
    assert fit.kinds() == {}


def test_a_line_is_fitted_to_as_others_would_type_it_and_counts_less_so():
    case = Case(
        "1", "Chez Ostrelan, on signe.", Hidden(names=("Ostrelan",)), (Leak("company", "Ostrelan"),), False, None
    )
    small, capitals, opening = retyped([case])
    assert all(one.counts < 1 and one.leaks == 1 for one in (small, capitals, opening))
    assert all(any(told for _, told in one.rows) or one.settled for one in (small, capitals, opening))
    assert "text_without_capitals" in small.rows[0][0].facts and "shouted" in capitals.rows[0][0].facts


def test_what_counts_less_weighs_less():
    odd = [line("odd one", "odd_fact", leak=True)] * 5
    light = [replace(one, counts=0.1) for one in odd]
    assert Fit([*LINES, *light], 0.5).score(odd[0].rows[0][0]) < Fit([*LINES, *odd], 0.5).score(odd[0].rows[0][0])


def test_lines_tell_their_writer_by_their_ids():
    assert [writer_of(one) for one in ("b2-001", "fresh-cig-001", "lumen-001", "malo-200")] == [
        "b2", "fresh", "own", "own",
    ]  # fmt: skip


def test_with_a_number_of_folds_a_company_is_judged_by_weights_that_were_found_without_it():
    alone = [*LINES, *[line("odd one", "odd_fact", leak=True)] * 5]
    scores = out_of_fold(alone, 0.5, 5)
    told = Fit([one for one in alone if fold_of(one, 5) != fold_of(alone[-1], 5)], 0.5)
    assert scores[-1] == [told.score(alone[-1].rows[0][0])]
    assert Fit(alone, 0.5).score(alone[-1].rows[0][0]) > scores[-1][0]


def test_the_threshold_finds_what_is_asked_with_the_fewest_alarms():
    scores = out_of_fold(LINES, 0.5, folds=5)
    told = figures(LINES, scores, threshold_of(LINES, scores))
    assert (told.recall, told.false_alarms) == (1.0, 0.0)


def test_where_that_costs_too_many_alarms_the_threshold_is_the_lowest_that_can_be_borne():
    every = [*[line("a", "x", leak=False)] * 100, *[line("b", "y", leak=True)] * 10]
    scores = [*[[0.5]] * 5, *[[-3.0]] * 95, *[[0.0]] * 5, *[[1.0]] * 5]
    assert threshold_of(every, scores) == 0.55


def test_of_several_candidates_of_one_leak_the_best_one_has_to_tell():
    strong, weak = (Candidate("company", 0, 5, frozenset({fact})) for fact in ("chez_before", "determined"))
    both = [
        Line(f"pair {number}", "own", False, 1, frozenset(), False, ((strong, frozenset({0})), (weak, frozenset({0}))))
        for number in range(30)
    ]
    fit = Fit([*LINES, *both], 0.5)
    assert fit.score(weak) < 0 < fit.score(strong)


def test_nothing_is_written_unless_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    cases = [
        {"id": f"{number}", "company": {"name": f"Ostrelan{number} Studio"}, "text": text, "leaks": leaks}
        for number in range(4)
        for text, leaks in (
            (f"Chez Ostrelan{number}, on signe.", [{"kind": "company", "span": f"Ostrelan{number}"}]),
            ("Le vent se lève.", []),
        )
    ]
    file, out = tmp_path / "cases.jsonl", tmp_path / "weights.json"
    file.write_text("\n".join(json.dumps({**case, "harmless": not case["leaks"]}) for case in cases), encoding="utf-8")
    before = judgement.FILE.read_bytes()
    assert main(["--data", str(file), "--folds", "2"]) == 0
    assert judgement.FILE.read_bytes() == before and not out.exists()
    assert main(["--data", str(file), "--folds", "2", "--out", str(out)]) == 0
    assert set(json.loads(out.read_text(encoding="utf-8"))) == {"block", "beside", "warn", "kinds", "words"}
    assert "out_of_fold" in json.loads(capsys.readouterr().out.splitlines()[-1])
    assert judgement.FILE.read_bytes() == before


def test_the_document_is_packaged_with_a_line_for_each_kind():
    document = {"block": 0.25, "kinds": {"company": {"any": -1.5}, "title": {"any": 0.5, "whole": 2.0}}, "words": {}}
    text = written(document)
    assert json.loads(text) == document
    assert '"title":{"any":0.5,"whole":2.0}' in text.splitlines()
