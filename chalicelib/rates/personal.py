"""What rates keep about one person: what their engagements were budgeted at, under a keyed digest that only whoever
has the conversation can find again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol

from chalicelib.vocabulary.person import Erased, Person


class Engagements(Protocol):
    def entry(self, digest: str) -> dict[str, Any] | None: ...
    def drop_entry(self, digest: str) -> None: ...


#: A freelancer's conversations, by id.
Conversations = Callable[[str], Iterable[str]]


class EngagementsOfPerson:
    def __init__(self, engagements: Engagements, conversations: Conversations, digest: Callable[[str], str]) -> None:
        self._engagements = engagements
        self._conversations = conversations
        self._digest = digest

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        found = [self._engagements.entry(self._digest(one)) for one in self._conversations(person.sub)]
        return {"observed_engagements": [entry for entry in found if entry is not None]}

    def erase(self, person: Person, _now: datetime) -> Erased:
        """Of a producer's nothing is known here: a company is in it as a keyed digest, and is no person."""
        removed = 0
        for thread_id in self._conversations(person.sub):
            digest = self._digest(thread_id)
            removed += self._engagements.entry(digest) is not None
            self._engagements.drop_entry(digest)
        return Erased(removed=removed)
