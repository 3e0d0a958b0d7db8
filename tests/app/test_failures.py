"""Administrators read what handlers could not use, and have it replayed, through the routes and for real."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.briefs import handlers as brief_handlers
from chalicelib.companies import handlers as company_handlers
from chalicelib.failures import consumers as failure_consumers
from chalicelib.failures import handlers as failure_handlers
from chalicelib.failures import service as failure_service
from chalicelib.matching import handlers as matching_handlers
from chalicelib.notifications import handlers as notification_handlers
from chalicelib.platform.functions import Crashed, NotRun, Unanswered
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.ids import new_id
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Api, Person
from tests.support.environment import at, forget, queued
from tests.support.records import CONTEXT, envelope, queue_event, stream_event, tick
from tests.support.tables import dump, events, rows
from tests.support.world import World, done

DONE: dict[str, list[Any]] = {"batchItemFailures": []}
OTHER_ADMIN = Person("sub-admin-2", "basile@plot-point.test", ("admins",))

HANDLERS = {
    "match_on_brief_events": matching_handlers.match_on_brief_events,
    "relay_company_events": company_handlers.relay_company_events,
    "settle_brief_obligations": brief_handlers.settle_brief_obligations,
    "plan_emails": notification_handlers.plan_emails,
    "send_emails": notification_handlers.send_emails,
}


class Functions:
    """Lambda in this process: consumers run as their functions do, unless `mood` says what is wrong with them."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.mood: Exception | None = None
        self.answer: Any = None

    def invoke(self, function: str, event: dict[str, Any]) -> Any:
        if self.mood is not None:
            raise self.mood
        self.ran.append(function)
        if self.answer is not None:
            return self.answer
        return HANDLERS[function.removeprefix("stack-")](json.loads(json.dumps(event)), CONTEXT)


@pytest.fixture
def functions(monkeypatch: pytest.MonkeyPatch) -> Iterator[Functions]:
    lambdas = Functions()
    monkeypatch.setattr(failure_consumers, "invoke", lambdas.invoke)
    monkeypatch.setenv("CONSUMER_FUNCTIONS", json.dumps({name: f"stack-{name}" for name in HANDLERS}))
    yield lambdas


def failures(api: Api, query: str = "") -> list[dict[str, Any]]:
    return list(done(api.get(f"/admin/failures{query}", ADMIN))["failures"])


def bad_task(*bodies: object) -> None:
    """Messages that `send_emails` parks."""
    assert notification_handlers.send_emails(queue_event(*(bodies or ("{",))), CONTEXT) == DONE


def work_off() -> None:
    """The queue of replays, delivered twice."""
    for _ in range(2):
        assert failure_handlers.replay_failures(queue_event(*queued("replays")), CONTEXT) == DONE


