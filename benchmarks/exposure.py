"""Who would be shown: shortlists of invented projects for an invented population, with and without what is meant to
spread them, and the plot of it in `docs/exposure.svg`.

    python -m benchmarks.exposure              # 300 people, 60 projects; the last line is one JSON object
    python -m benchmarks.exposure 1000 200     # so many people, so many projects

The engine is the product's (`rank`, `allocate`) and so is the arithmetic (`matching/exposure.py`), over the same
rankings in each case: by rank alone (no junior's seat, no draw), with each of the two alone, and as in production.
People and projects are drawn with a fixed seed, so the figures depend on the code alone; the population's regions and
tastes are drawn evenly, which no real one's are. Here the people who were eligible at least once are known by name:
the Gini coefficient over them stands beside the bounds that production can tell.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

from benchmarks.invented import profiles
from chalicelib.matching.arrays import Arrays
from chalicelib.matching.documents import prepare
from chalicelib.matching.exposure import Group, Report, gini, gini_by_lot, report
from chalicelib.matching.models import LEVEL, NO_REGION, REGION, Exposure, ShownSeat
from chalicelib.matching.population import Segment
from chalicelib.matching.ranking import Ranking, rank
from chalicelib.matching.seats import allocate, rotation_seed
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot, CreditSnapshot
from chalicelib.matching.weights import Weights, weights
from chalicelib.platform.settings import Settings
from chalicelib.profiles.level import Bands, verified_years
from chalicelib.vocabulary.taxonomy import Taxonomy, taxonomy
from infra.local.state import REPOSITORY

PEOPLE, PROJECTS = 300, 60
SHUFFLES = 51
TODAY = date(2026, 11, 23)
PLOT = REPOSITORY / "docs" / "exposure.svg"

_SEED = "plot-point/exposure/1"

BY_RANK, PRODUCTION = "by rank alone", "as in production"


@dataclass(frozen=True, slots=True)
class Case:
    """What is switched on: seats kept for juniors, the draw between near-ties."""

    junior_seat: bool
    draw: bool


CASES = {
    BY_RANK: Case(junior_seat=False, draw=False),
    "with the junior's seat": Case(junior_seat=True, draw=False),
    "with the draw": Case(junior_seat=False, draw=True),
    PRODUCTION: Case(junior_seat=True, draw=True),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case comes to; `counts` are the seats of each person who was eligible at least once, many of them 0."""

    report: Report
    counts: list[int]

    @property
    def gini(self) -> float:
        return gini(self.counts, len(self.counts))


def population(count: int) -> list[CandidateSnapshot]:
    """Invented freelancers as matching knows verified ones, with ids that do not change."""
    return [_candidate(entry) for entry in profiles(count, TODAY)]


def _candidate(entry: Mapping[str, Any]) -> CandidateSnapshot:
    profile = entry["profile"]
    years = verified_years(SimpleNamespace(**credit) for credit in entry["credits"])
    bands = Bands(*(Settings.model_fields[name].default for name in ("junior_below_years", "mid_below_years")))
    return CandidateSnapshot.from_item(
        {
            **{name: profile[name] for name in ("roles", "languages", "work_modes", "region", "specialities", "bio")},
            "profile_id": entry["key"],
            "verification": entry["status"],
            "availability": profile["availability"],
            "levels": {role: bands.level(years.get(role, 0)) for role in profile["roles"]},
            "verified_years": years,
            "credits": [
                CreditSnapshot.from_item(
                    {**credit, "credit_id": f"{entry['key']}-{number}", "verification": credit["level"]}
                ).to_item()
                for number, credit in enumerate(entry["credits"])
            ],
        }
    )


def projects(count: int, words: Taxonomy) -> list[BriefSnapshot]:
    """Invented projects, each drawn by a generator of its own, with texts in words of the taxonomy."""
    return [_project(number, words) for number in range(count)]


