"""What two sides do in a conversation and at a project’s end, with a keyboard alone; what they typed stays, and what
somebody else changed meanwhile is told."""

from __future__ import annotations

import json
from threading import Event
from typing import Any

from tests.support.browser import NARROW, Window
from tests.support.screens.conversations import (
    AGREED,
    ANSWERS_LATE,
    BRIEF,
    COMPANY,
    DATES_PASSED,
    ENDING_LEAK,
    FILE,
    LEAK,
    MEASURE,
    NOBODY,
    OTHER,
    OVER,
    PROJECT,
    THREAD,
    Answers,
    messages,
    thread,
    waiting,
)
from tests.support.site import Given, Group, Site, example, kept, refusal
from tests.support.stand import Answer, Asked, document

TERMS = f"/projects/{PROJECT}/confidentiality"
PLACE = "/files/attachments"


class Sent:
    """Answers and keeps what was sent."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.bodies: list[Any] = []

    def __call__(self, asked: Asked) -> Answer:
        self.bodies.append(json.loads(asked.body or "null"))
        return self.answer


def there(window: Window, address: str, who: Group, answers: Answers, **more: Given | dict[str, Any]) -> Answers:
    """Brings somebody to an address. What it answers may be changed meanwhile."""
    served: Answers = {**answers, **more}
    window.stand, window.kept = Site(served), kept(who)
    window.go(address)
    return served


def talking(window: Window, who: Group, answers: Answers, **more: Given | dict[str, Any]) -> Answers:
    return there(window, f"/conversations/{THREAD}", who, answers, **more)


def again(window: Window) -> None:
    """Loads the page once more, with all that this device keeps."""
    window.page.reload(wait_until="load")
    window.quiet()


def said(window: Window) -> str:
    """What stands out, and is read out."""
    return " ".join(window.page.locator("main [role=status], main [role=alert]").all_inner_texts()).replace(
        "\u202f", " "
    )


def pressed(window: Window, name: str) -> None:
    """Comes to a button with Tab and presses it."""
    window.page.evaluate("document.activeElement?.blur()")
    for _ in range(120):
        window.page.keyboard.press("Tab")
        if window.focused == f"button “{name[:40]}”":
            return window.press("Enter")
    raise AssertionError(f"Tab never comes to {name}")


def test_a_message_is_written_and_sent(window: Window) -> None:
    sent = Sent(document(example("/conversations/x/messages", "POST"), 201))
    talking(window, "freelancers", thread(), **{f"POST /conversations/{THREAD}/messages": sent})
    window.tab_to("textarea")
    window.page.keyboard.type("À quel stade en est le séquencier ?")
    window.press("Tab", "Enter")
    assert sent.bodies == [{"text": "À quel stade en est le séquencier ?", "question": None}]
    assert "Message envoyé." in said(window)
    assert window.focused.startswith("textarea")
    assert window.page.input_value("textarea") == ""
    again(window)
    assert window.page.input_value("textarea") == ""


def test_a_guided_question_goes_with_the_message(window: Window) -> None:
    sent = Sent(document(example("/conversations/x/messages", "POST"), 201))
    talking(window, "freelancers", thread(), **{f"POST /conversations/{THREAD}/messages": sent})
    window.tab_to("form summary")
    window.press("Enter", "Tab", "Enter")
    assert window.focused.startswith("textarea")
    window.page.keyboard.type("La mer.")
    window.press("Tab", "Enter")
    assert sent.bodies == [{"text": "La mer.", "question": "why_this_story"}]


def test_what_was_written_outlives_a_reload_and_a_refusal(window: Window) -> None:
    talking(window, "producers", thread("producer"), **{f"POST /conversations/{THREAD}/messages": refusal(500)})
    window.tab_to("textarea")
    window.page.keyboard.type("Bonjour Inès")
    window.press("Tab", "Enter")
    assert "momentanément indisponible" in said(window)
    assert window.page.input_value("textarea") == "Bonjour Inès"
    again(window)
    assert window.page.input_value("textarea") == "Bonjour Inès"


def test_what_is_written_while_a_message_is_on_its_way_stays(window: Window) -> None:
    arrived = Event()

    def slowly(_: Asked) -> Answer:
        arrived.wait(10)
        return document(example("/conversations/x/messages", "POST"), 201)

    talking(window, "freelancers", thread(), **{f"POST /conversations/{THREAD}/messages": slowly})
    window.page.fill("textarea", "Bonjour.")
    window.page.click("form:has(textarea) button[type=submit]")
    window.page.fill("textarea", "Bonjour. Une chose encore.")
    arrived.set()
    window.quiet()
    assert "Message envoyé." in said(window)
    assert window.page.input_value("textarea") == "Bonjour. Une chose encore."
    again(window)
    assert window.page.input_value("textarea") == "Bonjour. Une chose encore."


def test_an_answer_that_was_sent_is_not_kept_on_the_device(window: Window) -> None:
    invited = thread(state="invited", may=["show_interest", "decline"], messages=0)
    sent = document(example("/conversations/x", state="interested", may=["write"]))
    served = talking(window, "freelancers", invited, **{f"POST /projects/{PROJECT}/interest": sent})
    window.page.fill("#interest-word", "Cette histoire est la mienne.")
    served[f"GET /conversations/{THREAD}"] = example("/conversations/x", state="interested", may=["write"])
    pressed(window, "Cela m’intéresse")
    assert window.page.locator("#interest-word").count() == 0
    drafts = "Object.keys(localStorage).filter((key) => key.includes('interest/'))"
    assert window.page.evaluate(drafts) == []


def test_a_passage_that_may_not_stand_is_marked_and_led_to(window: Window) -> None:
    talking(window, "producers", thread("producer", may=["write"]), **{f"POST /conversations/{THREAD}/messages": LEAK})
    window.tab_to("textarea")
    window.page.keyboard.type("Ici Sémaphore Récits, à Brest.")
    window.press("Tab", "Enter")
    assert "Plutôt : « la production »" in said(window)
    assert window.page.get_attribute("textarea", "aria-invalid") == "true"
    assert window.page.inner_text("mark") == "Sémaphore Récits"
    pressed(window, "Aller au passage")
    assert window.page.evaluate("getSelection().toString()") == "Sémaphore Récits"


def test_earlier_messages_stand_above_and_are_read_from_there(window: Window) -> None:
    def listed(asked: Asked) -> Answer:
        texts, cursor = (["deux", "un"], None) if "cursor" in asked.query else (["quatre", "trois"], "before")
        [page] = messages(*[{"message_id": one, "text": one} for one in texts], cursor=cursor).values()
        return document(page)  # type: ignore[arg-type]

    talking(window, "freelancers", thread(), **{f"GET /conversations/{THREAD}/messages": listed})
    pressed(window, "Voir les messages précédents")
    shown = window.page.locator("main ol[aria-label=Messages] li").all_inner_texts()
    assert [one.splitlines()[-1] for one in shown] == ["un", "deux", "trois", "quatre"]
    assert "deux" in window.page.evaluate("document.activeElement.innerText")
    assert "2 messages précédents affichés." in said(window)


def test_a_no_to_an_invitation_takes_one_press(window: Window) -> None:
    sent = Sent(document(example("/conversations/x", state="declined", may=["show_interest"])))
    invited = thread(state="invited", may=["show_interest", "decline"], messages=0)
    talking(window, "freelancers", invited, **{f"POST /projects/{PROJECT}/decline": sent})
    pressed(window, "Ce n’est pas pour moi")
    assert len(sent.bodies) == 1
    assert "Rien n’en découle" in said(window)
    assert window.page.evaluate("document.activeElement.innerText").startswith("C’est noté")


def test_interest_goes_with_what_was_answered_only(window: Window) -> None:
    sent = Sent(document(example("/conversations/x")))
    invited = thread(state="invited", may=["show_interest", "decline"], messages=0)
    talking(window, "freelancers", invited, **{f"POST /projects/{PROJECT}/interest": sent})
    window.unfold()
    window.page.fill("#interest-closest_work", "Deux saisons de polar breton.")
    again(window)
    assert window.page.is_visible("#interest-closest_work"), "what somebody had begun to answer is open"
    pressed(window, "Cela m’intéresse")
    assert sent.bodies == [
        {"text": None, "answers": [{"question": "closest_work", "text": "Deux saisons de polar breton."}]}
    ]


def test_a_reveal_says_what_follows_and_wants_the_terms_accepted(window: Window) -> None:
    accepted = Sent(document(example(TERMS)))
    agreed = Sent(
        document(example("/conversations/x", state="revealed", reveal=AGREED, company=COMPANY, may=["write"]))
    )
    talking(
        window,
        "freelancers",
        thread(),
        **{
            f"GET {TERMS}": example(TERMS, accepted=None, in_force=False),
            f"POST {TERMS}": accepted,
            f"POST /conversations/{THREAD}/reveal": agreed,
        },
    )
    pressed(window, "Lire la proposition et décider")
    dialog = window.page.get_by_role("dialog")
    assert "pour de bon" in dialog.inner_text() and "SIREN" in dialog.inner_text()
    assert window.page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    assert window.audit() + window.audit(width=NARROW) + window.sideways() == []
    agree = dialog.get_by_role("button", name="J’accepte : lever l’anonymat maintenant")
    assert agree.is_disabled()
    window.tab_to("[role=dialog] input[type=checkbox]")
    window.press("Space", "Tab", "Enter")
    assert accepted.bodies == [{"version": example(TERMS)["version"]}]
    assert len(agreed.bodies) == 1
    assert dialog.count() == 0
    assert "L’anonymat est levé" in said(window)
    assert "Sémaphore Récits" in window.page.inner_text("main")


def test_whoever_closes_the_dialog_is_back_where_they_were(window: Window) -> None:
    talking(window, "producers", thread("producer", may=["agree_to_reveal"]))
    pressed(window, "Lever l’anonymat…")
    assert window.page.get_by_role("dialog").count() == 1
    window.press("Escape")
    assert window.page.get_by_role("dialog").count() == 0
    assert window.focused == "button “Lever l’anonymat…”"


def test_an_act_that_comes_too_late_tells_where_it_stands_now(window: Window) -> None:
    served = talking(
        window,
        "freelancers",
        thread(),
        **{f"POST /conversations/{THREAD}/reveal": refusal(409, "conversation_state", "Cet échange est terminé.")},
    )
    pressed(window, "Lire la proposition et décider")
    served.update(thread(state="not_retained", may=[], state_label={"fr": "réponse négative", "en": "not retained"}))
    window.page.get_by_role("button", name="J’accepte : lever l’anonymat maintenant").click()
    window.quiet()
    assert window.page.get_by_role("dialog").count() == 0
    assert "Cet échange est terminé." in said(window) and "où il en est maintenant" in said(window)
    assert "La production ne donne pas suite" in window.page.inner_text("main")
    assert window.page.get_by_role("button", name="Lire la proposition et décider").count() == 0


def test_an_agreement_that_the_other_side_has_met_cannot_be_taken_back(window: Window) -> None:
    agreed = thread(may=["withdraw_from_reveal"], reveal=AGREED | {"theirs_at": None, "since": None})
    served = talking(
        window,
        "freelancers",
        {**agreed, **messages({"mine": False, "masked": True, "text": "Au [coordonnées]."})},
        **{f"DELETE /conversations/{THREAD}/reveal": refusal(409, "already_revealed", "L’anonymat est déjà levé.")},
    )
    served.update(thread(state="revealed", reveal=AGREED, company=COMPANY, may=["write", "confirm_engagement"]))
    served.update(messages({"mine": False, "text": "Au 02 00 00 00 00."}))
    pressed(window, "Reprendre mon accord")
    assert "L’anonymat est déjà levé." in said(window)
    assert COMPANY["legal_name"] in window.page.inner_text("main")


def test_a_freelancers_tab_is_called_by_the_project_even_after_the_reveal(window: Window) -> None:
    revealed = thread(
        state="revealed", reveal=AGREED, company=COMPANY, opposite={"fr": COMPANY["legal_name"], "en": ""}
    )
    talking(window, "freelancers", revealed)
    window.page.fill("textarea", "Merci.")
    assert COMPANY["legal_name"] in window.page.inner_text("main")
    assert window.page.title() == "Marée haute · Plot Point"
    stored = window.page.evaluate("JSON.stringify([{ ...localStorage }, Object.keys(sessionStorage)])")
    assert "Merci." in stored
    assert not any(word in stored for word in ("Sémaphore", "semaphore", "Goémon", "Sel et la Dette"))


def test_an_answer_is_proposed_in_the_words_of_its_reason(window: Window) -> None:
    answered = Sent(document(OTHER | {"conversation_id": THREAD, "state": "not_retained", "may": []}))
    talking(window, "producers", thread("producer"), **{f"POST /conversations/{THREAD}/answer": answered})
    pressed(window, "Écrire ma réponse")
    assert window.focused.startswith("input “On continue")
    window.press("ArrowDown", "Tab")
    window.page.select_option("#answer-reason", "other_dates")
    window.quiet()
    assert "Nos dates ne s’accordent malheureusement pas" in window.page.input_value("#answer-text")
    pressed(window, "Envoyer la réponse")
    assert answered.bodies == [{"decision": "not_retained", "reason": "other_dates", "text": None}]
    assert "Votre réponse est partie." in said(window)


def test_a_file_is_sent_and_stands_in_the_conversation(window: Window) -> None:
    place = example("/conversations/x/attachments", "POST")
    place["upload"]["url"] = PLACE
    offered = Sent(document(place, 201))
    revealed = thread(state="revealed", reveal=AGREED, company=COMPANY, may=["write", "add_file"])
    served = talking(
        window, "freelancers", {**revealed, **messages()}, **{f"POST /conversations/{THREAD}/attachments": offered}
    )
    stand = window.stand
    window.stand = lambda asked: Answer("", status=204) if asked.path == PLACE else stand(asked)
    served.update(messages({"attachment": FILE | {"mine": True}, "text": ""}))
    script = {"name": "scène.fountain", "mimeType": "", "buffer": b"INT. PHARE - NUIT"}
    window.page.set_input_files("main input[type=file]", script)  # type: ignore[arg-type]
    window.page.get_by_role("button", name=f"Ouvrir {FILE['name']}").wait_for()
    assert offered.bodies == [{"name": "scène.fountain", "media_type": "text/plain", "size": 17}]


def test_a_report_begun_at_a_message_is_about_that_message(window: Window) -> None:
    reported = Sent(document(example("/conversations/x/reports", "POST"), 201))
    talking(
        window,
        "freelancers",
        {**thread(), **messages({"message_id": "M1", "mine": False, "text": "Un essai, sans frais."})},
        **{f"POST /conversations/{THREAD}/reports": reported},
    )
    window.tab_to("ol[aria-label=Messages] button")
    window.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "report-target"
    window.page.select_option("#report-reason", "unpaid_work")
    pressed(window, "Envoyer le signalement")
    assert reported.bodies == [{"reason": "unpaid_work", "message_id": "M1", "text": None}]
    assert "L’autre côté n’en sait rien" in said(window)


def test_a_project_ends_with_every_answer(window: Window) -> None:
    kept_answers = Sent(document(example("/briefs/x/answers")))
    there(window, f"/briefs/{BRIEF}/answers", "producers", waiting(), **{f"PUT /briefs/{BRIEF}/answers": kept_answers})
    window.page.select_option("#reason-1", "other_budget")
    window.page.fill("#text-2", "Merci de nous avoir lus.")
    again(window)
    window.page.check("input[value=filled]")
    with window.page.expect_request("**/fill") as ended:
        pressed(window, "Mettre fin au projet et envoyer les 2 réponses")
    assert ended.value.headers["if-match"] == '"3"'
    assert kept_answers.bodies == [
        {
            "answers": [
                {"conversation_id": "1", "reason": "other_budget", "text": None},
                {"conversation_id": "2", "reason": None, "text": "Merci de nous avoir lus."},
            ]
        }
    ]
    assert "Le projet est terminé et les réponses sont parties." in said(window)


def test_a_passage_of_one_answer_is_marked_where_it_was_written(window: Window) -> None:
    there(window, f"/briefs/{BRIEF}/answers", "producers", waiting(), **{f"PUT /briefs/{BRIEF}/answers": ENDING_LEAK})
    window.page.fill("#text-2", "Merci, de la part de Sémaphore Récits.")
    window.page.check("input[value=closed]")
    pressed(window, "Mettre fin au projet et envoyer les 2 réponses")
    assert window.page.get_attribute("#text-2", "aria-invalid") == "true"
    assert window.page.get_attribute("#text-1", "aria-invalid") != "true"
    assert "Rien n’est parti" in said(window)


def test_a_project_that_changed_meanwhile_is_not_ended(window: Window) -> None:
    there(
        window,
        f"/briefs/{BRIEF}/answers",
        "producers",
        waiting(),
        **{f"POST /briefs/{BRIEF}/close": refusal(412, "precondition_failed", "La version a changé.")},
    )
    window.page.fill("#text-1", "Merci à vous.")
    window.page.check("input[value=closed]")
    pressed(window, "Mettre fin au projet et envoyer les 2 réponses")
    assert "rien n’est parti" in said(window)
    assert window.page.input_value("#text-1") == "Merci à vous."


def test_a_project_goes_back_online_with_other_dates_and_leads_to_its_shortlist(window: Window) -> None:
    mended = Sent(document(example("/briefs/x", status="expired", option_end_date="2028-06-30"), ETag='"4"'))
    served = there(
        window, f"/briefs/{BRIEF}/answers", "producers", OVER,
        **{f"PATCH /briefs/{BRIEF}": mended, f"POST /briefs/{BRIEF}/reopen": DATES_PASSED},
    )  # fmt: skip
    window.page.fill("#f-option_end_date", "2028-06-30")
    window.page.fill("#f-start_window", "2027-08-01")
    window.page.fill("#f-start_until", "2027-09-01")
    again(window)
    with window.page.expect_request("**/reopen") as asked:
        pressed(window, "Enregistrer et remettre en ligne")
    assert mended.bodies == [
        {"option_end_date": "2028-06-30", "start_window": {"from": "2027-08-01", "until": "2027-09-01"}}
    ]
    assert asked.value.headers["if-match"] == '"4"'
    assert window.page.evaluate("document.activeElement.id") == "f-option_end_date"
    assert window.page.get_attribute("#f-pitch", "aria-invalid") == "true"
    served[f"POST /briefs/{BRIEF}/reopen"] = document(example("/briefs/x", status="live"), ETag='"5"')
    pressed(window, "Enregistrer et remettre en ligne")
    window.page.wait_for_url(f"**/briefs/{BRIEF}")
    there(window, f"/briefs/{BRIEF}/answers", "producers", OVER)
    assert window.page.input_value("#f-option_end_date") == "2026-11-20"


def test_a_company_that_owes_answers_is_led_to_them_before_it_reopens(window: Window) -> None:
    closed = example("/briefs/x", status="closed")
    answers = {f"GET /briefs/{BRIEF}/answers": NOBODY, f"GET /briefs/{BRIEF}": closed}
    there(window, f"/briefs/{BRIEF}/answers", "producers", answers, **{f"POST /briefs/{BRIEF}/reopen": ANSWERS_LATE})
    pressed(window, "Remettre le projet en ligne")
    assert "attendent votre réponse depuis plus longtemps que promis" in said(window)
    assert window.page.get_attribute("main a:has-text('Donner ces réponses')", "href") == "/conversations"


def test_somebody_is_answered_now_once_there_is_a_reason(window: Window) -> None:
    answered = Sent(document(OTHER))
    there(
        window, f"/briefs/{BRIEF}/answers", "producers", waiting(OTHER | {"conversation_id": "1"}),
        **{"POST /conversations/1/answer": answered},
    )  # fmt: skip
    pressed(window, "Répondre maintenant à Inès Kerdoncuff")
    assert answered.bodies == []
    assert window.page.evaluate("document.activeElement.id") == "reason-1"
    window.page.select_option("#reason-1", "project_changed")
    pressed(window, "Répondre maintenant à Inès Kerdoncuff")
    assert answered.bodies == [{"decision": "not_retained", "reason": "project_changed", "text": None}]
    assert "Votre réponse à Inès Kerdoncuff est partie." in said(window)


def test_a_decision_is_contested_and_the_reasons_outlive_a_reload(window: Window) -> None:
    address = f"/moderation/{MEASURE['measure_id']}"
    contested = Sent(document(MEASURE | {"state": "appealed", "may": []}))
    there(window, address, "producers", {}, **{f"POST /moderation/mine/{MEASURE['measure_id']}/appeal": contested})
    window.tab_to("#appeal")
    window.page.keyboard.type("Cette adresse est celle du décor.")
    again(window)
    assert window.page.input_value("#appeal") == "Cette adresse est celle du décor."
    pressed(window, "Contester")
    assert contested.bodies == [{"text": "Cette adresse est celle du décor."}]
    assert "quelqu’un d’autre réexamine tout" in said(window)
