"""What an administrator does with the queue and a case: by keyboard alone, through refusals, reloads, lost leases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.browser import Window
from tests.support.screens.cases import (
    ADDRESS,
    ANOTHER,
    APPEAL,
    CASE,
    CREDIT,
    DECISION,
    ID,
    SECONDED,
    TOKEN,
    act,
    case,
    found,
    lost,
    queue,
    row,
    state,
)
from tests.support.site import Given, Site, kept, refusal
from tests.support.stand import Answer, Asked, document


class Sent:
    """Answers one after the other, the last one from then on, and keeps what was sent."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.bodies: list[Any] = []

    def __call__(self, asked: Asked) -> Answer:
        self.bodies.append(json.loads(asked.body or "null"))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Keys:
    """Every key that is pressed, counted; each once the one before has done what it does."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.count = 0

    def __call__(self, *keys: str) -> None:
        for key in keys:
            self.count += 1
            self.window.press(key)


def there(window: Window, address: str, *answers: dict[str, Given | dict[str, Any]]) -> None:
    """The answers that are given later in the list come first."""
    window.stand = Site({name: given for one in answers for name, given in one.items()})
    window.kept = kept("admins")
    window.go(address)


def text(window: Window, selector: str = "main") -> str:
    return window.page.inner_text(selector).replace("\u202f", " ").replace("\u00a0", " ")


def focus(window: Window) -> str:
    return str(window.page.evaluate("document.activeElement.id || document.activeElement.name || ''"))


@contextmanager
def quiet_console(window: Window) -> Iterator[None]:
    window.faults()
    yield
    assert window.faults() == []


def queued(**changes: Any) -> dict[str, Any]:
    """The case as the queue lists it, nobody's."""
    return row(0, case_id=ID, **changes)


TAKEN: Answer = document(found(), ETag='"8"')
VERIFIED = document(found(None, clock=None, decision=SECONDED, **state("verified")), ETag='"9"')
PROPOSED = document(found(None, awaits_second=True, pending_decision=DECISION, **state("queued")), ETag='"9"')


def test_a_prepared_case_is_decided_from_the_queue_with_fewer_than_a_dozen_keys(window: Window) -> None:
    decided = Sent(VERIFIED)
    claimed = Sent(TAKEN)
    there(
        window,
        "/",
        queue(row(1, lease=None), queued()),
        case(None, **state("queued")),
        {**act("claim", claimed), **act("decision", decided)},
    )
    keys = Keys(window)
    with quiet_console(window):
        keys("j", "j", "Enter")
        assert window.page.url.endswith(ADDRESS)
        keys("c", "1", "Control+Enter", "Enter")
    assert keys.count < 12
    assert decided.bodies == [
        {
            "lease_token": TOKEN,
            "outcome": "verified",
            "ground": "all_confirmed",
            "text": decided.bodies[0]["text"],
            "credits": [{"credit_id": CREDIT["credit_id"], "level": "function"}],
            "removals": [],
            "junior_path": False,
        }
    ]
    assert decided.bodies[0]["text"].startswith("Bonjour,\n\nTout ce que vous avez déclaré")
    assert "La décision est enregistrée" in text(window, "main [role=status]")
    assert window.page.evaluate("JSON.stringify(localStorage)").find("verified") == -1


def test_three_credits_that_no_source_knows_are_settled_with_fewer_than_a_dozen_keys(window: Window) -> None:
    ids = [f"{CREDIT['credit_id'][:-1]}{number}" for number in (1, 2, 3)]
    [check] = [one for one in CASE["checks"] if one["check"] == "credit"][:1]
    unknown = {
        "credits_in_review": [CREDIT | {"credit_id": one, "findings": []} for one in ids],
        "checks": [check | {"credit_id": one, "findings": []} for one in ids],
    }
    decided = Sent(VERIFIED)
    there(
        window,
        "/",
        queue(queued()),
        case(None, **unknown, **state("queued")),
        {**act("claim", document(found(**unknown), ETag='"8"')), **act("decision", decided)},
    )
    keys = Keys(window)
    keys("j", "Enter", "c")
    keys("f")  # nothing is settled where nobody looks
    assert window.page.evaluate("document.activeElement.name") == f"level-{ids[0]}"
    keys("f", "p", "x")
    keys("2", "Control+Enter", "Enter")
    assert keys.count < 12
    assert [one["level"] for one in decided.bodies[0]["credits"]] == ["function", "participation", None]


