"""Words of a text that stand for those of a title or a name: inflected, in figures, shortened, translated.

groups(reading, meaning("Les Eaux dormantes"))   -> "the sleeping waters", "eau dormante", …
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from chalicelib.briefs.leaks import words
from chalicelib.briefs.leaks.disguises import name_words, shorter
from chalicelib.briefs.leaks.numbers import in_words
from chalicelib.briefs.leaks.reading import Reading, Word


class Meaning(NamedTuple):
    """`words` all of them; `telling` those that carry its meaning, each with the stems that stand for it in either
    language."""

    words: tuple[str, ...]
    telling: tuple[str, ...]
    own: tuple[frozenset[str], ...]
    translated: tuple[frozenset[str], ...]


class Group(NamedTuple):
    """Words of a text that follow each other and are words of the title."""

    found: tuple[Word, ...]
    covered: tuple[int, ...]
    foreign: bool


@lru_cache(maxsize=256)
def meaning(title: str) -> Meaning | None:
    every = name_words(title)
    if not every:
        return None
    telling = tuple(word for word in every if word not in words.FUNCTION_WORDS) or every
    return Meaning(
        every,
        telling,
        tuple(words.stems(word) | {word, *_numbers(word), *shorter(word)} for word in telling),
        tuple(_said_otherwise(word) for word in telling),
    )


def _said_otherwise(word: str) -> frozenset[str]:
    """The stems of its translations, and of what those are called in its own language: "daughter", "fille", "girl"."""
    other = words.translations(word)
    again = {back for told in other for back in words.translations(told)} - {word}
    return frozenset(stem for told in (*other, *again) for stem in words.stems(told)) - words.stems(word)


@lru_cache(maxsize=1024)
def _numbers(word: str) -> tuple[str, ...]:
    """A number of one word, in figures and in the words of either language."""
    values = [int(word)] if word.isdigit() and len(word) < 3 else []
    values = values or [value for value in range(21) if word in in_words(value)]
    return tuple(said for value in values for said in (str(value), *in_words(value)) if " " not in said)


def groups(reading: Reading, title: Meaning) -> Iterator[Group]:
    """In the order of the text, however few of the words they are."""
    found: list[Word] = []
    covered: list[int] = []
    foreign = False
    last = None
    for word in reading.words:
        if word.text in words.FUNCTION_WORDS and word.text not in title.telling:
            continue
        place, translated = _meant(word.text, title, covered)
        broken = last is not None and not _joined(reading, last, word)
        if place is None or broken or place in covered:
            if found:
                yield Group(tuple(found), tuple(covered), foreign)
            found, covered, foreign = [], [], False
        if place is not None:
            found.append(word)
            covered.append(place)
            foreign = foreign or translated
        last = word
    if found:
        yield Group(tuple(found), tuple(covered), foreign)


def _meant(word: str, title: Meaning, covered: list[int]) -> tuple[int | None, bool]:
    """Which word of the title a word is, and whether it is so in translation."""
    inflected = words.stems(word) | {word}
    repeated: int | None = None
    for place, own in enumerate(title.own):
        if place not in covered and consonants(word, title.telling[place]):
            return place, False
        if inflected & own and (
            word == title.telling[place]
            or title.telling[place].isdigit()
            or word in shorter(title.telling[place])
            or word.isdigit()
            or min(len(word), len(title.telling[place])) > 2
        ):
            if place not in covered:
                return place, False
            repeated = place
    for place, translated in enumerate(title.translated):
        if len(word) > 1 and inflected & translated and place not in covered:
            return place, True
    if len(word) >= 5 and word not in words.FUNCTION_WORDS:
        for place, own_word in enumerate(title.telling):
            if place not in covered and len(own_word) >= 5 and _cognates(own_word, word):
                return place, True
    return repeated, False


def consonants(said: str, word: str) -> bool:
    """Whether a word is written without its vowels: "ctrl" for "controle", "gd" for "grand"."""
    if len(said) < 2 or len(word) < len(said) + 2 or said[0] != word[0] or not said.isalpha() or set(said) & _VOWELS:
        return False
    rest = iter(word)
    return all(letter in rest for letter in said) and (len(said) > 2 or said[-1] == word[-1])


_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=4096)
def _cognates(one: str, other: str) -> bool:
    """ "mystere" and "mystery", "heritage" in both languages; "contrepoint" and "counterpoint"."""
    from rapidfuzz import fuzz

    if one[:2] != other[:2] or (one[:4] != other[:4] and min(len(one), len(other)) < 9):
        return False
    return bool(fuzz.ratio(one, other) >= 80)


def _joined(reading: Reading, one: Word, other: Word) -> bool:
    """Whether two words stand in one phrase, small words between them aside."""
    between = reading.folded[one.end : other.at]
    return len(between) < 24 and re.search(r"[.!?;:()\n\"]", between) is None
