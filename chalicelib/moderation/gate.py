"""Asked by the application before every act that a suspended account may not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.platform.auth import Actor
from chalicelib.platform.lazily import lazily

if TYPE_CHECKING:
    from chalicelib.moderation import wiring
else:
    wiring = lazily("chalicelib.moderation.wiring")


def suspended_accounts(actor: Actor) -> None:
    """Lets the actor pass, or raises AccountSuspended; Retryable."""
    wiring.gate().admit(actor)
