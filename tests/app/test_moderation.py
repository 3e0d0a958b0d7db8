"""Reports, decisions and who is behind a brief, through the routes, with what queues and streams bring about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.accounts.repository import CognitoDirectory
from chalicelib.moderation import wiring as moderation
from chalicelib.platform.auth import Actor
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import stamp, utc_now
from tests.support.api import ADMIN, FREELANCER, PRODUCER, RIVAL, Answer, Person
from tests.support.environment import at
from tests.support.examples import SECRETS
from tests.support.records import CONTEXT, envelope, queue_event, tick
from tests.support.tables import events
from tests.support.world import World, done

BASILE = Person("sub-basile", "basile@plot-point.test", ("admins",))
NADIR = Person("sub-nadir", "nadir@plot-point.test", ("admins",))
COLLEAGUE = Person("sub-marc", "marc@falaise-films.test", ("producers",))
FACTS = "Le synopsis cite l’adresse des bureaux de la société."
RETURN = {"ground": "identity_told", "facts": FACTS}
SUSPENSION = {"ground": "harassment", "facts": "Trois messages menaçants, les 2, 3 et 4 décembre."}
ASKED = {
    "authority": "Inspection du travail, unité de contrôle 12",
    "basis": "Code du travail, article L5332-2",
    "reference": "UC12-2026-0417",
}


class Town:
    """A verified company with a live project, a freelancer on its shortlist, and what queues deliver, twice."""

    def __init__(self, world: World) -> None:
        self.world, self.api = world, world.api
        self.company_id = world.company()
        self.profile: str = world.profile()["profile_id"]
        self.brief: str = world.live_brief()["brief_id"]
        self._delivered: set[str] = set()
        self.deliver()

    def deliver(self) -> None:
        from chalicelib.briefs.handlers import settle_brief_obligations
        from chalicelib.companies.handlers import settle_verified_companies
        from chalicelib.conversations.handlers import settle_conversations
        from chalicelib.profiles.handlers import settle_verified_profiles

        handlers = (
            settle_brief_obligations,
            settle_verified_companies,
            settle_verified_profiles,
            settle_conversations,
        )
        for table in ("ModerationTable", "BriefsTable", "CompaniesTable", "ProfilesTable", "ConversationsTable"):
            for item in events(table):
                if item["event_id"] in self._delivered:
                    continue
                self._delivered.add(item["event_id"])
                for handler in handlers:
                    twice = queue_event(envelope(item), envelope(item))
                    assert handler(twice, CONTEXT) == {"batchItemFailures": []}
        self.world.match()

    def status(self) -> str:
        return str(done(self.api.get(f"/briefs/{self.brief}", PRODUCER))["status"])

    def returned(self, by: Person = ADMIN, **body: Any) -> dict[str, Any]:
        measure = done(self.api.post(f"/admin/briefs/{self.brief}/return", {**RETURN, **body}, by))
        self.deliver()
        return measure

    def suspended(self, path: str, days: int | None = 3, by: Person = ADMIN, **body: Any) -> dict[str, Any]:
        until = stamp(utc_now() + timedelta(days=days)) if days is not None else None
        measure = done(self.api.post(f"/admin/{path}/suspend", {**SUSPENSION, "until": until, **body}, by))
        self.deliver()
        return measure

    def interested(self) -> str:
        """The conversation's id."""
        return str(done(self.api.post(f"/projects/{self.brief}/interest", {}, FREELANCER))["conversation_id"])

    def shortlist(self) -> list[str]:
        matches = done(self.api.get(f"/briefs/{self.brief}/matches", PRODUCER))["matches"]
        return [one["profile"]["profile_id"] for one in matches]


@pytest.fixture
def town(world: World) -> Iterator[Town]:
    with patch.object(CognitoDirectory, "account", lambda _, name: (name, f"{name}@courriel.test")):
        yield Town(world)


def actor(person: Person) -> Actor:
    return Actor(person.sub, frozenset(person.groups), person.email)


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, str(answer.json["code"])


# ---- a brief goes back to its company


def test_a_returned_brief_is_offline_and_its_company_reads_why_corrects_it_and_publishes_again(town: Town) -> None:
    measure = town.returned()
    assert (measure["kind"], measure["state"], measure["in_force"]) == ("brief", "in_force", True)
    assert town.status() == "returned"
    assert done(town.api.get("/projects", FREELANCER))["projects"] == []
    assert town.api.get(f"/projects/{town.brief}", FREELANCER).status == 404
    [mine] = done(town.api.get("/moderation/mine", PRODUCER))["measures"]
    statement = mine["statement"]
    assert statement["facts"] == FACTS
    assert statement["ground"]["id"] == "identity_told"
    assert statement["prompted_by"] == "own_initiative"
    assert mine["may"] == ["reply", "appeal"]
    assert ADMIN.sub not in str(mine)
    brief = done(town.api.get(f"/briefs/{town.brief}", PRODUCER))
    assert brief["measure_id"] == measure["measure_id"]
    done(town.api.patch(f"/briefs/{town.brief}", {"code_name": "Projet Varech"}, PRODUCER))
    assert town.status() == "returned"
    published = done(town.api.post(f"/briefs/{town.brief}/publish", person=PRODUCER))
    assert (published["status"], published["publication_no"], published["measure_id"]) == ("live", 2, None)
    town.deliver()
    assert town.status() == "live", "the decision was about what was online then"
    assert len(done(town.api.get("/projects", FREELANCER))["projects"]) == 1


