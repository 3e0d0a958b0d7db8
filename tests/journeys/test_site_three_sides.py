"""The story of `make demo` as everybody lives it in a browser of their own, at the same time, on the packaged product:
a production, an administrator, a newcomer and two other freelancers, from their first visits to an engagement that both
confirm and a no that comes with its reason; and nobody is given away before."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from chalicelib.vocabulary.text import Language
from infra.local.casework import wait_until_followed, wait_until_ready
from infra.local.client import Client, wait_until
from tests.support import site_story
from tests.support.browser import started
from tests.support.examples import SECRETS, brief_body, company_body
from tests.support.people import PASSWORD, demo_freelancer, freelancer
from tests.support.people import producer as new_producer
from tests.support.product import LocalProduct
from tests.support.visitor import Visitor

#: Asked: from the landing page to a submitted profile with three credits.
MOST_TO_A_PROFILE = 90
#: Asked: of whoever decides a case that is prepared, without a mouse.
MOST_TO_A_DECISION = 12

_MAIL_SECONDS = 90.0


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as running:
        yield running


@pytest.mark.parametrize(
    ("sample", "language", "width"), [(0, "fr", 360), (1, "fr", 1_200), (1, "en", 360), (0, "en", 1_200)]
)
def test_the_demo_s_story_lived_by_all_its_people_at_once(
    product: LocalProduct, chromium: Browser, sample: int, language: Language, width: int
) -> None:
    brief: Mapping[str, Any] = product.demo.briefs[sample]["brief"]
    address = f"{uuid.uuid4().hex[:12]}@{SECRETS['email_domain']}"
    hidden = [SECRETS[name] for name in ("legal_name", "siren", "email_domain")]
    hidden += [brief["confidential_title"], "Claire Aubin", address]

    # A production and a newcomer come; an administrator decides both of their cases.
    maker = Visitor(chromium, product.url, language, width)
    site_story.sign_up(maker, "publish", "Claire Aubin", address)
    company_case = site_story.introduce_company(maker, company_body())
    newcomer = Visitor(chromium, product.url, language, width)
    profile_case, email = site_story.become_a_profile(newcomer, brief)
    print(f"{language}, {width} px: {newcomer.interactions} interactions from the landing page to a submitted profile")
    assert newcomer.interactions < MOST_TO_A_PROFILE
    reviewer = Visitor(chromium, product.url, language)
    account = product.demo.accounts["administrators"][0]
    reviewer.sign_in(account["email"], product.demo.accounts["password"])
    for case_id in (company_case, profile_case):
        keys = site_story.decide(product, reviewer, case_id)
        print(f"{language}: {keys} keys to a decision")
        assert keys < MOST_TO_A_DECISION
    theirs = product.visitor().sign_in(email, PASSWORD)
    profile = wait_until_followed(theirs, "/api/profiles/mine", "verified")
    producer = product.visitor().sign_in(address, PASSWORD)
    wait_until_followed(producer, "/api/companies/mine", "verified")

    # The project, its shortlist on the screen and by e-mail; who is proposed is invited from there.
    maker.open("/")
    brief_id = site_story.write_project(maker, brief)
    seats = maker.page.locator("ol article")
    expect(seats.first).to_be_visible()
    maker.open(_link(producer, brief_id))
    expect(seats.first).to_be_visible()
    assert maker.audit() == []

    # The newcomer finds it among the projects for them, with why; of the two others one declines.
    newcomer.open("/")
    newcomer.click(newcomer.page.locator(f'main a[href="/projects/{brief_id}"]').first)
    newcomer.heading(brief["code_name"])
    assert newcomer.audit() == []
    newcomer.press(newcomer.say("projects.answer.yes"))
    newcomer.sees(newcomer.say("conversation.interest.sent"))
    declining, refused = (Visitor(chromium, product.url, language, width) for _ in range(2))
    for visitor, number in ((declining, 0), (refused, 3)):
        visitor.sign_in(product.demo.accounts["freelancers"][number]["email"], product.demo.accounts["password"])
        visitor.open(f"/projects/{brief_id}")
        visitor.heading(brief["code_name"])
    declining.press(declining.say("conversation.decline.do"))
    declining.sees(declining.say("conversation.decline.done"))
    refused.press(refused.say("projects.answer.yes"))
    refused.sees(refused.say("conversation.interest.sent"))
    everybody = (newcomer, declining, refused)
    assert [visitor.told(hidden) for visitor in everybody] == [[], [], []]

    # They talk; what would tell who writes is held back, and the reveal is agreed on by both.
    maker.open(f"/briefs/{brief_id}/conversations")
    maker.click(maker.page.get_by_role("link", name=re.compile(profile["display_name"])).first)
    thread = site_story.thread_of(producer, brief_id, theirs)
    maker.page.wait_for_url(re.compile(thread))
    words = maker.page.get_by_label(maker.say("conversation.talk.yours"))
    maker.expects(422)
    maker.fill(words, f"Ici {SECRETS['legal_name']} : avez-vous lu le roman ?")
    maker.press(maker.say("conversation.talk.send"))
    expect(maker.page.locator("mark").first).to_be_visible()
    maker.fill(words, "Avez-vous lu le roman ?")
    maker.press(maker.say("conversation.talk.send"))
    expect(maker.page.locator("mark")).to_have_count(0)
    site_story.answer_yes(maker)
    newcomer.open("/conversations")
    newcomer.click(f'main a[href="/conversations/{thread}"]')
    newcomer.sees("Avez-vous lu le roman ?")
    newcomer.press(newcomer.say("conversation.reveal.open_theirs"))
    assert [visitor.told(hidden) for visitor in everybody] == [[], [], []]
    newcomer.click(newcomer.page.get_by_role("dialog").locator("input[type=checkbox]"))
    newcomer.press(newcomer.say("conversation.reveal.agree_now"))
    newcomer.sees(SECRETS["legal_name"])
    assert newcomer.told(hidden[:1]) == hidden[:1]

    # Both confirm, and the project ends with an answer for whoever waits.
    newcomer.press(newcomer.say("conversation.outcome.confirm"))
    newcomer.sees(newcomer.say("conversation.outcome.confirmed"))
    maker.open(f"/conversations/{thread}")
    maker.sees(email)
    maker.press(maker.say("conversation.outcome.confirm"))
    maker.sees(maker.say("conversation.outcome.engaged_now"))
    site_story.end_as_filled(maker, brief_id)
    newcomer.open("/profile/credits")
    newcomer.sees(brief["code_name"])
    waiting = demo_freelancer(product, 3)
    refused.open(_link(waiting, site_story.thread_of(producer, brief_id, waiting)))
    refused.sees(refused.say("conversation.answer.received"))
    assert [visitor.told(hidden) for visitor in (declining, refused)] == [[], []]
    for visitor in (*everybody, reviewer, maker):
        assert visitor.audit() == []
        assert visitor.faults() == []
        visitor.close()


def _link(person: Client, text: str) -> str:
    """The address in their e-mail that has this in it."""

    def there() -> str | None:
        links = (link for mail in person.mails() for link in re.findall(r"https?://\S+", mail["text"]))
        return next((link.rstrip(".,)") for link in links if text in link), None)

    return wait_until(there, _MAIL_SECONDS, 0.3, "the e-mail")


# ---- when the product does not answer as one wishes


@pytest.mark.parametrize("status", [409, 429, 500, 0])
def test_an_answer_to_a_project_that_fails_is_told_and_goes_through_later(
    product: LocalProduct, chromium: Browser, status: int
) -> None:
    maker = new_producer(product)
    draft = maker.post("/api/briefs", brief_body(code_name=f"Projet Jusant {status}"))
    brief_id = draft.expect(201)["brief_id"]
    maker.post(f"/api/briefs/{brief_id}/publish", headers=draft.version()).expect(200)
    visitor = Visitor(chromium, product.url)
    visitor.expects(409, 429, 500)
    visitor.sign_in(product.demo.accounts["freelancers"][1]["email"], product.demo.accounts["password"])
    visitor.open(f"/projects/{brief_id}")
    with visitor.failing("**/interest", status):
        visitor.press(visitor.say("projects.answer.yes"))
        visitor.is_told()
    visitor.press(visitor.say("projects.answer.yes"))
    visitor.sees(visitor.say("conversation.interest.sent"))
    assert visitor.faults() == []
    visitor.close()


@pytest.mark.parametrize("status", [409, 429, 500, 0])
def test_a_decision_that_fails_is_told_and_goes_through_later(
    product: LocalProduct, chromium: Browser, status: int
) -> None:
    owner = freelancer(product)
    [case] = owner.get("/api/verification/mine").expect(200)["cases"]
    administrator = product.administrator()
    wait_until_ready(administrator, case["case_id"])
    visitor = Visitor(chromium, product.url)
    visitor.expects(409, 429, 500)
    account = product.demo.accounts["administrators"][0]
    visitor.sign_in(account["email"], product.demo.accounts["password"])
    visitor.open(f"/admin/cases/{case['case_id']}")
    visitor.press(visitor.say("review.hold.claim"))
    expect(visitor.page.locator("#decision input[name=outcome]").first).to_be_enabled()
    for name in set(visitor.page.locator('input[name^="level-"]').evaluate_all("all => all.map(one => one.name)")):
        visitor.click(visitor.page.locator(f'input[name="{name}"]').last)
    visitor.key("1", "Control+Enter")
    with visitor.failing("**/decision", status):
        visitor.key("Control+Enter")
        visitor.is_told()
    if (
        status == 409
    ):  # somebody else may have been there: the case is read again, and what was prepared confirmed again
        expect(visitor.page.get_by_role("dialog")).to_be_hidden()
        visitor.key("Control+Enter")
        expect(visitor.page.get_by_role("dialog")).to_be_visible()
    visitor.key("Control+Enter")
    visitor.sees(visitor.say("review.done.decided"))
    wait_until_followed(owner, "/api/profiles/mine", "verified")
    assert visitor.faults() == []
    visitor.close()
