"""Request and answer shapes of reports, of decisions and of who is behind a brief."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.moderation.grounds import (
    EFFECTS,
    GROUNDS,
    NOT_AUTOMATED,
    OUTCOMES,
    REDRESS,
    REPORT_REASONS,
    About,
    ConversationReason,
    Ground,
    Kind,
    Outcome,
    ReportReason,
)
from chalicelib.moderation.identity_requests import Offeror
from chalicelib.moderation.models import (
    LONGEST_TEXT,
    Act,
    IdentityRequest,
    Measure,
    Report,
    RequestState,
    Said,
    State,
)
from chalicelib.moderation.report_desk import Excerpt
from chalicelib.platform.operations import Id
from chalicelib.platform.table import Item
from chalicelib.platform.validation import Both, Instant, PageQuery, Schema, Shape, line, paragraphs
from chalicelib.vocabulary.text import Bilingual

#: An account's id in the user pool.
AccountId = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,128}$")]

_REPORT_TEXT = 2000


def _both(words: Bilingual) -> Both:
    return Both(fr=words.fr, en=words.en)


class ListedWord(Shape):
    """A word of a closed list."""

    id: str
    label: Both

    @staticmethod
    def of(entry: str, words: Mapping[Any, Bilingual]) -> ListedWord:
        return ListedWord(id=entry, label=_both(words[entry]))


# ---- reports


class ReportInput(Schema):
    """What is to be looked at, and why. `conversation_id`: the conversation of a message, and of nothing else."""

    about: About
    id: Id
    conversation_id: Id | None = None
    reason: ReportReason
    text: paragraphs(_REPORT_TEXT) | None = None  # type: ignore[valid-type]


class ConversationReportInput(Schema):
    """`message_id`: one message of the other side; without it, the conversation as a whole."""

    reason: ConversationReason
    message_id: Id | None = None
    text: paragraphs(_REPORT_TEXT) | None = None  # type: ignore[valid-type]


class ReportedShape(Shape):
    """`due_at`: by when it is looked at."""

    report_id: str
    reported_at: str
    due_at: str

    @staticmethod
    def of(report: Report) -> ReportedShape:
        return ReportedShape(report_id=report.report_id, reported_at=report.reported_at, due_at=report.due_at)


class MyReportShape(Shape):
    """A report as whoever made it reads it. `outcome` and `answer` are null until it is looked at."""

    report_id: str
    about: About
    id: str
    reason: ListedWord
    text: str | None
    reported_at: str
    due_at: str
    outcome: ListedWord | None
    answer: str | None
    decided_at: str | None

    @staticmethod
    def of(report: Report) -> MyReportShape:
        return MyReportShape(
            report_id=report.report_id,
            about=report.thing.about,
            id=report.thing.id,
            reason=ListedWord.of(report.reason, REPORT_REASONS),
            text=report.text,
            reported_at=report.reported_at,
            due_at=report.due_at,
            outcome=ListedWord.of(report.outcome, OUTCOMES) if report.outcome else None,
            answer=report.ruling,
            decided_at=report.decided_at,
        )


class MyReportList(Shape):
    """The latest first; and the reasons that there are to report something."""

    reports: list[MyReportShape]
    reasons: list[ListedWord]

    @staticmethod
    def of(reports: Iterable[Report]) -> MyReportList:
        return MyReportList(
            reports=[MyReportShape.of(one) for one in reports],
            reasons=[ListedWord.of(one, REPORT_REASONS) for one in REPORT_REASONS],
        )


class ReportsQuery(PageQuery):
    """`about`: what it is about; everything when none is named."""

    status: Literal["waiting", "settled"] = "waiting"
    about: About | None = None


class RulingInput(Schema):
    """What came of it, what its author is told, and for a reminder what the other side is told."""

    outcome: Outcome
    ruling: paragraphs(_REPORT_TEXT)  # type: ignore[valid-type]
    reminder: paragraphs(_REPORT_TEXT) | None = None  # type: ignore[valid-type]


class ReportedFileShape(Shape):
    """A file that was sent, without what it holds. `name` is null once it is gone; `size` in bytes."""

    name: str | None
    media_type: str
    size: int


class ExcerptShape(Shape):
    """A passage of what is reported as it stands now; `part`: a field, or who wrote it. `file`: of a message that
    stands for one, and then it has no words."""

    part: str
    text: str
    file: ReportedFileShape | None

    @staticmethod
    def of(excerpt: Excerpt) -> ExcerptShape:
        file = excerpt.file
        shown = ReportedFileShape(name=file.name, media_type=file.media_type, size=file.size) if file else None
        return ExcerptShape(part=excerpt.part, text=excerpt.text, file=shown)


class AccusedShape(Shape):
    """Who answers for it: an account or a company."""

    kind: Literal["user", "company"]
    id: str


class ReportShape(Shape):
    """What administrators are asked to look at: who asks, about what, and what it says now. `message_text`: of a report
    about a message, what was written."""

    report_id: str
    version: int
    about: About
    id: str
    conversation_id: str | None
    project_id: str | None
    profile_id: str | None
    by: Literal["producer", "freelancer"]
    reporter: str
    against: AccusedShape
    reason: ListedWord
    text: str | None
    message_text: str | None
    excerpts: list[ExcerptShape]
    reported_at: str
    due_at: str
    overdue: bool
    claimed_by: str | None
    claimed_until: str | None
    outcome: ListedWord | None
    ruling: str | None
    reminder: str | None
    settled_by: str | None
    settled_at: str | None

    @staticmethod
    def of(report: Report, excerpts: Sequence[Excerpt], now: datetime) -> ReportShape:
        return ReportShape(**_report(report, excerpts, now))


class HistoryEntry(Shape):
    """Something that happened; `by`: the account that did it, null for what runs by itself."""

    at: str
    event: str
    by: str | None

    @staticmethod
    def of(item: Item) -> HistoryEntry:
        return HistoryEntry(at=item["occurred_at"], event=item["event_type"], by=item.get("actor_sub"))


class ReportInFull(ReportShape):
    history: list[HistoryEntry]

    @staticmethod
    def in_full(report: Report, excerpts: Sequence[Excerpt], history: Sequence[Item], now: datetime) -> ReportInFull:
        return ReportInFull(**_report(report, excerpts, now), history=[HistoryEntry.of(item) for item in history])


def _report(report: Report, excerpts: Sequence[Excerpt], now: datetime) -> dict[str, Any]:
    thing = report.thing
    shown = [ExcerptShape.of(one) for one in excerpts]
    held = report.claimed_until is not None and datetime.fromisoformat(report.claimed_until) > now
    return {
        "report_id": report.report_id,
        "version": report.version,
        "about": thing.about,
        "id": thing.id,
        "conversation_id": thing.id if thing.about == "conversation" else thing.within,
        "project_id": thing.brief_id,
        "profile_id": thing.profile_id,
        "by": thing.by,
        "reporter": report.reporter_sub,
        "against": AccusedShape(kind=thing.subject.kind, id=thing.subject.id),
        "reason": ListedWord.of(report.reason, REPORT_REASONS),
        "text": report.text,
        "message_text": shown[0].text if thing.about == "message" and shown else None,
        "excerpts": shown,
        "reported_at": report.reported_at,
        "due_at": report.due_at,
        "overdue": not report.is_decided and datetime.fromisoformat(report.due_at) <= now,
        "claimed_by": report.claimed_by if held else None,
        "claimed_until": report.claimed_until if held else None,
        "outcome": ListedWord.of(report.outcome, OUTCOMES) if report.outcome else None,
        "ruling": report.ruling,
        "reminder": report.reminder,
        "settled_by": report.decided_by,
        "settled_at": report.decided_at,
    }


class ReportList(Shape):
    reports: list[ReportShape]
    cursor: str | None


# ---- decisions


class ReturnInput(Schema):
    """Why a brief goes back: the ground of the closed list, and the facts as its company reads them. `report_id`: the
    report that it follows, if there was one."""

    ground: Ground
    facts: paragraphs(LONGEST_TEXT)  # type: ignore[valid-type]
    report_id: Id | None = None


class SuspensionInput(ReturnInput):
    """`until`: when it ends by itself; null for one that does not. What lasts longer than seven days, or comes within
    thirty days of another one, waits for a second administrator."""

    until: Instant | None = None


class UpholdInput(Schema):
    """Why an appeal changes nothing, as whoever made it reads it."""

    text: paragraphs(LONGEST_TEXT)  # type: ignore[valid-type]


class OwnWordsInput(Schema):
    text: paragraphs(LONGEST_TEXT)  # type: ignore[valid-type]


class MeasuresQuery(PageQuery):
    status: Literal["open", "over"] = "open"
    kind: Kind | None = None
    state: State | None = None


class StatementShape(Shape):
    """A statement of reasons, as article 17 of the regulation (EU) 2022/2065 has it: what is decided and for how long,
    on which facts, whether a report led to it, whether a machine did, by which rule, and how to contest it."""

    decision: Both
    since: str | None
    until: str | None
    facts: str
    prompted_by: Literal["report", "own_initiative"]
    automated: Both
    ground: ListedWord
    rule: Both
    redress: Both

    @staticmethod
    def of(measure: Measure) -> StatementShape:
        rule = GROUNDS[measure.ground]
        return StatementShape(
            decision=_both(EFFECTS[measure.kind]),
            since=measure.in_force_from,
            until=measure.until,
            facts=measure.facts,
            prompted_by="report" if measure.report_id else "own_initiative",
            automated=_both(NOT_AUTOMATED),
            ground=ListedWord(id=measure.ground, label=_both(rule.label)),
            rule=_both(rule.rule),
            redress=_both(REDRESS),
        )


class OwnWordsShape(Shape):
    """What whoever it is about wrote."""

    text: str
    at: str

    @staticmethod
    def of(said: Said | None) -> OwnWordsShape | None:
        return OwnWordsShape(text=said.text, at=said.at) if said else None


class MyMeasureShape(Shape):
    """A decision as whoever it is about reads it: nothing of who decided. `upheld`: why an appeal changed nothing."""

    measure_id: str
    version: int
    kind: Kind
    subject_id: str
    state: State
    in_force: bool
    statement: StatementShape
    reply: OwnWordsShape | None
    reply_until: str | None
    appeal: OwnWordsShape | None
    appeal_until: str | None
    upheld: str | None
    ended_at: str | None
    may: list[Literal["reply", "appeal"]]

    @staticmethod
    def of(measure: Measure, now: datetime) -> MyMeasureShape:
        return MyMeasureShape(**_mine(measure, now))


class MyMeasureList(Shape):
    """`suspended`: whether one's account or company is suspended now."""

    suspended: bool
    measures: list[MyMeasureShape]

    @staticmethod
    def of(measures: Sequence[Measure], now: datetime) -> MyMeasureList:
        return MyMeasureList(
            suspended=any(one.kind != "brief" and one.holds(now) for one in measures),
            measures=[MyMeasureShape.of(one, now) for one in measures],
        )


