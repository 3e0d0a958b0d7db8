"""The main job as it is counted: the same at each run, and whichever way its people came."""

from __future__ import annotations

import pytest

from benchmarks import scenario as counted
from benchmarks.counting import Layout
from benchmarks.recording import Call, Recorder
from benchmarks.scenario import Scenario
from chalicelib.platform import clients
from tests.support.environment import aws
from tests.support.tables import declared_tables


def calls(people: int, *, straight: bool) -> tuple[list[Call], Scenario]:
    layouts = {name: Layout.of(name, declared) for name, declared in declared_tables().items()}
    with aws():
        recorder = Recorder(clients._make, layouts)
        with recorder.in_force():
            scenario = Scenario(people, recorder, straight=straight)
            scenario.run()
    return recorder.calls, scenario


def test_people_put_straight_into_the_tables_cost_a_brief_what_people_who_came_through_the_api_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counted, "DIFFERENT", 16)  # some are there again under other ids
    usual, through_the_api = calls(40, straight=False)
    straight, beside_it = calls(40, straight=True)
    assert straight == usual
    assert beside_it.matches == through_the_api.matches
    assert beside_it.snapshot_bytes == through_the_api.snapshot_bytes
    assert len({match["profile"]["profile_id"] for match in beside_it.matches}) == 8
    assert {call.service for call in usual} >= {"dynamodb", "s3", "sns", "sqs", "sesv2"}
