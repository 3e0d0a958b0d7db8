"""What is counted: of each project the first of each kind of thing that happened to it, of each answer that was owed
when it was settled. Ids of projects and keyed digests: nothing leads to a person or a company.

Times are ISO 8601 UTC with milliseconds, which sort as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: What a project goes through, in this order. `published`: online for the first time; `proposed`: its first shortlist
#: with somebody on it; `mutual`: the first time that both a producer and a freelancer want to talk (an invitation
#: followed by interest, an interest that is retained, a reveal or an engagement); `engaged`: both sides confirmed.
Stage = Literal["published", "proposed", "mutual", "engaged"]


@dataclass(frozen=True, slots=True)
class Shown:
    """The seats of a project's first shortlist, and those of juniors among them; None when they were not counted."""

    seats: int
    juniors: int | None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """When a project first reached each stage, None for those it did not (or whose fact has not come yet)."""

    published: str | None = None
    proposed: str | None = None
    mutual: str | None = None
    engaged: str | None = None
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """An answer that was owed to somebody interested, in one publication of a project: when it was given or, if that
    came first, when it was known to be overdue. `late`: it was not given by its date."""

    settled: str
    late: bool
