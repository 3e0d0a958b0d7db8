"""What is written ahead at the build, as the site itself shows it, and how soon a screen's parts come."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from chalicelib.vocabulary.text import LANGUAGES, Language
from tests.support.browser import HEIGHT, NARROW, WIDE, Browser, Window
from tests.support.bundle import AHEAD, manifest
from tests.support.site import Site, kept
from tests.support.stand import Answer, Asked

_LAID_OUT = """[...document.querySelectorAll("h1, h2, h3, p, a, button, label, input, dt, dd, li")]
  .filter((one) => one.checkVisibility())
  .map((one) => { const {x, y, width, height} = one.getBoundingClientRect();
                  return [one.localName, one.innerText, ...[x, y, width, height].map(Math.round)]; })"""


def _without_scripts(asked: Asked) -> Answer | None:
    """The site whose own scripts have not come yet."""
    if re.fullmatch(r"/assets/index-[^/]+\.js", asked.path):
        return Answer("", "text/javascript; charset=utf-8")
    return Site()(asked)


def _seen(window: Window) -> list[Any]:
    """What is on the page before one scrolls."""
    return [one for one in window.page.evaluate(_LAID_OUT) if one[3] < HEIGHT]


@pytest.fixture
def early(browser: Browser) -> Iterator[Window]:
    """A tab in which the site's own scripts never come."""
    opened = browser.window(_without_scripts)
    yield opened
    opened.close()


@pytest.mark.parametrize("address", AHEAD)
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_it_moves_when_the_site_takes_its_place(
    window: Window, early: Window, language: Language, width: int, address: str
) -> None:
    answered = Event()

    def silent(asked: Asked) -> Answer | None:
        """What the API says is what comes next."""
        if asked.path.startswith("/api/"):
            answered.wait(20)
        return Site()(asked)

    window.stand = silent
    for one in (window, early):
        one.resize(width)
        one.kept = kept(None, language)
        one.begin(address)
    window.page.locator("#root > :not([data-first])").first.wait_for()

    assert early.page.locator("[data-first]").count() == len(LANGUAGES)
    assert window.page.locator("[data-first]").count() == 0
    seen_early, seen = _seen(early), _seen(window)
    answered.set()
    window.quiet()
    assert len(seen_early) > 6 and seen_early == seen
    assert early.faults() + window.faults() == []


@pytest.mark.parametrize("address", AHEAD)
def test_whoever_has_a_start_page_of_their_own_is_not_shown_it(early: Window, address: str) -> None:
    early.kept = kept("producers")
    early.begin(address)

    assert _seen(early) == []


@pytest.mark.parametrize("address", ["/sign-in", "/sign-up", "/forgot-password"])
def test_a_form_takes_nothing_before_it_can_keep_it(early: Window, address: str) -> None:
    early.kept = kept(None)
    early.begin(address)

    assert early.page.locator("form:visible input").count() > 0
    came = set()
    for _ in range(30):
        early.page.keyboard.press("Tab")
        came.add(early.focused)
    assert any(one.startswith("a ") for one in came) and not any(one.startswith("input") for one in came)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_screen_for_everybody_is_made_of_is_asked_for_before_the_scripts(
    early: Window, language: Language
) -> None:
    early.kept = kept(None, language)
    early.begin("/sign-in")

    asked = early.page.evaluate("[...document.querySelectorAll('link')].map((one) => one.getAttribute('href'))")
    other = next(one for one in LANGUAGES if one != language)
    assert f"/{manifest()['src/pages/account/SignIn.tsx']['file']}" in asked
    assert f"/{manifest()[f'src/i18n/{language}/account.ts']['file']}" in asked
    assert f"/{manifest()[f'src/i18n/{other}/account.ts']['file']}" not in asked
    assert early.faults() == []


def test_no_sign_of_waiting_stands_before_a_screen_whose_words_come_late(window: Window) -> None:
    words = f"/{manifest()['src/i18n/fr/account.ts']['file']}"

    def late(asked: Asked) -> Answer | None:
        if asked.path == words:
            time.sleep(0.4)
        return Site()(asked)

    window.stand = late
    window.kept = kept(None, "fr")
    window.page.add_init_script(
        "new MutationObserver(() => { if (document.querySelector('[aria-busy=true]')) window.waited = true; })"
        ".observe(document, {childList: true, subtree: true})"
    )
    window.begin("/sign-in")
    window.quiet()

    assert window.page.get_by_role("textbox").count() > 0
    assert window.page.evaluate("window.waited ?? false") is False


def test_whoever_is_signed_out_chooses_the_colours_at_its_foot(window: Window) -> None:
    window.stand, window.kept = Site(), kept(None)
    window.go("/")
    window.tab_to("footer [aria-pressed=true]")
    window.press("Tab", "Tab", "Enter")
    assert window.focused == "button “Affichage sombre”"
    assert window.page.get_attribute("html", "data-mantine-color-scheme") == "dark"
    window.page.reload()
    window.quiet()
    assert window.page.get_attribute("html", "data-mantine-color-scheme") == "dark"
    assert window.page.inner_text("footer [aria-pressed=true]") == "Affichage sombre"
    assert window.faults() == []
