"""A freelancer's own rates, and who sees them."""

from __future__ import annotations

from typing import Any

from tests.support.browser import Window
from tests.support.screens.preferences import KEPT, UNDER_WAY
from tests.support.screens.public import NOTICE, RATES
from tests.support.site import NOT_YET, Given, Screen, Site, example, later, press, refusal
from tests.support.stand import document, down

PROFILE = example("/profiles/mine")
TWO_ROLES = PROFILE | {
    "roles": ["literary-director", "script-reader"],
    "levels": {"literary-director": "mid", "script-reader": "senior"},
    "day_rate": None,
}
PAUSED = PROFILE | {"pause": {"since": "2026-11-20T08:00:00.000Z", "until": "2027-02-01"}}
PAUSED_FOR_NOW = PROFILE | {"pause": {"since": "2026-11-20T08:00:00.000Z", "until": None}}

BLOCKS = example("/me/blocks")
NO_BLOCKS: dict[str, Any] = {"blocks": [], "limit": 30}
_BY_SIREN = BLOCKS["blocks"][1] | {"by": "siren", "name": None, "siren": "290611003"}
_OPPOSITE = BLOCKS["blocks"][0]["viewer"]
_EVERY_KIND = {
    "blocks": [
        {**block, "block_id": f"01M88GSHWCM0CK7EKKYMG7900{number}"}
        for number, block in enumerate(
            (
                *BLOCKS["blocks"],
                _BY_SIREN,
                BLOCKS["blocks"][0] | {"viewer": _OPPOSITE | {"company": "Autre Rive"}},
                BLOCKS["blocks"][0] | {"viewer": dict.fromkeys(_OPPOSITE)},
            )
        )
    ],
    "limit": 5,
}
_VIEWS = example("/me/views")
_ALL_VIEWS = _VIEWS | {
    "views": [*_VIEWS["views"], {"day": "2026-11-12", "shown": ["profile"], "viewer": dict.fromkeys(_OPPOSITE)}],
    "cursor": "more",
}

RATE_ANSWERS: dict[str, Given | dict[str, Any]] = {"GET /rates": RATES, "GET /profiles/mine": PROFILE}
PRIVACY_ANSWERS: dict[str, Given | dict[str, Any]] = {
    **KEPT,
    "GET /profiles/mine": PROFILE,
    "GET /me/views": _ALL_VIEWS,
    "GET /me/blocks": BLOCKS,
    "GET /privacy": NOTICE,
}

_TOO_FAST = refusal(429, "too_many_requests", "Trop de demandes.")
_NO_DAY = refusal(
    422,
    "invalid",
    "La demande n’est pas valide.",
    errors=[
        {
            "pointer": "/unbilled_days",
            "code": "no_day_left",
            "message": "Il ne reste aucun jour à facturer : réduisez les jours non facturés.",
        }
    ],
)
_NOT_AHEAD = refusal(
    422,
    "invalid",
    "La demande n’est pas valide.",
    errors=[{"pointer": "/until", "code": "not_ahead", "message": "Ce jour n’est pas dans les deux ans à venir."}],
)
_NAMES_NOBODY = refusal(
    422,
    "invalid",
    "La demande n’est pas valide.",
    errors=[{"pointer": "/name", "code": "names_nobody", "message": "Ce nom ne désigne aucune société."}],
)


def _rates(name: str, /, then: Any = None, **answers: Given | dict[str, Any]) -> Screen:
    return Screen(name, "/my-rates", "freelancers", answers=RATE_ANSWERS | answers, then=then)


def _privacy(name: str, /, then: Any = None, **answers: Given | dict[str, Any]) -> Screen:
    return Screen(name, "/privacy", "freelancers", answers=PRIVACY_ANSWERS | answers, then=then)


def own_figures(window: Window) -> None:
    window.page.fill("#own-desired_net", "26 400")
    window.page.fill("#own-charges_on_billed_percent", "24,6")
    # The calculation follows once one has stopped typing.
    window.page.wait_for_timeout(500)


def _no_number(window: Window) -> None:
    window.page.fill("#own-holidays", "cinq semaines")
    window.page.wait_for_timeout(500)


