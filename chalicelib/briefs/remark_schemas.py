from __future__ import annotations

from chalicelib.briefs.remarks import Reason, Remark
from chalicelib.platform.validation import Schema, Shape, paragraphs


class NoteInput(Schema):
    """An empty text takes the note away."""

    text: paragraphs(2000, 0)  # type: ignore[valid-type]


class SetAsideInput(Schema):
    """Why, for the company's own memory: `unstated` says nothing, `works` that they are too far from the project,
    `known` that the two have worked together or talked before."""

    reason: Reason


class SetAsideShape(Shape):
    reason: Reason
    dismissed_at: str


class RemarkShape(Shape):
    """What the project's company keeps about one person. `version`: of the note, to be given back as `If-Match`;
    `noted_by_me`: the last one who wrote it is the caller."""

    profile_id: str
    note: str | None
    version: int
    noted_at: str | None
    noted_by_me: bool
    dismissal: SetAsideShape | None

    @staticmethod
    def of(remark: Remark, sub: str) -> RemarkShape:
        one = remark.dismissal
        return RemarkShape(
            profile_id=remark.profile_id,
            note=remark.note or None,
            version=remark.version,
            noted_at=remark.noted_at,
            noted_by_me=remark.author == sub,
            dismissal=None if one is None else SetAsideShape(reason=one.reason, dismissed_at=one.dismissed_at),
        )


class RemarkList(Shape):
    """Only people about whom there is something."""

    brief_id: str
    remarks: list[RemarkShape]
