"""What people are written about their case and their attestation, from the real stores, through the functions."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.notifications import handlers
from chalicelib.platform.auth import Actor
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.verification import wiring
from chalicelib.verification.attestation_links import AttestationLinks
from chalicelib.verification.attestations import AttestationRequests, Claim
from chalicelib.verification.evidence_repository import EvidenceRepository
from chalicelib.verification.models import Case, CreditVerdict, Verdict
from chalicelib.vocabulary.clock import utc_now
from tests.app.test_verification import BASILE, SALOME, actor, stream, submitted, work_off
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Person
from tests.support.environment import REGION, at, queued
from tests.support.evidence_fakes import FakeCompanies, FakePeople
from tests.support.records import CONTEXT, envelope, queue_event
from tests.support.tables import dump, events, rows
from tests.support.world import World

TABLE = "VerificationTable"
DONE: dict[str, list[Any]] = {"batchItemFailures": []}
AGLAE = Actor("sub-aglae", frozenset({"admins"}), "aglae@plot-point.test")
REVIEWERS = (SALOME, BASILE, AGLAE)
ATTESTER = COLLEAGUE = "paul@falaise-films.test"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def in_the_mailbox() -> list[Any]:
    return list(ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages)


def tell(table: str = TABLE) -> list[Any]:
    """Hands every fact of verification, or of another context, to the planner, twice, and every message to the sender,
    twice; what is in the mailbox since the last time."""
    before = len(in_the_mailbox())
    facts = [envelope(item) for item in events(table)]
    assert handlers.plan_emails(queue_event(*facts, *facts), CONTEXT) == DONE
    messages = queued("emails")
    assert handlers.send_emails(queue_event(*messages, *messages), CONTEXT) == DONE
    return in_the_mailbox()[before:]


def ready(world: World, **changes: Any) -> Case:
    """A profile's case that waits for an administrator."""
    world.profile(verified=False, **changes)
    case = submitted()
    stream(), work_off(), work_off()
    return case


def taken(case: Case, reviewer: Actor = SALOME) -> tuple[Case, str]:
    held = wiring.service().claim(reviewer, case.case_id)
    assert held.lease is not None
    return held, held.lease.token


def decided_in_part(case: Case) -> Case:
    held, token = taken(case)
    verdict = Verdict(
        outcome="partly_verified",
        ground="confirmed_in_part",
        text="Votre participation est établie.",
        credits=(CreditVerdict(credit_id=held.credit_ids[0], level="participation"),),
    )
    return wiring.service().decide(SALOME, case.case_id, token, verdict)


def refused(case: Case) -> Case:
    _, token = taken(case)
    verdict = Verdict(outcome="refused", ground="documents_missing", text="Aucun document.")
    wiring.service().decide(SALOME, case.case_id, token, verdict)
    _, token = taken(case, BASILE)
    return wiring.service().second_decision(BASILE, case.case_id, token, confirms=True)


def ask(case_id: str, **changes: Any) -> AttestationRequests:
    """Somebody at the company is asked about a credit."""
    links = AttestationLinks(settings().site_url)
    requests = AttestationRequests(EvidenceRepository(Table(TABLE)), links, FakeCompanies(), FakePeople(), utc_now)
    claim = Claim(
        **{
            "person": "Inès Kerbrat",
            "work": "Marée de quatre heures",
            "function": "literary-director",
            "company": "Falaise Films",
            "year": 2024,
            **changes,
        }
    )
    requests.ask("ask-1", case_id, "profile-ines", "credit-1", claim, ATTESTER)
    return requests


def test_a_submitted_case_is_acknowledged_once_with_what_will_be_checked_and_by_when(world: World) -> None:
    world.profile(verified=False)
    case = submitted()
    [sent] = tell()
    assert sent.destinations["ToAddresses"] == [FREELANCER.email]
    assert sent.subject == "Votre profil\u202f: demande de vérification reçue"
    assert "au plus tard le" in sent.body
    assert "en trois points" in sent.body
    assert case.case_id in sent.body
    assert tell() == [], "what was told is told"


def test_a_case_s_whole_way_is_told_step_by_step(world: World) -> None:
    case, service, me = ready(world), wiring.service(), actor(FREELANCER)
    assert [one.subject for one in tell()] == ["Votre profil\u202f: demande de vérification reçue"]
    _, token = taken(case)
    service.request_information(SALOME, case.case_id, token, "Quelle saison avez-vous suivie ?")
    [asked] = tell()
    assert "une question avant de décider" in asked.subject
    assert "Quelle saison avez-vous suivie ?" in asked.body
    answered = service.answer(me, case.case_id, "La deuxième.")
    assert answered.lease is not None
    verdict = Verdict(
        outcome="partly_verified",
        ground="confirmed_in_part",
        text="L’œuvre est établie.",
        credits=(CreditVerdict(credit_id=answered.credit_ids[0], level="work"),),
    )
    service.decide(SALOME, case.case_id, answered.lease.token, verdict)
    [told] = tell()
    assert told.subject == "Votre profil est vérifié en partie"
    for said in (
        "L’œuvre est établie.",
        "confirmée le",
        "lecture de vos documents",
        "Votre participation\u202f: pas encore établie.",
        "Pour compléter",
        "contester cette décision",
    ):
        assert said in told.body, said
    service.appeal(me, case.case_id, "J’ai aussi la fonction.")
    assert [one.subject for one in tell()] == ["Votre profil\u202f: contestation reçue"]
    appealed = service.claim_appeal(AGLAE, case.case_id)
    assert appealed.lease is not None
    better = verdict.model_copy(
        update={
            "outcome": "verified",
            "ground": "all_confirmed",
            "credits": (CreditVerdict(credit_id=appealed.credit_ids[0], level="function"),),
        }
    )
    service.decide_appeal(AGLAE, case.case_id, appealed.lease.token, better)
    [last] = tell()
    assert last.subject == "Votre profil\u202f: la décision change"
    assert "Votre fonction\u202f: confirmée le" in last.body
    assert tell() == []


