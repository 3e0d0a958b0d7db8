"""Conversations, projects that fit and dates that come near, as e-mails know them: for tests to change one thing of."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from chalicelib.notifications.casework import Recipient
from chalicelib.notifications.contacts import Card, Consent, Contact, FittingProject, Given, NearDate
from chalicelib.notifications.models import ContactStep, Side
from chalicelib.vocabulary.text import Bilingual

THREAD = "thread-1"
BRIEF = "brief-1"
PROFILE = "profile-ines"
CLAIRE = Recipient("sub-producer", "claire@falaise-films.test", "fr")
INES = Recipient("sub-freelancer", "ines@courriel.test", "fr", freelancer=True)

#: When things happen in these tests.
AT = "2026-11-23T08:00:00.000Z"
DUE = "2026-11-30T17:00:00.000Z"

ANSWER = Given(
    "not_retained",
    Bilingual("Les dates ne s’accordent pas", "The dates do not match"),
    Bilingual("Merci : vos dates sont trop tardives.", "Merci : vos dates sont trop tardives."),
    AT,
)

WHY_INES = (
    Bilingual(
        "3 crédits vérifiés en polar régional, dont un unitaire 90′ en 2024.",
        "3 verified credits in regional crime, including a 90′ TV movie in 2024.",
    ),
    Bilingual(
        "En commun entre « Les Naufrageurs » (2024) et le projet : mer et littoral, secret de famille, ton sombre.",
        "“Les Naufrageurs” (2024) and the project share: seaside, family secret, dark tone.",
    ),
    Bilingual(
        "12 ans vérifiés en direction littéraire, niveau senior.",
        "12 verified years in script editing, senior level.",
    ),
)

CARD = Card(
    role="literary-director",
    format="single-90",
    genres=("regional-crime",),
    start_from=date(2026, 12, 1),
    start_until=date(2027, 1, 15),
    estimated_days=37,
    reply_by=date(2027, 1, 8),
)


def contact(reader: Side = "freelancer", **changes: Any) -> Contact:
    fields: dict[str, Any] = {
        "thread_id": THREAD,
        "reader": reader,
        "recipient": CLAIRE if reader == "producer" else INES,
        "brief_id": BRIEF,
        "code_name": "Projet Goémon",
        "role": "literary-director",
        "live": True,
        "talking": True,
        "state": "open",
    }
    if reader == "producer":
        fields |= {"person": "Inès Kerbrat", "level": "senior"}
    return Contact(**(fields | changes))


def after(step: ContactStep, reader: Side, **changes: Any) -> Contact:
    """The conversation as that step leaves it, at `AT`, for whoever is told of it."""
    fields: dict[str, dict[str, Any]] = {
        "invited": {"state": "invited", "invited_at": AT, "card": CARD if reader == "freelancer" else None},
        "interest_shown": {"state": "interested", "interested_at": AT, "answer_due_at": DUE},
        "declined": {"state": "declined", "declined_at": AT, "talking": False},
        "message": {"state": "interested", "messages": 1, "last_message_at": AT},
        "reveal_asked": {"state": "interested", "reveal": Consent(theirs=AT)},
        "revealed": {"state": "revealed", "reveal": Consent(AT, AT, AT)},
        "answered": {"state": "not_retained", "answer": ANSWER, "talking": False},
        "engagement_proposed": {"state": "revealed", "engagement": Consent(theirs=AT)},
        "engaged": {"state": "engaged", "engagement": Consent(AT, AT, AT)},
        "broken": {"state": "broken", "broken_at": AT, "talking": False},
        "interrupted": {"state": "interested", "interrupted_at": AT, "live": False},
        "answer_due": {"state": "interested", "answer_due_at": "2026-11-24T17:00:00.000Z"},
        "answer_overdue": {"state": "interested", "answer_due_at": "2026-11-20T17:00:00.000Z"},
    }
    return contact(reader, **(fields[step] | changes))


#: What is told, and to whom.
TOLD: tuple[tuple[ContactStep, Side], ...] = (
    ("invited", "freelancer"),
    ("interest_shown", "producer"),
    ("declined", "producer"),
    ("message", "freelancer"),
    ("message", "producer"),
    ("reveal_asked", "freelancer"),
    ("reveal_asked", "producer"),
    ("revealed", "freelancer"),
    ("revealed", "producer"),
    ("answered", "freelancer"),
    ("engagement_proposed", "freelancer"),
    ("engagement_proposed", "producer"),
    ("engaged", "freelancer"),
    ("engaged", "producer"),
    ("broken", "freelancer"),
    ("broken", "producer"),
    ("interrupted", "freelancer"),
    ("answer_due", "producer"),
    ("answer_overdue", "producer"),
)


def fitting(**changes: Any) -> FittingProject:
    fields: dict[str, Any] = {
        "brief_id": BRIEF,
        "recipient": INES,
        "open_to_them": True,
        "code_name": "Projet Goémon",
        "urgent": False,
        "reasons": WHY_INES,
        **asdict(CARD),
    }
    return FittingProject(**(fields | changes))


def near(**changes: Any) -> NearDate:
    fields: dict[str, Any] = {
        "brief_id": BRIEF,
        "recipient": CLAIRE,
        "binds": True,
        "code_name": "Projet Goémon",
        "role": "literary-director",
        "which": "option_end",
        "title": Bilingual("Fin de l’option", "End of the option"),
        "why": Bilingual(
            "L’option prend fin le 30 novembre 2026 : les droits s’éteignent ensuite.",
            "The option ends on 30 November 2026: the rights lapse afterwards.",
        ),
        "day": date(2026, 11, 30),
        "waiting": 0,
        "invited": 2,
    }
    return NearDate(**(fields | changes))
