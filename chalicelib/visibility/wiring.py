from __future__ import annotations

from functools import cache

from chalicelib.composition import for_visibility
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.visibility.personal import VisibilityOfPerson
from chalicelib.visibility.queries import VisibilityQueries
from chalicelib.visibility.repository import HISTORIES, VisibilityRepository
from chalicelib.visibility.service import ViewLog, VisibilityService
from chalicelib.vocabulary.clock import utc_now


@cache
def repository() -> VisibilityRepository:
    return VisibilityRepository(Table(settings().visibility_table))


@cache
def service() -> VisibilityService:
    return VisibilityService(repository(), for_visibility.people(), for_visibility.projects(), utc_now)


@cache
def views() -> ViewLog:
    return ViewLog(repository(), utc_now)


@cache
def queries() -> VisibilityQueries:
    return VisibilityQueries(repository())


@cache
def journal() -> Journal:
    return Journal(Table(settings().visibility_table), HISTORIES)


@cache
def personal() -> VisibilityOfPerson:
    return VisibilityOfPerson(repository(), for_visibility.projects())
