"""What privacy publishes. An account is its id, which leads to nobody once the account is gone."""

from __future__ import annotations

from typing import ClassVar, Literal

from chalicelib.vocabulary.facts import Fact

#: Why an account is deleted: its holder asked, or did not use it for two years.
Cause = Literal["request", "inactivity"]


class ErasureRequested(Fact):
    """From here on nothing is recorded for the account any more."""

    event_type: ClassVar[str] = "privacy.erasure_requested"
    account_id: str
    erasure_id: str
    cause: Cause


class PersonErased(Fact):
    """Every context has let go of them, and the account is gone. `held`: how many things the law keeps."""

    event_type: ClassVar[str] = "privacy.person_erased"
    account_id: str
    erasure_id: str
    held: int


class InactivityNear(Fact):
    """Nobody has used the account for so many months: its holder is to be told before it goes. `last_active_on`: the
    day (Paris) of the last act."""

    event_type: ClassVar[str] = "privacy.inactivity_near"
    account_id: str
    months: int
    last_active_on: str
