"""Seconds from publishing a project to its shortlist, and to its e-mail being accepted, on the local product.

    python -m benchmarks.publish        # the last line is one JSON object

Thirty projects are published one after the other on a product of its own, with a thousand invented freelancers
(`invented.py`), through the same routes as a browser. The clock starts before the request to publish. The shortlist
has come when `GET /briefs/{id}/matches` shows it; the e-mail when SES has accepted it.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from benchmarks.own_product import measured
from infra.local import story
from infra.local.client import Client
from infra.local.console import Console, Failure
from infra.local.first_start import FirstStart
from infra.local.population import run_as_function
from infra.local.supervisor import Product

PROFILES = 1_000
BRIEFS = 30
WARM_UP = 3
# DESIGN: p50, in seconds.
SHORTLIST_TARGET = 1.5
MAIL_TARGET = 3.0
# Between two projects, so that one is not measured in the wake of the other.
_PAUSE = 0.5


def main() -> int:
    return measured(_measure, population=False)


def _measure(console: Console, product: Product, first: FirstStart) -> int:
    _populate(console, product, first)
    return _publish_all(console, product, first)


def _populate(console: Console, product: Product, first: FirstStart) -> None:
    order = {"today": first.data.today.isoformat(), "count": PROFILES}
    with console.step(f"{PROFILES} invented freelancers") as step:
        for done in run_as_function("benchmarks.loading", order, product.emulator, first.api_environment()):
            step.note(f"{done} of them")
    with console.step("all of them known to matching"):
        first.wait_until_matchable(PROFILES)


def _publish_all(console: Console, product: Product, first: FirstStart) -> int:
    accounts = first.data.accounts["producers"]
    producers = {
        account["company"]: Client(product.url).sign_in(account["email"], first.password) for account in accounts
    }
    shortlists: list[float] = []
    mails: list[float] = []
    with console.step(f"{BRIEFS} projects, after {WARM_UP} to warm up") as step:
        for number, (company, brief) in enumerate(_variations(first.data.briefs, WARM_UP + BRIEFS)):
            published = story.publish(producers[company], brief)
            if not published.complete or published.mail is None:
                raise Failure(f"No shortlist or no e-mail for project {number + 1}.", product.emulator.last_words())
            if number >= WARM_UP:
                shortlists.append(published.shortlist_seconds)
                accepted = datetime.fromisoformat(published.mail["accepted_at"])
                mails.append((accepted - published.began).total_seconds())
                step.note(f"{number - WARM_UP + 1}")
            time.sleep(_PAUSE)
    result: dict[str, Any] = {
        "benchmark": "publish",
        "briefs": BRIEFS,
        "profiles": PROFILES,
    }
    for name, label, seconds, target in (
        ("shortlist", "shortlist", shortlists, SHORTLIST_TARGET),
        ("mail", "e-mail   ", mails, MAIL_TARGET),
    ):
        p50 = statistics.median(seconds)
        p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
        met = p50 < target
        result |= {
            f"{name}_p50_seconds": round(p50, 3),
            f"{name}_p95_seconds": round(p95, 3),
            f"{name}_target_p50_seconds": target,
            f"{name}_met": met,
        }
        verdict = "met" if met else "MISSED"
        console.line(f"  publish → {label}  p50 {p50:.2f} s   p95 {p95:.2f} s   (target p50 {target} s: {verdict})")
    console.line(json.dumps(result))
    return 0 if result["shortlist_met"] and result["mail_met"] else 1


def _variations(samples: Sequence[dict[str, Any]], count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Projects that differ from the samples as projects of one house do: each leaves out something else."""
    for number in range(count):
        sample = samples[number % len(samples)]
        brief = dict(sample["brief"], code_name=f"{sample['brief']['code_name']} {number + 1}")
        for turn, field in enumerate(("genres", "tones", "universes", "stakes", "tasks")):
            values = brief[field]
            kept = [
                value for place, value in enumerate(values) if (place + number + turn) % len(values) or len(values) == 1
            ]
            brief[field] = kept
        yield sample["company"], brief


if __name__ == "__main__":
    sys.exit(main())
