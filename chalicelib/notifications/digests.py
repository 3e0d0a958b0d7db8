"""The digest of the morning: what it takes over, and what it tells."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from chalicelib.notifications.casework import CaseFile, CaseSection, Recipient
from chalicelib.notifications.contacts import Contact, ContactSection, FittingProject, NearDate
from chalicelib.notifications.errors import TakenMeanwhile
from chalicelib.notifications.messages import AnySection, Message
from chalicelib.notifications.models import (
    Email,
    Entry,
    OptionalKind,
    Preferences,
    Side,
    Suppression,
    Which,
    address_id,
    digest_key,
    ended,
    held,
    plan_digest,
    with_entry,
)
from chalicelib.notifications.posting import Posting
from chalicelib.notifications.posting import Store as PostingStore
from chalicelib.notifications.rhythm import Rhythm, digest_hour
from chalicelib.notifications.shortlists import Project, Proposal, Section
from chalicelib.platform.errors import Retryable
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock, stamp
from chalicelib.vocabulary.text import Language

#: Times that a digest is written again when others wrote to it meanwhile.
DIGEST_ATTEMPTS = 5

#: Whom an e-mail names to the company behind a project, by the project.
Named = dict[str, list[str]]


class Store(PostingStore, Protocol):
    def hand_over(self, before: Email, after: Email, digest_before: Email | None, digest_after: Email) -> None: ...
    def preferences(self, sub: str) -> Preferences: ...
    def suppression(self, address_id: str) -> Suppression | None: ...


class Sources(Protocol):
    def project(self, brief_id: str) -> Project | None: ...
    def recipient(self, project: Project) -> Recipient | None: ...
    def proposals(self, project: Project) -> list[Proposal]: ...
    def case(self, case_id: str) -> CaseFile | None:
        """The case as it is now; None when there is nobody to write to about it any more."""

    def contact(self, thread_id: str, reader: Side) -> Contact | None:
        """The conversation as it is now, for that side; None when there is none of this id. Raises Retryable."""

    def fitting(self, brief_id: str, profile_id: str) -> FittingProject | None:
        """The project for that person, as it is now; None when one of them is no more. Raises Retryable."""

    def near_date(self, brief_id: str, publication_no: int, which: Which) -> NearDate | None:
        """That date of the project as it is now; None when there is none any more."""


class Renderer(Protocol):
    def render_digest(self, language: Language, sections: list[AnySection], unsubscribe: str) -> Message: ...


class Links(Protocol):
    """The links that turn e-mails off, without an account."""

    def unsubscribe(self, sub: str, kind: OptionalKind) -> str:
        """Raises Retryable."""


class Digests:
    def __init__(
        self,
        store: Store,
        sources: Sources,
        renderer: Renderer,
        links: Links,
        posting: Posting,
        rhythm: Rhythm,
        clock: Clock,
    ) -> None:
        self._store = store
        self._sources = sources
        self._renderer = renderer
        self._links = links
        self._posting = posting
        self._rhythm = rhythm
        self._clock = clock

    def take(self, mine: Email, sub: str) -> None:
        """Ends the e-mail and has the person's next digest tell it, in one transaction. Raises Retryable."""
        entry = Entry.of(mine)
        for _ in range(DIGEST_ATTEMPTS):
            now = self._clock()
            day = self._rhythm.next_digest(now)
            before = self._store.email(digest_key(sub, day.isoformat()))
            if before is not None and before.state != "planned":
                day += timedelta(days=1)  # it is on its way already: this is for the next one
                before = self._store.email(digest_key(sub, day.isoformat()))
            after = (
                with_entry(before, entry, now)
                if before is not None
                else plan_digest(sub, day.isoformat(), digest_hour(day), entry, now)
            )
            gone = ended(mine, "digested", now)
            try:
                self._store.hand_over(mine, gone, before, after)
            except TakenMeanwhile:
                if self._store.email(mine.dedup_key) != mine:
                    self._posting.lost(mine, gone)
                    return
                continue
            log.info("email_digested", dedup_key=mine.dedup_key, digest=after.dedup_key)
            return
        raise Retryable("digest_changed_meanwhile")

    def deliver(self, mine: Email, named: Named) -> Email:
        """What has been held back for a person, as far as it is still worth telling. `named` is told whom
        it names. Raises Retryable."""
        assert mine.recipient_sub is not None
        morning = self._rhythm.quiet_until(self._clock())
        if morning is not None:
            return held(mine, "quiet_hours", morning, self._clock())
        preferences = self._store.preferences(mine.recipient_sub)
        wanted = [entry for entry in mine.entries if preferences.of(entry.kind).digest]
        if not wanted:
            return ended(mine, "unwanted", self._clock(), error_code="turned_off")
        told = [found for entry in wanted if (found := self._section(entry, mine.recipient_sub)) is not None]
        if not told:
            return ended(mine, "cancelled", self._clock(), error_code="nothing_left_to_tell")
        recipient = told[0][0]
        suppression = self._store.suppression(address_id(recipient.email))
        if suppression is not None:
            return ended(mine, "suppressed", self._clock(), error_code=suppression.reason)
        language = preferences.language or recipient.language
        link = self._links.unsubscribe(mine.recipient_sub, "digest")
        sections = [section for _, section in told]
        for section in sections:
            if isinstance(section, Section):
                people = named.setdefault(section.project.brief_id, [])
                people += [one.profile_id for one in section.people]
        return self._posting.post(mine, recipient, self._renderer.render_digest(language, sections, link))

    def _section(self, entry: Entry, sub: str) -> tuple[Recipient, AnySection] | None:
        """What a digest says of one thing, to whom; None when there is nothing to say to this account any more."""
        found = self._entry(entry)
        return found if found is not None and found[0].sub == sub else None

    def _entry(self, entry: Entry) -> tuple[Recipient, AnySection] | None:
        if entry.case_id and entry.moment and entry.happened_at:
            file = self._sources.case(entry.case_id)
            if file is None or not file.still(entry.moment, entry.happened_at):
                return None
            return file.recipient, CaseSection(file, entry.moment)
        if entry.thread_id and entry.contact_step and entry.reader and entry.happened_at:
            contact = self._sources.contact(entry.thread_id, entry.reader)
            if contact is None or contact.recipient is None:
                return None
            if not contact.still(entry.contact_step, entry.happened_at, stamp(self._clock())):
                return None
            return contact.recipient, ContactSection(contact, entry.contact_step)
        return self._entry_of_project(entry)

    def _entry_of_project(self, entry: Entry) -> tuple[Recipient, AnySection] | None:
        if entry.brief_id is None:
            return None
        if entry.profile_id is not None:
            fitting = self._sources.fitting(entry.brief_id, entry.profile_id)
            if fitting is None or fitting.recipient is None or not fitting.open_to_them:
                return None
            return fitting.recipient, fitting
        if entry.which is not None and entry.publication_no is not None:
            near = self._sources.near_date(entry.brief_id, entry.publication_no, entry.which)
            return (near.recipient, near) if near is not None and near.recipient is not None and near.binds else None
        project = self._sources.project(entry.brief_id)
        if project is None or not project.live or project.publication_no != entry.publication_no:
            return None
        recipient = self._sources.recipient(project)
        if recipient is None:
            return None
        people = self._sources.proposals(project)
        if entry.kind == "shortlist":
            return recipient, Section(project, people, whole=True)
        people = [person for person in people if person.profile_id in entry.newcomers]
        return (recipient, Section(project, people, whole=False)) if people else None
