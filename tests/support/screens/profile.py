"""A freelancer's own profile, free days and credits, and what a production sees of them."""

from __future__ import annotations

import copy
from typing import Any

from tests.support.browser import Window
from tests.support.site import NOT_YET, Given, Screen, Site, example, later, refusal
from tests.support.stand import Answer, document, down

Answers = dict[str, Given | dict[str, Any]]

PROFILE = example("/profiles/mine")
CREDIT = PROFILE["credits"][0]
_NOT_SHOWN = {"holds": None, "source": None, "checked_at": None, "expires_at": None, "by": None}
DECLARED = CREDIT | {
    "credit_id": "01M890MRE0QDDYAK1E220TCEM0",
    "level": 0,
    "facts": {"work": _NOT_SHOWN, "participation": _NOT_SHOWN, "function": _NOT_SHOWN},
    "title": "Le Passage du Raz",
    "year": 2026,
    "format": "mini-series",
    "genres": ["family-saga", "regional-crime"],
    "tones": ["romanesque", "dark"],
    "isan": None,
}
NO_PROFILE: Answers = {"GET /profiles/mine": NOT_YET}
NO_CASE: Answers = {"GET /verification/mine": {"cases": [], "cursor": None}}


def mine(**changes: Any) -> Answers:
    return {"GET /profiles/mine": copy.deepcopy(PROFILE) | changes}


#: As somebody has it who has just begun: complete enough to be verified, and in no hurry to say more.
NEW = (
    mine(
        status="draft",
        credits=[DECLARED],
        levels={"literary-director": "junior"},
        verified_years={},
        decision_reason=None,
        day_rate=None,
        specialities={name: [] for name in PROFILE["specialities"]},
        external_ids=dict.fromkeys(PROFILE["external_ids"]),
    )
    | NO_CASE
)
BARE = NEW | {
    "GET /profiles/mine": NEW["GET /profiles/mine"]  # type: ignore[operator]
    | {"credits": [], "bio": {"fr": None, "en": None}, "region": None, "availability": [], "work_modes": []}
}
_CASE = example("/verification/mine")["cases"][0]
UNDER_WAY: Answers = {
    "GET /verification/mine": {
        "cases": [
            _CASE | {"state": "queued", "state_label": {"fr": "en attente de lecture", "en": "queued"}, "outcome": None}
        ],
        "cursor": None,
    }
}
QUESTION: Answers = {
    "GET /verification/mine": {
        "cases": [
            _CASE
            | {
                "kind": "credit",
                "credit_id": DECLARED["credit_id"],
                "state": "information_requested",
                "state_label": {"fr": "une question vous est posée", "en": "a question is asked"},
                "outcome": None,
            }
        ],
        "cursor": None,
    }
}
ONE_BADGE: Answers = {
    "GET /verification/mine/badges": example("/verification/mine/badges")
    | {
        "credits": [
            example("/verification/mine/badges")["credits"][0]
            | {
                "credit_id": CREDIT["credit_id"],
                "level": 1,
                "badges": example("/verification/mine/badges")["credits"][0]["badges"][:1],
            }
        ]
    }
}


def change(window: Window, section: str) -> None:
    """Opens a section of the profile to be changed."""
    window.page.click(f"#{section} button:has-text('Modifier'), #{section} button:has-text('Change')")
    window.quiet()


def _opened(section: str) -> Any:
    return lambda window: change(window, section)


def _every_section(window: Window) -> None:
    for section in ("identity", "bio", "availability", "tastes", "rate", "numbers"):
        change(window, section)


def _submit(window: Window) -> None:
    window.page.click("main form button[type=submit]")


def _stretch(window: Window) -> None:
    change(window, "availability")
    window.page.click("[role=grid] button:enabled >> nth=0")
    window.page.click("[role=grid] button:enabled >> nth=-1")


def _other_name(window: Window) -> None:
    change(window, "identity")
    window.page.fill("#display_name", "Inès Kerbrat-Le Goff")


