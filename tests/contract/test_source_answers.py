"""The stand-ins of the local product speak as the recorded exchanges do: the same questions, the same shapes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from infra.local.catalogue import Catalogue, KnownCompany, KnownCredit, KnownWork
from infra.local.source_answers import Answered, answers
from tests.support.source_fakes import exchange

CATALOGUE = Catalogue(
    works=(
        KnownWork(
            "Les Brumes de Morlaix",
            2015,
            "series",
            "Falaise Films",
            True,
            (KnownCredit(0, "directeur littéraire"),),
            isan="FFFF-0001-0000-0000-Y",
        ),
        KnownWork("Les Brumes de Morlaix", 1978, "film", "Studios de l’Elorn"),
    ),
    people=("Éloïse Morvan",),
    companies=(KnownCompany("552178634", "Falaise Films"),),
)


def answered(source: str, recorded: str, **items: str) -> tuple[Answered, Any, Any]:
    """What the stand-in answers to a recorded question, its JSON, and the JSON that was recorded. `items`: numbers in
    the question, and what the stand-in calls the same things."""
    one = exchange(source, recorded)
    parameters = dict(one.parameters)
    for number, here in items.items():
        parameters["query"] = parameters["query"].replace(number, here)
    told = answers(CATALOGUE)[source](one.path, parameters)
    assert (told.status, told.content_type) == (one.status, one.content_type)
    return told, json.loads(told.body), one.body


@pytest.mark.parametrize(
    ("source", "recorded", "items"),
    [
        ("wikidata", "works", {}),
        ("wikidata", "credits", {"Q900000001": "Q910000000"}),
        ("wikidata", "other-works", {"Q900000011": "Q920000000"}),
        ("databnf", "works", {}),
    ],
)
def test_a_stand_in_answers_sparql_in_the_recorded_shape(source: str, recorded: str, items: dict[str, str]) -> None:
    _, told, expected = answered(source, recorded, **items)
    assert told["head"] == expected["head"]
    assert without(told["results"], "bindings") == without(expected["results"], "bindings")
    shapes = shapes_of(expected["results"]["bindings"])
    assert told["results"]["bindings"]
    for name, found in shapes_of(told["results"]["bindings"]).items():
        assert found <= shapes[name], name


def test_the_stand_in_of_the_register_answers_in_the_recorded_shape() -> None:
    _, told, expected = answered("registry", "active")
    assert without(told, "results") == without(expected, "results")
    [company], [recorded] = told["results"], expected["results"]
    assert {name: type(value) for name, value in company.items()} == {
        name: type(value) for name, value in recorded.items()
    }


@pytest.mark.parametrize(
    ("source", "recorded"), [("wikidata", "works-empty"), ("wikidata", "credits-empty"), ("databnf", "works-empty")]
)
def test_a_stand_in_that_knows_nothing_says_so_as_recorded(source: str, recorded: str) -> None:
    one = exchange(source, recorded)
    told = answers(Catalogue())[source](one.path, one.parameters)
    assert json.loads(told.body) == one.body


def test_the_stand_in_of_the_register_knows_nobody_as_recorded() -> None:
    one = exchange("registry", "empty")
    assert json.loads(answers(Catalogue())["registry"](one.path, one.parameters).body) == one.body


@pytest.mark.parametrize("source", ["wikidata", "databnf"])
def test_a_stand_in_takes_only_the_queries_of_the_product(source: str) -> None:
    one = exchange(source, "works")
    for path, query in (
        (one.path, one.parameters["query"] + " #"),
        (one.path, one.parameters["query"].replace("Les Brumes de Morlaix", 'Fin" . } #')),
        (one.path, ""),
        ("/elsewhere", one.parameters["query"]),
    ):
        told = answers(CATALOGUE)[source](path, {**one.parameters, "query": query})
        assert told.status == 400
        assert not told.content_type.startswith("application/")


def without(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != name}


def shapes_of(bindings: list[dict[str, dict[str, str]]]) -> dict[str, set[tuple[str, ...]]]:
    """Of each variable: how its terms are written, their values aside."""
    shapes: dict[str, set[tuple[str, ...]]] = {}
    for row in bindings:
        for name, term in row.items():
            shape = (term["type"], term.get("datatype", ""), "language" if "xml:lang" in term else "")
            shapes.setdefault(name, set()).add(shape)
    return shapes
