"""Every screen of the site in every state it may be in: WCAG 2.2 AA, the keyboard, a phone's width, a quiet console."""

from __future__ import annotations

import pytest

from tests.support.browser import NARROW, WIDE, Window
from tests.support.site import PROJECT, SCREENS, Screen, Site, example, kept


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_can_be_read_and_used_by_everybody(window: Window, screen: Screen) -> None:
    window.resize(WIDE)
    screen.show(window)
    in_french = window.audit() + window.walk() + window.audit(width=NARROW) + window.sideways()
    screen.translate(window)
    in_english = window.sideways() + window.audit(width=NARROW) + window.audit(width=WIDE)
    assert in_french + in_english + window.faults() == []


def test_what_stands_in_french_alone_is_read_out_as_french_on_a_page_in_english(window: Window) -> None:
    project = example("/projects/x")
    window.stand, window.kept = Site(), kept("freelancers", "en")
    window.go(f"/#/projects/{PROJECT}")
    spoken = {
        field: window.page.get_by_text(project[field]["fr"]).get_attribute("lang") for field in ("logline", "pitch")
    }
    assert spoken == {"logline": "fr", "pitch": "fr"}
    assert window.page.get_by_text(project["logline"]["fr"]).count() == 1
