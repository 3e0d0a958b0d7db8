"""Requests sent twice, changes made by two people, lists read by another: what the headers and cursors promise."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chalicelib.briefs import service
from chalicelib.briefs.repository import BriefRepository
from chalicelib.platform import http
from chalicelib.platform.idempotency import ATTEMPT_LASTS
from chalicelib.vocabulary.clock import utc_now
from tests.support.api import ADMIN, FREELANCER, NEWCOMER, PRODUCER, RIVAL, Answer, Api, Person
from tests.support.environment import at
from tests.support.examples import brief_body, company_body, credit_body
from tests.support.tables import rows
from tests.support.world import World, done

KEY = {"Idempotency-Key": "3f0c2a9e-5d0f-4f0e-9a55-2f9f3c1c7b11"}


def briefs() -> list[dict[str, Any]]:
    return [row for row in rows("BriefsTable") if row["sk"] == "BRIEF"]


# ---- Idempotency-Key


def test_a_draft_sent_twice_under_one_key_is_one_draft_and_one_answer(world: World) -> None:
    world.company()
    first, second = (world.api.post("/briefs", brief_body(), PRODUCER, headers=KEY) for _ in range(2))
    assert (first.status, first.content, first.etag) == (second.status, second.content, second.etag)
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert len(briefs()) == 1


def test_the_same_key_with_another_body_is_refused_and_creates_nothing(world: World) -> None:
    world.company()
    done(world.api.post("/briefs", brief_body(), PRODUCER, headers=KEY))
    answer = world.api.post("/briefs", brief_body(code_name="Autre"), PRODUCER, headers=KEY)
    assert (answer.status, answer.json["code"]) == (422, "idempotency_key_reused")
    assert len(briefs()) == 1


def test_the_order_and_the_spacing_of_the_same_fields_do_not_make_another_request(world: World) -> None:
    world.company()
    body = brief_body()
    first = world.api.post("/briefs", body, PRODUCER, headers=KEY)
    turned = world.api.post("/briefs", dict(reversed(body.items())), PRODUCER, headers=KEY)
    assert (turned.status, turned.content) == (201, first.content)


def test_without_a_key_two_requests_are_two_drafts(world: World) -> None:
    world.company()
    for _ in range(2):
        done(world.api.post("/briefs", brief_body(), PRODUCER))
    assert len(briefs()) == 2
    assert rows("RequestsTable") == []


def test_a_key_is_its_callers_own(world: World) -> None:
    world.company()
    world.company(RIVAL, legal_name="Autre Rive", siren="732829320", email_domain="autre-rive.test")
    for producer in (PRODUCER, RIVAL):
        done(world.api.post("/briefs", brief_body(), producer, headers=KEY))
    assert len({row["company_id"] for row in briefs()}) == 2


def test_a_credit_sent_twice_under_one_key_is_one_credit(world: World) -> None:
    world.profile(credits=())
    answers = [world.api.post("/profiles/mine/credits", credit_body(), FREELANCER, headers=KEY) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert len(done(world.api.get("/profiles/mine", FREELANCER))["credits"]) == 1


def test_a_refused_request_may_be_corrected_under_the_same_key(world: World) -> None:
    world.company()
    refused = world.api.post("/briefs", {"option_end_date": "2001-01-01"}, PRODUCER, headers=KEY)
    assert refused.status == 422
    assert world.api.post("/briefs", {"code_name": "Corrigé"}, PRODUCER, headers=KEY).status == 201


def test_a_draft_whose_function_died_before_it_answered_is_found_and_not_made_again(world: World) -> None:
    world.company()

    class Killed(BaseException):
        pass

    create = BriefRepository.create

    def create_and_die(*arguments: Any) -> None:
        create(*arguments)
        raise Killed

    with patch.object(BriefRepository, "create", create_and_die), pytest.raises(Killed):
        world.api.post("/briefs", brief_body(), PRODUCER, headers=KEY)
    (made,) = briefs()
    waiting = world.api.post("/briefs", brief_body(), PRODUCER, headers=KEY)
    assert (waiting.status, waiting.json["code"]) == (409, "request_in_progress")
    assert waiting.headers["Retry-After"] == "1"
    with at(utc_now() + ATTEMPT_LASTS * 2):
        answer = world.api.post("/briefs", brief_body(), PRODUCER, headers=KEY)
    assert (answer.status, answer.json["brief_id"]) == (201, made["brief_id"])
    assert len(briefs()) == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 256, "a\tb"])
def test_a_key_of_another_form_is_refused_by_name(key: str, world: World) -> None:
    world.company()
    answer = world.api.post("/briefs", brief_body(), PRODUCER, headers={"Idempotency-Key": key})
    assert answer.codes == {"Idempotency-Key": "wrong_form"}
    assert briefs() == []


# ---- If-Match


@pytest.mark.parametrize("action", ["publish", "close", "fill", "reopen", ""])
def test_where_two_people_may_edit_the_version_must_be_said(action: str, world: World) -> None:
    world.company()
    path = f"/briefs/{world.draft()['brief_id']}"
    method, path = ("POST", f"{path}/{action}") if action else ("PATCH", path)
    answer = world.api.call(method, path, {}, person=PRODUCER, headers={"If-Match": None})
    assert (answer.status, answer.json["code"]) == (428, "precondition_required")


def test_a_company_is_introduced_at_no_version_and_corrected_at_the_one_that_was_read(api: Api) -> None:
    silent: dict[str, Any] = {"headers": {"If-Match": None}}
    introduced = api.put("/companies/mine", company_body(), PRODUCER, **silent)
    assert introduced.status == 200
    blind = api.put("/companies/mine", company_body(mandate="Gérante"), PRODUCER, **silent)
    assert (blind.status, blind.json["code"]) == (428, "precondition_required")
    read = {"headers": {"If-Match": introduced.etag}}
    assert api.put("/companies/mine", company_body(mandate="Gérante"), PRODUCER, **read).status == 200
    assert api.put("/companies/mine", company_body(mandate="Cogérante"), PRODUCER, **read).status == 412


WRITERS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(("read", "write"))), min_size=2, max_size=10)


@given(WRITERS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([("a", "read"), ("b", "read"), ("a", "write"), ("b", "write"), ("b", "read"), ("b", "write")])
def test_in_whatever_order_people_read_and_write_nobody_writes_over_what_they_have_not_read(
    world: World, steps: list[tuple[str, str]]
) -> None:
    world.company()
    path = f"/briefs/{world.draft(code_name='Projet zéro')['brief_id']}"
    held: dict[str, Answer] = {}  # what each person read last
    name = "Projet zéro"
    for number, (person, step) in enumerate(steps):
        if step == "read" or person not in held:
            held[person] = world.api.get(path, PRODUCER)
            assert held[person].json["code_name"] == name
            continue
        mine = f"Projet {number}"
        answer = world.api.call(
            "PATCH", path, {"code_name": mine}, person=PRODUCER, headers={"If-Match": held[person].etag}
        )
        if held[person].json["code_name"] == name:
            assert (answer.status, answer.json["code_name"]) == (200, mine)
            name, held[person] = mine, answer  # the ETag of an answer is good for the next change
        else:
            assert (answer.status, answer.json["code"]) == (412, "precondition_failed")
    assert done(world.api.get(path, PRODUCER))["code_name"] == name


# ---- cursors


def pages(world: World) -> str:
    """Two drafts, and the cursor after the first."""
    world.company()
    for _ in range(2):
        world.draft()
    with patch.object(service, "PAGE", 1):
        cursor: str = done(world.api.get("/briefs", PRODUCER))["cursor"]
    return cursor


def refused(answer: Answer) -> bool:
    return (answer.status, answer.codes) == (422, {"?cursor": "wrong_cursor"})


def test_a_cursor_is_worth_something_to_its_reader_alone(world: World) -> None:
    cursor = pages(world)
    world.company(RIVAL, legal_name="Autre Rive", siren="732829320", email_domain="autre-rive.test")
    assert world.api.get(f"/briefs?cursor={cursor}", PRODUCER).status == 200
    assert refused(world.api.get(f"/briefs?cursor={cursor}", RIVAL))


def test_a_cursor_is_worth_nothing_on_another_route_or_for_another_question(world: World) -> None:
    cursor = pages(world)
    same = Person(PRODUCER.sub, PRODUCER.email, ("producers", "freelancers", "admins"))
    world.profile(same)
    assert world.api.get(f"/briefs?cursor={cursor}", same).status == 200
    assert refused(world.api.get(f"/projects?cursor={cursor}", same))
    assert refused(world.api.get(f"/admin/notifications?cursor={cursor}", same))
    with patch.object(service, "PAGE", 1):
        for _ in range(2):
            world.live_brief()
        asked = done(world.api.get("/projects?role=literary-director", same))["cursor"]
    assert world.api.get(f"/projects?role=literary-director&cursor={asked}", same).status == 200
    assert refused(world.api.get(f"/projects?role=script-reader&cursor={asked}", same))
    assert refused(world.api.get(f"/projects?cursor={asked}", same))


# ---- strictness


@pytest.mark.parametrize("path", ["/briefs?page=2", "/me?x=1", "/health?verbose=1"])
def test_a_parameter_that_a_route_does_not_know_is_refused_by_name(path: str, world: World) -> None:
    answer = world.api.get(path, PRODUCER)
    assert answer.codes == {f"?{path.partition('?')[2].partition('=')[0]}": "unknown_field"}


def test_a_parameter_given_twice_is_refused_by_name(world: World) -> None:
    answer = world.api.get("/admin/notifications?state=sent&state=refused", ADMIN)
    assert answer.codes == {"?state": "given_twice"}


def test_what_is_sent_to_a_route_that_takes_nothing_must_be_nothing(world: World) -> None:
    world.profile(verified=False, credits=())
    case = done(world.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))
    path = f"/verification/mine/{case['case_id']}/submit"
    assert world.api.post(path, {"urgent": True}, FREELANCER).codes == {"/urgent": "unknown_field"}
    assert world.api.post(path, raw=b"please", person=FREELANCER).status == 400
    assert world.api.post(path, {}, FREELANCER).status == 200


def test_a_body_over_the_limit_is_refused_whole(api: Api) -> None:
    with patch.object(http, "BODY_LIMIT_BYTES", 100):
        answer = api.post("/me/role", raw=b'{"role": "producer"' + b" " * 100 + b"}", person=NEWCOMER)
    assert (answer.status, answer.json["code"]) == (413, "body_too_large")
    assert rows("AccountsTable") == []
