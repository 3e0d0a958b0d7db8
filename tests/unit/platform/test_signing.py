"""Signed texts come back as they were, and nothing else is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform.signing import keyed_digest, seal, unseal

CONTENT = st.dictionaries(st.text(max_size=20), st.text(max_size=40) | st.integers() | st.none(), max_size=5)


pytestmark = pytest.mark.usefixtures("signing_key")


@given(CONTENT)
def test_what_was_sealed_comes_back_and_fits_in_a_url(content: dict[str, object]) -> None:
    sealed = seal("links", content)
    assert set(sealed) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    assert unseal("links", sealed) == content


@given(CONTENT)
def test_it_is_worth_nothing_for_another_purpose(content: dict[str, object]) -> None:
    assert unseal("cursors", seal("links", content)) is None


@given(CONTENT, st.data())
def test_a_text_with_any_character_changed_is_not_believed(content: dict[str, object], data: st.DataObject) -> None:
    sealed = seal("links", content)
    place = data.draw(st.integers(0, len(sealed) - 2))  # the last character carries bits that base64 ignores
    other = data.draw(st.sampled_from("AZaz09_-").filter(lambda one: one != sealed[place]))
    assert unseal("links", sealed[:place] + other + sealed[place + 1 :]) is None


@given(st.text(max_size=80))
def test_any_other_text_is_not_believed(text: str) -> None:
    assert unseal("links", text) is None


@given(st.text(max_size=80))
def test_a_keyed_digest_is_the_same_each_time_and_another_for_another_purpose_or_text(text: str) -> None:
    digest = keyed_digest("companies", text)
    assert set(digest) <= set("0123456789abcdef") and len(digest) == 32
    assert keyed_digest("companies", text) == digest
    assert keyed_digest("projects", text) != digest
    assert keyed_digest("companies", text + "x") != digest


def test_a_keyed_digest_is_another_under_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = keyed_digest("companies", "a company")
    monkeypatch.setattr("chalicelib.platform.signing._key", lambda _: "another key")
    assert keyed_digest("companies", "a company") != digest
