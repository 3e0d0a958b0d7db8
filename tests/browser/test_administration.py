"""What an administrator changes for everybody is never lost, nor put over what somebody else did meanwhile."""

from __future__ import annotations

import hashlib
import json

from tests.support.browser import Window
from tests.support.screens.administration import (
    ALARM,
    FAILURE,
    FAILURE_PATH,
    OVERTAKEN,
    RECORDED,
    SAVE_DRAFT,
    audit,
    taxonomy,
)
from tests.support.site import Given, Site, example, kept, refusal
from tests.support.stand import Answer, Asked, document


def test_the_audit_says_in_words_what_was_recorded(window: Window) -> None:
    window.stand = Site({"GET /admin/audit": audit(*RECORDED)})
    window.kept = kept("admins")
    window.go("/admin/audit")
    window.unfold()
    said = [one.replace("\n\n", "\n").split("\n") for one in window.page.locator("details dl").all_inner_texts()]
    end = FAILURE[-6:]
    assert [" | ".join(one) for one in said] == [
        f"Échange | réf. {end} | Décision | pas de suite | Motif | les dates ne s’accordent pas"
        " | Publication | 1 | En retard | oui",
        f"Décision de modération | réf. {end} | Nature | compte | Concerne | réf. b2c3d4"
        " | Décidé par | vous | Confirmé par | personne",
        f"Projet | réf. {end} | Profils | réf. {end}, réf. {ALARM[-6:]} | Cause | publication",
        "Compte | réf. b2c3d4 | Mois sans activité | 21 | Dernier jour d’activité | 3 février 2025",
        'new thing | never heard of | deep | {"in":[1,2]}',
    ]
    window.page.click(f"details a[href='/admin/measures/{FAILURE}']")
    window.quiet()
    assert window.page.url.endswith(f"/admin/measures/{FAILURE}")


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


def test_what_is_no_number_is_said_and_neither_looked_at_nor_kept_as_nought(window: Window) -> None:
    sent: list[float] = []

    def preview(asked: Asked) -> Answer:
        sent.append(json.loads(asked.body or b"{}")["grid"]["ranges"][0]["low"])
        return document(example("/admin/rates/preview", "POST"))

    window.stand = Site({"POST /admin/rates/preview": preview})
    window.kept = kept("admins")
    window.go("/admin/rates")
    low = window.page.locator("main input[inputmode=decimal]").first
    before = low.input_value()
    low.fill("3OO")
    window.page.click("#preview")
    window.quiet()
    assert sent == []
    assert low.input_value() == "3OO"
    assert "Ce n’est pas un nombre" in window.page.inner_text("main")
    assert low.evaluate("one => one === document.activeElement")
    low.fill("")
    window.page.reload()
    window.quiet()
    assert window.page.locator("main input[inputmode=decimal]").first.input_value() == before
    window.page.locator("main input[inputmode=decimal]").first.fill("300")
    window.page.click("#preview")
    window.quiet()
    assert sent == [300]


def at(window: Window) -> str:
    """What is said where the focus is."""
    return str(window.page.evaluate("document.activeElement.innerText")).replace("\u202f", " ")


def incident(window: Window, **answers: Given | dict[str, object]) -> None:
    window.stand = Site(answers)
    window.kept = kept("admins")
    window.go(FAILURE_PATH)


def test_an_incident_is_run_again_and_one_goes_on_where_it_is_said(window: Window) -> None:
    path = f"/admin/failures/{FAILURE}"
    asked: list[Asked] = []
    now = [example(path, status="parked", replayable=True, interrupted=False, replays=[])]

    def replay(one: Asked) -> Answer:
        asked.append(one)
        now.append(now[0] | {"status": "replayed"})
        return document(example(f"{path}/replay", "POST"), 202)

    incident(window, **{f"GET {path}": lambda _: document(now[-1]), f"POST {path}/replay": replay})
    window.tab_to("#replay")
    window.press("Enter")
    window.quiet()
    assert len(asked) == 1
    assert "Reprise demandée" in at(window)
    assert window.page.locator("#replay").count() == 0


