"""Planning and sending e-mails: those about projects and conversations, to both sides, and those of verification.

One e-mail per publication, whatever the streams repeat; what changes afterwards is gathered into at most one
e-mail every `every` minutes. An e-mail is planned once (its dedup key), claimed by a conditional write, sent, and
marked; `docs/decisions/` says what happens when a function dies between two of these. One e-mail per thing that
happened in a case or a conversation, per project that fits somebody, per date that comes near, and per request for an
attestation, on the same way. Before it goes, it is asked
whether the person wants it, whether their address takes it, and whether this is the hour: what may not go now waits,
or joins the digest of the morning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from chalicelib.briefs.events import BriefDeadlineNear
from chalicelib.conversations.events import (
    AnswerAwaited,
    Answered,
    Declined,
    Engaged,
    EngagementProposed,
    FileAdded,
    InterestShown,
    Invited,
    MessageSent,
    MissionBroken,
    Party,
    RevealAsked,
    Revealed,
)
from chalicelib.matching.events import ProjectFits, ShortlistComputed
from chalicelib.notifications.casework import AlarmFile, CaseFile, CaseSection, Invitation, Recipient
from chalicelib.notifications.contacts import Contact, ContactSection, FittingProject, NearDate
from chalicelib.notifications.departures import IdleAccount
from chalicelib.notifications.errors import AlreadyPlanned, Refused, TakenMeanwhile
from chalicelib.notifications.models import (
    ANSWERS_AN_ACT,
    ATTEMPTS,
    FINAL,
    LETTERS,
    MESSAGES_GATHERED_FOR,
    WENT,
    AlarmStep,
    ContactStep,
    Email,
    Entry,
    Gathering,
    Kind,
    Moment,
    OptionalKind,
    Preferences,
    Side,
    Suppression,
    Told,
    Which,
    address_id,
    claimed,
    digest_key,
    ended,
    held,
    mailbox_sub,
    may_be_claimed,
    plan,
    plan_digest,
    plan_fitting,
    plan_invitation,
    plan_of_alarm,
    plan_of_case,
    plan_of_contact,
    plan_of_deadline,
    plan_of_inactivity,
    released,
    told_again,
    turned_off_as,
    with_entry,
)
from chalicelib.notifications.rhythm import Rhythm, digest_hour
from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
from chalicelib.privacy.events import InactivityNear
from chalicelib.verification.events import (
    AlarmAnswered,
    AlarmAppealed,
    AlarmAppealRejected,
    AlarmConfirmed,
    AlarmDismissed,
    AlarmExpired,
    AlarmLifted,
    AlarmRaised,
    AlarmWithdrawn,
    AppealDecided,
    CaseAppealed,
    CaseDecided,
    CaseExpired,
    CaseReopened,
    CaseSubmitted,
    CaseWithdrawn,
    InformationRequested,
)
from chalicelib.vocabulary.clock import Clock, paris_day, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.text import LANGUAGES, Language

PAGE = 50

#: What happens in a case that its subject is written to about.
CaseFact = (
    CaseSubmitted
    | InformationRequested
    | CaseDecided
    | CaseAppealed
    | AppealDecided
    | CaseWithdrawn
    | CaseExpired
    | CaseReopened
)
_MOMENTS: dict[type[Fact], Moment] = {
    CaseSubmitted: "received",
    InformationRequested: "question",
    CaseDecided: "decided",
    CaseAppealed: "appealed",
    AppealDecided: "appeal_decided",
    CaseWithdrawn: "withdrawn",
    CaseExpired: "expired",
    CaseReopened: "reopened",
}

#: What happens to an alarm that its subject is written to about.
AlarmFact = (
    AlarmRaised
    | AlarmAnswered
    | AlarmConfirmed
    | AlarmDismissed
    | AlarmWithdrawn
    | AlarmAppealed
    | AlarmAppealRejected
    | AlarmLifted
    | AlarmExpired
)
_STEPS: dict[type[Fact], AlarmStep] = {
    AlarmRaised: "raised",
    AlarmAnswered: "answered",
    AlarmConfirmed: "in_force",
    AlarmDismissed: "dismissed",
    AlarmWithdrawn: "withdrawn",
    AlarmAppealed: "appealed",
    AlarmAppealRejected: "upheld",
    AlarmLifted: "lifted",
    AlarmExpired: "expired",
}

#: What happens in a conversation that somebody is written to about.
ContactFact = (
    Invited
    | InterestShown
    | Declined
    | MessageSent
    | FileAdded
    | RevealAsked
    | Revealed
    | Answered
    | AnswerAwaited
    | EngagementProposed
    | Engaged
    | MissionBroken
)

#: The four dates that a project may count down to.
_DATES: tuple[Which, ...] = ("renewal_notice", "option_end", "broadcaster_date", "start_window_end")

#: Times that a digest is written again when others wrote to it meanwhile.
DIGEST_ATTEMPTS = 5


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
class Proposal:
    """A proposed person as an e-mail shows them; each reason has the keys `fr` and `en`."""

    profile_id: str
    display_name: str
    level: str
    region: str | None
    verified_credits: int
    reasons: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """What a digest tells of a project: the people to meet, and whether they are all of its shortlist."""

    project: Project
    people: list[Proposal]
    whole: bool


#: What a digest tells one thing with.
AnySection = Section | CaseSection | ContactSection | FittingProject | NearDate


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered e-mail. `unsubscribe`: the link that turns its kind off; None for one that nobody turns off."""

    subject: str
    html: str
    text: str
    unsubscribe: str | None


