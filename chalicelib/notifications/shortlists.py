"""What e-mails tell of a project and of whom it is proposed, as each is when they are sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Project:
    """What an e-mail says of a brief, and whom it goes to. Only the code name is ever written."""

    brief_id: str
    company_id: str
    member_sub: str
    publication_no: int
    live: bool
    code_name: str
    role: str
    deadline: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed person as an e-mail shows them; each reason has the keys `fr` and `en`."""

    profile_id: str
    display_name: str
    level: str
    region: str | None
    verified_credits: int
    reasons: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """What a digest tells of a project: the people to meet, and whether they are all of its shortlist."""

    project: Project
    people: list[Proposal]
    whole: bool
