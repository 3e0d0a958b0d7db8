"""The company's names and initials, and its people's names: where they may be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from chalicelib.briefs.leaks import words
from chalicelib.briefs.leaks.disguises import (
    Sighting,
    backwards,
    masked,
    masked_within,
    misspellings,
    name_words,
    nearly,
    shorter,
    sightings,
    unmistakable,
)
from chalicelib.briefs.leaks.findings import Spot
from chalicelib.briefs.leaks.judgement import Candidate, candidate
from chalicelib.briefs.leaks.reading import Reading, bag, read
from chalicelib.briefs.leaks.rewording import clipped, compound, groups, meaning, variants
from chalicelib.briefs.leaks.surroundings import CIVIL, next_to

_LEGAL_FORMS = bag(
    """
    eurl gie sa sarl sas sasu scop snc ste scic sca ltd limited llc inc plc gmbh srl sprl bv corp co
    """
)
#: What many companies of the trade are called besides their own name.
GENERIC = bag(
    """
    film films filmes production productions prod prods produzioni studio studios picture pictures media medias
    entertainment television tv cinema cine cinematographique audiovisuel audiovisuelle audiovisuelles groupe
    group company compagnie cie societe image images fiction fictions international europe france contenus
    serie series stories drama dramas partners
    content creation creations distribution animation animations documentaire documentaires doc docs documentary
    documentaries video videos originals collectif collective associes associates et and fils freres les le la l
    de du des d the of
    """
)


#: What a company may be called besides, which is left out as soon as it is known: "Kestrel" for Kestrel House.
_LEFT_OUT = bag(
    """
    house maison atelier ateliers factory fabrique works lab labo bureau club box stories tales recits histoires movies
    motion vision visions arts art projects projets network editions scripted creative creatives sisters soeurs fille
    filles daughter daughters son cousins amis friends usine manufacture workshop room office road lane
    """
)


def _said_of_all(word: str) -> bool:
    return word in GENERIC or (word in words.KNOWN_INITIALS and not words.plain(word))


def _otherwise(whole: tuple[str, ...], core: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The same words put otherwise: "Films Sorrel" for Sorrel Films, "Ours et Poupée" for L'Ours et la Poupée."""
    at = next(place for place in range(len(whole)) if whole[place : place + len(core)] == core)
    head = tuple(word for word in whole[:at] if word not in words.FUNCTION_WORDS)
    tail = whole[at + len(core) :]
    bare = tuple(word for word in whole if word not in words.ARTICLES)
    turned = (*tail, *head, *core) if tail else (*core, *head)
    return tuple(other for other in dict.fromkeys((turned, bare)) if other != whole and len(other) > 1)


class Name(NamedTuple):
    """`whole` is what the company is called, without its legal form; `cores` what tells it from others, the longest
    first; `article` the one it begins with, if it is told from the rest; `strong` whether the whole says that it is a
    company; `initials` those of its words, small ones aside."""

    whole: tuple[str, ...]
    cores: tuple[tuple[str, ...], ...]
    article: str
    strong: bool
    initials: str


@lru_cache(maxsize=256)
def _named(name: str) -> Name | None:
    whole = tuple(word for word in name_words(name) if word not in _LEGAL_FORMS) or name_words(name)
    if not whole:
        return None
    telling = [place for place, word in enumerate(whole) if len(word) > 1 and not _said_of_all(word)]
    cores: list[tuple[str, ...]] = []
    if telling:
        core = whole[telling[0] : telling[-1] + 1]
        cores.append(core)
        cores += [(word,) for word in core if len(core) > 1 and len(word) > 3 and words.rare(word)]
        own = [word for word in core if word not in _LEFT_OUT and word not in words.FUNCTION_WORDS] or list(core)
        if len(core) > 1 and len(own[0]) > 3 and own[0].isalpha() and own[0] not in words.first_names():
            cores.append((own[0],))  # what a company is called for short
    article = ""
    if len(whole) > 1 and whole[0] in ("les", "le", "la", "l", "the"):
        article = whole[0]
        shorter = whole[1:]
        whole = shorter if len(shorter) > 1 or shorter in cores else whole
    strong = any(word in GENERIC and word not in words.FUNCTION_WORDS for word in whole) and len(whole) > 1
    initials = "".join(word if word.isdigit() else word[0] for word in whole if word not in words.FUNCTION_WORDS)
    return Name(whole, tuple(dict.fromkeys(cores)), article, strong, initials)


