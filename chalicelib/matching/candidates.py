"""Keys of the candidates table, from which rankings are made:

    SHARD#n / CANDIDATE#profile     the truth: a person's snapshot at a version as JSON text, or a tombstone (`removed`)
                                    that older news cannot undo; `roles`: those under which the person is, or was, to
                                    be found
    SHARD#n / DOCUMENT#profile      the person as prepared for the engine, at the same version; `documents_version`:
                                    the way they were prepared; gone with a removal
    INDEX / POINTER                 the snapshot of everyone that is in force: where it lies, what it weighs, from when
                                    on changes must be added to it
    INDEX / DELTA#stamp#profile     this profile changed or was removed then, and its version; forgotten after a week
    INDEX / REBUILD                 a snapshot could not be used and another is asked for

Truth, document and delta are written in one transaction: who was removed is in no answer from that moment on.
`docs/decisions/0013-where-candidates-live.md` has the reasons.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from chalicelib.matching.entries import Documents, Entry
from chalicelib.matching.errors import Superseded
from chalicelib.matching.snapshots import CandidateSnapshot
from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Item, Put, Table, Update
from chalicelib.vocabulary.clock import Clock, stamp
from chalicelib.vocabulary.ids import new_id

#: Partitions of the read model: one holds about a megabyte of a hundred people, and they are read in turn.
CANDIDATE_SHARDS = 4

#: How long a change is remembered. A snapshot is of no use once changes since then may be forgotten.
CHANGES_KEPT = timedelta(days=7)

#: The version of somebody who was erased: no news of them is ever newer.
ERASED = 10**15

#: People whose documents are prepared again at a time: one batch of reads.
_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Change:
    """A profile changed, or was removed, and is at that version since. `at` is a stamp of the writer's clock."""

    at: str
    profile_id: str
    version: int
    removed: bool


@dataclass(frozen=True, slots=True)
class Pointer:
    """A snapshot in force: `key`, `sha256` (hex) and `size` (bytes) of its object, `count` people in it.

    Every change stamped before `watermark` is in it; the later ones are to be added, and some of them are in it too.
    `sequence` grows with each pointer.
    """

    key: str
    sha256: str
    size: int
    count: int
    watermark: str
    sequence: int
    documents_version: str
    built_at: str


