from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.composition import for_conversations
from chalicelib.conversations.queries import ConversationQueries
from chalicelib.conversations.repository import HISTORIES, ConversationRepository
from chalicelib.conversations.service import ConversationService
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.conversations.attachments import Attachments
    from chalicelib.conversations.personal import ConversationsOfPerson


@cache
def repository() -> ConversationRepository:
    return ConversationRepository(Table(settings().conversations_table))


@cache
def service() -> ConversationService:
    return ConversationService(
        repository(),
        for_conversations.projects(),
        for_conversations.companies(),
        for_conversations.people(),
        for_conversations.proposals(),
        for_conversations.views(),
        utc_now,
    )


@cache
def attachments() -> Attachments:
    from chalicelib.conversations.attachments import Attachments
    from chalicelib.platform.objects import Bucket

    return Attachments(repository(), Bucket(settings().attachments_bucket), service(), utc_now)


@cache
def queries() -> ConversationQueries:
    return ConversationQueries(repository(), utc_now)


@cache
def personal() -> ConversationsOfPerson:
    from chalicelib.conversations.personal import ConversationsOfPerson

    return ConversationsOfPerson(repository(), service, attachments, for_conversations.has_colleagues)


@cache
def journal() -> Journal:
    return Journal(Table(settings().conversations_table), HISTORIES)
