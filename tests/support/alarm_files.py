"""Alarms as e-mails are written from them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chalicelib.notifications.casework import AlarmFile, Paper, Recipient
from chalicelib.notifications.models import AlarmStep
from chalicelib.verification.alarms import BASES, LABELS
from chalicelib.verification.wording import DOCUMENTS, what_follows
from tests.support.case_files import INES

ALARM = "alarm-1"
SAID = (
    "Le contrat produit porte une date postérieure à la diffusion.\n"
    "L’original, remis par la société, en porte une autre."
)
WHY = "Votre réponse n’explique pas pourquoi deux dates figurent sur le même contrat."

_RAISED = AlarmFile(
    alarm_id=ALARM,
    kind="profile",
    version=2,
    recipient=None,
    reason=LABELS["forged_credit_or_identity"],
    basis=BASES["own_finding"],
    what_follows=what_follows("profile", "raised"),
    text=SAID,
    papers=(
        Paper(DOCUMENTS["contract"], "2026-11-20T10:00:00.000Z"),
        Paper(DOCUMENTS["correspondence"], "2026-11-21T10:00:00.000Z"),
    ),
    reply_until="2026-12-03T08:00:00.000Z",
    decide_until="2027-01-22T08:00:00.000Z",
)
_STATES: dict[AlarmStep, str] = {"upheld": "in_force"}


def alarm_file(step: AlarmStep, kind: str = "profile", **changes: Any) -> AlarmFile:
    """The alarm as that step leaves it."""
    recipient = Recipient(INES, "ines@courriel.test", "fr", freelancer=kind == "profile")
    follows = what_follows(kind, _STATES.get(step, step))  # type: ignore[arg-type]
    file = replace(_RAISED, kind=kind, recipient=recipient, what_follows=follows)  # type: ignore[arg-type]
    if step not in ("raised",):
        file = replace(file, replied=True)
    if step in ("in_force", "appealed", "upheld"):
        file = replace(
            file,
            ruling=WHY,
            in_force_from="2026-11-28T08:00:00.000Z",
            until="2028-11-28T08:00:00.000Z",
            appeal_until="2026-12-28T08:00:00.000Z" if step == "in_force" else None,
        )
    if step in ("dismissed", "withdrawn", "lifted", "expired"):
        file = replace(file, text=None)
    return replace(file, **changes)
