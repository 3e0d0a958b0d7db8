"""Fits the weights by which the leak check judges names and common words, and says what they are worth elsewhere.

    python -m benchmarks.leak_judgement [--data FILE] [--folds N] [--out FILE]

FILE (`benchmarks/leak_check.jsonl`) is one of `benchmarks.leak_check`. Without `--out` nothing is written; with it, the
document that `chalicelib/briefs/leaks/judgement.json` is. The last line is one JSON object.

**What is fitted.** Each line counts as it stands and, less (`RETYPED`), as somebody else would type it: in small
letters, in capitals, with its first letter small. Whoever writes so tells the same, and what capitals say is learnt
apart from what words say. Each passage that the check takes for a candidate is one observation, its facts are zero or
one. A weight is one part that all kinds share and one that its kind has alone, both held near zero by their squares
(ridge), so a kind with few examples borrows from the others; a word of the text has a part for all kinds only, held
nearly three times as near. A candidate of a harmless line is a negative; one that overlaps a leak is a positive. Of
several that overlap one leak, only the best one has to tell: after a first fit those that stay weaker are left out.
Candidates elsewhere on a line that leaks are nobody's example: nobody said whether they tell. The function is convex
and its descent begins at zero: the same file gives the same weights.

**What it is worth.** Each writer is a fold: nobody's manner, companies and works are fitted and judged in one round.
The figures out of fold are those of `benchmarks.leak_check`, for each line by the weights found without its writer.
They are those to believe; the strength of the ridge and the threshold are chosen by them. With `--folds` the folds are
over companies: a file by a new writer does worse than that. The threshold is the one with the fewest false alarms among
those that reach `RECALL` or, where that costs more than `ALARMS`, the lowest one that costs no more.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.leak_check import CASES, Case, Leak, read
from chalicelib.briefs.leak_check import candidates, certain
from chalicelib.briefs.leaks import broadcasters
from chalicelib.briefs.leaks.judgement import Candidate, placed
from chalicelib.briefs.leaks.reading import read as reading_of
from chalicelib.briefs.leaks.surroundings import HEARD
from infra.local.console import Failure

Array = npt.NDArray[np.float64]

#: More than the 0.97 that is asked of it: whoever has not been fitted to does worse.
RECALL, ALARMS = 0.98, 0.03
RIDGES = (3.0,)
#: Those whose sets have joined the project's own, as their ids begin.
WRITERS = (
    *("blind", "b2", "b3", "b4", "ma", "b5", "fresh", "hurried", "quill", "tern", "wren", "finch", "owl", "swift"),
    *("plover", "heron", "egret", "ibis", "avocet", "dunlin", "gadwall", "shrike"),
)
#: How much the part of one kind alone is held back, next to the shared one, and how much a word is.
OWN, WORD = 0.5, 8.0
#: The same line as somebody else would type it, and how much that counts.
RETYPED: tuple[tuple[Callable[[str], str], float], ...] = (
    (str.lower, 0.5),
    (str.upper, 0.3),
    (lambda text: text[:1].lower() + text[1:], 0.3),
)
#: How far below the threshold a passage is still warned of, and how far it is blocked beside another that blocks.
WARNED, BESIDE = 1.25, 3.0
_ROUNDS = 2
_STEPS = 400
_SELDOM = 3
_DIGITS = 2
#: Words that weigh less are left out of the document.
_LIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Line:
    """A case as it is fitted: its candidates with what they overlap, and what is settled without judging."""

    group: str
    writer: str
    harmless: bool
    leaks: int
    settled: frozenset[int]
    alarmed: bool
    rows: tuple[tuple[Candidate, frozenset[int]], ...]
    counts: float = 1.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of 1."""

    recall: float
    false_alarms: float


def writer_of(case_id: str) -> str:
    """Who wrote a line: whoever sent a set, or those who wrote the check."""
    return next((writer for writer in WRITERS if case_id.startswith(f"{writer}-")), "own")


def lines_of(cases: Sequence[Case]) -> list[Line]:
    return [_line(case) for case in cases]


def retyped(cases: Sequence[Case]) -> list[Line]:
    """The cases as others would have typed them; those that would look the same, or have other letters, aside."""
    return [
        replace(_line(replace(case, text=other, leaks=leaks)), counts=counts)
        for case in cases
        for typed, counts in RETYPED
        for other in (typed(case.text),)
        if other != case.text and len(other) == len(case.text)
        for leaks in (tuple(_moved(case.text, other, leak) for leak in case.leaks),)
    ]


