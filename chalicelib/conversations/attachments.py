"""Files that the two sides of a conversation send each other once both know who the other is.

The bytes lie in a bucket, under `quarantine/` as they came and under `attachments/` once checked; a record of each lies
with its conversation. What is put under `attachments/` are the very bytes that were checked, so that a second upload to
the same place changes nothing. A file that nobody confirmed is sent to nobody. A record is due until nothing of it is
left in the bucket, and a conversation that is over owes the deletion of all that it holds: the sweeper finds both, so
any step may be cut short or come twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Protocol

from chalicelib.conversations.attachment_formats import ENDINGS, FORMATS, MAXIMUM_BYTES
from chalicelib.conversations.errors import (
    WRONG_ENDING,
    AttachmentGone,
    AttachmentNotArrived,
    AttachmentTimedOut,
    ProjectOver,
)
from chalicelib.conversations.events import Party
from chalicelib.conversations.models import Attachment, Message, Pace, Thread
from chalicelib.conversations.service import ATTEMPTS, Seen
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, Invalid, NotFound, Retryable
from chalicelib.platform.file_checks import check
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_at

#: How long a link opens the file.
READING_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Upload:
    """A form that puts one file in its place: `fields` go first, then the file as `file`; nothing else may come."""

    url: str
    fields: dict[str, str]
    until: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A link that opens a file, as a download, for `seconds`; whoever holds it can."""

    attachment: Attachment
    url: str
    seconds: int


class AttachmentStore(Protocol):
    def get(self, thread_id: str) -> Thread | None: ...
    def attachment(self, thread_id: str, attachment_id: str) -> Attachment | None: ...
    def every_attachment(self, thread_id: str) -> list[Attachment]: ...

    def offer(self, attachment: Attachment, now: datetime) -> None:
        """Raises Conflict when there is one under this id, TooManyMessages."""

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
        """All in one transaction. Raises Conflict unless the conversation and the file are as they were read."""

    def change_attachment(self, attachment: Attachment) -> None:
        """Raises Conflict unless it is as it was read."""

    def drop_attachment(self, attachment: Attachment) -> None:
        """Raises Conflict unless it is as it was read."""

    def due_files(self, now: datetime) -> Iterator[tuple[str, str | None]]:
        """Conversation and file (None: all that it holds) of what should have been dealt with by now."""

    def forgive_files(self, thread_id: str) -> None: ...


class Files(Protocol):
    """The bucket. All raise Retryable."""

    def upload_form(self, key: str, media_type: str, maximum_bytes: int, seconds: int) -> tuple[str, dict[str, str]]:
        """Address and fields of a form that puts one object of that type under exactly that key, encrypted."""

    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, content: bytes, media_type: str | None = None) -> None: ...
    def keys(self, prefix: str) -> list[str]: ...
    def delete(self, keys: Sequence[str]) -> None: ...
    def download_link(self, key: str, name: str, media_type: str, seconds: int) -> str:
        """Opens as a download of that name, never in the browser."""


class Conversations(Protocol):
    def read(self, actor: Actor, thread_id: str) -> Seen:
        """Raises NotFound for whoever is not in it."""

    def going_on(self, actor: Actor, thread_id: str) -> Seen:
        """The same; raises Paused while the other side may not act."""


