"""The company's own addresses, with or without their number, and its domains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from chalicelib.briefs.leaks import words
from chalicelib.briefs.leaks.contact import ENGLISH_STREETS, OFFICE_CUES, STREET_TYPES
from chalicelib.briefs.leaks.disguises import Sighting, name_words, sightings
from chalicelib.briefs.leaks.findings import Spot
from chalicelib.briefs.leaks.judgement import Candidate, candidate
from chalicelib.briefs.leaks.numbers import in_words, runs, tellings
from chalicelib.briefs.leaks.reading import Reading, Word, bag, read
from chalicelib.briefs.leaks.rewording import consonants

_SHORT = {
    "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard", "boul": "boulevard", "av": "avenue", "ave": "avenue",
    "fbg": "faubourg", "fg": "faubourg", "pl": "place", "r": "rue", "imp": "impasse", "rte": "route", "ch": "chemin",
    "sq": "square", "psg": "passage", "pass": "passage", "all": "allee", "allees": "allee",
    "rd": "road", "ste": "sainte", "q": "quai",
    "gal": "general", "mal": "marechal", "dr": "docteur", "pdt": "president", "prof": "professeur", "cdt": "commandant",
}  # fmt: skip
_TYPES = frozenset(
    {"psg", "pass", "q", *STREET_TYPES.replace("?", "").split("|"), *ENGLISH_STREETS.split("|"), "allee"}
)
#: Cities whose districts have numbers, by the first digits of their postcodes.
_DISTRICTS = {"75": "paris", "690": "lyon", "130": "marseille"}


class Address(NamedTuple):
    number: str
    british: str
    outward: str
    street: tuple[str, ...]
    typed: bool
    postcode: str
    city: tuple[str, ...]


#: What a part of an address begins with that is within the house.
_WITHIN = bag("unit flat suite apt apartment floor room studio bat batiment bureau etage appt lot")


def _housed(parts: list[str]) -> list[str]:
    """The parts of an address without what is within its house, where that is not all of it."""
    return [part for part in parts if not _WITHIN & set(name_words(part))] or parts


@lru_cache(maxsize=128)
def _address(address: str) -> Address | None:
    text = read(address).folded
    coded = re.search(r"\b(\d{5})\b|\b[a-z]{1,2}\d{1,2}[a-z]?\s?\d[a-z]{2}\b", text)
    postcode = (coded[1] or "") if coded else ""
    british = "" if not coded or postcode else re.sub(r"\s", "", coded[0])
    outward = british[:-3]
    city = name_words(text[coded.end() :]) if coded else ()
    head = re.sub(r"(?<=\d)[a-d]\b", "", text[: coded.start()] if coded else text)  # "7b" is a number
    parts = [part for part in head.split(",") if re.search("[a-z]", part)]
    typed = next((part for part in parts if _TYPES & set(name_words(part))), " ".join(_housed(parts)[:1]))
    told = name_words(typed)
    number = next((word for word in re.findall(r"\d{1,4}", head)), "")
    place = next((at for at, word in enumerate(told) if word in _TYPES), None)
    if place is None:
        street = tuple(word for word in told if not word.isdigit())
        while len(street) > 1 and street[0] in words.ARTICLES:  # "48 La Canebière"
            street = street[1:]
        return Address(number, british, outward, street, False, postcode, city)
    street = told[place + 1 :]
    if not street:  # "12 Lilac Street"
        street = tuple(word for word in told[:place] if not word.isdigit())
    street = tuple(_SHORT.get(word, word) for word in street if word not in words.FUNCTION_WORDS)
    return Address(number, british, outward, street[:4], True, postcode, city)


#: Somebody speaks to somebody: a street without its number is then no setting.
_TALKING = bag("nous notre nos vous votre je j moi me m mon ma on our we us my i you your me")


_CODE = bag("postal cp postcode zip")


def spots(reading: Reading, addresses: tuple[str, ...]) -> Iterator[Spot]:
    """Postcodes and districts, which nothing else is written like, and the street with the number of the house. A
    postcode that is nobody's, as a setting's, is only warned of: the company shares it with its town."""
    for address in filter(None, map(_address, addresses)):
        yield from _postcode(reading, address)
        for one in _street(reading, address):
            if one.facts & {"numbered", "coded"} and one.facts & {"typed", "type_behind"}:
                yield Spot("address", *reading.original(one.start, one.end))


def street_candidates(reading: Reading, addresses: tuple[str, ...]) -> Iterator[Candidate]:
    for address in filter(None, map(_address, addresses)):
        yield from _street(reading, address)


def _street(reading: Reading, address: Address) -> Iterator[Candidate]:
    if not address.street or len("".join(address.street)) < 3:
        return
    every = reading.words
    for place, word in enumerate(every):
        if not _same(word.text, address.street[0]) and not (
            len(address.street) > 1 and word.text == address.street[0][0] and word.capital  # "18 allée J. Jaurès"
        ):
            continue
        end, at = place, 1
        while at < len(address.street) and end + 1 < len(every):
            following = every[end + 1].text
            if _same(following, address.street[at]):
                at += 1
            elif following not in words.FUNCTION_WORDS:
                break
            end += 1
        if at < len(address.street):
            continue
        first = place
        while first and every[first - 1].text in words.FUNCTION_WORDS and place - first < 3:
            first -= 1
        typed = (first > 0 and every[first - 1].text in _TYPES) or (every[place].text in _TYPES and end > place)
        behind = end + 1 < len(every) and every[end + 1].text in ENGLISH_STREETS.split("|")
        if first > 0 and every[first - 1].text in _TYPES:
            first -= 1
        ahead = first
        while typed and ahead and every[ahead - 1].text in ("de", "l", "la", "bis", "ter") and first - ahead < 2:
            ahead -= 1  # "au 3 de l'impasse"
        numbered = (
            ahead > 0
            and bool(address.number)
            and (
                _house(every[ahead - 1].text) == address.number or every[ahead - 1].text in in_words_of(address.number)
            )
        )
        other = ahead > 0 and (typed or behind) and _house(every[ahead - 1].text).isdigit() and not numbered
        near = {near.text for near in every[max(0, ahead - 3) : ahead]}
        apart = reading.folded[every[ahead - 1].end : every[ahead].at] if ahead else ""
        if other and address.number and address.number not in near and re.fullmatch(r",?\s{1,2}", apart):
            continue  # somebody else's house in the same street
        if numbered:
            first = ahead - 1
        elif (typed or behind) and (behind_it := _numbered_behind(address, every[end + 1 + behind : end + 6 + behind])):
            numbered = True
            end += behind_it
        if not (typed or behind or numbered) and all(word in words.places() for word in address.street):
            continue  # "Paris" is not "rue de Paris"
        around = _said_around(reading, every[first].at)
        bare = address.typed and not typed and not behind
        here = reading.between(every[place].at, every[end].end)
        if bare and not numbered and not reading.hurried and all(not w.capital and words.common(w.text) for w in here):
            continue  # a thing that the street is called after
        coded = bool(address.outward) and address.outward in {near.text for near in reading.after(every[end].end, 5)}
        in_town = bool(address.city) and address.city[0] in {near.text for near in reading.after(every[end].end, 6)}
        facts = [
            fact
            for fact, told in (
                ("numbered", numbered), ("typed", typed), ("type_behind", behind), ("street_typed", address.typed),
                ("office", bool(around & OFFICE_CUES)), ("talking", bool(around & _TALKING)),
                ("numbered_spoken", numbered and bool(around & (OFFICE_CUES | _TALKING))),
                ("typed_unspoken", typed and not around & (OFFICE_CUES | _TALKING)),
                ("bare_street", bare), ("coded", coded),
                ("in_town", in_town), ("in_town_typed", in_town and (typed or behind)),
                ("coded_typed", coded and (typed or behind or not address.typed)),
            )
            if told
        ]  # fmt: skip
        end += behind
        one = Sighting(every[first if typed or numbered else place].at, every[end].end, False, False)
        yield candidate(reading, "address", one, address.street, *facts)


def _numbered_behind(address: Address, following: list[Word]) -> int:
    """How many words behind the street give the number of the house: "cours de Vincennes au cinquante"."""
    if not address.number or not following:
        return 0
    led = sum(word.text in ("au", "at", "numero", "no", "n", "nr", "num", "number") for word in following[:2])
    for count in (1, 2, 3):
        told = following[led : led + count]
        close = len(told) == count and told[-1].end - following[0].at < 32
        if close and " ".join(word.text for word in told) in (address.number, *in_words(int(address.number))):
            return led + count
    return 0


def _same(written: str, word: str) -> bool:
    """Also shortened: "fbg", "St-Denis"."""
    return (
        _SHORT.get(written, written) == word
        or consonants(written, word)
        or (written, word) in (("st", "saint"), ("saint", "st"))
    )


def _house(written: str) -> str:
    """The number of a house without what tells it from its neighbour: "7b" is 7."""
    return re.sub(r"(?<=\d)[a-d]$", "", written)


def _said_around(reading: Reading, at: int) -> frozenset[str]:
    """The words of the sentence; the m of "M€" and of "4 m" is nobody's, and "l'on" is no we."""
    return frozenset(
        word.text
        for word in reading.between(*reading.sentence(at))
        if (word.text != "m" or reading.folded[word.end : word.end + 1] == "'")
        and not (word.text == "on" and reading.folded[: word.at].endswith("l'"))
    )


