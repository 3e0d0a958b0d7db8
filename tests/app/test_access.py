"""Every route, for everyone: who is let in, who is told nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest.mock import patch
from urllib.parse import quote

import pytest

from chalicelib.accounts import wiring as accounts
from chalicelib.accounts.repository import CognitoDirectory
from chalicelib.platform.errors import Retryable
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.ids import new_id
from tests.support.api import ADMIN, FREELANCER, NEWCOMER, PRODUCER, RIVAL, Api, Person
from tests.support.environment import at, forget
from tests.support.examples import brief_body, credit_body
from tests.support.tables import dump, rows
from tests.support.world import World, done

#: Route → who may call it: `public`, `signed in`, the group, or `subjects`: freelancers and producers.
ROUTES = {
    "GET /health": "public",
    "GET /config": "public",
    "GET /taxonomy": "public",
    "GET /openapi.json": "public",
    "GET /matching/criteria": "public",
    "GET /rates": "public",
    "GET /privacy": "public",
    "GET /rates/observed": "public",
    "GET /metrics": "public",
    "POST /rates/own-cost": "public",
    "GET /admin/rates": "admins",
    "PUT /admin/rates": "admins",
    "POST /admin/rates/preview": "admins",
    "GET /admin/taxonomy": "admins",
    "PUT /admin/taxonomy": "admins",
    "POST /admin/taxonomy/preview": "admins",
    "POST /admin/taxonomy/publish": "admins",
    "GET /me": "signed in",
    "DELETE /me": "signed in",
    "GET /me/erasure": "signed in",
    "GET /me/export": "signed in",
    "POST /me/role": "signed in",
    "PUT /companies/mine": "producers",
    "GET /companies/mine": "producers",
    "GET /companies/mine/members": "producers",
    "POST /companies/mine/members": "producers",
    "POST /companies/join": "producers",
    "GET /admin/companies": "admins",
    "POST /briefs": "producers",
    "GET /briefs": "producers",
    "GET /briefs/{brief_id}": "producers",
    "GET /briefs/{brief_id}/calendar": "producers",
    "PATCH /briefs/{brief_id}": "producers",
    "POST /briefs/{brief_id}/check": "producers",
    "POST /briefs/{brief_id}/publish": "producers",
    "POST /briefs/{brief_id}/close": "producers",
    "POST /briefs/{brief_id}/fill": "producers",
    "POST /briefs/{brief_id}/reopen": "producers",
    "GET /briefs/{brief_id}/matches": "producers",
    "GET /briefs/{brief_id}/matches/{profile_id}": "producers",
    "GET /briefs/{brief_id}/remarks": "producers",
    "PUT /briefs/{brief_id}/matches/{profile_id}/note": "producers",
    "POST /briefs/{brief_id}/matches/{profile_id}/dismiss": "producers",
    "DELETE /briefs/{brief_id}/matches/{profile_id}/dismiss": "producers",
    "POST /briefs/estimate": "producers",
    "GET /briefs/{brief_id}/outreach": "producers",
    "POST /briefs/{brief_id}/matches/{profile_id}/invite": "producers",
    "POST /briefs/{brief_id}/invitations": "producers",
    "GET /briefs/{brief_id}/conversations": "producers",
    "POST /conversations/{conversation_id}/answer": "producers",
    "GET /briefs/{brief_id}/answers": "producers",
    "PUT /briefs/{brief_id}/answers": "producers",
    "POST /projects/{project_id}/interest": "freelancers",
    "POST /projects/{project_id}/decline": "freelancers",
    "GET /projects/{project_id}/calendar": "freelancers",
    "GET /conversations": "subjects",
    "GET /conversations/{conversation_id}": "subjects",
    "GET /conversations/{conversation_id}/messages": "subjects",
    "POST /conversations/{conversation_id}/messages": "subjects",
    "POST /conversations/{conversation_id}/attachments": "subjects",
    "POST /conversations/{conversation_id}/attachments/{attachment_id}/confirm": "subjects",
    "GET /conversations/{conversation_id}/attachments/{attachment_id}": "subjects",
    "DELETE /conversations/{conversation_id}/attachments/{attachment_id}": "subjects",
    "POST /conversations/{conversation_id}/reveal": "subjects",
    "DELETE /conversations/{conversation_id}/reveal": "subjects",
    "POST /conversations/{conversation_id}/outcome": "subjects",
    "POST /conversations/{conversation_id}/reports": "subjects",
    "POST /reports": "subjects",
    "GET /reports": "subjects",
    "GET /admin/reports": "admins",
    "GET /admin/reports/{report_id}": "admins",
    "POST /admin/reports/{report_id}/claim": "admins",
    "POST /admin/reports/{report_id}/release": "admins",
    "POST /admin/reports/{report_id}/settle": "admins",
    "GET /admin/briefs": "admins",
    "GET /admin/briefs/{brief_id}": "admins",
    "POST /admin/briefs/{brief_id}/return": "admins",
    "POST /admin/briefs/{brief_id}/identity": "admins",
    "POST /admin/users/{sub}/suspend": "admins",
    "POST /admin/users/{sub}/restore": "admins",
    "POST /admin/companies/{company_id}/suspend": "admins",
    "POST /admin/companies/{company_id}/restore": "admins",
    "GET /admin/measures": "admins",
    "GET /admin/measures/{measure_id}": "admins",
    "POST /admin/measures/{measure_id}/confirm": "admins",
    "POST /admin/measures/{measure_id}/decline": "admins",
    "POST /admin/measures/{measure_id}/uphold": "admins",
    "POST /admin/measures/{measure_id}/lift": "admins",
    "GET /moderation/mine": "subjects",
    "GET /moderation/mine/{measure_id}": "subjects",
    "POST /moderation/mine/{measure_id}/reply": "subjects",
    "POST /moderation/mine/{measure_id}/appeal": "subjects",
    "GET /admin/identity-requests": "admins",
    "GET /admin/identity-requests/{request_id}": "admins",
    "POST /admin/identity-requests/{request_id}/grant": "admins",
    "POST /admin/identity-requests/{request_id}/refuse": "admins",
    "POST /admin/identity-requests/{request_id}/open": "admins",
    "GET /projects": "freelancers",
    "GET /projects/{project_id}": "freelancers",
    "GET /projects/{project_id}/fit": "freelancers",
    "GET /projects/{project_id}/confidentiality": "freelancers",
    "POST /projects/{project_id}/confidentiality": "freelancers",
    "PUT /profiles/mine": "freelancers",
    "GET /profiles/mine": "freelancers",
    "POST /profiles/mine/credits": "freelancers",
    "PUT /profiles/mine/credits/{credit_id}": "freelancers",
    "DELETE /profiles/mine/credits/{credit_id}": "freelancers",
    "POST /profiles/mine/pause": "freelancers",
    "POST /profiles/mine/resume": "freelancers",
    "GET /profiles/{profile_id}": "producers",
    "GET /admin/profiles": "admins",
    "GET /me/views": "freelancers",
    "GET /me/blocks": "freelancers",
    "POST /me/blocks": "freelancers",
    "DELETE /me/blocks/{block_id}": "freelancers",
    "GET /me/preferences": "signed in",
    "PUT /me/preferences": "signed in",
    "GET /unsubscribe/{token}": "public",
    "POST /unsubscribe/{token}": "public",
    "POST /verification/mine": "subjects",
    "GET /verification/mine": "subjects",
    "GET /verification/mine/badges": "freelancers",
    "GET /verification/mine/{case_id}": "subjects",
    "POST /verification/mine/{case_id}/submit": "subjects",
    "POST /verification/mine/{case_id}/answer": "subjects",
    "POST /verification/mine/{case_id}/withdraw": "subjects",
    "POST /verification/mine/{case_id}/appeal": "subjects",
    "POST /verification/mine/{case_id}/evidence": "subjects",
    "GET /verification/mine/{case_id}/evidence": "subjects",
    "POST /verification/mine/{case_id}/evidence/{evidence_id}/confirm": "subjects",
    "POST /verification/mine/{case_id}/attestations": "freelancers",
    "GET /verification/mine/{case_id}/attestations": "freelancers",
    "POST /verification/mine/{case_id}/attestations/{attestation_id}/withdraw": "freelancers",
    "GET /verification/cases": "admins",
    "GET /verification/statistics": "admins",
    "GET /verification/cases/{case_id}": "admins",
    "POST /verification/cases/{case_id}/claim": "admins",
    "POST /verification/cases/{case_id}/renew": "admins",
    "POST /verification/cases/{case_id}/release": "admins",
    "POST /verification/cases/{case_id}/request-information": "admins",
    "POST /verification/cases/{case_id}/decision": "admins",
    "POST /verification/cases/{case_id}/second-decision": "admins",
    "POST /verification/cases/{case_id}/appeal/claim": "admins",
    "POST /verification/cases/{case_id}/appeal/decision": "admins",
    "POST /verification/cases/{case_id}/reopen": "admins",
    "POST /verification/cases/{case_id}/evidence/{evidence_id}/open": "admins",
    "GET /verification/mine/alarms": "subjects",
    "GET /verification/mine/alarms/{alarm_id}": "subjects",
    "POST /verification/mine/alarms/{alarm_id}/answer": "subjects",
    "POST /verification/mine/alarms/{alarm_id}/appeal": "subjects",
    "POST /admin/alarms": "admins",
    "GET /admin/alarms": "admins",
    "GET /admin/alarms/{alarm_id}": "admins",
    "POST /admin/alarms/{alarm_id}/evidence": "admins",
    "POST /admin/alarms/{alarm_id}/evidence/{evidence_id}/confirm": "admins",
    "POST /admin/alarms/{alarm_id}/evidence/{evidence_id}/open": "admins",
    "POST /admin/alarms/{alarm_id}/raise": "admins",
    "POST /admin/alarms/{alarm_id}/withdraw": "admins",
    "POST /admin/alarms/{alarm_id}/put-in-force": "admins",
    "POST /admin/alarms/{alarm_id}/dismiss": "admins",
    "POST /admin/alarms/{alarm_id}/uphold": "admins",
    "POST /admin/alarms/{alarm_id}/lift": "admins",
    "GET /admin/audit": "admins",
    "GET /admin/metrics": "admins",
    "GET /admin/metrics/plots/{figure}": "admins",
    "GET /admin/audit/chain": "admins",
    "GET /attestations/{token}": "public",
    "POST /attestations/{token}": "public",
    "GET /admin/notifications": "admins",
    "GET /admin/failures": "admins",
    "POST /admin/failures/replay": "admins",
    "GET /admin/failures/{failure_id}": "admins",
    "POST /admin/failures/{failure_id}/dismiss": "admins",
    "POST /admin/failures/{failure_id}/replay": "admins",
    "GET /admin/exposure": "admins",
    "GET /admin/suppressions": "admins",
    "POST /admin/suppressions": "admins",
    "DELETE /admin/suppressions/{suppression_id}": "admins",
    "GET /admin/notices": "admins",
    "POST /admin/notices/{notice_id}/done": "admins",
}
PEOPLE = {"producers": PRODUCER, "freelancers": FREELANCER, "admins": ADMIN}
PROTECTED = [route for route, who in ROUTES.items() if who != "public"]
GROUPED = [route for route, who in ROUTES.items() if who in (*PEOPLE, "subjects")]


def groups(route: str) -> tuple[str, ...]:
    return ("freelancers", "producers") if ROUTES[route] == "subjects" else (ROUTES[route],)


def split(route: str) -> tuple[str, str]:
    """Method and path, with an id that nothing has in place of each parameter."""
    method, path = route.split()
    return method, "/".join(new_id(utc_now()) if step.startswith("{") else step for step in path.split("/"))


def test_the_table_of_routes_is_the_one_above(api: Api) -> None:
    assert {f"{method} {path}" for method, path, _ in api.routes()} == set(ROUTES)


@pytest.fixture(scope="module")
def closed_api() -> Api:
    """Refusals come before anything is read: no account is needed for them."""
    return Api()


@pytest.mark.parametrize("route", PROTECTED)
def test_without_claims_nobody_is_let_in(route: str, closed_api: Api) -> None:
    method, path = split(route)
    answer = closed_api.call(method, path, {})
    assert answer.status == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json["code"] == "unauthenticated"


@pytest.mark.parametrize("route", PROTECTED)
def test_an_access_token_is_not_an_id_token(route: str, closed_api: Api) -> None:
    method, path = split(route)
    claims = {**ADMIN.claims, "token_use": "access", "cognito:groups": "producers,freelancers,admins"}
    assert closed_api.call(method, path, {}, claims=claims).status == 401


@pytest.mark.parametrize("route", GROUPED)
def test_other_groups_and_newcomers_are_refused(route: str, closed_api: Api) -> None:
    method, path = split(route)
    strangers = [person for group, person in PEOPLE.items() if group not in groups(route)]
    for person in (*strangers, NEWCOMER):
        answer = closed_api.call(method, path, {}, person=person)
        assert (answer.status, answer.json["code"]) == (403, "forbidden"), person


@pytest.mark.parametrize("route", [route for route, who in ROUTES.items() if who == "public" and "{" not in route])
def test_public_routes_need_no_account_and_mind_none(route: str, api: Api) -> None:
    method, path = split(route)
    # What these two cannot be asked without.
    path += {"GET /rates/observed": "?role=literary-director"}.get(route, "")
    body = {} if method == "POST" else None
    assert api.call(method, path, body).status == 200
    assert api.call(method, path, body, person=FREELANCER).status == 200


@pytest.mark.parametrize("route", [route for route in GROUPED if "{" in route])
def test_what_does_not_exist_is_not_found(route: str, world: World) -> None:
    world.company()
    world.profile()
    for person in PEOPLE.values():
        world.api.get("/me", person)  # that an account was used today is noted at its first request
    before = dump()
    method, path = split(route)
    lease = {"lease_token": new_id(utc_now())}
    verdict = {"outcome": "verified", "ground": "all_confirmed", "text": "Vu."}
    bodies: dict[str, dict[str, object]] = {
        "PATCH /briefs/{brief_id}": {"code_name": "Projet Varech"},
        "POST /briefs/{brief_id}/matches/{profile_id}/invite": {"text": "Votre travail nous intéresse."},
        "POST /briefs/{brief_id}/invitations": {"profile_ids": [new_id(utc_now())]},
        "PUT /briefs/{brief_id}/answers": {"answers": []},
        "PUT /briefs/{brief_id}/matches/{profile_id}/note": {"text": "À revoir."},
        "POST /briefs/{brief_id}/matches/{profile_id}/dismiss": {"reason": "dates"},
        "POST /projects/{project_id}/interest": {"text": "Cette histoire me parle."},
        "POST /conversations/{conversation_id}/messages": {"text": "Bonjour"},
        "POST /conversations/{conversation_id}/attachments": {
            "name": "bible.pdf",
            "media_type": "application/pdf",
            "size": 1000,
        },
        "POST /conversations/{conversation_id}/answer": {"decision": "retained", "reason": "to_meet"},
        "POST /conversations/{conversation_id}/outcome": {"outcome": "engaged"},
        "POST /conversations/{conversation_id}/reports": {"reason": "fraud"},
        "POST /admin/reports/{report_id}/settle": {"outcome": "no_breach", "ruling": "Vu."},
        "POST /admin/briefs/{brief_id}/return": {"ground": "misleading", "facts": "Vu."},
        "POST /admin/users/{sub}/suspend": {"ground": "misleading", "facts": "Vu."},
        "POST /admin/companies/{company_id}/suspend": {"ground": "misleading", "facts": "Vu."},
        "POST /admin/measures/{measure_id}/uphold": {"text": "Vu."},
        "POST /moderation/mine/{measure_id}/reply": {"text": "Vu."},
        "POST /moderation/mine/{measure_id}/appeal": {"text": "Vu."},
        "POST /admin/briefs/{brief_id}/identity": {"authority": "Tribunal", "basis": "L5332-2", "reference": "12"},
        "POST /projects/{project_id}/confidentiality": {"version": "2026-12-1"},
        "PUT /profiles/mine/credits/{credit_id}": credit_body(),
        "POST /admin/failures/{failure_id}/dismiss": {"reason": "Message d’essai."},
        "POST /verification/mine/{case_id}/answer": {"text": "C’était en 2021."},
        "POST /verification/mine/{case_id}/appeal": {"text": "Mon contrat le montre."},
        "POST /verification/mine/{case_id}/evidence": {
            "kind": "contract",
            "media_type": "application/pdf",
            "size": 1000,
        },
        "POST /verification/mine/{case_id}/attestations": {
            "credit_id": new_id(utc_now()),
            "address": "paul@phare.test",
        },
        "POST /verification/cases/{case_id}/renew": lease,
        "POST /verification/cases/{case_id}/release": lease,
        "POST /verification/cases/{case_id}/request-information": {**lease, "text": "Qui était le producteur ?"},
        "POST /verification/cases/{case_id}/decision": {**lease, **verdict},
        "POST /verification/cases/{case_id}/second-decision": {**lease, "confirms": True},
        "POST /verification/cases/{case_id}/appeal/decision": {**lease, **verdict},
        "POST /verification/cases/{case_id}/reopen": {"ground": "established_wrongly"},
        "POST /verification/mine/alarms/{alarm_id}/answer": {"text": "Ce contrat est le mien."},
        "POST /verification/mine/alarms/{alarm_id}/appeal": {"text": "Ce contrat est le mien."},
        "POST /admin/alarms/{alarm_id}/evidence": {"kind": "contract", "media_type": "application/pdf", "size": 1000},
        "POST /admin/alarms/{alarm_id}/raise": {"text": "Vu.", "documents": [{"evidence_id": new_id(utc_now())}]},
        "POST /admin/alarms/{alarm_id}/put-in-force": {"text": "Vu."},
        "POST /admin/alarms/{alarm_id}/uphold": {"text": "Vu."},
    }
    for group in groups(route):
        answer = world.api.call(method, path, bodies.get(route), person=PEOPLE[group])
        assert (answer.status, answer.json["code"]) == (404, "not_found")
    assert dump() == before


@pytest.mark.parametrize("made_up", ["mine-too", "..", "1", "%2e%2e", "01M842S0RBNNSS9DXA8NAVEFT", "BRIEF#1"])
def test_a_path_parameter_that_is_no_id_names_nothing(made_up: str, api: Api) -> None:
    assert api.get(f"/briefs/{quote(made_up)}", PRODUCER).status == 404


def test_another_companys_brief_is_not_found_by_any_route_whatever_its_state(world: World) -> None:
    world.company()
    world.company(RIVAL, legal_name="Autre Rive", siren="418930277", email_domain="autre-rive.test")
    profile = world.profile()
    live, draft = world.live_brief(), world.draft()
    world.match()
    before = dump()
    bodies: dict[str, dict[str, object]] = {
        "PATCH /briefs/{brief_id}": {"code_name": "Pris"},
        "POST /briefs/{brief_id}/matches/{profile_id}/invite": {"text": "Bonjour."},
        "POST /briefs/{brief_id}/invitations": {"profile_ids": [profile["profile_id"]]},
        "PUT /briefs/{brief_id}/answers": {"answers": []},
        "PUT /briefs/{brief_id}/matches/{profile_id}/note": {"text": "À revoir."},
        "POST /briefs/{brief_id}/matches/{profile_id}/dismiss": {"reason": "dates"},
    }
    for brief in (live, draft):
        for route in ROUTES:
            if "{brief_id}" in route and "producers" in groups(route):
                method, path = route.split()
                answer = world.api.call(
                    method,
                    path.replace("{brief_id}", brief["brief_id"]).replace("{profile_id}", profile["profile_id"]),
                    bodies.get(route),
                    person=RIVAL,
                )
                assert (answer.status, answer.json["code"]) == (404, "not_found"), route
    assert dump() == before
    assert world.api.get("/briefs", RIVAL).json["briefs"] == []


def test_a_refusal_for_another_companys_brief_reads_as_one_for_a_brief_that_does_not_exist(world: World) -> None:
    world.company()
    world.company(RIVAL, legal_name="Autre Rive", siren="418930277", email_domain="autre-rive.test")
    brief = world.live_brief()
    theirs = world.api.get(f"/briefs/{brief['brief_id']}", RIVAL)
    nobodys = world.api.get(f"/briefs/{new_id(utc_now())}", RIVAL)
    assert theirs.content == nobodys.content
    assert theirs.headers == nobodys.headers


def test_a_colleague_of_the_same_company_reads_and_edits_its_briefs(world: World) -> None:
    world.company()
    brief = world.draft()
    colleague = Person("sub-colleague", "paul@falaise-films.test", ("producers",))
    done(world.api.post("/companies/mine/members", {"email": "Paul@Falaise-Films.test"}, PRODUCER))
    done(world.api.post("/companies/join", {}, colleague))
    assert done(world.api.get(f"/briefs/{brief['brief_id']}", colleague))["code_name"] == brief["code_name"]
    assert {member["sub"] for member in done(world.api.get("/companies/mine/members", colleague))["members"]} == {
        "sub-colleague",
        PRODUCER.sub,
    }


def test_an_invitation_says_until_when_it_holds_and_is_nothing_after(world: World) -> None:
    world.company()
    colleague = Person("sub-colleague", "paul@falaise-films.test", ("producers",))
    invited = done(world.api.post("/companies/mine/members", {"email": colleague.email}, PRODUCER))
    until = datetime.fromisoformat(invited["until"])
    with at(until):
        assert world.api.post("/companies/join", {}, colleague).status == 404
    with at(until - timedelta(seconds=1)):
        done(world.api.post("/companies/join", {}, colleague))


def test_nobody_joins_a_company_uninvited_and_no_one_is_invited_at_a_foreign_address(world: World) -> None:
    world.company()
    assert world.api.post("/companies/join", {}, RIVAL).status == 404
    refused = world.api.post("/companies/mine/members", {"email": "paul@autre-rive.test"}, PRODUCER)
    assert (refused.status, refused.json["code"]) == (422, "foreign_address")


def test_a_profile_is_read_by_the_companies_it_was_proposed_to_and_by_no_other(world: World) -> None:
    world.company()
    world.company(RIVAL, legal_name="Autre Rive", siren="418930277", email_domain="autre-rive.test")
    profile = world.profile()
    path = f"/profiles/{profile['profile_id']}"
    assert world.api.get(path, PRODUCER).status == 404
    world.live_brief()
    world.match()
    assert world.api.get(path, PRODUCER).json["display_name"] == profile["display_name"]
    assert world.api.get(path, RIVAL).status == 404


def test_numbers_of_a_person_and_of_a_work_are_read_by_nobody_but_their_owner(world: World) -> None:
    world.company()
    numbers = {"isni": "9999999900000010", "wikidata": "Q900000011", "bnf": "cb900000229", "imdb": "nm90000011"}
    profile = world.profile(credits=({"isan": "FFFF-0001-0000-0000-Y"},), external_ids=numbers)
    brief = world.live_brief()
    world.match()
    said = [
        world.api.get(path, person)
        for path, person in (
            (f"/profiles/{profile['profile_id']}", PRODUCER),
            (f"/briefs/{brief['brief_id']}/matches", PRODUCER),
            (f"/briefs/{brief['brief_id']}/matches/{profile['profile_id']}", PRODUCER),
            (f"/projects/{brief['brief_id']}/fit", FREELANCER),
            ("/admin/profiles", ADMIN),
        )
    ]
    assert [answer.status for answer in said] == [200] * len(said)
    secret = ("9999999900000010", "Q900000011", "900000229", "nm90000011", "FFFF-0001")
    assert [number for number in secret for answer in said if number in json.dumps(answer.json)] == []
    # Nor are they among what matching and everyone who is told of it keep.
    elsewhere = [rows(table) for table in ("CandidatesTable", "MatchingTable", "BriefsTable", "NotificationsTable")]
    assert any(elsewhere)
    assert [number for number in secret if number in json.dumps(elsewhere, default=str)] == []
    assert profile["external_ids"]["isni"] == "9999999900000010"


class Directory:
    """Notes who was added to which group."""

    added: list[tuple[str, str]] = []
    down = False

    def __init__(self, user_pool_id: str) -> None:
        pass

    def add_to_group(self, username: str, group: str) -> None:
        if Directory.down:
            raise Retryable("user_pool_unavailable")
        Directory.added.append((username, group))


@pytest.fixture
def directory(api: Api) -> Iterator[type[Directory]]:
    Directory.added, Directory.down = [], False
    with patch.object(accounts, "CognitoDirectory", Directory):
        forget()
        yield Directory


def test_a_role_is_chosen_once_the_same_again_is_fine_and_another_is_refused(
    api: Api, directory: type[Directory]
) -> None:
    first = api.post("/me/role", {"role": "producer"}, NEWCOMER)
    assert first.json == {"role": "producer", "group": "producers", "refresh_token": True}
    assert api.post("/me/role", {"role": "producer"}, NEWCOMER).status == 200
    other = api.post("/me/role", {"role": "freelancer"}, NEWCOMER)
    assert (other.status, other.json["code"]) == (409, "role_already_chosen")
    assert directory.added == [(NEWCOMER.sub, "producers")] * 2
    assert [row["role"] for row in rows("AccountsTable")] == ["producer"]


@pytest.mark.parametrize("role", ["admin", "admins", "producers", "", None, 3, ["producer"]])
def test_no_other_role_can_be_chosen(role: object, api: Api, directory: type[Directory]) -> None:
    answer = api.post("/me/role", {"role": role}, NEWCOMER)
    assert answer.status == 422
    assert answer.pointers == {"/role"}
    assert directory.added == []
    assert rows("AccountsTable") == []


def test_an_administrator_takes_no_side(api: Api, directory: type[Directory]) -> None:
    assert api.post("/me/role", {"role": "producer"}, ADMIN).status == 409
    assert directory.added == []


def test_a_choice_that_was_cut_short_is_finished_by_choosing_again(api: Api, directory: type[Directory]) -> None:
    Directory.down = True
    cut = api.post("/me/role", {"role": "freelancer"}, NEWCOMER)
    assert (cut.status, cut.json["code"]) == (503, "unavailable")
    Directory.down = False
    assert api.post("/me/role", {"role": "freelancer"}, NEWCOMER).status == 200
    assert directory.added == [(NEWCOMER.sub, "freelancers")]


def test_me_says_who_is_asking(api: Api) -> None:
    has_nothing = {"has_company": False, "has_profile": False, "has_erasure": False}
    answer = api.get("/me", PRODUCER)
    assert answer.json == {"sub": PRODUCER.sub, "email": PRODUCER.email, "groups": ["producers"], **has_nothing}
    assert api.get("/me", NEWCOMER).json["groups"] == []


@pytest.mark.parametrize(
    ("path", "field", "person"),
    [
        ("/companies/mine", "has_company", PRODUCER),
        ("/profiles/mine", "has_profile", FREELANCER),
        ("/me/erasure", "has_erasure", FREELANCER),
    ],
)
def test_me_says_what_there_is_to_read_of_ones_own(path: str, field: str, person: Person, world: World) -> None:
    assert done(world.api.get("/me", person))[field] is False
    assert world.api.get(path, person).status == 404
    world.company()
    world.profile()
    if field == "has_erasure":
        with patch.object(CognitoDirectory, "close"):
            done(world.api.delete("/me", FREELANCER))
    assert done(world.api.get("/me", person))[field] is True
    assert world.api.get(path, person).status == 200


def test_without_a_company_a_producer_has_no_brief_and_is_told_what_to_do(api: Api) -> None:
    assert api.get("/briefs", PRODUCER).json == {"briefs": [], "cursor": None}
    refused = api.post("/briefs", brief_body(), PRODUCER)
    assert (refused.status, refused.json["code"]) == (409, "no_company")
    assert api.get("/companies/mine", PRODUCER).status == 404
