from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator

from chalicelib.platform.errors import Invalid
from chalicelib.platform.operations import Id
from chalicelib.platform.validation import Schema, Shape, line, refusal
from chalicelib.visibility.errors import ONE_OF_THREE, WRONG_SIREN
from chalicelib.visibility.models import BLOCK_LIMIT, Block, By, Shown, View
from chalicelib.visibility.service import Told
from chalicelib.vocabulary import identifiers


def _siren(value: str) -> str:
    number = identifiers.siren(value)
    if number is None:
        raise refusal(WRONG_SIREN)
    return number


class ViewerShape(Shape):
    """Who saw: a project by its code name, null once it is gone. `project_id`: while its reader may read the project;
    `company`: its legal name, once both sides have revealed who they are, and never before."""

    code_name: str | None
    project_id: str | None
    company: str | None

    @staticmethod
    def of(brief_id: str, told: Told) -> ViewerShape:
        return ViewerShape(
            code_name=told.code_name, project_id=brief_id if told.readable else None, company=told.company
        )


class ViewShape(Shape):
    """That a company was given one’s profile for a project on a day (Paris), by a screen or an e-mail. `shown`: what of
    it that day: the line of a shortlist (with name and level), the whole profile, one’s contact details."""

    day: date
    viewer: ViewerShape
    shown: list[Shown]

    @staticmethod
    def of(view: View, told: Told) -> ViewShape:
        return ViewShape(day=view.day, viewer=ViewerShape.of(view.brief_id, told), shown=list(view.shown))


class ViewList(Shape):
    views: list[ViewShape]
    cursor: str | None


class BlockInput(Schema):
    """Which company to keep away, in one of three ways: its name, its SIREN, or a conversation with it."""

    name: line(200, 2) | None = None  # type: ignore[valid-type]
    siren: Annotated[line(20), AfterValidator(_siren)] | None = None  # type: ignore[valid-type]
    conversation_id: Id | None = None

    def checked(self) -> BlockInput:
        """Raises Invalid unless exactly one is given."""
        if sum(one is not None for one in (self.name, self.siren, self.conversation_id)) != 1:
            raise Invalid([ONE_OF_THREE.broken_at("")])
        return self


class BlockShape(Shape):
    """A company that one keeps away, as one named it. `by`: in which way; `viewer`: of a conversation, whoever is
    behind its project, as far as one may know."""

    block_id: str
    by: By
    name: str | None
    siren: str | None
    conversation_id: str | None
    viewer: ViewerShape | None
    blocked_at: str

    @staticmethod
    def of(block: Block, told: Told | None) -> BlockShape:
        values: dict[str, Any] = block.model_dump(include={"block_id", "by", "name", "siren", "blocked_at"})
        viewer = None if told is None or block.brief_id is None else ViewerShape.of(block.brief_id, told)
        return BlockShape(**values, conversation_id=block.thread_id, viewer=viewer)


class BlockList(Shape):
    """`limit`: so many at a time."""

    blocks: list[BlockShape]
    limit: int = BLOCK_LIMIT
