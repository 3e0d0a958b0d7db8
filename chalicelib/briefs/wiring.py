from __future__ import annotations

from functools import cache

from chalicelib.briefs.online import OnlineProjects
from chalicelib.briefs.personal import BriefsOfPerson
from chalicelib.briefs.queries import BriefQueries
from chalicelib.briefs.remark_repository import RemarkRepository
from chalicelib.briefs.remarks import RemarkService
from chalicelib.briefs.repository import HISTORIES, BriefRepository
from chalicelib.briefs.service import BriefService
from chalicelib.composition import for_briefs
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now


@cache
def repository() -> BriefRepository:
    return BriefRepository(Table(settings().briefs_table))


@cache
def service() -> BriefService:
    return BriefService(
        repository(),
        for_briefs.companies(),
        for_briefs.freelancers(),
        for_briefs.shortlists(),
        for_briefs.contacts(),
        for_briefs.reveals(),
        for_briefs.fits(),
        for_briefs.rates(),
        for_briefs.orders(),
        utc_now,
    )


@cache
def remark_repository() -> RemarkRepository:
    return RemarkRepository(Table(settings().briefs_table))


@cache
def remarks() -> RemarkService:
    return RemarkService(remark_repository(), service(), for_briefs.people(), utc_now)


@cache
def queries() -> BriefQueries:
    return BriefQueries(repository(), for_briefs.companies())


@cache
def online() -> OnlineProjects:
    return OnlineProjects(
        repository(),
        queries().live,
        service().read_over,
        for_briefs.companies(),
        for_briefs.measures(),
        utc_now,
    )


@cache
def personal() -> BriefsOfPerson:
    return BriefsOfPerson(
        repository(), remark_repository(), for_briefs.has_colleagues, for_briefs.people(), queries().leaks
    )


@cache
def journal() -> Journal:
    return Journal(Table(settings().briefs_table), HISTORIES)
