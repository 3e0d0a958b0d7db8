"""The e-mails and the pages behind their links, as a mail program and a telephone show them."""

from __future__ import annotations

from typing import get_args

import pytest

from chalicelib.vocabulary.text import LANGUAGES, Language
from tests.support.browser import NARROW, REFLOW, WIDE, Browser, Scheme, Window
from tests.support.letters import built_differently, html_routes, letters, linked_pages
from tests.support.stand import shows

SCHEMES: tuple[Scheme, ...] = get_args(Scheme)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_e_mail_can_be_read_by_everybody_at_every_width_in_light_and_in_dark(
    browser: Browser, language: Language
) -> None:
    window = browser.window(shows(""))
    found = {}
    for name, html in built_differently(letters(language)).items():
        window.put(html)
        for scheme in SCHEMES:
            window.page.emulate_media(color_scheme=scheme)
            for width in (REFLOW, NARROW, WIDE):
                faults = window.audit(width=width) + window.sideways(width) + window.faults()
                found[f"{name}, {scheme}, {width} px"] = faults
    window.close()
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_route_that_answers_with_a_page_is_looked_at() -> None:
    assert set(html_routes()) == set(linked_pages("fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_behind_a_link_can_be_read_and_used_by_everybody(window: Window, language: Language) -> None:
    found = {}
    for route, pages in linked_pages(language).items():
        for name, html in built_differently(pages).items():
            window.stand = shows(html)
            window.go("/")
            at_rest = window.audit(width=NARROW) + window.sideways() + window.audit(width=WIDE)
            found[f"{route} {name}"] = at_rest + window.walk() + window.faults()
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_every_page_behind_a_link_can_be_read_in_the_dark(browser: Browser) -> None:
    window = browser.window(shows(""), scheme="dark")
    found = {}
    for route, pages in linked_pages("fr").items():
        for name, html in built_differently(pages).items():
            window.stand = shows(html)
            window.go("/")
            found[f"{route} {name}"] = window.audit(width=NARROW) + window.faults()
    window.close()
    assert {name: faults for name, faults in found.items() if faults} == {}
