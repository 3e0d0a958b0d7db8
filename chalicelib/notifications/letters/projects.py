"""A project that fits somebody, and a date of a project that comes near."""

from __future__ import annotations

from typing import Any

from chalicelib.notifications.contacts import Card, FittingProject, NearDate
from chalicelib.notifications.letters.typesetting import (
    Due,
    countdown,
    counted,
    day_in_words,
    days_until,
    one_line,
    typeset,
)
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Language


def fitting_letter(language: Language, project: FittingProject, site_url: str) -> dict[str, Any]:
    """A project that fits its reader, by fields of its card."""
    words = words_in(language)
    told = _told_of_fitting(project, language)
    return {
        "kicker": words["fits"]["kicker"],
        "said": {**words["projects"], **told},
        "about": one_line(project.code_name),
        "due": _pressing(project, language),
        "facts": card_facts(project, language),
        "reasons": _why_you(project, language),
        "closing": list(words["fits"]["closing"].values()),
        "link": f"{site_url}/projects/{project.brief_id}",
        "action": told["action"],
    }


def fitting_section(project: FittingProject, language: Language, site_url: str) -> dict[str, Any]:
    words = words_in(language)["fits"]
    _, *card = card_facts(project, language)  # the role stands above it
    return {
        "code_name": one_line(project.code_name),
        "role": taxonomy().label("roles", project.role, language),
        "due": _pressing(project, language),
        "facts": card,
        "reasons": _why_you(project, language),
        "link": f"{site_url}/projects/{project.brief_id}",
        "action": words["later"]["action"],
    }


def near_date_letter(language: Language, near: NearDate, site_url: str) -> dict[str, Any]:
    """A date that comes near: why it counts, how many days are left, and what to do now."""
    words = words_in(language)
    subject = counted(words["near"]["subject"], days_until(near.day))
    return {
        "kicker": words["near"]["kicker"],
        "said": {
            **words["deadlines"],
            "subject": subject.format(code_name=one_line(near.code_name), count=days_until(near.day)),
            "preheader": words["near"]["preheader"],
            "title": near.title.in_(language),
            "lead": typeset(near.why.in_(language), language),
        },
        "about": one_line(near.code_name),
        "role": taxonomy().label("roles", near.role, language),
        "due": countdown(words["near"]["countdown"], near.day, language),
        "checks": _next(near, language),
        "checks_title": words["near"]["next_title"],
        "link": f"{site_url}/briefs/{near.brief_id}",
        "action": words["near"]["action"],
    }


def near_date_section(near: NearDate, language: Language, site_url: str) -> dict[str, Any]:
    words = words_in(language)["near"]
    return {
        "code_name": one_line(near.code_name),
        "role": f"{words['kicker']} · {near.title.in_(language)}",
        "due": countdown(words["countdown"], near.day, language),
        "says": " ".join([typeset(near.why.in_(language), language), *_next(near, language)]),
        "link": f"{site_url}/briefs/{near.brief_id}",
        "action": words["action"],
    }


def card_facts(project: Card, language: Language) -> list[tuple[str, str]]:
    """What the card says in a few words, the role first: no text that its producer wrote."""
    words = words_in(language)["fits"]
    facts = [
        (words["role"], taxonomy().label("roles", project.role, language)),
        (words["format"], taxonomy().label("formats", project.format, language)),
    ]
    if project.genres:
        facts.append((words["genres"], ", ".join(taxonomy().label("genres", one, language) for one in project.genres)))
    if project.start_from and project.start_until:
        window = {
            "from_": day_in_words(project.start_from, language),
            "until": day_in_words(project.start_until, language),
        }
        facts.append((words["start"], words["window"].format(**window)))
    if project.estimated_days is not None:
        length = counted(words["days"], project.estimated_days).format(count=project.estimated_days)
        facts.append((words["days_title"], length))
    if project.reply_by is not None:
        facts.append((words["reply_title"], words["reply_by"].format(day=day_in_words(project.reply_by, language))))
    return facts


def _pressing(project: FittingProject, language: Language) -> Due | None:
    """That a project is urgent: its card says no date."""
    return Due("", words_in(language)["fits"]["urgent"], "", "urgent") if project.urgent else None


def _why_you(project: FittingProject, language: Language) -> list[str]:
    return [typeset(reason.in_(language), language) for reason in project.reasons]


def _told_of_fitting(project: FittingProject, language: Language) -> dict[str, str]:
    values = {
        "code_name": one_line(project.code_name),
        "role": taxonomy().label("roles", project.role, language),
        "format": taxonomy().label("formats", project.format, language),
    }
    words = words_in(language)["fits"]["now" if project.urgent else "later"]
    return {part: said.format(**values) for part, said in words.items()}


def _next(near: NearDate, language: Language) -> list[str]:
    """What there is to do: whoever waits for an answer first, then whom to invite, then what the date itself asks."""
    words = words_in(language)["near"]
    people = ("waiting", near.waiting) if near.waiting else ("invited", near.invited)
    return [counted(words[people[0]], people[1]).format(count=people[1]), words["which"][near.which]]
