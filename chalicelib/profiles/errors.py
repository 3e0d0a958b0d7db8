from __future__ import annotations

from chalicelib.platform.errors import DomainError, FieldRule, Invalid
from chalicelib.vocabulary.text import Bilingual

REQUIRED = FieldRule("required", Bilingual("Nécessaire avant la vérification.", "Required before verification."))
END_BEFORE_START = FieldRule("end_before_start", Bilingual("La fin précède le début.", "The end is before the start."))
IN_THE_FUTURE = FieldRule(
    "in_the_future", Bilingual("Cette année n’est pas encore venue.", "This year has not come yet.")
)
NOT_AHEAD = FieldRule(
    "not_ahead",
    Bilingual("Choisissez un jour à venir, d’ici deux ans.", "Choose a day to come, within two years."),
)
INVERTED = FieldRule("inverted", Bilingual("Le maximum est inférieur au minimum.", "The maximum is below the minimum."))
WRONG_ISAN = FieldRule(
    "wrong_isan",
    Bilingual(
        "Cet ISAN n’est pas valide : de 0 à 9 et de A à F, 16 caractères ou 24 pour une version, et ceux de contrôle.",
        "This ISAN is not valid: from 0 to 9 and A to F, 16 characters or 24 for a version, and the check characters.",
    ),
)
WRONG_ISNI = FieldRule(
    "wrong_isni",
    Bilingual(
        "Cet ISNI n’est pas valide : 16 chiffres, dont le dernier sert de contrôle et peut être un X.",
        "This ISNI is not valid: 16 digits, the last of which is a check digit and may be an X.",
    ),
)
WRONG_WIKIDATA = FieldRule(
    "wrong_wikidata_item",
    Bilingual("Un élément Wikidata est attendu, comme Q900000001.", "A Wikidata item is expected, such as Q900000001."),
)
WRONG_BNF = FieldRule(
    "wrong_bnf_ark",
    Bilingual(
        "L’identifiant ARK d’une notice de la BnF est attendu, comme ark:/12148/cb900000229.",
        "The ARK of a BnF record is expected, such as ark:/12148/cb900000229.",
    ),
)
WRONG_IMDB = FieldRule(
    "wrong_imdb_name",
    Bilingual(
        "L’identifiant IMDb d’une personne est attendu, comme nm90000011.",
        "A person’s IMDb identifier is expected, such as nm90000011.",
    ),
)


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
