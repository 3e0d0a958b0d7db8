from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from infra.local.mailbox import Mailbox, parse
from infra.local.mailbox_pages import mail_page, mailbox_page

_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _message(subject: str = "« Laisse de mer » : 8 profils", to: str = "solene@cormoran.example") -> bytes:
    message = EmailMessage()
    message["From"] = "Plot Point <bonjour@plotpoint.example>"
    message["To"] = to
    message["Subject"] = subject
    message["List-Unsubscribe"] = "<https://plotpoint.example/u>"
    message.set_content("Voici la sélection : déjà 8 profils.\n")
    message.add_alternative("<p>Voici la <b>sélection</b></p>", subtype="html")
    return message.as_bytes()


def test_an_email_is_read_back_as_it_was_sent(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    mailbox.keep(_message(), _NOON)

    (mail,) = mailbox.all()

    assert mail.accepted_at == _NOON
    assert mail.sender == "Plot Point <bonjour@plotpoint.example>"
    assert mail.recipients == ("solene@cormoran.example",)
    assert mail.subject == "« Laisse de mer » : 8 profils"
    assert mail.text == "Voici la sélection : déjà 8 profils.\n"
    assert "<b>sélection</b>" in mail.html
    assert ("List-Unsubscribe", "<https://plotpoint.example/u>") in mail.headers


def test_the_newest_comes_first_and_one_recipient_can_be_asked_for(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    mailbox.keep(_message("one", "a@one.example"), _NOON)
    mailbox.keep(_message("two", "b@two.example"), _NOON + timedelta(seconds=1))
    mailbox.keep(_message("three", "a@one.example"), _NOON + timedelta(seconds=2))

    assert [mail.subject for mail in mailbox.all()] == ["three", "two", "one"]
    assert [mail.subject for mail in mailbox.to("A@One.example")] == ["three", "one"]


def test_emails_of_a_lost_moment_are_forgotten_and_earlier_ones_stay(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    mailbox.keep(_message("kept"), _NOON)
    mailbox.keep(_message("lost"), _NOON + timedelta(seconds=5))

    assert mailbox.forget_after(_NOON + timedelta(seconds=1)) == 1
    assert [mail.subject for mail in mailbox.all()] == ["kept"]


def test_an_id_that_is_a_path_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.eml").write_bytes(_message())
    mailbox = Mailbox(tmp_path / "mail")

    assert mailbox.get("../secret") is None
    assert mailbox.get("..") is None


def test_a_message_that_is_hardly_one_is_shown_rather_than_refused() -> None:
    mail = parse("2026-11-23T12-00-00.000000Z", b"\xff\xfe not a message")

    assert mail.recipients == ()
    assert mail.subject == ""


def test_pages_show_a_subject_as_text_and_never_as_markup(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    mailbox.keep(_message("<script>alert(1)</script>"), _NOON)
    (mail,) = mailbox.all()

    for page in (mailbox_page([mail], "fr"), mail_page(mail, "en")):
        assert "<script>" not in page
        assert "&lt;script&gt;" in page
