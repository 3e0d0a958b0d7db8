from __future__ import annotations


class AlreadyDone(Exception):
    """The run exists: the event that asked for it came a second time. Nobody is told: it is no failure."""


class MissingSnapshot(Exception):
    """The object that the pointer names is not there."""


class DamagedSnapshot(Exception):
    """What lies under the pointer's key is not what was put there. The message is a code."""


class Superseded(Exception):
    """Another build put its snapshot in force first."""
