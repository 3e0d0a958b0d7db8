"""What a production does with the people proposed for its project, with a keyboard alone."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.support.browser import Window
from tests.support.screens.people import (
    BRIEF,
    FIRST,
    LEAK,
    LEAKING,
    SHORTLIST,
    THEIR_NOTE,
    Answers,
    Remarks,
    contact,
    remark,
    shortlist,
)
from tests.support.site import Site, example, kept, refusal
from tests.support.stand import Answer, Asked, document

_SECOND, _THIRD = (one["profile"]["profile_id"] for one in shortlist()["matches"][1:])
_NAMES = [one["profile"]["display_name"] for one in shortlist()["matches"]]
_INVITE = f"POST /briefs/{BRIEF}/invitations"
_CONTACTS = f"GET /briefs/{BRIEF}/conversations"
_MATCHES = f"GET /briefs/{BRIEF}/matches"


class Sent:
    """Answers with the same thing and keeps what was sent."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, asked: Asked) -> Answer:
        self.bodies.append(json.loads(asked.body or "null"))
        return self.answer


def there(window: Window, address: str, answers: Answers) -> Answers:
    """That address as it is when one comes to it. What it answers may be changed afterwards."""
    window.resize(1200)
    window.stand, window.kept = Site(answers), kept("producers")
    window.go(address)
    return answers


def again(window: Window) -> None:
    """The page loaded anew, with what the tab and the device remember."""
    window.page.reload()
    window.quiet()


def said(window: Window, role: str = "status") -> str:
    return "\n".join(window.page.get_by_role(role).all_inner_texts()).replace("\u202f", " ")  # type: ignore[arg-type]


def choose(window: Window, name: str) -> None:
    window.tab_to(f"#{window.page.get_by_label(f'Choisir {name}').get_attribute('id')}")
    window.press("Space")


def test_several_people_are_invited_in_one_action(window: Window) -> None:
    sent = Sent(document(example("/briefs/x/invitations", "POST")))
    there(window, f"/briefs/{BRIEF}", SHORTLIST | {_INVITE: sent})
    choose(window, _NAMES[0])
    choose(window, _NAMES[2])
    assert "2 profils choisis" in said(window)
    window.tab_to("section[aria-label='Profils choisis'] button")
    window.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "word"
    window.page.keyboard.type("Bonjour")
    window.tab_to("#invite [type=submit]")
    window.press("Enter")
    assert sent.bodies == [{"profile_ids": [FIRST, _THIRD], "text": "Bonjour"}]
    assert "Invitation envoyée à Inès Kerbrat et Paul Tanguy." in window.page.evaluate(
        "document.activeElement.innerText"
    )
    again(window)
    assert window.page.input_value("#word") == ""
    assert window.page.locator("ol input:checked").count() == 0


def test_whoever_was_asked_already_is_not_asked_again(window: Window) -> None:
    sent = Sent(document(example("/briefs/x/invitations", "POST")))
    asked = {"conversations": [contact(FIRST, "invited", "invitation envoyée", "invitation sent")]}
    there(window, f"/briefs/{BRIEF}", SHORTLIST | {_INVITE: sent, _CONTACTS: asked})
    choose(window, _NAMES[0])
    choose(window, _NAMES[1])
    assert f"{_NAMES[0]} a déjà été invité" in window.page.inner_text("#invite")
    window.tab_to("#invite [type=submit]")
    window.press("Enter")
    assert [body["profile_ids"] for body in sent.bodies] == [[_SECOND]]


def test_an_invitation_to_nobody_is_not_sent(window: Window) -> None:
    sent = Sent(document(example("/briefs/x/invitations", "POST")))
    there(window, f"/briefs/{BRIEF}", SHORTLIST | {_INVITE: sent})
    window.tab_to("#invite [type=submit]")
    window.press("Enter")
    assert sent.bodies == []
    assert "Cochez d’abord" in said(window, "alert")


def test_a_passage_that_may_not_stand_is_marked_and_led_to_and_nothing_written_is_lost(window: Window) -> None:
    there(window, f"/briefs/{BRIEF}", SHORTLIST | {_INVITE: LEAK})
    choose(window, _NAMES[0])
    window.tab_to("#word")
    window.page.keyboard.type(LEAKING)
    window.tab_to("#invite [type=submit]")
    window.press("Enter")
    assert window.page.inner_text("#invite mark").endswith("Sémaphore Récits")
    assert "Plutôt : « notre société »" in said(window, "alert")
    window.tab_to("#invite [role=alert] button")
    window.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "word"
    selected = "const one = document.activeElement; one.value.slice(one.selectionStart, one.selectionEnd)"
    assert window.page.evaluate(f"(() => {{ {selected.replace('; one', '; return one')} }})()") == "Sémaphore Récits"
    again(window)
    assert window.page.input_value("#word") == LEAKING
    assert window.page.get_by_label(f"Choisir {_NAMES[0]}").is_checked()


