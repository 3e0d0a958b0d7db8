"""Conversations in memory, and what they ask of others, moved by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from chalicelib.conversations.attachments import Attachments
from chalicelib.conversations.errors import TooManyMessages
from chalicelib.conversations.models import PER_HOUR, Attachment, Message, Pace, PreparedAnswer, Thread
from chalicelib.conversations.service import Behind, ConversationService, Offer, Passage, Person
from chalicelib.platform.auth import Actor
from chalicelib.platform.batches import each
from chalicelib.platform.errors import Conflict, Retryable
from chalicelib.platform.table import Item
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.text import Bilingual

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)

PRODUCER = Actor("sub-claire", frozenset({"producers"}), "claire@falaise-films.test")
COLLEAGUE = Actor("sub-marc", frozenset({"producers"}), "marc@falaise-films.test")
RIVAL = Actor("sub-paul", frozenset({"producers"}), "paul@autre-rive.test")
FREELANCER = Actor("sub-ines", frozenset({"freelancers"}), "ines@plume.test")
OTHER = Actor("sub-noe", frozenset({"freelancers"}), "noe@plume.test")
ADMIN = Actor("sub-admin", frozenset({"admins"}), "admin@plot-point.test")

SECRET = "Falaise Films"


class FakeConversationStore:
    def __init__(self) -> None:
        self.facts: list[tuple[Fact, int]] = []
        self._threads: dict[str, Thread] = {}
        self._messages: dict[str, dict[str, Message]] = {}
        self._prepared: dict[str, tuple[PreparedAnswer, ...]] = {}
        self._attachments: dict[tuple[str, str], Attachment] = {}
        self._paces: Counter[tuple[str, str, str]] = Counter()

    def get(self, thread_id: str) -> Thread | None:
        return self._threads.get(thread_id)

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
        self._expect(thread)
        if attachment is not None:
            self._expect_attachment(attachment)
        if message is not None and message.message_id in self._messages.get(thread.thread_id, {}):
            raise Conflict
        if pace is not None:
            self._count(*pace, now)
        if attachment is not None:
            self._attachments[attachment.thread_id, attachment.attachment_id] = attachment
        if message is not None:
            self._messages.setdefault(thread.thread_id, {})[message.message_id] = message
        self._threads[thread.thread_id] = thread
        self.facts.append((fact, thread.version))

    def allow(self, sub: str, wanted: Mapping[Pace, int], now: datetime) -> None:
        for what, times in wanted.items():
            if times > PER_HOUR[what] - self._paces[sub, what, now.strftime("%Y-%m-%dT%H")]:
                raise TooManyMessages(3600 - now.minute * 60 - now.second)

    def put_off(self, thread: Thread) -> None:
        self._expect(thread)
        self._threads[thread.thread_id] = thread

    def message(self, thread_id: str, message_id: str) -> Message | None:
        return self._messages.get(thread_id, {}).get(message_id)

    def messages(self, thread_id: str, limit: int, position: Item | None) -> tuple[list[Message], Item | None]:
        found = [one for _, one in sorted(self._messages.get(thread_id, {}).items(), reverse=True)]
        start = position["at"] if position else 0
        after = {"at": start + limit} if start + limit < len(found) else None
        return found[start : start + limit], after

    def offer(self, attachment: Attachment, now: datetime) -> None:
        if (attachment.thread_id, attachment.attachment_id) in self._attachments:
            raise Conflict
        self._count(attachment.sender_sub, "file", now)
        self._attachments[attachment.thread_id, attachment.attachment_id] = attachment

    def attachment(self, thread_id: str, attachment_id: str) -> Attachment | None:
        return self._attachments.get((thread_id, attachment_id))

    def attachments(self, thread_id: str, attachment_ids: Sequence[str]) -> dict[str, Attachment]:
        return {one: found for one in attachment_ids if (found := self.attachment(thread_id, one)) is not None}

    def every_attachment(self, thread_id: str) -> list[Attachment]:
        return [one for (thread, _), one in sorted(self._attachments.items()) if thread == thread_id]

    def change_attachment(self, attachment: Attachment) -> None:
        self._expect_attachment(attachment)
        self._attachments[attachment.thread_id, attachment.attachment_id] = attachment

    def drop_attachment(self, attachment: Attachment) -> None:
        key = (attachment.thread_id, attachment.attachment_id)
        if key not in self._attachments or self._attachments[key].version != attachment.version:
            raise Conflict
        del self._attachments[key]

    def due_files(self, now: datetime) -> Iterator[tuple[str, str | None]]:
        for one in list(self._attachments.values()):
            if one.due_at is not None and one.due_at <= stamp(now):
                yield one.thread_id, one.attachment_id
        for thread in list(self._threads.values()):
            if thread.files_due is not None and thread.files_due <= now:
                yield thread.thread_id, None

    def forgive_files(self, thread_id: str) -> None:
        """What is owed here follows from the conversation."""

    def of_freelancer(self, sub: str, limit: int, position: Item | None) -> tuple[list[Thread], Item | None]:
        return self._latest([one for one in self._threads.values() if one.freelancer_sub == sub], limit)

    def of_company(self, company_id: str, limit: int, position: Item | None) -> tuple[list[Thread], Item | None]:
        own = [one for one in self._threads.values() if one.company_id == company_id and one.is_shown_to_producer]
        return self._latest(own, limit)

    def of_brief(self, brief_id: str) -> Iterator[Thread]:
        own = [one for one in self._threads.values() if one.brief_id == brief_id and one.is_shown_to_producer]
        yield from sorted(own, key=lambda one: one.updated_at)

    def overdue(self, company_id: str, now: datetime) -> list[Thread]:
        owed = [
            one
            for one in self._threads.values()
            if one.company_id == company_id and (one.round.answer_due_at or "~") <= stamp(now)
        ]
        return sorted(owed, key=lambda one: str(one.round.answer_due_at))

    def due(self, now: datetime) -> Iterator[str]:
        for one in list(self._threads.values()):
            if one.next_reminder is not None and one.next_reminder <= now:
                yield one.thread_id

    def forgive(self, thread_id: str) -> None:
        """What is owed here follows from the conversation."""

    def prepare(self, brief_id: str, answers: Sequence[PreparedAnswer]) -> None:
        self._prepared[brief_id] = tuple(answers)

    def prepared(self, brief_id: str) -> dict[str, PreparedAnswer]:
        return {one.thread_id: one for one in self._prepared.get(brief_id, ())}

    def _expect(self, thread: Thread) -> None:
        standing = self._threads.get(thread.thread_id)
        if (standing.version if standing else 0) != thread.version - 1:
            raise Conflict

    def _expect_attachment(self, attachment: Attachment) -> None:
        standing = self.attachment(attachment.thread_id, attachment.attachment_id)
        if (standing.version if standing else 0) != attachment.version - 1:
            raise Conflict

    def _count(self, sub: str, what: Pace, now: datetime) -> None:
        key = (sub, what, now.strftime("%Y-%m-%dT%H"))
        if self._paces[key] >= PER_HOUR[what]:
            raise TooManyMessages(3600 - now.minute * 60 - now.second)
        self._paces[key] += 1

    @staticmethod
    def _latest(threads: list[Thread], limit: int) -> tuple[list[Thread], Item | None]:
        return sorted(threads, key=lambda one: one.updated_at, reverse=True)[:limit], None


class FakeBucket:
    """The bucket of attachments. While `broken`, every call fails as S3 does."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.broken = False

    def upload_form(self, key: str, media_type: str, maximum_bytes: int, seconds: int) -> tuple[str, dict[str, str]]:
        self._work()
        said = {"key": key, "Content-Type": media_type, "bytes": str(maximum_bytes), "seconds": str(seconds)}
        return "https://attachments.test/", said

    def get(self, key: str) -> bytes | None:
        self._work()
        return self.held.get(key)

    def put(self, key: str, content: bytes, media_type: str | None = None) -> None:
        self._work()
        self.held[key] = content

    def keys(self, prefix: str) -> list[str]:
        self._work()
        return sorted(key for key in self.held if key.startswith(prefix))

    def delete(self, keys: Sequence[str]) -> None:
        self._work()
        for key in keys:
            self.held.pop(key, None)

    def download_link(self, key: str, name: str, media_type: str, seconds: int) -> str:
        self._work()
        return f"https://attachments.test/{key}?name={name}&seconds={seconds}"

    def _work(self) -> None:
        if self.broken:
            raise Retryable("s3_unreachable")