class Sources(Protocol):
    """What notifications ask of briefs, companies, conversations, matching, profiles and verification."""

    def project(self, brief_id: str) -> Project | None: ...
    def recipient(self, project: Project) -> Recipient | None: ...
    def proposals(self, project: Project) -> list[Proposal]: ...
    def seated(self, brief_id: str) -> tuple[int, tuple[str, ...]]: ...

    def case(self, case_id: str) -> CaseFile | None:
        """The case as it is now; None when there is nobody to write to about it any more."""

    def alarm(self, alarm_id: str) -> AlarmFile | None:
        """The alarm as it is now; None when there is none of this id. Raises Retryable."""

    def invitation(self, case_id: str, attestation_id: str) -> Invitation | None:
        """What to write to an attester; None when they are not to be asked (any more). Raises Retryable."""

    def contact(self, thread_id: str, reader: Side) -> Contact | None:
        """The conversation as it is now, for that side; None when there is none of this id. Raises Retryable."""

    def fitting(self, brief_id: str, profile_id: str) -> FittingProject | None:
        """The project for that person, as it is now; None when one of them is no more. Raises Retryable."""

    def idle_account(self, sub: str) -> IdleAccount | None:
        """The account as it stands; None when it is in use, or gone. Raises Retryable."""

    def near_date(self, brief_id: str, publication_no: int, which: Which) -> NearDate | None:
        """That date of the project as it is now; None when there is none any more."""


class EmailStore(Protocol):
    def email(self, dedup_key: str) -> Email | None: ...
    def plan(self, email: Email, before: Gathering | None, after: Gathering) -> None: ...
    def plan_letter(self, email: Email) -> None: ...
    def change(self, before: Email, after: Email) -> None: ...
    def hand_over(self, before: Email, after: Email, digest_before: Email | None, digest_after: Email) -> None: ...
    def preferences(self, sub: str) -> Preferences: ...
    def suppression(self, address_id: str) -> Suppression | None: ...
    def take_place(self, sub: str, day: date, dedup_key: str, ceiling: int, now: datetime) -> bool: ...
    def note_sent(self, sub: str, email: Email, now: datetime) -> None:
        """Keeps for this account that the e-mail goes to it; again changes nothing."""

    def told(self, thread_id: str, reader: Side) -> Told | None: ...
    def tell(self, before: Told | None, after: Told) -> None: ...
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
        kind: Kind,
        language: Language,
        project: Project,
        proposals: list[Proposal],
        newcomers: tuple[str, ...],
        unsubscribe: str,
    ) -> Message: ...

    def render_case(self, language: Language, file: CaseFile, moment: Moment, unsubscribe: str) -> Message: ...

    def render_alarm(self, language: Language, file: AlarmFile, step: AlarmStep) -> Message: ...

    def render_invitation(self, invitation: Invitation, unsubscribe: str) -> Message: ...

    def render_contact(
        self, language: Language, contact: Contact, step: ContactStep, unsubscribe: str | None
    ) -> Message: ...

    def render_fitting(self, language: Language, project: FittingProject, unsubscribe: str) -> Message: ...

    def render_near_date(self, language: Language, near: NearDate, unsubscribe: str) -> Message: ...

    def render_inactivity(self, language: Language, account: IdleAccount) -> Message: ...

    def render_digest(self, language: Language, sections: list[AnySection], unsubscribe: str) -> Message: ...


