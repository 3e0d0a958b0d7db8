"""The site as it is built: its own tests, and how much of it a browser has to load."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from infra.local.origin import SITE

WEB = Path(__file__).parents[2] / "web"
KILOBYTE = 1024
#: JavaScript, gzipped, that a stranger loads to read the landing page.
LANDING_LIMIT = 200 * KILOBYTE
#: The same for everything that one space may ever load, in one language.
SPACE_LIMIT = 350 * KILOBYTE
#: Whose screens an account of each space may come to: its own, and those that it shares with others.
SPACES = {
    "producer": ("producer", "account", "shared"),
    "freelancer": ("freelancer", "account", "shared"),
    "admin": ("admin", "account"),
}


@cache
def manifest() -> dict[str, dict[str, Any]]:
    """What the build says of its parts: by source, the file and what it imports."""
    found: dict[str, dict[str, Any]] = json.loads((SITE / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    return found


def loaded(sources: Iterable[str]) -> set[str]:
    """The scripts that these sources need, with all that they import."""
    files: set[str] = set()
    seen: set[str] = set()
    waiting = list(sources)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        files.add(manifest()[name]["file"])
        waiting.extend(manifest()[name].get("imports", []))
    return {file for file in files if file.endswith(".js")}


def gzipped(files: Iterable[str]) -> int:
    return sum(len(gzip.compress((SITE / file).read_bytes())) for file in files)


def spoken(folders: Iterable[str]) -> set[str]:
    """The sets of words that the code in these folders of `src` says, as it names them."""
    code = "".join(
        file.read_text(encoding="utf-8") for folder in folders for file in sorted((WEB / "src" / folder).rglob("*.ts*"))
    )
    asked = re.findall(r"useTranslation\(([^)]*)\)", code)
    return {"common", *(name for names in asked for name in re.findall(r'"(\w+)"', names))}


def words(*names: str) -> list[str]:
    return [f"src/i18n/fr/{name}.ts" for name in names]


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
    files = loaded(["index.html", "src/pages/public/Landing.tsx", *words("common", "landing")])
    assert gzipped(files) < LANDING_LIMIT


@pytest.mark.parametrize("space", SPACES)
def test_a_space_is_loaded_within_its_limit(space: str) -> None:
    """Every screen of it, with the sentences of all of them in French."""
    folders = [f"pages/{folder}" for folder in SPACES[space]]
    pages = [name for name in manifest() for folder in folders if name.startswith(f"src/{folder}/")]
    said = words(*spoken((*folders, "design", "app", "api")))
    assert gzipped(loaded(["index.html", *pages, *said])) < SPACE_LIMIT


def test_the_page_has_neither_script_nor_style_of_its_own() -> None:
    """Its policy would refuse both."""
    for name in ("index.html", "app.html"):
        page = (SITE / name).read_text(encoding="utf-8")
        assert "<style" not in page and " style=" not in page
        scripts = re.findall(r"<script[^>]*>([^<]*)</script>", page)
        assert len(scripts) == len(re.findall(r'<script[^>]* src="/assets/[^"]+"[^>]*></script>', page)) == 2
        assert scripts == ["", ""]


def test_the_first_page_is_written_ahead_in_both_languages() -> None:
    page = (SITE / "index.html").read_text(encoding="utf-8")
    for language in ("fr", "en"):
        assert f'<div data-first lang="{language}"><div' in page
    assert len(re.findall("<h1", page)) == 2
    assert "data-first" not in (SITE / "app.html").read_text(encoding="utf-8")
