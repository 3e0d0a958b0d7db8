"""Planning e-mails, and sending them once: those about projects and conversations, to both sides, and those of
verification, of moderation and of accounts.

One e-mail per publication, whatever the streams repeat; what changes afterwards is gathered into at most one
e-mail every `every` minutes. An e-mail is planned once (its dedup key), claimed by a conditional write, sent
(`delivery`), and marked; `docs/decisions/` says what happens when a function dies between two of these. One e-mail per
thing that happened in a case or a conversation, per project that fits somebody, per date that comes near, and per
request for an attestation and per invitation of a colleague, on the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.briefs.events import BriefDeadlineNear
from chalicelib.companies.events import MemberInvited
from chalicelib.matching.events import ProjectFits, ShortlistComputed
from chalicelib.moderation.events import ReportDecided
from chalicelib.notifications.delivery import Delivery, Renderer
from chalicelib.notifications.delivery import Sources as DeliverySources
from chalicelib.notifications.delivery import Store as DeliveryStore
from chalicelib.notifications.digests import Links, Named
from chalicelib.notifications.errors import AlreadyPlanned, TakenMeanwhile
from chalicelib.notifications.models import (
    ATTEMPTS,
    FINAL,
    Email,
    Gathering,
    Which,
    claimed,
    ended,
    may_be_claimed,
    plan,
    plan_fitting,
    plan_invitation,
    plan_of_alarm,
    plan_of_case,
    plan_of_colleague,
    plan_of_contact,
    plan_of_deadline,
    plan_of_inactivity,
    plan_of_ruling,
    released,
)
from chalicelib.notifications.occasions import (
    ALARM_STEP_OF,
    MOMENT_OF,
    RULING_STEP_OF,
    AlarmFact,
    CaseFact,
    ContactFact,
    RulingFact,
    told_to,
)
from chalicelib.notifications.posting import Mailer, Posting
from chalicelib.notifications.rhythm import Rhythm
from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
from chalicelib.privacy.events import InactivityNear
from chalicelib.verification.events import AlarmWithdrawn
from chalicelib.vocabulary.clock import Clock, stamp

PAGE = 50

#: The four dates that a project may count down to.
_DATES: tuple[Which, ...] = ("renewal_notice", "option_end", "broadcaster_date", "start_window_end")


class Sources(DeliverySources, Protocol):
    """What notifications ask of briefs, companies, conversations, matching, moderation, privacy, profiles and
    verification."""

    def seated(self, brief_id: str) -> tuple[int, tuple[str, ...]]: ...


class EmailStore(DeliveryStore, Protocol):
    def plan(self, email: Email, before: Gathering | None, after: Gathering) -> None: ...
    def plan_letter(self, email: Email) -> None: ...
    def gathering(self, brief_id: str) -> Gathering | None: ...
    def gather(self, before: Gathering, after: Gathering) -> None: ...
    def due_emails(self, now: datetime) -> Iterator[str]: ...
    def due_gatherings(self, now: datetime) -> Iterator[str]: ...
    def in_state(self, state: str, limit: int, position: Item | None) -> tuple[list[Email], Item | None]: ...


class Outgoing(Protocol):
    """The queue that e-mails wait on."""

    def enqueue(self, dedup_key: str) -> None: ...


class Views(Protocol):
    """What notifications tell visibility."""

    def listed(self, brief_id: str, profile_ids: Iterable[str]) -> None:
        """That an e-mail gave these people to the company behind a brief, by name. Never fails."""


class NotificationService:
    def __init__(
        self,
        store: EmailStore,
        sources: Sources,
        outgoing: Outgoing,
        renderer: Renderer,
        mailer: Mailer,
        links: Links,
        views: Views,
        every: timedelta,
        rhythm: Rhythm,
        clock: Clock,
    ) -> None:
        self._store = store
        self._sources = sources
        self._outgoing = outgoing
        self._views = views
        self._posting = Posting(store, mailer, clock)
        self._delivery = Delivery(store, sources, renderer, links, self._posting, rhythm, clock)
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

    def case_moved(self, fact: CaseFact, version: int, happened_at: str) -> None:
        """Plans what its subject is told of a case that came to this version at that instant (ISO 8601 UTC); again, it
        changes nothing. Raises Retryable."""
        self._plan_letter(plan_of_case(fact.case_id, MOMENT_OF[type(fact)], version, happened_at, self._clock()))

    def alarm_moved(self, fact: AlarmFact, version: int) -> None:
        """Plans what its subject is told of an alarm that came to this version; again, it changes nothing. Of one that
        was taken back before it was raised they were never told, and are not now. Raises Retryable."""
        if isinstance(fact, AlarmWithdrawn) and not fact.raised:
            return
        self._plan_letter(plan_of_alarm(fact.alarm_id, ALARM_STEP_OF[type(fact)], version, self._clock()))

    def ruled(self, fact: RulingFact, version: int) -> None:
        """Plans what is told of a report or a decision that came to this version, to whoever made the report, to
        whoever is reminded of a rule, to whoever a decision is about; again, it changes nothing. Raises Retryable."""
        steps = [RULING_STEP_OF[type(fact)]]
        if isinstance(fact, ReportDecided) and fact.reminded:
            steps.append("reminded")
        for step in steps:
            self._plan_letter(plan_of_ruling(fact.aggregate_id, step, version, self._clock()))

    def colleague_invited(self, fact: MemberInvited) -> None:
        """Plans the e-mail to somebody whom a company wants with it; again, it changes nothing. Raises Retryable."""
        if not fact.invitation_id:
            return
        self._plan_letter(plan_of_colleague(fact.company_id, fact.invitation_id, self._clock()))

    def attestation_asked(self, case_id: str, attestation_id: str) -> None:
        """Plans the invitation to an attester; again, it changes nothing. Raises Retryable."""
        self._plan_letter(plan_invitation(case_id, attestation_id, self._clock()))

    def conversation_moved(self, fact: ContactFact, version: int, happened_at: str) -> None:
        """Plans what each side is told of a conversation that came to this version at that instant (ISO 8601 UTC);
        again, it changes nothing. Raises Retryable."""
        for step, reader in told_to(fact):
            self._plan_letter(plan_of_contact(fact.thread_id, step, reader, version, happened_at, self._clock()))

    def project_fits(self, fact: ProjectFits) -> None:
        """Plans an e-mail to each person whom a project fits, once ever; again, it changes nothing. Whoever changed
        their profile themselves hears of it in the digest. Raises Retryable."""
        at_once = fact.cause != "profile"
        for profile_id in fact.profile_ids:
            self._plan_letter(
                plan_fitting(fact.brief_id, fact.publication_no, profile_id, self._clock(), at_once=at_once)
            )

    def deadline_near(self, fact: BriefDeadlineNear) -> None:
        """Plans the reminder of a project's date; again, it changes nothing. Raises Retryable."""
        which = next((one for one in _DATES if one == fact.which), None)
        if which is not None:
            self._plan_letter(
                plan_of_deadline(fact.brief_id, fact.publication_no, which, fact.days_left, self._clock())
            )

    def inactivity_near(self, fact: InactivityNear) -> None:
        """Plans what somebody is told before their unused account goes; again, it changes nothing. Raises Retryable."""
        self._plan_letter(plan_of_inactivity(fact.account_id, fact.last_active_on, fact.months, self._clock()))

    def send(self, dedup_key: str) -> None:
        """Sends a planned e-mail once. What fails for a while is planned again; raises Retryable when even that
        could not be written."""
        email, now = self._store.email(dedup_key), self._clock()
        if email is None or not may_be_claimed(email, now):
            return
        if email.attempts >= ATTEMPTS:
            # Functions died over it every time: another attempt would only kill another one.
            self._posting.finish(email, ended(email, "given_up", now, error_code=email.error_code or "died_sending"))
            return
        mine = claimed(email, now)
        try:
            self._store.change(email, mine)
        except TakenMeanwhile:
            return
        named: Named = {}
        try:
            after = self._delivery.deliver(mine, named)
        except Retryable as error:
            # Not raised: the queue would burn every attempt within minutes. The sweeper takes it up when it is due.
            after = released(mine, str(error), self._clock())
        if after is None:
            return
        self._posting.finish(mine, after)
        if after.state == "sent":
            # Once it is marked: whoever dies over a note repeats no e-mail.
            for brief_id, profile_ids in named.items():
                self._views.listed(brief_id, profile_ids)

    def overdue(self) -> list[str]:
        """Dedup keys of the e-mails that should have gone by now."""
        return list(self._store.due_emails(self._clock()))

    def requeue(self, dedup_key: str) -> None:
        """Puts an e-mail on the queue whose hour has come, or that nobody took up. Raises Retryable."""
        self._outgoing.enqueue(dedup_key)
        log.info("email_due", dedup_key=dedup_key)

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
            return  # an outage or the night holds it up: the changes stay due, and go together once it has gone
        if last is not None and last.sent_at is not None:
            earliest = datetime.fromisoformat(last.sent_at) + self._every
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

    def _plan_letter(self, email: Email) -> None:
        try:
            self._store.plan_letter(email)
        except AlreadyPlanned:
            # Heard again, perhaps after being killed before the queue was told.
            self._requeue(email.dedup_key)
            return
        self._outgoing.enqueue(email.dedup_key)

    def _requeue(self, key: str) -> None:
        email = self._store.email(key)
        if email is not None and email.state == "planned":
            self._outgoing.enqueue(key)


def _publication_key(brief_id: str, publication_no: int) -> str:
    return f"shortlist/{brief_id}/{publication_no}"