def _moved(text: str, other: str, leak: Leak) -> Leak:
    start = text.find(leak.span)
    return replace(leak, span=other[start : start + len(leak.span)])


def _line(case: Case) -> Line:
    reading = reading_of(case.text)
    spans = [list(_spans(case.text, leak.span)) for leak in case.leaks]

    def overlapped(start: int, end: int) -> frozenset[int]:
        return frozenset(
            place for place, told in enumerate(spans) if any(start < last and first < end for first, last in told)
        )

    sure = [(spot.start, spot.end) for spot in certain(reading, case.hidden) if spot.severity == "block"]
    every = [*candidates(reading, case.hidden), *broadcasters.candidates(reading, case.hidden.broadcasters)]
    rows = []
    for one in every:
        start, end = reading.original(one.start, one.end)
        if not any(start < last and first < end for first, last in sure):
            rows.append((placed(one, case.where), overlapped(start, end)))
    return Line(
        group=" ".join(case.hidden.names) or case.case_id,
        writer=writer_of(case.case_id),
        harmless=case.harmless,
        leaks=len(case.leaks),
        settled=frozenset(place for start, end in sure for place in overlapped(start, end)),
        alarmed=bool(sure),
        rows=tuple(rows),
    )


def _spans(text: str, span: str) -> Iterator[tuple[int, int]]:
    start = text.find(span)
    while start >= 0:
        yield start, start + len(span)
        start = text.find(span, start + 1)


class Facts:
    """Rows of zeros and ones, each told by the columns where it has a one."""

    def __init__(self, rows: Sequence[Sequence[int]], columns: int) -> None:
        self._at = np.array([column for row in rows for column in row], dtype=np.intp)
        self._row = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        self._shape = (len(rows), columns)

    def sums(self, weights: Array) -> Array:
        """For each row the sum of its columns' weights."""
        return np.bincount(self._row, weights[self._at], self._shape[0])

    def totals(self, values: Array) -> Array:
        """For each column the sum of its rows' values."""
        return np.bincount(self._at, values[self._row], self._shape[1])


class Fit:
    """Weights for facts: of all kinds that have them, and of each kind where `_SELDOM` candidates have them."""

    def __init__(self, lines: Sequence[Line], ridge: float) -> None:
        self._columns: dict[tuple[str, str], int] = {}
        examples = [(row, told, line) for line in lines for row, told in line.rows if line.harmless or told]
        counts = Counter((row.kind, fact) for row, _, _ in examples for fact in (*row.facts, "any"))
        self._seen = sorted(counts)
        kinds = Counter(fact for _, fact in counts)
        for (kind, fact), count in sorted(counts.items()):
            if (count >= _SELDOM or fact == "any") and not fact.startswith(HEARD):
                self._columns[kind, fact] = len(self._columns)
        for fact in sorted(kinds):
            if kinds[fact] > 1:
                self._columns["", fact] = len(self._columns)
        truth = np.array([0.0 if line.harmless else 1.0 for _, _, line in examples])
        weighs = np.array([line.counts for _, _, line in examples])
        penalty = np.full(len(self._columns), ridge)
        for (sort, fact), column in self._columns.items():
            if fact == "any":
                penalty[column] = 0.01
            elif fact.startswith(HEARD):
                penalty[column] = ridge * WORD
            elif sort:
                penalty[column] = ridge * OWN
        facts = Facts([self._of(row) for row, _, _ in examples], len(self._columns))
        leaks: dict[tuple[int, int], list[int]] = {}
        for place, (_, told, line) in enumerate(examples):
            for leak in told:
                leaks.setdefault((id(line), leak), []).append(place)
        self._weights: Array = np.zeros(len(self._columns))
        kept = weighs
        for _ in range(_ROUNDS):
            self._weights = _fitted(facts, truth, kept, penalty, self._weights)
            scores = facts.sums(self._weights)
            best = np.zeros(len(examples), dtype=np.bool_)
            best[[max(places, key=lambda place: float(scores[place])) for places in leaks.values()]] = True
            kept = np.where((truth == 0) | best, weighs, 0.0)

    def _of(self, row: Candidate) -> list[int]:
        every = ((sort, fact) for fact in (*sorted(row.facts), "any") for sort in ("", row.kind))
        return [self._columns[one] for one in every if one in self._columns]

    def score(self, row: Candidate) -> float:
        return float(self._weights[self._of(row)].sum())

    def kinds(self) -> dict[str, dict[str, float]]:
        """For each kind the sum of both parts, for facts that its candidates have; words aside."""
        found: dict[str, dict[str, float]] = {}
        for kind, fact in self._seen:
            if fact.startswith(HEARD):
                continue
            told = sum(self._weights[self._columns[key]] for key in ((kind, fact), ("", fact)) if key in self._columns)
            if round(float(told), _DIGITS):
                found.setdefault(kind, {})[fact] = round(float(told), _DIGITS)
        return {sort: dict(sorted(facts.items())) for sort, facts in sorted(found.items())}

    def words(self) -> dict[str, float]:
        """What words weigh, for any kind."""
        return {
            fact: round(float(self._weights[column]), _DIGITS)
            for (sort, fact), column in sorted(self._columns.items())
            if not sort and fact.startswith(HEARD) and abs(self._weights[column]) >= _LIGHT
        }


