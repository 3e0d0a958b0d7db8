"""The projects that are online as administrators look at them, without anybody's report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.briefs import online
from chalicelib.vocabulary.clock import utc_now
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Person
from tests.support.environment import at
from tests.support.examples import SECRETS, brief_body
from tests.support.world import World, done

NADIR = Person("sub-nadir", "nadir@plot-point.test", ("admins",))


def listed(world: World, query: str = "") -> list[str]:
    return [one["code_name"] for one in done(world.api.get(f"/admin/briefs{query}", ADMIN))["projects"]]


def read(world: World, brief_id: str) -> dict[str, Any]:
    return done(world.api.get(f"/admin/briefs/{brief_id}", ADMIN))


@pytest.fixture
def several(world: World) -> dict[str, str]:
    """Five projects, published in this order, of which the last two are not online."""
    world.company()
    names = ("Projet Goémon", "Projet Épave", "Projet Jetée", "Projet Fermé")
    found = {
        name: world.live_brief(code_name=name, role=role)["brief_id"]
        for name, role in zip(names, ("script-reader", *["literary-director"] * 3), strict=True)
    }
    world.api.post(f"/briefs/{found['Projet Fermé']}/close", person=PRODUCER)
    return found | {"Projet Tiroir": world.draft(code_name="Projet Tiroir")["brief_id"]}


def test_the_latest_published_comes_first_whatever_its_role(world: World, several: dict[str, str]) -> None:
    assert listed(world) == ["Projet Jetée", "Projet Épave", "Projet Goémon"]


def test_a_code_name_is_found_however_it_is_written(world: World, several: dict[str, str]) -> None:
    assert listed(world, "?text=EPAVE") == ["Projet Épave"]
    assert listed(world, "?text=tiroir") == []


def test_pages_follow_each_other_without_a_gap_though_a_project_comes_and_one_goes(
    world: World, several: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "PAGE", 2)
    first = done(world.api.get("/admin/briefs", ADMIN))
    assert [one["code_name"] for one in first["projects"]] == ["Projet Jetée", "Projet Épave"]
    world.live_brief(code_name="Projet Nouveau")
    world.api.post(f"/briefs/{several['Projet Épave']}/close", person=PRODUCER)
    second = done(world.api.get(f"/admin/briefs?cursor={first['cursor']}", ADMIN))
    assert [one["code_name"] for one in second["projects"]] == ["Projet Goémon"]
    assert second["cursor"] is None


def test_one_whose_deadline_has_passed_is_not_online_whatever_is_recorded(world: World) -> None:
    world.company()
    world.live_brief()
    with at(utc_now() + timedelta(days=400)):
        assert listed(world) == []


def test_an_administrator_reads_what_freelancers_read_with_what_should_not_stand_there(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()["brief_id"]
    found = read(world, brief)
    assert (found["status"], found["publication_no"]) == ("live", 1)
    assert found["read"]["stage"] == "full"
    assert found["read"]["pitch"]["fr"] == brief_body()["pitch"]["fr"]
    assert found["read"]["confidential_title"] is None
    card = done(world.api.get(f"/projects/{brief}", FREELANCER))
    assert found["read"]["logline"] == card["logline"]
    assert found["findings"] == []
    assert found["company"]["legal_name"] == SECRETS["legal_name"]
    assert found["company"]["may_publish"]


def test_what_has_come_to_tell_the_company_since_the_project_went_online_is_marked(world: World) -> None:
    world.company()
    text = "Une enquête au long cours portée par Les Films du Goéland, en Bretagne."
    brief = world.live_brief(pitch={"fr": text})["brief_id"]
    before = read(world, brief)["findings"]
    world.company(legal_name="Les Films du Goéland")
    found = [one for one in read(world, brief)["findings"] if one not in before]
    assert [(one["pointer"], one["concern"], one["severity"]) for one in found] == [("/pitch/fr", "identity", "block")]
    assert text[found[0]["start"] : found[0]["end"]] == found[0]["passage"]
    assert "Goéland" in found[0]["passage"]


def test_it_is_returned_without_a_report_and_the_decision_is_in_its_history(world: World) -> None:
    world.company()
    brief = world.live_brief()["brief_id"]
    assert read(world, brief)["measures"] == []
    body = {"ground": "misleading", "facts": "Le budget annoncé n’est pas celui du contrat.", "report_id": None}
    measure = done(world.api.post(f"/admin/briefs/{brief}/return", body, ADMIN))
    assert measure["statement"]["prompted_by"] == "own_initiative"
    [past] = done(world.api.get(f"/admin/briefs/{brief}", NADIR))["measures"]
    assert (past["measure_id"], past["kind"], past["in_force"]) == (measure["measure_id"], "brief", True)
    assert past["ground"] == measure["statement"]["ground"]["label"]


def test_the_history_of_another_project_of_the_company_is_not_mixed_in(world: World) -> None:
    company = world.company()
    one, other = (world.live_brief(code_name=name)["brief_id"] for name in ("Projet Goémon", "Projet Épave"))
    body = {"ground": "misleading", "facts": "Le budget annoncé n’est pas celui du contrat."}
    done(world.api.post(f"/admin/briefs/{other}/return", body, ADMIN))
    suspension = {"ground": "misleading", "facts": "Trois projets au budget inventé."}
    done(world.api.post(f"/admin/companies/{company}/suspend", suspension, ADMIN))
    found = read(world, one)
    assert [past["kind"] for past in found["measures"]] == ["company"]
    assert found["company"]["company_id"] == company


def test_a_draft_is_its_companys_alone(world: World) -> None:
    world.company()
    draft = world.draft()["brief_id"]
    assert world.api.get(f"/admin/briefs/{draft}", ADMIN).status == 404
    assert world.api.get("/admin/briefs/01M890MRE0PE83GV91X3G5HANS", ADMIN).status == 404
