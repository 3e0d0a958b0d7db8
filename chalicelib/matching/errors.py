from __future__ import annotations


class AlreadyDone(Exception):
    """The run exists: the event that asked for it came a second time. Nobody is told: it is no failure."""
