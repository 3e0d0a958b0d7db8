"""What other contexts may ask of visibility, answered at once and read-only."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.visibility.models import marks_of
from chalicelib.visibility.repository import VisibilityRepository


class VisibilityQueries:
    def __init__(self, repository: VisibilityRepository) -> None:
        self._repository = repository

    def keeping_away(self, company_id: str, siren: str, names: Iterable[str]) -> frozenset[str]:
        """The profiles that are not to be shown to this company: their owners keep it away. Nobody is told whose they
        are. Raises Retryable."""
        return self._repository.keeping_away(marks_of(company_id, siren, names))
