"""A production's whole story in a browser, on the packaged product: from the landing page to the end of a project."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from chalicelib.vocabulary.text import Language
from infra.local.casework import approve, wait_until_followed
from infra.local.client import wait_until
from tests.support import site_story
from tests.support.browser import started
from tests.support.examples import SECRETS, brief_body, company_body, day
from tests.support.people import PASSWORD, demo_freelancer
from tests.support.product import LocalProduct
from tests.support.visitor import Visitor

#: Asked: from the landing page to a published project, for somebody who has never been here.
MOST_INTERACTIONS = 60


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as running:
        yield running


@pytest.mark.parametrize(("language", "width"), [("fr", 1_200), ("fr", 360), ("en", 1_200), ("en", 360)])
def test_from_the_landing_page_to_answers_for_everyone(
    product: LocalProduct, chromium: Browser, language: Language, width: int
) -> None:
    visitor = Visitor(chromium, product.url, language, width)
    email = f"{uuid.uuid4().hex[:12]}@{SECRETS['email_domain']}"
    say, page = visitor.say, visitor.page

    site_story.sign_up(visitor, "publish", "Claire Aubin", email)
    case_id = site_story.introduce_company(visitor, company_body())
    producer = product.visitor().sign_in(email, PASSWORD)
    seen = visitor.interactions
    approve(product.administrator(), case_id)
    wait_until_followed(producer, "/api/companies/mine", "verified")
    visitor.open("/")
    assert visitor.interactions == seen

    slip = f"{SECRETS['legal_name']} raconte une gendarme qui rouvre l’enquête de son père."
    brief_id = site_story.write_project(visitor, brief_body(levels=["senior"]), slip)
    print(f"{language}, {width} px: {visitor.interactions} interactions from the landing page to a published project")
    assert visitor.interactions < MOST_INTERACTIONS

    # The shortlist comes to the screen by itself; two people are compared, one is noted, both are invited at once.
    boxes = page.locator("ol article footer input[type=checkbox]")
    expect(boxes.first).to_be_visible()
    assert visitor.audit() == []
    names = page.locator("ol article h2").all_inner_texts()
    visitor.click(boxes.nth(0))
    visitor.click(boxes.nth(1))
    visitor.press(say("people.compare_chosen"))
    expect(page.get_by_role("table", name=say("people.compare.table"))).to_be_visible()
    assert visitor.audit() == []
    note = page.get_by_label(say("people.note.of", name=names[0]))
    visitor.fill(note, "À rappeler en janvier.")
    note.blur()
    visitor.sees(say("people.note.saved"))
    visitor.open(f"/briefs/{brief_id}")
    expect(page.get_by_label(say("people.note.of", name=names[0]))).to_have_value("À rappeler en janvier.")
    for number in (0, 1):
        if not boxes.nth(number).is_checked():
            visitor.click(boxes.nth(number))
    visitor.fill("#word", "Votre regard sur les secrets de famille nous intéresse.")
    visitor.click("#invite button[type=submit]")
    for name in names[:2]:
        visitor.sees(name)
    conversations = f"/api/briefs/{brief_id}/conversations"
    wait_until(
        lambda: (
            {one["person"]["display_name"] for one in producer.get(conversations).expect(200)["conversations"]}
            == set(names[:2])
        ),
        30.0,
        0.3,
        "both invitations",
    )

    # Two freelancers show an interest; one is spoken with up to the reveal, the other hears a no at the end.
    chosen, other = (demo_freelancer(product, number) for number in (2, 3))
    for person in (chosen, other):
        person.post(f"/api/projects/{brief_id}/interest", {}).expect(200)
    visitor.open(f"/briefs/{brief_id}/conversations")
    thread = site_story.thread_of(producer, brief_id, chosen)
    visitor.click(f'main a[href="/conversations/{thread}"]')
    visitor.fill(page.get_by_label(say("conversation.talk.yours")), "Qu’est-ce qui vous a retenue dans ce projet ?")
    visitor.press(say("conversation.talk.send"))
    visitor.sees("Qu’est-ce qui vous a retenue dans ce projet ?")
    site_story.answer_yes(visitor)
    terms = f"/api/projects/{brief_id}/confidentiality"
    chosen.post(terms, {"version": chosen.get(terms).expect(200)["version"]}).expect(200)
    assert SECRETS["legal_name"] not in json.dumps(chosen.get(f"/api/conversations/{thread}").body)
    chosen.post(f"/api/conversations/{thread}/reveal").expect(200)
    visitor.open(f"/conversations/{thread}")
    visitor.sees(str(chosen.email))
    assert visitor.audit() == []

    site_story.end_as_filled(visitor, brief_id)
    answered = other.get(f"/api/conversations/{site_story.thread_of(producer, brief_id, other)}").expect(200)
    assert answered["answer"]["decision"] == "not_retained"
    assert visitor.faults() == []
    visitor.close()


def test_from_signing_in_to_a_published_project_by_keyboard_alone(product: LocalProduct, chromium: Browser) -> None:
    visitor = Visitor(chromium, product.url)
    page = visitor.page
    account = product.demo.accounts["producers"][0]
    visitor.open("/sign-in")
    _type(visitor, "#email", account["email"])
    _type(visitor, "#password", product.demo.accounts["password"])
    visitor.key("Enter")
    expect(page.locator('main a[href="/briefs/new"]').first).to_be_visible()
    _go(visitor, 'main a[href="/briefs/new"]', "Enter")
    _type(visitor, "#f-code_name", "Projet Estran")
    for field, value in (("format", "single-90"), ("development_stage", "treatment")):
        visitor.tab_to(f"#f-{field}")
        label = page.locator(f'#f-{field} option[value="{value}"]').inner_text()
        page.keyboard.type(label)
    for name, value in (
        ("genres", "regional-crime"),
        ("tones", "dark"),
        ("universes", "seaside"),
        ("audiences", "general"),
    ):
        _go(visitor, f'#f-{name} input[value="{value}"]', "Space")
    _choose(visitor, "source_material", "novel")
    _choose(visitor, "rights_status", "public-domain")
    _go(visitor, "main form button[type=submit]", "Enter")

    _type(visitor, "#f-logline", "Une gendarme rouvre l’enquête que son père avait close vingt ans plus tôt.")
    _go(visitor, '#f-stakes input[value="family-secret"]', "Space")
    _type(
        visitor, "#f-pitch", "Dans un port que la mer découvre deux fois l’an, une brigade et une famille se font face."
    )
    _go(visitor, "main form button[type=submit]", "Enter")

    _choose(visitor, "role", "literary-director")
    _go(visitor, '#f-tasks input[value="script-notes"]', "Space")
    _go(visitor, '#f-levels input[value="senior"]', "Space")
    if not page.locator('#f-languages input[value="fr"]').is_checked():
        _go(visitor, '#f-languages input[value="fr"]', "Space")
    _choose(visitor, "working_mode", "remote")
    for field, moment in (("start_window", day(12)), ("start_until", day(43))):
        year, month, date = moment.split("-")
        visitor.tab_to(f"#f-{field}")
        # Chromium's own field, which has the order of its own language.
        page.keyboard.type(f"{date}{month}{year}" if _day_first(page) else f"{month}{date}{year}")
    _type(visitor, "#f-estimated_days", "37")
    _go(visitor, '#f-contract_forms input[value="freelance-invoice"]', "Space")
    _go(visitor, "main form button[type=submit]", "Enter")

    _choose(visitor, "budget_unit", "day")
    _type(visitor, "#f-budget", "320")
    _type(visitor, "#f-budget_max", "450")
    _go(visitor, "main form button[type=submit]", "Enter")
    publish = page.get_by_role("button", name=visitor.say("brief.publish.go"), exact=True)
    expect(publish).to_be_enabled()
    publish.evaluate("one => { one.id = 'publish-by-keyboard'; }")
    _go(visitor, "#publish-by-keyboard", "Enter")
    page.wait_for_url(re.compile(r"/briefs/\w{26}$"))
    assert visitor.faults() == []
    visitor.close()


def _go(visitor: Visitor, selector: str, key: str) -> None:
    visitor.tab_to(selector)
    visitor.key(key)


def _type(visitor: Visitor, selector: str, text: str) -> None:
    expect(visitor.page.locator(selector)).to_be_visible()
    visitor.tab_to(selector)
    visitor.page.keyboard.insert_text(text)


def _choose(visitor: Visitor, name: str, value: str) -> None:
    """One of a group of radio buttons: Tab comes to the group, the arrows go through it."""
    visitor.tab_to(f"#f-{name} input[type=radio]")
    visitor.key("Space")
    wanted = visitor.page.locator(f'#f-{name} input[value="{value}"]')
    for _ in range(visitor.page.locator(f"#f-{name} input[type=radio]").count()):
        if wanted.is_checked():
            return
        visitor.key("ArrowDown")
    raise AssertionError(f"the arrows never come to {value} of {name}")


def _day_first(page: Page) -> bool:
    return bool(
        page.evaluate("new Intl.DateTimeFormat().formatToParts().find(one => one.type !== 'literal').type === 'day'")
    )


# ---- when the product does not answer as one wishes


def _editing(product: LocalProduct, chromium: Browser) -> tuple[Visitor, Page]:
    """Somebody in the middle of writing a project."""
    visitor = Visitor(chromium, product.url)
    account = product.demo.accounts["producers"][0]
    visitor.sign_in(account["email"], product.demo.accounts["password"])
    visitor.open("/briefs/new")
    visitor.fill("#f-code_name", "Projet Brisant")
    expect(visitor.page.locator("#f-code_name")).to_have_value("Projet Brisant")
    return visitor, visitor.page


def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(product: LocalProduct, chromium: Browser) -> None:
    """What is being written stays under the question for the password, and is saved as soon as that is answered."""
    visitor, page = _editing(product, chromium)
    visitor.expects(400, 401)
    kept = "JSON.parse(sessionStorage.getItem('plot-point-session'))"
    page.evaluate(f"sessionStorage.setItem('plot-point-session', JSON.stringify({{...{kept}, refresh_token: 'over'}}))")
    page.reload()  # the tab reads its session anew
    expect(page.locator("#f-code_name")).to_have_value("Projet Brisant")
    page.route("**/api/**", lambda route: route.fulfill(status=401, json={"message": "The incoming token has expired"}))
    visitor.fill("#f-confidential_title", "Les Brisants")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.unroute("**/api/**")
    visitor.fill(dialog.locator("input[type=password]"), product.demo.accounts["password"])
    visitor.press(visitor.say("common.again.go_on"))
    expect(dialog).to_be_hidden()
    expect(page.locator("#f-confidential_title")).to_have_value("Les Brisants")

    client = product.visitor().sign_in(
        product.demo.accounts["producers"][0]["email"], product.demo.accounts["password"]
    )
    mine = wait_until(
        lambda: [
            one
            for one in client.get("/api/briefs").expect(200)["briefs"]
            if one["code_name"] == "Projet Brisant" and one["confidential_title"] == "Les Brisants"
        ],
        30.0,
        0.3,
        "what was written meanwhile",
    )
    assert len(mine) == 1
    assert visitor.faults() == []
    visitor.close()


@pytest.mark.parametrize("status", [409, 429, 500, 0])
def test_an_api_that_refuses_or_is_silent_is_told_and_loses_nothing(
    product: LocalProduct, chromium: Browser, status: int
) -> None:
    visitor, page = _editing(product, chromium)
    visitor.expects(409, 412, 429, 500)
    with visitor.failing("**/api/briefs**", status):
        visitor.fill("#f-confidential_title", "Les Brisants")
        visitor.is_told()
    page.reload()
    expect(page.locator("#f-confidential_title")).to_have_value("Les Brisants")
    visitor.close()


@pytest.mark.parametrize("status", [409, 429, 500, 0])
def test_a_publication_that_fails_is_told_and_goes_through_later(
    product: LocalProduct, chromium: Browser, status: int
) -> None:
    account = product.demo.accounts["producers"][0]
    client = product.visitor().sign_in(account["email"], product.demo.accounts["password"])
    brief_id = client.post("/api/briefs", brief_body(code_name=f"Projet Ressac {status}")).expect(201)["brief_id"]
    visitor = Visitor(chromium, product.url)
    visitor.expects(409, 429, 500)
    visitor.sign_in(account["email"], product.demo.accounts["password"])
    visitor.open(f"/briefs/{brief_id}/edit?step=5")
    with visitor.failing("**/publish", status):
        visitor.press(visitor.say("brief.publish.go"))
        visitor.is_told()
        assert client.get(f"/api/briefs/{brief_id}").expect(200)["status"] == "draft"
    visitor.press(visitor.say("brief.publish.go"))
    visitor.page.wait_for_url(re.compile(rf"/briefs/{brief_id}$"))
    assert client.get(f"/api/briefs/{brief_id}").expect(200)["status"] == "live"
    assert visitor.faults() == []
    visitor.close()


def test_an_api_that_is_slow_says_so(product: LocalProduct, chromium: Browser) -> None:
    visitor = Visitor(chromium, product.url)
    account = product.demo.accounts["producers"][0]
    visitor.sign_in(account["email"], product.demo.accounts["password"])
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    held = []
    visitor.page.route("**/api/companies/mine", lambda route: held.append(route))
    visitor.press(visitor.say("common.nav.company"))
    visitor.sees(visitor.say("common.state.slow"))
    for route in held:
        route.continue_()
    expect(visitor.page.get_by_text(visitor.say("common.state.slow"))).to_be_hidden()
    assert visitor.faults() == []
    visitor.close()
