"""What conversations keep about one person. Both sides share one: what the person wrote goes, and who they were in what
the other side wrote; that there was a conversation, when, and how it ended stays with the other side."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from chalicelib.conversations.attachments import Reading as OpenedFile
from chalicelib.conversations.models import DELETED, Attachment, Message, Thread
from chalicelib.conversations.schemas import AttachmentShape, ConversationShape, MessageShape
from chalicelib.conversations.service import Said, Seen
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, Retryable
from chalicelib.platform.table import Item
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.person import Erased, Person

#: A part of a name that short is rather a word.
_SHORTEST_NAME = 3


class Conversations(Protocol):
    def get(self, thread_id: str) -> Thread | None: ...
    def every_of_freelancer(self, sub: str) -> list[Thread]: ...
    def every_of_company(self, company_id: str) -> list[Thread]: ...
    def every_message(self, thread_id: str) -> list[Message]: ...
    def every_attachment(self, thread_id: str) -> list[Attachment]: ...
    def redact(self, thread_id: str, message: Message) -> None: ...
    def amend(self, thread: Thread) -> None: ...
    def save(self, thread: Thread, fact: Fact, now: datetime) -> None: ...
    def forget_prepared(self, brief_id: str, thread_ids: Collection[str] | None) -> int: ...
    def forget_pace(self, sub: str) -> int: ...


class Reading(Protocol):
    """How somebody reads their conversations on a screen: before the reveal, without what tells who is opposite."""

    def mine(self, actor: Actor, position: Item | None) -> tuple[list[Seen], Item | None]: ...
    def messages(self, actor: Actor, thread_id: str, position: Item | None) -> tuple[list[Said], Item | None]: ...


class Files(Protocol):
    def link(self, attachment: Attachment) -> OpenedFile: ...
    def forget(self, attachment: Attachment) -> None:
        """Raises Retryable."""


#: Whether a company has somebody left once this account is gone: (company, account).
HasOthers = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class _Done:
    removed: int = 0
    redacted: int = 0

    def __add__(self, other: _Done) -> _Done:
        return _Done(self.removed + other.removed, self.redacted + other.redacted)


class ConversationsOfPerson:
    def __init__(
        self,
        conversations: Conversations,
        reading: Callable[[], Reading],
        files: Callable[[], Files],
        has_others: HasOthers,
    ) -> None:
        self._conversations = conversations
        self._reading = reading
        self._files = files
        self._has_others = has_others

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        """A producer's: of their company's conversations, those in which they acted themselves."""
        actor = Actor(person.sub, frozenset(), person.email)
        conversations, messages, attachments = [], [], []
        for seen in self._mine(actor):
            thread_id = seen.thread.thread_id
            said = list(self._said(actor, thread_id))
            if seen.side == "producer" and not _acted(person.sub, seen.thread, said):
                continue
            conversations.append(ConversationShape.of(seen).model_dump(mode="json"))
            messages += [{"conversation_id": thread_id, **MessageShape.of(one).model_dump(mode="json")} for one in said]
            if seen.thread.is_revealed:  # before that there are no files
                attachments += [
                    self._file(one, one.sender == seen.side)
                    for one in self._conversations.every_attachment(thread_id)
                    if one.status == "added"
                ]
        return {
            "conversations": conversations,
            "messages": messages,
            "attachments": attachments,
        }

    def _file(self, attachment: Attachment, mine: bool) -> dict[str, Any]:
        shape = AttachmentShape.of(attachment, mine).model_dump(mode="json")
        return {"conversation_id": attachment.thread_id, **shape, "link": self._files().link(attachment).url}

    def erase(self, person: Person, now: datetime) -> Erased:
        done = _Done()
        for found in self._conversations.every_of_freelancer(person.sub):
            thread, gone = self._forget_files(found, lambda _: True)
            done += gone + self._redact(thread, person)
            done += _Done(removed=self._conversations.forget_prepared(thread.brief_id, {thread.thread_id}))
            done += self._depart(thread, "freelancer", now)
        if person.company_id is not None:
            done += self._leave_company(person, person.company_id, now)
        done += _Done(removed=self._conversations.forget_pace(person.sub))
        return Erased(done.removed, done.redacted)

    def _leave_company(self, person: Person, company_id: str, now: datetime) -> _Done:
        """The conversations are the company's, and stay with whoever is left there."""
        done, last = _Done(), not self._has_others(company_id, person.sub)
        for found in self._conversations.every_of_company(company_id):
            thread, gone = self._forget_files(found, lambda one: last or one.sender_sub == person.sub)
            done += gone + self._redact(thread, person)
            authors = (person.sub, "project") if last else (person.sub,)
            for author in authors:
                wordless = thread.without_words_of(author, now)
                if wordless is not None:
                    self._written(partial(self._conversations.amend, wordless))
                    thread, done = wordless, done + _Done(redacted=1)
            if last:
                done += _Done(removed=self._conversations.forget_prepared(thread.brief_id, None))
                done += self._depart(thread, "producer", now)
        return done

    def _forget_files(self, thread: Thread, is_theirs: Callable[[Attachment], bool]) -> tuple[Thread, _Done]:
        """No name can be taken out of a file: what somebody sent goes with them, and what was sent to somebody goes
        with the last who could read it."""
        if not thread.is_revealed:
            return thread, _Done()
        kept = [one for one in self._conversations.every_attachment(thread.thread_id) if not _is_gone(one)]
        theirs = [one for one in kept if is_theirs(one)]
        for attachment in theirs:
            self._files().forget(attachment)
        standing = self._conversations.get(thread.thread_id) if theirs else thread
        return standing or thread, _Done(removed=len(theirs))

    def _redact(self, thread: Thread, person: Person) -> _Done:
        done = _Done()
        for message in self._conversations.every_message(thread.thread_id):
            words = DELETED if message.sender_sub == person.sub else unnamed(message.text, person)
            if words != message.text:
                self._conversations.redact(thread.thread_id, message.model_copy(update={"text": words}))
                done += _Done(redacted=1)
        return done

    def _depart(self, thread: Thread, side: Any, now: datetime) -> _Done:
        left = thread.depart(side, now)
        if left is None:
            return _Done()
        self._written(lambda: self._conversations.save(*left, now))
        return _Done(redacted=1)

    def _mine(self, actor: Actor) -> Iterable[Seen]:
        position: Item | None = None
        while True:
            seen, position = self._reading().mine(actor, position)
            yield from seen
            if position is None:
                return

    def _said(self, actor: Actor, thread_id: str) -> Iterable[Said]:
        position: Item | None = None
        while True:
            said, position = self._reading().messages(actor, thread_id, position)
            yield from said
            if position is None:
                return

    @staticmethod
    def _written(write: Callable[[], None]) -> None:
        try:
            write()
        except Conflict:
            raise Retryable("conversation_changed_meanwhile") from None


def _is_gone(attachment: Attachment) -> bool:
    return attachment.status in ("withdrawn", "deleted") and attachment.due_at is None


def _acted(sub: str, thread: Thread, said: Iterable[Said]) -> bool:
    answer = thread.round.answer
    return (
        thread.round.invited_by == sub
        or (answer is not None and answer.answered_by == sub)
        or any(one.message.sender_sub == sub for one in said)
    )


def unnamed(text: str, person: Person) -> str:
    """The text without the person's address and names, whole or in part; as it is where none of them is known."""
    if person.email:
        text = re.sub(re.escape(person.email), DELETED, text, flags=re.IGNORECASE)
    for name in person.names:
        for part in (name, *(one for one in name.split() if len(one) >= _SHORTEST_NAME)):
            text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", DELETED, text, flags=re.IGNORECASE)
    return text
