"""Numbers in titles, however they are written: figures, Roman numerals, French and English words.

    in_figures(["les", "quatre", "cents", "coups"]) -> ["les", "400", "coups"]

Words come folded (`vocabulary.folding`) and one by one. Ordinals count as their number: of "Part II", "2e partie" and
"deuxième partie" each says 2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TEENS = {
    "fr": "zero _ deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "en": "zero _ two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
}
_TENS = {
    "fr": "vingt trente quarante cinquante soixante septante _ nonante",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
_ORDINALS = {
    "fr": "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme "
    "treizieme quatorzieme quinzieme seizieme",
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth",
}
_HUNDREDS = frozenset({"cent", "cents", "hundred"})
_THOUSANDS = frozenset({"mille", "thousand"})
#: Numbers inside a number, articles elsewhere.
_ONES = frozenset({"un", "une", "one"})

_CARDINALS: dict[str, int] = {
    **{word: value for words in _TEENS.values() for value, word in enumerate(words.split()) if word != "_"},
    **{word: 10 * tens for words in _TENS.values() for tens, word in enumerate(words.split(), 2) if word != "_"},
    "vingts": 20,
}
_RANKS: dict[str, int] = {
    **{word: value for words in _ORDINALS.values() for value, word in enumerate(words.split(), 1)},
    "premiere": 1,
    "seconde": 2,
}

_FIGURES = re.compile(r"([0-9]{1,9})(?:e|er|re|ere|nd|nde|de|eme|ieme|st|rd|th)?")
#: To 39: beyond, a word in capitals is more likely ("mix", "dim", "cd").
_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


def number(word: str) -> int | None:
    """What one word says by itself: 2 for "2", "2e", "ii", "two" and "deuxieme"; None for a word that is no number.
    A single letter counts: "v" is 5."""
    figures = _FIGURES.fullmatch(word)
    if figures:
        return int(figures[1])
    if _ROMAN.fullmatch(word):
        return _roman(word)
    return 1 if word in _ONES else _CARDINALS.get(word, _RANKS.get(word))


def rank(word: str) -> int | None:
    """What an ordinal says: 2 for "2e", "second" and "deuxieme"; None for anything else, "deux" and "2" included."""
    return None if word.isdigit() or word in _CARDINALS or word in _ONES or _ROMAN.fullmatch(word) else number(word)


def in_figures(words: Sequence[str]) -> list[str]:
    """The words with every number in Arabic figures. A single letter is a numeral only at the end ("Rocky V", but
    "V for Vendetta"); "un", "une" only within a number or before 2, for elsewhere they are articles; "one" at the end
    is no number ("The Chosen One")."""
    found: list[str] = []
    place = 0
    while place < len(words):
        value, after = _spelled(words, place)
        if value is None:
            found.append(_alone(words, place))
            place += 1
        else:
            found.append(str(value))
            place = after
    return found


def _alone(words: Sequence[str], place: int) -> str:
    word = words[place]
    last = place == len(words) - 1
    if word in _ONES:
        counted = not last and (number(words[place + 1]) == 2 if word != "one" else True)
        return "1" if counted else word
    if len(word) == 1 and not word.isdigit() and (not last or place == 0):
        return word
    value = number(word)
    return word if value is None else str(value)


def _spelled(words: Sequence[str], place: int) -> tuple[int | None, int]:
    """A number in words that begins at this place, and the place after it: "quatre-vingt-treize" is one number,
    "deux trois" are two."""
    total = None
    while place < len(words):
        word = words[place]
        if total is not None and word in {"et", "and"} and place + 1 < len(words):
            joined = _joined(total, words[place + 1])
            if joined is None or words[place + 1] in _HUNDREDS | _THOUSANDS:
                break
            total, place = joined, place + 2
            continue
        joined = _joined(total, word)
        if joined is None:
            break
        total, place = joined, place + 1
    return total, place


def _joined(total: int | None, word: str) -> int | None:
    """What a number becomes by one word more; None where that word begins something else."""
    if word in _HUNDREDS:
        return 100 if total is None else total * 100 if 1 < total < 10 else None
    if word in _THOUSANDS:
        return 1000 if total is None else total * 1000 if total < 1000 else None
    if total is None:
        # Figures may begin a number that words end: "4 cents", "20 mille".
        return int(word) if re.fullmatch(r"[0-9]{1,9}", word) else _CARDINALS.get(word)
    value = 1 if word in _ONES else _CARDINALS.get(word)
    if value is None or value == 0:
        return None
    if total == 4 and value == 20:
        return 80
    room = (
        100 if total % 100 == 0 else 20 if total % 100 in (60, 80) else 10 if total % 100 in range(20, 100, 10) else 0
    )
    return total + value if total >= 20 and value < room else None


def _roman(word: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in word]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
