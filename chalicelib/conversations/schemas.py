from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from chalicelib.conversations import attachment_formats, wording
from chalicelib.conversations.attachments import Reading, Upload
from chalicelib.conversations.errors import STATES, Paused
from chalicelib.conversations.events import Party
from chalicelib.conversations.models import (
    MOST_FILES,
    NEGATIVE_REASONS,
    POSITIVE_REASONS,
    Attachment,
    BreakReason,
    Decision,
    FileStatus,
    Mutual,
    NegativeReason,
    PositiveReason,
    PreparedAnswer,
    Question,
    State,
)
from chalicelib.conversations.service import Behind, Person, Said, Seen
from chalicelib.platform.errors import Invalid
from chalicelib.platform.operations import Id
from chalicelib.platform.validation import Both, PageQuery, Schema, Shape, distinct, line, paragraphs
from chalicelib.vocabulary.text import Bilingual

#: As many as a shortlist has seats.
MOST_INVITED = 8

_MESSAGE = 4000

#: What this reader may do now.
Act = Literal[
    "show_interest",
    "decline",
    "write",
    "add_file",
    "agree_to_reveal",
    "withdraw_from_reveal",
    "answer",
    "confirm_engagement",
    "withdraw_engagement",
    "break_mission",
]
#: The keys of `attachment_formats.ENDINGS`.
MediaType = Literal[
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "application/x-final-draft",
    "text/plain",
    "image/png",
    "image/jpeg",
]


class InviteInput(Schema):
    """A word to go with it, if there is one."""

    text: paragraphs(_MESSAGE) | None = None  # type: ignore[valid-type]


class InvitationsInput(Schema):
    """Whom to ask, and the same word to each, if there is one."""

    profile_ids: distinct(Id, MOST_INVITED, 1)  # type: ignore[valid-type]
    text: paragraphs(_MESSAGE) | None = None  # type: ignore[valid-type]


class GuidedAnswer(Schema):
    question: Question
    text: paragraphs(_MESSAGE)  # type: ignore[valid-type]


def _one_each(answers: list[GuidedAnswer]) -> list[GuidedAnswer]:
    """The last answer to a question is the one that counts."""
    return list({one.question: one for one in answers}.values())


class InterestInput(Schema):
    """All of it is free: interest needs no words."""

    text: paragraphs(_MESSAGE) | None = None  # type: ignore[valid-type]
    answers: Annotated[list[GuidedAnswer], Field(max_length=3), AfterValidator(_one_each)] = []


class MessageInput(Schema):
    """`question`: which of the guided questions it asks or answers."""

    text: paragraphs(_MESSAGE)  # type: ignore[valid-type]
    question: Question | None = None


def _plain_name(name: str) -> str:
    """Without what some systems take for a folder, or read as an end."""
    return re.sub(r'[\\/:*?"<>|]', "_", name)


class AttachmentInput(Schema):
    """A file about to be sent. `name`: as it is called, with its ending; `size`: bytes, exactly."""

    name: Annotated[line(120), AfterValidator(_plain_name)]  # type: ignore[valid-type]
    media_type: MediaType
    size: Annotated[int, Field(ge=1, le=attachment_formats.MAXIMUM_BYTES)]


class InterestAnswerInput(Schema):
    """`reason`: of those that belong to the decision; `text`: in your own words, in place of the sentence that goes
    with the reason."""

    decision: Decision
    reason: PositiveReason | NegativeReason
    text: paragraphs(_MESSAGE) | None = None  # type: ignore[valid-type]

    def checked(self) -> InterestAnswerInput:
        """Raises Invalid for a reason of the other decision."""
        from chalicelib.conversations.errors import WRONG_REASON

        belonging = POSITIVE_REASONS if self.decision == "retained" else NEGATIVE_REASONS
        if self.reason not in belonging:
            raise Invalid([WRONG_REASON.broken_at("/reason")])
        return self


class OutcomeInput(Schema):
    """`engaged` needs both of you to say it. `reason` and `text` go with an outcome that is none: the answer that the
    person reads; of a freelancer nobody asks a reason. `break_reason` goes with a mission that broke off."""

    outcome: Literal["engaged", "engagement_withdrawn", "not_engaged", "continued_with_another", "broken"]
    reason: NegativeReason = "closer_experience"
    break_reason: BreakReason = "other"
    text: paragraphs(_MESSAGE) | None = None  # type: ignore[valid-type]

    @property
    def negative(self) -> NegativeReason:
        return "another_profile" if self.outcome == "continued_with_another" else self.reason