def _until_a_day(window: Window) -> None:
    window.page.check("#pause input[value=until]")
    window.page.fill("#pause-until", "2027-02-01")
    window.page.click("#pause form button[type=submit]")
    window.quiet()


def _without_a_day(window: Window) -> None:
    window.page.check("#pause input[value=until]")
    window.page.click("#pause form button[type=submit]")


def name_company(window: Window) -> None:
    window.page.fill("#away-company", "Les Films du Grand Large")
    window.press("Enter")


def _nobody_named(window: Window) -> None:
    press("#away form:has(#away-company) button", "#away form:has(#away-conversation) button")(window)


def _more_fails(window: Window) -> None:
    window.stand = Site(PRIVACY_ANSWERS | {"GET /me/views": _TOO_FAST})
    press("#views button")(window)


SCREENS: tuple[Screen, ...] = (
    _rates("one’s own rates"),
    _rates("the rates of two roles", **{"GET /profiles/mine": TWO_ROLES}),
    _rates("rates before a profile", **{"GET /profiles/mine": NOT_YET}),
    _rates("one’s own figures", then=own_figures),
    _rates("a figure that is no number", then=_no_number),
    _rates("figures that leave no day", **{"POST /rates/own-cost": _NO_DAY}),
    _rates("the calculation does not come", then=later, **{"POST /rates/own-cost": down()}),
    _rates("one’s own rates without the profile", then=later, **{"GET /profiles/mine": down()}),
    _rates("one’s own rates do not come", then=later, **{"GET /rates": refusal(503, "unavailable")}),
    _privacy("who sees me"),
    _privacy(
        "who sees me, at the very first",
        **{"GET /me/views": {"views": [], "cursor": None}, "GET /me/blocks": NO_BLOCKS},
    ),
    _privacy("who sees me before a profile", **{"GET /profiles/mine": NOT_YET}),
    _privacy("who sees me of an unverified profile", **{"GET /profiles/mine": PROFILE | {"status": "submitted"}}),
    _privacy("who sees me of a suspended profile", **{"GET /profiles/mine": PROFILE | {"suspended": True}}),
    _privacy(
        "nothing of who sees me comes",
        then=later,
        **{"GET /me/views": down(), "GET /me/blocks": refusal(503, "unavailable"), "GET /privacy": down()},
    ),
    _privacy("my profile does not come", then=later, **{"GET /profiles/mine": down()}),
    _privacy("an earlier page of views is refused", then=_more_fails),
    _privacy("a pause until a day", then=_until_a_day, **{"POST /profiles/mine/pause": PAUSED}),
    _privacy("a pause without its day", then=_without_a_day),
    _privacy("a pause that is refused", then=_until_a_day, **{"POST /profiles/mine/pause": _NOT_AHEAD}),
    _privacy(
        "a pause overtaken",
        then=press("#pause form button[type=submit]"),
        **{"POST /profiles/mine/pause": refusal(409, "conflict", "Le profil a changé entre-temps.")},
    ),
    _privacy("a pause for now", **{"GET /profiles/mine": PAUSED_FOR_NOW}),
    _privacy(
        "a pause that is changed",
        then=press("#pause button:has-text('durée'), #pause button:has-text('how long')"),
        **{"GET /profiles/mine": PAUSED},
    ),
    _privacy(
        "a pause that is over",
        then=press("#pause button"),
        **{"GET /profiles/mine": PAUSED, "POST /profiles/mine/resume": PROFILE},
    ),
    _privacy("companies kept away in every way", **{"GET /me/blocks": _EVERY_KIND}),
    _privacy("a company kept away", then=name_company),
    _privacy("a company that is none", then=name_company, **{"POST /me/blocks": _NAMES_NOBODY}),
    _privacy("a company refused for a while", then=name_company, **{"POST /me/blocks": _TOO_FAST}),
    _privacy("no company named", then=_nobody_named),
    _privacy(
        "a company no longer kept away",
        then=press("#away li > button"),
        **{"DELETE " + f"/me/blocks/{BLOCKS['blocks'][0]['block_id']}": document(NO_BLOCKS)},
    ),
    _privacy("who sees me while the account goes", **{"GET /me/erasure": UNDER_WAY}),
)
