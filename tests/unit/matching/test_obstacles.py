"""Hard rules in words, and a person for whom each is lifted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.matching.eligibility import obstacle
from chalicelib.matching.obstacles import lifted, obstacles, to_freelancer, to_producer
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.unit.matching import examples
from tests.unit.matching.examples import TODAY, brief, person


@settings(max_examples=40, deadline=None)
@given(
    project=examples.briefs,
    someone=examples.people,
    roles=st.sampled_from(((), ("script-reader",))),
    status=st.sampled_from(("draft", "submitted", "verified")),
    paused=st.booleans(),
    languages=st.sampled_from(((), ("en",), ("fr",))),
)
def test_lifting_every_obstacle_one_by_one_leaves_none(
    project: BriefSnapshot,
    someone: CandidateSnapshot,
    roles: tuple[str, ...],
    status: str,
    paused: bool,
    languages: tuple[str, ...],
) -> None:
    changes = {"roles": roles, "verification": status, "paused": paused, "languages": languages}
    someone = person("p", **changes, availability=someone.availability[:1])
    found = obstacles(project, someone, TODAY)
    assert len({one.code for one in found}) == len(found)
    for one in found:
        assert obstacle(project, someone, TODAY) == one
        someone = lifted(someone, one, project, TODAY)
    assert obstacle(project, someone, TODAY) is None


@pytest.mark.parametrize(
    ("changes", "producer", "freelancer"),
    [
        ({"roles": ("script-reader",)}, "métier recherché : direction littéraire.", "Ajoutez-le à votre profil"),
        ({"languages": ("en",)}, "absente du profil : français.", "n’a pas : français. Ajoutez-la"),
        (
            {"availability": ((date(2028, 1, 1), None),)},
            "Aucune disponibilité entre le 1er décembre 2026 et le 19 mai 2027",
            "Le travail commence entre le 1er décembre 2026 et le 19 mai 2027",
        ),
        ({"verification": "submitted"}, "n’est pas vérifié", "attend sa vérification"),
        ({"verification": "draft"}, "n’est pas vérifié", "Demandez sa vérification"),
        (
            {"paused": True},
            "ne souhaite pas être proposée en ce moment",
            "Votre profil est en pause : il n’est proposé",
        ),
    ],
)
def test_each_obstacle_is_told_to_both_sides(changes: dict[str, Any], producer: str, freelancer: str) -> None:
    [one] = obstacles(brief(), person(**changes), TODAY)
    for said, expected in ((to_producer(one, taxonomy()), producer), (to_freelancer(one, taxonomy()), freelancer)):
        assert expected in said.fr.replace("\u202f", " ")
        assert said.en.endswith(".") and said.en != said.fr


def test_a_project_with_one_day_to_start_on_names_that_day() -> None:
    short = brief(deadline=TODAY, start_from=TODAY, start_until=TODAY)
    [one] = obstacles(short, person(availability=()), TODAY)
    assert "commence le 23 novembre 2026," in to_freelancer(one, taxonomy()).fr
    assert "starts on 23 November 2026," in to_freelancer(one, taxonomy()).en
