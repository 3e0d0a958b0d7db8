"""A producer's company: introduced, verified, corrected by two at once, joined."""

from __future__ import annotations

from typing import Any

from tests.support.browser import Window
from tests.support.site import NOT_YET, Screen, Site, example, later, press, refusal
from tests.support.stand import Answer, document, down

COMPANY = example("/companies/mine")
VERIFIED_CASE = example("/verification/mine")["cases"][0] | {"kind": "company"}
DRAFT_CASE = VERIFIED_CASE | {"state": "draft", "state_label": {"fr": "brouillon", "en": "draft"}, "outcome": None}
MANDATE = {
    "what": "proof_of_mandate",
    "credit_id": None,
    "message": {
        "fr": "Joignez de quoi établir votre mandat au sein de la société.",
        "en": "Send what shows your mandate within the company.",
    },
    "until": None,
}
DOSSIER = example("/verification/mine/x") | {
    "kind": "company",
    "state": "draft",
    "state_label": {"fr": "brouillon", "en": "draft"},
    "missing": [MANDATE],
    "decision": None,
    "badges": [],
    "questions": [],
    "checks": [],
    "outcome": None,
    "submitted_at": None,
    "appeal_until": None,
}
NO_COMPANY = {"GET /companies/mine": NOT_YET}
UNVERIFIED = {"GET /companies/mine": COMPANY | {"status": "unverified", "decision_reason": None}}


def listed(*cases: dict[str, object]) -> dict[str, object]:
    return {"cases": list(cases), "cursor": None}


def _introduce(window: Window) -> None:
    window.page.fill("#legal_name", "Sémaphore Récits")
    window.page.fill("#siren", "290 611 003")
    window.page.fill("#email_domain", "semaphore-recits.example")
    window.page.fill("#mandate", "Productrice associée")
    window.page.click("main form button[type=submit]")


def _wrong_number(window: Window) -> None:
    window.page.fill("#siren", "290 611 004")


def correct(window: Window) -> None:
    window.page.fill("#mandate", "Gérante")
    window.page.click("main form button[type=submit]")


def _invite(window: Window) -> None:
    window.page.fill("#colleague", "paul@semaphore-recits.example")
    window.page.click("main form:has(#colleague) button[type=submit]")


def race(window: Window) -> None:
    """A colleague saves while one corrects the mandate."""
    theirs = COMPANY | {"mandate": "Directrice du développement", "people": ["Agathe Lormeau", "Paul Nivet"]}
    window.stand = Site(
        {
            "GET /companies/mine": document(theirs, ETag='"4"'),
            "PUT /companies/mine": refusal(412, "precondition_failed", "Cela a changé entre-temps."),
        }
    )
    correct(window)


def _wrong_lines() -> Answer:
    errors = [
        {"pointer": "/people/0", "code": "too_short", "message": "Deux caractères au moins."},
        {"pointer": "/website", "code": "wrong_website", "message": "L’adresse d’un site est attendue."},
    ]
    return refusal(422, "invalid", "Relisez ce que vous avez saisi.", errors=errors)


def invited() -> dict[str, Any]:
    """Of each of them how far its e-mail came."""
    members = example("/companies/mine/members")
    [one] = members["invitations"]
    went = {"on_its_way": "lou", "sent": "nour", "arrived": "paul", "undelivered": "marie-clementine.de-la-pointe"}
    return members | {
        "invitations": [
            one | {"invitation_id": way, "email": f"{who}@semaphore-recits.example", "went": way}
            for way, who in went.items()
        ]
    }


SCREENS: tuple[Screen, ...] = (
    Screen("a verified company", "/company", "producers"),
    Screen(
        "a company that is to be verified",
        "/company",
        "producers",
        {**UNVERIFIED, "GET /verification/mine": listed()},
    ),
    Screen(
        "a company whose request is to be finished",
        "/company",
        "producers",
        {
            **UNVERIFIED,
            "GET /verification/mine": listed(DRAFT_CASE),
            f"GET /verification/mine/{DRAFT_CASE['case_id']}": DOSSIER,
        },
    ),
    Screen(
        "a company that is suspended", "/company", "producers", {"GET /companies/mine": COMPANY | {"suspended": True}}
    ),
    Screen("a company to introduce", "/company", "producers", NO_COMPANY),
    Screen("a SIREN that is not one", "/company", "producers", NO_COMPANY, then=_wrong_number),
    Screen(
        "a company that was just introduced",
        "/company",
        "producers",
        {**NO_COMPANY, "POST /verification/mine": document(DOSSIER, 201)},
        then=_introduce,
    ),
    Screen(
        "a company with words that do not pass",
        "/company",
        "producers",
        {"PUT /companies/mine": _wrong_lines()},
        then=correct,
    ),
    Screen("a company that a colleague changes too", "/company", "producers", then=race),
    Screen("a company that was corrected", "/company", "producers", then=correct),
    Screen("a company that cannot be read", "/company", "producers", {"GET /companies/mine": down()}, then=later),
    Screen("a colleague who is invited", "/company", "producers", then=_invite),
    Screen("invitations that wait", "/company", "producers", {"GET /companies/mine/members": invited()}),
    Screen(
        "a colleague at another address",
        "/company",
        "producers",
        {
            "POST /companies/mine/members": refusal(
                422, "foreign_address", "Invitez vos collègues à leur adresse professionnelle."
            )
        },
        then=_invite,
    ),
    Screen("a company to join", "/company/join", "producers"),
    Screen(
        "no invitation",
        "/company/join",
        "producers",
        {"POST /companies/join": refusal(404, "not_found", "Cela n’existe pas.")},
        then=press("main button"),
    ),
    Screen(
        "somebody who has joined already",
        "/company/join",
        "producers",
        {"POST /companies/join": refusal(409, "already_member", "Cette personne fait déjà partie d’une société.")},
        then=press("main button"),
    ),
)
