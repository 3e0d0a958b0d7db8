"""A freelancer's start page, the projects online, and one of them."""

from __future__ import annotations

from typing import Any

from tests.support.browser import Window
from tests.support.site import NOT_YET, Given, Screen, example, later, refusal
from tests.support.stand import Answer, down

Answers = dict[str, Given | dict[str, Any]]

FULL = example("/projects/x")
ID = FULL["project_id"]
ADDRESS = f"/projects/{ID}"
CARD = example("/projects")["projects"][0]
FIT = example(f"{ADDRESS}/fit")
TERMS = example(f"{ADDRESS}/confidentiality")
TALK = example("/conversations/x")
MINE = example("/profiles/mine")
CASE = example("/verification/mine")["cases"][0]
ALARM = example("/verification/mine/alarms")["alarms"][0]
CLOSED = refusal(403, "profile_not_verified", "Votre profil n’est pas encore vérifié.")
OBSTACLE = {
    "code": "availability",
    "facts": {},
    "text": {
        "fr": "Vos disponibilités ne couvrent pas la période de démarrage : ajoutez des dates avant le 7 janvier.",
        "en": "Your availability does not reach the start period: add free dates before 7 January 2027.",
    },
}
COMPANY = {
    "legal_name": "Sémaphore Récits",
    "other_names": [],
    "siren": "123456782",
    "domain": "semaphore.example",
    "website": None,
    "addresses": ["3 quai des Brumes, 29200 Brest"],
    "people": ["Claire Aubin", "Malo Le Gall"],
    "emails": ["claire@semaphore.example"],
}
LEAK = refusal(
    422,
    "invalid",
    "Certains champs sont à corriger.",
    errors=[
        {
            "pointer": "/text",
            "code": "contact_details",
            "message": "Une adresse e-mail ne s’échange qu’une fois l’anonymat levé.",
        }
    ],
)
NO_TALKS: Answers = {"GET /conversations": {"conversations": [], "cursor": None}}


def card(number: int, **changes: Any) -> dict[str, Any]:
    """Another project."""
    return {**CARD, "project_id": f"01M890MRE0PE83GV91X3G5HA{number:02}", **changes}


def fit(number: int, **changes: Any) -> Answers:
    return {f"GET /projects/01M890MRE0PE83GV91X3G5HA{number:02}/fit": {**FIT, **changes}}


def listed(*cards: dict[str, Any], cursor: str | None = None) -> Answers:
    return {"GET /projects": {"projects": list(cards), "cursor": cursor}}


def talks(*those: dict[str, Any]) -> Answers:
    """Those conversations, each like the contract's example but for what it says."""
    listed = [{**TALK, "conversation_id": str(index), **one} for index, one in enumerate(those)]
    return {"GET /conversations": {"conversations": listed, "cursor": None}}


def cases(*those: dict[str, Any]) -> Answers:
    listed = [{**CASE, "case_id": str(index), **one} for index, one in enumerate(those)]
    return {"GET /verification/mine": {"cases": listed, "cursor": None}}


def alarms(*those: dict[str, Any]) -> Answers:
    return {"GET /verification/mine/alarms": {"alarms": list(those)}}


def profile(**changes: Any) -> Answers:
    return {"GET /profiles/mine": {**MINE, **changes}}


def state(name: str, french: str, english: str, *may: str, **more: Any) -> dict[str, Any]:
    return {"state": name, "state_label": {"fr": french, "en": english}, "may": list(may), **more}


INVITED = state("invited", "invitation reçue", "invited", "show_interest", "decline", interested_at=None)
DECLINED = state("declined", "décliné", "declined", "show_interest")

