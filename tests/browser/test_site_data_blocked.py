"""The site in a browser that keeps nothing for it: every storage throws at its mere name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.browser import Browser, Window
from tests.support.screens.company import COMPANY
from tests.support.site import Site
from tests.support.stand import BLANK

_BLOCKED = """(() => {
  if (location.pathname === "%s") return;
  const blocked = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get: blocked });
  window.BroadcastChannel = class { constructor() { blocked(); } };
})()"""


@pytest.fixture
def closed(browser: Browser) -> Iterator[Window]:
    opened = browser.window(Site())
    opened.page.add_init_script(_BLOCKED % BLANK)
    yield opened
    opened.close()


def test_the_first_page_is_there_in_both_languages(closed: Window) -> None:
    closed.go("/")
    french = closed.page.inner_text("h1")
    closed.page.click("header button[lang=en]")
    closed.quiet()
    assert closed.page.evaluate("document.documentElement.lang") == "en"
    assert closed.page.inner_text("h1") not in ("", french)
    assert closed.page.locator("[data-first]").count() == 0
    assert closed.faults() == []


def test_somebody_signs_in_and_what_they_write_lives_as_long_as_their_visit(closed: Window) -> None:
    closed.go("/sign-in?next=/company")
    closed.page.fill("#email", "claire@falaise-films.test")
    closed.page.fill("#password", "Invented-password-1")
    closed.press("Enter")
    assert closed.page.input_value("#legal_name") == COMPANY["legal_name"]
    closed.page.fill("#mandate", "Gérante")
    for address in ("/conversations", "/company"):
        closed.page.click(f"header a[href='{address}']")
        closed.quiet()
    assert closed.page.input_value("#mandate") == "Gérante"
    closed.page.click("header button[aria-expanded]:visible")
    closed.page.get_by_role("button", name="Affichage sombre").click()
    assert closed.page.get_attribute("html", "data-mantine-color-scheme") == "dark"
    assert closed.faults() == []
