from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib import composition
from chalicelib.matching.queries import MatchingQueries
from chalicelib.matching.repository import CandidateRepository, MatchingRepository
from chalicelib.matching.weights import weights
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.taxonomy import taxonomy

if TYPE_CHECKING:
    from chalicelib.matching.service import MatchingService


@cache
def repository() -> MatchingRepository:
    return MatchingRepository(Table(settings().matching_table))


@cache
def service() -> MatchingService:
    # The engine is loaded when it is first asked for: importing it costs each function that has the routes or handlers.
    from chalicelib.matching.service import MatchingService

    return MatchingService(
        repository(),
        CandidateRepository(Table(settings().candidates_table)),
        composition.briefs_for_matching(),
        composition.profiles_for_matching(),
        weights,
        taxonomy,
        utc_now,
    )


@cache
def queries() -> MatchingQueries:
    return MatchingQueries(repository(), lambda: int(weights().parameters["junior_seats"]))
