"""Every screen of the site in every state it may be in: WCAG 2.2 AA, the keyboard, a phone's width, a quiet console."""

from __future__ import annotations

import pytest

from tests.support.browser import NARROW, WIDE, Window
from tests.support.screens import SCREENS
from tests.support.site import Screen, unstyled


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_can_be_read_and_used_by_everybody(window: Window, screen: Screen) -> None:
    window.resize(WIDE)
    screen.show(window)
    in_french = window.audit() + window.walk() + window.sideways() + unstyled(window)
    screen.say(window, "en")
    in_english = window.sideways() + window.audit(width=NARROW)
    assert in_french + in_english + window.faults() == []
