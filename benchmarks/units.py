"""What one published brief costs: units of DynamoDB, requests to every other service, and a price.

    python -m benchmarks.units                 # 100 to 100,000 candidates; the last line is one JSON object
    python -m benchmarks.units 100             # other numbers of candidates, and no plot

The main job is done once (`scenario.py`) with clients that record (`recording.py`), in a function that holds the
snapshot of everyone and reads the few dozen changes since. Loading a snapshot and building one is counted by itself;
what a brief bears of it follows from the assumptions in `prices.json`. From 1,000 people on they are put straight into
the in-process DynamoDB and the first snapshot into S3 by the codec, for through moto's API 100,000 people would take an
hour; at 1,000 this command counts both ways and fails when they differ. The figures are exact for these items, the same
at each run and on each machine. The seconds of Lambda in the price are not: a function's own are measured here, and
those of its calls to AWS, which moto answers in Python, are assumptions for a call and for a megabyte. How units are
counted is in `docs/decisions/0012-units-are-counted.md`; the plot is `docs/cost.svg`.
"""

from __future__ import annotations

import io
import json
import logging
import math
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.counting import READ_UNIT_BYTES, Layout
from benchmarks.recording import Call, Recorder
from benchmarks.scenario import BUILDING, CHANGED, LOADING, Scenario, Step
from chalicelib.platform import clients
from infra.local.console import Console
from infra.local.state import REPOSITORY
from tests.support.environment import aws
from tests.support.tables import declared_tables

POPULATIONS = (100, 1_000, 10_000, 100_000)
#: From so many people on they are put straight into the tables, and for so many both ways are compared.
STRAIGHT_FROM = 1_000
PLOT = REPOSITORY / "docs" / "cost.svg"

_PRICES: dict[str, Any] = json.loads(Path(__file__).with_name("prices.json").read_text(encoding="utf-8"))

#: What S3 charges as which; it deletes for nothing.
_S3 = {
    "s3_reads": ("get_object", "head_object"),
    "s3_writes": ("put_object", "list_objects_v2"),
}


