"""Cases of verification as e-mails are written from them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chalicelib.notifications.casework import (
    Asked,
    CaseFile,
    CreditFile,
    Decided,
    Invitation,
    Recipient,
    ShownFact,
)
from chalicelib.notifications.models import Moment
from chalicelib.vocabulary.text import Bilingual

CASE = "case-1"
INES = "sub-ines"
HAPPENED = "2026-11-23T08:00:00.000Z"
CHECKED = "2026-11-20T10:00:00.000Z"

ESTABLISHED = CreditFile(
    title="Marée de quatre heures",
    year=2024,
    function="literary-director",
    facts=(
        ShownFact("work", "wikidata", CHECKED),
        ShownFact("participation", "attestation", CHECKED),
        ShownFact("function", "review", CHECKED),
    ),
)
_HALF_WAY = CreditFile("Le Phare de Kerity", 2021, "literary-director", (ShownFact("work", "databnf", CHECKED),))
_NOT_YET = CreditFile("Pension Corentine", 2018, "literary-director")

IN_PART = Decided(
    outcome="partly_verified",
    ground=Bilingual("Une partie est confirmée", "Part of it is confirmed"),
    text="La participation est établie.\nIl reste Le Phare.",
    decided_at=HAPPENED,
)
REFUSED = Decided(
    outcome="refused",
    ground=Bilingual("Les justificatifs manquent", "Supporting documents are missing"),
    text="Aucun document ne nous est parvenu.",
    decided_at=HAPPENED,
)
QUESTION = Asked("Quelle saison avez-vous suivie ?", HAPPENED, "2026-12-07T08:00:00.000Z")

INVITATION = Invitation(
    address="paul@falaise-films.test",
    link="https://plot-point.test/api/attestations/signed",
    person="Inès Kerbrat",
    work="Le Phare de Kerity",
    function="literary-director",
    company="Falaise Films",
    year=2021,
    started_year=2019,
    expires_at="2026-12-07T08:00:00.000Z",
)


def case_file(moment: Moment, kind: str = "profile", **changes: Any) -> CaseFile:
    """A case that has just come to this moment, at `HAPPENED`."""
    credits = {"profile": (ESTABLISHED, _HALF_WAY, _NOT_YET), "credit": (_HALF_WAY,), "company": ()}[kind]
    file = CaseFile(
        case_id=CASE,
        kind=kind,  # type: ignore[arg-type]
        state="queued",
        recipient=Recipient(INES, "ines@courriel.test", "fr", freelancer=kind != "company"),
        credits=credits,
        submitted_at=HAPPENED,
    )
    due, appeal_until = "2026-11-24T08:00:00.000Z", "2026-12-23T08:00:00.000Z"
    decision = REFUSED if kind == "company" else IN_PART
    stand: dict[Moment, dict[str, Any]] = {
        "received": {"due_at": due},
        "question": {"state": "information_requested", "question": QUESTION},
        "decided": {"state": decision.outcome, "decision": decision, "appeal_until": appeal_until},
        "appealed": {"state": "appealed", "decision": decision, "appealed_at": HAPPENED, "due_at": due},
        "appeal_decided": {
            "state": "final",
            "decision": decision,
            "appealed_at": "2026-11-20T08:00:00.000Z",
            "appeal_decision": decision,
        },
        "withdrawn": {"state": "withdrawn"},
        "expired": {"state": "expired", "question": QUESTION},
        "reopened": {"state": "reopened", "reopened": True, "due_at": due},
    }
    return replace(file, **{**stand[moment], **changes})
