from __future__ import annotations

from functools import cache

from chalicelib.composition import for_taxonomy
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.taxonomy.personal import VersionsOfPerson
from chalicelib.taxonomy.repository import HISTORIES, TaxonomyRepository
from chalicelib.taxonomy.service import TaxonomyService
from chalicelib.vocabulary.clock import utc_now


@cache
def repository() -> TaxonomyRepository:
    return TaxonomyRepository(Table(settings().taxonomy_table))


@cache
def service() -> TaxonomyService:
    return TaxonomyService(repository(), for_taxonomy.shortlists(), utc_now)


@cache
def personal() -> VersionsOfPerson:
    return VersionsOfPerson(repository())


@cache
def journal() -> Journal:
    return Journal(Table(settings().taxonomy_table), HISTORIES)
