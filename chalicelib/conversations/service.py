"""What producers and freelancers do with each other about a project, from the invitation to the outcome.

Every act reads the conversation, changes it, and writes it with what happened under the version that was read; when
somebody else was quicker it is done again on what they left, so two people who act at once both get what they asked
for, or a clear refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from chalicelib.conversations.errors import (
    IDENTITY_LEAK,
    NotOpen,
    NotProposed,
    Paused,
    ProfileUnverified,
    ProjectOver,
    RevealUnavailable,
    TermsNotAccepted,
)
from chalicelib.conversations.events import Party
from chalicelib.conversations.models import (
    Attachment,
    BreakReason,
    Decision,
    Message,
    NegativeReason,
    Pace,
    PreparedAnswer,
    Question,
    State,
    Thread,
    thread_id_of,
)
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, FieldError, Invalid, NotFound, Retryable
from chalicelib.platform.table import Item
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_at
from chalicelib.vocabulary.text import Bilingual

PAGE = 50
MESSAGES_PAGE = 50

#: Times that an act is done again when others acted meanwhile.
ATTEMPTS = 8

#: Where an invitation asks nothing new.
_BEGUN: tuple[State, ...] = ("invited", "interested", "revealed", "engaged")

#: What the end of a project says to those who wait, where the producer wrote nothing else.
_REASON_OF_END: dict[str, NegativeReason] = {"closed": "project_stopped", "filled": "another_profile"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A project as far as conversations go by it. `live`: online, by a verified company; `trusted`: whether the company
    is verified; `suspended`: whether administrators suspended it; `returned`: whether they sent the project back to it,
    to be corrected."""

    brief_id: str
    company_id: str
    publication_no: int
    live: bool
    trusted: bool
    code_name: str
    role: str
    suspended: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that would tell who somebody is: its place in the text, why, what its author could say instead, and
    what stands there for somebody who may not read it."""

    start: int
    end: int
    reason: Bilingual
    wording: Bilingual
    mask: Bilingual


@dataclass(frozen=True, slots=True)
class Person:
    """A freelancer as a producer reads them; `email` only after the reveal. `paused`: not to be asked anything new."""

    profile_id: str
    sub: str
    verified: bool
    display_name: str
    level: str
    email: str | None = None
    paused: bool = False
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Behind:
    """Who is behind a project: read after the reveal and never before."""

    legal_name: str
    siren: str
    email_domain: str
    addresses: tuple[str, ...]
    people: tuple[str, ...]
    contacts: tuple[str, ...]
    confidential_title: str | None
    targeted_broadcaster: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A conversation as one side reads it. `company`: to the freelancer after the reveal; `person`: to the
    producer."""

    thread: Thread
    side: Party
    offer: Offer
    company: Behind | None = None
    person: Person | None = None

    @property
    def is_paused(self) -> bool:
        """Whether the other side may not act for now; why is nobody else's business."""
        if self.side == "freelancer":
            return self.offer.suspended
        return self.person is not None and self.person.suspended


@dataclass(frozen=True, slots=True)
class Said:
    """A message as this reader may read it. `masked`: passages were taken out, to be read after the reveal.
    `attachment`: the file that it stands for."""

    message: Message
    mine: bool
    text: str
    masked: bool
    attachment: Attachment | None = None


def _word_of_invitation(thread: Thread) -> str:
    """The id of what is said with an invitation, the same in its round however often it is sent."""
    since = thread.round.invited_at or thread.created_at
    return id_at(datetime.fromisoformat(since), thread.thread_id, "invitation")


def _words_of_interest(
    thread: Thread, said: Sequence[tuple[Question | None, str]]
) -> list[tuple[str, Question | None, str]]:
    """What is said with an interest, in its order, each under the id that it always has in its round."""
    since = datetime.fromisoformat(thread.round.interested_at or thread.created_at)
    return [
        (id_at(since + timedelta(milliseconds=place), thread.thread_id, question or "interest"), question, words)
        for place, (question, words) in enumerate(said)
    ]


def masked(text: str, passages: Sequence[Passage]) -> str:
    """The text with its mask in the place of each passage; in French, as nobody knows in which language it is."""
    for one in sorted(passages, key=lambda one: one.start, reverse=True):
        text = f"{text[: one.start]}{one.mask.fr}{text[one.end :]}"
    return text


