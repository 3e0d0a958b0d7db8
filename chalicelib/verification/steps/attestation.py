"""What people at the companies answered about the credits, and what speaks for an arrangement between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from chalicelib.verification.models import Finding
from chalicelib.verification.steps.contract import StepResult, TaskContext, against, noticed
from chalicelib.verification.subjects import Level, ProfileClaim
from chalicelib.vocabulary.text import Bilingual

_SOURCE = "attestation"
_AWAITED = Bilingual("Attestation demandée, sans réponse à ce jour.", "Attestation requested, not answered yet.")
_CONFIRMED = Bilingual(
    "Attesté depuis une adresse au domaine de la société.", "Attested from an address at the company’s own domain."
)
_DENIED = Bilingual(
    "La personne sollicitée ne confirme pas ce crédit.", "The person asked does not confirm this credit."
)
_SIGNALLED = Bilingual("Attestation à regarder de près : {signal}.", "Attestation to be looked at closely: {signal}.")


_ELSEWHERE = Bilingual(
    "Confirmé depuis une adresse dont rien ne prouve qu’elle est celle de la société : à recouper.",
    "Confirmed from an address that nothing proves to be the company’s: to be cross-checked.",
)

Attestedness = Literal["requested", "confirmed", "denied", "expired"]


@dataclass(frozen=True, slots=True)
class Attested:
    """An attestation of a case. `proves`: the highest fact that a confirmed one shows; `at_the_company`: whether the
    company has proved that the address it came from is on its own domain, without which it shows nothing by itself.
    `signals`: what speaks for an arrangement (each the other's, a shared address, a burst), in words."""

    attestation_id: str
    credit_id: str
    state: Attestedness
    proves: Level | None = None
    answered_at: str | None = None
    at_the_company: bool = True
    signals: tuple[Bilingual, ...] = ()


class Attestations(Protocol):
    def of_case(self, case_id: str, claim: ProfileClaim, /) -> Sequence[Attested]:
        """Those that were asked for about what is claimed now, in the order in which they were."""


def run(task: TaskContext) -> StepResult:
    """A person's as soon as somebody denies a credit or something speaks for an arrangement; an answer that is still
    awaited holds nothing up."""
    claim = task.claim
    assert isinstance(claim, ProfileClaim)  # planned for profiles and credits alone
    attested = task.means.attestations.of_case(task.case.case_id, claim)
    findings = tuple(finding for one in attested for finding in _findings(one))
    doubtful = any(one.state == "denied" or one.signals for one in attested)
    return StepResult("needs_human" if doubtful else "done", findings)


def _findings(one: Attested) -> list[Finding]:
    signals = [
        against(
            _SOURCE,
            "signal",
            Bilingual(_SIGNALLED.fr.format(signal=signal.fr), _SIGNALLED.en.format(signal=signal.en)),
            credit_id=one.credit_id,
        )
        for signal in one.signals
    ]
    if one.state == "denied":
        return [against(_SOURCE, "denied", _DENIED, credit_id=one.credit_id), *signals]
    if one.state != "confirmed":
        return [noticed(_SOURCE, "awaited", _AWAITED, credit_id=one.credit_id), *signals]
    if not one.at_the_company:
        return [noticed(_SOURCE, "attested_elsewhere", _ELSEWHERE, credit_id=one.credit_id), *signals]
    confirmed = Finding(
        source=_SOURCE,
        verdict="confirms",
        reason="attested",
        note_fr=_CONFIRMED.fr,
        note_en=_CONFIRMED.en,
        credit_id=one.credit_id,
        level=one.proves,
        proves=one.proves,
        retrieved_at=one.answered_at,
    )
    return [confirmed, *signals]
