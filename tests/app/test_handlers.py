"""The functions behind streams, queues and ticks, each taken from its own module as Lambda does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.briefs import handlers as brief_handlers
from chalicelib.companies import handlers as company_handlers
from chalicelib.matching import handlers as matching_handlers
from chalicelib.matching import wiring as matching_wiring
from chalicelib.notifications import handlers as notification_handlers
from chalicelib.platform.clients import client
from chalicelib.profiles import handlers as profile_handlers
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Person
from tests.support.environment import REGION, queued
from tests.support.records import CONTEXT, envelope, queue_event, stream_event, stream_record, tick
from tests.support.tables import events, rows
from tests.support.world import World

DONE: dict[str, list[Any]] = {"batchItemFailures": []}
SOMEBODY_ELSE = Person("sub-freelancer-2", "yann@courriel.test", ("freelancers",))


def posted() -> list[Any]:
    """What the mail service accepted."""
    return list(ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages)


def parked() -> list[dict[str, Any]]:
    """The failures there are, each with its record as it came."""
    return [{**row, "record": json.loads(row["record"])} for row in rows("FailuresTable")]


def runs(brief_id: str) -> list[dict[str, Any]]:
    return [one for one in rows("MatchingTable") if one["pk"] == f"BRIEF#{brief_id}" and one["sk"].startswith("RUN#")]


def tell(world: World) -> list[str]:
    """The matching events not yet told, through the notifications' queue; and the e-mails through theirs."""
    messages = [envelope(item) for item in events("MatchingTable")]
    assert notification_handlers.plan_emails(queue_event(*messages), CONTEXT) == DONE
    assert notification_handlers.send_emails(queue_event(*queued("emails")), CONTEXT) == DONE
    return messages


def test_a_published_brief_becomes_a_shortlist_and_one_e_mail(world: World) -> None:
    world.company()
    world.profile()
    world.match()
    brief = world.live_brief()
    world.match()
    assert len(runs(brief["brief_id"])) == 1
    tell(world)
    [message] = posted()
    assert message.destinations["ToAddresses"] == [PRODUCER.email]
    assert "Projet Goémon" in message.subject


def test_a_record_that_nobody_can_read_is_parked_with_its_reason_and_the_next_one_is_matched(world: World) -> None:
    world.company()
    brief = world.live_brief()
    good = next(item for item in events("BriefsTable") if item["event_type"] == "brief.published")
    poison = {"pk": "BRIEF#x", "sk": "EVENT#x", "event_type": "brief.published", "payload": "not a map"}
    misfit = good | {"sk": "EVENT#y", "event_id": "y", "payload": {"brief_id": 7}}
    newer = good | {"sk": "EVENT#z", "event_id": "z", "schema_version": 99}
    answer = matching_handlers.match_on_brief_events(stream_event(poison, misfit, newer, good), CONTEXT)
    assert answer == DONE
    assert len(runs(brief["brief_id"])) == 1
    assert {one["reason"] for one in parked()} == {"missing_event_id", "payload_does_not_fit", "newer_schema"}
    assert {one["consumer"] for one in parked()} == {"match_on_brief_events"}
    assert all(one["event_id"] and one["record"] for one in parked())


def test_a_bug_over_one_brief_is_parked_and_the_next_brief_is_matched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.company()
    first, second = world.live_brief(), world.live_brief(code_name="Projet Varech")
    from chalicelib.matching import service as matching_service

    rank = matching_service.rank

    def fails_once(brief: Any, *given: Any, **named: Any) -> Any:
        if brief.brief_id == first["brief_id"]:
            raise ZeroDivisionError
        return rank(brief, *given, **named)

    monkeypatch.setattr(matching_service, "rank", fails_once)
    published = [item for item in events("BriefsTable") if item["event_type"] == "brief.published"]
    assert matching_handlers.match_on_brief_events(stream_event(*published), CONTEXT) == DONE
    assert (len(runs(first["brief_id"])), len(runs(second["brief_id"]))) == (0, 1)
    assert [one["reason"] for one in parked()] == ["unexpected_ZeroDivisionError"]


