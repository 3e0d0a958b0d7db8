"""What SES writes to its topic about an e-mail, in both of its formats, with the fields of real ones.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html
https://docs.aws.amazon.com/ses/latest/dg/notification-examples.html
"""

from __future__ import annotations

from typing import Any, Literal

SENT_AT = "2026-11-23T08:00:05.123Z"

What = Literal["Send", "Delivery", "Bounce", "Complaint"]


def report(
    what: What,
    address: str,
    *,
    message_id: str = "0100017e-message",
    tag: str | None = None,
    bounce: str = "Permanent",
    sent_at: str = SENT_AT,
) -> dict[str, Any]:
    """As event publishing has it when there is a `tag`, else as an identity's notification."""
    mail: dict[str, Any] = {
        "timestamp": sent_at,
        "source": "bonjour@plot-point.test",
        "sourceArn": "arn:aws:ses:eu-west-3:123456789012:identity/plot-point.test",
        "sendingAccountId": "123456789012",
        "messageId": message_id,
        "destination": [address],
    }
    if tag is not None:
        mail["tags"] = {"ses:configuration-set": ["mail"], "dedup_key": [tag]}
    details: dict[str, Any] = {
        "Send": {},
        "Delivery": {
            "delivery": {
                "timestamp": sent_at,
                "processingTimeMillis": 546,
                "recipients": [address],
                "smtpResponse": "250 ok: Message accepted",
                "reportingMTA": "a8-70.smtp-out.amazonses.com",
            }
        },
        "Bounce": {
            "bounce": {
                "bounceType": bounce,
                "bounceSubType": "General",
                "bouncedRecipients": [{"emailAddress": address, "action": "failed", "status": "5.1.1"}],
                "timestamp": sent_at,
                "feedbackId": "0100017e-feedback",
            }
        },
        "Complaint": {
            "complaint": {
                "complainedRecipients": [{"emailAddress": address}],
                "timestamp": sent_at,
                "feedbackId": "0100017e-feedback",
                "complaintFeedbackType": "abuse",
            }
        },
    }
    return {"eventType" if tag is not None else "notificationType": what, "mail": mail, **details[what]}
