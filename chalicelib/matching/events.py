"""What matching found. Opaque ids and counts: the reasons stay in this context's table."""

from __future__ import annotations

from typing import ClassVar, Literal

from chalicelib.vocabulary.facts import Fact

#: Why a shortlist was computed again.
Cause = Literal["published", "revised", "profile", "overdue", "resumed", "vocabulary"]


class ShortlistComputed(Fact):
    """The shortlist of a brief was computed, or computed again. `changed` tells whether other people sit on it,
    `reordered` whether those who stayed stand in another order among themselves. Of its `seats`, `juniors` are those of
    juniors; -1 in facts from before they were counted."""

    event_type: ClassVar[str] = "matching.shortlist_computed"
    brief_id: str
    brief_version: int
    publication_no: int
    shortlist_version: int
    cause: Cause
    seats: int
    changed: bool
    reordered: bool = False
    juniors: int = -1


class ProjectFits(Fact):
    """A live project fits these people by its card alone, and none of them had been named before: they are to hear of
    it. `cause`: its publication, or a change of the one profile that is named."""

    event_type: ClassVar[str] = "matching.project_fits"
    brief_id: str
    publication_no: int
    cause: Cause
    profile_ids: tuple[str, ...]