def test_what_became_of_somebody_meanwhile_is_shown_and_the_words_stay(window: Window) -> None:
    conflict = refusal(409, "conversation_state", "Cet échange est à l’étape « décliné ».")
    answers = there(window, f"/briefs/{BRIEF}", SHORTLIST | {_INVITE: conflict})
    choose(window, _NAMES[0])
    window.tab_to("#word")
    window.page.keyboard.type("Bonjour")
    window.tab_to("#invite [type=submit]")
    window.press("Enter")
    answers[_CONTACTS] = {"conversations": [contact(FIRST, "declined", "décliné", "declined")]}
    window.tab_to("#invite [role=alert] button")
    window.press("Enter")
    assert "décliné" in window.page.inner_text("ol > li:first-child")
    assert window.page.input_value("#word") == "Bonjour"


@pytest.mark.parametrize(("people", "words"), [(1, "1 profil proposé"), (3, "3 profils proposés")])
def test_a_shortlist_that_comes_is_said_to_whoever_does_not_see_it(window: Window, people: int, words: str) -> None:
    answers = there(window, f"/briefs/{BRIEF}", SHORTLIST | {_MATCHES: shortlist(status="pending", matches=[])})
    assert "La sélection se prépare" in said(window)
    window.later()
    assert "La sélection est là" not in said(window)
    answers[_MATCHES] = shortlist(matches=shortlist()["matches"][:people])
    window.later()
    assert f"La sélection est là. {words}" in said(window)


def test_a_note_is_saved_as_one_writes_and_is_the_same_on_every_screen(window: Window) -> None:
    remarks = Remarks()
    there(window, f"/briefs/{BRIEF}", SHORTLIST | remarks.answers())
    window.unfold()
    window.tab_to(f"#note-{FIRST}")
    window.page.keyboard.type("À rappeler ")
    window.later()
    assert remarks.kept[FIRST]["note"] == "À rappeler"
    window.page.keyboard.type("en janvier")
    window.later()
    assert remarks.kept[FIRST]["note"] == window.page.input_value(f"#note-{FIRST}") == "À rappeler en janvier"
    assert "Enregistrée" in said(window)
    window.page.evaluate("localStorage.clear()")
    again(window)
    assert window.page.input_value(f"#note-{FIRST}") == "À rappeler en janvier"
    window.page.evaluate(f"document.querySelector('#name-{FIRST} a').focus()")
    window.press("Enter")
    window.page.wait_for_selector(f"h1:text-is('{_NAMES[0]}')")
    assert window.page.input_value(f"#note-{FIRST}") == "À rappeler en janvier"


def test_a_note_that_could_not_be_saved_outlives_a_reload_and_is_saved_then(window: Window) -> None:
    remarks, path = Remarks(), f"PUT /briefs/{BRIEF}/matches/{FIRST}/note"
    answers = there(window, f"/briefs/{BRIEF}/people/{FIRST}", {**SHORTLIST, **remarks.answers(), path: refusal(503)})
    window.tab_to(f"#note-{FIRST}")
    window.page.keyboard.type("À rappeler en janvier")
    window.later()
    assert "Gardée sur cet appareil" in said(window)
    answers[path] = remarks
    again(window)
    window.later()
    assert window.page.input_value(f"#note-{FIRST}") == "À rappeler en janvier"
    assert remarks.kept[FIRST]["note"] == "À rappeler en janvier"


@pytest.mark.parametrize("mine", [True, False], ids=["one's own is kept", "the other is taken"])
def test_two_who_write_a_note_see_both_and_nothing_is_lost(window: Window, mine: bool) -> None:
    remarks, path = Remarks(), f"PUT /briefs/{BRIEF}/matches/{FIRST}/note"
    answers = there(window, f"/briefs/{BRIEF}/people/{FIRST}", SHORTLIST | remarks.answers())
    remarks.kept[FIRST] = remark(FIRST, THEIR_NOTE)
    answers[path] = refusal(412, "precondition_failed")
    window.tab_to(f"#note-{FIRST}")
    window.page.keyboard.type("À rappeler en janvier")
    window.later()
    assert THEIR_NOTE in said(window, "alert")
    assert window.page.input_value(f"#note-{FIRST}") == "À rappeler en janvier"
    answers[path] = remarks
    window.page.evaluate(f"document.querySelectorAll('[role=alert] button')[{0 if mine else 1}].focus()")
    window.press("Enter")
    window.later()
    kept = "À rappeler en janvier" if mine else THEIR_NOTE
    assert window.page.input_value(f"#note-{FIRST}") == remarks.kept[FIRST]["note"] == kept
    assert window.page.evaluate("document.activeElement.id") == f"note-{FIRST}"
    assert window.page.locator("[role=alert]").count() == 0


