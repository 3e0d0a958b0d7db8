"""What other contexts may ask of matching, answered at once and read-only."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.matching.models import Shortlist
from chalicelib.matching.repository import MatchingRepository


class MatchingQueries:
    def __init__(self, repository: MatchingRepository) -> None:
        self._repository = repository

    def shortlist(self, brief_id: str) -> Shortlist | None:
        return self._repository.shortlist(brief_id)

    def briefs_proposing(self, profile_id: str) -> Iterator[str]:
        """The briefs whose shortlist has or had this person."""
        return self._repository.briefs_proposing(profile_id)