class PreparedInput(Schema):
    """`reason` null: that of how the project ends."""

    conversation_id: Id
    reason: NegativeReason | None = None
    text: paragraphs(_MESSAGE) | None = None  # type: ignore[valid-type]


class PreparedAnswersInput(Schema):
    """What closing or filling the project will say to each; whoever is not named hears the sentence of the reason."""

    answers: Annotated[list[PreparedInput], Field(max_length=200)]

    def prepared(self) -> list[PreparedAnswer]:
        return [PreparedAnswer(thread_id=one.conversation_id, reason=one.reason, text=one.text) for one in self.answers]


class ConversationsQuery(PageQuery):
    """All of one's own."""


def _both(words: Bilingual) -> Both:
    return Both(fr=words.fr, en=words.en)


class Labelled(Shape):
    """A word of a closed list."""

    id: str
    labels: Both

    @staticmethod
    def of(entry: str, words: Mapping[str, Bilingual]) -> Labelled:
        return Labelled(id=entry, labels=_both(words[entry]))


class AnswerShape(Shape):
    """`message`: what was said, in the producer's words or, in both languages, in those of the reason."""

    decision: Decision
    reason: Labelled
    text: str | None
    message: Both
    answered_at: str


class BothSides(Shape):
    """Something that needs both sides. `since`: when it came about, null until then."""

    mine_at: str | None
    theirs_at: str | None
    since: str | None

    @staticmethod
    def of(mutual: Mutual, side: Party) -> BothSides:
        other: Party = "freelancer" if side == "producer" else "producer"
        return BothSides(mine_at=mutual.by(side), theirs_at=mutual.by(other), since=mutual.since)


class BrokenShape(Shape):
    at: str
    mine: bool
    reason: Labelled


class CompanyBehind(Shape):
    """Who is behind the project; there once both sides have agreed to reveal who they are."""

    legal_name: str
    siren: str
    email_domain: str
    addresses: list[str]
    people: list[str]
    contacts: list[str]
    confidential_title: str | None
    targeted_broadcaster: str | None

    @staticmethod
    def of(behind: Behind) -> CompanyBehind:
        return CompanyBehind(
            legal_name=behind.legal_name,
            siren=behind.siren,
            email_domain=behind.email_domain,
            addresses=list(behind.addresses),
            people=list(behind.people),
            contacts=list(behind.contacts),
            confidential_title=behind.confidential_title,
            targeted_broadcaster=behind.targeted_broadcaster,
        )


class CorrespondentShape(Shape):
    """Who is interested; `email` once both sides have agreed to reveal who they are."""

    profile_id: str
    display_name: str
    level: str
    email: str | None

    @staticmethod
    def of(person: Person) -> CorrespondentShape:
        return CorrespondentShape(
            profile_id=person.profile_id, display_name=person.display_name, level=person.level, email=person.email
        )


