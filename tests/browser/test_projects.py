"""What a freelancer does with projects, by keyboard alone: chooses, reads, accepts the terms, answers or declines."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from tests.support.browser import Window
from tests.support.screens.projects import (
    ADDRESS,
    AS_CARD,
    DECLINED,
    FULL,
    ID,
    INVITED,
    LEAK,
    NO_TALKS,
    PROJECTS,
    TALK,
    TERMS,
    Answers,
    alarms,
    card,
    listed,
    one,
    talks,
)
from tests.support.site import Site, kept, refusal
from tests.support.stand import Answer, Asked, document, down


class Sent:
    """Answers with the same thing and keeps what was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[Asked] = []

    def __call__(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.answer

    @property
    def bodies(self) -> list[object]:
        return [json.loads(asked.body or "null") for asked in self.asked]


def there(window: Window, address: str, answers: Answers) -> Answers:
    """That address as it is when one comes to it. What it answers may be changed afterwards."""
    window.resize(1200)
    window.stand, window.kept = Site(answers), kept("freelancers")
    window.go(address)
    return answers


def text(window: Window, selector: str) -> str:
    return window.page.inner_text(selector).replace("\u202f", " ").replace("\u00a0", " ")


def focus_on(window: Window, name: str) -> None:
    """Goes to the first button of that name as Tab would."""
    window.page.get_by_role("button", name=name).first.focus()


def test_projects_are_chosen_by_keyboard_in_an_address_that_can_be_shared_and_gone_back_from(window: Window) -> None:
    sent = Sent(document({"projects": [PROJECTS[1]], "cursor": None}))
    there(window, "/projects", {"GET /projects": sent, **NO_TALKS})
    window.tab_to("#filter-role input")
    window.press("Space")
    assert "1 projet" in text(window, "h2 [role=status]")
    assert window.page.evaluate("document.activeElement.matches('#filter-role input:checked')"), "it stays where it was"
    window.tab_to("#filter-rate")
    window.page.keyboard.type("320")
    window.press("Enter")
    query = parse_qs(sent.asked[-1].query)
    assert query == {
        "role": ["literary-director"],
        "rate_min": ["320"],
        "rate_unit": ["day"],
        "order": ["fits_me"],
    }
    assert "role=literary-director&rate=320&unit=day" in window.page.url
    window.page.go_back()
    window.quiet()
    assert "rate" not in window.page.url and window.page.input_value("#filter-rate") == ""
    window.page.get_by_role("button", name="Tout effacer").focus()
    window.press("Enter")
    assert "role" not in window.page.url
    assert window.page.evaluate("document.activeElement.tagName") == "H2"


def test_an_amount_that_is_none_is_said_beside_it_and_asks_for_nothing(window: Window) -> None:
    sent = Sent(document({"projects": [], "cursor": None}))
    there(window, "/projects", {"GET /projects": sent, **NO_TALKS})
    asked = len(sent.asked)
    window.tab_to("#filter-rate")
    window.page.keyboard.type("beaucoup")
    window.press("Tab")
    assert "Un montant en euros" in text(window, "main")
    assert len(sent.asked) == asked


def test_the_terms_are_read_and_accepted_and_open_the_full_project(window: Window) -> None:
    accept = Sent(document(TERMS))
    answers = there(
        window,
        ADDRESS,
        one(
            {
                f"GET {ADDRESS}/confidentiality": {**TERMS, "accepted": None, "in_force": False},
                f"POST {ADDRESS}/confidentiality": accept,
            },
            **AS_CARD,
        ),
    )
    assert "la fille du disparu" not in text(window, "main")
    window.page.get_by_text("Lire les conditions").focus()
    window.press("Enter")
    assert "Ce qui est confidentiel" in text(window, "main")
    answers |= {f"GET {ADDRESS}": FULL, f"GET {ADDRESS}/confidentiality": TERMS}
    focus_on(window, "J’accepte ces conditions")
    window.press("Enter")
    assert accept.bodies == [{"version": TERMS["version"]}]
    assert "la fille du disparu" in text(window, "main")
    assert "Conditions acceptées le 2 décembre 2026 à 10 h 12, version 2026-12-1" in text(window, "main")
    assert "le projet complet est ouvert" in window.page.evaluate("document.activeElement.innerText")


def test_an_interest_with_words_outlives_a_refusal_and_a_reload_and_then_leads_to_its_conversation(
    window: Window,
) -> None:
    sent = Sent(LEAK)
    answers = there(window, ADDRESS, one({f"POST {ADDRESS}/interest": sent}))
    window.page.fill("#interest-word", "Écrivez-moi :")
    focus_on(window, "Ce projet m’intéresse")
    window.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "interest-word", "nothing goes without what was begun"
    assert sent.asked == []
    window.press("End")
    window.page.keyboard.type(" ines@courriel.test")
    window.tab_to("form:has(#interest-word) [type=submit]")
    window.press("Enter")
    assert "Une adresse e-mail ne s’échange" in text(window, "form:has(#interest-word)")
    window.page.reload()
    window.quiet()
    assert window.page.input_value("#interest-word") == "Écrivez-moi : ines@courriel.test"
    sent.answer = document({**TALK, "project_id": ID})
    answers |= talks({"project_id": ID, "may": ["decline", "write"]})
    window.page.fill("#interest-word", "Cette histoire me parle.")
    window.tab_to("form:has(#interest-word) [type=submit]")
    window.press("Enter")
    assert sent.bodies[-1] == {"text": "Cette histoire me parle.", "answers": []}
    assert "la production sait" in window.page.evaluate("document.activeElement.innerText")
    assert window.page.get_by_role("link", name="Voir l’échange").first.get_attribute("href") == "/conversations/0"
    assert "promise pour le 8 décembre 2026" in text(window, "main")


def test_a_project_is_answered_with_a_yes_in_one_press_and_words_may_follow(window: Window) -> None:
    sent = Sent(document({**TALK, "project_id": ID}))
    answers = there(window, ADDRESS, one({f"POST {ADDRESS}/interest": sent}))
    answers |= talks({"project_id": ID, "may": ["decline", "write"]})
    focus_on(window, "Ce projet m’intéresse")
    window.press("Enter")
    assert sent.bodies == [{"text": None, "answers": []}]
    told = window.page.evaluate("document.activeElement.innerText")
    assert "la production sait" in told and "ajouter un mot" in told and "décliner encore" in told
    window.press("Tab")
    assert window.page.evaluate("document.activeElement.getAttribute('href')") == "/conversations/0"


def test_a_yes_from_the_start_page_goes_in_one_press_and_says_when_the_answer_is_due(window: Window) -> None:
    cards = [card(number, code_name=f"Projet {number}") for number in (1, 2)]
    ids = [one["project_id"] for one in cards]
    sent = Sent(document({**TALK, "project_id": ids[0]}))
    answers = there(window, "/", {**listed(*cards), **NO_TALKS, **alarms(), f"POST /projects/{ids[0]}/interest": sent})
    answers |= talks({"project_id": ids[0], "code_name": "Projet 1", "may": ["decline", "write"]})
    focus_on(window, "Ce projet m’intéresse Projet 1")
    window.press("Enter")
    assert sent.bodies == [{"text": None, "answers": []}]
    assert window.page.locator("main h3 a").all_inner_texts() == ["Projet 2"]
    told = window.page.evaluate("document.activeElement.innerText").replace("\u202f", " ").replace("\u00a0", " ")
    assert "« Projet 1 » vous intéresse" in told and "promise pour le 8 décembre 2026" in told


def test_a_reply_that_was_begun_is_finished_rather_than_left_behind_by_a_yes_from_the_start_page(
    window: Window,
) -> None:
    answers = {**listed({**FULL, "code_name": "Projet Goémon"}), **one(), **alarms()}
    there(window, ADDRESS, answers)
    window.page.fill("#interest-word", "Cette histoire me parle.")
    window.page.get_by_role("link", name="Pour moi").first.click()
    window.quiet()
    assert window.page.get_by_role("button", name="Ce projet m’intéresse").count() == 0
    window.page.get_by_role("link", name="Finir ma réponse").click()
    window.quiet()
    assert window.page.input_value("#interest-word") == "Cette histoire me parle."


def test_a_project_is_declined_in_one_press_without_a_reason(window: Window) -> None:
    sent = Sent(document({**TALK, **DECLINED, "project_id": ID}))
    answers = there(window, ADDRESS, one({f"POST {ADDRESS}/decline": sent}))
    answers |= talks({**DECLINED, "project_id": ID})
    focus_on(window, "Ce n’est pas pour moi")
    window.press("Enter")
    assert sent.bodies == [None]
    assert "Rien n’en découle" in window.page.evaluate("document.activeElement.innerText")
    assert "Vous avez changé d’avis" in text(window, "main")


def test_a_project_declined_from_the_start_page_makes_room_for_the_next(window: Window) -> None:
    many = [card(number, code_name=f"Projet {number}") for number in range(1, 6)]
    path = f"POST /projects/{many[0]['project_id']}/decline"
    answers = there(
        window,
        "/",
        {
            **listed(*many),
            **NO_TALKS,
            **alarms(),
            path: document({**TALK, **DECLINED, "project_id": many[0]["project_id"]}),
        },
    )
    shown = window.page.locator("main h3 a")
    assert shown.all_inner_texts() == ["Projet 1", "Projet 2", "Projet 3", "Projet 4"]
    answers |= talks({**DECLINED, "project_id": many[0]["project_id"]})
    focus_on(window, "Ce n’est pas pour moi Projet 1")
    window.press("Enter")
    assert shown.all_inner_texts() == ["Projet 2", "Projet 3", "Projet 4", "Projet 5"]
    assert "« Projet 1 » n’est pas pour vous" in window.page.evaluate("document.activeElement.innerText").replace(
        "\u202f", " "
    )


def test_what_came_too_late_is_said_and_the_words_stay(window: Window) -> None:
    over = refusal(409, "project_over", "Ce projet n’est plus en ligne.")
    there(window, ADDRESS, one({f"POST {ADDRESS}/interest": over}))
    window.page.fill("#interest-word", "Cette histoire me parle.")
    window.tab_to("form:has(#interest-word) [type=submit]")
    window.press("Enter")
    assert "n’est plus en ligne" in window.page.evaluate("document.activeElement.innerText")
    assert window.page.input_value("#interest-word") == "Cette histoire me parle."


def test_the_dates_are_handed_over_as_a_file_named_after_the_code_name(window: Window) -> None:
    dates = Answer("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; charset=utf-8")
    there(window, ADDRESS, one({f"GET {ADDRESS}/calendar": dates}))
    focus_on(window, "Ajouter les dates à mon agenda")
    with window.page.expect_download() as download:
        window.page.keyboard.press("Enter")
    assert download.value.suggested_filename == "Projet Goémon.ics"
    window.quiet()
    assert "Le fichier des dates est téléchargé" in text(window, "main")


def test_a_project_is_reported_with_its_reason(window: Window) -> None:
    sent = Sent(
        document(
            {"report_id": "1", "reported_at": "2026-12-02T18:53:54.127Z", "due_at": "2026-12-03T18:53:54.127Z"}, 201
        )
    )
    there(window, ADDRESS, one({"POST /reports": sent}))
    window.page.get_by_text("Signaler ce projet").focus()
    window.press("Enter")
    window.page.check("input[value=not_a_project]")
    window.tab_to("form:has(#report-text) button")
    window.press("Enter")
    assert sent.bodies == [
        {"about": "brief", "id": ID, "conversation_id": None, "reason": "not_a_project", "text": None}
    ]
    assert "Signalement envoyé" in text(window, "main")


def comes_back(window: Window) -> None:
    """The reader comes back to the tab after a while, and what it shows is asked for again."""
    window.page.evaluate("const now = Date.now; Date.now = () => now() + 60_000")
    window.page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    window.later()


def test_an_answer_being_written_stays_when_the_network_is_gone_on_coming_back_to_the_tab(window: Window) -> None:
    answers = there(window, ADDRESS, one())
    window.page.focus("#interest-word")
    window.page.keyboard.type("Cette histoire me parle, ")
    lost = Sent(down())
    answers |= {"GET /conversations": lost, f"GET {ADDRESS}": lost, f"GET {ADDRESS}/fit": lost}
    comes_back(window)
    assert {asked.path for asked in lost.asked} >= {"/api/conversations", f"/api{ADDRESS}"}
    window.page.keyboard.type("surtout sa fin.")
    assert window.page.input_value("#interest-word") == "Cette histoire me parle, surtout sa fin."
    assert window.page.get_by_role("button", name="Réessayer").count() == 0


def test_what_was_read_on_the_start_page_stays_when_a_later_look_fails(window: Window) -> None:
    answers = there(window, "/", {**listed(*PROJECTS), **talks({**INVITED, "code_name": "Projet Jusant"}), **alarms()})
    before = text(window, "main")
    lost = Sent(down())
    answers |= dict.fromkeys(("GET /conversations", "GET /projects", "GET /verification/mine/alarms"), lost)
    comes_back(window)
    assert {"/api/conversations", "/api/projects"} <= {asked.path for asked in lost.asked}
    assert text(window, "main") == before


def test_an_invitation_is_shown_although_alarms_could_not_be_read(window: Window) -> None:
    down_alarms: Answers = {"GET /verification/mine/alarms": down()}
    there(window, "/", {**listed(), **talks({**INVITED, "code_name": "Projet Jusant"}), **down_alarms})
    window.later()
    assert "Projet Jusant" in text(window, "main")
    assert window.page.get_by_role("button", name="Réessayer").count() == 1


def test_each_project_and_invitation_says_until_when_an_answer_is_of_use(window: Window) -> None:
    jusant = {**INVITED, "code_name": "Projet Jusant", "project_id": PROJECTS[0]["project_id"]}
    answers: Answers = {
        **listed({**PROJECTS[0], "code_name": "Projet Jusant"}, {**PROJECTS[1], "reply_by": "2099-12-30"}, PROJECTS[2]),
        **talks({**jusant, "reply_by": "2099-12-08"}),
        **alarms(),
    }
    there(window, "/", answers)
    assert "au plus tard le mar. 8 déc." in text(window, "main"), "the invitation"
    assert "pour répondre, au plus tard le 30 décembre 2099" in text(window, "main"), "a project"
    assert "À répondre dès que possible." in text(window, "main"), "one whose start window has passed"
    window.go("/projects")
    assert "pour répondre, au plus tard le 8 décembre 2099" in text(window, "main"), "the project of the invitation"


def test_an_invitation_is_answered_on_its_project_with_its_day_in_view(window: Window) -> None:
    invited = {**INVITED, "project_id": ID}
    answers = there(window, ADDRESS, one(talks({**invited, "reply_by": "2099-12-08"})))
    assert "Répondez au plus tard le 8 décembre 2099" in text(window, "main")
    answers |= talks({**invited, "reply_by": "2025-12-08"})
    window.go(ADDRESS)
    assert "Votre réponse était attendue pour le 8 décembre 2025." in text(window, "main")
    answers |= talks({"project_id": ID, "may": ["decline", "write"]})
    window.go(ADDRESS)
    assert "pour répondre" not in text(window, "main"), "it was given"


def test_how_one_is_paid_is_chosen_before_the_amount_and_stays_without_it(window: Window) -> None:
    there(window, "/projects", {**listed(), **NO_TALKS})
    window.page.select_option("#filter-unit", "flat")
    window.quiet()
    assert window.page.input_value("#filter-unit") == "flat"
    window.page.fill("#filter-rate", "9000")
    window.press("Tab")
    assert "rate=9000&unit=flat" in window.page.url
    window.page.fill("#filter-rate", "")
    window.press("Tab")
    assert window.page.input_value("#filter-unit") == "flat"


def test_two_days_the_wrong_way_round_are_said_beside_the_second_and_leave_the_list(window: Window) -> None:
    there(window, "/projects?until=2027-02-01", {**listed(*PROJECTS), **NO_TALKS})
    window.page.fill("#filter-from", "2027-03-01")
    window.page.focus("#filter-until")
    assert "après celle du démarrage au plus tard" in text(window, "main")
    assert "from" not in window.page.url and "Projet Estran" in text(window, "main")
    window.page.fill("#filter-until", "2027-04-01")
    window.page.focus("#filter-rate")
    window.quiet()
    assert "from=2027-03-01&until=2027-04-01" in window.page.url
    assert "après celle du démarrage" not in text(window, "main")
