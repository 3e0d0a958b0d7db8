from __future__ import annotations

from chalicelib.platform.errors import FieldRule
from chalicelib.vocabulary.text import Bilingual

END_BEFORE_BEGINNING = FieldRule(
    "end_before_start", Bilingual("La fin précède le début.", "The end is before the start.")
)
PERIOD_TOO_LONG = FieldRule(
    "period_too_long",
    Bilingual("{days} jours au plus entre le début et la fin.", "At most {days} days from start to end."),
)


class AlreadyDone(Exception):
    """The run exists: the event that asked for it came a second time. Nobody is told: it is no failure."""


class MissingSnapshot(Exception):
    """The object that the pointer names is not there."""


class DamagedSnapshot(Exception):
    """What lies under the pointer's key is not what was put there. The message is a code."""


class Superseded(Exception):
    """Another build put its snapshot in force first."""
