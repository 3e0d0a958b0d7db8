"""Alarms through the routes alone: who raises, who is told, who decides, who hears the appeal, and what nobody else
ever sees."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.notifications import handlers as notifications
from chalicelib.platform.clients import client
from chalicelib.verification import handlers
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.ids import new_id
from tests.app.test_verification_routes import (
    BASILE,
    DONE,
    NADIR,
    SALOME,
    STRANGER,
    Office,
    People,
    later,
    office,
    people,
    refused,
)
from tests.support.api import FREELANCER, PRODUCER, RIVAL, Person
from tests.support.environment import EVIDENCE_BUCKET, REGION, at, queued
from tests.support.evidence_fakes import a_pdf
from tests.support.examples import profile_body
from tests.support.records import CONTEXT, envelope, queue_event, tick
from tests.support.tables import events, rows
from tests.support.world import done

__all__ = ["office", "people"]

SAID = "Le contrat produit porte une date postérieure à la diffusion."
WHY = {"text": "Votre réponse n’explique pas les deux dates."}
NO = {"text": "C’est un avenant : le contrat d’origine est joint à mon dossier."}
CONTESTED = {"text": "L’avenant a été signé par la société, comme le montre son tampon."}


class Desk:
    """What administrators do about alarms, and whom they are about."""

    def __init__(self, office: Office) -> None:
        self.office, self.api = office, office.api
        self._told = 0

    def prepared(self, subject_id: str, who: Person = SALOME, **changes: Any) -> dict[str, Any]:
        body = {
            "kind": "profile",
            "subject_id": subject_id,
            "reason": "forged_credit_or_identity",
            "basis": "own_finding",
            **changes,
        }
        return done(self.api.post("/admin/alarms", body, who))

    def file(self, alarm_id: str, who: Person = SALOME) -> str:
        """A file that was sent for an alarm and accepted."""
        path, content = f"/admin/alarms/{alarm_id}/evidence", a_pdf(info=f"/Producer ({new_id(utc_now())})")
        body = {"kind": "contract", "media_type": "application/pdf", "size": len(content)}
        offered = done(self.api.post(path, body, who))
        client("s3").put_object(Bucket=EVIDENCE_BUCKET, Key=offered["upload"]["fields"]["key"], Body=content)
        evidence_id: str = offered["evidence"]["evidence_id"]
        confirmed = done(self.api.post(f"{path}/{evidence_id}/confirm", person=who))
        assert confirmed["status"] == "accepted"
        return evidence_id

    def raised(self, subject_id: str, **changes: Any) -> str:
        alarm_id: str = self.prepared(subject_id, **changes)["alarm_id"]
        body = {"text": SAID, "documents": [{"evidence_id": self.file(alarm_id)}]}
        done(self.api.post(f"/admin/alarms/{alarm_id}/raise", body, SALOME))
        return alarm_id

    def act(self, alarm_id: str, act: str, who: Person, body: dict[str, str] | None = None) -> Any:
        """On the alarm as it is read now."""
        etag = f'"{self.read(alarm_id, NADIR)["version"]}"'
        return self.api.post(f"/admin/alarms/{alarm_id}/{act}", body, who, headers={"If-Match": etag})

    def read(self, alarm_id: str, who: Person = SALOME) -> dict[str, Any]:
        return done(self.api.get(f"/admin/alarms/{alarm_id}", who))

    def mine(self, alarm_id: str, who: Person = FREELANCER) -> dict[str, Any]:
        return done(self.api.get(f"/verification/mine/alarms/{alarm_id}", who))

    def tell(self) -> list[Any]:
        """The e-mails that what happened since the last time has sent, each fact and message handed over twice."""
        facts = [envelope(one) for one in events("VerificationTable")]
        assert notifications.plan_emails(queue_event(*facts, *facts), CONTEXT) == DONE
        messages = queued("emails")
        assert notifications.send_emails(queue_event(*messages, *messages), CONTEXT) == DONE
        sent = list(ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages)
        new, self._told = sent[self._told :], len(sent)
        return new


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def test_an_alarm_s_whole_way(desk: Desk) -> None:
    profile_id = desk.office.world.profile(verified=False)["profile_id"]
    prepared = desk.prepared(profile_id)
    alarm_id = prepared["alarm_id"]
    assert (prepared["state"], prepared["may_be_decided"]) == ("draft", False)
    assert done(desk.api.get("/verification/mine/alarms", FREELANCER))["alarms"] == []
    assert desk.api.get(f"/verification/mine/alarms/{alarm_id}", FREELANCER).status == 404
    evidence_id = desk.file(alarm_id)
    body = {"text": SAID, "documents": [{"evidence_id": evidence_id}]}
    assert refused(desk.api.post(f"/admin/alarms/{alarm_id}/raise", body, BASILE)) == (403, "own_alarm_decision")
    raised = done(desk.api.post(f"/admin/alarms/{alarm_id}/raise", body, SALOME))
    assert (raised["state"], raised["documents"]) == ("raised", [evidence_id])
    [announced] = desk.tell()
    assert announced.destinations["ToAddresses"] == [FREELANCER.email]
    assert announced.subject.startswith("Une alerte vous concerne\u202f: vous pouvez répondre jusqu’au")
    assert SAID in announced.body
    assert "Contrat, au dossier depuis le" in announced.body

    told = desk.mine(alarm_id)
    assert (told["text"], told["basis"], told["reply"]) == (SAID, "own_finding", None)
    assert [paper["label"]["fr"] for paper in told["papers"]] == ["Contrat"]
    assert told["reply_until"] > told["raised_at"]
    assert "Rien ne change" in told["what_follows"]["fr"]
    early = desk.act(alarm_id, "put-in-force", BASILE, WHY)
    assert refused(early) == (409, "reply_awaited")
    stale = f'"{raised["version"]}"'
    answered = done(desk.api.post(f"/verification/mine/alarms/{alarm_id}/answer", NO, FREELANCER))
    assert (answered["state"], answered["reply"]["text"]) == ("answered", NO["text"])
    unread = desk.api.post(f"/admin/alarms/{alarm_id}/put-in-force", WHY, BASILE, headers={"If-Match": stale})
    assert unread.status == 412, "the answer came since"
    assert refused(desk.act(alarm_id, "put-in-force", SALOME, WHY)) == (403, "own_alarm_decision")
    assert "votre réponse est bien arrivée" in desk.tell()[0].subject

    in_force = done(desk.act(alarm_id, "put-in-force", BASILE, WHY))
    assert (in_force["state"], in_force["rulings"][0]["by"]) == ("in_force", BASILE.sub)
    [decided] = desk.tell()
    assert WHY["text"] in decided.body
    assert "contester jusqu’au" in decided.body
    told = desk.mine(alarm_id)
    assert (told["state"], told["rulings"][0]["text"]) == ("in_force", WHY["text"])
    assert told["appeal_until"] is not None
    for hidden in (SALOME.sub, BASILE.sub):
        assert hidden not in json.dumps(told)
    contested = done(desk.api.post(f"/verification/mine/alarms/{alarm_id}/appeal", CONTESTED, FREELANCER))
    assert (contested["state"], contested["appeal_until"]) == ("appealed", None)
    for who in (SALOME, BASILE):
        assert refused(desk.act(alarm_id, "uphold", who, WHY)) == (403, "own_alarm_decision")
    assert done(desk.act(alarm_id, "uphold", NADIR, WHY))["state"] == "in_force"
    again = desk.api.post(f"/verification/mine/alarms/{alarm_id}/appeal", CONTESTED, FREELANCER)
    assert refused(again) == (409, "wrong_alarm_state")
    fourth = Person("sub-aglae", "aglae@plot-point.test", ("admins",))
    lifted = done(desk.act(alarm_id, "lift", fourth))
    assert (lifted["state"], lifted["text"], lifted["reply"]["text"]) == ("lifted", None, None)
    assert [one["event"].removeprefix("verification.alarm_") for one in lifted["history"]] == [
        *("prepared", "raised", "answered", "confirmed", "appealed", "appeal_rejected", "lifted"),
    ]
    assert "est levée" in desk.tell()[0].subject
    assert desk.tell() == [], "what was told is told"
    assert rows("FailuresTable") == []


def test_one_that_is_dismissed_leaves_nothing_but_its_stages(desk: Desk) -> None:
    profile_id = desk.office.world.profile(verified=False)["profile_id"]
    alarm_id = desk.raised(profile_id)
    with at(later(days=10)):
        dismissed = done(desk.act(alarm_id, "dismiss", BASILE))
        assert (dismissed["state"], dismissed["text"]) == ("dismissed", None)
        desk.tell()
        told = desk.mine(alarm_id)
        assert (told["state"], told["text"]) == ("dismissed", None)
        ended = [envelope(one) for one in events("VerificationTable")]
        assert handlers.settle_ended_cases(queue_event(*ended, *ended), CONTEXT) == DONE
        assert [one["status"] for one in desk.read(alarm_id)["files"]] == ["accepted"]
        opened = desk.api.post(f"/admin/alarms/{alarm_id}/evidence/{dismissed['documents'][0]}/open", person=NADIR)
        assert refused(opened) == (403, "not_the_reviewer"), "it is over"
    with at(later(days=41)):
        handlers.sweep_verification(tick(), CONTEXT)
        assert [one["status"] for one in desk.read(alarm_id)["files"]] == ["deleted"]
    listed = client("s3").list_objects_v2(Bucket=EVIDENCE_BUCKET).get("Contents", [])
    assert listed == []
    assert rows("FailuresTable") == []


def test_one_that_is_taken_back_is_told_if_it_was_raised_and_not_else(desk: Desk) -> None:
    profile_id = desk.office.world.profile(verified=False)["profile_id"]
    draft = desk.prepared(profile_id)["alarm_id"]
    assert refused(desk.api.post(f"/admin/alarms/{draft}/withdraw", person=BASILE)) == (403, "own_alarm_decision")
    assert done(desk.api.post(f"/admin/alarms/{draft}/withdraw", person=SALOME))["state"] == "withdrawn"
    assert desk.tell() == []
    alarm_id = desk.raised(profile_id)
    desk.tell()
    done(desk.api.post(f"/admin/alarms/{alarm_id}/withdraw", person=SALOME))
    [told] = desk.tell()
    assert told.subject == "L’alerte vous concernant est retirée"
    assert [one["alarm_id"] for one in done(desk.api.get("/verification/mine/alarms", FREELANCER))["alarms"]] == [
        alarm_id
    ]


def test_a_company_is_written_to_at_the_address_of_who_declared_it(desk: Desk) -> None:
    company_id = desk.office.world.company()
    done(desk.api.post("/companies/mine/members", {"email": "paul@falaise-films.test"}, PRODUCER))
    colleague = Person("sub-colleague", "paul@falaise-films.test", ("producers",))
    done(desk.api.post("/companies/join", {}, colleague))
    desk.tell()
    alarm_id = desk.raised(
        company_id, kind="company", reason="non_payment", basis="signed_report", reporter=FREELANCER.sub
    )
    [told] = desk.tell()
    assert told.destinations["ToAddresses"] == [PRODUCER.email]
    assert "concerne votre société" in told.subject
    assert FREELANCER.sub not in told.body
    assert desk.mine(alarm_id, PRODUCER)["kind"] == "company"
    assert FREELANCER.sub not in json.dumps(desk.mine(alarm_id, PRODUCER))
    assert desk.api.get(f"/verification/mine/alarms/{alarm_id}", RIVAL).status == 404


def test_the_list_tells_whom_each_is_about(desk: Desk) -> None:
    profile_id = desk.office.world.profile(verified=False)["profile_id"]
    prepared = desk.prepared(profile_id)
    [listed] = done(desk.api.get("/admin/alarms", SALOME))["alarms"]
    assert listed["subject_name"] == prepared["subject_name"] == profile_body()["display_name"]


def test_nobody_deals_with_one_about_themselves_or_a_colleague(desk: Desk) -> None:
    profile_id = desk.office.world.profile(verified=False)["profile_id"]
    both_sides = Person(FREELANCER.sub, FREELANCER.email, ("admins",))
    body = {
        "kind": "profile",
        "subject_id": profile_id,
        "reason": "forged_credit_or_identity",
        "basis": "own_finding",
    }
    assert refused(desk.api.post("/admin/alarms", body, both_sides)) == (403, "own_alarm")
    alarm_id = desk.raised(profile_id)
    evidence_id = desk.read(alarm_id)["documents"][0]
    for answer in (
        desk.api.get(f"/admin/alarms/{alarm_id}", both_sides),
        desk.api.post(f"/admin/alarms/{alarm_id}/evidence/{evidence_id}/open", person=both_sides),
        desk.api.post(f"/admin/alarms/{alarm_id}/dismiss", person=both_sides, headers={"If-Match": "*"}),
    ):
        assert refused(answer) == (403, "own_alarm")
    assert desk.mine(alarm_id)["state"] == "raised"
    opened = done(desk.api.post(f"/admin/alarms/{alarm_id}/evidence/{evidence_id}/open", person=BASILE))
    assert evidence_id in opened["url"]


def test_it_may_rest_on_a_file_of_its_subject_s_case_and_on_nobody_else_s(desk: Desk) -> None:
    office = desk.office
    profile_id = office.world.profile(verified=False)["profile_id"]
    office.world.profile(STRANGER, verified=False)

    def sent(person: Person) -> dict[str, str]:
        case_id = done(desk.api.post("/verification/mine", {"kind": "profile"}, person))["case_id"]
        path, content = f"/verification/mine/{case_id}/evidence", a_pdf(info=f"/Producer ({person.sub})")
        offer = {"kind": "diploma", "media_type": "application/pdf", "size": len(content)}
        offered = done(desk.api.post(path, offer, person))
        client("s3").put_object(Bucket=EVIDENCE_BUCKET, Key=offered["upload"]["fields"]["key"], Body=content)
        evidence_id = offered["evidence"]["evidence_id"]
        done(desk.api.post(f"{path}/{evidence_id}/confirm", person=person))
        return {"case_id": case_id, "evidence_id": evidence_id}

    theirs, strangers = sent(FREELANCER), sent(STRANGER)
    alarm_id = desk.prepared(profile_id)["alarm_id"]
    path = f"/admin/alarms/{alarm_id}/raise"
    answer = desk.api.post(path, {"text": SAID, "documents": [theirs, strangers]}, SALOME)
    assert (answer.status, answer.codes) == (422, {"/documents/1": "no_document"})
    raised = done(desk.api.post(path, {"text": SAID, "documents": [theirs]}, SALOME))
    [document] = raised["documents"]
    assert document != theirs["evidence_id"]
    assert [one["evidence_id"] for one in raised["files"]] == [document]
    assert document in done(desk.api.post(f"/admin/alarms/{alarm_id}/evidence/{document}/open", person=NADIR))["url"]


def test_an_alarm_that_is_over_is_listed_among_those_that_are(desk: Desk) -> None:
    alarm_id = desk.prepared(desk.office.world.profile(verified=False)["profile_id"])["alarm_id"]
    done(desk.api.post(f"/admin/alarms/{alarm_id}/withdraw", person=SALOME))

    def listed(query: str) -> list[str]:
        return [one["alarm_id"] for one in done(desk.api.get(f"/admin/alarms{query}", SALOME))["alarms"]]

    assert listed("") == []
    assert listed("?status=over") == listed("?state=withdrawn") == [alarm_id]
    assert listed("?state=expired") == []


def test_the_list_is_filtered_and_paged_and_bad_requests_name_their_field(desk: Desk) -> None:
    profile_id, company_id = desk.office.world.profile(verified=False)["profile_id"], desk.office.world.company()
    first, second = desk.raised(profile_id), desk.prepared(profile_id)["alarm_id"]
    third = desk.prepared(company_id, kind="company", reason="non_payment", basis="competent_body", reporter="Conseil")

    def listed(query: str = "") -> list[str]:
        return [one["alarm_id"] for one in done(desk.api.get(f"/admin/alarms{query}", SALOME))["alarms"]]

    assert listed() == [second, third["alarm_id"], first]
    assert listed("?state=raised") == [first]
    assert listed("?kind=company") == [third["alarm_id"]]
    assert listed("?due=true") == [second, third["alarm_id"]]
    for query in ("?state=ended", "?status=closed", "?due=no", "?about=x"):
        assert desk.api.get(f"/admin/alarms{query}", SALOME).status == 422
    assert listed("?status=over") == []

    body = {"kind": "profile", "subject_id": profile_id, "reason": "non_payment", "basis": "own_finding"}
    answer = desk.api.post("/admin/alarms", body, SALOME)
    assert (answer.status, answer.codes) == (422, {"/basis": "not_this_origin"})
    answer = desk.api.post("/admin/alarms", {**body, "basis": "signed_report"}, SALOME)
    assert (answer.status, answer.codes) == (422, {"/reporter": "reporter_missing"})
    assert desk.api.post("/admin/alarms", {**body, "subject_id": new_id(utc_now())}, SALOME).status == 404
    path = f"/admin/alarms/{second}/raise"
    answer = desk.api.post(
        path, {"text": "C’est un escroc.", "documents": [{"evidence_id": desk.file(second)}]}, SALOME
    )
    assert answer.codes == {"/text": "criminal_matters"}
    assert desk.api.post(path, {"text": SAID, "documents": []}, SALOME).pointers == {"/documents"}
    unread = desk.api.post(f"/admin/alarms/{first}/dismiss", person=BASILE, headers={"If-Match": None})
    assert unread.status == 428


def test_asked_twice_under_one_key_it_is_one_alarm_and_one_answer(desk: Desk) -> None:
    profile_id = desk.office.world.profile(verified=False)["profile_id"]
    body = {
        "kind": "profile",
        "subject_id": profile_id,
        "reason": "forged_credit_or_identity",
        "basis": "own_finding",
    }
    key = {"Idempotency-Key": "alarm-1"}
    first = desk.api.post("/admin/alarms", body, SALOME, headers=key)
    assert (first.status, desk.api.post("/admin/alarms", body, SALOME, headers=key).json) == (201, first.json)
    alarm_id = desk.raised(profile_id)
    path, key = f"/verification/mine/alarms/{alarm_id}/answer", {"Idempotency-Key": "answer-1"}
    answered = done(desk.api.post(path, NO, FREELANCER, headers=key))
    assert done(desk.api.post(path, NO, FREELANCER, headers=key)) == answered
    assert refused(desk.api.post(path, CONTESTED, FREELANCER)) == (409, "wrong_alarm_state")


def test_where_the_address_is_unknown_administrators_see_that_nobody_was_told(desk: Desk, people: People) -> None:
    profile_id = desk.office.world.profile(verified=False)["profile_id"]
    people.accounts.clear()
    alarm_id = desk.raised(profile_id)
    assert desk.tell() == []
    [untold] = done(desk.api.get("/admin/notifications?state=refused", SALOME))["alarms"]
    assert (untold["alarm_id"], untold["alarm_step"], untold["error_code"]) == (alarm_id, "raised", "no_recipient")


def test_it_ends_by_itself_after_twenty_four_months_and_is_told(desk: Desk) -> None:
    profile_id = desk.office.world.profile(verified=False)["profile_id"]
    alarm_id = desk.raised(profile_id)
    with at(later(days=11)):
        done(desk.act(alarm_id, "put-in-force", BASILE, WHY))
        desk.tell()
    with at(later(days=11) + timedelta(days=732)):
        handlers.sweep_verification(tick(), CONTEXT), handlers.sweep_verification(tick(), CONTEXT)
        [told] = desk.tell()
        assert told.subject == "L’alerte vous concernant a pris fin"
        assert desk.mine(alarm_id)["state"] == "expired"
