"""A name found through what people do to it: letters spaced, dotted or starred, words glued or hyphenated, figures
and signs for letters ("Fi1ms", "€toile"), "rn" for m, camel case, a plural or possessive added.

What `reading` undoes for every character (accents, look-alike alphabets, invisible characters) is undone already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from chalicelib.briefs.leaks import words
from chalicelib.briefs.leaks.numerals import numerals
from chalicelib.briefs.leaks.numerals import said as said_of
from chalicelib.briefs.leaks.reading import Reading, read

_SIGNS = {
    "a": "a4@", "b": "b8", "c": "c(", "e": "e3€", "g": "g9", "h": "h#", "i": "i1!|l", "l": "l1|!i", "o": "o0°",
    "s": "s5$§", "t": "t7+", "z": "z2", "0": "0o", "1": "1li",
}  # fmt: skip
_PAIRS = {"m": "rn", "w": "vv", "d": "cl"}
#: Places by their other name.
_ELSEWHERE = {
    "dunkerque": "dunkirk", "londres": "london", "douvres": "dover", "bretagne": "brittany", "normandie": "normandy",
    "bourgogne": "burgundy", "cornouailles": "cornwall", "edimbourg": "edinburgh", "ecosse": "scotland",
    "bruxelles": "brussels", "venise": "venice", "vienne": "vienna", "lisbonne": "lisbon", "tamise": "thames",
    "corse": "corsica",
}  # fmt: skip
#: Words by shorter or other ones that stand for them.
_SHORT: dict[str, tuple[str, ...]] = {
    "saint": ("st",), "st": ("saint",), "sainte": ("ste",), "ste": ("sainte",), "compagnie": ("cie", "co"),
    "cie": ("compagnie", "co"), "kilometre": ("km",), "street": ("st",), "mount": ("mt",), "doctor": ("dr",),
    "docteur": ("dr",), "grand": ("gd",), "grande": ("gde",), "petit": ("pt",), "petite": ("pte",),
    "production": ("prod", "prods"), "productions": ("prod", "prods", "production"),
    "pictures": ("pics", "picture", "pict"), "films": ("film",), "studios": ("studio",),
    "documentaires": ("docs", "doc"), "television": ("tv", "tele"), "fiction": ("fic",), "fictions": ("fic", "fiction"),
    "entertainment": ("ent",), "freres": ("bros", "brothers"), "brothers": ("bros", "freres"), "fils": ("sons",),
    "sons": ("fils",), "filles": ("daughters",), "associes": ("associates", "partners"),
    "lane": ("ln",), "road": ("rd",), "avenue": ("av", "ave"), "boulevard": ("bd", "blvd"), "square": ("sq",),
    "faubourg": ("fg", "fbg"), "monsieur": ("m", "mr"), "madame": ("mme",), "mademoiselle": ("mlle",),
    "mister": ("mr",), "captain": ("capt",), "capitaine": ("capt",), "sergeant": ("sgt",), "sergent": ("sgt",),
    "professeur": ("prof", "pr"), "professor": ("prof",), "general": ("gal", "gen"), "junior": ("jr",),
    "senior": ("sr",), "numero": ("no",), "number": ("no",), "janvier": ("janv",), "fevrier": ("fev", "fevr"),
    "juillet": ("juil",), "septembre": ("sept", "7bre"), "octobre": ("oct", "8bre"), "novembre": ("nov", "9bre"),
    "decembre": ("dec", "xbre"), "september": ("sept",), "october": ("oct",), "november": ("nov",),
    "december": ("dec",), "house": ("hse",), "animation": ("anim",), "distribution": ("distrib",), "company": ("co",),
    **{french: (english,) for french, english in _ELSEWHERE.items()},
    **{english: (french,) for french, english in _ELSEWHERE.items()},
}  # fmt: skip
_BETWEEN = r"[^a-z0-9]{0,3}"
_ENDING = re.compile(r"(?:s|x|e|es|z|iens?|iennes?|esques?|ish|ers?)(?![a-z0-9])")
#: Words with a sign between them that nobody joins words with: "Bord/du/Lac".
_JOINED = re.compile(r"[a-z0-9]+(?:[/|.~*][a-z0-9]+)+")
_PIECE = re.compile(r"[a-z0-9@$|!€+(#°§]+")
#: Amid figures: "19-36" for 1936.
_AMID_FIGURES = re.compile(r"(?<=\d)[-.·](?=\d)")
_SENTENCE = re.compile(r"[.!?…]\s|\n")

#: From how many letters on a name is looked for within a longer word.
GLUED = 9
#: From how many letters on a name that is spelt out is no chance.
_LETTERS = 6


class Sighting(NamedTuple):
    """Where a name stands in `Reading.folded`. `disguised`: written so that a plain search would miss it, which nobody
    does by accident; `glued`: its words run together, or stand inside a longer one."""

    start: int
    end: int
    disguised: bool
    glued: bool


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name; "&" is "et"."""
    told = read(name.replace("&", " et ").replace("+", " plus ")).folded
    return tuple(re.findall(r"[a-z]+|[0-9]+", told))


