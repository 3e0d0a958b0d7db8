"""What follows when a case ends or comes back: its files go or are kept again, nobody is asked about it any more. The
files of an alarm that is over go as those of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from chalicelib.verification.alarms import Alarm
from chalicelib.verification.models import Case
from chalicelib.verification.states import DECIDED, ENDED


class Files(Protocol):
    def case_ended(self, case_id: str, final_at: datetime, case_version: int) -> None: ...
    def case_reopened(self, case_id: str, case_version: int) -> None: ...


class Attestations(Protocol):
    def case_ended(self, case_id: str) -> None: ...


class Endings:
    """`case`, `alarm`: the one of an id, if there is one."""

    def __init__(
        self,
        case: Callable[[str], Case | None],
        alarm: Callable[[str], Alarm | None],
        files: Files,
        attestations: Attestations,
    ) -> None:
        self._case = case
        self._alarm = alarm
        self._files = files
        self._attestations = attestations

    def follow(self, case_id: str) -> None:
        """Brings files and attestations in line with what the case is now, whichever news of it came and how often.
        Raises Retryable."""
        case = self._case(case_id)
        if case is None or case.state in DECIDED:  # it may still be contested
            return
        if case.state in ENDED:
            self._files.case_ended(case_id, datetime.fromisoformat(case.updated_at), case.version)
            self._attestations.case_ended(case_id)
        else:
            self._files.case_reopened(case_id, case.version)

    def follow_alarm(self, alarm_id: str) -> None:
        """As `follow`: nothing brings an alarm back. Raises Retryable."""
        alarm = self._alarm(alarm_id)
        if alarm is not None and alarm.ended_at is not None:
            self._files.case_ended(alarm_id, datetime.fromisoformat(alarm.ended_at), alarm.version)
