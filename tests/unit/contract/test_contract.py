"""The contract's files: written from the code, released on purpose, broken only on record."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from infra.contract import ACCEPTED, ERRORS, OPENAPI, CannotRelease, Contract

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Bakery", "version": "1.4.0"},
    "paths": {"/loaves": {"get": {"operationId": "list_loaves", "responses": {"200": {"description": "Loaves."}}}}},
}


def contract(root: Path, *, version: str = "1.4.0", path: str = "/loaves") -> Contract:
    document = copy.deepcopy(DOCUMENT)
    document["info"]["version"] = version
    document["paths"] = {path: document["paths"]["/loaves"]}
    return Contract(root, document)


def accept(root: Path, *findings: str) -> None:
    entries = [{"finding": one, "reason": "nobody bakes any more", "date": "2026-11-23"} for one in findings]
    (root / ACCEPTED).write_text(json.dumps(entries), encoding="utf-8")


GONE = "path-removed /loaves"


def test_what_the_code_says_is_written_once(tmp_path: Path) -> None:
    assert contract(tmp_path).outdated() == [OPENAPI, ERRORS]

    assert contract(tmp_path).write() == [OPENAPI, ERRORS]

    assert contract(tmp_path).outdated() == []
    assert contract(tmp_path).write() == []
    assert json.loads((tmp_path / OPENAPI).read_text(encoding="utf-8")) == DOCUMENT
    assert contract(tmp_path, path="/cakes").outdated() == [OPENAPI]


def test_the_first_release_makes_todays_document_the_one_that_clients_hold(tmp_path: Path) -> None:
    assert "make release-contract" in contract(tmp_path).broken_promises()[0]

    contract(tmp_path).release()

    assert contract(tmp_path).published() == DOCUMENT
    assert contract(tmp_path).broken_promises() == []
    assert contract(tmp_path).outdated() == []


def test_a_break_that_nobody_accepted_is_told_and_is_not_released(tmp_path: Path) -> None:
    contract(tmp_path).release()
    changed = contract(tmp_path, version="2.0.0", path="/cakes")

    assert [promise.splitlines()[0] for promise in changed.broken_promises()] == [GONE]
    with pytest.raises(CannotRelease, match=GONE):
        changed.release()
    assert changed.published() == DOCUMENT


def test_a_break_on_record_is_released_under_a_new_major_version_and_the_record_is_cleared(tmp_path: Path) -> None:
    contract(tmp_path).release()
    accept(tmp_path, GONE)

    (promise,) = contract(tmp_path, path="/cakes").broken_promises()
    assert "2.0.0" in promise

    changed = contract(tmp_path, version="2.0.0", path="/cakes")
    assert changed.broken_promises() == []
    changed.release()
    assert changed.published() == changed.document
    assert changed.accepted() == []


def test_an_acceptance_of_what_breaks_nothing_is_told(tmp_path: Path) -> None:
    contract(tmp_path).release()
    accept(tmp_path, GONE)

    (promise,) = contract(tmp_path).broken_promises()
    assert promise.endswith(GONE)


def test_a_break_is_accepted_once(tmp_path: Path) -> None:
    contract(tmp_path).release()
    accept(tmp_path, GONE, GONE)

    (promise,) = contract(tmp_path, version="2.0.0", path="/cakes").broken_promises()
    assert "twice" in promise


@pytest.mark.parametrize("entry", [{"reason": ""}, {"date": "some day"}, {"by": "someone"}])
def test_an_acceptance_says_what_why_and_when(tmp_path: Path, entry: dict[str, str]) -> None:
    contract(tmp_path).release()
    whole = {"finding": GONE, "reason": "nobody bakes any more", "date": "2026-11-23"}
    (tmp_path / ACCEPTED).write_text(json.dumps([whole | entry]), encoding="utf-8")

    with pytest.raises(ValidationError):
        contract(tmp_path).accepted()