@lru_cache(maxsize=1024)
def _pattern(letters: str) -> re.Pattern[str]:
    classes = []
    for letter in letters:
        one = "[" + re.escape(_SIGNS.get(letter, letter)).replace("\\|", "|") + "]"
        classes.append(f"(?:{one}|{_PAIRS[letter]})" if letter in _PAIRS else one)
    pattern = _BETWEEN.join(classes)
    for looks, pair in _PAIRS.items():  # "Lantem" for Lantern
        if pair in letters:
            apart = _BETWEEN.join(classes[letters.index(pair) + place] for place in (0, 1))
            pattern = pattern.replace(apart, f"(?:{apart}|{looks})")
    return re.compile(pattern)


def sightings(reading: Reading, name: tuple[str, ...]) -> Iterator[Sighting]:
    """Everywhere that a name of these words stands, in any of its spellings."""
    seen: set[tuple[int, int]] = set()
    for spelling in _spellings(name):
        letters = "".join(spelling)
        if len(letters) < 2:
            continue
        for found in _pattern(letters).finditer(reading.folded):
            sighting = _judged(reading, spelling, found)
            if sighting and found.span() not in seen:
                seen.add(found.span())
                yield sighting


def backwards(reading: Reading, name: tuple[str, ...]) -> Iterator[Sighting]:
    """Where a name stands from its last letter to its first: "smliF norevA"."""
    letters = "".join(name)
    if len(letters) < GLUED or letters == letters[::-1]:
        return
    pattern = re.compile(rf"(?<![a-z0-9]){r'[^a-z0-9]{0,3}'.join(map(re.escape, letters[::-1]))}(?![a-z0-9])")
    for found in pattern.finditer(reading.folded):
        yield Sighting(found.start(), found.end(), True, False)


def shorter(word: str) -> tuple[str, ...]:
    """What may stand for a folded word: "st" for "saint", "dunkirk" for "dunkerque"."""
    return _SHORT.get(word, ())


#: Of how many ways to spell a name each is looked for.
_MOST_SPELLINGS = 40


