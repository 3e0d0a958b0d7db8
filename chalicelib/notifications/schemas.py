from __future__ import annotations

from chalicelib.notifications.models import Email, State
from chalicelib.platform.validation import PageQuery, Shape


class EmailsQuery(PageQuery):
    state: State = "refused"


class EmailShape(Shape):
    """The life of one e-mail, without its address: administrators see that it failed, and why."""

    dedup_key: str
    kind: str
    brief_id: str
    publication_no: int
    state: str
    attempts: int
    error_code: str | None
    created_at: str
    updated_at: str

    @staticmethod
    def of(email: Email) -> EmailShape:
        return EmailShape(**{name: getattr(email, name) for name in EmailShape.model_fields})


class EmailList(Shape):
    emails: list[EmailShape]
    cursor: str | None