def in_words_of(number: str) -> set[str]:
    return {said.split()[-1] for said in in_words(int(number))} if number else set()


def _postcode(reading: Reading, address: Address) -> Iterator[Spot]:
    if address.british:
        spaced = r"\s?".join(address.british)
        for found in re.finditer(rf"(?<![a-z0-9]){spaced}(?![a-z0-9])", reading.folded):
            yield Spot("address", *reading.original(*found.span()))
    if not address.postcode:
        return
    for run in runs(reading):
        for first in range(len(run)):
            for told in tellings(run, first, 5, address.postcode.startswith):
                if told.digits == address.postcode:
                    start, end = run[first].at, run[told.until - 1].end
                    if not re.match(
                        r"\s?(?:€|euros?|k€|\$|exemplaires|spectateurs|signes|mots|words)", reading.folded[end:]
                    ):
                        told_of = _said_around(reading, start)
                        led = [word.text for word in reading.before(start, 1)]
                        named = led in (["le"], ["du"])  # "dans le 75011"
                        somebodys = named or run[first].spoken or bool(told_of & (OFFICE_CUES | _TALKING | _CODE))
                        yield Spot("address", *reading.original(start, end), "block" if somebodys else "warn")
    district = next((city for start, city in _DISTRICTS.items() if address.postcode.startswith(start)), None)
    if district:
        number = int(address.postcode[-2:])
        for found in re.finditer(
            rf"\b(?:{district}\s)?0?{number}\s?(?:e|er|eme|ieme)\b(?:\sarr[a-z]*)?|\b{district}\s0?{number}\b",
            reading.folded,
        ):
            if {word.text for word in reading.before(found.start(), 6)} & OFFICE_CUES:
                yield Spot("address", *reading.original(found.start(), found.end()))


