"""From the shortlist to the engagement through the routes, with what queues and streams bring about in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.briefs.calendar import add_working_days
from chalicelib.vocabulary.text import typeset
from tests.support.api import ADMIN, FREELANCER, PRODUCER, RIVAL, Person
from tests.support.environment import at
from tests.support.examples import SECRETS, today
from tests.support.records import CONTEXT, envelope, queue_event, tick
from tests.support.tables import events
from tests.support.world import World, done

OTHER = Person("sub-noe", "noe@courriel.test", ("freelancers",))
COLLEAGUE = Person("sub-marc", "marc@falaise-films.test", ("producers",))
TERMS = "/projects/{}/confidentiality"


class Story:
    """A verified company with a live project, and two freelancers on its shortlist."""

    def __init__(self, world: World) -> None:
        self.world, self.api = world, world.api
        world.company()
        self.profile = world.profile()
        self.other = world.profile(OTHER, display_name="Noé Bellance")
        self.brief = world.live_brief()
        self.brief_id: str = self.brief["brief_id"]
        world.match()
        self._delivered: set[str] = set()

    def interest(self, person: Person = FREELANCER, **body: Any) -> dict[str, Any]:
        return done(self.api.post(f"/projects/{self.brief_id}/interest", body, person))

    def accept(self, person: Person = FREELANCER) -> None:
        version = done(self.api.get(TERMS.format(self.brief_id), person))["version"]
        done(self.api.post(TERMS.format(self.brief_id), {"version": version}, person))

    def reveal(self, person: Person = FREELANCER) -> str:
        """The conversation's id."""
        thread_id: str = self.interest(person)["conversation_id"]
        self.accept(person)
        for one in (PRODUCER, person):
            done(self.api.post(f"/conversations/{thread_id}/reveal", person=one))
        return thread_id

    def engage(self, person: Person = FREELANCER) -> str:
        thread_id = self.reveal(person)
        for one in (PRODUCER, person):
            done(self.api.post(f"/conversations/{thread_id}/outcome", {"outcome": "engaged"}, one))
        return thread_id

    def deliver(self) -> None:
        """What happened since, to every queue of ours but the one of e-mails, twice."""
        from chalicelib.briefs.handlers import settle_brief_obligations
        from chalicelib.conversations.handlers import settle_conversations
        from chalicelib.profiles.handlers import settle_verified_profiles

        handlers: list[Callable[..., Any]] = [settle_brief_obligations, settle_conversations, settle_verified_profiles]
        for table in ("BriefsTable", "ConversationsTable"):
            for item in events(table):
                if item["event_id"] not in self._delivered:
                    self._delivered.add(item["event_id"])
                    for handler in handlers:
                        twice = queue_event(envelope(item), envelope(item))
                        assert handler(twice, CONTEXT) == {"batchItemFailures": []}
        self.world.match()


class Directory:
    """The pool's addresses, as the tests' accounts have them."""

    def __init__(self, _pool: str) -> None: ...

    def account(self, username: str) -> tuple[str, str] | None:
        return username, f"{username}@courriel.test"


@pytest.fixture
def story(world: World) -> Iterator[Story]:
    from chalicelib.accounts import wiring

    with patch.object(wiring, "CognitoDirectory", Directory):
        wiring.queries.cache_clear()
        yield Story(world)
    wiring.queries.cache_clear()


