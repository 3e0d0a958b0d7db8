"""What a step is given and what it answers.

A step is a file of this folder with one function, `run(task) -> StepResult`, and a line in `registry.py`. It may run
twice and at any time: it reads, and changes nothing but what may be written twice. What it cannot do now and might do
later it says with `again(…)`, or by raising `platform.errors.Retryable`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from chalicelib.verification.models import Case, Finding, Route, Step
from chalicelib.verification.subjects import Claim, CompanyClaim, CreditClaim, ProfileClaim
from chalicelib.vocabulary.text import Bilingual

if TYPE_CHECKING:
    from chalicelib.verification.steps.alarms import Alarms
    from chalicelib.verification.steps.attestation import Attestations
    from chalicelib.verification.steps.company_registry import Registry
    from chalicelib.verification.steps.credit import Sources
    from chalicelib.verification.steps.evidence import EvidenceFiles
    from chalicelib.verification.steps.experience import KnownFacts
    from chalicelib.verification.steps.identity import Claims, Prints


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What steps ask; each is described by the step that asks it."""

    sources: Sources
    registry: Registry
    evidence_files: EvidenceFiles
    attestations: Attestations
    prints: Prints
    claims: Claims
    alarms: Alarms
    known_facts: KnownFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskContext:
    """One attempt at one step. `claim` is what the subject claims now; `others` are the case's other steps, for the
    recommendation alone."""

    case: Case
    step: Step
    claim: Claim
    means: Means
    now: datetime
    others: Sequence[Step] = ()

    @property
    def credit(self) -> CreditClaim | None:
        """The credit that the step is about; None when it is not there any more."""
        if isinstance(self.claim, ProfileClaim) and self.step.credit_id:
            return self.claim.credit(self.step.credit_id)
        return None

    @property
    def company(self) -> CompanyClaim | None:
        return self.claim if isinstance(self.claim, CompanyClaim) else None


@dataclass(frozen=True, slots=True)
class StepResult:
    """`needs_human`: the step cannot settle it, which stops nothing. `rejected_input`: something the subject wrote
    cannot be right, named by the findings' pointers. `retry`: try again, no sooner than `after`. `route`: the
    recommendation's alone."""

    outcome: Literal["done", "needs_human", "rejected_input", "retry"]
    findings: tuple[Finding, ...] = ()
    after: timedelta | None = None
    route: Route | None = None


def again(after: timedelta | None = None) -> StepResult:
    return StepResult("retry", after=after)


def noticed(source: str, reason: str, note: Bilingual, *, credit_id: str | None = None) -> Finding:
    """What a reviewer should know, and what speaks neither for nor against the claim."""
    return Finding(
        source=source, verdict="noticed", reason=reason, note_fr=note.fr, note_en=note.en, credit_id=credit_id
    )


def against(
    source: str, reason: str, note: Bilingual, *, credit_id: str | None = None, pointer: str | None = None
) -> Finding:
    """What contradicts the claim, or must make a reviewer look twice."""
    return Finding(
        source=source,
        verdict="contradicts",
        reason=reason,
        note_fr=note.fr,
        note_en=note.en,
        credit_id=credit_id,
        pointer=pointer,
    )
