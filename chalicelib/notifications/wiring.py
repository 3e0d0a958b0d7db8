from __future__ import annotations

from datetime import timedelta
from functools import cache

from chalicelib.composition import for_notifications
from chalicelib.notifications.farewell import FarewellLetters
from chalicelib.notifications.links import UnsubscribeLinks
from chalicelib.notifications.mailer import SesMailer
from chalicelib.notifications.outgoing import EmailQueue
from chalicelib.notifications.pages import UnsubscribePages
from chalicelib.notifications.personal import CorrespondenceOfPerson
from chalicelib.notifications.postmaster import Postmaster
from chalicelib.notifications.preferences import PreferenceService
from chalicelib.notifications.queries import NotificationQueries
from chalicelib.notifications.rendering import TemplateRenderer
from chalicelib.notifications.repository import HISTORIES, NotificationRepository
from chalicelib.notifications.rhythm import Rhythm
from chalicelib.notifications.service import NotificationService
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.text import Language


@cache
def service() -> NotificationService:
    known = settings()
    return NotificationService(
        _repository(),
        for_notifications.sources(),
        EmailQueue(known.emails_queue_url),
        TemplateRenderer(known.site_url, known.update_email_minutes),
        SesMailer(known.mail_sender, known.ses_configuration_set),
        UnsubscribeLinks(known.site_url),
        for_notifications.views(),
        timedelta(minutes=known.update_email_minutes),
        Rhythm(known.quiet_from_hour, known.quiet_until_hour, known.daily_email_ceiling),
        utc_now,
    )


@cache
def postmaster() -> Postmaster:
    return Postmaster(_repository(), utc_now)


@cache
def preferences() -> PreferenceService:
    links = UnsubscribeLinks(settings().site_url)
    return PreferenceService(_repository(), links, for_notifications.sources())


@cache
def personal() -> CorrespondenceOfPerson:
    return CorrespondenceOfPerson(_repository())


@cache
def queries() -> NotificationQueries:
    return NotificationQueries(_repository())


@cache
def journal() -> Journal:
    return Journal(Table(settings().notifications_table), HISTORIES)


def language(sub: str) -> Language | None:
    """In which language an account asked to be written to."""
    return _repository().preferences(sub).language


@cache
def farewell() -> FarewellLetters:
    known = settings()
    return FarewellLetters(
        _repository(),
        TemplateRenderer(known.site_url, known.update_email_minutes),
        SesMailer(known.mail_sender, known.ses_configuration_set),
        utc_now,
    )


@cache
def pages() -> UnsubscribePages:
    return UnsubscribePages(settings().site_url)


def _repository() -> NotificationRepository:
    return NotificationRepository(Table(settings().notifications_table))
