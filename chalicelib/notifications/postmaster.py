"""What comes back from the mail service, and what follows from it: the state of e-mails, addresses that get no more,
notices to administrators, and what administrators decide of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.notifications.errors import NoSuchEmail, TakenMeanwhile
from chalicelib.notifications.events import AddressSuppressed, NoticeSettled, SuppressionLifted
from chalicelib.notifications.models import (
    SOFT_BOUNCES,
    Email,
    Feedback,
    Notice,
    Reason,
    SoftBounces,
    Suppression,
    address_id,
    counted,
    done,
    merged,
    notice,
    suppressed,
    taken_after_all,
)
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, NotFound, PreconditionFailed, Retryable
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock, stamp
from chalicelib.vocabulary.facts import Fact

PAGE = 50

#: Reports without our tag are found by the message's id, which is known a moment after the e-mail went. What is still
#: unknown after this time is no e-mail of ours.
PATIENCE = timedelta(minutes=10)

_ATTEMPTS = 5


class ReportStore(Protocol):
    def email(self, dedup_key: str) -> Email | None: ...
    def by_message(self, message_id: str) -> Email | None: ...
    def take_feedback(
        self,
        email: tuple[Email, Email],
        notice: Notice | None = None,
        suppression: tuple[Suppression | None, Suppression] | None = None,
        soft_bounces: tuple[SoftBounces | None, SoftBounces] | None = None,
    ) -> None: ...
    def suppression(self, address_id: str) -> Suppression | None: ...
    def suppress(self, before: Suppression | None, after: Suppression, fact: Fact, now: datetime) -> None: ...
    def lift(self, suppression: Suppression, fact: Fact, now: datetime) -> None: ...
    def suppressions(self, limit: int, position: Item | None) -> tuple[list[Suppression], Item | None]: ...
    def soft_bounces(self, address_id: str) -> SoftBounces | None: ...
    def notice(self, notice_id: str) -> Notice | None: ...
    def notices(self, state: str, limit: int, position: Item | None) -> tuple[list[Notice], Item | None]: ...
    def change_notice(self, before: Notice, after: Notice, fact: Fact, now: datetime) -> None: ...


class Postmaster:
    def __init__(self, store: ReportStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def take(self, feedback: Feedback) -> None:
        """Notes what the mail service reports of an e-mail, once, whatever the order and however often.

        Raises NoSuchEmail, Retryable.
        """
        for _ in range(_ATTEMPTS):
            try:
                self._note(self._find(feedback), feedback)
                return
            except TakenMeanwhile:
                continue
        raise Retryable("email_changed_meanwhile")

    def suppressions(self, position: Item | None) -> tuple[list[Suppression], Item | None]:
        return self._store.suppressions(PAGE, position)

    def suppress(self, actor: Actor, address: str, note: str) -> Suppression:
        """The address gets nothing any more, because an administrator says so. Raises Conflict."""
        now = self._clock()
        new = Suppression(address_id(address), "administrator", stamp(now), note=note, added_by=actor.sub)
        standing = self._store.suppression(new.address_id)
        after = suppressed(standing, new)
        if after != standing:
            try:
                self._store.suppress(standing, after, AddressSuppressed(suppression_id=after.address_id), now)
            except TakenMeanwhile:
                raise Conflict from None
            log.info("address_suppressed", reason=after.reason)
        return after

    def lift(self, suppression_id: str, version: int | None) -> Suppression:
        """The address may get e-mails again; what had been suppressed. Raises NotFound, PreconditionFailed,
        Conflict."""
        standing = self._store.suppression(suppression_id)
        if standing is None:
            raise NotFound
        if version not in (None, standing.version):
            raise PreconditionFailed
        try:
            self._store.lift(standing, SuppressionLifted(suppression_id=suppression_id), self._clock())
        except TakenMeanwhile:
            raise Conflict from None
        log.info("suppression_lifted", reason=standing.reason)
        return standing

    def notices(self, state: str, position: Item | None) -> tuple[list[Notice], Item | None]:
        return self._store.notices(state, PAGE, position)

    def finish_notice(self, actor: Actor, notice_id: str) -> Notice:
        """Done, by whoever says so first; saying it again changes nothing. Raises NotFound, Conflict."""
        standing = self._store.notice(notice_id)
        if standing is None:
            raise NotFound
        now = self._clock()
        after = done(standing, actor.sub, now)
        if after != standing:
            try:
                self._store.change_notice(standing, after, NoticeSettled(notice_id=notice_id), now)
            except TakenMeanwhile:
                raise Conflict from None
        return after

    def _find(self, feedback: Feedback) -> Email:
        email = self._store.email(feedback.dedup_key) if feedback.dedup_key else None
        email = email or self._store.by_message(feedback.message_id)
        if email is not None:
            return email
        if datetime.fromisoformat(feedback.sent_at) + PATIENCE < self._clock():
            raise NoSuchEmail("no_such_email")
        raise Retryable("email_not_known_yet")

    def _note(self, before: Email, feedback: Feedback) -> None:
        now = self._clock()
        after = merged(before, feedback, now)
        soft_bounces = self._soft_bounces(before, after, feedback, now)
        reason = _reason(feedback, soft_bounces)
        told: Notice | None = None
        suppression: tuple[Suppression | None, Suppression] | None = None
        if reason is not None and feedback.address is not None:
            address = address_id(feedback.address)
            told = notice(reason, before.dedup_key, address, now)
            if self._store.notice(told.notice_id) is not None:
                # All of it was done before, and an administrator may have lifted the suppression since.
                told = None
            else:
                standing = self._store.suppression(address)
                new = Suppression(address, reason, stamp(now), dedup_key=before.dedup_key)
                suppression = (standing, suppressed(standing, new))
        self._store.take_feedback((before, after), told, suppression, soft_bounces)
        if after != before:
            log.info("email_" + after.state, dedup_key=after.dedup_key, was=before.state)
        if told is not None:
            log.warning("address_suppressed", dedup_key=after.dedup_key, reason=reason)

    def _soft_bounces(
        self, before: Email, after: Email, feedback: Feedback, now: datetime
    ) -> tuple[SoftBounces | None, SoftBounces] | None:
        """The address's count, when this report changes it. An e-mail counts while it is `soft_bounced`: one that was
        delivered after all does not, nor does an out-of-office reply, which follows a delivery."""
        if feedback.address is None or before.state == after.state:
            return None
        address = address_id(feedback.address)
        standing = self._store.soft_bounces(address) if "soft_bounced" in (before.state, after.state) else None
        if after.state == "soft_bounced":
            return standing, counted(standing, address, before.dedup_key, now)
        if standing is not None and before.state == "soft_bounced":
            return standing, taken_after_all(standing, before.dedup_key, now)
        return None


def _reason(feedback: Feedback, soft_bounces: tuple[SoftBounces | None, SoftBounces] | None) -> Reason | None:
    if feedback.report == "bounced":
        return "hard_bounce"
    if feedback.report == "complained":
        return "complaint"
    if soft_bounces is not None and len(soft_bounces[1].keys) >= SOFT_BOUNCES:
        return "soft_bounces"
    return None
