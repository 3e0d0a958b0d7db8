"""Refusals that last are told from failures that pass."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ParamValidationError, ReadTimeoutError

from chalicelib.notifications import mailer
from chalicelib.notifications.casework import Recipient
from chalicelib.notifications.errors import Refused
from chalicelib.notifications.mailer import SesMailer
from chalicelib.notifications.messages import Message
from chalicelib.platform.errors import Retryable

WHOM = Recipient("sub-producer", "claire@falaise-films.test", "fr")
WHAT = Message(
    "«\u00a0Goémon\u00a0»\u202f: 8 profils", "<p>Bonjour</p>", "Bonjour", "https://plot-point.test/api/unsubscribe/a.b"
)
URL = "https://email.eu-west-3.amazonaws.com"


def post(monkeypatch: pytest.MonkeyPatch, outcome: Exception | str) -> list[dict[str, Any]]:
    """SES answers so to every message; what it was asked."""
    asked: list[dict[str, Any]] = []

    def send_email(**request: Any) -> dict[str, str]:
        asked.append(request)
        if isinstance(outcome, Exception):
            raise outcome
        return {"MessageId": outcome}

    monkeypatch.setattr(mailer, "client", lambda _: SimpleNamespace(send_email=send_email))
    return asked


def send() -> str:
    return SesMailer("Plot Point <bonjour@plot-point.test>", "mail").send(WHOM, WHAT, "shortlist/brief-1/1")


def test_the_mail_program_s_own_button_is_there_where_a_kind_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = post(monkeypatch, "id-1")
    send()
    SesMailer("Plot Point <bonjour@plot-point.test>", "mail").send(
        WHOM, replace(WHAT, unsubscribe=None), "alarm/alarm-1/raised/2"
    )
    names = [[one["Name"] for one in request["Content"]["Simple"]["Headers"]] for request in asked]
    assert names == [["List-Unsubscribe", "List-Unsubscribe-Post"], []]


def test_a_message_goes_to_one_person_in_both_forms_under_our_name_and_with_its_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = post(monkeypatch, "message-1")
    assert send() == "message-1"
    [request] = asked
    assert request["FromEmailAddress"] == "Plot Point <bonjour@plot-point.test>"
    assert request["Destination"] == {"ToAddresses": [WHOM.email]}
    assert request["ConfigurationSetName"] == "mail"
    body = request["Content"]["Simple"]
    assert body["Subject"] == {"Data": WHAT.subject, "Charset": "UTF-8"}
    assert (body["Body"]["Html"]["Data"], body["Body"]["Text"]["Data"]) == (WHAT.html, WHAT.text)
    assert request["EmailTags"] == [{"Name": "dedup_key", "Value": "shortlist_brief-1_1"}]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ClientError({"Error": {"Code": "MessageRejected"}}, "SendEmail"), "message_rejected"),
        (ClientError({"Error": {"Code": "BadRequestException"}}, "SendEmail"), "bad_request"),
        (ParamValidationError(report="wrong"), "bad_request"),
    ],
)
def test_what_would_be_refused_again_is_a_refusal_with_a_code_and_nothing_personal(
    monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    post(monkeypatch, error)
    with pytest.raises(Refused) as refused:
        send()
    assert str(refused.value) == code


@pytest.mark.parametrize(
    "error",
    [
        *(
            ClientError({"Error": {"Code": code}}, "SendEmail")
            for code in (
                "TooManyRequestsException",
                "LimitExceededException",
                "SendingPausedException",
                "AccountSuspendedException",
                "MailFromDomainNotVerifiedException",
                "InternalFailure",
            )
        ),
        EndpointConnectionError(endpoint_url=URL),
        ReadTimeoutError(endpoint_url=URL),
    ],
    ids=str,
)
def test_what_passes_by_itself_is_to_be_tried_again(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    post(monkeypatch, error)
    with pytest.raises(Retryable):
        send()
