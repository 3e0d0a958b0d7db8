"""Erasing a person: asked for once, carried out by one task a context, in any order, as often as it takes.

The request closes the account and owes every task, in one write. Each task runs the context's own port and is done by a
conditional write; what gets lost between two lines the sweeper finds in an index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Retryable
from chalicelib.platform.telemetry import log
from chalicelib.privacy.errors import AlreadyRequested, NoErasure, TakenMeanwhile
from chalicelib.privacy.events import Cause
from chalicelib.privacy.models import ACCOUNT, ROUNDS, Erasure, Task, request
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.person import Erased, Held, Person, Personal
from chalicelib.vocabulary.text import Language


@dataclass(frozen=True, slots=True)
class Receipt:
    """An erasure with what each context has done so far, in the order of their names."""

    erasure: Erasure
    tasks: tuple[Task, ...]

    @property
    def held(self) -> tuple[Held, ...]:
        return tuple(one for task in self.tasks for one in task.held)


class ErasureStore(Protocol):
    def erasure(self, sub: str) -> Erasure | None: ...
    def tasks(self, sub: str) -> list[Task]: ...
    def task(self, sub: str, context: str) -> Task | None: ...
    def begin(self, erasure: Erasure, tasks: Sequence[Task], fact: Fact, now: datetime) -> None: ...
    def end_task(self, erasure: Erasure, before: Task, after: Task) -> None: ...
    def complete(self, before: Erasure, after: Erasure, task: tuple[Task, Task], fact: Fact, now: datetime) -> None: ...
    def begin_again(self, before: Erasure, after: Erasure, tasks: Sequence[Task]) -> None: ...
    def settle(self, before: Erasure, after: Erasure, task: tuple[Task, Task]) -> None: ...
    def due_tasks(self, now: datetime) -> Iterator[tuple[str, str]]: ...
    def due_erasures(self, now: datetime) -> Iterator[str]: ...


class People(Protocol):
    def person(self, sub: str, email: str) -> Person:
        """The account as every context is asked for it."""


class Accounts(Protocol):
    """The user pool. Both raise Retryable."""

    def close(self, sub: str) -> None:
        """Nobody signs in to the account any more, and no token of it is renewed."""

    def delete(self, sub: str) -> bool:
        """Whether there was an account to delete."""


class Letters(Protocol):
    def receipt(self, address: str, language: Language, receipt: Receipt, completed_at: datetime) -> None:
        """Sends it once. Raises Retryable."""


class Tasks(Protocol):
    """The queue that tasks wait on."""

    def enqueue(self, sub: str, context: str) -> None:
        """Raises Retryable. The same one twice is harmless."""


class ErasureService:
    """`keepers`: context → what it does for one person."""

    def __init__(
        self,
        store: ErasureStore,
        people: People,
        accounts: Accounts,
        keepers: Mapping[str, Personal],
        letters: Letters,
        tasks: Tasks,
        clock: Clock,
    ) -> None:
        self._store = store
        self._people = people
        self._accounts = accounts
        self._keepers = keepers
        self._letters = letters
        self._tasks = tasks
        self._clock = clock

    def ask(self, actor: Actor, language: Language) -> Receipt:
        """The actor's account and everything known of them are to go; asked again, nothing more happens."""
        return self.begin(actor.sub, actor.email, "request", language)

    def begin(self, sub: str, email: str, cause: Cause, language: Language) -> Receipt:
        standing = self._store.erasure(sub)
        if standing is not None:
            return self._receipt(standing)
        now = self._clock()
        person = self._people.person(sub, email.lower())
        erasure, tasks, fact = request(person, new_id(now), cause, language, tuple(self._keepers), now)
        try:
            self._store.begin(erasure, tasks, fact, now)
        except AlreadyRequested:
            return self.receipt(sub)
        log.info("erasure_requested", erasure_id=erasure.erasure_id, cause=cause)
        try:
            self._accounts.close(sub)
            for task in tasks[:-1]:
                self._tasks.enqueue(sub, task.context)
        except Retryable as error:
            # What was asked for is written; the sweeper puts it on the queue, and the last task closes the account.
            log.warning("erasure_left_to_sweeper", erasure_id=erasure.erasure_id, reason=str(error))
        return Receipt(erasure, tuple(sorted(tasks, key=lambda task: task.context)))

    def receipt(self, sub: str) -> Receipt:
        """Raises NoErasure."""
        erasure = self._store.erasure(sub)
        if erasure is None:
            raise NoErasure
        return self._receipt(erasure)

    def run(self, sub: str, context: str) -> None:
        """One task, unless it is done. Raises Retryable; cut short at any line, it is owed still."""
        erasure, task = self._store.erasure(sub), self._store.task(sub, context)
        if erasure is None or task is None or task.is_done or task.round != erasure.round:
            return
        if context == ACCOUNT:
            self._finish(erasure, task)
            return
        keeper = self._keepers.get(context)
        # A context that was taken out since has nothing left to forget.
        found = keeper.erase(erasure.person, self._clock()) if keeper is not None else Erased()
        try:
            self._store.end_task(erasure, task, task.done(found, self._clock()))
        except TakenMeanwhile:
            return
        log.info(
            "erasure_task_done",
            erasure_id=erasure.erasure_id,
            context=context,
            removed=found.removed,
            redacted=found.redacted,
            held=len(found.held),
        )
        if all(one.is_done for one in self._store.tasks(sub) if one.context != ACCOUNT):
            self._tasks.enqueue(sub, ACCOUNT)

    def _finish(self, erasure: Erasure, task: Task) -> None:
        """What comes last, once every context has let go."""
        others = [one for one in self._store.tasks(erasure.sub) if one.context != ACCOUNT]
        if not all(one.is_done for one in others):
            return
        deleted = self._accounts.delete(erasure.sub)
        now = self._clock()
        done = task.done(Erased(removed=int(deleted)), now)
        receipt = Receipt(erasure, tuple(sorted((*others, done), key=lambda one: one.context)))
        with suppress(TakenMeanwhile):
            if erasure.round >= ROUNDS:
                self._store.settle(erasure, erasure.settled(), (task, done))
                return
            if erasure.email:
                self._letters.receipt(erasure.email, erasure.language, receipt, now)
            after, fact = erasure.completed(len(receipt.held), now)
            self._store.complete(erasure, after, (task, done), fact, now)
            log.info("person_erased", erasure_id=erasure.erasure_id, held=len(receipt.held))

    # ---- the clockwork

    def overdue(self) -> list[tuple[str, str]]:
        """(account, context) of the tasks that nobody took up, or that were cut short."""
        return list(self._store.due_tasks(self._clock()))

    def requeue(self, owed: tuple[str, str]) -> None:
        """Raises Retryable."""
        self._tasks.enqueue(*owed)
        log.warning("erasure_task_overdue", context=owed[1])

    def to_look_over(self) -> list[str]:
        """Accounts whose erasure is to be looked over once more."""
        return list(self._store.due_erasures(self._clock()))

    def look_over(self, sub: str) -> None:
        """Owes every task once more. Raises Retryable."""
        before, now = self._store.erasure(sub), self._clock()
        if before is None or before.due_at is None:
            return
        after = before.begun_again()
        tasks = [task.again(after.round, now) for task in self._store.tasks(sub)]
        try:
            self._store.begin_again(before, after, tasks)
        except TakenMeanwhile:
            return
        for task in tasks:
            if task.context != ACCOUNT:
                self._tasks.enqueue(sub, task.context)

    def _receipt(self, erasure: Erasure) -> Receipt:
        return Receipt(erasure, tuple(self._store.tasks(erasure.sub)))
