"""What administrators do about e-mails, for the audit: nobody else reads it, so nothing delivers it."""

from __future__ import annotations

from typing import ClassVar

from chalicelib.vocabulary.facts import Fact


class AddressSuppressed(Fact):
    """An administrator has an address get nothing. Its id is a digest of it: these facts go with whose it was."""

    event_type: ClassVar[str] = "mail.address_suppressed"
    suppression_id: str


class SuppressionLifted(Fact):
    """An administrator lets it get e-mails again."""

    event_type: ClassVar[str] = "mail.suppression_lifted"
    suppression_id: str


class NoticeSettled(Fact):
    """An administrator has seen to what they were told of."""

    event_type: ClassVar[str] = "mail.notice_settled"
    notice_id: str
