"""What people do on the site, step by step as they do it, for the journeys that live through it in real browsers."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import expect

from infra.local.client import CONFIRMATION_CODE, Client, wait_until
from tests.support.people import PASSWORD
from tests.support.product import LocalProduct
from tests.support.visitor import Visitor

#: The three invented works of whoever joins: nobody else knows them.
WORKS = ("Marée de quatre heures", "Le Feu du musoir", "La Vigie")


def sign_up(visitor: Visitor, side: str, name: str, email: str) -> None:
    """From the landing page to one's own start page; `side`: the words of the button, `publish` or `join`."""
    visitor.open("/")
    visitor.press(visitor.say(f"landing.{side}"))
    visitor.fill("#name", name)
    visitor.fill("#email", email)
    visitor.fill("#password", PASSWORD)
    visitor.click("main form button[type=submit]")
    visitor.fill("#code", CONFIRMATION_CODE)
    visitor.click("main form button[type=submit]")


# ---- a production


def introduce_company(visitor: Visitor, company: Mapping[str, Any]) -> str:
    """From a production's first start page to a company that is submitted; returns the case's id."""
    visitor.press(visitor.say("producerHome.company.introduce"))
    for name in ("legal_name", "siren", "email_domain", "mandate"):
        visitor.fill(f"#{name}", company[name])
    visitor.press(visitor.say("company.introduce"))
    visitor.page.wait_for_url(re.compile(r"/verification/\w{26}$"))
    assert visitor.audit() == []
    visitor.press(visitor.say("verification.submit.button"))
    visitor.sees(visitor.say("verification.submitted"))
    return visitor.page.url.rpartition("/")[2]


def write_project(visitor: Visitor, brief: Mapping[str, Any], slip: str | None = None) -> str:
    """The five steps, from the start page of a production that has no project yet to one that is published; returns its
    id. `slip`: a logline that tells who they are, tried first; it is marked where it stands before it is mended."""
    say, page = visitor.say, visitor.page
    visitor.press(say("producerHome.empty.go"))
    visitor.fill("#f-code_name", brief["code_name"])
    visitor.fill("#f-confidential_title", brief["confidential_title"])
    visitor.choose("#f-format", brief["format"])
    if brief["episode_count"] and not brief["format"].startswith("single"):
        visitor.fill("#f-episode_count", str(brief["episode_count"]))
    visitor.choose("#f-development_stage", brief["development_stage"])
    for name in ("genres", "tones", "universes", "audiences"):
        _tick_all(visitor, name, brief[name])
    _tick_all(visitor, "source_material", [brief["source_material"]])
    _tick_all(visitor, "rights_status", [brief["rights_status"]])
    if brief["option_end_date"]:
        visitor.fill("#f-option_end_date", brief["option_end_date"])
    visitor.click("main form button[type=submit]")

    if slip:
        visitor.fill("#f-logline", slip)
        expect(page.locator("mark").first).to_be_visible()
    visitor.fill("#f-logline", brief["logline"]["fr"])
    _tick_all(visitor, "stakes", brief["stakes"])
    visitor.fill("#f-pitch", brief["pitch"]["fr"])
    visitor.click("main form button[type=submit]")

    _tick_all(visitor, "role", [brief["role"]])
    for name in ("tasks", "levels", "languages"):
        _tick_all(visitor, name, brief[name])
    _tick_all(visitor, "working_mode", [brief["working_mode"]])
    if brief["working_mode"] != "remote":
        visitor.choose("#f-region", brief["region"])
    visitor.fill("#f-start_window", brief["start_window"]["from"])
    visitor.fill("#f-start_until", brief["start_window"]["until"])
    visitor.fill("#f-estimated_days", str(brief["estimated_days"]))
    _tick_all(visitor, "contract_forms", brief["contract_forms"])
    visitor.click("main form button[type=submit]")

    _tick_all(visitor, "budget_unit", [brief["budget"]["unit"]])
    visitor.fill("#f-budget", str(brief["budget"]["min"]))
    visitor.fill("#f-budget_max", str(brief["budget"]["max"]))
    assert visitor.audit() == []
    visitor.click("main form button[type=submit]")
    visitor.press(say("brief.publish.go"))
    page.wait_for_url(re.compile(r"/briefs/\w{26}$"))
    return page.url.rpartition("/")[2]


def answer_yes(visitor: Visitor) -> None:
    """In a conversation: the answer that goes on, and the agreement to say who they are."""
    say = visitor.say
    visitor.press(say("conversation.answer.write"))
    visitor.click("input[name=decision][value=retained]")
    visitor.choose("#answer-reason", "story_shared")
    visitor.press(say("conversation.answer.send"))
    visitor.sees(say("conversation.answer.sent"))
    visitor.press(say("conversation.reveal.open"))
    visitor.sees(say("conversation.reveal.producer.they"))
    visitor.press(say("conversation.reveal.agree"))
    visitor.sees(say("conversation.reveal.asked"))


