from __future__ import annotations

from chalicelib.platform.errors import DomainError, FieldRule, Invalid
from chalicelib.vocabulary.text import Bilingual

REQUIRED = FieldRule("required", Bilingual("Nécessaire avant la vérification.", "Required before verification."))
END_BEFORE_START = FieldRule("end_before_start", Bilingual("La fin précède le début.", "The end is before the start."))
IN_THE_FUTURE = FieldRule(
    "in_the_future", Bilingual("Cette année n’est pas encore venue.", "This year has not come yet.")
)
INVERTED = FieldRule("inverted", Bilingual("Le maximum est inférieur au minimum.", "The maximum is below the minimum."))


class Incomplete(Invalid):
    code = "profile_incomplete"
    message = Bilingual(
        "Il manque encore quelques informations avant la vérification.",
        "Some information is still missing before verification.",
    )


class TooManyCredits(DomainError):
    status = 409
    code = "too_many_credits"
    message = Bilingual("Un profil porte {limit} crédits au plus.", "A profile carries at most {limit} credits.")
    sample = {"limit": 90}
