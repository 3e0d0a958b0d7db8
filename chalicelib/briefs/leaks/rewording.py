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
from chalicelib.briefs.leaks.numerals import numerals, said
from chalicelib.briefs.leaks.reading import Reading, Word


class Meaning(NamedTuple):
    """`words` all of them; `telling` those that carry its meaning, each with the stems that stand for it in either
    language."""

    words: tuple[str, ...]
    telling: tuple[str, ...]
    own: tuple[frozenset[str], ...]
    translated: tuple[frozenset[str], ...]


class Variant(NamedTuple):
    """A name with an expression in the other language, and which of its telling words are that."""

    meaning: Meaning
    other: frozenset[int]


class Group(NamedTuple):
    """Words of a text that follow each other and are words of the title."""

    found: tuple[Word, ...]
    covered: tuple[int, ...]
    foreign: bool


#: Small words of one language that are nouns of the other, and what stands before those: "L'An II", "Poudre d'or".
_NOUNS_BEHIND = {
    "an": ("l", "un", "nouvel"), "or": ("d", "l"), "as": ("l", "d", "un", "les"),
    "son": ("the", "a", "my", "her", "his", "our", "your", "only", "first", "last", "second"),
}  # fmt: skip


@lru_cache(maxsize=256)
def meaning(title: str) -> Meaning | None:
    every = name_words(title)
    if not every:
        return None
    counted = _counted(every)
    telling = (
        tuple(
            word
            for at, word in enumerate(counted)
            if word not in words.FUNCTION_WORDS or (at and counted[at - 1] in _NOUNS_BEHIND.get(word, ()))
        )
        or counted
    )
    return Meaning(
        every,
        telling,
        tuple(words.stems(word) | {word, *_numbers(word), *shorter(word)} for word in telling),
        tuple(_said_otherwise(word) for word in telling),
    )


def _counted(name: tuple[str, ...]) -> tuple[str, ...]:
    """The words, a number of several as one: in figures, as `Reading.merged` has it."""
    found, at = [], 0
    for one in numerals(name):
        if one.last > one.first + 1:
            found += [*name[at : one.first], f"{one.value}e" if one.ordinal else str(one.value)]
            at = one.last
    return (*found, *name[at:])


@lru_cache(maxsize=256)
def variants(name: str) -> tuple[Variant, ...]:
    """What the name is where an expression in it has one of its own in the other language."""
    every = name_words(name)
    found = {
        " ".join((*every[:first], *other, *every[last:])): frozenset(other)
        for first in range(len(every))
        for last in range(first + 1, min(len(every), first + 5) + 1)
        for other in words.phrases(every[first:last])
    }
    return tuple(
        Variant(meant, frozenset(place for place, word in enumerate(meant.telling) if word in other))
        for said, other in found.items()
        if (meant := meaning(said))
    )


@lru_cache(maxsize=256)
def compound(title: Meaning) -> Meaning | None:
    """A name with its compounds in two words, which the other language has apart: "Saltwater", "Eau salée"."""
    parts = [_halves(word) or (word,) for word in title.words]
    return meaning(" ".join(word for part in parts for word in part)) if any(len(part) > 1 for part in parts) else None


@lru_cache(maxsize=4096)
def _halves(word: str) -> tuple[str, ...]:
    if len(word) < 7 or words.translations(word):
        return ()
    for at in range(3, len(word) - 2):
        if words.translations(word[:at]) and words.translations(word[at:]):
            return word[:at], word[at:]
    return ()


def _said_otherwise(word: str) -> frozenset[str]:
    """The stems of its translations, and of what those are called in its own language: "daughter", "fille", "girl"."""
    other = words.translations(word)
    again = {back for told in other for back in words.translations(told)} - {word}
    return frozenset(stem for told in (*other, *again) for stem in words.stems(told)) - words.stems(word)


@lru_cache(maxsize=1024)
def _numbers(word: str) -> tuple[str, ...]:
    """A number in every way that it is said in one word."""
    found = next(numerals((word,)), None)
    return tuple(told[0] for told in said(found.value, found.ordinal) if len(told) == 1) if found else ()


def groups(reading: Reading, title: Meaning) -> Iterator[Group]:
    """In the order of the text, however few of the words they are."""
    found: list[Word] = []
    covered: list[int] = []
    foreign = False
    last = None
    for word in reading.merged:
        small = word.text in words.FUNCTION_WORDS and word.text not in title.telling
        if small and not (word.text == "m" and word.capital and "monsieur" in title.telling):
            continue
        place, translated = _meant(word.text, title, covered)
        halves = _meant_in_halves(word.text, title) if place is None else ()
        broken = last is not None and not _joined(reading, last, word)
        if (place is None and not halves) or broken or place in covered or {*halves} & {*covered}:
            if found:
                yield Group(tuple(found), tuple(covered), foreign)
            found, covered, foreign = [], [], False
        if halves:
            found += [word, word]
            covered += halves
            foreign = True
        if place is not None:
            found.append(word)
            covered.append(place)
            foreign = foreign or translated
        last = word
    if found:
        yield Group(tuple(found), tuple(covered), foreign)


def _meant_in_halves(word: str, title: Meaning) -> tuple[int, ...]:
    """Which two words of the title a compound is: "Windmill" for "Moulin à vent"."""
    if len(title.telling) < 2:
        return ()
    places = [_meant(half, title, [])[0] for half in _halves(word)]
    told = tuple(place for place in places if place is not None)
    return told if len({*told}) == 2 else ()


def _meant(word: str, title: Meaning, covered: list[int]) -> tuple[int | None, bool]:
    """Which word of the title a word is, and whether it is so in translation."""
    inflected = words.stems(word) | {word}
    repeated: int | None = None
    for place, own in enumerate(title.own):
        if place not in covered and consonants(word, title.telling[place]):
            return place, False
        if inflected & own and (
            word == title.telling[place]
            or title.telling[place][0].isdigit()
            or word in shorter(title.telling[place])
            or word[0].isdigit()
            or min(len(word), len(title.telling[place])) > 2
        ):
            if place not in covered:
                return place, False
            repeated = place
    for place, telling in enumerate(title.telling):
        if place not in covered and clipped(word, telling):
            return place, False
    for place, translated in enumerate(title.translated):
        if len(word) > 1 and inflected & translated and place not in covered:
            return place, True
    if len(word) >= 5 and word not in words.FUNCTION_WORDS:
        for place, own_word in enumerate(title.telling):
            if place not in covered and len(own_word) >= 5 and _cognates(own_word, word):
                return place, True
    return repeated, False


def clipped(said: str, word: str) -> bool:
    """Whether a word is the beginning of a long one, and no word itself: "récré" for "récréation"."""
    return 3 < len(said) < len(word) - 2 and word.startswith(said) and said.isalpha() and not words.common(said)


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

    if one in words.places() or other in words.places():
        return False
    if one[:2] != other[:2] or (one[:4] != other[:4] and min(len(one), len(other)) < 9):
        return False
    return bool(fuzz.ratio(one, other) >= 80)


def _joined(reading: Reading, one: Word, other: Word) -> bool:
    """Whether two words stand in one phrase, small words between them aside."""
    between = reading.folded[one.end : other.at]
    if one.text in _ABBREVIATED:
        between = between.removeprefix(".")
    return len(between) < 24 and re.search(r"[.!?;:()\n\"]", between.replace(" m. ", " ")) is None


#: Words that are written with a dot behind.
_ABBREVIATED = frozenset({"m", "mr", "mme", "mlle", "mrs", "dr", "st", "ste", "prof", "capt", "sgt"})