def test_a_brief_is_returned_once_whatever_is_repeated_and_only_while_it_is_online(town: Town) -> None:
    first = town.returned()
    again = town.api.post(f"/admin/briefs/{town.brief}/return", RETURN, BASILE)
    assert refused(again) == (409, "brief_not_live")
    keys = {"Idempotency-Key": "renvoi-1"}
    done(town.api.post(f"/briefs/{town.brief}/publish", person=PRODUCER))
    one = done(town.api.post(f"/admin/briefs/{town.brief}/return", RETURN, BASILE, headers=keys))
    two = done(town.api.post(f"/admin/briefs/{town.brief}/return", RETURN, BASILE, headers=keys))
    assert one["measure_id"] == two["measure_id"] != first["measure_id"]
    # Before the queue has brought it to the brief, somebody else decides the same.
    assert refused(town.api.post(f"/admin/briefs/{town.brief}/return", RETURN, NADIR)) == (409, "already_decided")
    town.deliver()
    assert town.status() == "returned"
    assert [one["publication_no"] for one in done(town.api.get("/admin/measures", ADMIN))["measures"]] == [1, 2]


def test_a_ground_that_is_not_one_for_a_brief_is_refused(town: Town) -> None:
    answer = town.api.post(f"/admin/briefs/{town.brief}/return", {**RETURN, "ground": "harassment"}, ADMIN)
    assert (answer.status, answer.codes) == (422, {"/ground": "not_a_ground"})


def test_an_appeal_goes_to_somebody_else_and_puts_the_brief_back_with_its_first_shortlist(town: Town) -> None:
    before = town.shortlist()
    measure = town.returned()
    path = f"/moderation/mine/{measure['measure_id']}"
    contested = done(town.api.post(f"{path}/appeal", {"text": "Cette adresse est celle du décor."}, PRODUCER))
    assert (contested["state"], contested["may"]) == ("appealed", ["reply"])
    admin = f"/admin/measures/{measure['measure_id']}"
    assert refused(town.api.post(f"{admin}/lift", person=ADMIN)) == (403, "another_person_needed")
    assert refused(town.api.post(f"{admin}/uphold", {"text": "Non."}, ADMIN)) == (403, "another_person_needed")
    assert done(town.api.post(f"{admin}/lift", person=BASILE))["state"] == "lifted"
    assert done(town.api.post(f"{admin}/lift", person=BASILE))["state"] == "lifted", "twice is once"
    town.deliver()
    assert town.status() == "live"
    assert town.shortlist() == before == [town.profile]
    assert refused(town.api.post(f"{path}/appeal", {"text": "Encore."}, PRODUCER)) == (409, "measure_state")


def test_an_appeal_that_changes_nothing_says_why(town: Town) -> None:
    measure = town.returned()
    path = f"/moderation/mine/{measure['measure_id']}"
    done(town.api.post(f"{path}/reply", {"text": "Nous corrigeons."}, PRODUCER))
    done(town.api.post(f"{path}/appeal", {"text": "Cette adresse est celle du décor."}, PRODUCER))
    admin = f"/admin/measures/{measure['measure_id']}"
    stale = town.api.post(f"{admin}/uphold", {"text": "Vu."}, BASILE, headers={"If-Match": '"1"'})
    assert refused(stale) == (412, "precondition_failed")
    done(town.api.post(f"{admin}/uphold", {"text": "Le registre donne cette adresse pour siège."}, BASILE))
    mine = done(town.api.get(path, PRODUCER))
    assert (mine["state"], mine["may"]) == ("in_force", [])
    assert mine["upheld"] == "Le registre donne cette adresse pour siège."
    told = [one["event"] for one in done(town.api.get(admin, NADIR))["history"]]
    assert told == [
        "moderation.return_ordered",
        "moderation.answered",
        "moderation.appealed",
        "moderation.appeal_rejected",
    ]


def test_what_is_decided_of_a_brief_is_its_company_s_alone_to_read(town: Town) -> None:
    town.world.company(RIVAL, legal_name="Autre Rive", siren="418930277", email_domain="autre-rive.test")
    measure = town.returned()
    for person in (RIVAL, FREELANCER):
        assert done(town.api.get("/moderation/mine", person)) == {"suspended": False, "measures": []}
        assert town.api.get(f"/moderation/mine/{measure['measure_id']}", person).status == 404


