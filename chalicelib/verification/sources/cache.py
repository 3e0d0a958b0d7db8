"""What sources answered, for a time: the same question is not asked twice.

What may be kept of an answer is what the source's licence lets us keep. Of an answer with anything else in it, the
memory holds the hash and the link, and the question is asked again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.vocabulary.clock import stamp

#: One thing that a source knows: names of fields → texts, whole numbers, lists of texts, None.
Record = Mapping[str, "str | int | list[str] | None"]

#: DynamoDB holds 400 KB in an item; a larger answer is asked for again.
MOST_BYTES = 300_000

#: What is kept is read by the code that wrote it: raised when records change their shape.
_SHAPE = 1


@dataclass(frozen=True, slots=True)
class Remembered:
    """`records` None: they could not be kept. `expires_at`: a stamp."""

    payload_hash: str
    url: str
    retrieved_at: str
    expires_at: str
    records: tuple[Record, ...] | None


class AnswerStore(Protocol):
    def answer(self, source: str, digest: str) -> Remembered | None: ...
    def keep_answer(self, source: str, digest: str, answer: Remembered) -> None: ...


class Memory:
    """The answers of one source. `storable`: the fields that may be kept; `keep_for`: how long."""

    def __init__(self, source: str, store: AnswerStore, storable: Collection[str], keep_for: timedelta) -> None:
        self._source = source
        self._store = store
        self._storable = frozenset(storable)
        self._keep_for = keep_for

    def recall(self, digest: str, now: datetime) -> Remembered | None:
        """The answer, when all of it was kept and its time is not over, whether or not the store has swept it."""
        known = self._store.answer(self._source, digest)
        if known is None or known.records is None or known.expires_at <= stamp(now):
            return None
        return known

    def keep(self, digest: str, records: tuple[Record, ...], payload_hash: str, url: str, now: datetime) -> None:
        allowed = all(self._storable.issuperset(record) for record in records)
        size = len(json.dumps([dict(record) for record in records], ensure_ascii=False).encode())
        self._store.keep_answer(
            self._source,
            digest,
            Remembered(
                payload_hash=payload_hash,
                url=url,
                retrieved_at=stamp(now),
                expires_at=stamp(now + self._keep_for),
                records=records if allowed and size <= MOST_BYTES else None,
            ),
        )


def digest_of(source: str, path: str, parameters: Mapping[str, str]) -> str:
    """What a question is kept under: SHA-256 in hexadecimal. It may be about a person, so it is never kept itself."""
    question = json.dumps([_SHAPE, source, path, sorted(parameters.items())], ensure_ascii=False)
    return hashlib.sha256(question.encode()).hexdigest()
