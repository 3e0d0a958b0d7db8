"""Cursors: a position in a list, as text that only the same list takes back. Anyone can decode one, so a
position holds nothing that its reader may not know."""

from __future__ import annotations

import base64
import json

from chalicelib.platform.errors import WrongCursor
from chalicelib.platform.table import Item


def to_cursor(scope: str, position: Item | None) -> str | None:
    """The cursor of a position; None at the end of the list. `scope` names the list and whose it is."""
    if position is None:
        return None
    text = json.dumps([scope, position], sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def from_cursor(scope: str, cursor: str | None) -> Item | None:
    """The position of a cursor made for this list. Raises WrongCursor for any other text."""
    if cursor is None:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        made_for, position = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, TypeError, RecursionError):
        raise WrongCursor from None
    if made_for != scope or not isinstance(position, dict):
        raise WrongCursor
    if not all(isinstance(value, str) for value in position.values()):
        raise WrongCursor
    return position
