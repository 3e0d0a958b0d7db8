"""A production's projects: the list of them, one being written and published, and as freelancers see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.browser import Window
from tests.support.site import NOT_YET, Screen, example, later, refusal
from tests.support.stand import Answer, Asked, document, down

BRIEF = example("/briefs/x")
ID = BRIEF["brief_id"]
ADDRESS = f"/briefs/{ID}"
EDIT = f"{ADDRESS}/edit"
CHECK = example("/briefs/x/check", "POST")
COMPANY = example("/companies/mine")
OUTREACH = example("/briefs/x/outreach")
MEASURE = example("/moderation/mine/x")

_UNWRITTEN = (
    *("format", "development_stage", "episode_count", "source_material", "rights_status", "option_end_date"),
    *("logline", "pitch", "role", "detailed_tasks", "working_mode", "region", "start_window", "estimated_days"),
    *("budget", "calendar", "deadline", "published_at"),
)
#: Begun, and nothing of it but its name.
BEGUN: dict[str, Any] = {
    **{name: [] if isinstance(value, list) else value for name, value in BRIEF.items()},
    **dict.fromkeys(_UNWRITTEN),
    "status": "draft",
    "code_name": "Projet Varech",
}
DRAFT = {**BRIEF, "status": "draft"}
LEAKING = {**DRAFT, "logline": {"fr": "Chez Sémaphore Récits, une gendarme cherche un marin. 🎬", "en": None}}
RETURNED = {**BRIEF, "status": "returned", "measure_id": MEASURE["measure_id"]}
LACKS_BUDGET = {**CHECK, "findings": []}
READY = {
    **CHECK,
    "findings": [],
    "missing": [],
    "publishable": True,
    "rate_notice": {"fr": "Dans la grille.", "en": "In it."},
}
WARNED = {
    **CHECK["findings"][0],
    "severity": "warn",
    "pointer": "/pitch/fr",
    "passage": "la fille du disparu",
    "start": 17,
    "end": 36,
    "companies": 2,
    "wording": None,
}


def listed(*briefs: dict[str, Any]) -> dict[str, Any]:
    return {"GET /briefs": {"briefs": list(briefs), "cursor": None}}


def of_id(number: int, **changes: Any) -> dict[str, Any]:
    """Another project of the same company."""
    return {**BRIEF, "brief_id": f"01M890MRE0PE83GV91X3G5HA{number:02}", **changes}


def reached(number: int, **changes: Any) -> dict[str, Any]:
    return {f"GET /briefs/01M890MRE0PE83GV91X3G5HA{number:02}/outreach": {**OUTREACH, **changes}}


def project(brief: dict[str, Any], check: dict[str, Any] = CHECK, **more: Any) -> dict[str, Any]:
    """The answers about one project as it stands."""
    return {f"GET {ADDRESS}": brief, f"POST {ADDRESS}/check": check, f"PATCH {ADDRESS}": brief, **more}


def write(selector: str, text: str, *then: Callable[[Window], None]) -> Callable[[Window], None]:
    def act(window: Window) -> None:
        window.page.fill(selector, text)
        window.later()
        for one in then:
            one(window)

    return act


def click(*selectors: str) -> Callable[[Window], None]:
    def act(window: Window) -> None:
        for selector in selectors:
            window.page.click(selector)
            window.quiet()

    return act


def changed_meanwhile(asked_before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Somebody else saves between the first reading and one's own change."""
    read: list[Asked] = []

    def get(asked: Asked) -> Answer:
        read.append(asked)
        return document(now if len(read) > 1 else asked_before, ETag='"4"' if len(read) > 1 else '"3"')

    return {f"GET {ADDRESS}": get, f"PATCH {ADDRESS}": refusal(412, "precondition_failed")}


_DANGER = {
    "short": "days",
    "silence": "nobody_invited",
    "message": {"fr": "Il reste 12 jours et personne n’est invité.", "en": "12 days are left and nobody is invited."},
}
_BUSY = {
    **listed(
        of_id(1, code_name="Marée haute", deadline="2026-12-09", option_end_date="2026-12-09"),
        of_id(2, code_name="Projet Goémon"),
        of_id(3, code_name="Projet Estran", option_end_date=None, deadline="2027-01-07"),
        of_id(4, code_name="Les Veilleuses"),
        of_id(5, code_name="Nuit blanche"),
        of_id(6, code_name="La Ligne d’horizon"),
        RETURNED,
        {**BEGUN, "brief_id": of_id(7)["brief_id"]},
        of_id(8, status="draft", code_name=None),
        of_id(9, status="filled", code_name="Projet Jusant"),
        of_id(10, status="expired", code_name="Projet Dune"),
    ),
    **reached(1, danger=_DANGER, interested=0),
    **reached(2, interested=2),
    **reached(3, wave={"now": 3, "next_on": None, "later": 0}),
    **reached(4, shown=0, wave=None),
    **reached(5, wave={"now": 0, "next_on": "2026-12-08", "later": 2}, waiting=2),
    **reached(6, wave={"now": 0, "next_on": None, "later": 0}, waiting=0),
}
_OVERDUE = refusal(409, "answers_overdue", "Des personnes attendent votre réponse depuis trop longtemps (2).")
_PAST = {
    "errors": [{"pointer": "/option_end_date", "code": "in_the_past", "message": "Cette date est passée."}],
}
_LEAK = {
    "errors": [
        {
            "pointer": "/logline/fr",
            "code": "identity_leak",
            "message": "Caractères 6 à 21 : ce passage nomme votre société.",
            "start": 5,
            "end": 21,
        }
    ]
}


