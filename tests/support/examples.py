"""Projects, companies and profiles as people send them: complete and right, for tests to change one thing of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from chalicelib.vocabulary.clock import paris_day, utc_now

#: What must reach no freelancer's eyes; each value is nowhere else in the tests' data.
SECRETS = {
    "legal_name": "Falaise Rouge Films",
    "siren": "552178634",
    "email_domain": "falaise-films.test",
    "member": "claire@falaise-films.test",
    "mandate": "Productrice associée chez Falaise",
    "confidential_title": "Les Noyés de Kerloc’h",
    "targeted_broadcaster": "france-3",
}


def day(offset: int) -> str:
    """A date that many days from today in Paris, as JSON has it."""
    return (today() + timedelta(days=offset)).isoformat()


def today() -> date:
    return paris_day(utc_now())


def company_body(**changes: Any) -> dict[str, Any]:
    return {
        "legal_name": SECRETS["legal_name"],
        "siren": SECRETS["siren"],
        "email_domain": SECRETS["email_domain"],
        "mandate": SECRETS["mandate"],
        "contact_language": "fr",
    } | changes


def brief_body(**changes: Any) -> dict[str, Any]:
    return {
        "code_name": "Projet Goémon",
        "confidential_title": SECRETS["confidential_title"],
        "role": "literary-director",
        "levels": ["mid", "senior"],
        "genres": ["regional-crime"],
        "tones": ["dark"],
        "universes": ["seaside"],
        "stakes": ["family-secret"],
        "format": "single-90",
        "episode_count": 1,
        "audiences": ["general"],
        "development_stage": "treatment",
        "tasks": ["script-notes"],
        "source_material": "novel",
        "rights_status": "optioned",
        "option_end_date": day(241),
        "start_window": {"from": day(12), "until": day(43)},
        "estimated_days": 37,
        "working_mode": "remote",
        "region": "bretagne",
        "languages": ["fr"],
        "contract_forms": ["freelance-invoice"],
        "budget": {"min": 300, "max": 400, "unit": "day"},
        "logline": {"fr": "Dans un port breton, une gendarme enquête sur la disparition d’un marin.", "en": None},
        "pitch": {"fr": "Zénobie revient au pays après vingt ans et rouvre le dossier que tous croyaient clos."},
        "targeted_broadcaster": SECRETS["targeted_broadcaster"],
    } | changes


def profile_body(**changes: Any) -> dict[str, Any]:
    return {
        "display_name": "Inès Kerbrat",
        "roles": ["literary-director"],
        "bio": {"fr": "Lectrice puis directrice littéraire, surtout en polar.", "en": None},
        "specialities": {"genres": ["regional-crime"], "tones": ["dark"], "formats": ["single-90"]},
        "languages": ["fr"],
        "availability": [{"from": day(0), "until": None}],
        "day_rate": {"min": 320, "max": 380},
        "work_modes": ["remote"],
        "region": "bretagne",
    } | changes


def credit_body(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Marée de quatre heures",
        "year": today().year - 2,
        "started_year": today().year - 3,
        "function": "literary-director",
        "format": "single-90",
        "genres": ["regional-crime"],
        "tones": ["dark"],
        "universes": ["seaside"],
        "stakes": ["family-secret"],
        "tasks": ["script-notes"],
        "source_material": "original",
        "language": "fr",
        "company": "Ateliers du Phare",
        "broadcaster": "arte",
        "synopsis": "Une gendarme et son père marin face à un naufrage jamais expliqué.",
        "contribution": "Notes de lecture et suivi des auteurs, du synopsis à la version de tournage.",
    } | changes
