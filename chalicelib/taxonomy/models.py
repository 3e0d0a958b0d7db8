"""Versions of the taxonomy, and the draft of the next. A version never changes: what is published takes the place of
the one before, which stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.taxonomy.events import TaxonomyDraftSaved, TaxonomyPublished
from chalicelib.taxonomy.rules import differences
from chalicelib.vocabulary.clock import paris_day, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_of
from chalicelib.vocabulary.taxonomy import shipped

#: There is one draft, whoever works on it.
DRAFT_ID = id_of("taxonomy", "draft")


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """`number` counts from 1, the version that came with the project, which nobody published. `version` is what logs of
    rankings call it. `differences`: how many things it changes of the one before; `again`: which earlier version it
    says again, if it does."""

    number: int
    version: str
    published_at: str | None = None
    published_by: str | None = None
    reason: str | None = None
    differences: int = 0
    again: int | None = None

    @property
    def version_id(self) -> str:
        return id_of("taxonomy", str(self.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to become the next version. `made_from`: the version that was in force when it was saved."""

    document: dict[str, Any]
    saved_at: str
    saved_by: str
    made_from: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Which version is in force. `revision` grows by one whenever a draft is saved or a version published."""

    number: int
    version: str
    revision: int

    def save(
        self, in_force: dict[str, Any], document: dict[str, Any], by: str, now: datetime
    ) -> tuple[Head, Draft | None, Fact]:
        """The draft in the place of the one before; None when it says what is in force. Both whole, and right."""
        changes = len(differences(in_force, document))
        head = Head(number=self.number, version=self.version, revision=self.revision + 1)
        draft = Draft(document=document, saved_at=stamp(now), saved_by=by, made_from=self.number) if changes else None
        fact = TaxonomyDraftSaved(draft_id=DRAFT_ID, revision=head.revision, differences=changes, saved_by=by)
        return head, draft, fact

    def publish(
        self,
        in_force: dict[str, Any],
        document: dict[str, Any],
        reason: str,
        by: str,
        now: datetime,
        again: int | None = None,
    ) -> tuple[Head, Version, Fact] | None:
        """The next version; None when the one in force says the same. Both documents whole, and right."""
        changes = len(differences(in_force, document))
        if not changes:
            return None
        number = self.number + 1
        version = Version(
            number=number,
            version=f"{paris_day(now).isoformat()}.{number}",
            published_at=stamp(now),
            published_by=by,
            reason=reason,
            differences=changes,
            again=again,
        )
        fact = TaxonomyPublished(
            version_id=version.version_id, number=number, differences=changes, again=again or 0, published_by=by
        )
        return Head(number=number, version=version.version, revision=self.revision + 1), version, fact


def first_version() -> Version:
    """The one that comes with the project."""
    return Version(number=1, version=shipped().version)


def first_head() -> Head:
    """What is in force while nobody has saved or published anything."""
    return Head(number=1, version=shipped().version, revision=1)
