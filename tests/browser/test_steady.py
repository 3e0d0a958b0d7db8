"""Nothing that is being read moves because something else of the screen comes later."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.support.browser import Browser, Window
from tests.support.site import Group, Site, kept
from tests.support.stand import Answer, Asked

#: What is asked of every page: https://web.dev/articles/cls
_LIMIT = 0.05
_TELEPHONE = 412
#: How long nothing else has been asked for when the answer that is late comes, and how long that is waited for.
_CALM_SECONDS, _AT_MOST_SECONDS = 0.15, 3.0

_SHIFTS = """() => new Promise((told) => {
  const name = (node) => (node?.closest ? node : node?.parentElement);
  const seen = ({ value, sources }) => [value, sources.map(({ node }) => name(node)?.textContent.slice(0, 60) ?? "")];
  new PerformanceObserver((list) => told(list.getEntries().filter((one) => !one.hadRecentInput).map(seen)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => told([]), 50);
})"""


class _Late:
    """A site whose one answer comes once every other is there."""

    def __init__(self, late: str | None) -> None:
        self._site = Site()
        self._late = late
        self._last = time.monotonic()
        self.asked: set[str] = set()

    def __call__(self, asked: Asked) -> Answer | None:
        answer = self._site(asked)
        if asked.path.startswith("/api/"):
            self.asked.add(asked.path)
        if asked.path != self._late:
            self._last = time.monotonic()
            return answer
        until = time.monotonic() + _AT_MOST_SECONDS
        while time.monotonic() < min(self._last + _CALM_SECONDS, until):
            time.sleep(_CALM_SECONDS / 5)
        return answer


@pytest.fixture(scope="module")
def telephone(browser: Browser) -> Iterator[Window]:
    opened = browser.window(Site())
    opened.resize(_TELEPHONE)
    yield opened
    opened.close()


def _shifts(window: Window, late: _Late, address: str) -> list[tuple[float, list[str]]]:
    window.stand = late
    window.go(address)
    return window.page.evaluate(_SHIFTS)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("admins", "/"),
        ("admins", "/admin/moderation"),
        ("admins", "/admin/projects"),
        ("admins", "/admin/alarms"),
        ("admins", "/admin/audit"),
        ("admins", "/admin/operations"),
        ("producers", "/"),
        ("producers", "/conversations"),
        ("freelancers", "/"),
        ("freelancers", "/projects"),
        ("freelancers", "/conversations"),
    ],
)
def test_whichever_answer_comes_last_moves_nothing(telephone: Window, who: Group, address: str) -> None:
    telephone.kept = kept(who)
    site = _Late(None)
    _shifts(telephone, site, address)
    assert site.asked

    moved = {}
    for path in sorted(site.asked):
        shifts = _shifts(telephone, _Late(path), address)
        if sum(value for value, _ in shifts) >= _LIMIT:
            moved[path] = shifts
    assert moved == {}
