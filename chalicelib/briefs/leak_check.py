"""Whether a text tells who is behind an anonymous project.

    check(text, hidden, where="message")
                             -> every passage that names the company, its people, its title, its broadcaster …
    contact_details(text)    -> what gives anybody away, whoever they are
    mask(kind)               -> what stands in its place for somebody who may not read it

What blocks, what warns and what is left alone is in `docs/decisions/0022-what-a-leak-is.md`.

A freelancer's messages are checked with `contact_details` alone: told which of their words are refused, they could
guess the company by trying.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chalicelib.briefs.leaks import addresses, broadcasters, contact, judgement, names, titles
from chalicelib.briefs.leaks.findings import Finding, Hidden, Kind, Severity, Spot, Where, mask, settled, worded
from chalicelib.briefs.leaks.judgement import Candidate
from chalicelib.briefs.leaks.reading import Reading, read
from chalicelib.briefs.leaks.reidentification import Clues, CompanyFacts, Crowd, KnownCompanies, findings

__all__ = [
    "Clues",
    "CompanyFacts",
    "Crowd",
    "Finding",
    "Hidden",
    "Kind",
    "KnownCompanies",
    "Severity",
    "Where",
    "check",
    "contact_details",
    "mask",
]


def check(text: str, hidden: Hidden, crowd: Crowd | None = None, where: Where | None = None) -> list[Finding]:
    """What must not be said before the reveal, in the order of the text; those of one severity do not overlap.

    Never raises, whatever the text. Only "block" keeps a text from being published or sent. `crowd` counts the
    companies that would fit what the text says of its own; without one, rare combinations are warned of without a
    figure. `where` is what the text is for.
    """
    reading = read(text)
    found = [worded(spot) for spot in settled(list(_told(reading, hidden, where)))]
    blocked = [(finding.start, finding.end) for finding in found if finding.severity == "block"]
    found += [
        finding
        for finding in findings(reading, crowd)
        if not any(start <= finding.start and finding.end <= end for start, end in blocked)
    ]
    return sorted(_apart(found), key=lambda finding: (finding.start, finding.end, finding.severity))


def contact_details(text: str) -> list[Finding]:
    """E-mails, phone numbers, links, handles, registration numbers and postal addresses, anybody's. All block."""
    return [worded(spot) for spot in settled(list(contact.spots(read(text))))]


def candidates(reading: Reading, hidden: Hidden) -> list[Candidate]:
    """Every passage that may be what is hidden, or common words, before it is judged."""
    companies = [
        *names.company_candidates(reading, hidden.names),
        *names.acronym_candidates(reading, hidden.acronyms, hidden.names),
    ]
    people = list(names.people_candidates(reading, hidden.people))
    companies, people = _of_company(reading, companies, people)
    named = [one for one in people if one.facts & _NAMED_IN_FULL]
    return [
        *_beside(reading, named, companies, "beside_person"),
        *_beside(reading, [one for one in companies if "cued" in one.facts], people, "beside_company"),
        *addresses.street_candidates(reading, hidden.addresses),
        *addresses.domain_candidates(reading, hidden.domains),
        *_told_twice(reading, list(titles.candidates(reading, hidden.titles))),
    ]


#: Facts of a person who is named with more than a surname or a first name, which a story's people may share.
_NAMED_IN_FULL = frozenset({"full", "initial_and_surname", "first_and_initial"})


def _beside(reading: Reading, told: list[Candidate], others: Iterable[Candidate], fact: str) -> Iterator[Candidate]:
    """The others, with a fact more where one of those that are told stands in their sentence."""
    for other in others:
        near = any(_near(reading, one, other) for one in told)
        yield _with(other, fact) if near else other


#: "Yann de …", "Orla from …".
_FROM = re.compile(r"\s(?:(?:de|du|des|from|of|at|chez)\s(?:la\s|le\s|les\s|l'|the\s)?|d'|@\s?)")


def _of_company(
    reading: Reading, companies: list[Candidate], people: list[Candidate]
) -> tuple[list[Candidate], list[Candidate]]:
    """Both with the fact that somebody is said to be from the company: each of the two makes the other likelier."""
    pairs = [
        (company, person)
        for person in people
        for company in companies
        if person.end < company.start and _FROM.fullmatch(reading.folded, person.end, company.start)
    ]
    told = {id(company): "with_person" for company, _ in pairs} | {id(person): "of_company" for _, person in pairs}

    def paired(found: list[Candidate]) -> list[Candidate]:
        return [_with(one, told[id(one)]) if id(one) in told else one for one in found]

    return paired(companies), paired(people)


def _with(one: Candidate, fact: str) -> Candidate:
    """With a fact more, which counts otherwise by how much of a name is said."""
    shares = {f"{share}:{fact}" for share in judgement.SHARES & one.facts}
    return one._replace(facts=one.facts | {fact, *shares})


def _near(reading: Reading, one: Candidate, other: Candidate) -> bool:
    same = reading.sentence(one.start) == reading.sentence(other.start)
    return same and (one.end <= other.start or other.end <= one.start)


def _told_twice(reading: Reading, found: list[Candidate]) -> Iterator[Candidate]:
    """Titles, with the fact that their sentence has them again in other words: "Plein nord (Due North)"."""
    wholes = [one for one in found if one.facts & {"whole", "whole_of_one", "initials"}]
    for one in found:
        said = reading.folded[one.start : one.end]
        twice = any(_near(reading, whole, one) and reading.folded[whole.start : whole.end] != said for whole in wholes)
        yield _with(one, "told_twice") if twice else one


def certain(reading: Reading, hidden: Hidden) -> Iterator[Spot]:
    """What has an unmistakable form."""
    yield from contact.spots(reading)
    yield from names.spots(reading, hidden.names, hidden.people)
    yield from names.acronym_spots(reading, hidden.acronyms)
    yield from titles.spots(reading, hidden.titles)
    yield from addresses.spots(reading, hidden.addresses)
    yield from addresses.siren_spots(reading, hidden.siren)
    yield from addresses.domain_spots(reading, hidden.domains)


def _told(reading: Reading, hidden: Hidden, where: Where | None) -> Iterator[Spot]:
    """What needs no judging, and what is judged: beside something that blocks, what is doubtful blocks as well."""
    sure = list(certain(reading, hidden))
    named = [(one, judgement.score(one, where)) for one in candidates(reading, hidden)]
    channels = [(one, judgement.score(one, where)) for one in broadcasters.candidates(reading, hidden.broadcasters)]
    block = judgement.weights().block
    told = any(spot.severity == "block" for spot in sure) or any(score >= block for _, score in (*named, *channels))
    yield from (spot._replace(severity="block") if told else spot for spot in sure)
    for one, score in named:
        severity = judgement.severity(one, score, beside=told)
        if severity:
            yield Spot(one.kind, *reading.original(one.start, one.end), severity)
    yield from broadcasters.spots(
        reading,
        hidden.broadcasters,
        [
            one
            for one, score in channels
            if "spelt_out" in one.facts or judgement.severity(one, score, beside=told) == "block"
        ],
    )


def _apart(found: list[Finding]) -> Iterator[Finding]:
    """Warnings that overlap an earlier warning are left out; the earlier one is shown."""
    last = -1
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if finding.severity == "block":
            yield finding
        elif finding.start >= last:
            yield finding
            last = finding.end