def _at_last(window: Window) -> None:
    """After the second try, and that of the fields."""
    later(window)
    later(window)


_NO_WORDS = {"GET /taxonomy": refusal(503)}
_PUBLISH = "main form button.mantine-Button-root[data-size=lg]"
_STAGES = "main fieldset#stage input[value={}]"

SCREENS: tuple[Screen, ...] = (
    # ---- the projects
    Screen("a production’s projects", "/", "producers", _BUSY),
    Screen("a new production", "/", "producers", {"GET /companies/mine": NOT_YET}),
    Screen("a production without projects", "/", "producers", listed()),
    Screen(
        "a production to be verified",
        "/",
        "producers",
        {**listed({**BEGUN}), "GET /companies/mine": {**COMPANY, "status": "unverified"}},
    ),
    Screen(
        "a suspended production",
        "/",
        "producers",
        {**listed(), "GET /companies/mine": {**COMPANY, "suspended": True}},
    ),
    Screen(
        "more projects than a page holds",
        "/",
        "producers",
        {"GET /briefs": {"briefs": [of_id(1)], "cursor": "next"}, **reached(1)},
    ),
    Screen("projects that cannot be read", "/", "producers", {"GET /briefs": refusal(500)}, then=later),
    Screen("a production that cannot be read", "/", "producers", {"GET /companies/mine": down()}, then=later),
    Screen(
        "a project whose standing is not known",
        "/",
        "producers",
        {**listed(of_id(1)), "GET /briefs/01M890MRE0PE83GV91X3G5HA01/outreach": refusal(503)},
        then=later,
    ),
    # ---- a new one
    Screen("a new project", "/briefs/new", "producers"),
    Screen("a new project without a company", "/briefs/new", "producers", {"GET /companies/mine": NOT_YET}),
    Screen("a new project that is saved", "/briefs/new", "producers", {}, then=write("#f-code_name", "Projet Goémon")),
    Screen(
        "a new project without a network",
        "/briefs/new",
        "producers",
        {"POST /briefs": down()},
        then=write("#f-code_name", "Projet Goémon"),
    ),
    Screen(
        "a new project whose company is gone",
        "/briefs/new",
        "producers",
        {"POST /briefs": refusal(409, "no_company")},
        then=write("#f-code_name", "Projet Goémon"),
    ),
    Screen("a new project’s last step", "/briefs/new?step=5", "producers"),
    # ---- being written
    Screen("a project begun", EDIT, "producers", project(BEGUN, LACKS_BUDGET)),
    Screen("a project", f"{EDIT}?step=1", "producers", project(DRAFT, LACKS_BUDGET)),
    Screen("a project’s whole list of genres", EDIT, "producers", project(DRAFT), then=click("#f-genres button")),
    Screen("a word looked for", EDIT, "producers", project(DRAFT), then=write("#f-genres input[type=search]", "xyz")),
    Screen("a project’s story", f"{EDIT}?step=2", "producers", project(DRAFT, LACKS_BUDGET)),
    Screen(
        "a story that tells who is behind it",
        f"{EDIT}?step=2",
        "producers",
        project(LEAKING, {**CHECK, "findings": [*CHECK["findings"], WARNED]}),
    ),
    Screen("a project’s need", f"{EDIT}?step=3", "producers", project({**DRAFT, "working_mode": "hybrid"})),
    Screen(
        "a need that nobody meets",
        f"{EDIT}?step=3",
        "producers",
        project(
            DRAFT,
            **{
                "POST /briefs/estimate": {
                    **example("/briefs/estimate", "POST"),
                    "eligible": 0,
                    "levels": [],
                    "regions": [],
                    "left_out": [{"rule": "availability", "people": 12}],
                    "strictest": "availability",
                }
            },
        ),
    ),
    Screen("a project’s budget", f"{EDIT}?step=4", "producers", project(DRAFT, READY)),
    Screen("a budget before a role", f"{EDIT}?step=4", "producers", project(BEGUN)),
    Screen(
        "a field that is refused",
        EDIT,
        "producers",
        {**project(DRAFT), f"PATCH {ADDRESS}": refusal(422, "invalid", **_PAST)},
        then=write("#f-option_end_date", "2020-01-01"),
    ),
    Screen("a project without lists to choose from", EDIT, "producers", {**project(DRAFT), **_NO_WORDS}, then=_at_last),
    Screen(
        "a need without lists to choose from",
        f"{EDIT}?step=3",
        "producers",
        {**project(DRAFT), **_NO_WORDS, "POST /briefs/estimate": refusal(503)},
        then=_at_last,
    ),
    Screen(
        "a story that cannot be read over",
        f"{EDIT}?step=2",
        "producers",
        {**project(DRAFT), f"POST {ADDRESS}/check": refusal(500)},
        then=later,
    ),
    Screen(
        "a budget beside a grid that cannot be read",
        f"{EDIT}?step=4",
        "producers",
        project(DRAFT, READY, **{"GET /rates": refusal(503)}),
        then=later,
    ),
    Screen(
        "a project returned for what cannot be read",
        f"{EDIT}?step=2",
        "producers",
        project(RETURNED, **{f"GET /moderation/mine/{MEASURE['measure_id']}": refusal(503)}),
        then=later,
    ),
    Screen(
        "a project that is not saved",
        EDIT,
        "producers",
        {**project(DRAFT), f"PATCH {ADDRESS}": down()},
        then=write("#f-code_name", "Projet Jusant"),
    ),
    Screen(
        "a project saved too often",
        EDIT,
        "producers",
        {**project(DRAFT), f"PATCH {ADDRESS}": refusal(429, "too_many_requests")},
        then=write("#f-code_name", "Projet Jusant"),
    ),
    Screen(
        "a project that somebody else changed",
        EDIT,
        "producers",
        {**project(DRAFT), **changed_meanwhile(DRAFT, {**DRAFT, "code_name": "Projet Laminaire"})},
        then=write("#f-code_name", "Projet Jusant"),
    ),
    Screen("a project that was returned", f"{EDIT}?step=2", "producers", project(RETURNED)),
    Screen("a project online, to be changed", EDIT, "producers", project(BRIEF)),
    Screen(
        "changes to put online",
        EDIT,
        "producers",
        {**project(BRIEF), f"PATCH {ADDRESS}": refusal(422, "invalid", **_LEAK)},
        then=write("#f-code_name", "Projet Jusant", click("main nav ol li:last-child a", "main dl ~ div button")),
    ),
    Screen(
        "changes that were given up",
        EDIT,
        "producers",
        project(BRIEF),
        then=write(
            "#f-code_name", "Projet Jusant", click("main nav ol li:last-child a", "main dl ~ div button:last-child")
        ),
    ),
    Screen("a project online without changes", f"{EDIT}?step=5", "producers", project(BRIEF)),
    Screen("a project that is over, to be changed", EDIT, "producers", project({**BRIEF, "status": "closed"})),
    Screen("a project that is not one’s own", EDIT, "producers", {f"GET {ADDRESS}": refusal(404)}),
    Screen("a project that cannot be read", EDIT, "producers", {f"GET {ADDRESS}": refusal(502)}, then=later),
    # ---- published
    Screen("a project that lacks something", f"{EDIT}?step=5", "producers", project(LEAKING)),
    Screen("a project to publish", f"{EDIT}?step=5", "producers", project(DRAFT, READY)),
    Screen(
        "a project of a production to be verified",
        f"{EDIT}?step=5",
        "producers",
        project(DRAFT, READY, **{"GET /companies/mine": {**COMPANY, "status": "unverified"}}),
    ),
    Screen(
        "a project not published for what is not saved",
        EDIT,
        "producers",
        {**project(DRAFT, READY), f"PATCH {ADDRESS}": refusal(503)},
        then=write("#f-code_name", "Projet Jusant", click("main nav ol li:last-child a", _PUBLISH)),
    ),
    Screen(
        "a project not published for want of answers",
        f"{EDIT}?step=5",
        "producers",
        project(DRAFT, READY, **{f"POST {ADDRESS}/publish": _OVERDUE}),
        then=click(_PUBLISH),
    ),
    Screen(
        "a project refused when it was published",
        f"{EDIT}?step=5",
        "producers",
        project(DRAFT, READY, **{f"POST {ADDRESS}/publish": refusal(422, "not_publishable", **_PAST)}),
        then=click(_PUBLISH),
    ),
    Screen(
        "a project that cannot be read over",
        f"{EDIT}?step=5",
        "producers",
        {**project(DRAFT), f"POST {ADDRESS}/check": refusal(500)},
        then=later,
    ),
    # ---- as freelancers see it
    Screen("a project’s card, before it is online", f"{ADDRESS}/preview", "producers", project(DRAFT, READY)),
    Screen(
        "a whole project, before the reveal",
        f"{ADDRESS}/preview",
        "producers",
        project(DRAFT, READY),
        then=click(_STAGES.format("full")),
    ),
    Screen(
        "a project after the reveal",
        f"{ADDRESS}/preview",
        "producers",
        project(DRAFT, READY),
        then=click(_STAGES.format("revealed")),
    ),
    Screen(
        "a project seen by nobody",
        f"{ADDRESS}/preview",
        "producers",
        {**project(DRAFT), f"POST {ADDRESS}/check": refusal(500)},
        then=later,
    ),
)
