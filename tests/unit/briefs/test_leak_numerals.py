"""Numbers in names, in every way that they are said."""

from __future__ import annotations

import pytest

from chalicelib.briefs.leaks.disguises import name_words, sightings
from chalicelib.briefs.leaks.numerals import Numeral, merged, numerals, said
from chalicelib.briefs.leaks.reading import read
from chalicelib.briefs.leaks.rewording import groups, meaning, variants


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Vingt mille vies", Numeral(20000, False, 0, 2)),
        ("20 000 Lives", Numeral(20000, False, 0, 2)),
        ("Quai XIV", Numeral(14, False, 1, 2)),
        ("2nd Souffle", Numeral(2, True, 0, 2)),
        ("Troisième Étage", Numeral(3, True, 0, 1)),
        ("La Vingt-Cinquième Heure", Numeral(25, True, 1, 3)),
        ("The Twenty-First Floor", Numeral(21, True, 1, 3)),
        ("Soixante et onze", Numeral(71, False, 0, 3)),
        ("Quatre-vingt-dix-neuf francs", Numeral(99, False, 0, 4)),
        ("A Hundred and Twelve", Numeral(112, False, 1, 4)),
        ("Nineteen Eighty-Four", Numeral(1984, False, 0, 3)),
        ("Mille neuf cent trente-six", Numeral(1936, False, 0, 5)),
    ],
)
def test_a_number_is_read_whole(name: str, told: Numeral):
    assert list(numerals(name_words(name))) == [told]


def test_words_that_are_none_are_none():
    assert list(numerals(name_words("Le Mix civil de la ville"))) == []


@pytest.mark.parametrize(
    ("number", "ways"),
    [
        ((48, False), {("48",), ("quarante", "huit"), ("forty", "eight")}),
        ((14, False), {("14",), ("xiv",), ("quatorze",), ("fourteen",)}),
        ((20000, False), {("20000",), ("20", "000"), ("vingt", "mille"), ("twenty", "thousand")}),
        ((2001, False), {("2001",), ("deux", "mille", "un"), ("two", "thousand", "and", "one")}),
        ((406, False), {("406",), ("four", "oh", "six"), ("four", "zero", "six"), ("quatre", "zero", "six")}),
        ((1904, False), {("nineteen", "oh", "four"), ("dix", "neuf", "cent", "quatre")}),
        ((1, True), {("1er",), ("1re",), ("premier",), ("premiere",), ("1st",), ("first",)}),
        ((2, True), {("2e",), ("2nd",), ("second",), ("seconde",), ("deuxieme",)}),
        ((5, True), {("5e",), ("5eme",), ("5th",), ("cinquieme",), ("fifth",)}),
        ((22, True), {("22nd",), ("vingt", "deuxieme"), ("twenty", "second"), ("xxiie",)}),
        ((80, True), {("80th",), ("quatre", "vingtieme"), ("eightieth",)}),
    ],
)
def test_a_number_is_said_in_every_way(number: tuple[int, bool], ways: set[tuple[str, ...]]):
    assert ways <= {*said(*number)}


def test_figures_of_a_year_are_not_grouped_and_no_way_is_said_wrongly():
    assert ("2", "001") not in said(2001, False)
    assert not {("fiveth",), ("cinqieme",), ("twoth",), ("neufieme",), ("unieme",)} & {
        way for value in range(1, 31) for way in said(value, True)
    }


def test_a_text_has_each_number_and_each_sign_as_one_word():
    told = [
        word.text for word in merged(read("Vingt-quatre tours, 20 000 vies, la vingt-cinquième ; √ Carrée, 🐺 Films"))
    ]
    assert told == ["24", "tours", "20000", "vies", "la", "25e", "root", "carree", "wolf", "films"]


def test_numbers_beside_each_other_stay_apart():
    assert [word.text for word in merged(read("deux, trois cents ; 3 et 4 ; one, two"))] == [
        "deux", "300", "3", "et", "4", "one", "two",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Second Souffle", "2nd Souffle"),
        ("Second Souffle", "2e souffle"),
        ("Le Troisième Étage", "le 3ème étage"),
        ("Quai 14", "Quai XIV"),
        ("Quarante-Huit", "Forty-Eight"),
        ("Vingt Mille Vies", "20 000 Vies"),
        ("Cent douze", "112"),
        ("Deux Mille Un", "Two Thousand and One"),
    ],
)
def test_a_name_is_sighted_with_its_number_said_otherwise(name: str, text: str):
    words = name_words(name)
    spelling = words[1:] if words[0] == "le" else words
    assert [text[one.start : one.end].casefold() for one in sightings(read(text), spelling)] == [
        text.casefold().removeprefix("le ")
    ]


def test_figures_that_only_lie_side_by_side_are_no_number_of_a_name():
    assert list(sightings(read("1, 12 pages"), ("cent", "douze"))) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Cinquième Saison", "Fifth Season"),
        ("Vingt-quatre tours", "Twenty-Four Laps"),
        ("Vingt Mille Vies", "20,000 Lives"),
        ("Fontaine-aux-Loups", "Wolves' Fountain"),
        ("Personne ne dort", "Nobody sleeps"),
        ("Ce que le feu a laissé", "What the fire left"),
        ("Moulin à vent", "Windmill"),
        ("Racine Carrée", "√ Carrée"),
        ("La Récréation", "Récré"),
        ("Le Donneur anonyme", "Anonymous Donor"),
    ],
)
def test_a_name_is_whole_in_the_other_language_in_another_form_or_shortened(name: str, text: str):
    meant = meaning(name)
    assert meant
    assert [len(group.covered) for group in groups(read(text), meant)] == [len(meant.telling)]


@pytest.mark.parametrize(
    ("name", "text"),
    [("Les Mains libres", "Hands-Free"), ("Ver luisant", "Glowworm"), ("Homme à la mer", "Man overboard")],
)
def test_an_expression_is_translated_as_a_whole(name: str, text: str):
    told = [
        group for one in variants(name) for group in groups(read(text), one.meaning) if one.other <= {*group.covered}
    ]
    assert told
