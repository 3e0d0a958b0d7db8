"""Blocks and views in memory, and the service among its fakes, at a time that a test sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import Item
from chalicelib.visibility.models import SHOWN, Block, Shown, Sight, View
from chalicelib.visibility.service import Opposite, Told, ViewLog, VisibilityService
from chalicelib.vocabulary import retention
from chalicelib.vocabulary.facts import Fact

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
INES = Actor("sub-ines", frozenset({"freelancers"}), "ines@courriel.test")
MINE = "profile-ines"


class FakeVisibilityStore:
    """`busy`: how many of the next notes find another one at the same place."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.busy = 0
        self.notes = 0
        self._views: dict[tuple[str, date, str], set[Shown]] = {}
        self._blocks: dict[tuple[str, str], Block] = {}

    def note(self, sights: Sequence[Sight], shown: Shown, day: date) -> None:
        self.notes += 1
        if self.busy:
            self.busy -= 1
            raise Retryable("transaction_conflict")
        for one in sights:
            self._views.setdefault((one.profile_id, day, one.brief_id), set()).add(shown)

    def views(self, profile_id: str, today: date, limit: int, position: Item | None) -> tuple[list[View], Item | None]:
        keys = sorted(
            (key for key in self._views if key[0] == profile_id and key[1] >= today - retention.VIEWS), reverse=True
        )
        start = int(position["after"]) if position else 0
        page = [
            View(day, brief_id, tuple(one for one in SHOWN if one in self._views[profile_id, day, brief_id]))
            for _, day, brief_id in keys[start : start + limit]
        ]
        return page, {"after": str(start + limit)} if len(page) == limit else None

    def blocks(self, profile_id: str) -> list[Block]:
        found = [block for (owner, _), block in self._blocks.items() if owner == profile_id]
        return sorted(found, key=lambda one: one.blocked_at, reverse=True)

    def block(self, block: Block, fact: Fact, now: datetime) -> None:
        if (block.profile_id, block.block_id) not in self._blocks:
            self._blocks[block.profile_id, block.block_id] = block
            self.facts.append(fact)

    def unblock(self, block: Block, fact: Fact, now: datetime) -> None:
        if self._blocks.pop((block.profile_id, block.block_id), None) is not None:
            self.facts.append(fact)

    def keeping_away(self, marks: Iterable[str]) -> frozenset[str]:
        wanted = set(marks)
        return frozenset(block.profile_id for block in self._blocks.values() if block.mark in wanted)

    def forget(self, profile_id: str) -> int:
        blocks = [key for key in self._blocks if key[0] == profile_id]
        views = [key for key in self._views if key[0] == profile_id]
        for key in blocks:
            del self._blocks[key]
        for seen in views:
            del self._views[seen]
        return 2 * len(blocks) + len(views)


class Lodge:
    """`revealed`: the projects of which Inès knows who is behind them; every one is of the same company."""

    def __init__(self) -> None:
        self.now = NOW
        self.store = FakeVisibilityStore()
        self.revealed: set[str] = set()
        self.service = VisibilityService(self.store, self, self, lambda: self.now)
        self.log = ViewLog(self.store, lambda: self.now)

    def profile_of(self, sub: str) -> str | None:
        return {"sub-ines": MINE, "sub-noe": "profile-noe"}.get(sub)

    def told(self, sub: str, profile_id: str, brief_ids: Iterable[str]) -> dict[str, Told]:
        return {
            one: Told(f"Projet {one}", True, "Falaise Rouge Films" if one in self.revealed else None)
            for one in brief_ids
        }

    def opposite(self, sub: str, thread_id: str) -> Opposite | None:
        known = {"thread-1": Opposite("brief-1", "company-1"), "thread-2": Opposite("brief-2", "company-1")}
        return known.get(thread_id) if sub == "sub-ines" else None
