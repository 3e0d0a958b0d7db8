"""What is remembered of a person's requests, so that one that is sent again creates nothing twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from chalicelib.vocabulary.person import Erased, Person


class Requests(Protocol):
    def given_to(self, caller: str) -> list[dict[str, Any]]: ...
    def forget(self, caller: str) -> int: ...


class RequestsOfPerson:
    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        """The answers themselves say what is in the other parts of the export."""
        return {
            "requests": [
                {"status": item.get("status"), "kept_until": int(item["expires_at"])}
                for item in self._requests.given_to(person.sub)
            ]
        }

    def erase(self, person: Person, _now: datetime) -> Erased:
        return Erased(removed=self._requests.forget(person.sub))
