"""The simple site as a browser gets it: its files under the policy they are served with, and an API that answers with
the contract's own examples. Each `Screen` is one thing that somebody may come to see there.

`addresses()` reads from the site's own code which screens there are, so that none is left out.
"""

from __future__ import annotations

import base64
import copy
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chalicelib.vocabulary import taxonomy
from chalicelib.vocabulary.text import Language
from infra.local.origin import SITE_POLICY
from tests.support.browser import Answer, Asked, Kept, Window, document, down

REPOSITORY = Path(__file__).parents[2]
WEB = REPOSITORY / "web"
_MAIN = WEB / "js" / "main.js"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_ID = "([0-9A-Za-z]+)"

Group = Literal["producers", "freelancers", "admins"]
GROUPS: tuple[Group, ...] = ("producers", "freelancers", "admins")
Given = Answer | Callable[[Asked], Answer]

ACCOUNTS = {
    "password": "Invented-password-1",
    "producers": [{"email": "claire@falaise-films.test"}],
    "freelancers": [{"email": "ines.kerbrat-de-la-pointe-saint-mathieu@courriel-des-independants.test"}],
    "administrators": [{"email": "salome@plot-point.test"}],
}


# ---- what there is to see


def pages() -> list[str]:
    """The HTML files of the site, as paths."""
    return sorted(f"/{page.relative_to(WEB).as_posix()}" for page in WEB.rglob("*.html"))


def addresses() -> list[str]:
    """Every address after the # that the site's code knows, with an id where one belongs."""
    own = re.findall(r"^ {2}\[/\^(.+?)\$/, ", _MAIN.read_text(encoding="utf-8"), flags=re.M)
    assert own, "main.js has its screens in a table, OWN"
    filled = {one.replace(r"\/", "/").replace(_ID, "01M890MRE0PE83GV91X3G5HANS") for one in own}
    code = "\n".join(script.read_text(encoding="utf-8") for script in sorted((WEB / "js").glob("*.js")))
    filled |= set(re.findall(r'"#(/[\w/-]*)"', code))
    unread = sorted(one for one in filled if not re.fullmatch(r"/[\w/-]*", one))
    assert not unread, f"addresses that this does not know how to fill: {unread}"
    return sorted(filled)


# ---- what the API says


@cache
def _contract() -> list[tuple[str, re.Pattern[str], dict[str, Any]]]:
    """Method, path and operation of every route; those without a parameter first, as the gateway has it."""
    paths = json.loads((REPOSITORY / "docs/api/openapi.json").read_text(encoding="utf-8"))["paths"]
    return [
        (method.upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), operation)
        for path, operations in sorted(paths.items(), key=lambda one: one[0].count("{"))
        for method, operation in operations.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]


def example(path: str, method: str = "GET", **changes: Any) -> dict[str, Any]:
    """What the contract says that this route answers, with these fields changed."""
    return _example(method, path) | changes


def _example(method: str, path: str) -> dict[str, Any]:
    if (method, path) == ("GET", "/taxonomy"):
        return taxonomy.document()
    for verb, pattern, operation in _contract():
        if verb == method and pattern.fullmatch(path):
            [success] = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
            content = success.get("content", {}).get("application/json", {})
            return copy.deepcopy(content.get("example", {}))
    raise LookupError(f"{method} {path} is no route of the contract")


def refusal(status: int, code: str = "refused", title: str = "Ce n’est pas possible.", **more: Any) -> Answer:
    return document({"status": status, "code": code, "title": title, **more}, status)


@dataclass
class Site:
    """A stand for a window. What is not in `answers` (`METHOD /path`) is answered by the contract's example."""

    answers: Mapping[str, Given | dict[str, Any]] = field(default_factory=dict)
    local: bool = False

    def __call__(self, asked: Asked) -> Answer | None:
        if asked.path == "/local/accounts.json":
            return document(ACCOUNTS if self.local else None, 200 if self.local else 404)
        if asked.path == "/idp" or asked.path.startswith("/api/"):
            return self._api(asked, asked.path.removeprefix("/api"))
        file = WEB / (asked.path.strip("/") or "index.html")
        if not file.is_file():
            return None
        policy = {"Content-Security-Policy": SITE_POLICY}
        return Answer(file.read_bytes(), _TYPES[file.suffix], headers=policy)

    def _api(self, asked: Asked, path: str) -> Answer | None:
        given = self.answers.get(f"{asked.method} {path}")
        if given is None and path == "/idp":
            return document({"AuthenticationResult": {"IdToken": token("producers"), "RefreshToken": "r"}})
        if given is None:
            try:
                given = example(path, asked.method)
            except LookupError:
                return None
        if isinstance(given, dict):
            return document(given)
        return given if isinstance(given, Answer) else given(asked)


