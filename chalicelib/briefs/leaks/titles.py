"""The confidential title: whole, inflected, translated, shortened, or its initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from chalicelib.briefs.leaks import words
from chalicelib.briefs.leaks.disguises import (
    Sighting,
    misspellings,
    name_words,
    nearly,
    shorter,
    sightings,
    unmistakable,
)
from chalicelib.briefs.leaks.findings import Spot
from chalicelib.briefs.leaks.judgement import Candidate, candidate
from chalicelib.briefs.leaks.names import KNOWN_INITIALS
from chalicelib.briefs.leaks.numbers import in_words
from chalicelib.briefs.leaks.reading import Reading, Word, bag

#: Words that take a capital whatever they mean.
_ALWAYS_CAPITAL = bag(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december etat republique revolution resistance eglise liberation occupation
    commune internet terre earth dieu god nord sud est ouest north south east west histoire president reine roi
    king queen bible
    """
)


#: An article behind "de" or "à".
_CONTRACTED = {"le": ("du", "au"), "les": ("des", "aux")}


class Title(NamedTuple):
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
def _title(title: str) -> Title | None:
    every = name_words(title)
    if not every:
        return None
    telling = tuple(word for word in every if word not in words.FUNCTION_WORDS) or every
    return Title(
        every,
        telling,
        tuple(words.stems(word) | {word, *_numbers(word), *filter(None, [shorter(word)])} for word in telling),
        tuple(_said_otherwise(word) for word in telling),
    )


def _said_otherwise(word: str) -> frozenset[str]:
    """The stems of its translations, and of what those are called in its own language: "daughter", "fille", "girl"."""
    other = words.translations(word)
    again = {back for told in other for back in words.translations(told)} - {word}
    return frozenset(stem for told in (*other, *again) for stem in words.stems(told)) - words.stems(word)


@lru_cache(maxsize=256)
def _variants(title: str) -> tuple[str, ...]:
    """The title, and what it is where an expression in it has a name of its own in the other language."""
    every = name_words(title)
    found = [title]
    for first in range(len(every)):
        for last in range(first + 1, min(len(every), first + 5) + 1):
            other = words.phrases().get(every[first:last])
            if other:
                found.append(" ".join((*every[:first], *other, *every[last:])))
    return tuple(found)


def _numbers(word: str) -> tuple[str, ...]:
    """A number of one word, in figures and in words."""
    if word.isdigit():
        return tuple(said for said in in_words(int(word)) if " " not in said) if len(word) < 3 else ()
    return tuple(str(value) for value in range(1, 21) if word in in_words(value))


def spots(reading: Reading, titles: tuple[str, ...]) -> Iterator[Spot]:
    """Whole titles, word for word, of more than three telling words or with one that nothing else is called by."""
    for given in titles:
        title = _title(given)
        if title is None:
            continue
        for one in sightings(reading, title.words):
            if unmistakable(reading, one):
                yield Spot("title", *reading.original(one.start, one.end))
        for group in _groups(reading, title):
            if _breaks(reading, group.found[0].at, group.found[-1].end, given):
                continue
            told = [word.text for word in reading.between(group.found[0].at, group.found[-1].end)]
            exact = told in (list(title.words), list(title.words[1:])) and len(group.covered) == len(title.telling) > 1
            before = reading.before(group.found[0].at, 1)
            another = bool(before) and before[-1].text in words.DETERMINERS and before[-1].text != title.words[0]
            own = len(title.telling) > 3 or (len(told) > 2 and any(map(words.rare, title.telling)))
            if exact and own and not another:
                yield Spot("title", *reading.original(group.found[0].at, group.found[-1].end))


def candidates(reading: Reading, titles: tuple[str, ...]) -> Iterator[Candidate]:
    for told in titles:
        for variant in _variants(told):
            title = _title(variant)
            for one in _of(reading, title, given=variant == told) if title else ():
                if not _breaks(reading, one.start, one.end, told):
                    yield one


def _breaks(reading: Reading, start: int, end: int, title: str) -> bool:
    """Whether a mark stands amid the words that the title lacks: "La nuit, des chevreuils traversent"."""
    return any(mark in reading.folded[start:end] and mark not in title for mark in ",;!?")


def _of(reading: Reading, title: Title, given: bool) -> Iterator[Candidate]:
    """What may stand for one title; a variant, which is a translation already, is not translated back."""
    yield from _written(reading, title)
    if len(title.telling) == 1:
        for one in misspellings(reading, title.telling[0]):
            yield candidate(reading, "title", one, title.telling, "misspelt")
    else:
        for one in nearly(reading, title.words):
            yield candidate(reading, "title", one, title.telling, "misspelt", "misspelt_whole")
    for group in _groups(reading, title):
        if group.foreign and not given:
            continue
        alone = len(group.found) == 1
        if alone and len(title.telling) > 1 and len(group.found[0].text) < 3:
            continue
        one = Sighting(group.found[0].at, group.found[-1].end, False, False)
        told = tuple(word.text for word in group.found)
        yield candidate(reading, "title", one, told, *_facts(reading, title, group), "given" if given else "variant")
    yield from _initials(reading, title)