def test_a_record_that_a_bug_stopped_is_listed_and_replayed_once_the_bug_is_mended(
    world: World, functions: Functions, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.company()
    brief = world.live_brief()
    published = next(item for item in events("BriefsTable") if item["event_type"] == "brief.published")
    from chalicelib.matching import service as matching_service

    rank = matching_service.rank

    def bug(*given: Any, **named: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(matching_service, "rank", bug)
    assert matching_handlers.match_on_brief_events(stream_event(published), CONTEXT) == DONE
    [failure] = failures(world.api)
    assert (failure["consumer"], failure["reason"]) == ("match_on_brief_events", "unexpected_ZeroDivisionError")
    assert (failure["event_id"], failure["event_type"]) == (published["event_id"], "brief.published")
    assert failure["correlation_id"] == published["correlation_id"]
    assert (failure["status"], failure["times_parked"], failure["replays"]) == ("parked", 1, [])
    path = f"/admin/failures/{failure['failure_id']}"
    record = done(world.api.get(path, ADMIN))["record"]
    assert record["dynamodb"]["NewImage"]["event_id"] == {"S": published["event_id"]}

    asked = world.api.post(f"{path}/replay", person=ADMIN)
    assert (asked.status, asked.json["status"]) == (202, "replaying")
    work_off()
    [failure] = failures(world.api)
    assert (failure["times_parked"], [one["outcome"] for one in failure["replays"]]) == (2, ["parked_again"])

    monkeypatch.setattr(matching_service, "rank", rank)
    assert world.api.post(f"{path}/replay", person=OTHER_ADMIN).status == 202
    work_off()
    assert failures(world.api) == []
    [failure] = failures(world.api, "?status=replayed")
    assert [(one["requested_by"], one["outcome"]) for one in failure["replays"]] == [
        (ADMIN.sub, "parked_again"),
        (OTHER_ADMIN.sub, "succeeded"),
    ]
    assert world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER).json["status"] == "ready"
    assert functions.ran == ["stack-match_on_brief_events"] * 2
    again = world.api.post(f"{path}/replay", person=ADMIN)
    assert (again.status, again.json["code"]) == (409, "already_settled")


def test_a_message_and_an_event_of_the_topic_are_replayed_in_the_form_they_came_in(
    world: World, functions: Functions, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.company()
    world.live_brief()
    world.match()
    messages = [envelope(item) for item in events("MatchingTable")]
    with monkeypatch.context() as broken:

        def bug() -> Any:
            raise KeyError("service")

        broken.setattr(notification_handlers.wiring, "service", bug)
        notification_handlers.plan_emails(queue_event(*messages), CONTEXT)
        bad_task({"dedup_key": "shortlist/01JDNEVERWAS/1"})
    assert {one["consumer"] for one in failures(world.api)} == {"plan_emails", "send_emails"}
    assert done(world.api.post("/admin/failures/replay", {"reason": "unexpected_KeyError"}, ADMIN)) == {
        "asked": len(messages) + 1,
        "more": False,
    }
    work_off()
    assert failures(world.api) == []
    assert len(queued("emails")) == 1
    assert sorted(functions.ran) == [*["stack-plan_emails"] * len(messages), "stack-send_emails"]


@pytest.mark.parametrize(
    ("mood", "answer", "outcome"),
    [
        (NotRun("TooManyRequestsException"), None, "refused"),
        (Crashed(), None, "crashed"),
        (Unanswered(), None, "unanswered"),
        (None, {"batchItemFailures": [{"itemIdentifier": "x"}]}, "handed_back"),
        (None, {"errorMessage": "x"}, "crashed"),
        (None, [], "crashed"),
        (None, {"batchItemFailures": None}, "crashed"),
    ],
)
def test_a_replay_that_does_not_succeed_says_why_and_waits_for_somebody(
    mood: Exception | None, answer: Any, outcome: str, api: Api, functions: Functions
) -> None:
    bad_task()
    functions.mood, functions.answer = mood, answer
    [failure] = failures(api)
    done(api.post(f"/admin/failures/{failure['failure_id']}/replay", person=ADMIN))
    work_off()
    [failure] = failures(api)
    assert (failure["reason"], failure["replays"][0]["outcome"]) == (f"replay_{outcome}", outcome)
    assert len(functions.ran) <= 1


def test_a_consumer_that_no_longer_exists_is_refused(
    api: Api, functions: Functions, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad_task()
    monkeypatch.setenv("CONSUMER_FUNCTIONS", "{}")
    forget()
    done(api.post("/admin/failures/replay", {"consumer": "send_emails"}, ADMIN))
    work_off()
    assert [one["reason"] for one in failures(api)] == ["replay_refused"]


def test_a_click_too_many_is_refused_and_changes_nothing(api: Api, functions: Functions) -> None:
    bad_task()
    [failure] = failures(api)
    path = f"/admin/failures/{failure['failure_id']}"
    done(api.post(f"{path}/replay", person=ADMIN))
    before = dump()
    for action, body in (("replay", None), ("dismiss", {"reason": "Sans suite."})):
        refused = api.post(f"{path}/{action}", body, OTHER_ADMIN)
        assert (refused.status, refused.json["code"]) == (409, "replay_under_way")
    assert done(api.post("/admin/failures/replay", {"consumer": "send_emails"}, ADMIN)) == {"asked": 0, "more": False}
    assert dump() == before
    assert len(queued("replays")) == 1


def test_a_request_repeated_under_its_key_is_answered_as_the_first_time(api: Api, functions: Functions) -> None:
    bad_task()
    path = f"/admin/failures/{failures(api)[0]['failure_id']}/replay"
    key = {"Idempotency-Key": "click-1"}
    first, second = (api.post(path, person=ADMIN, headers=key) for _ in range(2))
    assert (first.status, second.status) == (202, 202)
    assert first.json == second.json
    assert len(queued("replays")) == 1


def test_a_failure_is_dismissed_with_a_reason(api: Api, logged: io.StringIO) -> None:
    bad_task()
    [failure] = failures(api)
    path = f"/admin/failures/{failure['failure_id']}"
    dismissed = done(api.post(f"{path}/dismiss", {"reason": "Doublon vu avec Claire."}, ADMIN))
    assert dismissed["status"] == "dismissed"
    assert (dismissed["dismissal"]["by"], dismissed["dismissal"]["reason"]) == (ADMIN.sub, "Doublon vu avec Claire.")
    assert failures(api) == []
    assert failures(api, "?status=dismissed") == [dismissed]
    refused = api.post(f"{path}/replay", person=ADMIN)
    assert (refused.status, refused.json["code"]) == (409, "already_settled")
    assert "Claire" not in logged.getvalue()


def test_what_the_replayer_itself_cannot_use_is_listed_and_is_not_replayed(api: Api, functions: Functions) -> None:
    batch = queue_event("{", {"failure_id": 3}, {"failure_id": new_id(utc_now()), "request_id": new_id(utc_now())})
    assert failure_handlers.replay_failures(batch, CONTEXT) == DONE
    found = failures(api, "?consumer=replay_failures")
    assert {(one["reason"], one["replayable"]) for one in found} == {("not_json", False), ("no_replay_named", False)}
    refused = api.post(f"/admin/failures/{found[0]['failure_id']}/replay", person=ADMIN)
    assert (refused.status, refused.json["code"]) == (409, "not_replayable")


def test_a_replay_whose_message_was_lost_is_found_by_the_tick_and_runs_once(
    api: Api, functions: Functions, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    bad_task({"dedup_key": ""})
    with monkeypatch.context() as out:
        out.setenv("REPLAYS_QUEUE_URL", "https://sqs.eu-west-3.amazonaws.com/123456789012/nowhere")
        with at(utc_now()):
            assert api.post(f"/admin/failures/{failures(api)[0]['failure_id']}/replay", person=ADMIN).status == 202
    assert queued("replays") == []
    with at(utc_now() + timedelta(minutes=5)):
        failure_handlers.sweep_failures(tick(), CONTEXT)
        work_off()
        failure_handlers.sweep_failures(tick(), CONTEXT)
    assert functions.ran == ["stack-send_emails"]
    assert [one["status"] for one in failures(api)] == ["parked"]


def test_failures_are_read_page_by_page_and_by_what_they_are(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        bad_task("{", [1])
    notification_handlers.plan_emails(queue_event("{"), CONTEXT)
    monkeypatch.setattr(failure_service, "PAGE", 2)
    for query, expected in (("", 7), ("&consumer=send_emails", 6), ("&reason=not_json", 4), ("&consumer=nobody", 0)):
        seen: list[str] = []
        cursor = ""
        while True:
            page = done(api.get(f"/admin/failures?status=parked{query}{cursor}", ADMIN))
            seen += [one["last_parked_at"] for one in page["failures"]]
            if page["cursor"] is None:
                break
            cursor = f"&cursor={page['cursor']}"
        assert len(seen) == expected
        assert seen == sorted(seen, reverse=True)


def test_a_cursor_of_another_list_or_of_another_administrator_is_refused(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad_task("{", "{", "{")
    monkeypatch.setattr(failure_service, "PAGE", 2)
    cursor = done(api.get("/admin/failures", ADMIN))["cursor"]
    for path, person in (
        (f"/admin/failures?status=dismissed&cursor={cursor}", ADMIN),
        (f"/admin/failures?cursor={cursor}", OTHER_ADMIN),
        ("/admin/failures?cursor=abc", ADMIN),
    ):
        refused = api.get(path, person)
        assert (refused.status, refused.pointers) == (422, {"?cursor"})


ROUTES = (
    ("GET", "/admin/failures", None),
    ("GET", "/admin/failures/{}", None),
    ("POST", "/admin/failures/{}/replay", None),
    ("POST", "/admin/failures/replay", {"consumer": "send_emails"}),
    ("POST", "/admin/failures/{}/dismiss", {"reason": "Sans suite."}),
)


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_failures_are_the_administrators_business(method: str, path: str, body: object, api: Api) -> None:
    bad_task()
    address = path.format(rows("FailuresTable")[0]["failure_id"])
    before = dump()
    for person, status in ((PRODUCER, 403), (FREELANCER, 403), (None, 401)):
        assert api.call(method, address, body, person=person).status == status
    assert dump() == before


@pytest.mark.parametrize(("method", "path", "body"), [route for route in ROUTES if "{}" in route[1]])
@pytest.mark.parametrize("failure_id", ["01JDCNEVERWASTHEREATALL000", "x", "event-1"])
def test_a_failure_that_does_not_exist_is_404(method: str, path: str, body: object, failure_id: str, api: Api) -> None:
    assert api.call(method, path.format(failure_id), body, person=ADMIN).status == 404


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("/admin/failures?status=lost", "?status"),
        ("/admin/failures?consumer=a%20b", "?consumer"),
        ("/admin/failures?reason=a-b", "?reason"),
        ("/admin/failures?since=yesterday", "?since"),
    ],
)
def test_a_wrong_query_is_named(path: str, pointer: str, api: Api) -> None:
    refused = api.get(path, ADMIN)
    assert (refused.status, refused.pointers) == (422, {pointer})


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({}, dict.fromkeys(("/consumer", "/reason", "/parked_before"), "filter_required")),
        ({"consumer": None}, dict.fromkeys(("/consumer", "/reason", "/parked_before"), "filter_required")),
        ({"consumer": "Claire Le Goff"}, {"/consumer": "wrong_form"}),
        ({"reason": 7}, {"/reason": "wrong_type"}),
        ({"parked_before": "yesterday"}, {"/parked_before": "wrong_instant"}),
        ({"parked_before": "2026-11-23"}, {"/parked_before": "wrong_instant"}),
        ({"parked_before": "2026-11-23T08:30:00"}, {"/parked_before": "wrong_instant"}),
        ({"parked_before": 1795420800}, {"/parked_before": "wrong_instant"}),
        ({"parked_before": "0001-01-01T00:00:00Z"}, {"/parked_before": "too_small"}),
        ({"parked_before": "9999-12-31T23:59:59Z"}, {"/parked_before": "too_large"}),
        ({"status": "dismissed"}, {"/status": "unknown_field"}),
    ],
)
def test_a_wrong_filter_is_named_and_replays_nothing(body: dict[str, Any], codes: dict[str, str], api: Api) -> None:
    bad_task()
    before = dump()
    refused = api.post("/admin/failures/replay", body, ADMIN)
    assert (refused.status, refused.codes) == (422, codes)
    assert dump() == before
    assert queued("replays") == []


def test_an_instant_in_any_zone_bounds_the_replay(api: Api) -> None:
    bad_task()
    for instant, asked in (("2001-01-01T00:00:00+01:00", 0), ("2199-01-01T00:00:00-05:00", 1)):
        assert done(api.post("/admin/failures/replay", {"parked_before": instant}, ADMIN))["asked"] == asked


@pytest.mark.parametrize("reason", ["", "no", "x" * 501, "a\tb", None, 3])
def test_a_dismissal_without_a_proper_reason_is_refused(reason: object, api: Api) -> None:
    bad_task()
    path = f"/admin/failures/{failures(api)[0]['failure_id']}/dismiss"
    refused = api.post(path, {"reason": reason}, ADMIN)
    assert (refused.status, refused.pointers) == (422, {"/reason"})
    assert len(failures(api)) == 1


def test_no_log_line_holds_what_a_record_holds(api: Api, functions: Functions, logged: io.StringIO) -> None:
    bad_task("claire@falaise-films.test", {"dedup_key": ["claire@falaise-films.test"]})
    for one in failures(api):
        path = f"/admin/failures/{one['failure_id']}"
        assert "claire@falaise-films.test" in json.dumps(done(api.get(path, ADMIN))["record"])
        done(api.post(f"{path}/replay", person=ADMIN))
    work_off()
    assert len(functions.ran) == 2
    assert "claire" not in logged.getvalue()


def test_who_asked_for_a_replay_or_dismissed_a_record_is_in_the_audit(api: Api, functions: Functions) -> None:
    bad_task("{", "[")
    first, second = failures(api)
    done(api.post(f"/admin/failures/{first['failure_id']}/replay", person=ADMIN))
    reason = {"reason": "Un poste de contrôle avait mal lu."}
    path = f"/admin/failures/{second['failure_id']}/dismiss"
    done(api.post(path, reason, OTHER_ADMIN))
    assert api.post(path, reason, OTHER_ADMIN).status == 409
    work_off()
    found = done(api.get("/admin/audit", ADMIN))["entries"]
    assert [(one["event"], one["actor"], one["about"]) for one in found[::-1]] == [
        ("failure.replay_asked", ADMIN.sub, first["failure_id"]),
        ("failure.dismissed", OTHER_ADMIN.sub, second["failure_id"]),
    ]
    assert "poste" not in json.dumps(found)
    [asked] = done(api.get(f"/admin/audit?failure_id={first['failure_id']}", ADMIN))["entries"]
    assert asked == found[1]
    assert done(api.get(f"/admin/audit?person={OTHER_ADMIN.sub}", ADMIN))["entries"] == [found[0]]


def test_replays_asked_for_together_are_each_in_the_audit(api: Api, functions: Functions) -> None:
    bad_task("{", "[")
    done(api.post("/admin/failures/replay", {"consumer": "send_emails"}, ADMIN))
    found = done(api.get("/admin/audit", ADMIN))["entries"]
    assert {(one["event"], one["about"]) for one in found} == {
        ("failure.replay_asked", row["failure_id"]) for row in rows("FailuresTable") if row["sk"] == "FAILURE"
    }
    assert len(found) == 2