@dataclass(frozen=True, slots=True)
class Work:
    """Some steps and every call they made."""

    steps: Sequence[Step]
    calls: Sequence[Call]

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

    def requests(self, service: str, *operations: str) -> int:
        """To a service; with operations, those alone."""
        return sum(
            call.requests
            for call in self.calls
            if call.service == service and (not operations or call.operation in operations)
        )

    def seconds(self, step: Step) -> float:
        """What a step would take on AWS: its own time as measured here, and its calls by assumption. Steps of one name
        share their calls evenly."""
        calls = [call for call in self.calls if call.step == step.name]
        alike = sum(one.name == step.name for one in self.steps)
        megabytes = (sum(call.moved for call in calls) + self.units("read", step.name) * READ_UNIT_BYTES) / 1e6
        per_call, per_megabyte = (
            _PRICES["assumptions"][name]["value"] for name in ("seconds_per_call", "seconds_per_megabyte")
        )
        waiting: float = len(calls) * per_call + megabytes * per_megabyte
        return step.seconds + waiting / alike

    @property
    def usage(self) -> dict[str, float]:
        """What is charged, by the names of `prices.json`."""
        messages = sum(step.messages for step in self.steps if step.queued)
        return {
            "dynamodb_read_units": self.units("read"),
            "dynamodb_write_units": self.units("written"),
            **{name: self.requests("s3", *operations) for name, operations in _S3.items()},
            "lambda_requests": len(self.steps),
            "lambda_gb_seconds": sum(_gigabytes(step.function) * _billed(self.seconds(step)) for step in self.steps),
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


#: What a brief bears of what is done for several: the work, and the assumption that says how much of it.
SHARED = {"loading": "loads_per_brief", "building": "builds_per_brief"}


@dataclass(frozen=True, slots=True)
class Published:
    """One brief published among so many candidates; a load and a build of the snapshot. `table_read_units`: what
    reading everyone from the table would be."""

    candidates: int
    brief: Work
    loading: Work
    building: Work
    snapshot_bytes: int
    table_read_units: float

    @classmethod
    def of(cls, candidates: int, scenario: Scenario, calls: Sequence[Call]) -> Published:
        apart = {LOADING, BUILDING}

        def work(*functions: str) -> Work:
            return Work(
                [step for step in scenario.steps if step.function in functions],
                [call for call in calls if call.step in functions],
            )

        brief = Work(
            [step for step in scenario.steps if step.function not in apart],
            [call for call in calls if call.step not in apart],
        )
        return cls(
            candidates,
            brief,
            work(LOADING),
            work(BUILDING),
            scenario.snapshot_bytes,
            scenario.table_read_units,
        )

    @property
    def shares(self) -> dict[str, float]:
        """Dollars that the brief bears of loading and of building."""
        return {
            name: sum(getattr(self, name).price.values()) * _PRICES["assumptions"][assumption]["value"]
            for name, assumption in SHARED.items()
        }

    @property
    def usd(self) -> float:
        return sum(self.brief.price.values()) + sum(self.shares.values())

    @property
    def usd_from_table(self) -> float:
        """The same brief, were everyone read from the table for it: the units alone, without the time they take."""
        price = _PRICES["prices"]["dynamodb_read_units"]
        reading: float = self.table_read_units * price["usd"] / price["per"] * _PRICES["paris_factor"]["value"]
        return sum(self.brief.price.values()) + reading


def publish_one(candidates: int, *, straight: bool) -> Published:
    layouts = {name: Layout.of(name, declared) for name, declared in declared_tables().items()}
    with aws():
        recorder = Recorder(clients._make, layouts)
        # The application's metrics are lines of standard output, where the figures come.
        with recorder.in_force(), redirect_stdout(io.StringIO()):
            scenario = Scenario(candidates, recorder, straight=straight)
            scenario.run()
    published = Published.of(candidates, scenario, recorder.calls)
    if not scenario.matches or published.brief.requests("sesv2") != 1:
        raise AssertionError("nobody was proposed, or not one e-mail went: this is not the job that is to be counted")
    if published.loading.requests("s3", "get_object") != 1 or published.brief.requests("s3"):
        raise AssertionError("the snapshot was not loaded once, before the brief")
    return published


def main(arguments: Sequence[str]) -> int:
    # The application's own log lines would stand between the figures.
    logging.disable(logging.CRITICAL)
    console = Console()
    found = []
    for candidates in [int(one) for one in arguments] or POPULATIONS:
        with console.step(f"a brief among {candidates} candidates"):
            found.append(publish_one(candidates, straight=candidates >= STRAIGHT_FROM))
        if candidates == STRAIGHT_FROM:
            with console.step(f"the same, with {candidates} candidates who came through the API"):
                _compare(found[-1], publish_one(candidates, straight=False))
    for one in found:
        _tell(console, one)
    _table(console, found)
    if not arguments:
        plot(found, PLOT)
    figures: dict[str, Any] = {"benchmark": "units", "changes_since_the_snapshot": CHANGED}
    for one in found:
        figures |= _figures(one)
    console.line(json.dumps(figures))
    return 0


def _compare(one: Published, other: Published) -> None:
    """Raises AssertionError when people who were put straight into the tables cost something else."""
    for name in ("brief", *SHARED):
        if getattr(one, name).calls != getattr(other, name).calls:
            raise AssertionError(f"{name}: people put straight into the tables are not counted as others are")


def _figures(one: Published) -> dict[str, Any]:
    figures = {
        "read_units": one.brief.units("read"),
        "write_units": one.brief.units("written"),
        "usd_per_brief": round(one.usd, 6),
        "usd_without_shares": round(sum(one.brief.price.values()), 6),
        "usd_share_of_loading": round(one.shares["loading"], 6),
        "usd_share_of_building": round(one.shares["building"], 6),
        "load_read_units": one.loading.units("read"),
        "build_read_units": one.building.units("read"),
        "build_s3_requests": one.building.requests("s3"),
        "build_seconds": round(sum(one.building.seconds(step) for step in one.building.steps), 1),
        "snapshot_mb": round(one.snapshot_bytes / 1e6, 2),
        "table_read_units": one.table_read_units,
    }
    return {f"{name}_{one.candidates}": value for name, value in figures.items()}


def _tell(console: Console, one: Published) -> None:
    brief = one.brief
    console.title(f"One brief among {one.candidates} candidates")
    console.line(f"  {'step':<36} {'reads':>9} {'writes':>8} {'own, ms':>9} {'taken, ms':>10}")
    for name in dict.fromkeys(step.name for step in brief.steps):
        _step(console, brief, name)
    console.line(f"  {'in all':<36} {brief.units('read'):>9.1f} {brief.units('written'):>8.1f}")
    console.line(
        f"  {brief.transacted_on_indexes:.0f} writes are on indexes in transactions, doubled as those on tables are"
    )
    for name in SHARED:
        work: Work = getattr(one, name)
        _step(console, work, work.steps[0].name)
    console.line()
    console.line(f"  {'charged':<36} {'amount':>9} {'USD':>12}   basis")
    for name, dollars in brief.price.items():
        basis = "own time measured here, calls assumed" if name == "lambda_gb_seconds" else "counted"
        console.line(
            f"  {name:<36} {brief.usage[name]:>9.1f} {dollars:>12.8f}   {basis}, {_PRICES['prices'][name]['basis']}"
        )
    for name, dollars in one.shares.items():
        work, times = getattr(one, name), _PRICES["assumptions"][SHARED[name]]["value"]
        charged = ", ".join(
            f"{amount:g} {what}" for what, amount in work.usage.items() if amount and "lambda" not in what
        )
        console.line(
            f"  {'share of ' + name + ' a snapshot':<36} {times:>9.1f} {dollars:>12.8f}   of {charged}; assumption"
        )
    console.line(f"  {'in all, in Paris':<36} {'':>9} {one.usd:>12.8f}")


def _step(console: Console, work: Work, name: str) -> None:
    steps = [step for step in work.steps if step.name == name]
    own, taken = sum(step.seconds for step in steps) * 1000, sum(work.seconds(step) for step in steps) * 1000
    read, written = work.units("read", name), work.units("written", name)
    console.line(f"  {name:<36} {read:>9.1f} {written:>8.1f} {own:>9.0f} {taken:>10.0f}")


def _table(console: Console, found: Sequence[Published]) -> None:
    console.title("A brief, by how many candidates there are")
    console.line(
        f"  {'candidates':>10} {'reads':>8} {'writes':>8} {'USD':>10} {'of it loads':>12} {'and builds':>11}"
        f"   {'snapshot':>9} {'reads to build':>15} {'reads without index':>20}"
    )
    for one in found:
        console.line(
            f"  {one.candidates:>10,} {one.brief.units('read'):>8,.0f} {one.brief.units('written'):>8,.0f}"
            f" {one.usd:>10.6f} {one.shares['loading']:>12.6f} {one.shares['building']:>11.6f}"
            f"   {one.snapshot_bytes / 1e6:>6.2f} MB"
            f" {one.building.units('read'):>15,.0f} {one.table_read_units:>20,.0f}"
        )


def plot(found: Sequence[Published], file: Path) -> None:
    """Dollars of a brief by number of candidates, and read units. The same figures give the same bytes."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams.update({"svg.hashsalt": "plot-point", "font.size": 10, "axes.spines.top": False})
    matplotlib.rcParams.update({"axes.spines.right": False, "axes.titlesize": 11, "axes.titlelocation": "left"})
    figure = pyplot.figure(figsize=(11.5, 4.8), layout="constrained")
    money, units = figure.subplots(1, 2)
    _dollars(money, found)
    _reads(units, found)
    for axes in (money, units):
        axes.set_xlabel("people who may be proposed")
        axes.grid(axis="y", color="#e4e7eb", linewidth=0.8)
        axes.set_axisbelow(True)
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)


_BRIEF, _LOADS, _BUILDS, _WITHOUT = "#1f5f8b", "#d08c3f", "#e9c893", "#9aa5b1"
#: Of figures that are not what is done.
_TOLD = "#616e7c"


def _dollars(axes: Any, found: Sequence[Published]) -> None:
    """In thousandths: what a brief is made of, one upon the other, with the sum above."""
    parts: Mapping[str, tuple[str, list[float]]] = {
        "the brief itself": (_BRIEF, [sum(one.brief.price.values()) * 1000 for one in found]),
        "its share of loading a snapshot": (_LOADS, [one.shares["loading"] * 1000 for one in found]),
        "its share of building a snapshot": (_BUILDS, [one.shares["building"] * 1000 for one in found]),
    }
    places = range(len(found))
    below = [0.0] * len(found)
    for label, (colour, values) in parts.items():
        axes.bar(places, values, bottom=below, width=0.4, color=colour, label=label)
        below = [low + value for low, value in zip(below, values, strict=True)]
    instead = [one.usd_from_table * 1000 for one in found]
    axes.bar(
        [place + 0.4 for place in places],
        instead,
        width=0.3,
        color=_WITHOUT,
        label="everyone read from the table instead",
    )
    for place, total, other in zip(places, below, instead, strict=True):
        axes.annotate(f"{total:.2f}", (place, total), (0, 4), textcoords="offset points", ha="center")
        axes.annotate(
            f"{other:.2f}", (place + 0.4, other), (0, 4), textcoords="offset points", ha="center", color=_TOLD
        )
    axes.set_xticks([place + 0.15 for place in places], [f"{one.candidates:,}" for one in found])
    axes.set_ylim(bottom=0)
    axes.set_title("What a published project costs, in thousandths of a dollar")
    axes.legend(frameon=False, loc="upper left")


def _reads(axes: Any, found: Sequence[Published]) -> None:
    people = [one.candidates for one in found]
    for label, colour, style, values in (
        ("everyone read from the table", _WITHOUT, "--", [one.table_read_units for one in found]),
        ("building a snapshot", _BUILDS, "-", [one.building.units("read") for one in found]),
        ("a brief, with the snapshot in memory", _BRIEF, "-", [one.brief.units("read") for one in found]),
        ("loading a snapshot, and what changed since", _LOADS, "-", [one.loading.units("read") for one in found]),
    ):
        axes.plot(people, values, color=colour, linestyle=style, marker="o", markersize=4, label=label)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks(people, [f"{count:,}" for count in people])
    axes.minorticks_off()
    axes.set_title("Read units")
    axes.legend(frameon=False, loc="upper left")


def _gigabytes(function: str) -> float:
    """The memory of a function, as `.chalice/config.json` gives it."""
    config = json.loads((REPOSITORY / ".chalice" / "config.json").read_text(encoding="utf-8"))
    functions = config["stages"]["main"]["lambda_functions"]
    # A snapshot is loaded by whoever ranks.
    function = "match_on_brief_events" if function == LOADING else function
    return float(functions[function].get("lambda_memory_size", config["lambda_memory_size"])) / 1024


def _billed(seconds: float) -> float:
    """Lambda charges each begun millisecond."""
    return math.ceil(seconds * 1000) / 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
