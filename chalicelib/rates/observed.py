"""What confirmed engagements were budgeted at, told only where nobody's figure can be read from it.

The rule (OBLIGATIONS row 4): at least ten engagements, from at least five companies, none of which is behind more than
a quarter of them, and all at least three months old. Each published figure is the mean of the middle half of the
budgets, rounded, never one of them; how many there were is told as a band.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, get_args

from chalicelib.vocabulary.retention import OBSERVED_ENGAGEMENT_MONTHS

#: The units in which budgets are observed.
ObservedUnit = Literal["day", "week", "month"]
OBSERVED_UNITS: tuple[ObservedUnit, ...] = get_args(ObservedUnit)

FEWEST = 10
FEWEST_COMPANIES = 5
#: Whole months that must have passed since the one of the engagement.
MONTHS_OLD = 3
#: The part of the engagements that one company may be behind: 1 in so many.
ONE_COMPANY_AT_MOST = 4
#: Companies behind the middle half: one of them that takes its own budgets away is left with those of two others.
FEWEST_IN_THE_MIDDLE = 3
#: Older engagements say nothing of today's market, and their entries are deleted. A product judgement.
MONTHS_KEPT = OBSERVED_ENGAGEMENT_MONTHS

#: Unit → the euros to which its figures are rounded. Flat budgets are for three days or for sixty: a mean of them means
#: nothing, so they are not observed.
STEPS: Mapping[ObservedUnit, int] = {"day": 10, "week": 50, "month": 100}

#: How many engagements a figure rests on, as it is told: from so many on.
BANDS = (10, 20, 50, 100)

#: Why nothing is told.
Withheld = Literal["too_few", "too_few_companies", "one_company_weighs_too_much"]
WITHHELD: tuple[Withheld, ...] = get_args(Withheld)


@dataclass(frozen=True, slots=True)
class Entry:
    """A confirmed engagement as it counts: what its project offered, in whole euros excluding VAT per `unit`, and the
    month (Paris) of its confirmation, as its first day. `company`: a keyed digest that leads back to nobody."""

    role: str
    level: str
    unit: str
    minimum: int
    maximum: int
    company: str
    month: date


@dataclass(frozen=True, slots=True)
class Observed:
    """Means of the middle half of the budgets, lower and upper ends, rounded to `rounded_to` euros. `at_least`: that
    many engagements, from `since` to `until`, first days of months, both included."""

    minimum: int
    maximum: int
    rounded_to: int
    at_least: int
    since: date
    until: date


def observe(entries: Iterable[Entry], unit: ObservedUnit, today: date) -> Observed | Withheld:
    """What the entries of one role and level tell in that unit on that day, or why they tell nothing. Entries in other
    units do not count: nothing is converted."""
    first, last = months_before(today, MONTHS_KEPT), months_before(today, MONTHS_OLD + 1)
    counted = [one for one in entries if one.unit == unit and first <= one.month <= last]
    if len(counted) < FEWEST:
        return "too_few"
    weights = Counter(one.company for one in counted)
    if len(weights) < FEWEST_COMPANIES:
        return "too_few_companies"
    if max(weights.values()) * ONE_COMPANY_AT_MOST > len(counted):
        return "one_company_weighs_too_much"
    middle = _middle_half(counted)
    if len({one.company for one in middle}) < FEWEST_IN_THE_MIDDLE:
        return "too_few_companies"
    step = STEPS[unit]
    return Observed(
        minimum=_rounded(Fraction(sum(one.minimum for one in middle), len(middle)), step),
        maximum=_rounded(Fraction(sum(one.maximum for one in middle), len(middle)), step),
        rounded_to=step,
        at_least=max(band for band in BANDS if band <= len(counted)),
        since=first,
        until=last,
    )


def _middle_half(entries: list[Entry]) -> list[Entry]:
    """Without the lowest and the highest quarter: at least six of ten."""
    ordered = sorted(entries, key=lambda one: (one.minimum + one.maximum, one.minimum, one.company, one.month))
    left_out = len(ordered) // 4
    return ordered[left_out : len(ordered) - left_out]


def _rounded(amount: Fraction, step: int) -> int:
    return int((amount / step + Fraction(1, 2)) // 1) * step


def months_before(day: date, months: int) -> date:
    """The first day of the month that many months before the day's own.

    >>> months_before(date(2026, 2, 15), 4)
    datetime.date(2025, 10, 1)
    """
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
