"""Keys of the verification table that files of evidence and attestations lie under:

CASE#id / SHELF               what a case (or an alarm: `id` is its own) has of files; index due while it owes their
                              deletion: DUE#evidence
CASE#id / EVIDENCE#id         one file; index due while something of it may lie in quarantine: DUE#evidence
CASE#id / ATTESTATION#id      one request for an attestation, and its answer
CASE#id / EVENT#ulid          what happened, each fact chained to the one before
CASE#id / CHAIN               the last of them (`platform/chain.py`)
HASH#sha256 / EVIDENCE#case#id  who sent a file of this content: one that was accepted
NODE#node / ATTESTATION#id    an attestation that a profile, or a mailbox by its digest, has to do with
TALLY#whose / PERIOD#period   the requests of a day by a profile, of a week to a mailbox; gone soon after
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from chalicelib.platform.chain import write_chained
from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Item, Put, Table
from chalicelib.verification.attestations import Attestation, Claim, Tally
from chalicelib.verification.errors import TakenMeanwhile
from chalicelib.verification.evidence_files import Evidence, Shelf
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact

_DUE = "DUE#evidence"


class EvidenceRepository:
    """The store of `evidence_files` and of `attestations`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def shelf(self, case_id: str) -> Shelf:
        item = self._table.get(_case(case_id), "SHELF")
        return Shelf(**_fields(Shelf, item)) if item else Shelf(case_id)

    def evidence(self, case_id: str, evidence_id: str) -> Evidence | None:
        item = self._table.get(_case(case_id), f"EVIDENCE#{evidence_id}")
        return _evidence(item) if item else None

    def of_case(self, case_id: str) -> list[Evidence]:
        return [_evidence(item) for item in self._table.query_all(_case(case_id), prefix="EVIDENCE#")]

    def offer(self, before: Shelf, after: Shelf, evidence: Evidence) -> None:
        self._write(_shelf_put(before, after), Put(_evidence_item(evidence), condition=NEW))

    def change(self, before: Evidence, after: Evidence, fact: Fact | None, now: datetime) -> None:
        actions: list[Action] = [_versioned(_evidence_item(after), before.version)]
        if before.status == "quarantine" and after.status == "accepted":
            actions.append(_by_content(after))
        self._write(*actions, *_told(after.case_id, fact, after.version, now))

    def adopt(self, before: Shelf, after: Shelf, evidence: Evidence, fact: Fact, now: datetime) -> None:
        self._write(
            _shelf_put(before, after),
            Put(_evidence_item(evidence), condition=NEW),
            _by_content(evidence),
            *_told(evidence.case_id, fact, evidence.version, now),
        )

    def change_shelf(self, before: Shelf, after: Shelf) -> None:
        self._write(_shelf_put(before, after))

    def with_hash(self, digest: str) -> list[tuple[str, str, str]]:
        found = self._table.query_all(f"HASH#{digest}", prefix="EVIDENCE#")
        return [(item["owner"], item["case_id"], item["evidence_id"]) for item in found]

    def due(self, now: datetime) -> Iterator[tuple[str, str | None]]:
        found = self._table.query_all(_DUE, index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now))
        for item in found:
            # The index holds keys alone.
            kind, _, evidence_id = str(item["sk"]).partition("#")
            yield str(item["pk"]).removeprefix("CASE#"), evidence_id if kind == "EVIDENCE" else None

    def attestation(self, case_id: str, attestation_id: str) -> Attestation | None:
        item = self._table.get(_case(case_id), f"ATTESTATION#{attestation_id}")
        return _attestation(item) if item else None

    def attestations(self, case_id: str) -> list[Attestation]:
        return [_attestation(item) for item in self._table.query_all(_case(case_id), prefix="ATTESTATION#")]

    def tally(self, whose: str, period: str, until: datetime) -> Tally:
        item = self._table.get(f"TALLY#{whose}", f"PERIOD#{period}")
        return Tally(whose, period, until, tuple(item["attestation_ids"]) if item else ())

    def ask(
        self, attestation: Attestation, counted: tuple[tuple[Tally, Tally], ...], fact: Fact, now: datetime
    ) -> None:
        named = {"attestation_id": attestation.attestation_id, "case_id": attestation.case_id}
        sk = f"ATTESTATION#{attestation.attestation_id}"
        self._write(
            Put(_attestation_item(attestation), condition=NEW),
            *[Put({"pk": f"NODE#{node}", "sk": sk, **named}) for node in attestation.nodes],
            *[_tally_put(before, after) for before, after in counted],
            *_told(attestation.case_id, fact, attestation.version, now),
        )

    def change_attestation(self, before: Attestation, after: Attestation, fact: Fact | None, now: datetime) -> None:
        put = _versioned(_attestation_item(after), before.version)
        self._write(put, *_told(after.case_id, fact, after.version, now))

    def around(self, nodes: Iterable[str]) -> list[Attestation]:
        named = {
            (_case(item["case_id"]), item["sk"])
            for node in nodes
            for item in self._table.query_all(f"NODE#{node}", prefix="ATTESTATION#")
        }
        found = [_attestation(item) for item in self._table.get_many(sorted(named))]
        return sorted(found, key=lambda one: one.attestation_id)

    def _write(self, *actions: Action) -> None:
        try:
            write_chained(self._table, *actions)
        except ConditionFailed:
            raise TakenMeanwhile from None