def test_whoever_was_in_touch_reads_that_the_project_is_offline_and_nothing_else(town: Town) -> None:
    thread_id = town.interested()
    town.returned()
    seen = town.api.get(f"/conversations/{thread_id}", FREELANCER)
    assert done(seen)["project_live"] is False
    assert done(seen)["notice"]["en"].startswith("This project is offline")
    assert done(town.api.get(f"/conversations/{thread_id}", PRODUCER))["notice"] is None
    told = [one for one in events("ConversationsTable") if one["event_type"] == "conversation.interrupted"]
    assert [one["aggregate_id"] for one in told] == [thread_id], "once, though every fact came twice"
    text = seen.content.decode() + town.api.get("/conversations", FREELANCER).content.decode()
    assert not [secret for secret in SECRETS.values() if secret in text]
    assert "identity_told" not in text
    # Their answer is still owed, and can be given.
    answer = {"decision": "not_retained", "reason": "project_changed"}
    assert done(town.api.post(f"/conversations/{thread_id}/answer", answer, PRODUCER))["state"] == "not_retained"


def test_a_returned_brief_whose_dates_pass_expires_and_whoever_waits_hears_of_it(town: Town) -> None:
    from chalicelib.briefs.handlers import sweep_briefs

    thread_id = town.interested()
    town.returned()
    with at(utc_now() + timedelta(days=400)):
        sweep_briefs(tick(), CONTEXT)
        town.deliver()
        assert town.status() == "expired"
    assert done(town.api.get(f"/conversations/{thread_id}", FREELANCER))["answer_due_at"] is not None


def test_news_of_a_decision_that_come_late_twice_or_never_change_nothing_or_are_asked_for_again(town: Town) -> None:
    from chalicelib.moderation.handlers import sweep_moderation

    measure = done(town.api.post(f"/admin/briefs/{town.brief}/return", RETURN, ADMIN))
    town._delivered |= {item["event_id"] for item in events("ModerationTable")}  # the news is lost
    town.deliver()
    assert town.status() == "live"
    for minutes in (3, 9):
        with at(utc_now() + timedelta(minutes=minutes)):
            sweep_moderation(tick(), CONTEXT)
    town.deliver()
    assert town.status() == "returned"
    done(town.api.post(f"/briefs/{town.brief}/publish", person=PRODUCER))
    town._delivered -= {item["event_id"] for item in events("ModerationTable")}  # everything comes once more
    town.deliver()
    assert town.status() == "live"
    with at(utc_now() + timedelta(minutes=20)):
        sweep_moderation(tick(), CONTEXT)
    overdue = [item for item in events("ModerationTable") if item["event_type"] == "moderation.effect_overdue"]
    assert [item["aggregate_id"] for item in overdue] == [measure["measure_id"]] * 2
    with at(utc_now() + timedelta(minutes=40)):
        sweep_moderation(tick(), CONTEXT)
    assert len([item for item in events("ModerationTable") if item["event_type"].endswith("overdue")]) == 2


def test_a_return_that_is_lifted_while_its_company_is_suspended_is_undone_when_that_ends_however_late(
    town: Town,
) -> None:
    from chalicelib.briefs.handlers import sweep_briefs
    from chalicelib.moderation.handlers import sweep_moderation

    before, measure = town.shortlist(), town.returned()
    suspension = town.suspended(f"companies/{town.company_id}", days=None, ground="misleading")
    done(town.api.post(f"/admin/measures/{suspension['measure_id']}/confirm", person=BASILE))
    done(town.api.post(f"/admin/measures/{measure['measure_id']}/lift", person=BASILE))
    town.deliver()
    assert town.status() == "returned"
    for days in (1, 2, 3):
        with at(utc_now() + timedelta(days=days)):
            sweep_moderation(tick(), CONTEXT)
            sweep_briefs(tick(), CONTEXT)
            town.deliver()
    overdue = [item for item in events("ModerationTable") if item["event_type"] == "moderation.effect_overdue"]
    assert overdue == [], "nobody is late: it waits for its company"
    with at(utc_now() + timedelta(days=4)):
        done(town.api.post(f"/admin/companies/{town.company_id}/restore", person=NADIR))
        town.deliver()
        sweep_briefs(tick(), CONTEXT)
        town.deliver()
        assert town.status() == "live"
        assert town.shortlist() == before


# ---- who is behind a brief


