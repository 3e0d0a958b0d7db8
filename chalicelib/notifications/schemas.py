from __future__ import annotations

from typing import Literal, Self

from pydantic import ConfigDict, Field

from chalicelib.notifications.models import (
    OF_AN_ACCOUNT,
    AlarmStep,
    Channels,
    ContactStep,
    Email,
    EmailKind,
    Hold,
    Kind,
    Moment,
    Notice,
    Preferences,
    Reason,
    RulingStep,
    Side,
    State,
    Suppression,
    Wait,
    Which,
)
from chalicelib.notifications.wording import both
from chalicelib.platform.validation import Both, EmailAddress, PageQuery, Schema, Shape, line
from chalicelib.vocabulary.text import Language

# What a person wants to receive --------------------------------------------------------------------------------------


class ChannelsInput(Schema):
    """`email`: at once. `digest`: in the one e-mail of the morning, alone or, beside `email`, for what could not go at
    once. Neither: nothing."""

    email: bool
    digest: bool


class KindsInput(Schema):
    """The channels of each kind of e-mail. A kind that is added later is optional here, and stands as it is when left
    out: a client that does not know it keeps working."""

    shortlist: ChannelsInput
    shortlist_changes: ChannelsInput
    verification_steps: ChannelsInput | None = None
    verification_answers: ChannelsInput | None = None
    projects: ChannelsInput | None = None
    contacts: ChannelsInput | None = None
    answers: ChannelsInput | None = None
    deadlines: ChannelsInput | None = None


class PreferencesInput(Schema):
    """The whole document. `language` null: as the company membership says."""

    language: Language | None
    kinds: KindsInput

    def channels(self) -> dict[Kind, Channels]:
        chosen = {kind: getattr(self.kinds, kind) for kind in OF_AN_ACCOUNT}
        return {kind: Channels(one.email, one.digest) for kind, one in chosen.items() if one is not None}


class ChannelsShape(Shape):
    email: bool
    digest: bool


class KindsShape(Shape):
    shortlist: ChannelsShape
    shortlist_changes: ChannelsShape
    verification_steps: ChannelsShape
    verification_answers: ChannelsShape
    projects: ChannelsShape
    contacts: ChannelsShape
    answers: ChannelsShape
    deadlines: ChannelsShape


class LabelsShape(Shape):
    """What each kind is, in words for people."""

    shortlist: Both
    shortlist_changes: Both
    verification_steps: Both
    verification_answers: Both
    projects: Both
    contacts: Both
    answers: Both
    deadlines: Both


class AddressShape(Shape):
    """Whether the account's address gets e-mails at all; why not, in words for its owner."""

    suppressed: bool
    reason: Reason | None
    message: Both | None


class PreferencesShape(Shape):
    """What an account wants to receive. `language` and `kinds` are what a PUT takes; more kinds may come."""

    language: Language | None
    kinds: KindsShape
    labels: LabelsShape
    address: AddressShape
    version: int

    @staticmethod
    def of(preferences: Preferences, suppression: Suppression | None) -> PreferencesShape:
        channels = {kind: preferences.of(kind) for kind in OF_AN_ACCOUNT}
        reason = suppression.reason if suppression else None
        return PreferencesShape(
            language=preferences.language,
            kinds=KindsShape(
                **{kind: ChannelsShape(email=one.email, digest=one.digest) for kind, one in channels.items()}
            ),
            labels=LabelsShape(**{kind: both("preferences", "kinds", kind) for kind in OF_AN_ACCOUNT}),
            address=AddressShape(
                suppressed=reason is not None,
                reason=reason,
                message=both("preferences", "suppressed", reason) if reason else None,
            ),
            version=preferences.version,
        )


# What administrators see ---------------------------------------------------------------------------------------------


class EmailsQuery(PageQuery):
    state: State = "refused"


class SentShape(Shape):
    """How far one e-mail came, whatever it is about. Each kind says besides what may hold it back (`held_for`) until
    `due_at`."""

    dedup_key: str
    state: State
    due_at: str | None
    attempts: int
    error_code: str | None
    created_at: str
    updated_at: str
    sent_at: str | None

    @classmethod
    def of(cls, email: Email) -> Self:
        return cls(**{name: getattr(email, name) for name in cls.model_fields})


class EmailShape(SentShape):
    """The life of one e-mail about a shortlist, or of a digest, without its address: administrators see how far it
    came, and why no further.

    `held_for` says why a planned one waits until `due_at`. A digest is about several projects: it has no `brief_id`.
    """

    kind: Literal["shortlist", "shortlist_changes", "digest"]
    brief_id: str | None
    publication_no: int | None
    held_for: Hold | None


class LetterShape(SentShape):
    """The same of one e-mail of verification: about what happened in a case (`moment`), or asking for an attestation
    there (`attestation_id`)."""

    kind: Literal["verification_steps", "verification_answers", "attestation"]
    case_id: str
    moment: Moment | None
    attestation_id: str | None
    held_for: Hold | None


