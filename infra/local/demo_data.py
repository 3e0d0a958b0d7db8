"""The demo's invented companies, projects, people and accounts, with their dates moved to today."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

_FILES = Path(__file__).parent / "demo"
# The day for which the dates in the files were chosen. All of them move with the calendar, so that a project
# which starts in two weeks and an option which lapses in four months still do.
WRITTEN_ON = date(2026, 11, 23)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = ("year", "started_year")


@dataclass(frozen=True)
class DemoData:
    """`demo/accounts.json`, `samples.json` and `population.json`, as of `today`."""

    today: date

    @cached_property
    def accounts(self) -> dict[str, Any]:
        return self._read("accounts")

    @cached_property
    def companies(self) -> dict[str, dict[str, Any]]:
        """By key; each without its key, ready to be sent."""
        return {company.pop("key"): company for company in self._read("samples")["companies"]}

    @cached_property
    def briefs(self) -> list[dict[str, Any]]:
        """Each with `key`, `company` (a key) and `brief`, ready to be sent."""
        briefs: list[dict[str, Any]] = self._read("samples")["briefs"]
        return briefs

    @cached_property
    def profiles(self) -> list[dict[str, Any]]:
        """Each with `key`, `profile`, `credits` (with the `level` an administrator gives) and `status`."""
        profiles: list[dict[str, Any]] = self._read("population")["profiles"]
        return profiles

    def _read(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((_FILES / f"{name}.json").read_text())
        moved: dict[str, Any] = self._moved(content)
        return moved

    def _moved(self, value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: self._moved(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self._moved(item, key) for item in value]
        if isinstance(value, str) and _DAY.fullmatch(value):
            return str(date.fromisoformat(value) + (self.today - WRITTEN_ON))
        if isinstance(value, int) and key in _YEARS:
            return value + (self.today.year - WRITTEN_ON.year)
        return value
