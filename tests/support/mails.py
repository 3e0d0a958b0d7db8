"""Every e-mail of the product, rendered to be looked at: `make mails`.

Writes each e-mail in each language to `build/mails/`, as HTML and plain text and as pictures at the width of a
telephone and of a screen, light and dark, with an `index.html` per language that shows them all; and one sheet per
language, at a reduced scale, to `docs/mails/`.
"""

from __future__ import annotations

import re
import shutil
import sys
from html import escape
from io import BytesIO
from typing import get_args
from unittest.mock import patch

from PIL import Image, ImageColor

from chalicelib.notifications.wording import FOLDER
from chalicelib.vocabulary.text import LANGUAGES, Language
from tests.support.browser import NARROW, WIDE, Browser, Scheme, browsing
from tests.support.letters import WRITTEN, messages
from tests.support.site import REPOSITORY
from tests.support.stand import shows

BUILD = REPOSITORY / "build/mails"
SHEETS = REPOSITORY / "docs/mails"

WIDTHS = (NARROW, WIDE)
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

#: Of a contact sheet: how wide each e-mail stands on it, how many stand in a row, how much of a long one is shown.
THUMB, COLUMNS, TALL = 112, 16, 270
GAP = 8


def main() -> int:
    shutil.rmtree(BUILD, ignore_errors=True)
    SHEETS.mkdir(parents=True, exist_ok=True)
    with browsing() as browser, patch("chalicelib.notifications.letters.typesetting.utc_now", lambda: WRITTEN):
        for language in LANGUAGES:
            pictures = _pictured(browser, language)
            sheet = SHEETS / f"{language}.png"
            _sheet([pictures[name, scheme] for name, scheme in pictures]).save(sheet, optimize=True)
            count, shown = len(pictures) // len(SCHEMES), sheet.relative_to(REPOSITORY)
            print(f"{count} e-mails: build/mails/{language}/index.html, {shown}")
    return 0


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


def _sheet(pictures: list[Image.Image]) -> Image.Image:
    """All of them side by side, small, in few colours: to see at a glance what changed."""
    small = [one.resize((THUMB, round(one.height * THUMB / one.width)), Image.Resampling.LANCZOS) for one in pictures]
    rows = [
        [one.crop((0, 0, THUMB, min(one.height, TALL))) for one in small[at : at + COLUMNS]]
        for at in range(0, len(small), COLUMNS)
    ]
    heights = [max(one.height for one in row) for row in rows]
    whole = Image.new("RGB", (COLUMNS * (THUMB + GAP) + GAP, sum(heights) + GAP * (len(rows) + 1)), "#FFFFFF")
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for place, one in enumerate(row):
            whole.paste(one, (GAP + place * (THUMB + GAP), top))
        top += height + GAP
    return whole.quantize(palette=_palette(), dither=Image.Dither.NONE)


def _palette() -> Image.Image:
    """The colours of the layout, and the greys between ink and paper that letters have at their edges."""
    named = {found for file in FOLDER.glob("*.html.j2") for found in re.findall(r"#[0-9A-F]{6}", file.read_text())}
    colours = [ImageColor.getrgb(one) for one in sorted(named)] + [(grey, grey, grey) for grey in range(64, 240, 32)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette


if __name__ == "__main__":
    sys.exit(main())
