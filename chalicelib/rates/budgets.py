"""Where a budget stands beside the grid: a neutral answer for whoever writes the brief, from which nothing follows.

Nothing is converted from one unit to another. A flat budget is set beside a daily range only when its brief says how
many days it is for, and the answer then says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from chalicelib.rates.grid import Grid, Minimum, Range
from chalicelib.rates.wording import LABEL, NO_EFFECT, between, day_in_words, listed, per
from chalicelib.vocabulary.text import LANGUAGES, Bilingual, Language

Position = Literal["below", "within", "above", "not_comparable"]

#: How the two were set side by side: in the same unit, or a flat budget over its estimated days.
Comparison = Literal["same_unit", "per_estimated_day"]

#: Why they were not: nothing in that unit, a flat budget without its days, or pay that is no invoice.
Obstacle = Literal["no_range_in_this_unit", "no_estimated_days", "not_an_invoice", "no_level"]


@dataclass(frozen=True, slots=True)
class Budget:
    """Whole euros excluding VAT, per `unit`. `estimated_days`: how many days it is for, when that is said.
    `contract_forms`: how it may be paid; none said, an invoice is taken."""

    minimum: int
    maximum: int
    unit: str
    estimated_days: int | None = None
    contract_forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelStand:
    """Where the budget stands beside the range of one level."""

    level: str
    position: Position
    range: Range


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a budget stands beside the ranges of the levels it is for, taken together, and beside each. `by_level` is
    empty when they cannot be compared, and `obstacle` says why. `minima`: what would bind an employer, apart."""

    position: Position
    comparison: Comparison | None
    obstacle: Obstacle | None
    by_level: tuple[LevelStand, ...]
    minima: tuple[Minimum, ...]
    sentence: Bilingual


def where_the_budget_stands(grid: Grid, role: str, levels: Sequence[str], budget: Budget) -> Stand:
    """`levels` are those that the brief takes. It is below when all of it lies under the lowest range, above when all
    of it lies over the highest, and within otherwise. A role, level or form that the grid does not know
    is compared with nothing."""
    minima = grid.minima_of(role, budget.contract_forms)
    kinds = set(grid.kinds(budget.contract_forms).values())
    if kinds and "invoice" not in kinds:
        return _apart("not_an_invoice", budget, minima)
    if not levels:
        return _apart("no_level", budget, minima)
    comparison: Comparison = "same_unit"
    ranges, share = _ranges(grid, role, levels, budget.unit), Fraction(1)
    if not ranges and budget.unit == "flat":
        if not budget.estimated_days:
            return _apart("no_estimated_days", budget, minima)
        comparison, share = "per_estimated_day", Fraction(1, budget.estimated_days)
        ranges = _ranges(grid, role, levels, "day")
    if not ranges:
        return _apart("no_range_in_this_unit", budget, minima)
    low, high = budget.minimum * share, budget.maximum * share
    by_level = tuple(LevelStand(one.level, _position(low, high, one.low, one.high), one) for one in ranges)
    lowest, highest = min(one.low for one in ranges), max(one.high for one in ranges)
    position = _position(low, high, lowest, highest)
    said = {
        one: _sentence(one, grid.as_of, role, tuple(levels), budget, position, comparison, ranges) for one in LANGUAGES
    }
    sentence = Bilingual(said["fr"], said["en"])
    return Stand(position, comparison, None, by_level, minima, sentence)


def _ranges(grid: Grid, role: str, levels: Sequence[str], unit: str) -> list[Range]:
    """One per level, or none at all: half an answer would read as a whole one."""
    found = [grid.range_of(role, level, unit) for level in levels]
    return [one for one in found if one is not None] if None not in found else []


def _position(low: Fraction, high: Fraction, from_: int, to: int) -> Position:
    if high < from_:
        return "below"
    return "above" if low > to else "within"


_PLACES: dict[Position, Bilingual] = {
    "below": Bilingual("se situe en dessous de", "lies below"),
    "within": Bilingual("recoupe", "overlaps with"),
    "above": Bilingual("se situe au-dessus de", "lies above"),
}

_OBSTACLES: dict[Obstacle, Bilingual] = {
    "no_range_in_this_unit": Bilingual(
        "La grille n’a pas de repère {per} pour ce métier, et les unités ne sont pas converties : rien à comparer.",
        "The grid has no range {per} for this role, and units are not converted: there is nothing to compare.",
    ),
    "no_estimated_days": Bilingual(
        "Un budget au forfait ne se compare à un repère par jour que si le nombre de jours estimé est indiqué.",
        "A flat budget can only be set beside a daily range when the estimated number of days is given.",
    ),
    "not_an_invoice": Bilingual(
        "Les repères portent sur des prestations facturées, hors taxes : ils ne se comparent ni à un salaire ni à des "
        "droits d’auteur. Pour un contrat de travail, voyez les minima conventionnels, à part.",
        "The ranges are for invoiced work, excluding VAT: they compare with neither a salary nor copyright payment. "
        "For an employment contract, see the minima of collective agreements, shown apart.",
    ),
    "no_level": Bilingual(
        "Choisissez un niveau au moins pour situer ce budget.", "Choose at least one level to place this budget."
    ),
}


def _apart(obstacle: Obstacle, budget: Budget, minima: tuple[Minimum, ...]) -> Stand:
    unit, said = per(budget.unit), _OBSTACLES[obstacle]
    sentence = Bilingual(
        f"{said.fr.format(per=unit.fr)} {LABEL.fr}. {NO_EFFECT.fr}",
        f"{said.en.format(per=unit.en)} {LABEL.en}. {NO_EFFECT.en}",
    )
    return Stand("not_comparable", None, obstacle, (), minima, sentence)


def _sentence(
    language: Language,
    as_of: date,
    role: str,
    levels: tuple[str, ...],
    budget: Budget,
    position: Position,
    comparison: Comparison,
    ranges: Sequence[Range],
) -> str:
    amount = f"{between(budget.minimum, budget.maximum, language)} {per(budget.unit).in_(language)}"
    days = budget.estimated_days
    if comparison == "per_estimated_day" and days:
        shared = between(round(budget.minimum / days), round(budget.maximum / days), language)
        amount += {
            "fr": f" pour {days} jours estimés, soit environ {shared.removeprefix('de ')} par jour"
            if days > 1
            else f" pour un jour estimé, soit {shared.removeprefix('de ')} par jour",
            "en": f" for {days} estimated days, about {shared} a day"
            if days > 1
            else f" for one estimated day, {shared} a day",
        }[language]
    given = between(min(one.low for one in ranges), max(one.high for one in ranges), language)
    whom = f"{listed('roles', (role,), language)}, {listed('seniority', levels, language).lower()}"
    unit, verb = per(ranges[0].unit).in_(language), _PLACES[position].in_(language)
    dated = day_in_words(as_of, language)
    assumed = any(one.assumption for one in ranges)
    if language == "fr":
        mark = ", hypothèse à remplacer par des chiffres observés" if assumed else ""
        said = f"Ce budget ({amount}) {verb} ce qu’indique la grille du {dated} ({whom} : {given} {unit} HT{mark})."
    else:
        mark = ", an assumption to be replaced by observed figures" if assumed else ""
        said = f"This budget ({amount}) {verb} what the grid of {dated} gives ({whom}: {given} {unit} excl. VAT{mark})."
    return f"{said} {LABEL.in_(language)}. {NO_EFFECT.in_(language)}"
