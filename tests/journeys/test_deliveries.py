"""What streams and queues do on their bad days: broken records, deliveries that are repeated, refused addresses."""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.client import ANY_VERSION, wait_until
from tests.support.backstage import Backstage, stream_event_of
from tests.support.examples import brief_body
from tests.support.people import producer
from tests.support.product import LocalProduct
from tests.support.records import envelope, queue_event, tick


@pytest.fixture
def backstage(product: LocalProduct) -> Backstage:
    return Backstage(product)


def _event(number: int, **changes: Any) -> dict[str, Any]:
    """An event item in DynamoDB's own JSON, right but for `changes` (None leaves the attribute out)."""
    event_id = f"01JDPOISON{number:016d}"
    image = {
        "pk": {"S": "BRIEF#01JDPOISON0000000000000000"},
        "sk": {"S": f"EVENT#{event_id}"},
        "event_id": {"S": event_id},
        "event_type": {"S": "brief.published"},
        "schema_version": {"N": "1"},
        "aggregate_id": {"S": "01JDPOISON0000000000000000"},
        "aggregate_version": {"N": "2"},
        "occurred_at": {"S": "2026-11-23T08:00:00.000000Z"},
        "correlation_id": {"S": "poison"},
        "payload": {"M": {"brief_id": {"S": "01JDPOISON0000000000000000"}, "publication_no": {"N": "1"}}},
    } | changes
    return {name: value for name, value in image.items() if value is not None}


#: (what is wrong, the reason with which matching parks it, whether the relay cannot use it either)
_POISON: list[tuple[dict[str, Any], str, bool]] = [
    ({"payload": None}, "missing_payload", True),
    ({"payload": {"S": "published"}}, "wrong_type_payload", True),
    ({"payload": {"B": b"\x00\xff"}}, "wrong_type_payload", True),
    ({"event_type": {"N": "7"}}, "wrong_type_event_type", True),
    ({"aggregate_version": {"S": "two"}}, "wrong_type_aggregate_version", True),
    ({"schema_version": {"N": "99"}}, "newer_schema", False),
    ({"payload": {"M": {}}}, "payload_does_not_fit", False),
    ({"payload": {"M": {"brief_id": {"N": "12"}, "publication_no": {"S": "first"}}}}, "payload_does_not_fit", False),
]


def test_broken_records_are_parked_with_their_reason_and_do_not_hold_up_the_next_brief(
    product: LocalProduct, backstage: Backstage
) -> None:
    claire = producer(product)
    draft = claire.post("/api/briefs", brief_body(code_name="Projet Lichen")).expect(201)
    expected, passed_on = set(), []
    for number, (changes, reason, relay_too) in enumerate(_POISON):
        image = _event(number, **changes)
        backstage.put_image("BriefsTable", image)
        expected.add((image["sk"]["S"], "match_on_brief_events", reason))
        if relay_too:
            expected.add((image["sk"]["S"], "relay_brief_events", reason))
        else:
            # What the relay can read goes on to whoever counts publications.
            passed_on.append(("follow_promise", reason))

    claire.post(f"/api/briefs/{draft['brief_id']}/publish", headers=ANY_VERSION).expect(200)

    assert product.shortlist(claire, draft["brief_id"], 15.0)["matches"]
    assert len(wait_until(lambda: product.mails_about(claire, draft["brief_id"]), 15.0, what="the e-mail")) == 1
    parked = backstage.parked(len(expected) + len(passed_on))
    streamed = [each for each in parked if "dynamodb" in each["record"]]
    assert {
        (each["record"]["dynamodb"]["Keys"]["sk"]["S"], each["consumer"], each["reason"]) for each in streamed
    } == expected
    assert len(streamed) == len(expected)
    assert sorted((each["consumer"], each["reason"]) for each in parked if each not in streamed) == sorted(passed_on)
    assert backstage.dead_letters() == 0


