"""What a text says of the company that writes it, and how many companies that leaves.

A place, a founding year, a size, a speciality are harmless one by one; together they may point to one company. What
only one company can say of itself ("the producers of X") points to it at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from chalicelib.briefs.leaks.findings import Finding
from chalicelib.briefs.leaks.reading import Reading
from chalicelib.vocabulary.folding import fold
from chalicelib.vocabulary.text import Bilingual

#: Companies that must fit what is told for nobody to be recognised among them: with fewer, somebody who knows the trade
#: names the right one in a few guesses (a common choice of k in k-anonymity).
ENOUGH = 5
#: What companies say they have done since a year, or employ, is seldom exact.
YEARS_APART, SHARE_APART = 1, 0.25


@dataclass(frozen=True, slots=True)
class Clues:
    """What a text tells of the company; folded texts. `unique` when something of it can only be true of one."""

    places: frozenset[str] = frozenset()
    founded: int | None = None
    size: int | None = None
    specialities: frozenset[str] = frozenset()
    unique: bool = False

    @property
    def count(self) -> int:
        return len(self.places) + (self.founded is not None) + (self.size is not None) + len(self.specialities)


class Crowd(Protocol):
    """Who knows the verified companies."""

    def companies_like(self, clues: Clues) -> int:
        """How many of them fit all of the clues."""
        ...


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What is known of a verified company; None and empty for what it has not declared. `places` are towns, departments
    and regions where it has an address."""

    places: frozenset[str] = frozenset()
    founded: int | None = None
    size: int | None = None
    specialities: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KnownCompanies:
    """A crowd of companies whose facts lie in memory. One that has not declared a fact is not counted as fitting it:
    whoever looks for the company cannot rely on it either, and too many warnings do less harm than one too few."""

    companies: Sequence[CompanyFacts]
    _folded: list[CompanyFacts] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        folded = [
            CompanyFacts(
                frozenset(map(_key, company.places)),
                company.founded,
                company.size,
                frozenset(map(_key, company.specialities)),
            )
            for company in self.companies
        ]
        object.__setattr__(self, "_folded", folded)

    def companies_like(self, clues: Clues) -> int:
        return sum(_fits(company, clues) for company in self._folded)


def _key(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def _fits(company: CompanyFacts, clues: Clues) -> bool:
    if clues.places and not clues.places & company.places:
        return False
    if clues.founded is not None and (company.founded is None or abs(company.founded - clues.founded) > YEARS_APART):
        return False
    if clues.size is not None and (company.size is None or abs(company.size - clues.size) > SHARE_APART * clues.size):
        return False
    return not clues.specialities or any(
        clue in known or known in clue for clue in clues.specialities for known in company.specialities
    )


_COMPANY = (
    r"(?:societe|boite|maison|structure|equipe|company|indie|outfit|producteurs?|productrices?|producers?|studio|label)"
)
_SPEAKS = re.compile(
    rf"\b(?:notre|nos|nous|our|we|us)\b|\b(?:une?|jeune|petite|a|the|la)\s(?:[a-z]+\s){{0,3}}{_COMPANY}\s"
    rf"(?:de production|independante?|basee?|installee?|fondee?|creee?|based|founded|produ)|"
    rf"\b{_COMPANY}\s(?:de|of|behind|derriere|a l'origine)\b|"
    rf"\b(?:independent|production)\s{_COMPANY}\b"
)
_PLACE = re.compile(
    r"\b(?:base(?:e|es|s)?|installe(?:e|es|s)?|implante(?:e|es|s)?|situe(?:e|es|s)?|bureaux|siege|locaux|etabli(?:e|s)?|"
    r"based|offices?|headquartered|located)\b(?:\s(?:sont|est|is|are|se|trouvent))?\s(?:a|au|aux|en|dans|in|"
    r"near|pres de|sur)\s"
    r"(?:le\s|la\s|les\s|l'|the\s)?(?P<place>[a-z][a-z' -]{1,40})"
)
_FOUNDED = re.compile(
    r"\b(?:fonde|cree|ne|existe|existons|lance|founded|created|established|set up|launched|depuis|since|"
    r"active?)[a-z]*\b[^.!?\n]{0,20}?\b(?P<year>(?:19|20)\d\d)\b"
)
_SIZE = re.compile(
    r"\b(?P<size>\d{1,3}|deux|trois|quatre|cinq|six|sept|huit|dix|douze|two|three|four|five|six|seven|eight|ten|twelve)\s"
    r"(?:salarie|permanent|personne|employe|collaborat|associe|people|staff|employees|partners|of us)[a-z]*"
)
_SPECIALITY = re.compile(
    r"\b(?:specialise(?:e|es|s)?|speciali[sz]ing|speciali[sz]ed?|known|connue?|reconnue?)\s(?:dans|en|in|for|pour)\s(?:le\s|la\s|les\s|l'|des\s|the\s|ses\s)?"
    r"(?P<speciality>[a-z][a-z' -]{3,40})"
)
_WORKS = re.compile(
    r"\b(?:producteurs?|productrices?|producers?|makers|equipe|team|gens|people|societe|company|auteurs)\s"
    r"(?:de|of|behind|derriere|d'|du|a l'origine d[eu'])\s?(?P<work>\"[^\"\n]{2,80}\"|[a-z0-9][^.!?,\n]{1,60})"
)
_WE_MADE = re.compile(
    r"\b(?:nous avons produit|on a produit|avons deja produit|we produced|we have produced|we've produced|we made|"
    r"on a fait|on nous doit)\s(?P<work>\"[^\"\n]{2,80}\"|[a-z0-9][^.!?,\n]{1,60})"
)
_PRIZE = re.compile(
    r"\b(?:cesar|emmy|bafta|palme|fipadoc|series mania|seriesmania|la rochelle|luchon|prix|prize|awards?|oscar|"
    r"rose d'or)\b[^.!?\n]{0,40}"
)
_WON = re.compile(
    r"\b(?:prime|primes|primee|primees|recu|obtenu|laureate?s?|remporte|won|winning|awarded|recompense[es]*|gagne)\b"
)
_VALUES = (2, 3, 4, 5, 6, 7, 8, 10, 12)
_NUMBERS = {
    word: value
    for words in ("deux trois quatre cinq six sept huit dix douze", "two three four five six seven eight ten twelve")
    for word, value in zip(words.split(), _VALUES, strict=True)
}


@dataclass(slots=True)
class _Told:
    places: set[str] = field(default_factory=set)
    founded: int | None = None
    size: int | None = None
    specialities: set[str] = field(default_factory=set)
    unique: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)


