"""The contract: its files say what the code says, and a client of the published one is broken by nothing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from infra import contract
from infra.contract import ERRORS, OPENAPI, ROOT, Contract
from infra.error_catalogue import kinds


@pytest.fixture(scope="module")
def today() -> Contract:
    return contract.today()


def test_the_committed_files_say_what_the_code_says(today: Contract) -> None:
    assert today.outdated() == [], "run `make contract` and commit what it writes"


def test_the_document_follows_the_specification(today: Contract) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(today.document).iter_errors()] == []


def test_nothing_breaks_a_client_that_follows_the_published_document(today: Contract) -> None:
    promises = today.broken_promises()
    assert not promises, "\n\n".join([*promises, "docs/recipes/change-the-contract.md says what to do"])


def test_every_code_that_a_route_may_answer_is_in_the_catalogue(today: Contract) -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", (ROOT / ERRORS).read_text(encoding="utf-8"), re.MULTILINE))
    answered: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            answered.update(value.get("code", {}).get("enum", ()) if isinstance(value.get("code"), dict) else ())
            for inner in value.values():
                collect(inner)

    collect(today.document["components"]["responses"])
    assert answered
    assert answered <= listed
    assert {kind.code for kind in kinds("chalicelib")} <= listed


def test_the_document_is_kept_in_one_order(today: Contract) -> None:
    text = (ROOT / OPENAPI).read_text(encoding="utf-8")
    assert text == contract.as_text(json.loads(text))
    assert text == contract.as_text(contract.today().document)
