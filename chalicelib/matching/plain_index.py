"""The plainest index: a document is the person's snapshot as JSON, and the arrays are everyone's, by profile."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.matching.entries import Entry
from chalicelib.matching.snapshots import CandidateSnapshot

VERSION: str = "plain-1"


@dataclass(frozen=True, slots=True)
class People:
    """Everyone, by profile id."""

    entries: dict[str, Entry]

    def version_of(self, profile_id: str, /) -> int | None:
        entry = self.entries.get(profile_id)
        return None if entry is None else entry.version


def document(snapshot: CandidateSnapshot, /) -> bytes:
    return json.dumps(snapshot.to_item(), ensure_ascii=False, sort_keys=True).encode()


def encode(entries: Iterable[Entry], /) -> bytes:
    rows = [[entry.profile_id, entry.version, b64encode(entry.document).decode()] for entry in entries]
    return json.dumps(rows).encode()


def decode(data: bytes, /) -> People:
    """Raises ValueError for bytes that `encode` does not write."""
    try:
        entries = [Entry(profile_id, int(version), b64decode(text)) for profile_id, version, text in json.loads(data)]
    except TypeError as error:
        raise ValueError("not rows of people") from error
    return People({entry.profile_id: entry for entry in entries})