def _mine(measure: Measure, now: datetime) -> dict[str, Any]:
    may = []
    if measure.holds(now) and measure.reply is None and _is_ahead(measure.reply_until, now):
        may.append("reply")
    if measure.holds(now) and _is_ahead(measure.appeal_until, now):
        may.append("appeal")
    upheld = [ruling.text for ruling in measure.rulings if ruling.act == "uphold"]
    return {
        "measure_id": measure.measure_id,
        "version": measure.version,
        "kind": measure.kind,
        "subject_id": measure.subject_id,
        "state": measure.state,
        "in_force": measure.holds(now),
        "statement": StatementShape.of(measure),
        "reply": OwnWordsShape.of(measure.reply),
        "reply_until": measure.reply_until,
        "appeal": OwnWordsShape.of(measure.appeal),
        "appeal_until": measure.appeal_until,
        "upheld": upheld[-1] if upheld else None,
        "ended_at": measure.ended_at,
        "may": may,
    }


def _is_ahead(moment: str | None, now: datetime) -> bool:
    return moment is not None and datetime.fromisoformat(moment) > now


class MeasureRulingShape(Shape):
    act: Act
    by: str
    at: str
    text: str | None


class MeasureShape(MyMeasureShape):
    """A decision as administrators read it. `look_at`: when there is something to do about it."""

    owner: AccusedShape
    report_id: str | None
    decided_by: str
    decided_at: str
    seconded_by: str | None
    publication_no: int | None
    look_at: str
    rulings: list[MeasureRulingShape]

    @staticmethod
    def for_administrators(measure: Measure, now: datetime) -> MeasureShape:
        return MeasureShape(**_measure(measure, now))


