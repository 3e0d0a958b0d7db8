"""What is asked of verification, and what both a subject and administrators read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.platform.errors import Invalid
from chalicelib.platform.operations import Id
from chalicelib.platform.validation import (
    Both,
    EmailAddress,
    Instant,
    PageQuery,
    QuerySchema,
    Schema,
    Shape,
    paragraphs,
)
from chalicelib.verification.due import left_in_words
from chalicelib.verification.errors import CREDIT_GOES_WITH_CREDIT, END_BEFORE_START
from chalicelib.verification.evidence_files import MAXIMUM_BYTES, Evidence, Reading, Status, Upload
from chalicelib.verification.evidence_files import Kind as DocumentKind
from chalicelib.verification.facts_of_credit import CreditFacts
from chalicelib.verification.grounds import Ground
from chalicelib.verification.models import Case, CreditVerdict, Finding, Removal, Route, Verdict
from chalicelib.verification.service import QueueFilter
from chalicelib.verification.states import Outcome
from chalicelib.verification.subjects import Kind, Level
from chalicelib.verification.wording import FACTS
from chalicelib.vocabulary.text import Bilingual

#: The period of statistics that nobody names.
PERIOD = timedelta(days=30)


#: Years that one reading of statistics may cover, so that it ends within a request.
LONGEST_PERIOD = timedelta(days=366)


class OpenCaseInput(Schema):
    """What is to be verified: one's profile, one of its credits, or one's company. `credit_id` goes with `credit`, and
    with nothing else."""

    kind: Kind
    credit_id: Id | None = None

    def check(self) -> None:
        """Raises Invalid naming `credit_id` when it is missing, or does not belong there."""
        if (self.kind == "credit") != (self.credit_id is not None):
            raise Invalid([CREDIT_GOES_WITH_CREDIT.broken_at("/credit_id")])


class AnswerInput(Schema):
    text: paragraphs(4000)  # type: ignore[valid-type]


class AppealInput(Schema):
    """Why the decision is contested, in one's own words."""

    text: paragraphs(4000, minimum=10)  # type: ignore[valid-type]


class EvidenceInput(Schema):
    """A file about to be sent. `size`: bytes. `credit_id`: the credit that it shows, if it is about one."""

    kind: DocumentKind
    media_type: Literal["application/pdf", "image/jpeg", "image/png"]
    size: Annotated[int, Field(ge=1, le=MAXIMUM_BYTES)]
    credit_id: Id | None = None


class AttestationInput(Schema):
    """Who is to be asked about a credit: an address at the company's own domain."""

    credit_id: Id
    address: EmailAddress


class LeaseInput(Schema):
    """`lease_token` came with the claim; without it, or once it has run out, nothing is done (409 `lease_lost`)."""

    lease_token: Id


class InformationInput(LeaseInput):
    """The question, as the subject reads it."""

    text: paragraphs(4000)  # type: ignore[valid-type]


class CreditVerdictInput(Schema):
    """The highest fact of a credit that is established; null: none is."""

    credit_id: Id
    level: Level | None


class RemovalInput(Schema):
    """A fact that is taken away, with those that stand on it."""

    credit_id: Id
    level: Level


class VerdictInput(LeaseInput):
    """A decision. `text` is for the subject, `ground` says which of the known reasons it is. `junior_path`: whether the
    background of somebody at the beginning is confirmed."""

    outcome: Outcome
    ground: Ground
    text: paragraphs(4000)  # type: ignore[valid-type]
    credits: Annotated[list[CreditVerdictInput], Field(max_length=90)] = []
    removals: Annotated[list[RemovalInput], Field(max_length=90)] = []
    junior_path: bool = False

    def verdict(self) -> Verdict:
        return Verdict(
            outcome=self.outcome,
            ground=self.ground,
            text=self.text,
            credits=tuple(CreditVerdict(credit_id=one.credit_id, level=one.level) for one in self.credits),
            removals=tuple(Removal(credit_id=one.credit_id, level=one.level) for one in self.removals),
            junior_path=self.junior_path,
        )


class SecondDecisionInput(LeaseInput):
    """Whether the proposed decision is confirmed; otherwise the case goes back to the queue, with `note` for whoever
    takes it next."""

    confirms: bool
    note: paragraphs(4000, minimum=0) = ""  # type: ignore[valid-type]


class ReopeningInput(Schema):
    ground: Ground


class MyCasesQuery(PageQuery):
    pass


