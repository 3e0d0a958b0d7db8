"""The local product's post: what SES and Cognito sent, one file per e-mail, as it was sent."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

_STAMP = "%Y-%m-%dT%H-%M-%S.%fZ"


@dataclass(frozen=True)
class Mail:
    """An e-mail that SES accepted."""

    id: str
    accepted_at: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "accepted_at": self.accepted_at.isoformat(timespec="milliseconds"),
            "from": self.sender,
            "to": list(self.recipients),
            "subject": self.subject,
            "headers": [list(header) for header in self.headers],
            "text": self.text,
            "html": self.html,
        }


class Mailbox:
    """Every e-mail of the local product, in files named by the moment each was accepted."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._parsed: dict[str, Mail] = {}

    def keep(self, content: bytes, now: datetime | None = None) -> str:
        """Keep an e-mail as it was sent; returns its id."""
        self._directory.mkdir(parents=True, exist_ok=True)
        stamp = (now or datetime.now(UTC)).strftime(_STAMP)
        unfinished = self._directory / f".{stamp}"
        unfinished.write_bytes(content)
        unfinished.rename(self._directory / f"{stamp}.eml")
        return stamp

    def all(self) -> list[Mail]:
        """Newest first."""
        return [self._mail(path) for path in sorted(self._files(), reverse=True)]

    def get(self, mail_id: str) -> Mail | None:
        path = self._directory / f"{mail_id}.eml"
        known = re.fullmatch(r"[0-9TZ.-]+", mail_id) is not None and path.is_file()
        return self._mail(path) if known else None

    def to(self, address: str) -> list[Mail]:
        """What was sent to one address, newest first."""
        return [mail for mail in self.all() if address.casefold() in map(str.casefold, mail.recipients)]

    def forget_after(self, moment: datetime) -> int:
        """Drop e-mails accepted after `moment`: those of a run whose end was lost. Returns how many."""
        lost = [path for path in self._files() if _accepted_at(path.stem) > moment]
        for path in lost:
            path.unlink()
        return len(lost)

    def _files(self) -> Iterator[Path]:
        return (path for path in self._directory.glob("*.eml"))

    def _mail(self, path: Path) -> Mail:
        if path.stem not in self._parsed:
            self._parsed[path.stem] = parse(path.stem, path.read_bytes())
        return self._parsed[path.stem]


def parse(mail_id: str, content: bytes) -> Mail:
    """Read a message of RFC 5322. What cannot be read is shown empty rather than refused: it *was* sent."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    recipients = email.utils.getaddresses([str(value) for value in message.get_all("to", [])])
    return Mail(
        id=mail_id,
        accepted_at=_accepted_at(mail_id),
        sender=str(message.get("from", "")),
        recipients=tuple(address for _, address in recipients),
        subject=str(message.get("subject", "")),
        headers=tuple((name, str(value)) for name, value in message.items()),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def _accepted_at(mail_id: str) -> datetime:
    return datetime.strptime(mail_id, _STAMP).replace(tzinfo=UTC)
