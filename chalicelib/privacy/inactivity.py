"""Accounts that nobody uses: told of twice, then deleted (OBLIGATIONS, row 7); and the threshold that every request of
an account crosses, where it is seen that it is in use, or closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Protocol

from chalicelib.platform.errors import AccountClosed, Retryable
from chalicelib.platform.telemetry import log
from chalicelib.privacy.errors import TakenMeanwhile
from chalicelib.privacy.events import Cause
from chalicelib.privacy.models import Standing, used_on
from chalicelib.vocabulary.clock import Clock, paris_day
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.retention import INACTIVE_MONTHS
from chalicelib.vocabulary.text import Language

#: Accounts that a process remembers to have seen today.
_REMEMBERED = 10_000


class StandingStore(Protocol):
    def standing(self, sub: str) -> Standing | None: ...
    def touch(self, standing: Standing) -> None: ...
    def tell(self, before: Standing, after: Standing, fact: Fact, now: datetime) -> None: ...
    def due_accounts(self, now: datetime) -> Iterator[str]: ...


class Threshold:
    """One per process."""

    def __init__(self, store: StandingStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._seen: dict[str, date] = {}

    def cross(self, sub: str, *, changes: bool) -> None:
        """Notes, once a day, that the account is in use. `changes`: whether it asks to change anything, which a closed
        one may not: one small consistent read. Raises AccountClosed, Retryable."""
        if changes:
            standing = self._store.standing(sub)
            if standing is not None and standing.erasure_id is not None:
                raise AccountClosed
        today = paris_day(self._clock())
        if self._seen.get(sub) == today:
            return
        try:
            self._store.touch(used_on(sub, today))
        except Retryable as error:
            # The next request notes it: nobody is turned away for that.
            log.warning("activity_not_noted", reason=str(error))
            return
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[sub] = today


class Accounts(Protocol):
    def address(self, sub: str) -> str | None:
        """The address that an account signs in with. Raises Retryable."""

    def language(self, sub: str) -> Language:
        """In which language its holder is written to."""


class Erasures(Protocol):
    def begin(self, sub: str, email: str, cause: Cause, language: Language) -> object: ...


class InactivityService:
    def __init__(self, store: StandingStore, accounts: Accounts, erasures: Erasures, clock: Clock) -> None:
        self._store = store
        self._accounts = accounts
        self._erasures = erasures
        self._clock = clock

    def due(self) -> list[str]:
        """Accounts of which something is due: to be told of, or to go."""
        return list(self._store.due_accounts(self._clock()))

    def follow(self, sub: str) -> None:
        """Tells of an account that nobody used, or has it deleted. Whoever used it meanwhile is left alone. Raises
        Retryable."""
        standing, now = self._store.standing(sub), self._clock()
        step = standing.next_step if standing is not None else None
        if standing is None or step is None or step[1] > now:
            return
        months, _ = step
        if months >= INACTIVE_MONTHS:
            address = self._accounts.address(sub) or ""
            self._erasures.begin(sub, address, "inactivity", self._accounts.language(sub))
            return
        after, fact = standing.told(months)
        try:
            self._store.tell(standing, after, fact, now)
        except TakenMeanwhile:
            return
        log.info("inactivity_told", months=months)
