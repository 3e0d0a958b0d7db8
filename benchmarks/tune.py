"""Fits the weights of the ranking to what is known of real credits, and says what that is worth on other briefs.

    python -m benchmarks.tune --data DIR [--data DIR] [--rounds N] [--out FILE]

Each DIR is one of `benchmarks.match_quality`, with its judgements. FILE (`build/weights.candidate.json`) gets the form
of `weights.json`, a version that ends in `-candidate`, and in `measured` what it gains. The file in force is never
written: adopting a candidate is a person's decision (`docs/recipes/calibrate-the-weights.md`).

**What is fitted.** The criteria TOLD and the parameters STEPS, whole numbers all of them. A film's credits say nothing
about tone, world, stakes, format, tasks, level or working mode, and all of them count as checked: these keep their
weights, and a point that one criterion gains another one gives.

**What for.** A *case* is one data set in one track, as a project that names its company and as one that does not. The
gain of other weights is the mean over cases of the mean of R@10, R@50 and nDCG@10, each relative to what the
weights in force reach in that case.

**How.** Coordinate steps from the weights in force, in a seeded order, a third of the briefs first and the others when
those look better. A step is taken when its gain is more than the gain's own standard error and no case is worse than by
the weights in force: chance makes many steps look good, and one that helps one language alone is probably chance.
The same is done again without each fold of the briefs, and those are ranked by what was found without them: the gain
*out of fold* is the one to believe. One film is in one fold, in whatever languages and tracks it is asked.

Steps are looked for on numbers that the engine's own `Scorer` gave for each brief and those who may come first, put
together again here under other weights; that this ranks as `rank` does is checked before anything is fitted, and every
gain reported is `rank`'s.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import math
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.judging import METRICS, interval, mean, scores
from benchmarks.match_quality import COMPANY, OPEN, TRACKS, Collection, brief_of, ranked, read, write
from chalicelib.matching.population import Segment, similarity
from chalicelib.matching.ranking import draw
from chalicelib.matching.scoring import Scorer
from chalicelib.matching.snapshots import BriefSnapshot
from chalicelib.matching.weights import CONTENT, FILE, QUALITY, Weights, document, parse
from chalicelib.vocabulary.taxonomy import taxonomy
from infra.local.console import Console, Failure
from infra.local.state import REPOSITORY

Array = npt.NDArray[Any]

#: Criteria whose weights credits can tell.
TOLD = ("genre", "language", "text", "recency", "other_works", "company")
#: Points that one criterion may give another in a step.
POINTS = (1, 3)
#: Parameter → the sizes of its steps, and its bounds.
STEPS: Mapping[str, tuple[tuple[int, ...], int, int]] = {
    "half_life_years": ((2, 5), 2, 60),
    "closeness_power": ((1,), 2, 12),
    "related_function_floor_percent": ((3, 8), 0, 100),
    "common_language_percent": ((10, 25), 0, 100),
    "other_companies_percent": ((5, 15), 0, 100),
    "text_full_match_words_tenths": ((4, 10), 5, 200),
}
#: What a project that names no company does not depend on.
_OF_COMPANIES = ("company", "other_companies_percent")

OUT = REPOSITORY / "build" / "weights.candidate.json"
ROUNDS, FOLDS, SEED = 3, 5, 1
_DEEPEST = 50
#: People whom steps are tried on, for each brief: those who come first by the weights in force.
_KEPT = 800
#: How far the mean of a metric may lie from what `rank` gives: equal scores rounded to the other side.
_TOLERANCE = 0.002


@dataclass(frozen=True, slots=True)
class Setting:
    """The values of TOLD, then of STEPS."""

    values: tuple[int, ...]

    @classmethod
    def of(cls, weights: Weights) -> Setting:
        return cls((*(weights.criteria[name] for name in TOLD), *(int(weights.parameters[name]) for name in STEPS)))

    def __getitem__(self, name: str) -> int:
        return self.values[_NAMES.index(name)]

    def moved(self, **changes: int) -> Setting:
        return Setting(tuple(value + changes.get(name, 0) for name, value in zip(_NAMES, self.values, strict=True)))

    def weights(self, base: Weights) -> Weights:
        named = dict(zip(_NAMES, self.values, strict=True))
        return replace(
            base,
            criteria={name: named.get(name, weight) for name, weight in base.criteria.items()},
            parameters={name: named.get(name, value) for name, value in base.parameters.items()},
        )


_NAMES = (*TOLD, *STEPS)


def coordinates(order: random.Random) -> list[list[dict[str, int]]]:
    """What can be changed, each with its steps, in a random order. A criterion that gains takes from one other."""
    found = [
        [{taker: points, giver: -points} for points in POINTS] for taker in TOLD for giver in TOLD if taker != giver
    ]
    found += [[{name: size * sign} for size in sizes for sign in (1, -1)] for name, (sizes, _, _) in STEPS.items()]
    order.shuffle(found)
    return found


def allowed(setting: Setting) -> bool:
    """A criterion that is published counts for something."""
    return all(setting[name] >= 1 for name in TOLD) and all(
        low <= setting[name] <= high for name, (_, low, high) in STEPS.items()
    )


# ---- one brief under any weights


@dataclass(frozen=True, eq=False)
class Compared:
    """One brief against the works of those who may come first, before any weight: a number for each work, in 0..1
    unless something else is said."""

    brief_id: str
    relevant: Mapping[str, int]
    asked: frozenset[str]
    ids: Sequence[str]
    starts: Array  # of each person's works
    genres: Array
    spoken: Array  # whether it is in a language of the brief
    rare: Array  # how rare that language is
    said: Array  # in distinctive words
    alike: Array  # its function, to writing
    ages: Array  # in years
    rarest: Array  # how rare the rarest of the companies is that the brief shares with it
    others: Array  # the sum of the others

    def scores(self, weights: Weights) -> tuple[float, float, float]:
        """METRICS under these weights."""
        maxima, parameters = weights.maxima(self.asked), weights.parameters
        content = sum(maxima[name] for name in CONTENT) or 1
        whole = content + sum(maxima[name] for name in QUALITY)
        full = parameters["text_full_match_words_tenths"] / 10
        floor = weights.percent("common_language_percent")
        close = np.minimum(self.said / full, 1) * maxima["text"]
        close += self.genres * maxima["genre"]
        close += self.spoken * (floor + (1 - floor) * self.rare) * maxima["language"]
        floor = weights.percent("related_function_floor_percent")
        close *= floor + (1 - floor) * self.alike
        if maxima["company"]:
            met = np.minimum(self.rarest + self.others * weights.percent("other_companies_percent"), 1)
            close += met * maxima["company"]
        checked = maxima["verification"] * parameters["verification_percent"]["3"] / 100
        fresh = np.exp2(-self.ages / parameters["half_life_years"])
        close *= 1 + (checked + fresh * maxima["recency"]) / content
        power = int(parameters["closeness_power"])
        best = np.maximum.reduceat(close, self.starts)
        pooled = whole * np.power(np.add.reduceat(np.power(close / whole, power), self.starts), 1 / power)
        totals = best + np.clip(pooled - best, 0, maxima["other_works"])
        return scores(self._first(np.floor(totals + 0.5)), self.relevant)

    def _first(self, totals: Array) -> list[str]:
        """Those who come first; equal ones by the lot that `rank` draws."""
        most = min(_DEEPEST, len(totals))
        limit = np.partition(totals, len(totals) - most)[len(totals) - most]
        rows = [(-totals[place], self.ids[place]) for place in np.flatnonzero(totals >= limit).tolist()]
        rows.sort(key=lambda row: (row[0], draw(self.brief_id, row[1])))
        return [profile for _, profile in rows[:most]]


def compared(collection: Collection, weights: Weights, tracks: Sequence[str]) -> dict[str, list[Compared]]:
    """Every judged brief in each track, in the order of their ids."""
    found: dict[str, list[Compared]] = {track: [] for track in tracks}
    for data in sorted(collection.briefs, key=lambda data: str(data["id"])):
        if data["id"] in (collection.judgements or {}):
            for track in tracks:
                found[track].append(_compared(collection, brief_of(data, companies=track == COMPANY), weights))
    return found


def _compared(collection: Collection, brief: BriefSnapshot, weights: Weights) -> Compared:
    arrays = collection.arrays
    tables, names = arrays.tables, arrays.names

    def scorer(**parameters: int) -> Scorer:
        used = replace(weights, parameters={**weights.parameters, **parameters})
        return Scorer(brief, [Segment(arrays)], weights=used, taxonomy=taxonomy(), today=brief.deadline, everyone=True)

    usual = scorer()
    totals, _ = usual.totals(0, 0, arrays.people)
    counts = np.diff(tables["work_starts"].astype(np.int64))
    people = np.sort(
        np.argsort(-np.where(counts > 0, totals, -1), kind="stable")[: min(_KEPT, np.count_nonzero(counts))]
    )
    counts = counts[people]
    starts = np.cumsum(counts) - counts
    works = np.repeat(tables["work_starts"][people].astype(np.int64) - starts, counts) + np.arange(counts.sum())
    # What a work gives when its function takes nothing away, a language gives by its rarity alone and no match of
    # words is a full one. With one percent of the other companies, nothing is cut off that more would not cut off.
    bare = {"related_function_floor_percent": 100, "common_language_percent": 0, "text_full_match_words_tenths": 1000}
    given = scorer(**bare, other_companies_percent=0)._sides[0]._parts(works)
    more = scorer(**bare, other_companies_percent=1)._sides[0]._parts(works) if usual.maxima["company"] else given
    company = CONTENT.index("company")

    def share(name: str) -> Array:
        told: Array = given[:, CONTENT.index(name)] / (usual.maxima[name] or 1)
        return told

    languages = tables["origin_language"][tables["origin"][works]]
    quality = tables["quality"][works]
    functions = [similarity(taxonomy(), "roles", brief.role, name) for name in names["functions"]]
    return Compared(
        brief_id=brief.brief_id,
        relevant=(collection.judgements or {})[brief.brief_id],
        asked=frozenset(name for name, most in usual.maxima.items() if most),
        ids=[arrays.ids[place] for place in people.tolist()],
        starts=starts,
        genres=share("genre"),
        spoken=np.array([float(name in brief.languages) for name in names["languages"]])[languages],
        rare=share("language"),
        said=share("text") * 100,
        alike=np.array(functions)[tables["quality_function"][quality]],
        ages=np.maximum(0, brief.deadline.year - tables["quality_year"][quality].astype(np.int64)),
        rarest=share("company"),
        others=(more - given)[:, company] * 100 / (usual.maxima["company"] or 1),
    )


# ---- all of them


@dataclass(eq=False)
class Case:
    """One data set in one track. `rows[i]` is the place of its i-th brief among all that there are."""

    collection: Collection
    track: str
    briefs: Sequence[Compared]
    base: Weights
    rows: Array
    _known: dict[tuple[int, ...], Array] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.collection.name}_{self.track}"

    def measured(self, setting: Setting, wanted: Array) -> Array:
        """METRICS of the briefs for which `wanted` is true, a row for each brief; NaN where it never was."""
        key = setting.values
        if self.track == OPEN:
            key = tuple(value for name, value in zip(_NAMES, key, strict=True) if name not in _OF_COMPANIES)
        known = self._known.setdefault(key, np.full((len(self.briefs), len(METRICS)), np.nan))
        missing = np.flatnonzero(wanted & np.isnan(known[:, 0]))
        if len(missing):
            weights = setting.weights(self.base)
            for number in missing.tolist():
                known[number] = self.briefs[number].scores(weights)
        return known


@dataclass(eq=False)
class Cases:
    """`ids` are those of every judged brief, `start` the setting in force."""

    cases: Sequence[Case]
    ids: Sequence[str]
    start: Setting

    @classmethod
    def of(cls, collections: Sequence[Collection], tracks: Sequence[str], base: Weights) -> Cases:
        for collection in collections:
            if not collection.arrays.works:
                raise Failure(f"{collection.name}: nobody has a credit.")
        found = [
            (collection, track, briefs)
            for collection in collections
            for track, briefs in compared(collection, base, tracks).items()
        ]
        ids = sorted({brief.brief_id for _, _, briefs in found for brief in briefs})
        place = {brief_id: number for number, brief_id in enumerate(ids)}
        cases = [
            Case(*one, base=base, rows=np.array([place[brief.brief_id] for brief in one[-1]], np.intp)) for one in found
        ]
        for case in cases:
            if not len(case.rows):
                raise Failure(f"{case.collection.name}: no brief is judged (qrels.tsv).")
        return cls(cases, ids, Setting.of(base))

    def gains(self, one: Setting, other: Setting, among: Array) -> Array:
        """By how much `other` is better than `one`: a row for each case, a column for each of `ids`, to be
        summed. `among` tells which briefs count, and nothing of the others does."""
        found = np.zeros((len(self.cases), len(self.ids)))
        for number, case in enumerate(self.cases):
            wanted = among[case.rows]
            if not wanted.any():
                continue
            reached = case.measured(self.start, wanted)[wanted].mean(axis=0)
            change = case.measured(other, wanted)[wanted] - case.measured(one, wanted)[wanted]
            told = reached > 0
            if told.any():
                found[number, case.rows[wanted]] = (change[:, told] / reached[told]).mean(axis=1) / len(change)
        return found / len(self.cases)

    def fit(self, among: Array, rounds: int, seed: int) -> Setting:
        """Steps from the setting in force, on these briefs alone."""
        order = random.Random(f"steps/{seed}")
        third = among & _part(self.ids, f"first/{seed}", 3, 0)
        found = self.start
        for _ in range(rounds):
            before = found
            for steps in coordinates(order):
                found = self._best(found, steps, third, among)
            if found == before:
                break
        return found

    def _best(self, found: Setting, steps: Sequence[Mapping[str, int]], first: Array, among: Array) -> Setting:
        best, most = found, 0.0
        for step in steps:
            tried = found.moved(**step)
            if not allowed(tried) or self.gains(found, tried, first).sum() <= 0:
                continue
            gains = self.gains(found, tried, among)
            gain = float(gains.sum())
            if gain <= most or gain <= _standard_error(gains.sum(axis=0)[among]):
                continue
            if (self.gains(self.start, tried, among).sum(axis=1) >= 0).all():
                best, most = tried, gain
        return best

    def part(self, number: int, folds: int, seed: int) -> Array:
        return _part(self.ids, f"folds/{seed}", folds, number)


def _part(ids: Sequence[str], seed: str, parts: int, number: int) -> Array:
    """Every `parts`-th brief, in an order that only the seed and the ids decide."""
    shuffled = sorted(range(len(ids)), key=lambda place: hashlib.sha256(f"{seed}\n{ids[place]}".encode()).digest())
    chosen = np.zeros(len(ids), bool)
    chosen[shuffled[number::parts]] = True
    return chosen


def _standard_error(parts: Array) -> float:
    """Of the sum of independent parts."""
    return float(parts.std(ddof=1) * math.sqrt(len(parts))) if len(parts) > 1 else math.inf


# ---- what is reported


@dataclass(frozen=True, eq=False)
class Gain:
    """In one case, METRICS of each brief by the weights in force, by the candidate, and by what each brief's fold had
    no part in."""

    case: Case
    in_force: Array
    candidate: Array
    out_of_fold: Array

    def figures(self) -> dict[str, Any]:
        return {
            "briefs": len(self.in_force),
            "in_force": dict(zip(METRICS, _rounded(self.in_force.mean(axis=0)), strict=True)),
            "gain_in_sample": self._gains(self.candidate),
            "gain_out_of_fold": self._gains(self.out_of_fold),
        }

    def _gains(self, reached: Array) -> dict[str, list[float]]:
        change = reached - self.in_force
        return {
            metric: _rounded([change[:, column].mean(), *interval(change[:, column].tolist())])
            for column, metric in enumerate(METRICS)
        }


def by_rank(case: Case, setting: Setting, only: Array | None = None) -> Array:
    """METRICS of each brief as `rank` itself has it; NaN for those that are left out."""
    briefs = {brief.brief_id: number for number, brief in enumerate(case.briefs)}
    chosen = [data for data in case.collection.briefs if data["id"] in briefs]
    if only is not None:
        chosen = [data for data in chosen if only[case.rows[briefs[data["id"]]]]]
    found = np.full((len(briefs), len(METRICS)), np.nan)
    for one in ranked(replace(case.collection, briefs=chosen), case.track, setting.weights(case.base)):
        number = briefs[one.brief_id]
        found[number] = scores([profile for profile, _ in one.placed], case.briefs[number].relevant)
    return found


def relative(gains: Sequence[Gain], ids: int, which: str) -> tuple[float, float, float]:
    """The gain of the module's description, with its interval over briefs."""
    parts = np.zeros(ids)
    for gain in gains:
        reached = gain.in_force.mean(axis=0)
        told = reached > 0
        if told.any():
            change = (getattr(gain, which) - gain.in_force)[:, told] / reached[told]
            parts[gain.case.rows] += change.mean(axis=1) / len(change) / len(gains)
    values = (parts * ids).tolist()
    return (mean(values), *interval(values))


