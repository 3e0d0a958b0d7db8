"""What SES reports of our e-mails, in both of its formats: event publishing (`eventType`), which the configuration
set uses, and identity notifications (`notificationType`).

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Any

from chalicelib.notifications.errors import BadFeedback
from chalicelib.notifications.models import Feedback, Report, from_tag
from chalicelib.vocabulary.clock import stamp

#: What SES publishes, in plain text, when it is told to publish to a topic.
_GREETING = "Successfully validated SNS topic for Amazon SES event publishing."

#: Complaints that say the contrary: somebody took the message out of the spam folder.
_NO_COMPLAINT = "not-spam"


def read(text: str) -> Feedback | None:
    """The report in a message, or None for what we do not use. Raises BadFeedback for what SES would not write."""
    if text.strip() == _GREETING:
        return None
    body = _mapping(_json(text), "not_an_object")
    kind = body.get("eventType", body.get("notificationType"))
    if not isinstance(kind, str):
        raise BadFeedback("no_type")
    found = _report(kind, body)
    if found is None:
        return None
    report, people = found
    mail = _mapping(body.get("mail"), "no_mail")
    message_id = mail.get("messageId")
    if not isinstance(message_id, str) or not message_id:
        raise BadFeedback("no_message_id")
    return Feedback(report, message_id, _dedup_key(mail), _moment(mail.get("timestamp")), _address(people))


def _report(kind: str, body: Mapping[str, Any]) -> tuple[Report, object] | None:
    if kind == "Send":
        return "sent", None
    if kind == "Delivery":
        people = _mapping(body.get("delivery"), "no_delivery").get("recipients")
        return "delivered", [{"emailAddress": one} for one in people] if isinstance(people, list) else people
    if kind == "Bounce":
        bounce = _mapping(body.get("bounce"), "no_bounce")
        # `Undetermined` is what SES cannot tell: it may pass, so it is taken as if it did.
        report: Report = "bounced" if bounce.get("bounceType") == "Permanent" else "soft_bounced"
        return report, bounce.get("bouncedRecipients") or []
    if kind == "Complaint":
        complaint = _mapping(body.get("complaint"), "no_complaint")
        if complaint.get("complaintFeedbackType") == _NO_COMPLAINT:
            return None
        return "complained", complaint.get("complainedRecipients") or []
    return None


def _address(people: object) -> str | None:
    """Whom it is about: our e-mails have one recipient each. None in a report that names nobody."""
    if people is None:
        return None
    if not isinstance(people, list) or not people or not isinstance(people[0], dict):
        raise BadFeedback("no_recipient")
    _, address = parseaddr(str(people[0].get("emailAddress", "")))
    if "@" not in address:
        raise BadFeedback("no_recipient")
    return address


def _dedup_key(mail: Mapping[str, Any]) -> str | None:
    """Our tag, which event publishing gives back and identity notifications do not."""
    tags = mail.get("tags")
    values = tags.get("dedup_key") if isinstance(tags, dict) else None
    return from_tag(values[0]) if isinstance(values, list) and values and isinstance(values[0], str) else None


def _moment(value: object) -> str:
    try:
        moment = datetime.fromisoformat(str(value))
        return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):  # the first and the last days there are have no hour in UTC
        raise BadFeedback("no_timestamp") from None


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadFeedback("not_json") from None


def _mapping(value: object, code: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadFeedback(code)
    return value
