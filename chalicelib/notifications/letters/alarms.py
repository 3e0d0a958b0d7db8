"""What happened to an alarm, told to whoever it is about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.notifications.casework import AlarmFile
from chalicelib.notifications.letters.typesetting import Due, by, day_in_words, instant, lines_of, typeset
from chalicelib.notifications.models import AlarmStep
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.clock import PARIS, paris_day
from chalicelib.vocabulary.text import Language

#: Steps after which it is in force.
_HOLDING: tuple[AlarmStep, ...] = ("in_force", "appealed", "upheld")


def alarm_letter(language: Language, file: AlarmFile, step: AlarmStep, site_url: str) -> dict[str, Any]:
    """What happened to an alarm: what it says and on which papers, what was decided and why, and by when to act.
    Nobody turns it off."""
    words = words_in(language)["alarm"]
    contestable = step == "in_force" and file.appeal_until is not None
    return {
        "kicker": words["kicker"],
        "said": {"why": words["why"], **_told(file, step, language)},
        "due": _due(file, step, language),
        "quote": _quote(file, step, language),
        "remedy": by(words["appeal_by"], str(file.appeal_until), language, "urgent") if contestable else None,
        "notes": _notes(file, step, language),
        "checks": _papers(file, language) if step == "raised" else [],
        "checks_title": words["papers_title"],
        "closing": _closing(file, step, language),
        "link": f"{site_url}/verification/alarms/{file.alarm_id}",
        "action": words["action"]["answer" if step == "raised" else "contest" if contestable else "read"],
    }


def _told(file: AlarmFile, step: AlarmStep, language: Language) -> dict[str, str]:
    """Subject, preheader, title and lead. What it says is in none of the first three, which others may see on a
    screen."""
    words = words_in(language)["alarm"]
    name: str = step
    if step == "in_force" and not file.replied:
        name = "in_force_unanswered"
    if step == "withdrawn" and file.lapsed:
        name = "lapsed"
    day = (
        day_in_words(datetime.fromisoformat(file.reply_until).astimezone(PARIS).date(), language)
        if file.reply_until
        else ""
    )
    whom = words["whom"][file.kind]
    return {part: said.format(**whom, day=day) for part, said in words["steps"][name].items()}


def _due(file: AlarmFile, step: AlarmStep, language: Language) -> Due | None:
    """By when they may act, or hear from us; None where nothing is awaited."""
    words = words_in(language)["alarm"]
    if step == "raised" and file.reply_until:
        return by(words["reply_by"], file.reply_until, language, "urgent")
    if step == "answered" and file.decide_until:
        return by(words["decide_by"], file.decide_until, language)
    return None


def _quote(file: AlarmFile, step: AlarmStep, language: Language) -> dict[str, Any] | None:
    """What it says, or why it was decided against them."""
    words = words_in(language)["alarm"]
    if step == "raised" and file.text:
        ground = f"{file.reason.in_(language)}. {file.basis.in_(language)}."
        return {"title": words["said_title"], "ground": ground, "lines": lines_of(file.text)}
    if step in ("in_force", "upheld") and file.ruling:
        return {"title": words["why_title"], "ground": file.reason.in_(language) + ".", "lines": lines_of(file.ruling)}
    return None


def _notes(file: AlarmFile, step: AlarmStep, language: Language) -> list[str]:
    """How to do what may be done by then."""
    words = words_in(language)["alarm"]
    if step == "raised":
        return [words["reply_how"]]
    return [words["appeal_how"]] if step == "in_force" and file.appeal_until else []


def _papers(file: AlarmFile, language: Language) -> list[str]:
    said = words_in(language)["alarm"]["paper"]
    return [
        said.format(
            label=paper.label.in_(language),
            date=day_in_words(paris_day(datetime.fromisoformat(paper.received_at)), language),
        )
        for paper in file.papers
    ]


def _closing(file: AlarmFile, step: AlarmStep, language: Language) -> list[str]:
    """What follows and what does not, until when; and the rights over what is kept."""
    words = words_in(language)["alarm"]
    ends = [words["until"].format(date=instant(file.until, language))] if file.until and step in _HOLDING else []
    copies = [words["copy"]] if step in ("raised", *_HOLDING) else []
    return [*copies, typeset(file.what_follows.in_(language), language), *ends, words["rights"]]
