"""Versions of the grid. A version never changes: what is published takes the place of the one before, which stays."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict

from chalicelib.rates.events import RatesPublished
from chalicelib.rates.grid import Grid, differences, shipped
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_of


class Version(BaseModel):
    """`number` counts from 1, the version that came with the project, which nobody published. `differences`: how many
    entries it changes of the one before."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    number: int
    grid: Grid
    published_at: str
    published_by: str | None
    reason: str | None
    differences: int

    @property
    def version_id(self) -> str:
        return id_of("rates", str(self.number))

    def replace(self, grid: Grid, reason: str, by: str, now: datetime) -> tuple[Version, Fact] | None:
        """The next version; None when this one says the same already. The grid must be right as a whole."""
        changes = len(differences(self.grid, grid))
        if not changes:
            return None
        version = Version(
            number=self.number + 1,
            grid=grid,
            published_at=stamp(now),
            published_by=by,
            reason=reason,
            differences=changes,
        )
        fact = RatesPublished(
            version_id=version.version_id, number=version.number, differences=changes, published_by=by
        )
        return version, fact


def first_version() -> Version:
    """The grid that comes with the project, in force from the day of its figures."""
    grid = shipped()
    since = datetime(grid.as_of.year, grid.as_of.month, grid.as_of.day, tzinfo=UTC)
    return Version(number=1, grid=grid, published_at=stamp(since), published_by=None, reason=None, differences=0)
