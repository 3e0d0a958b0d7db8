"""Row 11: WCAG 2.2 AA on every screen, checked by a machine and by keyboard.

Which screens there are is read from the site and from the contract, so that a new one is checked before anybody thinks
of it. Their many states are tried in tests/browser/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.support.browser import NARROW, Browser, Window, browsing
from tests.support.letters import built_differently, html_routes, letters, linked_pages
from tests.support.screens import SCREENS
from tests.support.site import GROUPS, Group, Site, addresses, kept, leads_to, open_to
from tests.support.stand import shows

SOMEBODY: tuple[Group | None, ...] = (None, *GROUPS)

#: What each of the rules that people meet first would look like if it were broken.
BROKEN = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "label": "<input>",
    "color-contrast": '<p style="color:#999;background:#fff">À peine lisible</p>',
    "link-name": '<a href="/elsewhere"></a>',
    "button-name": "<button></button>",
    "target-size": "".join('<button style="all:unset;display:block;width:9px;height:9px">x</button>' for _ in "ab"),
}
TAKEN_AWAY = {
    "same with the focus and without": '<style>a:focus { outline: none }</style><a href="/a">Un</a>',
    "the focus should go": '<button tabindex="2">Deux</button><button tabindex="1">Un</button>',
    "it goes": "<button onkeydown=\"event.preventDefault()\">Piège</button><a href='/a'>Après</a>",
    "it has the focus behind": '<p style="position:fixed;inset:0;margin:0">Dessus</p><a href="/a">Un</a>',
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Window]:
    opened = browser.window(Site())
    yield opened
    opened.close()


def page(body: str) -> str:
    return f'<!doctype html><html lang="fr"><head><title>Essai</title></head><body><main>{body}</main></body></html>'


@pytest.mark.parametrize("who", SOMEBODY)
def test_row_11_every_screen_of_the_site_can_be_read_and_used_by_everybody(window: Window, who: Group | None) -> None:
    wrong = []
    for address in open_to(who):
        window.stand, window.kept = Site(), kept(who)
        window.go(re.sub(r":\w+", "01M890MRE0PE83GV91X3G5HANS", address))
        window.unfold()
        assert window.page.inner_text("main").strip(), f"{address} shows nothing"
        wrong += window.audit(width=NARROW) + window.sideways() + window.walk(back=True) + window.faults()
    assert wrong == []


def test_row_11_every_address_is_open_to_somebody() -> None:
    assert {address for who in SOMEBODY for address in open_to(who)} == set(addresses())


def test_row_11_no_screen_of_the_site_is_left_to_its_best_day() -> None:
    """Each is tried in the states that it may be in, not only as the contract's example has it."""
    untried = [one for one in addresses() if not any(leads_to(one, screen.address) for screen in SCREENS)]
    nowhere = [screen.name for screen in SCREENS if not any(leads_to(one, screen.address) for one in addresses())]
    assert (untried, nowhere) == ([], [])


def test_row_11_every_e_mail_and_every_page_behind_its_links_can_be_read_by_everybody(window: Window) -> None:
    linked = linked_pages("fr")
    assert set(html_routes()) == set(linked)
    documents = built_differently(letters("fr"))
    for route, those in linked.items():
        documents |= {f"{route} {name}": html for name, html in built_differently(those).items()}
    window.resize(NARROW)
    wrong = {}
    for name, html in documents.items():
        window.put(html)
        wrong[name] = window.audit() + window.faults()
    assert {name: faults for name, faults in wrong.items() if faults} == {}


@pytest.mark.parametrize("rule", BROKEN)
def test_row_11_what_breaks_a_rule_is_found(window: Window, rule: str) -> None:
    window.stand = shows(page(BROKEN[rule]))
    window.go("/")
    assert rule in " ".join(window.audit())


@pytest.mark.parametrize("fault", TAKEN_AWAY)
def test_row_11_what_a_keyboard_cannot_do_is_found(window: Window, fault: str) -> None:
    window.stand = shows(page(TAKEN_AWAY[fault]))
    window.go("/")
    assert fault in " ".join(window.walk())


def test_row_11_what_a_telephone_cannot_show_and_what_goes_elsewhere_is_found(window: Window) -> None:
    window.stand = shows(page('<p style="width:500px">Large</p><script src="https://elsewhere.test/x.js"></script>'))
    window.go("/")
    assert "sideways" in " ".join(window.sideways())
    assert "https://elsewhere.test/x.js" in " ".join(window.faults())
    window.stand = shows(page("<script>console.error('Oh'); throw new Error('Ah')</script>"))
    window.go("/")
    assert {"Oh", "Ah"} <= set(" ".join(window.faults()).replace(":", " ").split())
