"""Keys of the briefs table:

BRIEF#id / BRIEF        the brief; index by_company: COMPANY#id / updated_at;
                        index live, only while it is: LIVE#role / deadline
BRIEF#id / EVENT#ulid   what happened
BRIEF#id / ACCEPTED#sub which confidentiality terms an account last accepted for this project, and when; the facts have
                        those before
BRIEF#id / OWED#matching  the current live version waits for its matching
BRIEF#id / OWED#expiry    the brief is to be marked expired after its deadline
BRIEF#id / OWED#reminder  its company is to be reminded of its deadline
BRIEF#id / OWED#resumption  it is to be online again once its company may publish
                        all on index due: DUE#shard / due_at, removed when done
BRIEF#id / VOCABULARY   the version of the taxonomy for which its matching was last asked for again
VOCABULARY / FOLLOWED   the version for which that of every live brief was
BRIEF#id / REMINDED#publication_no#which#days_left
                        that reminder was sent: it is not sent again
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from chalicelib.briefs.calendar import Reminder, next_reminder, reminders
from chalicelib.briefs.events import BriefConfidentialityAccepted
from chalicelib.briefs.models import DATED, Acceptance, Brief, Content, Publication
from chalicelib.platform.errors import Conflict, WrongCursor
from chalicelib.platform.outbox import EVENT_PREFIX, event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Item, Put, Table
from chalicelib.vocabulary.clock import PARIS, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import is_id

#: What has its history here → what its partition begins with.
HISTORIES = {"brief": ("BRIEF#",)}

#: Partitions of the due index: enough that no tick reads one that is hot.
DUE_SHARDS = 4

_FOLLOWED = ("VOCABULARY", "FOLLOWED")

#: How long a live version may wait for its matching before the sweeper asks again.
MATCHING_PATIENCE = timedelta(minutes=2)

#: How often it is looked whether the company of a brief that is to come back may publish again.
RESUMPTION_EVERY = timedelta(minutes=10)


class BriefRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, brief_id: str) -> Brief | None:
        item = self._table.get(_pk(brief_id), "BRIEF")
        return _brief(item) if item else None

    def create(self, brief: Brief, fact: Fact, now: datetime) -> None:
        """Raises Conflict when there is a brief of this id."""
        try:
            self._table.write(Put(_item(brief), condition=NEW), self._event(brief, fact, now))
        except ConditionFailed:
            raise Conflict from None

    def save(self, brief: Brief, fact: Fact, now: datetime) -> None:
        """The brief, what happened and what is owed from now on, in one transaction.

        Raises Conflict when someone else changed it since it was read.
        """
        reminder_due = None
        if brief.state == "live" and brief.published_at != brief.updated_at:
            # A change may come between a reminder's hour and the tick that sends it.
            owed = self._table.get(_pk(brief.brief_id), "OWED#reminder")
            reminder_due = str(owed["due_at"]) if owed else None
        unchanged = Put(
            _item(brief),
            condition="#v = :before",
            names={"#v": "version"},
            values={":before": brief.version - 1},
        )
        try:
            self._table.write(unchanged, self._event(brief, fact, now), *_owed(brief, now, reminder_due))
        except ConditionFailed:
            raise Conflict from None

    def of_company(self, company_id: str, limit: int, position: Item | None) -> tuple[list[Brief], Item | None]:
        """The company's briefs, last changed first."""
        page = self._table.query(
            f"COMPANY#{company_id}",
            index="by_company",
            hash_key="company_pk",
            forward=False,
            limit=limit,
            position=position,
        )
        return [_brief(item) for item in page.items], page.position

    def live(self, role: str, limit: int, after: str | None) -> tuple[list[Brief], str | None]:
        """Live briefs that want this role, most pressing first, and the id of the last one when there are more.

        Freelancers page through them, so the position is an id and not the index's key, which has the deadline in
        it. Some may have passed their deadline: see `state_on`. Raises WrongCursor for an `after` that never was.
        """
        position = self._live_position(role, after) if after is not None else None
        page = self._table.query(f"LIVE#{role}", index="live", hash_key="live_pk", limit=limit, position=position)
        briefs = [_brief(item) for item in page.items]
        return briefs, briefs[-1].brief_id if page.position and briefs else None

    def _live_position(self, role: str, brief_id: str) -> Item:
        brief = self.get(brief_id) if is_id(brief_id) else None
        if brief is None or brief.published_at is None or brief.content.deadline is None:
            raise WrongCursor
        return {
            "pk": _pk(brief_id),
            "sk": "BRIEF",
            "live_pk": f"LIVE#{role}",
            "deadline": brief.content.deadline.isoformat(),
        }

    def publications(self, brief_id: str) -> list[Publication]:
        """Each time that it went online, from the facts that say so, the first one first."""
        found = self._table.query_all(_pk(brief_id), prefix=EVENT_PREFIX, where={"event_type": "brief.published"})
        return [
            Publication(int(item["payload"]["publication_no"]), str(item["occurred_at"]), item.get("actor_sub"))
            for item in found
        ]

    def due(self, now: datetime) -> Iterator[tuple[str, str]]:
        """(brief id, what is owed: `matching`, `expiry`, `reminder` or `resumption`) for everything whose time has
        come."""
        for shard in range(DUE_SHARDS):
            for item in self._table.query_all(
                f"DUE#{shard}", index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)
            ):
                yield str(item["pk"]).removeprefix("BRIEF#"), str(item["sk"]).removeprefix("OWED#")

    def matched(self, brief_id: str, version: int) -> None:
        """Matching of that version is done: nothing is owed any more, unless a later version waits."""
        debt = Delete(
            _pk(brief_id),
            "OWED#matching",
            condition="attribute_not_exists(pk) OR brief_version <= :version",
            values={":version": version},
        )
        try:
            self._table.write(debt)
        except ConditionFailed:
            return  # a later version waits for its own

    def forgive(self, brief_id: str, what: str, now: datetime) -> None:
        """Removes an obligation that no longer means anything; one that is not due yet is another one and stays."""
        debt = Delete(
            _pk(brief_id),
            f"OWED#{what}",
            condition="attribute_not_exists(pk) OR due_at <= :now",
            values={":now": stamp(now)},
        )
        try:
            self._table.write(debt)
        except ConditionFailed:
            return  # the brief was published again since it was read

    def remind(self, brief: Brief, reminder: Reminder | None, now: datetime) -> None:
        """Publishes the reminder, unless it was in this publication, and owes the next one.

        Done by somebody else meanwhile, or due no longer because the brief was changed: nothing happens.
        """
        condition, values = (
            "brief_version = :version AND due_at <= :now",
            {":version": brief.version, ":now": stamp(now)},
        )
        actions: list[Action] = [Delete(_pk(brief.brief_id), "OWED#reminder", condition=condition, values=values)]
        if following := next_reminder(brief.content.dates, now):
            actions = [replace(_debt(brief, "reminder", following.at), condition=condition, values=values)]
        if reminder is not None:
            sent = _reminded(brief, reminder)
            if self._table.get(sent["pk"], sent["sk"]) is None:
                actions += [Put(sent, condition=NEW), self._event(brief, brief.remind(reminder), now)]
        with suppress(ConditionFailed):
            self._table.write(*actions)

    def ask_for_matching_again(self, brief: Brief, fact: Fact, now: datetime) -> None:
        """Publishes the request and puts the obligation off, so that one request is made per delay."""
        self._table.write(self._event(brief, fact, now), _matching_owed(brief, now))

    def owe_resumption(self, brief: Brief, now: datetime) -> None:
        """It is to come back online; whatever else happens to it first takes the place of that. Raises Conflict when
        somebody changed the brief since it was read."""
        unchanged = Put(
            _item(brief), condition="#v = :version", names={"#v": "version"}, values={":version": brief.version}
        )
        try:
            self._table.write(unchanged, _debt(brief, "resumption", now + RESUMPTION_EVERY))
        except ConditionFailed:
            raise Conflict from None

    def owes_resumption(self, brief_id: str) -> bool:
        return self._table.get(_pk(brief_id), "OWED#resumption") is not None

    def vocabulary_followed(self) -> int:
        """The version of the taxonomy for which every live brief's matching was asked for; 1 before any was."""
        item = self._table.get(*_FOLLOWED)
        return int(item["number"]) if item else 1

    def vocabulary_is_followed(self, number: int) -> None:
        """A later version that was followed meanwhile stays."""
        with suppress(ConditionFailed):
            self._table.write(_up_to(*_FOLLOWED, number))

    def following(self, brief_ids: Sequence[str], number: int) -> set[str]:
        """Those of these briefs whose matching was asked for again for this version of the taxonomy, or a later one."""
        items = self._table.get_many([(_pk(brief_id), "VOCABULARY") for brief_id in brief_ids])
        return {str(item["pk"]).removeprefix("BRIEF#") for item in items if item["number"] >= number}

    def follow_vocabulary(self, brief: Brief, number: int, fact: Fact, now: datetime) -> None:
        """Asks for a live brief's matching again, and owes it; done before for this version, nothing happens."""
        with suppress(ConditionFailed):
            self._table.write(
                _up_to(_pk(brief.brief_id), "VOCABULARY", number),
                self._event(brief, fact, now),
                _matching_owed(brief, now),
            )

    def acceptance(self, brief_id: str, sub: str) -> Acceptance | None:
        item = self._table.get(_pk(brief_id), _accepted_sk(sub))
        return Acceptance(item["terms_version"], item["accepted_at"]) if item else None

    def accept(self, brief: Brief, sub: str, acceptance: Acceptance, fact: Fact, now: datetime) -> None:
        """The acceptance and its fact in one transaction; it takes the place of one of other terms.

        Raises Conflict when the account has accepted these very terms already.
        """
        accepted = Put(
            {
                "pk": _pk(brief.brief_id),
                "sk": _accepted_sk(sub),
                "terms_version": acceptance.terms_version,
                "accepted_at": acceptance.accepted_at,
            },
            condition="attribute_not_exists(pk) OR terms_version <> :accepted",
            values={":accepted": acceptance.terms_version},
        )
        try:
            self._table.write(accepted, self._event(brief, fact, now))
        except ConditionFailed:
            raise Conflict from None

    # ---- one person

    def every_of_company(self, company_id: str) -> list[Brief]:
        found = self._table.query_all(f"COMPANY#{company_id}", index="by_company", hash_key="company_pk")
        # The index follows the table by a moment.
        keys = [(str(item["pk"]), "BRIEF") for item in found]
        return [_brief(item) for item in self._table.get_many(keys)]

    def accepted_by(self, sub: str) -> list[dict[str, str]]:
        """Every acceptance of confidentiality terms that stands: `brief_id`, `terms_version`, `accepted_at`. Found by
        the facts of what the account did."""
        facts = self._table.query_all(sub, index="by_actor", hash_key="actor_sub", range_key="sk", prefix=EVENT_PREFIX)
        briefs = {str(item["pk"]) for item in facts if item["event_type"] == BriefConfidentialityAccepted.event_type}
        found = self._table.get_many([(pk, _accepted_sk(sub)) for pk in sorted(briefs)])
        return [
            {
                "brief_id": str(item["pk"]).removeprefix("BRIEF#"),
                "terms_version": str(item["terms_version"]),
                "accepted_at": str(item["accepted_at"]),
            }
            for item in found
        ]

    def forget_acceptances(self, sub: str, brief_ids: Sequence[str]) -> int:
        return self._table.delete_all([(_pk(brief_id), _accepted_sk(sub)) for brief_id in brief_ids])

    def drop(self, brief: Brief) -> None:
        """A draft that nobody is to go on with; what happened to it, by ids, stays. Raises Conflict."""
        try:
            self._table.write(
                Delete(
                    _pk(brief.brief_id),
                    "BRIEF",
                    condition="#v = :v",
                    names={"#v": "version"},
                    values={":v": brief.version},
                )
            )
        except ConditionFailed:
            raise Conflict from None

    def strip(self, before: Brief, after: Brief) -> None:
        """A brief that is over in the place of itself, without what nobody may need any more. Raises Conflict."""
        try:
            self._table.write(
                Put(
                    _item(after),
                    condition="#v = :v",
                    names={"#v": "version"},
                    values={":v": before.version},
                )
            )
        except ConditionFailed:
            raise Conflict from None

    @staticmethod
    def _event(brief: Brief, fact: Fact, now: datetime) -> Put:
        return event_item(_pk(brief.brief_id), fact, aggregate_version=brief.version, now=now)


