"""A company against the register: its number by its check digits, then what the register knows under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from chalicelib.verification.steps.contract import StepResult, TaskContext, against, noticed
from chalicelib.verification.steps.credit import Evidence, finding_of
from chalicelib.verification.subjects import CompanyClaim
from chalicelib.vocabulary.text import Bilingual

_MALFORMED = Bilingual(
    "Ce SIREN est mal formé : vérifiez ses neuf chiffres.", "This SIREN is malformed: check its nine digits."
)
_NO_REGISTER = Bilingual(
    "Aucun registre n’est configuré : la société n’a pas été contrôlée automatiquement.",
    "No register is configured: the company was not checked automatically.",
)


class Registry(Protocol):
    def look_up(self, claim: CompanyClaim, /) -> Sequence[Evidence]:
        """What the register knows under the company's SIREN (state, name, activity code), compared with the claim.
        Nothing where no register is configured. Raises Retryable for what passes by itself."""


def run(task: TaskContext) -> StepResult:
    from stdnum.fr import siren

    claim = task.company
    assert claim is not None  # planned for companies alone
    if not siren.is_valid(claim.siren):
        return StepResult("rejected_input", (against("siren", "malformed", _MALFORMED, pointer="/siren"),))
    answers = task.means.registry.look_up(claim)
    if not answers:
        return StepResult("needs_human", (noticed("register", "no_source", _NO_REGISTER),))
    findings = tuple(finding_of(answer, None) for answer in answers)
    confirmed = all(one.verdict == "confirms" for one in findings)
    return StepResult("done" if confirmed else "needs_human", findings)
