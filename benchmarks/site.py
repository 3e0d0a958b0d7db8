"""How soon a page of the site is there, and whether it moves while it comes, on a processor four times slower than this
one; from the trace that Chromium itself writes of the running local product.

    make run                          # in another window
    python -m benchmarks.site         # PORT as for `make run`

Each page is opened several times in a browser that has nothing of it yet. Largest contentful paint counts from the
beginning of the navigation; of layout shifts, those that no input had caused are added up. The last line is one JSON
object. https://web.dev/articles/lcp, https://web.dev/articles/cls
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Browser, Page

from infra.local.demo_data import DemoData
from tests.support.browser import started

#: Asked: seconds, and the sum of shifts.
LCP_TARGET, SHIFT_TARGET = 1.5, 0.05
_SLOWER = 4
_CATEGORIES = ["loading", "blink.user_timing", "devtools.timeline"]
_CALM_MS = 2_500
#: Pages by name: the path, and whether a producer is signed in.
_PAGES = {
    "landing": ("/", False),
    "sign-in": ("/sign-in", False),
    "rates": ("/rates", False),
    "producer's home": ("/", True),
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


def look(browser: Browser, origin: str, path: str, signed_in: bool) -> Seen:
    context = browser.new_context(viewport={"width": 412, "height": 823}, locale="fr-FR")
    page = context.new_page()
    if signed_in:
        _sign_in(page, origin)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    browser.start_tracing(page=page, categories=_CATEGORIES)
    page.goto(origin + path, wait_until="load")
    page.wait_for_timeout(_CALM_MS)
    trace = json.loads(browser.stop_tracing())
    context.close()
    return read(trace, origin + path)


def _sign_in(page: Page, origin: str) -> None:
    accounts = DemoData(datetime.now(UTC).date()).accounts
    page.goto(f"{origin}/sign-in")
    page.fill("#email", accounts["producers"][0]["email"])
    page.fill("#password", accounts["password"])
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{origin}/")
    page.wait_for_selector("h1")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=7, help="how often each page is opened")
    times = parser.parse_args().times
    origin = f"http://127.0.0.1:{os.environ.get('PORT', '8080')}"
    figures: dict[str, dict[str, float]] = {}
    with started() as browser:
        for name, (path, signed_in) in _PAGES.items():
            seen = [look(browser, origin, path, signed_in) for _ in range(times)]
            figures[name] = {
                "lcp_p50_seconds": round(statistics.median(one.lcp_seconds for one in seen), 2),
                "lcp_worst_seconds": round(max(one.lcp_seconds for one in seen), 2),
                "shift_worst": round(max(one.shift for one in seen), 3),
            }
            print(f"{name:<18} {figures[name]}")
    met = all(page["lcp_p50_seconds"] < LCP_TARGET and page["shift_worst"] < SHIFT_TARGET for page in figures.values())
    print(json.dumps({"pages": figures, "lcp_target": LCP_TARGET, "shift_target": SHIFT_TARGET, "met": met}))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
