"""What a production does with a project on the site: it writes it, loses nothing, sees what is wrong, publishes."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from tests.support.browser import NARROW, WIDE, Window
from tests.support.screens.briefs import ADDRESS, BEGUN, BRIEF, CHECK, DRAFT, EDIT, ID, LEAKING, READY
from tests.support.site import Site, example, kept, refusal
from tests.support.stand import Answer, Asked, document, down


class Server:
    """One project as the API keeps it: what is sent to it changes it, and makes a version of it."""

    def __init__(self, brief: dict[str, Any] | None = None, check: dict[str, Any] = READY) -> None:
        self.brief = dict(brief or BEGUN)
        self.check = check
        self.version = 3
        self.sent: list[dict[str, Any]] = []
        self.published = False
        #: Answers instead, while there is one.
        self.instead: Answer | None = None

    def answers(self) -> dict[str, Any]:
        return {
            "POST /briefs": self.change,
            f"GET {ADDRESS}": lambda _: self.shown(),
            f"PATCH {ADDRESS}": self.change,
            f"POST {ADDRESS}/check": lambda _: document(self.check),
            f"POST {ADDRESS}/publish": self.publish,
        }

    def shown(self) -> Answer:
        return document({**self.brief, "version": self.version}, ETag=f'"{self.version}"')

    def change(self, asked: Asked) -> Answer:
        self.sent.append(json.loads(asked.body or "{}"))
        if self.instead:
            return self.instead
        self.write(**self.sent[-1])
        return self.shown()

    def write(self, **fields: Any) -> None:
        self.brief.update(fields)
        self.version += 1

    def publish(self, asked: Asked) -> Answer:
        self.published = True
        self.write(status="live")
        return self.shown()


def there(window: Window, address: str, server: Server, **more: Any) -> None:
    window.stand = Site({**server.answers(), **more})
    window.kept = kept("producers")
    window.go(address)


def reload(window: Window) -> None:
    window.page.reload()
    window.quiet()


def said(window: Window, selector: str) -> str:
    return window.page.inner_text(selector).replace("\u202f", " ")


def standing(window: Window) -> str:
    return said(window, "aside > p[class*=saved]")


# ---- kept as it goes


def test_a_new_project_has_its_own_address_with_its_first_word_and_whoever_writes_stays_there(window: Window) -> None:
    server = Server()
    there(window, "/briefs/new", server)
    window.tab_to("#f-code_name")
    window.page.keyboard.type("Projet Varech")
    assert "Pas encore enregistré" in standing(window)
    window.later()
    assert server.sent == [{"languages": ["fr"], "code_name": "Projet Varech"}]
    assert urlsplit(window.page.url).path == EDIT
    assert window.page.evaluate("document.activeElement.id") == "f-code_name"
    assert "Enregistré à" in standing(window)
    reload(window)
    assert window.page.input_value("#f-code_name") == "Projet Varech"


def test_a_change_is_sent_alone_and_the_next_follows_its_version(window: Window) -> None:
    server = Server(DRAFT)
    there(window, EDIT, server)
    window.page.fill("#f-code_name", "Projet Jusant")
    window.later()
    window.tab_to("#f-tones input[type=checkbox]:not(:checked)")
    window.press("Space")
    window.later()
    assert [list(one) for one in server.sent] == [["code_name"], ["tones"]]
    assert server.brief["code_name"] == "Projet Jusant"


def test_nothing_is_lost_without_a_network(window: Window) -> None:
    server = Server(DRAFT)
    server.instead = down()
    there(window, f"{EDIT}?step=2", server)
    window.page.fill("#f-pitch", "Vingt ans après, personne n’a oublié.")
    window.later()
    assert standing(window) == "Gardé sur cet appareil seulement"
    reload(window)
    assert window.page.input_value("#f-pitch") == "Vingt ans après, personne n’a oublié."
    server.instead = None
    window.later()
    assert server.brief["pitch"]["fr"] == "Vingt ans après, personne n’a oublié."
    assert "Enregistré à" in standing(window)


def test_a_new_project_that_was_never_saved_waits_on_the_home_page(window: Window) -> None:
    server = Server()
    server.instead = down()
    there(window, "/briefs/new", server, **{"GET /briefs": {"briefs": [], "cursor": None}})
    window.page.fill("#f-code_name", "Projet Varech")
    window.later()
    window.page.click("header a[href='/']:first-of-type")
    window.quiet()
    window.page.get_by_role("link", name="Le reprendre").click()
    window.quiet()
    assert window.page.input_value("#f-code_name") == "Projet Varech"


def test_a_field_that_is_refused_says_so_and_keeps_nothing_else_back(window: Window) -> None:
    server = Server(DRAFT)
    past = {"pointer": "/option_end_date", "code": "in_the_past", "message": "Cette date est passée."}

    def refuse_the_date(asked: Asked) -> Answer:
        if "option_end_date" in json.loads(asked.body or "{}"):
            return refusal(422, "invalid", errors=[past])
        return server.change(asked)

    there(window, EDIT, server, **{f"PATCH {ADDRESS}": refuse_the_date})
    window.page.fill("#f-option_end_date", "2020-01-01")
    window.page.fill("#f-code_name", "Projet Jusant")
    window.later()
    assert server.sent == [{"code_name": "Projet Jusant"}]
    described = window.page.get_attribute("#f-option_end_date", "aria-describedby") or ""
    assert "Cette date est passée." in [said(window, f"[id='{one}']") for one in described.split()]
    assert window.page.input_value("#f-option_end_date") == "2020-01-01"


def test_whoever_leaves_finds_elsewhere_what_they_wrote_last(window: Window) -> None:
    server = Server(DRAFT)
    there(window, EDIT, server)
    window.page.fill("#f-code_name", "Projet Jusant")
    window.page.get_by_role("link", name="Vu par un indépendant").click()
    window.quiet()
    assert server.brief["code_name"] == "Projet Jusant"
    assert "Projet Jusant" in window.page.inner_text("main")


def test_the_caret_stays_where_one_writes_while_it_is_saved(window: Window) -> None:
    server = Server(DRAFT)
    there(window, f"{EDIT}?step=2", server)
    window.page.focus("#f-pitch")
    window.page.evaluate("document.activeElement.setSelectionRange(5, 5)")
    window.page.keyboard.type("abc")
    window.later()
    assert server.brief["pitch"]["fr"][5:8] == "abc"
    assert window.page.evaluate("document.activeElement.selectionStart") == 8


def test_an_answer_that_breaks_off_is_said_and_tried_again(window: Window) -> None:
    server = Server(DRAFT)
    server.instead = Answer('{"brief_id"')
    there(window, EDIT, server)
    window.page.fill("#f-code_name", "Projet Jusant")
    window.later()
    assert standing(window) == "Gardé sur cet appareil seulement"
    server.instead = None
    window.later()
    assert server.brief["code_name"] == "Projet Jusant" and "Enregistré à" in standing(window)


def test_saving_goes_on_once_the_password_was_given_again(window: Window) -> None:
    server = Server(DRAFT)
    server.instead = refusal(401, "unauthorized")
    signed_in: list[str] = []

    def idp(asked: Asked) -> Answer | None:
        if "REFRESH_TOKEN" in (asked.body or ""):
            return document({"__type": "NotAuthorizedException", "message": "Refresh Token has been revoked"}, 400)
        signed_in.append(asked.body or "")
        return Site()(asked)

    there(window, EDIT, server, **{"POST /idp": idp})
    window.page.fill("#f-code_name", "Projet Jusant")
    window.later()
    assert window.page.get_by_role("alert").count() == 0
    server.instead = None
    window.page.get_by_role("dialog").get_by_label("Mot de passe").fill("Invented-password-1")
    window.press("Enter")
    assert len(signed_in) == 1
    window.quiet()
    assert server.brief["code_name"] == "Projet Jusant" and "Enregistré à" in standing(window)


def test_on_a_telephone_the_saved_state_and_the_number_of_profiles_stay_in_sight(window: Window) -> None:
    server = Server(DRAFT)
    window.resize(NARROW)
    try:
        there(window, f"{EDIT}?step=3", server)
        window.page.locator("#f-estimated_days").scroll_into_view_if_needed()
        window.page.fill("#f-estimated_days", "25")
        window.later()
        strip = window.page.locator("div[class*=strip]")
        seen = strip.bounding_box()
        assert seen and 0 <= seen["y"] < 10 and seen["height"] < 60
        assert "Enregistré à" in strip.inner_text() and "profil" in strip.inner_text()
    finally:
        window.resize(WIDE)


def test_what_a_save_came_to_is_read_out_and_not_each_state_on_the_way(window: Window) -> None:
    server = Server(DRAFT)
    there(window, EDIT, server)
    said_out = "[data-save-said][role=status]"
    assert said(window, said_out) == ""
    window.page.fill("#f-code_name", "Projet Jusant")
    assert said(window, said_out) == ""
    window.later()
    assert "Enregistré à" in said(window, said_out)
    server.instead = down()
    window.page.fill("#f-code_name", "Projet Estran")
    assert "Enregistré à" in said(window, said_out)
    window.later()
    assert said(window, said_out) == "Gardé sur cet appareil seulement"


def test_lists_that_did_not_come_are_asked_for_again_and_what_was_chosen_is_there(window: Window) -> None:
    server = Server(DRAFT)
    down_for_now = [True]

    def taxonomy(asked: Asked) -> Answer:
        return refusal(503) if down_for_now else document(example("/taxonomy"))

    there(window, EDIT, server, **{"GET /taxonomy": taxonomy})
    window.later()  # the second try
    window.later()  # that of the fields
    assert "Les listes de choix n’ont pas pu être lues" in window.page.inner_text("main form")
    assert window.page.locator("#f-genres, #f-format").count() == 0
    window.page.fill("#f-code_name", "Projet Jusant")
    down_for_now.clear()
    window.page.get_by_role("button", name="Réessayer").click()
    window.quiet()
    assert window.page.locator("#f-genres input:checked").count() == len(DRAFT["genres"])
    assert window.page.input_value("#f-code_name") == "Projet Jusant"


def test_a_text_that_could_not_be_read_over_is_not_passed_for_one_that_was(window: Window) -> None:
    server = Server(LEAKING, CHECK)
    refused = [refusal(503), refusal(503)]

    def check(asked: Asked) -> Answer:
        return refused.pop() if refused else document(CHECK)

    there(window, f"{EDIT}?step=2", server, **{f"POST {ADDRESS}/check": check})
    window.later()
    assert "n’ont pas pu être relus" in window.page.inner_text("main form")
    window.page.get_by_role("button", name="Réessayer").click()
    window.quiet()
    assert window.page.locator("mark").all_inner_texts() == ["Sémaphore Récits"]


def test_a_project_that_is_on_its_way_already_has_its_title(window: Window) -> None:
    there(window, EDIT, Server(DRAFT), **{f"GET {ADDRESS}": refusal(503)})
    assert window.page.get_by_role("heading", level=1).inner_text() == "Écrire le projet"
    assert "Écrire le projet" in window.page.title()


# ---- two people at once


def meeting(window: Window) -> Server:
    """Somebody else writes another name while one's own is not saved yet."""
    server = Server(DRAFT)
    there(window, EDIT, server)
    window.page.fill("#f-code_name", "Projet Jusant")
    server.write(code_name="Projet Laminaire")
    server.instead = refusal(412, "precondition_failed")
    window.later()
    server.instead = None
    return server


