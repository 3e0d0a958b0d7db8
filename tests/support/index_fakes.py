"""The plainest way to prepare people and to write everyone down, for tests of where they lie; and a clock."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chalicelib.matching.entries import Entry
from chalicelib.matching.snapshots import CandidateSnapshot


@dataclass
class PlainDocuments:
    """A document says by which way it was made, for whom, and the region, which tests change."""

    VERSION: str = "way-1"

    def document(self, snapshot: CandidateSnapshot, /) -> bytes:
        return f"{self.VERSION} {snapshot.profile_id} {snapshot.region}".encode()


@dataclass(frozen=True)
class PlainArrays:
    people: dict[str, tuple[int, bytes]]

    def version_of(self, profile_id: str, /) -> int | None:
        return self.people[profile_id][0] if profile_id in self.people else None


class PlainCodec:
    def encode(self, entries: Iterable[Entry], /) -> bytes:
        return json.dumps([[one.profile_id, one.version, one.document.decode()] for one in entries]).encode()

    def decode(self, data: bytes, /) -> PlainArrays:
        rows = json.loads(data)
        if not isinstance(rows, list):
            raise ValueError("not a list of people")
        return PlainArrays({profile_id: (version, text.encode()) for profile_id, version, text in rows})


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)