@lru_cache(maxsize=1024)
def _spellings(name: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """With numbers in every way that they are said, and every way to say "and"."""
    choices: list[list[tuple[str, ...]]] = []
    numbers = {one.first: one for one in numerals(name[:12])}
    place = 0
    while place < min(len(name), 12):
        word, number = name[place], numbers.get(place)
        if number:
            own = name[place : number.last]
            ways = [told for told in said_of(number.value, number.ordinal) if told != own]
            if number.ordinal and len(name) > len(own):  # "Vague 7"
                ways.append((str(number.value),))
            choices.append([own, *ways])
        elif word in ("et", "and") and len(name) > 1:
            choices.append([("et",), ("and",), ()])
        elif word in _SHORT:
            choices.append([(word,), *((other,) for other in _SHORT[word])])
        elif word == "plus" and len(name) > 1:
            choices.append([("plus",), ("+",)])
        else:
            choices.append([(word,)])
        place = number.last if number else place + 1
    spelled = (tuple(word for part in choice for word in part) for choice in product(*choices))
    return tuple(dict.fromkeys(islice(spelled, _MOST_SPELLINGS)))


def _judged(reading: Reading, name: tuple[str, ...], found: re.Match[str]) -> Sighting | None:
    start, end = found.span()
    text, cased = reading.folded, reading.cased
    letters = "".join(name)
    inside = len(letters) >= GLUED and len(name) > 1
    glued = False
    if start and text[start - 1].isalnum() and not (cased[start].isupper() and cased[start - 1].islower()):
        if not inside:
            return None
        glued = True
    if end < len(text) and text[end].isalnum():
        ending = _ENDING.match(text, end)
        if ending and not letters.isdigit() and len(letters) > 2:
            end = ending.end()
        elif not (cased[end].isupper() and cased[end - 1].islower()) and not (text[end].isdigit() and len(letters) > 3):
            if not inside:
                return None
            glued = True
    written = text[found.start() : found.end()]
    plain = re.sub(r"[^a-z0-9+]" if letters.endswith("+") else r"[^a-z0-9]", "", written)
    swapped = plain != letters
    if swapped and not _a_swap(reading, letters, found):
        return None
    pieces = _PIECE.findall(written)
    if letters.isdigit() and pieces != list(name) and len(pieces) < len(letters):
        return None  # "1 12" is not 112
    if "".join(pieces) and len(pieces) > 1 and _SENTENCE.search(written) and len(pieces) < 0.6 * len(letters):
        return None
    if swapped:
        return Sighting(start, end, True, glued) if len(pieces) <= len(name) or len(letters) >= 8 else None
    if _along(pieces, name):
        joined = len(letters) >= _LETTERS and _JOINED.fullmatch(written) is not None
        return Sighting(start, end, joined, glued or len(pieces) < len(name))
    if (
        len(pieces) == 2
        and len(name) == 1
        and len(letters) > 5
        and re.fullmatch(r"[a-z]+[-'][a-z]+", written)
        and len(pieces[0]) > 1
        and cased[start].isupper()
    ):
        return Sighting(start, end, False, False)  # "Lode-star", "Nord'et"
    if len(letters) > 3 and _along(_PIECE.findall(_AMID_FIGURES.sub("", written)), name):
        return Sighting(start, end, False, glued)  # "Studio 19-36"
    if _comes_apart(pieces, name, written):
        return Sighting(start, end, False, False)
    apart = (
        len(letters) >= 8 and all(cased[start + at].isupper() for at in _begins(written)) and not reading.shouted(start)
    )
    if _spaced_out(pieces, letters, written) or apart:
        return Sighting(start, end, True, glued)
    return None


def _a_swap(reading: Reading, letters: str, found: re.Match[str]) -> bool:
    """Whether other characters than the name's stand there to look like them, rather than to say something else."""
    if len(letters) < 4:
        return False
    shown = reading.cased[found.start() : found.end()]
    plain = [char for char in shown if char.isalnum() or char in "@$|!€+(#°§"]
    signs = [char for char in plain if not char.isalpha()]
    if letters.isdigit() or len(signs) > 0.6 * len(letters):
        return False
    if signs:
        # "1984" stays a number, "2 mars" a date: a figure for a letter stands within a word.
        return any(
            any(char.isalpha() for char in word) and any(not char.isalpha() for char in word)
            for word in re.findall(r"[^\s-]+", shown)
        )
    # I for l and l for I show in the case only; "rn" and "vv" must not make another word.
    written = "".join(plain)
    if len(written) == len(letters):
        return all(
            char.casefold() == letter
            or (char == "I" and letter == "l" and not written.isupper())
            or (char == "l" and letter == "i" and (sum(map(str.isupper, written)) > 1 or _no_word(written)))
            for char, letter in zip(written, letters, strict=True)
        )
    return not all(words.common(word) for word in _PIECE.findall(shown.casefold()))


def _no_word(written: str) -> bool:
    """Whether what begins so is none of either language: "lnconnu", whose first letter was a capital I."""
    return re.match(r"l[bcdfghjkmnpqrstvwxz]", written) is not None


def _along(pieces: list[str], name: tuple[str, ...]) -> bool:
    """Whether each piece is one word of the name or several in one."""
    rest = list(name)
    for piece in pieces:
        while piece and rest and piece.startswith(rest[0]):
            piece = piece[len(rest.pop(0)) :]
        if piece:
            return False
    return not rest


def _comes_apart(pieces: list[str], name: tuple[str, ...], written: str) -> bool:
    """Whether one word of the name stands in two: "Belle Rive Productions" for Bellerive Productions, "Wind fall"."""
    if len(pieces) != len(name) + 1 or re.search(r"[^a-z0-9 '&-]", written):
        return False
    return any(
        len(word) > 6
        and pieces[place] + pieces[place + 1] == word
        and min(len(pieces[place]), len(pieces[place + 1])) > 2
        and [*pieces[:place], word, *pieces[place + 2 :]] == list(name)
        for place, word in enumerate(name)
    )


def _begins(written: str) -> list[int]:
    return [piece.start() for piece in _PIECE.finditer(written)]


def _spaced_out(pieces: list[str], letters: str, written: str) -> bool:
    if len(pieces) >= 0.6 * len(letters) and len(letters) > 2:
        return True
    if len(letters) == 2:
        return re.fullmatch(r"[a-z0-9](?:\.?\s?[&+]\s?|\.\s?)[a-z0-9]", written) is not None  # "C.S.", "Z. & N"
    known = [words.common(piece) for piece in pieces if len(piece) > 1]
    longer = any(words.common(piece) for piece in pieces if len(piece) > 2)
    return len(letters) >= 5 and not all(known) and (len(letters) >= 12 or not longer)


def unmistakable(reading: Reading, one: Sighting) -> bool:
    """Whether a whole name is written as nobody writes by chance: letter by letter, with underscores for spaces, or run
    together behind a "#"."""
    written = reading.folded[one.start : one.end]
    letters = sum(map(str.isalnum, written))
    if letters < _LETTERS:
        return False
    spelt = len(_PIECE.findall(written)) >= letters - 1
    tagged = one.glued and letters >= GLUED and reading.folded[max(0, one.start - 1) : one.start] == "#"
    return spelt or tagged or "_" in written


def nearly(reading: Reading, name: tuple[str, ...]) -> Iterator[Sighting]:
    """Where a name of several words stands with a slip in one or two of them: "Ricochets Blancs", "Nineth Floor"."""
    if len(name) < 2 or sum(map(len, name)) < GLUED:
        return
    said = reading.words
    for first in range(len(said) - len(name) + 1):
        here = said[first : first + len(name)]
        slips = [_slips(word.text, own) for word, own in zip(here, name, strict=True)]
        if None in slips or not any(slips) or sum(filter(None, slips)) > 2:
            continue
        if re.fullmatch(r"[a-z0-9 '-]+", reading.folded[here[0].at : here[-1].end]):
            yield Sighting(here[0].at, here[-1].end, False, False)


@lru_cache(maxsize=8192)
def _slips(said: str, word: str) -> int | None:
    """Letters more, less, other or turned round; None from the second on in a short word, or where another is meant."""
    from rapidfuzz.distance import OSA

    if said == word:
        return 0
    if said[0] != word[0] or len(word) < 4 or abs(len(said) - len(word)) > 2:
        return None
    distance = OSA.distance(said, word, score_cutoff=2)
    return distance if distance <= 1 + (len(word) > 6) else None


#: Signs that stand where a letter is kept back.
_KEPT_BACK = "*_•·#"
_MASKED = re.compile(rf"(?<![a-z0-9{_KEPT_BACK}])[a-z][a-z0-9{_KEPT_BACK}]*[{_KEPT_BACK}][a-z0-9{_KEPT_BACK}]*[a-z0-9]")


def masked(reading: Reading, word: str) -> Iterator[Sighting]:
    """Where a word stands with a letter or two kept back: "C*rmorant"."""
    if len(word) < 4:
        return
    for found in _MASKED.finditer(reading.folded):
        said = found[0]
        hidden = sum(char in _KEPT_BACK for char in said)
        fits = all(char == letter or char in _KEPT_BACK for char, letter in zip(said, word, strict=False))
        if len(said) == len(word) and 2 * hidden <= len(word) and fits:
            yield Sighting(found.start(), found.end(), True, False)


def masked_within(reading: Reading, name: tuple[str, ...]) -> Iterator[Sighting]:
    """Where a name of several words stands with a letter or two kept back: "Small Ch-nge"."""
    if len(name) < 2 or sum(map(len, name)) < GLUED:
        return
    for found in _masked_within(name).finditer(reading.folded):
        hidden = sum(char in _KEPT_BACK or char == "-" for part in found.groups() for char in part)
        whole = [part for part in found.groups() if not any(char in _KEPT_BACK or char == "-" for char in part)]
        if 0 < hidden < 3 and whole:
            yield Sighting(found.start(), found.end(), True, False)


@lru_cache(maxsize=1024)
def _masked_within(name: tuple[str, ...]) -> re.Pattern[str]:
    kept_back = re.escape(_KEPT_BACK + "-")
    parts = ["".join(f"[{letter}{kept_back}]" for letter in word[1:]) for word in name]
    every = "[ '-]{1,2}".join(f"({word[0]}{part})" for word, part in zip(name, parts, strict=True))
    return re.compile(rf"(?<![a-z0-9]){every}(?![a-z0-9])")


#: Letters that are said alike, so that whoever has heard a word may write either.
_SAID_ALIKE = (
    ("ph", "f"), ("sch", "ch"), ("qu", "k"), ("ck", "k"), ("x", "ks"), ("y", "i"), ("eau", "o"), ("au", "o"),
    ("ai", "e"), ("ei", "e"), ("en", "an"), ("em", "am"), ("z", "s"),
)  # fmt: skip


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    """A word as it is said, more or less: "Saphran" and "Safran" are the same."""
    for letters, other in _SAID_ALIKE:
        word = word.replace(letters, other)
    word = re.sub(r"c(?=[aoulrkt]|$)", "k", word)
    word = re.sub(r"(?<=[a-z])h|(?<=.)(.)(?=\1)", "", word)
    return word.rstrip("esx")


def misspellings(reading: Reading, word: str) -> Iterator[Sighting]:
    """Where a long word stands with a letter more, less or other, or two turned round; a shorter one with others that
    are said alike."""
    from rapidfuzz.distance import OSA

    if len(word) < 7:
        for said in reading.words if len(word) > 4 and not word.isdigit() else ():
            written = said.text.rstrip("sx") != word.rstrip("sx") and said.capital and said.text[0] == word[0]
            if written and len(said.text) > 4 and not words.common(said.text) and _sound(said.text) == _sound(word):
                yield Sighting(said.at, said.end, False, False)
        return
    for said in reading.words:
        if (
            (said.capital or reading.hurried)
            and said.text[0] == word[0]
            and abs(len(said.text) - len(word)) < 3
            and not words.common(said.text)
        ):
            # Two letters of eleven are still the same word.
            distance = OSA.distance(said.text, word, score_cutoff=2)
            if 0 < distance <= 1 + (len(word) > 10) and said.text.rstrip("sx") != word.rstrip("sx"):
                yield Sighting(said.at, said.end, False, False)