def spots(reading: Reading, names: tuple[str, ...], people: tuple[str, ...]) -> Iterator[Spot]:
    """Whole names that say that they are a company's ("… Films") or have a word that nothing else is called by, written
    as names are; with both, however they are written. People by their whole name, or half of it and an initial."""
    for name in filter(None, map(_named, names)):
        rare = any(words.rare(word) for core in name.cores[:1] for word in core if len(word) > 3)
        for one in backwards(reading, name.whole):
            yield Spot("company", *reading.original(one.start, one.end))
        for one in sightings(reading, name.whole):
            capital = _all_capital(reading, one)
            if unmistakable(reading, one) or (name.strong and rare) or (capital and (name.strong or rare)):
                yield Spot("company", *reading.original(one.start, one.end))
    for person in filter(None, map(_person, people)):
        if not person.first:
            continue
        rare = any(words.rare(word) and len(word) > 3 for word in (*person.first, *person.last))
        for order in ((*person.first, *person.last), (*person.last, *person.first)):
            for one in backwards(reading, order):
                yield Spot("person", *reading.original(one.start, one.end))
            for one in sightings(reading, order):
                said = rare and not {"small_common", "comma_within"} & set(_cased(reading, one))
                if said or unmistakable(reading, one):
                    yield Spot("person", *reading.original(one.start, one.end))
        for one, fact in _abbreviated(reading, person):
            if fact != "mister_or_initial":
                yield Spot("person", *reading.original(one.start, one.end))


def _all_capital(reading: Reading, one: Sighting) -> bool:
    """Whether each word has its capital, articles and the like apart."""
    telling = [word for word in reading.between(one.start, one.end) if word.text not in words.FUNCTION_WORDS]
    return len(telling) > 1 and all(word.capital for word in telling)


def company_candidates(reading: Reading, names: tuple[str, ...]) -> Iterator[Candidate]:
    for name in filter(None, map(_named, names)):
        told: list[tuple[int, int]] = []
        named: list[tuple[int, int]] = []
        for one in nearly(reading, name.whole):  # before its own words in it: "Corbeau Stdio"
            told.append((one.start, one.end))
            yield candidate(reading, "company", one, name.whole, "misspelt", "misspelt_whole")
        for one in masked_within(reading, name.whole):
            told.append((one.start, one.end))
            yield candidate(reading, "company", one, name.whole, "whole")
        for part, share in (
            (name.whole, "whole"),
            *((core, "core" if not at else "part") for at, core in enumerate(name.cores)),
        ):
            for one in sightings(reading, part):
                if any(start <= one.start and one.end <= end for start, end in told):
                    continue
                if share != "whole" and len(part) == 1 and _in_street(reading, one):
                    continue
                if share == "part" and not (reading.hurried or words.rare(part[0]) or _bare(reading, one)):
                    continue
                told.append((one.start, one.end))
                if share != "part":
                    named.append((one.start, one.end))
                facts = [share]
                if share == "whole" and name.strong:
                    facts.append("says_company")
                if share == "whole" and part in name.cores:
                    facts.append("core")
                if share == "whole" and len([word for word in part if word not in words.FUNCTION_WORDS]) > 2:
                    facts.append("whole_of_many")
                yield candidate(reading, "company", one, part, *facts, *_as_written(reading, one, name))
        for spelling in _otherwise(name.whole, name.cores[0]) if name.cores else ():
            for one in sightings(reading, spelling):
                if not any(start <= one.start and one.end <= end and end - start > 3 for start, end in named):
                    named.append((one.start, one.end))
                    facts = ["whole", "put_otherwise", *(["says_company"] if name.strong else [])]
                    yield candidate(reading, "company", one, spelling, *facts)
        for spelling in name.cores[:1]:
            for one in nearly(reading, spelling):
                if not any(start < one.end and one.start < end for start, end in told):
                    told.append((one.start, one.end))
                    yield candidate(reading, "company", one, spelling, "misspelt", "misspelt_whole")
        for core in name.cores[:1]:
            if len(core) == 1:
                for one in (*misspellings(reading, core[0]), *masked(reading, core[0])):
                    if not any(start < one.end and one.start < end for start, end in told):
                        yield candidate(reading, "company", one, core, "misspelt")
            yield from _translated(reading, core, named)
        for word in {word for core in name.cores[:1] for word in core}:
            for said in reading.words:
                free = not any(start < said.end and said.at < end for start, end in told)
                if free and (said.capital or reading.hurried) and clipped(said.text, word):
                    told.append((said.at, said.end))
                    one = Sighting(said.at, said.end, False, False)
                    yield candidate(reading, "company", one, (said.text,), "part", "clipped")
        for one in _shortened(reading, name):
            if not any(start < one.end and one.start < end for start, end in told):
                yield candidate(reading, "company", one, name.whole, "whole", "shortened")


