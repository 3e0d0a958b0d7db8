"""What a freelancer does with their own profile and credits, with a keyboard alone."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.support.browser import Window
from tests.support.screens.profile import (
    BARE,
    CREDIT,
    DECLARED,
    NEW,
    NO_CASE,
    NO_PROFILE,
    PROFILE,
    Answers,
    change,
    correct_race,
    declare,
    mine,
    race,
)
from tests.support.site import Site, example, kept, refusal
from tests.support.stand import Answer, Asked, document, down

_SAVE = "PUT /profiles/mine"
_ADD = "POST /profiles/mine/credits"
_CREDIT = f"/profiles/mine/credits/{CREDIT['credit_id']}"


class Sent:
    """Answers with the same thing and keeps what was sent."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, asked: Asked) -> Answer:
        self.bodies.append(json.loads(asked.body or "null"))
        return self.answer


def there(window: Window, address: str, answers: Answers) -> None:
    """That address as it is when one comes to it."""
    window.resize(1200)
    window.stand, window.kept = Site(answers), kept("freelancers")
    window.go(address)


def again(window: Window) -> None:
    """The page loaded anew, with what the tab and the device remember."""
    window.page.reload()
    window.quiet()


def focused(window: Window) -> str:
    return str(window.page.evaluate("document.activeElement.id"))


def said(window: Window, role: str = "status") -> str:
    texts = window.page.get_by_role(role).all_inner_texts()  # type: ignore[arg-type]
    return re.sub(r"\s", " ", "\n".join(texts))


def test_a_profile_begins_with_the_name_of_the_account_and_goes_on_with_the_credits(window: Window) -> None:
    sent = Sent(document(PROFILE, ETag='"1"'))
    there(window, "/profile", NO_PROFILE | {_SAVE: sent})
    assert window.page.input_value("#display_name") == "Claire Aubin"
    window.tab_to("#roles input")
    window.press("Space")
    window.tab_to("#work_modes input")
    window.press("Space")
    window.tab_to("#region")
    window.page.keyboard.type("Bret")
    window.tab_to("#bio_fr")
    window.page.keyboard.type("Lectrice.")
    window.tab_to("#free input")
    window.press("Space")
    again(window)
    assert window.page.input_value("#bio_fr") == "Lectrice."
    window.tab_to("main form [type=submit]")
    window.press("Enter")
    [body] = sent.bodies
    assert (body["roles"], body["languages"], body["region"]) == (["literary-director"], ["fr"], "bretagne")
    assert [one["until"] for one in body["availability"]] == [None]
    assert "Ajouter un premier crédit" in window.focused
    assert "Votre profil existe." in said(window)


def test_a_section_is_changed_in_its_place_and_leaves_the_rest_as_it_is(window: Window) -> None:
    sent = Sent(document(PROFILE | {"bio": {"fr": "Autrement.", "en": None}}, ETag='"4"'))
    there(window, "/profile", {_SAVE: sent})
    window.tab_to("#bio button")
    window.press("Enter")
    assert focused(window) == "bio_fr"
    window.page.keyboard.press("Control+A")
    window.page.keyboard.type("Autrement.")
    window.tab_to("#bio [type=submit]")
    window.press("Enter")
    content = {name: value for name, value in PROFILE.items() if name in sent.bodies[0]}
    assert sent.bodies == [content | {"bio": {"fr": "Autrement.", "en": None}}]
    assert window.focused == "button “Modifier : En quelques mots”"
    assert "Enregistré : En quelques mots" in said(window)
    assert "Autrement." in window.page.inner_text("#bio")


def test_what_is_being_written_outlives_a_refusal_and_a_reload(window: Window) -> None:
    there(window, "/profile", {_SAVE: down()})
    change(window, "bio")
    window.page.fill("#bio_fr", "Encore en chantier.")
    window.page.click("#bio [type=submit]")
    window.quiet()
    assert "Pas de réponse du service" in said(window, "alert")
    again(window)
    assert window.page.input_value("#bio_fr") == "Encore en chantier."
    window.page.click("#bio button:has-text('Annuler')")
    again(window)
    assert window.page.locator("#bio_fr").count() == 0


