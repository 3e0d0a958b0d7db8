"""What every signed-in request passes: see `inactivity.Threshold`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.platform.auth import Actor
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import Operation

if TYPE_CHECKING:
    from chalicelib.privacy import wiring
else:
    wiring = lazily("chalicelib.privacy.wiring")

#: What stays open to an account that is being deleted, beside reading: to ask for it once more, and be told how it
#: goes.
_STILL_OPEN = {("DELETE", "/me")}


def door(actor: Actor, operation: Operation) -> None:
    """Raises AccountClosed, Retryable."""
    asked = (operation.method, operation.path)
    wiring.threshold().cross(actor.sub, changes=operation.method != "GET" and asked not in _STILL_OPEN)
