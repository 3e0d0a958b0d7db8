"""Freelancers that nobody ever met, as many as are wanted: the same number and day give the same people.

    profiles(count, today) -> entries of the shape of the demo's population, ready to be sent to the routes

Everything is drawn from the taxonomy and from `invented.json` with a seeded generator. Names of people and places are
put together from syllables, works and companies from common words, and any resemblance is a coincidence; the
broadcasters alone exist. Careers and texts are somewhat longer than the demo's: four works on average, a few
of a dozen.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from chalicelib.vocabulary.taxonomy import Taxonomy, taxonomy

_SEED = "plot-point/invented/1"

_WORDS: dict[str, Any] = json.loads(Path(__file__).with_name("invented.json").read_text(encoding="utf-8"))

#: How many works a person has made, each as likely as the next.
_CAREERS = (1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 8, 12)
_ROLES: tuple[tuple[tuple[str, ...], int], ...] = (
    (("literary-director",), 22),
    (("artistic-producer",), 13),
    (("development-executive",), 12),
    (("literary-director", "artistic-producer"), 14),
    (("artistic-producer", "literary-director"), 8),
    (("development-executive", "literary-director"), 12),
    (("script-reader",), 7),
    (("development-executive", "script-reader"), 5),
    (("script-consultant",), 4),
    (("literary-director", "script-consultant"), 3),
)


def profiles(count: int, today: date) -> list[dict[str, Any]]:
    """`count` people, all verified or partly verified, the first of a larger number being the same as of a
    smaller one. Each has `key`, `profile`, `credits` (each with the `level` that was verified) and `status`."""
    words = taxonomy()
    return [_person(number, today, words) for number in range(count)]


def _person(number: int, today: date, words: Taxonomy) -> dict[str, Any]:
    # Each person has a generator of their own, so that one more never changes the others.
    return {"key": f"invented-{number}", **person(random.Random(f"{_SEED}/{number}"), today, words)}


def person(draw: random.Random, today: date, words: Taxonomy, works: int | None = None) -> dict[str, Any]:
    """Somebody as the generator draws them, with so many works (or as many as it draws)."""
    roles = draw.choices([roles for roles, _ in _ROLES], [weight for _, weight in _ROLES])[0]
    tastes = {name: _some(draw, words, name, 3, 6) for name in ("genres", "tones", "universes", "stakes")}
    formats = _some(draw, words, "formats", 2, 5)
    credits = [
        _credit(draw, words, today, draw.choice(roles), tastes, formats) for _ in range(works or draw.choice(_CAREERS))
    ]
    partly = draw.random() < 0.1
    for credit in credits:
        credit["level"] = draw.choice((0, 1, 2, 3)) if partly else draw.choice((1, 2, 2, 3, 3, 3))
    return {
        "profile": {
            "display_name": f"{draw.choice(_WORDS['first_names'])} {_joined(draw, 'surnames')}",
            "roles": list(roles),
            "bio": {"fr": draw.choice(_WORDS["bios"]), "en": None},
            "specialities": {
                **tastes,
                "formats": formats,
                "tasks": _some(draw, words, "tasks", 3, 7),
                "development_stages": _some(draw, words, "development-stages", 2, 6),
            },
            "languages": ["fr", "en"] if draw.random() < 0.4 else ["fr"],
            "availability": [{"from": str(today + timedelta(days=draw.randrange(0, 60))), "until": None}],
            "day_rate": {"min": (lowest := draw.randrange(250, 600, 10)), "max": lowest + draw.randrange(40, 160, 10)},
            "work_modes": _some(draw, words, "work-modes", 1, 3),
            "region": draw.choice(list(words.dimensions["regions"].entries)),
        },
        "credits": credits,
        "status": "partly_verified" if partly else "verified",
    }


def _credit(
    draw: random.Random,
    words: Taxonomy,
    today: date,
    role: str,
    tastes: dict[str, list[str]],
    formats: Sequence[str],
) -> dict[str, Any]:
    """One work of somebody whose works are of their taste, mostly."""
    year = today.year - draw.randrange(0, 14)
    place = _joined(draw, "places")
    genre = draw.choice(tastes["genres"])
    trade, other = draw.sample(_WORDS["trades"], 2)
    he, she = draw.choice(_WORDS["things"]["m"]), draw.choice(_WORDS["things"]["f"])
    his_colour, her_colour = draw.choice(_WORDS["colours"])
    title = draw.choice(
        (
            f"Le {he.capitalize()} {his_colour}",
            f"La {she.capitalize()} {her_colour}",
            f"Un {he} à {place}",
            f"Les Gens de {place}",
            f"{place}, une {she}",
        )
    )
    return {
        "title": title,
        "year": year,
        "started_year": year - draw.randrange(0, 3),
        "function": role,
        "format": draw.choice(formats),
        "genres": _near(draw, words, "genres", tastes["genres"], 2, first=genre),
        "tones": _near(draw, words, "tones", tastes["tones"], 2),
        "universes": _near(draw, words, "universes", tastes["universes"], 2),
        "stakes": _near(draw, words, "stakes", tastes["stakes"], 2),
        "tasks": _some(draw, words, "tasks", 1, 4),
        "source_material": draw.choice(list(words.dimensions["source-material"].entries)),
        "language": "fr",
        "company": f"{she.capitalize()} {_joined(draw, 'surnames')} Films",
        "broadcaster": draw.choice(list(words.dimensions["broadcasters"].entries)),
        "synopsis": (
            f"À {place}, {trade} {draw.choice(_WORDS['turns'])}, sous les yeux d’{other}. "
            f"{words.label('genres', genre, 'fr')} ; l’enjeu : "
            f"{words.label('stakes', draw.choice(tastes['stakes']), 'fr').lower()}. {draw.choice(_WORDS['urgencies'])}"
        ),
        "contribution": draw.choice(_WORDS["work"]).format(n=draw.randrange(2, 9)),
    }


def _joined(draw: random.Random, kind: str) -> str:
    starts, ends = _WORDS[kind]
    return f"{draw.choice(starts)}{draw.choice(ends)}"


def _some(draw: random.Random, words: Taxonomy, dimension: str, fewest: int, most: int) -> list[str]:
    return draw.sample(list(words.dimensions[dimension].entries), draw.randint(fewest, most))


def _near(
    draw: random.Random, words: Taxonomy, dimension: str, tastes: Sequence[str], count: int, *, first: str | None = None
) -> list[str]:
    """Entries of one's taste, or now and then any other."""
    chosen = [first] if first else []
    every = list(words.dimensions[dimension].entries)
    while len(chosen) < count:
        entry = draw.choice(every if draw.random() < 0.2 else tastes)
        if entry not in chosen:
            chosen.append(entry)
    return chosen