#: A few projects that are told apart: pressing, long, bare.
PROJECTS = (
    card(1, urgency="urgent", start_window={"from": "2026-11-30", "until": "2026-12-08"}, reply_by="2026-12-02"),
    card(
        2,
        code_name="Les Veilleuses",
        role="artistic-producer",
        format="series-52",
        genres=["crime", "noir"],
        tones=["realistic"],
        universes=["emergency-services"],
        logline={
            "fr": "Une nuit de grève, trois régulatrices du Samu tiennent seules le standard d’un département entier.",
            "en": "On a night of strike, three emergency dispatchers hold the switchboard of a whole county alone.",
        },
        budget={"min": 9000, "max": 14000, "unit": "flat"},
        urgency="soon",
    ),
    card(3, code_name="Projet Estran", logline=None, budget=None, estimated_days=1, start_window=None, reply_by=None),
)
_BUSY: Answers = {
    **listed(*PROJECTS),
    **fit(2, can_be_proposed=False, obstacles=[OBSTACLE]),
    **talks(
        {**INVITED, "code_name": "Projet Jusant", "project_id": "1", "reply_by": "2027-12-08"},
        {**INVITED, "code_name": "Projet Laisse", "project_id": "6", "reply_by": "2025-12-08"},
        {"code_name": "Marée haute", "project_id": "2", "may": ["write"]},
        {"code_name": "Nuit blanche", "project_id": "3", "may": ["write"], "answer_due_at": "2026-11-20T17:00:00.000Z"},
        {**DECLINED, "code_name": "Projet Dune", "project_id": "4"},
    ),
    **cases({"state": "information_requested", "state_label": {"fr": "question posée", "en": "question asked"}}),
    **alarms({**ALARM, "state": "raised", "reply": None}),
}
_RUNNING = {
    "state": "queued",
    "outcome": None,
    "state_label": {"fr": "en attente de lecture", "en": "queued"},
    "clock": {
        "due_at": "2026-12-01T16:00:00.000Z",
        "seconds_left": 30_000,
        "words": {"fr": "Réponse dans 8 heures.", "en": "An answer within 8 hours."},
    },
}
_NO_PROFILE: Answers = {"GET /profiles/mine": NOT_YET, **cases(), **NO_TALKS}


def _interest(window: Window) -> None:
    window.page.fill("#interest-word", "Cette histoire me parle. ines@courriel.test")
    window.page.click("form:has(#interest-word) button[type=submit]")


def _decline(window: Window) -> None:
    window.page.get_by_role("button", name="Ce n’est pas pour moi").or_(
        window.page.get_by_role("button", name="It is not for me")
    ).or_(window.page.get_by_role("button", name="Not for me")).first.click()


def _accept(window: Window) -> None:
    window.page.get_by_role("button", name="J’accepte ces conditions").or_(
        window.page.get_by_role("button", name="I accept these terms")
    ).click()


def _calendar(window: Window) -> None:
    window.page.get_by_role("button", name="agenda").or_(window.page.get_by_role("button", name="calendar")).click()


def one(*those: Answers, **changes: Any) -> Answers:
    """The project with these fields, and what else is answered."""
    found: Answers = {f"GET {ADDRESS}": {**FULL, **changes}, **NO_TALKS}
    for more in those:
        found |= more
    return found


AS_CARD: dict[str, Any] = {
    "stage": "card",
    "pitch": None,
    "rights_status": None,
    "option_end_date": None,
    "detailed_tasks": None,
}
_TO_ACCEPT: Answers = {f"GET {ADDRESS}/confidentiality": {**TERMS, "accepted": None, "in_force": False}}
_OLD: Answers = {
    f"GET {ADDRESS}/confidentiality": {
        **TERMS,
        "accepted": {"accepted_at": "2026-03-02T09:12:44.310Z", "version": "2026-02-1"},
        "in_force": False,
    }
}