def _bare(reading: Reading, one: Sighting) -> bool:
    """Whether a word has a capital that no sentence asks for, and stands alone."""
    here, before, after = reading.between(one.start, one.end), reading.before(one.start, 1), reading.after(one.end, 1)
    joined = bool(after) and after[0].capital and next_to(reading, one.end, after[0].at)
    return all(word.capital for word in here) and bool(before) and not joined


def _shortened(reading: Reading, name: Name) -> Iterator[Sighting]:
    """A name with initials for words: "Sorrel R. Films" for Sorrel Rouge Films, "H.N. Productions"."""
    core = name.cores[0] if name.cores else ()
    telling = [word for word in core if word not in words.FUNCTION_WORDS]
    if len(telling) < 2:
        return
    head, rest = telling[0], telling[1:]
    initials = r"\s?".join(rf"{word[0]}\." for word in rest)
    behind = "|".join(
        re.escape(said)
        for word in name.whole[name.whole.index(core[-1]) + 1 :]
        if word in GENERIC and len(word) > 3
        for said in (word, *shorter(word))
    )
    suffix = rf"(?:\s(?:{behind}))?" if behind else ""
    patterns = [rf"(?<![a-z0-9]){re.escape(head)}\s{initials}{suffix}"]
    if behind:
        patterns.append(rf"(?<![a-z0-9]){head[0]}\.?\s?{initials.replace('.', '.?')}\s(?:{behind})(?![a-z0-9])")
    for pattern in patterns:
        for found in re.finditer(pattern, reading.folded):
            if reading.cased[found.start()].isupper():
                yield Sighting(found.start(), found.end(), False, False)


def _translated(reading: Reading, core: tuple[str, ...], told: list[tuple[int, int]]) -> Iterator[Candidate]:
    """The words that tell a company from others in the other language: "The Weavers" for Les Tisserands."""
    meant = meaning(" ".join(core))
    if meant is None:
        return
    apart = compound(meant)
    forms = [(meant, None), *([(apart, None)] if apart else []), *variants(" ".join(core))]
    for form, other in forms:
        for group in groups(reading, form):
            start, end = group.found[0].at, group.found[-1].end
            free = not any(first < end and start < last for first, last in told)
            several = len(form.telling) > 1  # "Cape Horn" is none of the forms of Cap Horn that are looked for
            foreign = group.foreign or several if other is None else other <= {*group.covered}
            if foreign and len(group.covered) == len(form.telling) and free:
                told.append((start, end))
                yield _in_translation(reading, tuple(word.text for word in group.found), start, end)


def _in_translation(reading: Reading, said: tuple[str, ...], start: int, end: int) -> Candidate:
    facts = ["core", "translated", "translated_whole" if len(said) > 1 else "translated_part"]
    before = reading.before(start, 1)
    articled = bool(before) and before[-1].text in words.ARTICLES and before[-1].capital
    here = reading.between(start, end)
    if articled and here and here[0].capital:
        facts.append("own_article")
        if not reading.opens(before[-1].at):
            facts.append("own_article_capital")
    return candidate(reading, "company", Sighting(start, end, False, False), said, *facts)