def test_the_same_record_three_times_makes_one_run_and_one_e_mail(world: World) -> None:
    world.company()
    world.profile()
    world.match()
    brief = world.live_brief()
    published = next(item for item in events("BriefsTable") if item["event_type"] == "brief.published")
    for _ in range(3):
        assert matching_handlers.match_on_brief_events(stream_event(published, published, published), CONTEXT) == DONE
    assert len(runs(brief["brief_id"])) == 1
    messages = [envelope(item) for item in events("MatchingTable")]
    for _ in range(3):
        notification_handlers.plan_emails(queue_event(*messages, *messages), CONTEXT)
    tasks = queued("emails")
    for _ in range(3):
        notification_handlers.send_emails(queue_event(*tasks, *tasks), CONTEXT)
    assert len(posted()) == 1


def test_items_that_are_not_events_and_removals_are_passed_over(world: World) -> None:
    world.company()
    brief = world.live_brief()
    published = next(item for item in events("BriefsTable") if item["event_type"] == "brief.published")
    state = next(item for item in rows("BriefsTable") if item["sk"] == "BRIEF")
    batch = {"Records": [stream_record(state), stream_record(published, name="REMOVE")]}
    assert matching_handlers.match_on_brief_events(batch, CONTEXT) == DONE
    assert runs(brief["brief_id"]) == []
    assert parked() == []


def test_a_stream_whose_database_is_out_is_read_again_from_the_record_that_failed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.platform import batches
    from chalicelib.platform.errors import Retryable

    world.company()
    world.live_brief()
    monkeypatch.setattr(batches, "PAUSES", (0.0,))

    def out(*given: Any) -> None:
        raise Retryable("dynamodb_busy")

    monkeypatch.setattr(matching_handlers.wiring, "service", out)
    batch = stream_event(*events("BriefsTable"))
    published = next(
        record
        for record in batch["Records"]
        if record["dynamodb"]["NewImage"]["event_type"] == {"S": "brief.published"}
    )
    assert matching_handlers.match_on_brief_events(batch, CONTEXT) == {
        "batchItemFailures": [{"itemIdentifier": published["dynamodb"]["SequenceNumber"]}]
    }
    assert parked() == []


def test_a_profile_verified_later_joins_the_shortlist_and_its_producer_hears_of_it_by_the_tick(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPDATE_EMAIL_MINUTES", "0")
    world.company()
    world.profile()
    world.match()
    brief = world.live_brief()
    world.match()
    tell(world)
    world.profile(SOMEBODY_ELSE, display_name="Yann Le Bihan")
    world.match()
    tell(world)
    notification_handlers.sweep_notifications(tick(), CONTEXT)
    notification_handlers.send_emails(queue_event(*queued("emails")), CONTEXT)
    assert len(posted()) == 2
    assert "Yann Le Bihan" in str(posted()[1].body)
    matches = world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER).json["matches"]
    assert len(matches) == 2


def test_a_refusal_of_the_mail_service_is_marked_seen_by_administrators_and_never_tried_again(world: World) -> None:
    world.company()
    brief = world.live_brief()
    world.match()
    client("ses").delete_identity(Identity="bonjour@plot-point.test")
    tell(world)
    [refused] = world.api.get("/admin/notifications?state=refused", ADMIN).json["emails"]
    assert (refused["state"], refused["error_code"], refused["attempts"]) == ("refused", "message_rejected", 1)
    assert refused["dedup_key"] == f"shortlist/{brief['brief_id']}/1"
    assert PRODUCER.email not in json.dumps(refused)
    client("ses").verify_email_identity(EmailAddress="bonjour@plot-point.test")
    notification_handlers.sweep_notifications(tick(), CONTEXT)
    tell(world)
    assert posted() == []
    for person in (PRODUCER, FREELANCER):
        assert world.api.get("/admin/notifications?state=refused", person).status == 403


def test_a_message_that_is_no_task_is_parked_and_the_e_mail_after_it_goes(world: World) -> None:
    world.company()
    world.live_brief()
    world.match()
    notification_handlers.plan_emails(queue_event(*[envelope(item) for item in events("MatchingTable")]), CONTEXT)
    batch = queue_event("not json", [1], {"dedup_key": ""}, {"dedup_key": 7}, *queued("emails"))
    assert notification_handlers.send_emails(batch, CONTEXT) == DONE
    assert len(posted()) == 1
    assert sorted(one["reason"] for one in parked()) == [
        "no_dedup_key",
        "no_dedup_key",
        "not_an_object",
        "not_json",
    ]


