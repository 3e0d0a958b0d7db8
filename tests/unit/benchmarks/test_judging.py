"""Recall and nDCG against what a hand finds."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from benchmarks.judging import interval, judged, mean, read_judgements, scores
from infra.local.console import Failure


def test_recall_counts_those_found_among_all_who_are_right() -> None:
    ranking = ["a", *(f"other{number}" for number in range(20)), "b", "c"]
    in_ten, in_fifty, _ = scores(ranking, {"a": 1, "b": 2, "c": 1, "nowhere": 2})
    assert (in_ten, in_fifty) == (1 / 4, 3 / 4)


def test_ndcg_weighs_by_relevance_and_place() -> None:
    _, _, ndcg = scores(["x", "producer", "writer"], {"writer": 2, "producer": 1})
    assert ndcg == pytest.approx((1 / log2(3) + 2 / log2(4)) / (2 / log2(2) + 1 / log2(3)))


def test_the_best_order_is_worth_one_however_many_are_right() -> None:
    relevant = {f"p{number:02}": 2 if number < 4 else 1 for number in range(30)}
    in_ten, in_fifty, ndcg = scores(sorted(relevant), relevant)
    assert (in_ten, in_fifty) == (1 / 3, 1.0)
    assert ndcg == pytest.approx(1.0)


def test_a_brief_that_a_run_misses_counts_as_nothing_found() -> None:
    found = judged({"b2": ["p"]}, {"b1": {"p": 1}, "b2": {"p": 1}})
    assert found == [(0.0, 0.0, 0.0), (1.0, 1.0, 1.0)]


def test_an_interval_holds_the_mean_and_narrows_with_more_briefs() -> None:
    few, many = [0.0, 1.0] * 10, [0.0, 1.0] * 250
    low, high = interval(few)
    lower, higher = interval(many)
    assert low < lower < mean(many) < higher < high
    assert interval([]) == (0.0, 0.0)


def test_judgements_are_read_with_tabs_or_spaces_and_without_those_who_are_not_right(tmp_path: Path) -> None:
    file = tmp_path / "qrels.tsv"
    file.write_text("brief_id profile_id relevance\nb1\tp1\t2\t0\n\nb1 p2 1\nb1 p3 0\nb2 p3 0\n")
    assert read_judgements(file) == {"b1": {"p1": 2, "p2": 1}}


def test_a_line_that_is_no_judgement_is_named(tmp_path: Path) -> None:
    file = tmp_path / "qrels.tsv"
    file.write_text("b1\tp1\t2\nb1\tp2\tgood\n")
    with pytest.raises(Failure, match="line 2"):
        read_judgements(file)
