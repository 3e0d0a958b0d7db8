"""What the stand-ins of public sources know: invented works, who is credited on them, and companies.

Catalogue.of(DemoData(today))        # as much of the demo as an administrator confirmed
catalogue.adding(entries)            # and whoever else is wanted, in the population's shape
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.verification.claims import Kind
from chalicelib.verification.inquiries import KINDS
from chalicelib.vocabulary.folding import fold
from chalicelib.vocabulary.taxonomy import taxonomy
from infra.local.demo_data import DemoData

#: What an administrator confirmed of a credit of the demo (its `level`): the work, the person on it, their function.
_WORK, _PERSON, _FUNCTION = 1, 2, 3


@dataclass(frozen=True, slots=True)
class KnownCredit:
    """`job`: as a catalogue words it in French; None where it does not say."""

    person: int
    job: str | None


@dataclass(frozen=True, slots=True)
class KnownWork:
    """`adapted`: of a text, which libraries know under the same title. `isan`: where a catalogue has it."""

    title: str
    year: int
    kind: Kind | None
    company: str
    adapted: bool = False
    credits: tuple[KnownCredit, ...] = ()
    isan: str | None = None


@dataclass(frozen=True, slots=True)
class KnownCompany:
    """An active producer. `siren`: nine digits."""

    siren: str
    name: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Works and people are known by their places here."""

    works: tuple[KnownWork, ...] = ()
    people: tuple[str, ...] = ()
    companies: tuple[KnownCompany, ...] = ()

    @classmethod
    def of(cls, demo: DemoData) -> Catalogue:
        companies = (KnownCompany(one["siren"], one["legal_name"]) for one in demo.companies.values())
        return cls(companies=tuple(companies)).adding(demo.profiles)

    def adding(self, entries: Iterable[Mapping[str, Any]]) -> Catalogue:
        """With the works of these people too, each as far as its `level` says: nobody is credited on a work that
        alone was confirmed, and no job is named where only participation was."""
        works = {(work.title, work.year): work for work in self.works}
        people = {name: place for place, name in enumerate(self.people)}
        for entry in entries:
            name = str(entry["profile"]["display_name"])
            for credit in entry["credits"]:
                if credit["level"] < _WORK:
                    continue
                key = (credit["title"], credit["year"])
                work = works.get(key) or _work(credit)
                if credit["level"] >= _PERSON:
                    job = _job(credit["function"]) if credit["level"] >= _FUNCTION else None
                    known = KnownCredit(people.setdefault(name, len(people)), job)
                    work = replace(work, credits=tuple(dict.fromkeys((*work.credits, known))))
                works[key] = work
        return replace(self, works=tuple(works.values()), people=tuple(people))

    def beginning_with(self, title: str) -> list[int]:
        """Places of the works whose title begins so, whatever the case and the accents."""
        wanted = fold(title)
        return [place for place, work in enumerate(self.works) if fold(work.title).startswith(wanted)]

    def works_of(self, people: Sequence[int]) -> list[tuple[int, int]]:
        """(person, work), by their places."""
        return [
            (person, place)
            for person in people
            for place, work in enumerate(self.works)
            if any(credit.person == person for credit in work.credits)
        ]


def _work(credit: Mapping[str, Any]) -> KnownWork:
    return KnownWork(
        title=credit["title"],
        year=credit["year"],
        kind=KINDS.get(credit["format"]),
        company=credit["company"],
        adapted=credit["source_material"] == "novel",
        isan=credit.get("isan"),
    )


def _job(function: str) -> str:
    label = taxonomy().label("roles", function, "fr")
    return label.partition("/")[0].strip().lower()
