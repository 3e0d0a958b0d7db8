"""The price of a brief: what it is made of, and what it bears of work that is done for several."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import units
from benchmarks.counting import Cost
from benchmarks.recording import Call
from benchmarks.scenario import BUILDING, LOADING, Step
from benchmarks.units import Published, Work
from infra.local.state import REPOSITORY

PRICES: dict[str, Any] = json.loads(Path(units.__file__).with_name("prices.json").read_text(encoding="utf-8"))
PARIS = PRICES["paris_factor"]["value"]


def s3(step: str, *operations: str) -> list[Call]:
    return [Call(step, "s3", operation) for operation in operations]


def published(**changes: Any) -> Published:
    reading = Call("POST /briefs", "dynamodb", "query", read={"BriefsTable": Cost(8.0)})
    parts: dict[str, Any] = {
        "candidates": 10,
        "brief": Work([Step("api_handler", "POST /briefs", 0, False, 0.1)], [reading]),
        "loading": Work([Step(LOADING, None, 0, False, 0.5)], s3(LOADING, "get_object")),
        "building": Work([Step(BUILDING, None, 0, False, 20.0)], s3(BUILDING, "put_object", "list_objects_v2")),
        "snapshot_bytes": 1_000_000,
        "table_read_units": 4_000.0,
    }
    return Published(**(parts | changes))


def test_s3_is_charged_for_reading_and_for_writing_or_listing_and_not_for_deleting() -> None:
    work = Work([], s3("any", "get_object", "put_object", "list_objects_v2", "delete_objects"))
    assert (work.usage["s3_reads"], work.usage["s3_writes"]) == (1, 2)
    price = PRICES["prices"]
    assert work.price["s3_writes"] == pytest.approx(2 * price["s3_writes"]["usd"] / price["s3_writes"]["per"] * PARIS)


def test_a_brief_bears_of_loads_and_builds_what_the_assumptions_say() -> None:
    one = published()
    loads, builds = (PRICES["assumptions"][name]["value"] for name in ("loads_per_brief", "builds_per_brief"))
    assert one.shares == {
        "loading": pytest.approx(sum(one.loading.price.values()) * loads),
        "building": pytest.approx(sum(one.building.price.values()) * builds),
    }
    assert one.usd == pytest.approx(sum(one.brief.price.values()) + sum(one.shares.values()))


def test_reading_everyone_instead_is_the_brief_and_as_many_read_units() -> None:
    one, per_unit = published(), PRICES["prices"]["dynamodb_read_units"]["usd"] / 1_000_000
    assert one.usd_from_table - sum(one.brief.price.values()) == pytest.approx(4_000 * per_unit * PARIS)


def test_a_load_is_charged_the_memory_of_the_function_that_ranks_and_a_build_that_of_the_builder() -> None:
    config = json.loads((REPOSITORY / ".chalice" / "config.json").read_text(encoding="utf-8"))
    functions = config["stages"]["main"]["lambda_functions"]
    ranks, builds = (functions[name]["lambda_memory_size"] for name in ("match_on_brief_events", BUILDING))
    one = published(
        loading=Work([Step(LOADING, None, 0, False, 0.5)], []),
        building=Work([Step(BUILDING, None, 0, False, 20.0)], []),
    )
    assert one.loading.usage["lambda_gb_seconds"] == pytest.approx(0.5 * ranks / 1024)
    assert one.building.usage["lambda_gb_seconds"] == pytest.approx(20.0 * builds / 1024)


def test_a_step_takes_its_own_time_and_that_of_its_calls_and_of_what_they_carry() -> None:
    calls = [
        Call(LOADING, "s3", "get_object", moved=2_000_000),
        Call(LOADING, "dynamodb", "query", read={"CandidatesTable": Cost(250.0)}),
        Call("other", "dynamodb", "get_item", read={"CandidatesTable": Cost(1.0)}),
    ]
    work = Work([Step(LOADING, None, 0, False, 0.5)], calls)
    a_call, a_megabyte = (PRICES["assumptions"][name]["value"] for name in ("seconds_per_call", "seconds_per_megabyte"))
    assert work.seconds(work.steps[0]) == pytest.approx(0.5 + 2 * a_call + (2.0 + 250 * 0.004096) * a_megabyte)


def test_every_price_and_assumption_says_where_it_comes_from() -> None:
    assert {one["basis"] for one in PRICES["prices"].values()} <= {"cited", "assumption"}
    assert all(one["source"] for one in (*PRICES["prices"].values(), *PRICES["assumptions"].values()))
    assert set(PRICES["prices"]) == set(published().brief.usage)


def test_the_same_figures_give_the_same_plot(tmp_path: Path) -> None:
    found = [published(candidates=people, table_read_units=people / 2) for people in (100, 1_000)]
    # Nothing is zero on an axis of powers of ten.
    read = Work(found[0].loading.steps, [Call(LOADING, "dynamodb", "get_item", read={"CandidatesTable": Cost(1.0)})])
    found = [published(candidates=one.candidates, loading=read, building=read) for one in found]
    for name in ("one.svg", "other.svg"):
        units.plot(found, tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()
