"""The document that describes the routes: whole, valid, with examples that are right, and a judge that sees."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import TypeAdapter

import app
from chalicelib.platform import openapi
from chalicelib.platform.http import operations
from chalicelib.platform.operations import Operation
from chalicelib.vocabulary.text import typeset
from tests.support import contract
from tests.support.api import PRODUCER, Api
from tests.support.contract import document, misfits
from tests.support.world import done

OPERATIONS = operations(app.app)
NAMED = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: f"{operation.method} {operation.path}")


def test_it_is_valid_openapi_3_1() -> None:
    assert document()["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(copy.deepcopy(document())).iter_errors()) == []


def test_it_is_what_the_route_serves(api: Api) -> None:
    answer = api.get("/openapi.json")
    assert answer.status == 200
    assert answer.json == json.loads(json.dumps(document()))


def test_it_is_the_same_each_time_it_is_made() -> None:
    again = openapi.document(operations(app.app))
    assert json.dumps(again) == json.dumps(document())


def test_it_describes_every_route_that_there_is() -> None:
    described = {(method.upper(), path) for path, methods in document()["paths"].items() for method in methods}
    assert described == {(operation.method, operation.path) for operation in OPERATIONS}


@NAMED
def test_a_route_has_a_name_of_its_own_a_summary_and_who_may_call_it(operation: Operation) -> None:
    described = document()["paths"][operation.path][operation.method.lower()]
    assert [other.name for other in OPERATIONS].count(operation.name) == 1
    assert described["summary"].endswith(".")
    (security,) = described["security"] or [{}]
    assert security == ({} if operation.access.public else {"account": sorted(operation.access.groups or ())})


@NAMED
def test_what_a_route_takes_and_gives_has_an_example_that_is_right(operation: Operation) -> None:
    described = document()["paths"][operation.path][operation.method.lower()]
    shapes: list[tuple[Any, Any]] = []
    if operation.takes_body:
        shapes += [(operation.body, content) for content in described["requestBody"]["content"].values()]
    if operation.answer is not None:
        shapes.append((operation.answer, described["responses"][str(operation.status)]["content"]["application/json"]))
    for shape, content in shapes:
        TypeAdapter(shape).validate_json(json.dumps(content["example"]))


@NAMED
def test_a_route_that_several_people_may_edit_asks_for_the_version_and_says_so(operation: Operation) -> None:
    described = document()["paths"][operation.path][operation.method.lower()]
    required = [one["required"] for one in described["parameters"] if one["name"] == "If-Match"]
    assert required == ([operation.if_match == "required"] if operation.if_match else [])
    assert ("428" in described["responses"]) == ("PreconditionRequired" in str(operation.refusals) or True in required)


def french(found: Any) -> Iterator[str]:
    """Every French sentence or label in an answer."""
    if isinstance(found, dict):
        if isinstance(found.get("fr"), str):
            yield found["fr"]
        for value in found.values():
            yield from french(value)
    elif isinstance(found, list):
        for value in found:
            yield from french(value)


@pytest.mark.parametrize("path", ["/privacy", "/rates", "/taxonomy", "/matching/criteria", "/metrics"])
def test_french_is_served_with_the_spaces_that_it_is_printed_with(api: Api, path: str) -> None:
    served = list(french(done(api.get(path))))
    assert served
    assert [sentence for sentence in served if sentence != typeset(sentence)] == []


def test_so_is_a_refusal_and_so_are_the_examples(api: Api) -> None:
    refused = api.call("POST", "/briefs", {"budget": {"min": 1, "max": 2, "unit": "year"}}, person=PRODUCER).json
    [field] = [one for one in refused["errors"] if one["pointer"] == "/budget/unit"]
    assert field["message"].startswith("Valeurs possibles\u202f: ")
    shown = list(french(document()))
    assert [sentence for sentence in shown if sentence != typeset(sentence)] == []


def test_labels_are_served_in_both_languages() -> None:
    schemas = document()["components"]["schemas"]
    labelled = [
        (name, field["$ref"]) for name, schema in schemas.items() for key, field in _fields(schema) if key == "labels"
    ]
    both = "#/components/schemas/Both"
    for name, ref in labelled:  # one label (read, or written within limits), or one for each of several things
        schema = schemas[ref.rpartition("/")[2]]
        one = set(schema.get("required", ())) == {"fr", "en"} == {key for key, _ in _fields(schema)}
        assert one or {field["$ref"] for _, field in _fields(schema)} == {both}, name
    assert set(schemas["Both"]["required"]) == {"fr", "en"}
    assert len(labelled) >= 3


def _fields(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(schema.get("properties", {}).items())


def test_every_refusal_is_shown_in_both_languages() -> None:
    for name, response in document()["components"]["responses"].items():
        content = response["content"]["application/problem+json"]
        codes = content["schema"]["properties"]["code"]["enum"]
        shown = {example.rpartition(".")[0].rpartition(".")[2] for example in content["examples"]}
        assert shown == set(codes), name
        for example in content["examples"]:
            value = document()["components"]["examples"][example]["value"]
            assert "{" not in value["title"], example
        assert {example.rpartition(".")[2] for example in content["examples"]} == {"fr", "en"}


OK = (
    b'{"sub": "s-1", "email": "a@b.test", "groups": [], "has_company": false, "has_profile": false, '
    b'"has_erasure": false}'
)


@pytest.mark.parametrize(
    ("status", "headers", "content", "said"),
    [
        (200, {}, OK, None),
        (200, {}, OK.replace(b'"groups": []', b'"groups": [3]'), "is not of type"),
        (200, {}, OK.replace(b', "groups": []', b""), "required"),
        (201, {}, OK, "201 is not documented"),
        (200, {"ETag": '"3"'}, OK, "header ETag"),
        (200, {"Content-Type": "text/plain"}, OK, "text/plain"),
        (409, {}, b"{}", "409 is not documented"),
        (401, {}, b'{"type": "t", "title": "t", "status": 401, "code": "unauthenticated"}', "application/json"),
        (
            401,
            {"Content-Type": "application/problem+json"},
            b'{"type": "t", "title": "t", "status": 401, "code": "other"}',
            "unauthenticated",
        ),
    ],
)
def test_the_judge_of_answers_sees_what_is_not_documented(
    status: int, headers: dict[str, str], content: bytes, said: str | None
) -> None:
    found = misfits("GET", "/me", status, {"Content-Type": "application/json", **headers}, content)
    assert found == [] if said is None else any(said in one for one in found), found


def test_a_refusal_that_a_route_does_not_declare_fails_the_test_that_meets_it(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = copy.deepcopy(document())
    del lacking["paths"]["/companies/mine"]["get"]["responses"]["404"]
    monkeypatch.setattr(contract, "document", lambda: lacking)
    with pytest.raises(AssertionError, match="404 is not documented"):
        api.get("/companies/mine", PRODUCER)
