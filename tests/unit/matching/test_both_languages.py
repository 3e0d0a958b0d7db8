"""The demo's two projects, told in French and told in English: the same people come."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.matching.ranking import rank
from chalicelib.matching.seats import allocate
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.weights import weights
from chalicelib.vocabulary.taxonomy import taxonomy
from infra.local.demo_data import DemoData
from tests.unit.matching.examples import TODAY, segment

DEMO = DemoData(TODAY)


def population() -> list[CandidateSnapshot]:
    """The demo's freelancers, each credit at the level that its story verifies."""
    people = []
    for number, entry in enumerate(DEMO.profiles):
        credits = [
            {**credit, "credit_id": f"{place:02}", "verification": credit["level"]}
            for place, credit in enumerate(entry["credits"])
        ]
        facts: dict[str, Any] = {**entry["profile"], "profile_id": f"demo-{number:02}", "verification": "verified"}
        facts["levels"] = dict.fromkeys(facts["roles"], ("junior", "mid", "senior")[number % 3])
        people.append(CandidateSnapshot.from_item({**facts, "credits": credits}))
    return people


def told_in(language: str, brief: dict[str, Any]) -> BriefSnapshot:
    window = brief["start_window"]
    return BriefSnapshot.from_item(
        {
            **brief,
            "brief_id": brief["code_name"],
            "version": 1,
            "deadline": brief.get("option_end_date") or window["until"],
            "start_from": window["from"],
            "start_until": window["until"],
            "logline": {language: brief["logline"][language]},
            "pitch": {language: brief["pitch"][language]} if brief["pitch"].get(language) else {},
        }
    )


@pytest.mark.parametrize("brief", [one["brief"] for one in DEMO.briefs], ids=lambda brief: brief["code_name"])
def test_french_and_english_wordings_of_a_project_share_at_least_six_of_eight_seats(brief: dict[str, Any]) -> None:
    everyone = [segment(*population())]
    seats = []
    for language in ("fr", "en"):
        project = told_in(language, brief)
        ranking = rank(project, everyone, weights=weights(), taxonomy=taxonomy(), today=TODAY)
        allocation = allocate(ranking, weights=weights(), seed="one lot for both")
        seats.append({seat.placed.profile_id for seat in allocation.seats})
    assert len(seats[0]) == len(seats[1]) == 8
    assert len(seats[0] & seats[1]) >= 6
