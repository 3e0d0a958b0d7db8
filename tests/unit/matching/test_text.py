"""From French and English texts to comparable terms."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.matching.text import MAX_CHARACTERS, Reading, readings, surfaces, terms
from chalicelib.vocabulary.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ENQUÊTE", "enquete"),
        ("l’enquête", "l'enquete"),
        ("qu'Antoine", "Antoine"),
        ("jusqu’aube", "aube"),
        ("Cœur", "coeur"),
        ("gendarmes", "gendarme"),
        ("familles", "famille"),
        ("e\u0301cole", "école"),
    ],
)
def test_the_same_french_word_written_in_two_ways_is_one_term(one, other):
    assert terms(one, "fr") == terms(other, "fr") != []


def test_english_plurals_and_possessives_meet_their_noun():
    assert terms("the investigator’s secrets", "en") == terms("investigator secret", "en")


def test_small_words_elisions_and_punctuation_leave_no_term():
    assert terms("C’est à l’un de nous, n’est-ce pas ?! … — « » 🎬", "fr") == []
    assert terms("It is what it was.", "en") == []


def test_the_order_and_the_repeats_of_a_text_are_kept():
    assert terms("port, marin, port", "fr") == ["port", "marin", "port"]


def test_english_pasted_into_a_french_field_is_read_as_english():
    pasted = "A policewoman returns to the village where her father has been hiding the truth for years"

    assert terms(pasted, "fr") == terms(pasted, "en")


def test_other_scripts_and_unknown_languages_are_kept_as_words():
    assert terms("海 の 秘密 тайна", "ja") == ["秘密", "таина"]
    assert terms("Geheimnis der Familie", "de")[0] == "geheimnis"


def test_an_empty_text_has_no_term():
    assert terms("", "fr") == []
    assert surfaces("", "fr") == {}


def test_a_term_is_shown_by_the_word_that_the_text_uses_most():
    shown = surfaces("Des marins, un marin, des marins et l’île", "fr")

    assert sorted(shown.values()) == ["marins", "île"]


def test_a_megabyte_of_text_is_read_up_to_its_limit_and_quickly():
    began = time.perf_counter()
    found = terms("mot " * 262_144, "fr")

    assert len(found) == MAX_CHARACTERS // 4
    assert terms("x" * 1_048_576, "fr") == []
    assert time.perf_counter() - began < 1


def test_folding_leaves_lower_case_plain_letters():
    assert fold("L’ÉNIGME du Sacré-Cœur") == "l'enigme du sacre-coeur"


def test_the_same_story_reads_alike_in_french_and_in_english():
    french = {reading.term for reading in readings("Une capitaine de gendarmerie enquête sur un meurtre au port", "fr")}
    english = {reading.term for reading in readings("A police captain investigates a murder at the harbor", "en")}

    assert {"=capitaine", "=gendarme", "=enquête", "=meurtre", "=port"} <= french & english
    assert not set(terms("enquête, meurtre", "fr")) & french  # the meaning takes the place of the stem


@pytest.mark.parametrize("written", ["la fille de Jules", "l’exil d’Ulysse"])
def test_a_name_is_read_at_half_weight_beside_its_stem(written):
    found = readings(written, "fr")
    names = [reading for reading in found if reading.halves == 1]

    assert [name.term for name in names] == ["@" + names[0].word]
    assert terms(names[0].word, "fr")[0] in [reading.term for reading in found]


def test_the_first_word_is_not_taken_for_a_name():
    assert readings("Zarbi", "fr") == [Reading("zarb", 2, "zarbi")]


def test_a_name_meets_itself_in_the_other_language():
    french = {reading.term for reading in readings("Le retour d’Ulysse à Paris chez Jules", "fr")}

    assert {"@paris", "@jules"} <= french & {reading.term for reading in readings("In Paris with Jules’s son", "en")}


@settings(max_examples=20, deadline=None)
@given(written=st.text(max_size=200), language=st.sampled_from(("fr", "en", "de")))
def test_any_text_gives_terms_without_spaces_and_each_has_a_word_to_show(written, language):
    found = terms(written, language)

    assert all(term and not any(char.isspace() for char in term) for term in found)
    assert set(found) == set(surfaces(written, language))
    assert bool(found) == bool(readings(written, language))
