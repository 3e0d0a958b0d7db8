"""What other contexts may ask of briefs, answered at once and read-only."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.briefs.models import Brief
from chalicelib.briefs.repository import BriefRepository

_PAGE = 100


class BriefQueries:
    def __init__(self, repository: BriefRepository) -> None:
        self._repository = repository

    def brief(self, brief_id: str) -> Brief | None:
        return self._repository.get(brief_id)

    def live(self, role: str) -> Iterator[Brief]:
        """Every brief that is recorded as live and wants this role; compare `state_on` the day."""
        after: str | None = None
        while True:
            briefs, after = self._repository.live(role, _PAGE, after)
            yield from briefs
            if after is None:
                return

    def terms_accepted(self, brief_id: str, sub: str) -> bool:
        """Whether this account has accepted the confidentiality terms for this project, in whichever version."""
        return self._repository.acceptance(brief_id, sub) is not None
