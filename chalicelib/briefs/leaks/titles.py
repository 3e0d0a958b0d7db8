"""The confidential title: whole, inflected, translated, shortened, or its initials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chalicelib.briefs.leaks import words
from chalicelib.briefs.leaks.disguises import (
    Sighting,
    backwards,
    masked,
    masked_within,
    misspellings,
    nearly,
    sightings,
    unmistakable,
)
from chalicelib.briefs.leaks.findings import Spot
from chalicelib.briefs.leaks.judgement import Candidate, candidate
from chalicelib.briefs.leaks.reading import Reading, Word, bag
from chalicelib.briefs.leaks.rewording import Group, Meaning, clipped, compound, groups, meaning, variants

#: Words that take a capital whatever they mean.
_ALWAYS_CAPITAL = bag(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december etat republique revolution resistance eglise liberation occupation
    commune internet terre earth dieu god nord sud est ouest north south east west histoire president reine roi
    king queen bible
    """
)


#: Small words that stand for each other as a title is inflected or shortened.
_ALIKE = bag("de du des d le la les l et and the of a an un une")
#: An article behind "de" or "à".
_CONTRACTED = {"le": ("du", "au"), "les": ("des", "aux")}


def spots(reading: Reading, titles: tuple[str, ...]) -> Iterator[Spot]:
    """Whole titles, word for word, of more than three telling words or with one that nothing else is called by."""
    for given in titles:
        title = meaning(given)
        if title is None:
            continue
        for one in backwards(reading, title.words):
            yield Spot("title", *reading.original(one.start, one.end))
        for one in sightings(reading, title.words):
            if unmistakable(reading, one):
                yield Spot("title", *reading.original(one.start, one.end))
        for group in groups(reading, title):
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
        title = meaning(told)
        if title is None:
            continue
        for one in (*_of(reading, title), *_in_expressions(reading, told)):
            if not _breaks(reading, one.start, one.end, told) or _commas_only(reading, one):
                yield one


def _breaks(reading: Reading, start: int, end: int, title: str) -> bool:
    """Whether a mark stands amid the words that the title lacks: "La nuit, des chevreuils traversent"."""
    return any(mark in reading.folded[start:end] and mark not in title for mark in ",;!?")


def _commas_only(reading: Reading, one: Candidate) -> bool:
    """Whether it is the whole title with a comma more, each word with its capital: "Sister, Minor"."""
    here = reading.between(one.start, one.end)
    capitals = all(word.capital for word in here if word.text not in words.FUNCTION_WORDS)
    marks = re.sub(r"[^;!?]", "", reading.folded[one.start : one.end])
    return "whole" in one.facts and "translated" not in one.facts and capitals and not marks


def _in_expressions(reading: Reading, title: str) -> Iterator[Candidate]:
    """Where an expression of the title stands as the other language has it, with more of the title or alone."""
    for variant in variants(title):
        yield from _written(reading, variant.meaning)
        for group in groups(reading, variant.meaning):
            if variant.other <= {*group.covered}:
                one = Sighting(group.found[0].at, group.found[-1].end, False, False)
                told = tuple(word.text for word in group.found)
                yield candidate(reading, "title", one, told, *_facts(reading, variant.meaning, group), "variant")


def _of(reading: Reading, title: Meaning) -> Iterator[Candidate]:
    """What may stand for one title."""
    yield from _written(reading, title)
    if len(title.telling) == 1:
        for one in misspellings(reading, title.telling[0]):
            yield candidate(reading, "title", one, title.telling, "misspelt")
        for one in masked(reading, title.telling[0]):
            yield candidate(reading, "title", one, title.telling, "rewritten")
    else:
        for one in nearly(reading, title.words):
            yield candidate(reading, "title", one, title.telling, "misspelt", "misspelt_whole")
        for one in masked_within(reading, title.words):
            yield candidate(reading, "title", one, title.telling, "rewritten")
        for one in _cut_short(reading, title):
            yield candidate(reading, "title", one, title.telling, "whole", "shortened")
    for group in groups(reading, title):
        alone = len(group.found) == 1
        if alone and len(title.telling) > 1 and len(group.found[0].text) < 3:
            continue
        one = Sighting(group.found[0].at, group.found[-1].end, False, False)
        told = tuple(word.text for word in group.found)
        yield candidate(reading, "title", one, told, *_facts(reading, title, group), "given")
    for group in _stretched(reading, title):
        one = Sighting(group.found[0].at, group.found[-1].end, False, False)
        told = tuple(word.text for word in group.found)
        yield candidate(reading, "title", one, told, *_facts(reading, title, group), "stretched")
    apart = compound(title)
    if apart:
        for group in groups(reading, apart):
            if group.foreign and len(group.covered) == len(apart.telling):
                one = Sighting(group.found[0].at, group.found[-1].end, False, False)
                told = tuple(word.text for word in group.found)
                yield candidate(reading, "title", one, told, *_facts(reading, apart, group), "compound")
    yield from _initials(reading, title)


