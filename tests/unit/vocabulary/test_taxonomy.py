"""The words of the trade: the file holds together, and one that does not stops the start."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.vocabulary.taxonomy import (
    PARENT_WEIGHT,
    SIBLING_WEIGHT,
    TaxonomyError,
    document,
    parse,
    taxonomy,
)

SMALL: dict[str, Any] = {
    "version": "t",
    "dimensions": {
        "genres": {
            "labels": {"fr": "Genres", "en": "Genres"},
            "multiple": True,
            "items": [
                {"id": "crime", "labels": {"fr": "Policier", "en": "Crime"}},
                {"id": "noir", "labels": {"fr": "Noir", "en": "Noir"}, "parent": "crime"},
                {"id": "cold", "labels": {"fr": "Affaire classée", "en": "Cold case"}, "parent": "crime"},
                {
                    "id": "drama",
                    "labels": {"fr": "Drame", "en": "Drama"},
                    "related": [{"id": "noir", "weight": 0.3}],
                },
                {"id": "comedy", "labels": {"fr": "Comédie", "en": "Comedy"}},
            ],
        }
    },
}


def broken(change: Any) -> dict[str, Any]:
    document = copy.deepcopy(SMALL)
    change(document["dimensions"]["genres"]["items"])
    return document


@pytest.mark.parametrize(
    "change",
    [
        lambda items: items[1].update(parent="nowhere"),
        lambda items: items[3]["related"][0].update(id="nowhere"),
        lambda items: items[3]["related"][0].update(weight=1.5),
        lambda items: items[3]["related"][0].update(weight=-0.1),
        lambda items: items[0]["labels"].pop("en"),
        lambda items: items[0]["labels"].update(fr=""),
        lambda items: items.append(dict(items[0])),
    ],
    ids=["parent", "relation", "too heavy", "negative", "no English", "empty French", "twice"],
)
def test_a_file_that_contradicts_itself_stops_the_start_and_names_the_entry(change: Any) -> None:
    with pytest.raises(TaxonomyError, match="genres/"):
        parse(broken(change))


def test_likeness_is_that_of_identity_parents_siblings_and_stated_relations() -> None:
    genres = parse(SMALL).dimensions["genres"]
    assert genres.similarity("noir", "noir") == 1.0
    assert genres.similarity("noir", "crime") == PARENT_WEIGHT
    assert genres.similarity("noir", "cold") == SIBLING_WEIGHT
    assert genres.similarity("noir", "drama") == 0.3
    assert genres.similarity("noir", "comedy") == 0.0
    assert genres.similarity("crime", "comedy") == 0.0
    with pytest.raises(KeyError):
        genres.similarity("noir", "nowhere")


DIMENSIONS = sorted(taxonomy().dimensions)


@given(st.data())
def test_likeness_is_symmetric_bounded_and_one_only_for_the_same_or_a_stated_one(data: st.DataObject) -> None:
    dimension = taxonomy().dimensions[data.draw(st.sampled_from(DIMENSIONS))]
    one, other = (data.draw(st.sampled_from(sorted(dimension.entries))) for _ in range(2))
    likeness = dimension.similarity(one, other)
    assert likeness == dimension.similarity(other, one)
    assert 0.0 <= likeness <= 1.0
    if one == other:
        assert likeness == 1.0


def test_every_id_is_safe_in_a_url_and_every_entry_has_both_labels() -> None:
    for dimension in taxonomy().dimensions.values():
        assert dimension.entries
        for entry in dimension.entries.values():
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.id), entry.id
            assert entry.labels["fr"].strip() and entry.labels["en"].strip(), entry.id


def test_the_dimensions_that_forms_use_exist() -> None:
    used = (
        "roles seniority genres tones universes stakes formats audiences development-stages tasks source-material "
        "rights-status work-modes regions languages contract-forms broadcasters"
    )
    assert set(used.split()) <= set(DIMENSIONS)


def test_an_id_is_known_in_its_own_dimension_only() -> None:
    words = taxonomy()
    assert words.knows("genres", "regional-crime")
    assert not words.knows("tones", "regional-crime")
    assert not words.knows("genres", "")
    assert not words.knows("genres", "REGIONAL-CRIME")


def test_labels_are_given_in_the_readers_language() -> None:
    words = taxonomy()
    assert words.label("roles", "literary-director", "fr") == "Directeur littéraire / directrice littéraire"
    assert words.label("roles", "literary-director", "en") == "Script editor (head of script)"


def test_what_is_served_is_the_file_that_is_used() -> None:
    assert document()["version"] == taxonomy().version
    assert set(document()["dimensions"]) == set(DIMENSIONS)
