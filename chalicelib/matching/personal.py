"""What matching keeps about one person: that they may be proposed, where they were, and what was said of them there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from chalicelib.vocabulary.person import Erased, Person


class Matches(Protocol):
    def proposals(self, profile_id: str) -> list[dict[str, Any]]: ...
    def named_for(self, profile_id: str) -> list[str]: ...
    def forget_in(self, brief_id: str, profile_id: str) -> tuple[int, int]: ...
    def forget_names(self, profile_id: str) -> int: ...


class Candidates(Protocol):
    def erase(self, profile_id: str) -> bool: ...


class Snapshots(Protocol):
    def without(self, profile_id: str) -> int: ...


class MatchesOfPerson:
    def __init__(
        self, matches: Matches, candidates: Callable[[], Candidates], snapshots: Callable[[], Snapshots]
    ) -> None:
        self._matches = matches
        self._candidates = candidates
        self._snapshots = snapshots

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        """Where they were proposed or named, and when; not whether they still are, which would say whose project it is
        to whoever has just blocked a company. Points, ranks and reasons were written for the producer, count what a
        company knows of somebody's past work with it, and could tell which company that is: what a project's card says
        of them stands in `GET /projects/{id}/fit`."""
        if person.profile_id is None:
            return {"proposals": [], "fitting_projects": []}
        return {
            "proposals": [
                {
                    "project_id": str(item["pk"]).removeprefix("BRIEF#"),
                    "proposed_at": item["proposed_at"],
                    "level": item["level"],
                }
                for item in self._matches.proposals(person.profile_id)
            ],
            "fitting_projects": [{"project_id": one} for one in self._matches.named_for(person.profile_id)],
        }

    def erase(self, person: Person, _now: datetime) -> Erased:
        profile_id = person.profile_id
        if profile_id is None:
            return Erased()
        # First of all nobody finds them any more; what was written down follows.
        removed, redacted = int(self._candidates().erase(profile_id)), 0
        removed += self._snapshots().without(profile_id)
        shown = {str(item["pk"]).removeprefix("BRIEF#") for item in self._matches.proposals(profile_id)}
        for brief_id in sorted(shown | set(self._matches.named_for(profile_id))):
            gone, changed = self._matches.forget_in(brief_id, profile_id)
            removed, redacted = removed + gone, redacted + changed
        return Erased(removed + self._matches.forget_names(profile_id), redacted)
