"""The files that the subject sent: what was refused, and what somebody else sent before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.verification.models import Finding
from chalicelib.verification.steps.contract import StepResult, TaskContext, against, noticed
from chalicelib.vocabulary.text import Bilingual

_NONE = Bilingual("Aucun justificatif n’a été joint.", "No supporting document was sent.")
_UNCHECKED = Bilingual(
    "Un justificatif est encore en cours de contrôle.", "A supporting document is still being checked."
)
_REUSED = Bilingual("Le même fichier a été envoyé par un autre compte.", "The same file was sent by another account.")
_READABLE = Bilingual("Justificatif lisible, à examiner.", "Readable supporting document, to be looked at.")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a case. `state`: awaited, checked or refused; `refusal`: in the subject's words why it is not kept;
    `reused`: whether another account sent the same bytes; `credit_id`: what it is about, if about one credit; `kind`:
    what its owner says it is (`evidence_files.Kind`)."""

    evidence_id: str
    state: str
    credit_id: str | None = None
    refusal: Bilingual | None = None
    reused: bool = False
    kind: str = "other"


class EvidenceFiles(Protocol):
    def of_case(self, case_id: str, /) -> Sequence[SentFile]:
        """The files whose upload was asked for, checked or not."""


def run(task: TaskContext) -> StepResult:
    files = task.means.evidence_files.of_case(task.case.case_id)
    if not files:
        return StepResult("done", (noticed("evidence", "no_file", _NONE),))
    findings = tuple(_finding(file) for file in files)
    if any(file.reused for file in files) or any(file.state == "awaited" for file in files):
        return StepResult("needs_human", findings)
    return StepResult("rejected_input" if any(file.refusal for file in files) else "done", findings)


def _finding(file: SentFile) -> Finding:
    if file.refusal is not None:
        pointer = f"/evidence/{file.evidence_id}"
        return against("evidence", "refused", file.refusal, credit_id=file.credit_id, pointer=pointer)
    if file.reused:
        return against("evidence", "reused", _REUSED, credit_id=file.credit_id)
    if file.state == "awaited":
        return noticed("evidence", "awaited", _UNCHECKED, credit_id=file.credit_id)
    return noticed("evidence", "readable", _READABLE, credit_id=file.credit_id)
