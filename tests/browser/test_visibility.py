"""A freelancer’s rates and privacy with a keyboard alone: what is typed is kept, a refusal is said where it is."""

from __future__ import annotations

import json
from typing import Any

from tests.support.browser import Window
from tests.support.screens.visibility import BLOCKS, NO_BLOCKS, PAUSED, PRIVACY_ANSWERS, PROFILE, RATE_ANSWERS
from tests.support.site import Given, Site, example, kept, refusal
from tests.support.stand import Answer, Asked, document, down

_SETTLED_MS = 500


class Sent:
    """Answers always the same, and keeps what was sent."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.bodies: list[Any] = []

    def __call__(self, asked: Asked) -> Answer:
        self.bodies.append(json.loads(asked.body) if asked.body else None)
        return self.answer


def opened(window: Window, address: str, **answers: Given | dict[str, Any]) -> None:
    window.stand = Site((RATE_ANSWERS if address == "/my-rates" else PRIVACY_ANSWERS) | answers)
    window.kept = kept("freelancers")
    window.go(address)


def typed(window: Window, selector: str, text: str) -> None:
    window.tab_to(selector)
    window.press("Control+a")
    window.page.keyboard.type(text)
    window.page.wait_for_timeout(_SETTLED_MS)
    window.quiet()


def said(window: Window) -> str:
    return " ".join(window.page.get_by_role("status").all_inner_texts()).replace("\u202f", " ")


def given(figures: dict[str, float | None]) -> dict[str, float | None]:
    return {name: figure for name, figure in figures.items() if figure is not None}


def test_figures_are_computed_as_one_types_and_outlive_a_reload(window: Window) -> None:
    computed = Sent(document(example("/rates/own-cost", "POST")))
    opened(window, "/my-rates", **{"POST /rates/own-cost": computed})
    assert given(computed.bodies[0]) == {}
    typed(window, "#own-desired_net", "26 400")
    typed(window, "#own-charges_on_billed_percent", "24,6")
    assert given(computed.bodies[-1]) == {"desired_net": 26400, "charges_on_billed_percent": 24.6}
    assert "Il vous faut facturer 326 € par jour" in said(window)
    window.page.reload()
    window.quiet()
    assert window.page.input_value("#own-desired_net") == "26 400"
    assert given(computed.bodies[-1]) == {"desired_net": 26400, "charges_on_billed_percent": 24.6}
    window.page.get_by_role("button", name="Revenir aux chiffres de départ").press("Enter")
    window.page.wait_for_timeout(_SETTLED_MS)
    window.quiet()
    assert given(computed.bodies[-1]) == {}
    assert window.page.evaluate("document.activeElement.id") == "own-desired_net"


def test_a_figure_that_cannot_be_read_is_named_and_never_sent(window: Window) -> None:
    computed = Sent(document(example("/rates/own-cost", "POST")))
    opened(window, "/my-rates", **{"POST /rates/own-cost": computed})
    before = len(computed.bodies)
    typed(window, "#own-holidays", "cinq semaines")
    assert len(computed.bodies) == before
    assert window.page.get_attribute("#own-holidays", "aria-invalid") == "true"
    assert window.page.get_by_text("326").count() == 0


def test_what_leaves_no_day_is_said_beside_the_days(window: Window) -> None:
    wrong = {"pointer": "/unbilled_days", "code": "no_day_left", "message": "Il ne reste aucun jour à facturer."}
    opened(window, "/my-rates", **{"POST /rates/own-cost": refusal(422, errors=[wrong])})
    field = window.page.get_by_label("Jours travaillés sans être facturés")
    assert field.get_attribute("aria-invalid") == "true"
    assert window.page.get_by_text("Il ne reste aucun jour à facturer.").is_visible()


def test_a_company_is_kept_away_by_keyboard_and_the_next_can_be_written(window: Window) -> None:
    blocked = Sent(document(example("/me/blocks", "POST"), 201))
    opened(window, "/privacy", **{"POST /me/blocks": blocked})
    typed(window, "#away-company", "Les Films du Grand Large")
    window.press("Enter")
    assert given(blocked.bodies[0]) == {"name": "Les Films du Grand Large"}
    assert "Désormais à distance : Les Films du Grand Large." in said(window)
    assert window.page.input_value("#away-company") == ""
    assert window.page.evaluate("document.activeElement.id") == "away-company"
    typed(window, "#away-company", "290 611 003")
    window.press("Enter")
    assert given(blocked.bodies[1]) == {"siren": "290611003"}


def test_a_company_that_could_not_be_kept_away_stays_written(window: Window) -> None:
    opened(window, "/privacy", **{"POST /me/blocks": down()})
    typed(window, "#away-company", "Les Films du Grand Large")
    window.press("Enter")
    assert window.page.get_by_role("alert").is_visible()
    window.page.reload()
    window.quiet()
    assert window.page.input_value("#away-company") == "Les Films du Grand Large"


def test_the_production_of_a_conversation_is_kept_away_without_knowing_who_it_is(window: Window) -> None:
    blocked = Sent(document(BLOCKS["blocks"][0], 201))
    opened(window, "/privacy", **{"POST /me/blocks": blocked, "GET /me/blocks": NO_BLOCKS})
    conversation = example("/conversations")["conversations"][0]["conversation_id"]
    window.page.select_option("#away-conversation", conversation)
    window.page.get_by_role("button", name="Tenir cette production à distance").press("Enter")
    window.quiet()
    assert given(blocked.bodies[0]) == {"conversation_id": conversation}
    assert "La production de « Projet Goémon »" in said(window)


def test_a_company_is_let_in_again_and_one_goes_on_where_it_is_told(window: Window) -> None:
    lifted = f"DELETE /me/blocks/{BLOCKS['blocks'][1]['block_id']}"
    opened(window, "/privacy", **{lifted: document(NO_BLOCKS)})
    window.page.get_by_role("button", name="Lever : Les Films du Grand Large").press("Enter")
    window.quiet()
    assert "Plus à distance : Les Films du Grand Large." in said(window)
    assert window.page.locator("#away li").count() == 0
    assert window.page.locator("#away [tabindex='-1']:focus").count() == 1


def test_a_pause_until_a_day_is_begun_and_ended_by_keyboard(window: Window) -> None:
    paused = Sent(document(PAUSED))
    resumed = document(PROFILE)
    opened(window, "/privacy", **{"POST /profiles/mine/pause": paused, "POST /profiles/mine/resume": resumed})
    window.tab_to("#pause input[value=open]")
    window.press("ArrowDown")
    window.tab_to("#pause form button[type=submit]")
    window.press("Enter")
    assert paused.bodies == []
    assert window.page.evaluate("document.activeElement.id") == "pause-until"
    window.page.fill("#pause-until", "2027-02-01")
    window.press("Enter")
    assert paused.bodies == [{"until": "2027-02-01"}]
    assert "de retour le 1er février 2027" in said(window)
    window.tab_to("#pause button")
    window.press("Enter")
    assert "La pause est finie" in said(window)
    assert window.page.locator("#pause-until").count() == 0


def test_a_link_to_a_part_of_the_page_goes_there_each_time_it_is_pressed(window: Window) -> None:
    opened(window, "/privacy")
    for _ in range(2):
        window.page.locator("nav a[href$='#pause']").click()
        window.quiet()
        assert window.page.evaluate("document.activeElement.id") == "pause"
        window.page.evaluate("document.activeElement.blur()")