def test_a_refusal_takes_a_reason_and_is_proposed_with_fewer_than_a_dozen_keys(window: Window) -> None:
    decided = Sent(PROPOSED)
    there(window, "/", queue(queued()), case(), {**act("claim", TAKEN), **act("decision", decided)})
    keys = Keys(window)
    keys("j", "c")
    assert window.page.url.endswith(ADDRESS)
    keys("3", "Control+Enter")
    assert focus(window) == "decision-ground"
    assert "Choisissez un motif" in text(window, "#decision")
    keys("ArrowDown", "Control+Enter")
    assert "ne vaut qu’une fois confirmée" in text(window, "[role=dialog]")
    keys("Control+Enter")
    assert keys.count < 12
    assert [one["ground"] for one in decided.bodies] == ["documents_missing"]
    assert decided.bodies[0]["credits"] == [{"credit_id": CREDIT["credit_id"], "level": "work"}]
    assert "Une autre personne doit la confirmer" in text(window)


def test_a_proposal_is_confirmed_by_a_second_person_with_a_few_keys(window: Window) -> None:
    seconded = Sent(VERIFIED)
    there(
        window,
        ADDRESS,
        case(awaits_second=True, pending_decision=DECISION),
        act("second-decision", seconded),
    )
    window.press("1", "Control+Enter")
    assert DECISION["text"][:30] in text(window, "[role=dialog]")
    window.press("Enter")
    assert seconded.bodies == [{"lease_token": TOKEN, "confirms": True, "note": ""}]


def test_a_proposal_is_sent_back_with_a_note_that_outlives_a_reload(window: Window) -> None:
    seconded = Sent(document(found(None, **state("queued")), ETag='"9"'))
    there(
        window,
        ADDRESS,
        case(awaits_second=True, pending_decision=DECISION),
        act("second-decision", seconded),
    )
    window.press("2", "Tab")
    window.page.keyboard.type("Le contrat n’a pas été lu.")
    window.page.reload()
    window.quiet()
    assert window.page.input_value("#decision textarea") == "Le contrat n’a pas été lu."
    window.press("Control+Enter")
    assert seconded.bodies == [{"lease_token": TOKEN, "confirms": False, "note": "Le contrat n’a pas été lu."}]


def test_nobody_is_asked_to_confirm_their_own_proposal(window: Window) -> None:
    claimed = Sent(TAKEN)
    there(
        window,
        ADDRESS,
        case(None, awaits_second=True, pending_decision=DECISION | {"decided_by": "d0f3"}, **state("queued")),
        act("claim", claimed),
    )
    window.press("c")
    assert claimed.bodies == []
    assert "une autre personne doit la confirmer" in text(window)


def test_an_appeal_is_taken_and_decided_by_its_own_routes_and_cannot_be_made_worse(window: Window) -> None:
    appealed = case(None, decision=SECONDED, appeal=APPEAL, **state("appealed"))
    held = document(found(decision=SECONDED | {"outcome": "partly_verified"}, appeal=APPEAL, **state("appeal_review")))
    decided = Sent(document(found(None, clock=None, decision=SECONDED, **state("final")), ETag='"9"'))
    there(window, ADDRESS, appealed, {**act("appeal/claim", held), **act("appeal/decision", decided)})
    window.press("c")
    assert APPEAL["text"] in text(window)
    assert window.page.locator("input[name=outcome]").count() == 2
    window.press("1", "Control+Enter")
    assert "C’est le dernier mot" in text(window, "[role=dialog]")
    window.press("Control+Enter")
    assert [one["outcome"] for one in decided.bodies] == ["verified"]


def test_single_keys_are_letters_while_somebody_writes(window: Window) -> None:
    released = Sent(document(found(None, **state("queued")), ETag='"8"'))
    there(window, ADDRESS, case(), act("release", released))
    window.press("q")
    assert focus(window) == "question"
    window.page.keyboard.type("r1ec?n")
    assert window.page.input_value("#question") == "r1ec?n"
    assert released.bodies == []
    window.page.evaluate("document.activeElement.blur()")
    window.press("r")
    assert released.bodies == [{"lease_token": TOKEN}]
    assert "rendu à la file" in text(window)


def test_single_keys_can_be_turned_off_and_stay_so(window: Window) -> None:
    claimed = Sent(TAKEN)
    there(window, ADDRESS, case(None, **state("queued")), act("claim", claimed))
    window.press("?")
    window.page.click("[role=dialog] input[type=checkbox]")
    window.press("Escape")
    window.page.reload()
    window.quiet()
    window.press("c", "?")
    assert claimed.bodies == []
    assert window.page.locator("[role=dialog]").count() == 0


def test_the_arrows_move_in_the_list_and_scroll_elsewhere(window: Window) -> None:
    there(window, "/", queue(row(1), row(2), row(3)))
    window.press("ArrowDown")
    assert window.page.evaluate("document.activeElement.dataset.case ?? ''") == ""
    window.press("j", "ArrowDown", "ArrowDown", "ArrowDown", "k")
    assert window.page.evaluate("document.activeElement.dataset.case") == row(2)["case_id"]
    window.press("/")
    assert window.page.evaluate("document.activeElement.localName") == "select"