def test_both_versions_are_shown_and_ones_own_is_kept(window: Window) -> None:
    server = meeting(window)
    alert = window.page.get_by_role("alert").inner_text()
    assert "Projet Jusant" in alert and "Projet Laminaire" in alert
    window.page.get_by_role("button", name="Garder la mienne").click()
    window.later()
    assert server.brief["code_name"] == "Projet Jusant"
    assert window.page.get_by_role("alert").count() == 0


def test_both_versions_are_shown_and_the_other_is_taken(window: Window) -> None:
    server = meeting(window)
    before = len(server.sent)
    window.page.get_by_role("button", name="Prendre l’autre").focus()
    window.press("Enter")
    window.later()
    assert window.page.input_value("#f-code_name") == "Projet Laminaire"
    assert server.brief["code_name"] == "Projet Laminaire" and len(server.sent) == before
    assert window.page.evaluate("document.activeElement.tagName") != "BODY"


def test_a_change_elsewhere_in_the_project_is_no_matter(window: Window) -> None:
    server = Server(DRAFT)
    tries: list[str] = []

    def behind(asked: Asked) -> Answer:
        tries.append(asked.body or "")
        return refusal(412, "precondition_failed") if len(tries) == 1 else server.change(asked)

    there(window, EDIT, server, **{f"PATCH {ADDRESS}": behind})
    window.page.fill("#f-code_name", "Projet Jusant")
    server.write(genres=["thriller"])
    window.later()
    assert len(tries) == 2 and server.brief["code_name"] == "Projet Jusant"
    assert window.page.get_by_role("alert").count() == 0


