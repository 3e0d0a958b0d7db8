"""How good a ranking is, judged by who is known to be right: recall and nDCG, with bootstrap intervals.

A run is the lines `brief profile rank score`, judgements the lines `brief profile relevance` (both may be tab or space
separated, a heading that starts with `brief_id` is skipped). Every judged brief counts: one that the run misses scores
0. Relevance is a whole number, higher is better, and everybody with at least 1 is right; the gain of nDCG is the
relevance itself, discounted by log2(rank + 1) (Järvelin and Kekäläinen 2002).
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from infra.local.console import Failure

METRICS = ("recall_10", "recall_50", "ndcg_10")

#: Brief → profile → relevance.
Judgements = Mapping[str, Mapping[str, int]]

_ROUNDS, _SEED = 1000, 7


def read_judgements(path: Path) -> Judgements:
    """Raises Failure for a line that is none."""
    found: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            columns = line.split()
            if not columns or columns[0] == "brief_id":
                continue
            try:
                brief, profile, relevance = columns[0], columns[1], int(columns[2])
            except (IndexError, ValueError):
                raise Failure(f"{path}, line {number}: not a brief, a profile and a relevance.") from None
            if relevance >= 1:
                found.setdefault(brief, {})[profile] = relevance
    return found


def scores(ranking: Sequence[str], relevant: Mapping[str, int]) -> tuple[float, float, float]:
    """METRICS of one brief: profiles best first, against at least one who is right."""
    gains = (relevant.get(profile, 0) / math.log2(place + 2) for place, profile in enumerate(ranking[:10]))
    best = sorted(relevant.values(), reverse=True)[:10]
    ideal = sum(gain / math.log2(place + 2) for place, gain in enumerate(best))
    return recall(ranking, relevant, 10), recall(ranking, relevant, 50), sum(gains) / ideal


def recall(ranking: Sequence[str], relevant: Mapping[str, int], most: int) -> float:
    """The share of those who are right that the first `most` hold."""
    return len(relevant.keys() & set(ranking[:most])) / len(relevant)


def judged(run: Mapping[str, Sequence[str]], judgements: Judgements) -> list[tuple[float, float, float]]:
    """METRICS of every judged brief, in the order of their ids."""
    return [scores(run.get(brief, ()), relevant) for brief, relevant in sorted(judgements.items())]


def mean(values: Iterable[float]) -> float:
    """0 of nothing."""
    several = list(values)
    return sum(several) / len(several) if several else 0.0


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Where the mean lies in 95 of 100 samples of the same size drawn from `values` with replacement."""
    if not values:
        return 0.0, 0.0
    draw = random.Random(_SEED)
    means = sorted(mean(draw.choices(values, k=len(values))) for _ in range(_ROUNDS))
    return means[int(0.025 * _ROUNDS)], means[int(0.975 * _ROUNDS) - 1]
