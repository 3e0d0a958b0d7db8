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
