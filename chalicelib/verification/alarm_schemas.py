"""Request and answer shapes of alarms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.platform.operations import Id
from chalicelib.platform.table import Item
from chalicelib.platform.validation import Both, PageQuery, Schema, Shape, line, paragraphs
from chalicelib.verification.alarm_service import AlarmFilter
from chalicelib.verification.alarms import (
    BASES,
    LABELS,
    LONGEST_REPLY,
    LONGEST_RULING,
    LONGEST_TEXT,
    MOST_DOCUMENTS,
    OVER,
    Act,
    Alarm,
    Origin,
    Reason,
    State,
)
from chalicelib.verification.errors import ALARM_STATES
from chalicelib.verification.evidence_files import MAXIMUM_BYTES, Evidence
from chalicelib.verification.evidence_files import Kind as DocumentKind
from chalicelib.verification.review_schemas import HappenedShape, ReviewedFileShape
from chalicelib.verification.subjects import Named, Subject
from chalicelib.verification.wording import DOCUMENTS, what_follows
from chalicelib.vocabulary.text import Bilingual

SubjectKind = Literal["profile", "company"]


class PrepareAlarmInput(Schema):
    """Whom an alarm is about, for which reason of the closed list, and on whose word: `basis`. `reporter`: the account
    of who reports it, or the name of the competent body; null for what we found ourselves."""

    kind: SubjectKind
    subject_id: Id
    reason: Reason
    basis: Origin
    reporter: line(200) | None = None  # type: ignore[valid-type]

    @property
    def subject(self) -> Subject:
        return Subject(self.kind, self.subject_id)


class AlarmFileInput(Schema):
    """A file about to be sent for an alarm. `size`: bytes."""

    kind: DocumentKind
    media_type: Literal["application/pdf", "image/jpeg", "image/png"]
    size: Annotated[int, Field(ge=1, le=MAXIMUM_BYTES)]


class ReliedOnInput(Schema):
    """A file that an alarm rests on: one that was sent for it, or (`case_id`) one of a case about the same person or
    company, which is copied."""

    evidence_id: Id
    case_id: Id | None = None


class RaiseAlarmInput(Schema):
    """What the subject is told: one or two sentences, and the files. No criminal matter is named (GDPR, article 10)."""

    text: paragraphs(LONGEST_TEXT)  # type: ignore[valid-type]
    documents: Annotated[list[ReliedOnInput], Field(min_length=1, max_length=MOST_DOCUMENTS)]


class AlarmRulingInput(Schema):
    """Why, as its subject reads it: what their answer, or their appeal, does not change."""

    text: paragraphs(LONGEST_RULING)  # type: ignore[valid-type]


class AlarmReplyInput(Schema):
    text: paragraphs(LONGEST_REPLY)  # type: ignore[valid-type]


class AlarmsQuery(PageQuery):
    """`status`: those that are not over, or those that are; of a `state`, those of it. `due`: of those that are not
    over, those about which there is something to do now: to raise, to decide, to hear the appeal of."""

    status: Literal["open", "over"] = "open"
    state: State | None = None
    kind: SubjectKind | None = None
    due: Literal["true"] | None = None

    def wanted(self) -> AlarmFilter:
        over = self.status == "over" or self.state in OVER
        return AlarmFilter(state=self.state, kind=self.kind, due=self.due is not None, over=over)


class AlarmSummary(Shape):
    """An alarm as administrators list it. `subject_name`: null once the person or the company is gone. `look_at`: when
    there is something to do about it. In force from `in_force_from` to `until`, never longer than 24 months."""

    alarm_id: str
    version: int
    kind: SubjectKind
    subject_id: str
    subject_name: str | None
    reason: Reason
    reason_label: Both
    state: State
    state_label: Both
    prepared_by: str
    prepared_at: str
    raised_at: str | None
    reply_until: str | None
    in_force_from: str | None
    until: str | None
    look_at: str
    ended_at: str | None
    updated_at: str

    @staticmethod
    def of(alarm: Alarm, named: Named | None) -> AlarmSummary:
        return AlarmSummary(**_summary(alarm, named))


class AlarmList(Shape):
    """Those that are not over, the soonest to be looked at first. A page may hold fewer than fit the filter while
    `cursor` is there."""

    alarms: list[AlarmSummary]
    cursor: str | None


class AlarmReplyShape(Shape):
    text: str | None
    replied_by: str
    replied_at: str


class AlarmRulingShape(Shape):
    act: Act
    by: str
    at: str
    text: str | None


class AlarmShape(AlarmSummary):
    """An alarm as it is decided on. `documents`: the ids of the files that it rests on, among `files`. Texts are null
    before there are any, and once it is over."""

    basis: Origin
    basis_label: Both
    reporter: str | None
    text: str | None
    documents: list[str]
    files: list[ReviewedFileShape]
    reply: AlarmReplyShape | None
    may_be_decided: bool
    appeal_text: str | None
    appealed_at: str | None
    rulings: list[AlarmRulingShape]
    history: list[HappenedShape]

    @staticmethod
    def in_full(
        alarm: Alarm, named: Named | None, files: Sequence[Evidence], history: Sequence[Item], now: datetime
    ) -> AlarmShape:
        reply = alarm.reply
        return AlarmShape(
            **_summary(alarm, named),
            basis=alarm.origin,
            basis_label=_both(BASES[alarm.origin]),
            reporter=alarm.reporter,
            text=alarm.text,
            documents=[document.evidence_id for document in alarm.documents],
            files=[ReviewedFileShape.listed(one) for one in files],
            reply=AlarmReplyShape(**reply.model_dump()) if reply else None,
            may_be_decided=alarm.may_be_decided(now),
            appeal_text=alarm.appeal_text,
            appealed_at=alarm.appealed_at,
            rulings=[AlarmRulingShape(**ruling.model_dump()) for ruling in alarm.rulings],
            history=[HappenedShape.of(item) for item in history],
        )


class MyAlarmReplyShape(Shape):
    text: str | None
    replied_at: str


class MyAlarmRulingShape(Shape):
    """What was decided, when and why; who decided is not told."""

    act: Act
    at: str
    text: str | None


class PaperShape(Shape):
    """A file that an alarm rests on, by what it is. A copy is asked for by answering the e-mail."""

    kind: DocumentKind
    label: Both
    received_at: str


class MyAlarmShape(Shape):
    """An alarm as whoever it is about reads it: what it says, on whose word and which papers, until when to answer or
    to contest (`appeal_until`; null where one may not), what follows from it and what does not."""

    alarm_id: str
    version: int
    kind: SubjectKind
    reason: Reason
    reason_label: Both
    basis: Origin
    basis_label: Both
    state: State
    state_label: Both
    text: str | None
    papers: list[PaperShape]
    raised_at: str
    reply_until: str
    reply: MyAlarmReplyShape | None
    in_force_from: str | None
    until: str | None
    appeal_until: str | None
    appeal_text: str | None
    appealed_at: str | None
    ended_at: str | None
    rulings: list[MyAlarmRulingShape]
    what_follows: Both

    @staticmethod
    def of(alarm: Alarm, files: Sequence[Evidence], now: datetime) -> MyAlarmShape:
        relied_on = {document.evidence_id for document in alarm.documents}
        appeal_until = alarm.appeal_until
        return MyAlarmShape.model_validate(
            {
                **{name: getattr(alarm, name) for name in MyAlarmShape.model_fields if hasattr(alarm, name)},
                "reason_label": _both(LABELS[alarm.reason]),
                "basis": alarm.origin,
                "basis_label": _both(BASES[alarm.origin]),
                "state_label": _both(ALARM_STATES[alarm.state]),
                "papers": [
                    PaperShape(kind=one.kind, label=_both(DOCUMENTS[one.kind]), received_at=one.offered_at)
                    for one in files
                    if one.evidence_id in relied_on
                ],
                "reply": alarm.reply.model_dump(include={"text", "replied_at"}) if alarm.reply else None,
                "appeal_until": appeal_until if appeal_until and now < datetime.fromisoformat(appeal_until) else None,
                "rulings": [ruling.model_dump(include={"act", "at", "text"}) for ruling in alarm.rulings],
                "what_follows": _both(what_follows(alarm.kind, alarm.state)),
            }
        )


class MyAlarmList(Shape):
    """Every alarm about one's profile or company that was ever raised."""

    alarms: list[MyAlarmShape]


def _both(said: Bilingual) -> Both:
    return Both(fr=said.fr, en=said.en)


def _summary(alarm: Alarm, named: Named | None) -> dict[str, Any]:
    copied = AlarmSummary.model_fields.keys() - {"subject_name", "reason_label", "state_label"}
    return {
        **{name: getattr(alarm, name) for name in copied},
        "subject_name": named.name if named else None,
        "reason_label": _both(LABELS[alarm.reason]),
        "state_label": _both(ALARM_STATES[alarm.state]),
    }