class Links(Protocol):
    """The links that turn e-mails off, without an account."""

    def unsubscribe(self, sub: str, kind: OptionalKind) -> str:
        """Raises Retryable."""


class Mailer(Protocol):
    def send(self, recipient: Recipient, message: Message, dedup_key: str) -> str:
        """Hands the message over and returns its id there. Raises Refused, Retryable."""


#: Whom an e-mail names to the company behind a project, by the project.
Named = dict[str, list[str]]


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
        self._renderer = renderer
        self._mailer = mailer
        self._links = links
        self._views = views
        self._every = every
        self._rhythm = rhythm
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
        self._plan_letter(plan_of_case(fact.case_id, _MOMENTS[type(fact)], version, happened_at, self._clock()))

    def alarm_moved(self, fact: AlarmFact, version: int) -> None:
        """Plans what its subject is told of an alarm that came to this version; again, it changes nothing. Of one that
        was taken back before it was raised they were never told, and are not now. Raises Retryable."""
        if isinstance(fact, AlarmWithdrawn) and not fact.raised:
            return
        self._plan_letter(plan_of_alarm(fact.alarm_id, _STEPS[type(fact)], version, self._clock()))

    def attestation_asked(self, case_id: str, attestation_id: str) -> None:
        """Plans the invitation to an attester; again, it changes nothing. Raises Retryable."""
        self._plan_letter(plan_invitation(case_id, attestation_id, self._clock()))

    def conversation_moved(self, fact: ContactFact, version: int, happened_at: str) -> None:
        """Plans what each side is told of a conversation that came to this version at that instant (ISO 8601 UTC);
        again, it changes nothing. Raises Retryable."""
        for step, reader in _told_to(fact):
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
            self._finish(email, ended(email, "given_up", now, error_code=email.error_code or "died_sending"))
            return
        mine = claimed(email, now)
        try:
            self._store.change(email, mine)
        except TakenMeanwhile:
            return
        named: Named = {}
        try:
            after = self._deliver(mine, named)
        except Retryable as error:
            # Not raised: the queue would burn every attempt within minutes. The sweeper takes it up when it is due.
            after = released(mine, str(error), self._clock())
        if after is None:
            return
        self._finish(mine, after)
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

    def _deliver(self, mine: Email, named: Named) -> Email | None:
        """How the e-mail stands after this attempt; None when a digest has taken it over. `named` is told whom it
        names. Raises Retryable."""
        if mine.kind == "digest":
            return self._deliver_digest(mine, named)
        if mine.kind == "alarm":
            return self._deliver_alarm(mine)
        if mine.kind == "inactivity":
            return self._deliver_inactivity(mine)
        if mine.attestation_id is not None:
            return self._deliver_invitation(mine)
        if mine.contact_step is not None:
            return self._deliver_contact(mine)
        if mine.profile_id is not None:
            return self._deliver_fitting(mine)
        if mine.which is not None:
            return self._deliver_near_date(mine)
        return self._deliver_shortlist(mine, named) if mine.case_id is None else self._deliver_case(mine)

    def _deliver_shortlist(self, mine: Email, named: Named) -> Email | None:
        kind = turned_off_as(mine)
        project = self._sources.project(mine.brief_id) if mine.brief_id else None
        if project is None or not project.live or project.publication_no != mine.publication_no:
            return ended(mine, "cancelled", self._clock(), error_code="project_no_longer_live")
        recipient = self._sources.recipient(project)
        if recipient is None:
            return ended(mine, "refused", self._clock(), error_code="no_recipient")
        preferences = self._store.preferences(recipient.sub)
        if _is_unwanted(preferences, kind):
            return ended(mine, "unwanted", self._clock(), error_code="turned_off")
        proposals = self._sources.proposals(project)
        if mine.newcomers and not any(person.profile_id in mine.newcomers for person in proposals):
            return ended(mine, "cancelled", self._clock(), error_code="newcomers_left")

        def written(language: Language, link: str) -> Message:
            return self._renderer.render(kind, language, project, proposals, mine.newcomers, link)

        named[project.brief_id] = [one.profile_id for one in proposals]
        return self._let_go(mine, recipient, preferences, written)

    def _deliver_case(self, mine: Email) -> Email | None:
        """What happened in a case, unless it has moved on since."""
        assert mine.case_id and mine.moment and mine.happened_at
        moment, file = mine.moment, self._sources.case(mine.case_id)
        if file is None or not file.still(moment, mine.happened_at):
            return ended(mine, "cancelled", self._clock(), error_code="case_moved_on")
        preferences = self._store.preferences(file.recipient.sub)
        if _is_unwanted(preferences, turned_off_as(mine)):
            return ended(mine, "unwanted", self._clock(), error_code="turned_off")

        def written(language: Language, link: str) -> Message:
            return self._renderer.render_case(language, file, moment, link)

        return self._let_go(mine, file.recipient, preferences, written)

    def _deliver_alarm(self, mine: Email) -> Email:
        """What happened to an alarm, unless something else has since, of which its own e-mail tells. It asks no
        preference and counts towards no ceiling: whoever it is about has a right to it. It does not wake them."""
        assert mine.alarm_id and mine.alarm_step
        file, now = self._sources.alarm(mine.alarm_id), self._clock()
        if file is None or file.version != mine.alarm_version:
            return ended(mine, "cancelled", now, error_code="alarm_moved_on")
        step = mine.alarm_step
        return self._deliver_by_right(
            mine, file.recipient, lambda language: self._renderer.render_alarm(language, file, step)
        )

    def _deliver_inactivity(self, mine: Email) -> Email:
        """That an account is soon deleted, unless somebody has used it since."""
        assert mine.recipient_sub and mine.happened_at
        account = self._sources.idle_account(mine.recipient_sub)
        if account is None or account.last_active_on.isoformat() != mine.happened_at:
            return ended(mine, "cancelled", self._clock(), error_code="used_again")
        return self._deliver_by_right(
            mine, account.recipient, lambda language: self._renderer.render_inactivity(language, account)
        )

    def _deliver_by_right(
        self, mine: Email, recipient: Recipient | None, written: Callable[[Language], Message]
    ) -> Email:
        """To somebody whose wishes are not asked, by day."""
        now = self._clock()
        if recipient is None:
            return ended(mine, "refused", now, error_code="no_recipient")
        suppression = self._store.suppression(address_id(recipient.email))
        if suppression is not None:
            return ended(mine, "suppressed", now, error_code=suppression.reason)
        morning = self._rhythm.quiet_until(now)
        if morning is not None:
            return held(mine, "quiet_hours", morning, now)
        language = self._store.preferences(recipient.sub).language or recipient.language
        return self._post(mine, recipient, written(language))

    def _deliver_contact(self, mine: Email) -> Email | None:
        """What the other side of a conversation did, unless it has moved on since. That an answer is overdue is told
        whatever the producer wants: somebody waits for it."""
        assert mine.thread_id and mine.contact_step and mine.reader and mine.happened_at
        step, now = mine.contact_step, self._clock()
        contact = self._sources.contact(mine.thread_id, mine.reader)
        if contact is None or not contact.still(step, mine.happened_at, stamp(now)):
            return ended(mine, "cancelled", now, error_code="conversation_moved_on")
        if mine.kind == "owed_answer":
            return self._deliver_by_right(
                mine, contact.recipient, lambda language: self._renderer.render_contact(language, contact, step, None)
            )
        told = self._store.told(mine.thread_id, mine.reader) if step == "message" else None
        if told is not None and told.dedup_key != mine.dedup_key and told.messages >= contact.messages:
            return ended(mine, "cancelled", now, error_code="told_already")
        news = contact if told is None or told.dedup_key == mine.dedup_key else contact.since(told.at)

        def gathered(now: datetime) -> Email | None:
            return self._gathered(mine, contact, told, now)

        def written(language: Language, link: str) -> Message:
            return self._renderer.render_contact(language, news, step, link)

        return self._if_wanted(mine, contact.recipient, written, first=gathered if step == "message" else None)

    def _gathered(self, mine: Email, contact: Contact, told: Told | None, now: datetime) -> Email | None:
        """The e-mail on hold, when this conversation's messages were told of within the hour; None when it may go, and
        then tells of all there are. Raises Retryable."""
        if told is not None and told.dedup_key != mine.dedup_key:
            earliest = datetime.fromisoformat(told.at) + MESSAGES_GATHERED_FOR
            if earliest > now:
                return held(mine, "gathering", earliest, now)
        try:
            self._store.tell(told, told_again(told, mine, contact.messages, now))
        except TakenMeanwhile:
            raise Retryable("told_meanwhile") from None
        return None

    def _deliver_fitting(self, mine: Email) -> Email | None:
        """A project that fits somebody: at once when it is urgent, else with the others of the day."""
        assert mine.brief_id and mine.profile_id
        project = self._sources.fitting(mine.brief_id, mine.profile_id)
        if project is None or not project.open_to_them:
            return ended(mine, "cancelled", self._clock(), error_code="no_longer_for_them")

        def written(language: Language, link: str) -> Message:
            return self._renderer.render_fitting(language, project, link)

        return self._if_wanted(mine, project.recipient, written, at_once=mine.at_once and project.urgent)

    def _deliver_near_date(self, mine: Email) -> Email | None:
        """A date that comes near, as long as it is what the project counts down to."""
        assert mine.brief_id and mine.publication_no is not None and mine.which
        near = self._sources.near_date(mine.brief_id, mine.publication_no, mine.which)
        if near is None or not near.binds:
            return ended(mine, "cancelled", self._clock(), error_code="date_no_longer_binds")

        def written(language: Language, link: str) -> Message:
            return self._renderer.render_near_date(language, near, link)

        return self._if_wanted(mine, near.recipient, written)

    def _if_wanted(
        self,
        mine: Email,
        recipient: Recipient | None,
        written: Callable[[Language, str], Message],
        *,
        at_once: bool = True,
        first: Callable[[datetime], Email | None] | None = None,
    ) -> Email | None:
        if recipient is None:
            return ended(mine, "refused", self._clock(), error_code="no_recipient")
        preferences = self._store.preferences(recipient.sub)
        if _is_unwanted(preferences, turned_off_as(mine)):
            return ended(mine, "unwanted", self._clock(), error_code="turned_off")
        return self._let_go(mine, recipient, preferences, written, at_once=at_once, first=first)

    def _deliver_invitation(self, mine: Email) -> Email | None:
        """To an address without an account: whether it wants to be asked is kept under its digest."""
        assert mine.case_id and mine.attestation_id
        invitation = self._sources.invitation(mine.case_id, mine.attestation_id)
        if invitation is None:
            return ended(mine, "cancelled", self._clock(), error_code="no_longer_asked")
        recipient = Recipient(mailbox_sub(invitation.address), invitation.address, LANGUAGES[0])
        preferences = self._store.preferences(recipient.sub)
        if _is_unwanted(preferences, "attestation"):
            return ended(mine, "unwanted", self._clock(), error_code="turned_off")

        def written(_: Language, link: str) -> Message:
            return self._renderer.render_invitation(invitation, link)

        return self._let_go(mine, recipient, preferences, written)

    def _let_go(
        self,
        mine: Email,
        recipient: Recipient,
        preferences: Preferences,
        written: Callable[[Language, str], Message],
        *,
        at_once: bool = True,
        first: Callable[[datetime], Email | None] | None = None,
    ) -> Email | None:
        """Sends it, or has it wait for its hour or told by a digest. `written`: the message, in that language and with
        that link to turn its kind off. `at_once`: False for what belongs into a digest wherever one is wanted. `first`:
        what else may hold it, asked when nothing but the day's ceiling is left to ask."""
        kind = turned_off_as(mine)
        channels = preferences.of(kind)
        suppression = self._store.suppression(address_id(recipient.email))
        if suppression is not None:
            return ended(mine, "suppressed", self._clock(), error_code=suppression.reason)
        if not channels.email or (channels.digest and not at_once):
            self._into_digest(mine, recipient.sub)
            return None
        if mine.kind not in ANSWERS_AN_ACT:
            now = self._clock()
            morning = self._rhythm.quiet_until(now)
            if morning is not None:
                return held(mine, "quiet_hours", morning, now)
            waiting = first(now) if first else None
            if waiting is not None:
                return waiting
            if not self._has_place(mine, recipient.sub, now):
                if not channels.digest or mine.kind in LETTERS:
                    return held(mine, "daily_ceiling", self._rhythm.tomorrow(now), now)
                self._into_digest(mine, recipient.sub)
                return None
        language = preferences.language or recipient.language
        link = self._links.unsubscribe(recipient.sub, kind)
        return self._post(mine, recipient, written(language, link))

    def _deliver_digest(self, mine: Email, named: Named) -> Email:
        """What has been held back for a person, as far as it is still worth telling. Raises Retryable."""
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
        return self._post(mine, recipient, self._renderer.render_digest(language, sections, link))

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

    def _has_place(self, mine: Email, sub: str, now: datetime) -> bool:
        """Whether the day's ceiling leaves room for it, which it then takes."""
        ceiling = self._rhythm.daily_ceiling
        if not ceiling:
            return True
        try:
            return self._store.take_place(sub, paris_day(now), mine.dedup_key, ceiling, now)
        except TakenMeanwhile:
            raise Retryable("day_changed_meanwhile") from None

    def _into_digest(self, mine: Email, sub: str) -> None:
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
                    self._lost(mine, gone)
                    return
                continue
            log.info("email_digested", dedup_key=mine.dedup_key, digest=after.dedup_key)
            return
        raise Retryable("digest_changed_meanwhile")

    def _post(self, mine: Email, recipient: Recipient, message: Message) -> Email:
        # Beforehand, so that whoever asks what was sent to them is told of what went while a function died.
        self._store.note_sent(recipient.sub, mine, self._clock())
        try:
            message_id = self._mailer.send(recipient, message, mine.dedup_key)
        except Refused as refusal:
            return ended(mine, "refused", self._clock(), error_code=str(refusal))
        return ended(mine, "sent", self._clock(), ses_message_id=message_id)

    def _finish(self, mine: Email, after: Email) -> None:
        try:
            self._store.change(mine, after)
        except TakenMeanwhile:
            self._lost(mine, after)
            return
        fields: dict[str, Any] = {
            "dedup_key": after.dedup_key,
            "state": after.state,
            "attempts": after.attempts,
        }
        if after.state in FINAL and after.state not in (*WENT, "unwanted"):
            log.warning("email_ended", **fields, error_code=after.error_code)
        elif after.held_for is not None:
            log.info("email_held", **fields, held_for=after.held_for)
        elif after.state == "planned":
            log.warning("email_put_off", **fields, error_code=after.error_code)
        else:
            log.info("email_" + after.state, **fields)

    def _lost(self, mine: Email, after: Email) -> None:
        """Somebody else wrote to the e-mail while we were at it: what stands, stands."""
        standing = self._store.email(mine.dedup_key)
        if standing is not None and standing.state in WENT:
            # The mail service's report overtook our own mark, and says more than it.
            log.info("email_reported_first", dedup_key=mine.dedup_key, state=standing.state)
        else:
            # The claim ran out while we were sending, and another function took it over.
            log.warning("email_claim_lost", dedup_key=mine.dedup_key, state=after.state)