def _as_written(reading: Reading, one: Sighting, name: Name) -> Iterator[str]:
    """Whether its capitals are the name's own, article included."""
    if not name.article:
        return
    before = reading.before(one.start, 1)
    if before and before[-1].text == name.article and next_to(reading, before[-1].end, one.start):
        yield "own_article"
        here = reading.between(one.start, one.end)
        if before[-1].capital and ((here and here[0].capital) or not reading.opens(before[-1].at)):
            yield "own_article_capital"


# ---- initials


def acronym_candidates(reading: Reading, acronyms: tuple[str, ...], names: tuple[str, ...]) -> Iterator[Candidate]:
    told = {re.sub("[^a-z0-9]", "", read(acronym).folded): True for acronym in acronyms}
    for name in filter(None, map(_named, names)):
        told.setdefault(name.initials, False)
    for letters, given in told.items():
        if len(letters) < 2 or not re.search("[a-z]", letters):
            continue
        for one in (
            *sightings(reading, (letters,)),
            *_hyphened(reading, letters),
            *_paired(reading, letters, given),
            *_spoken(reading, letters),
        ):
            cased = re.sub(r"[^A-Za-z0-9]|\s(?:et|and)\s", "", reading.cased[one.start : one.end])
            upper = cased[: len(letters)].isupper() and not reading.shouted(one.start)
            if _HOURS.fullmatch(letters) and reading.cased[one.start : one.end] != letters.upper():
                continue  # "17 h" is a time
            if not given and re.search(r"\d", letters) and " " in reading.folded[one.start : one.end]:
                continue  # "à 2000 mètres" is no A2000
            elided = "'" in reading.folded[one.start : one.end]  # "it's", "m'a"
            word = words.common(letters) and (elided or not one.disguised)
            if not upper and (not given or word):
                continue
            facts = ["given" if given else "derived", "upper" if upper else "not_upper"]
            if letters in words.KNOWN_INITIALS or words.common(letters):
                facts += ["known_initials", f"known_initials:{facts[-1]}"]
            if any(map(str.isdigit, letters)):
                facts.append("with_figures")
            told_of = candidate(reading, "acronym", one, (letters,), *facts)
            if letters not in words.CHANNELS_INITIALS or told_of.facts & _SIGNED or _says_us(reading, one):
                yield told_of


_HOURS = re.compile(r"\d{1,2}h\d{0,2}")
_SIGNED = bag("introduces_itself this_is_us signs_work closes_line labelled is_a_company")
_US = bag("nous notre nos moi we our us my i societe boite company production producteur productrice producer")


def _says_us(reading: Reading, one: Sighting) -> bool:
    """Whether somebody speaks of themselves around initials that a channel has too."""
    near = {word.text for word in (*reading.before(one.start, 4), *reading.after(one.end, 3))}
    return bool(near & _US)


def acronym_spots(reading: Reading, acronyms: tuple[str, ...]) -> Iterator[Spot]:
    """Initials with what a company is called besides, or that look for somebody who writes: "MP prod", "MP cherche un
    auteur"."""
    for letters in {re.sub("[^a-z0-9]", "", read(acronym).folded) for acronym in acronyms}:
        if not re.search("[a-z]", letters) or len(letters) < 2:
            continue
        for one in sightings(reading, (letters,)):
            behind = reading.after(one.end, 1)
            upper = reading.cased[one.start : one.end].isupper() and not reading.shouted(one.start)
            if upper and reading.opens(one.start) and _HIRES.match(reading.folded, one.end):
                yield Spot("acronym", *reading.original(one.start, one.end))
            if upper and behind and behind[0].text in _BEHIND_INITIALS and next_to(reading, one.end, behind[0].at):
                yield Spot("acronym", *reading.original(one.start, behind[0].end))


