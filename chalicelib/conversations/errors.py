from __future__ import annotations

from chalicelib.platform.errors import DomainError, FieldRule
from chalicelib.vocabulary.text import Bilingual

IDENTITY_LEAK = FieldRule(
    "identity_leak",
    Bilingual(
        "« {passage} » (caractères {start} à {end}) dirait qui vous êtes avant la levée de l’anonymat. {reason} "
        "Plutôt : « {wording} ».",
        "“{passage}” (characters {start} to {end}) would tell who you are before the reveal. {reason} "
        "Rather: “{wording}”.",
    ),
)
WRONG_ENDING = FieldRule(
    "wrong_ending",
    Bilingual(
        "Le nom d’un fichier de ce type finit par {endings}.", "The name of a file of this type ends with {endings}."
    ),
)
WRONG_REASON = FieldRule(
    "wrong_reason",
    Bilingual("Ce motif n’est pas de ceux de cette réponse.", "This reason does not belong to this answer."),
)


class NotOpen(DomainError):
    """The conversation is over, or the act does not fit where it stands."""

    def __init__(self, state: str) -> None:
        super().__init__(state=STATES[state])

    status = 409
    code = "conversation_state"
    message = Bilingual(
        "Cet échange est à l’étape « {state} » : cette action n’est pas possible.",
        "This conversation is at the stage “{state}”: this action is not possible.",
    )


#: Where a conversation stands, in words.
STATES: dict[str, Bilingual] = {
    "open": Bilingual("à découvrir", "to discover"),
    "invited": Bilingual("invitation envoyée", "invitation sent"),
    "interested": Bilingual("intérêt manifesté", "interest shown"),
    "declined": Bilingual("décliné", "declined"),
    "revealed": Bilingual("anonymat levé", "identities revealed"),
    "engaged": Bilingual("engagement confirmé", "engagement confirmed"),
    "broken": Bilingual("mission interrompue", "mission broken off"),
    "not_retained": Bilingual("réponse négative", "not retained"),
    "lapsed": Bilingual("invitation éteinte", "invitation lapsed"),
}
NotOpen.sample = {"state": STATES["not_retained"]}


class ProjectOver(DomainError):
    """The project is not live any more."""

    status = 409
    code = "project_over"
    message = Bilingual("Ce projet n’est plus en ligne.", "This project is no longer live.")


class NotProposed(DomainError):
    status = 409
    code = "not_proposed"
    message = Bilingual(
        "Cette personne n’a pas été proposée pour ce projet.", "This person was not proposed for this project."
    )


class AlreadyRevealed(DomainError):
    """A consent that both gave cannot be taken back: each knows who the other is."""

    status = 409
    code = "already_revealed"
    message = Bilingual(
        "L’anonymat est déjà levé : l’accord ne peut plus être retiré.",
        "The identities are revealed already: the consent can no longer be withdrawn.",
    )


class NotRevealedYet(DomainError):
    status = 409
    code = "not_revealed_yet"
    message = Bilingual(
        "Un engagement se confirme une fois l’anonymat levé des deux côtés.",
        "An engagement is confirmed once both sides have revealed who they are.",
    )


class NotEngaged(DomainError):
    status = 409
    code = "not_engaged"
    message = Bilingual("Aucun engagement n’est confirmé ici.", "No engagement is confirmed here.")


class TermsNotAccepted(DomainError):
    """Who is behind a project is told to nobody who has not undertaken to keep it to themselves."""

    status = 409
    code = "terms_not_accepted"
    message = Bilingual(
        "Acceptez d’abord les conditions de confidentialité du projet.",
        "Accept the project’s confidentiality terms first.",
    )


class RevealUnavailable(DomainError):
    """The company is not verified at present: nobody is asked to say who they are to somebody unknown."""

    status = 409
    code = "reveal_unavailable"
    message = Bilingual(
        "L’anonymat ne peut pas être levé pour le moment.", "The identities cannot be revealed for the moment."
    )


class ProfileUnverified(DomainError):
    status = 403
    code = "profile_not_verified"
    message = Bilingual(
        "Les projets s’ouvrent dès que votre profil est vérifié.",
        "Projects open to you as soon as your profile is verified.",
    )


class NoFilesYet(DomainError):
    """Before both have revealed who they are, a file would tell it: in its text, its notes, its very name."""

    status = 409
    code = "no_files_before_reveal"
    message = Bilingual(
        "Les fichiers s’échangent une fois l’anonymat levé des deux côtés.",
        "Files are exchanged once both sides have revealed who they are.",
    )


class TooManyAttachments(DomainError):
    status = 409
    code = "too_many_attachments"
    message = Bilingual(
        "Cet échange contient déjà vingt fichiers : reprenez-en un pour en ajouter un autre.",
        "This conversation holds twenty files already: take one back to add another.",
    )


class AttachmentTimedOut(DomainError):
    """The upload was not confirmed in time, or its file is settled already."""

    status = 409
    code = "attachment_timed_out"
    message = Bilingual(
        "Le délai d’envoi de ce fichier est passé : ajoutez-le de nouveau.",
        "The time to send this file is over: add it again.",
    )


class AttachmentNotArrived(DomainError):
    """The upload was confirmed before it was made."""

    status = 409
    code = "attachment_not_arrived"
    message = Bilingual(
        "Le fichier n’est pas encore arrivé : envoyez-le, puis confirmez.",
        "The file has not arrived yet: send it, then confirm.",
    )
    retry_after_seconds = 2


class AttachmentGone(DomainError):
    """It was taken back, refused, or deleted in time."""

    status = 409
    code = "attachment_gone"
    message = Bilingual("Ce fichier n’est pas, ou n’est plus, conservé.", "This file is not, or no longer, kept.")


class TooManyMessages(DomainError):
    """More messages, invitations or reports in an hour than a conversation needs."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.retry_after_seconds = seconds  # type: ignore[misc]  # of this refusal: until the hour is over

    status = 429
    code = "too_many_messages"
    message = Bilingual(
        "C’est beaucoup en une heure : reprenez un peu plus tard.",
        "That is a lot within an hour: go on a little later.",
    )
    retry_after_seconds = 3600