def test_filters_are_in_the_address_and_lead_back_from_a_case(window: Window) -> None:
    asked: list[str] = []

    def listed(given: Asked) -> Answer:
        asked.append(given.query)
        return document({"cases": [queued()], "cursor": None, "shortage": None})

    there(window, "/", {"GET /verification/cases": listed}, case(None, **state("queued")))
    window.page.click("nav a:text-is('Recours')")
    window.quiet()
    window.page.select_option("select >> nth=0", "company")
    window.quiet()
    assert "state=appealed" in window.page.url and "kind=company" in window.page.url
    assert "kind=company" in asked[-1] and "state=appealed" in asked[-1]
    window.press("j", "Enter")
    window.press("u")
    assert "state=appealed" in window.page.url and "kind=company" in window.page.url


def test_each_row_begins_with_who_or_what_it_is_about(window: Window) -> None:
    there(
        window,
        "/",
        queue(
            row(1, credits=2),
            row(2, kind="credit", work_title="Marée", credits=1),
            row(3, kind="company", subject_name="Falaise Rouge Films", credits=0),
            row(4, subject_name=None, credits=1),
        ),
    )
    assert window.page.locator("a[data-case]").all_inner_texts() == [
        "Inès Kerbrat · Profil · 2 crédits",
        "Marée · Crédit · Inès Kerbrat",
        "Falaise Rouge Films · Société",
        "Profil · 1 crédit",
    ]


def test_proposals_to_confirm_are_looked_for_behind_the_first_page(window: Window) -> None:
    def listed(given: Asked) -> Answer:
        first = {"cases": [row(1)], "cursor": "more", "shortage": None}
        rest = {"cases": [row(2, awaits_second=True)], "cursor": None, "shortage": None}
        return document(rest if "cursor" in given.query else first)

    there(window, "/?second=true", {"GET /verification/cases": listed})
    assert window.page.locator("a[data-case]").count() == 1
    assert "Décision à confirmer" in text(window, "main ul[aria-label]")


def test_the_next_case_is_one_that_nobody_else_has(window: Window) -> None:
    other = row(5)
    there(
        window,
        ADDRESS,
        case(),
        queue(queued(), row(4, lease=found(20, ANOTHER)["lease"], **state("in_review")), other),
        {f"GET /verification/cases/{other['case_id']}": found(None, case_id=other["case_id"], **state("queued"))},
    )
    window.press("n")
    assert window.page.url.endswith(other["case_id"])


def test_a_decision_that_came_too_late_is_kept_and_shown_beside_how_the_case_stands(window: Window) -> None:
    now: list[dict[str, Any]] = [found(), found(None, clock=None, decision=SECONDED, **state("refused"))]

    def late(asked: Asked) -> Answer:
        now.pop(0)
        return lost(asked)

    there(
        window,
        ADDRESS,
        {f"GET /verification/cases/{ID}": lambda _: document(now[0], ETag='"7"'), **act("decision", late)},
    )
    window.press("2")
    window.page.fill("#decision-text", "Le contrat établit la participation.")
    window.press("Control+Enter", "Enter")
    said = text(window)
    assert "n’est plus entre vos mains" in said
    assert DECISION["text"] in said and "Le contrat établit la participation." in said
    assert window.page.locator("[role=dialog]").count() == 0
    window.page.reload()
    window.quiet()
    assert "Le contrat établit la participation." in text(window)
    window.page.click("text=Jeter ce brouillon")
    assert "Le contrat établit la participation." not in text(window)


def test_a_lease_that_ran_out_is_said_before_anything_is_sent(window: Window) -> None:
    decided, claimed = Sent(VERIFIED), Sent(TAKEN)
    there(window, ADDRESS, case(-1), {**act("decision", decided), **act("claim", claimed)})
    window.press("1", "Control+Enter")
    assert decided.bodies == []
    assert "Vos trente minutes sont passées" in text(window, "main [role=status]")
    window.page.click("text=Reprendre le dossier")
    window.quiet()
    assert window.page.is_checked("input[name=outcome] >> nth=0")
    window.press("Control+Enter", "Enter")
    assert [one["lease_token"] for one in decided.bodies] == [TOKEN]


