"""What somebody decides about their own account with a keyboard alone, also when something goes wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.vocabulary.text import Language
from tests.support.browser import Window
from tests.support.screens.preferences import ADDRESS, CHANGED, KEPT, PREFERENCES, SAVE, UNDER_WAY
from tests.support.site import NOT_YET, Given, Site, example, kept, refusal
from tests.support.stand import Answer, Asked, document, down


class Sent:
    """Answers one after the other, the last one from then on, and keeps what was sent."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.bodies: list[Any] = []

    def __call__(self, asked: Asked) -> Answer:
        self.bodies.append(json.loads(asked.body) if asked.body else None)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def account(window: Window, **answers: Given | dict[str, Any]) -> None:
    window.stand = Site(KEPT | answers)
    window.kept = kept("producers")
    window.go("/account")


def said(window: Window, role: str) -> list[str]:
    return [one.replace("\u202f", " ") for one in window.page.get_by_role(role).all_inner_texts() if one]  # type: ignore[arg-type]


def test_an_e_mail_is_turned_off_by_keyboard_and_nothing_else_changes(window: Window) -> None:
    saved = Sent(document(PREFERENCES, ETag='"4"'))
    account(window, **{"PUT /me/preferences": saved})
    window.tab_to("#contacts-email")
    window.press("Space")
    window.tab_to(SAVE)
    window.press("Enter")
    channels = PREFERENCES["kinds"] | {"contacts": {"email": False, "digest": True}}
    assert saved.bodies == [{"kinds": channels, "language": "fr"}]
    assert "Vos choix sont enregistrés." in said(window, "status")


def test_choices_outlive_a_refusal_and_a_reload(window: Window) -> None:
    account(window, **{"PUT /me/preferences": down()})
    window.page.click("#contacts-email")
    window.page.click(SAVE)
    window.quiet()
    assert not window.page.is_checked("#contacts-email")
    window.page.reload()
    window.quiet()
    assert not window.page.is_checked("#contacts-email")
    assert "Vos choix ne sont pas encore enregistrés." in said(window, "status")


def test_what_was_saved_elsewhere_is_shown_beside_what_was_chosen_and_one_of_them_is_kept(window: Window) -> None:
    overtaken = refusal(412, "precondition_failed", "Quelqu’un a changé ceci entre-temps.")
    saved = Sent(overtaken, document(PREFERENCES, ETag='"5"'))
    read = Sent(document(PREFERENCES, ETag='"3"'), document(CHANGED, ETag='"4"'))
    account(window, **{"PUT /me/preferences": saved, "GET /me/preferences": read})
    window.page.click("#contacts-digest")
    window.page.click(SAVE)
    window.quiet()
    conflict = window.page.get_by_role("status").filter(has_text="ont changé entre-temps")
    text = conflict.inner_text().replace("\u202f", " ")
    assert "ici : tout de suite\nenregistré : aucun e-mail" in text
    assert "ici : Français\nenregistré : Anglais" in text
    conflict.get_by_role("button", name="Garder mes choix").click()
    window.quiet()
    assert saved.bodies[-1] == saved.bodies[0]
    assert "Vos choix sont enregistrés." in said(window, "status")


def test_what_was_saved_elsewhere_can_be_taken_instead(window: Window) -> None:
    read = Sent(document(PREFERENCES, ETag='"3"'), document(CHANGED, ETag='"4"'))
    overtaken = refusal(412, "precondition_failed", "Quelqu’un a changé ceci entre-temps.")
    account(window, **{"PUT /me/preferences": overtaken, "GET /me/preferences": read})
    window.page.click("#contacts-digest")
    window.page.click(SAVE)
    window.quiet()
    window.page.get_by_role("button", name="Prendre ce qui est enregistré").click()
    window.quiet()
    assert not window.page.is_checked("#contacts-email")
    assert window.page.is_checked("input[name=email-language][value=en]")
    assert window.page.locator(SAVE).is_visible()


def test_data_is_taken_along_as_a_dated_file(window: Window) -> None:
    account(window)
    window.tab_to("#data button")
    with window.page.expect_download() as download:
        window.page.keyboard.press("Enter")
    assert download.value.suggested_filename == "plot-point-2026-11-29.json"
    whole = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert whole["format"] == "plot-point/export" and whole["sections"]


