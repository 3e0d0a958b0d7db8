"""How soon a page of the site is there, and whether it moves while it comes, on a processor four times slower than this
one; from the trace that Chromium itself writes. And how much script a browser loads for it.

    python -m benchmarks.site         # the last line is one JSON object

On a local product of its own, each page is opened several times in a browser that has nothing of it yet. Largest
contentful paint counts from the beginning of the navigation; of layout shifts, those that no input had caused are added
up. https://web.dev/articles/lcp, https://web.dev/articles/cls
"""

from __future__ import annotations

import json
import statistics
import sys
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Browser, Page

from benchmarks.own_product import measured
from infra.local.console import Console
from infra.local.demo_data import DemoData
from infra.local.first_start import FirstStart
from infra.local.supervisor import Product
from tests.support.browser import started
from tests.support.bundle import KILOBYTE, LANDING_LIMIT, SPACE_LIMIT, SPACES, landing_bytes, space_bytes

#: Asked: seconds, and the sum of shifts.
LCP_TARGET, SHIFT_TARGET = 1.5, 0.05
TIMES = 7
_SLOWER = 4
#: What paints and moves is written under these. `devtools.timeline` would note where in the script each request and
#: timer began, for which V8 reads the sources again: a quarter of a second here.
_CATEGORIES = ["loading", "blink.user_timing"]
_CALM_MS = 2_500

Side = Literal["producers", "freelancers", "administrators"]
#: Pages by name: the path, whose it is, and the language of the browser.
PAGES: dict[str, tuple[str, Side | None, str]] = {
    "landing": ("/", None, "fr-FR"),
    "landing_english": ("/", None, "en-GB"),
    "sign_in": ("/sign-in", None, "fr-FR"),
    "rates": ("/rates", None, "fr-FR"),
    "producer_home": ("/", "producers", "fr-FR"),
    "new_project": ("/briefs/new", "producers", "fr-FR"),
    "freelancer_home": ("/", "freelancers", "fr-FR"),
    "queue": ("/", "administrators", "fr-FR"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    lcp_seconds: float
    shift: float


def read(trace: dict[str, Any], url: str) -> Seen:
    """What a trace says of the last navigation to `url`."""
    events = sorted(trace["traceEvents"], key=lambda event: event.get("ts", 0))
    starts = [
        event["ts"]
        for event in events
        if event["name"] == "navigationStart" and event["args"].get("data", {}).get("documentLoaderURL") == url
    ]
    began = starts[-1]
    painted = [event["ts"] for event in events if event["name"] == "largestContentfulPaint::Candidate"]
    shifts = [
        event["args"]["data"]["score"]
        for event in events
        if event["name"] == "LayoutShift" and event["ts"] > began and not event["args"]["data"]["had_recent_input"]
    ]
    return Seen((max(painted) - began) / 1_000_000, sum(shifts))


def look(browser: Browser, data: DemoData, origin: str, path: str, side: Side | None, locale: str) -> Seen:
    context = browser.new_context(viewport={"width": 412, "height": 823}, locale=locale)
    page = context.new_page()
    if side:
        _sign_in(page, data, origin, side)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    browser.start_tracing(page=page, categories=_CATEGORIES)
    page.goto(origin + path, wait_until="load")
    page.wait_for_timeout(_CALM_MS)
    trace = json.loads(browser.stop_tracing())
    context.close()
    return read(trace, origin + path)


def _sign_in(page: Page, data: DemoData, origin: str, side: Side) -> None:
    page.goto(f"{origin}/sign-in")
    page.fill("#email", data.accounts[side][0]["email"])
    page.fill("#password", data.accounts["password"])
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{origin}/")
    page.wait_for_selector("h1")


def main() -> int:
    return measured(_look_at_all)


def _look_at_all(console: Console, product: Product, first: FirstStart) -> int:
    result: dict[str, Any] = {"benchmark": "site", "times": TIMES, "slower": _SLOWER}
    with started() as browser:
        for name, (path, side, locale) in PAGES.items():
            seen = [look(browser, first.data, product.url, path, side, locale) for _ in range(TIMES)]
            lcp = statistics.median(one.lcp_seconds for one in seen)
            shift = max(one.shift for one in seen)
            result |= {f"{name}_lcp_p50_seconds": round(lcp, 2), f"{name}_shift_worst": round(shift, 3)}
            console.line(f"  {name:<16} largest paint p50 {lcp:.2f} s   worst sum of shifts {shift:.3f}")
    sizes = {"landing": landing_bytes(), **{space: space_bytes(space) for space in SPACES}}
    for name, size in sizes.items():
        result[f"{name}_script_kb"] = round(size / KILOBYTE)
        console.line(f"  {name:<16} {size / KILOBYTE:.0f} kB of script, gzipped")
    met = (
        all(result[f"{name}_lcp_p50_seconds"] < LCP_TARGET for name in PAGES)
        and all(result[f"{name}_shift_worst"] < SHIFT_TARGET for name in PAGES)
        and all(size < (LANDING_LIMIT if name == "landing" else SPACE_LIMIT) for name, size in sizes.items())
    )
    console.line(json.dumps(result))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
