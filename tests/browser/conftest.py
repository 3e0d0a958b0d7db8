from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.browser import Browser, Window, browsing
from tests.support.site import Site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Window]:
    """One tab for all: each load in it is as the first one (`Window.go`)."""
    opened = browser.window(Site())
    yield opened
    opened.close()
