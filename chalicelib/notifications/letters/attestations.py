"""The request to attest a credit, to an address without an account."""

from __future__ import annotations

from typing import Any

from chalicelib.notifications.casework import Invitation
from chalicelib.notifications.letters.typesetting import instant, one_line
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import LANGUAGES, Language


def invitation_letter(invitation: Invitation) -> dict[str, Any]:
    """What an attester is asked. Both languages in one e-mail, French first, for nobody knows which they read."""
    told = [_asked(invitation, language) for language in LANGUAGES]
    return {"said": told[0], "told": told, "link": invitation.link}


def _asked(invitation: Invitation, language: Language) -> dict[str, Any]:
    words = words_in(language)["attestation"]
    person, work = one_line(invitation.person), one_line(invitation.work)
    years = str(invitation.year)
    if invitation.started_year is not None and invitation.started_year != invitation.year:
        years = f"{invitation.started_year}–{invitation.year}"
    values = {
        "person": person,
        "work": work,
        "function": taxonomy().label("roles", invitation.function, language),
        "period": years,
        "company": one_line(invitation.company),
    }
    said = {
        name: words[name].format(person=person, work=work, date=instant(invitation.expires_at, language))
        for name in words
        if name != "claim"
    }
    return {
        **said,
        "language": language,
        "colon": words_in(language)["colon"],
        "claim": [(words["claim"][name], value) for name, value in values.items()],
        "notes": [said["opening"], said["free"], said["privacy"]],
    }
