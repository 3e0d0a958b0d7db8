"""The confidential title: whole, inflected, translated, shortened, or its initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from chalicelib.briefs.leaks import words
from chalicelib.briefs.leaks.disguises import Sighting, name_words, sightings
from chalicelib.briefs.leaks.findings import Severity, Spot
from chalicelib.briefs.leaks.names import AGED, KNOWN_INITIALS, RANKS, longer, next_to, reference
from chalicelib.briefs.leaks.numbers import in_words
from chalicelib.briefs.leaks.reading import Reading, Word, bag

_NAMING = bag("intitule intitulee intitules titre titres titled entitled title called baptise baptisee nomme codename")
_IS_CALLED = bag("appelle appelait appellera appeler")
_ABOUT = bag(
    """
    serie projet project film bible pilote pilot script scenario dossier episode episodes saison season show
    synopsis traitement treatment adaptation tournage series drama feature minisserie miniserie telefilm
    unitaire developpement development developpe developing travaille travailler working sequencier arche pitch
    v1 v2 v3 version ecriture writing teaser lu relu lire relire lisez lis read reread
    """
)
_INDEFINITE = bag("un une des d a an some leur leurs son sa ses his her their")
_OURS = bag("notre nos our mon my votre your ce this")
#: A bare noun that opens a sentence before one of these is the subject of it, as only a title is in French.
_TELLS = bag(
    """
    est suit raconte explore parle commence sera serait se s is follows tells explores will begins opens has
    interroge plonge dresse reunit retrace melange debute demarre met
    """
)
#: Words that take a capital whatever they mean.
_ALWAYS_CAPITAL = bag(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december etat republique revolution resistance eglise liberation occupation
    commune internet terre earth dieu god nord sud est ouest north south east west histoire president reine roi
    king queen bible
    """
)
_YEAR_AFTER = re.compile(r"\s?['\"]?\s?,?\s?(?:\((?:[^()]{0,40})?(?:19|20)\d\d\)|(?:de|by|d')\s[A-Z])")


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
        tuple(words.stems(word) | {word, *_numbers(word)} for word in telling),
        tuple(frozenset(stem for other in words.translations(word) for stem in words.stems(other)) for word in telling),
    )


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
    for told in titles:
        for variant in _variants(told):
            title = _title(variant)
            if title:
                yield from _of(reading, title, given=variant == told)


def _of(reading: Reading, title: Title, given: bool) -> Iterator[Spot]:
    """What stands for one title; a variant, which is a translation already, is not translated back."""
    yield from _written(reading, title)
    for group in _groups(reading, title):
        if group.foreign and not given:
            continue
        start, end = group.found[0].at, group.found[-1].end
        whole = len(group.covered) == len(title.telling) > 1
        severity = _whole(reading, title, group) if whole else _part(reading, title, group)
        if severity:
            yield Spot("title", *reading.original(start, end), severity)
    yield from _initials(reading, title)


def _written(reading: Reading, title: Title) -> Iterator[Spot]:
    """The title's own words in disguise, or run together."""
    shorter = title.words[1:] if title.words[0] in words.DETERMINERS and len(title.words) > 1 else title.words
    for spelling in dict.fromkeys((title.words, shorter, title.telling)):
        if len("".join(spelling)) < 4:
            continue
        for one in sightings(reading, spelling):
            if one.disguised or (one.glued and len(spelling) > 1):
                yield Spot("title", *reading.original(one.start, one.end))


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
    return len(between) < 24 and re.search(r"[.!?;:()\n,\"]", between) is None


def _whole(reading: Reading, title: Title, group: Group) -> Severity | None:
    start, end = group.found[0].at, group.found[-1].end
    ordered = list(group.covered) == sorted(group.covered)
    if not group.foreign and not ordered and len(title.telling) > 2:
        return "warn"
    capitals = [word for word in group.found if word.capital]
    shouted = reading.shouted(start)
    if not shouted and (
        len(capitals) > 1 or (capitals and not reading.opens(group.found[0].at) and group.found[0].capital)
    ):
        return "block"
    before = reading.before(start, 1)
    another = bool(before) and before[-1].text in _INDEFINITE and before[-1].text != title.words[0]
    around = reading.quotation(start, end)
    if around and reference(reading.before(start, 10)):
        told = {word.text for word in reading.between(*around)} - set(title.words)
        if told and not group.foreign:
            return None  # "on cite souvent « De sang-froid »"
    numbered = any(word.text.isdigit() for word in group.found)
    if numbered and group.found[0].capital and not before:
        return "block"
    if another and not _quoted(reading, group):
        return "warn"
    if any(words.rare(word.text) for word in group.found) and not group.foreign:
        return "block"
    if len(title.telling) > 2:
        return "block"
    if _quoted(reading, group) or _cued(reading, start, soft=True):
        return "block"
    if shouted or not reading.capitals:
        return "block"
    exact = _exactly(reading, title, end)
    if exact and len(title.words) > 3:
        return "block"
    if exact and len(title.words) > len(title.telling) and _read(reading, title, start):
        return "block"
    if capitals and reading.opens(start) and _told_of(reading, end):
        return "block"
    return "warn" if ordered or group.foreign else None


