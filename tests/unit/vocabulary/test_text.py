"""Sentences in both languages, with the spaces that French is printed with."""

from __future__ import annotations

import pytest

from chalicelib.vocabulary.text import Bilingual, typeset

PRINTED = {
    "Il manque : une date ; un titre !": "Il manque\u202f: une date\u202f; un titre\u202f!",
    "« Marée haute » est en ligne ?": "«\u00a0Marée haute\u00a0» est en ligne\u202f?",
    "À 10:30, sur https://plot-point.test/?page=2": "À 10:30, sur https://plot-point.test/?page=2",
}


@pytest.mark.parametrize("typed", PRINTED)
def test_french_is_printed_with_its_own_spaces_however_often(typed: str) -> None:
    assert typeset(typed) == PRINTED[typed] == typeset(PRINTED[typed])


def test_a_sentence_is_typeset_with_what_fills_it_and_the_english_stays_as_it_is() -> None:
    sentence = Bilingual("Valeurs possibles : {choices}.", "Possible values : {choices}.").format(choices="« a »")
    assert sentence.fr == "Valeurs possibles\u202f: «\u00a0a\u00a0»."
    assert sentence.en == "Possible values : « a »."
