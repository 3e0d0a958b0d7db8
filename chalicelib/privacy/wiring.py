"""Builds privacy with its real collaborators, each loaded when first needed: the threshold is crossed by every
request."""

from __future__ import annotations

from email.utils import parseaddr
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.privacy.inactivity import Threshold
from chalicelib.privacy.repository import HISTORIES, PrivacyRepository
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.platform.journal import Journal
    from chalicelib.platform.objects import Bucket
    from chalicelib.privacy.exports import ExportService
    from chalicelib.privacy.inactivity import InactivityService
    from chalicelib.privacy.personal import PrivacyOfPerson
    from chalicelib.privacy.queries import PrivacyQueries
    from chalicelib.privacy.service import ErasureService
    from chalicelib.privacy.sweeping import ExpiredExports


@cache
def repository() -> PrivacyRepository:
    return PrivacyRepository(Table(settings().privacy_table))


@cache
def threshold() -> Threshold:
    return Threshold(repository(), utc_now)


@cache
def erasures() -> ErasureService:
    from chalicelib.composition import for_privacy
    from chalicelib.privacy.outgoing import ErasureQueue
    from chalicelib.privacy.service import ErasureService

    return ErasureService(
        repository(),
        for_privacy.people(),
        for_privacy.accounts(),
        for_privacy.keepers(),
        for_privacy.letters(),
        ErasureQueue(settings().erasures_queue_url),
        utc_now,
    )


@cache
def exports() -> ExportService:
    from chalicelib.composition import for_privacy
    from chalicelib.privacy.exports import ExportService

    return ExportService(
        repository(), for_privacy.people(), for_privacy.keepers(), for_privacy.journals, _bucket(), utc_now
    )


@cache
def expired_exports() -> ExpiredExports:
    from chalicelib.privacy.sweeping import ExpiredExports

    return ExpiredExports(repository(), _bucket(), utc_now)


@cache
def inactivity() -> InactivityService:
    from chalicelib.composition import for_privacy
    from chalicelib.privacy.inactivity import InactivityService

    return InactivityService(repository(), for_privacy.accounts(), erasures(), utc_now)


@cache
def personal() -> PrivacyOfPerson:
    from chalicelib.privacy.personal import PrivacyOfPerson

    return PrivacyOfPerson(repository(), _bucket())


@cache
def queries() -> PrivacyQueries:
    from chalicelib.privacy.queries import PrivacyQueries

    return PrivacyQueries(repository())


@cache
def journal() -> Journal:
    from chalicelib.platform.journal import Journal

    return Journal(Table(settings().privacy_table), HISTORIES)


def contact() -> str:
    """Where anybody may write to the operator: replies to our e-mails come there too."""
    return parseaddr(settings().mail_sender)[1]


def _bucket() -> Bucket:
    from chalicelib.platform.objects import Bucket

    return Bucket(settings().exports_bucket)
