"""What freelancers ask of their own visibility, and the note that is taken when a company is given somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Invalid, NotFound, Retryable
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
from chalicelib.visibility.errors import NAMES_NOBODY, TooManyBlocks
from chalicelib.visibility.events import CompanyBlocked, CompanyUnblocked
from chalicelib.visibility.models import BLOCK_LIMIT, Block, Shown, Sight, View
from chalicelib.vocabulary.clock import Clock, paris_day
from chalicelib.vocabulary.facts import Fact

PAGE = 50

#: How often a note is taken that another one, taken at the same moment, kept out.
_TRIES = 3

#: How many notes a process remembers, so that reading the same again costs nothing.
_REMEMBERED = 20_000


class VisibilityStore(Protocol):
    def note(self, sights: Sequence[Sight], shown: Shown, day: date) -> None: ...
    def views(
        self, profile_id: str, today: date, limit: int, position: Item | None
    ) -> tuple[list[View], Item | None]: ...
    def blocks(self, profile_id: str) -> list[Block]: ...
    def block(self, block: Block, fact: Fact, now: datetime) -> None: ...
    def unblock(self, block: Block, fact: Fact, now: datetime) -> None: ...
    def keeping_away(self, marks: Iterable[str]) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Told:
    """A project as one freelancer may be told of it now. `code_name` None once it is gone; `readable`: whether they may
    read it; `company`: its legal name, after the reveal and never before."""

    code_name: str | None
    readable: bool
    company: str | None


@dataclass(frozen=True, slots=True)
class Opposite:
    """Who is opposite in a conversation: the project it is about, and the company, of which the freelancer is told
    nothing by it."""

    brief_id: str
    company_id: str


class People(Protocol):
    """What visibility asks of profiles."""

    def profile_of(self, sub: str) -> str | None:
        """The profile of an account."""


class Projects(Protocol):
    """What visibility asks of briefs, conversations and companies."""

    def told(self, sub: str, profile_id: str, brief_ids: Iterable[str]) -> dict[str, Told]: ...
    def opposite(self, sub: str, thread_id: str) -> Opposite | None:
        """None for a conversation that is not this freelancer's."""


class ViewLog:
    """Notes who was given to whom. It never fails and never waits for anything but one write: what it could not note is
    lost, and the reading that it was about is not."""

    def __init__(self, store: VisibilityStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._noted: set[tuple[date, Sight, Shown]] = set()

    def note(self, sights: Iterable[Sight], shown: Shown) -> None:
        """What the project's company is given of these people, or was in an e-mail, today."""
        day = paris_day(self._clock())
        new = [one for one in dict.fromkeys(sights) if (day, one, shown) not in self._noted]
        if not new:
            return
        try:
            self._write(new, shown, day)
        except Exception as error:  # whatever it is: nobody's reading may fail for it
            log.failure("view_not_noted", error, shown=shown, views=len(new))
            return
        if len(self._noted) > _REMEMBERED:
            self._noted.clear()
        self._noted.update((day, one, shown) for one in new)

    def _write(self, sights: Sequence[Sight], shown: Shown, day: date) -> None:
        for attempt in range(_TRIES):
            try:
                self._store.note(sights, shown, day)
                return
            except Retryable:
                if attempt == _TRIES - 1:
                    raise


class VisibilityService:
    def __init__(self, store: VisibilityStore, people: People, projects: Projects, clock: Clock) -> None:
        self._store = store
        self._people = people
        self._projects = projects
        self._clock = clock

    def views(self, actor: Actor, position: Item | None) -> tuple[list[tuple[View, Told]], Item | None]:
        """Who was given the actor's profile, the latest first, each as the actor may be told of it now. Raises NotFound
        while the account has no profile, WrongCursor."""
        profile_id = self._mine(actor)
        views, position = self._store.views(profile_id, paris_day(self._clock()), PAGE, position)
        told = self._projects.told(actor.sub, profile_id, {one.brief_id for one in views})
        return [(one, told[one.brief_id]) for one in views], position

    def blocks(self, actor: Actor) -> list[tuple[Block, Told | None]]:
        """The latest first; those by a conversation with what may be told of its project. Raises NotFound."""
        profile_id = self._mine(actor)
        blocks = self._store.blocks(profile_id)
        told = self._projects.told(actor.sub, profile_id, {one.brief_id for one in blocks if one.brief_id is not None})
        return [(one, told[one.brief_id] if one.brief_id is not None else None) for one in blocks]

    def block_name(self, actor: Actor, name: str) -> tuple[Block, Told | None]:
        """Whether there is such a company is neither looked up nor told. Raises NotFound, Invalid, TooManyBlocks."""
        block = Block.by_name(self._mine(actor), name, self._clock())
        if block is None:
            raise Invalid([NAMES_NOBODY.broken_at("/name")])
        return self._block(block), None

    def block_siren(self, actor: Actor, siren: str) -> tuple[Block, Told | None]:
        """As `block_name`."""
        return self._block(Block.by_siren(self._mine(actor), siren, self._clock())), None

    def block_opposite(self, actor: Actor, thread_id: str) -> tuple[Block, Told | None]:
        """Whoever is behind the project of a conversation of the actor's. Raises NotFound, TooManyBlocks."""
        profile_id = self._mine(actor)
        opposite = self._projects.opposite(actor.sub, thread_id)
        if opposite is None:
            raise NotFound
        block = Block.by_conversation(profile_id, thread_id, opposite.brief_id, opposite.company_id, self._clock())
        told = self._projects.told(actor.sub, profile_id, [opposite.brief_id])
        return self._block(block), told[opposite.brief_id]

    def unblock(self, actor: Actor, block_id: str) -> None:
        """Raises NotFound for a block that is not the actor's, or was lifted already."""
        block = next((one for one in self._store.blocks(self._mine(actor)) if one.block_id == block_id), None)
        if block is None:
            raise NotFound
        fact = CompanyUnblocked(profile_id=block.profile_id, block_id=block_id)
        self._store.unblock(block, fact, self._clock())

    def _block(self, block: Block) -> Block:
        standing = self._store.blocks(block.profile_id)
        for one in standing:
            if one.block_id == block.block_id:
                return one
        if len(standing) >= BLOCK_LIMIT:
            raise TooManyBlocks(limit=BLOCK_LIMIT)
        fact = CompanyBlocked(profile_id=block.profile_id, block_id=block.block_id)
        self._store.block(block, fact, self._clock())
        return block

    def _mine(self, actor: Actor) -> str:
        profile_id = self._people.profile_of(actor.sub)
        if profile_id is None:
            raise NotFound
        return profile_id
