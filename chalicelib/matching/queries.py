"""What other contexts may ask of matching, answered at once and read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chalicelib.matching.models import Shortlist
from chalicelib.matching.repository import MatchingRepository


class MatchingQueries:
    def __init__(self, repository: MatchingRepository, fewest_junior_seats: Callable[[], int]) -> None:
        self._repository = repository
        self._fewest_junior_seats = fewest_junior_seats

    def shortlist(self, brief_id: str) -> Shortlist | None:
        return self._repository.shortlist(brief_id)

    def fewest_junior_seats(self) -> int:
        """How many seats of a shortlist are kept for juniors whatever its brief says: at least one."""
        return self._fewest_junior_seats()

    def has_proposed(self, brief_id: str, profile_id: str) -> bool:
        """Whether the brief's shortlist has or had this person."""
        return self._repository.has_proposed(brief_id, profile_id)

    def briefs_proposing(self, profile_id: str) -> Iterator[str]:
        """The briefs whose shortlist has or had this person."""
        return self._repository.briefs_proposing(profile_id)
