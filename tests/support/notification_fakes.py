"""Everything around the notifications service, in memory: what it stores, asks, queues and hands to the post."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.matching.events import Cause, ShortlistComputed
from chalicelib.notifications.errors import AlreadyPlanned, Refused, TakenMeanwhile
from chalicelib.notifications.models import Email, Gathering
from chalicelib.notifications.service import Message, NotificationService, Project, Proposal, Recipient
from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import Item
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.text import Language

EVERY = timedelta(minutes=15)
BRIEF = "brief-1"


class FakeEmailStore:
    def __init__(self) -> None:
        self.emails: dict[str, Email] = {}
        self.gatherings: dict[str, Gathering] = {}

    def email(self, dedup_key: str) -> Email | None:
        return self.emails.get(dedup_key)

    def plan(self, email: Email, before: Gathering | None, after: Gathering) -> None:
        if email.dedup_key in self.emails:
            raise AlreadyPlanned
        self._gather(before, after)
        self.emails[email.dedup_key] = email

    def change(self, before: Email, after: Email) -> None:
        standing = self.emails.get(before.dedup_key)
        if standing is None or _as_read(standing) != _as_read(before):
            raise TakenMeanwhile
        self.emails[after.dedup_key] = after

    def gathering(self, brief_id: str) -> Gathering | None:
        return self.gatherings.get(brief_id)

    def gather(self, before: Gathering, after: Gathering) -> None:
        self._gather(before, after)

    def due_emails(self, now: datetime) -> Iterator[str]:
        due = [email for email in self.emails.values() if email.due_at is not None and email.due_at <= stamp(now)]
        yield from (email.dedup_key for email in sorted(due, key=lambda email: str(email.due_at)))

    def due_gatherings(self, now: datetime) -> Iterator[str]:
        due = [one for one in self.gatherings.values() if one.due_at is not None and one.due_at <= stamp(now)]
        yield from (one.brief_id for one in sorted(due, key=lambda one: str(one.due_at)))

    def in_state(self, state: str, limit: int, position: Item | None) -> tuple[list[Email], Item | None]:
        found = [email for email in self.emails.values() if email.state == state]
        ordered = sorted(found, key=lambda email: email.updated_at, reverse=True)
        start = int(position["after"]) if position else 0
        page = ordered[start : start + limit]
        return page, {"after": str(start + limit)} if len(page) == limit else None

    def _gather(self, before: Gathering | None, after: Gathering) -> None:
        standing = self.gatherings.get(after.brief_id)
        if (standing.version if standing else None) != (before.version if before else None):
            raise TakenMeanwhile
        self.gatherings[after.brief_id] = replace(after, version=before.version + 1 if before else 1)


def _as_read(email: Email) -> tuple[str, str, int]:
    return email.state, email.updated_at, email.attempts


class FakeSources:
    """One project, its shortlist and whom to write to."""

    def __init__(self) -> None:
        self.current: Project | None = Project(
            brief_id=BRIEF,
            company_id="company-1",
            member_sub="sub-producer",
            publication_no=1,
            live=True,
            code_name="Projet Goémon",
            role="literary-director",
            deadline=date(2027, 6, 30),
        )
        self.addressee: Recipient | None = Recipient("claire@falaise-films.test", "fr")
        self.version = 0
        self.people: tuple[str, ...] = ()
        #: Seated people who may no longer be proposed.
        self.withdrawn: set[str] = set()

    def project(self, brief_id: str) -> Project | None:
        return self.current

    def recipient(self, project: Project) -> Recipient | None:
        return self.addressee

    def proposals(self, project: Project) -> list[Proposal]:
        return [proposal(profile_id) for profile_id in self.people if profile_id not in self.withdrawn]

    def seated(self, brief_id: str) -> tuple[int, tuple[str, ...]]:
        return self.version, self.people


def proposal(profile_id: str, **changes: Any) -> Proposal:
    fields: dict[str, Any] = {
        "profile_id": profile_id,
        "display_name": f"Personne {profile_id}",
        "level": "senior",
        "region": "bretagne",
        "verified_credits": 3,
        "reasons": [{"fr": f"Raison de {profile_id}.", "en": f"Reason of {profile_id}."}],
    }
    return Proposal(**(fields | changes))


class FakeQueue:
    """Keeps what it is given until it is taken; a test may take a message and put it back."""

    def __init__(self) -> None:
        self.waiting: list[str] = []

    def enqueue(self, dedup_key: str) -> None:
        self.waiting.append(dedup_key)


class FakeRenderer:
    def render(
        self,
        kind: str,
        language: Language,
        project: Project,
        proposals: list[Proposal],
        newcomers: tuple[str, ...],
    ) -> Message:
        shown = ",".join(one.profile_id for one in proposals)
        return Message(f"{kind} {language} {project.code_name}", shown, ",".join(newcomers))


class FakePost:
    """The mail service. `mood`: accepts, refuses for good, or is busy."""

    def __init__(self) -> None:
        self.mood = "accepts"
        self.accepted: list[tuple[str, Recipient, Message]] = []
        self.asked = 0

    def send(self, recipient: Recipient, message: Message, dedup_key: str) -> str:
        self.asked += 1
        if self.mood == "refuses":
            raise Refused("message_rejected")
        if self.mood == "busy":
            raise Retryable("ses_busy")
        self.accepted.append((dedup_key, recipient, message))
        return f"message-{len(self.accepted)}"

    @property
    def keys(self) -> list[str]:
        return [key for key, _, _ in self.accepted]


class Killed(BaseException):
    """The process is no more: nothing catches this."""


class Tripwire:
    """Kills at the nth call of a collaborator, before or after the call did its work; counts them meanwhile."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.fatal: int | None = None
        self.after = False

    def guard(self, name: str, target: Any) -> Any:
        return _Guarded(self, name, target)

    def pull(self, name: str, work: Callable[[], Any]) -> Any:
        self.calls.append(name)
        fatal = self.fatal == len(self.calls)
        if fatal and not self.after:
            raise Killed(name)
        result = work()
        if isinstance(result, Iterator):
            result = list(result)
        if fatal:
            raise Killed(name)
        return result


