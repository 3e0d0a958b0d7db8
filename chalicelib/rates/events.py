"""What happens to the grid of rates: which version took whose place. No figure is carried."""

from __future__ import annotations

from typing import ClassVar

from chalicelib.vocabulary.facts import Fact


class RatesPublished(Fact):
    """An administrator put another version of the grid in force. `number` counts the versions, `differences` the
    entries that it changes."""

    event_type: ClassVar[str] = "rates.published"
    version_id: str
    number: int
    differences: int
    published_by: str
