"""What a version of the taxonomy may change of the one before, and how it is told."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.taxonomy.rules import (
    CLOSED_DIMENSIONS,
    PERMANENT_ENTRIES,
    Change,
    differences,
    problems,
    restored,
    whole,
)
from chalicelib.vocabulary.taxonomy import parse, shipped, shipped_document

BEFORE = whole(shipped_document())
NEW = {
    "id": "island-mystery",
    "labels": {"fr": "Mystère insulaire", "en": "Island mystery"},
    "synonyms": {"fr": [], "en": []},
    "parent": None,
    "related": [],
    "retired": False,
}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    document = copy.deepcopy(BEFORE)
    change(document["dimensions"])
    return document


def item(dimensions: dict[str, Any], dimension: str, entry: str) -> dict[str, Any]:
    return next(one for one in dimensions[dimension]["items"] if one["id"] == entry)


def codes(document: dict[str, Any]) -> dict[str, str]:
    return {one.pointer: one.code for one in problems(document, BEFORE)}


def test_what_is_in_force_is_right_and_the_same_as_itself() -> None:
    assert problems(BEFORE, BEFORE) == []
    assert differences(BEFORE, BEFORE) == []
    assert whole(BEFORE) == BEFORE


def test_what_is_made_whole_means_what_the_file_means() -> None:
    made = parse({**BEFORE, "version": "w"})
    for name, dimension in shipped().dimensions.items():
        for one in dimension.entries.values():
            again = made.dimensions[name].entries[one.id]
            assert (again.labels, again.parent, again.related) == (one.labels, one.parent, one.related)
            assert {language: words for language, words in again.synonyms.items() if words} == {
                language: words for language, words in one.synonyms.items() if words
            }


def test_what_the_code_names_is_in_the_file() -> None:
    assert set(shipped().dimensions) >= CLOSED_DIMENSIONS
    for dimension, entries in PERMANENT_ENTRIES.items():
        assert set(shipped().dimensions[dimension].entries) >= (entries or set())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda d: d.pop("tones"), {"/dimensions": "incomplete"}),
        (lambda d: d.update(moods=d["tones"]), {"/dimensions/moods": "no_new_dimension"}),
        (lambda d: d["tones"].update(multiple=False), {"/dimensions/tones/multiple": "fixed"}),
        (lambda d: d["stakes"]["items"].pop(3), {"/dimensions/stakes/items": "vanished"}),
        (lambda d: d["stakes"]["items"][1].update(id="gloomy"), {"/dimensions/stakes/items": "vanished"}),
        (lambda d: d["seniority"]["items"].append(NEW), {"/dimensions/seniority/items/3/id": "closed_dimension"}),
        (lambda d: d["work-modes"]["items"].append(NEW), {"/dimensions/work-modes/items/4/id": "closed_dimension"}),
        (lambda d: d["roles"]["items"][3].update(retired=True), {"/dimensions/roles/items/3/retired": "permanent"}),
        (
            lambda d: item(d, "source-material", "original").update(retired=True),
            {"/dimensions/source-material/items/0/retired": "permanent"},
        ),
        (
            lambda d: d["genres"]["items"][0].update(parent="nowhere"),
            {"/dimensions/genres/items/0/parent": "unknown_entry"},
        ),
        (lambda d: d["genres"]["items"][0].update(parent="crime"), {"/dimensions/genres/items/0/parent": "itself"}),
        (
            lambda d: (
                item(d, "genres", "crime").update(parent="noir"),
                item(d, "genres", "noir").update(parent="crime"),
            ),
            {"/dimensions/genres/items/0/parent": "circular", "/dimensions/genres/items/4/parent": "circular"},
        ),
        (
            lambda d: d["tones"]["items"][0].update(related=[{"id": "nowhere", "weight": 0.2}]),
            {"/dimensions/tones/items/0/related/0/id": "unknown_entry"},
        ),
        (
            lambda d: d["tones"]["items"][0].update(related=[{"id": "dark", "weight": 0.2}]),
            {"/dimensions/tones/items/0/related/0/id": "itself"},
        ),
        (
            lambda d: d["tones"]["items"][0].update(related=[{"id": "gritty", "weight": 0.2}] * 2),
            {"/dimensions/tones/items/0/related/1/id": "repeated"},
        ),
        (
            lambda d: d["tones"]["items"][1]["labels"].update(fr=d["tones"]["items"][0]["labels"]["fr"].upper()),
            {"/dimensions/tones/items/1/labels/fr": "same_label"},
        ),
        (
            lambda d: d["tones"].update(items=[{**one, "retired": True} for one in d["tones"]["items"]]),
            {"/dimensions/tones/items": "nothing_offered"},
        ),
    ],
)
def test_what_may_not_be_is_named_by_its_place(
    change: Callable[[dict[str, Any]], object], expected: dict[str, str]
) -> None:
    assert codes(changed(change)) == expected


def test_an_id_given_twice_is_named() -> None:
    document = changed(lambda d: d["tones"]["items"].append({**NEW, "id": "dark"}))
    assert codes(document) == {f"/dimensions/tones/items/{len(BEFORE['dimensions']['tones']['items'])}/id": "repeated"}


@pytest.mark.parametrize(
    ("change", "kind", "entry"),
    [
        (lambda d: d["genres"]["items"].append(NEW), "added", "island-mystery"),
        (lambda d: item(d, "genres", "noir").update(retired=True), "retired", "noir"),
        (lambda d: item(d, "genres", "noir").update(labels={"fr": "Roman noir", "en": "Noir"}), "renamed", "noir"),
        (lambda d: item(d, "genres", "noir").update(parent=None), "moved", "noir"),
        (lambda d: item(d, "genres", "noir").update(related=[{"id": "heist", "weight": 0.1}]), "related", "noir"),
        (lambda d: item(d, "genres", "noir").update(synonyms={"fr": ["très noir"], "en": []}), "synonyms", "noir"),
        (lambda d: d["genres"]["items"].reverse(), "reordered", ""),
        (lambda d: d["genres"].update(labels={"fr": "Genres narratifs", "en": "Genres"}), "renamed", ""),
        (lambda d: d["genres"].update(note="À relire."), "described", ""),
    ],
)
def test_each_change_is_right_and_told_as_one_thing(
    change: Callable[[dict[str, Any]], object], kind: str, entry: str
) -> None:
    after = changed(change)
    assert problems(after, BEFORE) == []
    [found] = differences(BEFORE, after)
    assert (found.kind, found.dimension, found.entry) == (kind, "genres", entry)


def test_the_order_of_neighbours_means_nothing() -> None:
    crime = item(BEFORE["dimensions"], "genres", "crime")
    after = changed(lambda d: item(d, "genres", "crime").update(related=list(reversed(crime["related"]))))
    assert differences(BEFORE, after) == []


def test_an_earlier_version_put_in_force_again_keeps_what_came_since_known_and_retired() -> None:
    since = changed(
        lambda d: (
            d["genres"]["items"].append(NEW),
            d["roles"]["items"].append({**NEW, "id": "story-editor"}),
            item(d, "genres", "noir").update(retired=True),
        )
    )
    again = restored(BEFORE, since)
    assert problems(again, since) == []
    assert differences(since, again) == [
        Change("restored", "genres", "noir", True, False),
        Change("retired", "genres", "island-mystery", False, True),
    ]
    # A role cannot be retired: it stays.
    assert item(again["dimensions"], "roles", "story-editor")["retired"] is False
