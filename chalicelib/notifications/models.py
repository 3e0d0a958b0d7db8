"""An e-mail and the gathering of changes. Neither holds an address or a name: both are looked up when it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.vocabulary.clock import stamp

Kind = Literal["shortlist", "shortlist_changes"]
State = Literal["planned", "sending", "sent", "refused", "cancelled", "given_up"]

#: Nothing happens any more to an e-mail in one of these.
FINAL: tuple[State, ...] = ("sent", "refused", "cancelled", "given_up")

#: A claim older than this belongs to a function that died: functions live 30 seconds.
CLAIM_LASTS = timedelta(minutes=5)

#: When a planned e-mail that nobody took up is put on the queue again.
PATIENCE = timedelta(minutes=3)

#: Attempts after which a failure that should have passed is left to an administrator. Each wait is twice the one
#: before, up to the longest: ten attempts span some five hours, longer than most outages.
ATTEMPTS = 10
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Email:
    """`dedup_key` says what the e-mail is about and is its identity: there is one e-mail per key, ever."""

    dedup_key: str
    kind: Kind
    brief_id: str
    publication_no: int
    state: State
    attempts: int
    created_at: str
    updated_at: str
    #: When the sweeper looks at it again; None once its state is final.
    due_at: str | None
    #: Profile ids that are news in an e-mail of changes.
    newcomers: tuple[str, ...] = ()
    error_code: str | None = None
    ses_message_id: str | None = None


def plan(
    dedup_key: str,
    kind: Kind,
    brief_id: str,
    publication_no: int,
    now: datetime,
    newcomers: tuple[str, ...] = (),
) -> Email:
    moment = stamp(now)
    return Email(
        dedup_key=dedup_key,
        kind=kind,
        brief_id=brief_id,
        publication_no=publication_no,
        state="planned",
        attempts=0,
        created_at=moment,
        updated_at=moment,
        due_at=stamp(now + PATIENCE),
        newcomers=newcomers,
    )


def may_be_claimed(email: Email, now: datetime) -> bool:
    """A planned e-mail, or one whose claimer must be dead."""
    if email.state == "planned":
        return True
    return email.state == "sending" and email.updated_at < stamp(now - CLAIM_LASTS)


def claimed(email: Email, now: datetime) -> Email:
    return replace(
        email,
        state="sending",
        attempts=email.attempts + 1,
        updated_at=stamp(now),
        due_at=stamp(now + CLAIM_LASTS + timedelta(seconds=1)),
    )


def released(email: Email, error_code: str, now: datetime) -> Email:
    """Back to planned after a failure that passes; given up once there were too many."""
    if email.attempts >= ATTEMPTS:
        return ended(email, "given_up", now, error_code=error_code)
    wait = min(PATIENCE * 2 ** (email.attempts - 1), LONGEST_WAIT)
    return replace(email, state="planned", updated_at=stamp(now), due_at=stamp(now + wait), error_code=error_code)


def ended(
    email: Email,
    state: State,
    now: datetime,
    *,
    error_code: str | None = None,
    ses_message_id: str | None = None,
) -> Email:
    return replace(
        email,
        state=state,
        updated_at=stamp(now),
        due_at=None,
        error_code=error_code,
        ses_message_id=ses_message_id,
    )


@dataclass(frozen=True, slots=True)
class Gathering:
    """Changes of one brief's shortlist on their way to one e-mail. `told`: the profile ids that the last e-mail
    showed, `last_key` its dedup key; `shortlist_version`: up to where the shortlist was looked at for news; `due_at`:
    when the next may go, None while there is nothing to say."""

    brief_id: str
    publication_no: int
    shortlist_version: int
    told: tuple[str, ...]
    last_email_at: str
    last_key: str
    due_at: str | None
    version: int
