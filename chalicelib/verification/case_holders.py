"""Whose turn it is: who may add files to a case or an alarm now, and who reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from chalicelib.verification.models import Case
from chalicelib.verification.states import LEASED, OPEN
from chalicelib.vocabulary.clock import Clock


class Alarms(Protocol):
    def evidence_from(self, alarm_id: str) -> str | None: ...
    def may_read(self, sub: str, alarm_id: str) -> bool: ...


class CaseHolders:
    """`case`: the case of an id, if there is one; an id that is no case's may be an alarm's, which has a shelf of its
    own."""

    def __init__(self, case: Callable[[str], Case | None], alarms: Alarms, clock: Clock) -> None:
        self._case = case
        self._alarms = alarms
        self._clock = clock

    def may_read(self, account: str, case_id: str) -> bool:
        """Of a case, the account that holds its lease now."""
        case = self._case(case_id)
        if case is None:
            return self._alarms.may_read(account, case_id)
        if case.state not in LEASED or case.lease is None or not case.lease.runs(self._clock()):
            return False
        return case.lease.reviewer_sub == account

    def evidence_from(self, case_id: str) -> str | None:
        """Of a case, the account that answers for the subject, while the case is open; a decided one takes no file
        until it is contested."""
        case = self._case(case_id)
        if case is None:
            return self._alarms.evidence_from(case_id)
        return case.contact.sub if case.state in OPEN else None