def test_two_versions_of_a_section_are_shown_and_one_is_kept(window: Window) -> None:
    there(window, "/profile", {})
    race(window)
    window.quiet()
    shown = said(window)
    assert "Directrice littéraire en Bretagne." in shown
    assert "Directrice littéraire, dix ans de polar." in shown
    sent = Sent(document(PROFILE, ETag='"5"'))
    window.stand = Site({_SAVE: sent})
    window.page.click("#bio button:has-text('Garder ce que')")
    window.page.click("#bio [type=submit]")
    window.quiet()
    assert [body["bio"]["fr"] for body in sent.bodies] == ["Directrice littéraire, dix ans de polar."]


def test_a_change_of_something_else_meanwhile_is_kept_without_a_question(window: Window) -> None:
    there(window, "/profile", {})
    change(window, "bio")
    window.page.fill("#bio_fr", "Autrement.")
    tries: list[dict[str, Any]] = []

    def save(asked: Asked) -> Answer:
        tries.append(json.loads(asked.body or "null"))
        if len(tries) == 1:
            return refusal(412, "precondition_failed", "Cela a changé entre-temps.")
        return document(PROFILE, ETag='"5"')

    window.stand = Site({"GET /profiles/mine": document(PROFILE | {"region": "corse"}, ETag='"4"'), _SAVE: save})
    window.page.click("#bio [type=submit]")
    window.quiet()
    assert [(body["region"], body["bio"]["fr"]) for body in tries] == [
        ("bretagne", "Autrement."),
        ("corse", "Autrement."),
    ]


def test_free_days_are_chosen_with_the_keyboard(window: Window) -> None:
    sent = Sent(document(PROFILE, ETag='"4"'))
    there(window, "/profile", mine(availability=[]) | {_SAVE: sent})
    change(window, "availability")
    window.tab_to("[role=grid] button")
    window.press("PageDown", "Home")
    first = window.page.evaluate("document.activeElement.dataset.day")
    window.press("Enter")
    assert "Choisissez maintenant le dernier jour." in said(window)
    window.press("ArrowDown", "ArrowRight")
    last = window.page.evaluate("document.activeElement.dataset.day")
    window.press("Enter")
    assert said(window).count("Libre du ") == 1
    window.tab_to("#availability [type=submit]")
    window.press("Enter")
    assert [body["availability"] for body in sent.bodies] == [[{"from": first, "until": last}]]


def test_what_is_missing_leads_to_where_it_is_filled_in(window: Window) -> None:
    there(window, "/profile", BARE)
    assert window.page.get_by_role("button", name="Demander la vérification").count() == 0
    missing = re.sub(r"\s", " ", window.page.inner_text("aside"))
    assert missing.count("nécessaire à la vérification") == 2
    assert "sans cela, aucun projet proposé" in missing
    window.tab_to("aside a[href='#availability']")
    window.press("Enter")
    window.press("Tab")
    assert window.focused == "button “Modifier : Disponibilités”"


def test_verification_is_asked_for_in_one_press(window: Window) -> None:
    opened = Sent(document(example("/verification/mine/x") | {"state": "draft"}, 201))
    submitted = Sent(document(example("/verification/mine/x") | {"state": "submitted"}))
    case = example("/verification/mine/x")["case_id"]
    there(
        window,
        "/profile",
        NEW | {"POST /verification/mine": opened, f"POST /verification/mine/{case}/submit": submitted},
    )
    window.page.get_by_role("button", name="Demander la vérification").focus()
    window.press("Enter")
    assert opened.bodies == [{"kind": "profile", "credit_id": None}]
    assert len(submitted.bodies) == 1
    assert window.page.evaluate("location.pathname") == f"/verification/{case}"


def test_a_case_that_was_prepared_is_the_one_that_is_submitted(window: Window) -> None:
    prepared = example("/verification/mine")["cases"][0] | {"state": "draft", "outcome": None, "submitted_at": None}
    opened = Sent(document({}, 201))
    submitted = Sent(document(example("/verification/mine/x")))
    there(
        window,
        "/profile",
        NEW
        | {
            "GET /verification/mine": {"cases": [prepared], "cursor": None},
            "POST /verification/mine": opened,
            f"POST /verification/mine/{prepared['case_id']}/submit": submitted,
        },
    )
    window.page.get_by_role("button", name="Demander la vérification").click()
    window.quiet()
    assert (opened.bodies, len(submitted.bodies)) == ([], 1)


