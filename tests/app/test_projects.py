"""Projects as freelancers find and read them, stage by stage: through the routes."""

from __future__ import annotations

import json
from datetime import timedelta
from unittest.mock import patch

import pytest
from itsdangerous import URLSafeSerializer

from chalicelib.briefs import confidentiality, service
from chalicelib.briefs import wiring as briefs
from chalicelib.composition import for_briefs
from chalicelib.vocabulary.clock import utc_now
from tests.support.api import ADMIN, FREELANCER, PRODUCER, RIVAL, Answer, Person
from tests.support.environment import at
from tests.support.examples import SECRETS, brief_body, day
from tests.support.tables import dump, events
from tests.support.world import World, done

LEO = Person("sub-leo", "leo@courriel.test", ("freelancers",))
DETAIL = "Deux lectures du traitement, puis un suivi hebdomadaire."


def accept(world: World, project_id: str, person: Person = FREELANCER, version: str | None = None) -> Answer:
    version = version or confidentiality.in_force().version
    return world.api.post(f"/projects/{project_id}/confidentiality", {"version": version}, person)


@pytest.fixture
def project(world: World) -> str:
    """A live project of a company that says much of itself, and two verified freelancers."""
    world.company(
        other_names=["Falaise"],
        acronyms=["FRF"],
        people=["Claire Aubenas"],
        addresses=["3 rue du Phare, 29200 Brest"],
        website="https://www.falaise-site.test/equipe",
        domains=["falaise-autre.test"],
        handles=["@falaiserouge"],
    )
    world.profile()
    world.profile(LEO, display_name="Léo Tanguy", credits=({"title": "Les Eaux grises"},))
    brief_id: str = world.live_brief(detailed_tasks={"fr": DETAIL}, option_end_date=day(217))["brief_id"]
    return brief_id


def test_the_terms_are_read_then_accepted_and_open_the_full_brief(world: World, project: str) -> None:
    path = f"/projects/{project}"
    terms = done(world.api.get(f"{path}/confidentiality", FREELANCER))
    assert (terms["accepted"], terms["in_force"]) == (None, False)
    assert done(world.api.get(path, FREELANCER))["pitch"] is None
    accepted = done(accept(world, project))
    assert accepted["in_force"] and accepted["accepted"]["version"] == terms["version"]
    assert done(world.api.get(f"{path}/confidentiality", FREELANCER)) == accepted
    full = done(world.api.get(path, FREELANCER))
    assert (full["stage"], full["live"]) == ("full", True)
    assert full["pitch"]["fr"] == brief_body()["pitch"]["fr"]
    assert full["detailed_tasks"]["fr"] == DETAIL
    assert (full["rights_status"], full["option_end_date"]) == ("optioned", day(217))
    assert full["company"] is full["confidential_title"] is full["targeted_broadcaster"] is None
    assert done(world.api.get(path, LEO))["stage"] == "card"
    [listed] = done(world.api.get("/projects", FREELANCER))["projects"]
    assert listed["stage"] == "card" and listed["pitch"] is None


def test_an_acceptance_is_kept_once_with_who_and_when_and_shown_to_administrators(world: World, project: str) -> None:
    first = done(accept(world, project))
    before = dump()
    with at(utc_now() + timedelta(hours=1)):
        assert done(accept(world, project)) == first
    assert dump() == before
    [fact] = [one for one in events("BriefsTable") if one["event_type"] == "brief.confidentiality_accepted"]
    assert (fact["actor_sub"], fact["payload"]) == (
        FREELANCER.sub,
        {"brief_id": project, "terms_version": first["version"]},
    )
    told = done(world.api.get(f"/admin/audit?brief_id={project}", ADMIN))["entries"]
    assert "brief.confidentiality_accepted" in json.dumps(told)


def test_terms_that_have_changed_are_refused_with_the_version_in_force(world: World, project: str) -> None:
    answer = accept(world, project, version="2026-01-1")
    assert (answer.status, answer.json["code"]) == (409, "terms_outdated")
    assert confidentiality.in_force().version in answer.json["title"]
    assert done(world.api.get(f"/projects/{project}", FREELANCER))["stage"] == "card"


def test_nobody_whose_profile_is_not_verified_reads_or_accepts_the_terms(world: World, project: str) -> None:
    other = Person("sub-other", "zoe@courriel.test", ("freelancers",))
    world.profile(other, verified=False)
    for answer in (world.api.get(f"/projects/{project}/confidentiality", other), accept(world, project, other)):
        assert (answer.status, answer.json["code"]) == (403, "profile_not_verified")


def test_of_what_is_not_live_there_are_no_terms(world: World, project: str) -> None:
    draft = world.draft()["brief_id"]
    done(accept(world, project))
    world.api.post(f"/briefs/{project}/close", person=PRODUCER)
    for project_id in (draft, project):
        assert world.api.get(f"/projects/{project_id}/confidentiality", FREELANCER).status == 404
        assert accept(world, project_id).status == 404
        assert world.api.get(f"/projects/{project_id}", FREELANCER).status == 404


class Revealed:
    """Names were told to one freelancer."""

    def revealed_to(self, sub: str, _brief_id: str, /) -> bool:
        return sub == FREELANCER.sub


