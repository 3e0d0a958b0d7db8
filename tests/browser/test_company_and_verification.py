"""What somebody does with their company and their verifications: by keyboard alone, through refusals and reloads."""

from __future__ import annotations

import json

from tests.support.browser import WIDE, Window
from tests.support.screens import SCREENS
from tests.support.screens.company import COMPANY, race
from tests.support.screens.verification import ADDRESS, CASE, DOSSIER, PDF, in_review, offered
from tests.support.site import NOT_YET, SUB, Given, Site, example, kept, refusal
from tests.support.stand import Answer, Asked, document


class Sent:
    """Answers one after the other, the last one from then on, and keeps what was sent."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.bodies: list[str | None] = []

    def __call__(self, asked: Asked) -> Answer:
        self.bodies.append(asked.body)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def there(window: Window, name: str, **answers: Given | dict[str, object]) -> None:
    """That screen as it is when one comes to it, with these answers besides."""
    [screen] = [one for one in SCREENS if one.name == name]
    window.stand = Site({**screen.answers, **answers}, screen.local)
    window.kept = kept(screen.who)
    window.go(screen.address)


def text(window: Window, selector: str) -> str:
    return window.page.inner_text(selector).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_company_is_introduced_by_keyboard_and_leads_to_its_verification(window: Window) -> None:
    put = Sent(document(COMPANY | {"status": "unverified"}, ETag='"1"'))
    there(
        window,
        "a company to introduce",
        **{
            "PUT /companies/mine": put,
            "POST /verification/mine": document(DOSSIER | {"kind": "company"}, 201),
            f"GET /verification/mine/{CASE}": DOSSIER | {"kind": "company"},
        },
    )
    window.tab_to("#legal_name")
    for typed in ("Sémaphore Récits", "290 611 003", "claire@Semaphore-Recits.example", "Productrice"):
        window.page.keyboard.type(typed)
        window.press("Tab")
    window.press("Shift+Tab", "Shift+Tab", "Enter")
    window.quiet()
    sent = json.loads(put.bodies[0] or "")
    assert (sent["siren"], sent["email_domain"]) == ("290611003", "semaphore-recits.example")
    assert window.page.url.partition("?")[0].endswith(ADDRESS)
    assert text(window, "h1") == "Vérification de votre société"


def test_a_company_that_is_not_whole_is_said_field_by_field(window: Window) -> None:
    window.stand, window.kept = Site({"GET /companies/mine": NOT_YET}), kept("producers")
    window.go("/company")
    window.page.click("main form button[type=submit]")
    for field in ("legal_name", "siren", "email_domain", "mandate"):
        assert window.page.get_attribute(f"#{field}", "aria-invalid") == "true", field
    assert window.page.evaluate("document.activeElement.id") == "legal_name"


def test_whoever_joins_a_company_may_begin_a_project_at_once(window: Window) -> None:
    served: dict[str, Given | dict[str, object]] = {"GET /companies/mine": NOT_YET}
    window.stand, window.kept = Site(served), kept("producers")
    window.resize(WIDE)
    window.go("/briefs/new")
    assert "Présenter ma société" in window.page.inner_text("main")
    window.page.click("header a[href='/company']")
    window.page.click("main a[href='/company/join']")
    del served["GET /companies/mine"]
    window.page.click("main button")
    window.quiet()
    window.page.go_back()
    window.page.go_back()
    window.page.go_back()
    window.quiet()
    assert "Présenter ma société" not in window.page.inner_text("main")


def test_what_an_account_has_is_asked_once_in_a_session(window: Window) -> None:
    asked = Sent(document(example("/me", sub=SUB)))
    there(window, "a verified company", **{"GET /me": asked})
    window.page.reload()
    window.quiet()
    assert window.page.input_value("#legal_name") == COMPANY["legal_name"]
    assert len(asked.bodies) == 1


def test_who_was_invited_is_invited_again_where_one_reads_that_the_e_mail_did_not_arrive(window: Window) -> None:
    sent: list[str] = []

    def again(asked: Asked) -> Answer:
        sent.append(json.loads(asked.body or "{}")["email"])
        return document(example("/companies/mine/members", "POST"), 202)

    there(window, "invitations that wait", **{"POST /companies/mine/members": again})
    waiting = window.page.locator("li", has_text="non remis")
    assert "vaut jusqu’au 1er janvier 2027" in waiting.inner_text()
    waiting.get_by_role("button").click()
    window.quiet()
    assert sent == ["marie-clementine.de-la-pointe@semaphore-recits.example"]
    assert "Une nouvelle invitation part" in window.page.inner_text("main [role=status]")


def test_a_number_that_is_no_siren_is_said_at_once_and_nothing_is_sent(window: Window) -> None:
    put = Sent(document(COMPANY))
    there(window, "a verified company", **{"PUT /companies/mine": put})
    window.page.fill("#siren", "290 611 004")
    assert "neuf chiffres" in text(window, "main form").lower()
    window.page.click("main form button[type=submit]")
    assert put.bodies == []
    assert window.page.evaluate("document.activeElement.id") == "siren"


def test_two_who_correct_a_company_see_both_versions_and_nothing_typed_is_lost(window: Window) -> None:
    there(window, "a verified company")
    race(window)
    window.quiet()
    assert "Directrice du développement" in text(window, "main form dl")
    assert "Gérante" in text(window, "main form dl")
    assert window.page.input_value("#mandate") == "Gérante"
    put = Sent(document(COMPANY | {"mandate": "Gérante"}, ETag='"5"'))
    assert isinstance(window.stand, Site)
    window.stand = Site({**window.stand.answers, "PUT /companies/mine": put})
    window.page.click("text=Garder ma version")
    window.page.click("main form button[type=submit]")
    window.quiet()
    assert json.loads(put.bodies[0] or "")["mandate"] == "Gérante"
    assert "C’est enregistré" in text(window, "main")


def test_taking_the_other_version_gives_it_back_to_the_form(window: Window) -> None:
    there(window, "a verified company")
    race(window)
    window.quiet()
    window.page.click("text=Prendre la version actuelle")
    window.quiet()
    assert window.page.input_value("#mandate") == "Directrice du développement"
    assert window.page.locator("main form dl").count() == 0


def test_what_is_typed_of_a_company_is_there_after_a_reload(window: Window) -> None:
    there(window, "a verified company")
    window.page.fill("#people", "Agathe Lormeau\nPaul Nivet")
    window.page.reload()
    window.quiet()
    assert window.page.input_value("#people") == "Agathe Lormeau\nPaul Nivet"
    assert "gardé sur cet appareil" in text(window, "main form")


def test_an_answer_outlives_a_refusal_and_a_reload_and_goes_once(window: Window) -> None:
    there(window, "a question to answer")
    field = "textarea[id^=answer-]"
    sent = Sent(refusal(503), document(DOSSIER))
    assert isinstance(window.stand, Site)
    window.stand = Site({**window.stand.answers, f"POST /verification/mine/{CASE}/answer": sent})
    window.tab_to(f"#{window.page.get_attribute(field, 'id')}")
    window.page.keyboard.type("Paul Nivet, producteur artistique.")
    window.press("Tab", "Enter")
    window.quiet()
    assert window.page.input_value(field) == "Paul Nivet, producteur artistique."
    window.page.reload()
    window.quiet()
    assert window.page.input_value(field) == "Paul Nivet, producteur artistique."
    window.page.click(f"form:has({field}) button[type=submit]")
    window.quiet()
    assert [json.loads(body or "") for body in sent.bodies] == [{"text": "Paul Nivet, producteur artistique."}] * 2
    assert "Votre réponse est partie" in text(window, "main")
    assert window.page.evaluate("JSON.stringify(localStorage)").find("producteur artistique") == -1


def test_a_decision_is_contested_with_two_presses_and_a_reason(window: Window) -> None:
    appeal = Sent(document(DOSSIER))
    there(window, "a refusal to contest", **{f"POST /verification/mine/{CASE}/appeal": appeal})
    window.page.focus("summary:has-text('Contester')")
    window.press("Enter", "Tab")
    window.page.keyboard.type("Le contrat nomme la fonction.")
    window.press("Tab", "Enter")
    window.quiet()
    assert [json.loads(body or "") for body in appeal.bodies] == [{"text": "Le contrat nomme la fonction."}]


def test_a_file_that_did_not_leave_stays_and_leaves_by_the_same_place(window: Window) -> None:
    offers = Sent(offered(Asked("POST", "", "", '{"media_type": "application/pdf"}')))
    posts = Sent(Answer("", status=0), Answer("", status=204))
    there(
        window,
        "a file that was kept",
        **{**in_review(), f"POST /verification/mine/{CASE}/evidence": offers, "POST /posted": posts},
    )
    window.page.set_input_files("input[type=file]", [PDF])  # type: ignore[list-item]
    window.quiet()
    assert "Contrat Marée.pdf" in text(window, "main")
    window.page.click("text=Réessayer")
    window.quiet()
    assert (len(offers.bodies), len(posts.bodies)) == (1, 2)
    assert "Contrat Marée.pdf : reçu, contrôlé et conservé." in text(window, "#evidence [role=status]")
    assert window.page.locator("#evidence li:has-text('Contrat Marée.pdf')").count() == 0


def test_each_file_goes_with_what_was_said_of_it_when_it_was_chosen(window: Window) -> None:
    offers = Sent(offered(Asked("POST", "", "", '{"media_type": "application/pdf"}')))
    there(window, "a file that was kept", **{f"POST /verification/mine/{CASE}/evidence": offers})
    for kind in ("contract", "payslip"):
        window.page.select_option("#evidence-kind", kind)
        window.page.set_input_files("input[type=file]", [PDF])  # type: ignore[list-item]
    window.quiet()
    assert [json.loads(body or "")["kind"] for body in offers.bodies] == ["contract", "payslip"]


def test_files_may_be_put_down_where_they_are_sent(window: Window) -> None:
    offers = Sent(offered(Asked("POST", "", "", '{"media_type": "application/pdf"}')))
    there(window, "a file that was kept", **{f"POST /verification/mine/{CASE}/evidence": offers})
    carried = window.page.evaluate_handle(
        "() => { const d = new DataTransfer(); d.items.add(new File(['%PDF-1.7'], 'Bible.pdf')); return d; }"
    )
    window.page.dispatch_event("#evidence-kind", "drop", {"dataTransfer": carried})
    window.quiet()
    assert [json.loads(body or "")["size"] for body in offers.bodies] == [8]


def test_after_an_answer_one_goes_on_where_it_is_said_that_it_left(window: Window) -> None:
    path = f"/verification/mine/{CASE}"
    there(window, "a question to answer", **{f"POST {path}/answer": document(DOSSIER)})
    window.page.fill("textarea", "Le contrat est joint.")
    window.page.click("form:has(textarea) button[type=submit]")
    window.quiet()
    assert window.page.evaluate("document.activeElement.querySelector('[role=status]') !== null")


def test_an_appeal_that_was_begun_is_open_when_one_comes_back(window: Window) -> None:
    there(window, "a refusal to contest")
    window.page.click("summary:has-text('Contester')")
    window.page.fill("details:has(summary:has-text('Contester')) textarea", "Ma fonction figure au générique.")
    window.page.reload()
    window.quiet()
    assert window.page.input_value("details[open] textarea") == "Ma fonction figure au générique."


def test_what_is_to_correct_of_a_credit_leads_to_that_credit_and_a_source_opens_beside(window: Window) -> None:
    badge, check = DOSSIER["badges"][0], DOSSIER["checks"][0]
    correction = {
        "what": "correction",
        "credit_id": badge["credit_id"],
        "until": None,
        "message": {"fr": "Corrigez l’année.", "en": "Correct the year."},
    }
    note = {"fr": "Vu au catalogue.", "en": "Seen in the catalogue."}
    links = ("https://catalogue.example/17", "javascript:alert(1)")
    findings = [{**(check["findings"] or [{}])[0], "note": note, "url": url} for url in links]
    checks = [{**check, "credit_id": None, "findings": findings}]
    answer = DOSSIER | {"missing": [correction], "checks": checks}
    there(window, "a refusal to contest", **{f"GET /verification/mine/{CASE}": answer})
    assert window.page.locator(f"a[href='/profile/credits/{badge['credit_id']}']").count() == 1
    window.unfold()
    sources = window.page.get_by_role("link", name="Voir la source")
    assert sources.count() == 1 and sources.get_attribute("target") == "_blank"


def test_a_credit_is_not_verified_alone_before_the_profile_was(window: Window) -> None:
    for status, offered_alone in (("draft", False), ("verified", True)):
        profile = example("/profiles/mine") | {"status": status}
        badges = example("/verification/mine/badges")
        badges["credits"][0]["level"] = 1
        answers: dict[str, Given | dict[str, object]] = {
            "GET /profiles/mine": profile,
            "GET /verification/mine": {"cases": [], "cursor": None},
            "GET /verification/mine/badges": badges,
        }
        window.stand = Site(answers)
        window.kept = kept("freelancers")
        window.go("/verification")
        assert (window.page.locator("main li button").count() > 0) == offered_alone
