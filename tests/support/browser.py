"""A real browser for tests: found or installed, shown what a test gives it, and asked what is wrong with what it shows.

    with browsing() as browser:
        window = browser.window(stand)               # `stand` answers every request: nothing leaves the machine
        window.go("/#/projects")
        assert window.faults() + window.audit() + window.walk() == []

Faults are sentences: whoever reads the failed test knows the rule, the element and where to read on. Nothing here knows
a page of ours.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Error, Page, Playwright, Request, sync_playwright

from tests.support.stand import BLANK, WINDOW_HEADER, Answer, Asked, Stand, Stands, standing

#: Browsers take what is under `localhost` for as secure as HTTPS: without that there is no `crypto.randomUUID`.
ORIGIN = "http://plot-point.localhost"
#: WCAG 2.2, levels A and AA. https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#axe-core-tags
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WIDE, NARROW = 1200, 360
#: Where nothing may have to be read sideways. https://www.w3.org/TR/WCAG22/#reflow
REFLOW = 320
HEIGHT = 800

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_VARIABLE = "PLOT_POINT_CHROMIUM"
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_IN_PAGE = Path(__file__).with_name("browser.js")

#: How many times Tab stays in a field for a date before it goes on.
_PARTS_OF_A_DATE = 3

Scheme = Literal["light", "dark"]
Kept = dict[str, dict[str, str]]


class NoBrowser(Exception):
    """No Chromium on this machine, and none could be installed. Says what was tried and what to do."""


@cache
def chromium() -> str:
    """The path of a Chromium: `PLOT_POINT_CHROMIUM`, one in PATH, Playwright's own, or one that is installed now.

    Raises NoBrowser.
    """
    if found := _found():
        return found
    # Two suites may come here at once, and a package manager lets only one of them work.
    with Path(tempfile.gettempdir(), "plot-point-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if found := _found():
            return found
        said = [_tried(command) for command in _ways()]
        if found := _found():
            return found
    raise NoBrowser(
        "The pages are tried in a real browser, and there is no Chromium here. "
        f"Install it (Debian: apt install chromium) or name one: {_VARIABLE}=/path/to/chromium.\n" + "\n".join(said)
    )


def _found() -> str | None:
    if named := os.environ.get(_VARIABLE):
        if shutil.which(named) is None:
            raise NoBrowser(f"{_VARIABLE} names {named}, which is not a program.")
        return named
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    own = _own()
    return str(own) if own.is_file() else None


def _own() -> Path:
    """Where Playwright keeps a Chromium that it has downloaded."""
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _ways() -> Iterator[list[str]]:
    """How a Chromium may come here, the surest first; the next only when the one before brought none."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        yield ["apt-get", "update", "--quiet"]
        # Without a font every letter is as wide as the next.
        yield ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium", "fonts-liberation"]
    if _found() is None:
        yield [sys.executable, "-m", "playwright", "install", "chromium"]


def _tried(command: list[str]) -> str:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    except subprocess.TimeoutExpired:
        return f"  {' '.join(command)}: not done after ten minutes"
    last = (ran.stderr.strip() or ran.stdout.strip() or "nothing said").splitlines()[-1]
    return f"  {' '.join(command)}: ended with {ran.returncode} ({last})"