def test_a_refusal_is_told_when_the_second_administrator_has_confirmed_it_and_not_before(world: World) -> None:
    case = ready(world)
    tell()
    _, token = taken(case)
    verdict = Verdict(outcome="refused", ground="documents_missing", text="Aucun document.")
    wiring.service().decide(SALOME, case.case_id, token, verdict)
    assert tell() == []
    _, token = taken(case, BASILE)
    wiring.service().second_decision(BASILE, case.case_id, token, confirms=True)
    [sent] = tell()
    assert sent.subject == "Votre profil\u202f: vérification refusée"
    assert "Aucun document." in sent.body


def test_a_withdrawn_case_says_so_and_what_it_left_behind_says_nothing(world: World) -> None:
    world.profile(verified=False)
    case = submitted()
    wiring.service().withdraw(actor(FREELANCER), case.case_id)
    assert [one.subject for one in tell()] == ["Votre profil\u202f: demande retirée"]


def test_a_case_reopened_is_told_and_its_new_decision_once(world: World) -> None:
    case = ready(world)
    decided_in_part(case)
    tell()
    wiring.service().reopen(BASILE, case.case_id, "established_wrongly")
    assert [one.subject for one in tell()] == ["Votre profil\u202f: nous reprenons votre dossier"]


def test_a_company_is_told_that_it_may_publish_and_a_freelancer_nothing_of_it(world: World) -> None:
    world.company(verified=False)
    case = submitted(PRODUCER, "company")
    stream(), work_off(), work_off()
    assert [one.subject for one in tell()] == ["Votre société\u202f: demande de vérification reçue"]
    _, token = taken(case)
    verdict = Verdict(outcome="verified", ground="company_confirmed", text="Extrait Kbis lu.")
    wiring.service().decide(SALOME, case.case_id, token, verdict)
    [sent] = tell()
    assert (sent.subject, sent.destinations["ToAddresses"]) == ("Votre société est vérifiée", [PRODUCER.email])


def test_a_freelancer_reads_of_companies_what_they_declared_and_nothing_else(world: World) -> None:
    world.company()
    world.live_brief()
    case = ready(world)
    sent = tell()
    decided_in_part(case)
    sent = [one for one in (*sent, *tell()) if one.destinations["ToAddresses"] == [FREELANCER.email]]
    assert len(sent) == 2
    company = rows("CompaniesTable")
    known = {str(row["identity"]["legal_name"]) for row in company if "identity" in row}
    known |= {str(row["identity"]["siren"]) for row in company if "identity" in row}
    assert known
    for one in sent:
        written = f"{one.subject} {one.body}".lower()
        assert [name for name in known if name.lower() in written] == []


@pytest.mark.parametrize("acts", [decided_in_part, refused], ids=["in part", "refused"])
def test_nobody_reads_who_reviewed_their_case(world: World, acts: Callable[[Case], Case]) -> None:
    case = ready(world)
    acts(case)
    [sent] = tell()
    written = f"{sent.subject} {sent.body}".lower()
    people = [one for reviewer in REVIEWERS for one in (reviewer.sub, str(reviewer.email), reviewer.sub[4:])]
    assert [one for one in people if one in written] == []


def test_an_attester_without_an_account_is_invited_once_by_a_link_that_opens_without_changing_anything(
    world: World,
) -> None:
    ask("case-1")
    [sent] = tell()
    assert sent.destinations["ToAddresses"] == [ATTESTER]
    assert "Inès Kerbrat" in sent.subject
    link = next(word for word in sent.body.split('"') if "/api/attestations/" in word)
    before = dump()
    assert world.api.get(urlsplit(link).path.removeprefix("/api")).status == 200
    assert dump() == before
    assert tell() == []


def test_an_attester_turns_such_requests_off_in_one_click_without_an_account(world: World) -> None:
    ask("case-1")
    [sent] = tell()
    link = next(word for word in sent.body.split('"') if "/api/unsubscribe/" in word)
    path = urlsplit(link).path.removeprefix("/api")
    assert world.api.get(path).status == 200
    assert world.api.call("POST", path, raw=b"List-Unsubscribe=One-Click", headers=FORM).status == 200
    ask("case-2")
    assert tell() == []
    assert [row["state"] for row in rows("NotificationsTable") if row["pk"].startswith("EMAIL#attestation/case-2")] == [
        "unwanted"
    ]


