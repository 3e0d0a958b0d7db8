"""What a grid of rates is: indicative ranges by role and level, and apart from them what binds employers.

A grid is data (`grid.json`, then what administrators publish), never a constant in code: each figure says where it
comes from and as of when, or that it is an assumption. Amounts are whole euros excluding VAT, those of collective
agreements cents, gross.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict

from chalicelib.platform.errors import FieldError, FieldRule
from chalicelib.rates.errors import (
    INCOMPLETE,
    INVERTED,
    MEDIAN_OUTSIDE,
    NOT_AN_EMPLOYMENT,
    OUT_OF_BOUNDS,
    SOURCE_OR_ASSUMPTION,
    TOO_PRECISE,
    TWICE,
    UNKNOWN_AGREEMENT,
    WHOLE_DAYS,
)
from chalicelib.vocabulary.taxonomy import Taxonomy, taxonomy
from chalicelib.vocabulary.taxonomy import shipped as shipped_words
from chalicelib.vocabulary.text import Bilingual, typeset

FILE = Path(__file__).with_name("grid.json")

Unit = Literal["day", "week", "month", "flat"]
UNITS: tuple[Unit, ...] = get_args(Unit)

#: What an amount of a collective agreement is for: hours that its name says.
Basis = Literal["day_7h", "day_8h", "week_35h", "week_39h", "month_35h", "month_39h"]

#: How somebody is paid under a form of contract: by an employer, on an invoice, as an author, or as both.
Kind = Literal["employment", "invoice", "authors_rights", "mixed"]

#: What the calculator of one's own costs starts from (`own_cost.py` says what each is).
CostInput = Literal[
    "desired_net",
    "charges_on_net_percent",
    "charges_on_billed_percent",
    "expenses",
    "weekdays",
    "public_holidays",
    "holidays",
    "other_absences",
    "unbilled_days",
]
COST_INPUTS: tuple[CostInput, ...] = get_args(CostInput)

#: Input → the most that it can be: euros a year, per cent, days a year.
MOST: Mapping[CostInput, int] = {
    "desired_net": 1_000_000,
    "charges_on_net_percent": 300,
    "charges_on_billed_percent": 90,
    "expenses": 1_000_000,
    "weekdays": 366,
    "public_holidays": 366,
    "holidays": 366,
    "other_absences": 366,
    "unbilled_days": 366,
}


#: Inputs that are days, and so whole ones.
_DAYS: tuple[CostInput, ...] = ("weekdays", "public_holidays", "holidays", "other_absences", "unbilled_days")


def exact(value: float) -> Fraction:
    """What was written, not the nearest binary fraction: 24.6 is 246 tenths."""
    return Fraction(str(value))


def wrong_cost(name: CostInput, value: float, pointer: str) -> FieldError | None:
    """Why this cannot be the value of that input; None when it can."""
    if not 0 <= value <= MOST[name]:
        return OUT_OF_BOUNDS.broken_at(pointer, most=MOST[name])
    if name in _DAYS:
        return WHOLE_DAYS.broken_at(pointer) if exact(value) % 1 else None
    return TOO_PRECISE.broken_at(pointer) if exact(value) * 100 % 1 else None


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Words(_Part):
    fr: Annotated[str, AfterValidator(typeset)]
    en: str

    @property
    def bilingual(self) -> Bilingual:
        return Bilingual(self.fr, self.en)


class _Figure(_Part):
    """`assumption`: nobody published it; without that, `source` says who did, and `dated` as of when."""

    assumption: bool
    source: Words | None = None
    dated: date | None = None


class Range(_Figure):
    """What a freelancer of this level usually asks in this role, per unit. `sample_size`: how many answers it rests on,
    when it was observed."""

    role: str
    level: str
    unit: Unit
    low: int
    median: int | None = None
    high: int
    sample_size: int | None = None
    note: Words | None = None

    @property
    def key(self) -> str:
        return f"{self.role}/{self.level}/{self.unit}"


class FlatAmount(_Figure):
    """What a whole piece of work usually comes to."""

    id: str
    labels: Words
    low: int
    median: int | None = None
    high: int

    @property
    def key(self) -> str:
        return self.id


class Agreement(_Part):
    id: str
    labels: Words

    @property
    def key(self) -> str:
        return self.id


class Amount(_Part):
    basis: Basis
    cents: int


class Minimum(_Figure):
    """The least that an employer owes under a title of a collective agreement, gross. `roles`: those of ours that may
    be employed under it, `roles_assumed`: by our own reading. `outdated`: later amendments have raised it since."""

    id: str
    agreement: str
    title: str
    category: str | None = None
    roles: tuple[str, ...]
    roles_assumed: bool
    contract_forms: tuple[str, ...]
    amounts: tuple[Amount, ...]
    in_force_since: date | None = None
    outdated: bool
    note: Words | None = None

    @property
    def key(self) -> str:
        return self.id


class ContractForm(_Figure):
    """What to know of a form of contract before choosing it."""

    id: str
    kind: Kind
    note: Words

    @property
    def key(self) -> str:
        return self.id


class CostDefault(_Figure):
    """Where an input of the calculator starts, for whoever says nothing else."""

    input: CostInput
    value: float

    @property
    def key(self) -> str:
        return self.input


class Grid(_Part):
    """`as_of`: the day on which its figures were gathered. `basis`: what the ranges are amounts of."""

    as_of: date
    currency: Literal["EUR"]
    basis: Words
    ranges: tuple[Range, ...]
    flat_amounts: tuple[FlatAmount, ...]
    agreements: tuple[Agreement, ...]
    minima: tuple[Minimum, ...]
    contract_forms: tuple[ContractForm, ...]
    own_cost: tuple[CostDefault, ...]

    def range_of(self, role: str, level: str, unit: str) -> Range | None:
        for one in self.ranges:
            if (one.role, one.level, one.unit) == (role, level, unit):
                return one
        return None

    def kinds(self, contract_forms: Iterable[str]) -> dict[str, Kind]:
        """How somebody is paid under each of these forms. One that is not here has come into the taxonomy since this
        grid was published."""
        known = {one.id: one.kind for one in self.contract_forms}
        return {one: known[one] for one in contract_forms if one in known}

    def minima_of(self, role: str, contract_forms: Iterable[str]) -> tuple[Minimum, ...]:
        """What an employer owes at least to somebody in this role under any of these forms. Part of a mixed contract is
        employment of whichever kind."""
        kinds = self.kinds(contract_forms)
        asked = {one for one, kind in kinds.items() if kind == "employment"}
        if "mixed" in kinds.values():
            asked |= {one.id for one in self.contract_forms if one.kind == "employment"}
        return tuple(one for one in self.minima if role in one.roles and asked.intersection(one.contract_forms))

    def problems(self, words: Taxonomy | None = None) -> list[FieldError]:
        """All that is wrong with it as a whole, each by its place in the grid. `words`: the taxonomy whose roles,
        levels and forms of contract it must have all of; the one in force when none is given."""
        return [
            *self._twice(),
            *self._incomplete(words or taxonomy()),
            *self._inverted(),
            *self._unsourced(),
            *self._at_odds(),
        ]

    def _twice(self) -> list[FieldError]:
        found = []
        for name in _LISTS:
            keys = [one.key for one in getattr(self, name)]
            found += [TWICE.broken_at(f"/{name}/{at}") for at, key in enumerate(keys) if key in keys[:at]]
        return found

    def _incomplete(self, words: Taxonomy) -> list[FieldError]:
        roles, levels, forms = (
            list(words.dimensions[name].entries) for name in ("roles", "seniority", "contract-forms")
        )
        wanted: list[tuple[str, list[str], set[str]]] = [
            (
                "ranges",
                [f"{role}/{level}" for role in roles for level in levels],
                {f"{one.role}/{one.level}" for one in self.ranges},
            ),
            ("contract_forms", forms, {one.id for one in self.contract_forms}),
            ("own_cost", list(COST_INPUTS), {one.input for one in self.own_cost}),
        ]
        found = []
        for name, all_of, given in wanted:
            missing = [key for key in all_of if key not in given]
            if missing:
                found.append(INCOMPLETE.broken_at(f"/{name}", missing=", ".join(missing)))
        return found

    def _inverted(self) -> list[FieldError]:
        found = []
        for name in ("ranges", "flat_amounts"):
            for at, one in enumerate(getattr(self, name)):
                if one.high < one.low:
                    found.append(INVERTED.broken_at(f"/{name}/{at}/high"))
                elif one.median is not None and not one.low <= one.median <= one.high:
                    found.append(MEDIAN_OUTSIDE.broken_at(f"/{name}/{at}/median"))
        return found

    def _unsourced(self) -> list[FieldError]:
        return [
            SOURCE_OR_ASSUMPTION.broken_at(f"/{name}/{at}/source")
            for name in _FIGURES
            for at, one in enumerate(getattr(self, name))
            if not one.assumption and one.source is None
        ]

    def _at_odds(self) -> list[FieldError]:
        agreements = {one.id for one in self.agreements}
        employing = {one.id for one in self.contract_forms if one.kind == "employment"}
        found = [
            rule.broken_at(f"/minima/{at}/{field}")
            for at, one in enumerate(self.minima)
            for field, rule in _minimum_problems(one, agreements, employing)
        ]
        for at, default in enumerate(self.own_cost):
            wrong = wrong_cost(default.input, default.value, f"/own_cost/{at}/value")
            found += [wrong] if wrong else []
        return found


#: Every list of a grid, whose entries have a key; of these, those whose entries are figures with a provenance.
_LISTS = ("ranges", "flat_amounts", "agreements", "minima", "contract_forms", "own_cost")
_FIGURES = ("ranges", "flat_amounts", "minima", "contract_forms", "own_cost")


def _minimum_problems(one: Minimum, agreements: set[str], employing: set[str]) -> Iterable[tuple[str, FieldRule]]:
    if one.agreement not in agreements:
        yield "agreement", UNKNOWN_AGREEMENT
    if not employing.issuperset(one.contract_forms):
        yield "contract_forms", NOT_AN_EMPLOYMENT
    if len({amount.basis for amount in one.amounts}) < len(one.amounts):
        yield "amounts", TWICE


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that a new grid adds (`before` is None), takes away (`after` is None) or changes. `part`: the list it
    is in, or the field that is not one; `key`: which entry, empty for a field."""

    part: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def differences(before: Grid, after: Grid) -> list[Difference]:
    """What the second changes of the first, in the order of a grid's parts; the order of a list's entries means
    nothing."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    found = [
        Difference(name, "", {"value": old[name]}, {"value": new[name]})
        for name in ("as_of", "currency", "basis")
        if old[name] != new[name]
    ]
    for name in _LISTS:
        was, is_now = (
            {one.key: one.model_dump(mode="json") for one in getattr(grid, name)} for grid in (before, after)
        )
        found += [
            Difference(name, key, was.get(key), is_now.get(key))
            for key in {**was, **is_now}
            if was.get(key) != is_now.get(key)
        ]
    return found


@cache
def shipped() -> Grid:
    """The grid that comes with the project: in force until an administrator publishes another. Raises ValueError when
    it contradicts itself, which stops the start and not a request."""
    grid = Grid.model_validate(json.loads(FILE.read_text(encoding="utf-8")))
    # What administrators have added to the taxonomy since is not in it, and need not be.
    wrong = grid.problems(shipped_words())
    if wrong:
        raise ValueError(f"{FILE.name}: {[(one.pointer, one.code) for one in wrong]}")
    return grid
