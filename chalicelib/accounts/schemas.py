from __future__ import annotations

from typing import Literal

from chalicelib.platform.validation import Schema, Shape


class RoleChoice(Schema):
    role: Literal["producer", "freelancer"]


class Me(Shape):
    """The signed-in account. `groups` are those of the token that was sent: refresh it after choosing a role."""

    sub: str
    email: str
    groups: list[str]


class RoleChosen(Shape):
    role: Literal["producer", "freelancer"]
    group: Literal["producers", "freelancers"]
    refresh_token: Literal[True]