class MeasureInFull(MeasureShape):
    history: list[HistoryEntry]

    @staticmethod
    def in_full(measure: Measure, history: Sequence[Item], now: datetime) -> MeasureInFull:
        return MeasureInFull(**_measure(measure, now), history=[HistoryEntry.of(item) for item in history])


def _measure(measure: Measure, now: datetime) -> dict[str, Any]:
    return {
        **_mine(measure, now),
        "owner": AccusedShape(kind=measure.owner.kind, id=measure.owner.id),
        "report_id": measure.report_id,
        "decided_by": measure.decided_by,
        "decided_at": measure.decided_at,
        "seconded_by": measure.seconded_by,
        "publication_no": measure.publication_no,
        "look_at": measure.look_at,
        "rulings": [MeasureRulingShape(**ruling.model_dump()) for ruling in measure.rulings],
    }


class MeasureList(Shape):
    """Those that are not over, the soonest to be looked at first; those that are, the latest first."""

    measures: list[MeasureShape]
    cursor: str | None


# ---- who is behind a brief


class IdentityInput(Schema):
    """Which authority asks, by which text it may, and the reference of its own request."""

    authority: line(200)  # type: ignore[valid-type]
    basis: line(400)  # type: ignore[valid-type]
    reference: line(200)  # type: ignore[valid-type]


