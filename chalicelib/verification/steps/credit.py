"""One credit against every configured source of credits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from chalicelib.verification.models import MOST_ATTEMPTS, Finding
from chalicelib.verification.steps.contract import StepResult, TaskContext, noticed
from chalicelib.verification.subjects import CreditClaim, Level
from chalicelib.vocabulary.text import Bilingual

_GONE = Bilingual("Ce crédit a été retiré du profil.", "This credit was taken out of the profile.")
_NO_SOURCE = Bilingual(
    "Aucune source n’est configurée : ce crédit n’a pas été contrôlé automatiquement.",
    "No source is configured: this credit was not checked automatically.",
)


class Evidence(Protocol):
    """What a source answered. `verdict`: confirms, partial, contradicts, silent or error; `level`: the highest fact
    that it is about; `proves`: the highest fact that it shows, if it shows one. Times are ISO 8601 UTC."""

    @property
    def source(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def level(self) -> Level | None: ...
    @property
    def proves(self) -> Level | None: ...
    @property
    def reason(self) -> str: ...
    @property
    def note(self) -> Bilingual: ...
    @property
    def url(self) -> str | None: ...
    @property
    def retrieved_at(self) -> str: ...
    @property
    def expires_at(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def payload_hash(self) -> str | None: ...


class Sources(Protocol):
    def check_credit(self, claim: CreditClaim, /, *, last: bool) -> Sequence[Evidence]:
        """What each configured source says. One that fails for good, or cannot be reached, is an answer like another.
        Raises Retryable for what passes by itself; its attribute `after`, where it has one, is how long to wait.
        `last`: there is no other attempt, so that what the others say is not to be lost for one that is out of order.
        """


def run(task: TaskContext) -> StepResult:
    """Done when a source shows something and none contradicts; a person's otherwise."""
    claim = task.credit
    if claim is None:
        return StepResult("needs_human", (noticed("profile", "credit_gone", _GONE, credit_id=task.step.credit_id),))
    answers = task.means.sources.check_credit(claim, last=task.step.tries >= MOST_ATTEMPTS)
    if not answers:
        return StepResult("needs_human", (noticed("sources", "no_source", _NO_SOURCE, credit_id=claim.credit_id),))
    findings = tuple(finding_of(answer, claim.credit_id) for answer in answers)
    settled = any(one.proves for one in findings) and not any(one.verdict == "contradicts" for one in findings)
    return StepResult("done" if settled else "needs_human", findings)


def finding_of(answer: Evidence, credit_id: str | None) -> Finding:
    return Finding(
        source=answer.source,
        verdict=answer.verdict,
        reason=answer.reason,
        note_fr=answer.note.fr,
        note_en=answer.note.en,
        credit_id=credit_id,
        level=answer.level,
        proves=answer.proves,
        url=answer.url,
        retrieved_at=answer.retrieved_at,
        expires_at=answer.expires_at,
        licence=answer.licence,
        payload_hash=answer.payload_hash,
    )
