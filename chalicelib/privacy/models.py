"""An erasure and its tasks; an account that nobody uses. Times are ISO 8601 UTC, days are days in Paris.

    requested ──every context has let go──▶ the account is deleted, the receipt sent: complete ──looked over──▶ settled

Each context is a task of its own. Once all are done, a last one deletes the account in the user pool and sends the
receipt; with it the address and the names are forgotten. A quarter of an hour later every task is done once more: a
request that was under way when the account was closed, or news that came late, leaves nothing behind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from chalicelib.privacy.events import Cause, ErasureRequested, InactivityNear, PersonErased
from chalicelib.vocabulary.clock import PARIS, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.person import Erased, Held, Person
from chalicelib.vocabulary.retention import INACTIVE_MONTHS, NOTICE_MONTHS
from chalicelib.vocabulary.text import Language

State = Literal["under_way", "complete", "settled"]

#: The last task of an erasure: the account of the user pool, and the receipt.
ACCOUNT = "account"

#: How long a task may be owed to the queue before it is put there again: longer than a function lives.
PATIENCE = timedelta(minutes=3)

#: When everything is looked over once more. Longer than a request or an event may be under way, and than a form to send
#: a file lasts (`verification/evidence_files.py`).
LOOKED_OVER_AFTER = timedelta(minutes=20)
ROUNDS = 2

#: The hour (Paris) at which an unused account is looked at.
_HOUR = 9


@dataclass(frozen=True, slots=True)
class Task:
    """What one context has to do, or has done. Counts are those of the runs that ended; `held` of the last one."""

    context: str
    round: int
    due_at: str | None
    removed: int = 0
    redacted: int = 0
    held: tuple[Held, ...] = ()
    done_at: str | None = None

    @property
    def is_done(self) -> bool:
        return self.due_at is None

    def done(self, found: Erased, now: datetime) -> Task:
        return replace(
            self,
            due_at=None,
            removed=self.removed + found.removed,
            redacted=self.redacted + found.redacted,
            held=found.held or self.held,
            done_at=stamp(now),
        )

    def again(self, round_no: int, now: datetime) -> Task:
        return replace(self, round=round_no, due_at=stamp(now + PATIENCE))


@dataclass(frozen=True, slots=True)
class Erasure:
    """One per account, ever. `email` and `names` are forgotten once it is complete. `due_at`: when everything is looked
    over once more."""

    sub: str
    erasure_id: str
    cause: Cause
    state: State
    requested_at: str
    language: Language
    email: str
    names: tuple[str, ...]
    profile_id: str | None
    company_id: str | None
    round: int = 1
    completed_at: str | None = None
    due_at: str | None = None
    version: int = 1

    @property
    def person(self) -> Person:
        return Person(self.sub, self.email, self.profile_id, self.company_id, self.names)

    def completed(self, held: int, now: datetime) -> tuple[Erasure, Fact]:
        after = replace(
            self,
            state="complete",
            email="",
            names=(),
            completed_at=stamp(now),
            due_at=stamp(now + LOOKED_OVER_AFTER),
            version=self.version + 1,
        )
        return after, PersonErased(account_id=self.sub, erasure_id=self.erasure_id, held=held)

    def begun_again(self) -> Erasure:
        return replace(self, round=self.round + 1, due_at=None, version=self.version + 1)

    def settled(self) -> Erasure:
        return replace(self, state="settled", due_at=None, version=self.version + 1)


def request(
    person: Person, erasure_id: str, cause: Cause, language: Language, contexts: tuple[str, ...], now: datetime
) -> tuple[Erasure, tuple[Task, ...], Fact]:
    erasure = Erasure(
        sub=person.sub,
        erasure_id=erasure_id,
        cause=cause,
        state="under_way",
        requested_at=stamp(now),
        language=language,
        email=person.email,
        names=person.names,
        profile_id=person.profile_id,
        company_id=person.company_id,
    )
    tasks = tuple(Task(context, 1, stamp(now + PATIENCE)) for context in (*contexts, ACCOUNT))
    return erasure, tasks, ErasureRequested(account_id=person.sub, erasure_id=erasure_id, cause=cause)


# ---- an account that nobody uses


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands: on which day it was last used, how many months without use its holder was told of, and
    whether it is being deleted."""

    sub: str
    last_active_on: date | None
    told_months: int = 0
    erasure_id: str | None = None

    @property
    def next_step(self) -> tuple[int, datetime] | None:
        """After how many months without use something is to happen next, and when; None where nothing is."""
        if self.last_active_on is None or self.erasure_id is not None:
            return None
        for months in (*NOTICE_MONTHS, INACTIVE_MONTHS):
            if months > self.told_months:
                return months, at_nine(months_after(self.last_active_on, months))
        return None

    def told(self, months: int) -> tuple[Standing, Fact]:
        assert self.last_active_on is not None
        fact = InactivityNear(account_id=self.sub, months=months, last_active_on=self.last_active_on.isoformat())
        return replace(self, told_months=months), fact


def used_on(sub: str, day: date) -> Standing:
    return Standing(sub, day)


def months_after(day: date, months: int) -> date:
    """So many calendar months later; the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, _HOUR, tzinfo=PARIS)
