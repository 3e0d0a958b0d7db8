"""Every screen of the site in every state it may be in: WCAG 2.2 AA, the keyboard, a phone's width, a quiet console.

Colours are looked at twice: the light ones, and those of whoever has chosen the dark."""

from __future__ import annotations

import pytest

from tests.support.browser import NARROW, WIDE, Window
from tests.support.screens import SCREENS
from tests.support.site import Screen, hollow, unreadable_in_the_dark, unstyled, untitled


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_can_be_read_and_used_by_everybody(window: Window, screen: Screen) -> None:
    window.resize(WIDE)
    screen.show(window)
    in_french = window.audit() + window.walk() + window.sideways()
    in_french += unstyled(window) + untitled(window) + hollow(window)
    screen.say(window, "en")
    in_english = window.sideways() + window.audit(width=NARROW) + unreadable_in_the_dark(window)
    assert in_french + in_english + window.faults() == []


def test_what_cannot_be_read_in_the_dark_alone_is_found(window: Window) -> None:
    [screen] = [one for one in SCREENS if one.name == "how accessible this is"]
    screen.show(window)
    window.page.evaluate("document.documentElement.style.setProperty('--ink', '#1C1B22')")
    assert window.audit(rule="color-contrast") == []
    assert "color-contrast" in " ".join(unreadable_in_the_dark(window))
    assert window.audit(rule="color-contrast") == []
