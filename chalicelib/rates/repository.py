"""Keys of the rates table:

GRID / IN_FORCE              which version is in force; nothing while it is the one that comes with the project
GRID / VERSION#number        a version as it was published, never changed
GRID / EVENT#ulid            what happened
ENGAGEMENT#digest / ENTRY    what a confirmed engagement was budgeted at; index by_role: OBSERVED#role / month; gone
once it is too old to count (TTL). The digests are keyed: nothing in it leads to who they are
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from chalicelib.platform.errors import Conflict
from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Put, Table
from chalicelib.rates.grid import Grid
from chalicelib.rates.models import Version, first_version
from chalicelib.rates.observed import MONTHS_KEPT, Entry, months_before
from chalicelib.vocabulary.facts import Fact

#: There is one grid, and its list of versions is its history: nothing is asked about by an id.
HISTORIES: dict[str, tuple[str, ...]] = {}

_GRID, _IN_FORCE, _VERSION = "GRID", "IN_FORCE", "VERSION#"


class RatesRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def in_force(self) -> Version:
        """The version that an administrator put in force, else the one that comes with the project."""
        pointer = self._table.get(_GRID, _IN_FORCE)
        if pointer is None:
            return first_version()
        item = self._table.get(_GRID, _version_key(int(pointer["number"])))
        if item is None:
            raise LookupError(f"version {pointer['number']} is in force and is not there")
        return _version(item)

    def version(self, number: int) -> Version | None:
        item = self._table.get(_GRID, _version_key(number))
        if item is not None:
            return _version(item)
        # Kept from the first publication on; until then it is the project's own.
        return first_version() if number == 1 else None

    def history(self) -> list[Version]:
        """Every version, the latest first."""
        kept = [_version(item) for item in self._table.query_all(_GRID, prefix=_VERSION, forward=False)]
        return kept or [first_version()]

    def publish(self, version: Version, before: Version, fact: Fact, now: datetime) -> None:
        """Puts it in force in the place of `before`. Raises Conflict when another is in force by now."""
        first = version.number == 2
        condition: dict[str, Any] = {"condition": NEW}
        if not first:
            condition = {"condition": "#n = :n", "names": {"#n": "number"}, "values": {":n": before.number}}
        actions: list[Action] = [
            Put({"pk": _GRID, "sk": _IN_FORCE, "number": version.number}, **condition),
            Put(_item(version), condition=NEW),
            event_item(_GRID, fact, aggregate_version=version.number, now=now),
        ]
        if first:
            # A later release of the project may bring another first grid; what people read until now stays readable.
            actions.append(Put(_item(before), condition=NEW))
        try:
            self._table.write(*actions)
        except ConditionFailed:
            raise Conflict from None

    def keep_entry(self, digest: str, entry: Entry, round_no: int) -> None:
        """What the engagement was budgeted at when it was confirmed: the same round again changes nothing."""
        item = {
            "pk": f"ENGAGEMENT#{digest}",
            "sk": "ENTRY",
            "observed_pk": f"OBSERVED#{entry.role}",
            "month": entry.month.isoformat()[:7],
            "role": entry.role,
            "level": entry.level,
            "unit": entry.unit,
            "minimum": entry.minimum,
            "maximum": entry.maximum,
            "company": entry.company,
            "round": round_no,
            "expires_at": int(_no_longer_counted(entry.month).timestamp()),
        }
        try:
            self._table.write(
                Put(item, condition=f"{NEW} OR #r < :round", names={"#r": "round"}, values={":round": round_no})
            )
        except ConditionFailed:
            return

    def entry(self, digest: str) -> dict[str, Any] | None:
        """What is kept of an engagement, without the digests."""
        item = self._table.get(f"ENGAGEMENT#{digest}", "ENTRY")
        kept = ("role", "level", "unit", "minimum", "maximum", "month")
        return {name: item[name] for name in kept} if item else None

    def drop_entry(self, digest: str) -> None:
        self._table.write(Delete(f"ENGAGEMENT#{digest}", "ENTRY"))

    def entries(self, role: str) -> Iterator[Entry]:
        """Of every level and unit, the oldest first."""
        for item in self._table.query_all(f"OBSERVED#{role}", index="by_role", hash_key="observed_pk"):
            yield Entry(
                role=item["role"],
                level=item["level"],
                unit=item["unit"],
                minimum=int(item["minimum"]),
                maximum=int(item["maximum"]),
                company=item["company"],
                month=date.fromisoformat(f"{item['month']}-01"),
            )


def _version_key(number: int) -> str:
    return f"{_VERSION}{number:06d}"


def _item(version: Version) -> dict[str, Any]:
    """The grid as text: it has decimals, which no item of ours holds, and nothing of it is ever looked for."""
    return {
        "pk": _GRID,
        "sk": _version_key(version.number),
        **version.model_dump(mode="json", exclude={"grid"}),
        "grid": json.dumps(version.grid.model_dump(mode="json"), ensure_ascii=False),
    }


def _version(item: dict[str, Any]) -> Version:
    said = {name: item[name] for name in Version.model_fields if name != "grid"}
    return Version(**said, grid=Grid.model_validate(json.loads(item["grid"])))


def _no_longer_counted(month: date) -> datetime:
    later = months_before(month, -(MONTHS_KEPT + 1))
    return datetime(later.year, later.month, 1, tzinfo=UTC)
