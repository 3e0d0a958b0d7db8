"""A text as its readers understand it, whatever it is written with, and where each letter of that stands in the
original.

    reading = read("L&eacute;a chez Lümen")
    reading.folded                       -> "lea chez lumen"
    reading.original(9, 14)              -> (16, 21)

Undone: HTML entities (twice, as forms escape them), invisible characters and soft hyphens, accents, full-width,
circled, boxed and mathematical letters, Cyrillic, Greek and other letters that look Latin. Case is kept aside: it
tells a name from a noun.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import Stemmer

#: Letters without a decomposition that readers take for Latin ones: Cyrillic, Greek, Armenian, Latin with strokes,
#: small capitals.
_LOOKALIKES = {
    **dict(zip("авсеёніїјкӏморѕтухгпийьъԁԛԝһүѵлбяцд", "abceehiijklmopstyxrnuubbdqwhyvl6rud", strict=True)),
    **dict(zip("αβγδεζηικλμνορςστυφχω", "abydezniklmvopcstuoxw", strict=True)),
    **dict(zip("օսոհցյքվ", "ounhgjpu", strict=True)),  # Armenian
    **dict(zip("ıłøđħŧɑɡɩɪʟʀɴɢʙʜᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢʏꜰꜱ", "ilodhtagiilrngbhacdejkmoptuvwzyfs", strict=True)),
}
#: Capitals that look like another letter than their lower case does: "Н" is no n, "Р" no r.
_CAPITALS = {
    **dict(zip("АВЕЅІЈКМНОРСТУХԌԚԜҮӀ", "abesijkmhopctyxgqwyl", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΛΜΝΟΡΤΥΧ", "abezhiklmnoptyx", strict=True)),
    **dict(zip("ᎪᏴᏟᎠᎬᏀᎻᏆᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃᎩᏮᏯ", "abcdeghijklmprstvwzybg", strict=True)),  # Cherokee
    **dict(zip("ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "abcdefghijklmnoprstuvwxyz", strict=True)),  # Lisu
}
#: Those that no Latin alphabet has, as Polish has "ł".
_OTHER_ALPHABETS = frozenset(char for char in (*_LOOKALIKES, *_CAPITALS) if ord(char) >= 0x370)
_APOSTROPHES = "'’‘ʼ`´′＇ꞌ‛"
_QUOTES = '"“”„«»‟〝〞＂'
_DASHES = "-‐‑‒–—―−﹘﹣－⁃"
_DOTS = ".。．｡․"
_MARKS = {
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_DOTS, "."),
    "＠": "@",
    "﹫": "@",
}
#: Letters by their category, and nothing to see.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})(?:;|(?![A-Za-z0-9=]))")
_TAG = re.compile(r"</?(?P<tag>[A-Za-z][A-Za-z0-9]{0,9})(?:\s[^<>]{0,200})?/?>")
_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s)(?!\s[:,;])|\n|[.!?…]+$")
_SPOKEN_SHORT = re.compile(
    r"(?:\b(?:m|mm|mr|mrs|ms|mme|mlle|dr|me|st|ste|av|bd|bld|vs|cf|no|tel|ex|env|sir|prod|prods|cie|co|ets|ed|dir|vol|ep)|\b[a-z])$"
)


def bag(words: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(words.split())


@cache
def stemmer_of(language: str) -> Stemmer.Stemmer:
    import Stemmer

    return Stemmer.Stemmer(language)


_FRENCH = bag(
    "le la les l des du une et est dans qui que qu au aux sur pour par avec en de d il elle un son sa ses nous"
)
_ENGLISH = bag("the of and is to with for that his her their an by it he she we i from at was are who when")


@dataclass(frozen=True, slots=True)
class Word:
    """`at` and `end` are places in `Reading.folded`; `capital` is said of its first letter: "68Films" has one."""

    text: str
    at: int
    end: int
    capital: bool
    upper: bool


@dataclass(frozen=True)
class Reading:
    """`folded` is lower case without accents; `cased` the same letters as they were capitalised; `foreign` the places
    of letters of another alphabet that look Latin, `veiled` those that have something invisible before them."""

    folded: str
    cased: str
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)
    foreign: frozenset[int] = field(default=frozenset(), repr=False)
    veiled: frozenset[int] = field(default=frozenset(), repr=False)
    _shouted: dict[int, bool] = field(default_factory=dict, repr=False, compare=False)
    _vocabularies: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `folded`, not empty, stands in the text as it was given."""
        return self.starts[start], self.ends[end - 1]

    @cached_property
    def words(self) -> list[Word]:
        return [
            Word(
                found[0],
                found.start(),
                found.end(),
                next(filter(str.isalpha, self.cased[found.start() : found.end()]), "").isupper(),
                found.end() - found.start() > 1 and self.cased[found.start() : found.end()].isupper(),
            )
            for found in _WORD.finditer(self.folded)
        ]

    @cached_property
    def merged(self) -> list[Word]:
        """The words, a number of several as one, and signs that show something as what they show."""
        from chalicelib.briefs.leaks.numerals import merged

        return merged(self)

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.at for word in self.words]

    @cached_property
    def _sentences(self) -> list[int]:
        starts = [0]
        for found in _SENTENCE_END.finditer(self.folded):
            abbreviated = found[0] == "." and _SPOKEN_SHORT.search(
                self.folded[max(0, found.start() - 5) : found.start()]
            )
            if not abbreviated:
                starts.append(found.end())
        return starts

    def sentence(self, at: int) -> tuple[int, int]:
        place = bisect_right(self._sentences, at)
        return (
            self._sentences[place - 1],
            self._sentences[place] if place < len(self._sentences) else len(self.folded),
        )

    def shouted(self, at: int) -> bool:
        """Whether the sentence is in capitals, which then tell nothing."""
        start, end = self.sentence(at)
        known = self._shouted.get(start)
        if known is None:
            letters = [char for char in self.cased[start:end] if char.isalpha()]
            known = len(letters) >= 12 and sum(char.isupper() for char in letters) > 0.7 * len(letters)
            self._shouted[start] = known
        return known

    def before(self, at: int, count: int) -> list[Word]:
        """The words before a place, the nearest last, of the same sentence."""
        start, _ = self.sentence(at)
        last = bisect_right(self._word_starts, at - 1)
        return [word for word in self.words[max(0, last - count) : last] if word.at >= start and word.end <= at]

    def after(self, at: int, count: int) -> list[Word]:
        """The words after a place, the nearest first, of the same sentence."""
        if at <= 0:
            return []
        _, end = self.sentence(at - 1)
        first = bisect_right(self._word_starts, at - 1)
        return [word for word in self.words[first : first + count] if word.at < end]

    def between(self, start: int, end: int) -> list[Word]:
        """The words that have a letter in a stretch."""
        first = max(0, bisect_right(self._word_starts, start) - 1)
        last = bisect_right(self._word_starts, end - 1)
        return [word for word in self.words[first:last] if word.end > start]

    def vocabulary(self, start: int, end: int) -> frozenset[str]:
        """The words of a stretch; asked for again for many passages, so it is kept."""
        known = self._vocabularies.get((start, end))
        if known is None:
            known = self._vocabularies[start, end] = frozenset(word.text for word in self.between(start, end))
        return known

    def opens(self, at: int) -> bool:
        """Whether the word there is the first of its sentence, which is capitalised whatever it is."""
        start, _ = self.sentence(at)
        return _WORD.search(self.folded, start, at) is None

    @cached_property
    def capitals(self) -> bool:
        """Whether who wrote the text uses capitals at all."""
        return any(word.capital for word in self.words)

    @cached_property
    def hurried(self) -> bool:
        """Whether the text begins with a small letter: whoever writes so spares capitals elsewhere too."""
        first = next((char for char in self.cased if char.isalpha()), "")
        return first.islower()

    @cached_property
    def french(self) -> bool:
        """Whether more of its small words are French: "à" is folded to what English has for "un"."""
        told = [word.text for word in self.words]
        return sum(word in _FRENCH for word in told) >= sum(word in _ENGLISH for word in told)

    @cached_property
    def stems(self) -> dict[int, str]:
        """Each word without its endings, by its place, as the language of the text has them."""
        stemmer = stemmer_of("french" if self.french else "english")
        return {word.at: str(stemmer.stemWord(word.text)) for word in self.words}

    @cached_property
    def said(self) -> Counter[str]:
        """How often each of `stems` is said."""
        return Counter(self.stems.values())

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """What stands between quotation marks, or is set in italics as forms write them."""
        spans = []
        for pattern in _QUOTATIONS:
            spans += [found.span("inside") for found in pattern.finditer(self.folded)]
        return sorted(spans)

    def quotation(self, start: int, end: int) -> tuple[int, int] | None:
        around = [span for span in self.quotations if span[0] <= start and end <= span[1]]
        return min(around, key=lambda span: span[1] - span[0]) if around else None


