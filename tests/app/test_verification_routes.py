"""Verification through the routes alone, as people use it: a freelancer or a producer on one side, administrators on
the other. Steps run as Lambda runs them, against a catalogue that knows some titles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.accounts import wiring as accounts
from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable
from chalicelib.verification import handlers, wiring
from chalicelib.verification.claims import WorkClaim
from chalicelib.verification.evidence import Evidence
from chalicelib.vocabulary.clock import stamp, utc_now
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.text import Bilingual, typeset
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Answer, Person
from tests.support.environment import EVIDENCE_BUCKET, at, queued
from tests.support.evidence_fakes import a_pdf
from tests.support.examples import company_body, credit_body, profile_body
from tests.support.records import CONTEXT, queue_event, stream_event
from tests.support.tables import dump, events
from tests.support.world import World, done

TABLE = "VerificationTable"
DONE: dict[str, list[Any]] = {"batchItemFailures": []}
SALOME = ADMIN
BASILE = Person("sub-basile", "basile@plot-point.test", ("admins",))
NADIR = Person("sub-nadir", "nadir@plot-point.test", ("admins",))
STRANGER = Person("sub-stranger", "lou@courriel.test", ("freelancers",))

VERIFIED = {"outcome": "verified", "ground": "all_confirmed", "text": "Tout ce que vous déclarez est confirmé."}
REFUSED = {"outcome": "refused", "ground": "documents_missing", "text": "Rien ne montre encore ce que vous déclarez."}
CONTESTED = {"text": "Le contrat que j’ai joint porte ma fonction, page deux."}


@dataclass
class Catalogue:
    """A public source that knows some works, with who did what on them, and is silent about all others."""

    knows: set[str] = field(default_factory=set)

    id = "catalogue"

    def check(self, claim: WorkClaim) -> Evidence:
        known = claim.title in self.knows
        return Evidence(
            source="catalogue",
            verdict="confirms" if known else "silent",
            level="function" if known else None,
            reason="function_found" if known else "nothing_found",
            note=Bilingual("Le catalogue a répondu.", "The catalogue has answered."),
            url="https://catalogue.test/oeuvre/17" if known else None,
            retrieved_at=stamp(utc_now()),
            expires_at=stamp(utc_now() + timedelta(days=365)),
            licence="CC0-1.0",
            payload_hash="0" * 64 if known else None,
        )


class Unlisted:
    """A register that publishes nothing under any number."""

    def check(self, claim: object) -> Evidence:
        return Evidence(
            source="register",
            verdict="silent",
            level=None,
            reason="nothing_found",
            note=Bilingual("Le registre n’a rien trouvé.", "The register found nothing."),
            retrieved_at=stamp(utc_now()),
            expires_at=stamp(utc_now() + timedelta(days=30)),
            licence="etalab-2.0",
        )


class Office:
    """The routes, and what works behind them."""

    def __init__(self, world: World, catalogue: Catalogue) -> None:
        self.api = world.api
        self.world = world
        self.catalogue = catalogue
        self._delivered: set[str] = set()
        self._run: set[str] = set()

    def work(self) -> None:
        """Everything that streams and queues hold."""
        while True:
            told = [one for one in events(TABLE) if one["event_id"] not in self._delivered]
            for one in told:
                self._delivered.add(one["event_id"])
                assert handlers.queue_verification_steps(stream_event(one, table=TABLE), CONTEXT) == DONE
            tasks = [body for body in queued("verification_tasks") if body not in self._run]
            for task in tasks:
                self._run.add(task)
                assert handlers.run_verification_steps(queue_event(json.loads(task)), CONTEXT) == DONE
            if not told and not tasks:
                return

    def submitted(self, person: Person = FREELANCER, **what: Any) -> str:
        """The id of a case that is ready for an administrator."""
        opened = done(self.api.post("/verification/mine", what or {"kind": "profile"}, person))
        case_id: str = opened["case_id"]
        done(self.api.post(f"/verification/mine/{case_id}/submit", person=person))
        self.work()
        return case_id

    def claim(self, case_id: str, reviewer: Person = SALOME) -> dict[str, Any]:
        return done(self.api.post(f"/verification/cases/{case_id}/claim", person=reviewer))

    def act(self, case_id: str, act: str, reviewer: Person = SALOME, token: str = "", **more: Any) -> Answer:
        """With the lease that the reviewer has, or takes now."""
        token = token or self.claim(case_id, reviewer)["lease"]["token"]
        return self.api.post(f"/verification/cases/{case_id}/{act}", {"lease_token": token, **more}, reviewer)

    def mine(self, case_id: str, person: Person = FREELANCER) -> dict[str, Any]:
        return done(self.api.get(f"/verification/mine/{case_id}", person))

    def case(self, case_id: str, reader: Person = SALOME) -> dict[str, Any]:
        return done(self.api.get(f"/verification/cases/{case_id}", reader))

    def queue(self, query: str = "", reader: Person = SALOME) -> list[str]:
        return [one["case_id"] for one in done(self.api.get(f"/verification/cases{query}", reader))["cases"]]


@dataclass
class People:
    """The user pool: who has an account there, and who of them is an administrator."""

    accounts: dict[str, str] = field(default_factory=lambda: {FREELANCER.sub: FREELANCER.email})
    administrators: set[str] = field(default_factory=lambda: {SALOME.sub, BASILE.sub, NADIR.sub})
    down: bool = False

    def account(self, username: str) -> tuple[str, str] | None:
        found = [known for known in self.accounts.items() if username in known]
        return found[0] if found else None

    def active_in(self, group: str) -> int:
        if self.down:
            raise Retryable("user_pool_unavailable")
        return len(self.administrators) if group == "admins" else 0


@pytest.fixture
def people() -> Iterator[People]:
    people = People()
    with patch.object(accounts, "CognitoDirectory", lambda _: people):
        yield people


@pytest.fixture
def office(people: People, world: World) -> Iterator[Office]:
    catalogue = Catalogue()
    with (
        patch.object(wiring, "credit_sources", lambda: {"catalogue": catalogue}),
        patch.object(wiring, "company_registry", Unlisted),
    ):
        yield Office(world, catalogue)


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


def later(**much: float) -> datetime:
    return datetime.now(UTC) + timedelta(**much)


# ---- a case from its opening to its end


def test_a_senior_with_ten_credits_is_approved(office: Office) -> None:
    titles = [f"Marée {number}" for number in range(1, 11)]
    office.catalogue.knows = set(titles)
    office.world.profile(verified=False, credits=tuple({"title": title} for title in titles))
    case_id = office.submitted()
    followed = office.mine(case_id)
    assert followed["state"] == "queued"
    assert [one["status"] for one in followed["checks"] if one["check"] == "credit"] == ["done"] * 10
    assert followed["missing"] == []
    assert followed["clock"]["words"]["fr"].startswith("encore ")

    taken = office.claim(case_id)
    assert taken["recommendation"]["label"]["fr"]
    assert [one["claim"]["title"] for one in taken["credits_in_review"]] == titles
    for one in taken["credits_in_review"]:
        [found] = one["findings"]
        assert (found["verdict"], found["proves"], found["licence"]) == ("confirms", "function", "CC0-1.0")
        assert found["url"] == "https://catalogue.test/oeuvre/17"
    credits = [{"credit_id": one["credit_id"], "level": "function"} for one in taken["credits_in_review"]]
    decided = done(office.act(case_id, "decision", token=taken["lease"]["token"], **VERIFIED, credits=credits))
    assert (decided["state"], decided["lease"], decided["clock"]) == ("verified", None, None)
    assert decided["decision"]["decided_by"] == SALOME.sub

    followed = office.mine(case_id)
    assert followed["outcome"] == "verified"
    assert followed["decision"]["text"] == VERIFIED["text"]
    assert followed["appeal_until"] > stamp(later(days=29))
    badges = done(office.api.get("/verification/mine/badges", FREELANCER))["credits"]
    assert [one["level"] for one in badges] == [3] * 10
    assert [one["fact"] for one in badges[0]["badges"]] == ["work", "participation", "function"]
    assert {one["source"] for one in badges[0]["badges"]} == {"catalogue"}
    assert office.queue() == []
    told = [one["event"] for one in office.case(case_id)["history"]]
    assert (told[0], told[-1]) == ("verification.opened", "verification.decided")


def test_a_refusal_takes_two_people_and_its_appeal_a_third(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    proposed = done(office.act(case_id, "decision", **REFUSED))
    assert (proposed["state"], proposed["awaits_second"], proposed["lease"]) == ("queued", True, None)
    assert office.mine(case_id)["decision"] is None

    alone = office.api.post(f"/verification/cases/{case_id}/claim", person=SALOME)
    assert refused(alone) == (403, "own_decision")
    token = office.claim(case_id, BASILE)["lease"]["token"]
    assert refused(office.act(case_id, "decision", BASILE, token, **VERIFIED)) == (409, "second_decision_awaited")
    assert done(office.act(case_id, "second-decision", BASILE, token, confirms=True))["state"] == "refused"
    told = office.mine(case_id)
    assert (told["state"], told["decision"]["ground"], told["decision"]["by_two_people"]) == (
        "refused",
        "documents_missing",
        True,
    )
    assert SALOME.sub not in json.dumps(told)

    contested = done(office.api.post(f"/verification/mine/{case_id}/appeal", CONTESTED, FREELANCER))
    assert (contested["state"], contested["appeal"]["text"]) == ("appealed", CONTESTED["text"])
    for reviewer in (SALOME, BASILE):
        answer = office.api.post(f"/verification/cases/{case_id}/appeal/claim", person=reviewer)
        assert refused(answer) == (403, "own_decision")
    assert refused(office.api.post(f"/verification/cases/{case_id}/claim", person=NADIR)) == (409, "wrong_state")
    taken = done(office.api.post(f"/verification/cases/{case_id}/appeal/claim", person=NADIR))
    [credit] = taken["credits_in_review"]
    in_part = {
        "outcome": "partly_verified",
        "ground": "confirmed_in_part",
        "text": "Votre contrat montre votre participation.",
        "credits": [{"credit_id": credit["credit_id"], "level": "participation"}],
    }
    ended = done(office.act(case_id, "appeal/decision", NADIR, taken["lease"]["token"], **in_part))
    assert (ended["state"], ended["appeal"]["changed"]) == ("final", True)
    told = office.mine(case_id)
    assert (told["outcome"], told["appeal"]["decision"]["outcome"]) == ("partly_verified", "partly_verified")
    assert told["badges"][0]["level"] == 2
    again = office.api.post(f"/verification/mine/{case_id}/appeal", CONTESTED, FREELANCER)
    assert refused(again) == (409, "wrong_state")


def test_a_second_administrator_may_send_a_proposal_back(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    done(office.act(case_id, "decision", **REFUSED))
    back = done(office.act(case_id, "second-decision", BASILE, confirms=False, note="Le contrat n’a pas été lu."))
    assert (back["state"], back["awaits_second"]) == ("queued", False)
    assert back["overturned"][0]["note"] == "Le contrat n’a pas été lu."
    statistics = done(office.api.get("/verification/statistics", SALOME))
    assert (statistics["waiting"], statistics["overturned"]) == (1, 1)


def test_a_question_is_answered_and_comes_back_to_who_asked(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    asked = done(office.act(case_id, "request-information", text="Qui était le producteur ?"))
    assert (asked["state"], asked["clock"]) == ("information_requested", None)
    [question] = office.mine(case_id)["questions"]
    assert (question["text"], question["answer"]) == ("Qui était le producteur ?", None)
    missing = office.mine(case_id)["missing"]
    assert (missing[0]["what"], missing[0]["until"]) == ("answer", question["until"])
    assert office.queue() == []
    [waits] = done(office.api.get("/verification/cases?state=information_requested", BASILE))["cases"]
    assert (waits["case_id"], waits["answer_until"]) == (case_id, question["until"])

    path, said = f"/verification/mine/{case_id}/answer", {"text": "Ateliers du Phare, avec Paul Nivet."}
    answered = done(office.api.post(path, said, FREELANCER))
    assert answered["questions"][0]["answer"] == said["text"]
    assert answered["state"] == "in_review"
    assert office.queue("?state=information_requested") == []
    assert refused(office.api.post(path, said, FREELANCER)) == (409, "wrong_state")
    held = office.case(case_id)
    assert (held["lease"]["mine"], held["clock"] is not None) == (True, True)
    seen = office.case(case_id, BASILE)["lease"]
    assert (seen["reviewer_sub"], seen["mine"], seen["token"]) == (SALOME.sub, False, None)
    assert done(office.act(case_id, "release", token=held["lease"]["token"]))["state"] == "queued"


def test_a_reviewer_is_told_in_which_language_the_subject_is_written_to(office: Office) -> None:
    office.world.profile(verified=False)
    asked = office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER, headers={"Accept-Language": "en"})
    assert office.case(done(asked)["case_id"])["language"] == "en"


def test_nobody_reviews_or_reads_their_own_case_as_an_administrator(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    both_sides = Person(FREELANCER.sub, FREELANCER.email, ("admins",))
    for answer in (
        office.api.get(f"/verification/cases/{case_id}", both_sides),
        office.api.post(f"/verification/cases/{case_id}/claim", person=both_sides),
    ):
        assert refused(answer) == (403, "own_case")


def test_a_lease_that_ends_in_the_middle_of_a_decision_leaves_nothing_half_written(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    taken = office.claim(case_id)
    [credit] = taken["credits_in_review"]
    verdict = {**VERIFIED, "credits": [{"credit_id": credit["credit_id"], "level": "function"}]}
    before = dump()
    with at(later(minutes=31)):
        for act, body in (
            ("decision", verdict),
            ("request-information", {"text": "Qui ?"}),
            ("renew", {}),
            ("release", {}),
        ):
            assert refused(office.act(case_id, act, token=taken["lease"]["token"], **body)) == (409, "lease_lost")
        assert dump() == before
        assert office.case(case_id)["lease"] is None
        assert office.claim(case_id, BASILE)["lease"]["mine"]
        late = office.act(case_id, "decision", token=taken["lease"]["token"], **verdict)
        assert refused(late) == (409, "lease_lost")
    assert office.case(case_id)["decision"] is None
    made_up = office.act(case_id, "decision", token=new_id(utc_now()), **verdict)
    assert refused(made_up) == (409, "lease_lost")


def test_a_lease_is_renewed_by_who_has_it(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    lease = office.claim(case_id)["lease"]
    with at(later(minutes=20)):
        assert refused(office.api.post(f"/verification/cases/{case_id}/claim", person=BASILE)) == (
            409,
            "taken_by_another",
        )
        longer = done(office.act(case_id, "renew", token=lease["token"]))["lease"]
    assert longer["token"] == lease["token"]
    assert longer["until"] > lease["until"]


# ---- the subject's side


def test_a_case_is_opened_once_and_may_be_withdrawn(office: Office) -> None:
    profile = office.world.profile(verified=False)
    key = {"Idempotency-Key": "ma-premiere-verification"}
    opened = office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER, headers=key)
    assert opened.status == 201
    assert opened.json["missing"][0]["what"] == "not_submitted"
    again = office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER, headers=key)
    assert again.json == opened.json
    other = office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER)
    assert refused(other) == (409, "case_already_open")
    credit_id = profile["credits"][0]["credit_id"]
    of_credit = done(office.api.post("/verification/mine", {"kind": "credit", "credit_id": credit_id}, FREELANCER))
    listed = done(office.api.get("/verification/mine", FREELANCER))
    assert [(one["kind"], one["credit_id"]) for one in listed["cases"]] == [("credit", credit_id), ("profile", None)]
    case_id = opened.json["case_id"]
    gone = done(office.api.post(f"/verification/mine/{case_id}/withdraw", person=FREELANCER))
    assert (gone["state"], gone["missing"]) == ("withdrawn", [])
    assert office.mine(of_credit["case_id"])["state"] == "draft"
    assert refused(office.api.post(f"/verification/mine/{case_id}/submit", person=FREELANCER)) == (409, "wrong_state")


@pytest.mark.parametrize("body", [{"kind": "credit"}, {"kind": "profile", "credit_id": new_id(utc_now())}])
def test_a_credit_is_named_when_and_only_when_it_is_one(office: Office, body: dict[str, str]) -> None:
    office.world.profile(verified=False)
    answer = office.api.post("/verification/mine", body, FREELANCER)
    assert (answer.status, answer.codes) == (422, {"/credit_id": "credit_goes_with_credit"})


def test_nobody_opens_what_is_not_theirs(office: Office) -> None:
    assert refused(office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER)) == (404, "not_found")
    office.world.profile(verified=False)
    assert refused(office.api.post("/verification/mine", {"kind": "company"}, FREELANCER)) == (404, "not_found")
    assert done(office.api.get("/verification/mine", PRODUCER))["cases"] == []


def test_an_incomplete_profile_is_told_so(office: Office) -> None:
    office.world.profile(verified=False, bio={"fr": None, "en": None}, availability=[])
    opened = done(office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))
    assert opened["missing"][0]["what"] == "profile_incomplete"
    answer = office.api.post(f"/verification/mine/{opened['case_id']}/submit", person=FREELANCER)
    assert refused(answer) == (422, "not_ready_for_verification")


def test_another_persons_case_is_not_found_by_any_route(office: Office) -> None:
    office.world.profile(verified=False)
    office.world.profile(STRANGER, verified=False)
    case_id = office.submitted()
    before = dump()
    credit_id, other_id = office.mine(case_id)["badges"][0]["credit_id"], new_id(utc_now())
    path = f"/verification/mine/{case_id}"
    for method, where, body in (
        ("GET", "", None),
        ("POST", "/submit", None),
        ("POST", "/answer", {"text": "Oui."}),
        ("POST", "/withdraw", None),
        ("POST", "/appeal", CONTESTED),
        ("POST", "/evidence", {"kind": "contract", "media_type": "application/pdf", "size": 100}),
        ("GET", "/evidence", None),
        ("POST", f"/evidence/{other_id}/confirm", None),
        ("POST", "/attestations", {"credit_id": credit_id, "address": "paul@ateliers-phare.test"}),
        ("GET", "/attestations", None),
        ("POST", f"/attestations/{other_id}/withdraw", None),
    ):
        assert refused(office.api.call(method, path + where, body, person=STRANGER)) == (404, "not_found"), where
    assert dump() == before


def test_what_others_said_or_share_is_not_told_to_the_subject(office: Office) -> None:
    office.world.profile(verified=False)
    office.world.profile(STRANGER, verified=False)  # the same name and the same work
    office.submitted(STRANGER)
    case_id = office.submitted()
    [identity] = [one for one in office.case(case_id)["checks"] if one["check"] == "identity"]
    assert (identity["outcome"], [one["reason"] for one in identity["findings"]]) == ("needs_human", ["same_work"])
    [told] = [one for one in office.mine(case_id)["checks"] if one["check"] == "identity"]
    assert (told["status"], told["findings"]) == ("done", [])


def test_a_reviewer_reads_the_numbers_that_are_claimed_and_who_else_gives_one(office: Office) -> None:
    isni = {"isni": "9999 9999 0000 0010"}
    office.world.profile(STRANGER, verified=False, display_name="Noor Vasseur", external_ids=isni)
    office.submitted(STRANGER)
    office.world.profile(verified=False, credits=({"isan": "FFFF-0001-0000-0000"},), external_ids=isni)
    case_id = office.submitted()
    case = office.case(case_id)
    assert case["person"]["external_ids"] == {"isni": "9999999900000010", "wikidata": None, "bnf": None, "imdb": None}
    assert [one["claim"]["isan"] for one in case["credits_in_review"]] == ["FFFF-0001-0000-0000-Y"]
    [identity] = [one for one in case["checks"] if one["check"] == "identity"]
    assert [one["reason"] for one in identity["findings"]] == ["same_isni"]
    [told] = [one for one in office.mine(case_id)["checks"] if one["check"] == "identity"]
    assert (told["status"], told["findings"]) == ("done", [])


def test_a_number_that_was_corrected_is_held_against_nobody(office: Office) -> None:
    isni = {"isni": "9999 9999 0000 0010"}
    office.world.profile(STRANGER, verified=False, display_name="Noor Vasseur", external_ids=isni)
    office.submitted(STRANGER)
    done(office.api.put("/profiles/mine", profile_body(display_name="Noor Vasseur"), STRANGER))
    office.world.profile(verified=False, external_ids=isni)
    [identity] = [one for one in office.case(office.submitted())["checks"] if one["check"] == "identity"]
    assert (identity["outcome"], identity["findings"]) == ("done", [])


def test_a_junior_without_credits_is_told_what_shows_their_background(office: Office) -> None:
    office.world.profile(verified=False, credits=())
    case_id = office.submitted()
    assert [one["what"] for one in office.mine(case_id)["missing"]] == ["proof_of_background"]
    verdict = {**VERIFIED, "ground": "junior_path_confirmed", "junior_path": True}
    assert done(office.act(case_id, "decision", **verdict))["state"] == "verified"
    badges = done(office.api.get("/verification/mine/badges", FREELANCER))
    assert (badges["credits"], badges["junior_path"]["source"]) == ([], "review")


def test_a_credit_that_nothing_shows_is_named_as_missing_and_never_as_false(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    followed = office.mine(case_id)
    [missing] = followed["missing"]
    assert (missing["what"], missing["until"]) == ("proof_of_credit", followed["clock"]["due_at"])
    [check] = [one for one in followed["checks"] if one["check"] == "credit"]
    assert (check["status"], [one["verdict"] for one in check["findings"]]) == ("for_a_person", ["silent"])
    assert followed["badges"][0]["level"] == 0


def test_credits_declared_or_taken_out_meanwhile_are_not_asked_for(office: Office) -> None:
    profile = office.world.profile(verified=False, credits=({"title": "L’Ombre d’Émile"}, {"title": "Le Phare"}))
    gone, kept = (credit["credit_id"] for credit in profile["credits"])
    case_id = office.submitted()
    new = done(office.api.post("/profiles/mine/credits", credit_body(title="La Digue"), FREELANCER))["credit_id"]
    done(office.api.delete(f"/profiles/mine/credits/{gone}", FREELANCER))
    told = office.mine(case_id)
    assert [one["credit_id"] for one in told["missing"]] == [kept]
    assert [one["credit_id"] for one in told["badges"]] == [kept]
    taken = office.claim(case_id)
    assert [(one["credit_id"], one["claim"] is None) for one in taken["credits_in_review"]] == [
        (kept, False),
        (gone, True),
    ]
    credits = [{"credit_id": one["credit_id"], "level": "function"} for one in taken["credits_in_review"]]
    done(office.act(case_id, "decision", token=taken["lease"]["token"], **VERIFIED, credits=credits))
    badges = done(office.api.get("/verification/mine/badges", FREELANCER))["credits"]
    assert {one["credit_id"]: one["level"] for one in badges} == {kept: 3, new: 0}


def test_a_reopened_case_is_not_taken_back_by_whoever_it_is_about(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    [credit] = office.claim(case_id)["credits_in_review"]
    credits = [{"credit_id": credit["credit_id"], "level": "function"}]
    done(office.act(case_id, "decision", **VERIFIED, credits=credits))
    done(office.api.post(f"/verification/cases/{case_id}/reopen", {"ground": "forged_document"}, BASILE))
    done(office.act(case_id, "decision", NADIR, **{**REFUSED, "ground": "forged_document"}))
    assert refused(office.api.post(f"/verification/mine/{case_id}/withdraw", person=FREELANCER)) == (409, "wrong_state")
    done(office.act(case_id, "second-decision", BASILE, confirms=True))
    assert office.mine(case_id)["state"] == "refused"


def test_a_company_is_verified_with_its_own_grounds(office: Office) -> None:
    office.world.company(verified=False)
    case_id = office.submitted(PRODUCER, kind="company")
    assert [one["what"] for one in office.mine(case_id, PRODUCER)["missing"]] == ["proof_of_mandate"]
    taken = office.claim(case_id)
    assert (taken["person"], taken["company"]["siren"], taken["credits_in_review"]) == (None, "552178634", [])
    token = taken["lease"]["token"]
    in_part = office.act(case_id, "decision", token=token, **{**VERIFIED, "outcome": "partly_verified"})
    assert (in_part.status, in_part.codes) == (422, {"/outcome": "not_for_this_subject"})
    verdict = {**VERIFIED, "ground": "company_confirmed"}
    assert done(office.act(case_id, "decision", token=token, **verdict))["state"] == "verified"
    assert office.mine(case_id, PRODUCER)["outcome"] == "verified"


# ---- files and attestations


def test_a_file_is_sent_checked_and_opened_by_the_reviewer_alone(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = done(office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))["case_id"]
    credit_id = office.mine(case_id)["badges"][0]["credit_id"]
    path, content = f"/verification/mine/{case_id}/evidence", a_pdf()
    body = {"kind": "contract", "media_type": "application/pdf", "size": len(content), "credit_id": credit_id}
    offered = done(office.api.post(path, body, FREELANCER))
    evidence_id = offered["evidence"]["evidence_id"]
    assert offered["evidence"]["status"] == "quarantine"
    confirm = f"{path}/{evidence_id}/confirm"
    assert refused(office.api.post(confirm, person=FREELANCER)) == (409, "not_arrived_yet")
    client("s3").put_object(Bucket=EVIDENCE_BUCKET, Key=offered["upload"]["fields"]["key"], Body=content)
    assert done(office.api.post(confirm, person=FREELANCER))["status"] == "accepted"
    [listed] = done(office.api.get(path, FREELANCER))["files"]
    assert (listed["evidence_id"], listed["credit_id"], listed["explanation"]) == (evidence_id, credit_id, None)

    done(office.api.post(f"/verification/mine/{case_id}/submit", person=FREELANCER))
    office.work()
    opening = f"/verification/cases/{case_id}/evidence/{evidence_id}/open"
    assert refused(office.api.post(opening, person=SALOME)) == (403, "not_the_reviewer")
    [credit] = office.claim(case_id)["credits_in_review"]
    assert [one["evidence_id"] for one in credit["files"]] == [evidence_id]
    opened = done(office.api.post(opening, person=SALOME))
    assert evidence_id in opened["url"]
    assert refused(office.api.post(opening, person=BASILE)) == (403, "not_the_reviewer")
    history = office.case(case_id)["history"]
    assert {"verification.evidence_opened"} <= {one["event"] for one in history}
    done(office.act(case_id, "decision", **VERIFIED, credits=[{"credit_id": credit_id, "level": "function"}]))
    assert refused(office.api.post(path, body, FREELANCER)) == (409, "wrong_state")


def test_a_file_about_a_credit_of_another_case_is_refused_by_name(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = done(office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))["case_id"]
    body = {"kind": "contract", "media_type": "application/pdf", "size": 9, "credit_id": new_id(utc_now())}
    answer = office.api.post(f"/verification/mine/{case_id}/evidence", body, FREELANCER)
    assert (answer.status, answer.codes) == (422, {"/credit_id": "unknown_credit"})


def test_somebody_at_the_company_is_asked_and_asked_no_longer(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = done(office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))["case_id"]
    credit_id = office.mine(case_id)["badges"][0]["credit_id"]
    path = f"/verification/mine/{case_id}/attestations"
    free = office.api.post(path, {"credit_id": credit_id, "address": "paul@gmail.com"}, FREELANCER)
    assert (free.status, free.codes) == (422, {"/address": "free_mail"})
    body = {"credit_id": credit_id, "address": "paul@ateliers-phare.test"}
    asked = office.api.post(path, body, FREELANCER)
    assert (asked.status, asked.json["status"], asked.json["domain"]) == (201, "asked", "ateliers-phare.test")
    assert refused(office.api.post(path, body, FREELANCER)) == (409, "already_asked")
    attestation_id = asked.json["attestation_id"]
    gone = done(office.api.post(f"{path}/{attestation_id}/withdraw", person=FREELANCER))
    assert gone["status"] == "withdrawn"
    [listed] = done(office.api.get(path, FREELANCER))["attestations"]
    assert (listed["attestation_id"], listed["status"]) == (attestation_id, "withdrawn")
    [credit] = office.case(case_id)["credits_in_review"]
    assert [one["status"] for one in credit["attestations"]] == ["withdrawn"]


# ---- the queue


def test_the_queue_is_filtered_and_says_how_long_is_left(office: Office) -> None:
    office.world.profile(verified=False)
    office.world.company(verified=False)
    first = office.submitted()
    second = office.submitted(PRODUCER, kind="company")
    assert office.queue() == [first, second]
    assert office.queue("?kind=company") == [second]
    assert office.queue("?route=fast_lane") == []
    assert office.queue("?state=in_review") == []
    assert office.queue("?overdue=true") == []
    office.claim(first)
    assert office.queue("?mine=true") == [first]
    assert office.queue("?mine=true", BASILE) == []
    assert office.queue("?state=in_review&kind=profile") == [first]
    with at(later(days=8)):
        assert office.queue("?overdue=true") == [first, second]
        [late, _] = done(office.api.get("/verification/cases", SALOME))["cases"]
        assert late["clock"]["seconds_left"] < 0
        assert late["clock"]["words"]["fr"].startswith("en retard de ")
        assert late["clock"]["words"]["en"].endswith(" late")
    assert refused(office.api.get("/verification/cases?mine=perhaps", SALOME)) == (422, "invalid")


def test_the_queue_tells_who_and_which_work_each_case_is_about(office: Office) -> None:
    profile = office.world.profile(verified=False, credits=({"title": "Marée"},))
    office.world.company(verified=False)
    office.submitted(kind="credit", credit_id=profile["credits"][0]["credit_id"])
    office.submitted(PRODUCER, kind="company")
    listed = done(office.api.get("/verification/cases", SALOME))["cases"]
    person, company = profile_body()["display_name"], company_body()["legal_name"]
    assert [(one["subject_name"], one["work_title"]) for one in listed] == [(person, "Marée"), (company, None)]
    for one in listed:
        assert office.case(one["case_id"])["subject_name"] == one["subject_name"]


def test_the_queue_is_read_page_after_page_with_its_own_cursor_alone(office: Office) -> None:
    office.world.profile(verified=False)
    office.world.company(verified=False)
    expected = [office.submitted(), office.submitted(PRODUCER, kind="company")]
    with patch("chalicelib.verification.service.PAGE", 1):
        first = done(office.api.get("/verification/cases", SALOME))
        second = done(office.api.get(f"/verification/cases?cursor={first['cursor']}", SALOME))
    assert [one["case_id"] for one in (*first["cases"], *second["cases"])] == expected
    for path, reader in (
        (f"/verification/cases?kind=company&cursor={first['cursor']}", SALOME),
        (f"/verification/cases?cursor={first['cursor']}", BASILE),
    ):
        answer = office.api.get(path, reader)
        assert (answer.status, answer.codes) == (422, {"?cursor": "wrong_cursor"})


def test_too_few_administrators_are_said_to_be(office: Office, people: People) -> None:
    assert done(office.api.get("/verification/cases", SALOME))["shortage"] is None
    people.administrators -= {BASILE.sub, NADIR.sub}
    for path in ("/verification/cases", "/verification/statistics"):
        shortage = done(office.api.get(path, SALOME))["shortage"]
        assert (shortage["active"], shortage["needed"]) == (1, 3)
        assert shortage["message"]["fr"].startswith(typeset("Un seul administrateur actif :"))


def test_the_queue_is_read_when_nobody_can_be_counted(office: Office, people: People) -> None:
    people.administrators, people.down = set(), True
    assert done(office.api.get("/verification/cases", SALOME))["shortage"] is None


def test_a_decided_case_is_reopened_as_it_was_read(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    [credit] = office.claim(case_id)["credits_in_review"]
    verdict = {**VERIFIED, "credits": [{"credit_id": credit["credit_id"], "level": "function"}]}
    decided = office.act(case_id, "decision", **verdict)
    done(decided)
    path, body = f"/verification/cases/{case_id}/reopen", {"ground": "established_wrongly"}
    assert refused(office.api.post(path, body, BASILE, headers={"If-Match": None})) == (428, "precondition_required")
    stale = office.api.post(path, body, BASILE, headers={"If-Match": '"1"'})
    assert refused(stale) == (412, "precondition_failed")
    reopened = done(office.api.post(path, body, BASILE, headers={"If-Match": decided.etag}))
    assert (reopened["state"], len(reopened["earlier_decisions"])) == ("reopened", 1)

    removal = {
        "outcome": "partly_verified",
        "ground": "established_wrongly",
        "text": "Votre fonction avait été confirmée par erreur.",
        "credits": [{"credit_id": credit["credit_id"], "level": "participation"}],
        "removals": [{"credit_id": credit["credit_id"], "level": "function"}],
    }
    assert done(office.act(case_id, "decision", NADIR, **removal))["awaits_second"]
    assert office.mine(case_id)["badges"][0]["level"] == 3
    fourth = Person("sub-ysee", "ysee@plot-point.test", ("admins",))
    done(office.act(case_id, "second-decision", fourth, confirms=True))
    assert office.mine(case_id)["badges"][0]["level"] == 2


def test_statistics_count_what_was_decided_in_the_period(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    waiting = done(office.api.get("/verification/statistics", SALOME))
    assert (waiting["waiting"], waiting["oldest_minutes"], waiting["decided"]) == (1, 0, {})
    [credit] = office.claim(case_id)["credits_in_review"]
    done(office.act(case_id, "decision", **VERIFIED, credits=[{"credit_id": credit["credit_id"], "level": "work"}]))
    decided = done(office.api.get("/verification/statistics", SALOME))
    assert (decided["waiting"], decided["decided"]) == (0, {"verified": 1})
    earlier = "?since=2026-01-01T00:00:00Z&until=2026-01-31T00:00:00Z"
    assert done(office.api.get(f"/verification/statistics{earlier}", SALOME))["decided"] == {}
    backwards = office.api.get("/verification/statistics?since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z", SALOME)
    assert (backwards.status, backwards.codes) == (422, {"?until": "end_before_start"})
