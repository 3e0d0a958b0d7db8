"""An account that is about to go, and one that is gone."""

from __future__ import annotations

from typing import Any

from chalicelib.notifications.departures import Farewell, IdleAccount, Step
from chalicelib.notifications.letters.typesetting import counted, dated, day_in_words, typeset
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.text import Language


def inactivity_letter(language: Language, account: IdleAccount, site_url: str) -> dict[str, Any]:
    """That an account goes unless it is used. Nobody turns it off."""
    words = words_in(language)["inactivity"]
    days = {"day": day_in_words(account.deleted_on, language), "since": day_in_words(account.last_active_on, language)}
    return {
        "kicker": words["kicker"],
        "said": {part: words[part].format(**days) for part in ("why", "subject", "preheader", "title", "lead")},
        "due": dated(words["deadline"], days["day"], "urgent"),
        "notes": [words["keep"]],
        "closing": [words["closing"]],
        "link": f"{site_url}/",
        "action": words["action"],
    }


def receipt_letter(language: Language, farewell: Farewell, site_url: str) -> dict[str, Any]:
    """The receipt of an erasure: by context what went, and what is held for how long and why."""
    words = words_in(language)["receipt"]
    days = {
        "requested": day_in_words(farewell.requested_on, language),
        "completed": day_in_words(farewell.completed_on, language),
    }
    lead = words["lead_inactive" if farewell.by_inactivity else "lead"].format(**days)
    held = [
        words["held"].format(
            day=day_in_words(one.until, language),
            label=typeset(one.label.in_(language), language),
            source=typeset(one.source.in_(language), language),
        )
        for one in farewell.kept
    ]
    return {
        "said": {**{part: words[part] for part in ("why", "subject", "preheader", "title")}, "lead": lead},
        "kicker": words["kicker"],
        "facts": [(words["number"], farewell.erasure_id), *((words[name], day) for name, day in days.items())],
        "notes": held or [words["nothing_held"]],
        "done": [(words["labels"][one.context], _done(one, language)) for one in farewell.steps],
        "done_title": words["done_title"],
        "closing": [words["backups"].format(days=farewell.backups_days), words["rights"]],
        "link": f"{site_url}/privacy-notice",
        "action": words["action"],
    }


def _done(step: Step, language: Language) -> str:
    """What an erasure did in one context."""
    words = words_in(language)["receipt"]["done"]
    counts = (("removed", step.removed), ("redacted", step.redacted))
    return (
        ", ".join(counted(words[name], count).format(count=count) for name, count in counts if count)
        or words["nothing"]
    )