def test_somebody_is_set_aside_for_everyone_of_the_company_and_comes_back(window: Window) -> None:
    remarks = Remarks()
    there(window, f"/briefs/{BRIEF}", SHORTLIST | remarks.answers())
    choose(window, _NAMES[0])
    window.tab_to(f"button[aria-label='Mettre {_NAMES[0]} de côté']")
    window.press("Enter")
    assert window.page.evaluate("document.activeElement.textContent") == "Annuler"
    assert window.page.locator(f"#name-{FIRST}").count() == 0
    assert window.page.locator("ol input:checked").count() == 0
    assert remarks.kept[FIRST]["dismissal"]["reason"] == "unstated"
    again(window)
    window.tab_to("main details:last-of-type summary")
    window.unfold()
    window.page.locator("main details select").last.select_option("dates")
    window.quiet()
    assert remarks.kept[FIRST]["dismissal"]["reason"] == "dates"
    window.tab_to("main details li button")
    window.press("Enter")
    window.page.wait_for_function(f"document.activeElement.closest('#name-{FIRST}') !== null")
    assert window.page.locator("ol > li").count() == len(_NAMES)
    assert remarks.kept[FIRST]["dismissal"] is None


def test_whoever_could_not_be_set_aside_stays_on_the_list_and_chosen(window: Window) -> None:
    there(window, f"/briefs/{BRIEF}", {**SHORTLIST, f"POST /briefs/{BRIEF}/matches/{FIRST}/dismiss": refusal(503)})
    choose(window, _NAMES[0])
    window.tab_to(f"button[aria-label='Mettre {_NAMES[0]} de côté']")
    window.press("Enter")
    window.quiet()
    assert window.page.locator("ol > li").count() == len(_NAMES)
    assert window.page.get_by_label(f"Choisir {_NAMES[0]}").is_checked()
    assert said(window, "alert")


def test_those_who_are_compared_are_chosen_on_the_list_and_changed_there(window: Window) -> None:
    there(window, f"/briefs/{BRIEF}", SHORTLIST)
    choose(window, _NAMES[0])
    assert window.page.get_by_role("link", name="Comparer").count() == 0
    choose(window, _NAMES[1])
    window.tab_to("a[href*='/compare?']")
    window.press("Enter")
    window.page.wait_for_selector("h1:text-is('Comparer')")
    window.quiet()
    columns = window.page.get_by_role("columnheader")
    assert columns.all_inner_texts()[1:] == _NAMES[:2]
    window.tab_to("fieldset input:not(:checked)")
    window.press("Space")
    assert columns.all_inner_texts()[1:] == _NAMES
    assert _THIRD in window.page.url


def test_a_comparison_is_printed_in_landscape_with_its_notes(window: Window) -> None:
    there(window, f"/briefs/{BRIEF}/compare?with={FIRST},{_SECOND}", SHORTLIST | Remarks().answers())
    window.tab_to(f"#note-{FIRST}")
    window.page.keyboard.type("Très juste sur le polar")
    window.page.emulate_media(media="print")
    try:
        assert window.page.get_by_text("Très juste sur le polar", exact=True).last.is_visible()
        assert not window.page.locator("#word").is_visible()
        assert not window.page.locator("nav").first.is_visible()
        pdf = window.page.pdf(prefer_css_page_size=True)
    finally:
        window.page.emulate_media(media="screen")
    boxes = [tuple(map(round, map(float, box.split()))) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)]
    assert set(boxes) == {(0, 0, 842, 595)}, "A4, on its long side"
    assert len(boxes) <= 3, "the table, and not the list that a phone shows"


def test_a_profile_is_reported_with_its_reason(window: Window) -> None:
    sent = Sent(document(example("/reports", "POST"), 201))
    there(window, f"/briefs/{BRIEF}/people/{FIRST}", {**SHORTLIST, "POST /reports": sent})
    window.page.evaluate("[...document.querySelectorAll('main summary')].at(-1).focus()")
    window.press("Enter")
    window.tab_to("form:has(#report-text) button")
    window.press("Enter")
    assert sent.bodies == [] and "Choisissez d’abord un motif." in window.page.inner_text("form:has(#report-text)")
    window.page.check("input[value=fraud]")
    window.tab_to("form:has(#report-text) button")
    window.press("Enter")
    assert sent.bodies == [{"about": "profile", "id": FIRST, "conversation_id": None, "reason": "fraud", "text": None}]
    assert "Signalement envoyé" in said(window)


def test_whoever_meets_a_failure_can_try_again(window: Window) -> None:
    answers = there(window, f"/briefs/{BRIEF}", SHORTLIST | {_MATCHES: refusal(500)})
    window.later()
    answers[_MATCHES] = shortlist()
    window.tab_to("main [role=alert] button")
    window.press("Enter")
    assert window.page.locator("ol > li").count() == len(_NAMES)
