"""What happens to blocks. Neither the company nor how it is named is carried: that stays in this context."""

from __future__ import annotations

from typing import ClassVar

from chalicelib.vocabulary.facts import Fact


class CompanyBlocked(Fact):
    """A freelancer keeps a company away: it is to be shown them no more."""

    event_type: ClassVar[str] = "visibility.company_blocked"
    profile_id: str
    block_id: str


class CompanyUnblocked(Fact):
    """They take that back."""

    event_type: ClassVar[str] = "visibility.company_unblocked"
    profile_id: str
    block_id: str
