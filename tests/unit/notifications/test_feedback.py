"""What SES reports, read in both of its formats; what is not a report of use; what SES would not write."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.notifications.errors import BadFeedback
from chalicelib.notifications.feedback import read
from chalicelib.notifications.models import Feedback, Report, from_tag, plan, to_tag
from tests.support.notification_fakes import ADDRESS
from tests.support.ses_feedback import SENT_AT, What, report

TAG = "shortlist_01JDNEVERWAS000000000000AA_1"
KEY = "shortlist/01JDNEVERWAS000000000000AA/1"

CASES: list[tuple[What, str, Report]] = [
    ("Delivery", "", "delivered"),
    ("Bounce", "Permanent", "bounced"),
    ("Bounce", "Transient", "soft_bounced"),
    ("Bounce", "Undetermined", "soft_bounced"),
    ("Complaint", "", "complained"),
]


@pytest.mark.parametrize("tag", [TAG, None], ids=["event publishing", "identity notification"])
@pytest.mark.parametrize(("what", "bounce", "expected"), CASES)
def test_a_report_is_read_in_both_formats(what: What, bounce: str, expected: Report, tag: str | None) -> None:
    found = read(json.dumps(report(what, ADDRESS, tag=tag, bounce=bounce)))
    assert found == Feedback(expected, "0100017e-message", KEY if tag else None, SENT_AT, ADDRESS)


def test_ses_says_that_it_took_an_e_mail() -> None:
    assert read(json.dumps(report("Send", ADDRESS, tag=TAG))) == Feedback("sent", "0100017e-message", KEY, SENT_AT)


@pytest.mark.parametrize(
    "ignored",
    [
        {"eventType": "Open", "mail": {}, "open": {}},
        {"eventType": "Click", "mail": {}},
        {"eventType": "DeliveryDelay", "mail": {}},
        {"eventType": "Rendering Failure", "mail": {}},
        {"notificationType": "AmazonSnsSubscriptionSucceeded", "message": "You have successfully subscribed."},
    ],
)
def test_types_that_are_of_no_use_are_passed_over(ignored: dict[str, Any]) -> None:
    assert read(json.dumps(ignored)) is None


def test_the_greeting_of_a_new_destination_is_passed_over() -> None:
    assert read("Successfully validated SNS topic for Amazon SES event publishing.\n") is None


def test_whoever_says_that_it_is_no_spam_does_not_complain() -> None:
    body = report("Complaint", ADDRESS, tag=TAG)
    body["complaint"]["complaintFeedbackType"] = "not-spam"
    assert read(json.dumps(body)) is None


def test_an_address_is_read_without_the_name_beside_it() -> None:
    body = report("Bounce", f"Claire Ansel <{ADDRESS}>", tag=TAG)
    found = read(json.dumps(body))
    assert found is not None
    assert found.address == ADDRESS


def test_a_tag_that_is_not_ours_is_not_taken_for_a_key() -> None:
    found = read(json.dumps(report("Delivery", ADDRESS, tag="../../x y")))
    assert found is not None
    assert found.dedup_key is None


def broken(*path: str, value: object = None) -> str:
    """A bounce with another value at that place."""
    body = report("Bounce", ADDRESS, tag=TAG)
    inner: Any = body
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return json.dumps(body)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        ("[]", "not_an_object"),
        ('"Bounce"', "not_an_object"),
        ("{}", "no_type"),
        (broken("eventType", value=7), "no_type"),
        (broken("mail"), "no_mail"),
        (broken("mail", "messageId"), "no_message_id"),
        (broken("mail", "messageId", value=""), "no_message_id"),
        (broken("mail", "timestamp"), "no_timestamp"),
        (broken("mail", "timestamp", value="yesterday"), "no_timestamp"),
        (broken("mail", "timestamp", value="0001-01-01T00:00:00+23:59"), "no_timestamp"),
        (broken("bounce"), "no_bounce"),
        (broken("bounce", "bouncedRecipients"), "no_recipient"),
        (broken("bounce", "bouncedRecipients", value=[]), "no_recipient"),
        (broken("bounce", "bouncedRecipients", value="claire"), "no_recipient"),
        (broken("bounce", "bouncedRecipients", value=[{"emailAddress": "nobody"}]), "no_recipient"),
        (broken("bounce", "bouncedRecipients", value=[7]), "no_recipient"),
    ],
)
def test_what_ses_would_not_write_is_refused_with_a_code_and_nothing_personal(text: str, code: str) -> None:
    with pytest.raises(BadFeedback) as refused:
        read(text)
    assert str(refused.value) == code


def test_a_bounce_and_a_complaint_without_anybody_are_refused() -> None:
    for what, name, people in (
        ("Bounce", "bounce", "bouncedRecipients"),
        ("Complaint", "complaint", "complainedRecipients"),
    ):
        body = report(what, ADDRESS, tag=TAG)  # type: ignore[arg-type]
        del body[name][people]
        with pytest.raises(BadFeedback):
            read(json.dumps(body))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(what=st.sampled_from(["Send", "Delivery", "Bounce", "Complaint"]), mail=JSON, detail=JSON)
def test_whatever_stands_on_the_queue_is_read_passed_over_or_refused_and_never_breaks(
    what: str, mail: object, detail: object
) -> None:
    body = {"eventType": what, "mail": mail, "bounce": detail, "complaint": detail, "delivery": detail}
    try:
        read(json.dumps(body))
    except BadFeedback as refused:
        assert str(refused).isascii()


@given(st.lists(st.from_regex(r"[A-Za-z0-9-]{1,12}", fullmatch=True), min_size=2, max_size=4).map("/".join))
def test_a_key_comes_back_from_its_tag(key: str) -> None:
    assert from_tag(to_tag(key)) == key
    assert set(to_tag(key)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


@pytest.mark.parametrize("key", ["shortlist/a_b/1", "shortlist", "shortlist//1", "shortlist/a b/1", "/a/b"])
def test_a_key_that_would_not_come_back_is_never_planned(key: str) -> None:
    from datetime import UTC, datetime

    with pytest.raises(ValueError, match="dedup key"):
        plan(key, "shortlist", "brief-1", 1, datetime(2026, 11, 23, tzinfo=UTC))
