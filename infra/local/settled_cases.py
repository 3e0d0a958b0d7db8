"""Verification from the opening of a case to an administrator's decision, in one process and one transaction.

The services, the steps and the repository are the product's own, and so is every rule that they keep; there is no
source to ask, and what they would write one after the other is gathered and written at once. For whoever needs many
people verified before the story begins: the demo's population, and tests. Nothing of it is within reach of a request.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal

from chalicelib.access import ADMINS
from chalicelib.companies import wiring as companies
from chalicelib.composition import for_verification
from chalicelib.platform.auth import Actor
from chalicelib.platform.chain import HEAD
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Action, Delete, Item, Put, Table
from chalicelib.profiles import wiring as profiles
from chalicelib.verification.events import CaseDecided, CaseOpened
from chalicelib.verification.models import Case, Verdict
from chalicelib.verification.repository import VerificationRepository
from chalicelib.verification.service import VerificationService
from chalicelib.verification.steps.contract import Means
from chalicelib.verification.steps.credit import Evidence
from chalicelib.verification.subjects import Claim, CompanyClaim, CreditClaim, Kind, ProfileClaim, Subject
from chalicelib.verification.tasks import VerificationTasks
from chalicelib.vocabulary import clock
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.text import Language

#: What is told of such a case: its beginning and its end. The rest is over within the same second, and relaying it for
#: eighty people would keep what happens next on the local product waiting for a minute.
_TOLD = (CaseOpened.event_type, CaseDecided.event_type)

#: What a case is decided with, once its checks have ended.
Judge = Callable[[Case], Verdict]


def settle(
    owner: Actor, kind: Literal["profile", "company"], reviewer: str, judge: Judge, language: Language = "fr"
) -> str:
    """Has the owner's profile or company verified by that administrator, and gives the id of its case. The verdict must
    be one that a single administrator may give. Raises what the service raises, and ConditionFailed when somebody else
    had a hand in it, as by an open case."""
    gathered, subjects, now = _Gathered(settings().verification_table), _Known(), _Ticking()
    kept, queue = VerificationRepository(gathered), _Queue()
    service = VerificationService(kept, subjects, now)
    nothing = _Nothing()
    means = Means(
        sources=nothing,
        registry=nothing,
        evidence_files=nothing,
        attestations=nothing,
        prints=kept,
        claims=subjects,
        alarms=kept,
        known_facts=kept,
    )
    tasks = VerificationTasks(kept, subjects, means, queue, lambda work: work(), lambda _: timedelta(), now)
    case_id = new_id(now())
    service.open(owner, kind, case_id, language)
    service.submit(owner, case_id)
    tasks.dispatch(case_id)
    for task in queue:
        tasks.run(*task)
    administrator = Actor(reviewer, ADMINS.groups or frozenset(), "")
    taken = service.claim(administrator, case_id)
    assert taken.lease is not None
    decided = service.decide(administrator, case_id, taken.lease.token, judge(taken))
    if decided.pending_decision is not None:
        raise ValueError("this verdict needs a second administrator")
    gathered.write_all()
    following = profiles if kind == "profile" else companies
    following.service().follow_case(case_id)
    return case_id


class _Gathered(Table):
    """A table whose writes are read back from here until `write_all`, which then makes them all under the conditions
    that the first of each item was written on. What lay in the table is read once: nobody else changes it meanwhile."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._written: dict[tuple[str, str], tuple[Put | Delete, Put | Delete]] = {}
        self._lay_there = cache(lambda partition, prefix: list(Table(name).query_all(partition, prefix=prefix)))

    def write(self, *actions: Action) -> None:
        untold = [action for action in actions if isinstance(action, Put) and _is_untold(action)]
        for action in actions:
            assert isinstance(action, Put | Delete)
            # The chain goes on from the last fact that is told.
            if action in untold or (untold and _key(action)[1] == HEAD):
                continue
            key = _key(action)
            first, _ = self._written.get(key, (action, action))
            self._written[key] = (first, action)

    def write_all(self) -> None:
        made = [
            replace(last, condition=first.condition, names=first.names, values=first.values)
            for first, last in self._written.values()
        ]
        super().write(*made)
        self._written.clear()

    def get(self, pk: str, sk: str) -> Item | None:
        if (pk, sk) in self._written:
            return _item(self._written[pk, sk][1])
        return super().get(pk, sk)

    def query_all(self, partition: str, **arguments: Any) -> Iterator[Item]:
        prefix = arguments.pop("prefix")
        assert not arguments, "read by key alone"
        found = {_key(Put(item)): item for item in self._lay_there(partition, prefix)}
        for (pk, sk), (_, last) in self._written.items():
            if pk == partition and sk.startswith(prefix):
                found.pop((pk, sk), None)
                if (item := _item(last)) is not None:
                    found[pk, sk] = item
        yield from (found[key] for key in sorted(found))


def _is_untold(action: Put) -> bool:
    return action.item.get("event_type", _TOLD[0]) not in _TOLD


def _key(action: Put | Delete) -> tuple[str, str]:
    return (str(action.item["pk"]), str(action.item["sk"])) if isinstance(action, Put) else (action.pk, action.sk)


def _item(action: Put | Delete) -> Item | None:
    return action.item if isinstance(action, Put) else None


class _Queue:
    """Tasks, the first put there first."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[str, str, int]] = deque()

    def enqueue(self, case_id: str, step: str, attempt: int, delay: timedelta) -> None:  # noqa: ARG002 (no hurry here)
        self._waiting.append((case_id, step, attempt))

    def __iter__(self) -> Iterator[tuple[str, str, int]]:
        while self._waiting:
            yield self._waiting.popleft()


class _Known:
    """What is claimed, asked once: nobody changes it meanwhile."""

    def __init__(self) -> None:
        asked = for_verification.subjects()
        self._claim, self._parties, self._owned_by = cache(asked.claim), cache(asked.parties), cache(asked.owned_by)

    def claim(self, subject: Subject) -> Claim | None:
        return self._claim(subject)

    def parties(self, subject: Subject) -> frozenset[str]:
        return self._parties(subject)

    def owned_by(self, sub: str, kind: Kind) -> str | None:
        return self._owned_by(sub, kind)

    def pressing(self, _: Subject) -> bool:
        """It is settled before any clock could press."""
        return False


class _Nothing:
    """No source, no file, no attestation."""

    def check_credit(self, _: CreditClaim, /, **__: bool) -> Sequence[Evidence]:
        return ()

    def look_up(self, _: CompanyClaim, /) -> Sequence[Evidence]:
        return ()

    def of_case(self, *_: str | ProfileClaim) -> Sequence[Any]:
        return ()


class _Ticking:
    """The product's clock, a millisecond later each time at least: what happened keeps its order."""

    def __init__(self) -> None:
        self._last = clock.utc_now() - timedelta(milliseconds=1)

    def __call__(self) -> datetime:
        self._last = max(clock.utc_now(), self._last + timedelta(milliseconds=1))
        return self._last
