"""Identifiers: ULIDs, which sort by creation time and are safe in a URL."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256

ULID_PATTERN = re.compile(r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$")


def new_id(moment: datetime) -> str:
    """A new ULID for that instant, 26 characters of Crockford base 32."""
    from ulid import ULID

    return str(ULID.from_datetime(moment))


def first_id(moment: datetime) -> str:
    """The id that sorts before all others made at that instant."""
    return new_id(moment)[:10] + "0" * 16


def moment_of(identifier: str) -> datetime:
    """When an identifier was made, to the millisecond."""
    from ulid import ULID

    return ULID.from_str(identifier).datetime


def id_of(*parts: str) -> str:
    """The identifier that these texts always give, in the form of our others (it says nothing of a time)."""
    from ulid import ULID

    digest = sha256("\0".join(parts).encode()).digest()
    return str(ULID.from_bytes(digest[:16]))


def id_at(moment: datetime, *parts: str) -> str:
    """The identifier that these texts always give at that instant: among others it sorts by the instant."""
    from ulid import ULID

    digest = sha256("\0".join(parts).encode()).digest()
    return str(ULID.from_bytes(int(moment.timestamp() * 1000).to_bytes(6, "big") + digest[:10]))


def is_id(value: str) -> bool:
    """Whether the text has the form of our identifiers (it need not exist)."""
    return ULID_PATTERN.fullmatch(value) is not None
