"""Remarks in the briefs table:

BRIEF#id / REMARK#profile     what the brief's company keeps about a person
PROFILE#id / REMARKED#brief   leads from the person to it, for their export and their erasure
                              both gone two years after the last change (TTL)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from chalicelib.briefs.remarks import Remark
from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import NEW, ConditionFailed, Item, Put, Table
from chalicelib.vocabulary import retention


class RemarkRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def remark(self, brief_id: str, profile_id: str, now: datetime) -> Remark | None:
        item = self._table.get(_brief(brief_id), _remark(profile_id))
        return _read(item) if item is not None and _lasts(item, now) else None

    def remarks(self, brief_id: str, now: datetime) -> list[Remark]:
        """Those that have emptied among them, whose version still counts."""
        found = self._table.query_all(_brief(brief_id), prefix="REMARK#")
        return [_read(item) for item in found if _lasts(item, now)]

    def keep(self, remark: Remark, now: datetime) -> None:
        """In the place of the revision before, for two years from now. Raises Conflict when that is not the one that
        is there."""
        expires_at = int((now + retention.REMARKS).timestamp())
        item = {
            "pk": _brief(remark.brief_id),
            "sk": _remark(remark.profile_id),
            "expires_at": expires_at,
            **remark.model_dump(mode="json"),
        }
        leads = {
            "pk": _person(remark.profile_id),
            "sk": f"REMARKED#{remark.brief_id}",
            "expires_at": expires_at,
        }
        try:
            self._table.write(_in_place(item, remark, now), Put(leads))
        except ConditionFailed:
            raise Conflict from None

    def about(self, profile_id: str, now: datetime) -> Iterator[Remark]:
        """What any company keeps about one person."""
        for brief_id in self._remarked(profile_id):
            remark = self.remark(brief_id, profile_id, now)
            if remark is not None:
                yield remark

    def forget_person(self, profile_id: str) -> int:
        """Nothing is kept about this person any more; what leads to it goes last. Returns how many items went."""
        brief_ids = self._remarked(profile_id)
        gone = self._table.delete_all([(_brief(one), _remark(profile_id)) for one in brief_ids])
        return gone + self._table.delete_all([(_person(profile_id), f"REMARKED#{one}") for one in brief_ids])

    def forget(self, remarks: Iterable[Remark]) -> int:
        """These are gone, and what leads to them. Returns how many items went."""
        keys = [
            key
            for one in remarks
            for key in (
                (_brief(one.brief_id), _remark(one.profile_id)),
                (_person(one.profile_id), f"REMARKED#{one.brief_id}"),
            )
        ]
        return self._table.delete_all(keys)

    def redact(self, remark: Remark) -> None:
        """In the place of the revision before, for as long as that one had. Raises Conflict."""
        before = self._table.get(_brief(remark.brief_id), _remark(remark.profile_id))
        if before is None:
            return
        try:
            self._table.write(
                Put(
                    before | remark.model_dump(mode="json"),
                    condition="revision = :before",
                    values={":before": remark.revision - 1},
                )
            )
        except ConditionFailed:
            raise Conflict from None

    def _remarked(self, profile_id: str) -> list[str]:
        found = self._table.query_all(_person(profile_id), prefix="REMARKED#")
        return [str(item["sk"]).removeprefix("REMARKED#") for item in found]


def _in_place(item: Item, remark: Remark, now: datetime) -> Put:
    """What has run out counts as gone, whether or not the table has deleted it."""
    if remark.revision == 1:
        return Put(item, condition=f"{NEW} OR expires_at <= :now", values={":now": int(now.timestamp())})
    return Put(item, condition="revision = :before", values={":before": remark.revision - 1})


def _read(item: Item) -> Remark:
    return Remark.model_validate({name: item[name] for name in Remark.model_fields})


def _lasts(item: Item, now: datetime) -> bool:
    return int(item["expires_at"]) > now.timestamp()


def _brief(brief_id: str) -> str:
    return f"BRIEF#{brief_id}"


def _person(profile_id: str) -> str:
    return f"PROFILE#{profile_id}"


def _remark(profile_id: str) -> str:
    return f"REMARK#{profile_id}"
