from __future__ import annotations

from functools import cache

from chalicelib.failures.consumers import LambdaConsumers
from chalicelib.failures.outgoing import ReplayQueue
from chalicelib.failures.personal import FailuresOfPerson
from chalicelib.failures.repository import HISTORIES, FailureRepository
from chalicelib.failures.service import FailureService
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now


@cache
def personal() -> FailuresOfPerson:
    return FailuresOfPerson(FailureRepository(Table(settings().failures_table)))


@cache
def journal() -> Journal:
    return Journal(Table(settings().failures_table), HISTORIES)


@cache
def service() -> FailureService:
    known = settings()
    return FailureService(
        FailureRepository(Table(known.failures_table)),
        ReplayQueue(known.replays_queue_url),
        LambdaConsumers(known.consumer_functions),
        utc_now,
    )