def test_the_way_from_the_shortlist_to_the_reveal(story: Story) -> None:
    api, profile_id = story.api, story.profile["profile_id"]
    path = f"/briefs/{story.brief_id}/matches/{profile_id}/invite"
    invited = done(api.post(path, {"text": "Votre lecture nous intéresse."}, PRODUCER))
    thread_id = invited["conversation_id"]
    assert (invited["state"], invited["side"], invited["person"]["email"]) == ("invited", "producer", None)
    # Five working days: of this project's start window there is more left than that.
    assert invited["reply_by"] == add_working_days(today(), 5).isoformat()

    [mine] = done(api.get("/conversations", FREELANCER))["conversations"]
    assert mine["opposite"]["fr"] == typeset(f"La production de « {story.brief['code_name']} »")
    assert mine["may"] == ["show_interest", "decline", "write"]
    assert story.interest(answers=[{"question": "why_this_story", "text": "La mer."}])["state"] == "interested"
    [answer, word] = done(api.get(f"/conversations/{thread_id}/messages", PRODUCER))["messages"]
    assert (answer["text"], answer["question"]["id"], answer["mine"]) == ("La mer.", "why_this_story", False)
    assert (word["text"], word["mine"]) == ("Votre lecture nous intéresse.", True)

    done(api.post(f"/conversations/{thread_id}/reveal", person=PRODUCER))
    refused = api.post(f"/conversations/{thread_id}/reveal", person=FREELANCER)
    assert (refused.status, refused.json["code"]) == (409, "terms_not_accepted")
    for person in (FREELANCER, OTHER):
        for where in (f"/projects/{story.brief_id}", "/conversations", f"/conversations/{thread_id}"):
            content = api.get(where, person).content.decode()
            assert [secret for secret in SECRETS.values() if secret in content] == []
    story.accept()
    seen = done(api.post(f"/conversations/{thread_id}/reveal", person=FREELANCER))
    assert seen["company"]["legal_name"] == done(api.get("/companies/mine", PRODUCER))["legal_name"]
    assert done(api.get(f"/conversations/{thread_id}", PRODUCER))["person"]["display_name"]
    assert done(api.get(f"/projects/{story.brief_id}", FREELANCER))["stage"] == "revealed"
    assert done(api.get(f"/projects/{story.brief_id}", OTHER))["stage"] == "card"


def test_several_are_asked_in_one_action_and_whoever_was_asked_is_not_asked_again(story: Story) -> None:
    ids = [story.profile["profile_id"], story.other["profile_id"]]
    for _ in range(2):
        asked = done(story.api.post(f"/briefs/{story.brief_id}/invitations", {"profile_ids": ids}, PRODUCER))
        assert [one["state"] for one in asked["conversations"]] == ["invited", "invited"]
    kinds = [item["event_type"] for item in events("ConversationsTable")]
    assert kinds == ["conversation.invited"] * 2
    advice = done(story.api.get(f"/briefs/{story.brief_id}/outreach", PRODUCER))
    assert (advice["shown"], advice["invited"], advice["waiting"]) == (2, 2, 2)


def test_who_was_not_proposed_is_not_asked(story: Story) -> None:
    unknown = "01M842S0RBNNSS9DXA8NAVEFTT"
    refused = story.api.post(f"/briefs/{story.brief_id}/invitations", {"profile_ids": [unknown]}, PRODUCER)
    assert (refused.status, refused.json["code"]) == (409, "not_proposed")


def test_declining_changes_nothing_anywhere(story: Story) -> None:
    def standing() -> list[Any]:
        return [
            done(story.api.get(f"/briefs/{story.brief_id}/matches", PRODUCER)),
            done(story.api.get(f"/projects/{story.brief_id}/fit", FREELANCER)),
            done(story.api.get("/projects?order=fits_me", FREELANCER)),
            done(story.api.get("/profiles/mine", FREELANCER)),
            done(story.api.get(f"/briefs/{story.brief_id}/conversations", PRODUCER)),
            done(story.api.get(f"/briefs/{story.brief_id}/outreach", PRODUCER)),
            done(story.api.get(f"/profiles/{story.profile['profile_id']}", PRODUCER)),
        ]

    before = standing()
    assert done(story.api.post(f"/projects/{story.brief_id}/decline", person=FREELANCER))["state"] == "declined"
    story.deliver()
    assert standing() == before
    again = story.world.live_brief(code_name="Projet Varech")
    story.world.match()
    ranked = done(story.api.get(f"/briefs/{again['brief_id']}/matches", PRODUCER))["matches"]
    assert story.profile["profile_id"] in [one["profile"]["profile_id"] for one in ranked]


