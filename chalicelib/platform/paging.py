"""Cursors: a position in a list, as signed text that only the same reader of the same list takes back. Anyone can
decode one, so a position holds nothing that its reader may not know."""

from __future__ import annotations

from chalicelib.platform.errors import WrongCursor
from chalicelib.platform.signing import seal, unseal
from chalicelib.platform.table import Item


def to_cursor(scope: str, position: Item | None) -> str | None:
    """The cursor of a position; None at the end of the list. `scope` names the list, what was asked of it and whose it
    is; it is bound by the signature and not written."""
    return None if position is None else seal(f"cursor {scope}", position)


def from_cursor(scope: str, cursor: str | None) -> Item | None:
    """The position of a cursor made for this scope. Raises WrongCursor for any other text."""
    if cursor is None:
        return None
    position = unseal(f"cursor {scope}", cursor)
    if position is None:
        raise WrongCursor
    return position
