from chalicelib.platform.errors import DomainError, FieldRule
from chalicelib.vocabulary.text import Bilingual

INVERTED = FieldRule("inverted", Bilingual("Le maximum est inférieur au minimum.", "The maximum is below the minimum."))
MEDIAN_OUTSIDE = FieldRule(
    "median_outside",
    Bilingual("La médiane doit se trouver entre le minimum et le maximum.", "The median must lie within the range."),
)
SOURCE_OR_ASSUMPTION = FieldRule(
    "source_or_assumption",
    Bilingual(
        "Indiquez la source, ou dites que c’est une hypothèse.", "Give the source, or say that it is an assumption."
    ),
)
TWICE = FieldRule("repeated", Bilingual("Une entrée est donnée deux fois.", "An entry is given twice."))
INCOMPLETE = FieldRule("incomplete", Bilingual("Il manque : {missing}.", "Missing: {missing}."))
UNKNOWN_AGREEMENT = FieldRule(
    "unknown_agreement",
    Bilingual("Cette convention n’est pas dans la liste de la grille.", "The grid does not list this agreement."),
)
NOT_AN_EMPLOYMENT = FieldRule(
    "not_an_employment",
    Bilingual(
        "Un minimum conventionnel ne vaut que pour un contrat de travail.",
        "The minimum of an agreement only holds for an employment contract.",
    ),
)
OUT_OF_BOUNDS = FieldRule("out_of_bounds", Bilingual("De 0 à {most}.", "From 0 to {most}."))
TOO_PRECISE = FieldRule("too_precise", Bilingual("Deux décimales au plus.", "Two decimals at most."))
WHOLE_DAYS = FieldRule("whole_days", Bilingual("Un nombre entier de jours.", "A whole number of days."))
NO_DAY_LEFT = FieldRule(
    "no_day_left",
    Bilingual(
        "Il ne reste aucun jour à facturer : réduisez les jours non facturés.",
        "There is no day left to bill: take fewer days off what is billed.",
    ),
)


class UnknownVersion(DomainError):
    status = 404
    code = "unknown_version"
    message = Bilingual("Cette version de la grille n’existe pas.", "There is no such version of the grid.")
