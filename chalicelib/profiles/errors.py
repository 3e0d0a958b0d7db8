from __future__ import annotations

from chalicelib.platform.errors import DomainError, FieldRule, Invalid
from chalicelib.vocabulary.text import Bilingual

REQUIRED = FieldRule("required", Bilingual("Nécessaire avant la vérification.", "Required before verification."))
END_BEFORE_START = FieldRule("end_before_start", Bilingual("La fin précède le début.", "The end is before the start."))
IN_THE_FUTURE = FieldRule(
    "in_the_future", Bilingual("Cette année n’est pas encore venue.", "This year has not come yet.")
)
INVERTED = FieldRule("inverted", Bilingual("Le maximum est inférieur au minimum.", "The maximum is below the minimum."))
WRONG_ISAN = FieldRule(
    "wrong_isan",
    Bilingual(
        "Ce numéro ISAN n’existe pas : il a 16 chiffres ou lettres de A à F (24 pour une version) et des caractères de "
        "contrôle.",
        "This is not an ISAN: it has 16 digits or letters from A to F (24 for a version), and check characters.",
    ),
)
WRONG_ISNI = FieldRule(
    "wrong_isni",
    Bilingual(
        "Ce numéro ISNI n’existe pas : il a 16 chiffres, dont le dernier, de contrôle, peut être un X.",
        "This is not an ISNI: it has 16 digits, and the last one, a check digit, may be an X.",
    ),
)
WRONG_WIKIDATA = FieldRule(
    "wrong_wikidata_item",
    Bilingual(
        "L’élément Wikidata de la personne est attendu, comme Q42.",
        "A person’s Wikidata item is expected, such as Q42.",
    ),
)
WRONG_BNF = FieldRule(
    "wrong_bnf_ark",
    Bilingual(
        "L’identifiant ARK de la notice BnF est attendu, comme ark:/12148/cb11907966z.",
        "The ARK of a BnF record is expected, such as ark:/12148/cb11907966z.",
    ),
)
WRONG_IMDB = FieldRule(
    "wrong_imdb_name",
    Bilingual(
        "L’identifiant IMDb d’une personne est attendu, comme nm0000001.",
        "A person’s IMDb identifier is expected, such as nm0000001.",
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
