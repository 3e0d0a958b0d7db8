"""Whether an alarm about the subject is in force: from a closed list, decided by two people after a right of reply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.verification.steps.contract import StepResult, TaskContext, against
from chalicelib.verification.subjects import Subject
from chalicelib.vocabulary.text import Bilingual

_IN_FORCE = Bilingual("Une alerte est en vigueur : lisez-la avant de décider.", "An alarm is in force: read it first.")


class Alarms(Protocol):
    def alarms(self, subject: Subject, now: datetime) -> Sequence[str]:
        """Ids of the alarms in force about exactly this subject."""


def run(task: TaskContext) -> StepResult:
    subject = task.case.subject
    # An alarm is about a person or a company, never about one credit.
    whole = Subject("profile" if subject.kind == "credit" else subject.kind, subject.owner_id)
    found = task.means.alarms.alarms(whole, task.now)
    findings = tuple(against("alarms", "alarm_in_force", _IN_FORCE) for _ in found)
    return StepResult("needs_human" if findings else "done", findings)
