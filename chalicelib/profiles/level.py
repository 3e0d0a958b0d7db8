"""Junior, intermediate or senior: computed here and nowhere else, from verified years in a function, never from age.

Bands of DESIGN §6: junior under 3 verified years, intermediate (`mid`) under 8, senior from there on; both
bounds are settings. A year counts once, whatever the number of credits in it, and only once somebody has shown that the
person took part: that a work exists says nothing of who worked on it (TRADE §3.3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Work(Protocol):
    """What a level is computed from. `level` is the verification ladder, 0 (declared) to 3."""

    @property
    def function(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def started_year(self) -> int | None: ...
    @property
    def level(self) -> int: ...


#: The step of the verification ladder from which on a credit shows the person at that work: participation.
TOOK_PART = 2


@dataclass(frozen=True, slots=True)
class Bands:
    junior_below_years: int
    mid_below_years: int

    def level(self, years: int) -> str:
        if years < self.junior_below_years:
            return "junior"
        return "mid" if years < self.mid_below_years else "senior"


def verified_years(works: Iterable[Work]) -> dict[str, int]:
    """Function → number of distinct calendar years in which a verified credit shows the person at that work."""
    years: dict[str, set[int]] = {}
    for work in works:
        if work.level >= TOOK_PART:
            years.setdefault(work.function, set()).update(range(work.started_year or work.year, work.year + 1))
    return {function: len(found) for function, found in sorted(years.items())}
