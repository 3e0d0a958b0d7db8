"""What e-mails tell of an account that is about to go, and of one that is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chalicelib.notifications.casework import Recipient
from chalicelib.vocabulary.text import Bilingual


@dataclass(frozen=True, slots=True)
class IdleAccount:
    """An account that nobody uses, as it is when it is written to: since when, and when it goes."""

    recipient: Recipient | None
    last_active_on: date
    deleted_on: date


@dataclass(frozen=True, slots=True)
class Step:
    """What was done in one context."""

    context: str
    removed: int
    redacted: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What is held, until when, and why."""

    label: Bilingual
    source: Bilingual
    until: date


@dataclass(frozen=True, slots=True)
class Farewell:
    """The receipt of an erasure: an id, dates and counts."""

    erasure_id: str
    by_inactivity: bool
    requested_on: date
    completed_on: date
    steps: tuple[Step, ...]
    kept: tuple[Kept, ...]
    backups_days: int