def test_a_refusal_for_where_the_project_stands_has_it_read_again(window: Window) -> None:
    server = Server(DRAFT)
    there(window, EDIT, server)
    window.page.fill("#f-code_name", "Projet Jusant")
    server.write(status="closed")
    server.instead = refusal(409, "wrong_state", "Le projet est clos : cette action n’est pas possible.")
    window.later()
    assert len(server.sent) == 1
    assert "Ce projet est terminé" in window.page.inner_text("main")


def test_what_is_written_of_a_draft_does_not_go_online_when_a_colleague_publishes_it(window: Window) -> None:
    server = Server(DRAFT)
    there(window, EDIT, server)
    window.page.fill("#f-code_name", "Projet Jusant")
    server.write(status="live")
    server.instead = refusal(412, "precondition_failed")
    window.later()
    server.instead = None
    window.later()
    assert len(server.sent) == 1 and server.brief["code_name"] != "Projet Jusant"
    assert window.page.input_value("#f-code_name") == "Projet Jusant"
    assert "1 changement pas encore en ligne" in standing(window)


# ---- what should not stand there


def test_a_passage_that_tells_is_marked_where_it_stands_and_replaced_with_one_press(window: Window) -> None:
    server = Server(LEAKING, CHECK)
    there(window, f"{EDIT}?step=2", server)
    assert window.page.locator("mark").all_inner_texts() == ["Sémaphore Récits"]
    described = window.page.get_attribute("#f-logline", "aria-describedby") or ""
    assert "f-logline-findings" in described.split()
    window.tab_to("#f-logline-findings button")
    window.press("Enter")
    assert window.page.input_value("#f-logline") == "Chez la société de production, une gendarme cherche un marin. 🎬"
    assert window.page.evaluate("document.activeElement.id") == "f-logline"
    assert window.page.locator("mark").count() == 0
    window.later()
    assert "la société de production" in server.brief["logline"]["fr"]