def test_messages_that_no_one_can_read_are_parked_and_do_not_hold_up_the_next_email(
    product: LocalProduct, backstage: Backstage
) -> None:
    claire = producer(product)
    backstage.send("NotificationsInboxQueue", "no JSON at all")
    backstage.send("BriefsInboxQueue", "[]")
    backstage.send("EmailsQueue", '{"dedup_key": 12}')
    backstage.send("EmailsQueue", '{"dedup_key": "shortlist/01JDNEVERWAS/1"}')

    brief_id = product.publish(claire, brief_body(code_name="Projet Mousse"))

    assert len(wait_until(lambda: product.mails_about(claire, brief_id), what="the e-mail")) == 1
    parked = backstage.parked(3)
    assert {(each["consumer"], each["reason"]) for each in parked} == {
        ("plan_emails", "not_json"),
        ("settle_brief_obligations", "not_an_object"),
        ("send_emails", "no_dedup_key"),
    }


def test_the_same_record_three_times_at_every_stage_sends_one_email(
    product: LocalProduct, backstage: Backstage
) -> None:
    claire = producer(product)
    brief_id = product.publish(claire, brief_body(code_name="Projet Corail"))
    shortlist = product.shortlist(claire, brief_id)
    (sent,) = wait_until(lambda: product.mails_about(claire, brief_id), what="the e-mail")
    own = {"pk": {"S": f"BRIEF#{brief_id}"}}
    (published,) = [
        image
        for image in backstage.images("BriefsTable")
        if image["pk"] == own["pk"] and image.get("event_type") == {"S": "brief.published"}
    ]
    (computed,) = [
        image
        for image in backstage.images("MatchingTable")
        if image["pk"] == own["pk"] and image.get("event_type") == {"S": "matching.shortlist_computed"}
    ]
    (message,) = [envelope(item) for item in backstage.items("MatchingTable") if item["sk"] == computed["sk"]["S"]]
    task = f'{{"dedup_key": "shortlist/{brief_id}/1"}}'
    nothing_failed = [{"batchItemFailures": []}] * 3

    on_brief = stream_event_of(published, backstage.outputs["BriefsTableName"])
    on_match = stream_event_of(computed, backstage.outputs["MatchingTableName"])
    assert backstage.invoke("match_on_brief_events", on_brief, 3) == nothing_failed
    assert backstage.invoke("relay_brief_events", on_brief, 3) == nothing_failed
    assert backstage.invoke("relay_match_events", on_match, 3) == nothing_failed
    assert backstage.invoke("plan_emails", queue_event(message), 3) == nothing_failed
    assert backstage.invoke("send_emails", queue_event(task), 3) == nothing_failed
    backstage.send("NotificationsInboxQueue", message, 3)
    backstage.send("EmailsQueue", task, 3)
    backstage.invoke("sweep_notifications", tick(), 2)
    backstage.invoke("sweep_briefs", tick(), 2)
    backstage.settle()

    assert [mail["id"] for mail in product.mails_about(claire, brief_id)] == [sent["id"]]
    assert product.shortlist(claire, brief_id) == shortlist


def test_an_address_that_ses_refuses_is_marked_shown_to_administrators_and_not_tried_again(
    product: LocalProduct, backstage: Backstage
) -> None:
    claire = producer(product)
    administrator = product.administrator()
    with backstage.ses_refuses_unknown_addresses():
        brief_id = product.publish(claire, brief_body(code_name="Projet Galet"))

        def refused() -> list[dict[str, Any]]:
            emails = administrator.get("/api/admin/notifications?state=refused").expect(200)["emails"]
            return [email for email in emails if email["brief_id"] == brief_id]

        (email,) = wait_until(refused, every=0.2, what="the refusal")
        assert email["error_code"] == "message_rejected"
        assert email["attempts"] == 1
        assert product.shortlist(claire, brief_id)["matches"], "the shortlist itself is there"

    backstage.send("EmailsQueue", f'{{"dedup_key": "{email["dedup_key"]}"}}')
    backstage.invoke("sweep_notifications", tick())
    backstage.settle()

    assert refused() == [email]
    assert product.mails_about(claire, brief_id) == []
    assert claire.email not in str(email)
