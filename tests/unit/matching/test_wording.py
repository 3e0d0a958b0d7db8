"""Taxonomy entries inside a sentence."""

from datetime import date

import pytest

from chalicelib.matching.wording import day, forms, join, named, number, ordinal, phrase, title
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Bilingual

SPOKEN = (
    "roles",
    "formats",
    "genres",
    "tones",
    "universes",
    "stakes",
    "tasks",
    "source-material",
    "work-modes",
    "regions",
)


def test_the_file_of_forms_names_only_entries_that_exist():
    for dimension, entries in forms().items():
        assert set(entries) <= set(taxonomy().dimensions[dimension].entries), dimension
        assert all(set(form) <= {"fr", "en"} and all(form.values()) for form in entries.values())


@pytest.mark.parametrize("dimension", ["roles", "formats", "source-material", "work-modes", "regions"])
def test_what_needs_an_article_or_a_preposition_has_its_form_in_both_languages(dimension):
    for entry in taxonomy().dimensions[dimension].entries:
        assert set(forms()[dimension][entry]) == {"fr", "en"}, entry


@pytest.mark.parametrize("dimension", SPOKEN)
def test_every_entry_reads_as_running_text(dimension):
    for entry in taxonomy().dimensions[dimension].entries:
        said = phrase(taxonomy(), dimension, entry)
        for words in (said.fr, said.en):
            assert words.strip() == words != ""
            assert " / " not in words and "'" not in words


def test_a_trade_is_named_without_giving_anyone_a_gender():
    assert phrase(taxonomy(), "roles", "literary-director").fr == "direction littéraire"


def test_an_entry_that_left_the_taxonomy_is_still_readable():
    assert phrase(taxonomy(), "genres", "space-opera").fr == "space opera"


def test_lists_dates_counts_and_titles_are_written_as_each_language_does():
    a, b, c = (Bilingual(letter, letter) for letter in "abc")
    ou = Bilingual(" ou ", " or ")

    assert join([a, b, c], ou) == Bilingual("a, b ou c", "a, b or c")
    assert join([a], ou) == a
    assert day(date(2027, 8, 1)) == Bilingual("1er août 2027", "1 August 2027")
    assert number(2, a, Bilingual("ans", "years")) == Bilingual("2 ans", "2 years")
    assert number(1, a, b) == a
    assert title("Minuit: qui va là ?").fr == "«\u00a0Minuit\u202f: qui va là\u202f?\u00a0»"
    assert title("L'Été  d'après\n") == Bilingual("«\u00a0L’Été d’après\u00a0»", "“L’Été d’après”")


@pytest.mark.parametrize(
    ("dimension", "entry", "french", "english"),
    [
        ("tones", "gritty", "«\u00a0âpre\u00a0»", "“gritty”"),
        ("formats", "single-90", "«\u00a0unitaire 90′\u00a0»", "“90′ TV movie”"),
        ("languages", "en", "«\u00a0anglais\u00a0»", "“English”"),
        ("work-modes", "on-site", "«\u00a0sur site\u00a0»", "“on site”"),
        ("roles", "literary-director", "«\u00a0direction littéraire\u00a0»", "“script editing”"),
        ("universes", "middle-ages", "«\u00a0Moyen Âge\u00a0»", "“Middle Ages”"),
        ("universes", "overseas-france", "«\u00a0outre-mer\u00a0»", "“French overseas territories”"),
        ("tones", "no-such-tone", "«\u00a0no such tone\u00a0»", "“no such tone”"),
    ],
)
def test_an_entry_is_quoted_by_its_name(dimension, entry, french, english):
    assert named(taxonomy(), dimension, entry) == Bilingual(french, english)


def test_a_language_keeps_its_capital_in_english():
    assert phrase(taxonomy(), "languages", "de") == Bilingual("allemand", "German")


@pytest.mark.parametrize(
    ("place", "french", "english"),
    [
        (1, "1er", "1st"),
        (2, "2e", "2nd"),
        (3, "3e", "3rd"),
        (4, "4e", "4th"),
        (11, "11e", "11th"),
        (12, "12e", "12th"),
        (13, "13e", "13th"),
        (21, "21e", "21st"),
        (101, "101e", "101st"),
        (112, "112e", "112th"),
    ],
)
def test_a_rank_is_written_as_each_language_does(place, french, english):
    assert ordinal(place) == Bilingual(french, english)
