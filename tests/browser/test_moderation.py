"""What administrators do about reports, decisions and alarms: by keyboard alone, through refusals and reloads."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from tests.support.browser import Window
from tests.support.screens import SCREENS
from tests.support.screens.moderation import (
    ALARM_ADDRESS,
    FAR,
    ME,
    MEASURE_ADDRESS,
    REPORT,
    REPORT_ADDRESS,
    REQUEST_ADDRESS,
    answered,
    open_forms,
)
from tests.support.screens.online import PROJECT, PROJECT_PATH
from tests.support.site import Given, Site, example, kept, refusal
from tests.support.stand import Answer, Asked, document


class Sent:
    """Gives one answer, and keeps what was sent."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[Asked] = []

    def __call__(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.answer

    @property
    def body(self) -> dict[str, object]:
        [one] = self.asked
        sent: dict[str, object] = json.loads(one.body or "")
        return sent


def there(window: Window, name: str, **answers: Given | dict[str, object]) -> None:
    """That screen as it is when one comes to it, with these answers besides."""
    [screen] = [one for one in SCREENS if one.name == name]
    window.stand = Site({**screen.answers, **answers})
    window.kept = kept(screen.who)
    window.go(screen.address)


def now(window: Window, **answers: Given | dict[str, object]) -> None:
    """The API answers differently from here on."""
    assert isinstance(window.stand, Site)
    window.stand = Site({**window.stand.answers, **answers})


def text(window: Window, selector: str = "main") -> str:
    return window.page.inner_text(selector).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_report_is_taken_and_answered_by_keyboard(window: Window) -> None:
    there(window, "a report to take")
    assert not window.page.query_selector("#ruling")
    held = REPORT | {"claimed_by": ME, "claimed_until": FAR, "history": []}
    settled = Sent(document(example("/admin/reports/x")))
    now(
        window,
        **{
            f"POST {REPORT_ADDRESS}/claim": document(held),
            f"GET {REPORT_ADDRESS}": held,
            f"POST {REPORT_ADDRESS}/settle": settled,
        },
    )
    window.tab_to("main button")
    window.press("Enter")
    window.quiet()
    assert "est à vous jusqu’à" in text(window, "main [role=status]")
    window.tab_to("input[value=no_breach]")
    window.press("Space")
    window.tab_to("#ruling")
    window.page.keyboard.type("Rien ne s’y oppose.")
    now(window, **{f"GET {REPORT_ADDRESS}": example("/admin/reports/x")})
    window.press("Tab", "Enter")
    window.quiet()
    assert settled.body == {"outcome": "no_breach", "ruling": "Rien ne s’y oppose.", "reminder": None}
    assert "la réponse est partie" in text(window, "main [role=status]")
    assert not window.page.query_selector("#ruling")


def test_an_answer_that_would_tell_is_marked_and_kept_through_a_reload(window: Window) -> None:
    [screen] = [one for one in SCREENS if one.name == "a ruling that would tell who it is"]
    screen.show(window)
    assert text(window, "mark") == "Sémaphore Récits"
    window.page.reload()
    window.quiet()
    assert window.page.input_value("#ruling").endswith("Sémaphore Récits.")
    assert window.page.input_value("#reminder") == "Tout travail demandé est rémunéré."


def test_a_long_suspension_says_that_it_waits_for_a_second_person(window: Window) -> None:
    there(window, "a report about somebody who is gone")
    proposed = example("/admin/measures/x") | {"state": "proposed"}
    sent = Sent(document(proposed, 201))
    now(window, **{"POST /admin/users/3a5e/suspend": sent})
    open_forms(window)
    assert "commence aussitôt" in text(window, "form:has(#suspend-facts)")
    window.page.check("input[value='30']")
    assert "sept jours pour confirmer" in text(window, "form:has(#suspend-facts)")
    assert not window.page.query_selector("#suspend-ground option[value=identity_told]")
    window.page.select_option("#suspend-ground", "harassment")
    window.page.fill("#suspend-facts", "Trois messages menaçants.")
    window.page.click("form:has(#suspend-facts) button[type=submit]")
    window.quiet()
    ends = datetime.fromisoformat(str(sent.body["until"]))
    assert abs(ends - datetime.now(UTC) - timedelta(days=30)) < timedelta(hours=1)
    assert sent.body["report_id"] == REPORT["report_id"]
    assert "une seconde personne doit la confirmer" in text(window, "main [role=status]")


def test_nobody_confirms_their_own_proposal(window: Window) -> None:
    there(window, "a suspension that one proposed")
    open_forms(window)
    assert "vous avez proposé cette suspension" in text(window)
    assert [one.inner_text() for one in window.page.query_selector_all("main button")] == [
        "Retirer",
        "Retirer ma proposition",
    ]


def test_who_decides_a_moment_too_late_sees_what_is_now_and_keeps_their_words(window: Window) -> None:
    there(window, "an alarm to decide", **{f"POST {ALARM_ADDRESS}/put-in-force": refusal(412, "changed", "Trop tard.")})
    other = answered()[f"GET {ALARM_ADDRESS}"]
    assert isinstance(other, dict)
    now(
        window,
        **{f"GET {ALARM_ADDRESS}": other | {"version": 9, "state_label": {"fr": "retouchée", "en": "touched"}}},
    )
    window.page.fill("#alarm-put_in_force", "Les dates ne concordent pas.")
    window.page.click("form:has(#alarm-put_in_force) button[type=submit]")
    window.quiet()
    assert "Situation à présent : retouchée" in text(window, "main [role=status]")
    assert window.page.input_value("#alarm-put_in_force") == "Les dates ne concordent pas."
    sent = Sent(document(example("/admin/alarms/x")))
    now(window, **{f"POST {ALARM_ADDRESS}/put-in-force": sent})
    window.page.click("form:has(#alarm-put_in_force) button[type=submit]")
    window.quiet()
    assert sent.body == {"text": "Les dates ne concordent pas."}
    assert "en lit les raisons" in text(window, "main [role=status]")


def test_who_is_behind_a_project_is_read_when_it_is_asked_for_and_stays_nowhere(window: Window) -> None:
    there(window, "who is behind a project")
    assert "Sémaphore" not in text(window)
    opened = Sent(document(example(f"{REQUEST_ADDRESS}/open", "POST")))
    now(window, **{f"POST {REQUEST_ADDRESS}/open": opened})
    window.page.click("main section:nth-of-type(2) button")
    window.quiet()
    assert len(opened.asked) == 1
    assert "Sémaphore Récits" in text(window)
    assert "inscrite au journal" in text(window, "main [role=status]")
    window.page.reload()
    window.quiet()
    assert "Sémaphore" not in text(window)
    assert "Sémaphore" not in window.page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")


def test_what_is_still_to_be_filled_in_is_said_beside_it_in_the_language_of_the_site(window: Window) -> None:
    settled = Sent(document(example("/admin/reports/x")))
    held = REPORT | {"claimed_by": ME, "claimed_until": FAR, "history": []}
    there(window, "a report to take", **{f"GET {REPORT_ADDRESS}": held, f"POST {REPORT_ADDRESS}/settle": settled})
    send = "form:has(#ruling) button[type=submit]"
    window.page.click(send)
    window.quiet()
    form = text(window, "form:has(#ruling)")
    assert "Faites un choix avant d’envoyer." in form and "À remplir avant d’envoyer." in form
    assert window.page.evaluate("document.activeElement.name") == "outcome"

    window.page.check("input[value=reminder]")
    window.page.fill("#ruling", "  ")
    window.page.click(send)
    window.quiet()
    assert window.page.evaluate("document.activeElement.id") == "ruling"
    assert window.page.locator("#ruling[aria-invalid=true], #reminder[aria-invalid=true]").count() == 2
    assert "Faites un choix" not in text(window, "form:has(#ruling)")
    window.page.fill("#ruling", "Rien ne s’y oppose.")
    window.page.fill("#reminder", "Tout travail demandé est rémunéré.")
    assert window.page.locator("form:has(#ruling) [aria-invalid=true]").count() == 0
    assert settled.asked == []
    window.page.click(send)
    window.quiet()
    assert settled.body["outcome"] == "reminder"


def test_an_alarm_is_prepared_with_its_reason_or_the_reason_is_asked_for(window: Window) -> None:
    sent = Sent(document(example("/admin/alarms", "POST"), 201))
    there(window, "an alarm to prepare", **{"POST /admin/alarms": sent})
    window.page.fill("#alarm-subject", "https://plot-point.test/people/01m89xgs6kt5nkxgws5266wmrz")
    window.page.click("main form button[type=submit]")
    window.quiet()
    assert sent.asked == [] and window.page.evaluate("document.activeElement.id") == "alarm-reason"
    assert window.page.locator("#alarm-reason[aria-invalid=true]").count() == 1


def test_an_address_that_leads_to_nobody_is_said_and_nothing_is_sent(window: Window) -> None:
    sent = Sent(document(example("/admin/alarms", "POST"), 201))
    there(window, "an alarm to prepare", **{"POST /admin/alarms": sent})
    window.page.fill("#alarm-subject", "https://plot-point.test/profil")
    window.page.select_option("#alarm-reason", "harassment_upheld")
    assert len(window.page.query_selector_all("input[value=own_finding]")) == 0
    window.page.check("input[value=competent_body]")
    window.page.fill("#alarm-reporter", "Conseil de prud’hommes de Lyon")
    window.page.click("main form button[type=submit]")
    window.quiet()
    assert sent.asked == []
    assert window.page.evaluate("document.activeElement.id") == "alarm-subject"
    window.page.fill("#alarm-subject", "https://plot-point.test/people/01m89xgs6kt5nkxgws5266wmrz")
    window.page.click("main form button[type=submit]")
    window.quiet()
    assert sent.body == {
        "kind": "profile",
        "subject_id": "01M89XGS6KT5NKXGWS5266WMRZ",
        "reason": "harassment_upheld",
        "basis": "competent_body",
        "reporter": "Conseil de prud’hommes de Lyon",
    }
    assert window.page.url.endswith(ALARM_ADDRESS)


def test_a_filter_stays_in_the_address(window: Window) -> None:
    there(window, "measures")
    window.tab_to("main [role=group]:nth-of-type(2) button:nth-of-type(3)")
    window.press("Enter")
    window.quiet()
    assert "kind=user" in window.page.url
    window.page.click("main h2 a")
    window.quiet()
    assert MEASURE_ADDRESS.rpartition("/")[0] in window.page.url
    window.page.go_back()
    window.quiet()
    pressed = window.page.query_selector_all("main [aria-pressed=true]")
    assert [one.inner_text() for one in pressed] == ["En cours", "Comptes"]


def test_a_project_is_found_read_and_returned_without_anybodys_report(window: Window) -> None:
    there(window, "projects online")
    window.tab_to("#online-text")
    window.page.keyboard.type("goemon")
    asked: list[str] = []

    def found(one: Asked) -> Answer:
        asked.append(one.query)
        return document(example("/admin/briefs"))

    now(window, **{"GET /admin/briefs": found})
    window.press("Enter")
    window.quiet()
    assert "text=goemon" in asked[-1]
    assert "text=goemon" in window.page.url
    window.page.click("main h2 a")
    window.quiet()
    assert text(window, "main mark") == PROJECT["findings"][0]["passage"]
    assert text(window, "main mark") in PROJECT["read"]["detailed_tasks"]["fr"]
    sent = Sent(document(example(f"{PROJECT_PATH}/return", "POST"), 201))
    now(
        window,
        **{f"POST {PROJECT_PATH}/return": sent, f"GET {PROJECT_PATH}": PROJECT | {"status": "returned"}},
    )
    open_forms(window)
    window.page.select_option("#return-ground", "discriminatory")
    window.page.fill("#return-facts", "L’âge et le sexe sont demandés.")
    window.page.click("form:has(#return-facts) button[type=submit]")
    window.quiet()
    assert sent.body == {"ground": "discriminatory", "facts": "L’âge et le sexe sont demandés.", "report_id": None}
    assert "Le projet est renvoyé" in text(window, "main [role=status]")
    assert "Le projet est renvoyé" in str(window.page.evaluate("document.activeElement.innerText"))
    assert not window.page.query_selector("#return-facts")


def test_the_company_of_a_project_is_suspended_without_a_report(window: Window) -> None:
    there(window, "a project online")
    company = PROJECT["company"]["company_id"]
    sent = Sent(document(example(f"/admin/companies/{company}/suspend", "POST"), 201))
    now(window, **{f"POST /admin/companies/{company}/suspend": sent})
    open_forms(window)
    window.page.select_option("#suspend-ground", "misleading")
    window.page.fill("#suspend-facts", "Trois projets au budget inventé.")
    window.page.click("form:has(#suspend-facts) button[type=submit]")
    window.quiet()
    assert sent.body["report_id"] is None
    assert "Il reste à répondre" not in text(window)


def test_moderation_is_where_one_is_on_each_of_its_lists(window: Window) -> None:
    for screen in ("measures", "projects online", "reports that wait"):
        there(window, screen)
        assert text(window, "header nav a[aria-current=page]") == "Modération", screen


def test_alarms_that_are_over_are_asked_for_and_listed(window: Window) -> None:
    queries: list[str] = []

    def listed(one: Asked) -> Answer:
        queries.append(one.query)
        return document(example("/admin/alarms"))

    there(window, "no alarm that is over", **{"GET /admin/alarms": listed})
    assert queries[-1] == "status=over"
    assert [one.inner_text() for one in window.page.query_selector_all("main [aria-pressed=true]")] == [
        "Terminées",
        "Tous",
    ]


def test_a_paper_of_an_alarm_opens_in_a_tab_of_its_own(window: Window) -> None:
    there(window, "an alarm to raise")
    evidence = example(ALARM_ADDRESS)["files"][0]["evidence_id"]
    now(window, **{f"POST {ALARM_ADDRESS}/evidence/{evidence}/open": document({"url": "/icon.svg", "seconds": 300})})
    with window.page.context.expect_page() as tab:
        window.page.click("button[aria-label*=onglet]")
    tab.value.wait_for_url("**/icon.svg")
    tab.value.close()
    assert window.page.url.partition("?")[0].endswith(ALARM_ADDRESS)