def test_who_is_behind_a_brief_is_read_by_the_two_who_asked_and_agreed_for_a_day(town: Town) -> None:
    done(town.api.post(f"/briefs/{town.brief}/close", person=PRODUCER))
    asked = done(town.api.post(f"/admin/briefs/{town.brief}/identity", ASKED, ADMIN))
    path = f"/admin/identity-requests/{asked['request_id']}"
    assert refused(town.api.post(f"{path}/open", person=ADMIN)) == (403, "identity_not_readable")
    assert refused(town.api.post(f"{path}/grant", person=ADMIN)) == (403, "another_person_needed")
    assert done(town.api.post(f"{path}/grant", person=BASILE))["state"] == "granted"
    for reader in (ADMIN, BASILE):
        document = done(town.api.post(f"{path}/open", person=reader))
        assert document["company"]["legal_name"] == SECRETS["legal_name"]
        assert document["company"]["siren"] == SECRETS["siren"]
        [publication] = document["publications"]
        assert (publication["publisher"], publication["email"]) == (PRODUCER.sub, PRODUCER.email)
        assert publication["published_at"]
    assert refused(town.api.post(f"{path}/open", person=NADIR)) == (403, "identity_not_readable")
    with at(utc_now() + timedelta(hours=25)):
        assert refused(town.api.post(f"{path}/open", person=ADMIN)) == (403, "identity_not_readable")
    assert refused(town.api.post(f"{path}/refuse", person=NADIR)) == (409, "identity_request_over")
    entries = done(town.api.get(f"/admin/audit?identity_id={asked['request_id']}", NADIR))["entries"]
    assert [(one["event"].removeprefix("moderation.identity_"), one["actor"]) for one in entries[::-1]] == [
        ("asked", ADMIN.sub),
        ("granted", BASILE.sub),
        ("shown", ADMIN.sub),
        ("shown", BASILE.sub),
    ]
    assert SECRETS["legal_name"] not in str(entries)


def test_a_request_that_nobody_agrees_to_in_a_week_is_refused_by_itself(town: Town) -> None:
    from chalicelib.moderation.handlers import sweep_moderation

    asked = done(town.api.post(f"/admin/briefs/{town.brief}/identity", ASKED, ADMIN))
    path = f"/admin/identity-requests/{asked['request_id']}"
    with at(utc_now() + timedelta(days=8)):
        assert refused(town.api.post(f"{path}/grant", person=BASILE)) == (409, "identity_request_over")
        sweep_moderation(tick(), CONTEXT)
    [listed] = done(town.api.get("/admin/identity-requests", BASILE))["requests"]
    assert (listed["state"], listed["settled_by"]) == ("refused", None)


def test_a_draft_is_nobody_s_offer(town: Town) -> None:
    draft = town.world.draft()
    assert town.api.post(f"/admin/briefs/{draft['brief_id']}/identity", ASKED, ADMIN).status == 404


# ---- reports


def test_a_brief_a_profile_and_a_message_are_reported_to_one_desk_and_the_reporter_reads_the_outcome(
    town: Town,
) -> None:
    thread_id = town.interested()
    text = {"text": "Pouvez-vous écrire un traitement à l’essai, sans contrat ?"}
    done(town.api.post(f"/conversations/{thread_id}/messages", text, PRODUCER))
    [message] = done(town.api.get(f"/conversations/{thread_id}/messages", FREELANCER))["messages"]
    brief = {"about": "brief", "id": town.brief, "reason": "misleading", "text": "Les dates ne tiennent pas."}
    said = {"about": "message", "id": message["message_id"], "conversation_id": thread_id, "reason": "unpaid_work"}
    profile = {"about": "profile", "id": town.profile, "reason": "fraud"}
    first = done(town.api.post("/reports", brief, FREELANCER))
    second = done(town.api.post("/reports", said, FREELANCER))
    third = done(town.api.post("/reports", profile, PRODUCER))
    waiting = done(town.api.get("/admin/reports", ADMIN))["reports"]
    assert [one["report_id"] for one in waiting] == [one["report_id"] for one in (first, second, third)]
    assert waiting[1]["message_text"] == text["text"]
    assert waiting[0]["against"] == {"kind": "company", "id": town.company_id}
    assert waiting[2]["against"] == {"kind": "user", "id": FREELANCER.sub}
    assert {"logline.fr", "pitch.fr"} <= {one["part"] for one in waiting[0]["excerpts"]}
    [only] = done(town.api.get("/admin/reports?about=profile", ADMIN))["reports"]
    assert only["report_id"] == third["report_id"]
    path = f"/admin/reports/{second['report_id']}"
    ruling = {"outcome": "reminder", "ruling": "Nous l’avons rappelé.", "reminder": "Tout essai se paie."}
    assert done(town.api.post(f"{path}/settle", ruling, ADMIN))["outcome"]["id"] == "reminder"
    assert done(town.api.post(f"{path}/settle", ruling, ADMIN))["settled_by"] == ADMIN.sub, "twice is once"
    assert refused(town.api.post(f"{path}/settle", ruling, BASILE)) == (409, "report_decided")
    mine = {one["report_id"]: one for one in done(town.api.get("/reports", FREELANCER))["reports"]}
    told = mine[second["report_id"]]
    assert (told["outcome"]["id"], told["answer"]) == ("reminder", ruling["ruling"])
    assert mine[first["report_id"]]["outcome"] is None
    [settled] = done(town.api.get("/admin/reports?status=settled", ADMIN))["reports"]
    assert settled["report_id"] == second["report_id"]