def _wrong_number(window: Window) -> None:
    change(window, "numbers")
    window.page.fill("#imdb", "Kerbrat")
    _submit(window)


def _refused(*pointers: str) -> Answer:
    errors = [{"pointer": pointer, "code": "wrong", "message": "Relisez ceci."} for pointer in pointers]
    return refusal(422, "invalid", "Relisez ce que vous avez saisi.", errors=errors)


def race(window: Window) -> None:
    """The bio is saved elsewhere while one writes it here."""
    change(window, "bio")
    window.page.fill("#bio_fr", "Directrice littéraire, dix ans de polar.")
    window.stand = Site(
        {
            "GET /profiles/mine": document(
                PROFILE | {"bio": {"fr": "Directrice littéraire en Bretagne.", "en": None}}, ETag='"4"'
            ),
            "PUT /profiles/mine": refusal(412, "precondition_failed", "Cela a changé entre-temps."),
        }
    )
    _submit(window)


def _begin(window: Window) -> None:
    window.page.check("#roles input >> nth=0")
    window.page.click("#free label >> nth=1")


def _begin_wrong(window: Window) -> None:
    window.page.check("#roles input >> nth=0")
    _submit(window)


def declare(window: Window, title: str = "Les Marées basses") -> None:
    """Fills in what a credit needs, but for what it begins with."""
    window.page.fill("#title", title)
    window.page.fill("#year", "2025")
    window.page.select_option("#format", "series-52")
    window.page.fill("#company", "Ateliers du Phare")
    window.page.fill("#synopsis", "Deux sœurs reprennent une criée.")
    window.page.fill("#contribution", "Suivi des auteurs, de la bible aux continuités.")


def _declare_another(window: Window) -> None:
    declare(window)
    window.page.click("main form button:has-text('en ajouter un autre'), main form button:has-text('add another')")


def _declare_wrong(window: Window) -> None:
    declare(window)
    _submit(window)


def _correct(window: Window) -> None:
    window.page.fill("#contribution", "Notes de lecture.")


def correct_race(window: Window) -> None:
    """The credit is saved elsewhere while one corrects it here."""
    _correct(window)
    window.stand = Site(
        {
            "GET /profiles/mine": document(
                PROFILE | {"credits": [CREDIT | {"contribution": "Lecture seule.", "genres": ["noir"]}]}, ETag='"4"'
            ),
            f"PUT /profiles/mine/credits/{CREDIT['credit_id']}": refusal(412, "precondition_failed", "Cela a changé."),
        }
    )
    _submit(window)


def _remove(window: Window) -> None:
    window.page.click("article button:has-text('Retirer'), article button:has-text('Remove')")


def _remove_and_see(window: Window) -> None:
    _remove(window)
    window.quiet()
    window.page.click("[role=dialog] .mantine-Button-root >> nth=0")


_TWO = mine(credits=[CREDIT, DECLARED]) | NO_CASE
_CORRECT = f"/profile/credits/{CREDIT['credit_id']}"

