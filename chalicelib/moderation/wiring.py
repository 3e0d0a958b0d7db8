from __future__ import annotations

from functools import cache

from chalicelib.composition import for_moderation
from chalicelib.moderation.discretion import Discretion
from chalicelib.moderation.identity_requests import IdentityRequests
from chalicelib.moderation.personal import RulingsOfPerson
from chalicelib.moderation.queries import ModerationQueries
from chalicelib.moderation.report_desk import ReportDesk
from chalicelib.moderation.repository import HISTORIES, ModerationRepository
from chalicelib.moderation.service import Gate, ModerationService
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now


@cache
def repository() -> ModerationRepository:
    return ModerationRepository(Table(settings().moderation_table))


@cache
def service() -> ModerationService:
    return ModerationService(
        repository(),
        for_moderation.briefs(),
        for_moderation.parties(),
        for_moderation.effects(),
        discretion(),
        utc_now,
    )


@cache
def discretion() -> Discretion:
    return Discretion(for_moderation.secrets())


@cache
def gate() -> Gate:
    return Gate(repository(), for_moderation.parties(), utc_now)


@cache
def report_desk() -> ReportDesk:
    return ReportDesk(repository(), for_moderation.things(), for_moderation.parties(), discretion(), utc_now)


@cache
def identity_requests() -> IdentityRequests:
    return IdentityRequests(repository(), for_moderation.offers(), for_moderation.parties(), utc_now)


@cache
def queries() -> ModerationQueries:
    return ModerationQueries(repository(), utc_now)


@cache
def personal() -> RulingsOfPerson:
    return RulingsOfPerson(repository())


@cache
def journal() -> Journal:
    return Journal(Table(settings().moderation_table), HISTORIES)
