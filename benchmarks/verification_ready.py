"""Seconds from submitting a profile of ten credits to a case that a person can decide, on the local product.

    python -m benchmarks.verification_ready        # the last line is one JSON object

Invented people of ten works each submit their profiles one after the other, on a product of its own, through the same
routes as a browser. The stand-ins of the public sources know every one of the works and answer each question in 200 ms,
so that all is asked that can be: the work, who is credited on it, what else they did. No two people share a work, so
nothing was asked before. The clock starts before the request to submit; the case is ready when
`GET /verification/cases/{id}` says to an administrator that it waits for them.

Where the time goes is read in what the case itself recorded, to the millisecond.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from benchmarks.invented import person
from benchmarks.own_product import measured
from chalicelib.vocabulary.taxonomy import taxonomy
from infra.local.client import Client, TooLate
from infra.local.console import Console
from infra.local.first_start import FirstStart
from infra.local.stand_in_sources import SECONDS as SOURCE_SECONDS
from infra.local.supervisor import Product

CASES = 20
WARM_UP = 3
CREDITS = 10
#: Asked: p50, in seconds.
TARGET = 5.0

_SEED = "plot-point/verification-ready/1"
# Each question is a call of the API function, on the same machine as what it waits for.
_ASKED_EVERY = 0.25
_READY_WITHIN = 120.0
#: Between two cases, so that one is not measured in the wake of the other.
_PAUSE = 1.0

#: What the case records, from one moment to the next, in order.
_STAGES = (
    ("planned", "submitted → steps planned, through the stream"),
    ("first_step", "→ the first step ended"),
    ("last_step", "→ the last step ended"),
    ("recommended", "→ recommended, ready for a person"),
)


def main() -> int:
    return measured(_measure, population=False)


def _measure(console: Console, product: Product, first: FirstStart) -> int:
    people = _people(first)
    product.sources.knows(product.sources.catalogue.adding(people))
    return _Watch(console, product, first).run(people)


def _people(first: FirstStart) -> list[dict[str, Any]]:
    """Everything that they claim is so."""
    words, people = taxonomy(), []
    for number in range(WARM_UP + CASES):
        drawn = person(random.Random(f"{_SEED}/{number}"), first.data.today, words, works=CREDITS)
        for place, credit in enumerate(drawn["credits"]):
            credit |= {"title": f"{credit['title']}, {number + 1}.{place + 1}", "level": 3}
        people.append(drawn)
    return people


class _Watch:
    def __init__(self, console: Console, product: Product, first: FirstStart) -> None:
        self._console = console
        self._product = product
        self._first = first
        self._administrator = first.administrator()

    def run(self, people: Sequence[Mapping[str, Any]]) -> int:
        with self._console.step(f"{len(people)} people prepare their profiles of {CREDITS} credits"):
            prepared = [self._prepared(one) for one in people]
        seconds: list[float] = []
        stages: list[dict[str, float]] = []
        shown = 0
        with self._console.step(f"{CASES} cases submitted, after {WARM_UP} to warm up") as step:
            for number, (client, case_id) in enumerate(prepared):
                waited, case = self._ready(client, case_id)
                if number >= WARM_UP:
                    seconds.append(waited)
                    stages.append(_stages(case["history"]))
                    shown += sum(_function_is_shown(credit) for credit in case["credits_in_review"])
                    step.note(f"{number - WARM_UP + 1}")
                time.sleep(_PAUSE)
        return self._tell(seconds, stages, shown)

    def _prepared(self, drawn: Mapping[str, Any]) -> tuple[Client, str]:
        """A newcomer's session, and the case that they have only to submit."""
        client = Client(self._product.url)
        address = f"{uuid.uuid4().hex[:12]}@courriel.example"
        client.sign_up(address, self._first.password)
        client.sign_in(address, self._first.password).choose_role("freelancer")
        client.put("/api/profiles/mine", drawn["profile"]).expect(200)
        for credit in drawn["credits"]:
            declared = {name: value for name, value in credit.items() if name != "level"}
            client.post("/api/profiles/mine/credits", declared).expect(201)
        return client, str(client.post("/api/verification/mine", {"kind": "profile"}).expect(201)["case_id"])

    def _ready(self, client: Client, case_id: str) -> tuple[float, dict[str, Any]]:
        """Seconds until an administrator finds the case ready, and the case as they read it. Raises TooLate."""
        began = time.monotonic()
        client.post(f"/api/verification/mine/{case_id}/submit").expect(200)
        while True:
            case: dict[str, Any] = self._administrator.get(f"/api/verification/cases/{case_id}").expect(200)
            if case["state"] == "queued":
                return time.monotonic() - began, case
            if time.monotonic() > began + _READY_WITHIN:
                raise TooLate(f"case {case_id} was not ready within {_READY_WITHIN:.0f} s: {case['state']}")
            time.sleep(_ASKED_EVERY)

    def _tell(self, seconds: list[float], stages: list[dict[str, float]], shown: int) -> int:
        p50, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20, method="inclusive")[-1]
        met = p50 < TARGET
        self._console.line(
            f"  submitted → ready for a person   p50 {p50:.2f} s   p95 {p95:.2f} s   "
            f"(target p50 {TARGET} s: {'met' if met else 'MISSED'})"
        )
        result: dict[str, Any] = {
            "benchmark": "verification_ready",
            "cases": len(seconds),
            "credits": CREDITS,
            "source_seconds": SOURCE_SECONDS,
            "ready_p50_seconds": round(p50, 3),
            "ready_p95_seconds": round(p95, 3),
            "target_p50_seconds": TARGET,
            "met": met,
            "credits_shown_percent": round(100 * shown / (CREDITS * len(seconds))),
        }
        for name, label in _STAGES:
            middle = statistics.median(one[name] for one in stages)
            result[f"{name}_p50_seconds"] = round(middle, 3)
            self._console.line(f"    {label:<50} {middle:.2f} s")
        self._console.line(f"  credits whose function a source showed: {result['credits_shown_percent']} %")
        self._console.line(json.dumps(result))
        return 0 if met else 1


def _stages(history: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Seconds of each stage."""
    at: dict[str, list[datetime]] = {}
    for happened in history:
        # The recommendation's own end is the moment at which the case is ready.
        if happened["details"].get("step") != "recommendation":
            at.setdefault(happened["event"], []).append(datetime.fromisoformat(happened["at"]))
    ended = at["verification.step_ended"]
    moments = (
        *(at["verification.submitted"][0], at["verification.planned"][0]),
        *(min(ended), max(ended), at["verification.queued"][0]),
    )
    return {
        name: (after - before).total_seconds()
        for (name, _), before, after in zip(_STAGES, moments, moments[1:], strict=False)
    }


def _function_is_shown(credit: Mapping[str, Any]) -> bool:
    """Whether a source showed the highest fact of a credit: that all questions were asked, and answered."""
    return any(finding["reason"] == "function_found" for finding in credit["findings"])


if __name__ == "__main__":
    sys.exit(main())
