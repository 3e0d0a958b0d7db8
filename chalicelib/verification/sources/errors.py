"""How asking a source fails."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.platform.errors import Retryable


class TryLater(Retryable):
    """It passes by itself: too many requests, an outage, an answer that did not come in time. The message is a code;
    `after`: how long the source (or our own restraint) asks us to wait, None when nobody said."""

    def __init__(self, code: str, after: timedelta | None = None) -> None:
        super().__init__(code)
        self.after = after


class NoTurn(TryLater):
    """Our own pace left no time to ask: no failure of the source."""


class Unreachable(Exception):
    """No connection could be made: there is no network, or nobody listens. Nothing was asked. The message is a code."""


class Refused(Exception):
    """The source turned the request down, and would again. The message is a code."""


class Garbled(Exception):
    """What came is not an answer of this source: another type of content, truncated, too large, of another shape. The
    message is a code."""


class CircuitTaken(Exception):
    """Somebody else changed the circuit since it was read: theirs stands."""
