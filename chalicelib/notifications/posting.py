"""Handing an e-mail over, and marking how it stands afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from chalicelib.notifications.casework import Recipient
from chalicelib.notifications.errors import Refused, TakenMeanwhile
from chalicelib.notifications.messages import Message
from chalicelib.notifications.models import FINAL, WENT, Email, ended
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock


class Store(Protocol):
    def email(self, dedup_key: str) -> Email | None: ...
    def change(self, before: Email, after: Email) -> None: ...
    def note_sent(self, sub: str, email: Email, now: datetime) -> None:
        """Keeps for this account that the e-mail goes to it; again changes nothing."""


class Mailer(Protocol):
    def send(self, recipient: Recipient, message: Message, dedup_key: str) -> str:
        """Hands the message over and returns its id there. Raises Refused, Retryable."""


class Posting:
    def __init__(self, store: Store, mailer: Mailer, clock: Clock) -> None:
        self._store = store
        self._mailer = mailer
        self._clock = clock

    def post(self, mine: Email, recipient: Recipient, message: Message) -> Email:
        """How the e-mail stands once it was handed over. Raises Retryable."""
        # Beforehand, so that whoever asks what was sent to them is told of what went while a function died.
        self._store.note_sent(recipient.sub, mine, self._clock())
        try:
            message_id = self._mailer.send(recipient, message, mine.dedup_key)
        except Refused as refusal:
            return ended(mine, "refused", self._clock(), error_code=str(refusal))
        return ended(mine, "sent", self._clock(), ses_message_id=message_id)

    def finish(self, mine: Email, after: Email) -> None:
        """Marks it, unless somebody else wrote to it meanwhile."""
        try:
            self._store.change(mine, after)
        except TakenMeanwhile:
            self.lost(mine, after)
            return
        fields: dict[str, Any] = {
            "dedup_key": after.dedup_key,
            "state": after.state,
            "attempts": after.attempts,
        }
        if after.state in FINAL and after.state not in (*WENT, "unwanted"):
            log.warning("email_ended", **fields, error_code=after.error_code)
        elif after.held_for is not None:
            log.info("email_held", **fields, held_for=after.held_for)
        elif after.state == "planned":
            log.warning("email_put_off", **fields, error_code=after.error_code)
        else:
            log.info("email_" + after.state, **fields)

    def lost(self, mine: Email, after: Email) -> None:
        """Somebody else wrote to the e-mail while we were at it: what stands, stands."""
        standing = self._store.email(mine.dedup_key)
        if standing is not None and standing.state in WENT:
            # The mail service's report overtook our own mark, and says more than it.
            log.info("email_reported_first", dedup_key=mine.dedup_key, state=standing.state)
        else:
            # The claim ran out while we were sending, and another function took it over.
            log.warning("email_claim_lost", dedup_key=mine.dedup_key, state=after.state)
