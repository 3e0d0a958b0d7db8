"""The published weights: the file is whole, and a wrong one is refused with the place named."""

import copy
import json

import pytest

from chalicelib.matching.weights import CRITERIA, FILE, TOTAL, WeightsError, document, parse, weights


def test_the_weights_in_force_cover_every_criterion_and_sum_to_a_hundred():
    assert tuple(weights().criteria) == CRITERIA
    assert sum(weights().criteria.values()) == 100


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("criteria", "genre", "weight"), 50, "sum to 100"),
        (("criteria", "genre", "weight"), 13.0, "criteria/genre/weight"),
        (("criteria", "genre", "weight"), -1, "criteria/genre/weight"),
        (("criteria", "tone", "labels"), {"fr": "Ton"}, "criteria/tone/labels"),
        (("criteria", "tone", "explanation"), {"fr": "Le ton.", "en": " "}, "criteria/tone/explanation"),
        (("parameters", "junior_seats"), 0, "junior_seats"),
        (("parameters", "junior_seats"), 9, "junior_seats"),
        (("parameters", "near_tie_percent"), 50, "near_tie_percent"),
        (("parameters", "stage_percent"), 20, "do not sum to 100"),
        (("parameters", "half_life_years"), 0, "half_life_years"),
        (("parameters", "verification_percent"), {"1": 20, "2": True, "3": 100}, "verification_percent/2"),
        (("never_counts",), [{"id": "name", "fr": "Le nom."}], "never_counts/name"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_and_the_place_is_named(path, value, named):
    wrong = copy.deepcopy(document())
    place = wrong
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(WeightsError, match=named):
        parse(wrong)


def test_a_criterion_missing_from_the_file_is_refused():
    wrong = copy.deepcopy(document())
    del wrong["criteria"]["recency"]

    with pytest.raises(WeightsError, match="recency"):
        parse(wrong)


def test_the_weight_of_what_a_project_does_not_say_is_shared_among_the_rest():
    maxima = weights().maxima(frozenset(CRITERIA) - {"tone", "universe"})

    assert maxima["tone"] == maxima["universe"] == 0
    assert sum(maxima.values()) == TOTAL
    assert maxima["genre"] > weights().criteria["genre"] * 100


def test_a_project_that_says_nothing_gives_no_points_at_all():
    assert sum(weights().maxima(frozenset()).values()) == 0


def test_the_public_document_is_typographically_french_and_has_no_straight_apostrophe():
    assert "'" not in json.dumps(document(), ensure_ascii=False)


def test_every_parameter_that_is_published_is_one_that_the_computation_reads():
    sources = FILE.parent.glob("*.py")
    read = "".join(source.read_text(encoding="utf-8") for source in sources if source.stem != "weights")
    assert [name for name in document()["parameters"] if f'"{name}"' not in read] == []
