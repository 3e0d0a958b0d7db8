"""What other contexts may ask of privacy, answered at once and read-only."""

from __future__ import annotations

from datetime import date

from chalicelib.privacy.models import months_after
from chalicelib.privacy.repository import PrivacyRepository
from chalicelib.vocabulary.retention import INACTIVE_MONTHS


class PrivacyQueries:
    def __init__(self, repository: PrivacyRepository) -> None:
        self._repository = repository

    def idle_since(self, sub: str) -> tuple[date, date] | None:
        """On which day an account was last used, and on which it goes unless it is used again; None for one that is
        being deleted, or of which nothing is known."""
        standing = self._repository.standing(sub)
        if standing is None or standing.last_active_on is None or standing.erasure_id is not None:
            return None
        return standing.last_active_on, months_after(standing.last_active_on, INACTIVE_MONTHS)

    def is_leaving(self, sub: str) -> bool:
        """Whether the deletion of an account was asked for, done or not."""
        return self._repository.erasure(sub) is not None
