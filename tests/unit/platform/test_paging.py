"""Cursors go round unchanged, and only in the list they came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform.errors import WrongCursor
from chalicelib.platform.paging import from_cursor, to_cursor
from chalicelib.platform.signing import seal

pytestmark = pytest.mark.usefixtures("signing_key")

POSITIONS = st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=5)


@given(st.text(max_size=30), POSITIONS)
def test_a_cursor_comes_back_as_the_position_it_was_made_from(scope: str, position: dict[str, str]) -> None:
    cursor = to_cursor(scope, position)
    assert cursor is not None
    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    assert from_cursor(scope, cursor) == position


@given(st.text(max_size=30), st.text(max_size=30), POSITIONS)
def test_another_list_does_not_take_it(scope: str, other: str, position: dict[str, str]) -> None:
    if scope != other:
        with pytest.raises(WrongCursor):
            from_cursor(other, to_cursor(scope, position))


@given(st.text(max_size=60))
def test_any_other_text_is_refused_by_name(text: str) -> None:
    with pytest.raises(WrongCursor) as refused:
        from_cursor("briefs:s-1", text)
    assert [error.pointer for error in refused.value.fields] == ["?cursor"]


def test_what_another_use_of_our_signature_signed_is_no_cursor() -> None:
    for purpose in ("unsubscribe", "s", "cursor"):
        with pytest.raises(WrongCursor):
            from_cursor("s", seal(purpose, {"pk": "x"}))


def test_the_end_of_a_list_has_no_cursor_and_its_beginning_needs_none() -> None:
    assert to_cursor("s", None) is None
    assert from_cursor("s", None) is None