class ConversationShape(Shape):
    """A conversation as one of its two sides reads it. `opposite`: how to call the other side now. `company` is for the
    freelancer and `person` for the producer, each null for the other. `opposite_deleted`: the account of the other side
    was deleted; what it wrote is gone, and nothing goes on. `reply_by`: until which day the freelancer's answer to an
    invitation is of use; null once they have answered, or the project is over. `answer_due_at`: by when the freelancer
    is owed an answer. `guided_questions`: those that nobody has answered yet need not be. `notice`: what to say while
    it does not go on as usual, null otherwise."""

    conversation_id: str
    project_id: str
    side: Party
    code_name: str
    role: str
    project_live: bool
    notice: Both | None
    state: State
    state_label: Both
    opposite: Both
    opposite_deleted: bool
    invited_at: str | None
    reply_by: date | None
    interested_at: str | None
    declined_at: str | None
    answer: AnswerShape | None
    answer_due_at: str | None
    reveal: BothSides
    engagement: BothSides
    broken: BrokenShape | None
    messages: int
    last_message_at: str | None
    last_message_mine: bool | None
    may: list[Act]
    guided_questions: list[Labelled]
    company: CompanyBehind | None
    person: CorrespondentShape | None
    created_at: str
    updated_at: str

    @staticmethod
    def of(seen: Seen) -> ConversationShape:
        thread, now, side = seen.thread, seen.thread.round, seen.side
        broken = None
        if now.broken_at and now.broken_reason:
            broken = BrokenShape(
                at=now.broken_at,
                mine=now.broken_by == side,
                reason=Labelled.of(now.broken_reason, wording.BREAKS),
            )
        return ConversationShape(
            conversation_id=thread.thread_id,
            project_id=thread.brief_id,
            side=side,
            code_name=seen.offer.code_name,
            role=seen.offer.role,
            project_live=seen.offer.live,
            notice=_notice(seen),
            state=thread.state,
            state_label=_both(STATES[thread.state]),
            opposite=_both(_opposite(seen)),
            opposite_deleted=thread.departed not in (None, side),
            invited_at=now.invited_at,
            reply_by=now.reply_by if thread.state == "invited" and seen.offer.live else None,
            interested_at=now.interested_at,
            declined_at=now.declined_at,
            answer=_answer(seen),
            answer_due_at=now.answer_due_at,
            reveal=BothSides.of(thread.reveal, side),
            engagement=BothSides.of(now.engagement, side),
            broken=broken,
            messages=thread.messages,
            last_message_at=thread.last_message_at,
            last_message_mine=thread.last_message_from == side if thread.last_message_from else None,
            may=_may(seen),
            guided_questions=[Labelled.of(one, wording.QUESTIONS) for one in wording.QUESTIONS],
            company=CompanyBehind.of(seen.company) if seen.company else None,
            person=CorrespondentShape.of(seen.person) if seen.person else None,
            created_at=thread.created_at,
            updated_at=thread.updated_at,
        )


def _notice(seen: Seen) -> Both | None:
    """One neutral line: why it does not go on is the other side's business."""
    if seen.is_paused:
        return _both(Paused.message)
    return _both(wording.OFFLINE) if seen.offer.returned and seen.side == "freelancer" else None


def _opposite(seen: Seen) -> Bilingual:
    if seen.side == "producer":
        if seen.person is None:
            return wording.DELETED_ACCOUNT
        return Bilingual(seen.person.display_name, seen.person.display_name)
    if seen.company is not None:
        return Bilingual(seen.company.legal_name, seen.company.legal_name)
    return wording.masked_company(seen.offer.code_name)


def _answer(seen: Seen) -> AnswerShape | None:
    given = seen.thread.round.answer
    if given is None:
        return None
    own = Bilingual(given.text, given.text) if given.text else wording.MESSAGES[given.reason]
    return AnswerShape(
        decision=given.decision,
        reason=Labelled.of(given.reason, wording.REASONS),
        text=given.text,
        message=_both(own),
        answered_at=given.answered_at,
    )


def _may(seen: Seen) -> list[Act]:
    """What would be accepted from this side where the conversation stands."""
    thread, state, side = seen.thread, seen.thread.state, seen.side
    found: list[Act] = []
    if thread.departed is not None:
        return found
    if side == "freelancer":
        if state in ("open", "invited", "declined", "lapsed") and seen.offer.live:
            found.append("show_interest")
        if state in ("open", "invited", "interested", "revealed"):
            found.append("decline")
    if state in ("interested", "revealed", "engaged") or (state in ("open", "invited") and seen.offer.live):
        found.append("write")
        if thread.is_revealed and thread.files < MOST_FILES:
            found.append("add_file")
    if state == "interested":
        agreed = thread.reveal.by(side) is not None
        if agreed or seen.offer.trusted:
            found.append("withdraw_from_reveal" if agreed else "agree_to_reveal")
    if side == "producer" and state in ("interested", "revealed"):
        found.append("answer")
    if state == "revealed":
        found.append("withdraw_engagement" if thread.round.engagement.by(side) else "confirm_engagement")
    if state == "engaged":
        found.append("break_mission")
    return [act for act in found if not (seen.is_paused and act in _GOING_ON)]


#: What needs the other side.
_GOING_ON: tuple[Act, ...] = ("show_interest", "write", "agree_to_reveal", "confirm_engagement")


