"""Who is shown against who could have been: what a period of shortlists did to levels, regions and people.

    report(exposures) -> Report
    gini(counts, people) -> float
    gini_by_lot(seats, people) -> float

**What counts.** A *seat* is a person shown for a project. In a period somebody counts once per project, on the first
day on which the project's last shortlist of the day had them, however often it was computed and however long they
stayed; whoever came and went within one day is not counted.

**Against what.** A seat is compared with a draw by lot among those who were eligible for that very project that day:
`expected` is the number of seats that the draw would have given, summed over projects, so a project for which two
thousand people are eligible weighs no more than one with twenty. A share shown above the share expected is no fault by
itself: producers ask for levels and regions.

**Concentration.** The Gini coefficient of seats over people, 0 when all have as many and near 1 when a few have them
all, counts those who were never shown as having none. How many there were is only known within bounds: who was
eligible is kept as counts, not as names (at 100,000 profiles a run would hold a hundred thousand ids), and two
projects may have the same people eligible or others. So it is said twice. *At least*: over as many people as were
eligible for one project at once (or were shown, when that is more): they certainly exist. *At most*: over everyone whom
matching knew. Beside each stands what a lot would have given, for few seats among many people are unequal even when
drawn: 80 seats among 1,000 people have a Gini coefficient of .93 by lot.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chalicelib.matching.models import JUNIOR, LEVEL, REGION, Exposure, ShownSeat

#: How many of the most shown people the share of seats is told for.
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Group:
    """A level or a region. `seats` it had and `expected` by lot; `eligible` counts pairs of a project and a person who
    could be proposed for it (of each project, the most at once)."""

    id: str
    seats: int
    expected: float
    eligible: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """The Gini coefficient of seats over so many people, and the one that a lot would give."""

    people: int
    gini: float
    gini_by_lot: float


@dataclass(frozen=True, slots=True)
class Juniors:
    """`projects` for which a junior was eligible, and `projects_showing_one`. `by_why`: their seats, by why they have
    them (`seats.py`)."""

    projects: int
    projects_showing_one: int
    by_why: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """`projects` with a shortlist in the period, `seats` and `people_shown` in them; `most_shown`: seats of the
    MOST_SHOWN people shown most. Without any seat the concentrations are None."""

    projects: int
    seats: int
    people_shown: int
    most_shown: int
    levels: tuple[Group, ...]
    regions: tuple[Group, ...]
    at_least: Concentration | None
    at_most: Concentration | None
    juniors: Juniors


def report(exposures: Iterable[Exposure]) -> Report:
    """What the shortlists of these days add up to. Depends on nothing but what is given, in whatever order."""
    projects: dict[str, _Project] = {}
    for one in sorted(exposures, key=lambda one: (one.day, one.brief_id)):
        projects.setdefault(one.brief_id, _Project()).add(one)
    seats = [seat for project in projects.values() for seat in project.seats.values()]
    counts = Counter(seat.profile_id for seat in seats)
    fewest = max([len(counts), *(project.most_eligible for project in projects.values())])
    most = max([fewest, *(project.considered for project in projects.values())])
    return Report(
        projects=len(projects),
        seats=len(seats),
        people_shown=len(counts),
        most_shown=sum(count for _, count in counts.most_common(MOST_SHOWN)),
        levels=_groups(LEVEL, projects.values()),
        regions=_groups(REGION, projects.values()),
        at_least=_concentration(counts, fewest),
        at_most=_concentration(counts, most),
        juniors=_juniors(projects.values()),
    )


def gini(counts: Iterable[int], people: int) -> float:
    """The Gini coefficient of these counts and of as many zeros as make `people`: 0 when all are equal, near 1 when one
    has everything. Raises ValueError when nobody has anything, or there are more counts than people."""
    ordered = sorted(counts)
    total = sum(ordered)
    if total <= 0 or len(ordered) > people:
        raise ValueError(f"no Gini coefficient of {total} among {len(ordered)} of {people} people")
    zeros = people - len(ordered)
    weighted = sum((2 * (zeros + place) - people - 1) * count for place, count in enumerate(ordered, start=1))
    return weighted / (people * total)


def gini_by_lot(seats: int, people: int) -> float:
    """The Gini coefficient to expect when each seat goes to anybody by lot: that of a Poisson distribution whose mean
    is the seats for each person, which is the sum over k of F(k)(1 - F(k)), divided by that mean.

    That nobody sits twice for one project is left out of account: among many people it changes nothing that can be
    read. Raises ValueError without seats or people.
    """
    if seats <= 0 or people <= 0:
        raise ValueError(f"nothing to draw: {seats} seats, {people} people")
    mean = seats / people
    below, spread = 0.0, 0.0
    for k in range(math.ceil(mean + 12 * math.sqrt(mean) + 40)):
        below = min(1.0, below + math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)))
        spread += below * (1 - below)
    return min(1.0, spread / mean)


@dataclass(slots=True)
class _Project:
    """One project's shortlists of a period, added up day after day."""

    seats: dict[str, ShownSeat] = field(default_factory=dict)
    expected: dict[str, dict[str, float]] = field(default_factory=lambda: {LEVEL: {}, REGION: {}})
    eligible: dict[str, Counter[str]] = field(default_factory=lambda: {LEVEL: Counter(), REGION: Counter()})
    most_eligible: int = 0
    considered: int = 0

    def add(self, exposure: Exposure) -> None:
        new = [seat for seat in exposure.seats if seat.profile_id not in self.seats]
        self.seats |= {seat.profile_id: seat for seat in new}
        self.considered = max(self.considered, exposure.considered)
        self.most_eligible = max(self.most_eligible, sum(exposure.eligible[LEVEL].values()))
        for what, counts in exposure.eligible.items():
            self.eligible[what] |= Counter(counts)
            total = sum(counts.values())
            expected = self.expected[what]
            for group, count in counts.items():
                expected[group] = expected.get(group, 0.0) + len(new) * count / total


def _groups(what: str, projects: Iterable[_Project]) -> tuple[Group, ...]:
    seats: Counter[str] = Counter()
    eligible: Counter[str] = Counter()
    expected: dict[str, list[float]] = {}
    for project in projects:
        seats.update(getattr(seat, what) for seat in project.seats.values())
        eligible.update(project.eligible[what])
        for group, share in project.expected[what].items():
            expected.setdefault(group, []).append(share)
    return tuple(
        Group(group, seats[group], math.fsum(expected.get(group, ())), eligible[group])
        for group in sorted({*seats, *eligible})
    )


def _concentration(counts: Counter[str], people: int) -> Concentration | None:
    if not counts:
        return None
    return Concentration(people, gini(counts.values(), people), gini_by_lot(counts.total(), people))


def _juniors(projects: Iterable[_Project]) -> Juniors:
    with_one = [project for project in projects if project.eligible[LEVEL][JUNIOR]]
    shown = [[seat for seat in project.seats.values() if seat.level == JUNIOR] for project in with_one]
    return Juniors(
        projects=len(with_one),
        projects_showing_one=sum(bool(seats) for seats in shown),
        by_why=Counter(seat.why for seats in shown for seat in seats),
    )
