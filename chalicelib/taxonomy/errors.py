from chalicelib.platform.errors import DomainError, FieldRule
from chalicelib.vocabulary.text import Bilingual

DIMENSIONS_MISSING = FieldRule("incomplete", Bilingual("Il manque : {missing}.", "Missing: {missing}."))
NO_NEW_DIMENSION = FieldRule(
    "no_new_dimension",
    Bilingual(
        "Une dimension ne s’ajoute pas ici : le code doit la connaître.",
        "A dimension is not added here: the code has to know it.",
    ),
)
CHOICE_IS_FIXED = FieldRule(
    "fixed",
    Bilingual("Les formulaires comptent là-dessus : cela ne change pas.", "Forms count on it: it does not change."),
)
TWICE = FieldRule("repeated", Bilingual("Une entrée est donnée deux fois.", "An entry is given twice."))
VANISHED = FieldRule(
    "vanished",
    Bilingual(
        "Un identifiant publié ne disparaît jamais, il se retire. Il manque : {missing}.",
        "An id that was published never goes away: retire it. Missing: {missing}.",
    ),
)
CLOSED = FieldRule(
    "closed_dimension",
    Bilingual(
        "Cette dimension ne prend pas d’entrée nouvelle : le code compte avec celles-ci.",
        "This dimension takes no new entry: the code counts with these.",
    ),
)
PERMANENT = FieldRule("permanent", Bilingual("Cette entrée ne peut pas être retirée.", "This entry cannot be retired."))
NOTHING_OFFERED = FieldRule(
    "nothing_offered", Bilingual("Il faut au moins une entrée à proposer.", "At least one entry must be offered.")
)
UNKNOWN_ENTRY = FieldRule(
    "unknown_entry", Bilingual("Cette entrée n’est pas dans la dimension.", "The dimension has no such entry.")
)
ITSELF = FieldRule(
    "itself", Bilingual("Une entrée ne se rapporte pas à elle-même.", "An entry does not relate to itself.")
)
CIRCULAR = FieldRule("circular", Bilingual("Les parents tournent en rond.", "The parents go round in a circle."))
SAME_LABEL = FieldRule(
    "same_label",
    Bilingual(
        "Une autre entrée proposée porte déjà ce nom : {other}.", "Another entry on offer has that name: {other}."
    ),
)


class UnknownTaxonomy(DomainError):
    status = 404
    code = "unknown_taxonomy_version"
    message = Bilingual("Cette version de la taxonomie n’existe pas.", "There is no such version of the taxonomy.")


class NoDraft(DomainError):
    status = 409
    code = "no_draft"
    message = Bilingual(
        "Il n’y a pas de brouillon : enregistrez d’abord ce qui doit changer.",
        "There is no draft: save what is to change first.",
    )


class AlreadyInForce(DomainError):
    status = 409
    code = "already_in_force"
    message = Bilingual("La version en vigueur dit déjà la même chose.", "The version in force says the same already.")
