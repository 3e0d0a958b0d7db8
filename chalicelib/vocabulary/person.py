"""One person, as every context that keeps anything about somebody is asked for them: to say it, and to forget it.

Each such context has a `personal.py` with one class that keeps `Personal`; `composition/for_privacy.py` binds them all
by the context's name, and `privacy` asks each in a task of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

#: Why something outlives an erasure: the keys of `retention.HOLDS`, which has the source and the period of each.
Ground = Literal["alarm_open", "report_open", "sanction_in_force", "publisher_of_offers", "mail_refused"]


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever asks. `email`: the address they sign in with, in small letters; empty when it is known no more, as when
    an erasure is looked over once more after its end. `profile_id`: the freelancer's profile, `company_id`: the company
    that the account acts for, each as it was when the request was made, whether or not it is still there. `names`: what
    they were called then, to be found in what others wrote; none when it is known no more."""

    sub: str
    email: str
    profile_id: str | None
    company_id: str | None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept although everything was to go. `kind` says what it is, `id` which one; `until`: when it goes by
    itself (ISO 8601 UTC)."""

    kind: str
    id: str
    until: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure found to do. `removed`: items and objects that are gone; `redacted`: those that stay for others,
    without anything of the person. A second run finds less, and the same that is held."""

    removed: int = 0
    redacted: int = 0
    held: tuple[Held, ...] = ()


class Personal(Protocol):
    """What a context does for one person. Both raise Retryable for what passes by itself."""

    def export(self, person: Person, now: datetime, /) -> dict[str, list[dict[str, Any]]]:
        """Everything that the context keeps about them and that they may read, as JSON: what it is → each of them.
        Nothing of anybody else that they could not read on a screen, and before a reveal nothing that tells who a
        company is."""

    def erase(self, person: Person, now: datetime, /) -> Erased:
        """Takes away everything that is theirs and redacts what others share with them. Run again, in any order among
        the contexts, cut short at any line: it ends in the same state. What comes later about the person finds nobody
        to be about. Nothing is written that holds a value of theirs."""