def test_after_the_reveal_the_names_are_read_by_whoever_they_were_told_to_and_also_once_it_is_over(
    world: World, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(for_briefs, "reveals", Revealed)
    briefs.service.cache_clear()
    done(accept(world, project))
    done(accept(world, project, LEO))
    seen = done(world.api.get(f"/projects/{project}", FREELANCER))
    assert (seen["stage"], seen["confidential_title"], seen["targeted_broadcaster"]) == (
        "revealed",
        SECRETS["confidential_title"],
        SECRETS["targeted_broadcaster"],
    )
    assert seen["company"] == {
        "legal_name": SECRETS["legal_name"],
        "other_names": ["Falaise"],
        "siren": SECRETS["siren"],
        "domain": SECRETS["email_domain"],
        "website": "https://www.falaise-site.test/equipe",
        "addresses": ["3 rue du Phare, 29200 Brest"],
        "people": ["Claire Aubenas"],
        "emails": [SECRETS["member"]],
    }
    other = world.api.get(f"/projects/{project}", LEO)
    assert done(other)["stage"] == "full"
    assert not [one for one in SECRETS.values() if one in other.content.decode()]
    world.api.post(f"/briefs/{project}/fill", person=PRODUCER)
    assert done(world.api.get(f"/projects/{project}", FREELANCER)) == {**seen, "live": False, "reply_by": None}
    assert world.api.get(f"/projects/{project}", LEO).status == 404
    assert done(world.api.get("/projects", FREELANCER))["projects"] == []
    briefs.service.cache_clear()


# ---- looking for projects


def ids(answer: Answer) -> list[str]:
    return [one["project_id"] for one in done(answer)["projects"]]


def test_projects_are_found_by_what_their_cards_say(world: World, project: str) -> None:
    other = world.live_brief(
        role="script-reader",
        genres=["romance"],
        format="series-52",
        budget={"min": 900, "max": 1500, "unit": "week"},
        start_window={"from": day(90), "until": day(120)},
        levels=["junior"],
        languages=["fr", "en"],
        working_mode="on-set",
        region="normandie",
    )["brief_id"]
    found = {
        "genre=crime": [project],
        "genre=romance": [other],
        "genre=crime,romance": [project, other],
        "role=script-reader": [other],
        "role=script-reader,literary-director&genre=crime": [project],
        "format=series-52": [other],
        "level=junior": [other],
        "level=junior,senior": [project, other],
        "language=en": [other],
        "language=fr": [project, other],
        "working_mode=remote": [project],
        "working_mode=remote,on-set&region=normandie": [other],
        "region=bretagne": [project],
        "rate_min=400&rate_unit=day": [project],
        "rate_min=401&rate_unit=day": [],
        "rate_min=1000&rate_unit=week": [other],
        f"start_from={day(60)}": [other],
        f"start_until={day(60)}": [project],
        "universe=seaside&tone=dark&genre=romance": [other],
        "universe=hospital": [],
    }
    for query, expected in found.items():
        assert sorted(ids(world.api.get(f"/projects?{query}", FREELANCER))) == sorted(expected), query


@pytest.mark.parametrize(
    "query", ["genre=crime&genre=romance", "rate_min=300", "order=best", "genre=unknown", "region=atlantis"]
)
def test_what_cannot_be_looked_for_is_refused(query: str, world: World) -> None:
    world.profile()
    answer = world.api.get(f"/projects?{query}", FREELANCER)
    assert (answer.status, answer.json["code"]) == (422, "invalid")


def test_what_fits_the_reader_comes_first_in_the_order_of_the_scores_that_each_project_tells(
    world: World, project: str
) -> None:
    made = {
        project,
        world.live_brief(genres=["romance"], tones=["light"], universes=["hospital"])["brief_id"],
        world.live_brief(format="series-52", tasks=["coverage"], option_end_date=day(100))["brief_id"],
        world.live_brief(languages=["fr", "en"])["brief_id"],
        world.live_brief(role="script-reader")["brief_id"],
    }
    listed = ids(world.api.get("/projects?order=fits_me", FREELANCER))
    assert set(listed) == made and len(listed) == len(made)
    fits = [done(world.api.get(f"/projects/{one}/fit", FREELANCER)) for one in listed]
    keys = [(bool(one["obstacles"]), -one["standing"]["score"]) for one in fits]
    assert keys == sorted(keys)
    assert keys[-1][0] and not keys[0][0]
    assert listed[0] == project


def test_the_pages_by_fit_follow_without_a_gap_and_their_cursor_holds_ids_that_were_shown(
    world: World, project: str
) -> None:
    offsets = (90, 70, 80, 100)
    made = {project, *(world.live_brief(option_end_date=day(offset))["brief_id"] for offset in offsets)}
    whole = ids(world.api.get("/projects?order=fits_me", FREELANCER))
    found: list[str] = []
    cursor = ""
    with patch.object(service, "PAGE", 2):
        while True:
            page = done(world.api.get(f"/projects?order=fits_me{cursor}", FREELANCER))
            found += [card["project_id"] for card in page["projects"]]
            if page["cursor"] is None:
                break
            payload = page["cursor"].rpartition(".")[0].encode()
            assert URLSafeSerializer("anyone").load_payload(payload) == {"after": found[-1], "shown": len(found)}
            cursor = f"&cursor={page['cursor']}"
    assert found == whole
    assert set(found) == made


def test_what_a_company_hides_moves_no_place_among_what_fits(world: World, project: str) -> None:
    """Two projects whose cards are the same stand side by side, whoever is behind them and whatever they keep back."""
    world.company(RIVAL, legal_name="Ateliers du Phare", siren="418930277", email_domain="phare.test")
    worked_with = world.live_brief(
        RIVAL, pitch={"fr": "Une gendarme et son père marin face à un naufrage jamais expliqué."}
    )["brief_id"]
    fits = [
        done(world.api.get(f"/projects/{one}/fit", FREELANCER))["standing"]["score"] for one in (project, worked_with)
    ]
    assert fits[0] == fits[1]
    assert ids(world.api.get("/projects?order=fits_me", FREELANCER)) == sorted([project, worked_with])
