from __future__ import annotations

from typing import Literal

from chalicelib.accounts.service import Account
from chalicelib.platform.validation import Schema, Shape


class RoleChoice(Schema):
    role: Literal["producer", "freelancer"]


class Me(Shape):
    """The signed-in account. `groups` are those of the token that was sent: refresh it after choosing a role.
    `has_company`, `has_profile`, `has_erasure`: whether `GET /companies/mine`, `GET /profiles/mine` and
    `GET /me/erasure` have anything to answer."""

    sub: str
    email: str
    groups: list[str]
    has_company: bool
    has_profile: bool
    has_erasure: bool

    @classmethod
    def of(cls, account: Account) -> Me:
        return cls(
            sub=account.actor.sub,
            email=account.actor.email,
            groups=sorted(account.actor.groups),
            has_company=account.company,
            has_profile=account.profile,
            has_erasure=account.erasure,
        )


class RoleChosen(Shape):
    role: Literal["producer", "freelancer"]
    group: Literal["producers", "freelancers"]
    refresh_token: Literal[True]
