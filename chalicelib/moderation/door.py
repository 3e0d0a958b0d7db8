"""Asked before every act of somebody who is signed in: a suspended account acts nowhere but where a route says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.platform.auth import Actor
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import Operation

if TYPE_CHECKING:
    from chalicelib.moderation import wiring
else:
    wiring = lazily("chalicelib.moderation.wiring")


def door(actor: Actor, operation: Operation) -> None:
    """Raises AccountSuspended, Retryable. A route that stays open costs no reading."""
    if operation.is_gated:
        wiring.gate().admit(actor)
