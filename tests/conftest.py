from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from chalicelib.platform import telemetry
from tests.support.api import Api
from tests.support.environment import aws as account
from tests.support.world import World


@pytest.fixture
def aws(request: pytest.FixtureRequest) -> Iterator[None]:
    """An empty AWS account in this process; its tables are moto's where their own promises are tried."""
    with account(quick="contract" not in request.path.parts):
        yield


@pytest.fixture
def api(aws: None) -> Api:
    """The application on an empty account."""
    return Api()


@pytest.fixture
def world(api: Api) -> World:
    return World(api)


@pytest.fixture(scope="module")
def standing() -> Iterator[World]:
    """A verified company and a verified profile, made once for a module whose tests change nothing that is stored.

    Not beside `aws`, `api` or `world`: a process has one account at a time.
    """
    with account(quick=True):
        world = World(Api())
        world.company()
        world.profile()
        yield world


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Every log line of the application, as written."""
    written = io.StringIO()
    for handler in telemetry._logger.handlers:
        monkeypatch.setattr(handler, "stream", written)
    return written
