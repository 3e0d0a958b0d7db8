"""What follows a decision, through the functions as Lambda calls them: the profile's status, what is shown of each
credit, a company that may publish, files that go in their time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.stub import Stubber

from chalicelib.companies import handlers as company_handlers
from chalicelib.platform.auth import Actor
from chalicelib.platform.clients import client
from chalicelib.profiles import handlers as profile_handlers
from chalicelib.verification import handlers, wiring
from chalicelib.verification.models import Case, CreditVerdict, Removal, Verdict
from chalicelib.verification.subjects import Level
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.ids import new_id
from tests.support.api import FREELANCER, PRODUCER, Person
from tests.support.environment import at, queued
from tests.support.evidence_fakes import a_pdf
from tests.support.examples import company_body, credit_body, profile_body
from tests.support.records import CONTEXT, envelope, queue_event, stream_event, tick
from tests.support.tables import events, rows
from tests.support.world import World, done

TABLE = "VerificationTable"
DONE: dict[str, list[Any]] = {"batchItemFailures": []}
SALOME = Actor("sub-salome", frozenset({"admins"}), "salome@plot-point.test")
BASILE = Actor("sub-basile", frozenset({"admins"}), "basile@plot-point.test")


def actor(person: Person) -> Actor:
    return Actor(person.sub, frozenset(person.groups), person.email)


def ready(person: Person = FREELANCER, kind: str = "profile", credit_id: str | None = None) -> Case:
    """A case whose checks have ended."""
    service = wiring.service()
    case = service.open(actor(person), kind, new_id(utc_now()), "fr", credit_id)  # type: ignore[arg-type]
    service.submit(actor(person), case.case_id)
    handlers.queue_verification_steps(stream_event(*events(TABLE), table=TABLE), CONTEXT)
    for _ in range(2):
        for task in [json.loads(body) for body in queued("verification_tasks")]:
            assert handlers.run_verification_steps(queue_event(task), CONTEXT) == DONE
    return service.dossier(case.case_id).case


def verdict(case: Case, level: Level | None = None, outcome: str = "verified", **changes: Any) -> Verdict:
    credits = tuple(CreditVerdict(credit_id=one, level=level) for one in case.credit_ids)
    ground = {"refused": "documents_missing"}.get(outcome, "all_confirmed")
    fields = {"outcome": outcome, "ground": ground, "text": "Vu ensemble.", "credits": credits}
    return Verdict.model_validate(fields | changes)


def decide(case: Case, judged: Verdict) -> Case:
    taken = wiring.service().claim(SALOME, case.case_id)
    assert taken.lease is not None
    return wiring.service().decide(SALOME, case.case_id, taken.lease.token, judged)


def second(case: Case) -> Case:
    taken = wiring.service().claim(BASILE, case.case_id)
    assert taken.lease is not None
    return wiring.service().second_decision(BASILE, case.case_id, taken.lease.token, confirms=True)


def tell() -> None:
    """Hands every fact of verification to every inbox, twice and backwards."""
    told = [envelope(item) for item in events(TABLE)]
    for _ in range(2):
        for handler in (
            profile_handlers.settle_verified_profiles,
            company_handlers.settle_verified_companies,
            handlers.settle_ended_cases,
        ):
            assert handler(queue_event(*reversed(told)), CONTEXT) == DONE
    assert rows("FailuresTable") == []


def holds(credit: dict[str, Any]) -> list[Any]:
    return [credit["facts"][name]["holds"] for name in ("work", "participation", "function")]


def test_a_submitted_profile_waits_and_a_decision_gives_it_status_levels_and_facts(world: World) -> None:
    world.profile(verified=False)
    case = ready()
    tell()
    assert world.api.get("/profiles/mine", FREELANCER).json["status"] == "submitted"
    decide(case, verdict(case, "participation", "partly_verified", ground="confirmed_in_part"))
    tell()
    mine = world.api.get("/profiles/mine", FREELANCER).json
    assert (mine["status"], mine["decision_reason"]) == ("partly_verified", "Vu ensemble.")
    [credit] = mine["credits"]
    assert (credit["level"], holds(credit)) == (2, [True, True, None])
    fact = credit["facts"]["participation"]
    assert (fact["source"], fact["by"]) == ("review", "review")
    assert fact["checked_at"] < fact["expires_at"]
    assert "sub-salome" not in json.dumps(mine)


def test_a_producer_reads_the_facts_in_the_shortlist_and_in_the_profile(world: World) -> None:
    world.company()
    brief = world.live_brief()
    profile = world.profile(verified=False)
    case = ready()
    decide(case, verdict(case, "function"))
    tell()
    world.match()
    [match] = done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER))["matches"]
    assert holds(match["profile"]["credits"][0]) == [True, True, True]
    proposed = done(world.api.get(f"/profiles/{profile['profile_id']}", PRODUCER))
    assert holds(proposed["credits"][0]) == [True, True, True]
    assert proposed["credits"][0]["facts"] == match["profile"]["credits"][0]["facts"]


def test_the_confirmed_background_of_a_junior_is_shown_until_its_time_is_over_or_the_name_another(world: World) -> None:
    world.company()
    brief = world.live_brief()
    profile = world.profile(verified=False, credits=())
    case = ready()
    decide(case, verdict(case, ground="junior_path_confirmed", junior_path=True))
    tell()
    world.match()
    mine = done(world.api.get("/profiles/mine", FREELANCER))
    background = mine["background"]
    assert (mine["status"], set(background)) == ("verified", {"kinds", "checked_at", "expires_at"})
    [match] = done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER))["matches"]
    assert (match["profile"]["level"], match["profile"]["background"]) == ("junior", background)
    proposed = done(world.api.get(f"/profiles/{profile['profile_id']}", PRODUCER))
    assert proposed["background"] == background
    with at(datetime.fromisoformat(background["expires_at"])):
        assert done(world.api.get("/profiles/mine", FREELANCER))["background"] is None
    renamed = done(world.api.put("/profiles/mine", profile_body(display_name="Une Autre"), FREELANCER))
    assert renamed["background"] is None
    tell()
    assert done(world.api.get("/profiles/mine", FREELANCER))["background"] is None


def test_a_credit_corrected_before_the_decision_arrives_gets_nothing_of_it(world: World) -> None:
    world.profile(verified=False)
    case = ready()
    decide(case, verdict(case, "function"))
    [credit_id] = case.credit_ids
    path = f"/profiles/mine/credits/{credit_id}"
    done(world.api.put(path, credit_body(title="Une tout autre œuvre"), FREELANCER))
    tell()
    mine = world.api.get("/profiles/mine", FREELANCER).json
    assert mine["status"] == "verified"
    assert (mine["credits"][0]["level"], holds(mine["credits"][0])) == (0, [None, None, None])


def test_a_corrected_isan_is_another_claim_and_ones_own_numbers_are_none(world: World) -> None:
    world.profile(verified=False, credits=({"isan": "FFFF-0001-0000-0000-Y"},))
    case = ready()
    decide(case, verdict(case, "function"))
    tell()
    done(world.api.put("/profiles/mine", profile_body(external_ids={"imdb": "nm90000011"}), FREELANCER))
    tell()
    mine = world.api.get("/profiles/mine", FREELANCER).json
    assert holds(mine["credits"][0]) == [True, True, True]
    path = f"/profiles/mine/credits/{mine['credits'][0]['credit_id']}"
    done(world.api.put(path, credit_body(isan="FFFF-0002-0000-0000-3"), FREELANCER))
    tell()
    assert holds(world.api.get("/profiles/mine", FREELANCER).json["credits"][0]) == [None, None, None]


def test_one_new_credit_is_verified_while_the_profile_stays_as_it_is(world: World) -> None:
    world.profile()
    credit_id = done(world.api.post("/profiles/mine/credits", credit_body(title="Le Phare"), FREELANCER))["credit_id"]
    case = ready(kind="credit", credit_id=credit_id)
    decide(case, verdict(case, "work", "partly_verified", ground="confirmed_in_part"))
    tell()
    mine = world.api.get("/profiles/mine", FREELANCER).json
    assert mine["status"] == "verified"
    levels = {credit["credit_id"]: credit["level"] for credit in mine["credits"]}
    assert levels.pop(credit_id) == 1
    assert list(levels.values()) == [3]


def test_a_refusal_by_two_gives_the_profile_back_with_the_reason(world: World) -> None:
    world.profile(verified=False)
    case = ready()
    decide(case, verdict(case, outcome="refused"))
    tell()
    assert world.api.get("/profiles/mine", FREELANCER).json["status"] == "submitted"
    second(case)
    tell()
    mine = world.api.get("/profiles/mine", FREELANCER).json
    assert (mine["status"], mine["decision_reason"]) == ("draft", "Vu ensemble.")


def test_a_fact_that_two_people_take_away_is_shown_no_longer(world: World) -> None:
    world.profile(verified=False)
    case = ready()
    decide(case, verdict(case, "function"))
    tell()
    wiring.service().reopen(BASILE, case.case_id, "established_wrongly")
    tell()
    assert world.api.get("/profiles/mine", FREELANCER).json["credits"][0]["level"] == 3
    [credit_id] = case.credit_ids
    removals = (Removal(credit_id=credit_id, level="participation"),)
    third, fourth = (Actor(f"sub-{name}", frozenset({"admins"}), f"{name}@plot-point.test") for name in ("a", "b"))
    service = wiring.service()
    taken = service.claim(third, case.case_id)
    assert taken.lease is not None
    service.decide(third, case.case_id, taken.lease.token, verdict(case, "work", removals=removals))
    taken = service.claim(fourth, case.case_id)
    assert taken.lease is not None
    service.second_decision(fourth, case.case_id, taken.lease.token, confirms=True)
    tell()
    credit = world.api.get("/profiles/mine", FREELANCER).json["credits"][0]
    assert (credit["level"], holds(credit)) == (1, [True, None, None])


def test_a_withdrawn_case_gives_the_profile_back(world: World) -> None:
    world.profile(verified=False)
    case = ready()
    tell()
    wiring.service().withdraw(actor(FREELANCER), case.case_id)
    tell()
    assert world.api.get("/profiles/mine", FREELANCER).json["status"] == "draft"


def test_a_company_publishes_once_it_is_verified(world: World) -> None:
    world.company(verified=False)
    case = ready(PRODUCER, "company")
    brief = world.draft()
    path = f"/briefs/{brief['brief_id']}/publish"
    assert world.api.post(path, person=PRODUCER).status == 409
    decide(case, verdict(case))
    tell()
    assert world.api.get("/companies/mine", PRODUCER).json["status"] == "verified"
    done(world.api.post(path, person=PRODUCER))


def test_a_company_that_says_something_else_of_itself_by_now_is_not_verified(world: World) -> None:
    world.company(verified=False)
    case = ready(PRODUCER, "company")
    decide(case, verdict(case))
    done(world.api.put("/companies/mine", company_body(legal_name="Une Autre Maison"), PRODUCER))
    tell()
    assert world.api.get("/companies/mine", PRODUCER).json["status"] == "unverified"


def test_files_of_a_case_are_looked_at_kept_until_thirty_days_after_its_end_and_gone_then(world: World) -> None:
    world.profile(verified=False)
    service, now = wiring.service(), datetime.now(UTC)
    case = service.open(actor(FREELANCER), "profile", new_id(utc_now()), "fr")
    files = wiring.evidence_files()
    evidence_id = new_id(utc_now())
    placed, _ = files.offer(FREELANCER.sub, case.case_id, evidence_id, "contract", "application/pdf", 2000)
    files._files.put(placed.upload_key, a_pdf(), "application/pdf")
    # Nobody confirms: the sweeper does it once nothing can arrive any more.
    with at(now + timedelta(minutes=20)):
        handlers.sweep_verification(tick(), CONTEXT)
        assert [one.status for one in wiring.evidence_files().of_case(case.case_id)] == ["accepted"]
    service.withdraw(actor(FREELANCER), case.case_id)
    tell()
    for days, status in ((29, "accepted"), (31, "deleted")):
        with at(now + timedelta(days=days)):
            handlers.sweep_verification(tick(), CONTEXT)
            assert [one.status for one in wiring.evidence_files().of_case(case.case_id)] == [status]


def test_nobody_is_asked_any_more_once_a_case_is_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.composition import for_verification
    from tests.support.evidence_fakes import CLAIM, FakePeople

    world.profile(verified=False)
    monkeypatch.setattr(for_verification, "attesting_people", FakePeople)
    service = wiring.service()
    case = service.open(actor(FREELANCER), "profile", new_id(utc_now()), "fr")
    requests = wiring.attestation_requests()
    requests.ask("ask-1", case.case_id, "profile-ines", "credit-1", CLAIM, "paul@falaise-films.test")
    service.withdraw(actor(FREELANCER), case.case_id)
    tell()
    [asked] = requests.of_case(case.case_id)
    assert asked.withdrawn_at is not None
    assert asked.address is None


def test_people_are_known_by_the_address_of_their_account_and_companies_by_their_name(world: World) -> None:
    from chalicelib.composition import for_verification

    profile, _ = world.profile(), world.company()
    attributes = [{"Name": "sub", "Value": FREELANCER.sub}, {"Name": "email", "Value": FREELANCER.email}]
    found = {"Username": FREELANCER.sub, "UserAttributes": attributes}
    people, companies = for_verification.attesting_people(), for_verification.attesting_companies()
    with Stubber(client("cognito-idp")) as pool:
        pool.add_response("admin_get_user", found)
        assert people.addresses(profile["profile_id"]) == {FREELANCER.email}
        pool.add_response("admin_get_user", found)
        assert people.profile_at(FREELANCER.email) == profile["profile_id"]
        pool.add_client_error("admin_get_user", "UserNotFoundException")
        assert people.profile_at("paul@courriel.test") is None
    assert people.addresses("nobody") == frozenset()
    body = company_body()
    assert companies.domains(body["legal_name"].upper()) == {body["email_domain"]}
    assert companies.domains("Une Autre Maison") == frozenset()


def test_a_verification_is_not_handed_on_to_another_name(world: World) -> None:
    world.profile(verified=False)
    case = ready()
    renamed = profile_body(display_name="Apolline Quéméner")
    done(world.api.put("/profiles/mine", renamed, FREELANCER))
    decide(case, verdict(case, "function"))
    tell()
    mine = done(world.api.get("/profiles/mine", FREELANCER))
    assert (mine["status"], [credit["level"] for credit in mine["credits"]]) == ("draft", [0])

    again = ready()
    decide(again, verdict(again, "function"))
    tell()
    assert done(world.api.get("/profiles/mine", FREELANCER))["status"] == "verified"
    done(world.api.put("/profiles/mine", profile_body(), FREELANCER))
    mine = done(world.api.get("/profiles/mine", FREELANCER))
    assert (mine["status"], [credit["level"] for credit in mine["credits"]]) == ("draft", [0])
