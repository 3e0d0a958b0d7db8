"""What a case is about, and what is claimed there: a profile with its credits, one credit of it, or a company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, get_args

Kind = Literal["profile", "credit", "company"]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: The three facts of a credit, each standing on those before it: the work exists, this person took part, in this
#: function.
Level = Literal["work", "participation", "function"]
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Subject:
    """`subject_id`: a profile's or a company's id; of a credit, `profile_id/credit_id`."""

    kind: Kind
    subject_id: str

    @staticmethod
    def credit(profile_id: str, credit_id: str) -> Subject:
        return Subject("credit", f"{profile_id}/{credit_id}")

    @property
    def owner_id(self) -> str:
        """The profile or the company that it belongs to."""
        return self.subject_id.partition("/")[0]

    @property
    def credit_id(self) -> str | None:
        return self.subject_id.partition("/")[2] or None


@dataclass(frozen=True, slots=True)
class OtherWork:
    """What else the same person claims, by which a namesake is told apart."""

    title: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditClaim:
    """A credit as its owner declares it. `function` and `format` are ids of the taxonomy, years calendar years; `isan`
    and `external_ids` (isni, wikidata, bnf or imdb → the person's number there) are as `vocabulary.identifiers` writes
    them. `contribution`: what they say they did, in their words."""

    profile_id: str
    credit_id: str
    person_name: str
    title: str
    year: int
    started_year: int | None
    function: str
    format: str
    company: str
    broadcaster: str | None
    isan: str | None = None
    contribution: str = ""
    external_ids: Mapping[str, str] = field(default_factory=dict)
    other_works: tuple[OtherWork, ...] = ()

    @property
    def digest(self) -> str:
        """What is claimed, as SHA-256 in hexadecimal: a fact that was established about another claim does not hold
        for this one. The texts that describe a work are not what is checked, and change nothing here; nor do the
        person's own numbers, which are a way to find them in catalogues and no part of what they say they did."""
        said = (
            self.person_name,
            self.title,
            str(self.year),
            str(self.started_year or ""),
            self.function,
            self.format,
            self.company,
            # Without one, a claim reads as it did before there were any, so that what holds of it still does.
            *((self.isan,) if self.isan else ()),
        )
        return sha256("\0".join(part.strip().casefold() for part in said).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileClaim:
    """A person and what they say they did. `external_ids`: as in their credits; `complete`: whether nothing that
    verification needs is missing."""

    profile_id: str
    owner_sub: str
    person_name: str
    roles: tuple[str, ...]
    credits: tuple[CreditClaim, ...]
    external_ids: Mapping[str, str] = field(default_factory=dict)
    complete: bool = True

    @property
    def digest(self) -> str:
        """Who is claimed to have done all this, as SHA-256 in hexadecimal: what was decided about one person does not
        hold for another. Each credit has its own."""
        return sha256(self.person_name.strip().casefold().encode()).hexdigest()

    def credit(self, credit_id: str) -> CreditClaim | None:
        return next((credit for credit in self.credits if credit.credit_id == credit_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyClaim:
    """A company as one of its people declares it. `mandate`: what they say they are there."""

    company_id: str
    legal_name: str
    siren: str
    email_domain: str
    mandate: str
    member_subs: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What is claimed, as SHA-256 in hexadecimal: what was decided about another identity does not hold for this
        one."""
        said = (self.legal_name, self.siren, self.email_domain, self.mandate)
        return sha256("\0".join(part.strip().casefold() for part in said).encode()).hexdigest()


Claim = ProfileClaim | CompanyClaim


@dataclass(frozen=True, slots=True)
class Named:
    """What a subject is called where many are listed: the person or the company, and of one credit the work."""

    name: str
    work: str | None = None