def end_as_filled(visitor: Visitor, brief_id: str) -> None:
    """The project ends: everybody who waits hears of it, in one action."""
    visitor.open(f"/briefs/{brief_id}/answers")
    visitor.click("input[name=how][value=filled]")
    visitor.click(visitor.page.locator("form:has(input[name=how]) button[type=submit]"))
    visitor.sees(visitor.say("answers.end.done"))
    assert visitor.audit() == []


# ---- a freelancer


def become_a_profile(visitor: Visitor, brief: Mapping[str, Any]) -> tuple[str, str]:
    """From the landing page to a profile that is submitted, with three credits of the kind that this project asks for;
    returns the case's id and the address."""
    say, page = visitor.say, visitor.page
    email = f"{uuid.uuid4().hex[:12]}@courriel.example"
    sign_up(visitor, "join", "Inès Kerbrat", email)
    visitor.press(say("forMe.steps.go.profile"))
    visitor.fill("#display_name", f"Inès Kerbrat {email[:6]}")
    for name, value in (("roles", brief["role"]), ("languages", "fr"), ("work_modes", "remote"), ("free", "now")):
        tick(visitor, f"#{name}", value)
    visitor.choose("#region", brief["region"])
    visitor.fill("#bio_fr", "Quinze ans de récits de famille et d’enquête, de la bible à la version de tournage.")
    assert visitor.audit() == []
    visitor.press(say("profile.begin.go"))
    visitor.press(say("profile.begun.credits"))
    for number, title in enumerate(WORKS):
        visitor.fill("#title", title)
        visitor.fill("#year", str(2021 + number))
        tick(visitor, "#function", brief["role"])
        visitor.choose("#format", brief["format"])
        visitor.fill("#company", "Ateliers du Phare")
        visitor.fill("#synopsis", "Une famille rouvre une enquête de bord de mer que tout le pays avait close.")
        visitor.fill("#contribution", "Notes sur chaque version, du traitement au tournage.")
        tick(visitor, "#genres", brief["genres"][0])
        tick(visitor, "#tones", brief["tones"][0])
        last = number == len(WORKS) - 1
        visitor.press(say("credits.form.save" if last else "credits.form.save_more"))
        visitor.sees(title) if last else expect(page.locator("#title")).to_have_value("")
    visitor.open("/profile")
    visitor.interactions += 1
    visitor.press(say("profile.submit.go"))
    page.wait_for_url(re.compile(r"/verification/\w{26}$"))
    return page.url.rpartition("/")[2], email


# ---- an administrator


def decide(product: LocalProduct, visitor: Visitor, case_id: str) -> int:
    """By keyboard alone, from the queue: opens the case, takes it, confirms it. Returns how many keys that took, each
    Tab among them, from the case on."""
    page = visitor.page
    administrator = product.administrator()
    path = f"/api/verification/cases/{case_id}"
    wait_until(
        lambda: administrator.get(path).expect(200)["state"] == "queued" or None, 120.0, 0.5, "the case is to be taken"
    )
    visitor.open("/")
    entry = f'main a[href^="/admin/cases/{case_id}"]'
    expect(page.locator(entry).first).to_be_visible()
    visitor.tab_to(entry)
    visitor.key("Enter")
    page.wait_for_url(re.compile(case_id))
    expect(page.get_by_role("button", name=visitor.say("review.hold.claim"), exact=True)).to_be_visible()
    before = visitor.interactions + visitor.tabs
    visitor.key("c")
    expect(page.locator("#decision input[name=outcome]").first).to_be_enabled()
    # Nobody else knows these invented works: that somebody really did this in each is what the reviewer establishes, by
    # one key that goes on to the next credit.
    credits = set(page.locator('input[name^="level-"]').evaluate_all("all => all.map(one => one.name)"))
    if credits:
        visitor.key("s", *["f"] * len(credits))
    visitor.key("1", "Control+Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    visitor.key("Control+Enter")
    visitor.sees(visitor.say("review.done.decided"))
    return visitor.interactions + visitor.tabs - before


# ---- what several of them do


def thread_of(producer: Client, brief_id: str, person: Client) -> str:
    """The conversation of that project with that person, by what both sides see of it."""
    theirs = {one["conversation_id"] for one in person.get("/api/conversations").expect(200)["conversations"]}
    ours = producer.get(f"/api/briefs/{brief_id}/conversations").expect(200)["conversations"]
    [found] = [one["conversation_id"] for one in ours if one["conversation_id"] in theirs]
    return str(found)


def tick(visitor: Visitor, group: str, value: str) -> None:
    """One of several words, from the whole list where it is not among those shown first; what is chosen already costs
    nothing."""
    expect(visitor.page.locator(f"{group} input[value]").first).to_be_attached()
    box = visitor.page.locator(f'{group} input[value="{value}"]')
    if box.count() == 0:
        visitor.click(visitor.page.locator(f"{group} button").first)
    if not box.is_checked():
        visitor.click(visitor.page.locator(f'{group} label:has(input[value="{value}"])'))


def _tick_all(visitor: Visitor, field: str, values: list[str]) -> None:
    for value in values:
        tick(visitor, f"#f-{field}", value)
