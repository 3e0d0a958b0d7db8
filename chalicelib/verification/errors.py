from chalicelib.platform.errors import DomainError, FieldRule
from chalicelib.vocabulary.text import Bilingual

WRONG_MEDIA_TYPE = FieldRule(
    "wrong_media_type",
    Bilingual("Un PDF, ou une image JPEG ou PNG, est attendu.", "A PDF, or a JPEG or PNG image, is expected."),
)
WRONG_SIZE = FieldRule("wrong_size", Bilingual("De 1 octet à 10 Mo.", "From 1 byte to 10 MB."))
FREE_MAIL = FieldRule(
    "free_mail",
    Bilingual(
        "Donnez une adresse professionnelle, au domaine de la société : les messageries grand public n’attestent rien.",
        "Give a work address, on the company’s own domain: public mail services attest nothing.",
    ),
)
NOT_OF_THE_COMPANY = FieldRule(
    "not_of_the_company",
    Bilingual(
        "Cette adresse n’est pas au domaine de la société qui a produit l’œuvre.",
        "This address is not on the domain of the company that produced the work.",
    ),
)
WRONG_ATTESTER_ADDRESS = FieldRule(
    "wrong_address", Bilingual("Une adresse e-mail est attendue.", "An e-mail address is expected.")
)


class TakenMeanwhile(Exception):
    """Somebody else wrote what was to be changed."""


class TooManyFiles(DomainError):
    status = 409
    code = "too_many_files"
    message = Bilingual(
        "Ce dossier a déjà reçu toutes les pièces qu’il peut contenir.",
        "This case has already received all the files it can hold.",
    )


class NoMoreEvidence(DomainError):
    status = 409
    code = "no_more_evidence"
    message = Bilingual("Ce dossier est clos : il ne reçoit plus de pièces.", "This case is closed: it takes no files.")


class UploadOver(DomainError):
    status = 409
    code = "upload_over"
    message = Bilingual(
        "Le délai d’envoi de cette pièce est passé : demandez-en un nouveau.",
        "The time to send this file is over: ask for a new upload.",
    )


class NotArrivedYet(DomainError):
    """The upload was confirmed before it was made."""

    status = 409
    code = "not_arrived_yet"
    message = Bilingual(
        "Le fichier n’est pas encore arrivé : envoyez-le, puis confirmez.",
        "The file has not arrived yet: send it, then confirm.",
    )
    retry_after_seconds = 2


class NotTheReviewer(DomainError):
    status = 403
    code = "not_the_reviewer"
    message = Bilingual(
        "Prenez d’abord ce dossier : seule la personne qui l’examine ouvre ses pièces.",
        "Claim this case first: only the person reviewing it opens its files.",
    )


class NotKept(DomainError):
    """The file is not there to be read: refused, still under check, or deleted in time."""

    status = 409
    code = "file_not_kept"
    message = Bilingual("Cette pièce n’est pas, ou n’est plus, conservée.", "This file is not, or no longer, kept.")


class AlreadyAsked(DomainError):
    status = 409
    code = "already_asked"
    message = Bilingual(
        "Cette adresse a déjà été sollicitée pour ce crédit.",
        "This address has already been asked about this credit.",
    )


class AskedTooOften(DomainError):
    """So many requests a day from one person."""

    status = 429
    code = "asked_too_often"
    message = Bilingual(
        "Vous avez demandé beaucoup d’attestations aujourd’hui : reprenez demain.",
        "You have asked for many attestations today: go on tomorrow.",
    )


class AddressAskedTooOften(DomainError):
    """So many requests a week to one mailbox, whoever makes them."""

    status = 429
    code = "address_asked_too_often"
    message = Bilingual(
        "Cette adresse a déjà reçu plusieurs demandes cette semaine : choisissez une autre personne, ou attendez.",
        "This address has already received several requests this week: choose someone else, or wait.",
    )


class LostLink(Exception):
    """A text that we did not write, or not all of it; or a request that is no longer made."""


class LinkExpired(Exception):
    """The fourteen days are over."""


class LinkUsed(Exception):
    """It was answered already."""
