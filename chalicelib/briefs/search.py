"""What a freelancer looks for among the live projects. It is held against cards alone: a filter that knew more of a
project than its reader would be a way to guess the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

#: `pressing`: role after role, the nearest deadline first. `fits_me`: those that the reader could be proposed for as
#: their profile stands, then the others; in each, the best score first.
Order = Literal["pressing", "fits_me"]


@dataclass(frozen=True, slots=True)
class Search:
    """Nothing in a field: whatever it is. Of several entries of one field, one is enough; every field must be met.

    `roles` are those to look through, in their order. `genres` to `regions` have their narrower entries with them
    already. The start window has a day from `start_from` to `start_until`. `rate_min`: the most that the budget goes to
    is at least that, whole euros in `rate_unit`; a budget in another unit is not compared and does not count."""

    roles: tuple[str, ...]
    genres: frozenset[str] = frozenset()
    tones: frozenset[str] = frozenset()
    universes: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    working_modes: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    start_from: date | None = None
    start_until: date | None = None
    rate_min: int | None = None
    rate_unit: str | None = None

    def admits(self, card: Mapping[str, Any]) -> bool:
        return (
            card["role"] in self.roles
            and all(
                not wanted or not wanted.isdisjoint(had)
                for wanted, had in (
                    (self.genres, card["genres"]),
                    (self.tones, card["tones"]),
                    (self.universes, card["universes"]),
                    (self.formats, (card["format"],)),
                    (self.levels, card["levels"]),
                    (self.languages, card["languages"]),
                    (self.working_modes, (card["working_mode"],)),
                    (self.regions, (card["region"],)),
                )
            )
            and self._starts_then(card["start_window"])
            and self._pays(card["budget"])
        )

    def _starts_then(self, window: Mapping[str, date] | None) -> bool:
        if self.start_from is None and self.start_until is None:
            return True
        return (
            window is not None
            and (self.start_from is None or window["until"] >= self.start_from)
            and (self.start_until is None or window["from_"] <= self.start_until)
        )

    def _pays(self, budget: Mapping[str, Any] | None) -> bool:
        if self.rate_unit is None:
            return True
        return budget is not None and budget["unit"] == self.rate_unit and budget["max"] >= (self.rate_min or 0)
