"""Sending a planned e-mail: whether what it tells is still so, whether the person wants it, whether their address takes
it, and whether this is the hour. What may not go now waits, or joins the digest of the morning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from chalicelib.notifications.casework import AlarmFile, CaseFile, Invitation, Recipient
from chalicelib.notifications.colleagues import ColleagueInvitation
from chalicelib.notifications.contacts import Contact, FittingProject, NearDate
from chalicelib.notifications.departures import IdleAccount
from chalicelib.notifications.digests import Digests, Links, Named
from chalicelib.notifications.digests import Renderer as DigestRenderer
from chalicelib.notifications.digests import Sources as DigestSources
from chalicelib.notifications.digests import Store as DigestStore
from chalicelib.notifications.errors import TakenMeanwhile
from chalicelib.notifications.messages import Message
from chalicelib.notifications.models import (
    ANSWERS_AN_ACT,
    LETTERS,
    MESSAGES_GATHERED_FOR,
    OF_A_REPORT,
    AlarmStep,
    ContactStep,
    Email,
    Kind,
    Moment,
    Preferences,
    RulingStep,
    Side,
    Told,
    address_id,
    ended,
    held,
    mailbox_sub,
    told_again,
    turned_off_as,
)
from chalicelib.notifications.posting import Posting
from chalicelib.notifications.rhythm import Rhythm
from chalicelib.notifications.rulings import DecisionFile, ReportFile, RulingFile
from chalicelib.notifications.shortlists import Project, Proposal
from chalicelib.platform.errors import Retryable
from chalicelib.vocabulary.clock import Clock, paris_day, stamp
from chalicelib.vocabulary.text import LANGUAGES, Language


class Store(DigestStore, Protocol):
    def take_place(self, sub: str, day: date, dedup_key: str, ceiling: int, now: datetime) -> bool: ...
    def told(self, thread_id: str, reader: Side) -> Told | None: ...
    def tell(self, before: Told | None, after: Told) -> None: ...


class Sources(DigestSources, Protocol):
    def alarm(self, alarm_id: str) -> AlarmFile | None:
        """The alarm as it is now; None when there is none of this id. Raises Retryable."""

    def report(self, report_id: str) -> ReportFile | None:
        """The report as it is now; None when there is none of this id. Raises Retryable."""

    def decision(self, measure_id: str) -> DecisionFile | None:
        """The decision as it is now; None when there is none of this id. Raises Retryable."""

    def invitation(self, case_id: str, attestation_id: str) -> Invitation | None:
        """What to write to an attester; None when they are not to be asked (any more). Raises Retryable."""

    def colleague(self, company_id: str, invitation_id: str) -> ColleagueInvitation | None:
        """What to write to somebody who is invited to act for a company; None once that is over. Raises Retryable."""

    def idle_account(self, sub: str) -> IdleAccount | None:
        """The account as it stands; None when it is in use, or gone. Raises Retryable."""


class Renderer(DigestRenderer, Protocol):
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
    def render_report(self, language: Language, file: ReportFile, step: RulingStep) -> Message: ...
    def render_decision(self, language: Language, file: DecisionFile, step: RulingStep) -> Message: ...
    def render_invitation(self, invitation: Invitation, unsubscribe: str) -> Message: ...
    def render_colleague(self, invitation: ColleagueInvitation, unsubscribe: str) -> Message: ...
    def render_contact(
        self, language: Language, contact: Contact, step: ContactStep, unsubscribe: str | None
    ) -> Message: ...
    def render_fitting(self, language: Language, project: FittingProject, unsubscribe: str) -> Message: ...
    def render_near_date(self, language: Language, near: NearDate, unsubscribe: str) -> Message: ...
    def render_inactivity(self, language: Language, account: IdleAccount) -> Message: ...


class Delivery:
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
        self._digests = Digests(store, sources, renderer, links, posting, rhythm, clock)
        self._rhythm = rhythm
        self._clock = clock

    def deliver(self, mine: Email, named: Named) -> Email | None:
        """How the e-mail stands after this attempt; None when a digest has taken it over. `named` is told whom it
        names. Raises Retryable."""
        if mine.kind == "digest":
            return self._digests.deliver(mine, named)
        if mine.kind == "alarm":
            return self._deliver_alarm(mine)
        if mine.kind == "inactivity":
            return self._deliver_inactivity(mine)
        if mine.kind == "ruling":
            return self._deliver_ruling(mine)
        if mine.attestation_id is not None:
            return self._deliver_invitation(mine)
        if mine.invitation_id is not None:
            return self._deliver_to_colleague(mine)
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

    def _deliver_ruling(self, mine: Email) -> Email:
        """What became of a report or of a decision, as long as there is that to tell. By right, as for an alarm."""
        assert mine.ruling_id and mine.ruling_step
        step = mine.ruling_step
        look = self._sources.report if step in OF_A_REPORT else self._sources.decision
        file: RulingFile | None = look(mine.ruling_id)
        if file is None or not file.still(step):
            return ended(mine, "cancelled", self._clock(), error_code="ruling_moved_on")
        told = file

        def written(language: Language) -> Message:
            if isinstance(told, ReportFile):
                return self._renderer.render_report(language, told, step)
            return self._renderer.render_decision(language, told, step)

        return self._deliver_by_right(mine, file.recipient(step), written)

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

    def _deliver_invitation(self, mine: Email) -> Email | None:
        """Whether somebody attests a credit, as long as that is asked."""
        assert mine.case_id and mine.attestation_id
        invitation = self._sources.invitation(mine.case_id, mine.attestation_id)
        if invitation is None:
            return ended(mine, "cancelled", self._clock(), error_code="no_longer_asked")
        return self._to_an_address(
            mine, invitation.address, lambda link: self._renderer.render_invitation(invitation, link)
        )

    def _deliver_to_colleague(self, mine: Email) -> Email | None:
        """That a company wants somebody with it, as long as it does."""
        assert mine.company_id and mine.invitation_id
        invitation = self._sources.colleague(mine.company_id, mine.invitation_id)
        if invitation is None:
            return ended(mine, "cancelled", self._clock(), error_code="no_longer_asked")
        return self._to_an_address(
            mine, invitation.address, lambda link: self._renderer.render_colleague(invitation, link)
        )

    def _to_an_address(self, mine: Email, address: str, written: Callable[[str], Message]) -> Email | None:
        """To an address that may have no account: whether it wants to be asked is kept under its digest."""
        recipient = Recipient(mailbox_sub(address), address, LANGUAGES[0])
        return self._if_wanted(mine, recipient, lambda _, link: written(link))

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
        return self._posting.post(mine, recipient, written(language))

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
            self._digests.take(mine, recipient.sub)
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
                self._digests.take(mine, recipient.sub)
                return None
        language = preferences.language or recipient.language
        link = self._links.unsubscribe(recipient.sub, kind)
        return self._posting.post(mine, recipient, written(language, link))

    def _has_place(self, mine: Email, sub: str, now: datetime) -> bool:
        """Whether the day's ceiling leaves room for it, which it then takes."""
        ceiling = self._rhythm.daily_ceiling
        if not ceiling:
            return True
        try:
            return self._store.take_place(sub, paris_day(now), mine.dedup_key, ceiling, now)
        except TakenMeanwhile:
            raise Retryable("day_changed_meanwhile") from None


def _is_unwanted(preferences: Preferences, kind: Kind) -> bool:
    channels = preferences.of(kind)
    return not channels.email and not channels.digest
