from __future__ import annotations

from functools import cache

from chalicelib.composition import for_rates
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.signing import keyed_digest
from chalicelib.platform.table import Table
from chalicelib.rates.personal import EngagementsOfPerson
from chalicelib.rates.queries import RatesQueries
from chalicelib.rates.repository import HISTORIES, RatesRepository
from chalicelib.rates.service import RatesService
from chalicelib.vocabulary.clock import utc_now


@cache
def repository() -> RatesRepository:
    return RatesRepository(Table(settings().rates_table))


@cache
def service() -> RatesService:
    return RatesService(repository(), for_rates.engagements(), _digest, utc_now)


@cache
def queries() -> RatesQueries:
    return RatesQueries(repository())


@cache
def personal() -> EngagementsOfPerson:
    return EngagementsOfPerson(
        repository(), for_rates.conversations, lambda thread_id: _digest("engagement", thread_id)
    )


@cache
def journal() -> Journal:
    return Journal(Table(settings().rates_table), HISTORIES)


def _digest(purpose: str, text: str) -> str:
    return keyed_digest(f"rates/{purpose}", text)
