"""Briefs, companies and profiles as models, complete and right, at a fixed instant."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Literal

from chalicelib.briefs.models import Brief, Budget, Content, Texts, Window
from chalicelib.companies.models import Company, Identity, Member, Status
from chalicelib.companies.models import Decided as CompanyDecided
from chalicelib.profiles.models import CreditContent, Decided, Profile, ProfileContent, Standing
from chalicelib.profiles.models import Texts as Bio
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import new_id

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)

Outcome = Literal["verified", "partly_verified", "returned"]


def content(**changes: Any) -> Content:
    fields: dict[str, Any] = {
        "code_name": "Projet Goémon",
        "confidential_title": "Les Noyés de Kerloc’h",
        "role": "literary-director",
        "levels": ("mid",),
        "genres": ("regional-crime",),
        "tones": ("dark",),
        "universes": ("seaside",),
        "stakes": ("family-secret",),
        "format": "single-90",
        "audiences": ("general",),
        "development_stage": "treatment",
        "tasks": ("script-notes",),
        "source_material": "novel",
        "rights_status": "optioned",
        "option_end_date": date(2027, 6, 30),
        "start_window": Window(from_=date(2026, 12, 1), until=date(2027, 1, 31)),
        "estimated_days": 30,
        "working_mode": "hybrid",
        "region": "bretagne",
        "languages": ("fr",),
        "contract_forms": ("freelance-invoice",),
        "budget": Budget(min=300, max=400, unit="day"),
        "logline": Texts(fr="Une gendarme enquête sur la disparition d’un marin."),
        "pitch": Texts(fr="Zénobie revient au pays."),
        "targeted_broadcaster": "france-3",
    }
    return Content(**(fields | changes))


def draft(now: datetime = NOW, company_id: str = "company-1", **changes: Any) -> Brief:
    return Brief.draft(new_id(now), company_id, "sub-1", content(**changes), now)[0]


def live(now: datetime = NOW, **changes: Any) -> Brief:
    return draft(now, **changes).publish("sub-1", now)[0]


def identity(**changes: Any) -> Identity:
    fields = {
        "legal_name": "Falaise Rouge Films",
        "siren": "552178634",
        "email_domain": "falaise-films.test",
        "mandate": "Productrice associée",
    }
    return Identity(**(fields | changes))


def company(now: datetime = NOW, sub: str = "sub-1", **changes: Any) -> Company:
    return Company.register(new_id(now), identity(**changes), sub, now)[0]


def member(sub: str = "sub-1", email: str = "claire@falaise-films.test", now: datetime = NOW) -> Member:
    return Member(sub=sub, email=email, language="fr", joined_at=stamp(now))


def profile_content(**changes: Any) -> ProfileContent:
    fields: dict[str, Any] = {
        "display_name": "Inès Kerbrat",
        "roles": ("literary-director",),
        "bio": Bio(fr="Directrice littéraire."),
        "languages": ("fr",),
        "work_modes": ("remote",),
        "region": "bretagne",
    }
    return ProfileContent(**(fields | changes))


def profile(now: datetime = NOW, sub: str = "sub-1", **changes: Any) -> Profile:
    return Profile.create(new_id(now), sub, profile_content(**changes), now)[0]


def waiting(profile: Profile, now: datetime) -> tuple[Profile, Fact]:
    """As it follows a case that was submitted."""
    followed = profile.follow(Standing(None, under_way=True), now)
    assert followed is not None
    return followed


def decided(profile: Profile, outcome: Outcome, now: datetime, by: str = "admin-1") -> tuple[Profile, Fact]:
    """As it follows what an administrator has just decided."""
    followed = profile.follow(
        Standing(Decided(outcome, "Vu.", by, stamp(now), still_claimed=True), under_way=False), now
    )
    assert followed is not None
    return followed


def checked(company: Company, decision: Status, now: datetime, by: str = "admin-1") -> tuple[Company, Fact]:
    """As it follows what an administrator has just decided."""
    followed = company.follow(CompanyDecided(decision, "Vu.", by, stamp(now), still_claimed=True), now)
    assert followed is not None
    return followed


def credit_content(**changes: Any) -> CreditContent:
    fields: dict[str, Any] = {
        "title": "Marée de quatre heures",
        "year": 2024,
        "function": "literary-director",
        "format": "single-90",
        "language": "fr",
        "company": "Ateliers du Phare",
        "synopsis": "Une gendarme et son père marin.",
        "contribution": "Notes de lecture.",
    }
    return CreditContent(**(fields | changes))
