"""What every function remembers of the sources together, in the verification table:

SOURCE#id / CIRCUIT          whether the source is left alone, and until when (`sources/breaker.py`)
SOURCE#id / ANSWER#digest    what it answered to a question (`sources/cache.py`); gone once its time is over
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from chalicelib.platform.table import NEW, ConditionFailed, Put, Table
from chalicelib.verification.sources.breaker import Circuit
from chalicelib.verification.sources.cache import Remembered
from chalicelib.verification.sources.errors import CircuitTaken


class SourceMemory:
    """Raises Retryable for failures that pass."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def circuit(self, source: str) -> Circuit:
        item = self._table.get(_pk(source), "CIRCUIT")
        if item is None:
            return Circuit(source)
        return Circuit(
            source=source,
            failures=item["failures"],
            openings=item["openings"],
            open_until=item["open_until"],
            probe_until=item["probe_until"],
            cause=item["cause"],
            version=item["version"],
        )

    def change_circuit(self, before: Circuit, after: Circuit) -> None:
        """Raises CircuitTaken when it is no longer as it was read."""
        written = replace(after, version=before.version + 1)
        item = {"pk": _pk(after.source), "sk": "CIRCUIT", **asdict(written)}
        if before.version == 0:
            put = Put(item, NEW)
        else:
            put = Put(item, "#v = :v", names={"#v": "version"}, values={":v": before.version})
        try:
            self._table.write(put)
        except ConditionFailed:
            raise CircuitTaken from None

    def answer(self, source: str, digest: str) -> Remembered | None:
        item = self._table.get(_pk(source), _answer(digest))
        if item is None:
            return None
        records = item["records"]
        return Remembered(
            payload_hash=item["payload_hash"],
            url=item["url"],
            retrieved_at=item["retrieved_at"],
            expires_at=item["stands_until"],
            records=None if records is None else tuple(records),
        )

    def keep_answer(self, source: str, digest: str, answer: Remembered) -> None:
        """Takes the place of what was known under this digest."""
        item = {
            "pk": _pk(source),
            "sk": _answer(digest),
            "payload_hash": answer.payload_hash,
            "url": answer.url,
            "retrieved_at": answer.retrieved_at,
            "stands_until": answer.expires_at,
            "expires_at": int(datetime.fromisoformat(answer.expires_at.replace("Z", "+00:00")).timestamp()),
            "records": None if answer.records is None else [dict(record) for record in answer.records],
        }
        self._table.write(Put(item))


def _pk(source: str) -> str:
    return f"SOURCE#{source}"


def _answer(digest: str) -> str:
    return f"ANSWER#{digest}"
