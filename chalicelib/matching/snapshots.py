"""What the matching engine knows of a project and of a person, and nothing more.

Three frozen records, each with `to_item()` / `from_item()` (plain str, int, list, dict, None: storable as it
is, never a float; dates are ISO strings). What must not influence a ranking has no field here, so it cannot:
no confidential title or broadcaster of a brief; no name, address, sign-up date, rate, sex, age or photo of a
person. `companies` is empty in whatever a freelancer reads, and where a producer does not want it to count.
Ids are those of the taxonomy; one that the taxonomy does not know (any more) is like itself and nothing else,
never an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Item = dict[str, Any]

#: The dimensions a freelancer may declare as specialities, with their key in
#: `CandidateSnapshot.specialities`.
SPECIALITIES = ("genres", "tones", "universes", "stakes", "formats", "tasks", "development_stages")


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSnapshot:
    """A brief as it is matched. `deadline` is the end of the option or, when the project has none, of the
    start window.

    `logline` and `pitch` have the keys `fr` and, when written, `en`. `estimated_days` are working days.
    `junior_seats` is how many seats the shortlist keeps for juniors: it is no part of any score.
    """

    brief_id: str
    version: int
    role: str
    levels: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    universes: tuple[str, ...] = ()
    stakes: tuple[str, ...] = ()
    format: str | None = None
    audiences: tuple[str, ...] = ()
    development_stage: str | None = None
    tasks: tuple[str, ...] = ()
    source_material: str | None = None
    languages: tuple[str, ...] = ()
    working_mode: str | None = None
    region: str | None = None
    deadline: date
    start_from: date | None = None
    start_until: date | None = None
    estimated_days: int = 0
    junior_seats: int = 1
    logline: Mapping[str, str] = field(default_factory=dict)
    pitch: Mapping[str, str] = field(default_factory=dict)
    companies: tuple[str, ...] = ()

    def to_item(self) -> Item:
        return {
            "brief_id": self.brief_id,
            "version": self.version,
            "role": self.role,
            "levels": list(self.levels),
            "genres": list(self.genres),
            "tones": list(self.tones),
            "universes": list(self.universes),
            "stakes": list(self.stakes),
            "format": self.format,
            "audiences": list(self.audiences),
            "development_stage": self.development_stage,
            "tasks": list(self.tasks),
            "source_material": self.source_material,
            "languages": list(self.languages),
            "working_mode": self.working_mode,
            "region": self.region,
            "deadline": self.deadline.isoformat(),
            "start_from": _iso(self.start_from),
            "start_until": _iso(self.start_until),
            "estimated_days": self.estimated_days,
            "junior_seats": self.junior_seats,
            "logline": dict(self.logline),
            "pitch": dict(self.pitch),
            "companies": list(self.companies),
        }

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> BriefSnapshot:
        """Rebuilds the record; numbers may come as Decimal. Raises KeyError or ValueError on an item of
        another shape."""
        return cls(
            brief_id=item["brief_id"],
            version=int(item["version"]),
            role=item["role"],
            levels=_ids(item.get("levels")),
            genres=_ids(item.get("genres")),
            tones=_ids(item.get("tones")),
            universes=_ids(item.get("universes")),
            stakes=_ids(item.get("stakes")),
            format=item.get("format"),
            audiences=_ids(item.get("audiences")),
            development_stage=item.get("development_stage"),
            tasks=_ids(item.get("tasks")),
            source_material=item.get("source_material"),
            languages=_ids(item.get("languages")),
            working_mode=item.get("working_mode"),
            region=item.get("region"),
            deadline=date.fromisoformat(item["deadline"]),
            start_from=_date(item.get("start_from")),
            start_until=_date(item.get("start_until")),
            estimated_days=int(item.get("estimated_days") or 0),
            junior_seats=int(item.get("junior_seats") or 1),
            logline=_texts(item.get("logline")),
            pitch=_texts(item.get("pitch")),
            companies=_ids(item.get("companies")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditSnapshot:
    """One past work. `verification` is the ladder 0 declared, 1 work, 2 participation, 3 function confirmed.

    A credit at 0 never counts: not in the score, not in a reason. `function` is a role id, `year` the year
    of the work, `started_year` the first year the person worked on it. `synopsis` and `contribution` are
    meant to be French.
    """

    credit_id: str
    title: str
    year: int
    function: str
    started_year: int | None = None
    format: str | None = None
    genres: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    universes: tuple[str, ...] = ()
    stakes: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    source_material: str | None = None
    language: str | None = None
    company: str | None = None
    co_producers: tuple[str, ...] = ()
    broadcaster: str | None = None
    text_language: str = "fr"
    synopsis: str = ""
    contribution: str = ""
    verification: int = 0

    @property
    def verified(self) -> bool:
        return self.verification > 0

    def to_item(self) -> Item:
        return {
            "credit_id": self.credit_id,
            "title": self.title,
            "year": self.year,
            "function": self.function,
            "started_year": self.started_year,
            "format": self.format,
            "genres": list(self.genres),
            "tones": list(self.tones),
            "universes": list(self.universes),
            "stakes": list(self.stakes),
            "tasks": list(self.tasks),
            "source_material": self.source_material,
            "language": self.language,
            "company": self.company,
            "co_producers": list(self.co_producers),
            "broadcaster": self.broadcaster,
            "text_language": self.text_language,
            "synopsis": self.synopsis,
            "contribution": self.contribution,
            "verification": self.verification,
        }

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> CreditSnapshot:
        """Rebuilds the record; numbers may come as Decimal. Raises KeyError or ValueError on an item of
        another shape."""
        started = item.get("started_year")
        return cls(
            credit_id=item["credit_id"],
            title=item["title"],
            year=int(item["year"]),
            function=item["function"],
            started_year=None if started is None else int(started),
            format=item.get("format"),
            genres=_ids(item.get("genres")),
            tones=_ids(item.get("tones")),
            universes=_ids(item.get("universes")),
            stakes=_ids(item.get("stakes")),
            tasks=_ids(item.get("tasks")),
            source_material=item.get("source_material"),
            language=item.get("language"),
            company=item.get("company"),
            co_producers=_ids(item.get("co_producers")),
            broadcaster=item.get("broadcaster"),
            text_language=item.get("text_language") or "fr",
            synopsis=item.get("synopsis") or "",
            contribution=item.get("contribution") or "",
            verification=int(item.get("verification") or 0),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSnapshot:
    """A person as they are matched: an opaque id and professional facts.

    `availability` is a tuple of (first day, last day or None when open-ended). `levels` maps a role id to
    junior, mid or senior and `verified_years` to whole years, both computed by the profiles context from
    verified credits only. `specialities` maps a name of SPECIALITIES to ids; they and `bio` are declared,
    not checked. `paused`: its owner takes it out of the proposals for now; such a person is in no index.
    """

    profile_id: str
    roles: tuple[str, ...]
    verification: str
    paused: bool = False
    languages: tuple[str, ...] = ()
    availability: tuple[tuple[date, date | None], ...] = ()
    work_modes: tuple[str, ...] = ()
    region: str | None = None
    levels: Mapping[str, str] = field(default_factory=dict)
    verified_years: Mapping[str, int] = field(default_factory=dict)
    specialities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bio: Mapping[str, str] = field(default_factory=dict)
    credits: tuple[CreditSnapshot, ...] = ()

    @property
    def verified_ids(self) -> list[str]:
        """The ids of the verified credits, sorted: the order in which the engine keeps works."""
        return sorted(credit.credit_id for credit in self.credits if credit.verified)

    def level(self, role: str) -> str:
        """The person's level in a role; junior when nothing verified says more."""
        return self.levels.get(role, "junior")

    def to_item(self) -> Item:
        return {
            "profile_id": self.profile_id,
            "roles": list(self.roles),
            "verification": self.verification,
            "paused": self.paused,
            "languages": list(self.languages),
            "availability": [{"from": first.isoformat(), "until": _iso(last)} for first, last in self.availability],
            "work_modes": list(self.work_modes),
            "region": self.region,
            "levels": dict(self.levels),
            "verified_years": dict(self.verified_years),
            "specialities": {name: list(ids) for name, ids in self.specialities.items()},
            "bio": dict(self.bio),
            "credits": [credit.to_item() for credit in self.credits],
        }

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> CandidateSnapshot:
        """Rebuilds the record; numbers may come as Decimal. Raises KeyError or ValueError on an item of
        another shape."""
        return cls(
            profile_id=item["profile_id"],
            roles=_ids(item["roles"]),
            verification=item["verification"],
            paused=bool(item.get("paused")),
            languages=_ids(item.get("languages")),
            availability=tuple(
                (date.fromisoformat(window["from"]), _date(window.get("until")))
                for window in item.get("availability") or ()
            ),
            work_modes=_ids(item.get("work_modes")),
            region=item.get("region"),
            levels=dict(item.get("levels") or {}),
            verified_years={role: int(years) for role, years in (item.get("verified_years") or {}).items()},
            specialities={name: _ids(ids) for name, ids in (item.get("specialities") or {}).items()},
            bio=_texts(item.get("bio")),
            credits=tuple(CreditSnapshot.from_item(credit) for credit in item.get("credits") or ()),
        )


def _ids(values: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(values or ())


def _texts(value: Mapping[str, str | None] | None) -> dict[str, str]:
    return {language: text for language, text in (value or {}).items() if text is not None}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(value: str | None) -> date | None:
    return None if not value else date.fromisoformat(value)