class CandidateRepository:
    """Snapshots are kept as JSON text: a page of them is read in milliseconds. Raises Retryable."""

    def __init__(self, table: Table, documents: Documents, clock: Clock) -> None:
        self._table = table
        self._documents = documents
        self._clock = clock
        self._parsed: dict[str, tuple[int, CandidateSnapshot]] = {}

    # ---- the truth

    def all(self) -> Iterator[tuple[int, CandidateSnapshot]]:
        """(version, snapshot) of everyone who may be proposed, by profile id within each shard.

        A snapshot that was read before at the same version is the same object: what was derived from it is good still.
        """
        for shard in range(CANDIDATE_SHARDS):
            for item in self._table.query_all(f"SHARD#{shard}", prefix="CANDIDATE#"):
                if not item.get("removed"):
                    yield self._parse(item)

    def snapshots(self, profile_ids: Iterable[str]) -> dict[str, tuple[int, CandidateSnapshot]]:
        """Those of these people who may be proposed now: id → (version, snapshot)."""
        items = self._table.get_many([(_shard(one), f"CANDIDATE#{one}") for one in profile_ids])
        return {_profile_id(item): self._parse(item) for item in items if not item.get("removed")}

    def roles_of(self, profile_id: str) -> tuple[str, ...]:
        """The roles under which the person is, or was, to be found: their briefs are those to look at again."""
        item = self._table.get(_shard(profile_id), f"CANDIDATE#{profile_id}")
        return tuple(item["roles"]) if item else ()

    def put(self, snapshot: CandidateSnapshot, version: int, roles: Iterable[str]) -> None:
        """Keeps the snapshot unless a newer one, or a newer removal, is there already. `roles`: see `roles_of`."""
        text = json.dumps(snapshot.to_item(), ensure_ascii=False, sort_keys=True)
        document = self._documents.document(snapshot)
        self._newer(
            snapshot.profile_id,
            version,
            {"snapshot": text, "roles": list(roles)},
            Put(self._document_item(snapshot.profile_id, version, document)),
        )

    def remove(self, profile_id: str, version: int, roles: Iterable[str]) -> None:
        """Leaves a tombstone, and nothing else of the person, unless something newer is there already."""
        self._newer(
            profile_id,
            version,
            {"removed": True, "roles": list(roles)},
            Delete(_shard(profile_id), f"DOCUMENT#{profile_id}"),
        )

    def erase(self, profile_id: str) -> bool:
        """Leaves a tombstone that no news can undo, and nothing else; whether there was anybody to take out."""
        item = self._table.get(_shard(profile_id), f"CANDIDATE#{profile_id}")
        if item is not None and int(item["version"]) == ERASED:
            return False
        self.remove(profile_id, ERASED, item["roles"] if item else ())
        return item is not None and not item.get("removed")

    def _newer(self, profile_id: str, version: int, values: Item, document: Action) -> None:
        now = self._clock()
        change = Change(stamp(now), profile_id, version, removed=bool(values.get("removed")))
        try:
            self._table.write(
                Put(
                    {"pk": _shard(profile_id), "sk": f"CANDIDATE#{profile_id}", "version": version, **values},
                    condition="attribute_not_exists(pk) OR #v < :version",
                    names={"#v": "version"},
                    values={":version": version},
                ),
                document,
                Put(
                    {
                        "pk": "INDEX",
                        "sk": f"DELTA#{change.at}#{profile_id}",
                        "expires_at": int((now + CHANGES_KEPT).timestamp()),
                        **asdict(change),
                    }
                ),
            )
        except ConditionFailed:
            return  # older news than what is known

    def _parse(self, item: Item) -> tuple[int, CandidateSnapshot]:
        profile_id, version = _profile_id(item), int(item["version"])
        known = self._parsed.get(profile_id)
        if known is None or known[0] != version:
            known = (version, CandidateSnapshot.from_item(json.loads(item["snapshot"])))
            self._parsed[profile_id] = known
        return known

    # ---- documents

    def documents(self, profile_ids: Iterable[str]) -> dict[str, tuple[int, bytes]]:
        """Those of these people who may be proposed now: id → (version, document), prepared as this process does."""
        items = self._table.get_many([(_shard(one), f"DOCUMENT#{one}") for one in profile_ids])
        found = {
            _profile_id(item): (int(item["version"]), bytes(item["document"])) for item in items if self._ours(item)
        }
        for entry in self._prepared_again([_profile_id(item) for item in items if not self._ours(item)]):
            found[entry.profile_id] = (entry.version, entry.document)
        return found

    def all_documents(self, *, against_truth: bool = False, mend: bool = False) -> Iterator[Entry]:
        """Everyone who may be proposed, once each; who changes meanwhile comes as they were before or after.

        Documents that were prepared in another way come prepared again. `against_truth`: the truth is read beside the
        documents (twice the reading), so that nobody is left out who has none. `mend`: what is prepared again is kept.
        """
        for shard in range(CANDIDATE_SHARDS):
            without: set[str] = set()
            prefix = None if against_truth else "DOCUMENT#"
            for item in self._table.query_all(f"SHARD#{shard}", prefix=prefix):
                profile_id = _profile_id(item)
                if item["sk"].startswith("CANDIDATE#"):  # they come before the documents
                    if not item.get("removed"):
                        without.add(profile_id)
                elif self._ours(item):
                    without.discard(profile_id)
                    yield Entry(profile_id, int(item["version"]), bytes(item["document"]))
                else:
                    without.add(profile_id)
            for entry in self._prepared_again(sorted(without)):
                if mend:
                    self._keep(entry)
                yield entry

    def _prepared_again(self, profile_ids: Sequence[str]) -> Iterator[Entry]:
        for start in range(0, len(profile_ids), _TOGETHER):
            for profile_id, (version, snapshot) in self.snapshots(profile_ids[start : start + _TOGETHER]).items():
                yield Entry(profile_id, version, self._documents.document(snapshot))

    def _keep(self, entry: Entry) -> None:
        """Keeps a document made from the truth, as long as the truth is still that."""
        try:
            self._table.write(
                Update(
                    _shard(entry.profile_id),
                    f"CANDIDATE#{entry.profile_id}",
                    "SET #v = :version",
                    condition="#v = :version AND attribute_not_exists(removed)",
                    names={"#v": "version"},
                    values={":version": entry.version},
                ),
                Put(self._document_item(entry.profile_id, entry.version, entry.document)),
            )
        except (ConditionFailed, Retryable):
            return  # the person changed meanwhile, or is being written: that writes the document as well

    def _document_item(self, profile_id: str, version: int, document: bytes) -> Item:
        return {
            "pk": _shard(profile_id),
            "sk": f"DOCUMENT#{profile_id}",
            "version": version,
            "documents_version": self._documents.VERSION,
            "document": document,
        }

    def _ours(self, item: Item) -> bool:
        return bool(item["documents_version"] == self._documents.VERSION)

    # ---- the index

    def changes(self, since: str) -> list[Change]:
        """The changes stamped then or later, oldest first; of one profile perhaps several."""
        items = self._table.query_all("INDEX", since=f"DELTA#{since}", up_to="DELTA#~")
        return [Change(item["at"], item["profile_id"], int(item["version"]), bool(item["removed"])) for item in items]

    def pointer(self) -> Pointer | None:
        """The snapshot in force, or None while there is none."""
        item = self._table.get("INDEX", "POINTER")
        return None if item is None else Pointer(**{name: item[name] for name in Pointer.__slots__})

    def point(self, before: Pointer | None, after: Pointer) -> None:
        """Puts `after` in force in the place of `before`. Raises Superseded when that is no longer in force."""
        item = {"pk": "INDEX", "sk": "POINTER", **asdict(after)}
        try:
            if before is None:
                self._table.write(Put(item, condition=NEW))
            else:
                condition, values = "#s = :before", {":before": before.sequence}
                self._table.write(Put(item, condition=condition, names={"#s": "sequence"}, values=values))
        except ConditionFailed:
            raise Superseded from None

    def ask_for_rebuild(self, reason: str) -> None:
        """Asks for another snapshot, at the next tick. `reason` is a code, for people."""
        now = self._clock()
        item = {"pk": "INDEX", "sk": "REBUILD", "request_id": new_id(now), "reason": reason, "asked_at": stamp(now)}
        self._table.write(Put(item))

    def rebuild_asked(self) -> str | None:
        """The id of the last request for another snapshot, when one is open."""
        item = self._table.get("INDEX", "REBUILD")
        return None if item is None else str(item["request_id"])

    def settle_rebuild(self, request_id: str) -> None:
        """Closes that request; one that was made since stays open."""
        try:
            self._table.write(
                Delete("INDEX", "REBUILD", condition="request_id = :asked", values={":asked": request_id})
            )
        except ConditionFailed:
            return


def _shard(profile_id: str) -> str:
    return f"SHARD#{zlib.crc32(profile_id.encode()) % CANDIDATE_SHARDS}"


def _profile_id(item: Item) -> str:
    return str(item["sk"]).partition("#")[2]
