from __future__ import annotations

from datetime import date
from typing import Literal

from chalicelib.platform.validation import Both, Shape
from chalicelib.promise.figures import FEWEST, Delay, Promise, Share, Week
from chalicelib.promise.service import Figures
from chalicelib.promise.wording import LABELS, METHOD, WITHHELD, Figure
from chalicelib.vocabulary.clock import paris_day, stamp
from chalicelib.vocabulary.text import Bilingual


class RefusedFigureShape(Shape):
    """Why a figure is not told."""

    code: Literal["too_few"]
    message: Both


class DelayFigureShape(Shape):
    """Median and ninth decile in whole seconds, rounded, of `n` projects; all null when the figure is `withheld`."""

    label: Both
    median_seconds: int | None
    p90_seconds: int | None
    n: int | None
    withheld: RefusedFigureShape | None

    @staticmethod
    def of(figure: Figure, delay: Delay | None) -> DelayFigureShape:
        return DelayFigureShape(
            label=_both(LABELS[figure]),
            median_seconds=delay.median if delay else None,
            p90_seconds=delay.p90 if delay else None,
            n=delay.n if delay else None,
            withheld=None if delay else _too_few(),
        )


class ShareFigureShape(Shape):
    """Whole percent, resting on `n` answers or projects; both null when the figure is `withheld`."""

    label: Both
    percent: int | None
    n: int | None
    withheld: RefusedFigureShape | None

    @staticmethod
    def of(figure: Figure, share: Share | None) -> ShareFigureShape:
        return ShareFigureShape(
            label=_both(LABELS[figure]),
            percent=share.percent if share else None,
            n=share.n if share else None,
            withheld=None if share else _too_few(),
        )


class MetricsPeriodShape(Shape):
    """What happened from the day `since` (Paris; null: from the start) until now. `projects`: published for the first
    time in it, null for fewer than ten."""

    since: date | None
    projects: int | None
    first_proposal: DelayFigureShape
    first_mutual_interest: DelayFigureShape
    engagement: DelayFigureShape
    answered_in_time: ShareFigureShape
    junior_seats: ShareFigureShape

    @staticmethod
    def of(told: Promise) -> MetricsPeriodShape:
        return MetricsPeriodShape(
            since=paris_day(told.since) if told.since else None,
            projects=told.published,
            first_proposal=DelayFigureShape.of("proposed", told.delays["proposed"]),
            first_mutual_interest=DelayFigureShape.of("mutual", told.delays["mutual"]),
            engagement=DelayFigureShape.of("engaged", told.delays["engaged"]),
            answered_in_time=ShareFigureShape.of("answered_in_time", told.answered_in_time),
            junior_seats=ShareFigureShape.of("juniors", told.juniors),
        )


class MetricsShape(Shape):
    """How long projects wait and whether people are answered, counted from what happened. `fewest`: no figure rests on
    fewer projects or answers."""

    as_of: str
    fewest: int
    method: Both
    last_twelve_months: MetricsPeriodShape
    since_the_start: MetricsPeriodShape

    @staticmethod
    def of(figures: Figures) -> MetricsShape:
        return MetricsShape(
            as_of=stamp(figures.as_of),
            fewest=FEWEST,
            method=_both(METHOD),
            last_twelve_months=MetricsPeriodShape.of(figures.last_year),
            since_the_start=MetricsPeriodShape.of(figures.since_the_start),
        )


class WeeklyDelayShape(Shape):
    """In whole seconds, rounded, of `n` projects."""

    median_seconds: int
    p90_seconds: int
    n: int

    @staticmethod
    def of(delay: Delay | None) -> WeeklyDelayShape | None:
        return WeeklyDelayShape(median_seconds=delay.median, p90_seconds=delay.p90, n=delay.n) if delay else None


class WeeklyShareShape(Shape):
    """`part` of `whole`, in whole percent. It rests on `n` answers or projects."""

    percent: int
    part: int
    whole: int
    n: int

    @staticmethod
    def of(share: Share | None) -> WeeklyShareShape | None:
        if share is None:
            return None
        return WeeklyShareShape(percent=share.percent, part=share.part, whole=share.whole, n=share.n)


class MetricsWeekShape(Shape):
    """What happened in the week that began on `monday` (Paris), however little it was; null for nothing."""

    monday: date
    projects: int
    first_proposal: WeeklyDelayShape | None
    first_mutual_interest: WeeklyDelayShape | None
    engagement: WeeklyDelayShape | None
    answered_in_time: WeeklyShareShape | None
    junior_seats: WeeklyShareShape | None

    @staticmethod
    def of(week: Week) -> MetricsWeekShape:
        return MetricsWeekShape(
            monday=week.monday,
            projects=week.published,
            first_proposal=WeeklyDelayShape.of(week.delays["proposed"]),
            first_mutual_interest=WeeklyDelayShape.of(week.delays["mutual"]),
            engagement=WeeklyDelayShape.of(week.delays["engaged"]),
            answered_in_time=WeeklyShareShape.of(week.answered_in_time),
            junior_seats=WeeklyShareShape.of(week.juniors),
        )


class AdminMetricsShape(Shape):
    """What is published, and the weeks of the last twelve months, the present one last: few make chance, so none of a
    week is for publication."""

    published: MetricsShape
    weeks: list[MetricsWeekShape]

    @staticmethod
    def of(figures: Figures) -> AdminMetricsShape:
        weeks = [MetricsWeekShape.of(week) for week in figures.weeks]
        return AdminMetricsShape(published=MetricsShape.of(figures), weeks=weeks)


def _both(text: Bilingual) -> Both:
    return Both(fr=text.fr, en=text.en)


def _too_few() -> RefusedFigureShape:
    return RefusedFigureShape(code="too_few", message=_both(WITHHELD))
