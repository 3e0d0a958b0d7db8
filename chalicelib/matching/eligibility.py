"""Who can be proposed for a brief: a handful of hard rules, and nothing else excludes anyone.

In this order: the role wanted, a verified (or partly verified) profile, one that its owner has not paused, the working
languages, a start in time. Level, genre, rate, place and number of credits never exclude: they are for the score, or
for the producer. Whoever keeps the company away is not proposed to it either: that is no matter of the brief, so it is
no obstacle here but a set of people whom a ranking keeps out (`ranking.rank`), and nobody is ever told of it.

    latest_useful_start(brief) -> date
    start_window(brief, today) -> (first, last)
    obstacle(brief, candidate, today) -> Obstacle | None
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot

#: States of a profile that may be proposed. In a partly verified one only the checked credits count.
PROPOSABLE = frozenset({"verified", "partly_verified"})


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why somebody cannot be proposed. `code` is role, verification, paused, language or availability;
    `facts` are ids and ISO dates that let a screen say it in words."""

    code: str
    facts: dict[str, Any]

    def to_item(self) -> dict[str, Any]:
        return {"code": self.code, "facts": self.facts}


def latest_useful_start(brief: BriefSnapshot) -> date:
    """The last day on which starting still leaves time for the whole work: the end of the option minus the
    estimated working days, counted as calendar days (five worked in seven, rounded up).

    Without an option the deadline *is* the end of the start window: a day to start by, not to finish by, and
    nothing is taken off.
    """
    if brief.deadline == brief.start_until:
        return brief.deadline
    calendar_days = -(-max(brief.estimated_days, 0) * 7 // 5)
    return brief.deadline - timedelta(days=calendar_days)


def start_window(brief: BriefSnapshot, today: date) -> tuple[date, date]:
    """The first and last day on which a start is useful, both included.

    The first is the project's own first day, or today once that has passed. The last is the latest useful
    start. When even the first day is too late for the whole work, an empty window would leave the most
    urgent projects without anyone: whoever is free in the start window the producer gave (else before the
    deadline) stays eligible.
    """
    first = max(today, brief.start_from or today)
    last = latest_useful_start(brief)
    if last < first:
        last = max(first, brief.start_until or brief.deadline)
    return first, last


def obstacle(brief: BriefSnapshot, candidate: CandidateSnapshot, today: date) -> Obstacle | None:
    """The first rule that this person does not meet for this brief, or None when they can be proposed.

    Languages: the person works in *every* language the brief asks for (a French and English writers' room
    needs both). Availability: some day of theirs falls inside `start_window`.
    """
    if brief.role not in candidate.roles:
        return Obstacle("role", {"wanted": brief.role})
    if candidate.verification not in PROPOSABLE:
        return Obstacle("verification", {"status": candidate.verification})
    if candidate.paused:
        return Obstacle("paused", {})
    missing = sorted(set(brief.languages) - set(candidate.languages))
    if missing:
        return Obstacle("language", {"missing": missing})
    first, last = start_window(brief, today)
    if first_useful_day(candidate, first, last) is None:
        return Obstacle("availability", {"first_start": first.isoformat(), "latest_useful_start": last.isoformat()})
    return None


def first_useful_day(candidate: CandidateSnapshot, first: date, last: date) -> date | None:
    """The first day between `first` and `last`, both included, on which the person is available."""
    days = [
        max(first, begins)
        for begins, ends in candidate.availability
        if begins <= last and (ends is None or ends >= max(first, begins))
    ]
    return min(days, default=None)
