"""What somebody does on the site with a keyboard alone, from the first Tab to what they came for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.browser import Answer, Asked, Window, document
from tests.support.site import (
    BRIEF,
    CASE,
    PROJECT,
    SCREENS,
    THREAD,
    Given,
    Screen,
    Site,
    example,
    kept,
    refusal,
    token,
)

SHORTLIST = example("/briefs/x/matches")
PENDING = {**SHORTLIST, "status": "pending", "matches": []}


class Sent:
    """Answers with the contract's example and keeps what was sent."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.bodies: list[str | None] = []

    def __call__(self, asked: Asked) -> Answer:
        self.bodies.append(asked.body)
        return self.answer


def there(window: Window, name: str, **answers: Given | dict[str, Any]) -> Screen:
    """That screen as it is when one comes to it, with these answers besides."""
    [screen] = [one for one in SCREENS if one.name == name]
    window.stand = Site({**screen.answers, **answers}, screen.local)
    window.kept = kept(screen.who)
    window.go(f"/#{screen.address}")
    return screen


def status(window: Window) -> str:
    return window.page.inner_text("#status").replace("\u202f", " ")


def test_the_first_tab_leads_past_the_navigation_to_the_content(window: Window) -> None:
    there(window, "a production’s projects")
    window.press("Tab")
    assert window.focused == "a “Aller au contenu”"
    assert window.page.locator("#skip").bounding_box()["x"] >= 0  # type: ignore[index]
    window.press("Enter", "Tab")
    assert window.focused == "a “Projet Goémon”"


def test_somebody_signs_in_and_comes_to_what_they_came_for(window: Window) -> None:
    there(
        window,
        "a link followed before signing in",
        **{"POST /idp": document({"AuthenticationResult": {"IdToken": token("freelancers"), "RefreshToken": "r"}})},
    )
    window.tab_to("#email")
    window.page.keyboard.type("ines@courriel.test")
    window.press("Tab")
    window.page.keyboard.type("secret")
    window.press("Enter")
    assert window.page.inner_text("h1") == "Marée haute"
    assert window.page.evaluate("document.activeElement.id") == "main"


def test_a_refused_sign_in_is_said_and_the_form_is_still_there(window: Window) -> None:
    there(window, "sign-in", **{"POST /idp": refusal(400)})
    window.tab_to("#email")
    window.page.keyboard.type("ines@courriel.test")
    window.press("Tab")
    window.page.keyboard.type("wrong")
    window.press("Tab", "Enter")
    assert window.page.get_by_role("alert").inner_text() == "L’adresse ou le mot de passe ne convient pas."
    assert window.page.input_value("#email") == "ines@courriel.test"


def test_a_new_screen_says_its_title_and_starts_at_its_content(window: Window) -> None:
    there(window, "a freelancer’s conversations")
    window.tab_to(f"a[href='#/conversations/{THREAD}']")
    window.press("Enter")
    assert window.page.title() == "Marée haute · Plot Point"
    assert window.page.evaluate("document.activeElement.id") == "main"


def test_the_language_changes_for_whoever_reads_and_whoever_listens(window: Window) -> None:
    there(window, "a production’s projects")
    window.tab_to("nav button[lang=en]")
    window.press("Enter")
    assert window.page.get_attribute("html", "lang") == "en"
    assert window.page.inner_text("h1") == "Your projects"


def test_a_message_is_written_and_sent(window: Window) -> None:
    sent = Sent(document(example("/conversations/x/messages", "POST")))
    there(window, "a message that was sent", **{f"POST /conversations/{THREAD}/messages": sent})
    window.tab_to("#message")
    window.page.keyboard.type("Bonjour")
    window.press("Tab", "Enter")
    assert sent.bodies == ['{"text":"Bonjour","question":null}']
    assert status(window) == "Message envoyé."
    assert window.page.evaluate("document.activeElement.id") == "message"


def test_a_passage_that_may_not_stand_is_said_and_led_to(window: Window) -> None:
    there(window, "a message that would tell who it is")
    window.tab_to("#message")
    window.page.keyboard.type("Ici Sémaphore Récits")
    window.press("Tab", "Enter")
    alert = window.page.locator("form [role=alert]").filter(has_text="Sémaphore Récits")
    assert alert.count() == 1
    assert window.page.get_attribute("#message", "aria-invalid") == "true"
    described = window.page.get_attribute("#message", "aria-describedby") or ""
    assert alert.get_attribute("id") in described.split()
    window.tab_to("form [role=alert] button")
    window.press("Enter")
    assert window.page.evaluate("getSelection().toString()") == "Sémaphore Récits"


def test_people_are_ticked_and_invited(window: Window) -> None:
    sent = Sent(document(example("/briefs/x/invitations", "POST")))
    there(window, "a project and its shortlist", **{f"POST /briefs/{BRIEF}/invitations": sent})
    window.tab_to("input[type=checkbox]")
    window.press("Space")
    window.tab_to("#invitation ~ button")
    window.press("Enter")
    assert len(sent.bodies) == 1 and SHORTLIST["matches"][0]["profile"]["profile_id"] in (sent.bodies[0] or "")


def test_what_is_folded_is_opened_and_read(window: Window) -> None:
    accepted = Sent(document(example("/projects/x/confidentiality")))
    there(
        window,
        "the card of a project, with the terms",
        **{f"POST /projects/{PROJECT}/confidentiality": accepted},
    )
    window.tab_to("details summary")
    window.press("Enter")
    window.tab_to(".terms")
    window.tab_to(".terms .button")
    window.press("Enter")
    [body] = accepted.bodies
    assert json.loads(body or "") == {"version": example("/projects/x/confidentiality")["version"]}


def test_a_screen_that_draws_itself_again_leaves_the_reader_where_they_are(window: Window) -> None:
    """Its clock goes on and its checks end: whoever is on a link stays on it, and what they opened stays open."""
    there(window, "a case whose checks are under way")
    window.tab_to("main details summary")
    window.press("Enter")
    window.later()
    window.later()
    assert window.page.evaluate("document.activeElement.matches('main details[open] > summary')")
    window.tab_to("nav button")
    there_before = window.focused
    window.later()
    assert window.focused == there_before


@pytest.mark.parametrize(
    ("people", "said"),
    [(SHORTLIST["matches"], "1 profil proposé sur 1"), ([], "Personne ne remplit encore les conditions du projet")],
)
def test_a_shortlist_that_comes_is_said_to_whoever_does_not_see_it(
    window: Window, people: list[dict[str, Any]], said: str
) -> None:
    answers: dict[str, Any] = {f"GET /briefs/{BRIEF}/matches": PENDING}
    window.stand, window.kept = Site(answers), kept("producers")
    window.go(f"/#/briefs/{BRIEF}")
    window.later()
    assert status(window) == ""
    answers[f"GET /briefs/{BRIEF}/matches"] = {**SHORTLIST, "matches": people}
    window.later()
    assert said in status(window)


@pytest.mark.parametrize("address", [f"/briefs/{BRIEF}", f"/verification/{CASE}", f"/projects/{PROJECT}"])
def test_whoever_meets_a_failure_can_try_again(window: Window, address: str) -> None:
    answers: dict[str, Any] = {f"GET {address.replace('/verification/', '/verification/mine/')}": refusal(500)}
    window.stand, window.kept = Site(answers), kept("producers" if "briefs" in address else "freelancers")
    window.go(f"/#{address}")
    answers.clear()
    window.tab_to("main .button")
    window.press("Enter")
    assert window.page.locator("h1").count() == 1
