"""The site as a browser gets it: its built files under the policy they are served with, and an API that answers with
the contract's own examples. Each `Screen` is one thing that somebody may come to see there; `tests/support/screens/`
lists them.

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
from infra.local.origin import SITE, SITE_POLICY
from tests.support.browser import Kept, Window
from tests.support.stand import Answer, Asked, document

REPOSITORY = Path(__file__).parents[2]
_ROUTES = REPOSITORY / "web" / "src" / "pages"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

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


def addresses() -> list[str]:
    """Every path that the site has a screen for, as its code writes it: `/briefs/:id`, and `/`."""
    code = "\n".join(routes.read_text(encoding="utf-8") for routes in sorted(_ROUTES.glob("*/routes.tsx")))
    found = re.findall(r'screen\(\s*"(/[^"]+)"', code)
    assert found, 'each space lists its addresses as screen("/…") in its routes.tsx'
    return ["/", *found]


def open_to(who: Group | None) -> list[str]:
    """The addresses that are for these people, and the first of the others: those all refuse in the same way."""
    role = {"producers": "producer", "freelancers": "freelancer", "admins": "admin", None: None}[who]
    own, others = [], []
    for routes in sorted(_ROUTES.glob("*/routes.tsx")):
        code = routes.read_text(encoding="utf-8")
        lists = dict(re.findall(r"const (\w+) = (\[[^\]]*\]) as const", code))
        for address, roles in re.findall(r'screen\(\s*"(/[^"]+)",.*?\)(?:, ([^)]*))?\),', code):
            named = lists.get(roles, roles)
            for_all = not named or (named == '"anyone signed in"' and role is not None)
            (own if for_all or f'"{role}"' in named else others).append(address)
    return ["/", *own, *others[:1]]


def leads_to(address: str, path: str) -> bool:
    """Whether that path is one of that address."""
    return re.fullmatch(re.sub(r":\w+", "[^/]+", address), path.partition("?")[0]) is not None


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


#: Whoever is signed in.
SUB = "d0f3"
#: Of what an account has not: `GET /me` says so, and to ask for it all the same is a fault.
NOT_YET = Answer("", status=404)
_OF_A_PROFILE = ("/verification/mine/badges", "/me/views", "/me/blocks")
_OWN = {"has_company": "/companies/mine", "has_profile": "/profiles/mine", "has_erasure": "/me/erasure"}


@dataclass
class Site:
    """A stand for a window. What is not in `answers` (`METHOD /path`) is answered by the contract's example, with a
    version where it is a thing that may be changed."""

    answers: Mapping[str, Given | dict[str, Any]] = field(default_factory=dict)
    local: bool = False

    def __call__(self, asked: Asked) -> Answer | None:
        if asked.path == "/local/accounts.json":
            return document(ACCOUNTS if self.local else None, 200 if self.local else 404)
        if asked.path == "/idp" or asked.path.startswith("/api/"):
            return self._api(asked, asked.path.removeprefix("/api"))
        path = asked.path.strip("/")
        file = SITE / (path if Path(path).suffix else f"{path or 'index'}.html")
        if not file.is_file():
            if Path(path).suffix:
                return None
            file = SITE / "app.html"
        headers = {"Content-Security-Policy": SITE_POLICY}
        if file.parent.name == "assets":  # its name says what is in it, and a browser may keep it, as on AWS
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return Answer(file.read_bytes(), _TYPES[file.suffix], headers=headers)

    def _api(self, asked: Asked, path: str) -> Answer | None:
        given = self.answers.get(f"{asked.method} {path}")
        if given is None and path == "/idp":
            result = {"IdToken": token("producers"), "AccessToken": "a", "RefreshToken": "r"}
            return document({"AuthenticationResult": result})
        if given is NOT_YET or (path in _OF_A_PROFILE and self.answers.get("GET /profiles/mine") is NOT_YET):
            return None
        if given is None and (asked.method, path) == ("GET", "/me"):
            has = {field: self.answers.get(f"GET {own}") is not NOT_YET for field, own in _OWN.items()}
            given = example(path, sub=SUB, **has)
        if given is None:
            try:
                given = example(path, asked.method)
            except LookupError:
                return None
        if isinstance(given, dict):
            return document(given, ETag='"3"')
        return given if isinstance(given, Answer) else given(asked)


def token(group: str | None) -> str:
    """As much of an ID token as the site reads."""
    claims = {"sub": SUB, "name": "Claire Aubin", "cognito:groups": [group] if group else []}
    return f"x.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.x"


def kept(who: Group | None, language: Language = "fr") -> Kept:
    """What the tab of somebody who is signed in remembers, or of nobody."""
    storages = {"localStorage": {"plot-point-language": language}}
    if who:
        session = {
            "email": f"{who}@plot-point.test",
            "id_token": token(who),
            "access_token": "a",
            "refresh_token": "r",
        }
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
        window.go(self.address)
        window.unfold()
        if self.then:
            self.then(window)
            window.quiet()

    def say(self, window: Window, language: Language) -> None:
        """Has what is shown in that window said in the other language, as the button at the top of the site does, even
        from behind a dialog."""
        window.page.evaluate("lang => document.querySelector(`header button[lang=${lang}]`).click()", language)
        window.quiet()
        said = window.page.evaluate("document.documentElement.lang")
        assert said == language, f"{self.name} is still in {said}"


def untitled(window: Window) -> list[str]:
    """What is wrong with a screen whose title is not told, or told twice."""
    titles = window.page.locator("main h1").all_inner_texts()
    return [] if len(titles) == 1 and titles[0].strip() else [f"titles of the screen: {titles}"]


def hollow(window: Window) -> list[str]:
    """What a screen names and then says nothing of."""
    names = window.page.evaluate(
        "[...document.querySelectorAll('dd')].filter((one) => one.checkVisibility() && !one.innerText.trim())"
        ".filter((one) => !one.querySelector('svg, img, input')).map((one) => one.parentElement.innerText.trim())"
    )
    return [f"{name}: nothing" for name in names]


def unstyled(window: Window) -> list[str]:
    """The classes of Mantine's on that screen for which no style sheet was loaded: `web/src/design/mantine.css` lists
    those that are."""
    return window.page.evaluate("""() => {
      const known = new Set();
      const read = (rules) => {
        for (const rule of rules) {
          for (const [name] of rule.selectorText?.matchAll(/m_[0-9a-f]+/g) ?? []) known.add(name);
          if (rule.cssRules) read(rule.cssRules);
        }
      };
      for (const sheet of document.styleSheets) read(sheet.cssRules);
      const used = [...document.querySelectorAll("[class*=m_]")].flatMap((one) => [...one.classList]);
      return [...new Set(used)].filter((name) => /^m_[0-9a-f]+$/.test(name) && !known.has(name));
    }""")


def unreadable_in_the_dark(window: Window) -> list[str]:
    """What has too little contrast on that screen once its reader has chosen the dark colours. It is in the light ones
    again afterwards."""
    wear = "scheme => { document.documentElement.dataset.mantineColorScheme = scheme; }"
    window.page.evaluate(wear, "dark")
    found = window.audit(rule="color-contrast")
    window.page.evaluate(wear, "light")
    return [f"in the dark, {one}" for one in found]


def later(window: Window) -> None:
    """Lets happen what waits: a second try, a slow answer, an autosave."""
    window.later()


def press(*selectors: str) -> Callable[[Window], None]:
    def act(window: Window) -> None:
        for selector in selectors:
            window.page.click(selector)
            window.quiet()

    return act