_HIRES = re.compile(
    r"\s(?:re)?(?:cherche|crute|seeks|hires|engage|embauche|commissions|is\slooking\sfor|is\shiring|is\sseeking|"
    r"looks\sfor|wants|veut|souhaite|lance\sun\sappel\sa)\s(?:[a-z0-9'-]+\s){0,4}?(?:co-?)?"
    r"(?:auteur|autrice|scenariste|dialoguiste|script-?doctor|consultant|writer|screenwriter|plume|directeur\slitteraire|"
    r"directrice\slitteraire|script\seditor)"
)
_BEHIND_INITIALS = bag("prod prods production productions films pictures studios")


def _hyphened(reading: Reading, letters: str) -> Iterator[Sighting]:
    """Letters and figures with a hyphen between them: "S-1987" for S1987."""
    parts = re.findall("[a-z]+|[0-9]+", letters)
    if len(parts) == 2:
        for found in re.finditer(rf"(?<![a-z0-9]){parts[0]}-{parts[1]}(?![a-z0-9])", reading.folded):
            yield Sighting(found.start(), found.end(), False, False)


def _paired(reading: Reading, letters: str, given: bool) -> Iterator[Sighting]:
    """Two initials with a word between them: "P et P" for P&P."""
    if given and len(letters) == 2:
        pair = rf"(?<![a-z0-9]){letters[0]}(?:\s(?:et|and)\s|\.\s?(?:&|et|and)\s?){letters[1]}(?![a-z0-9'])"
        for found in re.finditer(pair, reading.folded):
            yield Sighting(found.start(), found.end(), False, False)


#: What letters are called in French and in English, where they are written as they are said.
_SAID = {
    "a": "a ay", "b": "be bee", "c": "ce cee see", "d": "de dee", "e": "e ee eu eux euh", "f": "effe eff ef",
    "g": "ge gee je", "h": "ache aitch", "i": "i eye", "j": "ji jay", "k": "ka kay", "l": "elle ell el",
    "m": "emme em aime", "n": "enne en", "o": "o oh", "p": "pe pee", "q": "qu ku cue", "r": "erre er ar",
    "s": "esse ess es", "t": "te tee", "u": "u you", "v": "ve vee", "w": "doubleve", "x": "ixe ix ex", "y": "why",
    "z": "zede zed zee",
}  # fmt: skip


@cache
def _as_said(letters: str) -> re.Pattern[str]:
    every = r"[\s-]".join(f"(?:{'|'.join(_SAID[letter].split())})" for letter in letters)
    return re.compile(rf"(?<![a-z0-9]){every}(?![a-z0-9])")


def _spoken(reading: Reading, letters: str) -> Iterator[Sighting]:
    """Initials as they are said aloud: "pé-esse-ji"."""
    if letters.isascii() and letters.isalpha() and 1 < len(letters) < 7:
        for found in _as_said(letters).finditer(reading.folded):
            hyphened = found[0].count("-") == len(letters) - 1 and len(found[0]) > 2 * len(letters)
            odd = sum(not words.common(piece) for piece in re.split(r"[\s-]", found[0]))
            if hyphened or (len(letters) > 2 and odd > 1):
                yield Sighting(found.start(), found.end(), True, False)


# ---- people


class Person(NamedTuple):
    first: tuple[str, ...]
    last: tuple[str, ...]


_PARTICLES = bag("de du des d le la les von van der den di da del della el al ben ould mac mc o saint")


@lru_cache(maxsize=512)
def _person(name: str) -> Person | None:
    told = read_case(name)
    named = [(word, upper) for word, upper in told if word not in CIVIL]
    if len(named) < 2:
        return Person((), (named[0][0],)) if named else None
    parts = [word for word, _ in named]
    shouting = [word for word, upper in named if upper and len(word) > 1]
    if shouting and len(shouting) < len(parts) and not named[-1][1]:  # "DURAND Claire"
        return Person(tuple(word for word in parts if word not in shouting), tuple(shouting))
    first = 1
    # "Jean-Pierre", "Marie Claire"
    hyphenated = re.match(r"\s*[^\s-]+((?:-[^\s-]+)+)\s", name)
    if hyphenated:
        first += hyphenated[1].count("-")
    first = min(first, len(parts) - 1)
    return Person(tuple(parts[:first]), tuple(parts[first:]))