def test_what_is_missing_leads_to_its_field(window: Window) -> None:
    server = Server(DRAFT, {**CHECK, "findings": []})
    there(window, f"{EDIT}?step=5", server)
    assert window.page.get_by_role("button", name="Publier le projet").is_disabled()
    window.page.get_by_role("link", name="Budget", exact=True).click()
    window.quiet()
    assert window.page.evaluate("document.activeElement.id") == "f-budget"


# ---- online


def test_what_is_online_changes_only_when_it_is_put_there(window: Window) -> None:
    server = Server(BRIEF)
    there(window, EDIT, server)
    window.page.fill("#f-code_name", "Projet Jusant")
    window.later()
    reload(window)
    assert server.sent == [] and window.page.input_value("#f-code_name") == "Projet Jusant"
    window.page.click("main nav ol li:last-child a")
    window.quiet()
    window.page.get_by_role("button", name="Mettre ces changements en ligne").click()
    window.quiet()
    assert server.sent == [{"code_name": "Projet Jusant"}]
    assert "Les changements sont en ligne" in window.page.inner_text("main")


def test_what_tells_who_it_is_is_marked_before_it_is_put_online(window: Window) -> None:
    server, read = Server(BRIEF), list[Any]()
    finding = CHECK["findings"][0] | {
        "severity": "block",
        "pointer": "/logline/fr",
        "passage": "Sémaphore Récits",
        "start": 5,
        "end": 21,
    }

    def check(asked: Asked) -> Answer:
        read.append(json.loads(asked.body) if asked.body else None)
        if read[-1] is None:
            return document(READY)
        if "levels" in read[-1]:
            return refusal(422, "invalid", errors=[{"pointer": "/levels/0", "code": "unknown", "message": "Inconnu."}])
        return document(READY | {"findings": [finding]})

    there(window, f"{EDIT}?step=2", server, **{f"POST {ADDRESS}/check": check})
    assert read == [None]
    window.page.fill("#f-logline", "Chez Sémaphore Récits, la mer.")
    window.page.locator("mark").wait_for()
    assert window.page.locator("mark").all_inner_texts() == ["Sémaphore Récits"]
    assert read[-1] == {"logline": {**BRIEF["logline"], "fr": "Chez Sémaphore Récits, la mer."}}
    assert server.sent == []
    # What is refused for its form does not keep the rest from being read over.
    window.page.click("main nav ol li:nth-child(3) a")
    window.quiet()
    window.page.click("#f-levels input[type=checkbox]:not(:checked)")
    window.page.wait_for_timeout(600)
    window.quiet()
    assert [sorted(one) for one in read[-2:]] == [["levels", "logline"], ["logline"]]
    window.page.click("main nav ol li:nth-child(2) a")
    window.quiet()
    assert window.page.locator("mark").all_inner_texts() == ["Sémaphore Récits"]


