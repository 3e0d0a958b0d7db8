"""What a company keeps to itself about the people of a project: a note, and that somebody was set aside.

Nothing follows from it. No fact is published, nobody is written to, and matching has no way to ask for it, so that no
rank and no count can change (`docs/decisions/0036-what-a-company-notes-about-people.md`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

from chalicelib.briefs.models import Brief
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, NotFound, PreconditionFailed, PreconditionRequired, Retryable
from chalicelib.vocabulary.clock import Clock, stamp

#: Why somebody was set aside, as far as it is said: about the work and the conditions, and never in free words.
Reason = Literal["unstated", "works", "level", "dates", "rate", "known", "other"]

#: How often a change is made again because a colleague made another one meanwhile.
_TRIES = 4


class Dismissal(BaseModel):
    """`by`: the account that did it; None once it is gone."""

    model_config = ConfigDict(frozen=True)

    reason: Reason
    dismissed_at: str
    by: str | None


class Remark(BaseModel):
    """What a project's company keeps about one person. `version` counts the changes of the note, `revision` every
    change. An empty note is none; who wrote the last one is `author`, None once their account is gone."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    brief_id: str
    profile_id: str
    revision: int = 0
    version: int = 0
    note: str = ""
    noted_at: str | None = None
    author: str | None = None
    dismissal: Dismissal | None = None

    @property
    def is_empty(self) -> bool:
        return not self.note and self.dismissal is None

    def noted(self, text: str, by: str, now: datetime) -> Remark:
        change = {"note": text, "version": self.version + 1, "noted_at": stamp(now), "author": by}
        return self._changed(change if text else change | {"noted_at": None, "author": None})

    def dismissed(self, reason: Reason, by: str, now: datetime) -> Remark:
        return self._changed({"dismissal": Dismissal(reason=reason, dismissed_at=stamp(now), by=by)})

    def restored(self) -> Remark:
        return self._changed({"dismissal": None})

    def is_by(self, sub: str) -> bool:
        return sub == self.author or (self.dismissal is not None and sub == self.dismissal.by)

    def without(self, sub: str) -> Remark:
        """The same as a word of the company, whoever of it said it."""
        return self._changed(
            {
                "author": None if self.author == sub else self.author,
                "dismissal": self.dismissal
                and self.dismissal.model_copy(update={"by": None if self.dismissal.by == sub else self.dismissal.by}),
            }
        )

    def _changed(self, change: dict[str, object]) -> Remark:
        return self.model_copy(update={**change, "revision": self.revision + 1})


class Briefs(Protocol):
    def read(self, actor: Actor, brief_id: str) -> Brief:
        """A brief of the actor's company. Raises NotFound."""


class People(Protocol):
    """What is asked about the people of a project."""

    def are_known(self, brief_id: str, profile_id: str) -> bool:
        """Whether a person is there who was proposed for the project, or is in touch with it as far as its company
        can see."""


class Store(Protocol):
    def remark(self, brief_id: str, profile_id: str, now: datetime) -> Remark | None: ...
    def remarks(self, brief_id: str, now: datetime) -> list[Remark]: ...
    def keep(self, remark: Remark, now: datetime) -> None:
        """In the place of the revision before. Raises Conflict."""


class RemarkService:
    def __init__(self, store: Store, briefs: Briefs, people: People, clock: Clock) -> None:
        self._store = store
        self._briefs = briefs
        self._people = people
        self._clock = clock

    def of_brief(self, actor: Actor, brief_id: str) -> list[Remark]:
        """Every note and dismissal of a project of the actor's company. Raises NotFound."""
        self._briefs.read(actor, brief_id)
        return [one for one in self._store.remarks(brief_id, self._clock()) if not one.is_empty]

    def note(
        self, actor: Actor, brief_id: str, profile_id: str, text: str, expected: int | None, *, conditional: bool
    ) -> Remark:
        """Writes the company's note about somebody in the place of the one before; an empty text takes it away.
        `expected`: the version that was read; `conditional`: the caller says which one, or that any will do.

        Raises NotFound, PreconditionRequired, PreconditionFailed, Retryable.
        """
        self._look_at(actor, brief_id, profile_id)
        for _ in range(_TRIES):
            now = self._clock()
            before = self._present(brief_id, profile_id, now)
            if before.note and not conditional:
                raise PreconditionRequired
            if expected is not None and expected != before.version:
                raise PreconditionFailed
            if text == before.note:
                return before
            after = before.noted(text, actor.sub, now)
            if self._kept(after, now):
                return after
        raise Retryable("remark_changing")

    def dismiss(self, actor: Actor, brief_id: str, profile_id: str, reason: Reason) -> Remark:
        """Sets somebody aside, or gives another reason for it. Raises NotFound, Retryable."""
        self._look_at(actor, brief_id, profile_id)
        for _ in range(_TRIES):
            now = self._clock()
            before = self._present(brief_id, profile_id, now)
            if before.dismissal is not None and before.dismissal.reason == reason:
                return before
            after = before.dismissed(reason, actor.sub, now)
            if self._kept(after, now):
                return after
        raise Retryable("remark_changing")

    def restore(self, actor: Actor, brief_id: str, profile_id: str) -> Remark:
        """Takes a dismissal back; without one nothing changes. Raises NotFound, Retryable."""
        self._look_at(actor, brief_id, profile_id)
        for _ in range(_TRIES):
            now = self._clock()
            before = self._present(brief_id, profile_id, now)
            if before.dismissal is None:
                return before
            after = before.restored()
            if self._kept(after, now):
                return after
        raise Retryable("remark_changing")

    def _look_at(self, actor: Actor, brief_id: str, profile_id: str) -> None:
        self._briefs.read(actor, brief_id)
        if not self._people.are_known(brief_id, profile_id):
            raise NotFound

    def _present(self, brief_id: str, profile_id: str, now: datetime) -> Remark:
        return self._store.remark(brief_id, profile_id, now) or Remark(brief_id=brief_id, profile_id=profile_id)

    def _kept(self, remark: Remark, now: datetime) -> bool:
        try:
            self._store.keep(remark, now)
        except Conflict:
            return False
        return True
