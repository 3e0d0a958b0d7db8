"""What matching keeps about one person, as an erasure finds it. Keys as `repository` draws them:

BRIEF#id / MATCH#profile      found by the index by_profile; gone
BRIEF#id / RUN#id, FITTING#id of the briefs that showed or named them: their id is taken out, and `reproducible` is
false EXPOSURE#month / day#BRIEF#id of the days of those runs: their id is taken out, the seat still counts
PROFILE#id / NAMED#brief      gone, last: it leads to the briefs
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from chalicelib.platform.table import ConditionFailed, Item, Put, Table, Update

#: What stands in the place of somebody who was erased.
NOBODY = "erased"


class PersonalMatches:
    def __init__(self, table: Table) -> None:
        self._table = table

    def proposals(self, profile_id: str) -> list[Item]:
        """Every seat that the person has or had."""
        found = self._table.query_all(f"PROFILE#{profile_id}", index="by_profile", hash_key="profile_pk")
        return self._table.get_many([(str(item["pk"]), str(item["sk"])) for item in found])

    def named_for(self, profile_id: str) -> list[str]:
        named = self._table.query_all(f"PROFILE#{profile_id}", prefix="NAMED#")
        return [str(item["sk"]).removeprefix("NAMED#") for item in named]

    def forget_in(self, brief_id: str, profile_id: str) -> tuple[int, int]:
        """The person is in nothing of that brief any more; how many items went, how many were changed."""
        pk, redacted, days = f"BRIEF#{brief_id}", 0, set()
        for item in self._logs(pk):
            days.add(item["as_of"])
            if profile_id in _ids(item):
                self._table.write(Put(_without(item, profile_id) | {"reproducible": False}))
                redacted += 1
        for day in sorted(days):
            exposure = self._table.get(f"EXPOSURE#{day[:7]}", f"{day}#{pk}")
            if exposure is not None and profile_id in _ids(exposure):
                # A shortlist computed since takes its place by itself, without somebody who is no candidate any more.
                with suppress(ConditionFailed):
                    self._table.write(
                        Put(
                            _without(exposure, profile_id),
                            condition="run_id = :read",
                            values={":read": exposure["run_id"]},
                        )
                    )
                redacted += 1
        redacted += self._leave_head(pk, profile_id)
        seat = self._table.get(pk, f"MATCH#{profile_id}")
        return self._table.delete_all([(pk, f"MATCH#{profile_id}")] if seat else []), redacted

    def forget_names(self, profile_id: str) -> int:
        return self._table.delete_all([(f"PROFILE#{profile_id}", f"NAMED#{one}") for one in self.named_for(profile_id)])

    def _logs(self, pk: str) -> Iterator[Item]:
        yield from self._table.query_all(pk, prefix="RUN#")
        yield from self._table.query_all(pk, prefix="FITTING#")

    def _leave_head(self, pk: str, profile_id: str) -> int:
        """A shortlist computed since has its own head: this one is changed only as it was read."""
        head = self._table.get(pk, "SHORTLIST")
        if head is None or profile_id not in head["people"]:
            return 0
        people = [one for one in head["people"] if one != profile_id]
        with suppress(ConditionFailed):
            self._table.write(
                Update(
                    pk,
                    "SHORTLIST",
                    "SET people = :people",
                    condition="#v = :version",
                    names={"#v": "version"},
                    values={":people": people, ":version": head["version"]},
                )
            )
        return 1


def _ids(item: Item) -> set[str]:
    """The people that a log or a day's exposure names."""
    found: set[str] = set()
    for name in ("seats", "ranked"):
        found |= {one["profile_id"] for one in item.get(name, ())}
    for name in ("fitting", "named"):
        found |= set(item.get(name, ()))
    return found


def _without(item: Item, profile_id: str) -> Item:
    changed: dict[str, Any] = dict(item)
    for name in ("seats", "ranked"):
        if name in item:
            changed[name] = [
                {**one, "profile_id": NOBODY} if one["profile_id"] == profile_id else one for one in item[name]
            ]
    for name in ("fitting", "named"):
        if name in item:
            changed[name] = [NOBODY if one == profile_id else one for one in item[name]]
    return changed
