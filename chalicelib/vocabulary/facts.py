"""What happened, told in the past tense: the base of every event that a context publishes.

A fact names parties by opaque id and carries no identity: no company, no person, no confidential title
(a test forbids the fields). `schema_version` grows when a reader of the old shape would misread the new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """Base of the frozen events in each context's `events.py`."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    event_type: ClassVar[str]
    schema_version: ClassVar[int] = 1

    @property
    def aggregate_id(self) -> str:
        """The id of the thing it happened to. By convention the first field of the event."""
        return str(getattr(self, next(iter(type(self).model_fields))))


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact as it is kept. `aggregate_id`: what it happened to; `actor`: the account that did it, None for whoever has
    none and for what runs by itself; `occurred_at` is ISO 8601 UTC."""

    event_id: str
    event_type: str
    occurred_at: str
    aggregate_id: str
    actor: str | None
    payload: dict[str, Any]


#: What may be wrong with a chain of facts: one is gone, was changed, has the place of another, is not where it belongs,
#: came in without a link; those from before the chain are no longer the same; or its end is not the one that was noted.
Trouble = Literal["missing", "changed", "doubled", "out_of_place", "unchained", "beginning", "head"]


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of a chain: how many there are, its digest, and how many facts are older than the chain."""

    position: int
    digest: str
    older: int


@dataclass(frozen=True, slots=True)
class Finding:
    """`position`: the link it is about, None when it has none. `event_id`: the fact, None when it is gone."""

    trouble: Trouble
    position: int | None
    event_id: str | None


@dataclass(frozen=True, slots=True)
class Chained:
    """A chain of facts read back: how many `links` were found, how many facts are `older`, from before there was one.
    Sound when there are no findings."""

    pk: str
    links: int
    older: int
    head: Head | None
    findings: tuple[Finding, ...]
