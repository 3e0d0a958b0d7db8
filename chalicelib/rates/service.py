"""The grid in force and its versions, one's own costs, and what engagements show. Nothing here is asked by whoever
ranks, publishes or writes to anyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import BodyTooLarge, Conflict, FieldError, Invalid, PreconditionFailed, Retryable
from chalicelib.rates.errors import UnknownVersion
from chalicelib.rates.grid import CostInput, Difference, Grid, differences
from chalicelib.rates.models import Version
from chalicelib.rates.observed import OBSERVED_UNITS, Entry, Observed, ObservedUnit, Withheld, observe
from chalicelib.rates.own_cost import OwnCost, own_cost
from chalicelib.vocabulary.clock import Clock, paris_day
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.taxonomy import taxonomy

#: What a version may weigh: an item of the table holds 400,000 bytes.
GRID_BYTES = 350_000

#: How often what was followed is looked at again, while it changes under one's eyes.
_LOOKS = 5


class RatesStore(Protocol):
    def in_force(self) -> Version: ...
    def version(self, number: int) -> Version | None: ...
    def history(self) -> list[Version]: ...
    def publish(self, version: Version, before: Version, fact: Fact, now: datetime) -> None: ...
    def keep_entry(self, digest: str, entry: Entry, round_no: int) -> None: ...
    def drop_entry(self, digest: str) -> None: ...
    def entries(self, role: str) -> Iterator[Entry]: ...


@dataclass(frozen=True, slots=True)
class Engagement:
    """An engagement that both sides confirmed and that stands. `level`: the person's in this role; the rest is what the
    project offers, in whole euros excluding VAT per `unit`. `round_no`: in which publication of the project;
    `contract_forms`: how it may be paid."""

    company_id: str
    role: str
    level: str
    unit: str
    minimum: int
    maximum: int
    confirmed_on: date
    round_no: int
    contract_forms: tuple[str, ...]


class Engagements(Protocol):
    """What rates ask of conversations."""

    def standing(self, thread_id: str) -> Engagement | None:
        """The engagement of a conversation as it stands now; None when there is none, or none any more."""


#: A text as a keyed digest, the same each time: (what it is for, the text) → the digest.
Digest = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class ObservedPool:
    """What is told of one level in one unit: figures, or why there are none."""

    level: str
    unit: ObservedUnit
    told: Observed | Withheld


class RatesService:
    def __init__(self, store: RatesStore, engagements: Engagements, digest: Digest, clock: Clock) -> None:
        self._store = store
        self._engagements = engagements
        self._digest = digest
        self._clock = clock

    def in_force(self) -> Version:
        return self._store.in_force()

    def version(self, number: int) -> Version:
        """Raises UnknownVersion."""
        found = self._store.version(number)
        if found is None:
            raise UnknownVersion
        return found

    def history(self) -> list[Version]:
        """Every version, the latest first."""
        return self._store.history()

    def preview(self, grid: Grid) -> list[Difference]:
        """What publishing it would change of the version in force; nothing does. Raises Invalid, BodyTooLarge."""
        _check(grid)
        return differences(self._store.in_force().grid, grid)

    def publish(self, actor: Actor, grid: Grid, reason: str, expected: int | None) -> Version:
        """The grid as a new version, in force at once; one that says the same as the version in force changes nothing.
        `expected`: the version it was made from, None for whichever is in force.

        Raises Invalid with all that is wrong, BodyTooLarge, PreconditionFailed, Conflict.
        """
        _check(grid)
        before, now = self._store.in_force(), self._clock()
        if expected is not None and expected != before.number:
            raise PreconditionFailed
        replaced = before.replace(grid, reason, actor.sub, now)
        if replaced is None:
            return before
        version, fact = replaced
        try:
            self._store.publish(version, before, fact, now)
        except Conflict:
            if expected is not None:
                raise PreconditionFailed from None
            raise
        return version

    def own_cost(self, said: Mapping[CostInput, float]) -> tuple[OwnCost, Version]:
        """One's own costs from what one says of them, with the version whose defaults fill the rest; nothing of it is
        kept. Raises Invalid."""
        version = self._store.in_force()
        return own_cost(version.grid, said), version

    def observed(self, role: str) -> list[ObservedPool]:
        """What confirmed engagements in this role show, for every level and unit."""
        entries, today = list(self._store.entries(role)), paris_day(self._clock())
        return [
            ObservedPool(level, unit, observe([one for one in entries if one.level == level], unit, today))
            for level in taxonomy().dimensions["seniority"].entries
            for unit in OBSERVED_UNITS
        ]

    def follow_engagement(self, thread_id: str) -> None:
        """Counts an engagement while it stands, and no longer once it broke off, whichever news came and how often; one
        whose budget has no measure in common with others does not count at all. Raises Retryable."""
        digest = self._digest("engagement", thread_id)
        seen = self._engagements.standing(thread_id)
        for _ in range(_LOOKS):
            if seen is None or not self._is_comparable(seen):
                self._store.drop_entry(digest)
            else:
                self._store.keep_entry(digest, self._entry(seen), seen.round_no)
            again = self._engagements.standing(thread_id)
            if again == seen:
                return
            seen = again
        raise Retryable("changes_all_the_time")

    def _is_comparable(self, engagement: Engagement) -> bool:
        """Whether its budget is per unit of time and can only be invoiced, as the ranges of the grid are: a salary is
        gross, an invoice excludes VAT, and nobody tells us which of the two it came to."""
        kinds = self._store.in_force().grid.kinds(engagement.contract_forms)
        forms = [kinds.get(one) for one in engagement.contract_forms]
        return engagement.unit in OBSERVED_UNITS and bool(forms) and set(forms) == {"invoice"}

    def _entry(self, engagement: Engagement) -> Entry:
        return Entry(
            role=engagement.role,
            level=engagement.level,
            unit=engagement.unit,
            minimum=engagement.minimum,
            maximum=engagement.maximum,
            company=self._digest("company", engagement.company_id),
            month=engagement.confirmed_on.replace(day=1),
        )


def _check(grid: Grid) -> None:
    if len(grid.model_dump_json().encode()) > GRID_BYTES:
        raise BodyTooLarge
    problems = grid.problems()
    if problems:
        raise Invalid([FieldError(f"/grid{one.pointer}", one.code, one.message) for one in problems])