def test_again_by_the_same_person_about_the_same_thing_is_the_same_report(town: Town) -> None:
    body = {"about": "brief", "id": town.brief, "reason": "misleading"}
    one = done(town.api.post("/reports", body, FREELANCER))
    two = done(town.api.post("/reports", {**body, "reason": "other", "text": "Encore."}, FREELANCER))
    assert one == two
    assert len(done(town.api.get("/admin/reports", ADMIN))["reports"]) == 1


def test_only_what_one_can_see_can_be_reported_and_nothing_of_one_s_own(town: Town) -> None:
    town.world.company(RIVAL, legal_name="Autre Rive", siren="418930277", email_domain="autre-rive.test")
    thread_id = town.interested()
    done(town.api.post(f"/conversations/{thread_id}/messages", {"text": "Bonjour."}, FREELANCER))
    [message] = done(town.api.get(f"/conversations/{thread_id}/messages", FREELANCER))["messages"]
    draft = town.world.draft()
    own = {"about": "message", "id": message["message_id"], "conversation_id": thread_id, "reason": "other"}
    for person, body in (
        (PRODUCER, {"about": "brief", "id": town.brief, "reason": "other"}),
        (RIVAL, {"about": "profile", "id": town.profile, "reason": "other"}),
        (RIVAL, {"about": "conversation", "id": thread_id, "reason": "other"}),
        (FREELANCER, {"about": "profile", "id": town.profile, "reason": "other"}),
        (FREELANCER, {"about": "brief", "id": draft["brief_id"], "reason": "other"}),
        (FREELANCER, own),
    ):
        assert town.api.post("/reports", body, person).status == 404, body
    nowhere = town.api.post("/reports", {**own, "conversation_id": None}, FREELANCER)
    assert (nowhere.status, nowhere.codes) == (422, {"/conversation_id": "within_which"})
    assert done(town.api.get("/admin/reports", ADMIN))["reports"] == []


def test_whoever_takes_a_report_has_it_for_half_an_hour(town: Town) -> None:
    report = done(town.api.post("/reports", {"about": "brief", "id": town.brief, "reason": "fraud"}, FREELANCER))
    path, ruling = f"/admin/reports/{report['report_id']}", {"outcome": "no_breach", "ruling": "Rien à redire."}
    assert done(town.api.post(f"{path}/claim", person=ADMIN))["claimed_by"] == ADMIN.sub
    assert refused(town.api.post(f"{path}/claim", person=BASILE)) == (409, "report_claimed")
    assert refused(town.api.post(f"{path}/settle", ruling, BASILE)) == (409, "report_claimed")
    assert done(town.api.post(f"{path}/release", person=ADMIN))["claimed_by"] is None
    done(town.api.post(f"{path}/claim", person=ADMIN))
    with at(utc_now() + timedelta(minutes=31)):
        assert done(town.api.post(f"{path}/settle", ruling, BASILE))["settled_by"] == BASILE.sub


def test_what_its_author_is_told_says_nothing_of_who_is_behind_the_project(town: Town) -> None:
    report = done(town.api.post("/reports", {"about": "brief", "id": town.brief, "reason": "fraud"}, FREELANCER))
    path = f"/admin/reports/{report['report_id']}/settle"
    body = {"outcome": "no_breach", "ruling": f"{SECRETS['legal_name']} détient bien les droits."}
    answer = town.api.post(path, body, ADMIN)
    assert (answer.status, answer.codes) == (422, {"/ruling": "identity_leak"})
    assert done(town.api.get("/reports", FREELANCER))["reports"][0]["outcome"] is None


def test_what_a_freelancer_is_reminded_of_says_nothing_of_it_either(town: Town) -> None:
    thread_id = town.interested()
    report = done(town.api.post(f"/conversations/{thread_id}/reports", {"reason": "harassment"}, PRODUCER))
    path = f"/admin/reports/{report['report_id']}/settle"
    words = f"{SECRETS['legal_name']} vous demande de rester courtois."
    body = {"outcome": "reminder", "ruling": "Nous l’avons rappelé.", "reminder": words}
    answer = town.api.post(path, body, ADMIN)
    assert (answer.status, answer.codes) == (422, {"/reminder": "identity_leak"})
    # The company may read its own name.
    done(town.api.post(path, {**body, "ruling": words, "reminder": "Restez courtois."}, ADMIN))


