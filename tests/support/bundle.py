"""How much of the built site a browser has to load."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from infra.local.origin import SITE

WEB = Path(__file__).parents[2] / "web"
KILOBYTE = 1000
#: The documents that are written ahead, by the address that each answers (web/src/first/written.tsx).
AHEAD = {"/": "index.html"} | {
    f"/{name}": f"{name}.html"
    for name in (
        *("how-profiles-are-ordered", "rates", "promise", "accessibility", "privacy-notice"),
        *("sign-in", "sign-up", "forgot-password"),
    )
}
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


def landing_bytes() -> int:
    """The scripts of the landing page, gzipped."""
    return gzipped(loaded(["index.html", "src/pages/public/Landing.tsx", *words("common", "landing")]))


def space_bytes(space: str) -> int:
    """Every script of a space, with the sentences of all its screens in French, gzipped."""
    folders = [f"pages/{folder}" for folder in SPACES[space]]
    pages = [name for name in manifest() for folder in folders if name.startswith(f"src/{folder}/")]
    said = words(*spoken((*folders, "design", "app", "api")))
    return gzipped(loaded(["index.html", *pages, *said]))


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
