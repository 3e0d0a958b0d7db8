"""Keys of the notifications table:

EMAIL#dedup_key / EMAIL      one e-mail; index by_state: STATE#state / updated_at; index by_message once sent;
                             index due until its state is final: DUE#email / due_at
GATHERING#brief / GATHERING  changes on their way to one e-mail; index due while there are any: DUE#gathering
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.notifications.errors import AlreadyPlanned, TakenMeanwhile
from chalicelib.notifications.models import FINAL, Email, Gathering
from chalicelib.platform.table import NEW, ConditionFailed, Item, Put, Table
from chalicelib.vocabulary.clock import stamp

#: How long the trace of an e-mail is kept once nothing happens to it any more.
KEPT = timedelta(days=400)


class NotificationRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def email(self, dedup_key: str) -> Email | None:
        item = self._table.get(f"EMAIL#{dedup_key}", "EMAIL")
        return _email(item) if item else None

    def plan(self, email: Email, before: Gathering | None, after: Gathering) -> None:
        """The e-mail and the gathering that it empties or begins, in one transaction.

        Raises AlreadyPlanned, TakenMeanwhile.
        """
        try:
            self._table.write(Put(_email_item(email), condition=NEW), _gathering_put(before, after))
        except ConditionFailed as refused:
            raise (AlreadyPlanned if 0 in refused.failed else TakenMeanwhile) from None

    def change(self, before: Email, after: Email) -> None:
        """Raises TakenMeanwhile unless the e-mail is still as it was read."""
        unchanged = Put(
            _email_item(after),
            condition="#s = :s AND updated_at = :u AND attempts = :a",
            names={"#s": "state"},
            values={":s": before.state, ":u": before.updated_at, ":a": before.attempts},
        )
        try:
            self._table.write(unchanged)
        except ConditionFailed:
            raise TakenMeanwhile from None

    def gathering(self, brief_id: str) -> Gathering | None:
        item = self._table.get(f"GATHERING#{brief_id}", "GATHERING")
        return _gathering(item) if item else None

    def gather(self, before: Gathering, after: Gathering) -> None:
        """Raises TakenMeanwhile."""
        try:
            self._table.write(_gathering_put(before, after))
        except ConditionFailed:
            raise TakenMeanwhile from None

    def due_emails(self, now: datetime) -> Iterator[str]:
        """Dedup keys of e-mails that should have gone by now."""
        for item in self._due("email", now):
            yield str(item["dedup_key"])

    def due_gatherings(self, now: datetime) -> Iterator[str]:
        """Brief ids whose gathered changes may be told now."""
        for item in self._due("gathering", now):
            yield str(item["brief_id"])

    def in_state(self, state: str, limit: int, position: Item | None) -> tuple[list[Email], Item | None]:
        """Last changed first."""
        page = self._table.query(
            f"STATE#{state}",
            index="by_state",
            hash_key="state_pk",
            forward=False,
            limit=limit,
            position=position,
        )
        return [_email(item) for item in page.items], page.position

    def _due(self, what: str, now: datetime) -> Iterator[Item]:
        return self._table.query_all(
            f"DUE#{what}", index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)
        )


def _email_item(email: Email) -> Item:
    item: dict[str, Any] = {
        "pk": f"EMAIL#{email.dedup_key}",
        "sk": "EMAIL",
        "state_pk": f"STATE#{email.state}",
        **{name: value for name, value in asdict(email).items() if value is not None},
    }
    item["newcomers"] = list(email.newcomers)
    if email.due_at is not None:
        item["due_pk"] = "DUE#email"
    if email.state in FINAL:
        updated = datetime.fromisoformat(email.updated_at)
        item["expires_at"] = int((updated.astimezone(UTC) + KEPT).timestamp())
    return item


def _email(item: Item) -> Email:
    fields = {name: item.get(name) for name in Email.__slots__}
    return Email(**{**fields, "newcomers": tuple(item["newcomers"])})  # type: ignore[arg-type]


def _gathering_put(before: Gathering | None, after: Gathering) -> Put:
    after = replace(after, version=before.version + 1 if before else 1)
    item: dict[str, Any] = {
        "pk": f"GATHERING#{after.brief_id}",
        "sk": "GATHERING",
        **{name: value for name, value in asdict(after).items() if value is not None},
    }
    item["told"] = list(after.told)
    if after.due_at is not None:
        item["due_pk"] = "DUE#gathering"
    if before is None:
        return Put(item, condition=NEW)
    return Put(item, condition="#v = :before", names={"#v": "version"}, values={":before": before.version})


def _gathering(item: Item) -> Gathering:
    fields = {name: item.get(name) for name in Gathering.__slots__}
    return Gathering(**{**fields, "told": tuple(item["told"])})  # type: ignore[arg-type]
