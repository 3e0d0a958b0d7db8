"""What the storage of candidates and the engine agree on: storage keeps documents and arrays as bytes that it does
not read; the engine makes and reads them and does not know where they lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar

from chalicelib.matching.snapshots import CandidateSnapshot


class Entry(NamedTuple):
    """A person in the index: their document, made from their snapshot at that version."""

    profile_id: str
    version: int
    document: bytes


class Documents(Protocol):
    """How a person is prepared for the engine. `VERSION` names the way: documents of different ones cannot be ranked
    together."""

    VERSION: str

    def document(self, snapshot: CandidateSnapshot, /) -> bytes: ...


class Arrays(Protocol):
    """Everyone at one moment, ready to be ranked."""

    def version_of(self, profile_id: str, /) -> int | None:
        """The version at which the person is there; None when they are not."""


AnyArrays = TypeVar("AnyArrays", bound=Arrays)
AnyArrays_co = TypeVar("AnyArrays_co", bound=Arrays, covariant=True)


class Codec(Protocol[AnyArrays_co]):
    """The arrays as one piece of bytes."""

    def encode(self, entries: Iterable[Entry], /) -> bytes: ...

    def decode(self, data: bytes, /) -> AnyArrays_co:
        """Raises ValueError for bytes that `encode` does not write."""