def _project(number: int, words: Taxonomy) -> BriefSnapshot:
    draw = random.Random(f"{_SEED}/{number}")

    def some(dimension: str, fewest: int, most: int) -> tuple[str, ...]:
        return tuple(draw.sample(list(words.dimensions[dimension].entries), draw.randint(fewest, most)))

    def said(dimension: str, entries: Iterable[str]) -> str:
        return ", ".join(words.label(dimension, entry, "fr").lower() for entry in entries)

    genres, tones, universes, stakes = (
        some("genres", 1, 2),
        some("tones", 1, 2),
        some("universes", 1, 2),
        some("stakes", 1, 2),
    )
    starts = TODAY + timedelta(days=draw.randrange(7, 60))
    until = starts + timedelta(days=draw.randrange(20, 60))
    return BriefSnapshot(
        brief_id=f"project-{number}",
        version=1,
        role=draw.choices(("literary-director", "artistic-producer", "development-executive"), (5, 3, 3))[0],
        levels=tuple(draw.sample(("junior", "mid", "senior"), draw.choice((1, 1, 2, 3)))),
        genres=genres,
        tones=tones,
        universes=universes,
        stakes=stakes,
        format=some("formats", 1, 1)[0],
        audiences=some("audiences", 1, 2),
        development_stage=some("development-stages", 1, 1)[0],
        tasks=some("tasks", 2, 4),
        source_material=some("source-material", 1, 1)[0],
        languages=("fr", "en") if draw.random() < 0.2 else ("fr",),
        working_mode=some("work-modes", 1, 1)[0],
        region=some("regions", 1, 1)[0],
        deadline=until + timedelta(days=draw.randrange(30, 300)),
        start_from=starts,
        start_until=until,
        estimated_days=draw.randrange(10, 60),
        logline={"fr": f"{said('genres', genres)} : {said('stakes', stakes)}."},
        pitch={
            "fr": f"Univers : {said('universes', universes)}. {said('stakes', stakes)}, ton {said('tones', tones)}."
        },
    )


def ranked(people: Sequence[CandidateSnapshot], briefs: Sequence[BriefSnapshot], words: Taxonomy) -> list[Ranking]:
    """Everyone eligible for each project, in order."""
    segments = [Segment(Arrays.of((person.profile_id, 1, prepare(person)) for person in people))]
    return [
        rank(brief, segments, weights=weights(), taxonomy=words, today=TODAY, depth=len(people)) for brief in briefs
    ]


def outcomes(
    people: Sequence[CandidateSnapshot], briefs: Sequence[BriefSnapshot], rankings: Sequence[Ranking]
) -> dict[str, Outcome]:
    """Each case over the same rankings."""
    in_force = weights()
    known = {person.profile_id: person for person in people}
    ever = {one.profile_id for ranking in rankings for one in ranking.placed}
    found = {}
    for name, case in CASES.items():
        shown = [
            _exposure(brief, ranking, known, case, in_force) for brief, ranking in zip(briefs, rankings, strict=True)
        ]
        seats = Counter(seat.profile_id for one in shown for seat in one.seats)
        found[name] = Outcome(report(shown), sorted(seats[profile_id] for profile_id in ever))
    return found


def regions_by_chance(
    people: Sequence[CandidateSnapshot], briefs: Sequence[BriefSnapshot], rankings: Sequence[Ranking]
) -> tuple[float, float]:
    """The lowest and the highest ratio of a region when regions are dealt to the people anew: what differences mean
    nothing. Medians of SHUFFLES deals."""
    draw, regions = random.Random(f"{_SEED}/regions"), [person.region for person in people]
    lowest, highest = [], []
    for _ in range(SHUFFLES):
        draw.shuffle(regions)
        known = {
            person.profile_id: replace(person, region=region) for person, region in zip(people, regions, strict=True)
        }
        dealt = report(
            _exposure(brief, ranking, known, CASES[PRODUCTION], weights())
            for brief, ranking in zip(briefs, rankings, strict=True)
        )
        ratios = _ratios(dealt.regions)
        lowest.append(min(ratios))
        highest.append(max(ratios))
    return median(lowest), median(highest)


def _ratios(groups: Iterable[Group]) -> list[float]:
    return [group.seats / group.expected for group in groups if group.expected]


def _exposure(
    brief: BriefSnapshot, ranking: Ranking, known: Mapping[str, CandidateSnapshot], case: Case, in_force: Weights
) -> Exposure:
    if not case.junior_seat:
        ranking = replace(ranking, placed=tuple(one._replace(level="") for one in ranking.placed))
    if not case.draw:
        in_force = replace(in_force, parameters={**in_force.parameters, "near_tie_percent": 0})
    seats = allocate(
        ranking,
        weights=in_force,
        seed=rotation_seed(brief.brief_id, 1, in_force),
        junior_seats=brief.junior_seats,
    ).seats
    eligible = [known[one.profile_id] for one in ranking.placed]
    return Exposure(
        brief_id=brief.brief_id,
        day=TODAY.isoformat(),
        run_id=brief.brief_id,
        considered=len(known),
        eligible={
            LEVEL: Counter(person.level(brief.role) for person in eligible),
            REGION: Counter(person.region or NO_REGION for person in eligible),
        },
        seats=tuple(
            ShownSeat(person.profile_id, person.level(brief.role), person.region or NO_REGION, seat.why)
            for seat in seats
            for person in [known[seat.placed.profile_id]]
        ),
    )


