"""An invitation to act for a company, to an address that may have no account."""

from __future__ import annotations

from typing import Any

from chalicelib.notifications.colleagues import ColleagueInvitation
from chalicelib.notifications.letters.typesetting import instant, one_line
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.text import LANGUAGES, Language


def colleague_letter(invitation: ColleagueInvitation, site_url: str) -> dict[str, Any]:
    """Who invites them, to which company, until when, and what to do. Both languages in one e-mail, French first, for
    nobody knows which they read."""
    told = [_asked(invitation, language) for language in LANGUAGES]
    return {"said": told[0], "told": told, "link": f"{site_url}/company/join"}


def _asked(invitation: ColleagueInvitation, language: Language) -> dict[str, Any]:
    words = words_in(language)["colleague"]
    values = {
        "company": one_line(invitation.company),
        "inviter": one_line(invitation.inviter),
        "address": one_line(invitation.address),
        "until": instant(invitation.until, language),
    }
    said = {name: words[name].format(**values) for name in words if name != "labels"}
    return {
        **said,
        "language": language,
        "colon": words_in(language)["colon"],
        "claim": [(label, values[name]) for name, label in words["labels"].items()],
        "notes": [said["how"], said["then"], said["free"]],
    }
