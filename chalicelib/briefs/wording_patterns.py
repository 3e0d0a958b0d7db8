"""The small language in which the wording rules are written, so that a jurist can read them.

A pattern is words in folded letters ("moins de # ans"); it matches whole words of a folded text.

    space   one or more blanks or hyphens
    …       up to four words more, past a comma too
    #       an adult's age, 20 to 69, in figures or words
    word*   any ending of the word
    ^       the beginning of a sentence
    @name   a macro: a list of words that several patterns share
    ( | )   choices, `?` after a letter or a choice makes it optional, [ ] a set of letters
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

_GAP = r"[\s\-]+"
#: A word may hide behind an elided one: "sous réserve de l'obtention".
_WORDS = r"(?:[^\s.;:!?()]+[\s\-]+){0,4}?(?:[a-z]{1,2}')?"
_GAP_OR_COMMA = r",?[\s\-]+"
_AGE = (
    r"(?:[2-6][0-9](?![0-9])|(?:vingt|trente|quarante|cinquante|soixante)(?:[\s\-]+(?:et[\s\-]+un|deux|trois|quatre|cinq|six|"
    r"sept|huit|neuf))?|(?:twenty|thirty|forty|fifty|sixty)(?:[\s\-]+(?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_STARTS = r"(?<![a-z0-9])"
#: A pattern may end on an apostrophe, which is followed by a letter.
_ENDS = r"(?:(?<=[^a-z0-9])|(?![a-z0-9]))"
_MACRO = re.compile(r"@([a-z]+)")
_MINIMUM = 3
#: How far, in letters, a match may reach from a word that it needs: eight words and more.
_REACH = 160


class Pattern:
    """One pattern. It is compiled when a text first holds one of the words without which it cannot match: most of them
    never are."""

    def __init__(self, source: str, macros: Mapping[str, str]) -> None:
        #: Only at the beginning of a sentence.
        self.opens_sentence = source.startswith("^")
        self._source = _MACRO.sub(lambda found: macros[found[1]], source.removeprefix("^"))
        self._needed = needed_words(self._source)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(_STARTS + f"(?:{translated(self._source)})" + _ENDS)

    @cached_property
    def _closing(self) -> re.Pattern[str]:
        return re.compile(_STARTS + f"(?:{translated(self._source)})" + r"[\s\-,]*\Z")

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        return re.compile(r"[\s\-,]*" + _STARTS + f"(?:{translated(self._source)})" + _ENDS)

    def possible(self, text: str) -> bool:
        """False when nothing in the folded text can match."""
        return not self._needed or any(word in text for word in self._needed)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it matches, from left to right."""
        for start, end in self._regions(text):
            for found in self._compiled.finditer(text, start, end):
                yield found.span()

    def _regions(self, text: str) -> Iterator[tuple[int, int]]:
        """The stretches of the text around the words that it needs: all a long text has to be read for."""
        if not self._needed:
            yield 0, len(text)
            return
        start = end = -1
        for place in sorted(_places(text, self._needed)):
            if place - _REACH > end:
                if end >= 0:
                    yield start, _word_end(text, end)
                start = max(0, place - _REACH)
            end = place + _REACH
        if end >= 0:
            yield start, _word_end(text, end)

    def at(self, text: str, start: int) -> int | None:
        """Where a match that begins at `start` ends; None without one."""
        found = self._compiled.match(text, start)
        return found.end() if found else None

    def ends(self, text: str) -> bool:
        """Whether the text ends with it."""
        return self.possible(text) and self._closing.search(text) is not None

    def opens(self, text: str) -> bool:
        """Whether the text begins with it."""
        return self.possible(text) and self._opening.match(text) is not None


def _places(text: str, words: Iterable[str]) -> Iterator[int]:
    for word in words:
        place = text.find(word)
        while place >= 0:
            yield place
            place = text.find(word, place + 1)


def _word_end(text: str, end: int) -> int:
    """The end of the word at `end`, or of the text: a match does not stop inside a word."""
    while end < len(text) and text[end].isalnum():
        end += 1
    return min(end, len(text))


def translated(source: str) -> str:
    """The regular expression of a pattern, macros already put in."""
    written: list[str] = []
    in_set = False
    skipped = False
    for at, sign in enumerate(source):
        if skipped:
            skipped = False
            continue
        if in_set:
            in_set = sign != "]"
            written.append(sign)
        elif sign == "[":
            in_set = True
            written.append(sign)
        elif sign == " " and source[at + 1 : at + 2] == "?":
            written.append(r"[\s\-]*")
            skipped = True
        elif sign == " ":
            written.append(_GAP_OR_COMMA if source[at + 1 : at + 2] == "…" else _GAP)
        elif sign == "…":
            written.append(_WORDS)
        elif sign == "#":
            written.append(_AGE)
        elif sign == "*" and not (written and written[-1] == "]"):
            written.append("[a-z]*")
        elif sign == "(":
            written.append("(?:")
        else:
            written.append(sign)
    return "".join(written)


def needed_words(source: str) -> frozenset[str]:
    """Pieces of words one of which is in every text that matches; empty when no such list is known."""
    words, _ = _choices(source, 0)
    return frozenset(words or ())


def _choices(source: str, at: int) -> tuple[list[str] | None, int]:
    """The pieces of a choice that begins at `at`, and where it ends: at its closing parenthesis or with the text."""
    found: list[str] | None = []
    while True:
        words, at = _sequence(source, at)
        found = None if found is None or words is None else found + words
        if at >= len(source) or source[at] == ")":
            return found, at
        at += 1  # the bar


def _sequence(source: str, at: int) -> tuple[list[str] | None, int]:
    best: list[str] | None = None
    run = ""

    def consider(words: Sequence[str] | None) -> None:
        nonlocal best
        shortest = min(map(len, words), default=0) if words else 0
        if words and shortest >= _MINIMUM and (best is None or shortest > min(map(len, best))):
            best = list(words)

    while at < len(source) and source[at] not in "|)":
        sign = source[at]
        optional = source[at + 1 : at + 2] == "?"
        if sign == "(":
            consider([run])
            run = ""
            words, at = _choices(source, at + 1)
            if source[at + 1 : at + 2] == "?":
                at += 1
            else:
                consider(words)
        elif sign == "[":
            consider([run])
            run = ""
            at = source.index("]", at)
            while source[at + 1 : at + 2] in ("*", "+", "?", "{"):
                at = source.index("}", at) if source[at + 1] == "{" else at + 1
        elif optional or not (sign.isalnum() or sign == "'"):
            consider([run])
            run = ""
            at += optional
        else:
            run += sign
        at += 1
    consider([run])
    return best, at