def figures(found: Mapping[str, Outcome], by_chance: tuple[float, float], people: int, briefs: int) -> dict[str, Any]:
    production, by_rank = found[PRODUCTION], found[BY_RANK]
    told = production.report
    assert told.at_least is not None and told.at_most is not None
    ratios = _ratios(told.regions)
    return {
        "benchmark": "exposure",
        "people": people,
        "projects": briefs,
        "seats": told.seats,
        "people_eligible": len(production.counts),
        "people_shown": told.people_shown,
        "people_shown_by_rank_alone": by_rank.report.people_shown,
        "gini": round(production.gini, 3),
        "gini_by_rank_alone": round(by_rank.gini, 3),
        "gini_by_lot": round(gini_by_lot(told.seats, len(production.counts)), 3),
        "gini_at_least": round(told.at_least.gini, 3),
        "gini_at_most": round(told.at_most.gini, 3),
        "ten_most_shown_percent": _percent(told.most_shown, told.seats),
        "ten_most_shown_percent_by_rank_alone": _percent(by_rank.report.most_shown, by_rank.report.seats),
        "junior_seats_percent": _percent(_of(told.levels, "junior").seats, told.seats),
        "junior_seats_percent_by_rank_alone": _percent(
            _of(by_rank.report.levels, "junior").seats, by_rank.report.seats
        ),
        "junior_expected_percent": _percent(_of(told.levels, "junior").expected, told.seats),
        "projects_with_an_eligible_junior": told.juniors.projects,
        "projects_showing_one": told.juniors.projects_showing_one,
        "projects_showing_one_by_rank_alone": by_rank.report.juniors.projects_showing_one,
        "region_ratio_lowest": round(min(ratios), 2),
        "region_ratio_highest": round(max(ratios), 2),
        "region_ratio_lowest_by_chance": round(by_chance[0], 2),
        "region_ratio_highest_by_chance": round(by_chance[1], 2),
    }


def _of(groups: Iterable[Group], name: str) -> Group:
    return next((group for group in groups if group.id == name), Group(name, 0, 0.0, 0))


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1)


def _table(found: Mapping[str, Outcome]) -> Iterable[str]:
    """The table that the document shows."""
    yield f"{'':24}{'shown':>8}{'Gini':>8}{'ten most':>10}{'juniors':>9}{'projects showing a junior':>27}"
    for name, outcome in found.items():
        one = outcome.report
        yield (
            f"{name:24}{one.people_shown:>8}{outcome.gini:>8.3f}{_percent(one.most_shown, one.seats):>8.1f} %"
            f"{_percent(_of(one.levels, 'junior').seats, one.seats):>7.1f} %"
            f"{one.juniors.projects_showing_one:>20} of {one.juniors.projects}"
        )