class IdentityRequestShape(Shape):
    """What was asked and what became of it; nothing of who it is. `readable_until`: until when the two who asked and
    agreed may read it."""

    request_id: str
    version: int
    brief_id: str
    authority: str
    basis: str
    reference: str
    state: RequestState
    asked_by: str
    asked_at: str
    agree_until: str
    settled_by: str | None
    settled_at: str | None
    readable_until: str | None

    @staticmethod
    def of(request: IdentityRequest) -> IdentityRequestShape:
        return IdentityRequestShape(**request.model_dump())


class IdentityRequestsQuery(PageQuery):
    """All of them."""


class IdentityRequestList(Shape):
    """The latest first."""

    requests: list[IdentityRequestShape]
    cursor: str | None


class OfferorCompanyShape(Shape):
    company_id: str
    legal_name: str | None
    siren: str | None
    addresses: list[str]
    email_domain: str | None


class OfferPublicationShape(Shape):
    """One time that the brief went online; `publisher`: which account did it, `email` its address. Null for what is no
    longer known."""

    number: int
    published_at: str
    publisher: str | None
    email: str | None


class IdentityDocument(Shape):
    """Who is behind a brief, for the authority that asked: never sent by e-mail."""

    request: IdentityRequestShape
    code_name: str
    state: str
    company: OfferorCompanyShape
    publications: list[OfferPublicationShape]

    @staticmethod
    def of(request: IdentityRequest, offeror: Offeror) -> IdentityDocument:
        return IdentityDocument(
            request=IdentityRequestShape.of(request),
            code_name=offeror.code_name,
            state=offeror.state,
            company=OfferorCompanyShape(
                company_id=offeror.company_id,
                legal_name=offeror.legal_name,
                siren=offeror.siren,
                addresses=list(offeror.addresses),
                email_domain=offeror.email_domain,
            ),
            publications=[
                OfferPublicationShape(
                    number=one.number, published_at=one.published_at, publisher=one.publisher, email=one.email
                )
                for one in offeror.publications
            ],
        )