def _fitted(facts: Facts, truth: Array, weighs: Array, penalty: Array, weights: Array) -> Array:
    """Descends (L-BFGS) until a step changes next to nothing."""

    def value(at: Array) -> tuple[float, Array]:
        scores = facts.sums(at)
        loss = float((weighs * (np.logaddexp(0.0, scores) - truth * scores)).sum() + 0.5 * (penalty * at * at).sum())
        odds = 1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))
        return loss, facts.totals(weighs * (odds - truth)) + penalty * at

    steps: deque[tuple[Array, Array]] = deque(maxlen=15)
    loss, slope = value(weights)
    for _ in range(_STEPS):
        way = -_curved(slope, steps, penalty)
        length = 1.0
        while True:
            there = weights + length * way
            lower, steeper = value(there)
            if lower <= loss + 1e-4 * length * float(slope @ way) or length < 1e-6:
                break
            length /= 2
        if loss - lower < 1e-6 * max(1.0, abs(loss)):
            return there if lower < loss else weights
        if float((there - weights) @ (steeper - slope)) > 0:
            steps.append((there - weights, steeper - slope))
        weights, loss, slope = there, lower, steeper
    return weights


def _curved(slope: Array, steps: deque[tuple[Array, Array]], penalty: Array) -> Array:
    """The slope divided by the curvature, as far as the last steps tell it."""
    told = slope.copy()
    shares = []
    for moved, bent in reversed(steps):
        shares.append(float(moved @ told) / float(moved @ bent))
        told -= shares[-1] * bent
    if steps:
        moved, bent = steps[-1]
        told *= float(moved @ bent) / float(bent @ bent)
    else:
        told /= penalty.max() + float(np.abs(slope).max())
    for (moved, bent), share in zip(steps, reversed(shares), strict=True):
        told += moved * (share - float(bent @ told) / float(moved @ bent))
    return told


def fold_of(line: Line, folds: int) -> int | str:
    """Without a number of folds, each writer is one."""
    return zlib.crc32(line.group.encode()) % folds if folds else line.writer


def out_of_fold(lines: Sequence[Line], ridge: float, folds: int = 0, others: Sequence[Line] = ()) -> list[list[float]]:
    """For each line the scores of its candidates by the weights that were found without its writer or, with a number of
    folds, without its company. `others` are only fitted to."""
    every = [*lines, *others]
    parts = {fold_of(line, folds) for line in lines}
    fits = {part: Fit([line for line in every if fold_of(line, folds) != part], ridge) for part in parts}
    return [[fits[fold_of(line, folds)].score(row) for row, _ in line.rows] for line in lines]


def figures(lines: Sequence[Line], scores: Sequence[Sequence[float]], threshold: float) -> Figures:
    leaks = found = harmless = alarms = 0
    for line, told in zip(lines, scores, strict=True):
        bar = _bar(line, told, threshold)
        blocked = [overlapped for (_, overlapped), score in zip(line.rows, told, strict=True) if score >= bar]
        leaks += line.leaks
        found += len(line.settled.union(*blocked))
        harmless += line.harmless
        alarms += line.harmless and (line.alarmed or bool(blocked))
    return Figures(found / leaks if leaks else 1.0, alarms / harmless if harmless else 0.0)


def _bar(line: Line, scores: Sequence[float], threshold: float) -> float:
    """What a line's candidates have to reach: less where one of them does, or something needs no judging."""
    return threshold - BESIDE if line.alarmed or any(score >= threshold for score in scores) else threshold


