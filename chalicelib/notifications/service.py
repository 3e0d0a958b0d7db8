"""Planning and sending the producer's e-mails.

One e-mail per publication, whatever the streams repeat; what changes afterwards is gathered into at most one
e-mail every `every` minutes. An e-mail is planned once (its dedup key), claimed by a conditional write, sent, and
marked; `docs/decisions/` says what happens when a function dies between two of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from chalicelib.matching.events import ShortlistComputed
from chalicelib.notifications.errors import AlreadyPlanned, Refused, TakenMeanwhile
from chalicelib.notifications.models import (
    ATTEMPTS,
    FINAL,
    Email,
    Gathering,
    claimed,
    ended,
    may_be_claimed,
    plan,
    released,
)
from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock, stamp
from chalicelib.vocabulary.text import Language

PAGE = 50


@dataclass(frozen=True, slots=True)
class Project:
    """What an e-mail says of a brief, and whom it goes to. Only the code name is ever written."""

    brief_id: str
    company_id: str
    member_sub: str
    publication_no: int
    live: bool
    code_name: str
    role: str
    deadline: date | None


@dataclass(frozen=True, slots=True)
class Recipient:
    email: str
    language: Language


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed person as an e-mail shows them; each reason has the keys `fr` and `en`."""

    profile_id: str
    display_name: str
    level: str
    region: str | None
    verified_credits: int
    reasons: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered e-mail."""

    subject: str
    html: str
    text: str


class Sources(Protocol):
    """What notifications ask of briefs, companies, matching and profiles."""

    def project(self, brief_id: str) -> Project | None: ...
    def recipient(self, project: Project) -> Recipient | None: ...
    def proposals(self, project: Project) -> list[Proposal]: ...
    def seated(self, brief_id: str) -> tuple[int, tuple[str, ...]]: ...


class EmailStore(Protocol):
    def email(self, dedup_key: str) -> Email | None: ...
    def plan(self, email: Email, before: Gathering | None, after: Gathering) -> None: ...
    def change(self, before: Email, after: Email) -> None: ...
    def gathering(self, brief_id: str) -> Gathering | None: ...
    def gather(self, before: Gathering, after: Gathering) -> None: ...
    def due_emails(self, now: datetime) -> Iterator[str]: ...
    def due_gatherings(self, now: datetime) -> Iterator[str]: ...
    def in_state(self, state: str, limit: int, position: Item | None) -> tuple[list[Email], Item | None]: ...


class Outgoing(Protocol):
    """The queue that e-mails wait on."""

    def enqueue(self, dedup_key: str) -> None: ...


class Renderer(Protocol):
    def render(
        self,
        kind: str,
        language: Language,
        project: Project,
        proposals: list[Proposal],
        newcomers: tuple[str, ...],
    ) -> Message: ...


class Mailer(Protocol):
    def send(self, recipient: Recipient, message: Message, dedup_key: str) -> str:
        """Hands the message over and returns its id there. Raises Refused, Retryable."""


class NotificationService:
    def __init__(
        self,
        store: EmailStore,
        sources: Sources,
        outgoing: Outgoing,
        renderer: Renderer,
        mailer: Mailer,
        every: timedelta,
        clock: Clock,
    ) -> None:
        self._store = store
        self._sources = sources
        self._outgoing = outgoing
        self._renderer = renderer
        self._mailer = mailer
        self._every = every
        self._clock = clock

    def shortlist_computed(self, computed: ShortlistComputed) -> None:
        """Plans the publication's e-mail the first time, and gathers what changes afterwards. Raises Retryable."""
        now = self._clock()
        gathering = self._store.gathering(computed.brief_id)
        if gathering is None or gathering.publication_no < computed.publication_no:
            self._announce(computed, gathering, now)
            return
        if gathering.publication_no == computed.publication_no:
            # Heard again, perhaps after being killed before the queue was told: telling it twice is harmless.
            self._requeue(_publication_key(computed.brief_id, computed.publication_no))
            self._note_change(computed, gathering, now)

    def send(self, dedup_key: str) -> None:
        """Sends a planned e-mail once. What fails for a while is planned again; raises Retryable when even that
        could not be written."""
        email, now = self._store.email(dedup_key), self._clock()
        if email is None or not may_be_claimed(email, now):
            return
        if email.attempts >= ATTEMPTS:
            # Functions died over it every time: another attempt would only kill another one.
            self._finish(email, ended(email, "given_up", now, error_code=email.error_code or "died_sending"))
            return
        mine = claimed(email, now)
        try:
            self._store.change(email, mine)
        except TakenMeanwhile:
            return
        try:
            after = self._deliver(mine)
        except Retryable as error:
            # Not raised: the queue would burn every attempt within minutes. The sweeper takes it up when it is due.
            after = released(mine, str(error), self._clock())
        self._finish(mine, after)

    def overdue(self) -> list[str]:
        """Dedup keys of the e-mails that should have gone by now."""
        return list(self._store.due_emails(self._clock()))

    def requeue(self, dedup_key: str) -> None:
        """Puts an e-mail that nobody took up on the queue again. Raises Retryable."""
        self._outgoing.enqueue(dedup_key)
        log.warning("email_overdue", dedup_key=dedup_key)

    def with_changes_to_tell(self) -> list[str]:
        """Ids of the briefs whose gathered changes may be told now."""
        return list(self._store.due_gatherings(self._clock()))

    def tell_changes(self, brief_id: str) -> None:
        """Plans the e-mail of a brief's gathered changes, when there are any and their time has come.

        Raises Retryable."""
        self._tell_changes(brief_id, self._clock())

    def in_state(self, state: str, position: Item | None) -> tuple[list[Email], Item | None]:
        """E-mails in a state, last changed first, and the position to go on from."""
        return self._store.in_state(state, PAGE, position)

    def _announce(self, computed: ShortlistComputed, before: Gathering | None, now: datetime) -> None:
        version, people = self._sources.seated(computed.brief_id)
        key = _publication_key(computed.brief_id, computed.publication_no)
        email = plan(key, "shortlist", computed.brief_id, computed.publication_no, now)
        begun = Gathering(
            brief_id=computed.brief_id,
            publication_no=computed.publication_no,
            shortlist_version=version,
            told=people,
            last_email_at=stamp(now),
            last_key=key,
            due_at=None,
            version=0,
        )
        try:
            self._store.plan(email, before, begun)
        except (AlreadyPlanned, TakenMeanwhile):
            # Another function has just announced it: what this event says of changes must still be noted.
            raise Retryable("gathering_changed_meanwhile") from None
        self._outgoing.enqueue(key)

    def _note_change(self, computed: ShortlistComputed, gathering: Gathering, now: datetime) -> None:
        # Queues keep no order: news older than what was last told is no news, whatever came in between.
        if computed.changed and computed.shortlist_version > gathering.shortlist_version and gathering.due_at is None:
            earliest = datetime.fromisoformat(gathering.last_email_at) + self._every
            self._postpone(gathering, max(now, earliest))
        self._tell_changes(computed.brief_id, now)

    def _tell_changes(self, brief_id: str, now: datetime) -> None:
        gathering = self._store.gathering(brief_id)
        if gathering is None or gathering.due_at is None or gathering.due_at > stamp(now):
            return
        last = self._store.email(gathering.last_key)
        if last is not None and last.state not in FINAL:
            return  # an outage holds it up: the changes stay due, and go together once it has gone
        if last is not None and last.state == "sent":
            earliest = datetime.fromisoformat(last.updated_at) + self._every
            if earliest > now:
                self._postpone(gathering, earliest)
                return
        project = self._sources.project(brief_id)
        version, people = self._sources.seated(brief_id)
        newcomers = tuple(profile_id for profile_id in people if profile_id not in gathering.told)
        settled = replace(gathering, shortlist_version=version, due_at=None)
        try:
            if not newcomers or project is None or not project.live:
                # Nobody new to meet, or the project is over: nothing that is worth an e-mail.
                self._store.gather(gathering, settled)
                return
            key = f"changes/{brief_id}/{gathering.publication_no}/{version}"
            email = plan(key, "shortlist_changes", brief_id, gathering.publication_no, now, newcomers)
            told = replace(settled, told=people, last_email_at=stamp(now), last_key=key)
            self._store.plan(email, gathering, told)
        except (AlreadyPlanned, TakenMeanwhile):
            # Another function has just told what it knew of, which may be less than what there is to tell.
            raise Retryable("gathering_changed_meanwhile") from None
        self._outgoing.enqueue(key)

    def _postpone(self, gathering: Gathering, until: datetime) -> None:
        try:
            self._store.gather(gathering, replace(gathering, due_at=stamp(until)))
        except TakenMeanwhile:
            raise Retryable("gathering_changed_meanwhile") from None

    def _requeue(self, key: str) -> None:
        email = self._store.email(key)
        if email is not None and email.state == "planned":
            self._outgoing.enqueue(key)

    def _deliver(self, email: Email) -> Email:
        project = self._sources.project(email.brief_id)
        if project is None or not project.live or project.publication_no != email.publication_no:
            return ended(email, "cancelled", self._clock(), error_code="project_no_longer_live")
        recipient = self._sources.recipient(project)
        if recipient is None:
            return ended(email, "refused", self._clock(), error_code="no_recipient")
        proposals = self._sources.proposals(project)
        if email.newcomers and not any(person.profile_id in email.newcomers for person in proposals):
            return ended(email, "cancelled", self._clock(), error_code="newcomers_left")
        message = self._renderer.render(email.kind, recipient.language, project, proposals, email.newcomers)
        try:
            message_id = self._mailer.send(recipient, message, email.dedup_key)
        except Refused as refusal:
            return ended(email, "refused", self._clock(), error_code=str(refusal))
        return ended(email, "sent", self._clock(), ses_message_id=message_id)

    def _finish(self, mine: Email, after: Email) -> None:
        try:
            self._store.change(mine, after)
        except TakenMeanwhile:
            # The claim ran out while we were sending, and another function took it over.
            log.warning("email_claim_lost", dedup_key=mine.dedup_key, state=after.state)
            return
        fields: dict[str, Any] = {
            "dedup_key": after.dedup_key,
            "state": after.state,
            "attempts": after.attempts,
        }
        if after.state in FINAL and after.state != "sent":
            log.warning("email_ended", **fields, error_code=after.error_code)
        else:
            log.info("email_" + after.state, **fields)


def _publication_key(brief_id: str, publication_no: int) -> str:
    return f"shortlist/{brief_id}/{publication_no}"
