"""The figures, week by week, as pictures for administrators."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.platform.plots import Mark, Plot, draw
from chalicelib.promise.figures import FEWEST, Delay, Share, Week
from chalicelib.promise.wording import (
    DELAY_EXPLAINED,
    DELAY_SAID,
    LABELS,
    SHARE_EXPLAINED,
    SHARE_SAID,
    Figure,
    day,
    duration,
    month_and_year,
    percent,
)
from chalicelib.vocabulary.text import Language

_WEEK = 7

#: Distances of the axis' lines in seconds, from one to thirty days.
_DURATIONS = (
    *(1, 2, 5, 10, 20, 30),
    *(60 * minutes for minutes in (1, 2, 5, 10, 20, 30)),
    *(3_600 * hours for hours in (1, 2, 4, 8, 12)),
    *(86_400 * days for days in (1, 2, 5, 10, 20, 30)),
)


def plot(figure: Figure, weeks: Sequence[Week], language: Language) -> str:
    """One figure of each week, as SVG."""
    ticked = _ticks(weeks, language)
    if figure == "answered_in_time":
        return _of_shares(
            figure, [_share(week, week.answered_in_time, tick, language) for week, tick in ticked], language
        )
    if figure == "juniors":
        return _of_shares(figure, [_share(week, week.juniors, tick, language) for week, tick in ticked], language)
    return draw(
        Plot(
            title=LABELS[figure].in_(language),
            explanation=DELAY_EXPLAINED.in_(language),
            language=language,
            marks=[_delay(week, week.delays[figure], tick, language) for week, tick in ticked],
            axis=lambda value, step: duration(value, language, of=step),
            steps=_DURATIONS,
        )
    )


def _of_shares(figure: Figure, marks: Sequence[Mark], language: Language) -> str:
    return draw(
        Plot(
            title=LABELS[figure].in_(language),
            explanation=SHARE_EXPLAINED.in_(language),
            language=language,
            marks=marks,
            axis=lambda value, _step: percent(value, language),
            steps=(20,),
            most=100,
        )
    )


def _delay(week: Week, delay: Delay | None, tick: str | None, language: Language) -> Mark:
    if delay is None:
        return Mark("", tick, None)
    said = DELAY_SAID.in_(language).format(
        monday=_monday(week, language),
        median=duration(delay.median, language),
        p90=duration(delay.p90, language),
        n=delay.n,
    )
    return Mark(said, tick, delay.median, delay.p90, delay.n >= FEWEST)


def _share(week: Week, share: Share | None, tick: str | None, language: Language) -> Mark:
    if share is None:
        return Mark("", tick, None)
    said = SHARE_SAID.in_(language).format(
        monday=_monday(week, language),
        percent=percent(share.percent, language),
        part=share.part,
        whole=share.whole,
    )
    return Mark(said, tick, share.percent, None, share.n >= FEWEST)


def _ticks(weeks: Sequence[Week], language: Language) -> list[tuple[Week, str | None]]:
    """The month, below the first week that begins in it."""
    return [
        (week, month_and_year(week.monday.month, week.monday.year, language) if week.monday.day <= _WEEK else None)
        for week in weeks
    ]


def _monday(week: Week, language: Language) -> str:
    return day(week.monday.day, week.monday.month, week.monday.year, language)
