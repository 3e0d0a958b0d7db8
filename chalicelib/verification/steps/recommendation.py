"""Where a case should go, and why, from what the other steps found. It decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.verification.models import Finding, Step
from chalicelib.verification.steps.contract import StepResult, TaskContext, noticed
from chalicelib.verification.subjects import LEVELS
from chalicelib.vocabulary.text import Bilingual

_SOURCE = "recommendation"
_CONTRADICTED = Bilingual(
    "Un élément contredit la déclaration : à examiner à deux.",
    "Something contradicts the declaration: to be looked at by two people.",
)
_REJECTED = Bilingual(
    "Un élément saisi ne peut pas être exact : demandez une correction.",
    "Something that was entered cannot be right: ask for a correction.",
)
_UNSHOWN = Bilingual(
    "Rien n’établit encore ce crédit : justificatif ou attestation à demander.",
    "Nothing shows this credit yet: ask for a document or an attestation.",
)
_FOR_A_PERSON = Bilingual("À examiner par une personne : {step}.", "For a person to look at: {step}.")
_ALL_SHOWN = Bilingual(
    "Tout ce qui est déclaré est établi par au moins une source.",
    "Everything declared is shown by at least one source.",
)

_STEPS: dict[str, Bilingual] = {
    "identity": Bilingual("identité", "identity"),
    "experience": Bilingual("expérience", "experience"),
    "company_registry": Bilingual("registre des sociétés", "company register"),
    "credit": Bilingual("crédit", "credit"),
    "evidence": Bilingual("justificatifs", "documents"),
    "attestation": Bilingual("attestations", "attestations"),
    "alarms": Bilingual("alertes", "alarms"),
}


def run(task: TaskContext) -> StepResult:
    """Two reviewers as soon as something contradicts; the fast lane where everything is shown and nothing asks for a
    person; the normal way otherwise."""
    steps = task.others
    contradicted = [one for step in steps for one in step.findings if one.verdict == "contradicts" and not one.pointer]
    rejected = [one for step in steps for one in step.findings if one.pointer]
    reasons = [noticed(_SOURCE, "contradicted", _CONTRADICTED, credit_id=one.credit_id) for one in contradicted]
    reasons += [noticed(_SOURCE, "rejected_input", _REJECTED, credit_id=one.credit_id) for one in rejected]
    reasons += _unshown(steps)
    reasons += [
        noticed(_SOURCE, "needs_human", _said(step))
        for step in steps
        if step.outcome == "needs_human" and step.kind != "credit"
    ]
    reasons = list(dict.fromkeys(reasons))
    if contradicted:
        return StepResult("done", tuple(reasons), route="two_reviewers")
    if reasons:
        return StepResult("done", tuple(reasons), route="normal")
    return StepResult("done", (noticed(_SOURCE, "all_shown", _ALL_SHOWN),), route="fast_lane")


def _unshown(steps: Sequence[Step]) -> list[Finding]:
    """A credit counts as shown when its participation is: that a work exists says nothing of who worked on it."""
    proven: dict[str | None, int] = {}
    for step in steps:
        for one in step.findings:
            if one.proves:
                proven[one.credit_id] = max(proven.get(one.credit_id, 0), LEVELS.index(one.proves))
    return [
        noticed(_SOURCE, "unshown", _UNSHOWN, credit_id=step.credit_id)
        for step in steps
        if step.credit_id and proven.get(step.credit_id, 0) < LEVELS.index("participation")
    ]


def _said(step: Step) -> Bilingual:
    name = _STEPS[step.kind]
    return Bilingual(_FOR_A_PERSON.fr.format(step=name.fr), _FOR_A_PERSON.en.format(step=name.en))