def test_a_reminder_about_a_profile_says_nothing_of_the_projects_its_owner_is_in_touch_about(town: Town) -> None:
    report = done(town.api.post("/reports", {"about": "profile", "id": town.profile, "reason": "fraud"}, PRODUCER))
    path = f"/admin/reports/{report['report_id']}/settle"
    town.interested()
    body = {"outcome": "reminder", "ruling": "Vu.", "reminder": f"Ce crédit est de {SECRETS['legal_name']}."}
    answer = town.api.post(path, body, ADMIN)
    assert (answer.status, answer.codes) == (422, {"/reminder": "identity_leak"})


def test_a_reminder_needs_words_and_nothing_else_has_any(town: Town) -> None:
    report = done(town.api.post("/reports", {"about": "brief", "id": town.brief, "reason": "fraud"}, FREELANCER))
    path = f"/admin/reports/{report['report_id']}/settle"
    for body in ({"outcome": "reminder"}, {"outcome": "no_breach", "reminder": "Attention."}):
        answer = town.api.post(path, {"ruling": "Vu.", **body}, ADMIN)
        assert (answer.status, answer.codes) == (422, {"/reminder": "tell_them"})


def test_reports_are_counted_by_the_hour(town: Town) -> None:
    from chalicelib.moderation import models
    from chalicelib.moderation import repository as keys

    thread_id = town.interested()
    for text in ("Un.", "Deux.", "Trois."):
        done(town.api.post(f"/conversations/{thread_id}/messages", {"text": text}, PRODUCER))
    messages = done(town.api.get(f"/conversations/{thread_id}/messages", FREELANCER))["messages"]
    assert models.REPORTS_PER_HOUR == 20
    with patch.object(keys, "REPORTS_PER_HOUR", 2):
        answers = [
            town.api.post(
                f"/conversations/{thread_id}/reports", {"reason": "other", "message_id": one["message_id"]}, FREELANCER
            )
            for one in messages
        ]
    assert [one.status for one in answers] == [201, 201, 429]
    assert int(answers[2].headers["Retry-After"]) <= 3600


# ---- suspension


def test_a_suspended_freelancer_acts_no_more_is_proposed_to_nobody_and_comes_back_as_they_were(town: Town) -> None:
    before, own = town.shortlist(), done(town.api.get("/profiles/mine", FREELANCER))
    measure = town.suspended(f"users/{FREELANCER.sub}")
    assert (measure["state"], measure["in_force"]) == ("in_force", True)
    assert town.shortlist() == []
    assert town.api.get(f"/profiles/{town.profile}", PRODUCER).status == 404
    asked = town.api.post(f"/briefs/{town.brief}/invitations", {"profile_ids": [town.profile]}, PRODUCER)
    assert refused(asked) == (409, "not_proposed")
    for answer in (
        town.api.get("/projects", FREELANCER),
        town.api.post(f"/projects/{town.brief}/interest", {}, FREELANCER),
        town.api.post("/reports", {"about": "brief", "id": town.brief, "reason": "fraud"}, FREELANCER),
    ):
        assert refused(answer) == (403, "account_suspended")
        assert "/moderation/mine" in answer.json["title"]
    assert done(town.api.get("/profiles/mine", FREELANCER))["suspended"] is True
    mine = done(town.api.get("/moderation/mine", FREELANCER))
    assert mine["suspended"] is True
    path = f"/moderation/mine/{measure['measure_id']}"
    done(town.api.post(f"{path}/reply", {"text": "Ce n’était pas moi."}, FREELANCER))
    done(town.api.post(f"/admin/users/{FREELANCER.sub}/restore", person=ADMIN))
    town.deliver()
    assert town.shortlist() == before
    now = done(town.api.get("/profiles/mine", FREELANCER))
    assert {**now, "version": 0, "updated_at": ""} == {**own, "version": 0, "updated_at": ""}
    assert done(town.api.get("/projects", FREELANCER))["projects"]


def test_a_suspended_company_is_seen_by_nobody_and_comes_back_with_the_same_shortlist(town: Town) -> None:
    thread_id, before = town.interested(), town.shortlist()
    brief = done(town.api.get(f"/briefs/{town.brief}", PRODUCER))
    measure = town.suspended(f"companies/{town.company_id}", ground="misleading")
    assert done(town.api.get("/projects", FREELANCER))["projects"] == []
    for method, path, body in (
        ("POST", "/briefs", {}),
        ("POST", f"/conversations/{thread_id}/messages", {"text": "Bonjour."}),
        ("GET", f"/briefs/{town.brief}/matches", None),
        ("GET", f"/profiles/{town.profile}", None),
        ("POST", f"/briefs/{town.brief}/close", None),
    ):
        assert refused(town.api.call(method, path, body, person=PRODUCER)) == (403, "account_suspended"), path
    assert done(town.api.get("/companies/mine", PRODUCER))["suspended"] is True
    # The other side reads one neutral line, and nothing is asked of anybody.
    seen = done(town.api.get(f"/conversations/{thread_id}", FREELANCER))
    assert seen["notice"]["en"].startswith("This conversation is paused")
    assert seen["may"] == ["decline"]
    said = town.api.post(f"/conversations/{thread_id}/messages", {"text": "Des nouvelles ?"}, FREELANCER)
    assert refused(said) == (409, "conversation_paused")
    done(town.api.post(f"/admin/measures/{measure['measure_id']}/lift", person=BASILE))
    town.deliver()
    assert done(town.api.get(f"/briefs/{town.brief}", PRODUCER)) == brief
    assert town.shortlist() == before
    assert done(town.api.get(f"/conversations/{thread_id}", FREELANCER))["notice"] is None
    assert len(done(town.api.get("/projects", FREELANCER))["projects"]) == 1


