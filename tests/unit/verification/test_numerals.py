"""Numbers in titles, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.verification.numerals import in_figures, number, rank


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("les quatre cents marees", "les 400 marees"),
        ("les 4 cents marees", "les 400 marees"),
        ("quatre vingt treize", "93"),
        ("soixante dix sept", "77"),
        ("vingt et une marees", "21 marees"),
        ("vingt mille lieues", "20000 lieues"),
        ("mille et une nuits", "1001 nuits"),
        ("cent un phares", "101 phares"),
        ("twenty one tides", "21 tides"),
        ("two hundred tides", "200 tides"),
        ("deux trois", "2 3"),
        ("24 7", "24 7"),
        ("un deux trois soleil", "1 2 3 soleil"),
        ("un marin et une nuit", "un marin et une nuit"),
        ("the chosen one", "the chosen one"),
        ("one tide", "1 tide"),
        ("marin iv", "marin 4"),
        ("louis xiv", "louis 14"),
        ("marin v", "marin 5"),
        ("v for victory", "v for victory"),
        ("deuxieme partie", "2 partie"),
        ("2e partie", "2 partie"),
        ("the seventh tide", "the 7 tide"),
    ],
)
def test_numbers_become_figures(words: str, figures: str):
    assert in_figures(words.split()) == figures.split()


@pytest.mark.parametrize(
    ("word", "value"),
    [("2", 2), ("2nd", 2), ("1re", 1), ("ii", 2), ("xxxix", 39), ("two", 2), ("une", 1), ("mix", None), ("iiii", None)],
)
def test_one_word_is_a_number_or_not(word: str, value: int | None):
    assert number(word) == value


def test_only_ordinals_have_a_rank():
    assert [rank(word) for word in ("2e", "seconde", "third", "deux", "2", "ii", "un", "phare")] == [2, 2, 3] + [
        None
    ] * 5


@given(st.lists(st.one_of(st.text(min_size=1), st.sampled_from(["cent", "mille", "et", "un", "vingt", "4", "ix"]))))
def test_any_words_are_read_and_figures_stay_as_they_are(words: list[str]):
    figures = in_figures(words)
    assert len(figures) <= len(words)
    assert all(word in words or word.isdigit() for word in figures)
