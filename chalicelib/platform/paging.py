"""Opaque cursors: a position in a list, as text that only the same list takes back."""

from __future__ import annotations

import base64
import json

from chalicelib.platform.errors import FieldError, Invalid
from chalicelib.platform.table import Item
from chalicelib.vocabulary.text import Bilingual

_BAD = FieldError(
    "?cursor",
    "wrong_cursor",
    Bilingual("Ce curseur n’est pas de cette liste.", "This cursor does not belong to this list."),
)


def to_cursor(scope: str, position: Item | None) -> str | None:
    """The cursor of a position; None at the end of the list. `scope` names the list and whose it is."""
    if position is None:
        return None
    text = json.dumps([scope, position], sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def from_cursor(scope: str, cursor: str | None) -> Item | None:
    """The position of a cursor made for this list. Raises Invalid for any other text."""
    if cursor is None:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        made_for, position = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, TypeError):
        raise Invalid([_BAD]) from None
    if made_for != scope or not isinstance(position, dict):
        raise Invalid([_BAD])
    if not all(isinstance(value, str) for value in position.values()):
        raise Invalid([_BAD])
    return position