def test_three_credits_are_added_one_after_the_other(window: Window) -> None:
    sent = Sent(document(CREDIT, 201, ETag='"4"'))
    there(window, "/profile/credits/new", NEW | {_ADD: sent})
    for title in ("Un", "Deux"):
        window.page.focus("#title")
        window.page.keyboard.type(title)
        window.press("Tab")
        window.page.keyboard.type("2025")
        window.tab_to("#format")
        window.page.keyboard.type("Série 52")
        window.tab_to("#company")
        window.page.keyboard.type("Ateliers du Phare")
        window.tab_to("#synopsis")
        window.page.keyboard.type("Une criée.")
        window.tab_to("#contribution")
        window.page.keyboard.type("Notes.")
        window.page.get_by_role("button", name="Enregistrer et en ajouter un autre").focus()
        window.press("Enter")
        assert focused(window) == "title"
        assert window.page.input_value("#title") == ""
        assert "est ajouté." in said(window)
    declare(window, "Trois")
    window.page.click("main form [type=submit]")
    window.quiet()
    assert [body["title"] for body in sent.bodies] == ["Un", "Deux", "Trois"]
    assert {body["function"] for body in sent.bodies} == {"literary-director"}
    assert window.page.evaluate("location.pathname") == "/profile/credits"


def test_a_credit_that_lacks_something_says_what_and_goes_there(window: Window) -> None:
    there(window, "/profile/credits/new", {})
    declare(window)
    window.page.fill("#company", "")
    window.page.fill("#synopsis", " ")
    window.page.click("main form [type=submit]")
    assert focused(window) == "company"
    assert "Il manque : Société de production et L’histoire." in said(window, "alert")
    again(window)
    assert window.page.input_value("#title") == "Les Marées basses"


def test_two_versions_of_a_credit_are_shown_and_the_other_may_be_taken(window: Window) -> None:
    there(window, f"/profile/credits/{CREDIT['credit_id']}", {})
    correct_race(window)
    window.quiet()
    shown = said(window)
    assert "Lecture seule." in shown
    assert "Notes de lecture." in shown
    window.page.get_by_role("button", name="Prendre la version en ligne").click()
    assert window.page.input_value("#contribution") == "Lecture seule."


def test_a_correction_stands_although_something_else_has_changed(window: Window) -> None:
    there(window, f"/profile/credits/{CREDIT['credit_id']}", {})
    window.page.fill("#contribution", "Autrement.")
    tries: list[str] = []

    def save(asked: Asked) -> Answer:
        tries.append(json.loads(asked.body or "null")["contribution"])
        if len(tries) == 1:
            return refusal(412, "precondition_failed", "Cela a changé entre-temps.")
        return document(CREDIT, ETag='"5"')

    window.stand = Site(
        {"GET /profiles/mine": document(PROFILE | {"region": "corse"}, ETag='"4"'), f"PUT {_CREDIT}": save}
    )
    window.page.click("main form [type=submit]")
    window.quiet()
    assert tries == ["Autrement.", "Autrement."]
    window.page.get_by_role("heading", name="Mes crédits").wait_for()  # another screen's code is on its way
    assert "est enregistré." in said(window)
    again(window)
    assert "est enregistré." not in said(window)


def test_a_credit_that_was_removed_can_be_put_back(window: Window) -> None:
    sent = Sent(document(DECLARED, 201, ETag='"4"'))
    path = f"/profiles/mine/credits/{DECLARED['credit_id']}"
    there(
        window,
        "/profile/credits",
        mine(credits=[DECLARED, CREDIT]) | {f"DELETE {path}": document(PROFILE, ETag='"4"'), _ADD: sent},
    )
    window.page.get_by_role(
        "button", name="Retirer « Le Passage du Raz »".replace(" »", "\u202f»").replace("« ", "«\u202f")
    ).focus()
    window.press("Enter")
    assert window.page.get_by_role("dialog").count() == 1
    window.press("Escape")
    assert window.focused.startswith("button “Retirer")
    window.press("Enter")
    window.page.get_by_role("dialog").get_by_role("button", name="Retirer le crédit").focus()
    window.press("Enter")
    assert "« Le Passage du Raz » est retiré." in said(window)
    window.page.get_by_role("button", name="Le remettre").focus()
    window.press("Enter")
    assert [body["title"] for body in sent.bodies] == ["Le Passage du Raz"]
    assert "est remis." in said(window)


