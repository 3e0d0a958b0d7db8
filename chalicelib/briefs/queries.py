"""What other contexts may ask of briefs, answered at once and read-only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from chalicelib.briefs.models import Brief, Publication
from chalicelib.briefs.proofreading import hidden_of, leaks
from chalicelib.briefs.repository import BriefRepository
from chalicelib.vocabulary.taxonomy import taxonomy

if TYPE_CHECKING:
    from chalicelib.briefs.leak_check import Finding, Hidden

_PAGE = 100


class Companies(Protocol):
    def hidden(self, company_id: str) -> Hidden | None:
        """What a company has to hide."""


class BriefQueries:
    def __init__(self, repository: BriefRepository, companies: Companies) -> None:
        self._repository = repository
        self._companies = companies

    def brief(self, brief_id: str) -> Brief | None:
        return self._repository.get(brief_id)

    def publications(self, brief_id: str) -> list[Publication]:
        """Each time that it went online, the first one first."""
        return self._repository.publications(brief_id)

    def leaks(self, brief_id: str, text: str) -> list[Finding]:
        """What a message would tell of who is behind a brief: of its company, its title, its broadcaster, and contact
        details whoever's they are. Nothing of a brief that does not exist."""
        brief = self._repository.get(brief_id)
        if brief is None:
            return []
        hidden = hidden_of(brief.content, self._companies.hidden(brief.company_id), taxonomy())
        return leaks(text, hidden, where="message")

    def live(self, role: str) -> Iterator[Brief]:
        """Every brief that is recorded as live and wants this role; compare `state_on` the day."""
        after: str | None = None
        while True:
            briefs, after = self._repository.live(role, _PAGE, after)
            yield from briefs
            if after is None:
                return

    def comes_back(self, brief_id: str) -> bool:
        """Whether it is to be online again as soon as its company may publish."""
        return self._repository.owes_resumption(brief_id)

    def terms_accepted(self, brief_id: str, sub: str) -> bool:
        """Whether this account has accepted the confidentiality terms for this project, in whichever version."""
        return self._repository.acceptance(brief_id, sub) is not None