def _cut_short(reading: Reading, title: Meaning) -> Iterator[Sighting]:
    """A title with the initial of its last word: "L'Héritière de B." for L'Héritière de Bellevue."""
    *head, last = title.words
    if last not in title.telling or len(last) < 4 or len("".join(head)) < 5:
        return
    words_ahead = "[ '-]{1,2}".join(map(re.escape, head))
    for found in re.finditer(rf"(?<![a-z0-9]){words_ahead}[ '-]{{1,2}}{last[0]}(?:\.|\*+|_+)", reading.folded):
        if reading.cased[found.end() - 2].isupper():
            yield Sighting(found.start(), found.end(), False, False)


def _stretched(reading: Reading, title: Meaning) -> Iterator[Group]:
    """The whole of a title with one word more amid it: "La promesse faite à Suzanne" for La Promesse de Suzanne."""
    last: Group | None = None
    for group in groups(reading, title):
        if last and not {*last.covered} & {*group.covered}:
            covered = (*last.covered, *group.covered)
            between = reading.folded[last.found[-1].end : group.found[0].at]
            more = [word for word in re.findall("[a-z0-9]+", between) if word not in words.FUNCTION_WORDS]
            apart = re.search(r"[^a-z0-9 '-]", between) is not None
            foreign = last.foreign or group.foreign
            if len(covered) == len(title.telling) and len(more) == 1 and not (apart or foreign):
                yield Group((*last.found, *group.found), covered, foreign)
        last = group


def _written(reading: Reading, title: Meaning) -> Iterator[Candidate]:
    """The title's own words in disguise, or run together."""
    shorter = title.words[1:] if title.words[0] in words.DETERMINERS and len(title.words) > 1 else title.words
    for spelling in dict.fromkeys((title.words, shorter, title.telling)):
        if len("".join(spelling)) < 4:
            continue
        for one in sightings(reading, spelling):
            apart = len(re.findall("[a-z0-9]+", reading.folded[one.start : one.end])) > len(spelling)
            if one.disguised or (one.glued and len(spelling) > 1) or apart:
                yield candidate(reading, "title", one, spelling, "rewritten")


def _facts(reading: Reading, title: Meaning, group: Group) -> Iterator[str]:
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
    if len(group.covered) > 1 and (_loose(reading, title, group) or _joined_otherwise(reading, title, group)):
        yield "loose"
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
    yield from _opening(reading, title, group, before)
    if here == own or here == own[1:]:
        yield "word_for_word"
        if len(own) > 3:
            yield "word_for_word_long"
    if any(clipped(word.text, title.telling[place]) for word, place in zip(group.found, group.covered, strict=True)):
        yield "clipped"
    if any(word.text[0].isdigit() for word in group.found):
        yield "with_figures"
    if any(word.text in _ALWAYS_CAPITAL for word in group.found):
        yield "always_capital"


def _opening(reading: Reading, title: Meaning, group: Group, before: list[Word]) -> Iterator[str]:
    """A whole title at the head of a sentence, with the article it has: "Les cousins du verger montent …"."""
    led = [word for word in before if word.text in words.ARTICLES or word.text == title.words[0]]
    several = len(title.telling) > 1
    if len(group.covered) < len(title.telling) or not reading.opens(led[0].at if led else group.found[0].at):
        return
    own = title.words[len(led) :] if led and title.words[0] == led[0].text else title.words
    here = tuple(word.text for word in reading.between(group.found[0].at, group.found[-1].end))
    given = here == own and (not led or own != title.words)
    if given and led:
        yield "several_open_with_article" if several else "one_opens_with_article"
    if several and given:
        yield "opens_as_given"
    elif several and group.foreign and not _loose(reading, title, group):
        yield "opens_translated"


def _joined_otherwise(reading: Reading, title: Meaning, group: Group) -> bool:
    """Whether other small words stand between its own: "votre retour sur Cassel" for Retour à Cassel."""
    between = {word.text for word in reading.between(group.found[0].at, group.found[-1].end)} & words.FUNCTION_WORDS
    return not group.foreign and not between <= {*title.words} | _ALIKE


def _loose(reading: Reading, title: Meaning, group: Group) -> bool:
    """Whether others stand between its words than join nouns, "Paradise is lost", or they stand in another order for
    another reason than that French joins with "de" what English puts side by side."""
    between = {
        word.text
        for word in reading.between(group.found[0].at, group.found[-1].end)
        if not any(one.at <= word.at < one.end for one in group.found)
    }
    reordered = list(group.covered) != sorted(group.covered) and not between & {"de", "du", "des", "d", "of"}
    return reordered or not between <= {*title.words, *words.JOINING}


def _initials(reading: Reading, title: Meaning) -> Iterator[Candidate]:
    every = "".join(word[0] for word in title.words)
    telling = "".join(word[0] for word in title.telling)
    figures = "".join(word if word.isdigit() else word[0] for word in title.telling)
    for letters in dict.fromkeys((every, telling, figures)):
        if len(letters) < 2 or not letters[0].isalpha() or letters in words.KNOWN_INITIALS or len(title.words) < 2:
            continue
        for one in sightings(reading, (letters,)):
            shown = re.sub(r"[^A-Za-z0-9]", "", reading.cased[one.start : one.end])
            if shown[: len(letters)].isupper() and not reading.shouted(one.start):
                size = "initials_long" if len(letters) > 2 else "initials_short"
                yield candidate(reading, "title", one, (letters,), "initials", size)