def _written(reading: Reading, title: Title) -> Iterator[Candidate]:
    """The title's own words in disguise, or run together."""
    shorter = title.words[1:] if title.words[0] in words.DETERMINERS and len(title.words) > 1 else title.words
    for spelling in dict.fromkeys((title.words, shorter, title.telling)):
        if len("".join(spelling)) < 4:
            continue
        for one in sightings(reading, spelling):
            if one.disguised or (one.glued and len(spelling) > 1):
                yield candidate(reading, "title", one, spelling, "rewritten")


def _groups(reading: Reading, title: Title) -> Iterator[Group]:
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


def _meant(word: str, title: Title, covered: list[int]) -> tuple[int | None, bool]:
    """Which word of the title a word is, and whether it is so in translation."""
    inflected = words.stems(word) | {word}
    repeated: int | None = None
    for place, own in enumerate(title.own):
        if inflected & own and (
            word == title.telling[place]
            or title.telling[place].isdigit()
            or word == shorter(title.telling[place])
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
            if place not in covered and len(own_word) >= 5 and own_word[:4] == word[:4] and _cognates(own_word, word):
                return place, True
    return repeated, False


@lru_cache(maxsize=4096)
def _cognates(one: str, other: str) -> bool:
    """ "mystere" and "mystery", "heritage" in both languages."""
    from rapidfuzz import fuzz

    return bool(fuzz.ratio(one, other) >= 80)


def _joined(reading: Reading, one: Word, other: Word) -> bool:
    """Whether two words stand in one phrase, small words between them aside."""
    between = reading.folded[one.end : other.at]
    return len(between) < 24 and re.search(r"[.!?;:()\n\"]", between) is None


def _facts(reading: Reading, title: Title, group: Group) -> Iterator[str]:
    """How much of the title the words are, and how near to its own letters."""
    covered, every = len(group.covered), len(title.telling)
    if covered == every:
        yield "whole" if every > 1 else "whole_of_one"
        if every > 2:
            yield "whole_of_many"
    else:
        yield "part" if covered > 1 else "part_of_one"
        if covered > 1 and covered * 3 >= every * 2:
            yield "most"
    if group.foreign:
        yield "translated"
        yield "translated_whole" if covered == every and every > 1 else "translated_part"
    if "," in reading.folded[group.found[0].at : group.found[-1].end]:
        yield "comma_within"
    if list(group.covered) != sorted(group.covered):
        yield "reordered"
    start, end = group.found[0].at, group.found[-1].end
    here = [word.text for word in reading.between(start, end)]
    own = list(title.words)
    article = own[0] if own[0] in words.DETERMINERS and len(own) > 1 else ""
    before = reading.before(start, 1)
    if article and before and before[-1].text in (article, *_CONTRACTED.get(article, ())):
        yield "own_article"
        if before[-1].capital and (group.found[0].capital or not reading.opens(before[-1].at)):
            yield "own_article_capital"
            if reading.opens(before[-1].at):
                yield "own_article_opening"
    elif before and before[-1].text in words.ARTICLES and before[-1].capital and group.found[0].capital:
        yield "own_article_capital"  # of the other language
        if reading.opens(before[-1].at):
            yield "own_article_opening"
    elif article and not group.foreign:
        yield "without_own_article"
    if here == own or here == own[1:]:
        yield "word_for_word"
        if len(own) > 3:
            yield "word_for_word_long"
    if any(word.text.isdigit() for word in group.found):
        yield "with_figures"
    if any(word.text in _ALWAYS_CAPITAL for word in group.found):
        yield "always_capital"


def _initials(reading: Reading, title: Title) -> Iterator[Candidate]:
    every = "".join(word[0] for word in title.words)
    telling = "".join(word[0] for word in title.telling)
    figures = "".join(word if word.isdigit() else word[0] for word in title.telling)
    for letters in dict.fromkeys((every, telling, figures)):
        if len(letters) < 2 or not letters[0].isalpha() or letters in KNOWN_INITIALS or len(title.words) < 2:
            continue
        for one in sightings(reading, (letters,)):
            shown = re.sub(r"[^A-Za-z0-9]", "", reading.cased[one.start : one.end])
            if shown[: len(letters)].isupper() and not reading.shouted(one.start):
                size = "initials_long" if len(letters) > 2 else "initials_short"
                yield candidate(reading, "title", one, (letters,), "initials", size)
