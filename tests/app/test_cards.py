"""Freelancers get the card, and only the card, from any route."""

from __future__ import annotations

import base64
import json
from datetime import datetime, time, timedelta
from unittest.mock import patch

import pytest
from itsdangerous import URLSafeSerializer

from chalicelib.briefs import service
from chalicelib.briefs.schemas import ProjectCard
from chalicelib.briefs.views import CARD_FIELDS, FULL_FIELDS, REVEALED_FIELDS
from chalicelib.vocabulary.clock import PARIS
from tests.support.api import FREELANCER, PRODUCER, RIVAL, Answer, Person
from tests.support.environment import at
from tests.support.examples import SECRETS, brief_body, day, today
from tests.support.world import World, done


def test_the_card_has_the_designs_fields_and_the_publication_date(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()
    card = done(world.api.get(f"/projects/{brief['brief_id']}", FREELANCER))
    assert set(card) == set(ProjectCard.model_fields)
    assert card["published_on"] == today().isoformat()
    sent = brief_body()
    assert {name: card[name] for name in CARD_FIELDS} == {name: sent[name] for name in CARD_FIELDS}
    assert (card["stage"], card["live"]) == ("card", True)
    hidden = set(card) - {*CARD_FIELDS, "project_id", "published_on", "urgency", "reply_by", "stage", "live"}
    assert hidden == {*FULL_FIELDS, *REVEALED_FIELDS, "company"}
    assert {card[name] for name in hidden} == {None}


def test_only_a_verified_profile_reads_projects(world: World) -> None:
    world.company()
    brief = world.live_brief()
    other = Person("sub-other", "leo@courriel.test", ("freelancers",))
    world.profile(other, verified=False)
    for person in (FREELANCER, other):
        for path in ("/projects", f"/projects/{brief['brief_id']}"):
            answer = world.api.get(path, person)
            assert (answer.status, answer.json["code"]) == (403, "profile_not_verified")


def test_what_is_not_live_is_not_shown(world: World) -> None:
    world.company()
    world.profile()
    draft, closed = world.draft(), world.live_brief()
    world.api.post(f"/briefs/{closed['brief_id']}/close", person=PRODUCER)
    for brief in (draft, closed):
        assert world.api.get(f"/projects/{brief['brief_id']}", FREELANCER).status == 404
    assert done(world.api.get("/projects", FREELANCER))["projects"] == []


def test_a_project_whose_last_day_has_passed_is_not_shown_even_before_anything_records_it(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief(option_end_date=day(50))
    last_day = datetime.combine(today() + timedelta(days=50), time(23, 59), PARIS)
    for moment, status in ((last_day, 200), (last_day + timedelta(minutes=1), 404)):
        with at(moment):
            assert world.api.get(f"/projects/{brief['brief_id']}", FREELANCER).status == status
            assert len(done(world.api.get("/projects", FREELANCER))["projects"]) == (status == 200)
    with at(last_day + timedelta(minutes=1)):
        assert done(world.api.get(f"/briefs/{brief['brief_id']}", PRODUCER))["status"] == "expired"


def test_projects_come_by_role_most_pressing_first_and_all_of_them(world: World) -> None:
    world.company()
    world.profile()
    ends = {day(offset): world.live_brief(option_end_date=day(offset))["brief_id"] for offset in (90, 70, 80)}
    reader = world.live_brief(role="script-reader")["brief_id"]
    expected = [ends[end] for end in sorted(ends)]
    asked = done(world.api.get("/projects?role=literary-director", FREELANCER))["projects"]
    assert [card["project_id"] for card in asked] == expected
    every = done(world.api.get("/projects", FREELANCER))["projects"]
    assert {card["project_id"] for card in every} == {*expected, reader}


@pytest.mark.parametrize("query", ["?role=literary-director", "?"])
def test_pages_follow_one_another_without_a_gap_and_their_cursor_says_nothing_that_is_not_on_a_card(
    query: str, world: World
) -> None:
    world.company()
    world.profile()
    offsets = (90, 70, 80, 100)
    made = [world.live_brief(option_end_date=day(offset))["brief_id"] for offset in offsets]
    if query == "?":
        made.append(world.live_brief(role="script-reader")["brief_id"])
    found: list[str] = []
    cursor = ""
    with patch.object(service, "PAGE", 1):
        while True:
            page = done(world.api.get(f"/projects{query}{cursor}", FREELANCER))
            found += [card["project_id"] for card in page["projects"]]
            if page["cursor"] is None:
                break
            assert not [day(offset) for offset in offsets if day(offset) in decoded(page["cursor"])]
            cursor = f"&cursor={page['cursor']}"
    assert len(found) == len(made)
    assert set(found) == set(made)


def decoded(cursor: str) -> str:
    """What anyone can read in a cursor: it is signed, not hidden."""
    return json.dumps(URLSafeSerializer("anyone").load_payload(cursor.rpartition(".")[0].encode()))


def test_a_made_up_cursor_is_refused(world: World) -> None:
    world.profile()
    for position in ({"role": "chef"}, {"role": "literary-director", "after": "nowhere"}):
        text = json.dumps([f"projects:{FREELANCER.sub}:None", position])
        forged = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        answer = world.api.get(f"/projects?cursor={forged}", FREELANCER)
        assert (answer.status, answer.pointers) == (422, {"?cursor"}), position


def test_no_route_tells_a_freelancer_anything_confidential(world: World) -> None:
    company_id = world.company()
    world.profile()
    brief = world.live_brief(option_end_date=day(217))
    world.match()
    answers: list[Answer] = []
    for method, path, _ in world.api.routes():
        for language in ("fr", "en"):
            filled = "/".join(brief["brief_id"] if step.startswith("{") else step for step in path.split("/"))
            # The list of every broadcaster there is; the contract, whose example of a project has a rights status.
            if path not in ("/taxonomy", "/openapi.json"):
                answers.append(
                    world.api.call(
                        method,
                        filled,
                        {} if method in ("POST", "PUT", "PATCH") else None,
                        person=FREELANCER,
                        headers={"Accept-Language": language},
                    )
                )
    assert sum(answer.status == 200 for answer in answers) > 10
    secrets = [*SECRETS.values(), company_id, PRODUCER.sub, brief_body()["pitch"]["fr"], day(217), "optioned"]
    for answer in answers:
        everything = answer.content.decode() + json.dumps(dict(answer.headers))
        for secret in secrets:
            assert secret not in everything, secret
            assert json.dumps(secret)[1:-1] not in everything, secret


def test_two_projects_of_one_company_have_nothing_in_common_that_links_them(world: World) -> None:
    world.company()
    world.company(RIVAL, legal_name="Autre Rive", siren="418930277", email_domain="autre-rive.test")
    world.profile()
    cards = [
        done(world.api.get(f"/projects/{world.live_brief(producer)['brief_id']}", FREELANCER))
        for producer in (PRODUCER, PRODUCER, RIVAL)
    ]
    same_company, other_company = (
        {name for name in card if card[name] == cards[0][name]} for card in (cards[1], cards[2])
    )
    assert same_company == other_company
