"""Reports and decisions of moderation as e-mails are written from them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chalicelib.moderation.grounds import EFFECTS, GROUNDS, NOT_AUTOMATED, OUTCOMES, REDRESS, REPORT_REASONS
from chalicelib.notifications.models import RulingStep
from chalicelib.notifications.rulings import DecisionFile, ReportFile
from tests.support.contact_files import CLAIRE, INES

_REPORT = ReportFile(
    about="conversation",
    author=INES,
    other=CLAIRE,
    code_name="Projet Goémon",
    reason=REPORT_REASONS["unpaid_work"],
    due_at="2026-11-24T08:00:00.000Z",
    outcome=OUTCOMES["reminder"],
    answer="La production demandait une note de lecture complète avant tout contrat.\nElle ne la demande plus.",
    reminder="Une lecture d’essai est un travail : elle se paie, et son montant figure dans le projet.",
)
_DECISION = DecisionFile(
    measure_id="measure-1",
    kind="brief",
    owner=CLAIRE,
    code_name="Projet Goémon",
    in_force=True,
    effect=EFFECTS["brief"],
    facts="Le troisième paragraphe de la fiche nomme la rue et le numéro de vos bureaux.",
    reported=False,
    ground=GROUNDS["identity_told"].label,
    rule=GROUNDS["identity_told"].rule,
    automated=NOT_AUTOMATED,
    redress=REDRESS,
    reply_until="2026-12-07T08:00:00.000Z",
    appeal_until="2027-05-23T08:00:00.000Z",
)
_SUSPENSION = replace(
    _DECISION,
    code_name="",
    facts="Après un premier rappel, vous avez de nouveau proposé une lecture d’essai sans rémunération.",
    reported=True,
    ground=GROUNDS["repeated_breach"].label,
    rule=GROUNDS["repeated_breach"].rule,
    until="2026-12-23T08:00:00.000Z",
)


def report_file(step: RulingStep) -> ReportFile:
    """The report as that step leaves it."""
    received: dict[str, Any] = {"outcome": None, "answer": None, "reminder": None}
    return replace(_REPORT, **received) if step == "report_received" else _REPORT


def decision_file(step: RulingStep, kind: str = "brief") -> DecisionFile:
    """The decision as that step leaves it."""
    made = _DECISION if kind == "brief" else replace(_SUSPENSION, kind=kind, effect=EFFECTS[kind])  # type: ignore[arg-type,index]
    upheld = "Le second message a bien été envoyé après le rappel." if step == "upheld" else None
    return replace(made, in_force=step not in ("lifted", "expired"), upheld=upheld)