def threshold_of(lines: Sequence[Line], scores: Sequence[Sequence[float]]) -> float:
    grid = [step / 20 for step in range(-80, 81)]
    told = {threshold: figures(lines, scores, threshold) for threshold in grid}
    bearable = [threshold for threshold in grid if told[threshold].false_alarms <= ALARMS]
    reached = [threshold for threshold in bearable if told[threshold].recall >= RECALL]
    return reached[-1] if reached else bearable[0] if bearable else grid[-1]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.leak_judgement", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=CASES, metavar="FILE", help="JSON lines (default: the project's)")
    parser.add_argument("--folds", type=int, default=0, metavar="N", help="parts of the companies, instead of writers")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the weights are written (default: nowhere)")
    parser.add_argument("--misses", action="store_true", help="print what is wrong out of fold")
    options = parser.parse_args(arguments)
    try:
        cases = read(options.data)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    lines, others = lines_of(cases), retyped(cases)
    tried = []
    for ridge in RIDGES:
        scores = out_of_fold(lines, ridge, options.folds, others)
        threshold = threshold_of(lines, scores)
        told = figures(lines, scores, threshold)
        print(f"ridge {ridge}: threshold {threshold:+.2f}, recall {told.recall:.4f}, alarms {told.false_alarms:.4f}")
        tried.append((told.false_alarms > ALARMS, -told.recall, ridge, threshold, scores))
    *_, ridge, threshold, scores = min(tried, key=lambda one: one[:4])
    if options.misses:
        for text in _misses(cases, lines, scores, threshold):
            print(text)
    fit = Fit([*lines, *others], ridge)
    within = figures(lines, [[fit.score(row) for row, _ in line.rows] for line in lines], threshold)
    report: dict[str, Any] = {"benchmark": "leak_judgement", "lines": len(lines), "ridge": ridge, "block": threshold}
    for name, told in (("fitted", within), ("out_of_fold", figures(lines, scores, threshold))):
        report[name] = {"recall": round(told.recall, 4), "false_alarm_rate": round(told.false_alarms, 4)}
    for writer in sorted({line.writer for line in lines}):
        places = [place for place, line in enumerate(lines) if line.writer == writer]
        told = figures([lines[place] for place in places], [scores[place] for place in places], threshold)
        report[f"out_of_fold_{writer}"] = {
            "recall": round(told.recall, 4),
            "false_alarm_rate": round(told.false_alarms, 4),
        }
    if options.out:
        document = {
            "block": threshold,
            "beside": round(threshold - BESIDE, 2),
            "warn": round(threshold - WARNED, 2),
            "kinds": fit.kinds(),
            "words": fit.words(),
        }
        options.out.write_text(written(document), encoding="utf-8")
    print(json.dumps(report))
    return 0


def written(document: Mapping[str, Any]) -> str:
    """The document as it is packaged: a line for each of its parts and each kind, and no more signs than it needs."""

    def line(name: str, value: Any) -> str:
        return f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}"

    kinds = ",\n".join(line(kind, facts) for kind, facts in document["kinds"].items())
    rest = [line(name, value) for name, value in document.items() if name != "kinds"]
    return "{" + ",\n".join([*rest, f'"kinds":{{\n{kinds}\n}}']) + "}\n"


def _misses(
    cases: Sequence[Case], lines: Sequence[Line], scores: Sequence[Sequence[float]], threshold: float
) -> Iterator[str]:
    for case, line, told in zip(cases, lines, scores, strict=True):
        rows = [
            (round(score, 1), row.kind, sorted(fact for fact in row.facts if not fact.startswith(HEARD)), overlapped)
            for (row, overlapped), score in zip(line.rows, told, strict=True)
        ]
        bar = _bar(line, told, threshold)
        found = line.settled.union(*(overlapped for score, _, _, overlapped in rows if score >= bar))
        missed = [leak for place, leak in enumerate(case.leaks) if place not in found]
        if line.harmless and (line.alarmed or any(score >= threshold for score, *_ in rows)):
            seen = [one[:3] for one in rows if one[0] >= threshold]
            yield f"ALARM {case.case_id} {case.text!r} {seen or 'settled'}"
        for leak in missed:
            yield f"MISS {case.case_id} {leak.kind} {leak.span!r} {case.text!r} {[one[:3] for one in rows if one[3]]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
