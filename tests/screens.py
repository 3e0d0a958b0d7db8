"""Draws every screen of the site on contact sheets, as one sees it on a desktop and on a telephone.

    python -m tests.screens               # all of them, to docs/screens/
    python -m tests.screens producer      # those of one part

One sheet per part and width, in French, from the same screens that the tests look at.
"""

from __future__ import annotations

import base64
import html
import sys
from pathlib import Path

from tests.support.browser import HEIGHT, NARROW, WIDE, Browser, browsing
from tests.support.screens import PARTS
from tests.support.site import REPOSITORY, Screen, Site
from tests.support.stand import shows

_TO = REPOSITORY / "docs" / "screens"
#: By width: how many beside one another, and how wide each is drawn.
_DRAWN = {WIDE: (4, 300), NARROW: (8, 142)}
#: What is far below is seen in the browser; a sheet shows how a screen begins.
_TALLEST = 1_700


def pictures(browser: Browser, shown: tuple[Screen, ...], width: int) -> list[tuple[str, bytes]]:
    """Each screen's name, and what it looks like."""
    window = browser.window(Site())
    window.resize(width)
    taken = []
    for screen in shown:
        screen.show(window)
        tall = min(int(window.page.evaluate("document.documentElement.scrollHeight")), _TALLEST)
        area = {"x": 0, "y": 0, "width": width, "height": max(tall, HEIGHT)}
        taken.append((screen.name, window.page.screenshot(full_page=True, clip=area, type="jpeg", quality=80)))
    window.close()
    return taken


def sheet(browser: Browser, taken: list[tuple[str, bytes]], width: int) -> bytes:
    columns, drawn = _DRAWN[width]
    figures = "".join(
        f'<figure><img alt="" src="data:image/jpeg;base64,{base64.b64encode(picture).decode()}">'
        f"<figcaption>{html.escape(name)}</figcaption></figure>"
        for name, picture in taken
    )
    style = (
        f"body{{margin:16px;background:#8a8478;font:12px sans-serif;columns:{columns};column-gap:16px}}"
        f"figure{{margin:0 0 16px;break-inside:avoid}}img{{width:{drawn}px;display:block}}"
        f"figcaption{{padding:4px;background:#fff;width:{drawn - 8}px}}"
    )
    window = browser.window(shows(""))
    window.resize(columns * (drawn + 16) + 16)
    window.put(f"<!doctype html><style>{style}</style>{figures}")
    drawing = window.page.screenshot(full_page=True, type="jpeg", quality=45)
    window.close()
    return drawing


def main(names: list[str]) -> int:
    if unknown := set(names) - set(PARTS):
        print(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    _TO.mkdir(parents=True, exist_ok=True)
    with browsing() as browser:
        for name in names or PARTS:
            for width in _DRAWN:
                file = Path(_TO, f"{name}-{width}.jpg")
                file.write_bytes(sheet(browser, pictures(browser, PARTS[name], width), width))
                print(f"{file.relative_to(REPOSITORY)}  {file.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
