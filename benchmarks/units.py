"""What one published brief costs: units of DynamoDB, requests to every other service, and a price.

    python -m benchmarks.units                 # 100, 1,000 and 10,000 candidates; the last line is one JSON object
    python -m benchmarks.units 100             # other numbers of candidates

The main job is done once (`scenario.py`) with clients that record (`recording.py`), so the figures are exact for these
items and do not depend on the machine; the seconds of Lambda in the price do. Ids are made anew at each run, and
near-ties are drawn by them, so other people may sit: a few units more or less. How units are counted is in
`docs/decisions/0012-units-are-counted.md`.
"""

from __future__ import annotations

import json
import logging
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.counting import Layout
from benchmarks.recording import Call, Recorder
from benchmarks.scenario import Scenario, Step
from chalicelib.platform import clients
from infra.local.console import Console
from infra.local.state import REPOSITORY
from tests.support.environment import aws
from tests.support.tables import declared_tables

POPULATIONS = (100, 1_000, 10_000)

_PRICES: dict[str, Any] = json.loads(Path(__file__).with_name("prices.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Brief:
    """One brief published among so many candidates: the steps of its way and every call they made."""

    candidates: int
    steps: list[Step]
    calls: list[Call]

    def units(self, kind: str, step: str | None = None) -> float:
        """Read or written (`kind`), of one step or of all."""
        return sum(
            cost.total
            for call in self.calls
            if step in (None, call.step)
            for cost in (call.read if kind == "read" else call.written).values()
        )

    @property
    def transacted_on_indexes(self) -> float:
        """Write units on indexes inside transactions; half of them, should AWS not double these."""
        return sum(
            sum(cost.indexes.values())
            for call in self.calls
            if call.operation == "transact_write_items"
            for cost in call.written.values()
        )

    def requests(self, service: str) -> int:
        return sum(call.requests for call in self.calls if call.service == service)

    @property
    def usage(self) -> dict[str, float]:
        """What is charged, by the names of `prices.json`."""
        messages = sum(step.messages for step in self.steps if step.queued)
        return {
            "dynamodb_read_units": self.units("read"),
            "dynamodb_write_units": self.units("written"),
            "lambda_requests": len(self.steps),
            "lambda_gb_seconds": sum(_gigabytes(step.function) * _billed(step.seconds) for step in self.steps),
            "sns_publishes": self.requests("sns"),
            "sqs_requests": messages * _PRICES["assumptions"]["sqs_requests_per_message"]["value"],
            "ses_emails": self.requests("sesv2"),
            "api_gateway_requests": sum(step.route is not None for step in self.steps),
        }

    @property
    def price(self) -> dict[str, float]:
        """Dollars by what is charged, in Paris."""
        factor = _PRICES["paris_factor"]["value"]
        return {
            name: amount * _PRICES["prices"][name]["usd"] / _PRICES["prices"][name]["per"] * factor
            for name, amount in self.usage.items()
        }


def publish_one(candidates: int) -> Brief:
    layouts = {name: Layout.of(name, declared) for name, declared in declared_tables().items()}
    with aws():
        recorder = Recorder(clients._make, layouts)
        with recorder.in_force():
            scenario = Scenario(candidates, recorder)
            scenario.run()
    brief = Brief(candidates, scenario.steps, recorder.calls)
    if not scenario.matches or brief.requests("sesv2") != 1:
        raise AssertionError("nobody was proposed, or not one e-mail went: this is not the job that is to be counted")
    return brief


def main(arguments: Sequence[str]) -> int:
    # The application's own log lines would stand between the figures.
    logging.disable(logging.CRITICAL)
    console = Console()
    briefs = []
    for candidates in [int(one) for one in arguments] or POPULATIONS:
        with console.step(f"a brief among {candidates} candidates"):
            briefs.append(publish_one(candidates))
    for brief in briefs:
        _tell(console, brief)
    figures: dict[str, Any] = {"benchmark": "units"}
    for brief in briefs:
        figures |= {
            f"read_units_{brief.candidates}": brief.units("read"),
            f"write_units_{brief.candidates}": brief.units("written"),
            f"usd_per_brief_{brief.candidates}": round(sum(brief.price.values()), 6),
        }
    console.line(json.dumps(figures))
    return 0


def _tell(console: Console, brief: Brief) -> None:
    console.title(f"One brief among {brief.candidates} candidates")
    console.line(f"  {'step':<36} {'reads':>9} {'writes':>8} {'here, ms':>9}")
    for name in dict.fromkeys(step.name for step in brief.steps):
        seconds = sum(step.seconds for step in brief.steps if step.name == name)
        read, written = brief.units("read", name), brief.units("written", name)
        console.line(f"  {name:<36} {read:>9.1f} {written:>8.1f} {seconds * 1000:>9.0f}")
    console.line(f"  {'in all':<36} {brief.units('read'):>9.1f} {brief.units('written'):>8.1f}")
    console.line(
        f"  {brief.transacted_on_indexes:.0f} writes are on indexes in transactions, doubled as those on tables are"
    )
    console.line()
    console.line(f"  {'charged':<36} {'amount':>9} {'USD':>12}   basis")
    for name, dollars in brief.price.items():
        basis = "measured here" if name == "lambda_gb_seconds" else "counted"
        console.line(
            f"  {name:<36} {brief.usage[name]:>9.1f} {dollars:>12.8f}   {basis}, {_PRICES['prices'][name]['basis']}"
        )
    console.line(f"  {'in all, in Paris':<36} {'':>9} {sum(brief.price.values()):>12.8f}")


def _gigabytes(function: str) -> float:
    """The memory of a function, as `.chalice/config.json` gives it."""
    config = json.loads((REPOSITORY / ".chalice" / "config.json").read_text(encoding="utf-8"))
    functions = config["stages"]["main"]["lambda_functions"]
    return float(functions[function].get("lambda_memory_size", config["lambda_memory_size"])) / 1024


def _billed(seconds: float) -> float:
    """Lambda charges each begun millisecond."""
    return math.ceil(seconds * 1000) / 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
