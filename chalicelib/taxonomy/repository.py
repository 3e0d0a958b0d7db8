"""Keys of the taxonomy table:

TAXONOMY / HEAD             which version is in force, and the revision of all this; nothing until a draft is saved or a
                            version published
TAXONOMY / VERSION#number   who published a version, when and why; never changed
TAXONOMY / DOCUMENT#number  what it says, packed: what every function reads when it is in force (`platform/words.py`)
TAXONOMY / DRAFT            the draft of the next version
TAXONOMY / EVENT#ulid       what happened
"""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from chalicelib.platform.errors import Conflict
from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Put, Table
from chalicelib.platform.words import HEAD, PARTITION, document_key, packed, unpacked
from chalicelib.taxonomy.models import Draft, Head, Version, first_head, first_version
from chalicelib.taxonomy.rules import whole
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.taxonomy import shipped_document

#: There is one taxonomy, and its list of versions is its history: nothing is asked about by an id.
HISTORIES: dict[str, tuple[str, ...]] = {}

_VERSION, _DRAFT = "VERSION#", "DRAFT"


class TaxonomyRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def head(self) -> Head:
        item = self._table.get(PARTITION, HEAD)
        if item is None:
            return first_head()
        # A later release of the project may bring another first taxonomy, which is in force until one is published.
        version = first_version().version if item["number"] == 1 else item["version"]
        return Head(number=item["number"], version=version, revision=item["revision"])

    def document(self, number: int) -> dict[str, Any] | None:
        """What a version says, whole; None when there is no such version."""
        item = self._table.get(PARTITION, document_key(number))
        if item is not None:
            return unpacked(item["document"])
        # Kept from the first publication on; until then it is the project's own.
        return whole(shipped_document()) if number == 1 else None

    def history(self) -> list[Version]:
        """Every version, the latest first."""
        kept = [_version(item) for item in self._table.query_all(PARTITION, prefix=_VERSION, forward=False)]
        return kept or [first_version()]

    def draft(self) -> Draft | None:
        item = self._table.get(PARTITION, _DRAFT)
        if item is None:
            return None
        return Draft(
            document=unpacked(item["document"]),
            saved_at=item["saved_at"],
            saved_by=item["saved_by"],
            made_from=item["made_from"],
        )

    def save_draft(self, before: Head, after: Head, draft: Draft | None, fact: Fact, now: datetime) -> None:
        """The draft in the place of the one before; None takes it away. Raises Conflict when something else was saved
        or published since `before`."""
        kept: Action = Delete(PARTITION, _DRAFT)
        if draft is not None:
            kept = Put(
                {"pk": PARTITION, "sk": _DRAFT, **asdict(draft), "document": packed(draft.document)},
            )
        self._write(_head(before, after), kept, event_item(PARTITION, fact, aggregate_version=after.revision, now=now))

    def publish(
        self,
        before: Head,
        after: Head,
        version: Version,
        document: dict[str, Any],
        fact: Fact,
        now: datetime,
        *,
        drops_draft: bool,
    ) -> None:
        """Puts a version in force. Raises Conflict when something else was saved or published since `before`."""
        actions: list[Action] = [_head(before, after), *_kept(version, document)]
        if before.number == 1:
            # What people chose from until now stays readable, whatever a later release of the project brings.
            actions += _kept(first_version(), whole(shipped_document()))
        if drops_draft:
            actions.append(Delete(PARTITION, _DRAFT))
        self._write(*actions, event_item(PARTITION, fact, aggregate_version=after.revision, now=now))

    def _write(self, *actions: Action) -> None:
        try:
            self._table.write(*actions)
        except ConditionFailed:
            raise Conflict from None


def _head(before: Head, after: Head) -> Put:
    item = {"pk": PARTITION, "sk": HEAD, **asdict(after)}
    if before.revision == first_head().revision:
        return Put(item, condition=NEW)
    return Put(item, condition="revision = :before", values={":before": before.revision})


def _kept(version: Version, document: dict[str, Any]) -> list[Action]:
    return [
        Put({"pk": PARTITION, "sk": f"{_VERSION}{version.number:06d}", **asdict(version)}, condition=NEW),
        Put({"pk": PARTITION, "sk": document_key(version.number), "document": packed(document)}, condition=NEW),
    ]


def _version(item: dict[str, Any]) -> Version:
    return Version(**{one.name: item[one.name] for one in fields(Version)})
