"""What an administrator changes for everybody is never lost, nor put over what somebody else did meanwhile."""

from __future__ import annotations

import json

from tests.support.browser import Window
from tests.support.screens.administration import OVERTAKEN, SAVE_DRAFT, taxonomy
from tests.support.site import Given, Site, kept
from tests.support.stand import Answer, Asked, document


def words(window: Window, save: Given) -> None:
    window.stand = Site({"PUT /admin/taxonomy": save})
    window.kept = kept("admins")
    window.go("/admin/taxonomy")


def rename(window: Window) -> None:
    window.page.get_by_role("button", name="Modifier « Sombre »").click()
    window.page.fill("#entry-dark-fr", "Noir")


def test_a_changed_word_outlives_a_reload_and_is_saved(window: Window) -> None:
    sent: list[str] = []

    def save(asked: Asked) -> Answer:
        entry = json.loads(asked.body or b"{}")["dimensions"]["tones"]["items"][0]
        sent.append(entry["labels"]["fr"])
        return document(taxonomy(), ETag='"4"')

    words(window, save)
    rename(window)
    window.page.reload()
    window.quiet()
    window.tab_to(SAVE_DRAFT)
    window.press("Enter")
    assert sent == ["Noir"]
    assert window.page.locator(SAVE_DRAFT).count() == 0


def test_what_somebody_else_saved_is_shown_beside_what_was_typed(window: Window) -> None:
    words(window, OVERTAKEN)
    rename(window)
    window.page.click(SAVE_DRAFT)
    window.quiet()
    conflict = window.page.get_by_role("status").filter(has_text="entre-temps").inner_text().replace("\u202f", " ")
    assert "ici : Noir / Dark" in conflict
    assert "enregistré : Sombre / Dark" in conflict
    window.page.get_by_role("button", name="Prendre la version enregistrée").click()
    window.quiet()
    assert window.page.input_value("#entry-dark-fr") == "Sombre"