def leak_at(pointer: str, text: str, passage: Passage) -> FieldError:
    """The refusal of a text for one passage, in words of the reader's language."""
    values = {"passage": text[passage.start : passage.end], "start": passage.start + 1, "end": passage.end}
    rule = IDENTITY_LEAK
    message = Bilingual(
        rule.message.fr.format(**values, reason=passage.reason.fr, wording=passage.wording.fr),
        rule.message.en.format(**values, reason=passage.reason.en, wording=passage.wording.en),
    )
    return FieldError(pointer, rule.code, message, (passage.start, passage.end))


class ConversationStore(Protocol):
    def get(self, thread_id: str) -> Thread | None: ...
    def save(
        self,
        thread: Thread,
        fact: Fact,
        now: datetime,
        *,
        message: Message | None = None,
        pace: tuple[str, Pace] | None = None,
    ) -> None: ...
    def allow(self, sub: str, wanted: Mapping[Pace, int], now: datetime) -> None:
        """Raises TooManyMessages when the account may do less than that in what is left of this hour."""

    def put_off(self, thread: Thread) -> None: ...
    def message(self, thread_id: str, message_id: str) -> Message | None: ...
    def messages(self, thread_id: str, limit: int, position: Item | None) -> tuple[list[Message], Item | None]: ...
    def attachments(self, thread_id: str, attachment_ids: Sequence[str]) -> dict[str, Attachment]: ...
    def of_freelancer(self, sub: str, limit: int, position: Item | None) -> tuple[list[Thread], Item | None]: ...
    def of_company(self, company_id: str, limit: int, position: Item | None) -> tuple[list[Thread], Item | None]: ...
    def of_brief(self, brief_id: str) -> Iterator[Thread]: ...
    def overdue(self, company_id: str, now: datetime) -> list[Thread]: ...
    def due(self, now: datetime) -> Iterator[str]: ...
    def forgive(self, thread_id: str) -> None: ...
    def prepare(self, brief_id: str, answers: Sequence[PreparedAnswer]) -> None: ...
    def prepared(self, brief_id: str) -> dict[str, PreparedAnswer]: ...


class Projects(Protocol):
    """What conversations ask of briefs."""

    def offer(self, brief_id: str) -> Offer | None: ...
    def answer_due(self, brief_id: str, now: datetime) -> datetime:
        """By when somebody who shows interest now is owed an answer."""

    def reply_by(self, brief_id: str, now: datetime) -> date | None:
        """Until which day it is of use that somebody who is invited now answers."""

    def terms_accepted(self, brief_id: str, sub: str) -> bool:
        """Whether this account has accepted the confidentiality terms for this project."""

    def leaks(self, brief_id: str, text: str) -> Sequence[Passage]:
        """What in a producer's text would tell who is behind the project."""

    def contact_details(self, text: str) -> Sequence[Passage]:
        """What in anybody's text would let the two meet elsewhere before both agreed."""

    def behind(self, brief_id: str) -> Behind | None: ...


class Companies(Protocol):
    """What conversations ask of companies."""

    def company_of(self, sub: str) -> str | None: ...


class People(Protocol):
    """What conversations ask of profiles."""

    def of_account(self, sub: str, role: str) -> Person | None: ...
    def person(self, profile_id: str, role: str, *, with_contact: bool) -> Person | None: ...


class Proposals(Protocol):
    """What conversations ask of matching."""

    def proposed_for(self, brief_id: str, profile_id: str) -> bool:
        """Whether this person is or was on the project's shortlist."""

    def kept_out(self, company_id: str, profile_id: str) -> bool:
        """Whether this person keeps the company away: it is told no more than that they are not proposed."""


class Views(Protocol):
    """What conversations tell visibility."""

    def met(self, people: Iterable[tuple[str, str, bool]]) -> None:
        """That the company behind a brief was given somebody by name: (brief, profile, with contact details) for each.
        Never fails."""


