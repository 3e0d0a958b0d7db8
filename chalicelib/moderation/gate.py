"""What every signed-in request passes, but on the routes that are open to suspended accounts: a new route is closed to
them until it says otherwise (`while_suspended`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.platform.auth import Actor
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import Operation

if TYPE_CHECKING:
    from chalicelib.moderation import wiring
else:
    wiring = lazily("chalicelib.moderation.wiring")


def suspended_accounts(actor: Actor, operation: Operation) -> None:
    """Raises AccountSuspended, Retryable."""
    if operation.is_gated:
        wiring.gate().admit(actor)
