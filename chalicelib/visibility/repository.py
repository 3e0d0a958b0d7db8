"""Keys of the visibility table:

PROFILE#id / VIEW#day#brief       whoever is behind a project was given this person on a day: what of them (`shown_…`);
                                  gone twelve months later (TTL)
PROFILE#id / BLOCK#id             a company that this person keeps away, as they named it
PROFILE#id / EVENT#ulid           what happened to their blocks
MARK / profile#BLOCK#id           the same block from the company's side: the mark is its id (COMPANY#id), its SIREN
                                  (SIREN#number) or what the spellings of its name share (NAME#key)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, ConditionFailed, Delete, Item, Put, Table, Update
from chalicelib.visibility.models import SHOWN, Block, Shown, Sight, View
from chalicelib.vocabulary import retention
from chalicelib.vocabulary.facts import Fact

#: What has its history here → what its partition begins with.
HISTORIES = {"profile": ("PROFILE#",)}

#: Views that are written at once; DynamoDB takes a hundred.
_TOGETHER = 50


class VisibilityRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    # ---- views

    def note(self, sights: Sequence[Sight], shown: Shown, day: date) -> None:
        """That these people were given on this day; noted already, it changes nothing. Raises Retryable."""
        unlike = list(dict.fromkeys(sights))
        for start in range(0, len(unlike), _TOGETHER):
            self._table.write(*(_noted(one, shown, day) for one in unlike[start : start + _TOGETHER]))

    def views(self, profile_id: str, today: date, limit: int, position: Item | None) -> tuple[list[View], Item | None]:
        """Of the last twelve months, the latest first, whether or not older ones are gone yet."""
        page = self._table.query(
            _pk(profile_id),
            since=f"VIEW#{(today - retention.VIEWS).isoformat()}",
            up_to="VIEW#~",
            forward=False,
            limit=limit,
            position=position,
        )
        return [_view(item) for item in page.items], page.position

    # ---- blocks

    def blocks(self, profile_id: str) -> list[Block]:
        """The latest first."""
        found = [Block.model_validate(item) for item in self._table.query_all(_pk(profile_id), prefix="BLOCK#")]
        return sorted(found, key=lambda one: one.blocked_at, reverse=True)

    def block(self, block: Block, fact: Fact, now: datetime) -> None:
        """Under its id; there already, it changes nothing."""
        try:
            self._table.write(
                Put({"pk": _pk(block.profile_id), "sk": _sk(block), **block.model_dump(mode="json")}, condition=NEW),
                Put({"pk": block.mark, "sk": f"{block.profile_id}#{_sk(block)}", "profile_id": block.profile_id}),
                event_item(_pk(block.profile_id), fact, aggregate_version=1, now=now),
            )
        except ConditionFailed:
            return

    def unblock(self, block: Block, fact: Fact, now: datetime) -> None:
        """Gone already, it changes nothing."""
        try:
            self._table.write(
                Delete(_pk(block.profile_id), _sk(block), condition="attribute_exists(pk)"),
                Delete(block.mark, f"{block.profile_id}#{_sk(block)}"),
                event_item(_pk(block.profile_id), fact, aggregate_version=2, now=now),
            )
        except ConditionFailed:
            return

    def keeping_away(self, marks: Iterable[str]) -> frozenset[str]:
        """The profiles whose owners keep a company with one of these marks away."""
        return frozenset(str(item["profile_id"]) for mark in marks for item in self._table.query_all(mark))

    # ---- one person

    def forget(self, profile_id: str) -> int:
        """Takes away everything about them but what happened, which says nothing of any company; how many items."""
        removed = 0
        for block in self.blocks(profile_id):
            self._table.write(
                Delete(block.mark, f"{profile_id}#{_sk(block)}"),
                Delete(_pk(profile_id), _sk(block)),
            )
            removed += 2
        for item in self._table.query_all(_pk(profile_id), prefix="VIEW#"):
            self._table.write(Delete(_pk(profile_id), str(item["sk"])))
            removed += 1
        return removed


def _pk(profile_id: str) -> str:
    return f"PROFILE#{profile_id}"


def _sk(block: Block) -> str:
    return f"BLOCK#{block.block_id}"


def _noted(sight: Sight, shown: Shown, day: date) -> Update:
    gone = datetime.combine(day + retention.VIEWS + timedelta(days=1), time(), UTC)
    return Update(
        _pk(sight.profile_id),
        f"VIEW#{day.isoformat()}#{sight.brief_id}",
        "SET brief_id = :brief, #day = :day, expires_at = :gone, #shown = :yes",
        names={"#day": "day", "#shown": f"shown_{shown}"},
        values={
            ":brief": sight.brief_id,
            ":day": day.isoformat(),
            ":gone": int(gone.timestamp()),
            ":yes": True,
        },
    )


def _view(item: Item) -> View:
    return View(
        day=date.fromisoformat(item["day"]),
        brief_id=item["brief_id"],
        shown=tuple(one for one in SHOWN if item.get(f"shown_{one}")),
    )
