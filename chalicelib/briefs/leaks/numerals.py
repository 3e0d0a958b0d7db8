"""Numbers in names, however they are said: "20 000 Vies" and "Vingt mille vies", "Quai XIV", "3ème Étage", "112".

numerals(("vingt", "mille", "vies"))   -> Numeral(20000, ordinal=False, first=0, last=2)
said(3, ordinal=True)                  -> ("3e",), ("3rd",), ("troisieme",), ("third",), …
merged(reading)                        -> the words of a text, each number one word
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from chalicelib.briefs.leaks.numbers import cardinal, in_words, is_number, spoken
from chalicelib.briefs.leaks.reading import Reading, Word, bag


class Numeral(NamedTuple):
    """Words `first` to `last`, without the last, are a number."""

    value: int
    ordinal: bool
    first: int
    last: int


_SUFFIXES = bag("e eme ieme er ere re nd nde st rd th")
_FIGURES = re.compile(rf"(\d{{1,6}})({'|'.join(sorted(_SUFFIXES, key=len, reverse=True))})?")
#: Roman numbers that are no words and no initials.
_ROMAN_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_LARGEST_ROMAN = 39


def _roman(value: int) -> str:
    return "x" * (value // 10) + _ROMAN_UNITS[value % 10] if value <= _LARGEST_ROMAN else ""


@cache
def _romans() -> dict[str, int]:
    return {_roman(value): value for value in range(2, _LARGEST_ROMAN + 1) if len(_roman(value)) > 1}


@cache
def _ordinals() -> dict[str, str]:
    """The last word of an ordinal number in words, and that of its cardinal one."""
    found = {
        "premier": "un", "premiere": "un", "first": "one", "second": "two", "seconde": "deux", "third": "three",
        "fifth": "five", "eighth": "eight", "ninth": "nine", "twelfth": "twelve", "unieme": "un",
        "cinquieme": "cinq", "neuvieme": "neuf",
    }  # fmt: skip
    irregular = frozenset(found.values()) - {"deux"}
    for value in (*range(2, 21), *range(30, 101, 10), 1000):
        french, english = (told.split()[-1] for told in cardinal(value))
        if french not in irregular:
            found[f"{french.removesuffix('s' if value > 20 else '').removesuffix('e')}ieme"] = french
        if english not in irregular:
            found[f"{english[:-1]}ieth" if english.endswith("y") else f"{english}th"] = english
    return found


def numerals(words: Sequence[str]) -> Iterator[Numeral]:
    """From left to right, each as long as it can be."""
    at = 0
    while at < len(words):
        one = _numeral(words, at)
        if one:
            yield one
        at = one.last if one else at + 1


def _numeral(words: Sequence[str], at: int) -> Numeral | None:
    word = words[at]
    figures = _FIGURES.fullmatch(word)
    if figures:
        digits, last = figures[1], at + 1
        if figures[2]:
            return Numeral(int(digits), True, at, last)
        while len(digits) < 4 or last > at + 1:
            if last < len(words) and re.fullmatch(r"\d{3}", words[last]) and digits[0] != "0" and len(digits) < 7:
                digits, last = digits + words[last], last + 1
            else:
                break
        if last < len(words) and last == at + 1 and words[last] in _SUFFIXES and int(digits):
            return Numeral(int(digits), True, at, last + 1)
        return Numeral(int(digits), False, at, last)
    if word in _romans():
        return Numeral(_romans()[word], False, at, at + 1)
    return _in_words(words, at)


def _in_words(words: Sequence[str], at: int) -> Numeral | None:
    told: list[str] = []
    ends: list[int] = []
    place = at
    ordinal = False
    while place < len(words) and not ordinal:
        word = words[place]
        if word in ("et", "and") and told and place + 1 < len(words):
            place += 1
            word = words[place]
        ordinal = word in _ordinals()
        if not (ordinal or is_number(word)):
            break
        told.append(_ordinals().get(word, word))
        place += 1
        ends.append(place)
    read = spoken(told)
    if not read:
        return None
    count, value = read
    return Numeral(value, ordinal and count == len(told), at, ends[count - 1])


@lru_cache(maxsize=512)
def said(value: int, ordinal: bool) -> tuple[tuple[str, ...], ...]:
    """Every way to say it, as folded words: in figures, in Roman ones, in French and in English."""
    digits = str(value)
    if ordinal:
        suffixes = ["e", "eme", "ieme", _english_suffix(value)]
        suffixes += {1: ["er", "ere", "re"], 2: ["nd", "nde"]}.get(value, [])
        found: list[tuple[str, ...]] = [(digits + suffix,) for suffix in dict.fromkeys(suffixes)]
        if _roman(value) in _romans():
            found += [(_roman(value) + suffix,) for suffix in ("e", "eme")]
        found += {1: [("premier",), ("premiere",), ("first",)], 2: [("second",), ("seconde",)]}.get(value, [])
        turned = {told: word for word, told in _ordinals().items() if word not in ("premier", "premiere", "seconde")}
        for told in cardinal(value):
            *head, last = told.split()
            if last in turned and (value > 1 or head):
                found.append((*head, turned[last]))
        return tuple(dict.fromkeys(found))
    found = [(digits,)]
    if value > 9999:  # nobody groups the figures of a year
        found.append(tuple(f"{value:,}".split(",")))
    if _roman(value) in _romans():
        found.append((_roman(value),))
    found += [tuple(told.split()) for told in (*cardinal(value), *in_words(value))]
    for way in tuple(found):
        if way[:2] == ("one", "hundred") and len(way) > 2:
            found += [way[1:], ("hundred", "and", *way[2:])]
        for big in ("hundred", "thousand"):
            if big in way[1:-1] and "and" not in way:
                at = way.index(big) + 1
                found.append((*way[:at], "and", *way[at:]))
    found += [tuple(told.split()) for told in _digit_by_digit(value)]
    return tuple(dict.fromkeys(found))


def _digit_by_digit(value: int) -> Iterator[str]:
    """As rooms and years are said: "three oh nine", "one twelve", "nineteen oh seven"."""
    hundreds, rest = divmod(value, 100)
    if not 1 <= hundreds < 21 or hundreds == 10 or value == hundreds * 100:
        return
    head = cardinal(hundreds)[1]
    if rest < 10:
        yield from (f"{head} {zero} {cardinal(rest)[1]}" for zero in ("oh", "o", "zero", "nought"))
    elif hundreds < 10:
        yield f"{head} {cardinal(rest)[1]}"
        yield f"{head} {' '.join(cardinal(int(digit))[1] for digit in str(rest))}"
    if hundreds < 10:
        yield " ".join(cardinal(int(digit))[0] for digit in str(value))


def _english_suffix(value: int) -> str:
    return "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


#: What stands between the words of one number, and between its figures.
_WITHIN = re.compile(r"[\s-]{1,2}|,?\s(?:et|and)\s|-(?:et|and)-")
_THOUSANDS = re.compile(r"[\s.,']")
#: Signs whose name says more than they do.
_MEANT = {"√": "root", "∞": "infinite", "♥": "heart", "♡": "heart", "☀": "sun", "☾": "moon", "☽": "moon"}
#: What a sign's name says of how it looks rather than of what it shows.
_SHAPED = bag("face head sign symbol suit black white heavy with of and small large medium emoji mark variation")


#: Of how many words a number is at most: "quatre cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf".
_LONGEST = 14


def merged(reading: Reading) -> list[Word]:
    """The words of a text: a number of several is one, in figures ("25e" where it is an ordinal one), and signs that
    show something are what they show: "√", "🐺"."""
    found: list[Word] = []
    every = reading.words
    telling = [word.text for word in every]
    at = 0
    while at < len(every):
        here = telling[at : at + _LONGEST]
        one = _numeral(here, 0) if here[0][0].isdigit() or is_number(here[0]) else None
        while one and one.last > 1 and not _together(reading, every[at : at + one.last]):
            one = _numeral(here[: one.last - 1], 0)
        if one and one.last > 1:
            first, last = every[at], every[at + one.last - 1]
            text = f"{one.value}e" if one.ordinal else str(one.value)
            found.append(Word(text, first.at, last.end, first.capital, first.upper))
            at += one.last
        else:
            found.append(every[at])
            at += 1
    shown = list(_shown(reading))
    return sorted((*found, *shown), key=lambda word: (word.at, word.end)) if shown else found


def _together(reading: Reading, told: Sequence[Word]) -> bool:
    figures = told[0].text.isdigit()
    return all(
        (_THOUSANDS if figures else _WITHIN).fullmatch(reading.folded, one.end, other.at)
        or (other.text in ("et", "and") or one.text in ("et", "and"))
        for one, other in pairwise(told)
    )


def _shown(reading: Reading) -> Iterator[Word]:
    if reading.folded.isascii():
        return
    for place, char in enumerate(reading.folded):
        if char > "\x7f" and unicodedata.category(char) in ("So", "Sm"):
            shown = _MEANT.get(char, unicodedata.name(char, ""))
            for word in shown.casefold().replace("-", " ").split():
                if word not in _SHAPED:
                    yield Word(word, place, place + 1, True, False)
