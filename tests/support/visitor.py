"""Somebody in a real browser on the running product: what they do is counted, and what they were sent is kept.

    with started() as chromium:
        visitor = Visitor(chromium, product.url, language="fr", width=360)
        visitor.open("/")
        visitor.press(visitor.words["account"]["sign_in"]["enter"])
        assert visitor.faults() == []

An interaction is one click, one field filled in, one choice, or one key that does something.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request, Response, Route, expect

from chalicelib.vocabulary.text import Language
from tests.support.browser import HEIGHT, WCAG, axe_script
from tests.support.giveaways import told

_WEB = Path(__file__).parents[2] / "web"
_READ_WORDS = """
import { readdirSync } from "node:fs";
import { typeset } from "./src/i18n/typography.ts";
const [language] = process.argv.slice(-1);
const all = {};
for (const file of readdirSync(`src/i18n/${language}`)) {
  const words = (await import(`${process.cwd()}/src/i18n/${language}/${file}`)).default;
  all[file.replace(".ts", "")] = language === "fr" ? typeset(words) : words;
}
console.log(JSON.stringify(all));
"""
_NOT_NOW = "Pas maintenant."
#: A tab's title is kept in the history of the browser.
_CALLED = """addEventListener("DOMContentLoaded", () => {
  new MutationObserver(() => nowCalled(document.title))
    .observe(document.head, {childList: true, characterData: true, subtree: true});
});"""
#: Everything that a browser may keep of a page.
_KEPT = """async () => {
  const databases = (await indexedDB.databases()).map(({ name }) => name);
  const caches_ = await Promise.all((await caches.keys()).map(async (name) =>
    [name, ...await Promise.all((await (await caches.open(name)).matchAll()).map((one) => one.text()))]));
  return JSON.stringify(
    [{...localStorage}, {...sessionStorage}, history.state, document.cookie, name, databases, caches_]);
}"""
#: The product answers through an emulator on a machine that does other things too.
PATIENCE_MS = 45_000


@cache
def words_of(language: Language) -> dict[str, Any]:
    """Every sentence of the site, by set and name, as it is shown."""
    node = Path(sys.executable).with_name("node")
    command = [str(node), "--input-type=module", "--eval", _READ_WORDS, "--", language]
    read = subprocess.run(command, cwd=_WEB, env=os.environ, capture_output=True, text=True, check=True)
    words: dict[str, Any] = json.loads(read.stdout)
    return words


@dataclass
class Visitor:
    """One person with a browser of their own, which shares nothing with another's."""

    chromium: Browser
    url: str
    language: Language = "fr"
    width: int = 1_200
    interactions: int = 0
    #: How often Tab was pressed to come to something.
    tabs: int = 0
    #: Every byte that came from the product, and every address that was asked for.
    received: list[bytes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    #: Every address and title that the tab had, as its history keeps them.
    history: list[str] = field(default_factory=list)
    _faults: list[str] = field(default_factory=list)
    _expected: set[int] = field(default_factory=set)
    _silent: bool = False

    def __post_init__(self) -> None:
        context = self.chromium.new_context(
            viewport={"width": self.width, "height": HEIGHT},
            locale="fr-FR" if self.language == "fr" else "en-GB",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        context.expose_function("nowCalled", lambda title: self.history.append(title))
        context.add_init_script(_CALLED)
        self.page: Page = context.new_page()
        self.page.on("framenavigated", lambda frame: self.history.append(frame.url))
        self.page.on("console", self._logged)
        self.page.on("pageerror", lambda error: self._faults.append(f"an error nobody caught: {error}"))
        self.page.on("request", self._requested)
        self.page.on("response", self._answered)

    @property
    def words(self) -> dict[str, Any]:
        return words_of(self.language)

    def say(self, name: str, /, **values: object) -> str:
        """A sentence by its path (`account.sign_in.enter`), with what it is about filled in."""
        found: Any = self.words
        for step in name.split("."):
            found = found[step]
        for key, value in values.items():
            found = found.replace("{{" + key + "}}", str(value))
        return str(found)

    # ---- what one does

    def open(self, path: str) -> None:
        """Types an address, or follows a link from an e-mail."""
        self.page.goto(path if path.startswith("http") else self.url + path)

    def press(self, name: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """A button or a link, by what it says."""
        place = within or self.page
        button = place.get_by_role("button", name=name, exact=exact)
        self.click(button.or_(place.get_by_role("link", name=name, exact=exact)).first)

    def click(self, what: Locator | str) -> None:
        self.interactions += 1
        (self.page.locator(what) if isinstance(what, str) else what).click()

    def fill(self, field: Locator | str, text: str) -> None:
        """A field, by its selector."""
        self.interactions += 1
        (self.page.locator(field) if isinstance(field, str) else field).fill(text)

    def choose(self, field: Locator | str, value: str) -> None:
        """One option of a list, by its value."""
        self.interactions += 1
        (self.page.locator(field) if isinstance(field, str) else field).select_option(value)

    def key(self, *keys: str) -> None:
        for key in keys:
            self.interactions += 1
            self.page.keyboard.press(key)

    def tab_to(self, selector: str) -> None:
        """Moves the focus there by Tab, which does nothing by itself and is not counted."""
        for _ in range(250):
            if self.page.evaluate("one => document.activeElement?.matches(one) ?? false", selector):
                return
            self.page.keyboard.press("Tab")
            self.tabs += 1
        raise AssertionError(f"Tab never comes to {selector} on {self.page.url}")

    def sign_in(self, email: str, password: str) -> None:
        self.open("/sign-in")
        self.fill("#email", email)
        self.fill("#password", password)
        self.click("main form button[type=submit]")
        self.page.wait_for_url(lambda url: not urlsplit(url).path.startswith("/sign-in"))

    @contextmanager
    def failing(self, what: str, status: int) -> Iterator[None]:
        """Meanwhile these requests are refused with that status; 0: they get no answer at all."""
        problem = {"type": "about:blank", "title": _NOT_NOW, "code": "not_now", "status": status}

        def refuse(route: Route) -> None:
            route.abort() if status == 0 else route.fulfill(status=status, json=problem)

        self.page.route(what, refuse)
        self._silent = status == 0
        yield
        self.page.unroute(what, refuse)
        self._silent = False

    # ---- what one sees

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def is_told(self) -> None:
        """That something failed: by an alert, or by what `failing` says where the screen is brought up to date."""
        expect(self.page.get_by_role("alert").or_(self.page.get_by_text(_NOT_NOW)).first).to_be_visible()

    def heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", name=text, level=1)).to_be_visible()

    def audit(self, tags: Sequence[str] = WCAG) -> list[str]:
        """What breaks a rule of WCAG on the screen as it stands."""
        self.page.evaluate(axe_script())
        run = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
        broken = self.page.evaluate(run, list(tags))["violations"]
        return [f"{self.page.url}: {one['help']}: {one['nodes'][0]['html'][:160]}" for one in broken]

    def expects(self, *statuses: int) -> None:
        """From now on, answers of these statuses are part of the story; the browser reports each in its console."""
        self._expected.update(statuses)

    def faults(self) -> list[str]:
        """What went wrong since the last time: errors in the console, requests to elsewhere."""
        told, self._faults = self._faults, []
        return told

    def told(self, secrets: Iterable[str]) -> list[str]:
        """Which of these texts can be read, however written, in anything that this browser was sent, shows, has asked
        for, was called or keeps."""
        shown = [self.page.content(), self.page.evaluate(_KEPT), "\n".join(self.asked), "\n".join(self.history)]
        everything = [*self.received, *(text.encode() for text in shown)]
        return sorted({one for content in everything for one in told(content, secrets)})

    def close(self) -> None:
        self.page.context.close()

    def _requested(self, request: Request) -> None:
        self.asked.append(request.url)
        if not request.url.startswith((self.url, "data:", "blob:")):
            self._faults.append(f"a request to elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if "/assets/" in response.url:
            return
        self.received.append(json.dumps(response.headers).encode())
        try:
            self.received.append(response.body())
        except Error:  # a page that was left has thrown its answers away
            return

    def _logged(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        if any(f"status of {status}" in message.text for status in self._expected):
            return
        if self._silent and "ERR_FAILED" in message.text:
            return
        about = message.location.get("url", "")
        self._faults.append(f"an error in the console at {self.page.url}: {message.text} ({about})")
