"""A freelancer, an administrator and a production, each in a browser of their own at the same time, on the packaged
product: from a newcomer's first visit to an engagement that both confirm, and nobody is given away before."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from chalicelib.vocabulary.text import Language
from infra.local import story
from infra.local.casework import wait_until_followed
from infra.local.client import CONFIRMATION_CODE, wait_until
from tests.support.browser import started
from tests.support.examples import SECRETS, brief_body
from tests.support.people import PASSWORD, demo_freelancer
from tests.support.people import producer as new_producer
from tests.support.product import LocalProduct
from tests.support.visitor import Visitor

#: Asked: from the landing page to a submitted profile with three credits.
MOST_TO_A_PROFILE = 90
#: Asked: of whoever decides a case that is prepared, without a mouse.
MOST_TO_A_DECISION = 12

#: What an unrevealed freelancer may never be sent.
_HIDDEN = [SECRETS[name] for name in ("legal_name", "siren", "email_domain", "confidential_title")]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as running:
        yield running


@pytest.mark.parametrize(("language", "width"), [("fr", 360), ("en", 1_200)])
def test_a_newcomer_is_verified_found_and_engaged(
    product: LocalProduct, chromium: Browser, language: Language, width: int
) -> None:
    freelancer = Visitor(chromium, product.url, language, width)
    case_id, email = _becomes_a_profile(freelancer)
    print(
        f"{language}, {width} px: {freelancer.interactions} interactions from the landing page to a submitted profile"
    )
    assert freelancer.interactions < MOST_TO_A_PROFILE

    reviewer = Visitor(chromium, product.url, language)
    account = product.demo.accounts["administrators"][0]
    reviewer.sign_in(account["email"], product.demo.accounts["password"])
    _decides(product, reviewer, case_id)
    theirs = product.visitor().sign_in(email, PASSWORD)
    profile = wait_until_followed(theirs, "/api/profiles/mine", "verified")

    maker = new_producer(product)
    published = story.publish(maker, brief_body(code_name="Projet Étale"))
    brief_id = published.brief["brief_id"]
    producer = Visitor(chromium, product.url, language)
    assert maker.email is not None
    producer.sign_in(maker.email, PASSWORD)
    producer.heading(producer.say("producerHome.title"))

    # The project as somebody reads it who does not know whose it is, and what they say to it.
    freelancer.open(f"/projects/{brief_id}")
    freelancer.heading("Projet Étale")
    assert freelancer.audit() == []
    freelancer.press(freelancer.say("conversation.interest.send"))
    freelancer.sees(freelancer.say("conversation.interest.sent"))
    for number, body in ((2, {}), (3, None)):
        other = demo_freelancer(product, number)
        path = f"/api/projects/{brief_id}/{'decline' if body is None else 'interest'}"
        other.post(path, body or {}).expect(200)

    producer.open(f"/briefs/{brief_id}/conversations")
    producer.click(producer.page.get_by_role("link", name=re.compile(profile["display_name"])).first)
    producer.press(producer.say("conversation.answer.write"))
    producer.click("input[name=decision][value=retained]")
    producer.choose("#answer-reason", "story_shared")
    producer.press(producer.say("conversation.answer.send"))
    producer.sees(producer.say("conversation.answer.sent"))
    producer.press(producer.say("conversation.reveal.open"))
    producer.press(producer.say("conversation.reveal.agree"))
    producer.sees(producer.say("conversation.reveal.asked"))
    thread = producer.page.url.rpartition("/")[2]

    freelancer.open("/conversations")
    freelancer.click(f'main a[href="/conversations/{thread}"]')
    freelancer.press(freelancer.say("conversation.reveal.open_theirs"))
    assert _told_too_soon(freelancer) == []
    freelancer.click(freelancer.page.get_by_role("dialog").locator("input[type=checkbox]"))
    freelancer.press(freelancer.say("conversation.reveal.agree_now"))
    freelancer.sees(SECRETS["legal_name"])
    freelancer.press(freelancer.say("conversation.outcome.confirm"))
    freelancer.sees(freelancer.say("conversation.outcome.confirmed"))

    producer.open(f"/conversations/{thread}")
    producer.sees(email)
    producer.press(producer.say("conversation.outcome.confirm"))
    producer.sees(producer.say("conversation.outcome.engaged_now"))
    producer.open(f"/briefs/{brief_id}/answers")
    producer.click("input[name=how][value=filled]")
    producer.click(producer.page.locator("form:has(input[name=how]) button[type=submit]"))
    producer.sees(producer.say("answers.end.done"))

    freelancer.open("/profile/credits")
    freelancer.sees("Projet Étale")
    for visitor in (freelancer, reviewer, producer):
        assert visitor.audit() == []
        assert visitor.faults() == []
        visitor.close()


def _becomes_a_profile(visitor: Visitor) -> tuple[str, str]:
    """Signs up, writes a profile with three credits and submits it; the case and the address."""
    say, page = visitor.say, visitor.page
    email = f"{uuid.uuid4().hex[:12]}@courriel.example"
    visitor.expects(404)  # there is no profile yet, and the browser says so of its own accord
    visitor.open("/")
    visitor.press(say("landing.join"))
    visitor.fill("#name", "Inès Kerbrat")
    visitor.fill("#email", email)
    visitor.fill("#password", PASSWORD)
    visitor.click("main form button[type=submit]")
    visitor.fill("#code", CONFIRMATION_CODE)
    visitor.click("main form button[type=submit]")

    visitor.press(say("forMe.steps.go.profile"))
    visitor.fill("#display_name", f"Inès Kerbrat {email[:6]}")
    for name, value in (("roles", "literary-director"), ("languages", "fr"), ("work_modes", "remote"), ("free", "now")):
        _tick(visitor, name, value)
    visitor.choose("#region", "bretagne")
    visitor.fill("#bio_fr", "Quinze ans de polars de bord de mer, de la bible à la version de tournage.")
    assert visitor.audit() == []
    visitor.press(say("profile.begin.go"))
    visitor.press(say("profile.begun.credits"))
    for number, title in enumerate(("Marée de quatre heures", "Le Feu du musoir", "La Vigie")):
        visitor.fill("#title", title)
        visitor.fill("#year", str(2021 + number))
        _tick(visitor, "function", "literary-director")
        visitor.choose("#format", "single-90")
        visitor.fill("#company", "Ateliers du Phare")
        visitor.fill("#synopsis", "Une gendarme rouvre une enquête de bord de mer que sa famille avait close.")
        visitor.fill("#contribution", "Notes sur chaque version, du traitement au tournage.")
        _tick(visitor, "genres", "regional-crime")
        _tick(visitor, "tones", "dark")
        last = number == 2
        visitor.press(say("credits.form.save" if last else "credits.form.save_more"))
        visitor.sees(title) if last else expect(page.locator("#title")).to_have_value("")
    visitor.open("/profile")
    visitor.interactions += 1
    visitor.press(say("profile.submit.go"))
    page.wait_for_url(re.compile(r"/verification/\w{26}$"))
    return page.url.rpartition("/")[2], email


def _decides(product: LocalProduct, visitor: Visitor, case_id: str) -> None:
    """By keyboard alone, from the queue: opens the case, takes it, decides and confirms."""
    page = visitor.page
    administrator = product.administrator()
    path = f"/api/verification/cases/{case_id}"
    wait_until(
        lambda: administrator.get(path).expect(200)["state"] == "queued" or None, 120.0, 0.5, "the case is to be taken"
    )
    visitor.open("/")
    entry = f'main a[href^="/admin/cases/{case_id}"]'
    expect(page.locator(entry).first).to_be_visible()
    before = visitor.interactions
    page.locator(entry).first.focus()
    visitor.key("Enter")
    page.wait_for_url(re.compile(case_id))
    expect(page.get_by_role("button", name=visitor.say("review.hold.claim"), exact=True)).to_be_visible()
    visitor.key("c")
    expect(page.locator("#decision input[name=outcome]").first).to_be_enabled()
    # Nobody else knows these invented works: what the reviewer establishes is the last of each credit's four steps.
    for name in sorted(set(page.locator('input[name^="level-"]').evaluate_all("all => all.map(one => one.name)"))):
        visitor.tab_to(f'input[name="{name}"]')
        visitor.key("ArrowUp")
    visitor.key("1", "Control+Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    visitor.key("Control+Enter")
    visitor.sees(visitor.say("review.done.decided"))
    print(f"{visitor.interactions - before} keys to a decision")
    assert visitor.interactions - before < MOST_TO_A_DECISION


def _told_too_soon(visitor: Visitor) -> list[str]:
    """Each of the company's secrets that this browser was sent, was shown, asked for or keeps, however written."""
    seen = b"\n".join([*visitor.received, visitor.page.content().encode(), visitor.kept().encode()])
    seen += "\n".join(visitor.asked).encode()
    text = seen.decode("utf-8", "replace").casefold()
    found = []
    for secret in _HIDDEN:
        forms = {
            secret,
            quote(secret),
            secret.encode("unicode_escape").decode(),
            base64.b64encode(secret.encode()).decode(),
        }
        found += [form for form in forms if form.casefold() in text]
    return found


def _tick(visitor: Visitor, name: str, value: str) -> None:
    box = visitor.page.locator(f'#{name} input[value="{value}"]')
    expect(box).to_be_attached()
    if not box.is_checked():
        visitor.click(visitor.page.locator(f'#{name} label:has(input[value="{value}"])'))
