"""Choosing one's side, once: producer or freelancer. Administrators are added by command only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.accounts.errors import RoleAlreadyChosen
from chalicelib.platform.auth import Actor
from chalicelib.vocabulary.clock import Clock

#: Role → group of the user pool.
GROUPS = {"producer": "producers", "freelancer": "freelancers"}


class RoleStore(Protocol):
    def claim_role(self, sub: str, role: str, now: datetime) -> str:
        """Records the role unless one is recorded; returns the one that stands."""


class Directory(Protocol):
    def add_to_group(self, username: str, group: str) -> None:
        """Adds the account to the group; doing it twice changes nothing."""


class Belongings(Protocol):
    """What an account may have in other contexts."""

    def company(self, sub: str) -> bool: ...
    def profile(self, sub: str) -> bool: ...
    def erasure(self, sub: str) -> bool:
        """Whether its deletion was asked for."""


@dataclass(frozen=True, slots=True)
class Account:
    """`company`, `profile`: whether there is one; `erasure`: whether its deletion was asked for."""

    actor: Actor
    company: bool
    profile: bool
    erasure: bool


class AccountService:
    def __init__(self, store: RoleStore, directory: Directory, belongings: Belongings, clock: Clock) -> None:
        self._store = store
        self._directory = directory
        self._belongings = belongings
        self._clock = clock

    def mine(self, actor: Actor) -> Account:
        """Raises Retryable."""
        return Account(
            actor,
            company=GROUPS["producer"] in actor.groups and self._belongings.company(actor.sub),
            profile=GROUPS["freelancer"] in actor.groups and self._belongings.profile(actor.sub),
            erasure=self._belongings.erasure(actor.sub),
        )

    def choose_role(self, actor: Actor, role: str) -> None:
        """Gives the account its role. Choosing the same again is fine: it finishes what may have been cut short.

        Raises RoleAlreadyChosen when another role stands, or when the account is in another group already
        (an administrator's, or one that was added by command).
        """
        other_side = actor.groups - {GROUPS[role]}
        if other_side or self._store.claim_role(actor.sub, role, self._clock()) != role:
            raise RoleAlreadyChosen
        self._directory.add_to_group(actor.sub, GROUPS[role])