class ConversationList(Shape):
    conversations: list[ConversationShape]
    cursor: str | None


class InvitedShape(Shape):
    conversations: list[ConversationShape]


class AttachmentShape(Shape):
    """A file of a conversation. `status`: awaited (its upload may be under way), added (there to be read), refused
    (`explanation` says why), withdrawn (taken back by who sent it) or deleted (its time is over). `name` is null once
    the file is gone."""

    attachment_id: str
    mine: bool
    name: str | None
    media_type: str
    size: int
    status: FileStatus
    offered_at: str
    upload_until: str
    added_at: str | None
    ended_at: str | None
    refusal: str | None
    explanation: Both | None

    @staticmethod
    def of(attachment: Attachment, mine: bool) -> AttachmentShape:
        refusal = attachment.refusal
        return AttachmentShape(
            attachment_id=attachment.attachment_id,
            mine=mine,
            name=attachment.name,
            media_type=attachment.media_type,
            size=attachment.size,
            status=attachment.status,
            offered_at=attachment.offered_at,
            upload_until=attachment.upload_until,
            added_at=attachment.added_at,
            ended_at=attachment.ended_at,
            refusal=refusal,
            explanation=_both(attachment_formats.REFUSALS[refusal]) if refusal else None,
        )


class AttachmentUploadShape(Shape):
    """A form that takes the file until `until`: every one of `fields` first, then the file as `file`."""

    url: str
    fields: dict[str, str]
    until: str


class OfferedAttachmentShape(Shape):
    attachment: AttachmentShape
    upload: AttachmentUploadShape

    @staticmethod
    def of(attachment: Attachment, upload: Upload) -> OfferedAttachmentShape:
        return OfferedAttachmentShape(
            attachment=AttachmentShape.of(attachment, mine=True),
            upload=AttachmentUploadShape(url=upload.url, fields=upload.fields, until=upload.until),
        )


class AttachmentReadingShape(Shape):
    """`url` gives the file as a download, for `seconds` from now, to whoever holds it."""

    attachment: AttachmentShape
    url: str
    seconds: int

    @staticmethod
    def of(reading: Reading, mine: bool) -> AttachmentReadingShape:
        return AttachmentReadingShape(
            attachment=AttachmentShape.of(reading.attachment, mine), url=reading.url, seconds=reading.seconds
        )


class MessageShape(Shape):
    """`masked`: contact details were taken out, to be read once both sides have revealed who they are. `attachment`:
    the file that was sent, and then there is no text."""

    message_id: str
    mine: bool
    text: str
    masked: bool
    question: Labelled | None
    attachment: AttachmentShape | None
    sent_at: str

    @staticmethod
    def of(said: Said) -> MessageShape:
        message = said.message
        return MessageShape(
            message_id=message.message_id,
            mine=said.mine,
            text=said.text,
            masked=said.masked,
            question=Labelled.of(message.question, wording.QUESTIONS) if message.question else None,
            attachment=AttachmentShape.of(said.attachment, said.mine) if said.attachment else None,
            sent_at=message.sent_at,
        )


class MessageList(Shape):
    messages: list[MessageShape]
    cursor: str | None


class WaitingShape(Shape):
    """Somebody who waits to hear how the project ends. `proposed`: what they will hear for each reason, unless `text`
    says it in other words."""

    conversation: ConversationShape
    reason: NegativeReason | None
    text: str | None


class ProposedMessage(Shape):
    reason: Labelled
    message: Both


class WaitingList(Shape):
    """Who hears from the project when it is closed or filled, and the sentences to choose from."""

    waiting: list[WaitingShape]
    messages: list[ProposedMessage]

    @staticmethod
    def of(waiting: list[tuple[Seen, PreparedAnswer | None]]) -> WaitingList:
        return WaitingList(
            waiting=[
                WaitingShape(
                    conversation=ConversationShape.of(seen),
                    reason=prepared.reason if prepared else None,
                    text=prepared.text if prepared else None,
                )
                for seen, prepared in waiting
            ],
            messages=[
                ProposedMessage(reason=Labelled.of(one, wording.REASONS), message=_both(wording.MESSAGES[one]))
                for one in NEGATIVE_REASONS
            ],
        )