def findings(reading: Reading, crowd: Crowd | None) -> Iterator[Finding]:
    """One warning for each sentence that holds a part of what is too rare; they share the estimate.

    Without a crowd, two clues are taken for rare.
    """
    told = _gathered(reading)
    clues = Clues(frozenset(told.places), told.founded, told.size, frozenset(told.specialities), told.unique)
    if not told.spans:
        return
    companies = None
    if crowd is not None and clues.count:
        companies = max(1, crowd.companies_like(clues))  # the company itself, whatever it has declared
    if clues.unique:
        companies = 1
    elif (companies is None and clues.count < 2) or (companies is not None and companies >= ENOUGH):
        return
    for start, end in _by_sentence(reading, told.spans):
        yield Finding("combination", *reading.original(start, end), "warn", _reason(companies), _SAFER, companies)


_SAFER = Bilingual("une société de production de fiction", "a drama production company")


def _reason(companies: int | None) -> Bilingual:
    if companies is None:
        return Bilingual(
            "Réunis, ces détails sur votre société peuvent la faire reconnaître.",
            "Together, these details about your company may give it away.",
        )
    if companies == 1:
        return Bilingual(
            "Ces détails ne désignent sans doute qu’une société : la vôtre.",
            "These details probably point to one company only: yours.",
        )
    return Bilingual(
        "Ces détails ne désignent que {companies} sociétés vérifiées ; à moins de {enough}, on peut vous reconnaître.",
        "These details fit only {companies} verified companies; below {enough}, you may be recognised.",
    ).format(companies=companies, enough=ENOUGH)


def _by_sentence(reading: Reading, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for start, end in sorted(spans):
        sentence = reading.sentence(start)
        first, last = merged.get(sentence, (start, end))
        merged[sentence] = min(first, start), max(last, end)
    return sorted(merged.values())


def _gathered(reading: Reading) -> _Told:
    told = _Told()
    text = reading.folded
    done: set[tuple[int, int]] = set()
    for spoken in _SPEAKS.finditer(text):
        start, end = reading.sentence(spoken.start())
        if (start, end) in done:
            continue
        done.add((start, end))
        _of_sentence(reading, start, end, told)
    return told


def _of_sentence(reading: Reading, start: int, end: int, told: _Told) -> None:
    text = reading.folded
    for found in _PLACE.finditer(text, start, end):
        name = _capitalised(reading, *found.span("place"))
        if name:
            told.places.add(" ".join(word for word in re.findall(r"[a-z0-9]+", text[found.start("place") : name])))
            told.spans.append((found.start(), name))
    for found in _FOUNDED.finditer(text, start, end):
        told.founded = int(found["year"])
        told.spans.append(found.span())
    for found in _SIZE.finditer(text, start, end):
        told.size = _NUMBERS.get(found["size"]) or int(found["size"])
        told.spans.append(found.span())
    for found in _SPECIALITY.finditer(text, start, end):
        told.specialities.add(" ".join(re.findall(r"[a-z0-9]+", found["speciality"])[:3]))
        told.spans.append(found.span())
    for pattern in (_WORKS, _WE_MADE):
        for found in pattern.finditer(text, start, end):
            quoted = found["work"].startswith('"')
            name = found.end("work") if quoted else _capitalised(reading, *found.span("work"))
            if name:
                told.unique = True
                told.spans.append((found.start(), name))
    for found in _PRIZE.finditer(text, start, end):
        won = _WON.search(text, max(start, found.start() - 60), min(end, found.end() + 30))
        if won:
            told.unique = True
            told.spans.append((min(won.start(), found.start()), max(won.end(), found.end())))


def _capitalised(reading: Reading, start: int, end: int) -> int | None:
    """Where the capitalised words at the beginning of a stretch end; None when there are none."""
    last = None
    for word in reading.between(start, end):
        if word.capital or word.text.isdigit():
            last = word.end
        elif last is not None and word.text not in (
            "de",
            "la",
            "le",
            "les",
            "sur",
            "sous",
            "en",
            "d",
            "des",
            "du",
            "of",
            "the",
        ):
            break
        elif last is None and word.text not in ("le", "la", "les", "l", "the"):
            return None
    return last
