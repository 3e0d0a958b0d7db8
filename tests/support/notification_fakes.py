"""Everything around the notifications service, in memory: what it stores, asks, queues and hands to the post."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

from chalicelib.matching.events import Cause, ShortlistComputed
from chalicelib.notifications.casework import AlarmFile, CaseFile, CaseSection, Invitation, Recipient
from chalicelib.notifications.colleagues import ColleagueInvitation
from chalicelib.notifications.contacts import Contact, ContactSection, FittingProject, NearDate
from chalicelib.notifications.departures import IdleAccount
from chalicelib.notifications.errors import AlreadyPlanned, Refused, TakenMeanwhile
from chalicelib.notifications.messages import AnySection, Message
from chalicelib.notifications.models import (
    AlarmStep,
    ContactStep,
    Email,
    Feedback,
    Gathering,
    Moment,
    Notice,
    OptionalKind,
    Preferences,
    Report,
    Side,
    SoftBounces,
    Suppression,
    Told,
    Which,
)
from chalicelib.notifications.postmaster import Postmaster
from chalicelib.notifications.rhythm import Rhythm
from chalicelib.notifications.service import NotificationService
from chalicelib.notifications.shortlists import Project, Proposal
from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import Item
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.text import Language

EVERY = timedelta(minutes=15)
BRIEF = "brief-1"
CLAIRE = "sub-producer"
ADDRESS = "claire@falaise-films.test"

#: Any hour, as many as there are: for tests that are about something else.
NO_REST = Rhythm(0, 0, 0)


class FakeEmailStore:
    def __init__(self) -> None:
        self.emails: dict[str, Email] = {}
        self.gatherings: dict[str, Gathering] = {}
        self.wishes: dict[str, Preferences] = {}
        self.places: dict[tuple[str, date], list[str]] = {}
        self.facts: list[Fact] = []
        self.suppressed: dict[str, Suppression] = {}
        self.turned_back: dict[str, SoftBounces] = {}
        self.noticed: dict[str, Notice] = {}
        self.told_of: dict[str, Told] = {}
        self.sent_notes: dict[str, list[str]] = {}

    def email(self, dedup_key: str) -> Email | None:
        return self.emails.get(dedup_key)

    def plan(self, email: Email, before: Gathering | None, after: Gathering) -> None:
        if email.dedup_key in self.emails:
            raise AlreadyPlanned
        self._gather(before, after)
        self.emails[email.dedup_key] = email

    def plan_letter(self, email: Email) -> None:
        if email.dedup_key in self.emails:
            raise AlreadyPlanned
        self.emails[email.dedup_key] = email

    def change(self, before: Email, after: Email) -> None:
        self._write((self.emails, after.dedup_key, before, after))

    def hand_over(self, before: Email, after: Email, digest_before: Email | None, digest_after: Email) -> None:
        self._write(
            (self.emails, after.dedup_key, before, after),
            (self.emails, digest_after.dedup_key, digest_before, digest_after),
        )

    def by_message(self, message_id: str) -> Email | None:
        return next((email for email in self.emails.values() if email.ses_message_id == message_id), None)

    def take_feedback(
        self,
        email: tuple[Email, Email],
        notice: Notice | None = None,
        suppression: tuple[Suppression | None, Suppression] | None = None,
        soft_bounces: tuple[SoftBounces | None, SoftBounces] | None = None,
    ) -> None:
        writes: list[tuple[dict[str, Any], str, Any, Any]] = []
        if email[0] != email[1]:
            writes.append((self.emails, email[1].dedup_key, *email))
        if notice is not None:
            writes.append((self.noticed, notice.notice_id, None, notice))
        if suppression is not None and suppression[0] != suppression[1]:
            writes.append((self.suppressed, suppression[1].address_id, *suppression))
        if soft_bounces is not None:
            writes.append((self.turned_back, soft_bounces[1].address_id, *soft_bounces))
        self._write(*writes)

    def preferences(self, sub: str) -> Preferences:
        return self.wishes.get(sub, Preferences(sub))

    def save_preferences(self, before: Preferences, after: Preferences) -> Preferences:
        after = replace(after, version=before.version + 1)
        self._write((self.wishes, after.sub, before if before.version else None, after))
        return after

    def take_place(self, sub: str, day: date, dedup_key: str, ceiling: int, now: datetime) -> bool:
        taken = self.places.setdefault((sub, day), [])
        if dedup_key not in taken and len(taken) < ceiling:
            taken.append(dedup_key)
        return dedup_key in taken

    def note_sent(self, sub: str, email: Email, now: datetime) -> None:
        self.sent_notes.setdefault(sub, []).append(email.dedup_key)

    def told(self, thread_id: str, reader: Side) -> Told | None:
        return self.told_of.get(f"{thread_id}/{reader}")

    def tell(self, before: Told | None, after: Told) -> None:
        self._write((self.told_of, f"{after.thread_id}/{after.reader}", before, after))

    def suppression(self, address_id: str) -> Suppression | None:
        return self.suppressed.get(address_id)

    def suppress(self, before: Suppression | None, after: Suppression, fact: Fact, now: datetime) -> None:
        self._write((self.suppressed, after.address_id, before, after))
        self.facts.append(fact)

    def lift(self, suppression: Suppression, fact: Fact, now: datetime) -> None:
        standing = self.suppressed.get(suppression.address_id)
        if standing is None or standing.version != suppression.version:
            raise TakenMeanwhile
        del self.suppressed[suppression.address_id]
        self.turned_back.pop(suppression.address_id, None)
        self.facts.append(fact)

    def suppressions(self, limit: int, position: Item | None) -> tuple[list[Suppression], Item | None]:
        return _page(self.suppressed.values(), lambda one: one.since, limit, position)

    def soft_bounces(self, address_id: str) -> SoftBounces | None:
        return self.turned_back.get(address_id)

    def notice(self, notice_id: str) -> Notice | None:
        return self.noticed.get(notice_id)

    def notices(self, state: str, limit: int, position: Item | None) -> tuple[list[Notice], Item | None]:
        found = [one for one in self.noticed.values() if one.state == state]
        return _page(found, lambda one: one.updated_at, limit, position)

    def change_notice(self, before: Notice, after: Notice, fact: Fact, now: datetime) -> None:
        self._write((self.noticed, after.notice_id, before, after))
        self.facts.append(fact)

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
        return _page(found, lambda email: email.updated_at, limit, position)

    def _write(self, *writes: tuple[dict[str, Any], str, Any, Any]) -> None:
        """Each record as it is now in place of how it was read, all of them or none."""
        for records, key, before, _ in writes:
            standing = records.get(key)
            if (standing.version if standing else None) != (before.version if before else None):
                raise TakenMeanwhile
        for records, key, _, after in writes:
            records[key] = after

    def _gather(self, before: Gathering | None, after: Gathering) -> None:
        standing = self.gatherings.get(after.brief_id)
        if (standing.version if standing else None) != (before.version if before else None):
            raise TakenMeanwhile
        self.gatherings[after.brief_id] = replace(after, version=before.version + 1 if before else 1)


def _page(
    found: Iterable[Any], when: Callable[[Any], str], limit: int, position: Item | None
) -> tuple[list[Any], Item | None]:
    ordered = sorted(found, key=when, reverse=True)
    start = int(position["after"]) if position else 0
    page = ordered[start : start + limit]
    return page, {"after": str(start + limit)} if len(page) == limit else None


class FakeSources:
    """One project, its shortlist and whom to write to."""

    def __init__(self) -> None:
        self.current: Project | None = Project(
            brief_id=BRIEF,
            company_id="company-1",
            member_sub=CLAIRE,
            publication_no=1,
            live=True,
            code_name="Projet Goémon",
            role="literary-director",
            deadline=date(2027, 6, 30),
        )
        self.addressee: Recipient | None = Recipient(CLAIRE, ADDRESS, "fr")
        self.version = 0
        self.people: tuple[str, ...] = ()
        #: Seated people who may no longer be proposed.
        self.withdrawn: set[str] = set()
        self.file: CaseFile | None = None
        self.idle: IdleAccount | None = None
        self.alarmed: AlarmFile | None = None
        self.invited: Invitation | None = None
        self.colleagues: dict[tuple[str, str], ColleagueInvitation] = {}
        self.contacts: dict[tuple[str, Side], Contact] = {}
        self.fits: dict[tuple[str, str], FittingProject] = {}
        self.near: dict[tuple[str, int, Which], NearDate] = {}

    def project(self, brief_id: str) -> Project | None:
        return self.current

    def recipient(self, project: Project) -> Recipient | None:
        return self.addressee

    def proposals(self, project: Project) -> list[Proposal]:
        return [proposal(profile_id) for profile_id in self.people if profile_id not in self.withdrawn]

    def seated(self, brief_id: str) -> tuple[int, tuple[str, ...]]:
        return self.version, self.people

    def case(self, case_id: str) -> CaseFile | None:
        return self.file

    def alarm(self, alarm_id: str) -> AlarmFile | None:
        return self.alarmed

    def invitation(self, case_id: str, attestation_id: str) -> Invitation | None:
        return self.invited

    def colleague(self, company_id: str, invitation_id: str) -> ColleagueInvitation | None:
        return self.colleagues.get((company_id, invitation_id))

    def contact(self, thread_id: str, reader: Side) -> Contact | None:
        return self.contacts.get((thread_id, reader))

    def fitting(self, brief_id: str, profile_id: str) -> FittingProject | None:
        return self.fits.get((brief_id, profile_id))

    def idle_account(self, sub: str) -> IdleAccount | None:
        return self.idle

    def near_date(self, brief_id: str, publication_no: int, which: Which) -> NearDate | None:
        return self.near.get((brief_id, publication_no, which))


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
        unsubscribe: str,
    ) -> Message:
        shown = ",".join(one.profile_id for one in proposals)
        return Message(f"{kind} {language} {project.code_name}", shown, ",".join(newcomers), unsubscribe)

    def render_case(self, language: Language, file: CaseFile, moment: Moment, unsubscribe: str) -> Message:
        return Message(f"{moment} {language} {file.case_id}", "", "", unsubscribe)

    def render_alarm(self, language: Language, file: AlarmFile, step: AlarmStep) -> Message:
        return Message(f"{step} {language} {file.alarm_id}", "", "", None)

    def render_inactivity(self, language: Language, account: IdleAccount) -> Message:
        return Message(f"inactivity {language} {account.deleted_on}", "", "", None)

    def render_invitation(self, invitation: Invitation, unsubscribe: str) -> Message:
        return Message("attestation", invitation.link, "", unsubscribe)

    def render_colleague(self, invitation: ColleagueInvitation, unsubscribe: str) -> Message:
        return Message(f"colleague of {invitation.company}", invitation.inviter, invitation.until, unsubscribe)

    def render_contact(
        self, language: Language, contact: Contact, step: ContactStep, unsubscribe: str | None
    ) -> Message:
        return Message(f"{step} {language} {contact.thread_id}", "", "", unsubscribe)

    def render_fitting(self, language: Language, project: FittingProject, unsubscribe: str) -> Message:
        return Message(f"fits {language} {project.brief_id}", "", "", unsubscribe)

    def render_near_date(self, language: Language, near: NearDate, unsubscribe: str) -> Message:
        return Message(f"{near.which} {language} {near.brief_id}", "", "", unsubscribe)

    def render_digest(self, language: Language, sections: list[AnySection], unsubscribe: str) -> Message:
        return Message(f"digest {language}", ";".join(_in_short(one) for one in sections), "", unsubscribe)


def _in_short(section: AnySection) -> str:
    if isinstance(section, CaseSection):
        return f"{section.file.case_id}:{section.moment}"
    if isinstance(section, ContactSection):
        return f"{section.contact.thread_id}:{section.step}"
    if isinstance(section, FittingProject):
        return f"{section.brief_id}:fits"
    if isinstance(section, NearDate):
        return f"{section.brief_id}:{section.which}"
    return f"{section.project.brief_id}:{','.join(person.profile_id for person in section.people)}"


class FakeLinks:
    def unsubscribe(self, sub: str, kind: OptionalKind) -> str:
        return f"https://plot-point.test/api/unsubscribe/{sub}.{kind}"

    def read(self, token: str) -> tuple[str, OptionalKind] | None:
        sub, _, kind = token.partition(".")
        return (sub, kind) if kind in get_args(OptionalKind) else None  # type: ignore[return-value]


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


class FakeViews:
    """Whom e-mails gave by name, each time."""

    def __init__(self) -> None:
        self.given: list[tuple[str, str]] = []

    def listed(self, brief_id: str, profile_ids: Iterable[str]) -> None:
        self.given += [(brief_id, one) for one in profile_ids]


class PostOffice:
    """The service among its fakes, with a clock that a test moves."""

    def __init__(self, rhythm: Rhythm = NO_REST) -> None:
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        self.store = FakeEmailStore()
        self.sources = FakeSources()
        self.queue = FakeQueue()
        self.post = FakePost()
        self.views = FakeViews()
        self.wire = Tripwire()
        self.service = NotificationService(
            self.wire.guard("store", self.store),
            self.wire.guard("sources", self.sources),
            self.wire.guard("queue", self.queue),
            self.wire.guard("renderer", FakeRenderer()),
            self.wire.guard("post", self.post),
            self.wire.guard("links", FakeLinks()),
            self.wire.guard("views", self.views),
            EVERY,
            rhythm,
            lambda: self.now,
        )
        self.postmaster = Postmaster(self.store, lambda: self.now)

    def compute(self, *people: str, cause: Cause = "profile") -> ShortlistComputed:
        """Matching puts another shortlist in force; returns what it tells of it."""
        assert self.sources.current is not None
        changed = self.sources.version == 0 or set(people) != set(self.sources.people)
        stayed = [one for one in self.sources.people if one in people]
        reordered = stayed != [one for one in people if one in self.sources.people]
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
            reordered=reordered,
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

    def report(self, report: Report, key: str = f"shortlist/{BRIEF}/1", *, tagged: bool = True) -> Feedback:
        """What the mail service says of an e-mail."""
        email = self.store.emails[key]
        named = report != "sent"
        return Feedback(
            report=report,
            message_id=email.ses_message_id or "message-unmarked",
            dedup_key=key if tagged else None,
            sent_at=stamp(self.now),
            address=ADDRESS if named else None,
        )
