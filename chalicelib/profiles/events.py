"""What happens to a profile, by id only: names, texts and titles stay in the person's own items."""

from __future__ import annotations

from typing import ClassVar

from chalicelib.vocabulary.facts import Fact


class ProfileSaved(Fact):
    """Created or changed by its owner (the profile itself or one of its credits)."""

    event_type: ClassVar[str] = "profile.saved"
    profile_id: str
    what: str


class ProfileSubmitted(Fact):
    event_type: ClassVar[str] = "profile.submitted"
    profile_id: str


class ProfileVerificationDecided(Fact):
    event_type: ClassVar[str] = "profile.verification_decided"
    profile_id: str
    decision: str
    decided_by: str


class ProfileWithdrawn(Fact):
    """It is no longer to be verified: its owner took it back, or never answered what was asked."""

    event_type: ClassVar[str] = "profile.withdrawn"
    profile_id: str


class ProfileCreditsChecked(Fact):
    """Facts about its credits were established, or taken away."""

    event_type: ClassVar[str] = "profile.credits_checked"
    profile_id: str


class ProfilePaused(Fact):
    """Its owner takes it out of the proposals for a while."""

    event_type: ClassVar[str] = "profile.paused"
    profile_id: str


class ProfileResumed(Fact):
    """It may be proposed again: its owner says so, or the day has come that they had set."""

    event_type: ClassVar[str] = "profile.resumed"
    profile_id: str


class ProfileErased(Fact):
    """It is gone with its credits, for good: whoever keeps something made from it lets go of it."""

    event_type: ClassVar[str] = "profile.erased"
    profile_id: str