SCREENS: tuple[Screen, ...] = (
    # ---- the start page
    Screen("a freelancer’s day", "/", "freelancers", _BUSY),
    Screen("a new freelancer", "/", "freelancers", _NO_PROFILE),
    Screen(
        "a freelancer whose credits are to come",
        "/",
        "freelancers",
        {**profile(status="draft", credits=[]), **cases(), **NO_TALKS, **alarms()},
    ),
    Screen(
        "a freelancer who may ask for verification",
        "/",
        "freelancers",
        {**profile(status="draft"), **cases({"state": "draft", "outcome": None}), **NO_TALKS, **alarms()},
    ),
    Screen(
        "a freelancer under verification",
        "/",
        "freelancers",
        {**profile(status="submitted"), **cases(_RUNNING), **NO_TALKS, **alarms()},
    ),
    Screen(
        "a freelancer whose profile was refused",
        "/",
        "freelancers",
        {**profile(status="draft"), **cases({"state": "refused", "outcome": "refused"}), **NO_TALKS, **alarms()},
    ),
    Screen(
        "a freelancer on pause, without a project",
        "/",
        "freelancers",
        {
            **profile(pause={"since": "2026-11-20T09:00:00.000Z", "until": "2027-01-04"}),
            **listed(),
            **NO_TALKS,
            **alarms(),
        },
    ),
    Screen(
        "a freelancer verified in part",
        "/",
        "freelancers",
        {**profile(status="partly_verified"), **listed(PROJECTS[0]), **NO_TALKS, **alarms()},
    ),
    Screen(
        "a suspended freelancer",
        "/",
        "freelancers",
        {
            **profile(suspended=True, status="verified"),
            "GET /projects": refusal(403, "account_suspended", "Votre compte est suspendu."),
            **NO_TALKS,
            **alarms(),
        },
    ),
    Screen("a start page that cannot be read", "/", "freelancers", {"GET /profiles/mine": down()}, then=later),
    Screen(
        "a start page without conversations or projects",
        "/",
        "freelancers",
        {**alarms(), "GET /conversations": refusal(500), "GET /projects": refusal(500)},
        then=later,
    ),
    Screen(
        "a project that is not for me, from the start page",
        "/",
        "freelancers",
        {**listed(*PROJECTS), **NO_TALKS, **alarms()},
        then=_decline,
    ),
    # ---- all of them
    Screen(
        "the projects online",
        "/projects",
        "freelancers",
        {**listed(*PROJECTS, cursor="next"), **talks({**DECLINED, "project_id": PROJECTS[0]["project_id"]})},
    ),
    Screen(
        "projects that are looked for",
        "/projects?role=literary-director&genre=crime,noir&from=2026-12-07&until=2027-01-07&rate=320&unit=day&order=pressing",
        "freelancers",
        listed(PROJECTS[1]),
    ),
    Screen("no such project", "/projects?tone=dark", "freelancers", listed()),
    Screen("no project at all", "/projects", "freelancers", listed()),
    Screen("projects before verification", "/projects", "freelancers", {"GET /projects": CLOSED}),
    Screen("projects that cannot be read", "/projects", "freelancers", {"GET /projects": down()}, then=later),
    Screen(
        "projects asked for too often",
        "/projects",
        "freelancers",
        {
            "GET /projects": Answer(
                '{"status": 429, "code": "too_many_requests", "title": "Trop de demandes."}',
                status=429,
                headers={"Retry-After": "120"},
            )
        },
    ),
    Screen("projects, for a producer", "/projects", "producers"),
    # ---- one of them
    Screen("a project’s card", ADDRESS, "freelancers", one(_TO_ACCEPT, **AS_CARD, urgency="urgent")),
    Screen("a project whose terms have changed", ADDRESS, "freelancers", one(_OLD, **AS_CARD)),
    Screen(
        "terms that change while they are read",
        ADDRESS,
        "freelancers",
        one(
            _TO_ACCEPT,
            {f"POST {ADDRESS}/confidentiality": refusal(409, "terms_outdated", "Les conditions ont changé.")},
            **AS_CARD,
        ),
        then=_accept,
    ),
    Screen("a full project", ADDRESS, "freelancers", one()),
    Screen(
        "a project that I do not fit",
        ADDRESS,
        "freelancers",
        one({f"GET {ADDRESS}/fit": {**FIT, "can_be_proposed": False, "obstacles": [OBSTACLE], "counterfactuals": []}}),
    ),
    Screen("a project I am invited to", ADDRESS, "freelancers", one(talks({**INVITED, "project_id": ID}))),
    Screen(
        "a project I am interested in",
        ADDRESS,
        "freelancers",
        one(talks({"project_id": ID, "may": ["decline", "write"]})),
    ),
    Screen("a project I declined", ADDRESS, "freelancers", one(talks({**DECLINED, "project_id": ID}))),
    Screen(
        "a project whose company is known",
        ADDRESS,
        "freelancers",
        one(
            talks({**state("revealed", "anonymat levé", "revealed", "write"), "project_id": ID}),
            stage="revealed",
            company=COMPANY,
            confidential_title="Le Sel et la Dette",
            targeted_broadcaster="m6",
            live=False,
        ),
    ),
    Screen(
        "an interest with an address in it",
        ADDRESS,
        "freelancers",
        one({f"POST {ADDRESS}/interest": LEAK}),
        then=_interest,
    ),
    Screen(
        "an interest that comes too late",
        ADDRESS,
        "freelancers",
        one({f"POST {ADDRESS}/interest": refusal(409, "project_over", "Ce projet n’est plus en ligne.")}),
        then=_interest,
    ),
    Screen("a project that is not for me", ADDRESS, "freelancers", one(), then=_decline),
    Screen(
        "a project without dates for a calendar",
        ADDRESS,
        "freelancers",
        one({f"GET {ADDRESS}/calendar": refusal(409, "no_dates", "Ce projet n’a pas encore de dates.")}),
        then=_calendar,
    ),
    Screen("a project that is gone", ADDRESS, "freelancers", {f"GET {ADDRESS}": refusal(404)}),
    Screen("a project before verification", ADDRESS, "freelancers", {f"GET {ADDRESS}": CLOSED}),
    Screen(
        "a project whose fit and conversations cannot be read",
        ADDRESS,
        "freelancers",
        one({f"GET {ADDRESS}/fit": refusal(500), "GET /conversations": refusal(500)}),
        then=later,
    ),
)
