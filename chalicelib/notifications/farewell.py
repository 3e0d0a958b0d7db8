"""The last e-mail to somebody: sent while their address is still known, at the word of whoever still knows it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from chalicelib.notifications.casework import Recipient
from chalicelib.notifications.departures import Farewell
from chalicelib.notifications.errors import AlreadyPlanned, Refused, TakenMeanwhile
from chalicelib.notifications.messages import Message
from chalicelib.notifications.models import (
    FINAL,
    Email,
    Suppression,
    address_id,
    claimed,
    ended,
    may_be_claimed,
    plan_receipt,
)
from chalicelib.platform.errors import Retryable
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.text import Language


class Letters(Protocol):
    def email(self, dedup_key: str) -> Email | None: ...
    def plan_letter(self, email: Email) -> None: ...
    def change(self, before: Email, after: Email) -> None: ...
    def suppression(self, address_id: str) -> Suppression | None: ...


class Renderer(Protocol):
    def render_receipt(self, language: Language, farewell: Farewell) -> Message: ...


class Mailer(Protocol):
    def send(self, recipient: Recipient, message: Message, dedup_key: str) -> str:
        """Raises Refused, Retryable."""


class FarewellLetters:
    def __init__(self, letters: Letters, renderer: Renderer, mailer: Mailer, clock: Clock) -> None:
        self._letters = letters
        self._renderer = renderer
        self._mailer = mailer
        self._clock = clock

    def send(self, address: str, language: Language, farewell: Farewell) -> None:
        """Sends the receipt, once, by day or by night: it answers what the person asked for. Returns when nothing more
        is to be done about it; raises Retryable when it is to be asked for again."""
        planned = plan_receipt(farewell.erasure_id, self._clock())
        with suppress(AlreadyPlanned):
            self._letters.plan_letter(planned)
        email = self._letters.email(planned.dedup_key)
        if email is None or email.state in FINAL:
            return
        now = self._clock()
        if not may_be_claimed(email, now):
            raise Retryable("receipt_being_sent")
        # Not due for anybody: whoever asks has the address.
        mine = replace(claimed(email, now), due_at=None)
        try:
            self._letters.change(email, mine)
        except TakenMeanwhile:
            raise Retryable("receipt_being_sent") from None
        self._finish(mine, self._deliver(mine, address, language, farewell))

    def _deliver(self, mine: Email, address: str, language: Language, farewell: Farewell) -> Email:
        suppression = self._letters.suppression(address_id(address))
        if suppression is not None:
            return ended(mine, "suppressed", self._clock(), error_code=suppression.reason)
        message = self._renderer.render_receipt(language, farewell)
        try:
            message_id = self._mailer.send(Recipient("", address, language), message, mine.dedup_key)
        except Refused as refusal:
            return ended(mine, "refused", self._clock(), error_code=str(refusal))
        except Retryable:
            self._let_go(mine)
            raise
        return ended(mine, "sent", self._clock(), ses_message_id=message_id)

    def _let_go(self, mine: Email) -> None:
        """Nothing was sent: the next attempt need not wait until this one counts as dead."""
        self._finish(mine, replace(mine, state="planned", version=mine.version + 1))

    def _finish(self, mine: Email, after: Email) -> None:
        try:
            self._letters.change(mine, after)
        except TakenMeanwhile:
            log.warning("email_claim_lost", dedup_key=mine.dedup_key, state=after.state)
            return
        log.info("email_" + after.state, dedup_key=after.dedup_key)
