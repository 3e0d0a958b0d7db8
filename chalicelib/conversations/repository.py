"""Keys of the conversations table:

THREAD#id / THREAD          a conversation; indexes by_freelancer: FREELANCER#sub / updated_at, and, once its producer
                            may see it, by_brief: BRIEF#id / updated_at and by_company: COMPANY#id / updated_at;
                            index owing, only while an answer is owed: COMPANY#id / answer_due_at
THREAD#id / MESSAGE#ulid    one message
THREAD#id / ATTACHMENT#id   one file; index due while something of it may lie in the bucket: DUE#files#shard / due_at
THREAD#id / EVENT#ulid      what happened
THREAD#id / OWED#answer     the answer is to be asked for again; index due: DUE#shard / due_at, removed when given
THREAD#id / OWED#files      its files are to go; index due: DUE#files#shard / due_at, while it is over and holds any
BRIEF#id / CLOSING          what the producer wrote to people for the end of the project
PACE#sub / what#hour        how many messages, invitations, files, reports an account sent in an hour; gone a day later
REPORTS / ulid              what administrators are asked to look at; REPORTED / ulid once they did
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.conversations.errors import TooManyMessages
from chalicelib.conversations.models import PER_HOUR, Attachment, Message, Pace, PreparedAnswer, Report, Thread
from chalicelib.platform.errors import Conflict
from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Item, Put, Table, Update
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact

#: What has its history here → what its partition begins with.
HISTORIES = {"conversation": ("THREAD#",)}

#: Partitions of the due index: enough that no tick reads one that is hot.
DUE_SHARDS = 4

_COUNT_KEPT = timedelta(days=1)
_REPORTS, _SETTLED = "REPORTS", "REPORTED"


class ConversationRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, thread_id: str) -> Thread | None:
        item = self._table.get(_pk(thread_id), "THREAD")
        return _thread(item) if item else None

    def save(
        self,
        thread: Thread,
        fact: Fact,
        now: datetime,
        *,
        message: Message | None = None,
        attachment: Attachment | None = None,
        pace: tuple[str, Pace] | None = None,
    ) -> None:
        """The conversation, what happened, what is owed from now on, and what came with it, in one transaction.
        `pace`: whose act this is and of which kind.

        Raises Conflict when somebody changed the conversation, or the file, since it was read, TooManyMessages.
        """
        before = thread.version - 1
        condition: dict[str, Any] = {"condition": NEW}
        if before:
            condition = _at_version(before)
        actions: list[Action] = [
            Put(_item(thread), **condition),
            event_item(_pk(thread.thread_id), fact, aggregate_version=thread.version, now=now),
            _owed(thread),
        ]
        if thread.is_revealed:  # before that there are no files
            actions.append(_files_owed(thread))
        if attachment is not None:
            actions.append(_attachment_put(attachment))
        if message is not None:
            actions.append(Put(_message_item(thread.thread_id, message), condition=NEW))
        if pace is not None:
            actions.append(_counted(*pace, now))
        try:
            self._table.write(*actions)
        except ConditionFailed as refused:
            if pace is not None and len(actions) - 1 in refused.failed:
                raise TooManyMessages(_until_next_hour(now)) from None
            raise Conflict from None

    def allow(self, sub: str, wanted: Mapping[Pace, int], now: datetime) -> None:
        """Raises TooManyMessages when the account may do less than that in what is left of this hour: asked before an
        act of several steps, each of which counts for itself."""
        for what, times in wanted.items():
            counted = self._table.get(*_pace(sub, what, now)) if times else None
            if times > PER_HOUR[what] - (int(counted["times"]) if counted else 0):
                raise TooManyMessages(_until_next_hour(now))

    def file(self, report: Report, fact: Fact, aggregate_version: int, now: datetime) -> None:
        """A report under its id; again with the same one changes nothing. Raises TooManyMessages."""
        try:
            self._table.write(
                Put(_report_item(report), condition=NEW),
                event_item(_pk(report.thread_id), fact, aggregate_version=aggregate_version, now=now),
                _counted(report.reporter_sub, "report", now),
            )
        except ConditionFailed as refused:
            if 0 not in refused.failed:
                raise TooManyMessages(_until_next_hour(now)) from None

    def put_off(self, thread: Thread) -> None:
        """Another date for the answer that is owed, which nobody need be told of. Raises Conflict."""
        try:
            self._table.write(
                Put(
                    _item(thread),
                    condition="#v = :before",
                    names={"#v": "version"},
                    values={":before": thread.version - 1},
                ),
                _owed(thread),
            )
        except ConditionFailed:
            raise Conflict from None

    def message(self, thread_id: str, message_id: str) -> Message | None:
        item = self._table.get(_pk(thread_id), f"MESSAGE#{message_id}")
        return _message(item) if item else None

    def messages(self, thread_id: str, limit: int, position: Item | None) -> tuple[list[Message], Item | None]:
        """The latest first."""
        page = self._table.query(_pk(thread_id), prefix="MESSAGE#", forward=False, limit=limit, position=position)
        return [_message(item) for item in page.items], page.position

    def offer(self, attachment: Attachment, now: datetime) -> None:
        """The place for a file. Raises Conflict when there is one under this id, TooManyMessages."""
        try:
            self._table.write(
                Put(_attachment_item(attachment), condition=NEW), _counted(attachment.sender_sub, "file", now)
            )
        except ConditionFailed as refused:
            if 0 in refused.failed:
                raise Conflict from None
            raise TooManyMessages(_until_next_hour(now)) from None

    def attachment(self, thread_id: str, attachment_id: str) -> Attachment | None:
        item = self._table.get(_pk(thread_id), f"ATTACHMENT#{attachment_id}")
        return _attachment(item) if item else None

    def attachments(self, thread_id: str, attachment_ids: Sequence[str]) -> dict[str, Attachment]:
        """Those that exist, by id."""
        found = self._table.get_many([(_pk(thread_id), f"ATTACHMENT#{one}") for one in attachment_ids])
        return {str(item["attachment_id"]): _attachment(item) for item in found}

    def every_attachment(self, thread_id: str) -> list[Attachment]:
        """In the order in which they were offered."""
        return [_attachment(item) for item in self._table.query_all(_pk(thread_id), prefix="ATTACHMENT#")]

    def change_attachment(self, attachment: Attachment) -> None:
        """Raises Conflict when somebody changed it since it was read."""
        self._write_attachment(_attachment_put(attachment))

    def drop_attachment(self, attachment: Attachment) -> None:
        """Without a trace. Raises Conflict when somebody changed it since it was read."""
        key = (_pk(attachment.thread_id), f"ATTACHMENT#{attachment.attachment_id}")
        self._write_attachment(Delete(*key, **_at_version(attachment.version)))

    def _write_attachment(self, action: Action) -> None:
        try:
            self._table.write(action)
        except ConditionFailed:
            raise Conflict from None

    def due_files(self, now: datetime) -> Iterator[tuple[str, str | None]]:
        """Conversation and file (None: all that it holds) of what should have been dealt with by now."""
        for shard in range(DUE_SHARDS):
            for item in self._table.query_all(
                f"DUE#files#{shard}", index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)
            ):
                kind, _, attachment_id = str(item["sk"]).partition("#")
                yield str(item["pk"]).removeprefix("THREAD#"), attachment_id if kind == "ATTACHMENT" else None

    def forgive_files(self, thread_id: str) -> None:
        """Like `forgive`, of the files."""
        self._table.write(Delete(_pk(thread_id), "OWED#files"))

    def of_freelancer(self, sub: str, limit: int, position: Item | None) -> tuple[list[Thread], Item | None]:
        """Last changed first."""
        return self._list(f"FREELANCER#{sub}", "by_freelancer", "freelancer_pk", limit, position)

    def of_company(self, company_id: str, limit: int, position: Item | None) -> tuple[list[Thread], Item | None]:
        return self._list(f"COMPANY#{company_id}", "by_company", "company_pk", limit, position)

    def of_brief(self, brief_id: str) -> Iterator[Thread]:
        """All that its producer may see, in the order of their last change."""
        for item in self._table.query_all(_brief(brief_id), index="by_brief", hash_key="brief_pk"):
            yield _thread(item)

    def of_company_with(self, company_id: str, profile_id: str) -> list[Thread]:
        """The conversations of the two that the company may see, the last changed first."""
        found = self._table.query_all(
            f"COMPANY#{company_id}",
            index="by_company",
            hash_key="company_pk",
            where={"profile_id": profile_id},
            forward=False,
        )
        return [_thread(item) for item in found]

    def overdue(self, company_id: str, now: datetime) -> list[Thread]:
        """Those whose answer is owed since before now, the oldest first."""
        found = self._table.query_all(
            f"COMPANY#{company_id}", index="owing", hash_key="owing_pk", range_key="answer_due_at", up_to=stamp(now)
        )
        return [_thread(item) for item in found]

    def due(self, now: datetime) -> Iterator[str]:
        """The conversations whose answer is to be asked for."""
        for shard in range(DUE_SHARDS):
            for item in self._table.query_all(
                f"DUE#{shard}", index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)
            ):
                yield str(item["pk"]).removeprefix("THREAD#")

    def forgive(self, thread_id: str) -> None:
        """Removes an obligation that no longer means anything."""
        self._table.write(Delete(_pk(thread_id), "OWED#answer"))

    def prepare(self, brief_id: str, answers: Sequence[PreparedAnswer]) -> None:
        """What to write to whom when the project ends, in place of what was prepared before."""
        self._table.write(
            Put(
                {
                    "pk": _brief(brief_id),
                    "sk": "CLOSING",
                    "answers": [one.model_dump(mode="json") for one in answers],
                }
            )
        )

    def prepared(self, brief_id: str) -> dict[str, PreparedAnswer]:
        """By conversation."""
        item = self._table.get(_brief(brief_id), "CLOSING")
        answers = [PreparedAnswer.model_validate(one) for one in item["answers"]] if item else []
        return {one.thread_id: one for one in answers}

    def reports(self, settled: bool, limit: int, position: Item | None) -> tuple[list[Report], Item | None]:
        """Those that wait, the oldest first; those settled, the latest first."""
        page = self._table.query(_SETTLED if settled else _REPORTS, forward=not settled, limit=limit, position=position)
        return [_report(item) for item in page.items], page.position

    def report(self, report_id: str) -> Report | None:
        item = self._table.get(_REPORTS, report_id) or self._table.get(_SETTLED, report_id)
        return _report(item) if item else None

    def settle(self, report: Report, fact: Fact, now: datetime) -> None:
        """Raises Conflict when somebody settled it already."""
        try:
            self._table.write(
                Delete(_REPORTS, report.report_id, condition="attribute_exists(pk)"),
                Put(_report_item(report), condition=NEW),
                event_item(_pk(report.thread_id), fact, aggregate_version=report.version, now=now),
            )
        except ConditionFailed:
            raise Conflict from None

    # ---- one person

    def every_of_freelancer(self, sub: str) -> list[Thread]:
        return self._every(f"FREELANCER#{sub}", "by_freelancer", "freelancer_pk")

    def every_of_company(self, company_id: str) -> list[Thread]:
        """Those that the company may see."""
        return self._every(f"COMPANY#{company_id}", "by_company", "company_pk")

    def _every(self, partition: str, index: str, key: str) -> list[Thread]:
        # The index follows the table by a moment.
        found = [(str(item["pk"]), "THREAD") for item in self._table.query_all(partition, index=index, hash_key=key)]
        return [_thread(item) for item in self._table.get_many(found)]

    def every_message(self, thread_id: str) -> list[Message]:
        return [_message(item) for item in self._table.query_all(_pk(thread_id), prefix="MESSAGE#")]

    def redact(self, thread_id: str, message: Message) -> None:
        """The message in the place of itself, in other words."""
        self._table.write(Put(_message_item(thread_id, message), condition="attribute_exists(pk)"))

    def amend(self, thread: Thread) -> None:
        """The conversation without some of its words, which nobody need be told of. Raises Conflict."""
        self.put_off(thread)

    def forget_prepared(self, brief_id: str, thread_ids: Collection[str] | None) -> int:
        """What was written to the people of these conversations for the end of their project is gone; None: to
        everybody."""
        prepared = self.prepared(brief_id)
        kept = [one for one in prepared.values() if thread_ids is not None and one.thread_id not in thread_ids]
        if kept and len(kept) < len(prepared):
            self.prepare(brief_id, kept)
        elif not kept and prepared:
            self._table.write(Delete(_brief(brief_id), "CLOSING"))
        return len(prepared) - len(kept)

    def forget_pace(self, sub: str) -> int:
        return self._table.delete_all([(item["pk"], item["sk"]) for item in self._table.query_all(f"PACE#{sub}")])

    def reports_of(self, sub: str, profile_id: str | None) -> list[tuple[Report, str | None]]:
        """Those that this account made or that are about a conversation of this person, and until when each is kept for
        somebody who is gone, if that was said."""
        return [
            (_report(item), item.get("held_until"))
            for partition in (_REPORTS, _SETTLED)
            for item in self._table.query_all(partition)
            if item["reporter_sub"] == sub or (profile_id is not None and item["profile_id"] == profile_id)
        ]

    def hold(self, report: Report, until: datetime) -> None:
        """The report as it is now, until then and no longer (TTL)."""
        gone = {"held_until": stamp(until), "expires_at": int(until.timestamp())}
        self._table.write(Put(_report_item(report) | gone, condition="attribute_exists(pk)"))

    def _list(
        self, partition: str, index: str, key: str, limit: int, position: Item | None
    ) -> tuple[list[Thread], Item | None]:
        page = self._table.query(partition, index=index, hash_key=key, forward=False, limit=limit, position=position)
        return [_thread(item) for item in page.items], page.position


def _pk(thread_id: str) -> str:
    return f"THREAD#{thread_id}"


def _brief(brief_id: str) -> str:
    return f"BRIEF#{brief_id}"


def _item(thread: Thread) -> Item:
    item = {
        "pk": _pk(thread.thread_id),
        "sk": "THREAD",
        "freelancer_pk": f"FREELANCER#{thread.freelancer_sub}",
        **thread.model_dump(mode="json"),
    }
    if thread.is_shown_to_producer:
        item |= {"brief_pk": _brief(thread.brief_id), "company_pk": f"COMPANY#{thread.company_id}"}
    if thread.round.answer_due_at is not None:
        item |= {"owing_pk": f"COMPANY#{thread.company_id}", "answer_due_at": thread.round.answer_due_at}
    return item


def _thread(item: Item) -> Thread:
    return Thread.model_validate(item)


def _at_version(before: int) -> dict[str, Any]:
    return {"condition": "#v = :before", "names": {"#v": "version"}, "values": {":before": before}}


def _shard(thread_id: str) -> int:
    return zlib.crc32(thread_id.encode()) % DUE_SHARDS


def _owed(thread: Thread) -> Action:
    due = thread.next_reminder
    if due is None:
        return Delete(_pk(thread.thread_id), "OWED#answer")
    return Put(
        {
            "pk": _pk(thread.thread_id),
            "sk": "OWED#answer",
            "due_pk": f"DUE#{_shard(thread.thread_id)}",
            "due_at": stamp(due),
        }
    )


def _files_owed(thread: Thread) -> Action:
    due, sk = thread.files_due, "OWED#files"
    if due is None:
        return Delete(_pk(thread.thread_id), sk)
    shard = f"DUE#files#{_shard(thread.thread_id)}"
    return Put({"pk": _pk(thread.thread_id), "sk": sk, "due_pk": shard, "due_at": stamp(due)})


def _attachment_item(attachment: Attachment) -> Item:
    item = {
        "pk": _pk(attachment.thread_id),
        "sk": f"ATTACHMENT#{attachment.attachment_id}",
        **attachment.model_dump(mode="json", exclude_none=True),
    }
    return item if attachment.due_at is None else item | {"due_pk": f"DUE#files#{_shard(attachment.thread_id)}"}


def _attachment_put(attachment: Attachment) -> Put:
    return Put(_attachment_item(attachment), **_at_version(attachment.version - 1))


def _attachment(item: Item) -> Attachment:
    return Attachment.model_validate({"name": None, "due_at": None} | item)


def _message_item(thread_id: str, message: Message) -> Item:
    return {"pk": _pk(thread_id), "sk": f"MESSAGE#{message.message_id}", **message.model_dump(mode="json")}


def _message(item: Item) -> Message:
    return Message.model_validate(item)


def _report_item(report: Report) -> Item:
    partition = _REPORTS if report.settled_at is None else _SETTLED
    return {"pk": partition, "sk": report.report_id, **report.model_dump(mode="json")}


def _report(item: Item) -> Report:
    return Report.model_validate(item)


def _counted(sub: str, what: Pace, now: datetime) -> Update:
    """One more in this hour, unless there were too many."""
    return Update(
        *_pace(sub, what, now),
        "SET expires_at = :gone ADD #n :one",
        condition="attribute_not_exists(#n) OR #n < :most",
        names={"#n": "times"},
        values={":gone": int((now + _COUNT_KEPT).timestamp()), ":one": 1, ":most": PER_HOUR[what]},
    )


def _pace(sub: str, what: Pace, now: datetime) -> tuple[str, str]:
    return f"PACE#{sub}", f"{what}#{now.astimezone(UTC):%Y-%m-%dT%H}"


def _until_next_hour(now: datetime) -> int:
    return 3600 - now.minute * 60 - now.second
