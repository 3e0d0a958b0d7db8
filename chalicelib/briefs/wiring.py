from __future__ import annotations

from functools import cache

from chalicelib import composition
from chalicelib.briefs.personal import BriefsOfPerson
from chalicelib.briefs.queries import BriefQueries
from chalicelib.briefs.repository import HISTORIES, BriefRepository
from chalicelib.briefs.service import BriefService
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
        composition.companies_for_briefs(),
        composition.freelancers_for_briefs(),
        composition.shortlists_for_briefs(),
        composition.contacts_for_briefs(),
        composition.reveals_for_briefs(),
        composition.fits_for_briefs(),
        composition.rates_for_briefs(),
        utc_now,
    )


@cache
def queries() -> BriefQueries:
    return BriefQueries(repository(), composition.companies_for_briefs())


@cache
def personal() -> BriefsOfPerson:
    return BriefsOfPerson(repository(), composition.colleagues_for_briefs())


@cache
def journal() -> Journal:
    return Journal(Table(settings().briefs_table), HISTORIES)
