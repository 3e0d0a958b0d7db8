"""What other contexts may ask of e-mails, answered at once and read-only."""

from __future__ import annotations

from chalicelib.notifications.models import State, key_of_colleague
from chalicelib.notifications.repository import NotificationRepository


class NotificationQueries:
    def __init__(self, repository: NotificationRepository) -> None:
        self._repository = repository

    def of_invitation(self, company_id: str, invitation_id: str) -> State | None:
        """How far the e-mail of an invitation to a company came; None before it is planned."""
        email = self._repository.email(key_of_colleague(company_id, invitation_id))
        return email.state if email else None
