"""Keys of the notifications table:

EMAIL#dedup_key / EMAIL         one e-mail; index by_state: STATE#state / updated_at; index by_message once sent;
                                index due until its state is final: DUE#email / due_at
GATHERING#brief / GATHERING     changes on their way to one e-mail; index due while there are any: DUE#gathering
TOLD#thread / side              which e-mail last told a side of a conversation's messages; gone two days later
USER#sub / PREFERENCES          what an account wants to receive; `address-digest` for a mailbox without an account
USER#sub / SENT#dedup_key       that this e-mail went to the account, or the mailbox; gone with the e-mail's own trace
USER#sub / DAY#date             which e-mails have gone to it at once on that Paris day; gone two days later
ADDRESS#digest / SUPPRESSION    an address that gets nothing; index by_state: SUPPRESSED / since
ADDRESS#digest / SOFT_BOUNCES   the e-mails it has turned back and not taken since; gone a month after the last
ADDRESS#digest / EVENT#ulid     what administrators did about it; gone with what else is known of the address
NOTICE#id / EVENT#ulid          what they did about a note
NOTICE#id / NOTICE              a note to administrators; index by_state: NOTICE#open or NOTICE#done / updated_at
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.notifications.errors import AlreadyPlanned, TakenMeanwhile
from chalicelib.notifications.models import (
    FINAL,
    Channels,
    Email,
    Entry,
    Gathering,
    Notice,
    Preferences,
    Side,
    SoftBounces,
    Suppression,
    Told,
)
from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Item, Put, Table
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.retention import EMAIL_TRACES, SOFT_BOUNCES

#: What has its history here → what its partition begins with.
HISTORIES = {"suppression": ("ADDRESS#",), "notice": ("NOTICE#",)}

#: How long the trace of an e-mail, or of a notice that is done, is kept once nothing happens to it any more.
KEPT = EMAIL_TRACES

#: How long an e-mail that was turned back counts against its address.
SOFT_BOUNCES_KEPT = SOFT_BOUNCES

#: How long it is known what went on a day: longer than the day, whatever the time zone.
DAY_KEPT = timedelta(days=2)

_ATTEMPTS_TO_TAKE_A_PLACE = 5


class NotificationRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def email(self, dedup_key: str) -> Email | None:
        item = self._table.get(f"EMAIL#{dedup_key}", "EMAIL")
        return _email(item) if item else None

    def by_message(self, message_id: str) -> Email | None:
        """The e-mail that the mail service knows by this id. Its index follows the table by a moment."""
        page = self._table.query(message_id, index="by_message", hash_key="ses_message_id", limit=1)
        return self.email(str(page.items[0]["pk"]).removeprefix("EMAIL#")) if page.items else None

    def plan(self, email: Email, before: Gathering | None, after: Gathering) -> None:
        """The e-mail and the gathering that it empties or begins, in one transaction.

        Raises AlreadyPlanned, TakenMeanwhile.
        """
        try:
            self._table.write(Put(_email_item(email), condition=NEW), _gathering_put(before, after))
        except ConditionFailed as refused:
            raise (AlreadyPlanned if 0 in refused.failed else TakenMeanwhile) from None

    def plan_letter(self, email: Email) -> None:
        """An e-mail that no gathering goes with. Raises AlreadyPlanned."""
        try:
            self._table.write(Put(_email_item(email), condition=NEW))
        except ConditionFailed:
            raise AlreadyPlanned from None

    def change(self, before: Email, after: Email) -> None:
        """Raises TakenMeanwhile unless the e-mail is still as it was read."""
        self._write(_email_put(before, after))

    def hand_over(self, before: Email, after: Email, digest_before: Email | None, digest_after: Email) -> None:
        """An e-mail that ends and the digest that tells it instead, in one transaction. Raises TakenMeanwhile."""
        self._write(_email_put(before, after), _email_put(digest_before, digest_after))

    def take_feedback(
        self,
        email: tuple[Email, Email],
        notice: Notice | None = None,
        suppression: tuple[Suppression | None, Suppression] | None = None,
        soft_bounces: tuple[SoftBounces | None, SoftBounces] | None = None,
    ) -> None:
        """What a report changes, in one transaction; of each pair, how it was read and how it is now. The notice is a
        new one. Raises TakenMeanwhile."""
        actions: list[Action] = []
        if email[0] != email[1]:
            actions.append(_email_put(*email))
        if notice is not None:
            actions.append(Put(_notice_item(notice), condition=NEW))
        if suppression is not None and suppression[0] != suppression[1]:
            actions.append(_versioned(_suppression_item(suppression[1]), suppression[0]))
        if soft_bounces is not None:
            actions.append(_versioned(_soft_bounces_item(soft_bounces[1]), soft_bounces[0]))
        if actions:
            self._write(*actions)

    def gathering(self, brief_id: str) -> Gathering | None:
        item = self._table.get(f"GATHERING#{brief_id}", "GATHERING")
        return _gathering(item) if item else None

    def gather(self, before: Gathering, after: Gathering) -> None:
        """Raises TakenMeanwhile."""
        self._write(_gathering_put(before, after))

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
        items, after = self._by_state(f"STATE#{state}", limit, position)
        return [_email(item) for item in items], after

    def preferences(self, sub: str) -> Preferences:
        """The defaults when none were set."""
        item = self._table.get(f"USER#{sub}", "PREFERENCES")
        return _preferences(item) if item else Preferences(sub)

    def save_preferences(self, before: Preferences, after: Preferences) -> Preferences:
        """As saved, with its new version. Raises TakenMeanwhile unless they are still as they were read."""
        after = replace(after, version=before.version + 1)
        item = {
            "pk": f"USER#{after.sub}",
            "sk": "PREFERENCES",
            "sub": after.sub,
            "language": after.language,
            "kinds": {kind: asdict(channels) for kind, channels in after.kinds.items()},
            "version": after.version,
        }
        self._write(_versioned(item, before if before.version else None))
        return after

    def take_place(self, sub: str, day: date, dedup_key: str, ceiling: int, now: datetime) -> bool:
        """Whether the e-mail is among the `ceiling` that may go to this account on that day: it takes a place, once,
        while there is one. Raises TakenMeanwhile when others took places all the while."""
        key = {"pk": f"USER#{sub}", "sk": f"DAY#{day.isoformat()}"}
        for _ in range(_ATTEMPTS_TO_TAKE_A_PLACE):
            item = self._table.get(key["pk"], key["sk"])
            taken: list[str] = item["dedup_keys"] if item else []
            if dedup_key in taken:
                return True
            if len(taken) >= ceiling:
                return False
            expires = int((now.astimezone(UTC) + DAY_KEPT).timestamp())
            place = {**key, "dedup_keys": [*taken, dedup_key], "expires_at": expires}
            condition, values = (NEW, {}) if item is None else ("dedup_keys = :taken", {":taken": taken})
            try:
                self._table.write(Put(place, condition=condition, values=values))
                return True
            except ConditionFailed:
                continue
        raise TakenMeanwhile

    def note_sent(self, sub: str, email: Email, now: datetime) -> None:
        """Keeps that the e-mail goes to this account; again changes nothing."""
        key = {"pk": f"USER#{sub}", "sk": f"SENT#{email.dedup_key}"}
        self._table.write(
            Put(
                {
                    **key,
                    "kind": email.kind,
                    "sent_at": stamp(now),
                    "expires_at": _expires(stamp(now), KEPT),
                }
            )
        )

    def sent_to(self, sub: str) -> list[Item]:
        """`kind`, `sent_at` and `dedup_key` of every e-mail that went to the account."""
        return [
            {"dedup_key": str(item["sk"]).removeprefix("SENT#"), "kind": item["kind"], "sent_at": item["sent_at"]}
            for item in self._table.query_all(f"USER#{sub}", prefix="SENT#")
        ]

    def forget(self, sub: str) -> int:
        """Wishes, what went and when: nothing of the account, or of the mailbox, is known any more."""
        found = self._table.query_all(f"USER#{sub}")
        return self._table.delete_all([(str(item["pk"]), str(item["sk"])) for item in found])

    def forget_address(self, address_id: str, until: datetime) -> tuple[int, str | None]:
        """What an address turned back, and what administrators did about it, is forgotten. That it is to get nothing is
        kept, until then and no longer (TTL): how many items went, and until when that is, where it is so."""
        pk = f"ADDRESS#{address_id}"
        known = [(pk, str(item["sk"])) for item in self._table.query_all(pk) if item["sk"] != "SUPPRESSION"]
        removed = self._table.delete_all(known)
        item = self._table.get(pk, "SUPPRESSION")
        if item is None:
            return removed, None
        if "held_until" in item:
            return removed, str(item["held_until"])
        kept = {name: value for name, value in item.items() if name != "note"}
        held = kept | {"held_until": stamp(until), "expires_at": int(until.timestamp())}
        self._write(
            Put(held, condition="#v = :v", names={"#v": "version"}, values={":v": item["version"]}),
        )
        return removed, stamp(until)

    def told(self, thread_id: str, reader: Side) -> Told | None:
        item = self._table.get(f"TOLD#{thread_id}", reader)
        return Told(**_fields(Told, item)) if item else None

    def tell(self, before: Told | None, after: Told) -> None:
        """Raises TakenMeanwhile."""
        expires = _expires(after.at, DAY_KEPT)
        item = _item(after) | {"pk": f"TOLD#{after.thread_id}", "sk": after.reader, "expires_at": expires}
        self._write(_versioned(item, before))

    def suppression(self, address_id: str) -> Suppression | None:
        item = self._table.get(f"ADDRESS#{address_id}", "SUPPRESSION")
        return Suppression(**_fields(Suppression, item)) if item else None

    def suppress(self, before: Suppression | None, after: Suppression, fact: Fact, now: datetime) -> None:
        """Raises TakenMeanwhile."""
        event = event_item(f"ADDRESS#{after.address_id}", fact, aggregate_version=after.version, now=now)
        self._write(_versioned(_suppression_item(after), before), event)

    def lift(self, suppression: Suppression, fact: Fact, now: datetime) -> None:
        """The address may get e-mails again, and nothing it turned back counts any more. Raises TakenMeanwhile."""
        pk = f"ADDRESS#{suppression.address_id}"
        unchanged = {"condition": "#v = :v", "names": {"#v": "version"}, "values": {":v": suppression.version}}
        event = event_item(pk, fact, aggregate_version=suppression.version, now=now)
        self._write(Delete(pk, "SUPPRESSION", **unchanged), Delete(pk, "SOFT_BOUNCES"), event)  # type: ignore[arg-type]

    def suppressions(self, limit: int, position: Item | None) -> tuple[list[Suppression], Item | None]:
        """Latest first."""
        items, after = self._by_state("SUPPRESSED", limit, position)
        return [Suppression(**_fields(Suppression, item)) for item in items], after

    def soft_bounces(self, address_id: str) -> SoftBounces | None:
        item = self._table.get(f"ADDRESS#{address_id}", "SOFT_BOUNCES")
        return SoftBounces(**_fields(SoftBounces, item) | {"keys": tuple(item["keys"])}) if item else None

    def notice(self, notice_id: str) -> Notice | None:
        item = self._table.get(f"NOTICE#{notice_id}", "NOTICE")
        return Notice(**_fields(Notice, item)) if item else None

    def notices(self, state: str, limit: int, position: Item | None) -> tuple[list[Notice], Item | None]:
        """Latest first."""
        items, after = self._by_state(f"NOTICE#{state}", limit, position)
        return [Notice(**_fields(Notice, item)) for item in items], after

    def change_notice(self, before: Notice, after: Notice, fact: Fact, now: datetime) -> None:
        """Raises TakenMeanwhile."""
        event = event_item(f"NOTICE#{after.notice_id}", fact, aggregate_version=after.version, now=now)
        self._write(_versioned(_notice_item(after), before), event)

    def _write(self, *actions: Action) -> None:
        try:
            self._table.write(*actions)
        except ConditionFailed:
            raise TakenMeanwhile from None

    def _due(self, what: str, now: datetime) -> Iterator[Item]:
        return self._table.query_all(
            f"DUE#{what}", index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)
        )

    def _by_state(self, state: str, limit: int, position: Item | None) -> tuple[list[Item], Item | None]:
        page = self._table.query(
            state, index="by_state", hash_key="state_pk", forward=False, limit=limit, position=position
        )
        return page.items, page.position


def _versioned(item: Item, before: Email | Preferences | Suppression | SoftBounces | Notice | Told | None) -> Put:
    """The item in place of what was read; a new one when nothing was."""
    if before is None:
        return Put(item, condition=NEW)
    return Put(item, condition="#v = :before", names={"#v": "version"}, values={":before": before.version})


def _email_put(before: Email | None, after: Email) -> Put:
    return _versioned(_email_item(after), before)


def _email_item(email: Email) -> Item:
    item = _item(email)
    item |= {"pk": f"EMAIL#{email.dedup_key}", "sk": "EMAIL", "state_pk": f"STATE#{email.state}"}
    item["newcomers"] = list(email.newcomers)
    item["entries"] = [{**asdict(entry), "newcomers": list(entry.newcomers)} for entry in email.entries]
    if email.due_at is not None:
        item["due_pk"] = "DUE#email"
    if email.state in FINAL:
        item["expires_at"] = _expires(email.updated_at, KEPT)
    return item


def _email(item: Item) -> Email:
    entries = tuple(Entry(**{**entry, "newcomers": tuple(entry["newcomers"])}) for entry in item.get("entries", ()))
    return Email(**_fields(Email, item) | {"newcomers": tuple(item["newcomers"]), "entries": entries})


def _gathering_put(before: Gathering | None, after: Gathering) -> Put:
    after = replace(after, version=before.version + 1 if before else 1)
    item = _item(after) | {"pk": f"GATHERING#{after.brief_id}", "sk": "GATHERING", "told": list(after.told)}
    if after.due_at is not None:
        item["due_pk"] = "DUE#gathering"
    if before is None:
        return Put(item, condition=NEW)
    return Put(item, condition="#v = :before", names={"#v": "version"}, values={":before": before.version})


def _gathering(item: Item) -> Gathering:
    fields = {name: item.get(name) for name in Gathering.__slots__}
    return Gathering(**{**fields, "told": tuple(item["told"])})  # type: ignore[arg-type]


def _suppression_item(suppression: Suppression) -> Item:
    """`updated_at` is what the index sorts by."""
    return _item(suppression) | {
        "pk": f"ADDRESS#{suppression.address_id}",
        "sk": "SUPPRESSION",
        "state_pk": "SUPPRESSED",
        "updated_at": suppression.since,
    }


def _soft_bounces_item(bounces: SoftBounces) -> Item:
    return _item(bounces) | {
        "pk": f"ADDRESS#{bounces.address_id}",
        "sk": "SOFT_BOUNCES",
        "keys": list(bounces.keys),
        "expires_at": _expires(bounces.updated_at, SOFT_BOUNCES_KEPT),
    }


def _notice_item(notice: Notice) -> Item:
    item = _item(notice) | {
        "pk": f"NOTICE#{notice.notice_id}",
        "sk": "NOTICE",
        "state_pk": f"NOTICE#{notice.state}",
    }
    if notice.state == "done":
        item["expires_at"] = _expires(notice.updated_at, KEPT)
    return item


def _preferences(item: Item) -> Preferences:
    kinds = {kind: Channels(**channels) for kind, channels in item["kinds"].items()}
    return Preferences(item["sub"], item["language"], kinds, item["version"])


def _item(record: Any) -> Item:
    """Its fields that have a value: an index holds what has the attribute."""
    return {name: value for name, value in asdict(record).items() if value is not None}


def _fields(kind: Any, item: Item) -> dict[str, Any]:
    return {name: item[name] for name in kind.__slots__ if name in item}


def _expires(moment: str, kept: timedelta) -> int:
    return int((datetime.fromisoformat(moment).astimezone(UTC) + kept).timestamp())