def _up_to(pk: str, sk: str, number: int) -> Put:
    return Put(
        {"pk": pk, "sk": sk, "number": number},
        condition=f"{NEW} OR #n < :n",
        names={"#n": "number"},
        values={":n": number},
    )


def _pk(brief_id: str) -> str:
    return f"BRIEF#{brief_id}"


def _accepted_sk(sub: str) -> str:
    return f"ACCEPTED#{sub}"


def _item(brief: Brief) -> Item:
    item: dict[str, Any] = {
        "pk": _pk(brief.brief_id),
        "sk": "BRIEF",
        "company_pk": f"COMPANY#{brief.company_id}",
        **brief.model_dump(mode="json"),
    }
    if brief.state == "live" and brief.content.deadline:
        item["live_pk"] = f"LIVE#{brief.content.role}"
        item["deadline"] = brief.content.deadline.isoformat()
    return item


def _brief(item: Item) -> Brief:
    return Brief.model_validate({**item, "content": Content.model_validate(item["content"])})


def _owed(brief: Brief, now: datetime, reminder_due: str | None) -> list[Action]:
    """What the clockwork owes this brief after the change. A draft owes nothing and never did."""
    if brief.state == "draft":
        return []
    if brief.state not in DATED or brief.content.deadline is None:
        over = ("matching", "expiry", "reminder", "resumption")
        return [Delete(_pk(brief.brief_id), f"OWED#{what}") for what in over]
    day_after = datetime.combine(brief.content.deadline + timedelta(days=1), time(), PARIS)
    if brief.state != "live":
        expiry = _debt(brief, "expiry", day_after.astimezone(UTC))
        return [expiry, *(Delete(_pk(brief.brief_id), f"OWED#{what}") for what in ("matching", "reminder"))]
    reminded_at = reminder_owed(brief, now, reminder_due)
    reminder = _debt(brief, "reminder", reminded_at) if reminded_at else Delete(_pk(brief.brief_id), "OWED#reminder")
    expiry = _debt(brief, "expiry", day_after.astimezone(UTC))
    return [_matching_owed(brief, now), expiry, reminder, Delete(_pk(brief.brief_id), "OWED#resumption")]


def reminder_owed(brief: Brief, now: datetime, owed_before: str | None) -> datetime | None:
    """When a live brief's next reminder is due after a change: the one that was due before it and not sent yet, while
    the new dates still have it; else the first to come."""
    dates = brief.content.dates
    standing = [one.at for one in reminders(dates) if one.at <= now and stamp(one.at) == owed_before]
    if standing:
        return standing[0]
    following = next_reminder(dates, now)
    return following.at if following else None


def _reminded(brief: Brief, reminder: Reminder) -> Item:
    which = f"{brief.publication_no}#{reminder.bound.which}#{reminder.days_left}"
    return {"pk": _pk(brief.brief_id), "sk": f"REMINDED#{which}"}


def _matching_owed(brief: Brief, now: datetime) -> Put:
    return _debt(brief, "matching", now + MATCHING_PATIENCE)


def _debt(brief: Brief, what: str, due_at: datetime) -> Put:
    return Put(
        {
            "pk": _pk(brief.brief_id),
            "sk": f"OWED#{what}",
            "brief_version": brief.version,
            "due_pk": f"DUE#{zlib.crc32(brief.brief_id.encode()) % DUE_SHARDS}",
            "due_at": stamp(due_at),
        }
    )
