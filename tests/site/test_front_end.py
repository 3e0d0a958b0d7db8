"""The site as it is built: its own tests, and how much of it a browser has to load."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.vocabulary.text import LANGUAGES
from infra.local.origin import SITE
from tests.support.bundle import AHEAD, LANDING_LIMIT, SPACE_LIMIT, SPACES, WEB, landing_bytes, space_bytes


def test_what_the_site_s_own_tests_say() -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = subprocess.run(
        ["npm", "run", "--silent", "test"],
        cwd=WEB,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_stranger_loads_little_to_read_the_landing_page() -> None:
    assert landing_bytes() < LANDING_LIMIT


@pytest.mark.parametrize("space", SPACES)
def test_a_space_is_loaded_within_its_limit(space: str) -> None:
    assert space_bytes(space) < SPACE_LIMIT


def test_the_page_has_neither_script_nor_style_of_its_own() -> None:
    """Its policy would refuse both."""
    for name in [*AHEAD.values(), "app.html"]:
        page = (SITE / name).read_text(encoding="utf-8")
        assert "<style" not in page and " style=" not in page
        scripts = re.findall(r"<script[^>]*>([^<]*)</script>", page)
        assert len(scripts) == len(re.findall(r'<script[^>]* src="/assets/[^"]+"[^>]*></script>', page)) == 2
        assert scripts == ["", ""]


@pytest.mark.parametrize("name", AHEAD.values())
def test_what_strangers_come_by_is_written_ahead_in_both_languages(name: str) -> None:
    page = (SITE / name).read_text(encoding="utf-8")
    for language in LANGUAGES:
        assert f'<div data-first lang="{language}"><div' in page
    assert len(re.findall("<h1", page)) == len(LANGUAGES)
    assert "data-first" not in (SITE / "app.html").read_text(encoding="utf-8")
