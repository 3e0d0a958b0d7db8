"""E-mails from templates: one layout, wording per language, HTML and plain text of the same content.

An e-mail names the project by its code name alone: never the company, its people, the confidential title or the
broadcaster, in no part of it (OBLIGATIONS, row 12).
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.notifications.service import Message, Project, Proposal
from chalicelib.vocabulary.clock import paris_day, utc_now
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Language

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).with_name("templates")

#: From how many days before its deadline on a project's countdown is printed as a warning.
URGENT_DAYS = 14

_MONTHS = {
    "fr": (
        [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ]
    ),
    "en": (
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
    ),
}


class TemplateRenderer:
    """`site_url` without trailing slash; `every` is the minutes in which changes are gathered."""

    def __init__(self, site_url: str, every: int) -> None:
        self._site_url = site_url
        self._every = every

    def render(
        self,
        kind: str,
        language: Language,
        project: Project,
        proposals: list[Proposal],
        newcomers: tuple[str, ...],
    ) -> Message:
        """The e-mail of that kind. `shortlist_changes` shows the people in `newcomers`, then the others in brief."""
        words = _words()[language]
        # Someone may have left since the e-mail was planned: it counts whom it shows.
        told = [proposal for proposal in proposals if kind == "shortlist" or proposal.profile_id in newcomers]
        known = [proposal for proposal in proposals if proposal not in told]
        days = (project.deadline - paris_day(utc_now())).days if project.deadline else None
        values: dict[str, Any] = {
            "language": language,
            "kind": kind,
            "words": words,
            "said": _sentences({**words[kind], "action": words["action"]}, len(told), project, self._every),
            "code_name": _one_line(project.code_name),
            "role": taxonomy().label("roles", project.role, language),
            "countdown": _countdown(words, project.deadline, days, language),
            "urgent": days is not None and days <= URGENT_DAYS,
            "people": [_person(proposal, language) for proposal in told],
            "known": [_person(proposal, language) for proposal in known],
            "link": f"{self._site_url}/#/briefs/{project.brief_id}",
        }
        return Message(
            subject=values["said"]["subject"],
            html=_environment().get_template("shortlist.html.j2").render(values),
            text=_environment().get_template("shortlist.txt.j2").render(values),
        )


def _sentences(words: dict[str, Any], count: int, project: Project, every: int) -> dict[str, str]:
    """The wording of a kind for none, one or many people, with its values in place."""
    number = "none" if count == 0 else "one" if count == 1 else "many"
    chosen = {name: text[number] if isinstance(text, dict) else text for name, text in words.items()}
    code_name = _one_line(project.code_name)
    return {name: text.format(count=count, code_name=code_name, every=every) for name, text in chosen.items()}


def _one_line(text: str) -> str:
    """Names are one line by their schemas; a subject must never carry a line break, whatever else happens."""
    return " ".join(text.split())


def _countdown(words: dict[str, Any], deadline: date | None, days: int | None, language: Language) -> str:
    if deadline is None or days is None:
        return ""
    said: str = words["countdown"]["today" if days <= 0 else "one" if days == 1 else "many"]
    return said.format(days=days, date=_day(deadline, language))


def _day(day: date, language: Language) -> str:
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number}\u00a0{_MONTHS[language][day.month - 1]} {day.year}"


def _person(proposal: Proposal, language: Language) -> dict[str, Any]:
    words = _words()[language]
    checked = words["credits"]["one" if proposal.verified_credits == 1 else "many"]
    facts = [taxonomy().label("seniority", proposal.level, language)]
    if proposal.region:
        facts.append(taxonomy().label("regions", proposal.region, language))
    facts.append(
        checked.format(count=proposal.verified_credits) if proposal.verified_credits else words["credits"]["none"]
    )
    return {
        "name": _one_line(proposal.display_name),
        "facts": " · ".join(facts),
        "reasons": [reason[language] for reason in proposal.reasons],
    }


@cache
def _words() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads((FOLDER / "words.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