def plot(found: Mapping[str, Outcome], words: Taxonomy, file: Path) -> None:
    """Shares by level and by region, and how seats are spread over people. The same outcomes give the same bytes."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams.update({"svg.hashsalt": "plot-point", "font.size": 10, "axes.spines.top": False})
    matplotlib.rcParams.update({"axes.spines.right": False, "axes.titlesize": 11, "axes.titlelocation": "left"})
    figure = pyplot.figure(figsize=(11.5, 8.6), layout="constrained")
    axes = figure.subplot_mosaic([["levels", "regions"], ["people", "regions"]], width_ratios=(1.15, 1))
    _levels(axes["levels"], found, words)
    _regions(axes["regions"], found[PRODUCTION].report, words)
    _people(axes["people"], found)
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


_BY_LOT = "by lot among the eligible"
_EXPECTED, _RANKED, _SHOWN = "#9aa5b1", "#d08c3f", "#1f5f8b"


def _levels(axes: Any, found: Mapping[str, Outcome], words: Taxonomy) -> None:
    names = list(words.dimensions["seniority"].entries)
    series = (
        (
            _BY_LOT,
            _EXPECTED,
            [_of(found[PRODUCTION].report.levels, name).expected for name in names],
        ),
        (BY_RANK, _RANKED, [_of(found[BY_RANK].report.levels, name).seats for name in names]),
        (PRODUCTION, _SHOWN, [_of(found[PRODUCTION].report.levels, name).seats for name in names]),
    )
    seats = found[PRODUCTION].report.seats
    for place, (label, colour, values) in enumerate(series):
        bars = axes.bar(
            [x + (place - 1) * 0.27 for x in range(len(names))],
            [100 * value / seats for value in values],
            width=0.25,
            color=colour,
            label=label,
        )
        axes.bar_label(bars, fmt="%.0f %%", fontsize=9, padding=2)
    axes.set_xticks(
        range(len(names)),
        [
            f"{words.label('seniority', name, 'en')}\n(n = {shown})"
            for name, shown in zip(names, series[-1][-1], strict=True)
        ],
    )
    axes.set_ylabel(f"share of {seats} seats, %")
    axes.margins(y=0.28)
    axes.legend(frameon=False, fontsize=9, loc="upper left")
    axes.set_title("Level: share shown against share eligible")


def _regions(axes: Any, one: Report, words: Taxonomy) -> None:
    groups = sorted(one.regions, key=lambda group: (group.expected, group.id))
    for row, group in enumerate(groups):
        ends = [100 * group.expected / one.seats, 100 * group.seats / one.seats]
        axes.plot(ends, [row, row], color="#c9d1d9", linewidth=2, zorder=1)
    rows = range(len(groups))
    axes.scatter(
        [100 * group.expected / one.seats for group in groups],
        rows,
        color=_EXPECTED,
        s=42,
        label=_BY_LOT,
    )
    axes.scatter([100 * group.seats / one.seats for group in groups], rows, color=_SHOWN, s=42, label=PRODUCTION)
    axes.set_yticks(
        rows,
        [
            f"{words.label('regions', group.id, 'en') if group.id != NO_REGION else 'not stated'}  (n = {group.seats})"
            for group in groups
        ],
        fontsize=9,
    )
    axes.set_xlabel("share of seats, %  (n = seats shown)")
    axes.set_xlim(left=0)
    axes.grid(axis="x", color="#e6e9ed")
    axes.set_axisbelow(True)
    axes.legend(frameon=False, fontsize=9, loc="lower right")
    axes.set_title("Region: share shown against share eligible")


def _people(axes: Any, found: Mapping[str, Outcome]) -> None:
    people = len(found[PRODUCTION].counts)
    axes.plot([0, 100], [0, 100], color="#c9d1d9", linestyle="--", linewidth=1, label="all alike")
    for name, colour in ((BY_RANK, _RANKED), (PRODUCTION, _SHOWN)):
        counts = found[name].counts
        total, running, curve = sum(counts), 0, [0.0]
        for count in counts:
            running += count
            curve.append(100 * running / total)
        across = [100 * place / people for place in range(people + 1)]
        axes.plot(across, curve, color=colour, linewidth=2, label=f"{name}: Gini {found[name].gini:.2f}")
    by_lot = gini_by_lot(found[PRODUCTION].report.seats, people)
    axes.plot([], [], " ", label=f"every seat by lot: Gini {by_lot:.2f}")
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    axes.set_xlabel(f"{people} people ever eligible, least shown first, %")
    axes.set_ylabel("share of seats, %")
    axes.legend(frameon=False, fontsize=9, loc="upper left")
    axes.set_title("People: how seats are spread (Lorenz curve)")


def main(arguments: Sequence[str]) -> int:
    people, briefs = (int(one) for one in (*arguments, *(PEOPLE, PROJECTS)[len(arguments) :]))
    words = taxonomy()
    known, wanted = population(people), projects(briefs, words)
    rankings = ranked(known, wanted, words)
    found = outcomes(known, wanted, rankings)
    told = figures(found, regions_by_chance(known, wanted, rankings), people, briefs)
    print(f"{people} people, {briefs} projects, {found[PRODUCTION].report.seats} seats")
    for line in _table(found):
        print(line)
    print(
        f"regions: {told['region_ratio_lowest']} to {told['region_ratio_highest']} times their share eligible; dealt "
        f"anew, {told['region_ratio_lowest_by_chance']} to {told['region_ratio_highest_by_chance']}"
    )
    plot(found, words, PLOT)
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