def read_case(name: str) -> list[tuple[str, bool]]:
    return [(word.text, word.upper) for word in read(name).words]


def people_candidates(reading: Reading, people: tuple[str, ...]) -> Iterator[Candidate]:
    for person in filter(None, map(_person, people)):
        told: list[tuple[int, int]] = []
        for one, facts in _sightings(reading, person):
            if _in_street(reading, one) and "surname" in facts:
                continue  # "rue Vauquelin" is called after another
            if not any(start <= one.start and one.end <= end for start, end in told):
                told.append((one.start, one.end))
                name = () if "first_only" in facts else person.last
                yield candidate(reading, "person", one, name or person.first, *facts)
        for one in _nicknames(reading, person):
            known = candidate(reading, "person", one, person.first, "first_only", "nickname")
            if "cued" in known.facts and not any(start < one.end and one.start < end for start, end in told):
                yield known


def _in_street(reading: Reading, one: Sighting) -> bool:
    """ "rue Vauquelin", "rue de l'Estuaire"; "laisse la place à Vauquelin" is no street."""
    before = [word.text for word in reading.before(one.start, 3)]
    if before and before[-1] in _CALLED_AFTER:
        return True
    while before and before[-1] in _OF_A_STREET:
        before.pop()
    return bool(before) and before[-1] in _STREETS


_STREETS = bag("rue avenue boulevard bd quai impasse allee faubourg")
_CALLED_AFTER = _STREETS | bag("square chemin passage lycee college place")
_OF_A_STREET = bag("de du des d la le les l")


def _sightings(reading: Reading, person: Person) -> Iterator[tuple[Sighting, tuple[str, ...]]]:
    """The most telling ones first."""
    if person.first:
        for order, fact in (((*person.first, *person.last), "full"), ((*person.last, *person.first), "reversed")):
            for one in sightings(reading, order):
                yield one, ("full", fact, *_cased(reading, one))
        for one, fact in _abbreviated(reading, person):
            yield one, (fact,)
        yield from _misspelt(reading, person)
    for place, last in enumerate(_surnames(person)):
        if len("".join(last)) < 3:
            continue
        for one in sightings(reading, last):
            yield one, ("surname", *(("half",) if place else ()), *_cased(reading, one), *_first(reading, person, one))
        for one in misspellings(reading, "".join(last)) if len(last) == 1 else ():
            yield one, ("surname", "misspelt")
    if person.first:
        for one in sightings(reading, person.first):
            here = reading.between(one.start, one.end)
            hurried = reading.hurried and not all(map(words.common, person.first))
            if here and (here[0].capital or hurried) and not one.disguised:
                yield one, ("first_only",)


def _nicknames(reading: Reading, person: Person) -> Iterator[Sighting]:
    """The beginning of a long first name: "Ludo" for Ludovic; who it is has to be told besides."""
    own = person.first[0] if person.first else ""
    for word in reading.words:
        begins = 2 < len(word.text) < len(own) - 1 and own.startswith(word.text)
        if begins and (word.capital or reading.hurried) and not words.common(word.text):
            yield Sighting(word.at, word.end, False, False)


def _cased(reading: Reading, one: Sighting) -> Iterator[str]:
    """ "Rose Marchand" is somebody; "la rose marchande" and "Marie, petite dernière" are nobody."""
    here = [word for word in reading.between(one.start, one.end) if word.text not in _PARTICLES]
    if not reading.hurried and any(not word.capital and words.common(word.text) for word in here):
        yield "small_common"
        if any(word.capital for word in here):
            yield "partly_small"
    apart = "," in reading.folded[one.start : one.end]
    if apart:
        yield "comma_within"
    if not apart and len(here) > 1 and all(word.capital for word in here) and not reading.shouted(one.start):
        yield "full_capitals"


