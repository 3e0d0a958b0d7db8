"""What law and fairness make of reports and decisions, by row of the obligations: its number is in each test's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.accounts.repository import CognitoDirectory
from chalicelib.vocabulary.clock import utc_now
from tests.app.test_access import ROUTES
from tests.app.test_moderation import ASKED, BASILE, NADIR, RETURN, SUSPENSION, Town, refused
from tests.app.test_ruling_letters import tell
from tests.support.api import ADMIN, FREELANCER, PRODUCER
from tests.support.environment import at
from tests.support.examples import SECRETS
from tests.support.world import World, done


@pytest.fixture
def town(world: World) -> Iterator[Town]:
    with patch.object(CognitoDirectory, "account", lambda _, name: (name, f"{name}@courriel.test")):
        yield Town(world)


# 1. Administrators can export who is behind a brief --------------------------------------------------------------


@pytest.mark.parametrize("state", ["live", "closed", "returned"])
def test_row_1_two_administrators_can_tell_an_authority_who_is_behind_a_brief_whatever_became_of_it(
    state: str, town: Town
) -> None:
    if state == "closed":
        done(town.api.post(f"/briefs/{town.brief}/close", person=PRODUCER))
    if state == "returned":
        town.returned()
    request = done(town.api.post(f"/admin/briefs/{town.brief}/identity", ASKED, ADMIN))
    path = f"/admin/identity-requests/{request['request_id']}"
    done(town.api.post(f"{path}/grant", person=BASILE))
    document = done(town.api.post(f"{path}/open", person=ADMIN))
    assert document["company"]["legal_name"] == SECRETS["legal_name"]
    assert document["company"]["siren"] == SECRETS["siren"]
    assert [one["publisher"] for one in document["publications"]] == [PRODUCER.sub]
    assert document["publications"][0]["published_at"]
    assert document["request"]["reference"] == ASKED["reference"]
    assert document["state"] == state


def test_row_1_nobody_alone_and_nobody_later_reads_who_it_is_and_each_step_is_in_the_audit(town: Town) -> None:
    request = done(town.api.post(f"/admin/briefs/{town.brief}/identity", ASKED, ADMIN))
    path = f"/admin/identity-requests/{request['request_id']}"
    told: list[Any] = [request]
    for act, person, code in (
        ("open", ADMIN, "identity_not_readable"),
        ("grant", ADMIN, "another_person_needed"),
        ("open", BASILE, "identity_not_readable"),
    ):
        answer = town.api.post(f"{path}/{act}", person=person)
        assert refused(answer) == (403, code)
        told.append(answer.json)
    told.append(done(town.api.post(f"{path}/grant", person=BASILE)))
    assert refused(town.api.post(f"{path}/open", person=NADIR)) == (403, "identity_not_readable")
    with at(utc_now() + timedelta(hours=24, minutes=1)):
        assert refused(town.api.post(f"{path}/open", person=BASILE)) == (403, "identity_not_readable")
    done(town.api.post(f"{path}/open", person=BASILE))
    for person in (FREELANCER, PRODUCER):
        assert town.api.post(f"{path}/open", person=person).status == 403
    told.append(done(town.api.get("/admin/identity-requests", NADIR)))
    told.append(done(town.api.get(f"/admin/audit?identity_id={request['request_id']}", NADIR)))
    assert [one["event"] for one in told[-1]["entries"]] == [
        "moderation.identity_shown",
        "moderation.identity_granted",
        "moderation.identity_asked",
    ]
    assert SECRETS["legal_name"] not in str(told)
    assert SECRETS["siren"] not in str(told)
    assert tell() == []


# 3. Refusing, and being looked at, has no effect but what is decided and told ------------------------------------


def test_row_3_a_report_alone_changes_nothing_of_what_it_is_about(town: Town) -> None:
    shortlist = town.shortlist()
    brief = done(town.api.get(f"/briefs/{town.brief}", PRODUCER))
    done(town.api.post("/reports", {"about": "brief", "id": town.brief, "reason": "fraud"}, FREELANCER))
    done(town.api.post("/reports", {"about": "profile", "id": town.profile, "reason": "fraud"}, PRODUCER))
    town.deliver()
    assert town.shortlist() == shortlist == [town.profile]
    assert done(town.api.get(f"/briefs/{town.brief}", PRODUCER)) == brief


# 9. Every negative decision carries a reason; report button; appeal to another person ----------------------------


def test_row_9_briefs_profiles_conversations_and_messages_can_be_reported_and_the_outcome_is_told(town: Town) -> None:
    thread_id = town.interested()
    done(town.api.post(f"/conversations/{thread_id}/messages", {"text": "Un essai gratuit ?"}, PRODUCER))
    [message] = done(town.api.get(f"/conversations/{thread_id}/messages", FREELANCER))["messages"]
    reports = [
        (FREELANCER, {"about": "brief", "id": town.brief}),
        (FREELANCER, {"about": "conversation", "id": thread_id}),
        (FREELANCER, {"about": "message", "id": message["message_id"], "conversation_id": thread_id}),
        (PRODUCER, {"about": "profile", "id": town.profile}),
    ]
    for person, body in reports:
        done(town.api.post("/reports", {**body, "reason": "other"}, person))
    waiting = done(town.api.get("/admin/reports", ADMIN))["reports"]
    assert len(waiting) == len(reports)
    for report in waiting:
        ruling = {"outcome": "no_breach", "ruling": "Nous avons tout relu."}
        done(town.api.post(f"/admin/reports/{report['report_id']}/settle", ruling, ADMIN))
    for person in (FREELANCER, PRODUCER):
        mine = done(town.api.get("/reports", person))["reports"]
        assert {(one["outcome"]["id"], one["answer"]) for one in mine} == {("no_breach", "Nous avons tout relu.")}
    assert len([one for one in tell() if "notre réponse" in one.subject]) == len(reports)


@pytest.mark.parametrize(
    ("path", "reader"),
    [
        ("briefs/{brief}/return", PRODUCER),
        ("users/{sub}/suspend", FREELANCER),
        ("companies/{company}/suspend", PRODUCER),
    ],
)
def test_row_9_every_decision_against_somebody_says_why_by_which_rule_and_how_to_contest_it(
    path: str, reader: Any, town: Town
) -> None:
    body = RETURN if "briefs" in path else {**SUSPENSION, "ground": "misleading", "until": None}
    where = path.format(brief=town.brief, sub=FREELANCER.sub, company=town.company_id)
    for missing in ("ground", "facts"):
        answer = town.api.post(f"/admin/{where}", {k: v for k, v in body.items() if k != missing}, ADMIN)
        assert (answer.status, answer.codes) == (422, {f"/{missing}": "required"})
    measure = done(town.api.post(f"/admin/{where}", body, ADMIN))
    if measure["state"] == "proposed":
        done(town.api.post(f"/admin/measures/{measure['measure_id']}/confirm", person=BASILE))
    town.deliver()
    [mine] = done(town.api.get("/moderation/mine", reader))["measures"]
    statement = mine["statement"]
    assert statement["facts"] == body["facts"]
    for said in ("decision", "rule", "automated", "redress"):
        assert statement[said]["fr"] and statement[said]["en"], said
    assert statement["ground"]["label"]["fr"]
    assert statement["prompted_by"] == "own_initiative"
    assert mine["may"] == ["reply", "appeal"]
    [letter] = tell()
    for said in (body["facts"], statement["rule"]["fr"][:40], "contester la décision"):
        assert said in re.sub(r"[\u202f\u00a0]", " ", letter.body), said


def test_row_9_an_appeal_is_decided_by_somebody_who_took_no_part_and_a_rejection_says_why(town: Town) -> None:
    body = {**SUSPENSION, "until": None}
    measure = done(town.api.post(f"/admin/users/{FREELANCER.sub}/suspend", body, ADMIN))
    path = f"/admin/measures/{measure['measure_id']}"
    done(town.api.post(f"{path}/confirm", person=BASILE))
    town.deliver()
    own = f"/moderation/mine/{measure['measure_id']}"
    done(town.api.post(f"{own}/appeal", {"text": "Ces messages ne sont pas de moi."}, FREELANCER))
    for took_part in (ADMIN, BASILE):
        for act, said in (("uphold", {"text": "Si."}), ("lift", None)):
            assert refused(town.api.post(f"{path}/{act}", said, took_part)) == (403, "another_person_needed")
    unsaid = town.api.post(f"{path}/uphold", {"text": ""}, NADIR)
    assert (unsaid.status, unsaid.codes) == (422, {"/text": "too_short"})
    done(town.api.post(f"{path}/uphold", {"text": "Ils viennent de votre compte."}, NADIR))
    assert done(town.api.get(own, FREELANCER))["upheld"] == "Ils viennent de votre compte."


def test_row_9_while_suspended_one_still_reads_replies_and_contests(town: Town) -> None:
    measure = town.suspended(f"users/{FREELANCER.sub}")
    own = f"/moderation/mine/{measure['measure_id']}"
    done(town.api.post(f"{own}/reply", {"text": "Non."}, FREELANCER))
    done(town.api.post(f"{own}/appeal", {"text": "Non."}, FREELANCER))
    for path in ("/me", "/profiles/mine", "/conversations", "/verification/mine", "/reports", own):
        assert town.api.get(path, FREELANCER).status == 200, path
    assert refused(town.api.get("/projects", FREELANCER)) == (403, "account_suspended")


# 10. A GET never changes state -----------------------------------------------------------------------------------


def test_row_10_reading_who_is_behind_a_brief_is_recorded_and_so_it_is_no_get() -> None:
    opening = [route for route in ROUTES if "identity" in route and route.endswith("/open")]
    assert opening == ["POST /admin/identity-requests/{request_id}/open"]


# 12. Anonymity is the product ------------------------------------------------------------------------------------


def test_row_12_nothing_of_a_decision_about_a_company_reaches_a_freelancer(town: Town) -> None:
    thread_id = town.interested()
    report = done(town.api.post("/reports", {"about": "brief", "id": town.brief, "reason": "fraud"}, FREELANCER))
    ruling = {"outcome": "measure_taken", "ruling": f"{SECRETS['legal_name']} a été suspendue."}
    path = f"/admin/reports/{report['report_id']}/settle"
    assert town.api.post(path, ruling, ADMIN).codes == {"/ruling": "identity_leak"}
    done(town.api.post(path, {**ruling, "ruling": "Une mesure a été prise."}, ADMIN))
    town.suspended(f"companies/{town.company_id}", ground="misleading", facts=f"{SECRETS['legal_name']} a menti.")
    received = [town.api.get(one, FREELANCER).content.decode() for one in ("/reports", "/moderation/mine", "/projects")]
    received.append(town.api.get(f"/conversations/{thread_id}", FREELANCER).content.decode())
    said = town.api.post(f"/conversations/{thread_id}/messages", {"text": "Bonjour ?"}, FREELANCER)
    received.append(said.content.decode())
    received += [one.subject + one.body for one in tell() if FREELANCER.sub in one.destinations["ToAddresses"][0]]
    everything = "".join(received)
    for secret in (*SECRETS.values(), town.company_id, "a menti"):
        assert secret not in everything, secret