#: Digits of the shortest number that is nobody else's: Companies House has eight, some begun by letters.
_REGISTERED = 6


def siren_spots(reading: Reading, siren: str | None) -> Iterator[Spot]:
    """The registration number, alone, within a SIRET or a VAT number, grouped in any way, in figures or in words."""
    digits = re.sub(r"\D", "", siren or "")[:9]
    if len(digits) < _REGISTERED:
        return

    def leads(told: str) -> bool:
        """To the number itself, to the SIRET that goes on from it, or behind the two digits of a VAT number."""
        return any(digits.startswith(part) or part.startswith(digits) for part in (told, told[2:]))

    for run in runs(reading):
        for first in range(len(run)):
            for told in tellings(run, first, 14, leads):
                longer = len(digits) == 9 and (
                    told.digits.startswith(digits)
                    or (len(told.digits) in (11, 13) and told.digits[2:].startswith(digits))
                )
                if longer or told.digits == digits:
                    yield Spot("siren", *reading.original(run[first].at, run[told.until - 1].end))


def domain_spots(reading: Reading, domains: tuple[str, ...]) -> Iterator[Spot]:
    """Domains with their ending."""
    for one, ended, _ in _domains(reading, domains):
        if ended:
            yield Spot("domain", *reading.original(one.start, one.end))


def domain_candidates(reading: Reading, domains: tuple[str, ...]) -> Iterator[Candidate]:
    """Names of domains without their ending, which may be words."""
    labels = {label for domain in domains for label in read(domain).folded.split(".")}
    for one, ended, name in _domains(reading, domains):
        letters = "".join(name)
        written = reading.folded[one.start : one.end]
        hyphened = "-" in written and written in labels  # "(dev. passerelle-tv)"
        if not ended and len(letters) >= 5 and words.rare(letters) and (one.glued or len(name) == 1 or hyphened):
            # "La huppe" is lahuppe.fr in two words, which is no disguise; letter by letter it is one.
            apart = " " in written and 2 * len(written.split()) < len(letters)
            here = reading.between(one.start, one.end)
            if apart and not any(word.capital for word in here) and all(words.common(word.text) for word in here):
                continue  # common words, which are the domain's only by their order
            seen = one._replace(disguised=one.disguised and not apart)
            facts = [fact for fact, told in (("words_apart", apart), ("as_registered", hyphened)) if told]
            yield candidate(reading, "domain", seen, name, "alone", *facts)


def _domains(reading: Reading, domains: tuple[str, ...]) -> Iterator[tuple[Sighting, bool, tuple[str, ...]]]:
    for domain in domains:
        told = re.sub(r"^(?:https?://)?(?:www\.)?", "", read(domain).folded.strip()).split("/")[0]
        labels = [label for label in told.split(".") if label]
        name = name_words(labels[-2] if len(labels) > 1 else labels[0]) if labels else ()
        if not name:
            continue
        tail = None
        if len(labels) > 1:
            tail = re.compile(
                rf"\s{{0,2}}[\[({{]?\s?(?:[.,•·]|\bpoint\b|\bdot\b)?\s?[\])}}]?\s{{0,2}}{re.escape(labels[-1])}(?![a-z0-9])"
            )
        for one in sightings(reading, name):
            ended = tail.match(reading.folded, one.end) if tail else None
            if one.start and reading.folded[one.start - 1] == "@" and not tail:
                continue
            if ended and (sum(map(len, name)) > 3 or re.search(r"point|dot|[.•·]", ended[0])):
                yield one._replace(end=ended.end()), True, name
            else:
                yield one, False, name
