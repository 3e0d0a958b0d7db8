"""The pages behind the links that attesters get: they show what is claimed, ask, and say what became of the answer.

French and English stand on the same page, for nobody knows which an attester reads. No script, no picture, no request
but the form's own; they work without an account and in any mail program's browser.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.verification.attestations import SAID, Answer, Attestation, Claim
from chalicelib.vocabulary.clock import PARIS
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import LANGUAGES, Bilingual

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).with_name("templates")
_BRAND = "Plot Point"

_MONTHS = (
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
)


class AttestationPages:
    """`site_url` without trailing slash."""

    def __init__(self, site_url: str) -> None:
        self._site_url = site_url

    def asking(self, attestation: Attestation, *, missing: bool = False, said: str = "") -> str:
        """What is claimed, and the form that answers; `missing`: it came back without a choice, with this line."""
        claim = attestation.claim
        until = _until(datetime.fromisoformat(attestation.expires_at))
        return self._page(
            _said("asking", "title"),
            [_said("asking", "why").format(person=claim.person), until],
            claim=_rows(claim),
            notes=[_said("unchanged"), _said("privacy")],
            missing=missing,
            said=said[:SAID],
        )

    def thanks(self, answer: Answer) -> str:
        return self._page(_said("thanks", "title"), [_said("thanks", answer), _said("thanks", "after")])

    def used(self) -> str:
        """For a second answer, and for whoever opens the link after it."""
        return self._page(_said("used", "title"), [_said("used", "why")])

    def expired(self) -> str:
        return self._page(_said("expired", "title"), [_said("expired", "why")])

    def lost(self) -> str:
        """For a link that we did not write, or not all of it, and for a request that was withdrawn."""
        return self._page(_said("lost", "title"), [_said("lost", "why")])

    def _page(
        self,
        title: Bilingual,
        sentences: list[Bilingual],
        *,
        claim: list[tuple[Bilingual, Bilingual]] | None = None,
        notes: list[Bilingual] | None = None,
        missing: bool = False,
        said: str = "",
    ) -> str:
        return (
            _environment()
            .get_template("attestation.html.j2")
            .render(
                title=title,
                sentences=sentences,
                claim=claim,
                notes=notes or [],
                missing=missing,
                said=said,
                longest=SAID,
                words=_words(),
                brand=_BRAND,
                site=self._site_url,
                style=_style(),
            )
        )


def _rows(claim: Claim) -> list[tuple[Bilingual, Bilingual]]:
    years = str(claim.year)
    if claim.started_year is not None and claim.started_year != claim.year:
        years = f"{claim.started_year}–{claim.year}"
    role = Bilingual(*(taxonomy().label("roles", claim.function, language) for language in LANGUAGES))
    values = {
        "person": Bilingual(claim.person, claim.person),
        "work": Bilingual(claim.work, claim.work),
        "function": role,
        "period": Bilingual(years, years),
        "company": Bilingual(claim.company, claim.company),
    }
    return [(_said("claim", name), value) for name, value in values.items()]


def _until(expires_at: datetime) -> Bilingual:
    """The day in Paris on which the link ends."""
    day = (expires_at - timedelta(milliseconds=1)).astimezone(PARIS).date()
    french, english = _MONTHS[day.month - 1]
    number = "1er" if day.day == 1 else str(day.day)
    said = _said("asking", "until")
    return Bilingual(
        said.fr.format(day=f"{number}\u00a0{french} {day.year}"),
        said.en.format(day=f"{day.day}\u00a0{english} {day.year}"),
    )


def _said(*path: str) -> Bilingual:
    found: Any = _words()
    for step in path:
        found = found[step]
    return Bilingual(**found)


@cache
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((_FOLDER / "attestation.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _style() -> str:
    return (_FOLDER / "attestation.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    """What goes into HTML is escaped, and a value that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
