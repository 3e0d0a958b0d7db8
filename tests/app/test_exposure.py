"""Administrators read who is shown against who could be proposed, through the route and for real."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.vocabulary.clock import utc_now
from tests.support.api import ADMIN, PRODUCER, Person
from tests.support.environment import at
from tests.support.examples import SECRETS, day, today
from tests.support.tables import rows
from tests.support.world import World, done

ZOE = Person("sub-zoe", "zoe@courriel.test", ("freelancers",))
LEO = Person("sub-leo", "leo@courriel.test", ("freelancers",))


def exposure(world: World, query: str = "") -> dict[str, Any]:
    return done(world.api.get(f"/admin/exposure{query}", ADMIN))


@pytest.fixture
def shown(world: World) -> dict[str, Any]:
    """A project for which a junior of Bretagne and an intermediate of Corse are proposed."""
    world.company()
    world.profile(ZOE, display_name="Zoé Maréchal", credits=({"started_year": None},))
    world.profile(LEO, display_name="Léo Sarde", region="corse", credits=({"started_year": today().year - 4},))
    brief = world.live_brief()
    world.match()
    return brief


def test_a_published_project_counts_its_seats_against_who_could_be_proposed(
    shown: dict[str, Any], world: World
) -> None:
    told = exposure(world)
    assert (told["from"], told["until"]) == (day(-29), day(0))
    assert (told["projects"], told["seats"], told["people_shown"], told["most_shown_share"]) == (1, 2, 2, 1.0)
    assert [(one["id"], one["seats"], one["eligible"], one["ratio"]) for one in told["levels"]] == [
        ("junior", 1, 1, 1.0),
        ("mid", 1, 1, 1.0),
    ]
    assert [(one["id"], one["labels"]["fr"], one["share_shown"]) for one in told["regions"]] == [
        ("bretagne", "Bretagne", 0.5),
        ("corse", "Corse", 0.5),
    ]
    assert told["levels"][1]["labels"] == {"fr": "Intermédiaire", "en": "Intermediate"}
    assert told["concentration"]["at_least"]["people"] == 2
    assert told["juniors"] == {
        "projects": 1,
        "projects_showing_one": 1,
        "rank": 1,
        "junior_seat": 0,
        "rotation": 0,
        "again": 0,
    }


def test_a_project_that_is_edited_and_matched_again_the_same_day_counts_once(
    shown: dict[str, Any], world: World
) -> None:
    before = exposure(world)
    for number in range(3):
        done(world.api.patch(f"/briefs/{shown['brief_id']}", {"code_name": f"Projet {number}"}, PRODUCER))
        world.match()
    assert exposure(world) == before


def test_only_the_days_that_are_asked_for_count(shown: dict[str, Any], world: World) -> None:
    assert exposure(world, f"?from={day(0)}&until={day(0)}")["projects"] == 1
    assert exposure(world, f"?until={day(365)}&from={day(0)}")["projects"] == 1
    nothing = exposure(world, f"?until={day(-1)}")
    assert (nothing["from"], nothing["until"]) == (day(-30), day(-1))
    assert (nothing["projects"], nothing["seats"], nothing["most_shown_share"], nothing["levels"]) == (0, 0, None, [])
    assert nothing["concentration"] == {"at_least": None, "at_most": None}
    with at(utc_now() + timedelta(days=40)):
        assert exposure(world)["projects"] == 0


def test_exposure_keeps_ids_and_counts_and_tells_no_name_and_no_project(shown: dict[str, Any], world: World) -> None:
    [kept] = [row for row in rows("MatchingTable") if str(row["pk"]).startswith("EXPOSURE#")]
    assert kept["expires_at"] > utc_now().timestamp()
    answer = world.api.get("/admin/exposure", ADMIN).content
    for secret in (*SECRETS.values(), "Zoé", "Sarde", ZOE.email, ZOE.sub, "Goémon"):
        assert secret not in str(kept)
        assert secret not in str(answer)
    assert shown["brief_id"] not in str(answer)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?from=hier", {"?from": "wrong_date"}),
        ("?from=2026-02-30", {"?from": "wrong_date"}),
        ("?from=20260201", {"?from": "wrong_date"}),
        ("?until=2026-W05-1", {"?until": "wrong_date"}),
        ("?until=1764000000", {"?until": "wrong_date"}),
        ("?until=2026-11-23T00:00:00", {"?until": "wrong_date"}),
        ("?until=", {"?until": "wrong_date"}),
        ("?from=1899-12-31", {"?from": "too_small"}),
        ("?from=2026-11-02&until=2026-11-01", {"?until": "end_before_start"}),
        ("?from=2199-01-01", {"?from": "end_before_start"}),
        ("?from=2025-01-01&until=2026-01-02", {"?from": "period_too_long"}),
        ("?from=2026-01-01&from=2026-01-02", {"?from": "given_twice"}),
        ("?level=junior", {"?level": "unknown_field"}),
    ],
)
def test_a_wrong_period_is_refused_by_name(query: str, expected: dict[str, str], world: World) -> None:
    answer = world.api.get(f"/admin/exposure{query}", ADMIN)
    assert answer.status == 422
    assert answer.codes == expected


def test_a_year_and_a_day_is_the_longest_period(world: World) -> None:
    assert exposure(world, "?from=2025-01-01&until=2026-01-01")["seats"] == 0
