"""What somebody decides about their own account: e-mails, sessions, what they take along, how they leave."""

from __future__ import annotations

from functools import partial
from typing import Any

from tests.support.browser import Window
from tests.support.site import NOT_YET, Given, Screen, Site, example, later, press, refusal
from tests.support.stand import document, down

CALM = {"suppressed": False, "reason": None, "message": None}
PREFERENCES = example("/me/preferences", address=CALM)
#: The same after somebody used the link in an e-mail.
CHANGED = PREFERENCES | {
    "language": "en",
    "kinds": PREFERENCES["kinds"] | {"contacts": {"email": False, "digest": False}},
}
ADDRESS = "producers@plot-point.test"

_ERASURE = example("/me/erasure")
_DONE = "2026-11-29T09:04:00.000Z"
_CONTEXTS = ("profiles", "conversations", "notifications", "privacy", "something-new", "account")
UNDER_WAY = _ERASURE | {
    "steps": [
        {"context": context, "state": "done" if number < 3 else "owed", "removed": number, "redacted": number % 2}
        | {"done_at": _DONE if number < 3 else None}
        for number, context in enumerate(_CONTEXTS)
    ],
}
COMPLETE = UNDER_WAY | {
    "state": "complete",
    "completed_at": _DONE,
    "steps": [one | {"state": "done", "done_at": _DONE} for one in UNDER_WAY["steps"]],
    "held": [
        {
            "kind": "report",
            "id": "01JDQ0Z6Y3M8X4V7K2N5R9T1WB",
            "ground": "report_open",
            "until": "2027-05-31T09:04:00.000Z",
            "label": {"fr": "Un signalement en cours : son motif, sa date.", "en": "A report under way: its reason."},
            "source": {"fr": "Règlement (UE) 2022/2065, article 20", "en": "Regulation (EU) 2022/2065, article 20"},
        }
    ],
}

SAVE = "#emails form button[type=submit]"
KEPT: dict[str, Given | dict[str, Any]] = {"GET /me/preferences": PREFERENCES, "GET /me/erasure": NOT_YET}


_PASSED = refusal(412, "precondition_failed", "Quelqu’un a changé ceci entre-temps.")


def _account(name: str, /, who: Any = "producers", then: Any = None, **answers: Given | dict[str, Any]) -> Screen:
    return Screen(name, "/account", who, answers=KEPT | answers, then=then)


def _overtaken(window: Window) -> None:
    window.page.click("#contacts-digest")
    window.stand = Site(KEPT | {"GET /me/preferences": CHANGED, "PUT /me/preferences": _PASSED})
    press(SAVE)(window)


def open_erasure(window: Window) -> None:
    press("#erase button")(window)


def type_address(address: str, window: Window) -> None:
    open_erasure(window)
    window.page.fill("#erase-email", address)
    window.press("Enter")


_ADDRESS_GONE = example("/me/preferences")

SCREENS: tuple[Screen, ...] = (
    _account("one’s own account"),
    _account("a freelancer’s own account", "freelancers"),
    _account("an administrator’s own account", "admins"),
    _account("an address that gets nothing any more", **{"GET /me/preferences": _ADDRESS_GONE}),
    _account("e-mails chosen and not saved", then=press("#contacts-email")),
    _account("e-mails saved", then=press("#contacts-email", SAVE)),
    _account("e-mails that could not be saved", then=press("#contacts-email", SAVE), **{"PUT /me/preferences": down()}),
    _account(
        "e-mails changed elsewhere meanwhile",
        then=_overtaken,
    ),
    _account(
        "an account whose parts do not come",
        then=later,
        **{"GET /me/preferences": down(), "GET /me/erasure": refusal(503, "unavailable")},
    ),
    _account(
        "signing out everywhere",
        then=press("section:has-text('partout') button, section:has-text('everywhere') button"),
    ),
    _account("one’s data taken along", then=press("#data button")),
    _account(
        "one’s data refused for a while",
        then=press("#data button"),
        **{"GET /me/export": refusal(429, "too_many_requests", "Trop de demandes.")},
    ),
    _account("before an account is deleted", then=open_erasure),
    _account("another address than the account’s", then=partial(type_address, "someone@else.test")),
    _account(
        "a deletion that was refused",
        then=partial(type_address, ADDRESS),
        **{"DELETE /me": refusal(503, "unavailable", "Réessayez dans un instant.")},
    ),
    _account("a deletion that begins", then=partial(type_address, ADDRESS), **{"DELETE /me": document(UNDER_WAY, 202)}),
    _account("a deletion under way", "freelancers", **{"GET /me/erasure": UNDER_WAY}),
    _account("an account that is deleted", **{"GET /me/erasure": COMPLETE}),
)
