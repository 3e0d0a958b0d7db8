from chalicelib.platform.errors import DomainError, FieldRule
from chalicelib.vocabulary.text import Bilingual

WRONG_SIREN = FieldRule(
    "wrong_siren", Bilingual("Ce numéro SIREN n’est pas valide.", "This SIREN number is not valid.")
)
WRONG_DOMAIN = FieldRule(
    "wrong_domain",
    Bilingual("Un nom de domaine est attendu (maison.fr).", "A domain name is expected (house.fr)."),
)
WRONG_WEBSITE = FieldRule(
    "wrong_website",
    Bilingual(
        "L’adresse d’un site est attendue (https://maison.fr).", "A site’s address is expected (https://house.fr)."
    ),
)
WRONG_HANDLE = FieldRule(
    "wrong_handle",
    Bilingual(
        "Un nom de compte est attendu : lettres, chiffres, points et tirets, sans espace.",
        "An account name is expected: letters, digits, dots and dashes, without spaces.",
    ),
)


class NoCompany(DomainError):
    status = 409
    code = "no_company"
    message = Bilingual("Présentez d’abord votre société de production.", "Introduce your production company first.")


class AlreadyMember(DomainError):
    status = 409
    code = "already_member"
    message = Bilingual("Cette personne fait déjà partie d’une société.", "This person already belongs to a company.")


class AddressNotConfirmed(DomainError):
    status = 409
    code = "address_not_confirmed"
    message = Bilingual(
        "Confirmez d’abord l’adresse e-mail de votre compte : c’est là que nous vous écrirons.",
        "Confirm your account’s e-mail address first: that is where we will write to you.",
    )


class ForeignAddress(DomainError):
    status = 422
    code = "foreign_address"
    message = Bilingual(
        "Invitez vos collègues à leur adresse professionnelle, au domaine de la société.",
        "Invite colleagues at their work address, on the company’s own domain.",
    )


class NotVerifiedYet(DomainError):
    status = 409
    code = "company_not_verified"
    message = Bilingual(
        "Votre société doit être vérifiée avant d’inviter des collègues.",
        "Your company must be verified before it invites colleagues.",
    )
