"""Headers: which language, which version; and the errors' own form."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform import errors
from chalicelib.platform.errors import DomainError, FieldError, Invalid
from chalicelib.platform.http import ApiBlueprint, Reply, Request, preferred_language, problem
from chalicelib.platform.validation import Both
from chalicelib.vocabulary.text import Bilingual


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "fr"),
        ("", "fr"),
        ("fr", "fr"),
        ("en", "en"),
        ("en-GB,en;q=0.9,fr;q=0.5", "en"),
        ("de, fr;q=0.7, en;q=0.6", "fr"),
        ("de, en;q=0.7, fr;q=0.6", "en"),
        ("de", "fr"),
        ("EN-us", "en"),
        ("en;q=0, fr;q=0.1", "fr"),
        ("en;q=0", "fr"),
        ("en;q=much", "fr"),
        ("fr;q=0.5,en;q=0.5", "fr"),
        ("en ;q=0.9, fr;q=0.5", "en"),
        ("en; q=0.8 , fr ; q=0.9", "fr"),
        ("en;Q=1, fr;Q=0.5", "en"),
        (",;,=,", "fr"),
        ("*", "fr"),
    ],
)
def test_the_readers_first_choice_among_our_languages_counts(header: str | None, language: str) -> None:
    assert preferred_language(header) == language


@given(st.text(max_size=80))
def test_no_header_breaks_the_choice_of_language(header: str) -> None:
    assert preferred_language(header) in ("fr", "en")


def request(**headers: str) -> Request:
    raw: Any = SimpleNamespace(headers=headers, query_params=None, raw_body=b"")
    return Request(raw, None)


@pytest.mark.parametrize(("value", "version"), [('"3"', 3), ('W/"12"', 12), ("7", 7), ("*", None), (' "4" ', 4)])
def test_if_match_gives_the_version_it_names(value: str, version: int | None) -> None:
    assert request(**{"if-match": value}).if_match() == version


def test_without_if_match_any_version_will_do() -> None:
    assert request().if_match() is None


@pytest.mark.parametrize("value", ["", '"abc"', '"-1"', '"1.5"', '"3", "4"', "٣", "9" * 13])
def test_an_if_match_of_another_form_is_refused_by_name(value: str) -> None:
    with pytest.raises(Invalid) as refused:
        request(**{"if-match": value}).if_match()
    assert [error.pointer for error in refused.value.fields] == ["If-Match"]


def test_a_public_request_has_no_actor_to_read_by_mistake() -> None:
    with pytest.raises(RuntimeError):
        _ = request().actor


def test_a_route_without_access_cannot_be_declared() -> None:
    blueprint = ApiBlueprint("x")
    with pytest.raises(TypeError):
        blueprint.route("/things")
    with pytest.raises(TypeError):
        blueprint.get("/things")  # type: ignore[call-arg]


def test_an_answer_carries_its_version_and_is_kept_by_no_cache() -> None:
    answer = Reply(Both(fr="é", en="e"), version=4).to_answer(201)
    assert answer.status == 201
    assert answer.headers == {"Content-Type": "application/json", "Cache-Control": "no-store", "ETag": '"4"'}
    assert answer.body == '{"fr":"é","en":"e"}'


def test_a_problem_is_rfc_9457_in_the_readers_language() -> None:
    error = Invalid([FieldError("/budget/max", "inverted", Bilingual("À l’envers.", "Upside down."))])
    response = problem(error, "en")
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Content-Language"] == "en"
    assert error.to_problem("en") == {
        "type": "urn:plot-point:error:invalid",
        "title": "Some fields need correcting.",
        "status": 422,
        "code": "invalid",
        "errors": [{"pointer": "/budget/max", "code": "inverted", "message": "Upside down."}],
    }


def all_errors(kind: type[DomainError] = DomainError) -> list[type[DomainError]]:
    found = kind.__subclasses__()
    return found + [inner for one in found for inner in all_errors(one)]


def test_every_error_has_a_client_or_server_status_a_code_and_both_languages() -> None:
    import app  # noqa: F401  # brings in every context's errors

    assert len(all_errors()) > 20
    for kind in all_errors():
        assert 400 <= kind.status < 600, kind
        assert kind.code and kind.code == kind.code.lower() and " " not in kind.code, kind
        assert kind.message.fr and kind.message.en and kind.message.fr != kind.message.en, kind


def test_one_code_means_one_status() -> None:
    import app  # noqa: F401

    statuses: dict[str, set[int]] = {}
    for kind in all_errors():
        statuses.setdefault(kind.code, set()).add(kind.status)
    assert {code: found for code, found in statuses.items() if len(found) > 1} == {}


def test_a_server_error_says_nothing_of_its_cause() -> None:
    assert errors.InternalError().to_problem("fr").keys() == {"type", "title", "status", "code"}
