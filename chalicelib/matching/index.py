"""Who can be ranked now: the port through which the engine reaches its people, and its adapter over the stored index.

Another way to find people (a search service, more snapshots than one) is another adapter: see
`docs/decisions/0013-where-candidates-live.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from chalicelib.matching.arrays import Arrays
from chalicelib.matching.documents import Document
from chalicelib.matching.population import Segment

#: Somebody who changed since the arrays were made: version and document; None for somebody who is gone.
Changed = tuple[int, bytes] | None


class CandidateIndex(Protocol):
    def segments(self) -> Sequence[Segment]:
        """Everyone as of now. Raises Retryable."""


class State(Protocol):
    """What the stored index holds: arrays, and over them whoever changed since."""

    @property
    def base(self) -> Arrays | None: ...
    @property
    def overlay(self) -> Mapping[str, Changed]: ...


class Stored(Protocol):
    def refresh(self) -> State: ...


class LiveIndex:
    """The stored index as segments: the arrays without those who changed, and these in arrays of their own, which are
    kept as long as nobody else changes."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._base: Segment | None = None
        self._base_key: frozenset[str] = frozenset()
        self._changed = Segment(Arrays.of(()))
        self._changed_key: frozenset[tuple[str, int]] = frozenset()

    def segments(self) -> Sequence[Segment]:
        state = self._stored.refresh()
        base = [] if state.base is None else [self._without(state.base, state.overlay)]
        return [*base, self._those(state.overlay)]

    def _without(self, arrays: Arrays, overlay: Mapping[str, Changed]) -> Segment:
        if self._base is None or self._base.arrays is not arrays or self._base_key != frozenset(overlay):
            places = (arrays.place_of.get(profile_id) for profile_id in overlay)
            self._base = Segment(arrays, frozenset(place for place in places if place is not None))
            self._base_key = frozenset(overlay)
        return self._base

    def _those(self, overlay: Mapping[str, Changed]) -> Segment:
        key = frozenset((profile_id, changed[0]) for profile_id, changed in overlay.items() if changed is not None)
        if key != self._changed_key:
            self._changed = segment_of({one: changed for one, changed in overlay.items() if changed is not None})
            self._changed_key = key
        return self._changed


def segment_of(people: Mapping[str, tuple[int, bytes]]) -> Segment:
    """Some people, by version and document, in arrays of their own."""
    return Segment(Arrays.of((one, version, Document.from_bytes(data)) for one, (version, data) in people.items()))


def with_person(segments: Sequence[Segment], version: int, document: Document) -> list[Segment]:
    """The same people, with somebody as they would be if their document were this one."""
    without = []
    for segment in segments:
        place = segment.arrays.place_of.get(document.profile_id)
        without.append(segment if place is None else Segment(segment.arrays, segment.dead | {place}))
    return [*without, alone(version, document)]


def alone(version: int, document: Document) -> Segment:
    """One person."""
    return Segment(Arrays.of([(document.profile_id, version, document)]))
