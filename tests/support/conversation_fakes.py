"""Conversations in memory, and what they ask of others, moved by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chalicelib.conversations.errors import TooManyMessages
from chalicelib.conversations.models import PER_HOUR, Message, Pace, PreparedAnswer, Thread
from chalicelib.conversations.service import Behind, ConversationService, Offer, Passage, Person
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict
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
        pace: tuple[str, Pace] | None = None,
    ) -> None:
        self._expect(thread)
        if message is not None and message.message_id in self._messages.get(thread.thread_id, {}):
            raise Conflict
        if pace is not None:
            self._count(*pace, now)
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

    def _count(self, sub: str, what: Pace, now: datetime) -> None:
        key = (sub, what, now.strftime("%Y-%m-%dT%H"))
        if self._paces[key] >= PER_HOUR[what]:
            raise TooManyMessages(3600 - now.minute * 60 - now.second)
        self._paces[key] += 1

    @staticmethod
    def _latest(threads: list[Thread], limit: int) -> tuple[list[Thread], Item | None]:
        return sorted(threads, key=lambda one: one.updated_at, reverse=True)[:limit], None


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
        self.proposed = {("brief-1", "profile-ines"), ("brief-1", "profile-noe")}
        self.projects.offers["brief-1"] = Offer(
            "brief-1", "company-1", 1, live=True, trusted=True, code_name="Marée haute", role="script-editor"
        )
        self.service = ConversationService(self.store, self.projects, self, self.people, self, self._tick)

    def company_of(self, sub: str) -> str | None:
        return {"sub-claire": "company-1", "sub-marc": "company-1", "sub-paul": "company-2"}.get(sub)

    def proposed_for(self, brief_id: str, profile_id: str) -> bool:
        return (brief_id, profile_id) in self.proposed

    def happened(self) -> list[str]:
        return [fact.event_type.removeprefix("conversation.") for fact, _ in self.store.facts]

    def sweep(self) -> None:
        for thread_id in self.service.due():
            self.service.remind(thread_id)

    def _tick(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now
