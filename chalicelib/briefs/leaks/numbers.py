"""Digits, however they are told: "06 12", "zéro six, douze", "oh six double one", "O6 l2", keycaps and full width.

runs(reading)                   -> stretches in which nothing but numbers follow each other
tellings(run, first, 14, leads) -> every way to understand the numbers from there on, as digits
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from chalicelib.briefs.leaks.reading import Reading

_UNITS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_FRENCH, _ENGLISH = (words.split() for words in _UNITS)
_SMALL = {word: value for words in (_FRENCH, _ENGLISH) for value, word in enumerate(words)} | {
    "une": 1,
    "oh": 0,
    "o": 0,
    "nought": 0,
    "naught": 0,
    "nil": 0,
}
_TENS = {
    word: value
    for words in (
        "vingt trente quarante cinquante soixante septante huitante nonante",
        "twenty thirty forty fifty sixty seventy eighty ninety",
    )
    for value, word in zip(range(20, 100, 10), words.split(), strict=True)
} | {"fourty": 40, "octante": 80, "vingts": 20}
_HUNDREDS = {"cent", "cents", "hundred"}
_THOUSANDS, _MILLIONS = {"mille", "thousand"}, {"million", "millions"}
_REPEATED = {"double": 2, "triple": 3}
_SPOKEN = {*_SMALL, *_TENS, *_HUNDREDS, *_THOUSANDS, *_MILLIONS, *_REPEATED}
#: Those that nobody uses for anything else.
_NUMBERS = frozenset({*_SPOKEN} - {*_REPEATED, "o", "oh", "nil"})
TENS = frozenset(_TENS)
NUMBER_WORDS = frozenset({*_SMALL, *_TENS, *_HUNDREDS} - {"o", "un", "une"})
#: "07 44 deux fois", "44 twice"
_TIMES = ("fois", "times")
_CONNECTORS = {
    "puis",
    "et",
    "and",
    "then",
    "ensuite",
    "tiret",
    "point",
    "dash",
    "dot",
    "espace",
    "space",
    "slash",
    "virgule",
}
_TOKEN = re.compile(r"(?<![a-z])[oil]{0,2}[0-9][0-9oil]*(?![a-z])|[0-9]+|[a-z]+")
_GAP = re.compile(r"[^a-z0-9]{0,6}")
_LETTERS = str.maketrans("oil", "011")


class Number(NamedTuple):
    """A token that is a number or a part of one."""

    text: str
    at: int
    end: int
    spoken: bool


class Telling(NamedTuple):
    """`digits` are those of `run[first:until]`, in `pieces` as they are grouped."""

    digits: str
    until: int
    pieces: tuple[int, ...]
    spoken: bool


def runs(reading: Reading) -> Iterator[list[Number]]:
    run: list[Number] = []
    linked = 0  # where the last number ended, connectors included
    for found in _TOKEN.finditer(reading.folded):
        text = found[0]
        digits = text[-1].isdigit() or any(char.isdigit() for char in text)
        if digits or text in _SPOKEN:
            if run and not _GAP.fullmatch(reading.folded, linked, found.start()):
                yield run
                run = []
            run.append(Number(text.translate(_LETTERS) if digits else text, found.start(), found.end(), not digits))
            linked = found.end()
        elif (again := _again(run, text)) and _GAP.fullmatch(reading.folded, linked, found.start()):
            if text in _TIMES:
                run.pop()
            run += [Number(run[-1].text, found.start(), found.end(), False)] * (again - 1)
            linked = found.end()
        elif run and text in _CONNECTORS and _GAP.fullmatch(reading.folded, linked, found.start()):
            linked = found.end()
        elif run:
            yield run
            run = []
    if run:
        yield run


def _again(run: list[Number], text: str) -> int:
    """How often a word says that the figures before it come; 0 for one that says nothing of the kind."""
    if text == "twice":
        return 2 if run and not run[-1].spoken else 0
    counted = text in _TIMES and len(run) > 1 and run[-1].spoken and not run[-2].spoken
    return {"deux": 2, "two": 2, "trois": 3, "three": 3}.get(run[-1].text, 0) if counted else 0


def tellings(run: list[Number], first: int, most: int, leads: Callable[[str], bool]) -> Iterator[Telling]:
    """Up to `most` digits, of which the first ones `leads` says may lead on to what is looked for: a long enumeration
    may be understood in very many ways."""
    waiting = [Telling("", first, (), False)]
    known = {("", first)}
    while waiting:
        told = waiting.pop()
        if told.digits:
            yield told
        for until, digits, spoken in _numerals(run, told.until):
            one = Telling(told.digits + digits, until, (*told.pieces, len(digits)), told.spoken or spoken)
            if len(one.digits) <= most and leads(one.digits) and (one.digits, until) not in known and len(known) < 400:
                known.add((one.digits, until))
                waiting.append(one)


def _numerals(run: list[Number], at: int) -> Iterator[tuple[int, str, bool]]:
    if at >= len(run):
        return
    number = run[at]
    if not number.spoken:
        yield at + 1, number.text, False
        return
    if number.text in _REPEATED:
        for until, digits, _ in _numerals(run, at + 1):
            if len(digits) == 1:
                yield until, digits * _REPEATED[number.text], True
        return
    for until, value in (*_hundreds(run, at), *_large(run, at)):
        yield until, str(value), True


def _large(run: list[Number], at: int) -> Iterator[tuple[int, int]]:
    """Thousands and millions: "deux millions huit cent mille douze"."""
    for until, millions in _hundreds(run, at):
        if _word(run, until) in _MILLIONS:
            yield until + 1, millions * 1_000_000
            for last, rest in (*_thousands(run, until + 1), *_hundreds(run, until + 1)):
                yield last, millions * 1_000_000 + rest
    yield from _thousands(run, at)


def _thousands(run: list[Number], at: int) -> Iterator[tuple[int, int]]:
    counts = [(at, 1)] if _word(run, at) in _THOUSANDS else list(_hundreds(run, at))
    for until, thousands in counts:
        if _word(run, until) in _THOUSANDS:
            yield until + 1, thousands * 1000
            for last, rest in _hundreds(run, until + 1):
                yield last, thousands * 1000 + rest


def _hundreds(run: list[Number], at: int) -> Iterator[tuple[int, int]]:
    yield from _below_hundred(run, at)
    word = _word(run, at)
    after, hundreds = (at + 1, 1) if word in _HUNDREDS else (at + 2, _SMALL.get(word, 0))
    if hundreds and hundreds < 10 and _word(run, after - 1) in _HUNDREDS:
        yield after, hundreds * 100
        for until, rest in _below_hundred(run, after):
            yield until, hundreds * 100 + rest


def _below_hundred(run: list[Number], at: int) -> Iterator[tuple[int, int]]:
    word = _word(run, at)
    if word in _SMALL:
        yield at + 1, _SMALL[word]
        if word == "dix" and _word(run, at + 1) in ("sept", "huit", "neuf"):
            yield at + 2, 10 + _SMALL[_word(run, at + 1)]
        if word == "quatre" and _word(run, at + 1) in ("vingt", "vingts"):
            yield at + 2, 80
            for until, rest in _below_twenty(run, at + 2):
                yield until, 80 + rest
    if word in _TENS:
        tens = _TENS[word]
        yield at + 1, tens
        if at + 1 < len(run) and not run[at + 1].spoken and re.fullmatch("[1-9]", run[at + 1].text):  # "trente4"
            yield at + 2, tens + int(run[at + 1].text)
        for until, rest in _below_twenty(run, at + 1):
            if 0 < rest < 10 or (word == "soixante" and rest):
                yield until, tens + rest


def _below_twenty(run: list[Number], at: int) -> Iterator[tuple[int, int]]:
    value = _SMALL.get(_word(run, at))
    if value:
        yield at + 1, value
        if value == 10 and _word(run, at + 1) in ("sept", "huit", "neuf"):
            yield at + 2, 10 + _SMALL[_word(run, at + 1)]


def _word(run: list[Number], at: int) -> str:
    return run[at].text if at < len(run) and run[at].spoken else ""


def is_number(word: str) -> bool:
    """Whether a folded word is a number or a part of one, in figures or in words."""
    return word.isdigit() or word in _NUMBERS


def spoken(told: list[str]) -> tuple[int, int] | None:
    """How many of the words, from the first on, are one number, as many as can be, and which; connectors left out."""
    run = [Number(word, place, place + 1, not word.isdigit()) for place, word in enumerate(told)]
    read = [(until, int(digits)) for until, digits, _ in _numerals(run, 0)]
    for until, hundreds in _below_hundred(run, 0):  # "nineteen eighty-four", "dix-neuf cent quatorze"
        if 10 < hundreds <= 20:
            more = until + (_word(run, until) in _HUNDREDS)
            read += [(more, hundreds * 100)] if more > until else []
            read += [(last, hundreds * 100 + rest) for last, rest in _below_hundred(run, more) if rest > 9]
    return max(read, default=None)


def cardinal(value: int) -> tuple[str, str]:
    """A number below a million as French and as English say it, folded and without hyphens."""
    return _french(value), _english(value)


@cache
def in_words(value: int) -> tuple[str, ...]:
    """A number up to 100, or a year, as French and English say it, folded and without hyphens."""
    if value == 100:
        return ("cent", "hundred")
    if value < 100:
        return cardinal(value)
    if not 1100 <= value < 2100:
        return ()
    hundreds, rest = divmod(value, 100)
    french, english = (f" {_french(rest)}", f" {_english(rest)}") if rest else ("", " hundred")
    if hundreds == 20:
        pairs = (f"vingt{french}",) if rest > 9 else ()
        return (f"deux mille{french}", *pairs, f"two thousand{english}" if rest else "two thousand", f"twenty{english}")
    thousand = "mille" if hundreds == 10 else f"mille {_french(hundreds - 10)} cent" if hundreds > 11 else "mille cent"
    return (f"{thousand}{french}", f"{_french(hundreds)} cent{french}", f"{_english(hundreds)}{english}")


def _french(value: int) -> str:
    if value > 999:
        head = "mille" if value < 2000 else f"{_french(value // 1000)} mille"
        return f"{head} {_french(value % 1000)}" if value % 1000 else head
    if value > 99:
        head = "cent" if value < 200 else f"{_FRENCH[value // 100]} cent{'' if value % 100 else 's'}"
        return f"{head} {_french(value % 100)}" if value % 100 else head
    if value < 17:
        return _FRENCH[value]
    if value < 20:
        return f"dix {_FRENCH[value - 10]}"
    tens = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 7: "soixante", 8: "quatre vingt"}
    name = tens.get(value // 10, "quatre vingt")
    rest = value % 20 if value >= 60 else value % 10
    if not rest:
        return f"{name}s" if value == 80 else name
    link = " et " if rest in (1, 11) and value < 80 else " "
    return f"{name}{link}{_french(rest)}"


def _english(value: int) -> str:
    if value > 999:
        head = f"{_english(value // 1000)} thousand"
        return f"{head} {_english(value % 1000)}" if value % 1000 else head
    if value > 99:
        head = f"{_ENGLISH[value // 100]} hundred"
        return f"{head} {_english(value % 100)}" if value % 100 else head
    if value < 20:
        return _ENGLISH[value]
    name = next(word for word, tens in _TENS.items() if tens == value // 10 * 10 and word.endswith("y"))
    return f"{name} {_ENGLISH[value % 10]}" if value % 10 else name
