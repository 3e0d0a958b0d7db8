"""Every e-mail of the product, rendered to be looked at: `make mails`.

Writes each e-mail in each language to `build/mails/`, as HTML and plain text and as pictures at the width of a
telephone and of a screen, light and dark, with an `index.html` per language that shows them all; and sheets of them to
`docs/mails/`, as a telephone shows them.
"""

from __future__ import annotations

import re
import shutil
import sys
from html import escape
from io import BytesIO
from typing import get_args
from unittest.mock import patch

from PIL import Image, ImageDraw, ImageFont

from chalicelib.vocabulary.text import LANGUAGES, Language
from tests.support.browser import NARROW, WIDE, Browser, Scheme, browsing
from tests.support.letters import WRITTEN, letters, messages
from tests.support.site import REPOSITORY
from tests.support.stand import shows

BUILD = REPOSITORY / "build/mails"
SHEETS = REPOSITORY / "docs/mails"

WIDTHS = (NARROW, WIDE)
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

#: Of a contact sheet: how wide each e-mail stands on it, which is still to be read; how many stand side by side.
THUMB, COLUMNS = 280, 6
GAP, LABEL = 12, 22
QUALITY = 60

#: What stands on a sheet together, by how its names begin. What begins otherwise is about an account.
FAMILIES = {
    "projects": ("shortlist", "a project", "a date", "digest"),
    "conversations": ("conversation",),
    "verification": ("case", "attestation"),
    "decisions": ("alarm", "ruling"),
    "accounts": ("",),
}


def main() -> int:
    for folder in (BUILD, SHEETS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with browsing() as browser, patch("chalicelib.notifications.letters.typesetting.utc_now", lambda: WRITTEN):
        for language in LANGUAGES:
            pictures = _pictured(browser, language)
            for name, shown in _sheets(language, pictures).items():
                sheet = SHEETS / f"{language}-{name}.jpg"
                _sheet(shown).save(sheet, quality=QUALITY, optimize=True)
                print(f"{len(shown)} e-mails: {sheet.relative_to(REPOSITORY)}")
            print(f"build/mails/{language}/index.html")
    return 0


def _sheets(language: Language, pictures: dict[tuple[str, Scheme], Image.Image]) -> dict[str, dict[str, Image.Image]]:
    """All of them in light, by family; in the dark, one for each choice of what the dark changes, which it does by
    class."""
    sheets: dict[str, dict[str, Image.Image]] = {family: {} for family in FAMILIES}
    for (name, scheme), picture in pictures.items():
        if scheme == "light":
            family = next(one for one, begin in FAMILIES.items() if name.startswith(begin))
            sheets[family][name] = picture
    ways = {frozenset(re.findall(r'class="([^"]+)"', html)): name for name, html in letters(language).items()}
    return sheets | {"dark": {name: pictures[name, "dark"] for name in ways.values()}}


def _pictured(browser: Browser, language: Language) -> dict[tuple[str, Scheme], Image.Image]:
    """Writes every e-mail of that language; returns each as a telephone shows it, light and dark."""
    folder = BUILD / language
    folder.mkdir(parents=True)
    narrow: dict[tuple[str, Scheme], Image.Image] = {}
    windows = {scheme: browser.window(shows(""), scheme=scheme) for scheme in SCHEMES}
    told = messages(language)
    for name, message in told.items():
        stem = _stem(name)
        (folder / f"{stem}.html").write_text(message.html, encoding="utf-8")
        (folder / f"{stem}.txt").write_text(f"{message.subject}\n\n{message.text}", encoding="utf-8")
        for scheme, window in windows.items():
            window.put(message.html)
            for width in WIDTHS:
                window.resize(width)
                picture = window.page.screenshot(full_page=True, path=folder / f"{stem}-{width}-{scheme}.png")
                if width == NARROW:
                    narrow[name, scheme] = Image.open(BytesIO(picture)).convert("RGB")
    for window in windows.values():
        window.close()
    parts = "".join(_part(name, message.subject, message.text) for name, message in told.items())
    (folder / "index.html").write_text(_PAGE.format(language=language, parts=parts), encoding="utf-8")
    return narrow


def _stem(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.lower()).strip("-")


_PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>E-mails ({language})</title>
<style>
  body {{ margin: 24px; font: 15px/1.5 system-ui, sans-serif; background: #FAF8F4; color: #1C1B22; }}
  section {{ margin: 0 0 48px; border-top: 1px solid #E3DED4; }}
  div {{ display: flex; gap: 16px; align-items: flex-start; overflow-x: auto; }}
  img {{ border: 1px solid #E3DED4; }}
  pre {{ flex: none; width: 420px; margin: 0; padding: 12px; background: #FFFFFF; white-space: pre-wrap; }}
</style>
{parts}
</html>
"""


def _part(name: str, subject: str, text: str) -> str:
    stem = _stem(name)
    pictures = "".join(
        f'<img src="{stem}-{width}-{scheme}.png" width="{shown}" alt="" loading="lazy">'
        for width, shown in ((NARROW, NARROW), (WIDE, WIDE // 2))
        for scheme in SCHEMES
    )
    said = f"<h2>{escape(name)}</h2><p>{escape(subject)}</p>"
    return f"<section>{said}<div>{pictures}<pre>{escape(text)}</pre></div></section>"


def _sheet(pictures: dict[str, Image.Image]) -> Image.Image:
    """Each whole under its name, in the column that has most room: to be read, and to see at a glance what changed."""
    bottoms = [GAP] * min(COLUMNS, len(pictures))
    placed = []
    for name, picture in pictures.items():
        small = picture.resize((THUMB, round(picture.height * THUMB / picture.width)), Image.Resampling.LANCZOS)
        column = bottoms.index(min(bottoms))
        placed.append((name, small, GAP + column * (THUMB + GAP), bottoms[column]))
        bottoms[column] += LABEL + small.height + GAP
    whole = Image.new("RGB", (len(bottoms) * (THUMB + GAP) + GAP, max(bottoms)), "#D9D6CF")
    pen, font = ImageDraw.Draw(whole), ImageFont.load_default(12)
    for name, small, left, top in placed:
        pen.text((left, top + 3), name, "#1C1B22", font)
        whole.paste(small, (left, top + LABEL))
    return whole


if __name__ == "__main__":
    sys.exit(main())