def test_more_than_a_week_or_again_within_a_month_takes_two(town: Town) -> None:
    path = f"users/{FREELANCER.sub}"
    measure = town.suspended(path, days=None)
    assert (measure["state"], measure["in_force"]) == ("proposed", False)
    assert done(town.api.get("/moderation/mine", FREELANCER))["measures"] == [], "what is proposed is nobody's news"
    assert town.shortlist() == [town.profile]
    admin = f"/admin/measures/{measure['measure_id']}"
    assert refused(town.api.post(f"{admin}/confirm", person=ADMIN)) == (403, "another_person_needed")
    again = town.api.post(f"/admin/{path}/suspend", {**SUSPENSION, "until": None}, BASILE)
    assert refused(again) == (409, "already_decided")
    confirmed = done(town.api.post(f"{admin}/confirm", person=BASILE))
    assert (confirmed["state"], confirmed["seconded_by"]) == ("in_force", BASILE.sub)
    town.deliver()
    assert town.shortlist() == []
    done(town.api.post(f"/admin/{path}/restore", person=NADIR))
    assert town.suspended(path, days=1)["state"] == "proposed", "another one so soon"


def test_what_a_suspended_freelancer_reads_says_nothing_of_who_is_behind_a_project(town: Town) -> None:
    thread_id = town.interested()
    told = {**SUSPENSION, "facts": f"Trois messages menaçants à {SECRETS['legal_name']}, le 2 décembre."}
    suspend = f"/admin/users/{FREELANCER.sub}/suspend"
    body = {**told, "until": stamp(utc_now() + timedelta(days=3))}
    answer = town.api.post(suspend, body, ADMIN)
    assert (answer.status, answer.codes) == (422, {"/facts": "identity_leak"})
    assert done(town.api.get("/moderation/mine", FREELANCER))["measures"] == []
    measure = town.suspended(f"users/{FREELANCER.sub}")
    contest = f"/moderation/mine/{measure['measure_id']}/appeal"
    done(town.api.post(contest, {"text": "Je n’ai menacé personne."}, FREELANCER))
    uphold = f"/admin/measures/{measure['measure_id']}/uphold"
    refusal = town.api.post(uphold, {"text": f"{SECRETS['legal_name']} nous les a transmis."}, BASILE)
    assert (refusal.status, refusal.codes) == (422, {"/text": "identity_leak"})
    assert done(town.api.get(f"/moderation/mine/{measure['measure_id']}", FREELANCER))["state"] == "appealed"
    done(town.api.post(f"/admin/users/{FREELANCER.sub}/restore", person=NADIR))
    town.deliver()
    # Once both know who the other is, the name is no secret.
    terms = f"/projects/{town.brief}/confidentiality"
    version = done(town.api.get(terms, FREELANCER))["version"]
    done(town.api.post(terms, {"version": version}, FREELANCER))
    for person in (FREELANCER, PRODUCER):
        done(town.api.post(f"/conversations/{thread_id}/reveal", person=person))
    assert town.suspended(f"users/{FREELANCER.sub}", **told)["statement"]["facts"] == told["facts"]


def test_facts_that_follow_a_report_about_a_project_say_nothing_of_it_to_whoever_reported_too_much(town: Town) -> None:
    report = done(town.api.post("/reports", {"about": "brief", "id": town.brief, "reason": "fraud"}, FREELANCER))
    facts = {"ground": "repeated_breach", "facts": f"Ce signalement contre {SECRETS['legal_name']} est inventé."}
    body = {**facts, "report_id": report["report_id"], "until": stamp(utc_now() + timedelta(days=3))}
    answer = town.api.post(f"/admin/users/{FREELANCER.sub}/suspend", body, ADMIN)
    assert (answer.status, answer.codes) == (422, {"/facts": "identity_leak"})
    # The company reads its own name in what is decided of it.
    company = town.suspended(f"companies/{town.company_id}", ground="misleading", facts=facts["facts"])
    assert company["statement"]["facts"] == facts["facts"]