class QueueQuery(PageQuery):
    """`mine`: those that one has under a lease; `overdue`: those whose time is over; `pressing`: those of people who
    fit a live project whose option ends soon. `state`: `information_requested` lists those that wait for their subject,
    who are in no other list."""

    state: Literal["queued", "in_review", "information_requested", "appealed", "appeal_review", "reopened"] | None = (
        None
    )
    route: Route | None = None
    kind: Kind | None = None
    mine: Literal["true"] | None = None
    overdue: Literal["true"] | None = None
    pressing: Literal["true"] | None = None

    def wanted(self, reader: str) -> QueueFilter:
        return QueueFilter(
            state=self.state,
            route=self.route,
            kind=self.kind,
            pressing=True if self.pressing else None,
            held_by=reader if self.mine else None,
            overdue=self.overdue is not None,
        )


class StatisticsQuery(QuerySchema):
    """The period of what was decided: the last thirty days, or from `since` to `until`."""

    since: Instant | None = None
    until: Instant | None = None

    def period(self, now: datetime) -> tuple[datetime, datetime]:
        """Never longer than `LONGEST_PERIOD`, which then ends at `until`. Raises Invalid."""
        until = self.until or now
        if self.since and self.since > until:
            raise Invalid([END_BEFORE_START.broken_at("?until" if self.until else "?since")])
        return max(self.since or until - PERIOD, until - LONGEST_PERIOD), until


class ClockShape(Shape):
    """By when the subject must hear from us. `seconds_left` is negative once it is late."""

    due_at: str
    seconds_left: int
    words: Both

    @staticmethod
    def of(case: Case, now: datetime) -> ClockShape | None:
        """None while nobody owes the subject anything."""
        if case.due_at is None:
            return None
        left = datetime.fromisoformat(case.due_at) - now
        return ClockShape(
            due_at=case.due_at, seconds_left=int(left.total_seconds()), words=in_both(left_in_words(left))
        )


class FindingShape(Shape):
    """One thing that a check found. `verdict`: confirms, partial, contradicts, silent, error or noticed; a source that
    is silent says nothing against anybody. `proves`: the highest fact of the credit that it shows. `pointer`: what is
    at fault in what was declared, if anything."""

    source: str
    verdict: str
    reason: str
    note: Both
    credit_id: str | None
    level: Level | None
    proves: Level | None
    url: str | None
    retrieved_at: str | None
    licence: str | None
    pointer: str | None

    @staticmethod
    def of(finding: Finding) -> FindingShape:
        copied = {name: getattr(finding, name) for name in FindingShape.model_fields if name != "note"}
        return FindingShape(**copied, note=Both(fr=finding.note_fr, en=finding.note_en))


class BadgeShape(Shape):
    """A fact of a credit that is established: by what, when, until when."""

    fact: Level
    label: Both
    source: str
    checked_at: str
    expires_at: str

    @staticmethod
    def all_of(facts: CreditFacts | None, claim_digest: str, now: datetime) -> list[BadgeShape]:
        return [
            BadgeShape(
                fact=level,
                label=in_both(FACTS[level]),
                source=fact.source,
                checked_at=fact.checked_at,
                expires_at=fact.expires_at,
            )
            for level, fact in (facts.of(claim_digest, now) if facts else {}).items()
        ]


class EvidenceShape(Shape):
    """A file that was sent, or is to be. `explanation`: why it is not kept."""

    evidence_id: str
    kind: DocumentKind
    credit_id: str | None
    media_type: str
    size: int | None
    status: Status
    offered_at: str
    upload_until: str
    checked_at: str | None
    refusal: str | None
    explanation: Both | None
    deleted_at: str | None

    @staticmethod
    def of(evidence: Evidence) -> EvidenceShape:
        explanation = evidence.explanation
        copied = {name: getattr(evidence, name) for name in EvidenceShape.model_fields if name != "explanation"}
        return EvidenceShape(**copied, explanation=in_both(explanation) if explanation else None)


class UploadShape(Shape):
    """A form that takes the file until `until`: every one of `fields` first, then the file as `file`."""

    url: str
    fields: dict[str, str]
    until: str


class OfferedShape(Shape):
    evidence: EvidenceShape
    upload: UploadShape

    @staticmethod
    def of(evidence: Evidence, upload: Upload) -> OfferedShape:
        return OfferedShape(
            evidence=EvidenceShape.of(evidence),
            upload=UploadShape(url=upload.url, fields=upload.fields, until=upload.until),
        )


class ReadingShape(Shape):
    """A link that downloads the file, for so many seconds and for whoever holds it."""

    url: str
    seconds: int

    @staticmethod
    def of(reading: Reading) -> ReadingShape:
        return ReadingShape(url=reading.url, seconds=reading.seconds)


def in_both(said: Bilingual) -> Both:
    return Both(fr=said.fr, en=said.en)
