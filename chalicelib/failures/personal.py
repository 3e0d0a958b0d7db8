"""What failures keep about one person: records that a handler could not use may hold anything, so those in which they
are named go with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.vocabulary.person import Erased, Person


class Records(Protocol):
    def about(self, marks: Collection[str]) -> list[str]: ...
    def forget(self, failure_ids: Sequence[str]) -> int: ...


class FailuresOfPerson:
    def __init__(self, records: Records) -> None:
        self._records = records

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        """That there are some. What is in them is a machine's, and may be somebody else's as well."""
        return {"records_set_aside": [{"failure_id": one} for one in self._records.about(_marks(person))]}

    def erase(self, person: Person, _now: datetime) -> Erased:
        return Erased(removed=self._records.forget(self._records.about(_marks(person))))


def _marks(person: Person) -> list[str]:
    found = (person.sub, person.profile_id, person.email, *person.names)
    return [mark for mark in found if mark]