class FakeProjects:
    """Projects by id; a text leaks where it says the company's name, and contact details are whatever has an @."""

    def __init__(self) -> None:
        self.offers: dict[str, Offer] = {}
        self.declined_terms: set[tuple[str, str]] = set()

    def offer(self, brief_id: str) -> Offer | None:
        return self.offers.get(brief_id)

    def change(self, brief_id: str, **changes: object) -> None:
        self.offers[brief_id] = replace(self.offers[brief_id], **changes)  # type: ignore[arg-type]

    def answer_due(self, brief_id: str, now: datetime) -> datetime:
        return now + timedelta(days=7)

    def reply_by(self, brief_id: str, now: datetime) -> date:
        return (now + timedelta(days=5)).date()

    def terms_accepted(self, brief_id: str, sub: str) -> bool:
        return (brief_id, sub) not in self.declined_terms

    def leaks(self, brief_id: str, text: str) -> Sequence[Passage]:
        return self._found(text, SECRET) + self._found(text, "@")

    def contact_details(self, text: str) -> Sequence[Passage]:
        return self._found(text, "@")

    def behind(self, brief_id: str) -> Behind | None:
        return Behind(
            SECRET, "290611003", "falaise-films.test", (), (), ("claire@falaise-films.test",), "Les Vagues", "arte"
        )

    @staticmethod
    def _found(text: str, what: str) -> list[Passage]:
        start = text.find(what)
        if start < 0:
            return []
        why = Bilingual("Nom de la société.", "The company’s name.")
        return [
            Passage(
                start,
                start + len(what),
                why,
                Bilingual("notre société", "our company"),
                Bilingual("[masqué]", "[hidden]"),
            )
        ]