def test_a_dismissal_keeps_its_reason_through_a_refusal_and_is_sent(window: Window) -> None:
    path = f"/admin/failures/{FAILURE}"
    reasons: list[str] = []
    now = [example(path, status="parked", replayable=True, interrupted=False, dismissal=None)]

    def dismiss(one: Asked) -> Answer:
        reasons.append(json.loads(one.body or b"{}")["reason"])
        if len(reasons) == 1:
            return refusal(503)
        now.append(now[0] | {"status": "dismissed"})
        return document(now[-1])

    incident(window, **{f"GET {path}": lambda _: document(now[-1]), f"POST {path}/dismiss": dismiss})
    window.page.click("main details summary >> nth=0")
    window.page.fill("#dismiss-why", "Message d’essai, sans suite.")
    window.page.click("main form button[type=submit]")
    window.quiet()
    window.page.reload()
    window.quiet()
    assert window.page.input_value("#dismiss-why") == "Message d’essai, sans suite."
    window.page.click("main form button[type=submit]")
    window.quiet()
    assert reasons == ["Message d’essai, sans suite."] * 2
    assert "Classé sans suite" in at(window)
    assert window.page.locator("#dismiss-why").count() == 0


def test_a_notice_that_was_seen_to_goes_and_one_goes_on_where_it_is_said(window: Window) -> None:
    [notice, *_] = example("/admin/notices")["notices"]
    there = [notice | {"state": "open"}]

    def done(_: Asked) -> Answer:
        there.clear()
        return document(notice | {"state": "done"})

    window.stand = Site(
        {
            "GET /admin/notices": lambda _: document({"notices": list(there), "cursor": None}),
            f"POST /admin/notices/{notice['notice_id']}/done": done,
        }
    )
    window.kept = kept("admins")
    window.go("/admin/operations")
    window.page.get_by_role("button", name="C’est traité").click()
    window.quiet()
    assert there == []
    assert window.page.evaluate("document.activeElement.querySelector('[role=status]') !== null")


def test_an_address_is_let_in_again_by_typing_it(window: Window) -> None:
    address = "agathe@semaphore-recits.example"
    path = f"/admin/suppressions/{hashlib.sha256(address.encode()).hexdigest()}"
    asked: list[Asked] = []

    def lift(one: Asked) -> Answer:
        asked.append(one)
        return refusal(404) if len(asked) == 1 else document(example(path, "DELETE"))

    window.stand = Site({f"DELETE {path}": lift})
    window.kept = kept("admins")
    window.go("/admin/operations/emails")
    window.page.click("#suppressions summary:has-text('Rétablir une adresse')")
    window.page.fill("#let-in-address", " Agathe@Semaphore-Recits.example ")
    for said in ("n’est pas écartée", "reçoit de nouveau nos e-mails"):
        window.press("Enter") if asked else window.page.press("#let-in-address", "Enter")
        window.quiet()
        assert said in window.page.inner_text("#suppressions")
    assert len(asked) == 2


def test_what_one_looks_for_among_incidents_is_there_when_one_comes_back(window: Window) -> None:
    window.stand = Site({})
    window.kept = kept("admins")
    window.go("/admin/operations/failures?status=replayed&consumer=plan_emails")
    assert window.page.input_value("#failures-consumer") == "plan_emails"
    window.page.click("main li a")
    window.quiet()
    window.page.get_by_role("link", name="Tous les incidents").click()
    window.quiet()
    assert window.page.url.endswith("?status=replayed&consumer=plan_emails")
    assert window.page.input_value("#failures-consumer") == "plan_emails"


def test_the_audit_is_searched_by_an_address_that_keeps_what_was_asked(window: Window) -> None:
    queries: list[str] = []

    def found(one: Asked) -> Answer:
        queries.append(one.query)
        return document(example("/admin/audit"))

    window.stand = Site({"GET /admin/audit": found})
    window.kept = kept("admins")
    window.go("/admin/audit?about=brief_id&reference=01M890MRE0PE83GV91X3G5HANS")
    assert "brief_id=01M890MRE0PE83GV91X3G5HANS" in queries[-1]
