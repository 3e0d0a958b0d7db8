"""What the other side of a conversation did. Nothing of what they wrote but the words of an answer."""

from __future__ import annotations

from typing import Any

from chalicelib.notifications.contacts import Contact, ContactSection
from chalicelib.notifications.letters.projects import card_facts
from chalicelib.notifications.letters.typesetting import Due, by, lines_of, one_line, typeset
from chalicelib.notifications.models import ContactStep, kind_of_step
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Language

#: What is said at the end of an e-mail about a conversation. Where its page has a button that counts as consent, that
#: opening the page is none.
_CLOSINGS: dict[ContactStep, tuple[str, ...]] = {
    "invited": ("free",),
    "interest_shown": ("owed",),
    "reveal_asked": ("opening",),
    "engagement_proposed": ("opening",),
    "answer_due": ("owed",),
    "answer_overdue": ("owed",),
}


def contact_letter(language: Language, contact: Contact, step: ContactStep, site_url: str) -> dict[str, Any]:
    """What the other side of a conversation did, and what can be done now. Nothing of what they wrote but the words
    of an answer."""
    words = words_in(language)["contact"]
    told = _told(contact, step, language)
    return {
        "kicker": words["kicker"],
        "said": {**words_in(language)[kind_of_step(step)], **told},
        "about": one_line(contact.code_name),
        "role": taxonomy().label("roles", contact.role, language),
        "due": _due(contact, step, language),
        "facts": card_facts(contact.card, language)[1:] if contact.card and step == "invited" else [],
        "quote": _quote(contact, step, language),
        "notes": _notes(contact, step, language),
        "closing": [words[name] for name in _CLOSINGS.get(step, ())],
        "link": _page(contact, step, site_url),
        "action": told["action"],
    }


def contact_section(section: ContactSection, language: Language, site_url: str) -> dict[str, Any]:
    contact, step = section.contact, section.step
    told, quote = _told(contact, step, language), _quote(contact, step, language)
    said = [told["lead"], quote["ground"] if quote else ""]
    return {
        "code_name": one_line(contact.code_name),
        "role": words_in(language)["contact"]["kicker"],
        "due": _due(contact, step, language),
        "says": " ".join(one for one in said if one),
        "link": _page(contact, step, site_url),
        "action": told["action"],
    }


def _page(contact: Contact, step: ContactStep, site_url: str) -> str:
    """Where to go on: whoever was declined goes on with the others."""
    if step == "declined":
        return f"{site_url}/briefs/{contact.brief_id}"
    return f"{site_url}/conversations/{contact.thread_id}"


def _told(contact: Contact, step: ContactStep, language: Language) -> dict[str, str]:
    """Subject, preheader, title, lead and what the button says. Who a person is stands in none of the first two, which
    others may see on a screen."""
    name: str = step
    if step == "answered" and contact.answer:
        name = contact.answer.decision
    level = taxonomy().label("seniority", contact.level, language).lower() if contact.level else ""
    values = {"code_name": one_line(contact.code_name), "person": one_line(contact.person), "level": level}
    words = words_in(language)["contact"][contact.reader][name]
    return {part: said.format(**values) for part, said in words.items()}


def _due(contact: Contact, step: ContactStep, language: Language) -> Due | None:
    """By when an answer is owed, to whoever owes it."""
    if contact.answer_due_at is None or step not in ("interest_shown", "answer_due", "answer_overdue"):
        return None
    words = words_in(language)["contact"]
    if step == "answer_overdue":
        return by(words["answer_was_due"], contact.answer_due_at, language, "overdue")
    return by(words["answer_by"], contact.answer_due_at, language, "urgent" if step == "answer_due" else "calm")


def _quote(contact: Contact, step: ContactStep, language: Language) -> dict[str, Any] | None:
    answer = contact.answer
    if step != "answered" or answer is None:
        return None
    lines = lines_of(answer.words.in_(language)) if answer.words else []
    return {
        "title": words_in(language)["contact"]["answer_title"],
        "ground": typeset(answer.reason.in_(language), language) + ".",
        "lines": [typeset(line, language) for line in lines],
    }


def _notes(contact: Contact, step: ContactStep, language: Language) -> list[str]:
    words = words_in(language)["contact"]
    if step == "answered" and contact.answer and contact.answer.words is None:
        return [words["words_elsewhere"]]
    if step in words["with_words"] and contact.is_unanswered and contact.comes_with_the_opening:
        return [words["with_words"][step]]
    if step == "message" and contact.last_file_at is not None:
        return [words["with_a_file"]]
    return []