class Window:
    """One tab whose every request is answered by `stand`."""

    def __init__(self, page: Page, stand: Stand, kept: Kept | None = None) -> None:
        self.page = page
        self.stand = stand
        #: What the page's storages hold when it is loaded, by their names in it (`sessionStorage`, `localStorage`).
        self.kept = kept or {}
        self._faults: list[str] = []
        #: Addresses that were refused on purpose: the browser reports each in its console.
        self._refused: set[str] = set()
        self._loads = 0
        page.on("console", self._logged)
        page.on("request", self._asks)
        page.on("pageerror", lambda error: self._faults.append(f"an error nobody caught: {error}"))
        page.on("dialog", lambda dialog: (self._faults.append(f"a dialog: {dialog.message}"), dialog.dismiss()))

    def go(self, address: str) -> None:
        """Loads `address` as if for the first time in this tab, and waits until nothing more is asked for."""
        self.begin(address)
        self.quiet()

    def begin(self, address: str) -> None:
        """The same, without the waiting."""
        if not self.page.url.startswith(ORIGIN):
            self.page.goto(ORIGIN + BLANK)
        self.page.evaluate("kept => underTest.keep(kept)", self.kept)
        self._refused.clear()
        # Another query makes it a load, where another # alone would be a move within the page.
        self._loads += 1
        parts = urlsplit(address)
        query = f"{parts.query}&{self._loads}" if parts.query else f"{self._loads}"
        self.page.goto(f"{ORIGIN}{parts.path}?{query}#{parts.fragment}", wait_until="load")

    def put(self, html: str) -> None:
        """Shows a document that has neither scripts nor an address nor a policy. Nothing can be walked there."""
        if self.page.url != ORIGIN + BLANK:
            self.page.goto(ORIGIN + BLANK)
        self.page.set_content(html)

    def quiet(self) -> None:
        """Waits until every answer is in and drawn."""
        self.page.evaluate("underTest.quiet()")

    def later(self) -> None:
        """Lets happen what the page had put off: here its long timers wait for this."""
        self.page.evaluate("underTest.later()")
        self.quiet()

    def unfold(self) -> None:
        """Opens everything that can be opened."""
        self.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        self.quiet()

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def faults(self) -> list[str]:
        """What went wrong since the last time: errors in the console, requests to elsewhere or for nothing."""
        told, self._faults = self._faults, []
        return told

    def audit(self, tags: Sequence[str] = WCAG, width: int | None = None, *, rule: str | None = None) -> list[str]:
        """What breaks these rules on the screen as it stands, at that width. `rule`: that one of axe's alone."""
        if width is not None:
            self.resize(width)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe_script())
        only = {"type": "rule", "values": [rule]} if rule else {"type": "tag", "values": list(tags)}
        broken = self.page.evaluate("only => underTest.audit(only)", only)
        return [f"{self._at()}: {one}" for one in broken]

    def sideways(self, width: int = REFLOW) -> list[str]:
        """What sticks out of the screen at that width."""
        self.resize(width)
        return [f"{self._at()}: {one} has to be read sideways" for one in self.page.evaluate("underTest.sideways()")]

    def walk(self, *, back: bool = False) -> list[str]:
        """What is wrong for whoever has only a keyboard: each thing that can be acted on comes when its turn is, is
        seen to have the focus, and lets go of it. `back`: from the last to the first as well."""
        due = self.page.evaluate("underTest.start()")
        wrong = self._walked("Tab", "start", due)
        if back:
            wrong += self._walked("Shift+Tab", "end", due[::-1])
        return [f"{self._at()}: {one}" for one in wrong]

    def _walked(self, key: str, end: str, due: list[str]) -> list[str]:
        self.page.evaluate("end => underTest.from(end)", end)
        for _ in due:
            self.page.keyboard.press(key)
        # The parts of a date (day, month, year, its calendar) take a Tab each within one field.
        for _ in range(_PARTS_OF_A_DATE * self.page.locator("input[type=date]").count()):
            if self.page.evaluate("underTest.steps().length") >= len(due):
                break
            self.page.keyboard.press(key)
        steps = self.page.evaluate("underTest.steps()")
        came = [step["name"] for step in steps]
        wrong = [] if came == due else [f"{key}: the focus should go {due}, it goes {came}"]
        return wrong + [f"{key}: {step['name']}: {fault}" for step in steps for fault in step["faults"]]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.quiet()

    def tab_to(self, selector: str) -> None:
        """Presses Tab until that element has the focus; fails when it never does."""
        stops = 0
        while not self.page.evaluate("one => document.activeElement?.matches(one) ?? false", selector):
            assert stops < 200, f"{self._at()}: Tab never comes to {selector}"
            self.page.keyboard.press("Tab")
            stops += 1

    @property
    def focused(self) -> str:
        """The element that has the focus, as the faults name it."""
        return str(self.page.evaluate("underTest.named(document.activeElement)"))

    def close(self) -> None:
        self.page.context.close()

    def answer(self, asked: Asked) -> Answer:
        answer = self.stand(asked)
        if answer is None:
            self._faults.append(f"a request for what is not there: {asked.method} {asked.path}")
            answer = Answer("", status=404)
        if answer.status == 0 or answer.status >= 400:
            self._refused.add(f"{ORIGIN}{asked.path}{'?' if asked.query else ''}{asked.query}")
        return answer

    def _asks(self, request: Request) -> None:
        if not request.url.startswith((f"{ORIGIN}/", "data:", "blob:")):
            self._faults.append(f"a request to elsewhere: {request.url}")

    def _logged(self, message: ConsoleMessage) -> None:
        if message.type == "error" and message.location.get("url") not in self._refused:
            self._faults.append(f"an error in the console: {message.text}")

    def _at(self) -> str:
        address, language = self.page.evaluate("[location.pathname + location.hash, document.documentElement.lang]")
        size = self.page.viewport_size
        return f"{address} ({language}, {size['width'] if size else '?'} px)"


class Browser:
    def __init__(self, chromium: Chromium, stands: Stands) -> None:
        self._chromium = chromium
        self._stands = stands

    def window(self, stand: Stand, *, scheme: Scheme = "light", kept: Kept | None = None) -> Window:
        """A tab of its own, that shares nothing with another. `kept`: see Window."""
        context = self._chromium.new_context(
            viewport={"width": WIDE, "height": HEIGHT},
            color_scheme=scheme,
            reduced_motion="reduce",  # a colour in transition is no colour of ours
            timezone_id="Europe/Paris",
            locale="fr-FR",
            service_workers="block",
        )
        context.add_init_script(path=_IN_PAGE)
        window = Window(context.new_page(), stand, kept)
        context.set_extra_http_headers({WINDOW_HEADER: self._stands.add(window.answer)})
        return window


@contextmanager
def browsing() -> Iterator[Browser]:
    """A Chromium without a screen, for windows whose every request a test answers. Raises NoBrowser."""
    with standing() as stands:
        # Nothing else has an address: what asks for something elsewhere gets nothing from there.
        alone = f"--host-resolver-rules=MAP {urlsplit(ORIGIN).hostname} 127.0.0.1:{stands.port}, MAP * ~NOTFOUND"
        with started(alone) as chromium_itself:
            yield Browser(chromium_itself, stands)


@contextmanager
def started(*flags: str) -> Iterator[Chromium]:
    """A Chromium without a screen, as Playwright drives it. Raises NoBrowser."""
    path = chromium()
    with sync_playwright() as playwright:
        running = _started(playwright, path, flags)
        try:
            yield running
        finally:
            running.close()


def _started(playwright: Playwright, path: str, flags: Sequence[str]) -> Chromium:
    # Chromium's own sandbox does not work for root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    try:
        return playwright.chromium.launch(executable_path=path, args=[*_FLAGS, *sandbox, *flags])
    except Error as error:
        raise NoBrowser(f"{path} does not start: {error}") from None


@cache
def axe_script() -> str:
    """axe-core's own script, at the version that the pinned package brings. https://github.com/dequelabs/axe-core"""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
