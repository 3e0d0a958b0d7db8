"""Everything known of one person, in one document: the way out that the law asks for (GDPR, articles 15 and 20)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.platform.auth import Actor
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Happened
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.person import Person, Personal
from chalicelib.vocabulary.retention import EXPORT_LINKS, EXPORT_OBJECTS

#: What an answer may weigh: the gateway ends at 6 MB, and adds its own.
ANSWER_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Section:
    """What one context keeps of one kind. `what`: its name in the document."""

    context: str
    what: str
    records: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Document:
    person: Person
    exported_at: datetime
    sections: tuple[Section, ...]


class People(Protocol):
    def person(self, sub: str, email: str) -> Person: ...


class Journal(Protocol):
    def all_by(self, actor: str) -> Iterator[Happened]: ...


class ExportStore(Protocol):
    def keep_export(self, sub: str, export_id: str, key: str, until: datetime) -> None: ...


class Files(Protocol):
    def put(self, key: str, content: bytes, media_type: str) -> None: ...
    def download_link(self, key: str, name: str, media_type: str, seconds: int) -> str: ...


class ExportService:
    """`journals`: of every context in which people act."""

    def __init__(
        self,
        store: ExportStore,
        people: People,
        keepers: Mapping[str, Personal],
        journals: Callable[[], Sequence[Journal]],
        files: Files,
        clock: Clock,
    ) -> None:
        self._store = store
        self._people = people
        self._keepers = keepers
        self._journals = journals
        self._files = files
        self._clock = clock

    def of(self, actor: Actor) -> Document:
        """Raises Retryable."""
        now = self._clock()
        person = self._people.person(actor.sub, actor.email.lower())
        sections = [
            Section(context, what, records)
            for context, keeper in self._keepers.items()
            for what, records in keeper.export(person, now).items()
        ]
        sections.append(Section("events", "acts", self._acts(person)))
        log.info("person_exported", sections=len(sections))
        return Document(person, now, tuple(sections))

    def set_aside(self, actor: Actor, text: str) -> str | None:
        """A link to the document where it is too large for an answer; None where it is not. Raises Retryable."""
        content = text.encode()
        if len(content) <= ANSWER_BYTES:
            return None
        now = self._clock()
        export_id = new_id(now)
        key = f"exports/{actor.sub}/{export_id}.json"
        # Known before it is there: what is cut short here is deleted all the same.
        self._store.keep_export(actor.sub, export_id, key, now + EXPORT_OBJECTS)
        self._files.put(key, content, "application/json")
        name = f"plot-point-{export_id}.json"
        return self._files.download_link(key, name, "application/json", int(EXPORT_LINKS.total_seconds()))

    def _acts(self, person: Person) -> list[dict[str, Any]]:
        """What they did, by ids. Of a project, a freelancer is never told the company's id: it would link those of one
        company."""
        found = []
        for journal in self._journals():
            for happened in journal.all_by(person.sub):
                act = asdict(happened)
                if person.company_id is None:
                    act["payload"] = {name: value for name, value in act["payload"].items() if name != "company_id"}
                found.append(act)
        return sorted(found, key=lambda act: str(act["event_id"]))
