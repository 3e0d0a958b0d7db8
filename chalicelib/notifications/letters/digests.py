"""The e-mail of the morning: project by project, whom there is to meet or what there is to choose; case by case and
conversation by conversation, what happened."""

from __future__ import annotations

from typing import Any

from chalicelib.notifications.casework import CaseSection
from chalicelib.notifications.contacts import ContactSection, FittingProject
from chalicelib.notifications.letters.cases import case_section
from chalicelib.notifications.letters.contacts import contact_section
from chalicelib.notifications.letters.projects import fitting_section, near_date_section
from chalicelib.notifications.letters.shortlists import shortlist_section
from chalicelib.notifications.letters.typesetting import one_line, sentences, today, weekday
from chalicelib.notifications.messages import AnySection
from chalicelib.notifications.shortlists import Section
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.text import Language

#: What a section may also hold. `facts`: labels and values; `reasons`: why its reader; `people`: whom there is to meet.
_NOTHING_MORE: dict[str, Any] = {"says": "", "facts": [], "reasons": [], "people": []}


def digest_letter(language: Language, sections: list[AnySection], site_url: str) -> dict[str, Any]:
    """The e-mail of the morning: project by project, whom there is to meet or what there is to choose; case by case
    and conversation by conversation, what happened."""
    words = words_in(language)
    said = words["digest"]
    projects = [section.project for section in sections if isinstance(section, Section)]
    fitting = [section for section in sections if isinstance(section, FittingProject)]
    wanted = {name: said[name] for name in ("subject", "preheader", "title", "lead", "why", "stop")}
    named = [project.code_name for project in projects]
    if len(fitting) == len(sections):
        wanted |= said["only_fits"]
        named = [project.code_name for project in fitting]
    elif len(projects) < len(sections):
        wanted |= said["with_cases"]
    closing = [words["decide"], words["ordering"]] if projects else []
    closing += words["fits"]["closing"].values() if fitting else []
    return {
        "day": weekday(today(), language),
        "said": sentences(wanted, len(sections), code_name=one_line(named[0]) if named else ""),
        "sections": [{**_NOTHING_MORE, **_told(section, language, site_url)} for section in sections],
        "closing": closing,
    }


def _told(section: AnySection, language: Language, site_url: str) -> dict[str, Any]:
    if isinstance(section, Section):
        return shortlist_section(section, language, site_url)
    if isinstance(section, CaseSection):
        return case_section(section, language, site_url)
    if isinstance(section, ContactSection):
        return contact_section(section, language, site_url)
    if isinstance(section, FittingProject):
        return fitting_section(section, language, site_url)
    return near_date_section(section, language, site_url)