def _case(case_id: str) -> str:
    return f"CASE#{case_id}"


def _told(case_id: str, fact: Fact | None, version: int, now: datetime) -> list[Put]:
    return [] if fact is None else [event_item(_case(case_id), fact, aggregate_version=version, now=now)]


def _versioned(item: Item, before: int) -> Put:
    """In place of the version that was read; a new item when there was none."""
    if before == 0:
        return Put(item, condition=NEW)
    return Put(item, condition="#v = :before", names={"#v": "version"}, values={":before": before})


def _by_content(evidence: Evidence) -> Put:
    key = {"pk": f"HASH#{evidence.sha256}", "sk": f"EVIDENCE#{evidence.case_id}#{evidence.evidence_id}"}
    return Put(key | {"evidence_id": evidence.evidence_id, "case_id": evidence.case_id, "owner": evidence.owner})


def _shelf_put(before: Shelf, after: Shelf) -> Put:
    item = _item(after) | {"pk": _case(after.case_id), "sk": "SHELF"}
    return _versioned(_with_due(item, after.due_at), before.version)


def _evidence_item(evidence: Evidence) -> Item:
    item = _item(evidence) | {"pk": _case(evidence.case_id), "sk": f"EVIDENCE#{evidence.evidence_id}"}
    return _with_due(item, evidence.due_at)


def _evidence(item: Item) -> Evidence:
    return Evidence(**{"credit_id": None, "due_at": None} | _fields(Evidence, item))


def _attestation_item(attestation: Attestation) -> Item:
    item = _item(attestation) | {
        "pk": _case(attestation.case_id),
        "sk": f"ATTESTATION#{attestation.attestation_id}",
        "claim": _item(attestation.claim),
    }
    for name in ("own_mailboxes", "own_likenesses", "own_domains"):
        item[name] = list(getattr(attestation, name))
    return item


def _attestation(item: Item) -> Attestation:
    fields = {"address": None, "attester": None} | _fields(Attestation, item)
    fields["claim"] = Claim(**item["claim"])
    for name in ("own_mailboxes", "own_likenesses", "own_domains"):
        fields[name] = tuple(item[name])
    return Attestation(**fields)


def _tally_put(before: Tally, after: Tally) -> Put:
    item = {
        "pk": f"TALLY#{after.whose}",
        "sk": f"PERIOD#{after.period}",
        "attestation_ids": list(after.attestation_ids),
        "expires_at": int(after.until.astimezone(UTC).timestamp()),
    }
    if not before.attestation_ids:
        return Put(item, condition=NEW)
    taken = {":taken": list(before.attestation_ids)}
    return Put(item, condition="attestation_ids = :taken", values=taken)


def _with_due(item: Item, due_at: str | None) -> Item:
    return item if due_at is None else item | {"due_pk": _DUE}


def _item(record: Any) -> Item:
    """Its fields that have a value: an index holds what has the attribute."""
    return {name: value for name, value in asdict(record).items() if value is not None}


def _fields(kind: Any, item: Item) -> dict[str, Any]:
    return {name: item[name] for name in kind.__slots__ if name in item}
