from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.companies.personal import CompaniesOfPerson
from chalicelib.companies.queries import CompanyQueries
from chalicelib.companies.repository import HISTORIES, CompanyRepository
from chalicelib.companies.service import CompanyService
from chalicelib.composition import for_companies
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.composition.for_companies import LettersForCompanies


@cache
def repository() -> CompanyRepository:
    return CompanyRepository(Table(settings().companies_table))


@cache
def service() -> CompanyService:
    return CompanyService(repository(), for_companies.cases(), for_companies.suspensions(), utc_now)


def letters() -> LettersForCompanies:
    return for_companies.letters()


@cache
def queries() -> CompanyQueries:
    return CompanyQueries(repository())


@cache
def personal() -> CompaniesOfPerson:
    return CompaniesOfPerson(repository(), service())


@cache
def journal() -> Journal:
    return Journal(Table(settings().companies_table), HISTORIES)