class _Guarded:
    def __init__(self, wire: Tripwire, name: str, target: Any) -> None:
        self._wire, self._name, self._target = wire, name, target

    def __getattr__(self, method: str) -> Any:
        bound = getattr(self._target, method)
        return lambda *given, **named: self._wire.pull(f"{self._name}.{method}", lambda: bound(*given, **named))


class PostOffice:
    """The service among its fakes, with a clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        self.store = FakeEmailStore()
        self.sources = FakeSources()
        self.queue = FakeQueue()
        self.post = FakePost()
        self.wire = Tripwire()
        self.service = NotificationService(
            self.wire.guard("store", self.store),
            self.wire.guard("sources", self.sources),
            self.wire.guard("queue", self.queue),
            self.wire.guard("renderer", FakeRenderer()),
            self.wire.guard("post", self.post),
            EVERY,
            lambda: self.now,
        )

    def compute(self, *people: str, cause: Cause = "profile") -> ShortlistComputed:
        """Matching puts another shortlist in force; returns what it tells of it."""
        assert self.sources.current is not None
        changed = self.sources.version == 0 or set(people) != set(self.sources.people)
        self.sources.version += 1
        self.sources.people = people
        return ShortlistComputed(
            brief_id=BRIEF,
            brief_version=2,
            publication_no=self.sources.current.publication_no,
            shortlist_version=self.sources.version,
            cause=cause,
            seats=len(people),
            changed=changed,
        )

    def publish(self, *people: str) -> ShortlistComputed:
        """The project goes live once more, with this shortlist."""
        assert self.sources.current is not None
        if self.sources.version:
            number = self.sources.current.publication_no + 1
            self.sources.current = replace(self.sources.current, publication_no=number, live=True)
        return self.compute(*people, cause="published")

    def close(self) -> None:
        assert self.sources.current is not None
        self.sources.current = replace(self.sources.current, live=False)

    def hear(self, *facts: ShortlistComputed) -> None:
        for fact in facts:
            self.service.shortlist_computed(fact)

    def work_off(self) -> None:
        """The queue's consumer takes every message that waits now. One whose consumer is killed stays."""
        for key in list(self.queue.waiting):
            self.service.send(key)
            self.queue.waiting.remove(key)

    def sweep(self) -> None:
        for key in self.service.overdue():
            self.service.requeue(key)
        for brief_id in self.service.with_changes_to_tell():
            self.service.tell_changes(brief_id)

    def later(self, **elapsed: float) -> None:
        self.now += timedelta(**elapsed)

    def pass_time(self, minutes: int) -> None:
        """The product left alone: a sweep every five minutes, and the queue worked off."""
        for _ in range(0, minutes, 5):
            self.later(minutes=5)
            self.sweep()
            self.work_off()

    def email(self, kind: str = "shortlist", number: int = 1) -> Email:
        return self.store.emails[f"{kind}/{BRIEF}/{number}"]