def test_an_account_is_deleted_only_once_its_address_was_typed(window: Window) -> None:
    deleted = Sent(document(UNDER_WAY, 202))
    account(window, **{"DELETE /me": deleted})
    window.tab_to("#erase button")
    window.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "erase-email"
    window.page.keyboard.type("someone@else.test")
    window.press("Enter")
    assert deleted.bodies == []
    assert window.page.evaluate("document.activeElement.id") == "erase-email"
    assert window.page.get_attribute("#erase-email", "aria-invalid") == "true"
    window.press("Control+a")
    window.page.keyboard.type(ADDRESS.upper())
    window.press("Enter")
    assert deleted.bodies == [None]
    assert window.page.get_by_text("La suppression est en cours").is_visible()
    assert window.page.locator("#emails").count() == 0


def test_a_deletion_is_followed_to_its_end_and_the_account_left(window: Window) -> None:
    done = UNDER_WAY | {"state": "complete", "completed_at": "2026-11-29T09:04:00.000Z"}
    account(window, **{"GET /me/erasure": Sent(document(UNDER_WAY), document(done))})
    assert "3 parties sur 6" in " ".join(said(window, "status"))
    # Asked for again every three seconds.
    window.page.get_by_role("status").filter(has_text="Votre compte est supprimé").wait_for(timeout=10_000)
    window.page.get_by_role("button", name="Quitter le site").click()
    window.quiet()
    assert window.page.evaluate("sessionStorage.getItem('plot-point-session')") is None


def test_a_dialog_closed_with_escape_gives_the_focus_back(window: Window) -> None:
    account(window, **{"GET /me/erasure": NOT_YET})
    window.tab_to("#erase button")
    window.press("Enter", "Escape")
    assert window.page.get_by_role("dialog").count() == 0
    assert window.focused == "button “Supprimer mon compte…”"


def test_whoever_forgot_their_password_asks_for_another_code_or_corrects_their_address(window: Window) -> None:
    asked: list[str] = []

    def identity(request: Asked) -> Answer:
        asked.append(json.loads(request.body or "{}")["Username"])
        return document({})

    window.stand = Site({"POST /idp": identity})
    window.go("/forgot-password")
    window.page.fill("#email", "clare@falaise-films.test")
    window.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "code", "where one goes on"
    window.page.fill("#code", "12")
    window.page.click("button:has-text('Renvoyer le code')")
    window.quiet()
    assert asked == ["clare@falaise-films.test"] * 2
    assert window.page.input_value("#code") == "12", "what was typed stays"
    window.page.click("button:has-text('Corriger l’adresse')")
    assert window.page.evaluate("document.activeElement.id") == "email"
    window.page.fill("#email", "claire@falaise-films.test")
    window.press("Enter")
    assert asked[-1] == "claire@falaise-films.test"


def test_whoever_opens_an_account_types_the_code_where_the_page_goes_on(window: Window) -> None:
    window.stand = Site({"POST /idp": document({})})
    window.go("/sign-up?side=producer")
    for field, typed in (
        ("name", "Claire Abjean"),
        ("email", "claire@falaise-films.test"),
        ("password", "Invented-1-word"),
    ):
        window.page.fill(f"#{field}", typed)
    window.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "code"


@pytest.mark.parametrize("address", ["/accessibility", "/privacy-notice"])
def test_whoever_has_no_account_is_told_where_to_write(window: Window, address: str) -> None:
    window.stand, window.kept = Site(), kept(None)
    window.go(address)
    window.tab_to("main a[href^='mailto:']")
    assert example("/privacy")["contact"] in window.focused


@pytest.mark.parametrize(
    ("language", "missing", "entire"),
    [
        ("fr", "À remplir avant d’envoyer.", "Une adresse e-mail entière est attendue : nom@maison.fr."),
        ("en", "To be filled in before you send.", "A whole e-mail address is expected: name@house.co.uk."),
    ],
)
def test_what_a_form_is_held_back_for_is_said_in_the_language_of_the_site(
    window: Window, language: Language, missing: str, entire: str
) -> None:
    def said() -> str:
        window.page.click("main form button[type=submit]")
        return " ".join(str(window.page.eval_on_selector("#email", "one => one.validationMessage")).split())

    window.stand, window.kept = Site(), kept(None, language)
    window.go("/sign-in")
    assert said() == missing
    window.page.fill("#email", "claire")
    assert said() == entire
    window.page.fill("#email", "claire@falaise-films.test")
    assert said() == "" and window.focused.startswith("input")
