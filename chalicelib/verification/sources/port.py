"""What a credit source and a company registry are, whoever they ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, Protocol

from chalicelib.verification.claims import CompanyClaim, Kind, WorkClaim, WorkTitle
from chalicelib.verification.evidence import Evidence
from chalicelib.verification.sources.http import Pace

#: `auto`: the source is asked by a program; `assisted`: a person looks, with a number that the program has checked.
SourceKind = Literal["auto", "assisted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a source allows. `attribution`: shown wherever its answers are, when it asks for that. `storable`: the
    fields of an answer that may be kept, and for how long (`keep_for`). `valid_for`: how long a finding stands before
    it is checked again."""

    name: str
    licence: str
    attribution: str | None = None
    storable: frozenset[str] = frozenset()
    keep_for: timedelta = timedelta(days=30)
    valid_for: timedelta = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """Somebody whom a source credits. `names`: every form it knows; `ids`: scheme (`claims.PersonScheme`) → number;
    `other_works`: what else it credits them on, where it was asked."""

    ref: str
    names: tuple[str, ...]
    ids: Mapping[str, str] = field(default_factory=dict)
    other_works: tuple[WorkTitle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCredit:
    """`jobs`: as the source words them, in French or English."""

    person: FoundPerson
    jobs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWork:
    """A work that a source knows. `first_year` to `last_year`: when it came out, was broadcast; a series that runs on
    has no last. `audiovisual`: not a text or a piece of music, which a film or series may be based on."""

    ref: str
    url: str
    title: str
    original_title: str | None = None
    aliases: tuple[str, ...] = ()
    kind: Kind | None = None
    first_year: int | None = None
    last_year: int | None = None
    companies: tuple[str, ...] = ()
    isans: tuple[str, ...] = ()
    audiovisual: bool = True
    credits: tuple[FoundCredit, ...] = ()


class Match(Protocol):
    """`score` in 0..1; `year_distance` None when a year is missing."""

    @property
    def score(self) -> float: ...
    @property
    def same(self) -> bool: ...
    @property
    def year_distance(self) -> int | None: ...


class Matcher(Protocol):
    """Whether two titles name one work."""

    def __call__(self, claimed: WorkTitle, candidate: WorkTitle) -> Match: ...


class CreditSource(Protocol):
    """A place where credits can be looked up.

    `check` raises Retryable alone, for failures that pass, the source's (TryLater, which may say for how long) or those
    of what remembers it: the question is asked again later. `search_work` and `search_person` raise Unreachable,
    Refused and Garbled besides.
    """

    id: str
    terms: Terms
    pace: Pace
    kind: SourceKind
    enabled: bool

    def search_work(self, work: WorkTitle) -> Sequence[FoundWork]:
        """Works that may be this one; none of it decided."""

    def search_person(self, name: str, ids: Mapping[str, str]) -> Sequence[FoundPerson]:
        """People of this name, or with one of these numbers."""

    def check(self, claim: WorkClaim) -> Evidence: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredCompany:
    """`activity`: the code of the French nomenclature (NAF rév. 2), as `59.11A`; `created_on`: ISO 8601 date. `name`
    None: the company asked that it not be published."""

    siren: str
    name: str | None
    other_names: tuple[str, ...]
    active: bool
    activity: str | None
    created_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryAnswer:
    """`company` None: the registry publishes none under this number. `retrieved_at`: a stamp."""

    company: RegisteredCompany | None
    url: str
    retrieved_at: str
    payload_hash: str


class CompanyRegistry(Protocol):
    id: str
    terms: Terms
    pace: Pace

    def look_up(self, siren: str) -> RegistryAnswer:
        """Raises TryLater, Unreachable, Refused, Garbled."""

    def check(self, claim: CompanyClaim) -> Evidence:
        """Raises Retryable alone."""
