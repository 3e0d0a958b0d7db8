"""Who saw me, whom I keep away, and a pause, through the routes and with what the streams bring about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.platform.errors import Retryable
from chalicelib.vocabulary.clock import utc_now
from tests.app.test_conversations import OTHER, Directory, Story
from tests.support.api import FREELANCER, PRODUCER, RIVAL, Answer, Person
from tests.support.environment import at
from tests.support.examples import SECRETS, day
from tests.support.records import CONTEXT, stream_event, tick
from tests.support.tables import dump, events, rows
from tests.support.world import World, done

RIVAL_COMPANY = {"legal_name": "Autre Rive", "siren": "418930277", "email_domain": "autre-rive.test"}


@pytest.fixture
def story(world: World) -> Iterator[Story]:
    from chalicelib.accounts import wiring

    with patch.object(wiring, "CognitoDirectory", Directory):
        wiring.queries.cache_clear()
        yield Story(world)
    wiring.queries.cache_clear()


def views(story: Story, person: Person = FREELANCER) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = done(story.api.get("/me/views", person))["views"]
    return found


def block(story: Story, person: Person = FREELANCER, **body: Any) -> dict[str, Any]:
    return done(story.api.post("/me/blocks", body, person))


def shown(story: Story) -> list[str]:
    matches = done(story.api.get(f"/briefs/{story.brief_id}/matches", PRODUCER))["matches"]
    return sorted(one["profile"]["profile_id"] for one in matches)


def both(story: Story) -> list[str]:
    return sorted((story.profile["profile_id"], story.other["profile_id"]))


def invite(story: Story, profile: dict[str, Any]) -> Answer:
    return story.api.post(f"/briefs/{story.brief_id}/matches/{profile['profile_id']}/invite", {}, PRODUCER)


# ---- views


def test_nobody_has_seen_somebody_before_a_producer_reads(story: Story) -> None:
    assert views(story) == []


def test_each_reading_of_a_producer_is_told_by_the_code_name_and_by_all_that_was_shown_that_day(story: Story) -> None:
    shown(story)
    [view] = views(story)
    viewer = {"code_name": story.brief["code_name"], "project_id": story.brief_id, "company": None}
    assert view == {"day": day(0), "viewer": viewer, "shown": ["shortlist_line"]}
    done(story.api.get(f"/profiles/{story.profile['profile_id']}", PRODUCER))
    assert [view["shown"] for view in views(story)] == [["shortlist_line", "profile"]]
    assert [view["shown"] for view in views(story, OTHER)] == [["shortlist_line"]]


def test_after_the_reveal_the_company_is_told_and_that_it_has_the_contact_details(story: Story) -> None:
    thread_id = story.reveal()
    done(story.api.get(f"/conversations/{thread_id}", PRODUCER))
    [view] = views(story)
    assert view["viewer"]["company"] == SECRETS["legal_name"]
    assert view["shown"] == ["shortlist_line", "contact_details"]
    assert views(story, OTHER) == []


def test_of_another_project_of_a_company_that_is_known_by_now_the_code_name_alone_is_told(story: Story) -> None:
    story.reveal()
    second = story.world.live_brief(code_name="Projet Brisants")
    story.world.match()
    done(story.api.get(f"/briefs/{second['brief_id']}/matches", PRODUCER))
    told = {one["viewer"]["code_name"]: one["viewer"]["company"] for one in views(story)}
    assert told == {"Projet Goémon": SECRETS["legal_name"], "Projet Brisants": None}


def test_why_somebody_is_proposed_and_the_lists_of_conversations_are_readings_too(story: Story) -> None:
    done(story.api.get(f"/briefs/{story.brief_id}/matches/{story.profile['profile_id']}", PRODUCER))
    assert (len(views(story)), len(views(story, OTHER))) == (1, 0)
    story.interest(OTHER)
    done(story.api.get("/conversations", PRODUCER))
    assert len(views(story, OTHER)) == 1


def test_what_a_freelancer_reads_of_their_own_is_nobodys_view(story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    for path in ("/profiles/mine", "/conversations", f"/conversations/{thread_id}", f"/projects/{story.brief_id}/fit"):
        done(story.api.get(path, FREELANCER))
    assert [item for item in rows("VisibilityTable") if item["sk"].startswith("VIEW#")] == []


def test_an_e_mail_names_whom_a_screen_would_and_it_is_noted_alike(story: Story) -> None:
    from chalicelib.composition import for_notifications

    sources = for_notifications.sources()
    project = sources.project(story.brief_id)
    assert project is not None
    named = [one.profile_id for one in sources.proposals(project)]
    for_notifications.views().listed(story.brief_id, named)
    assert len(views(story)) == len(views(story, OTHER)) == 1
    block(story, siren=SECRETS["siren"])
    assert [one.profile_id for one in sources.proposals(project)] == [story.other["profile_id"]]


def test_a_project_that_is_over_is_told_without_its_link(story: Story) -> None:
    shown(story)
    done(story.api.post(f"/briefs/{story.brief_id}/close", person=PRODUCER))
    assert views(story)[0]["viewer"] == {"code_name": "Projet Goémon", "project_id": None, "company": None}


def test_views_come_in_pages_the_latest_first(story: Story) -> None:
    from chalicelib.visibility import wiring
    from chalicelib.visibility.models import Sight

    today = utc_now().date()
    for number in range(55):
        seen = [Sight(story.brief_id, story.profile["profile_id"])]
        wiring.repository().note(seen, "profile", today - timedelta(days=number))
    first = done(story.api.get("/me/views", FREELANCER))
    second = done(story.api.get(f"/me/views?cursor={first['cursor']}", FREELANCER))
    days = [one["day"] for one in (*first["views"], *second["views"])]
    assert (len(first["views"]), len(days), second["cursor"]) == (50, 55, None)
    assert days == sorted(days, reverse=True)
    assert story.api.get(f"/me/views?cursor={first['cursor']}", OTHER).status == 422


def test_a_producer_reads_the_same_when_nothing_can_be_noted(story: Story) -> None:
    from chalicelib.visibility.repository import VisibilityRepository

    paths = (f"/briefs/{story.brief_id}/matches", f"/profiles/{story.profile['profile_id']}")
    with patch.object(VisibilityRepository, "note", side_effect=RuntimeError("no")):
        without = [story.api.get(path, PRODUCER) for path in paths]
    assert views(story) == []
    assert [story.api.get(path, PRODUCER).content for path in paths] == [one.content for one in without]
    assert len(views(story)) == 1


# ---- blocks


@pytest.mark.parametrize(
    "said", [{"name": "FALAISE ROUGE FILMS SARL"}, {"siren": "552 178 634"}], ids=["by name", "by SIREN"]
)
def test_a_company_that_is_kept_away_is_shown_the_person_no_more_and_may_not_ask(
    said: dict[str, str], story: Story
) -> None:
    assert shown(story) == both(story)
    block(story, **said)
    # At once, before anything was ranked again, and after.
    for _ in range(2):
        assert shown(story) == [story.other["profile_id"]]
        profile_id = story.profile["profile_id"]
        assert story.api.get(f"/profiles/{profile_id}", PRODUCER).status == 404
        assert story.api.get(f"/briefs/{story.brief_id}/matches/{profile_id}", PRODUCER).status == 404
        assert invite(story, story.profile).json["code"] == "not_proposed"
        story.world.match()
    assert invite(story, story.other).status == 200


def test_a_shortlist_that_loses_somebody_to_a_block_says_what_it_says_of_any_change_of_a_profile(story: Story) -> None:
    path = f"/briefs/{story.brief_id}/matches"
    before = done(story.api.get(path, PRODUCER))
    block(story, siren=SECRETS["siren"])
    story.world.match()
    after = done(story.api.get(path, PRODUCER))
    assert (before["eligible"], after["eligible"], after["cause"]) == (2, 1, "profile")
    assert after["considered"] == before["considered"]
    news = [one["payload"] for one in events("MatchingTable") if one["event_type"] == "matching.shortlist_computed"][-1]
    assert (news["cause"], news["seats"], news["changed"]) == ("profile", 1, True)


def test_lifting_a_block_brings_the_person_back_to_the_place_they_had(story: Story) -> None:
    path = f"/briefs/{story.brief_id}/matches"
    before = [(one["profile"]["profile_id"], one["rank"]) for one in done(story.api.get(path, PRODUCER))["matches"]]
    block_id = block(story, siren=SECRETS["siren"])["block_id"]
    story.world.match()
    assert done(story.api.delete(f"/me/blocks/{block_id}", FREELANCER))["blocks"] == []
    story.world.match()
    after = [(one["profile"]["profile_id"], one["rank"]) for one in done(story.api.get(path, PRODUCER))["matches"]]
    assert after == before


def test_a_block_ranks_the_projects_of_that_company_again_and_no_others(story: Story) -> None:
    story.world.company(RIVAL, **RIVAL_COMPANY)
    rival = story.world.live_brief(RIVAL, code_name="Projet Brisants")
    story.world.match()
    before = done(story.api.get(f"/briefs/{rival['brief_id']}/matches", RIVAL))
    block(story, siren=SECRETS["siren"])
    story.world.match()
    assert done(story.api.get(f"/briefs/{rival['brief_id']}/matches", RIVAL)) == before
    assert shown(story) == [story.other["profile_id"]]


def test_a_company_that_comes_later_is_kept_away_as_well(world: World) -> None:
    profile = world.profile()
    done(world.api.post("/me/blocks", {"name": "Falaise Rouge Films"}, FREELANCER))
    world.company()
    brief = world.live_brief()
    world.match()
    answer = done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER))
    assert (answer["matches"], answer["eligible"]) == ([], 0)
    assert world.api.get(f"/profiles/{profile['profile_id']}", PRODUCER).status == 404


def test_a_conversation_under_way_goes_on_for_both_as_it_was(story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    path = f"/conversations/{thread_id}"
    before = [story.api.get(path, person).json for person in (PRODUCER, FREELANCER)]
    block(story, conversation_id=thread_id)
    story.world.match()
    assert [story.api.get(path, person).json for person in (PRODUCER, FREELANCER)] == before
    done(story.api.post(f"{path}/messages", {"text": "Quand commencez-vous ?"}, PRODUCER))
    done(story.api.get(f"/profiles/{story.profile['profile_id']}", PRODUCER))
    # It stands for that conversation alone: nothing new is proposed.
    assert shown(story) == [story.other["profile_id"]]
    second = story.world.live_brief(code_name="Projet Brisants")
    story.world.match()
    matches = done(story.api.get(f"/briefs/{second['brief_id']}/matches", PRODUCER))["matches"]
    assert [one["profile"]["profile_id"] for one in matches] == [story.other["profile_id"]]


def test_an_interest_that_somebody_shows_themselves_reaches_whoever_is_behind_the_project(story: Story) -> None:
    block(story, siren=SECRETS["siren"])
    story.world.match()
    thread_id = story.interest()["conversation_id"]
    assert done(story.api.get(f"/conversations/{thread_id}", PRODUCER))["person"]["display_name"]


def test_a_block_by_a_conversation_is_listed_by_the_code_name_until_the_reveal(story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    made = block(story, conversation_id=thread_id)
    assert (made["by"], made["viewer"]["code_name"], made["viewer"]["company"]) == (
        "conversation",
        "Projet Goémon",
        None,
    )
    assert SECRETS["legal_name"] not in str(done(story.api.get("/me/blocks", FREELANCER)))
    story.accept()
    for one in (PRODUCER, FREELANCER):
        done(story.api.post(f"/conversations/{thread_id}/reveal", person=one))
    [listed] = done(story.api.get("/me/blocks", FREELANCER))["blocks"]
    assert listed["viewer"]["company"] == SECRETS["legal_name"]


def test_a_block_says_one_thing_and_a_right_one(story: Story) -> None:
    for body, pointer, code in (
        ({}, "", "one_of_three"),
        ({"name": "Falaise", "siren": SECRETS["siren"]}, "", "one_of_three"),
        ({"siren": "552178635"}, "/siren", "wrong_siren"),
        ({"name": "SARL"}, "/name", "names_nobody"),
        ({"company": "Falaise"}, "/company", "unknown_field"),
    ):
        refused = story.api.post("/me/blocks", body, FREELANCER)
        assert (refused.status, refused.codes.get(pointer)) == (422, code), body
    foreign = story.interest(OTHER)["conversation_id"]
    assert story.api.post("/me/blocks", {"conversation_id": foreign}, FREELANCER).status == 404
    assert done(story.api.get("/me/blocks", FREELANCER))["blocks"] == []


def test_an_estimate_and_the_shortlist_count_alike_and_neither_tells_who_keeps_the_company_away(story: Story) -> None:
    fields = {name: story.brief[name] for name in ("role", "languages", "option_end_date", "start_window")}
    fields["estimated_days"] = story.brief["estimated_days"]
    before = done(story.api.post("/briefs/estimate", fields, PRODUCER))
    block(story, name=SECRETS["legal_name"])
    story.world.match()
    after = done(story.api.post("/briefs/estimate", fields, PRODUCER))
    answer = done(story.api.get(f"/briefs/{story.brief_id}/matches", PRODUCER))
    assert (before["eligible"], after["eligible"], answer["eligible"]) == (2, 1, 1)
    # All who are known add up, as they did: nobody is missing from the figures.
    for one in (before, after):
        assert one["eligible"] + sum(rule["people"] for rule in one["left_out"]) == answer["considered"]
    assert {rule["rule"] for rule in after["left_out"]} == {"role", "language", "availability"}


# ---- blocks and rankings at once


def test_a_block_that_comes_while_everyone_is_ranked_counts_all_the_same(story: Story) -> None:
    from chalicelib.matching import wiring
    from chalicelib.matching.repository import MatchingRepository

    replace = MatchingRepository.replace

    def blocked_meanwhile(self: Any, *given: Any) -> None:
        with patch.object(MatchingRepository, "replace", replace):
            block(story, siren=SECRETS["siren"])
            story.world.match()
        replace(self, *given)

    with patch.object(MatchingRepository, "replace", blocked_meanwhile), pytest.raises(Retryable):
        wiring.service().match_brief(story.brief_id, "01M88GSHWCM0CK7EKKYMG79WRH", "revised")
    # What was ranked without the block did not take the place of what was ranked with it; asked again, it has it.
    wiring.service().match_brief(story.brief_id, "01M88GSHWCM0CK7EKKYMG79WRH", "revised")
    standing = wiring.queries().shortlist(story.brief_id)
    assert standing is not None
    assert standing.people == (story.other["profile_id"],)


def test_a_block_whose_news_come_after_a_ranking_that_knew_it_already_changes_nothing_more(story: Story) -> None:
    from chalicelib.matching import wiring

    block(story, siren=SECRETS["siren"])
    wiring.service().match_brief(story.brief_id, "01M88GSHWCM0CK7EKKYMG79WRH", "revised")
    before = wiring.queries().shortlist(story.brief_id)
    story.world.match()
    assert wiring.queries().shortlist(story.brief_id) == before


def test_news_of_a_block_may_come_twice_and_in_any_order(story: Story) -> None:
    from chalicelib.matching import handlers, wiring

    block_id = block(story, siren=SECRETS["siren"])["block_id"]
    done(story.api.delete(f"/me/blocks/{block_id}", FREELANCER))
    block(story, name=SECRETS["legal_name"])
    facts = [one for one in events("VisibilityTable") if one["event_type"].startswith("visibility.")]
    assert len(facts) == 3
    for item in (*reversed(facts), *facts):
        event = stream_event(item, table="VisibilityTable")
        assert handlers.match_on_profile_events(event, CONTEXT) == {"batchItemFailures": []}
    standing = wiring.queries().shortlist(story.brief_id)
    assert standing is not None
    assert standing.people == (story.other["profile_id"],)


def test_an_invitation_that_was_there_first_stands_and_asking_again_answers_the_same(story: Story) -> None:
    first = invite(story, story.profile)
    block(story, siren=SECRETS["siren"])
    story.world.match()
    again = invite(story, story.profile)
    assert (first.status, again.status) == (200, 200)
    assert again.json["conversation_id"] == first.json["conversation_id"]
    assert done(story.api.get("/conversations", FREELANCER))["conversations"][0]["state"] == "invited"
    # But in the project's next life nobody is asked anew.
    done(story.api.post(f"/briefs/{story.brief_id}/close", person=PRODUCER))
    story.deliver()
    done(story.api.post(f"/briefs/{story.brief_id}/reopen", person=PRODUCER))
    story.deliver()
    assert invite(story, story.profile).json["code"] == "not_proposed"


def test_a_block_that_came_first_refuses_the_invitation_whatever_the_shortlist_still_says(story: Story) -> None:
    from chalicelib.matching import wiring

    block(story, siren=SECRETS["siren"])
    standing = wiring.queries().shortlist(story.brief_id)
    assert standing is not None
    assert story.profile["profile_id"] in standing.people
    before = rows("ConversationsTable")
    assert invite(story, story.profile).json["code"] == "not_proposed"
    both_asked = {"profile_ids": [story.other["profile_id"], story.profile["profile_id"]]}
    refused = story.api.post(f"/briefs/{story.brief_id}/invitations", both_asked, PRODUCER)
    assert refused.json["code"] == "not_proposed"
    assert rows("ConversationsTable") == before


# ---- a pause


def pause(story: Story, **body: Any) -> dict[str, Any]:
    return done(story.api.post("/profiles/mine/pause", body, FREELANCER))


def resume(story: Story) -> dict[str, Any]:
    return done(story.api.post("/profiles/mine/resume", person=FREELANCER))


def test_a_profile_that_is_paused_is_shown_to_nobody_new_and_asked_nothing(story: Story) -> None:
    path = f"/briefs/{story.brief_id}/matches"
    paused = pause(story)
    assert (paused["status"], paused["pause"]["until"]) == ("verified", None)
    assert done(story.api.get("/profiles/mine", FREELANCER))["pause"] == paused["pause"]
    for _ in range(2):
        assert shown(story) == [story.other["profile_id"]]
        assert story.api.get(f"/profiles/{story.profile['profile_id']}", PRODUCER).status == 404
        assert story.api.get(f"{path}/{story.profile['profile_id']}", PRODUCER).status == 404
        assert invite(story, story.profile).json["code"] == "not_proposed"
        story.world.match()
    answer = done(story.api.get(path, PRODUCER))
    assert (answer["eligible"], answer["cause"]) == (1, "profile")


def test_who_resumes_has_the_place_that_they_had(story: Story) -> None:
    path = f"/briefs/{story.brief_id}/matches"
    before = [(one["profile"]["profile_id"], one["rank"]) for one in done(story.api.get(path, PRODUCER))["matches"]]
    pause(story)
    story.world.match()
    assert resume(story)["pause"] is None
    story.world.match()
    after = [(one["profile"]["profile_id"], one["rank"]) for one in done(story.api.get(path, PRODUCER))["matches"]]
    assert after == before
    assert [one["event_type"] for one in events("ProfilesTable")].count("profile.resumed") == 1
    resume(story)
    assert [one["event_type"] for one in events("ProfilesTable")].count("profile.resumed") == 1


def test_a_pause_leaves_conversations_and_what_one_reads_of_projects(story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    pause(story)
    story.world.match()
    done(story.api.post(f"/conversations/{thread_id}/messages", {"text": "Bonjour."}, PRODUCER))
    done(story.api.get(f"/profiles/{story.profile['profile_id']}", PRODUCER))
    done(story.api.get(f"/projects/{story.brief_id}", FREELANCER))
    assert len(done(story.api.get("/projects", FREELANCER))["projects"]) == 1


def test_fit_tells_of_the_pause_and_how_it_would_be_without(story: Story) -> None:
    path = f"/projects/{story.brief_id}/fit"
    before = done(story.api.get(path, FREELANCER))
    pause(story)
    story.world.match()
    after = done(story.api.get(path, FREELANCER))
    [obstacle] = after["obstacles"]
    assert (after["can_be_proposed"], obstacle["code"], obstacle["facts"]) == (False, "paused", {})
    assert obstacle["text"]["fr"].startswith("Votre profil est en pause")
    assert after["standing"]["rank"] == before["standing"]["rank"]


def test_a_project_that_fits_is_told_to_nobody_who_pauses_and_once_they_resume(story: Story) -> None:
    pause(story)
    story.world.match()
    second = story.world.live_brief(code_name="Projet Brisants")
    story.world.match()

    def named() -> list[str]:
        fits = [one["payload"] for one in events("MatchingTable") if one["event_type"] == "matching.project_fits"]
        return [who for one in fits if one["brief_id"] == second["brief_id"] for who in one["profile_ids"]]

    assert named() == [story.other["profile_id"]]
    resume(story)
    story.world.match()
    assert sorted(named()) == both(story)


def test_an_e_mail_about_a_fitting_project_that_waits_is_not_sent_to_who_pauses_meanwhile(story: Story) -> None:
    from chalicelib.composition import for_notifications

    def open_to_them() -> bool:
        fitting = for_notifications.sources().fitting(story.brief_id, story.profile["profile_id"])
        return fitting is not None and fitting.open_to_them

    assert open_to_them()
    pause(story)
    assert not open_to_them()


def test_a_pause_is_over_on_its_day_by_itself(story: Story) -> None:
    from chalicelib.profiles.handlers import sweep_profiles

    pause(story, until=day(3))
    story.world.match()
    sweep_profiles(tick(), CONTEXT)
    story.world.match()
    assert shown(story) == [story.other["profile_id"]]
    with at(utc_now() + timedelta(days=3)):
        # Whoever reads compares the day, whether or not the clockwork has passed.
        assert done(story.api.get("/profiles/mine", FREELANCER))["pause"] is None
        done(story.api.get(f"/profiles/{story.profile['profile_id']}", PRODUCER))
        for _ in range(2):
            sweep_profiles(tick(), CONTEXT)
            story.world.match()
        assert shown(story) == both(story)
    assert [one["event_type"] for one in events("ProfilesTable")].count("profile.resumed") == 1
    assert [item for item in rows("ProfilesTable") if "due_pk" in item] == []


def test_a_pause_may_be_made_longer_or_open_and_the_old_day_brings_nobody_back(story: Story) -> None:
    from chalicelib.profiles.handlers import sweep_profiles

    since, later = pause(story, until=day(3))["pause"]["since"], day(9)
    assert pause(story, until=later)["pause"] == {"since": since, "until": later}
    with at(utc_now() + timedelta(days=4)):
        sweep_profiles(tick(), CONTEXT)
        assert done(story.api.get("/profiles/mine", FREELANCER))["pause"]["until"] == later
    assert pause(story)["pause"] == {"since": since, "until": None}
    assert [item for item in rows("ProfilesTable") if "due_pk" in item] == []


def test_the_same_pause_again_changes_nothing_and_a_day_that_is_not_ahead_is_refused(story: Story) -> None:
    pause(story, until=day(3))
    before = dump()
    pause(story, until=day(3))
    for until in (day(0), day(-1), day(800)):
        refused = story.api.post("/profiles/mine/pause", {"until": until}, FREELANCER)
        assert (refused.status, refused.codes) == (422, {"/until": "not_ahead"})
    assert dump() == before


def test_a_pause_between_the_look_and_the_invitation_leaves_a_conversation_as_any_other(story: Story) -> None:
    from chalicelib.conversations.repository import ConversationRepository

    save = ConversationRepository.save

    def paused_meanwhile(self: Any, *given: Any, **more: Any) -> None:
        with patch.object(ConversationRepository, "save", save):
            pause(story)
        save(self, *given, **more)

    with patch.object(ConversationRepository, "save", paused_meanwhile):
        assert invite(story, story.profile).status == 200
    # As if the invitation had come first: it is there for both, and asking again answers the same.
    story.world.match()
    assert invite(story, story.profile).json["state"] == "invited"
    assert done(story.api.get("/conversations", FREELANCER))["conversations"][0]["state"] == "invited"
    assert shown(story) == [story.other["profile_id"]]


def test_a_profile_nobody_made_is_neither_paused_nor_resumed(world: World) -> None:
    for act in ("pause", "resume"):
        answer = world.api.post(f"/profiles/mine/{act}", {} if act == "pause" else None, FREELANCER)
        assert (answer.status, answer.json["code"]) == (404, "not_found")