def _first(reading: Reading, person: Person, one: Sighting) -> Iterator[str]:
    """Whose first name stands before a surname."""
    before = reading.before(one.start, 4)
    while before and before[-1].text in {*_PARTICLES, "of"}:
        before.pop()
    if (
        not before
        or not person.first
        or not re.fullmatch(r"[ .'a-z-]{1,12}", reading.folded[before[-1].end : one.start])
    ):
        return
    said, own = before[-1], person.first[0]
    if said.text in person.first:
        yield "own_first_before"
    elif said.capital and len(said.text) > 1 and len(own) > 1 and _short_for(said.text, own):
        yield "nickname_before"
    elif said.capital and (
        said.text in words.first_names() or (len(said.text) == 1 and said.text != own[0] and said.text not in CIVIL)
    ):
        yield "other_first_before"


def _short_for(said: str, name: str) -> bool:
    """ "Ludo" for Ludovic, "Tom" for Thomas."""
    rest = iter(name)
    return (said[0] == name[0] and all(letter in rest for letter in said)) or (len(said) > 3 and said[:3] == name[:3])


def _misspelt(reading: Reading, person: Person) -> Iterator[tuple[Sighting, tuple[str, ...]]]:
    """The first name, and a surname that is written nearly so: "Chevreuze"."""
    from rapidfuzz import fuzz

    surname = "".join(word for word in person.last if word not in _PARTICLES)
    if len(surname) < 5:
        return
    for one in sightings(reading, person.first):
        rest = [word for word in reading.after(one.end, 3) if word.text not in _PARTICLES]
        for count in (1, 2):
            said = "".join(word.text for word in rest[:count])
            if said == surname:
                break
            near = bool(rest) and next_to(reading, one.end, rest[0].at)
            if near and rest[0].capital and said != surname and fuzz.ratio(said, surname) >= 82:
                yield Sighting(one.start, rest[:count][-1].end, False, False), ("full", "misspelt")
                break


def _surnames(person: Person) -> list[tuple[str, ...]]:
    """The whole surname, and each half of a double one."""
    halves = [(word,) for word in person.last if len(person.last) > 1 and word not in _PARTICLES and words.rare(word)]
    bare = tuple(word for word in person.last if word not in _PARTICLES)
    return list(dict.fromkeys(filter(None, [person.last, bare, *halves])))


def _abbreviated(reading: Reading, person: Person) -> Iterator[tuple[Sighting, str]]:
    """ "C. Durand", "Claire D.", "Yann L. G.", "J.-P. Durand", "Durand C."."""
    initial = r"\.?[ -]{0,2}".join(re.escape(word[0]) for word in person.first)
    last = r"[ '-]{1,2}".join(map(re.escape, person.last))
    first = r"[ -]{1,2}".join(map(re.escape, person.first))
    own = [word for word in person.last if word not in _PARTICLES] or list(person.last)
    shorts = "|".join(r"\.?[ -]{0,2}".join(re.escape(word[0]) for word in told) for told in (person.last, own, own[:1]))
    start = "|".join(person.first[0][:size] for size in (2, 3) if len(person.first[0]) > size + 1)
    begun = [(rf"(?<![a-z0-9])(?:{start})\.\s{last}(?![a-z0-9])", "initial_and_surname")] if start else []
    for pattern, fact in (
        *begun,  # "Dj. Sanogo"
        (rf"(?<![a-z0-9]){initial}\.?\s{{1,2}}{last}(?![a-z0-9])", "initial_and_surname"),
        (rf"(?<![a-z0-9]){last}\s{{1,2}}{initial}\.", "initial_and_surname"),
        (rf"(?<![a-z0-9]){first}\s{{1,2}}(?:{shorts})(?:\.|(?![a-z0-9']))", "first_and_initial"),
    ):
        for found in re.finditer(pattern, reading.folded):
            shown = reading.cased[found.start() : found.end()]
            letters = re.findall(r"[A-Za-z]+", shown)
            # "M. Klein" may be mister Klein; "Claire d." is nobody, "Claire a" is a sentence.
            if all(part[0].isupper() for part in letters if part.casefold() not in _PARTICLES or len(part) == 1):
                mister = fact == "initial_and_surname" and shown.startswith("M.") and reading.french
                yield Sighting(found.start(), found.end(), False, False), "mister_or_initial" if mister else fact
