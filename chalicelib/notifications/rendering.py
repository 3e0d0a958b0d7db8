"""E-mails from templates: one layout, wording per language, HTML and plain text of the same content.

An e-mail names the project by its code name alone: never the company, its people, the confidential title or the
broadcaster, in no part of it (OBLIGATIONS, row 12).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.notifications.models import Kind
from chalicelib.notifications.service import Message, Project, Proposal, Section
from chalicelib.notifications.wording import FOLDER, words_in
from chalicelib.vocabulary.clock import paris_day, utc_now
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Language

if TYPE_CHECKING:
    from jinja2 import Environment

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
        kind: Kind,
        language: Language,
        project: Project,
        proposals: list[Proposal],
        newcomers: tuple[str, ...],
        unsubscribe: str,
    ) -> Message:
        """The e-mail of that kind. `shortlist_changes` shows the people in `newcomers`, then the others in brief."""
        words = words_in(language)
        # Someone may have left since the e-mail was planned: it counts whom it shows.
        told = [proposal for proposal in proposals if kind == "shortlist" or proposal.profile_id in newcomers]
        known = [proposal for proposal in proposals if proposal not in told]
        sentences = {**words[kind], "action": words["action"]}
        code_name = _one_line(project.code_name)
        values = {
            "kind": kind,
            "said": _sentences(sentences, len(told), code_name=code_name, every=self._every),
            "people": [_person(proposal, language) for proposal in told],
            "known": [_person(proposal, language) for proposal in known],
            **self._project(project, language),
        }
        return _message("shortlist", language, values, unsubscribe)

    def render_digest(self, language: Language, sections: list[Section], unsubscribe: str) -> Message:
        """The e-mail of the morning: project by project, whom there is to meet."""
        words = words_in(language)
        code_name = _one_line(sections[0].project.code_name)
        sentences = {name: said for name, said in words["digest"].items() if name not in ("new", "whole")}
        values = {
            "said": _sentences(sentences, len(sections), code_name=code_name),
            "sections": [self._section(section, language) for section in sections],
        }
        return _message("digest", language, values, unsubscribe)

    def _section(self, section: Section, language: Language) -> dict[str, Any]:
        words = words_in(language)
        says = words["digest"]["whole" if section.whole else "new"]
        said = _sentences({"says": says, "action": words["action"]}, len(section.people))
        people = [_person(proposal, language) for proposal in section.people]
        return {**self._project(section.project, language), **said, "people": people}

    def _project(self, project: Project, language: Language) -> dict[str, Any]:
        days = (project.deadline - paris_day(utc_now())).days if project.deadline else None
        return {
            "code_name": _one_line(project.code_name),
            "role": taxonomy().label("roles", project.role, language),
            "countdown": _countdown(words_in(language), project.deadline, days, language),
            "urgent": days is not None and days <= URGENT_DAYS,
            "link": f"{self._site_url}/#/briefs/{project.brief_id}",
        }


def _message(template: str, language: Language, values: dict[str, Any], unsubscribe: str) -> Message:
    values = {**values, "language": language, "words": words_in(language), "unsubscribe": unsubscribe}
    return Message(
        subject=values["said"]["subject"],
        html=environment().get_template(f"{template}.html.j2").render(values),
        text=environment().get_template(f"{template}.txt.j2").render(values),
        unsubscribe=unsubscribe,
    )


def _sentences(words: dict[str, Any], count: int, **values: object) -> dict[str, str]:
    """Each wording for none, one or many, with its values in place."""
    number = "none" if count == 0 else "one" if count == 1 else "many"
    chosen = {name: text[number] if isinstance(text, dict) else text for name, text in words.items()}
    return {name: text.format(count=count, **values) for name, text in chosen.items()}


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
    words = words_in(language)
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
def environment() -> Environment:
    """Templates by name; what goes into HTML is escaped, and a value that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
