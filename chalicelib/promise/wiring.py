from __future__ import annotations

from functools import cache

from chalicelib.platform.settings import settings
from chalicelib.platform.signing import keyed_digest
from chalicelib.platform.table import Table
from chalicelib.promise.repository import PromiseRepository
from chalicelib.promise.service import PromiseService
from chalicelib.vocabulary.clock import utc_now


@cache
def service() -> PromiseService:
    return PromiseService(PromiseRepository(Table(settings().promise_table)), _digest, utc_now)


def _digest(text: str) -> str:
    return keyed_digest("promise/answer", text)
