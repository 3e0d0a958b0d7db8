"""The contract as a page: everything that the document says, in both languages, and nothing that runs."""

from __future__ import annotations

import copy
from typing import Literal

import pytest

from infra.local.contract_page import contract_page
from tests.support.contract import document

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


@LANGUAGES
def test_every_route_is_there_with_its_parameters_fields_and_refusals(language: Literal["fr", "en"]) -> None:
    page = contract_page(document(), language)
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in page
            assert f'id="{operation["operationId"]}"' in page
            for parameter in operation["parameters"]:
                assert f"<code>{parameter['name']}</code>" in page
    for name, schema in document()["components"]["schemas"].items():
        if name != "ProblemShape" and name != "FieldProblemShape":
            for field in schema.get("properties", {}):
                assert f"<code>{field}</code>" in page, (name, field)
    for example, shown in document()["components"]["examples"].items():
        if example.endswith(f".{language}"):
            assert f"<code>{shown['value']['code']}</code>" in page


@LANGUAGES
def test_nothing_in_it_runs_and_nothing_is_taken_for_markup(language: Literal["fr", "en"]) -> None:
    marked = copy.deepcopy(document())
    marked["paths"]["/me"]["get"]["summary"] = "<script>alert(1)</script>"
    page = contract_page(marked, language)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert f'<html lang="{language}">' in page