class AlarmLetterShape(SentShape):
    """The same of one e-mail about an alarm, to whoever it is about. One that raises it and is `suppressed` or
    `refused` was not read: the ten days run all the same, and they are to be told in another way."""

    alarm_id: str
    alarm_step: AlarmStep
    held_for: Hold | None


class RulingLetterShape(SentShape):
    """The same of one e-mail about a report or a decision of administrators: `ruling_id` is its id. One that tells of a
    decision and is `suppressed` or `refused` was not read: its time limits run all the same."""

    ruling_id: str
    ruling_step: RulingStep
    held_for: Hold | None


class ContactLetterShape(SentShape):
    """The same of one e-mail about a conversation (`contact_step` in `thread_id`, to the side `reader`), a project that
    fits somebody, or a date that comes near (`which`)."""

    kind: Literal["projects", "contacts", "answers", "owed_answer", "deadlines"]
    brief_id: str | None
    publication_no: int | None
    thread_id: str | None
    contact_step: ContactStep | None
    reader: Side | None
    which: Which | None
    held_for: Wait | None


class AccountLetterShape(SentShape):
    """The same of one e-mail about an account itself: that it is soon deleted, or that it was."""

    kind: Literal["inactivity", "receipt"]
    held_for: Wait | None


class ColleagueLetterShape(SentShape):
    """The same of one e-mail to somebody who is invited to act for a company."""

    company_id: str
    invitation_id: str
    held_for: Hold | None


#: Which list of a page holds the e-mails of a kind.
_OF_VERIFICATION: tuple[EmailKind, ...] = ("verification_steps", "verification_answers", "attestation")
_OF_CONTACTS: tuple[EmailKind, ...] = ("projects", "contacts", "answers", "owed_answer", "deadlines")
_OF_SHORTLISTS: tuple[EmailKind, ...] = ("shortlist", "shortlist_changes", "digest")


class EmailList(Shape):
    """One page of all: each list holds those of its kinds. A list that is added later may be left out, by the contract:
    a client that was written before it goes on as it is."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    emails: list[EmailShape]
    letters: list[LetterShape]
    alarms: list[AlarmLetterShape]
    contacts: list[ContactLetterShape]
    accounts: list[AccountLetterShape]
    rulings: list[RulingLetterShape]
    colleagues: list[ColleagueLetterShape] = Field(default_factory=list)
    cursor: str | None

    @staticmethod
    def of(found: list[Email], cursor: str | None) -> EmailList:
        return EmailList(
            emails=[EmailShape.of(one) for one in found if one.kind in _OF_SHORTLISTS],
            letters=[LetterShape.of(one) for one in found if one.kind in _OF_VERIFICATION],
            alarms=[AlarmLetterShape.of(one) for one in found if one.kind == "alarm"],
            contacts=[ContactLetterShape.of(one) for one in found if one.kind in _OF_CONTACTS],
            accounts=[AccountLetterShape.of(one) for one in found if one.kind in ("inactivity", "receipt")],
            rulings=[RulingLetterShape.of(one) for one in found if one.kind == "ruling"],
            colleagues=[ColleagueLetterShape.of(one) for one in found if one.kind == "colleagues"],
            cursor=cursor,
        )


class SuppressionInput(Schema):
    """An address that is to get no more e-mails. `note`: why, for the other administrators."""

    address: EmailAddress
    note: line(300)  # type: ignore[valid-type]


class SuppressionsQuery(PageQuery):
    """All of them."""


class SuppressionShape(Shape):
    """An address that gets no e-mail, without the address: `suppression_id` is its digest. `dedup_key`: the e-mail that
    had it so; `note` and `added_by`: an administrator's."""

    suppression_id: str
    reason: Reason
    since: str
    dedup_key: str | None
    note: str | None
    added_by: str | None
    version: int

    @staticmethod
    def of(suppression: Suppression) -> SuppressionShape:
        return SuppressionShape(
            suppression_id=suppression.address_id,
            reason=suppression.reason,
            since=suppression.since,
            dedup_key=suppression.dedup_key,
            note=suppression.note,
            added_by=suppression.added_by,
            version=suppression.version,
        )


class SuppressionList(Shape):
    suppressions: list[SuppressionShape]
    cursor: str | None


class NoticesQuery(PageQuery):
    state: Literal["open", "done"] = "open"


class NoticeShape(Shape):
    """Something that administrators should see to: an address that gets no more e-mails, and because of which."""

    notice_id: str
    reason: Reason
    message: Both
    dedup_key: str
    suppression_id: str
    state: Literal["open", "done"]
    created_at: str
    updated_at: str
    done_by: str | None
    version: int

    @staticmethod
    def of(notice: Notice) -> NoticeShape:
        return NoticeShape(
            notice_id=notice.notice_id,
            reason=notice.reason,
            message=both("notices", notice.reason),
            dedup_key=notice.dedup_key,
            suppression_id=notice.address_id,
            state=notice.state,
            created_at=notice.created_at,
            updated_at=notice.updated_at,
            done_by=notice.done_by,
            version=notice.version,
        )


class NoticeList(Shape):
    notices: list[NoticeShape]
    cursor: str | None
