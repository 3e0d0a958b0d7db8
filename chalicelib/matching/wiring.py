from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.composition import for_matching
from chalicelib.matching.candidates import CandidateRepository
from chalicelib.matching.queries import MatchingQueries
from chalicelib.matching.repository import MatchingRepository
from chalicelib.matching.weights import weights
from chalicelib.platform import words
from chalicelib.platform.objects import Bucket
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.taxonomy import taxonomy

if TYPE_CHECKING:
    from chalicelib.matching.builder import IndexBuilder
    from chalicelib.matching.index import CandidateIndex
    from chalicelib.matching.personal import MatchesOfPerson
    from chalicelib.matching.questions import Questions
    from chalicelib.matching.service import MatchingService


@cache
def repository() -> MatchingRepository:
    return MatchingRepository(Table(settings().matching_table))


@cache
def candidates() -> CandidateRepository:
    from chalicelib.matching import documents

    return CandidateRepository(Table(settings().candidates_table), documents, utc_now)


@cache
def index() -> CandidateIndex:
    from chalicelib.matching import arrays, documents
    from chalicelib.matching.candidate_index import StoredIndex
    from chalicelib.matching.index import LiveIndex
    from chalicelib.matching.snapshot_store import SnapshotStore

    snapshots = SnapshotStore(Bucket(settings().snapshots_bucket))
    return LiveIndex(StoredIndex(candidates(), snapshots, arrays, documents, utc_now))


@cache
def builder() -> IndexBuilder:
    from chalicelib.matching import arrays, documents
    from chalicelib.matching.builder import IndexBuilder
    from chalicelib.matching.snapshot_store import SnapshotStore

    return IndexBuilder(
        candidates(),
        SnapshotStore(Bucket(settings().snapshots_bucket)),
        arrays,
        documents,
        utc_now,
        settings().snapshot_changes,
    )


@cache
def service() -> MatchingService:
    # The engine is loaded when it is first asked for: importing it costs each function that has the routes or handlers.
    from chalicelib.matching.service import MatchingService

    return MatchingService(
        repository(),
        candidates(),
        index(),
        for_matching.briefs(),
        for_matching.profiles(),
        for_matching.blocks(),
        for_matching.views(),
        weights,
        words.latest,
        utc_now,
    )


@cache
def questions() -> Questions:
    from chalicelib.matching.questions import Questions

    return Questions(
        repository(),
        candidates(),
        index(),
        for_matching.briefs(),
        for_matching.profiles(),
        for_matching.proposals(),
        for_matching.blocks(),
        for_matching.views(),
        weights,
        taxonomy,
        utc_now,
    )


@cache
def personal() -> MatchesOfPerson:
    from chalicelib.matching.personal import MatchesOfPerson
    from chalicelib.matching.personal_repository import PersonalMatches

    return MatchesOfPerson(PersonalMatches(Table(settings().matching_table)), candidates, builder)


@cache
def queries() -> MatchingQueries:
    return MatchingQueries(repository(), lambda: int(weights().parameters["junior_seats"]))
