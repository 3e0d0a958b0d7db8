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
        """The e-mail of that kind. In `shortlist_changes` the people in `newcomers` come first and are marked."""
        words = _words()[language]
        ordered = sorted(proposals, key=lambda proposal: proposal.profile_id not in newcomers)
        # Someone may have left since the e-mail was planned: it counts whom it shows.
        shown = sum(proposal.profile_id in newcomers for proposal in proposals)
        count = shown if kind == "shortlist_changes" else len(proposals)
        values: dict[str, Any] = {
            "language": language,
            "kind": kind,
            "words": words,
            "said": _sentences(words[kind], count, project, self._every),
            "project": project,
            "countdown": _countdown(words, project.deadline, paris_day(utc_now()), language),
            "people": [_person(proposal, language, proposal.profile_id in newcomers) for proposal in ordered],
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
    # A code name is one line by its schema; a subject must never carry a line break.
    code_name = " ".join(project.code_name.split())
    return {name: text.format(count=count, code_name=code_name, every=every) for name, text in chosen.items()}


def _countdown(words: dict[str, Any], deadline: date | None, today: date, language: Language) -> str:
    if deadline is None:
        return ""
    days = (deadline - today).days
    said: str = words["countdown"]["today" if days <= 0 else "one" if days == 1 else "many"]
    return said.format(days=days, date=_day(deadline, language))


def _day(day: date, language: Language) -> str:
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number}\u00a0{_MONTHS[language][day.month - 1]} {day.year}"


def _person(proposal: Proposal, language: Language, new: bool) -> dict[str, Any]:
    words = _words()[language]
    checked = words["credits"]["one" if proposal.verified_credits == 1 else "many"]
    facts = [taxonomy().label("seniority", proposal.level, language)]
    if proposal.region:
        facts.append(taxonomy().label("regions", proposal.region, language))
    facts.append(
        checked.format(count=proposal.verified_credits) if proposal.verified_credits else words["credits"]["none"]
    )
    return {
        "name": proposal.display_name,
        "facts": " · ".join(facts),
        "reasons": [reason[language] for reason in proposal.reasons],
        "new": new,
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
