"""Reasons: facts that can be derived again from the credits, in French and English as people write them."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from chalicelib.matching.reasons import reasons, summary
from chalicelib.matching.seats import JUNIOR_SEAT, RANK
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.unit.matching import examples
from tests.unit.matching.examples import ROLE, TODAY, brief, credit, distant_credit, junior, person, scored


def told(project, someone, why=RANK):
    return reasons(project, someone, why, scored(project, someone), taxonomy=taxonomy(), today=TODAY)


def french(project, someone, why=RANK):
    return [reason.text.fr.replace("\u202f", " ").replace("\u00a0", " ") for reason in told(project, someone, why)]


def english(project, someone, why=RANK):
    return [reason.text.en for reason in told(project, someone, why)]


def test_a_seat_is_explained_by_works_experience_and_availability():
    someone = person(credits=(credit("a"), credit("b", year=2020, format="series-52"), credit("c", year=2019)))

    assert french(brief(), someone) == [
        "3 crédits vérifiés en polar régional, dont un unitaire 90′ pour France 3 en 2024.",
        "En commun entre « Les Naufrageurs » (2024) et le projet : mer et littoral, secret de famille, ton sombre.",
        "12 ans vérifiés en direction littéraire, niveau senior.",
        "Disponible dès le 1er décembre 2026, à distance.",
    ]
    assert english(brief(), someone) == [
        "3 verified credits in regional crime, including a 90′ TV movie for France 3 in 2024.",
        "“Les Naufrageurs” (2024) and the project share: seaside, family secret, dark tone.",
        "12 verified years in script editing, senior level.",
        "Available from 1 December 2026, remotely.",
    ]


def test_a_single_credit_is_written_in_the_singular():
    someone = person(verified_years={ROLE: 1}, levels={ROLE: "mid"})

    said = french(brief(), someone)
    assert said[0] == "Un crédit vérifié en polar régional : un unitaire 90′ pour France 3 en 2024."
    assert said[2] == "Un an vérifié en direction littéraire, niveau intermédiaire."


def test_credits_in_another_function_are_told_apart():
    someone = person(credits=(credit("a"), credit("b", function="script-reader")))
    never = person(credits=(credit("a", function="script-reader"),))

    assert french(brief(), someone)[0].startswith(
        "2 crédits vérifiés en polar régional (un en direction littéraire), dont"
    )
    assert french(brief(), never)[0].endswith("en 2024, en lecture de scénarios.")


def test_an_adaptation_is_said_when_the_project_is_one_of_the_same_kind():
    someone = person(credits=(credit("a", source_material="novel"), credit("b", source_material="novel")))

    assert french(brief(source_material="novel"), someone)[0].endswith(
        "en 2024 ; 2 crédits vérifiés sur une adaptation de roman."
    )
    assert "adaptation" not in french(brief(source_material="original"), someone)[0]


def test_a_neighbouring_genre_is_called_a_neighbour():
    assert french(brief(), person(credits=(credit(genres=("whodunit",)),)))[0] == (
        "Un crédit vérifié dans un genre voisin (enquête à énigme) : un unitaire 90′ pour France 3 en 2024."
    )


def test_without_genre_in_common_the_tasks_done_are_told():
    someone = person(credits=(distant_credit("a", tasks=("script-notes",)),))

    assert french(brief(), someone)[0] == (
        "Mission demandée et déjà assurée sur « Bureau quatre » (2024) : notes et retours de versions."
    )


def test_a_work_without_broadcaster_names_none():
    for broadcaster in (None, "none-yet", "other-broadcaster"):
        said = french(brief(), person(credits=(credit(broadcaster=broadcaster),)))
        assert said[0] == "Un crédit vérifié en polar régional : un unitaire 90′ en 2024."


def test_a_junior_seat_says_that_it_is_one_and_what_is_verified():
    assert french(brief(), junior(), JUNIOR_SEAT)[0] == (
        "Place réservée à un profil junior : parcours vérifié, pas encore de crédit vérifié en direction littéraire."
    )
    beginner = junior(credits=(credit(),), verification="partly_verified")
    assert french(brief(), beginner)[2] == (
        "Profil junior : parcours vérifié en partie, un crédit vérifié en direction littéraire."
    )
    assert french(brief(), junior(verified_years={ROLE: 2}))[0] == (
        "Profil junior : parcours vérifié, 2 ans vérifiés en direction littéraire."
    )


def test_what_a_junior_without_verified_work_declares_is_called_declared():
    someone = junior(specialities={"genres": ("regional-crime",), "stakes": ("family-secret",)})

    assert (
        french(brief(), someone)[0] == "Spécialités déclarées, communes au projet : polar régional, secret de famille."
    )
    assert english(brief(), someone)[0] == (
        "Declared specialities, shared with the project: regional crime, family secret."
    )


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ((date(2026, 1, 1), None), "Disponible dès maintenant, à distance."),
        (
            (date(2026, 1, 1), date(2027, 3, 1)),
            "Disponible dès maintenant et jusqu’au 1er mars 2027, à distance.",
        ),
        (
            (date(2027, 1, 4), date(2027, 8, 31)),
            "Disponible dès le 4 janvier 2027 et jusqu’au 31 août 2027, à distance.",
        ),
    ],
)
def test_availability_is_told_by_its_dates(window, said):
    assert french(brief(), person(availability=(window,)))[-1] == said


def test_the_place_is_told_when_the_project_asks_for_presence():
    someone = person(work_modes=("on-site", "hybrid", "remote"), region="hauts-de-france")

    assert french(brief(working_mode="hybrid"), someone)[-1] == (
        "Disponible dès le 1er décembre 2026, à distance, en hybride ou sur site, dans les Hauts-de-France."
    )


def test_two_tones_agree_in_number():
    project = brief(tones=("dark", "tense"))

    assert "tons sombre et tendu" in french(project, person(credits=(credit(tones=("tense", "dark")),)))[1]


@settings(max_examples=20, deadline=None)
@given(project=examples.briefs, someone=examples.people)
def test_every_fact_in_a_sentence_is_true_of_the_verified_credits(project, someone):
    verified = {work.credit_id: work for work in someone.credits if work.verification > 0}

    for reason in told(project, someone):
        facts = reason.facts
        if reason.code in ("genre_credits", "related_genre_credits"):
            assert (
                set(facts["credit_ids"]) == {key for key, work in verified.items() if facts["genre"] in work.genres}
                and facts["count"] == len(facts["credit_ids"]) > 0
            )
            assert (facts["genre"] in project.genres) == (reason.code == "genre_credits")
            assert facts["in_role"] == sum(verified[key].function == ROLE for key in facts["credit_ids"])
            example = verified[facts["example"]]
            assert facts["genre"] in example.genres
            assert f"en {example.year}" in reason.text.fr and f"in {example.year}" in reason.text.en
            assert all(verified[key].source_material == project.source_material for key in facts["adaptations"])
        elif reason.code in ("common_ground", "tasks"):
            work = verified[facts["credit_id"]]
            assert facts["entries"]
            for entry in facts["entries"]:
                dimension, name = entry.split("/")
                assert name in getattr(work, dimension) and name in getattr(project, dimension)
        elif reason.code == "declared":
            assert not verified
            for entry in facts["entries"]:
                dimension, name = entry.split("/")
                assert name in someone.specialities[dimension] and name in getattr(project, dimension)
        elif reason.code in ("level", "junior"):
            assert facts["level"] == someone.levels.get(ROLE, "junior")
            assert facts["years"] == someone.verified_years.get(ROLE, 0)
            assert facts["credits"] == sum(work.function == ROLE for work in verified.values())
        else:
            assert reason.code == "availability"
            assert (
                date.fromisoformat(facts["from"]),
                facts["until"] and date.fromisoformat(facts["until"]),
            ) in (someone.availability)
            assert set(facts["modes"]) <= set(someone.work_modes)


@settings(max_examples=20, deadline=None)
@given(project=examples.briefs, someone=examples.people)
def test_there_are_two_to_four_sentences_well_set_in_both_languages(project, someone):
    said = told(project, someone)

    assert 2 <= len(said) <= 4
    for reason in said:
        for sentence in (reason.text.fr, reason.text.en):
            assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == "“"
            assert sentence.endswith(".") and "'" not in sentence
            assert "  " not in sentence and " ," not in sentence and "None" not in sentence
        assert not re.search(r"(?<![\u202f;:!?])[;:!?]+(?=\s|$)", reason.text.fr)
        assert not re.search(r"«(?!\u00a0)|(?<!\u00a0)»", reason.text.fr)


@settings(max_examples=20, deadline=None)
@given(project=examples.briefs, someone=examples.people, another=examples.credits)
def test_a_credit_that_nobody_has_checked_is_in_no_sentence(project, someone, another):
    unchecked = replace(another, verification=0, title="Jamais vérifié", broadcaster="tf1")
    longer = replace(someone, credits=(*someone.credits, unchecked))

    assert told(project, longer) == told(project, someone)


def test_a_reason_is_stored_with_both_languages_and_its_facts():
    stored = told(brief(), person())[0].to_item()

    assert stored["code"] == "genre_credits"
    assert set(stored["text"]) == {"fr", "en"}
    assert stored["facts"]["credit_ids"] == ["c1"]


def test_the_summary_says_that_a_tone_is_one() -> None:
    project = brief(genres=(), universes=(), stakes=(), tones=("dark",), logline={})
    someone = person(credits=(credit("a", title="La Criée"),))
    told = summary(someone, scored(project, someone), taxonomy=taxonomy())
    assert told.fr.replace("\u00a0", " ").replace("\u202f", " ") == (
        "« La Criée » (2024) a décidé ; en commun avec le projet : ton sombre."
    )
    assert told.en == "“La Criée” (2024) decided; shared with the project: dark tone."
