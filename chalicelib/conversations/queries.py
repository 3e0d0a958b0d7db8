"""What other contexts may ask of conversations, answered at once and read-only."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.conversations.models import Attachment, Message, Thread, thread_id_of
from chalicelib.conversations.repository import ConversationRepository
from chalicelib.vocabulary.clock import Clock


class ConversationQueries:
    def __init__(self, repository: ConversationRepository, clock: Clock) -> None:
        self._repository = repository
        self._clock = clock

    def thread(self, thread_id: str) -> Thread | None:
        return self._repository.get(thread_id)

    def between(self, brief_id: str, profile_id: str) -> Thread | None:
        """The conversation of a project and a person; None where there was none."""
        return self._repository.get(thread_id_of(brief_id, profile_id))

    def message(self, thread_id: str, message_id: str) -> Message | None:
        """One message as it was written."""
        return self._repository.message(thread_id, message_id)

    def latest_messages(self, thread_id: str, limit: int) -> list[Message]:
        """As they were written, the latest first."""
        return self._repository.messages(thread_id, limit, None)[0]

    def attachments(self, thread_id: str, attachment_ids: Sequence[str]) -> list[Attachment]:
        """Those of a conversation's files that there is a trace of."""
        return list(self._repository.attachments(thread_id, attachment_ids).values())

    def of_brief(self, brief_id: str) -> list[Thread]:
        """All that the project's producer may see."""
        return list(self._repository.of_brief(brief_id))

    def of_company_with(self, company_id: str, profile_id: str) -> list[Thread]:
        """Those in which this person was asked about a project of this company or showed an interest in one, the last
        changed first."""
        return self._repository.of_company_with(company_id, profile_id)

    def of_freelancer(self, sub: str) -> list[str]:
        """The ids of all conversations of an account, whoever may see them."""
        return [thread.thread_id for thread in self._repository.every_of_freelancer(sub)]

    def unrevealed_to(self, sub: str) -> list[str]:
        """The projects that an account has a conversation about without knowing whose they are."""
        return [thread.brief_id for thread in self._repository.every_of_freelancer(sub) if not thread.is_revealed]

    def overdue(self, company_id: str) -> int:
        """How many people wait for this company's answer for longer than they were promised."""
        return len(self._repository.overdue(company_id, self._clock()))