def test_a_pause_ends_when_one_says_so(window: Window) -> None:
    there(
        window,
        "/profile",
        mine(pause={"since": "2026-11-25T04:52:59.916Z", "until": None})
        | {"POST /profiles/mine/resume": document(PROFILE, ETag='"4"')},
    )
    window.page.get_by_role("button", name="Reprendre maintenant").focus()
    window.press("Enter")
    assert "La pause est finie" in said(window)


def test_what_only_verification_reads_is_not_in_what_a_production_sees(window: Window) -> None:
    there(window, "/profile/preview", {})
    shown = window.page.inner_text("main")
    assert PROFILE["display_name"] in shown
    assert CREDIT["title"] in shown
    for hidden in (CREDIT["isan"], PROFILE["external_ids"]["isni"], PROFILE["external_ids"]["imdb"]):
        assert hidden not in shown


def test_a_profile_that_lacks_its_name_role_or_day_says_so_beside_the_field(window: Window) -> None:
    there(window, "/profile", NO_PROFILE)
    window.page.fill("#display_name", "")
    window.page.locator("#free input").nth(1).check()
    window.page.click("main form button[type=submit]")
    assert focused(window) == "display_name"
    assert window.page.get_attribute("#display_name", "aria-invalid") == "true"
    told = window.page.inner_text("main form")
    assert "Indiquez le nom" in told and "Choisissez au moins une fonction" in told and "premier jour" in told


def test_a_section_that_lacks_its_name_says_so_beside_the_field(window: Window) -> None:
    there(window, "/profile", mine())
    change(window, "identity")
    window.page.fill("#display_name", "")
    window.page.click("#identity form button[type=submit]")
    assert focused(window) == "display_name"
    assert "Indiquez le nom" in window.page.inner_text("#identity")


def test_verifications_that_cannot_be_read_are_said_with_a_way_to_try_again(window: Window) -> None:
    lost = mine() | {"GET /verification/mine": down()}
    for address in ("/profile", "/profile/credits"):
        there(window, address, lost)
        window.later()
        assert "n’ont pas pu être lues" in said(window)
        assert window.page.get_by_role("button", name="Réessayer").count() == 1
        assert window.page.get_by_role("button", name="Faire vérifier").count() == 0


def test_a_refusal_of_one_credit_is_not_told_of_the_next(window: Window) -> None:
    other = DECLARED | {"credit_id": "01M89QPJP6M1EJFGSEXV7KRAQZ", "title": "Une autre œuvre"}
    refused = {
        f"DELETE /profiles/mine/credits/{one['credit_id']}": refusal(409, "busy", "Pas encore.")
        for one in (CREDIT, other)
    }
    there(
        window,
        "/profile/credits",
        mine(credits=[CREDIT, other]) | NO_CASE | refused,
    )
    dialog = window.page.get_by_role("dialog")
    remove = window.page.locator("article button:has-text('Retirer')")
    remove.nth(0).click()
    dialog.locator(".mantine-Button-root").first.click()
    window.quiet()
    assert "Pas encore." in dialog.inner_text()
    window.press("Escape")
    remove.nth(1).click()
    window.quiet()
    assert "Pas encore." not in dialog.inner_text()


def test_coming_back_from_a_pause_one_goes_on_where_that_is_said(window: Window) -> None:
    paused = mine(pause={"since": "2026-11-20T08:00:00.000Z", "until": None}) | NO_CASE
    there(window, "/profile", paused | {"POST /profiles/mine/resume": document(PROFILE | {"pause": None}, ETag='"4"')})
    window.page.get_by_role("button", name="Reprendre maintenant").click()
    window.quiet()
    told = window.page.evaluate("document.activeElement.innerText")
    assert told and told in window.page.inner_text("aside [role=status]")
