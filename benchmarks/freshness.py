"""Seconds from a decision about a profile to what a producer is shown, on the local product.

    python -m benchmarks.freshness        # the last line is one JSON object

On a product of its own with the demo's eighty freelancers, a project is live for which hardly anyone is eligible, so
that whoever is verified sits. Fifteen newcomers, whose cases are ready, are verified one after the other by an
administrator: the clock runs from before that decision until `GET /briefs/{id}/matches` shows the person. Then the
case is reopened and refused by two others. The profile follows within a second or two; once `GET /profiles/mine` says
so, the next reading of the shortlist must not show them any more, nor must `GET /profiles/{id}`, nor any reading of
the following seconds, while streams and functions are still at work, nor the shortlist of a project that is published
afterwards. One answer that does makes this command fail.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.own_product import measured
from infra.local import casework, story
from infra.local.client import Client, TooLate
from infra.local.console import Console, Failure
from infra.local.first_start import FirstStart
from infra.local.supervisor import Product
from tests.support.examples import brief_body, credit_body, profile_body

PEOPLE = 15
WARM_UP = 2
#: DESIGN: p50, in seconds.
TARGET = 3.0

#: Two of the demo's people work in Portuguese.
_LANGUAGES = ["fr", "pt"]
_ASKED_EVERY = 0.1
_JOINS_WITHIN = 60.0
#: How long after a verification was taken back the shortlist is read again and again.
_WATCHED = 3.0


def main() -> int:
    return measured(lambda console, product, first: _Watch(console, product, first).run())


@dataclass(frozen=True)
class _Newcomer:
    """Somebody whose case waits for a decision."""

    client: Client
    profile_id: str
    case_id: str


class _Watch:
    def __init__(self, console: Console, product: Product, first: FirstStart) -> None:
        self._console = console
        self._product = product
        self._first = first
        account = first.data.accounts["producers"][0]
        self._producer = Client(product.url).sign_in(account["email"], first.password)
        self._administrators = [first.administrator(number) for number in range(3)]

    def run(self) -> int:
        with self._console.step(f"{WARM_UP + PEOPLE} newcomers submit their profiles, which are checked"):
            newcomers = [self._newcomer(number) for number in range(WARM_UP + PEOPLE)]
            for newcomer in newcomers:
                casework.wait_until_ready(self._administrators[0], newcomer.case_id)
        brief_id = self._live_project("Projet Laminaire")
        joined: list[float] = []
        followed: list[float] = []
        gone: list[float] = []
        readings: list[bool] = []
        with self._console.step(f"{PEOPLE} of them verified and taken back, after {WARM_UP} to warm up") as step:
            for number, newcomer in enumerate(newcomers):
                seconds = self._verified(newcomer, brief_id)
                lost, first_reading, showed = self._taken_back(newcomer, brief_id)
                readings += showed
                if number >= WARM_UP:
                    joined.append(seconds)
                    followed.append(lost)
                    gone.append(first_reading)
                    step.note(f"{number - WARM_UP + 1}")
        with self._console.step("another project is published"):
            shown = set(self._seated(self._live_project("Projet Fucus")))
        readings += [newcomer.profile_id in shown for newcomer in newcomers]
        return self._tell(joined, followed, gone, readings)

    def _newcomer(self, number: int) -> _Newcomer:
        client = Client(self._product.url)
        address = f"{uuid.uuid4().hex[:12]}@courriel.example"
        client.sign_up(address, self._first.password)
        client.sign_in(address, self._first.password).choose_role("freelancer")
        profile = profile_body(display_name=f"Aliénor Boscher-{number + 1}", languages=_LANGUAGES)
        profile_id = client.put("/api/profiles/mine", profile).expect(200)["profile_id"]
        client.post("/api/profiles/mine/credits", credit_body()).expect(201)
        return _Newcomer(client, str(profile_id), casework.submit(client, "profile"))

    def _live_project(self, code_name: str) -> str:
        published = story.publish(self._producer, brief_body(code_name=code_name, languages=_LANGUAGES))
        if published.shortlist is None:
            raise Failure(f"No shortlist for “{code_name}”.", self._product.emulator.last_words())
        return str(published.brief["brief_id"])

    def _verified(self, newcomer: _Newcomer, brief_id: str) -> float:
        """Seconds from before the decision until the person is shown. Raises TooLate."""
        administrator = self._administrators[0]
        case = casework.wait_until_ready(administrator, newcomer.case_id)
        token = casework.claim(administrator, newcomer.case_id)
        began = time.monotonic()
        casework.decide(administrator, case, token)
        while newcomer.profile_id not in self._seated(brief_id):
            if time.monotonic() > began + _JOINS_WITHIN:
                raise TooLate(f"{newcomer.profile_id} was not shown within {_JOINS_WITHIN:.0f} s")
            time.sleep(_ASKED_EVERY)
        return time.monotonic() - began

    def _taken_back(self, newcomer: _Newcomer, brief_id: str) -> tuple[float, float, list[bool]]:
        """Seconds from the second administrator's answer until the profile says so, and from there to the end of the
        next reading; and of each reading, whether it shows the person."""
        profile_id, (_, first, second) = newcomer.profile_id, self._administrators
        casework.reopen(first, newcomer.case_id)
        casework.refuse(first, second, newcomer.case_id, "established_wrongly", "Générique à préciser.")
        began = time.monotonic()
        casework.wait_until_followed(newcomer.client, "/api/profiles/mine", "draft")
        lost, began = time.monotonic() - began, time.monotonic()
        showed = [profile_id in self._seated(brief_id)]
        first_reading = time.monotonic() - began
        showed.append(self._producer.get(f"/api/profiles/{profile_id}").status != 404)
        while time.monotonic() < began + _WATCHED:
            time.sleep(_ASKED_EVERY)
            showed.append(profile_id in self._seated(brief_id))
        return lost, first_reading, showed

    def _seated(self, brief_id: str) -> Iterator[str]:
        for match in self._producer.get(f"/api/briefs/{brief_id}/matches").expect(200)["matches"]:
            yield match["profile"]["profile_id"]

    def _tell(self, joined: list[float], followed: list[float], gone: list[float], readings: list[bool]) -> int:
        p50, met = statistics.median(joined), statistics.median(joined) < TARGET
        p95 = statistics.quantiles(joined, n=20, method="inclusive")[-1]
        followed_p50, gone_p50 = statistics.median(followed), statistics.median(gone)
        verdict = "met" if met else "MISSED"
        self._console.line(
            f"  verified → in the shortlist    p50 {p50:.2f} s   p95 {p95:.2f} s   (target p50 {TARGET} s: {verdict})"
        )
        self._console.line(
            f"  taken back → the profile says  p50 {followed_p50:.2f} s   → next reading p50 {gone_p50:.2f} s   "
            f"(shown in {sum(readings)} of {len(readings)} readings)"
        )
        result = {
            "benchmark": "freshness",
            "people": len(joined),
            "verified_to_shortlist_p50_seconds": round(p50, 3),
            "verified_to_shortlist_p95_seconds": round(p95, 3),
            "target_p50_seconds": TARGET,
            "met": met,
            "taken_back_to_followed_p50_seconds": round(followed_p50, 3),
            "first_reading_after_removal_p50_seconds": round(gone_p50, 3),
            "readings_after_removal": len(readings),
            "readings_that_showed_somebody_removed": sum(readings),
        }
        self._console.line(json.dumps(result))
        return 0 if met and not any(readings) else 1


if __name__ == "__main__":
    sys.exit(main())
