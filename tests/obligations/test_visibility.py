"""Who sees whom and who did: what the law asks of it, by row of the obligations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from tests.app.test_conversations import OTHER, Directory, Story
from tests.support.api import FREELANCER, PRODUCER, RIVAL, Api, Person
from tests.support.examples import SECRETS
from tests.support.tables import events, rows
from tests.support.world import World, done

RIVAL_COMPANY = {"legal_name": "Autre Rive", "siren": "418930277", "email_domain": "autre-rive.test"}


@pytest.fixture
def story(world: World) -> Iterator[Story]:
    from chalicelib.accounts import wiring

    with patch.object(wiring, "CognitoDirectory", Directory):
        wiring.queries.cache_clear()
        yield Story(world)
    wiring.queries.cache_clear()


def what_a_freelancer_reads(story: Story, person: Person = FREELANCER) -> list[bytes]:
    """Every byte of projects, how one suits them, conversations and notices."""
    paths = (
        "/projects",
        "/projects?order=fits_me",
        f"/projects/{story.brief_id}",
        f"/projects/{story.brief_id}/fit",
        "/conversations",
        "/profiles/mine",
        "/me/views",
    )
    answers = [story.api.get(path, person) for path in paths]
    assert {one.status for one in answers} == {200}
    fits = [one["payload"] for one in events("MatchingTable") if one["event_type"] == "matching.project_fits"]
    return [*(one.content for one in answers), str(fits).encode()]


def ranks(api: Api, brief_id: str, person: Person) -> list[tuple[str, int, float]]:
    matches = done(api.get(f"/briefs/{brief_id}/matches", person))["matches"]
    return [(one["profile"]["profile_id"], one["rank"], one["score"]) for one in matches]


# 3. Refusing has no effect at all ---------------------------------------------------------------------------------


def test_row_3_a_block_has_no_effect_anywhere_else_and_lifting_it_restores_the_same_ranks(story: Story) -> None:
    story.world.company(RIVAL, **RIVAL_COMPANY)
    rival = story.world.live_brief(RIVAL, code_name="Projet Brisants")["brief_id"]
    story.world.match()
    theirs, ours = ranks(story.api, rival, RIVAL), ranks(story.api, story.brief_id, PRODUCER)
    block_id = done(story.api.post("/me/blocks", {"siren": SECRETS["siren"]}, FREELANCER))["block_id"]
    story.world.match()
    assert ranks(story.api, rival, RIVAL) == theirs
    mine = story.profile["profile_id"]
    # Whoever stays keeps every point that they had.
    assert [score for *_, score in ranks(story.api, story.brief_id, PRODUCER)] == [
        score for who, _, score in ours if who != mine
    ]
    done(story.api.delete(f"/me/blocks/{block_id}", FREELANCER))
    story.world.match()
    assert ranks(story.api, story.brief_id, PRODUCER) == ours


def test_row_3_a_pause_costs_neither_verification_nor_conversations_and_resuming_restores_the_same_ranks(
    story: Story,
) -> None:
    thread_id = story.interest()["conversation_id"]
    before, conversation = (
        ranks(story.api, story.brief_id, PRODUCER),
        story.api.get(f"/conversations/{thread_id}", PRODUCER),
    )
    done(story.api.post("/profiles/mine/pause", {}, FREELANCER))
    story.world.match()
    assert done(story.api.get("/profiles/mine", FREELANCER))["status"] == "verified"
    assert story.api.get(f"/conversations/{thread_id}", PRODUCER).content == conversation.content
    assert len(ranks(story.api, story.brief_id, PRODUCER)) == len(before) - 1
    done(story.api.post("/profiles/mine/resume", person=FREELANCER))
    story.world.match()
    assert ranks(story.api, story.brief_id, PRODUCER) == before


# 7. A person sees who viewed their profile ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/briefs/{brief}/matches", "/briefs/{brief}/matches/{profile}", "/profiles/{profile}"],
)
def test_row_7_a_person_sees_who_viewed_their_profile_by_whichever_way(path: str, story: Story) -> None:
    assert done(story.api.get("/me/views", FREELANCER))["views"] == []
    profile_id = story.profile["profile_id"]
    done(story.api.get(path.format(brief=story.brief_id, profile=profile_id), PRODUCER))
    [view] = done(story.api.get("/me/views", FREELANCER))["views"]
    assert view["viewer"]["code_name"] == story.brief["code_name"]


@pytest.mark.parametrize("path", ["/conversations/{thread}", "/conversations", "/briefs/{brief}/conversations"])
def test_row_7_a_person_sees_who_was_given_their_name_in_a_conversation(path: str, story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    assert done(story.api.get("/me/views", FREELANCER))["views"] == []
    done(story.api.get(path.format(thread=thread_id, brief=story.brief_id), PRODUCER))
    assert len(done(story.api.get("/me/views", FREELANCER))["views"]) == 1
    assert done(story.api.get("/me/views", OTHER))["views"] == []


def test_row_7_whoever_reads_a_profile_is_told_that_it_is_noted(api: Api) -> None:
    described = done(api.get("/openapi.json"))["paths"]
    for path in ("/briefs/{brief_id}/matches", "/briefs/{brief_id}/matches/{profile_id}", "/profiles/{profile_id}"):
        said = " ".join(described[path]["get"]["description"].split())
        assert "is noted" in said, path
        assert "/me/views" in said, path


def test_row_7_what_is_noted_and_blocked_is_opaque_in_facts_and_gone_after_twelve_months(story: Story) -> None:
    done(story.api.get(f"/briefs/{story.brief_id}/matches", PRODUCER))
    done(story.api.post("/me/blocks", {"name": "Autre Rive"}, FREELANCER))
    items = rows("VisibilityTable")
    assert all("expires_at" in one for one in items if one["sk"].startswith("VIEW#"))
    for fact in events("VisibilityTable"):
        assert set(fact["payload"]) == {"profile_id", "block_id"}
        assert "Rive" not in str(fact)


# 12. Anonymity is the product -------------------------------------------------------------------------------------


def test_row_12_who_saw_somebody_is_told_without_the_company_before_the_reveal(story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    for path in (
        f"/briefs/{story.brief_id}/matches",
        f"/profiles/{story.profile['profile_id']}",
        f"/conversations/{thread_id}",
    ):
        done(story.api.get(path, PRODUCER))
    done(story.api.post("/me/blocks", {"conversation_id": thread_id}, FREELANCER))
    company_id = done(story.api.get("/companies/mine", PRODUCER))["company_id"]
    for path in ("/me/views", "/me/blocks"):
        answer = story.api.get(path, FREELANCER).content.decode()
        assert story.brief["code_name"] in answer
        for secret in (*SECRETS.values(), company_id, PRODUCER.sub, "falaise"):
            assert secret.lower() not in answer.lower(), (path, secret)


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        ({"siren": SECRETS["siren"]}, {"siren": "732829320"}),
        ({"name": SECRETS["legal_name"]}, {"name": "Une Maison Que Nul Ne Connaît"}),
    ],
    ids=["siren", "name"],
)
def test_row_12_a_block_answers_the_same_whether_or_not_the_company_exists(
    known: dict[str, str], unknown: dict[str, str], story: Story
) -> None:
    answers = []
    for said in (known, unknown):
        answer = story.api.post("/me/blocks", said, FREELANCER)
        body = {**answer.json, "block_id": "", "blocked_at": "", **dict.fromkeys(said, "")}
        answers.append((answer.status, body, sorted(answer.headers)))
    assert answers[0] == answers[1]


def test_row_12_a_block_looks_nothing_up_so_that_not_even_the_time_it_takes_tells(story: Story) -> None:
    from chalicelib.companies.repository import CompanyRepository

    with (
        patch.object(CompanyRepository, "get", side_effect=AssertionError),
        patch.object(CompanyRepository, "verified_as", side_effect=AssertionError),
    ):
        done(story.api.post("/me/blocks", {"name": SECRETS["legal_name"]}, FREELANCER))
        done(story.api.post("/me/blocks", {"siren": SECRETS["siren"]}, FREELANCER))
        assert len(done(story.api.get("/me/blocks", FREELANCER))["blocks"]) == 2


@pytest.mark.parametrize("said", [{"siren": SECRETS["siren"]}, {"siren": "732829320"}], ids=["theirs", "others"])
def test_row_12_nothing_that_a_freelancer_reads_changes_by_a_byte_because_of_a_block(
    said: dict[str, str], story: Story
) -> None:
    done(story.api.get(f"/briefs/{story.brief_id}/matches", PRODUCER))
    story.interest()
    before = what_a_freelancer_reads(story)
    done(story.api.post("/me/blocks", said, FREELANCER))
    story.world.match()
    story.deliver()
    assert what_a_freelancer_reads(story) == before


def test_row_12_a_company_that_is_kept_away_reads_what_it_would_of_somebody_who_is_not_proposed(story: Story) -> None:
    profile_id = story.profile["profile_id"]
    never = story.world.profile(Person("sub-ada", "ada@courriel.test", ("freelancers",)), verified=False)["profile_id"]
    done(story.api.post("/me/blocks", {"siren": SECRETS["siren"]}, FREELANCER))
    for path in ("/profiles/{}", f"/briefs/{story.brief_id}/matches/{{}}"):
        blocked, unknown = (story.api.get(path.format(one), PRODUCER) for one in (profile_id, never))
        assert (blocked.status, blocked.content) == (unknown.status, unknown.content)
    invitations: list[dict[str, Any]] = [
        story.api.post(f"/briefs/{story.brief_id}/matches/{one}/invite", {}, PRODUCER).json
        for one in (profile_id, never)
    ]
    assert invitations[0] == invitations[1]
