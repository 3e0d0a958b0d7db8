"""Everyone as a function holds them: the snapshot in force in memory, and over it what has changed since.

`refresh()` costs one get and one query while nothing changes. It never answers with less than the truth: when the
snapshot cannot be used (none yet, missing, damaged, made for another way of preparing people, older than changes are
remembered), what is in memory serves on, for it is as right as ever with the changes since; else everyone is read
from the table, which is slower, is counted, and asks for another snapshot.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, Protocol

from chalicelib.matching.candidates import CHANGES_KEPT, Change, Pointer
from chalicelib.matching.entries import AnyArrays, Codec, Documents, Entry
from chalicelib.matching.errors import DamagedSnapshot, MissingSnapshot
from chalicelib.matching.snapshot_store import Stored
from chalicelib.platform.errors import Retryable
from chalicelib.platform.telemetry import count, log
from chalicelib.vocabulary.clock import Clock, stamp

#: How far apart the clocks of two functions may be, with what a write may take: changes stamped this long before a
#: reading of everyone began are added to what was read.
OVERLAP = timedelta(minutes=5)

#: A snapshot is given up this long before the first of its changes may be forgotten.
MARGIN = timedelta(days=1)

USABLE_FOR = CHANGES_KEPT - MARGIN
#: Bytes of a snapshot from which on what is held is worth setting aside (`set_aside`).
_WORTH_SETTING_ASIDE = 1_000_000


@dataclass(frozen=True, slots=True)
class State(Generic[AnyArrays]):
    """Everyone who may be proposed: those of `base` (None: nobody) as `overlay` corrects them. `overlay` maps a
    profile to its version and document, or to None when the person is not to be found any more."""

    base: AnyArrays | None
    overlay: Mapping[str, tuple[int, bytes] | None]


class Candidates(Protocol):
    def pointer(self) -> Pointer | None: ...
    def changes(self, since: str) -> list[Change]: ...
    def documents(self, profile_ids: Iterable[str]) -> dict[str, tuple[int, bytes]]: ...
    def all_documents(self, *, against_truth: bool = False) -> Iterator[Entry]: ...
    def ask_for_rebuild(self, reason: str) -> None: ...


class Snapshots(Protocol):
    def get(self, stored: Stored) -> bytes:
        """Raises MissingSnapshot, DamagedSnapshot, Retryable."""


@dataclass(frozen=True, slots=True)
class _Held(Generic[AnyArrays]):
    """What is in memory: the arrays of the snapshot under `key` or, without one, everyone as read from the table."""

    key: str | None
    watermark: str
    arrays: AnyArrays | None = None
    people: Mapping[str, tuple[int, bytes]] = field(default_factory=dict)

    def version_of(self, profile_id: str) -> int | None:
        if self.arrays is not None:
            return self.arrays.version_of(profile_id)
        person = self.people.get(profile_id)
        return None if person is None else person[0]


class StoredIndex(Generic[AnyArrays]):
    """One per process. Raises Retryable."""

    def __init__(
        self,
        candidates: Candidates,
        snapshots: Snapshots,
        codec: Codec[AnyArrays],
        documents: Documents,
        clock: Clock,
    ) -> None:
        self._candidates = candidates
        self._snapshots = snapshots
        self._codec = codec
        self._documents = documents
        self._clock = clock
        self._held: _Held[AnyArrays] | None = None
        self._refused: tuple[str, str] | None = None
        self._fetched: dict[str, tuple[int, bytes]] = {}

    def refresh(self) -> State[AnyArrays]:
        """Everyone as of now: every write that was over when this was called is in it."""
        held = self._held = self._newest()
        newest: dict[str, Change] = {}
        for change in self._candidates.changes(held.watermark):
            known, standing = held.version_of(change.profile_id), newest.get(change.profile_id)
            if (known is None or change.version > known) and (standing is None or change.version > standing.version):
                newest[change.profile_id] = change
        present = {profile_id: change.version for profile_id, change in newest.items() if not change.removed}
        documents = self._documents_of(present)
        changed = {profile_id: documents.get(profile_id) for profile_id in newest}
        return State(held.arrays, {**held.people, **changed})

    def _documents_of(self, wanted: Mapping[str, int]) -> dict[str, tuple[int, bytes]]:
        """Documents at these versions or later ones; without those who were removed since their change was read. What
        is wanted no more is forgotten."""
        known = {
            one: self._fetched[one] for one, version in wanted.items() if self._fetched.get(one, (-1,))[0] >= version
        }
        missing = [one for one in wanted if one not in known]
        self._fetched = {**known, **self._candidates.documents(missing)} if missing else known
        return self._fetched

    def _newest(self) -> _Held[AnyArrays]:
        """The snapshot in force, loaded if it is not the one in memory; else the best that there is."""
        now = self._clock()
        held, pointer = self._held, self._candidates.pointer()
        try:
            if pointer is not None and held is not None and held.key == pointer.key:
                self._check(pointer, now)
                return held
            return self._load(pointer, now)
        except _Unusable as unusable:
            self._tell(str(unusable), pointer)
        except Retryable:
            if held is None or _too_old(held.watermark, now):
                raise
        if held is not None and not _too_old(held.watermark, now):
            return held
        return self._read_table(now, against_truth=pointer is None)

    def _check(self, pointer: Pointer | None, now: datetime) -> Pointer:
        if pointer is None:
            raise _Unusable("no_pointer")
        if pointer.documents_version != self._documents.VERSION:
            raise _Unusable("other_documents")
        if _too_old(pointer.watermark, now):
            raise _Unusable("too_old")
        return pointer

    def _load(self, pointer: Pointer | None, now: datetime) -> _Held[AnyArrays]:
        pointer = self._check(pointer, now)
        if self._refused is not None and self._refused[1] == pointer.key:
            raise _Unusable(self._refused[0])
        try:
            data = self._snapshots.get(Stored(pointer.key, pointer.sha256, pointer.size))
            held = _Held(pointer.key, pointer.watermark, self._codec.decode(data))
            if len(data) > _WORTH_SETTING_ASIDE:
                set_aside()
            return held
        except MissingSnapshot:
            later = self._candidates.pointer()
            if later is not None and later.key != pointer.key:  # another was built, and this one deleted, meanwhile
                return self._load(later, now)
            raise _Unusable("missing") from None
        except DamagedSnapshot:
            raise _Unusable("damaged") from None
        except ValueError:
            raise _Unusable("undecodable") from None

    def _read_table(self, now: datetime, *, against_truth: bool) -> _Held[AnyArrays]:
        count("CandidateIndexBypassed")
        entries = self._candidates.all_documents(against_truth=against_truth)
        people = {entry.profile_id: (entry.version, entry.document) for entry in entries}
        log.warning("candidates_read_from_table", candidates=len(people))
        return _Held(None, stamp(now - OVERLAP), people=people)

    def _tell(self, reason: str, pointer: Pointer | None) -> None:
        """Once for each snapshot and reason: a request that is settled is not made again for what it was about."""
        refused = (reason, pointer.key if pointer else "")
        if self._refused != refused:
            log.warning("candidate_snapshot_refused", reason=reason, snapshot=refused[1])
            self._candidates.ask_for_rebuild(reason)
            self._refused = refused


def set_aside() -> None:
    """Tell the garbage collector to leave alone what there is now: a snapshot, and all that was imported, stay, and
    walking through them in the middle of a ranking takes longer than the ranking."""
    gc.collect()
    gc.freeze()


class _Unusable(Exception):
    """The snapshot in force cannot be used. The message is a code."""


def _too_old(watermark: str, now: datetime) -> bool:
    return watermark < stamp(now - USABLE_FOR)
