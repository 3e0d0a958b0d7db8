"""Handing an e-mail to SES, and telling refusals that last from failures that pass."""

from __future__ import annotations

from chalicelib.notifications.casework import Recipient
from chalicelib.notifications.errors import Refused
from chalicelib.notifications.messages import Message
from chalicelib.notifications.models import to_tag
from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable

#: Refusals of this message or address: the same request would be refused again.
#: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
_LASTING = {
    "MessageRejected": "message_rejected",
    "BadRequestException": "bad_request",
    "InvalidParameterValue": "bad_request",
}


class SesMailer:
    def __init__(self, sender: str, configuration_set: str) -> None:
        self._sender = sender
        self._configuration_set = configuration_set

    def send(self, recipient: Recipient, message: Message, dedup_key: str) -> str:
        """Returns SES's message id. Raises Refused for what would be refused again, Retryable for the rest
        (throttling, a paused account, the network)."""
        from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

        part = {"Charset": "UTF-8"}
        try:
            answer = client("sesv2").send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [recipient.email]},
                ConfigurationSetName=self._configuration_set,
                Content={
                    "Simple": {
                        "Subject": {"Data": message.subject, **part},
                        "Body": {
                            "Text": {"Data": message.text, **part},
                            "Html": {"Data": message.html, **part},
                        },
                        "Headers": _headers(message),
                    }
                },
                # The feedback of SES comes back with it (`feedback.py`).
                EmailTags=[{"Name": "dedup_key", "Value": to_tag(dedup_key)}],
            )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in _LASTING:
                raise Refused(_LASTING[code]) from None
            raise Retryable("ses_busy") from error
        except ParamValidationError:
            raise Refused("bad_request") from None
        except BotoCoreError as error:
            raise Retryable("ses_unreachable") from error
        return str(answer["MessageId"])


def _headers(message: Message) -> list[dict[str, str]]:
    """RFC 8058: the mail program's own button turns this kind of e-mail off. DKIM covers both."""
    if message.unsubscribe is None:
        return []
    return [
        {"Name": "List-Unsubscribe", "Value": f"<{message.unsubscribe}>"},
        {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
    ]
