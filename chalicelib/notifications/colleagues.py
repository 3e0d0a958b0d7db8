"""What somebody is written whom a colleague invites to act for their company here, as it is when it is sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColleagueInvitation:
    """`address`: whom it is for; `inviter`: the address of whoever invites them; `company`: its legal name;
    `until` is ISO 8601 UTC."""

    address: str
    inviter: str
    company: str
    until: str