SCREENS: tuple[Screen, ...] = (
    Screen("a profile", "/profile", "freelancers"),
    Screen("a profile to begin", "/profile", "freelancers", NO_PROFILE, then=_begin),
    Screen(
        "a profile that begins wrongly",
        "/profile",
        "freelancers",
        NO_PROFILE | {"PUT /profiles/mine": _refused("/roles/0", "/bio/fr", "/external_ids/isni")},
        then=_begin_wrong,
    ),
    Screen("a profile just begun", "/profile", "freelancers", NO_PROFILE, then=_begin_wrong),
    Screen("a profile with nothing in it yet", "/profile", "freelancers", BARE),
    Screen("a profile to be verified", "/profile", "freelancers", NEW),
    Screen(
        "a profile whose verification is refused at once",
        "/profile",
        "freelancers",
        NEW | {"POST /verification/mine": refusal(429, "too_many", "Trop de demandes à la fois.")},
        then=lambda window: window.page.click("aside .mantine-Button-root >> nth=0"),
    ),
    Screen("a profile under verification", "/profile", "freelancers", mine(status="submitted") | UNDER_WAY),
    Screen(
        "a profile that pauses",
        "/profile",
        "freelancers",
        mine(pause={"since": "2026-11-25T04:52:59.916Z", "until": "2027-02-01"}, status="partly_verified"),
    ),
    Screen("a profile that is suspended", "/profile", "freelancers", mine(suspended=True)),
    Screen(
        "a profile with a background",
        "/profile",
        "freelancers",
        mine(
            background={
                "kinds": ["internship", "reading_report"],
                "checked_at": "2026-11-24T10:12:00.000Z",
                "expires_at": "2028-11-23T10:12:00.000Z",
            }
        ),
    ),
    Screen("every section of a profile being changed", "/profile", "freelancers", then=_every_section),
    Screen("a stretch of free days", "/profile", "freelancers", mine(availability=[]), then=_stretch),
    Screen("another name", "/profile", "freelancers", then=_other_name),
    Screen(
        "a number that is none",
        "/profile",
        "freelancers",
        {"PUT /profiles/mine": _refused("/external_ids/imdb", "/bio/fr")},
        then=_wrong_number,
    ),
    Screen(
        "a profile saved without a network",
        "/profile",
        "freelancers",
        {"PUT /profiles/mine": down()},
        then=_wrong_number,
    ),
    Screen("a profile changed by two at once", "/profile", "freelancers", then=race),
    Screen("a profile that is not there", "/profile", "freelancers", {"GET /profiles/mine": down()}, then=later),
    Screen("a profile, for a producer", "/profile", "producers"),
    Screen("one’s credits", "/profile/credits", "freelancers", _TWO | ONE_BADGE),
    Screen(
        "one’s credits, one with a question", "/profile/credits", "freelancers", mine(credits=[DECLARED]) | QUESTION
    ),
    Screen("one’s credits before verification", "/profile/credits", "freelancers", NEW),
    Screen("no credits", "/profile/credits", "freelancers", BARE),
    Screen("credits without a profile", "/profile/credits", "freelancers", NO_PROFILE),
    Screen(
        "one’s credits without their verifications",
        "/profile/credits",
        "freelancers",
        {"GET /verification/mine/badges": refusal(503, "down", "Le service ne répond pas.")},
        then=later,
    ),
    Screen(
        "a credit to be removed",
        "/profile/credits",
        "freelancers",
        {f"DELETE /profiles/mine/credits/{CREDIT['credit_id']}": down()},
        then=_remove,
    ),
    Screen("a credit that was removed", "/profile/credits", "freelancers", then=_remove_and_see),
    Screen("a new credit", "/profile/credits/new", "freelancers"),
    Screen("a new credit without a profile", "/profile/credits/new", "freelancers", NO_PROFILE),
    Screen("a new credit with nothing in it", "/profile/credits/new", "freelancers", then=_submit),
    Screen("a new credit, then another", "/profile/credits/new", "freelancers", then=_declare_another),
    Screen(
        "a new credit that is refused",
        "/profile/credits/new",
        "freelancers",
        {"POST /profiles/mine/credits": _refused("/isan", "/genres/0", "/year", "/elsewhere")},
        then=_declare_wrong,
    ),
    Screen("a credit to correct", _CORRECT, "freelancers", then=_correct),
    Screen("a credit corrected by two at once", _CORRECT, "freelancers", then=correct_race),
    Screen("a credit that is gone", "/profile/credits/01M890MRE0QDDYAK1E220TCEM9", "freelancers"),
    Screen("one’s profile as a production sees it", "/profile/preview", "freelancers", _TWO),
    Screen("nobody’s profile as a production sees it", "/profile/preview", "freelancers", NO_PROFILE),
    Screen("a profile that no production sees yet", "/profile/preview", "freelancers", NEW),
)
