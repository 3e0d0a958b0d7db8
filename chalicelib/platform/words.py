"""Which version of the taxonomy is in force, for functions that were started before it was published.

    renew()              at the start of a request or a batch: looks, at most once a minute
    latest() -> Taxonomy looks now: for what would keep the trace of a version that is no longer in force

One small item says which version is in force; its document is read once per version and process. Until somebody
publishes a version there is no such item, and the taxonomy that comes with the project serves. `taxonomy/` writes what
is read here:

TAXONOMY / HEAD             `number` of the version in force, `version` as it is called
TAXONOMY / DOCUMENT#number  the document of a version, packed; never changed
"""

from __future__ import annotations

import json
import time
import zlib
from typing import Any

from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary import taxonomy
from chalicelib.vocabulary.taxonomy import Taxonomy

PARTITION = "TAXONOMY"
HEAD = "HEAD"

#: A version is in force everywhere within this time of its publication.
LOOKED_AT_EVERY_SECONDS = 60

#: When this process is to look again (seconds since 1970).
_look_at = 0.0


def renew() -> None:
    """Has the version in force adopted, as far as one may know: when it cannot be read, or not understood, the words
    that are known serve on, and the failure is logged."""
    global _look_at
    now = time.time()
    if now < _look_at:
        return
    _look_at = now + LOOKED_AT_EVERY_SECONDS
    try:
        _adopt_what_is_in_force()
    except Exception as error:  # old words are better than no answer, whatever is wrong with the new ones
        log.failure("words_not_renewed", error)


def latest() -> Taxonomy:
    """The version in force at this moment, adopted. Raises Retryable."""
    _adopt_what_is_in_force()
    return taxonomy.taxonomy()


def forget() -> None:
    """Drops what was adopted: for tests, which change the account they talk to."""
    global _look_at
    _look_at = 0.0
    taxonomy.adopt(None)


def document_key(number: int) -> str:
    return f"DOCUMENT#{number:06d}"


def packed(document: dict[str, Any]) -> bytes:
    """A document as it is kept: a fifth of its size, and the same bytes each time."""
    return zlib.compress(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def unpacked(content: Any) -> dict[str, Any]:
    """`content`: bytes, in whichever of boto3's clothes."""
    document: dict[str, Any] = json.loads(zlib.decompress(bytes(content)))
    return document


def _adopt_what_is_in_force() -> None:
    table = Table(settings().taxonomy_table)
    head = table.get(PARTITION, HEAD)
    number = int(head["number"]) if head is not None else 1
    if head is None or number == taxonomy.taxonomy().number:
        return
    kept = table.get(PARTITION, document_key(number))
    if kept is None:
        raise LookupError(f"version {number} of the taxonomy is in force and is not there")
    taxonomy.adopt({**unpacked(kept["document"]), "version": head["version"], "number": number})