class ConversationService:
    def __init__(
        self,
        store: ConversationStore,
        projects: Projects,
        companies: Companies,
        people: People,
        proposals: Proposals,
        views: Views,
        clock: Clock,
    ) -> None:
        self._views = views
        self._store = store
        self._projects = projects
        self._companies = companies
        self._people = people
        self._proposals = proposals
        self._clock = clock

    # ---- the beginning

    def invite(self, actor: Actor, brief_id: str, profile_ids: Sequence[str], text: str | None) -> list[Seen]:
        """Asks these people about a project of the actor's company, with a word to each if there is one. Whoever was
        asked already, or is interested, is not asked again.

        Raises NotFound, ProjectOver, NotProposed, Invalid (a text that leaks), NotOpen, TooManyMessages; nobody is
        asked when one of them may not be.
        """
        offer = self._own(actor, brief_id)
        if not offer.live:
            raise ProjectOver
        self._refuse_leaks(brief_id, text, "/text")
        people = [self._proposed(offer, profile_id) for profile_id in profile_ids]
        now, invited, words = self._clock(), 0, 0
        until = self._projects.reply_by(brief_id, now)
        for person in people:
            thread = self._in_its_round(offer, person, now)
            is_new = thread.invite(actor.sub, until, now) is not None
            invited += is_new
            words += text is not None and (is_new or not self._is_said(thread, _word_of_invitation(thread)))
        self._store.allow(actor.sub, {"invitation": invited, "message": words}, now)
        return self._given([self._invite(actor, offer, person, text, until) for person in people])

    def _invite(self, actor: Actor, offer: Offer, person: Person, text: str | None, until: date | None) -> Seen:
        def load(now: datetime) -> Thread:
            return self._in_its_round(offer, person, now)

        def invite(thread: Thread, now: datetime) -> tuple[Thread, Fact] | None:
            return thread.invite(actor.sub, until, now)

        thread = self._change(load, invite, pace=(actor.sub, "invitation"))
        if text is not None:
            # The same words to the same person in the same round are one message, however often they are sent.
            self._say(thread.thread_id, actor, "producer", text, None, _word_of_invitation(thread))
        return self._as_producer(self._again(thread.thread_id), offer)

    def show_interest(
        self, actor: Actor, brief_id: str, text: str | None, answers: Sequence[tuple[Question, str]]
    ) -> Seen:
        """Would like to work on it; `text` and the answers to the guided questions become messages. Shown already, it
        changes nothing.

        Raises NotFound, ProfileUnverified, ProjectOver, NotOpen, TooManyMessages.
        """
        person = self._me(actor, brief_id)
        offer = self._online(brief_id, thread_id_of(brief_id, person.profile_id))
        due = self._projects.answer_due(brief_id, self._clock())
        said: list[tuple[Question | None, str]] = [*answers]
        if text is not None:
            said.append((None, text))
        now = self._clock()
        standing = self._in_its_round(offer, person, now)
        is_new = standing.show_interest(due, now) is not None
        words = sum(is_new or not self._is_said(standing, word) for word, _, _ in _words_of_interest(standing, said))
        self._store.allow(actor.sub, {"interest": int(is_new), "message": words}, now)
        thread = self._change(
            lambda now: self._in_its_round(offer, person, now),
            lambda thread, now: thread.show_interest(due, now),
            pace=(actor.sub, "interest"),
        )
        for word, question, told in _words_of_interest(thread, said):
            self._say(thread.thread_id, actor, "freelancer", told, question, word)
        return self._as_freelancer(self._again(thread.thread_id), offer)

    def decline(self, actor: Actor, brief_id: str) -> Seen:
        """Not for this person. Nothing else follows, and nobody is asked why. Raises NotFound, NotOpen."""
        person = self._me(actor, brief_id)
        thread_id = thread_id_of(brief_id, person.profile_id)
        offer = self._projects.offer(brief_id)
        if offer is None or (not offer.live and self._store.get(thread_id) is None):
            raise NotFound
        thread = self._change(
            lambda now: self._in_its_round(offer, person, now), lambda thread, now: thread.decline(now)
        )
        return self._as_freelancer(thread, offer)

    # ---- reading

    def mine(self, actor: Actor, position: Item | None) -> tuple[list[Seen], Item | None]:
        """The actor's conversations, last changed first: a freelancer's own, a producer's company's."""
        company_id = self._companies.company_of(actor.sub)
        if company_id is None:
            threads, position = self._store.of_freelancer(actor.sub, PAGE, position)
        else:
            threads, position = self._store.of_company(company_id, PAGE, position)
        return self._given([seen for thread in threads if (seen := self._seen(actor, thread)) is not None]), position

    def read(self, actor: Actor, thread_id: str) -> Seen:
        """Raises NotFound for whoever is not in it."""
        seen = self._seen(actor, self._store.get(thread_id))
        if seen is None:
            raise NotFound
        self._given([seen])
        return seen

    def messages(self, actor: Actor, thread_id: str, position: Item | None) -> tuple[list[Said], Item | None]:
        """The latest first, each as this reader may read it now. Raises NotFound, WrongCursor."""
        seen = self.read(actor, thread_id)
        messages, position = self._store.messages(thread_id, MESSAGES_PAGE, position)
        sent = [message.attachment_id for message in messages if message.attachment_id is not None]
        files = self._store.attachments(thread_id, sent) if sent else {}
        return [
            replace(self._said(seen, message), attachment=files.get(message.attachment_id or ""))
            for message in messages
        ], position

    def of_brief(self, actor: Actor, brief_id: str) -> list[Seen]:
        """Everyone a project of the actor's company is in touch with. Raises NotFound."""
        offer = self._own(actor, brief_id)
        return self._given([self._as_producer(thread, offer) for thread in self._store.of_brief(brief_id)])

    # ---- the conversation

    def say(
        self, actor: Actor, thread_id: str, text: str, question: Question | None, message_id: str
    ) -> tuple[Seen, Said]:
        """Raises NotFound, NotOpen, Paused, ProjectOver, Invalid (a producer's text that leaks before the reveal),
        TooManyMessages."""
        seen = self.going_on(actor, thread_id)
        if seen.thread.state in ("open", "invited") and not seen.offer.live:
            raise ProjectOver
        if seen.side == "producer" and not seen.thread.is_revealed:
            self._refuse_leaks(seen.offer.brief_id, text, "/text")
        message = self._say(thread_id, actor, seen.side, text, question, message_id)
        seen = self.read(actor, thread_id)
        return seen, self._said(seen, message)

    def agree_to_reveal(self, actor: Actor, thread_id: str) -> Seen:
        """Asks the other side to reveal who they are, or agrees to it: then both read who the other is. Raises
        NotFound, NotOpen, Paused, RevealUnavailable, TermsNotAccepted (the freelancer's, who then reads who it is)."""
        seen = self.going_on(actor, thread_id)
        if seen.side == "freelancer" and not self._projects.terms_accepted(seen.offer.brief_id, actor.sub):
            raise TermsNotAccepted
        if not seen.offer.trusted and not seen.thread.is_revealed:
            raise RevealUnavailable
        return self._act(actor, thread_id, lambda thread, now: thread.agree_to_reveal(seen.side, now))

    def withdraw_from_reveal(self, actor: Actor, thread_id: str) -> Seen:
        """Raises NotFound, AlreadyRevealed."""
        side = self.read(actor, thread_id).side
        return self._act(actor, thread_id, lambda thread, now: thread.withdraw_from_reveal(side, now))

    # ---- the answer and the outcome

    def answer(self, actor: Actor, thread_id: str, decision: Decision, reason: str, text: str | None) -> Seen:
        """The answer that somebody interested is owed. Raises NotFound, NotOpen, Invalid (a text that leaks)."""
        seen = self._as_its_producer(actor, thread_id)
        if not seen.thread.is_revealed:
            self._refuse_leaks(seen.offer.brief_id, text, "/text")
        return self._act(actor, thread_id, lambda thread, now: thread.answer(decision, reason, text, actor.sub, now))

    def confirm_engagement(self, actor: Actor, thread_id: str) -> Seen:
        """Raises NotFound, Paused, NotRevealedYet, NotOpen."""
        side = self.going_on(actor, thread_id).side
        return self._act(actor, thread_id, lambda thread, now: thread.confirm_engagement(side, now))

    def withdraw_engagement(self, actor: Actor, thread_id: str) -> Seen:
        side = self.read(actor, thread_id).side
        return self._act(actor, thread_id, lambda thread, now: thread.withdraw_engagement(side, now))

    def turn_away(self, actor: Actor, thread_id: str, reason: NegativeReason, text: str | None) -> Seen:
        """It comes to nothing: the producer's answer, or the freelancer's refusal, which needs no reason. Raises as
        `answer` and `decline` do."""
        seen = self.read(actor, thread_id)
        if seen.side == "producer":
            return self.answer(actor, thread_id, "not_retained", reason, text)
        return self.decline(actor, seen.thread.brief_id)

    def break_mission(self, actor: Actor, thread_id: str, reason: BreakReason) -> Seen:
        """Raises NotFound, NotEngaged."""
        side = self.read(actor, thread_id).side
        return self._act(actor, thread_id, lambda thread, now: thread.break_mission(side, reason, now))

    # ---- the end of a project

    def waiting(self, actor: Actor, brief_id: str) -> list[tuple[Seen, PreparedAnswer | None]]:
        """Those who wait to hear how it ends, each with what was written to them for that moment. Raises NotFound."""
        prepared = self._store.prepared(brief_id)
        return [
            (seen, prepared.get(seen.thread.thread_id))
            for seen in self.of_brief(actor, brief_id)
            if seen.thread.awaits_an_answer
        ]

    def prepare_answers(self, actor: Actor, brief_id: str, answers: Sequence[PreparedAnswer]) -> None:
        """Keeps what closing or filling the project will say, and to whom. Raises NotFound (also for a conversation of
        another project), Invalid (a text that leaks)."""
        waiting = {seen.thread.thread_id: seen.thread for seen, _ in self.waiting(actor, brief_id)}
        for index, prepared in enumerate(answers):
            thread = waiting.get(prepared.thread_id)
            if thread is None:
                raise NotFound
            if not thread.is_revealed:
                self._refuse_leaks(brief_id, prepared.text, f"/answers/{index}/text")
        self._store.prepare(brief_id, answers)

    def project_ended(self, brief_id: str, how: str) -> None:
        """Answers everyone who waits, as the producer prepared it, when they ended their project; when it expired by
        itself nobody answered anybody, and the answers are owed soon. Invitations lapse. Raises Retryable."""
        offer = self._projects.offer(brief_id)
        if offer is None:
            return
        ended = offer.publication_no - 1 if offer.live else offer.publication_no
        prepared = self._store.prepared(brief_id)
        for thread in list(self._store.of_brief(brief_id)):
            if thread.round.publication_no > ended:
                continue
            if thread.awaits_an_answer and how in _REASON_OF_END:
                self._answer_at_the_end(thread.thread_id, prepared.get(thread.thread_id), _REASON_OF_END[how], ended)
            elif thread.awaits_an_answer:
                self._ask_sooner(thread.thread_id)
            elif thread.state == "invited":
                self._let_lapse(thread.thread_id, ended)

    def project_interrupted(self, brief_id: str, publication_no: int) -> None:
        """Tells everyone in touch with a project that it is offline for the moment, unless it is back. Raises
        Retryable."""
        offer = self._projects.offer(brief_id)
        if offer is None or not offer.returned or offer.publication_no != publication_no:
            return
        for thread in list(self._store.of_brief(brief_id)):
            self._interrupt(thread.thread_id, publication_no)

    def _interrupt(self, thread_id: str, publication_no: int) -> None:
        self._change(lambda _: self._again(thread_id), lambda thread, now: thread.interrupt(publication_no, now))

    def _answer_at_the_end(
        self, thread_id: str, prepared: PreparedAnswer | None, reason: NegativeReason, ended: int
    ) -> None:
        def answer(thread: Thread, now: datetime) -> tuple[Thread, Fact] | None:
            if not thread.awaits_an_answer or thread.round.publication_no > ended:
                return None
            said, text = (prepared.reason, prepared.text) if prepared else (None, None)
            return thread.answer("not_retained", said or reason, text, "project", now)

        self._change(lambda _: self._again(thread_id), answer)

    def _let_lapse(self, thread_id: str, ended: int) -> None:
        self._change(lambda _: self._again(thread_id), lambda thread, now: thread.lapse(ended, now))

    def _ask_sooner(self, thread_id: str) -> None:
        for _ in range(ATTEMPTS):
            thread, now = self._again(thread_id), self._clock()
            after = thread.ask_sooner(self._projects.answer_due(thread.brief_id, now), now)
            if after is None:
                return
            try:
                self._store.put_off(after)
                return
            except Conflict:
                continue
        raise Retryable("conversation_busy")

    # ---- what is owed

    def due(self) -> list[str]:
        """Conversations whose answer is to be asked for."""
        return list(self._store.due(self._clock()))

    def remind(self, thread_id: str) -> None:
        """Asks for an answer that is owed, once per time it is due. Raises Retryable."""

        def ask(thread: Thread, now: datetime) -> tuple[Thread, Fact] | None:
            moment = thread.next_reminder
            return thread.remind(now) if moment is not None and moment <= now else None

        thread = self._store.get(thread_id)
        if thread is None or thread.next_reminder is None:
            self._store.forgive(thread_id)
            return
        offer = self._projects.offer(thread.brief_id)
        if offer is not None and offer.suspended:
            return  # nobody there can answer: it is asked for when they can
        self._change(lambda _: self._again(thread_id), ask)

    # ---- what they all need

    def _own(self, actor: Actor, brief_id: str) -> Offer:
        """Raises NotFound for a project of another company, and for one that was never online."""
        offer = self._projects.offer(brief_id)
        if offer is None or offer.company_id != self._companies.company_of(actor.sub):
            raise NotFound
        return offer

    def _online(self, brief_id: str, thread_id: str) -> Offer:
        """Raises NotFound for a project that this person never could read, ProjectOver for one that is over."""
        offer = self._projects.offer(brief_id)
        if offer is None or (not offer.live and self._store.get(thread_id) is None):
            raise NotFound
        if not offer.live:
            raise ProjectOver
        return offer

    def _me(self, actor: Actor, brief_id: str) -> Person:
        offer = self._projects.offer(brief_id)
        person = self._people.of_account(actor.sub, offer.role if offer else "")
        if person is None or not person.verified:
            raise ProfileUnverified
        return person

    def _proposed(self, offer: Offer, profile_id: str) -> Person:
        person = self._people.person(profile_id, offer.role, with_contact=False)
        known = self._store.get(thread_id_of(offer.brief_id, profile_id))
        shown = known is not None and known.is_shown_to_producer
        if person is None or not (shown or self._proposals.proposed_for(offer.brief_id, profile_id)):
            raise NotProposed
        if not person.verified:
            raise NotProposed
        # Whoever was asked before they were suspended or paused, or before they came to keep the company away, is not
        # asked again.
        begun = known is not None and known.in_round(offer.publication_no).state in _BEGUN
        if not begun and (person.suspended or person.paused or self._proposals.kept_out(offer.company_id, profile_id)):
            raise NotProposed
        return person

    def _in_its_round(self, offer: Offer, person: Person, now: datetime) -> Thread:
        thread = self._store.get(thread_id_of(offer.brief_id, person.profile_id))
        if thread is None:
            return Thread.begin(
                offer.brief_id, offer.company_id, person.profile_id, person.sub, offer.publication_no, now
            )
        return thread.in_round(offer.publication_no)

    def _again(self, thread_id: str) -> Thread:
        thread = self._store.get(thread_id)
        if thread is None:
            raise NotFound
        return thread

    def _change(
        self,
        load: Callable[[datetime], Thread],
        act: Callable[[Thread, datetime], tuple[Thread, Fact] | None],
        *,
        message: Message | None = None,
        pace: tuple[str, Pace] | None = None,
    ) -> Thread:
        for _ in range(ATTEMPTS):
            now = self._clock()
            thread = load(now)
            after = act(thread, now)
            if after is None:
                return thread
            try:
                self._store.save(*after, now, message=message, pace=pace)
            except Conflict:
                if message is not None and self._store.message(thread.thread_id, message.message_id) is not None:
                    return self._again(thread.thread_id)
                continue
            log.info("conversation_changed", thread_id=thread.thread_id, what=after[1].event_type)
            return after[0]
        raise Retryable("conversation_busy")

    def _act(self, actor: Actor, thread_id: str, act: Callable[[Thread, datetime], tuple[Thread, Fact] | None]) -> Seen:
        thread = self.read(actor, thread_id).thread
        if thread.departed is not None:
            raise NotOpen(thread.state)
        self._change(lambda _: self._again(thread_id), act)
        return self.read(actor, thread_id)

    def _say(
        self, thread_id: str, actor: Actor, sender: Party, text: str, question: Question | None, message_id: str
    ) -> Message:
        message = Message(
            message_id=message_id,
            sender=sender,
            sender_sub=actor.sub,
            text=text,
            sent_at=stamp(self._clock()),
            question=question,
        )
        if (standing := self._store.message(thread_id, message_id)) is not None:
            return standing
        self._change(
            lambda _: self._again(thread_id),
            lambda thread, now: thread.say(message_id, sender, now),
            message=message,
            pace=(actor.sub, "message"),
        )
        return message

    def _is_said(self, thread: Thread, message_id: str) -> bool:
        return self._store.message(thread.thread_id, message_id) is not None

    def _refuse_leaks(self, brief_id: str, text: str | None, pointer: str) -> None:
        """Raises Invalid with every passage that would tell who the producer is."""
        passages = self._projects.leaks(brief_id, text) if text else ()
        if not passages:
            return
        assert text is not None
        raise Invalid([leak_at(pointer, text, one) for one in passages])

    def going_on(self, actor: Actor, thread_id: str) -> Seen:
        """Raises NotFound, and Paused while the other side may not act: it is asked nothing that it cannot answer."""
        seen = self.read(actor, thread_id)
        if seen.is_paused:
            raise Paused
        return seen

    def _as_its_producer(self, actor: Actor, thread_id: str) -> Seen:
        seen = self.read(actor, thread_id)
        if seen.side != "producer":
            raise NotFound
        return seen

    def _seen(self, actor: Actor, thread: Thread | None) -> Seen | None:
        offer = self._projects.offer(thread.brief_id) if thread is not None else None
        if thread is None or offer is None:
            return None
        if thread.freelancer_sub == actor.sub:
            return self._as_freelancer(thread, offer)
        if thread.company_id == self._companies.company_of(actor.sub) and thread.is_shown_to_producer:
            return self._as_producer(thread, offer)
        return None

    def _as_freelancer(self, thread: Thread, offer: Offer) -> Seen:
        company = self._projects.behind(thread.brief_id) if thread.is_revealed else None
        return Seen(self._answered_unnamed(thread), "freelancer", offer, company=company)

    def _answered_unnamed(self, thread: Thread) -> Thread:
        """The conversation with the answer's own words as they may be read now: they too were looked at when they were
        written, and what the project hides may have grown since."""
        answer = thread.round.answer
        if answer is None or answer.text is None or thread.is_revealed:
            return thread
        passages = self._projects.leaks(thread.brief_id, answer.text)
        unnamed = answer.model_copy(update={"text": masked(answer.text, passages)})
        return thread.model_copy(update={"round": thread.round.model_copy(update={"answer": unnamed})})

    def _as_producer(self, thread: Thread, offer: Offer) -> Seen:
        person = self._people.person(thread.profile_id, offer.role, with_contact=thread.is_revealed)
        return Seen(thread, "producer", offer, person=person)

    def _given(self, seen: list[Seen]) -> list[Seen]:
        """The same; that a producer is given people with it is noted."""
        met = [(one.thread.brief_id, one.thread.profile_id, one.thread.is_revealed) for one in seen if one.person]
        if met:
            self._views.met(met)
        return seen

    def _said(self, seen: Seen, message: Message) -> Said:
        mine = message.sender == seen.side
        if mine or seen.thread.is_revealed:
            return Said(message, mine, message.text, masked=False)
        # What a producer wrote was looked at when they sent it; what the project hides may have grown since.
        passages = (
            self._projects.leaks(seen.offer.brief_id, message.text)
            if message.sender == "producer"
            else self._projects.contact_details(message.text)
        )
        return Said(message, mine, masked(message.text, passages), masked=bool(passages))
