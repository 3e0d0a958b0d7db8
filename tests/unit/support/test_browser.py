"""Where the tests' Chromium comes from, and what is said when it comes from nowhere."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import browser
from tests.support.browser import NoBrowser, chromium


class Machine:
    """A machine with these programs, on which these commands install a Chromium."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *programs: str, root: bool = True) -> None:
        self.programs = set(programs)
        self.installs: tuple[str, ...] = ()
        self.ran: list[str] = []
        monkeypatch.delenv("PLOT_POINT_CHROMIUM", raising=False)
        monkeypatch.setattr(browser.shutil, "which", lambda name: f"/bin/{name}" if name in self.programs else None)
        monkeypatch.setattr(browser.os, "geteuid", lambda: 0 if root else 1000)
        monkeypatch.setattr(browser, "_own", lambda: Path("/nowhere/chrome"))
        monkeypatch.setattr(browser.subprocess, "run", self.run)

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.ran.append(" ".join(command))
        if command[1] in self.installs:
            self.programs.add("chromium")
            return subprocess.CompletedProcess(command, 0, "done", "")
        return subprocess.CompletedProcess(command, 100, "", "Unable to locate package")


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    chromium.cache_clear()
    yield
    chromium.cache_clear()


def test_one_that_is_there_is_taken_and_nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "google-chrome", "apt-get")
    assert chromium() == "/bin/google-chrome"
    assert machine.ran == []


def test_one_that_is_named_goes_before_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch, "chromium", "/opt/chrome")
    monkeypatch.setenv("PLOT_POINT_CHROMIUM", "/opt/chrome")
    assert chromium() == "/opt/chrome"


def test_a_name_that_is_no_program_is_said_rather_than_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch, "chromium")
    monkeypatch.setenv("PLOT_POINT_CHROMIUM", "/opt/gone")
    with pytest.raises(NoBrowser, match="/opt/gone"):
        chromium()


def test_the_system_s_package_is_installed_where_that_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "apt-get")
    machine.installs = ("install",)
    assert chromium() == "/bin/chromium"
    assert [command.split()[:2] for command in machine.ran] == [["apt-get", "update"], ["apt-get", "install"]]


def test_without_any_it_fails_and_says_what_was_tried_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "apt-get", root=False)
    with pytest.raises(NoBrowser, match=r"(?s)apt install chromium.*PLOT_POINT_CHROMIUM.*playwright install.*locate"):
        chromium()
    assert len(machine.ran) == 1
