"""Whose turn it is in a case: who may add files to it now, and who reads them."""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.verification.models import Case
from chalicelib.verification.states import LEASED, OPEN
from chalicelib.vocabulary.clock import Clock


class CaseHolders:
    """`case`: the case of an id, if there is one."""

    def __init__(self, case: Callable[[str], Case | None], clock: Clock) -> None:
        self._case = case
        self._clock = clock

    def reviewer_of(self, case_id: str) -> str | None:
        """The account that holds the case's lease now."""
        case = self._case(case_id)
        if case is None or case.state not in LEASED or case.lease is None or not case.lease.runs(self._clock()):
            return None
        return case.lease.reviewer_sub

    def evidence_from(self, case_id: str) -> str | None:
        """The account that answers for the subject, while the case is open; a decided one takes no file until it is
        contested."""
        case = self._case(case_id)
        return case.contact.sub if case is not None and case.state in OPEN else None