_QUOTATIONS = (
    re.compile(r'"\s*(?P<inside>[^"\n]{1,120}?)\s*"'),
    re.compile(r"(?<![a-z0-9])'(?P<inside>[^'\n\s][^'\n]{0,80})'(?![a-z0-9])"),
    re.compile(r"(?<![a-z0-9*_])[*_]{1,2}(?P<inside>[^*_\n\s][^*_\n]{0,80})[*_]{1,2}(?![a-z0-9*_])"),
)


def read(text: str) -> Reading:
    """Never raises, whatever the text, and takes time in proportion to its length."""
    folded: list[str] = []
    cased: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    foreign: set[int] = set()
    veiled: set[int] = set()
    for char, start, end in _undone(text):
        if char in _OTHER_ALPHABETS:
            foreign.add(len(folded))
        if char in _BLANK or (char > "\x7f" and unicodedata.category(char) == "Cf"):
            veiled.add(len(folded))
        for letter, capital in _seen(char):
            folded.append(letter)
            cased.append(letter.upper() if capital else letter)
            starts.append(start)
            ends.append(end)
    return Reading("".join(folded), "".join(cased), starts, ends, frozenset(foreign), frozenset(veiled))


def _undone(text: str) -> Iterator[tuple[str, int, int]]:
    """Characters with where they stand, entities as what they mean, without tags; italics are quotation marks."""
    done = [(char, place, place + 1) for place, char in enumerate(text)]
    for _ in range(2):  # what a form escapes twice: "&amp;eacute;"
        flat = "".join(char for char, _, _ in done)
        if "&" not in flat:
            break
        once: list[tuple[str, int, int]] = []
        last = 0
        for found in _ENTITY.finditer(flat):
            meant = html.unescape(found[0])
            if meant == found[0] or not meant:
                continue
            once += done[last : found.start()]
            start, end = done[found.start()][1], done[found.end() - 1][2]
            once += [(char, start, end) for char in meant]
            last = found.end()
        done = once + done[last:]
    flat = "".join(char for char, _, _ in done)
    last = 0
    for found in _TAG.finditer(flat):
        yield from done[last : found.start()]
        if found["tag"].lower() in ("i", "em", "cite", "q"):
            yield '"', done[found.start()][1], done[found.end() - 1][2]
        elif found["tag"].lower() in ("br", "p", "div", "li"):
            yield "\n", done[found.start()][1], done[found.end() - 1][2]
        last = found.end()
    yield from done[last:]


