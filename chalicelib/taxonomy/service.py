"""The taxonomy in force, the draft of the next version, what that would change, and its publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, Invalid, PreconditionFailed
from chalicelib.taxonomy.errors import AlreadyInForce, NoDraft, UnknownTaxonomy
from chalicelib.taxonomy.models import Draft, Head, Version
from chalicelib.taxonomy.rules import Change, differences, problems, restored
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.taxonomy import Taxonomy, parse


class TaxonomyStore(Protocol):
    def head(self) -> Head: ...
    def document(self, number: int) -> dict[str, Any] | None: ...
    def history(self) -> list[Version]: ...
    def draft(self) -> Draft | None: ...
    def save_draft(self, before: Head, after: Head, draft: Draft | None, fact: Fact, now: datetime) -> None: ...
    def publish(
        self,
        before: Head,
        after: Head,
        version: Version,
        document: dict[str, Any],
        fact: Fact,
        now: datetime,
        *,
        drops_draft: bool,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class LiveProject:
    """A live project as an administrator may know it here: by its code name."""

    brief_id: str
    code_name: str


class Shortlists(Protocol):
    """What the taxonomy asks of matching, through the live projects."""

    def live_projects(self, most: int) -> Sequence[LiveProject]:
        """So many live projects at most, the most pressing of each role in turn."""

    def seated(self, words: Taxonomy, brief_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Who would sit on the shortlist of each, in order, if it were computed now with these words; nothing is kept.
        A project that is no longer live is left out. Raises Retryable."""


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who stays on a shortlist, at another place (1 is the first)."""

    profile_id: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """The shortlist of one project under the version in force and under the draft: who sits, in order."""

    project: LiveProject
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def entering(self) -> tuple[str, ...]:
        return tuple(one for one in self.after if one not in self.before)

    @property
    def leaving(self) -> tuple[str, ...]:
        return tuple(one for one in self.before if one not in self.after)

    @property
    def moved(self) -> tuple[Move, ...]:
        places = {one: place for place, one in enumerate(self.before, 1)}
        return tuple(
            Move(one, places[one], place)
            for place, one in enumerate(self.after, 1)
            if one in places and places[one] != place
        )


@dataclass(frozen=True, slots=True)
class Preview:
    head: Head
    changes: list[Change]
    effects: list[Effect]


@dataclass(frozen=True, slots=True)
class State:
    """`shown`: the version that was asked for, with its document; `draft`: with what it changes of the version in
    force."""

    head: Head
    shown: Version
    document: dict[str, Any]
    draft: Draft | None
    draft_changes: list[Change]
    history: list[Version]


class TaxonomyService:
    def __init__(self, store: TaxonomyStore, shortlists: Shortlists, clock: Clock) -> None:
        self._store = store
        self._shortlists = shortlists
        self._clock = clock

    def state(self, number: int | None = None) -> State:
        """Everything that administrators see. `number`: the version to show, that in force when none is named.

        Raises UnknownTaxonomy.
        """
        head, history, draft = self._store.head(), self._store.history(), self._store.draft()
        shown = next((one for one in history if one.number == (number or head.number)), None)
        if shown is None:
            raise UnknownTaxonomy
        document = self._document(shown.number)
        in_force = document if shown.number == head.number else self._document(head.number)
        changes = differences(in_force, draft.document) if draft else []
        return State(head, shown, document, draft, changes, history)

    def save_draft(self, actor: Actor, document: dict[str, Any], expected: int | None) -> None:
        """Keeps the draft of the next version, whole; one that says what is in force is no draft. `expected`: the
        revision that it was made from, None for whichever there is.

        Raises Invalid with all that is wrong, PreconditionFailed, Conflict.
        """
        before, now = self._expected(expected), self._clock()
        in_force = self._document(before.number)
        _refuse(document, in_force)
        head, draft, fact = before.save(in_force, document, actor.sub, now)
        try:
            self._store.save_draft(before, head, draft, fact, now)
        except Conflict:
            if expected is not None:
                raise PreconditionFailed from None
            raise

    def preview(self, most: int) -> Preview:
        """What publishing the draft would change: of the words, and of the shortlists of `most` live projects, each
        computed now under both; nothing changes. Raises NoDraft, Invalid, Retryable."""
        head, draft = self._store.head(), self._store.draft()
        if draft is None:
            raise NoDraft
        in_force = self._document(head.number)
        _refuse(draft.document, in_force)
        projects = self._shortlists.live_projects(most)
        ids = [one.brief_id for one in projects]
        # One after the other: what matching keeps of a taxonomy, it makes anew for another one.
        before, after = (
            self._shortlists.seated(parse({**document, "version": version}), ids)
            for document, version in ((in_force, head.version), (draft.document, "draft"))
        )
        effects = [
            Effect(one, before[one.brief_id], after[one.brief_id])
            for one in projects
            if one.brief_id in before and one.brief_id in after
        ]
        return Preview(head, differences(in_force, draft.document), effects)

    def publish(self, actor: Actor, reason: str, again: int | None, expected: int | None) -> None:
        """Puts the draft in force as a new version or, when `again` names an earlier one, what that said: entries that
        came since stay known, and are retired. The draft stays when it is not what was published.

        Raises NoDraft, UnknownTaxonomy, AlreadyInForce, Invalid, PreconditionFailed, Conflict.
        """
        before, now = self._expected(expected), self._clock()
        in_force = self._document(before.number)
        if again is None:
            draft = self._store.draft()
            if draft is None:
                raise NoDraft
            document = draft.document
        else:
            document = restored(self._document(again), in_force)
        _refuse(document, in_force)
        published = before.publish(in_force, document, reason, actor.sub, now, again)
        if published is None:
            raise AlreadyInForce
        head, version, fact = published
        try:
            self._store.publish(before, head, version, document, fact, now, drops_draft=again is None)
        except Conflict:
            if expected is not None:
                raise PreconditionFailed from None
            raise

    def _expected(self, revision: int | None) -> Head:
        head = self._store.head()
        if revision is not None and revision != head.revision:
            raise PreconditionFailed
        return head

    def _document(self, number: int) -> dict[str, Any]:
        document = self._store.document(number)
        if document is None:
            raise UnknownTaxonomy
        return document


def _refuse(document: dict[str, Any], in_force: dict[str, Any]) -> None:
    wrong = problems(document, in_force)
    if wrong:
        raise Invalid(wrong)