def test_changes_that_would_tell_are_not_put_online_and_say_where(window: Window) -> None:
    server = Server(BRIEF)
    leak = {"pointer": "/logline/fr", "code": "identity_leak", "message": "Nomme la société.", "start": 5, "end": 21}
    leak["wording"] = {"fr": "la société de production", "en": "the production company"}
    server.instead = refusal(422, "invalid", errors=[leak])
    there(window, f"{EDIT}?step=2", server)
    window.page.fill("#f-logline", "Chez Sémaphore Récits, la mer.")
    window.page.click("main nav ol li:last-child a")
    window.quiet()
    window.page.get_by_role("button", name="Mettre ces changements en ligne").click()
    window.quiet()
    assert "Nomme la société." in window.page.inner_text("main")
    window.page.click("main nav ol li:nth-child(2) a")
    window.quiet()
    assert window.page.locator("mark").all_inner_texts() == ["Sémaphore Récits"]
    window.page.click("#f-logline-findings button:first-of-type")
    assert window.page.input_value("#f-logline") == "Chez la société de production, la mer."


def test_what_was_refused_is_not_said_to_be_online_and_can_be_taken_up_again(window: Window) -> None:
    server = Server(BRIEF)
    server.instead = refusal(503, "down")
    there(window, EDIT, server)
    window.page.fill("#f-code_name", "Projet Jusant")
    window.page.click("main nav ol li:last-child a")
    window.quiet()
    window.page.get_by_role("button", name="Mettre ces changements en ligne").click()
    window.quiet()
    window.page.get_by_role("button", name="Abandonner").click()
    window.quiet()
    assert "Les changements sont en ligne" not in window.page.inner_text("main")
    assert "Vos changements sont abandonnés" in window.page.inner_text("main")
    window.page.get_by_role("button", name="Reprendre ces changements").click()
    window.quiet()
    assert "Projet Jusant" in window.page.inner_text("main ins")
    assert window.page.evaluate("document.activeElement.tagName") != "BODY"


def test_the_shortlist_is_asked_for_again_once_changes_are_online(window: Window) -> None:
    server = Server(BRIEF)
    asked_for: list[str] = []

    def matches(asked: Asked) -> Answer:
        asked_for.append(asked.path)
        return document(example(f"{ADDRESS}/matches"))

    there(window, ADDRESS, server, **{f"GET {ADDRESS}/matches": matches})
    window.page.get_by_role("link", name="Le projet", exact=True).click()
    window.quiet()
    window.page.fill("#f-code_name", "Projet Jusant")
    window.page.click("main nav ol li:last-child a")
    window.quiet()
    before = len(asked_for)
    window.page.get_by_role("button", name="Mettre ces changements en ligne").click()
    window.quiet()
    window.page.click(f"main nav a[href='{ADDRESS}']")
    window.quiet()
    assert len(asked_for) > before