def test_a_message_that_is_no_event_is_parked_and_events_of_others_are_passed_over(world: World) -> None:
    world.company()
    world.live_brief()
    drafted = envelope(next(item for item in events("BriefsTable") if item["event_type"] == "brief.drafted"))
    assert notification_handlers.plan_emails(queue_event("{", "[]", "{}", drafted), CONTEXT) == DONE
    assert sorted(one["reason"] for one in parked()) == ["missing_event_id", "not_an_object", "not_json"]
    assert queued("emails") == []


def test_the_brief_s_obligation_to_be_matched_is_settled_by_what_matching_tells(world: World) -> None:
    world.company()
    brief = world.live_brief()
    world.match()
    owed = {row["sk"] for row in rows("BriefsTable") if "due_at" in row}
    messages = [envelope(item) for item in events("MatchingTable")]
    assert brief_handlers.settle_brief_obligations(queue_event(*messages, *messages), CONTEXT) == DONE
    left = {row["sk"] for row in rows("BriefsTable") if "due_at" in row}
    assert len(owed - left) == 1
    assert brief["brief_id"]
    assert parked() == []


@pytest.mark.parametrize(
    ("relay", "table"),
    [
        (company_handlers.relay_company_events, "CompaniesTable"),
        (brief_handlers.relay_brief_events, "BriefsTable"),
        (profile_handlers.relay_profile_events, "ProfilesTable"),
        (matching_handlers.relay_match_events, "MatchingTable"),
    ],
)
def test_a_relay_publishes_each_event_with_its_type_for_subscriptions_to_filter_on(
    world: World, relay: Any, table: str
) -> None:
    world.company()
    world.profile()
    world.live_brief()
    world.match()
    items = events(table)
    wanted = items[-1]["event_type"]
    url = client("sqs").create_queue(QueueName="subscriber")["QueueUrl"]
    arn = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    client("sns").subscribe(
        TopicArn=os.environ["EVENTS_TOPIC_ARN"],
        Protocol="sqs",
        Endpoint=arn,
        Attributes={"RawMessageDelivery": "true", "FilterPolicy": json.dumps({"event_type": [wanted]})},
    )
    poison = {"pk": "X#1", "sk": "EVENT#1", "event_type": 7}
    assert relay(stream_event(poison, *items, table=table), CONTEXT) == DONE
    received = client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    expected = [json.loads(envelope(item)) for item in items if item["event_type"] == wanted]
    assert sorted((json.loads(one["Body"]) for one in received), key=lambda one: one["event_id"]) == sorted(
        expected, key=lambda one: one["event_id"]
    )
    assert len(parked()) == 1


def test_the_topic_out_of_reach_gives_the_record_back_to_the_stream(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.platform import batches

    monkeypatch.setattr(batches, "PAUSES", ())
    world.company()
    client("sns").delete_topic(TopicArn=os.environ["EVENTS_TOPIC_ARN"])
    batch = stream_event(*events("CompaniesTable"))
    answer = company_handlers.relay_company_events(batch, CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": batch["Records"][0]["dynamodb"]["SequenceNumber"]}]}


def test_every_module_of_handlers_is_imported_without_the_application_and_without_boto3() -> None:
    modules = ", ".join(f"chalicelib.{name}.handlers" for name in ("briefs", "companies", "matching", "profiles"))
    code = (
        f"import sys, chalicelib.notifications.handlers, {modules};"
        "print([name for name in ('app', 'boto3', 'jinja2', 'numpy') if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_TABLE")}
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_a_tick_builds_the_snapshot_of_everyone_who_may_be_proposed_and_a_function_ranks_from_it(world: World) -> None:
    world.company()
    profile_id = world.profile()["profile_id"]
    world.match()
    read_from_table, *others = matching_wiring.index().segments()
    assert profile_id in read_from_table.arrays.place_of
    assert others == []

    matching_handlers.build_candidate_index(tick(), CONTEXT)
    snapshot, changed_since = matching_wiring.index().segments()
    assert profile_id in snapshot.arrays.place_of
    assert changed_since.arrays.place_of == {}
