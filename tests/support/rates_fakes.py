"""Rates in memory, engagements moved by hand, and grids that differ in one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from chalicelib.platform.errors import Conflict
from chalicelib.rates.grid import Grid, shipped
from chalicelib.rates.models import Version, first_version
from chalicelib.rates.observed import Entry
from chalicelib.rates.service import Engagement, RatesService
from chalicelib.vocabulary.facts import Fact

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


class FakeRatesStore:
    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self._versions: dict[int, Version] = {}
        self._entries: dict[str, tuple[Entry, int]] = {}

    def in_force(self) -> Version:
        return self._versions[max(self._versions)] if self._versions else first_version()

    def version(self, number: int) -> Version | None:
        return self._versions.get(number) or (first_version() if number == 1 else None)

    def history(self) -> list[Version]:
        return sorted(self._versions.values(), key=lambda one: -one.number) or [first_version()]

    def publish(self, version: Version, before: Version, fact: Fact, now: datetime) -> None:
        if self.in_force().number != before.number:
            raise Conflict
        self._versions.setdefault(before.number, before)
        self._versions[version.number] = version
        self.facts.append(fact)

    def keep_entry(self, digest: str, entry: Entry, round_no: int) -> None:
        if digest not in self._entries or self._entries[digest][1] < round_no:
            self._entries[digest] = entry, round_no

    def drop_entry(self, digest: str) -> None:
        self._entries.pop(digest, None)

    def entries(self, role: str) -> Iterator[Entry]:
        yield from sorted(
            (entry for entry, _ in self._entries.values() if entry.role == role), key=lambda one: one.month
        )


class FakeEngagements:
    """What stands, conversation by conversation. `meanwhile` happens after the next reading, once."""

    def __init__(self) -> None:
        self.standing_now: dict[str, Engagement] = {}
        self.meanwhile: Callable[[], object] | None = None

    def standing(self, thread_id: str) -> Engagement | None:
        found = self.standing_now.get(thread_id)
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            happens()
        return found


class Desk:
    """The service with what it stands on, at a time that a test sets."""

    def __init__(self) -> None:
        self.store, self.engagements, self.now = FakeRatesStore(), FakeEngagements(), NOW
        self.service = RatesService(
            self.store, self.engagements, lambda purpose, text: f"{purpose}:{hash((purpose, text))}", lambda: self.now
        )


def engagement(**changes: Any) -> Engagement:
    made = Engagement(
        company_id="company-1",
        role="literary-director",
        level="mid",
        unit="day",
        minimum=400,
        maximum=480,
        confirmed_on=date(2026, 6, 17),
        round_no=1,
        contract_forms=("freelance-invoice",),
    )
    return replace(made, **changes)


def entry(company: str = "a", minimum: int = 400, maximum: int | None = None, **changes: Any) -> Entry:
    made = Entry(
        role="literary-director",
        level="mid",
        unit="day",
        minimum=minimum,
        maximum=minimum + 80 if maximum is None else maximum,
        company=company,
        month=date(2026, 6, 1),
    )
    return replace(made, **changes)


def changed(part: str, at: int, **changes: Any) -> Grid:
    """The grid that comes with the project, with one entry of one list otherwise."""
    entries = list(getattr(shipped(), part))
    entries[at] = entries[at].model_copy(update=changes)
    return shipped().model_copy(update={part: tuple(entries)})


def without(part: str, at: int) -> Grid:
    entries = list(getattr(shipped(), part))
    del entries[at]
    return shipped().model_copy(update={part: tuple(entries)})


def scaled(factor: int) -> Grid:
    """Every range so many times as high."""
    ranges = tuple(
        one.model_copy(update={name: getattr(one, name) * factor for name in ("low", "median", "high")})
        for one in shipped().ranges
    )
    return shipped().model_copy(update={"ranges": ranges})