# ---- published as it stands


def to_publish(window: Window) -> None:
    window.page.click("main nav ol li:last-child a")
    window.quiet()


def test_nothing_is_published_while_what_was_written_is_not_saved(window: Window) -> None:
    server = Server(DRAFT)
    server.instead = refusal(503, "down")
    there(window, EDIT, server)
    window.page.fill("#f-code_name", "Projet Jusant")
    to_publish(window)
    window.page.get_by_role("button", name="Publier le projet").click()
    window.quiet()
    assert not server.published
    assert "Le projet n’est pas publié" in window.page.inner_text("main")
    server.instead = None
    window.page.get_by_role("button", name="Publier le projet").click()
    window.quiet()
    assert server.published and server.brief["code_name"] == "Projet Jusant"


def test_a_budget_that_is_half_written_is_missing_whatever_the_server_still_has(window: Window) -> None:
    server = Server(DRAFT)
    there(window, f"{EDIT}?step=4", server)
    window.page.fill("#f-budget_max", "")
    to_publish(window)
    assert window.page.get_by_role("button", name="Publier le projet").is_disabled()
    assert window.page.get_by_role("link", name="Budget", exact=True).count() == 1


def test_what_is_missing_leads_into_the_project_that_just_got_its_address(window: Window) -> None:
    server = Server(check={**CHECK, "findings": []})
    server.instead = down()
    there(window, "/briefs/new", server)
    window.page.fill("#f-code_name", "Projet Varech")
    to_publish(window)
    server.instead = None
    window.later()
    assert urlsplit(window.page.url).path == EDIT
    window.page.get_by_role("link", name="Budget", exact=True).click()
    window.quiet()
    assert urlsplit(window.page.url).path == EDIT
    assert window.page.evaluate("document.activeElement.id") == "f-budget"


# ---- from nothing to published


class Hands:
    """Counts what somebody does: each press, each field filled."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.count = 0

    def press(self, selector: str) -> None:
        self.count += 1
        self.window.page.click(selector)
        self.window.quiet()

    def fill(self, field: str, text: str) -> None:
        self.count += 1
        self.window.page.fill(f"#f-{field}", text)

    def choose(self, field: str, value: str) -> None:
        self.count += 1
        self.window.page.select_option(f"#f-{field}", value)

    def tick(self, *fields: str) -> None:
        for field in fields:
            self.press(f"#f-{field} label")

    def go_on(self) -> None:
        self.press("main form button[type=submit]")
        self.window.later()


def test_a_first_project_is_written_and_published_in_few_gestures(window: Window) -> None:
    server = Server()
    there(window, "/", server, **{"GET /briefs": {"briefs": [], "cursor": None}})
    hands = Hands(window)
    hands.press("main a[href='/briefs/new']")
    hands.fill("code_name", "Projet Varech")
    hands.choose("format", "single-90")
    hands.choose("development_stage", "treatment")
    hands.tick("genres", "tones", "universes", "audiences", "source_material", "rights_status")
    hands.fill("option_end_date", "2027-06-30")
    hands.go_on()
    hands.fill("logline", "Dans un port breton, une gendarme cherche un marin.")
    hands.tick("stakes")
    hands.fill("pitch", "Vingt ans après, la fille du disparu demande la réouverture de l’enquête.")
    hands.go_on()
    hands.tick("role", "tasks", "levels", "working_mode")
    hands.fill("start_window", "2027-01-04")
    hands.fill("start_until", "2027-01-29")
    hands.fill("estimated_days", "20")
    hands.tick("contract_forms")
    hands.go_on()
    hands.fill("budget", "300")
    hands.fill("budget_max", "400")
    hands.go_on()
    hands.press("main form section button.mantine-Button-root")
    assert server.published
    assert urlsplit(window.page.url).path == f"/briefs/{ID}"
    needed = [name for name, value in DRAFT.items() if value and name in BEGUN and not server.brief[name]]
    optional = {"episode_count", "region", "detailed_tasks", "calendar", "deadline", "published_at"}
    assert set(needed) <= optional
    assert hands.count <= 35
