"""The e-mail in which Cognito sends a code, for the user pool's template: to a new address, and for a new password.

Cognito fills one template for everybody, before anything is known of who reads it: it says everything in both
languages, French first, and has no plain text.
"""

from __future__ import annotations

from chalicelib.notifications.rendering import environment
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.text import LANGUAGES

#: Where Cognito writes the code.
#: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html
CODE = "{####}"
#: How long a message and its subject may be.
#: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerificationMessageTemplateType.html
LONGEST_MESSAGE, LONGEST_SUBJECT = 20_000, 140


def code_subject() -> str:
    return " / ".join(words_in(language)["code"]["subject"] for language in LANGUAGES)


def code_message() -> str:
    """In HTML, with `CODE` where the code comes, once per language."""
    told = [{**words_in(language)["code"], "language": language} for language in LANGUAGES]
    return (
        environment()
        .get_template("code.html.j2")
        .render(
            language=LANGUAGES[0],
            said={**told[0], "subject": code_subject()},
            told=told,
            code=CODE,
            signature=words_in(LANGUAGES[0])["signature"],
        )
    )
