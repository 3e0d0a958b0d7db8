"""Whom there is to meet for a project."""

from __future__ import annotations

from typing import Any

from chalicelib.notifications.letters.typesetting import countdown, one_line, sentences
from chalicelib.notifications.models import Kind
from chalicelib.notifications.shortlists import Project, Proposal, Section
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Language


def shortlist_letter(
    kind: Kind,
    language: Language,
    project: Project,
    proposals: list[Proposal],
    newcomers: tuple[str, ...],
    every: int,
    site_url: str,
) -> dict[str, Any]:
    """The e-mail of that kind. `shortlist_changes` shows the people in `newcomers`, then the others in brief."""
    words = words_in(language)
    # Someone may have left since the e-mail was planned: it counts whom it shows.
    told = [proposal for proposal in proposals if kind == "shortlist" or proposal.profile_id in newcomers]
    known = [proposal for proposal in proposals if proposal not in told]
    said = {**words[kind], "action": words["action"]}
    code_name = one_line(project.code_name)
    return {
        "kind": kind,
        "said": sentences(said, len(told), code_name=code_name, every=every),
        "people": [_person(proposal, language) for proposal in told],
        "known": [_person(proposal, language) for proposal in known],
        **_project(project, language, site_url),
    }


def shortlist_section(section: Section, language: Language, site_url: str) -> dict[str, Any]:
    words = words_in(language)
    says = words["digest"]["whole" if section.whole else "new"]
    said = sentences({"says": says, "action": words["action"]}, len(section.people))
    people = [_person(proposal, language) for proposal in section.people]
    return {**_project(section.project, language, site_url), **said, "people": people}


def _project(project: Project, language: Language, site_url: str) -> dict[str, Any]:
    words = words_in(language)["countdown"]
    return {
        "code_name": one_line(project.code_name),
        "role": taxonomy().label("roles", project.role, language),
        "due": countdown(words, project.deadline, language) if project.deadline else None,
        "link": f"{site_url}/briefs/{project.brief_id}",
    }


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
        "name": one_line(proposal.display_name),
        "facts": " · ".join(facts),
        "reasons": [reason[language] for reason in proposal.reasons],
    }