def candidate(setting: Setting, measured: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a setting: that in force but for the numbers."""
    found = copy.deepcopy(document())
    found["version"] = f"{found['version'].removesuffix('-candidate')}-candidate"
    for name in TOLD:
        found["criteria"][name]["weight"] = setting[name]
    for name in STEPS:
        found["parameters"][name] = setting[name]
    parse(found)
    return {**found, "measured": dict(measured)}


def tune(
    collections: Sequence[Collection], *, rounds: int, folds: int, seed: int, tracks: Sequence[str], console: Console
) -> dict[str, Any]:
    """The candidate's document. Raises Failure for data that nothing can be learnt from."""
    base = parse(document())
    with console.step("every brief compared once"):
        cases = Cases.of(collections, tracks, base)
    if len(cases.ids) < 2 * folds:
        raise Failure(f"{len(cases.ids)} judged briefs are too few for {folds} folds.")
    everything = np.ones(len(cases.ids), bool)
    with console.step("ranked by the weights in force"):
        in_force = [by_rank(case, cases.start) for case in cases.cases]
    for case, exact in zip(cases.cases, in_force, strict=True):
        apart = np.abs(case.measured(cases.start, everything[case.rows]).mean(axis=0) - exact.mean(axis=0)).max()
        if apart > _TOLERANCE:
            raise Failure(f"{case.name}: this program no longer ranks as the engine does ({apart:.4f} apart).")
    with console.step("fitted on all briefs"):
        found = cases.fit(everything, rounds, seed)
    console.line(f"    {_told(cases.start, found)}")
    settings = []
    for number in range(folds):
        with console.step(f"fitted without fold {number + 1} of {folds}"):
            settings.append(cases.fit(~cases.part(number, folds, seed), rounds, seed))
        console.line(f"    {_told(cases.start, settings[-1])}")
    gains = []
    with console.step("ranked by what was found"):
        for case, exact in zip(cases.cases, in_force, strict=True):
            reached = exact if found == cases.start else by_rank(case, found)
            apart_from_it = np.full_like(exact, np.nan)
            for number, setting in enumerate(settings):
                held_out = cases.part(number, folds, seed)
                own = exact if setting == cases.start else by_rank(case, setting, held_out)
                apart_from_it[held_out[case.rows]] = own[held_out[case.rows]]
            gains.append(Gain(case, exact, reached, apart_from_it))
    measured = {
        "seed": seed,
        "rounds": rounds,
        "folds": folds,
        "changes": _changes(cases.start, found),
        "folds_changes": [_changes(cases.start, setting) for setting in settings],
        "relative_gain_in_sample": _rounded(relative(gains, len(cases.ids), "candidate")),
        "relative_gain_out_of_fold": _rounded(relative(gains, len(cases.ids), "out_of_fold")),
        "cases": {gain.case.name: gain.figures() for gain in gains},
    }
    return candidate(found, measured)


def _changes(start: Setting, found: Setting) -> dict[str, list[int]]:
    return {name: [start[name], found[name]] for name in _NAMES if start[name] != found[name]}


def _told(start: Setting, found: Setting) -> str:
    changes = _changes(start, found)
    return ", ".join(f"{name} {before} → {after}" for name, (before, after) in changes.items()) or "no change"


def _rounded(values: Any) -> list[float]:
    return [round(float(value), 4) for value in values]


def report(measured: Mapping[str, Any]) -> Iterator[str]:
    """What a person decides by. Gains with what 95 of 100 other samples of briefs would show."""
    yield f"  {'':<12} {'':<10} {'in force':>9}   {'gain in sample':<28} gain out of fold"
    for name, figures in measured["cases"].items():
        for metric in METRICS:
            told = [
                f"{gain:+.4f} ({low:+.4f} to {high:+.4f})"
                for gain, low, high in (figures[f"gain_{how}"][metric] for how in ("in_sample", "out_of_fold"))
            ]
            yield f"  {name:<12} {metric:<10} {figures['in_force'][metric]:>9.4f}   {told[0]:<28} {told[1]}"
    for how in ("in_sample", "out_of_fold"):
        gain, low, high = (100 * value for value in measured[f"relative_gain_{how}"])
        yield f"  {how.replace('_', ' ')}: {gain:+.2f} % ({low:+.2f} to {high:+.2f})"
    if measured["relative_gain_out_of_fold"][1] <= 0:
        yield "  Out of fold, the gain cannot be told from chance: leave the weights as they are."
    if "half_life_years" in measured["changes"]:
        yield "  The sentences of criteria/recency tell the half-life in words: they change with it, in both languages."


def checked_out(path: Path) -> Path:
    """Raises Failure for the file in force, by whatever name."""
    if path.resolve() == FILE.resolve() or (path.exists() and path.samefile(FILE)):
        raise Failure(f"{path} is in force and is not written by a program: give --out another one.")
    return path


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tune", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--track", choices=TRACKS, action="append", help="both, unless told otherwise")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help=f"{ROUNDS} unless told otherwise")
    parser.add_argument("--folds", type=int, default=FOLDS, metavar="N", help=f"{FOLDS}, at least 2")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N")
    parser.add_argument("--out", type=Path, default=OUT, metavar="FILE")
    chosen = parser.parse_args(arguments)
    if chosen.folds < 2 or chosen.rounds < 1:
        parser.error("at least two folds and one round")
    console = Console()
    try:
        out = checked_out(chosen.out)
        collections = []
        for folder in chosen.data:
            with console.step(str(folder)):
                collections.append(read(folder))
        if len({collection.name for collection in collections}) < len(collections):
            raise Failure("--data: two folders have one name, which is how they are told apart.")
        found = tune(
            collections,
            rounds=chosen.rounds,
            folds=chosen.folds,
            seed=chosen.seed,
            tracks=list(dict.fromkeys(chosen.track or TRACKS)),
            console=console,
        )
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    write(out, [json.dumps(found, ensure_ascii=False, indent=2) + "\n"])
    for line in report(found["measured"]):
        console.line(line)
    console.line(json.dumps({"benchmark": "tune", "version": found["version"], "file": str(out), **found["measured"]}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
