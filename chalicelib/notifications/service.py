"""Planning and sending e-mails: the producer's, and those of verification.

One e-mail per publication, whatever the streams repeat; what changes afterwards is gathered into at most one
e-mail every `every` minutes. An e-mail is planned once (its dedup key), claimed by a conditional write, sent, and
marked; `docs/decisions/` says what happens when a function dies between two of these. One e-mail per thing that
happened in a case, and one per request for an attestation, on the same way. Before it goes, it is asked
whether the person wants it, whether their address takes it, and whether this is the hour: what may not go now waits,
or joins the digest of the morning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from chalicelib.matching.events import ShortlistComputed
from chalicelib.notifications.casework import AlarmFile, CaseFile, CaseSection, Invitation, Recipient
from chalicelib.notifications.errors import AlreadyPlanned, Refused, TakenMeanwhile
from chalicelib.notifications.models import (
    ANSWERS_AN_ACT,
    ATTEMPTS,
    FINAL,
    LETTERS,
    WENT,
    AlarmStep,
    Email,
    Entry,
    Gathering,
    Kind,
    Moment,
    OptionalKind,
    Preferences,
    Suppression,
    address_id,
    claimed,
    digest_key,
    ended,
    held,
    mailbox_sub,
    may_be_claimed,
    plan,
    plan_digest,
    plan_invitation,
    plan_of_alarm,
    plan_of_case,
    released,
    with_entry,
)
from chalicelib.notifications.rhythm import Rhythm, digest_hour
from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
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


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered e-mail. `unsubscribe`: the link that turns its kind off; None for one that nobody turns off."""

    subject: str
    html: str
    text: str
    unsubscribe: str | None


class Sources(Protocol):
    """What notifications ask of briefs, companies, matching, profiles and verification."""

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


class EmailStore(Protocol):
    def email(self, dedup_key: str) -> Email | None: ...
    def plan(self, email: Email, before: Gathering | None, after: Gathering) -> None: ...
    def plan_letter(self, email: Email) -> None: ...
    def change(self, before: Email, after: Email) -> None: ...
    def hand_over(self, before: Email, after: Email, digest_before: Email | None, digest_after: Email) -> None: ...
    def preferences(self, sub: str) -> Preferences: ...
    def suppression(self, address_id: str) -> Suppression | None: ...
    def take_place(self, sub: str, day: date, dedup_key: str, ceiling: int, now: datetime) -> bool: ...
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

    def render_digest(self, language: Language, sections: list[Section | CaseSection], unsubscribe: str) -> Message: ...


class Links(Protocol):
    """The links that turn e-mails off, without an account."""

    def unsubscribe(self, sub: str, kind: OptionalKind) -> str:
        """Raises Retryable."""


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
        links: Links,
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
        if after is not None:
            self._finish(mine, after)

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

    def _deliver(self, mine: Email) -> Email | None:
        """How the e-mail stands after this attempt; None when a digest has taken it over. Raises Retryable."""
        if mine.kind == "digest":
            return self._deliver_digest(mine)
        if mine.kind == "alarm":
            return self._deliver_alarm(mine)
        if mine.attestation_id is not None:
            return self._deliver_invitation(mine)
        return self._deliver_shortlist(mine) if mine.case_id is None else self._deliver_case(mine)

    def _deliver_shortlist(self, mine: Email) -> Email | None:
        assert mine.kind != "digest" and mine.kind != "alarm"
        kind = mine.kind
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

        return self._let_go(mine, recipient, preferences, written)

    def _deliver_case(self, mine: Email) -> Email | None:
        """What happened in a case, unless it has moved on since."""
        assert mine.kind != "digest" and mine.kind != "alarm" and mine.case_id and mine.moment and mine.happened_at
        moment, file = mine.moment, self._sources.case(mine.case_id)
        if file is None or not file.still(moment, mine.happened_at):
            return ended(mine, "cancelled", self._clock(), error_code="case_moved_on")
        preferences = self._store.preferences(file.recipient.sub)
        if _is_unwanted(preferences, mine.kind):
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
        recipient = file.recipient
        if recipient is None:
            return ended(mine, "refused", now, error_code="no_recipient")
        suppression = self._store.suppression(address_id(recipient.email))
        if suppression is not None:
            return ended(mine, "suppressed", now, error_code=suppression.reason)
        morning = self._rhythm.quiet_until(now)
        if morning is not None:
            return held(mine, "quiet_hours", morning, now)
        language = self._store.preferences(recipient.sub).language or recipient.language
        return self._post(mine, recipient, self._renderer.render_alarm(language, file, mine.alarm_step))

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
    ) -> Email | None:
        """Sends it, or has it wait for its hour or told by a digest. `written`: the message, in that language and with
        that link to turn its kind off."""
        assert mine.kind != "digest" and mine.kind != "alarm"
        channels = preferences.of(mine.kind)
        suppression = self._store.suppression(address_id(recipient.email))
        if suppression is not None:
            return ended(mine, "suppressed", self._clock(), error_code=suppression.reason)
        if not channels.email:
            self._into_digest(mine, recipient.sub)
            return None
        if mine.kind not in ANSWERS_AN_ACT:
            now = self._clock()
            morning = self._rhythm.quiet_until(now)
            if morning is not None:
                return held(mine, "quiet_hours", morning, now)
            if not self._has_place(mine, recipient.sub, now):
                if not channels.digest or mine.kind in LETTERS:
                    return held(mine, "daily_ceiling", self._rhythm.tomorrow(now), now)
                self._into_digest(mine, recipient.sub)
                return None
        language = preferences.language or recipient.language
        link = self._links.unsubscribe(recipient.sub, mine.kind)
        return self._post(mine, recipient, written(language, link))

    def _deliver_digest(self, mine: Email) -> Email:
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
        message = self._renderer.render_digest(language, [section for _, section in told], link)
        return self._post(mine, recipient, message)

    def _section(self, entry: Entry, sub: str) -> tuple[Recipient, Section | CaseSection] | None:
        """What a digest says of a project or a case, to whom; None when there is nothing to say to this account any
        more."""
        if entry.case_id and entry.moment and entry.happened_at:
            file = self._sources.case(entry.case_id)
            if file is None or file.recipient.sub != sub or not file.still(entry.moment, entry.happened_at):
                return None
            return file.recipient, CaseSection(file, entry.moment)
        if entry.brief_id is None:
            return None
        project = self._sources.project(entry.brief_id)
        if project is None or not project.live or project.publication_no != entry.publication_no:
            return None
        recipient = self._sources.recipient(project)
        if recipient is None or recipient.sub != sub:
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


def _is_unwanted(preferences: Preferences, kind: Kind) -> bool:
    channels = preferences.of(kind)
    return not channels.email and not channels.digest


def _publication_key(brief_id: str, publication_no: int) -> str:
    return f"shortlist/{brief_id}/{publication_no}"
