"""What happens to a company, by id only: its name, number and domain never leave this context's table."""

from __future__ import annotations

from typing import ClassVar

from chalicelib.vocabulary.facts import Fact


class CompanyRegistered(Fact):
    event_type: ClassVar[str] = "company.registered"
    company_id: str
    member_sub: str


class CompanyRevised(Fact):
    """Its description changed; `verification_lost` when what had been verified is what changed."""

    event_type: ClassVar[str] = "company.revised"
    company_id: str
    verification_lost: bool


class CompanyVerificationDecided(Fact):
    event_type: ClassVar[str] = "company.verification_decided"
    company_id: str
    decision: str
    decided_by: str


class MemberInvited(Fact):
    event_type: ClassVar[str] = "company.member_invited"
    company_id: str
    #: Empty in what was published before invitations had a number.
    invitation_id: str = ""
    invited_by: str


class MemberJoined(Fact):
    event_type: ClassVar[str] = "company.member_joined"
    company_id: str
    member_sub: str


class CompanySuspended(Fact):
    """It, or everybody who acts for it, is suspended: its projects are shown to nobody."""

    event_type: ClassVar[str] = "company.suspended"
    company_id: str


class CompanyRestored(Fact):
    """It is no longer."""

    event_type: ClassVar[str] = "company.restored"
    company_id: str
