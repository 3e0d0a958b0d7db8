"""The French and English words of stories that mean the same."""

import json

import pytest

from chalicelib.matching import lexicon, text
from chalicelib.matching.lexicon import FILE, SOURCE, compiled, concepts, rows
from chalicelib.vocabulary.folding import fold


def test_the_compiled_file_is_made_from_the_source():
    assert json.loads(FILE.read_text(encoding="utf-8")) == compiled()


def test_the_source_is_sorted_and_no_meaning_is_named_twice():
    heads = [french[0] for french, _ in rows()]

    assert heads == sorted(heads, key=lambda head: (fold(head), head))
    assert len(heads) == len(set(heads))


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("enquêtrice", "investigator"),
        ("meurtres", "murder"),
        ("gendarmerie", "police"),
        ("lycéennes", "school"),
        ("infirmière", "nurses"),
        ("procès", "trial"),
        ("héritiers", "heir"),
        ("maire", "mayor"),
        ("vignoble", "vineyard"),
        ("disparition", "missing"),
    ],
)
def test_a_french_and_an_english_word_of_the_same_meaning_meet(french, english):
    meanings = {reading.term for reading in text.readings(french, "fr")}

    assert meanings & {reading.term for reading in text.readings(english, "en")}


def test_a_word_as_written_comes_before_its_stem():
    assert concepts("mere", "mer", "fr") == ("=maternel",)
    assert concepts("mer", "mer", "fr") == ("=mer",)
    assert set(concepts("mers", "mer", "fr")) == {"=maternel", "=mer"}


def test_an_unknown_word_and_an_unknown_language_mean_nothing_shared():
    assert concepts("zarbi", "zarb", "fr") == ()
    assert concepts("murder", "murder", "de") == ()


@pytest.mark.parametrize("line", ["meurtre murder", "meurtre\t", "\tmurder"])
def test_a_line_without_both_languages_is_refused_by_its_number(line, tmp_path, monkeypatch):
    source = tmp_path / SOURCE.name
    source.write_text(f"ami\tfriend\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "SOURCE", source)

    with pytest.raises(ValueError, match="line 2"):
        rows()


@pytest.mark.parametrize("words", ["grand-père\tgrandfather", "elle\tshe"])
def test_a_stop_word_or_several_words_in_one_are_refused_by_name(words, tmp_path, monkeypatch):
    source = tmp_path / SOURCE.name
    source.write_text(f"{words}\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "SOURCE", source)

    with pytest.raises(ValueError, match=words.split("\t")[0]):
        compiled()
