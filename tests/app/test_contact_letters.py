"""What both sides of a conversation are written, from the real stores, through the functions: once, to the right one,
under the code name, and not one byte of what is confidential."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.accounts import wiring as accounts
from chalicelib.composition import for_conversations
from chalicelib.conversations.service import Passage
from chalicelib.notifications import handlers
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Person
from tests.support.environment import REGION, at, queued
from tests.support.examples import SECRETS, day
from tests.support.records import CONTEXT, envelope, queue_event, tick
from tests.support.tables import dump, events, rows
from tests.support.world import World, done

OTHER = Person("sub-noe", "noe@courriel.test", ("freelancers",))
DONE: dict[str, list[Any]] = {"batchItemFailures": []}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CHANNELS = {"email": True, "digest": True}


class Directory:
    """The pool's addresses, as the tests' accounts have them."""

    def __init__(self, _pool: str) -> None: ...

    def account(self, username: str) -> tuple[str, str] | None:
        found = [one for one in (FREELANCER, OTHER, PRODUCER) if one.sub == username]
        return (found[0].sub, found[0].email) if found else None


def nothing_in(_projects: object, _brief_id: str, _text: str) -> list[Passage]:
    """The leak check before it knew a secret."""
    return []


class Post:
    """A live project, two freelancers whom it fits, and the mailbox since it was last looked into."""

    def __init__(self, world: World, language: str = "fr") -> None:
        self.world, self.api = world, world.api
        world.company(contact_language=language)
        self.profile = world.profile()
        self.other = world.profile(OTHER, display_name="Noé Bellance")
        for person in (FREELANCER, OTHER):
            self.wishes(person, language)
        world.match()
        self.seen = 0

    def publish(self, **changes: Any) -> str:
        brief = self.world.live_brief(**changes)
        self.world.match()
        brief_id: str = brief["brief_id"]
        return brief_id

    def wishes(self, person: Person, language: str | None = None, **kinds: dict[str, bool]) -> None:
        body = {"language": language, "kinds": {"shortlist": CHANNELS, "shortlist_changes": CHANNELS, **kinds}}
        done(self.api.put("/me/preferences", body, person))

    def interest(self, brief_id: str, **body: Any) -> str:
        thread_id: str = done(self.api.post(f"/projects/{brief_id}/interest", body, FREELANCER))["conversation_id"]
        return thread_id

    def reveal(self, brief_id: str, thread_id: str, *people: Person) -> None:
        terms = f"/projects/{brief_id}/confidentiality"
        if FREELANCER in people:
            version = done(self.api.get(terms, FREELANCER))["version"]
            done(self.api.post(terms, {"version": version}, FREELANCER))
        for person in people:
            done(self.api.post(f"/conversations/{thread_id}/reveal", person=person))

    def told(self) -> list[tuple[str, str]]:
        """Every fact handed to the planner twice, every message to the sender twice; who was written what subject since
        the last time, in the order of addresses."""
        facts = [
            envelope(item) for table in ("MatchingTable", "ConversationsTable", "BriefsTable") for item in events(table)
        ]
        assert handlers.plan_emails(queue_event(*facts, *facts), CONTEXT) == DONE
        messages = queued("emails")
        assert handlers.send_emails(queue_event(*messages, *messages), CONTEXT) == DONE
        sent = self.mailbox[self.seen :]
        self.seen = len(self.mailbox)
        return sorted((one.destinations["ToAddresses"][0], one.subject.replace("\u202f", " ")) for one in sent)

    @property
    def mailbox(self) -> list[Any]:
        return list(ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages)

    def last(self) -> Any:
        return self.mailbox[-1]


@pytest.fixture
def directory() -> Iterator[None]:
    with patch.object(accounts, "CognitoDirectory", Directory):
        yield


@pytest.fixture
def post(directory: None, world: World) -> Post:
    return Post(world)


INES, CLAIRE, NOE = FREELANCER.email, PRODUCER.email, OTHER.email
NAME = "«\u00a0Projet Goémon\u00a0»"


def test_a_project_that_is_not_urgent_is_told_in_the_digest_of_the_morning_to_those_it_fits(post: Post) -> None:
    post.publish()
    assert post.told() == [(CLAIRE, f"{NAME} : 2\u00a0profils pour votre projet")]
    morning = datetime.now(UTC) + timedelta(days=1, hours=12)
    with at(morning):
        handlers.sweep_notifications(tick(), CONTEXT)
        assert post.told() == [(INES, f"{NAME} : un projet pour vous"), (NOE, f"{NAME} : un projet pour vous")]
        handlers.sweep_notifications(tick(), CONTEXT)
        assert post.told() == []


def test_a_project_that_fits_comes_with_the_reasons_that_its_reader_s_own_works_give(post: Post) -> None:
    post.publish(option_end_date=day(13), start_window={"from": day(0), "until": day(10)}, estimated_days=2)
    post.told()
    written = next(one for one in post.mailbox if one.destinations["ToAddresses"] == [INES]).body
    assert "Pourquoi vous" in written
    assert "crédit vérifié en polar régional" in unescape(written).replace("\u00a0", " ")


def test_an_urgent_one_is_told_at_once_and_to_nobody_who_turned_it_off(post: Post) -> None:
    post.wishes(OTHER, projects={"email": False, "digest": False})
    brief_id = post.publish(option_end_date=day(13), start_window={"from": day(0), "until": day(10)}, estimated_days=2)
    told = post.told()
    assert (INES, f"{NAME} : un projet urgent pour vous") in told
    assert NOE not in [address for address, _ in told]
    assert f"https://plot-point.test/projects/{brief_id}" in next(
        one.body for one in post.mailbox if one.destinations["ToAddresses"] == [INES]
    )


def test_whoever_has_declined_or_is_in_touch_already_does_not_hear_of_it_as_news(post: Post) -> None:
    brief_id = post.publish(option_end_date=day(13), start_window={"from": day(0), "until": day(10)}, estimated_days=2)
    done(post.api.post(f"/projects/{brief_id}/decline", person=FREELANCER))
    done(post.api.post(f"/projects/{brief_id}/interest", {}, OTHER))
    told = post.told()
    assert [subject for address, subject in told if address in (INES, NOE)] == []
    assert sum(row["state"] == "cancelled" for row in rows("NotificationsTable") if row["sk"] == "EMAIL") == 2


def test_a_project_that_ended_before_the_e_mail_went_is_not_told_of(post: Post) -> None:
    brief_id = post.publish(option_end_date=day(13), start_window={"from": day(0), "until": day(10)}, estimated_days=2)
    done(post.api.post(f"/briefs/{brief_id}/close", person=PRODUCER))
    assert [address for address, _ in post.told() if address in (INES, NOE)] == []


def test_the_way_from_the_invitation_to_the_engagement_is_told_step_by_step(post: Post) -> None:
    brief_id = post.publish()
    post.told()
    invite = f"/briefs/{brief_id}/matches/{post.profile['profile_id']}/invite"
    done(post.api.post(invite, {"text": "Votre lecture nous intéresse."}, PRODUCER))
    assert post.told() == [(INES, f"{NAME} : une production vous invite")]
    assert "accompagne" in post.last().body
    assert "Unitaire 90′" in unescape(post.last().body), "what its card says"

    thread_id = post.interest(brief_id, text="Avec plaisir.", answers=[{"question": "how_to_work", "text": "À Brest."}])
    assert post.told() == [(CLAIRE, f"{NAME} : une personne s’intéresse à votre projet")]
    assert "Inès Kerbrat" in post.last().body and "au plus tard le" in post.last().body

    done(post.api.post(f"/conversations/{thread_id}/answer", {"decision": "retained", "reason": "to_meet"}, PRODUCER))
    assert post.told() == [(INES, f"{NAME} : la production souhaite poursuivre")]
    assert "de vive voix" in post.last().body

    post.reveal(brief_id, thread_id, PRODUCER)
    assert post.told() == [(INES, f"{NAME} : la production propose de lever l’anonymat")]
    post.reveal(brief_id, thread_id, FREELANCER)
    assert post.told() == [(CLAIRE, f"{NAME} : l’anonymat est levé"), (INES, f"{NAME} : l’anonymat est levé")]

    outcome = f"/conversations/{thread_id}/outcome"
    done(post.api.post(outcome, {"outcome": "engaged"}, FREELANCER))
    assert post.told() == [(CLAIRE, f"{NAME} : une mission à confirmer")]
    done(post.api.post(outcome, {"outcome": "engaged"}, PRODUCER))
    assert post.told() == [
        (CLAIRE, f"{NAME} : la mission est confirmée"),
        (INES, f"{NAME} : votre mission est confirmée"),
    ]
    done(post.api.post(outcome, {"outcome": "broken", "break_reason": "dates"}, FREELANCER))
    assert post.told() == [(CLAIRE, f"{NAME} : la mission s’interrompt")]
    assert post.told() == []


def test_a_message_is_told_without_its_text_and_the_next_ones_of_the_hour_together(post: Post) -> None:
    brief_id = post.publish()
    thread_id = post.interest(brief_id)
    post.told()
    for number, minutes in enumerate((5, 10, 15)):
        with at(datetime.now(UTC) + timedelta(minutes=minutes)):
            said = {"text": f"Je pense au phare {number}."}
            done(post.api.post(f"/conversations/{thread_id}/messages", said, FREELANCER))
            expected = [(CLAIRE, f"{NAME} : un message vous attend")] if not number else []
            assert post.told() == expected
    with at(datetime.now(UTC) + timedelta(minutes=70)):
        handlers.sweep_notifications(tick(), CONTEXT)
        assert post.told() == [(CLAIRE, f"{NAME} : un message vous attend")]
    assert [one for one in post.mailbox if "phare" in one.body] == []


def test_a_negative_answer_comes_with_its_reason_and_the_producer_s_words(post: Post) -> None:
    brief_id = post.publish()
    thread_id = post.interest(brief_id)
    post.told()
    answer = {"decision": "not_retained", "reason": "other_dates", "text": "Nous commençons plus tôt ; merci à vous."}
    done(post.api.post(f"/conversations/{thread_id}/answer", answer, PRODUCER))
    assert post.told() == [(INES, f"{NAME} : la réponse de la production")]
    for said in ("Les dates ne s’accordent pas.", "Nous commençons plus tôt"):
        assert said in post.last().body


def test_words_that_have_come_to_tell_who_the_producer_is_are_masked_in_the_e_mail(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief_id = post.publish()
    thread_id = post.interest(brief_id)
    post.told()
    answer = {"decision": "not_retained", "reason": "other_dates", "text": f"Bien à vous, {SECRETS['legal_name']}"}
    with monkeypatch.context() as blind:
        blind.setattr(for_conversations.ProjectsForConversations, "leaks", nothing_in)
        done(post.api.post(f"/conversations/{thread_id}/answer", answer, PRODUCER))
    assert post.told() == [(INES, f"{NAME} : la réponse de la production")]
    assert "Bien à vous, [" in post.last().body
    assert SECRETS["legal_name"] not in post.last().body


def test_after_the_reveal_the_words_of_an_answer_stay_in_the_conversation(post: Post) -> None:
    brief_id = post.publish()
    thread_id = post.interest(brief_id)
    post.reveal(brief_id, thread_id, PRODUCER, FREELANCER)
    post.told()
    answer = {"decision": "not_retained", "reason": "other_dates", "text": "Bien à vous, Claire."}
    done(post.api.post(f"/conversations/{thread_id}/answer", answer, PRODUCER))
    assert post.told() == [(INES, f"{NAME} : la réponse de la production")]
    assert "Claire" not in post.last().body and "se lit dans l’échange" in post.last().body


def test_whoever_declines_an_invitation_is_told_of_and_an_answer_that_is_owed_is_asked_for(post: Post) -> None:
    from chalicelib.conversations.handlers import sweep_conversations

    brief_id = post.publish()
    invite = f"/briefs/{brief_id}/matches/{post.profile['profile_id']}/invite"
    done(post.api.post(invite, {}, PRODUCER))
    done(post.api.post(f"/projects/{brief_id}/interest", {}, OTHER))
    post.told()
    done(post.api.post(f"/projects/{brief_id}/decline", person=FREELANCER))
    assert post.told() == [(CLAIRE, f"{NAME} : une personne ne donne pas suite")]
    thread = next(row for row in rows("ConversationsTable") if row["sk"] == "THREAD" and row.get("owing_pk"))
    due = datetime.fromisoformat(thread["answer_due_at"])
    with at(due - timedelta(hours=20)):
        sweep_conversations(tick(), CONTEXT)
        assert post.told() == [(CLAIRE, f"{NAME} : une réponse à donner")]
    with at(due + timedelta(minutes=5)):
        sweep_conversations(tick(), CONTEXT)
        assert post.told() == [(CLAIRE, f"{NAME} : une réponse est en retard")]
        assert "Noé Bellance" in post.last().body and "aucun nouveau projet" in post.last().body


def test_a_date_that_comes_near_is_told_to_who_published_with_what_to_do(post: Post) -> None:
    from chalicelib.briefs.handlers import sweep_briefs

    brief_id = post.publish(option_end_date=day(241))
    post.interest(brief_id)
    post.told()
    with at(datetime.now(UTC) + timedelta(days=241 - 6)):
        sweep_briefs(tick(), CONTEXT)
        [(address, subject)] = post.told()
        assert address == CLAIRE and f"{NAME} : il reste" in subject
        assert "Fin de l’option" in post.last().body
        assert "Une personne intéressée attend votre réponse" in post.last().body


def confidential() -> list[str]:
    """Every spelling in which a secret could slip in."""
    broadcaster = SECRETS["targeted_broadcaster"]
    found = [value for name, value in SECRETS.items() if name != "targeted_broadcaster"]
    found += [broadcaster, taxonomy().label("broadcasters", broadcaster, "fr"), "Falaise", PRODUCER.sub]
    return [one.lower() for one in found]


def whole_story(post: Post) -> None:
    """Everything of these kinds that there is to be told, over the reveal and beyond."""
    from chalicelib.conversations.handlers import sweep_conversations

    brief_id = post.publish(option_end_date=day(13), start_window={"from": day(0), "until": day(10)}, estimated_days=2)
    done(post.api.post(f"/briefs/{brief_id}/matches/{post.profile['profile_id']}/invite", {}, PRODUCER))
    post.told()
    thread_id = post.interest(brief_id)
    post.told()
    with at(datetime.now(UTC) + timedelta(minutes=5)):
        for person in (FREELANCER, PRODUCER):
            done(post.api.post(f"/conversations/{thread_id}/messages", {"text": "Bonjour, à bientôt."}, person))
            post.told()
    with at(datetime.now(UTC) + timedelta(days=9)):
        sweep_conversations(tick(), CONTEXT)
        post.told()
    done(post.api.post(f"/conversations/{thread_id}/answer", {"decision": "retained", "reason": "to_meet"}, PRODUCER))
    post.told()
    for person in (PRODUCER, FREELANCER):
        post.reveal(brief_id, thread_id, person)
        post.told()
    for act in ({"outcome": "engaged"}, {"outcome": "broken", "break_reason": "dates"}):
        done(post.api.post(f"/conversations/{thread_id}/outcome", act, PRODUCER))
        post.told()
        if act["outcome"] == "engaged":
            done(post.api.post(f"/conversations/{thread_id}/outcome", act, FREELANCER))
            post.told()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_e_mail_to_anybody_holds_a_byte_of_the_company_its_people_the_title_or_the_broadcaster(
    directory: None, world: World, language: str
) -> None:
    post = Post(world, language)
    whole_story(post)
    addressed = [one.destinations["ToAddresses"][0] for one in post.mailbox]
    assert addressed.count(INES) >= 7 and addressed.count(CLAIRE) >= 5
    for sent in post.mailbox:
        written = f"{sent.source} {sent.subject} {sent.body}".lower()
        assert [secret for secret in confidential() if secret in written] == []
        assert "projet goémon" in written
        assert ("bonjour, à bientôt" in written) is False
    assert {one.source for one in post.mailbox} == {"Plot Point <bonjour@plot-point.test>"}


def test_no_record_of_an_e_mail_and_no_log_line_holds_an_address_a_name_or_a_text(post: Post, logged: Any) -> None:
    whole_story(post)
    written = repr(rows("NotificationsTable")).lower()
    lines = logged.getvalue().lower()
    assert "email_sent" in lines
    personal = [CLAIRE, INES, NOE, "inès", "kerbrat", "bellance", "goémon", "à bientôt"]
    spellings = [*personal, *(one.encode("ascii", "backslashreplace").decode() for one in personal)]
    for text in (written, lines):
        assert [one for one in spellings if one in text] == []
    assert [one for one in confidential() if one in written and one != PRODUCER.sub] == []


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("projects", lambda *_: None),
        ("contacts", lambda post, brief_id: post.interest(brief_id)),
    ],
    ids=["projects", "contacts"],
)
def test_a_link_turns_its_kind_off_in_one_click_and_opening_it_changes_nothing(
    post: Post, kind: str, act: Callable[[Post, str], Any]
) -> None:
    reader = FREELANCER if kind == "projects" else PRODUCER
    brief_id = post.publish(option_end_date=day(13), start_window={"from": day(0), "until": day(10)}, estimated_days=2)
    act(post, brief_id)
    post.told()
    mine = [one for one in post.mailbox if one.destinations["ToAddresses"] == [reader.email]][-1]
    links = [urlsplit(word) for word in mine.body.split('"') if word.startswith("https://")]
    before = dump()
    [stop] = {link.path for link in links if "/api/unsubscribe/" in link.path}
    assert post.api.get(stop.removeprefix("/api")).status == 200
    assert dump() == before
    ways = [link for link in links if link.path != stop and link.fragment != "emails"]
    assert ways and all(link.path.startswith(("/projects/", "/conversations/")) for link in ways)
    assert [link.path for link in links if link.fragment] == ["/privacy" if reader is FREELANCER else "/account"]
    path = stop.removeprefix("/api")
    assert post.api.call("POST", path, raw=b"List-Unsubscribe=One-Click", headers=FORM).status == 200
    kinds = done(post.api.get("/me/preferences", reader))["kinds"]
    off = {name for name, channels in kinds.items() if not channels["email"] and not channels["digest"]}
    assert off == {kind}


def test_administrators_see_how_far_they_came_in_a_list_of_their_own(post: Post) -> None:
    brief_id = post.publish()
    thread_id = post.interest(brief_id)
    post.told()
    listed = done(post.api.get("/admin/notifications?state=sent", ADMIN))
    assert [one["kind"] for one in listed["emails"]] == ["shortlist"]
    [contact] = listed["contacts"]
    assert (contact["kind"], contact["contact_step"], contact["reader"], contact["thread_id"]) == (
        "contacts",
        "interest_shown",
        "producer",
        thread_id,
    )
