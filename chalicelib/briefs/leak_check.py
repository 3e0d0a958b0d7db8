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
    found = [worded(spot) for spot in settled([*certain(reading, hidden), *_judged(reading, hidden, where)])]
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
    return [
        *companies,
        *_beside(reading, companies, names.people_candidates(reading, hidden.people)),
        *addresses.street_candidates(reading, hidden.addresses),
        *addresses.domain_candidates(reading, hidden.domains),
        *titles.candidates(reading, hidden.titles),
    ]


def _beside(reading: Reading, companies: list[Candidate], people: Iterable[Candidate]) -> Iterator[Candidate]:
    """People with the fact that something else in their sentence, as "chez …", seems to be said of the company."""
    told = [one for one in companies if "cued" in one.facts]
    for person in people:
        near = any(
            reading.sentence(one.start) == reading.sentence(person.start)
            and (one.end <= person.start or person.end <= one.start)
            for one in told
        )
        yield person._replace(facts=person.facts | {"beside_company"}) if near else person


def certain(reading: Reading, hidden: Hidden) -> Iterator[Spot]:
    """What has an unmistakable form."""
    yield from contact.spots(reading)
    yield from names.spots(reading, hidden.names, hidden.people)
    yield from titles.spots(reading, hidden.titles)
    yield from addresses.spots(reading, hidden.addresses)
    yield from addresses.siren_spots(reading, hidden.siren)
    yield from addresses.domain_spots(reading, hidden.domains)


def _judged(reading: Reading, hidden: Hidden, where: Where | None) -> Iterator[Spot]:
    for one in candidates(reading, hidden):
        severity = judgement.severity(one, where)
        if severity:
            yield Spot(one.kind, *reading.original(one.start, one.end), severity)
    yield from broadcasters.spots(reading, hidden.broadcasters, lambda one: judgement.severity(one, where) == "block")


def _apart(found: list[Finding]) -> Iterator[Finding]:
    """Warnings that overlap an earlier warning are left out; the earlier one is shown."""
    last = -1
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if finding.severity == "block":
            yield finding
        elif finding.start >= last:
            yield finding
            last = finding.end