def test_a_proposed_suspension_that_is_declined_never_was(town: Town) -> None:
    measure = town.suspended(f"users/{FREELANCER.sub}", days=30)
    admin = f"/admin/measures/{measure['measure_id']}"
    assert done(town.api.post(f"{admin}/decline", person=BASILE))["state"] == "declined"
    town.deliver()
    assert town.shortlist() == [town.profile]
    assert town.api.post(f"/admin/users/{FREELANCER.sub}/restore", person=ADMIN).status == 404
    assert town.suspended(f"users/{FREELANCER.sub}")["state"] == "in_force"


def test_a_suspension_ends_by_itself_the_account_at_once_and_what_follows_with_the_next_tick(town: Town) -> None:
    from chalicelib.moderation.handlers import sweep_moderation

    town.suspended(f"users/{FREELANCER.sub}", days=3)
    with at(utc_now() + timedelta(days=3, minutes=1)):
        # Nobody has recorded it yet: the profile still waits to be shown, the account acts.
        assert refused(town.api.get("/projects", FREELANCER)) == (403, "profile_not_verified")
        sweep_moderation(tick(), CONTEXT)
        town.deliver()
        assert done(town.api.get("/profiles/mine", FREELANCER))["suspended"] is False
        assert done(town.api.get("/projects", FREELANCER))["projects"]
        [measure] = done(town.api.get("/moderation/mine", FREELANCER))["measures"]
        assert measure["state"] == "expired"


def test_a_company_whose_every_member_is_suspended_is_suspended_and_one_who_joins_frees_it(town: Town) -> None:
    done(town.api.post("/companies/mine/members", {"email": COLLEAGUE.email}, PRODUCER))
    town.suspended(f"users/{PRODUCER.sub}", ground="misleading")
    assert done(town.api.get("/projects", FREELANCER))["projects"] == []
    done(town.api.post("/companies/join", {}, COLLEAGUE))
    assert len(done(town.api.get("/projects", FREELANCER))["projects"]) == 1
    assert refused(town.api.post("/briefs", {}, PRODUCER)) == (403, "account_suspended")
    assert town.api.post(f"/briefs/{town.brief}/close", person=COLLEAGUE).status == 200


def test_nobody_decides_about_themselves_a_colleague_or_an_administrator(town: Town) -> None:
    both = Person(PRODUCER.sub, PRODUCER.email, ("admins",))
    body = {**SUSPENSION, "ground": "misleading", "until": None}
    assert refused(town.api.post(f"/admin/companies/{town.company_id}/suspend", body, both)) == (403, "own_measure")
    assert refused(town.api.post(f"/admin/users/{PRODUCER.sub}/suspend", body, both)) == (403, "own_measure")
    assert refused(town.api.post(f"/admin/briefs/{town.brief}/return", RETURN, both)) == (403, "own_measure")
    assert refused(town.api.post(f"/admin/briefs/{town.brief}/identity", ASKED, both)) == (403, "own_measure")
    assert town.api.post(f"/admin/users/{BASILE.sub}/suspend", body, ADMIN).status == 404


def test_a_time_that_is_over_is_no_suspension(town: Town) -> None:
    body = {**SUSPENSION, "until": stamp(utc_now() - timedelta(days=1))}
    answer = town.api.post(f"/admin/users/{FREELANCER.sub}/suspend", body, ADMIN)
    assert (answer.status, answer.codes) == (422, {"/until": "in_the_past"})


def test_time_limits_to_reply_and_to_contest(town: Town) -> None:
    measure = town.returned()
    path = f"/moderation/mine/{measure['measure_id']}"
    with at(utc_now() + timedelta(days=15)):
        assert refused(town.api.post(f"{path}/reply", {"text": "Trop tard."}, PRODUCER)) == (409, "too_late_to_reply")
    with at(utc_now() + timedelta(days=184)):
        late = town.api.post(f"{path}/appeal", {"text": "Trop tard."}, PRODUCER)
        assert refused(late) == (409, "too_late_to_contest")


def test_the_gate_reads_one_small_item_of_a_freelancer_three_of_a_producer_and_nothing_for_what_is_open(
    town: Town,
) -> None:
    reads: list[tuple[str, str]] = []
    get, get_many = Table.get, Table.get_many

    def noted(table: Table, pk: str, sk: str) -> Any:
        reads.append((table.name, sk))
        return get(table, pk, sk)

    def noted_many(table: Table, keys: list[tuple[str, str]]) -> Any:
        reads.extend((table.name, sk) for _, sk in keys)
        return get_many(table, keys)

    with patch.object(Table, "get", noted), patch.object(Table, "get_many", noted_many):
        moderation.gate().admit(actor(FREELANCER))
        assert reads == [("ModerationTable", "STANDING")]
        reads.clear()
        moderation.gate().admit(actor(PRODUCER))
        assert reads == [("CompaniesTable", "MEMBERSHIP"), *[("ModerationTable", "STANDING")] * 2]
        reads.clear()
        done(town.api.get("/conversations", FREELANCER))
        assert [table for table, _ in reads if table == "ModerationTable"] == []