def test_only_the_two_sides_are_in_a_conversation(story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    for stranger in (OTHER, RIVAL):
        for method, where, body in (
            ("GET", "", None),
            ("GET", "/messages", None),
            ("POST", "/messages", {"text": "Bonjour"}),
            ("POST", "/reveal", None),
            ("DELETE", "/reveal", None),
            ("POST", "/outcome", {"outcome": "engaged"}),
            ("POST", "/reports", {"reason": "fraud"}),
        ):
            answer = story.api.call(method, f"/conversations/{thread_id}{where}", body=body, person=stranger)
            assert (answer.status, answer.json["code"]) == (404, "not_found"), where


def test_a_message_that_would_tell_who_the_producer_is_names_the_passage(story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    text = "Appelez-nous au 06 12 34 56 78, ou claire@falaise-films.test."
    refused = story.api.post(f"/conversations/{thread_id}/messages", {"text": text}, PRODUCER)
    assert (refused.status, set(refused.codes)) == (422, {"/text"})
    assert refused.codes["/text"] == "identity_leak"
    assert done(story.api.get(f"/conversations/{thread_id}/messages", PRODUCER))["messages"] == []
    said = done(story.api.post(f"/conversations/{thread_id}/messages", {"text": f"Moi : {text}"}, FREELANCER))
    assert said["text"] == f"Moi : {text}"
    [read] = done(story.api.get(f"/conversations/{thread_id}/messages", PRODUCER))["messages"]
    assert read["masked"]
    assert "06 12" not in read["text"]
    assert "falaise-films.test" not in read["text"]


def test_closing_answers_everyone_in_one_action(story: Story) -> None:
    ines, noe = story.interest()["conversation_id"], story.interest(OTHER)["conversation_id"]
    waiting = done(story.api.get(f"/briefs/{story.brief_id}/answers", PRODUCER))
    assert {one["conversation"]["conversation_id"] for one in waiting["waiting"]} == {ines, noe}
    answers = [{"conversation_id": ines, "reason": "other_dates", "text": "À une autre fois, j’espère."}]
    done(story.api.put(f"/briefs/{story.brief_id}/answers", {"answers": answers}, PRODUCER))
    done(story.api.post(f"/briefs/{story.brief_id}/close", person=PRODUCER))
    story.deliver()
    told = {
        person: done(story.api.get(f"/conversations/{thread_id}", person))["answer"]
        for person, thread_id in ((FREELANCER, ines), (OTHER, noe))
    }
    assert told[FREELANCER]["message"]["fr"] == "À une autre fois, j’espère."
    assert told[FREELANCER]["reason"]["id"] == "other_dates"
    assert told[OTHER]["reason"]["id"] == "project_stopped"
    assert told[OTHER]["message"]["en"].startswith("Thank you")


def test_a_company_that_lets_people_wait_opens_no_project_until_it_answers(story: Story) -> None:
    thread = story.interest()
    later = datetime.fromisoformat(thread["answer_due_at"]) + timedelta(hours=1)
    with at(later):
        draft = story.world.draft(code_name="Projet Varech")
        refused = story.api.post(f"/briefs/{draft['brief_id']}/publish", person=PRODUCER)
        assert (refused.status, refused.json["code"]) == (409, "answers_overdue")
        answer = {"decision": "retained", "reason": "to_meet"}
        done(story.api.post(f"/conversations/{thread['conversation_id']}/answer", answer, PRODUCER))
        done(story.api.post(f"/briefs/{draft['brief_id']}/publish", person=PRODUCER))


def test_an_answer_has_a_reason_that_belongs_to_it(story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    wrong = {"decision": "retained", "reason": "other_dates"}
    refused = story.api.post(f"/conversations/{thread_id}/answer", wrong, PRODUCER)
    assert (refused.status, refused.codes) == (422, {"/reason": "wrong_reason"})


def test_a_confirmed_engagement_becomes_a_credit_that_says_that_the_work_exists(story: Story) -> None:
    before = {one["credit_id"] for one in done(story.api.get("/profiles/mine", FREELANCER))["credits"]}
    story.engage()
    story.deliver()
    story.deliver()
    [credit] = [
        one for one in done(story.api.get("/profiles/mine", FREELANCER))["credits"] if one["credit_id"] not in before
    ]
    assert (credit["title"], credit["level"]) == (story.brief["code_name"], 1)
    facts = {name: fact["holds"] for name, fact in credit["facts"].items()}
    assert facts == {"work": True, "participation": None, "function": None}


def test_a_mission_that_breaks_off_brings_the_project_back_with_its_first_shortlist(story: Story) -> None:
    path = f"/briefs/{story.brief_id}"
    first = done(story.api.get(f"{path}/matches", PRODUCER))["matches"]
    thread_id = story.engage()
    third = Person("sub-lou", "lou@courriel.test", ("freelancers",))
    story.world.profile(third, display_name="Lou Varenne", credits=({}, {"title": "Autre Rive"}))
    done(story.api.post(f"{path}/fill", person=PRODUCER))
    story.deliver()
    body = {"outcome": "broken", "break_reason": "dates"}
    broken = done(story.api.post(f"/conversations/{thread_id}/outcome", body, FREELANCER))
    assert (broken["state"], broken["broken"]["mine"], broken["broken"]["reason"]["id"]) == ("broken", True, "dates")
    story.deliver()
    again = done(story.api.get(path, PRODUCER))
    assert (again["status"], again["publication_no"]) == ("live", 2)
    matches = done(story.api.get(f"{path}/matches", PRODUCER))
    seats = [(one["profile"]["profile_id"], one["why"]) for one in matches["matches"]]
    assert seats[: len(first)] == [(one["profile"]["profile_id"], "again") for one in first]


def test_a_report_reaches_the_administrators_with_the_message(story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    text = {"text": "Faites-nous d’abord une lecture à l’essai."}
    message = done(story.api.post(f"/conversations/{thread_id}/messages", text, PRODUCER))
    body = {"reason": "unpaid_work", "message_id": message["message_id"], "text": "Un essai non payé."}
    report_id = done(story.api.post(f"/conversations/{thread_id}/reports", body, FREELANCER))["report_id"]
    [report] = done(story.api.get("/admin/reports", ADMIN))["reports"]
    assert (report["report_id"], report["message_text"], report["by"]) == (report_id, text["text"], "freelancer")
    ruling = {"outcome": "no_breach", "ruling": "Le contrat prévoit bien l’essai."}
    done(story.api.post(f"/admin/reports/{report_id}/settle", ruling, ADMIN))
    other = {**ruling, "outcome": "out_of_scope"}
    assert story.api.post(f"/admin/reports/{report_id}/settle", other, ADMIN).status == 409
    assert done(story.api.get("/admin/reports", ADMIN))["reports"] == []
    [settled] = done(story.api.get("/admin/reports?status=settled", ADMIN))["reports"]
    assert settled["ruling"] == ruling["ruling"]


def test_a_message_under_one_key_is_one_message(story: Story) -> None:
    thread_id = story.interest()["conversation_id"]
    for _ in range(2):
        done(
            story.api.post(
                f"/conversations/{thread_id}/messages",
                {"text": "Bonjour"},
                FREELANCER,
                headers={"Idempotency-Key": "once"},
            )
        )
    assert len(done(story.api.get(f"/conversations/{thread_id}/messages", PRODUCER))["messages"]) == 1


def test_who_is_in_touch_is_read_by_the_company_and_by_no_other(story: Story) -> None:
    lou = Person("sub-lou", "lou@courriel.test", ("freelancers",))
    profile = story.world.profile(lou, display_name="Lou Varenne", roles=["script-reader"])
    path = f"/profiles/{profile['profile_id']}"
    assert story.api.get(path, PRODUCER).status == 404
    story.interest(lou)
    assert story.api.get(path, PRODUCER).status == 200
    assert story.api.get(path, RIVAL).status == 404


def test_the_sweep_asks_for_an_answer_that_is_owed(story: Story) -> None:
    from chalicelib.conversations.handlers import sweep_conversations

    thread = story.interest()
    due = datetime.fromisoformat(thread["answer_due_at"])
    assert due.astimezone(UTC) == due
    with at(due + timedelta(minutes=1)):
        for _ in range(2):
            sweep_conversations(tick(), CONTEXT)
    told = [item["payload"] for item in events("ConversationsTable") if "awaited" in item["event_type"]]
    assert [(one["reminder"], one["overdue"]) for one in told] == [(1, True), (2, True)]
