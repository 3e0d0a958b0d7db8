from __future__ import annotations

from typing import Any, Literal

from chalicelib.platform.validation import Both, Shape
from chalicelib.privacy import notices
from chalicelib.privacy.events import Cause
from chalicelib.privacy.exports import Document
from chalicelib.privacy.models import State, Task
from chalicelib.privacy.service import Receipt
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.person import Ground, Held
from chalicelib.vocabulary.retention import BACKUPS, EXPORT_LINKS, HOLDS
from chalicelib.vocabulary.text import Bilingual

#: Raised when a program that reads an export would misread the new one.
EXPORT_VERSION = 1


class ExportSection(Shape):
    """What one part of the application keeps of one kind; empty where there is nothing. The records are as they are
    read elsewhere in this contract, or as they are stored."""

    context: str
    what: str
    records: list[dict[str, Any]]


class ExportShape(Shape):
    """Everything that is known of one person. `format_version` grows when a program that reads the document would
    misread the new one. `not_included`: what is not in it, and why. `elsewhere`: where the whole document lies when it
    is too large for an answer, for so many seconds; `sections` is empty then."""

    format: Literal["plot-point/export"]
    format_version: Literal[1]
    exported_at: str
    account_id: str
    email: str
    sections: list[ExportSection]
    not_included: list[Both]
    elsewhere: str | None
    elsewhere_seconds: int | None

    @staticmethod
    def of(document: Document) -> ExportShape:
        return ExportShape(
            format="plot-point/export",
            format_version=1,
            exported_at=stamp(document.exported_at),
            account_id=document.person.sub,
            email=document.person.email,
            sections=[
                ExportSection(context=one.context, what=one.what, records=one.records) for one in document.sections
            ],
            not_included=[_both(one) for one in notices.NOT_EXPORTED],
            elsewhere=None,
            elsewhere_seconds=None,
        )

    def elsewhere_at(self, link: str) -> ExportShape:
        seconds = int(EXPORT_LINKS.total_seconds())
        return self.model_copy(update={"sections": [], "elsewhere": link, "elsewhere_seconds": seconds})


class ErasureStep(Shape):
    """What one part of the application has done: `removed` things are gone, `redacted` ones stay for others without
    anything of the person."""

    context: str
    state: Literal["owed", "done"]
    removed: int
    redacted: int
    done_at: str | None

    @staticmethod
    def of(task: Task) -> ErasureStep:
        return ErasureStep(
            context=task.context,
            state="done" if task.is_done else "owed",
            removed=task.removed,
            redacted=task.redacted,
            done_at=task.done_at,
        )


class HeldShape(Shape):
    """What stays for a time, with the rule that keeps it. It goes by itself at `until`."""

    kind: str
    id: str
    until: str
    ground: Ground
    label: Both
    source: Both

    @staticmethod
    def of(held: Held) -> HeldShape:
        hold = HOLDS[held.ground]
        return HeldShape(
            kind=held.kind,
            id=held.id,
            until=held.until,
            ground=held.ground,
            label=_both(hold.label),
            source=_both(hold.source),
        )


class ErasureShape(Shape):
    """The receipt of an erasure: ids, counts and dates, and no personal value. `settled`: looked over once more since.
    `backups_days`: after so many days the backups hold nothing either."""

    erasure_id: str
    cause: Cause
    state: State
    requested_at: str
    completed_at: str | None
    steps: list[ErasureStep]
    held: list[HeldShape]
    backups_days: int

    @staticmethod
    def of(receipt: Receipt) -> ErasureShape:
        erasure = receipt.erasure
        return ErasureShape(
            erasure_id=erasure.erasure_id,
            cause=erasure.cause,
            state=erasure.state,
            requested_at=erasure.requested_at,
            completed_at=erasure.completed_at,
            steps=[ErasureStep.of(task) for task in receipt.tasks],
            held=[HeldShape.of(one) for one in receipt.held],
            backups_days=BACKUPS.days,
        )


class CollectedShape(Shape):
    """One thing that is collected: from whom and where, what for, on which ground of the GDPR, and how long it is
    kept."""

    id: str
    what: Both
    where: Both
    purpose: Both
    basis: Both
    kept: Both
    contexts: list[str]


class RightShape(Shape):
    right: Both
    how: Both
    route: str | None


class HoldShape(Shape):
    ground: Ground
    label: Both
    source: Both
    days: int


class PrivacyNoticeShape(Shape):
    """The notice that people read before they give anything: what is collected, why and for how long, what never is,
    what the law keeps of somebody who left, and everybody's rights. `version`: the day of its last change.
    `contact`: the address at which anybody may write to the operator, with an account or without."""

    version: str
    controller: Both
    contact: str
    collected: list[CollectedShape]
    never: list[Both]
    recipients: list[Both]
    holds: list[HoldShape]
    rights: list[RightShape]
    not_legal_advice: Both

    @staticmethod
    def in_full(contact: str) -> PrivacyNoticeShape:
        return PrivacyNoticeShape(
            version=notices.VERSION,
            controller=_both(notices.CONTROLLER),
            contact=contact,
            collected=[_collected(one) for one in notices.COLLECTED],
            never=[_both(one) for one in notices.NEVER],
            recipients=[_both(one) for one in notices.RECIPIENTS],
            holds=[
                HoldShape(ground=ground, label=_both(hold.label), source=_both(hold.source), days=hold.lasts.days)
                for ground, hold in HOLDS.items()
            ],
            rights=[RightShape(right=_both(one.right), how=_both(one.how), route=one.route) for one in notices.RIGHTS],
            not_legal_advice=_both(notices.NOT_ADVICE),
        )


def _collected(one: notices.Collected) -> CollectedShape:
    values: dict[str, Any] = {name: _both(getattr(one, name)) for name in ("what", "where", "purpose", "basis", "kept")}
    return CollectedShape(id=one.id, contexts=list(one.contexts), **values)


def _both(said: Bilingual) -> Both:
    return Both(fr=said.fr, en=said.en)
