from __future__ import annotations

from chalicelib.platform.errors import Conflict, DomainError, FieldError, Invalid
from chalicelib.vocabulary.text import Bilingual

_REQUIRED = Bilingual("Nécessaire avant la vérification.", "Required before verification.")
_ORDER = Bilingual("La fin précède le début.", "The end is before the start.")
_FUTURE = Bilingual("Cette année n’est pas encore venue.", "This year has not come yet.")
_INVERTED = Bilingual("Le maximum est inférieur au minimum.", "The maximum is below the minimum.")
_UNKNOWN_CREDIT = Bilingual("Ce crédit n’est pas de ce profil.", "This credit is not of this profile.")


def required(pointer: str) -> FieldError:
    return FieldError(pointer, "required", _REQUIRED)


def end_before_start(pointer: str) -> FieldError:
    return FieldError(pointer, "end_before_start", _ORDER)


def in_the_future(pointer: str) -> FieldError:
    return FieldError(pointer, "in_the_future", _FUTURE)


def inverted(pointer: str) -> FieldError:
    return FieldError(pointer, "inverted", _INVERTED)


def unknown_credit(pointer: str) -> FieldError:
    return FieldError(pointer, "unknown_credit", _UNKNOWN_CREDIT)


class Incomplete(Invalid):
    code = "profile_incomplete"
    message = Bilingual(
        "Il manque encore quelques informations avant la vérification.",
        "Some information is still missing before verification.",
    )


class NotSubmitted(DomainError):
    status = 409
    code = "not_submitted"
    message = Bilingual(
        "Ce profil n’a pas été soumis à la vérification.",
        "This profile has not been submitted for verification.",
    )


class AlreadySubmitted(Conflict):
    code = "already_submitted"
    message = Bilingual(
        "Votre profil est déjà en vérification ou vérifié.",
        "Your profile is already being verified or verified.",
    )


class TooManyCredits(DomainError):
    status = 409
    code = "too_many_credits"
    message = Bilingual("Un profil porte {limit} crédits au plus.", "A profile carries at most {limit} credits.")
