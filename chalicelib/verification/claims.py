"""What somebody says of themselves and what is to be checked: a credit on a work, a company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

#: What a work is: a series (mini-series among them), a film for cinemas, a single drama for television.
Kind = Literal["series", "film", "single"]

#: Catalogues that give people numbers, and the names under which claims and sources carry them.
PersonScheme = Literal["wikidata", "imdb", "tmdb", "isni", "bnf", "viaf"]
PERSON_SCHEMES: tuple[PersonScheme, ...] = get_args(PersonScheme)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTitle:
    """A work as somebody names it. `year`: of the first release or broadcast."""

    title: str
    year: int | None = None
    kind: Kind | None = None
    original_title: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkClaim:
    """A credit as its owner declares it. `function`: an id of the taxonomy's roles; `person_ids`: scheme → number, as
    its owner gives them; `other_works`: what else the same person claims, by which a namesake is told apart.

    Raises ValueError naming the field.
    """

    title: str
    year: int | None = None
    kind: Kind | None = None
    alternative_titles: tuple[str, ...] = ()
    function: str
    company: str | None = None
    person_name: str
    person_ids: Mapping[str, str] = field(default_factory=dict)
    isan: str | None = None
    other_works: tuple[WorkTitle, ...] = ()

    def __post_init__(self) -> None:
        for name in ("title", "function", "person_name"):
            if not getattr(self, name).strip():
                raise ValueError(f"{name}: empty")
        unknown = sorted(set(self.person_ids) - set(PERSON_SCHEMES))
        if unknown:
            raise ValueError(f"person_ids: no such scheme as {unknown[0]}")

    @property
    def work(self) -> WorkTitle:
        return WorkTitle(title=self.title, year=self.year, kind=self.kind, aliases=self.alternative_titles)

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title given, once, the main one first."""
        given = (title.strip() for title in (self.title, *self.alternative_titles))
        return tuple(dict.fromkeys(title for title in given if title))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyClaim:
    """A company as it was declared. `siren`: nine digits; `domain`: that of its e-mail addresses."""

    siren: str
    name: str
    domain: str | None = None

    def __post_init__(self) -> None:
        for name in ("siren", "name"):
            if not getattr(self, name).strip():
                raise ValueError(f"{name}: empty")