class Attachments:
    def __init__(self, store: AttachmentStore, files: Files, conversations: Conversations, clock: Clock) -> None:
        self._store = store
        self._files = files
        self._conversations = conversations
        self._clock = clock

    def offer(
        self, actor: Actor, thread_id: str, attachment_id: str, name: str, media_type: str, size: int
    ) -> tuple[Attachment, Upload]:
        """A place for one file, and the form that fills it. The same id again gives the same place.

        Raises NotFound, NoFilesYet, NotOpen, ProjectOver, TooManyAttachments, Invalid (a name that does not end as
        those of its type), TooManyMessages, AttachmentTimedOut, Retryable."""
        seen = self._open_to_files(actor, thread_id)
        endings = ENDINGS[media_type]
        if not name.lower().endswith(endings):
            raise Invalid([WRONG_ENDING.broken_at("/name", endings=", ".join(endings))])
        now = self._clock()
        attachment = self._store.attachment(thread_id, attachment_id)
        if attachment is None:
            attachment = Attachment.offered(attachment_id, thread_id, seen.side, actor.sub, name, media_type, size, now)
            try:
                self._store.offer(attachment, now)
            except Conflict:
                attachment = self._own(seen, attachment_id)  # this request, sent twice at once
        left = int((datetime.fromisoformat(attachment.upload_until) - now).total_seconds())
        if attachment.status != "awaited" or left <= 0:
            raise AttachmentTimedOut
        url, fields = self._files.upload_form(attachment.upload_key, attachment.media_type, attachment.size, left)
        return attachment, Upload(url, fields, attachment.upload_until)

    def confirm(self, actor: Actor, thread_id: str, attachment_id: str) -> Attachment:
        """The file has been sent: it is checked now, and added to the conversation or refused. Again: as it stands.

        Raises as `offer` does, AttachmentNotArrived."""
        seen = self._conversations.read(actor, thread_id)
        attachment = self._own(seen, attachment_id)
        if attachment.status != "awaited":
            return attachment
        self._open_to_files(actor, thread_id)
        if not attachment.may_be_confirmed(self._clock()):
            raise AttachmentTimedOut
        content = self._files.get(attachment.upload_key)
        if content is None:
            attachment = self._own(seen, attachment_id)  # another confirmation may have been faster
            if attachment.status != "awaited":
                return attachment
            raise AttachmentNotArrived
        checked = check(content, attachment.media_type, FORMATS, MAXIMUM_BYTES)
        refusal = checked.refusal or ("another_size" if len(content) != attachment.size else None)
        if refusal is not None:
            settled = self._refuse(attachment, refusal)
        else:
            settled = self._add(actor, attachment, checked.content)
        self._quietly(lambda: self._files.delete([attachment.upload_key]), settled)
        return settled

    def withdraw(self, actor: Actor, thread_id: str, attachment_id: str) -> Attachment:
        """Its side takes a file back, at any time. Again: as it stands. Raises NotFound, Retryable."""
        seen = self._conversations.read(actor, thread_id)
        for _ in range(ATTEMPTS):
            attachment, now = self._own(seen, attachment_id), self._clock()
            if attachment.status not in ("awaited", "added"):
                return attachment
            after = attachment.ended("withdrawn", now)
            try:
                if attachment.status == "awaited":
                    self._store.change_attachment(after)
                else:
                    thread, fact = self._thread(thread_id).withdraw_file(attachment_id, seen.side, now)
                    self._store.save(thread, fact, now, attachment=after)
            except Conflict:
                continue
            self._quietly(partial(self._clear, after), after)
            return after
        raise Retryable("conversation_busy")

    def open(self, actor: Actor, thread_id: str, attachment_id: str) -> tuple[Party, Reading]:
        """The side that reads it, and a link for either. Raises NotFound, AttachmentGone, Retryable."""
        seen = self._conversations.read(actor, thread_id)
        attachment = self._store.attachment(thread_id, attachment_id)
        if attachment is None or not (attachment.is_shown or attachment.sender == seen.side):
            raise NotFound
        if attachment.status != "added":
            raise AttachmentGone
        return seen.side, self.link(attachment)

    def link(self, attachment: Attachment) -> Reading:
        """To a file that was added, for whoever may read it. Raises Retryable."""
        assert attachment.name is not None
        url = self._files.download_link(attachment.key, attachment.name, attachment.media_type, READING_SECONDS)
        return Reading(attachment, url, READING_SECONDS)

    # ---- what is owed

    def due(self) -> list[tuple[str, str | None]]:
        """Conversations and their files (None: all of them) that are to be looked at."""
        return list(self._store.due_files(self._clock()))

    def attend(self, due: tuple[str, str | None]) -> None:
        """Deals with what is due. Raises Retryable."""
        thread_id, attachment_id = due
        try:
            if attachment_id is None:
                self._empty(thread_id)
            else:
                self._look_at(thread_id, attachment_id)
        except Conflict:
            raise Retryable("attachment_changed_meanwhile") from None

    def forget(self, attachment: Attachment) -> None:
        """The file and all that tells of it are gone, but for that there was one. Again: nothing. Raises Retryable."""
        for _ in range(ATTEMPTS):
            standing, now = self._store.attachment(attachment.thread_id, attachment.attachment_id), self._clock()
            if standing is None or (standing.status in ("withdrawn", "deleted") and standing.due_at is None):
                return
            try:
                self._clear(self._deleted(standing, now))
            except Conflict:
                continue
            return
        raise Retryable("conversation_busy")

    def _deleted(self, attachment: Attachment, now: datetime) -> Attachment:
        """Raises Conflict."""
        if attachment.status in ("withdrawn", "deleted"):
            return attachment
        after = attachment.ended("deleted", now)
        if attachment.status == "added":
            thread, fact = self._thread(attachment.thread_id).lose_file(attachment.attachment_id, now)
            self._store.save(thread, fact, now, attachment=after)
        else:
            self._store.change_attachment(after)
        return after

    def _empty(self, thread_id: str) -> None:
        thread = self._store.get(thread_id)
        if thread is None or thread.files_due is None:
            self._store.forgive_files(thread_id)
            return
        if thread.files_due > self._clock():
            return  # an index tells of what was
        for attachment in self._store.every_attachment(thread_id):
            if attachment.status == "added":
                self._clear(self._deleted(attachment, self._clock()))

    def _look_at(self, thread_id: str, attachment_id: str) -> None:
        """Its time is over, or nothing can arrive for it any more."""
        attachment, now = self._store.attachment(thread_id, attachment_id), self._clock()
        if attachment is None or attachment.due_at is None or attachment.due_at > stamp(now):
            return
        is_kept = attachment.kept_until is not None and attachment.kept_until > stamp(now)
        self._clear(attachment if is_kept else self._deleted(attachment, now))

    def _clear(self, attachment: Attachment) -> None:
        """Nothing of it is left in the bucket but what is kept, and nothing more is owed for its upload once none can
        arrive any more. Raises Conflict, Retryable."""
        # Beside it may lie what a check that lost against another one had put there.
        keeps = {attachment.key} if attachment.status == "added" else set()
        strays = [key for key in self._files.keys(attachment.folder) if key not in keeps]
        self._files.delete([attachment.upload_key, *strays])
        if attachment.due_at is None or attachment.due_at > stamp(self._clock()):
            return
        if attachment.is_shown:
            self._store.change_attachment(attachment.cleared())
        else:
            self._store.drop_attachment(attachment)

    # ---- the check

    def _refuse(self, attachment: Attachment, reason: str) -> Attachment:
        after = attachment.refused(reason, self._clock())
        try:
            self._store.change_attachment(after)
        except Conflict:
            return self._standing(attachment)
        log.info("attachment_refused", attachment_id=attachment.attachment_id, reason=reason)
        return after

    def _add(self, actor: Actor, attachment: Attachment, content: bytes) -> Attachment:
        """Checked once, whoever confirms and how often."""
        digest = sha256(content).hexdigest()
        key = f"{attachment.folder}{digest}"
        self._files.put(key, content, attachment.media_type)
        # Where it finds no place in the conversation, what was put stays until the sweeper: another confirmation may
        # have been faster, with the same bytes.
        standing = self._place(actor, attachment, len(content), digest)
        if not (standing.status == "added" and standing.key == key):
            self._quietly(lambda: self._files.delete([key]), standing)
        return standing

    def _place(self, actor: Actor, attachment: Attachment, size: int, digest: str) -> Attachment:
        """In the conversation, with the message that stands for it; or as somebody else has settled it meanwhile."""
        for _ in range(ATTEMPTS):
            now = self._clock()
            message_id = id_at(now, attachment.thread_id, attachment.attachment_id)
            thread, fact = self._thread(attachment.thread_id).add_file(
                attachment.attachment_id, message_id, attachment.sender, now
            )
            message = Message(
                message_id=message_id,
                sender=attachment.sender,
                sender_sub=actor.sub,
                text="",
                sent_at=stamp(now),
                attachment_id=attachment.attachment_id,
            )
            after = attachment.added(message_id, size, digest, now)
            try:
                self._store.save(thread, fact, now, message=message, attachment=after)
            except Conflict:
                standing = self._standing(attachment)
                if standing.status != "awaited":
                    return standing
                continue
            log.info("attachment_added", thread_id=thread.thread_id, attachment_id=attachment.attachment_id)
            return after
        raise Retryable("conversation_busy")

    # ---- what they all need

    def _open_to_files(self, actor: Actor, thread_id: str) -> Seen:
        """The conversation, to which this actor may add a file now. Raises as `offer` does."""
        seen = self._conversations.going_on(actor, thread_id)
        seen.thread.may_take_a_file(seen.side)
        if seen.thread.state in ("open", "invited") and not seen.offer.live:
            raise ProjectOver
        return seen

    def _own(self, seen: Seen, attachment_id: str) -> Attachment:
        """One that this side sent. Raises NotFound."""
        attachment = self._store.attachment(seen.thread.thread_id, attachment_id)
        if attachment is None or attachment.sender != seen.side:
            raise NotFound
        return attachment

    def _standing(self, attachment: Attachment) -> Attachment:
        standing = self._store.attachment(attachment.thread_id, attachment.attachment_id)
        if standing is None:
            raise NotFound
        return standing

    def _thread(self, thread_id: str) -> Thread:
        thread = self._store.get(thread_id)
        if thread is None:
            raise NotFound
        return thread

    @staticmethod
    def _quietly(clear: Callable[[], object], attachment: Attachment) -> None:
        """It is still due, so the sweeper does what cannot be done now."""
        try:
            clear()
        except (Retryable, Conflict):
            log.warning("attachment_left", thread_id=attachment.thread_id, attachment_id=attachment.attachment_id)