@lru_cache(maxsize=4096)
def _seen(char: str) -> tuple[tuple[str, bool], ...]:
    """The plain characters that a reader sees in one, with whether each is a capital; none for what is invisible."""
    if char < "\x80":
        if char.isprintable():
            return ((char.lower(), char.isupper()),)
        return (("\n" if char in "\n\r\v\f" else " ", False),) if char.isspace() else ()
    if char in _MARKS:
        return ((_MARKS[char], False),)
    if char in _BLANK or unicodedata.category(char) in ("Cf", "Mn", "Me", "Cc", "Cs", "Cn", "Co"):
        return (("\n", False),) if char in "\x85\u2028\u2029" else ()
    if char.isspace():
        return (("\n" if char in "\u2028\u2029\x85" else " ", False),)
    code = ord(char)
    if 0x1F1E6 <= code <= 0x1F1FF:  # flags are spelt in these
        return ((chr(code - 0x1F1E6 + 97), True),)
    for first in (0x1F150, 0x1F170):  # white on black circles and squares
        if first <= code < first + 26:
            return ((chr(code - first + 97), True),)
    if 0x2776 <= code <= 0x277E or 0x2780 <= code <= 0x2788 or 0x278A <= code <= 0x2792:
        return ((str((code - 0x2776) % 10 + 1), False),)
    if char in _CAPITALS:
        return ((_CAPITALS[char], True),)
    shown: list[tuple[str, bool]] = []
    for part in unicodedata.normalize("NFKD", char):
        if unicodedata.category(part) in ("Mn", "Me", "Cf"):
            continue
        if part in _CAPITALS:
            shown.append((_CAPITALS[part], True))
            continue
        capital = part.isupper()
        for letter in part.casefold().replace("œ", "oe").replace("æ", "ae"):
            shown += [
                (_MARKS.get(base, _LOOKALIKES.get(base, base)), capital)
                for base in unicodedata.normalize("NFKD", letter)
                if not unicodedata.combining(base)
            ]
    return tuple(shown)
