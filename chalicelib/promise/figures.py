"""The published figures, from the facts of projects and answers, and the rule by which each is told or withheld.

    promise(projects, answers, since, until) -> Promise
    weeks(projects, answers, first, last) -> list[Week]

**Which projects.** A delay counts in the period in which it ended: a project published in May whose engagement was
confirmed in July counts among the engagements of July. So none is left out for being young, and none counts before it
has got there. The delay runs from the first publication, days offline included. A project that came back has one delay
of each kind, its first.

**Which quantiles.** Nearest rank: the median is the shortest delay within which at least half of the projects got
there, the ninth decile that of nine in ten. They are rounded to what one can feel: nothing that is published is the
exact delay of a project.

**Refused below ten.** No figure rests on fewer than ten projects, or answers (the spirit of OBLIGATIONS row 4); how
many there were is not told either. Nothing is told by company, role or region.

**Answers.** One counts once it is settled: given, or overdue. Somebody who withdrew before is owed none. An answer that
an end of the project gave counts like any other.

**Juniors.** Their part of all seats of the first shortlists of the period's projects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeVar, get_args

from chalicelib.promise.models import AnswerFacts, ProjectFacts, Stage
from chalicelib.vocabulary.clock import PARIS, paris_day, stamp

AnyFigure = TypeVar("AnyFigure")

FEWEST = 10

#: The delays that are published, each by the stage that ends it.
Delayed = Literal["proposed", "mutual", "engaged"]
DELAYED: tuple[Delayed, ...] = get_args(Delayed)

#: From so many seconds on, delays are rounded to so many seconds.
_STEPS = ((10 * 86_400, 86_400), (2 * 3_600, 3_600), (120, 60), (0, 1))


@dataclass(frozen=True, slots=True)
class Delay:
    """In whole seconds, of `n` projects."""

    median: int
    p90: int
    n: int


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, in whole percent; `n`: the projects or answers that it rests on."""

    part: int
    whole: int
    n: int

    @property
    def percent(self) -> int:
        return _rounded(100 * self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Promise:
    """What happened in a period: `since` None is the start. A figure is None when fewer than ten stand behind it."""

    since: datetime | None
    until: datetime
    published: int | None
    delays: dict[Delayed, Delay | None]
    answered_in_time: Share | None
    juniors: Share | None


@dataclass(frozen=True, slots=True)
class Week:
    """The same of one week, by its Monday (Paris), however few there were: for administrators, who may read every
    project anyway. None where there was nothing."""

    monday: date
    published: int
    delays: dict[Delayed, Delay | None]
    answered_in_time: Share | None
    juniors: Share | None


def promise(
    projects: Iterable[ProjectFacts], answers: Iterable[AnswerFacts], since: datetime | None, until: datetime
) -> Promise:
    """What is told of the period from `since` (included) to `until` (not)."""
    counted = _Counted(list(projects), list(answers), since, until)
    return Promise(
        since=since,
        until=until,
        published=_enough(counted.published, lambda n: n),
        delays={stage: _enough(counted.delay(stage), lambda delay: delay.n) for stage in DELAYED},
        answered_in_time=_enough(counted.answered_in_time(), lambda share: share.n),
        juniors=_enough(counted.juniors(), lambda share: share.n),
    )


def weeks(projects: Sequence[ProjectFacts], answers: Sequence[AnswerFacts], first: date, last: date) -> list[Week]:
    """Each week from that of `first` to that of `last` (days in Paris)."""
    monday, found = _monday(first), []
    of_week: dict[date, tuple[list[ProjectFacts], list[AnswerFacts]]] = {}
    for project in projects:
        for week in {_monday_of(moment) for moment in _moments(project)}:
            of_week.setdefault(week, ([], []))[0].append(project)
    for answer in answers:
        of_week.setdefault(_monday_of(answer.settled), ([], []))[1].append(answer)
    while monday <= last:
        following = monday + timedelta(days=7)
        counted = _Counted(*of_week.get(monday, ([], [])), _begin(monday), _begin(following))
        found.append(
            Week(
                monday=monday,
                published=counted.published,
                delays={stage: counted.delay(stage) for stage in DELAYED},
                answered_in_time=counted.answered_in_time(),
                juniors=counted.juniors(),
            )
        )
        monday = following
    return found


def a_year_before(moment: datetime) -> datetime:
    """The beginning of the same day in Paris, a year before; of the 28th for a 29th of February."""
    day = paris_day(moment)
    try:
        return _begin(day.replace(year=day.year - 1))
    except ValueError:
        return _begin(day.replace(year=day.year - 1, day=28))


class _Counted:
    """What happened in one period."""

    def __init__(
        self, projects: list[ProjectFacts], answers: list[AnswerFacts], since: datetime | None, until: datetime
    ) -> None:
        self._since, self._until = stamp(since) if since is not None else "", stamp(until)
        self._projects = [project for project in projects if project.published is not None]
        self._answers = [answer for answer in answers if self._within(answer.settled)]
        self.published = sum(self._within(project.published) for project in self._projects)

    def delay(self, stage: Delayed) -> Delay | None:
        lasted = sorted(
            _milliseconds(project.published, reached)
            for project in self._projects
            if (reached := _reached(project, stage)) is not None
            and project.published is not None
            and self._within(reached)
        )
        if not lasted:
            return None
        return Delay(_felt(_quantile(lasted, 1, 2)), _felt(_quantile(lasted, 9, 10)), len(lasted))

    def answered_in_time(self) -> Share | None:
        owed = len(self._answers)
        return Share(sum(not answer.late for answer in self._answers), owed, owed) if owed else None

    def juniors(self) -> Share | None:
        shown = [
            (project.shown.seats, project.shown.juniors)
            for project in self._projects
            if project.shown is not None and project.shown.juniors is not None and self._within(project.proposed)
        ]
        if not shown:
            return None
        return Share(sum(juniors for _, juniors in shown), sum(seats for seats, _ in shown), len(shown))

    def _within(self, moment: str | None) -> bool:
        return moment is not None and self._since <= moment < self._until


def _enough(figure: AnyFigure | None, behind: Callable[[AnyFigure], int]) -> AnyFigure | None:
    return figure if figure is not None and behind(figure) >= FEWEST else None


def _reached(project: ProjectFacts, stage: Stage) -> str | None:
    moment: str | None = getattr(project, stage)
    return moment


def _moments(project: ProjectFacts) -> list[str]:
    return [one for one in (project.published, project.proposed, project.mutual, project.engaged) if one is not None]


def _milliseconds(start: str, end: str) -> int:
    """None is negative: functions' clocks differ a little."""
    return max(0, (datetime.fromisoformat(end) - datetime.fromisoformat(start)) // timedelta(milliseconds=1))


def _quantile(ordered: Sequence[int], part: int, whole: int) -> int:
    """By nearest rank: the least of them that so great a part of all does not exceed."""
    return ordered[-(-len(ordered) * part // whole) - 1]


def _felt(milliseconds: int) -> int:
    """In seconds, as precise as one would say it: seconds up to two minutes, minutes up to two hours, hours up to ten
    days, then days."""
    step = next(step for above, step in _STEPS if milliseconds >= above * 1_000)
    return _rounded(milliseconds, step * 1_000) * step


def _rounded(amount: int, unit: int) -> int:
    """How many units that is, to the nearest, half a unit up."""
    return (2 * amount + unit) // (2 * unit)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _monday_of(moment: str) -> date:
    return _monday(paris_day(datetime.fromisoformat(moment)))


def _begin(day: date) -> datetime:
    """When the day begins in Paris."""
    return datetime.combine(day, time(), PARIS).astimezone(UTC)