def token(group: str) -> str:
    """As much of an ID token as the site reads."""
    claims = base64.urlsafe_b64encode(json.dumps({"cognito:groups": [group]}).encode()).decode().rstrip("=")
    return f"x.{claims}.x"


def kept(who: Group | None, language: Language = "fr") -> Kept:
    """What the tab of somebody who is signed in remembers, or of nobody."""
    storages = {"localStorage": {"plot-point-language": language}}
    if who:
        session = {"email": f"{who}@plot-point.test", "id_token": token(who), "refresh_token": "r"}
        storages["sessionStorage"] = {"plot-point-session": json.dumps(session)}
    return storages


# ---- each thing that somebody may come to see


@dataclass(frozen=True)
class Screen:
    """`then`: what is done there before it is looked at."""

    name: str
    address: str
    who: Group | None = None
    answers: Mapping[str, Given | dict[str, Any]] = field(default_factory=dict)
    local: bool = False
    then: Callable[[Window], None] | None = None

    def show(self, window: Window, language: Language = "fr") -> None:
        """Brings it into that window."""
        window.stand = Site(self.answers, self.local)
        window.kept = kept(self.who, language)
        window.go(f"/#{self.address}")
        self._come_to_it(window)

    def translate(self, window: Window) -> None:
        """The same in the other language, by the site's own button."""
        window.page.click("nav button[lang]")
        window.quiet()
        self._come_to_it(window)

    def _come_to_it(self, window: Window) -> None:
        window.unfold()
        if self.then:
            self.then(window)
            window.quiet()


def _press(selector: str) -> Callable[[Window], None]:
    return lambda window: window.page.click(selector)


def _write(selector: str, text: str, button: str) -> Callable[[Window], None]:
    def act(window: Window) -> None:
        window.page.fill(selector, text)
        window.page.click(button)

    return act


def _end_with_a_name(window: Window) -> None:
    window.page.select_option("#end-how", "filled")
    window.page.fill("fieldset textarea", "Ici Sémaphore Récits")
    window.page.click("details form:has(#end-how) > .button")


def _report(window: Window) -> None:
    window.page.select_option("#report-reason", "unpaid_work")
    window.page.click("#report ~ button")


def _sign_in(window: Window) -> None:
    window.page.fill("#email", "claire@falaise-films.test")
    window.page.fill("#password", "nothing of the kind")
    window.page.click("form .button")


BRIEF = example("/briefs/x")["brief_id"]
PROJECT = example("/projects/x")["project_id"]
THREAD = example("/conversations/x")["conversation_id"]
CASE = example("/verification/mine/x")["case_id"]
ALARM = example("/verification/mine/alarms/x")["alarm_id"]
_OTHER = example("/briefs/x/conversations")["conversations"][0]
_EVERYTHING = [
    "show_interest",
    "decline",
    "write",
    "agree_to_reveal",
    "answer",
    "confirm_engagement",
    "withdraw_engagement",
    "break_mission",
]
_CALM = {"mine_at": None, "theirs_at": None, "since": None}
_AGREED = {
    "mine_at": "2026-12-02T08:30:00.000Z",
    "theirs_at": "2026-12-02T09:30:00.000Z",
    "since": "2026-12-02T09:30:00.000Z",
}
_LEAK = refusal(
    422,
    "invalid",
    "Certains champs sont à corriger.",
    errors=[
        {
            "pointer": "/text",
            "code": "identity_leak",
            "message": "« Sémaphore Récits » dirait qui vous êtes. Plutôt : « la production ».",
            "start": 4,
            "end": 20,
        }
    ],
)
_LONG = "Anticonstitutionnellement-" * 12
_COMPANY = {
    "legal_name": "Sémaphore Récits",
    "other_names": ["Sémaphore"],
    "siren": "123456782",
    "domain": "semaphore.example",
    "email_domain": "semaphore.example",
    "website": "https://semaphore.example",
    "addresses": ["3 quai des Brumes, Brest"],
    "people": ["Claire Aubin"],
    "emails": ["claire@semaphore.example"],
    "contacts": ["claire@semaphore.example"],
    "confidential_title": "Le Sel et la Dette",
    "targeted_broadcaster": "m6",
}