def _told_to(fact: ContactFact) -> list[tuple[ContactStep, Side]]:
    """What is told of it, to which sides: what somebody did themselves is told to the other side alone, what both
    brought about to both."""
    if isinstance(fact, Invited):
        return [("invited", "freelancer")]
    if isinstance(fact, InterestShown):
        return [("interest_shown", "producer")]
    if isinstance(fact, Declined):
        return [("declined", "producer")] if fact.invited else []
    if isinstance(fact, MessageSent | FileAdded):
        return [("message", _opposite(fact.sender))]
    if isinstance(fact, RevealAsked):
        return [("reveal_asked", _opposite(fact.by))]
    if isinstance(fact, Revealed):
        return [("revealed", "producer"), ("revealed", "freelancer")]
    if isinstance(fact, Answered):
        return [("answered", "freelancer")]
    if isinstance(fact, AnswerAwaited):
        return _asked_for(fact)
    if isinstance(fact, EngagementProposed):
        return [("engagement_proposed", _opposite(fact.by))]
    if isinstance(fact, Engaged):
        return [("engaged", "producer"), ("engaged", "freelancer")]
    return [("broken", _opposite(fact.by))]


def _asked_for(fact: AnswerAwaited) -> list[tuple[ContactStep, Side]]:
    """An overdue answer is asked for every other day; an e-mail goes about the 1st, 2nd, 3rd, 5th, 9th time and so on,
    each twice as far from the one before."""
    if not fact.overdue:
        return [("answer_due", "producer")]
    since = max(fact.reminder - 1, 0)
    return [("answer_overdue", "producer")] if since & (since - 1) == 0 else []


def _opposite(party: Party) -> Side:
    return "freelancer" if party == "producer" else "producer"


def _is_unwanted(preferences: Preferences, kind: Kind) -> bool:
    channels = preferences.of(kind)
    return not channels.email and not channels.digest


def _publication_key(brief_id: str, publication_no: int) -> str:
    return f"shortlist/{brief_id}/{publication_no}"
