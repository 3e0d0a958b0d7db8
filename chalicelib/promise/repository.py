"""Keys of the promise table:

BRIEF#id / FACTS          when a project first reached each stage; index counted once it was published:
                          PROJECTS / counted_at, its publication
ANSWER#digest / FACTS     an answer that was owed, and when it was settled; index counted: ANSWERS / counted_at. The
                          digest is keyed, of the conversation and its round: nothing in it leads to who they are
"""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.platform.table import ConditionFailed, Item, Table, Update
from chalicelib.promise.models import AnswerFacts, ProjectFacts, Shown, Stage

_FACTS, _PROJECTS, _ANSWERS = "FACTS", "PROJECTS", "ANSWERS"


class PromiseRepository:
    """The earliest fact of each kind wins, whenever it comes and however often; of two in the same millisecond, that of
    the smaller event id, so that it is the same one in any order."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def reached(self, brief_id: str, stage: Stage, moment: str, event_id: str, *, shown: Shown | None = None) -> None:
        names = {"#stage": stage, "#order": f"{stage}_order"}
        values: Item = {":moment": moment, ":order": f"{moment}#{event_id}"}
        sets = ["#stage = :moment", "#order = :order"]
        if shown is not None:
            sets += ["seats = :seats", "juniors = :juniors"]
            values |= {":seats": shown.seats, ":juniors": shown.juniors}
        if stage == "published":
            sets += ["counted_pk = :counted", "counted_at = :moment"]
            values[":counted"] = _PROJECTS
        self._if_earlier(f"BRIEF#{brief_id}", sets, names, values)

    def settled(self, digest: str, moment: str, event_id: str, *, late: bool) -> None:
        pk = f"ANSWER#{digest}"
        if late:
            # Before it is counted: whoever dies in between comes back, and late it stays whatever else is told.
            self._table.write(Update(pk, _FACTS, "SET late = :late", values={":late": True}))
        names = {"#order": "settled_order"}
        values: Item = {":moment": moment, ":order": f"{moment}#{event_id}", ":counted": _ANSWERS}
        sets = ["settled = :moment", "#order = :order", "counted_pk = :counted", "counted_at = :moment"]
        self._if_earlier(pk, sets, names, values)

    def projects(self) -> Iterator[ProjectFacts]:
        """Every project that was ever published, in no particular order."""
        for item in self._counted(_PROJECTS):
            shown = Shown(int(item["seats"]), _whole(item.get("juniors"))) if "seats" in item else None
            yield ProjectFacts(
                published=item["published"],
                proposed=item.get("proposed"),
                mutual=item.get("mutual"),
                engaged=item.get("engaged"),
                shown=shown,
            )

    def answers(self) -> Iterator[AnswerFacts]:
        """Every answer that was settled, in no particular order."""
        for item in self._counted(_ANSWERS):
            yield AnswerFacts(item["settled"], bool(item.get("late")))

    def _counted(self, what: str) -> Iterator[Item]:
        return self._table.query_all(what, index="counted", hash_key="counted_pk", range_key="counted_at")

    def _if_earlier(self, pk: str, sets: list[str], names: dict[str, str], values: Item) -> None:
        condition = "attribute_not_exists(#order) OR #order > :order"
        expression = f"SET {', '.join(sets)}"
        try:
            self._table.write(Update(pk, _FACTS, expression, condition=condition, names=names, values=values))
        except ConditionFailed:
            return


def _whole(value: int | None) -> int | None:
    return None if value is None else int(value)
