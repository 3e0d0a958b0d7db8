from __future__ import annotations

from datetime import timedelta
from functools import cache

from chalicelib import composition
from chalicelib.notifications.mailer import SesMailer
from chalicelib.notifications.outgoing import EmailQueue
from chalicelib.notifications.rendering import TemplateRenderer
from chalicelib.notifications.repository import NotificationRepository
from chalicelib.notifications.service import NotificationService
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now


@cache
def service() -> NotificationService:
    known = settings()
    return NotificationService(
        NotificationRepository(Table(known.notifications_table)),
        composition.sources_for_notifications(),
        EmailQueue(known.emails_queue_url),
        TemplateRenderer(known.site_url, known.update_email_minutes),
        SesMailer(known.mail_sender, known.ses_configuration_set),
        timedelta(minutes=known.update_email_minutes),
        utc_now,
    )
