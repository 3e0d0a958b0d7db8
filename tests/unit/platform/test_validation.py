"""Refusals name every wrong field, in both languages, and never repeat what was sent."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from chalicelib.platform.errors import Invalid, MalformedBody
from chalicelib.platform.validation import (
    FIELDS_NAMED,
    Day,
    Instant,
    NoQuery,
    Schema,
    distinct,
    line,
    paragraphs,
    pointer,
    validate_json,
    validate_query,
)
from chalicelib.vocabulary.text import typeset


class Inner(Schema):
    max: Annotated[int, Field(ge=0, le=10)]


class Form(Schema):
    name: line(10)  # type: ignore[valid-type]
    story: paragraphs(40) | None = None  # type: ignore[valid-type]
    unit: Literal["day", "week"] = "day"
    inner: Inner | None = None
    words: distinct(line(5), 3) = []  # type: ignore[valid-type]
    sure: bool = False
    day: Day | None = None
    since: Instant | None = None


def refusal(body: object) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        validate_json(Form, json.dumps(body).encode())
    return {error.pointer: error.code for error in refused.value.fields}


@pytest.mark.parametrize(
    ("body", "where", "code"),
    [
        ({}, "/name", "required"),
        ({"name": 3}, "/name", "wrong_type"),
        ({"name": ""}, "/name", "too_short"),
        ({"name": "   "}, "/name", "too_short"),
        ({"name": "x" * 11}, "/name", "too_long"),
        ({"name": "a\u0000b"}, "/name", "control_characters"),
        ({"name": "a\nb"}, "/name", "control_characters"),
        ({"name": "a\u2028b"}, "/name", "control_characters"),
        ({"name": "a\ue000b"}, "/name", "control_characters"),
        ({"name": "a", "story": "b\u0007"}, "/story", "control_characters"),
        ({"name": "a", "unit": "year"}, "/unit", "unknown_choice"),
        ({"name": "a", "inner": {"max": -1}}, "/inner/max", "too_small"),
        ({"name": "a", "inner": {"max": 11}}, "/inner/max", "too_large"),
        ({"name": "a", "inner": {"max": "5"}}, "/inner/max", "wrong_type"),
        ({"name": "a", "inner": {"max": 5.5}}, "/inner/max", "wrong_type"),
        ({"name": "a", "inner": {"max": True}}, "/inner/max", "wrong_type"),
        ({"name": "a", "inner": []}, "/inner", "wrong_type"),
        ({"name": "a", "inner": {"max": 1, "min": 0}}, "/inner/min", "unknown_field"),
        ({"name": "a", "words": "b"}, "/words", "wrong_type"),
        ({"name": "a", "words": ["b", "b"]}, "/words", "repeated"),
        ({"name": "a", "words": ["b", "c", "d", "e"]}, "/words", "too_many"),
        ({"name": "a", "words": ["b", 3]}, "/words/1", "wrong_type"),
        ({"name": "a", "sure": "yes"}, "/sure", "wrong_type"),
        ({"name": "a", "day": "1798761600"}, "/day", "wrong_date"),
        ({"name": "a", "day": "+1798761600000"}, "/day", "wrong_date"),
        ({"name": "a", "day": "2027-02-30"}, "/day", "wrong_date"),
        ({"name": "a", "day": "20270101"}, "/day", "wrong_date"),
        ({"name": "a", "day": 1798761600}, "/day", "wrong_type"),
        ({"name": "a", "day": "9999-12-31"}, "/day", "too_large"),
        ({"name": "a", "since": "1798761600"}, "/since", "wrong_instant"),
        ({"name": "a", "since": "+1798761600.5"}, "/since", "wrong_instant"),
        ({"name": "a", "since": 1798761600}, "/since", "wrong_instant"),
        ({"name": "a", "since": "2027-01-01"}, "/since", "wrong_instant"),
        ({"name": "a", "since": "2027-01-01T25:00:00Z"}, "/since", "wrong_instant"),
        ({"name": "a", "since": "2027-01-01T08:30:00"}, "/since", "wrong_instant"),
        ({"name": "a", "since": "0001-01-01T00:00:00+23:59"}, "/since", "too_small"),
        ({"name": "a", "since": "9999-12-31T23:59:59-23:59"}, "/since", "too_large"),
        ({"name": "a", "age": 40}, "/age", "unknown_field"),
        ({"name": "a", "na/me": 1}, "/…", "unknown_field"),
        ({"name": "a", "Claire Le Goff": 1}, "/…", "unknown_field"),
    ],
)
def test_a_wrong_field_is_named_with_a_stable_code(body: object, where: str, code: str) -> None:
    assert refusal(body) == {where: code}


def test_a_day_and_an_instant_are_what_their_texts_say() -> None:
    body = {"name": "a", "day": "2027-01-01", "since": "2026-11-23T09:30:00.5+01:00"}
    form = validate_json(Form, json.dumps(body).encode())
    assert (form.day, form.since) == (date(2027, 1, 1), datetime(2026, 11, 23, 8, 30, 0, 500_000, UTC))


def test_every_wrong_field_is_told_at_once() -> None:
    assert refusal({"unit": 3, "inner": {"max": 99}, "extra": 1}) == {
        "/name": "required",
        "/unit": "unknown_choice",
        "/inner/max": "too_large",
        "/extra": "unknown_field",
    }


def test_a_refusal_stays_short_however_many_fields_are_wrong() -> None:
    assert len(refusal({f"field_{number}": 1 for number in range(5000)})) == FIELDS_NAMED
    with pytest.raises(Invalid) as refused:
        validate_query(NoQuery, {f"field_{number}": ["1"] for number in range(5000)})
    assert len(refused.value.fields) == FIELDS_NAMED


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"text"', b"3", b"null", b"\xff\xfe", b'{"name": "\\ud800"}', b"{'a': 1}"]
)
def test_what_is_not_a_json_object_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedBody):
        validate_json(Form, body)


def test_a_text_is_trimmed_composed_and_keeps_its_lines_and_emoji() -> None:
    form = validate_json(Form, json.dumps({"name": " e\u0301te\u0301 ", "story": "un\r\ndeux 👩‍👧"}).encode())
    assert form.name == "été"
    assert form.story == "un\ndeux 👩‍👧"


def test_messages_exist_in_both_languages_with_their_figures_filled_in() -> None:
    with pytest.raises(Invalid) as refused:
        validate_json(Form, json.dumps({"name": "x" * 11, "inner": {"max": 11}, "unit": "year"}).encode())
    french = {error.pointer: error.message.fr for error in refused.value.fields}
    english = {error.pointer: error.message.en for error in refused.value.fields}
    assert french["/name"] == "10 caractères au plus."
    assert english["/name"] == "At most 10 characters."
    assert french["/inner/max"] == "Au plus 10."
    assert french["/unit"] == typeset("Valeurs possibles : day, week.")
    assert not any("{" in message for message in (*french.values(), *english.values()))


@given(
    st.dictionaries(
        st.text(max_size=12),
        st.recursive(
            st.none() | st.booleans() | st.text(max_size=12) | st.integers(),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=5,
        ),
        max_size=5,
    )
)
def test_no_body_ever_gives_anything_but_a_form_or_a_refusal(body: dict[str, Any]) -> None:
    try:
        form = validate_json(Form, json.dumps(body).encode())
    except (Invalid, MalformedBody):
        return
    assert 1 <= len(form.name) <= 10


@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEF0123456789@. ", min_size=12, max_size=60).filter(
        lambda text: len(text.strip()) > 11
    )
)
def test_a_refusal_never_repeats_the_value(value: str) -> None:
    with pytest.raises(Invalid) as refused:
        validate_json(Form, json.dumps({"name": value, "unit": value, value: value}).encode())
    for language in ("fr", "en"):
        told = json.dumps(refused.value.to_problem(language), ensure_ascii=False)  # type: ignore[arg-type]
        if not value.strip().isalnum():
            assert value not in told


def test_pointers_escape_as_rfc_6901_says() -> None:
    assert pointer("a/b", "c~d", 0) == "/a~1b/c~0d/0"
