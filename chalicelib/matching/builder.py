"""Builds the snapshot of everyone, when one is needed, and puts it in force.

May be killed at any line and run twice at once. Nothing reads a snapshot before the pointer names it, and the pointer
is swapped under the condition that nobody swapped it since this build began; what a build leaves behind when it is
killed is deleted by the next one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.matching.candidate_index import OVERLAP
from chalicelib.matching.candidates import Change, Pointer
from chalicelib.matching.entries import AnyArrays, Codec, Documents, Entry
from chalicelib.matching.errors import Superseded
from chalicelib.matching.snapshot_store import Stored
from chalicelib.platform.errors import Retryable
from chalicelib.platform.telemetry import log, measure_seconds
from chalicelib.vocabulary.clock import Clock, stamp
from chalicelib.vocabulary.ids import new_id

#: A snapshot is built again after this long, whatever has happened.
MAXIMUM_AGE = timedelta(hours=24)


class Candidates(Protocol):
    def pointer(self) -> Pointer | None: ...
    def point(self, before: Pointer | None, after: Pointer) -> None: ...
    def changes(self, since: str) -> list[Change]: ...
    def all_documents(self, *, against_truth: bool = False, mend: bool = False) -> Iterator[Entry]: ...
    def rebuild_asked(self) -> str | None: ...
    def settle_rebuild(self, request_id: str) -> None: ...


class Snapshots(Protocol):
    def put(self, sequence: int, build_id: str, data: bytes) -> Stored: ...
    def drop(self, stored: Stored) -> None: ...
    def drop_older(self, sequence: int, keep: Collection[str]) -> int: ...


class IndexBuilder:
    """`changes_borne`: how many changes may lie after a snapshot before another is built."""

    def __init__(
        self,
        candidates: Candidates,
        snapshots: Snapshots,
        codec: Codec[AnyArrays],
        documents: Documents,
        clock: Clock,
        changes_borne: int,
    ) -> None:
        self._candidates = candidates
        self._snapshots = snapshots
        self._codec = codec
        self._documents = documents
        self._clock = clock
        self._changes_borne = changes_borne

    def run(self) -> None:
        """Builds when there is a reason to. Raises Retryable; what was done until then does no harm."""
        started = self._clock()
        before, asked = self._candidates.pointer(), self._candidates.rebuild_asked()
        changes = self._candidates.changes(before.watermark) if before else []
        reason = self._reason(before, asked, changes, started)
        if reason is not None:
            before = self._build(before, asked, reason, started)
        elif before is not None:
            # Nobody is loading what it replaced any more; and who was removed since is to be nowhere.
            self._snapshots.drop_older(before.sequence, {before.key})
        if before is not None:
            age = self._clock() - datetime.fromisoformat(before.built_at)
            measure_seconds("CandidateIndexAge", max(age.total_seconds(), 0))

    def without(self, profile_id: str) -> int:
        """Has no snapshot left in which this person, who was removed, may be: one without them takes the place of the
        one in force at once, and the others go. Returns how many went. Whoever was loading one of those finds it gone
        and loads the next. Raises Retryable."""
        started = self._clock()
        before = self._candidates.pointer()
        if before is None:
            return 0
        if not any(change.removed and change.profile_id == profile_id for change in self._candidates.changes("")):
            return 0
        self._build(before, None, "erasure", started)
        after = self._candidates.pointer()
        if after is None or after.built_at < stamp(started):
            # Another build was quicker, and may have begun before the person was removed.
            raise Retryable("snapshot_superseded")
        return self._snapshots.drop_older(after.sequence, {after.key})

    def _reason(self, before: Pointer | None, asked: str | None, changes: list[Change], now: datetime) -> str | None:
        if before is None:
            return "no_pointer"
        if asked is not None:
            return "asked"
        if before.documents_version != self._documents.VERSION:
            return "other_documents"
        if any(change.removed for change in changes):
            return "removal"
        if len(changes) > self._changes_borne:
            return "changes"
        if before.built_at < stamp(now - MAXIMUM_AGE):
            return "age"
        return None

    def _build(self, before: Pointer | None, asked: str | None, reason: str, started: datetime) -> Pointer | None:
        """The pointer in force afterwards, as far as this build knows."""
        counted = _Counted(self._candidates.all_documents(against_truth=before is None or asked is not None, mend=True))
        data = self._codec.encode(counted)
        self._codec.decode(data)  # what nobody could read is never put in force
        # Seconds since 1970, or more: builds keep their order even when the pointer was lost.
        sequence = max(int(started.timestamp()), before.sequence + 1 if before else 0)
        stored = self._snapshots.put(sequence, new_id(started), data)
        after = Pointer(
            key=stored.key,
            sha256=stored.sha256,
            size=stored.size,
            count=counted.count,
            watermark=stamp(started - OVERLAP),
            sequence=sequence,
            documents_version=self._documents.VERSION,
            built_at=stamp(started),
        )
        try:
            self._candidates.point(before, after)
        except Superseded:
            self._snapshots.drop(stored)
            log.info("candidate_index_superseded", sequence=sequence)
            return self._candidates.pointer()
        if asked is not None:
            self._candidates.settle_rebuild(asked)
        # The one before stays until the next tick, for whoever is loading it now.
        dropped = self._snapshots.drop_older(sequence, {after.key, before.key} if before else {after.key})
        log.info(
            "candidate_index_built",
            reason=reason,
            sequence=sequence,
            candidates=after.count,
            size=after.size,
            dropped=dropped,
            milliseconds=int((self._clock() - started).total_seconds() * 1000),
        )
        return after


class _Counted:
    """The entries as they go by, and how many there were."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries
        self.count = 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self.count += 1
            yield entry