class FakePeople:
    def __init__(self) -> None:
        self.people = {
            "profile-ines": Person("profile-ines", "sub-ines", True, "Inès Kerdoncuff", "senior"),
            "profile-noe": Person("profile-noe", "sub-noe", True, "Noé Bellance", "junior"),
        }

    def of_account(self, sub: str, role: str) -> Person | None:
        return next((one for one in self.people.values() if one.sub == sub), None)

    def person(self, profile_id: str, role: str, *, with_contact: bool) -> Person | None:
        person = self.people.get(profile_id)
        return replace(person, email=f"{person.sub}@plume.test") if person and with_contact else person


class FakeHouse:
    """The service on all of these, one live project, and a clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW
        self.store = FakeConversationStore()
        self.projects = FakeProjects()
        self.people = FakePeople()
        self.away: set[tuple[str, str]] = set()
        self.given: list[list[tuple[str, str, bool]]] = []
        self.proposed = {("brief-1", "profile-ines"), ("brief-1", "profile-noe")}
        self.projects.offers["brief-1"] = Offer(
            "brief-1", "company-1", 1, live=True, trusted=True, code_name="Marée haute", role="script-editor"
        )
        self.service = ConversationService(self.store, self.projects, self, self.people, self, self, self._tick)
        self.bucket = FakeBucket()
        self.attachments = Attachments(self.store, self.bucket, self.service, self._tick)

    def company_of(self, sub: str) -> str | None:
        return {"sub-claire": "company-1", "sub-marc": "company-1", "sub-paul": "company-2"}.get(sub)

    def proposed_for(self, brief_id: str, profile_id: str) -> bool:
        return (brief_id, profile_id) in self.proposed

    def kept_out(self, company_id: str, profile_id: str) -> bool:
        return (company_id, profile_id) in self.away

    def met(self, people: Iterable[tuple[str, str, bool]]) -> None:
        self.given.append([*people])

    def happened(self) -> list[str]:
        return [fact.event_type.removeprefix("conversation.") for fact, _ in self.store.facts]

    def sweep(self) -> None:
        for thread_id in self.service.due():
            self.service.remind(thread_id)
        each("sweep", self.attachments.due(), self.attachments.attend)

    def _tick(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now