def test_an_attester_whose_case_ended_before_the_e_mail_went_is_not_written_to(world: World) -> None:
    ask("case-1").case_ended("case-1")
    assert tell() == []


def invite_a_colleague(world: World) -> list[Any]:
    answer = world.api.post("/companies/mine/members", {"email": COLLEAGUE}, PRODUCER)
    assert answer.status == 202, answer.content
    return tell("CompaniesTable")


def test_a_colleague_who_is_invited_is_told_once_by_whom_to_which_company_and_joins(world: World) -> None:
    world.company()
    [sent] = invite_a_colleague(world)
    assert sent.destinations["ToAddresses"] == [COLLEAGUE]
    assert sent.subject == "Rejoignez Falaise Rouge Films sur Plot Point"
    assert PRODUCER.email in sent.body and "https://plot-point.test/company/join" in sent.body
    assert tell("CompaniesTable") == []
    paul = Person("sub-paul", COLLEAGUE, ("producers",))
    assert world.api.post("/companies/join", {"contact_language": "en"}, paul).status == 200
    listed = world.api.get("/admin/notifications?state=sent", ADMIN).json
    [letter] = listed["colleagues"]
    assert (letter["state"], COLLEAGUE in repr(listed)) == ("sent", False)


def test_a_company_reads_how_far_the_e_mails_of_its_invitations_came(world: World) -> None:
    world.company()
    path = "/companies/mine/members"

    def awaited(person: Person = PRODUCER) -> list[tuple[str, str]]:
        return [(one["email"], one["went"]) for one in world.api.get(path, person).json["invitations"]]

    lou = "lou@falaise-films.test"
    for address in (lou, COLLEAGUE):
        assert world.api.post(path, {"email": address}, PRODUCER).status == 202
    assert awaited() == [(COLLEAGUE, "on_its_way"), (lou, "on_its_way")]
    tell("CompaniesTable")
    assert awaited() == [(COLLEAGUE, "sent"), (lou, "sent")]
    assert world.api.post("/admin/suppressions", {"address": lou, "note": "Adresse erronée."}, ADMIN).status == 201
    assert world.api.post(path, {"email": lou}, PRODUCER).status == 202
    tell("CompaniesTable")
    assert awaited() == [(lou, "undelivered"), (COLLEAGUE, "sent")]

    paul = Person("sub-paul", COLLEAGUE, ("producers",))
    assert world.api.post("/companies/join", {"contact_language": "fr"}, paul).status == 200
    assert awaited(paul) == [(lou, "undelivered")]
    with at(utc_now() + timedelta(days=30)):
        assert awaited() == []


def test_no_fact_and_no_record_of_an_invitation_of_a_colleague_holds_an_address_or_a_name(world: World) -> None:
    world.company()
    assert len(invite_a_colleague(world)) == 1
    written = [json.dumps(item, default=str, ensure_ascii=False) for item in events("CompaniesTable")]
    written += [repr(row) for row in rows("NotificationsTable")]
    assert [one for one in written if "paul" in one.lower() or "falaise" in one.lower()] == []


def test_a_colleague_who_joined_before_the_e_mail_went_is_not_written_to(world: World) -> None:
    world.company()
    assert world.api.post("/companies/mine/members", {"email": COLLEAGUE}, PRODUCER).status == 202
    paul = Person("sub-paul", COLLEAGUE, ("producers",))
    assert world.api.post("/companies/join", {"contact_language": "fr"}, paul).status == 200
    assert tell("CompaniesTable") == []


def test_no_fact_no_record_and_no_log_line_holds_an_address_a_name_or_a_text(world: World, logged: Any) -> None:
    case = ready(world)
    ask(case.case_id)
    _, token = taken(case)
    wiring.service().request_information(SALOME, case.case_id, token, "Quelle saison avez-vous suivie ?")
    assert len(tell()) == 2
    facts = [json.dumps(item, default=str, ensure_ascii=False) for item in events(TABLE)]
    records = [repr(row) for row in rows("NotificationsTable")]
    lines = logged.getvalue()
    assert "email_sent" in lines
    personal = ["courriel.test", "falaise", "paul", "inès", "kerbrat", "marée de quatre", "quelle saison"]
    spellings = [*personal, *(one.encode("ascii", "backslashreplace").decode() for one in personal)]
    for written in (*facts, *records, lines):
        assert [one for one in spellings if one in written.lower()] == []


def test_administrators_see_how_far_letters_came_in_a_list_of_their_own(world: World) -> None:
    world.profile(verified=False)
    case = submitted()
    tell()
    listed = world.api.get("/admin/notifications?state=sent", ADMIN).json
    assert listed["emails"] == []
    [letter] = listed["letters"]
    assert (letter["case_id"], letter["moment"], letter["kind"]) == (case.case_id, "received", "verification_steps")
