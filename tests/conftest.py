from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from chalicelib.platform import telemetry
from tests.support.api import Api
from tests.support.environment import aws as account
from tests.support.world import World


@pytest.fixture
def aws() -> Iterator[None]:
    """An empty AWS account in this process."""
    with account():
        yield


@pytest.fixture
def api(aws: None) -> Api:
    """The application on an empty account."""
    return Api()


@pytest.fixture
def world(api: Api) -> World:
    return World(api)


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Every log line of the application, as written."""
    written = io.StringIO()
    for handler in telemetry._logger.handlers:
        monkeypatch.setattr(handler, "stream", written)
    return written