def _thread(side: str = "freelancer", **changes: Any) -> dict[str, Given | dict[str, Any]]:
    base = example("/conversations/x") if side == "freelancer" else {**_OTHER, "conversation_id": THREAD}
    return {f"GET /conversations/{THREAD}": base | changes}


def _messages(*messages: dict[str, Any], cursor: str | None = None) -> dict[str, Given | dict[str, Any]]:
    first = example("/conversations/x/messages")["messages"][0]
    return {
        f"GET /conversations/{THREAD}/messages": {
            "messages": [{**first, "message_id": f"{index}", **one} for index, one in enumerate(messages)],
            "cursor": cursor,
        }
    }


def _brief(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    return {f"GET /briefs/{BRIEF}": example("/briefs/x", **changes)}


def _project(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    """A project that its reader has no conversation about yet."""
    return {
        f"GET /projects/{PROJECT}": example("/projects/x", **changes),
        "GET /conversations": {"conversations": [], "cursor": None},
    }


def _case(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    return {f"GET /verification/mine/{CASE}": example("/verification/mine/x", **changes)}


def _alarm(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    return {f"GET /verification/mine/alarms/{ALARM}": example("/verification/mine/alarms/x", **changes)}


def _several() -> dict[str, Any]:
    """A shortlist with a second person on it, who has a badge, a seat kept for juniors and a long name."""
    shortlist = example("/briefs/x/matches")
    first = shortlist["matches"][0]
    profile = first["profile"] | {
        "profile_id": "01M842S0RBNNSS9DXA8NAVEBBB",
        "display_name": "Marie-Gwenaëlle de Kergoat-Trémazan",
        "background": {"kinds": ["diploma", "reading_report"]},
    }
    shortlist["matches"] = [first, first | {"position": 2, "why": "junior_seat", "profile": profile}]
    return shortlist


_QUESTION = {
    "question_id": "01M89QPMSBCAABPVKMHEN5TZQC",
    "text": f"Qui était votre interlocuteur ? {_LONG}",
    "asked_at": "2026-11-25T16:12:59.051Z",
    "until": "2026-12-09T16:12:59.051Z",
    "answer": None,
    "answered_at": None,
}
_CLOCK = {
    "due_at": "2026-11-26T16:12:59.257Z",
    "seconds_left": -60,
    "words": {"fr": "en retard d’une minute", "en": "one minute late"},
}
_MISSING = {
    "credit_id": None,
    "message": {"fr": "Joignez un contrat.", "en": "Add a contract."},
    "until": "2026-12-09T16:12:59.051Z",
}
_DECISION = example("/verification/mine/x")["decision"]
_REFUSED = _DECISION | {"outcome": "refused", "by_two_people": True}
_SHORTLIST = {f"GET /briefs/{BRIEF}/matches": _several()}
_TERMS = f"GET /projects/{PROJECT}/confidentiality"
_NOT_ACCEPTED = example("/projects/x/confidentiality", accepted=None, in_force=False)
_DOWN = down()
_BROKEN = refusal(500, "internal", "Une erreur est survenue.")
_NOBODY_WAITS = example("/briefs/x/answers", waiting=[])
_BADGES = example("/verification/mine/x")["badges"][0]["badges"]

SCREENS: tuple[Screen, ...] = (
    # nobody in particular
    Screen("landing", "/"),
    Screen("landing on one machine", "/", local=True),
    Screen("sign-in", "/sign-in"),
    Screen("sign-in with demo accounts", "/sign-in", local=True),
    Screen("sign-in refused", "/sign-in", answers={"POST /idp": refusal(400, "NotAuthorizedException")}, then=_sign_in),
    Screen("sign-in without a network", "/sign-in", answers={"POST /idp": _DOWN}, then=_sign_in),
    Screen("a link followed before signing in", f"/conversations/{THREAD}"),
    # productions
    Screen("a production’s projects", "/", "producers", local=True),
    Screen(
        "projects of every state, with more to come",
        "/",
        "producers",
        {
            "GET /briefs": example(
                "/briefs",
                briefs=[
                    example("/briefs/x", status=status, days_left=days, code_name=name)
                    for status, days, name in (
                        ("live", 9, "Projet Goémon"),
                        ("live", 0, _LONG),
                        ("draft", None, None),
                        ("closed", None, "Marée haute"),
                        ("filled", None, "Le Phare"),
                        ("expired", None, "Brisants"),
                    )
                ],
                cursor="next",
            )
        },
    ),
    Screen(
        "no project yet",
        "/",
        "producers",
        {"GET /briefs": refusal(409, "no_company"), "GET /verification/mine": {"cases": [], "cursor": None}},
    ),
    Screen("projects that cannot be read", "/", "producers", {"GET /briefs": _BROKEN}),
    Screen("projects without a network", "/", "producers", {"GET /briefs": _DOWN}),
    Screen("a project and its shortlist", f"/briefs/{BRIEF}", "producers", _SHORTLIST),
    Screen(
        "a shortlist of people who were asked already",
        f"/briefs/{BRIEF}",
        "producers",
        {
            f"GET /briefs/{BRIEF}/conversations": {
                "conversations": [
                    _OTHER | {"person": _OTHER["person"] | {"profile_id": one["profile"]["profile_id"]}}
                    for one in _several()["matches"]
                ]
            },
            f"GET /briefs/{BRIEF}/answers": _NOBODY_WAITS,
            **_SHORTLIST,
        },
    ),
    Screen(
        "a shortlist whose details cannot be read",
        f"/briefs/{BRIEF}",
        "producers",
        {
            f"GET /briefs/{BRIEF}/matches/{_several()['matches'][0]['profile']['profile_id']}": _BROKEN,
            f"GET /briefs/{BRIEF}/answers": _BROKEN,
        },
    ),
    Screen(
        "a shortlist that is being computed",
        f"/briefs/{BRIEF}",
        "producers",
        {f"GET /briefs/{BRIEF}/matches": example("/briefs/x/matches", status="pending", matches=[])},
    ),
    Screen(
        "a shortlist without anybody",
        f"/briefs/{BRIEF}",
        "producers",
        {f"GET /briefs/{BRIEF}/matches": example("/briefs/x/matches", matches=[], eligible=0)},
    ),
    Screen("a draft", f"/briefs/{BRIEF}", "producers", _brief(status="draft", days_left=None, deadline=None)),
    Screen("a project that is not there", f"/briefs/{BRIEF}", "producers", {f"GET /briefs/{BRIEF}": refusal(404)}),
    Screen("an invitation to nobody", f"/briefs/{BRIEF}", "producers", _SHORTLIST, then=_press("#invitation ~ button")),
    Screen(
        "an end that would tell who it is",
        f"/briefs/{BRIEF}",
        "producers",
        {f"PUT /briefs/{BRIEF}/answers": _LEAK, **_SHORTLIST},
        then=_end_with_a_name,
    ),
    Screen(
        "a production’s conversations",
        "/conversations",
        "producers",
        {"GET /conversations": {"conversations": [_OTHER, _OTHER | {"state": "revealed"}], "cursor": "next"}},
    ),
    Screen(
        "no conversation yet",
        "/conversations",
        "producers",
        {"GET /conversations": {"conversations": [], "cursor": None}},
    ),
    Screen(
        "a conversation with everything to do",
        f"/conversations/{THREAD}",
        "producers",
        {
            **_thread("producer", may=_EVERYTHING, reveal=_CALM | {"theirs_at": "2026-12-02T08:30:00.000Z"}),
            **_messages({"mine": False}, {"masked": True, "mine": False}, {"text": _LONG}, cursor="next"),
        },
    ),
    Screen(
        "a conversation after the reveal, for the production",
        f"/conversations/{THREAD}",
        "producers",
        _thread(
            "producer",
            state="revealed",
            reveal=_AGREED,
            person={**_OTHER["person"], "email": f"{'ines.kerbrat.' * 8}@courriel.test"},
            may=["write", "answer", "confirm_engagement", "break_mission"],
        ),
    ),
    Screen(
        "a message that would tell who it is",
        f"/conversations/{THREAD}",
        "producers",
        {**_thread("producer", may=["write"]), f"POST /conversations/{THREAD}/messages": _LEAK},
        then=_write("#message", "Ici Sémaphore Récits", "#message ~ button"),
    ),
    Screen(
        "a message that is one too many",
        f"/conversations/{THREAD}",
        "producers",
        {
            **_thread("producer", may=["write"]),
            f"POST /conversations/{THREAD}/messages": refusal(429, "too_many", "C’est beaucoup en une heure."),
        },
        then=_write("#message", "Bonjour", "#message ~ button"),
    ),
    Screen("the case of a company", f"/verification/{CASE}", "producers", _case(kind="company", badges=[])),
    # freelancers
    Screen("a freelancer’s profile and projects", "/", "freelancers", local=True),
    Screen(
        "a profile to be verified",
        "/",
        "freelancers",
        {
            "GET /profiles/mine": example("/profiles/mine", status="draft", background={"kinds": ["diploma"]}),
            "GET /verification/mine": {"cases": [], "cursor": None},
            "GET /projects": refusal(403, "profile_not_verified"),
        },
    ),
    Screen(
        "no profile yet",
        "/",
        "freelancers",
        {
            "GET /profiles/mine": refusal(404),
            "GET /verification/mine": {"cases": [], "cursor": None},
            "GET /projects": refusal(403),
        },
    ),
    Screen(
        "open projects",
        "/projects",
        "freelancers",
        {
            "GET /projects": {
                "projects": [
                    example("/projects/x", urgency=urgency, code_name=name)
                    for urgency, name in (("urgent", "Projet Goémon"), ("soon", _LONG))
                ],
                "cursor": "next",
            }
        },
    ),
    Screen("no open project", "/projects", "freelancers", {"GET /projects": {"projects": [], "cursor": None}}),
    Screen(
        "projects before one is verified",
        "/projects",
        "freelancers",
        {
            "GET /projects": refusal(
                403, "profile_not_verified", "Les projets s’ouvrent dès que votre profil est vérifié."
            )
        },
    ),
    Screen(
        "the card of a project, with the terms",
        f"/projects/{PROJECT}",
        "freelancers",
        {**_project(stage="card", urgency="urgent"), _TERMS: _NOT_ACCEPTED},
    ),
    Screen(
        "terms that cannot be read", f"/projects/{PROJECT}", "freelancers", {**_project(stage="card"), _TERMS: _BROKEN}
    ),
    Screen("a project in full", f"/projects/{PROJECT}", "freelancers", _project()),
    Screen(
        "a project after the reveal",
        f"/projects/{PROJECT}",
        "freelancers",
        {
            f"GET /projects/{PROJECT}": example(
                "/projects/x", company=_COMPANY, confidential_title="Le Sel et la Dette"
            ),
            "GET /conversations": {"conversations": [example("/conversations/x", project_id=PROJECT)], "cursor": None},
        },
    ),
    Screen("a freelancer’s conversations", "/conversations", "freelancers"),
    Screen(
        "an invitation",
        f"/conversations/{THREAD}",
        "freelancers",
        {**_thread(state="invited", may=["show_interest", "decline"], messages=0, reveal=_CALM), **_messages()},
    ),
    Screen(
        "the terms before a reveal",
        f"/conversations/{THREAD}",
        "freelancers",
        {
            **_thread(),
            f"POST /conversations/{THREAD}/reveal": refusal(409, "terms_not_accepted"),
            f"GET /projects/{example('/conversations/x')['project_id']}/confidentiality": _NOT_ACCEPTED,
        },
        then=_press("section:has(h2) > .act > .button"),
    ),
    Screen(
        "a reveal that was agreed to",
        f"/conversations/{THREAD}",
        "freelancers",
        _thread(may=["withdraw_from_reveal"], reveal=_CALM | {"mine_at": "2026-12-02T08:30:00.000Z"}),
    ),
    Screen(
        "an engagement",
        f"/conversations/{THREAD}",
        "freelancers",
        _thread(
            state="engaged",
            company=_COMPANY,
            reveal=_AGREED,
            engagement=_AGREED,
            may=["write", "withdraw_engagement", "break_mission"],
        ),
    ),
    Screen(
        "a conversation that is over",
        f"/conversations/{THREAD}",
        "freelancers",
        {
            **_thread(
                state="not_retained",
                may=[],
                project_live=False,
                answer={
                    "decision": "not_retained",
                    "reason": {"id": "other_dates", "labels": {"fr": "D’autres dates", "en": "Other dates"}},
                    "message": {
                        "fr": "Merci : vos dates sont trop tardives.",
                        "en": "Thank you: your dates are too late.",
                    },
                    "text": None,
                    "answered_at": "2026-12-05T10:00:00.000Z",
                },
                broken={
                    "mine": True,
                    "at": "2026-12-06T10:00:00.000Z",
                    "reason": {"id": "dates", "labels": {"fr": "Les dates", "en": "The dates"}},
                },
            ),
            **_messages(),
        },
    ),
    Screen(
        "a message that was sent",
        f"/conversations/{THREAD}",
        "freelancers",
        _thread(),
        then=_write("#message", "Bonjour", "#message ~ button"),
    ),
    Screen(
        "a report that was sent",
        f"/conversations/{THREAD}",
        "freelancers",
        {**_thread(), **_messages({"mine": False})},
        then=_report,
    ),
    Screen("a case that is decided", f"/verification/{CASE}", "freelancers"),
    Screen(
        "a case to be submitted",
        f"/verification/{CASE}",
        "freelancers",
        _case(
            state="draft",
            outcome=None,
            decision=None,
            appeal_until=None,
            questions=[],
            submitted_at=None,
            missing=[_MISSING],
        ),
    ),
    Screen(
        "a case with a question",
        f"/verification/{CASE}",
        "freelancers",
        _case(
            state="information_requested",
            outcome=None,
            decision=None,
            appeal_until=None,
            questions=[_QUESTION],
            missing=[_MISSING],
            clock=_CLOCK,
            badges=[{**example("/verification/mine/x")["badges"][0], "badges": _BADGES[:1], "title": _LONG}],
        ),
    ),
    Screen(
        "a case whose checks are under way",
        f"/verification/{CASE}",
        "freelancers",
        _case(
            state="checks_running",
            outcome=None,
            decision=None,
            appeal_until=None,
            questions=[],
            clock=_CLOCK | {"seconds_left": 60},
            checks=[one | {"status": "under_way"} for one in example("/verification/mine/x")["checks"]],
        ),
    ),
    Screen(
        "a refusal that was contested",
        f"/verification/{CASE}",
        "freelancers",
        _case(
            state="final",
            outcome="refused",
            decision=_REFUSED,
            appeal_until=None,
            appeal={
                "appealed_at": "2026-11-26T10:00:00.000Z",
                "text": "Voici le contrat.",
                "changed": False,
                "decision": _REFUSED,
            },
        ),
    ),
    Screen(
        "an answer that is refused",
        f"/verification/{CASE}",
        "freelancers",
        {
            **_case(
                state="information_requested", outcome=None, decision=None, appeal_until=None, questions=[_QUESTION]
            ),
            f"POST /verification/mine/{CASE}/answer": refusal(409, "state", "Ce dossier n’attend plus de réponse."),
        },
        then=_write("#answer", "Paul Nivet.", "#answer ~ button"),
    ),
    Screen(
        "a case that is not there",
        f"/verification/{CASE}",
        "freelancers",
        {f"GET /verification/mine/{CASE}": refusal(404)},
    ),
    Screen("an alarm in force", f"/verification/alarms/{ALARM}", "freelancers"),
    Screen(
        "an alarm to answer",
        f"/verification/alarms/{ALARM}",
        "freelancers",
        _alarm(state="raised", reply=None, rulings=[], appeal_until=None, in_force_from=None),
    ),
    Screen(
        "an alarm that was upheld",
        f"/verification/alarms/{ALARM}",
        "freelancers",
        _alarm(
            appealed_at="2026-12-01T10:00:00.000Z",
            appeal_text="Le contrat d’origine est joint.",
            appeal_until=None,
            rulings=[
                {"act": act, "at": "2026-12-10T10:00:00.000Z", "text": "Les deux dates restent sans explication."}
                for act in ("put_in_force", "uphold")
            ],
        ),
    ),
    # administrators
    Screen("the administrators’ queue", "/", "admins", local=True),
    Screen(
        "a queue that is late",
        "/",
        "admins",
        {
            "GET /verification/cases": example(
                "/verification/cases",
                shortage=None,
                cursor="next",
                cases=[
                    example("/verification/cases")["cases"][0]
                    | {"kind": kind, "clock": _CLOCK, "pressing": True, "awaits_second": True}
                    for kind in ("profile", "credit", "company")
                ],
            )
        },
    ),
    Screen(
        "an empty queue", "/", "admins", {"GET /verification/cases": {"cases": [], "cursor": None, "shortage": None}}
    ),
)