def test_what_a_decision_establishes_is_chosen_beside_the_evidence_and_told_to_the_person(window: Window) -> None:
    decided = Sent(VERIFIED)
    there(window, ADDRESS, case(language="en"), act("decision", decided))
    window.page.click(f"label:has([name='level-{CREDIT['credit_id']}']) >> nth=2")
    window.press("2")
    assert window.page.evaluate("document.activeElement.matches('input[name=outcome]:checked')")
    letter = window.page.input_value("#decision-text")
    assert letter.startswith("Hello,") and "your participation" in letter
    window.page.fill("#decision-text", "Your contract shows it.")
    window.page.click("text=Revenir au modèle")
    assert window.page.input_value("#decision-text") == letter
    window.press("Control+Enter", "Control+Enter")
    assert [one["credits"][0]["level"] for one in decided.bodies] == ["participation"]


def test_a_file_opens_in_a_tab_of_its_own(window: Window) -> None:
    opened = f"/verification/cases/{ID}/evidence/{CREDIT['files'][0]['evidence_id']}/open"
    link = document({"url": "/icon.svg", "seconds": 300})
    there(window, ADDRESS, case(), {f"POST {opened}": link})
    with window.page.context.expect_page() as tab:
        window.page.click("button[aria-label*=onglet]")
    tab.value.wait_for_url("**/icon.svg")
    assert tab.value.evaluate("window.opener") is None
    tab.value.close()
    assert window.page.url.partition("?")[0].endswith(ADDRESS)


def test_a_question_begins_with_a_model_in_the_persons_language_and_outlives_a_refusal(window: Window) -> None:
    asked = Sent(refusal(503), document(found(None, clock=None, **state("information_requested")), ETag='"9"'))
    there(window, ADDRESS, case(), act("request-information", asked))
    window.press("q")
    window.page.select_option("details select", "contact")
    assert window.page.input_value("#question").startswith("Bonjour,")
    window.page.click("form:has(#question) button[type=submit]")
    window.quiet()
    window.page.reload()
    window.quiet()
    assert window.page.input_value("#question").startswith("Bonjour,")
    window.page.click("form:has(#question) button[type=submit]")
    window.quiet()
    assert asked.bodies[0] == asked.bodies[1]
    assert "La question est partie" in text(window)


def test_the_same_keys_in_a_question_send_the_question_and_never_the_decision(window: Window) -> None:
    asked = Sent(document(found(None, clock=None, **state("information_requested")), ETag='"9"'))
    decided = Sent(VERIFIED)
    there(window, ADDRESS, case(), {**act("request-information", asked), **act("decision", decided)})
    window.press("1", "?", "Control+Enter", "Escape", "q")
    window.page.keyboard.type("Qui était votre interlocuteur ?")
    window.press("Control+Enter")
    assert window.page.locator("[role=dialog]").count() == 0
    assert [one["text"] for one in asked.bodies] == ["Qui était votre interlocuteur ?"]
    assert decided.bodies == []


def test_the_figures_on_a_french_keyboard_choose_an_outcome_without_shift(window: Window) -> None:
    there(window, ADDRESS, case())
    for key, code, chosen in (("é", "Digit2", "1"), ("&", "Digit1", "0")):
        window.page.evaluate(
            "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true}))",
            [key, code],
        )
        window.quiet()
        assert window.page.is_checked(f"input[name=outcome] >> nth={chosen}")


def test_the_next_case_is_looked_for_on_every_page_of_the_queue(window: Window) -> None:
    held = row(4, lease=found(20, ANOTHER)["lease"], **state("in_review"))
    free = row(5)

    def pages(asked: Asked) -> Answer:
        more = "cursor=more" in asked.query
        return document({"cases": [free if more else held], "cursor": None if more else "more", "shortage": None})

    there(
        window,
        "/",
        {
            "GET /verification/cases": pages,
            f"GET /verification/cases/{free['case_id']}": found(None, case_id=free["case_id"], **state("queued")),
        },
    )
    window.press("n")
    assert window.page.url.endswith(free["case_id"])


def test_a_case_is_reopened_at_the_version_that_was_read(window: Window) -> None:
    reopened = Sent(document(found(None, earlier_decisions=[SECONDED], **state("reopened")), ETag='"9"'))
    there(window, ADDRESS, case(None, clock=None, decision=SECONDED, **state("refused")), act("reopen", reopened))
    window.page.click("summary:has-text('Rouvrir')")
    window.page.click("form button:has-text('Rouvrir')")
    assert "Choisissez un motif" in text(window)
    window.page.select_option("details select", "established_wrongly")
    window.page.click("form button:has-text('Rouvrir')")
    window.quiet()
    assert reopened.bodies == [{"ground": "established_wrongly"}]
    assert "Le dossier est rouvert" in text(window)


def test_a_case_in_somebody_elses_hands_can_be_read_and_nothing_more(window: Window) -> None:
    there(window, ADDRESS, case(20, ANOTHER))
    assert "Une autre personne examine ce dossier" in text(window)
    assert window.page.locator("#decision, button[aria-label*=onglet]").count() == 0