def _exactly(reading: Reading, title: Title, end: int) -> bool:
    here = [word.text for word in reading.before(end, len(title.words))]
    return here == list(title.words)


def _read(reading: Reading, title: Title, start: int) -> bool:
    """Whether the title, its article included, is what somebody reads or writes."""
    before = [word.text for word in reading.before(start, 2)]
    return len(before) == 2 and before[-1] == title.words[0] and before[0] in _ABOUT


def _told_of(reading: Reading, end: int) -> bool:
    after = reading.after(end, 1)
    return bool(after) and (
        after[0].text in _TELLS or re.fullmatch(r"v\d|saison|season|episodes?", after[0].text) is not None
    )


def _quoted(reading: Reading, group: Group) -> bool:
    """Whether the words, small ones aside, are all that stands between quotation marks."""
    around = reading.quotation(group.found[0].at, group.found[-1].end)
    if around is None:
        return False
    inside = [word for word in reading.between(*around) if word.text not in words.FUNCTION_WORDS]
    return len(inside) <= len(group.found)


def _cued(reading: Reading, start: int, soft: bool) -> bool:
    """Whether what stands before says that a title follows."""
    before = [word.text for word in reading.before(start, 6)]
    while before and before[-1] in words.FUNCTION_WORDS and before[-1] not in _OURS:
        before.pop()
    if not before:
        return False
    if before[-1] in _NAMING or (before[-1] in _IS_CALLED and before[-2:-1] == ["s"]):
        return True
    if soft and before[-1] in _ABOUT:
        return True
    return soft and len(before) > 1 and before[-2] in _ABOUT and before[-1] not in _OURS and len(before[-1]) < 5


def _part(reading: Reading, title: Title, group: Group) -> Severity | None:
    """A title of one word, or some words of a longer one."""
    start, end = group.found[0].at, group.found[-1].end
    one = Sighting(start, end, False, False)
    before, after = reading.before(start, 5), reading.after(end, 4)
    first = group.found[0]
    alone = len(title.telling) == 1
    shouted = reading.shouted(start)
    capital = first.capital and not shouted
    opening = reading.opens(start)
    proper = all(
        not words.common(word.text) or word.text in words.first_names() or word.text in words.places()
        for word in group.found
    )
    if any(len(word.text) < 3 for word in group.found) and len(group.found) == 1 and not alone:
        return None
    quoted = _quoted(reading, group)
    referred = reference(reading.before(start, 10)) or _YEAR_AFTER.match(reading.cased, end) is not None
    if quoted:
        if referred:
            return None
        return "block" if capital or _cued(reading, start, soft=False) else "warn"
    if reading.quotation(start, end):
        return None  # a longer title, or what somebody says
    adjacent = before[-1].text if before and next_to(reading, before[-1].end, start) else ""
    person = any(word.text in words.first_names() for word in group.found)
    if capital and adjacent in _NAMING | _ABOUT and (alone or not person) and not longer(reading, [], after, one):
        return "block"
    if not capital:
        named = _cued(reading, start, soft=False) and not referred
        direct = adjacent in _ABOUT and len(before) > 1 and before[-2].text in _OURS
        if (named and (alone or not shouted)) or (direct and not after_of(after)):
            return "block" if alone or len(group.found) > 1 or direct or named else "warn"
        return None
    if referred or longer(reading, before, after, one):
        return None
    if AGED.match(reading.folded, end) or (before and before[-1].text in RANKS):
        return None
    if first.text in _ALWAYS_CAPITAL and len(group.found) == 1:
        return None
    if proper:
        if person and not alone:
            return None
        if _cued(reading, start, soft=True) and adjacent not in ("a", "in", "at"):
            return "block"
        known = any(word.text in words.first_names() or word.text in words.places() for word in group.found)
        if (
            not alone
            or known
            or group.foreign
            or adjacent in ("a", "in", "at", "near", "de", "d", "of", "from", "vers", "to")
        ):
            return None
        return None if opening and not _told_of(reading, end) else "block"
    if opening:
        return "block" if _told_of(reading, end) and not group.foreign else None
    return "block"


def after_of(after: list[Word]) -> bool:
    return bool(after) and after[0].text in ("de", "of", "du", "des")


def _initials(reading: Reading, title: Title) -> Iterator[Spot]:
    every = "".join(word[0] for word in title.words)
    telling = "".join(word[0] for word in title.telling)
    for letters, sure in dict.fromkeys(((every, len(every) > 2), (telling, len(telling) > 3))):
        if len(letters) < 2 or not letters.isalpha() or letters in KNOWN_INITIALS or len(title.words) < 2:
            continue
        for one in sightings(reading, (letters,)):
            shown = re.sub(r"[^A-Za-z]", "", reading.cased[one.start : one.end])
            if not shown[: len(letters)].isupper() or reading.shouted(one.start):
                continue
            if sure or _cued(reading, one.start, soft=True):
                yield Spot("title", *reading.original(one.start, one.end))
