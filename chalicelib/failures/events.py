"""What administrators do about records that could not be used, for the audit: nobody else reads it, so nothing delivers
it."""

from __future__ import annotations

from typing import ClassVar

from chalicelib.vocabulary.facts import Fact


class ReplayAsked(Fact):
    """It is to be handed to its consumer again."""

    event_type: ClassVar[str] = "failure.replay_asked"
    failure_id: str
    request_id: str


class FailureDismissed(Fact):
    """It is closed without that; why is kept with it."""

    event_type: ClassVar[str] = "failure.dismissed"
    failure_id: str
