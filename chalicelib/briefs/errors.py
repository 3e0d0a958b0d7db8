from __future__ import annotations

from chalicelib.platform.errors import DomainError, FieldRule, Invalid
from chalicelib.vocabulary.text import Bilingual

REQUIRED_TO_PUBLISH = FieldRule("required", Bilingual("Nécessaire pour publier.", "Required to publish."))
IN_THE_PAST = FieldRule("in_the_past", Bilingual("Cette date est passée.", "This date has passed."))
END_BEFORE_START = FieldRule("end_before_start", Bilingual("La fin précède le début.", "The end is before the start."))
INVERTED = FieldRule("inverted", Bilingual("Le maximum est inférieur au minimum.", "The maximum is below the minimum."))
AFTER_OPTION_END = FieldRule(
    "after_option_end",
    Bilingual("Le travail commencerait après la fin de l’option.", "The work would start after the option ends."),
)
AFTER_BROADCASTER_DATE = FieldRule(
    "after_broadcaster_date",
    Bilingual(
        "Le travail commencerait après la remise au diffuseur.",
        "The work would start after the delivery to the broadcaster.",
    ),
)
JUNIOR_SEATS_OUT_OF_RANGE = FieldRule(
    "junior_seats_out_of_range",
    Bilingual(
        "De 1 à 8 places : une au moins revient toujours à un profil junior.",
        "From 1 to 8 places: one at least always goes to a junior profile.",
    ),
)
TOO_FEW_JUNIOR_SEATS = FieldRule(
    "too_few_junior_seats",
    Bilingual(
        "Au moins {minimum} : les critères publiés gardent ce nombre de places aux profils juniors.",
        "At least {minimum}: the published criteria keep that many places for junior profiles.",
    ),
)


IDENTITY_LEAK = FieldRule(
    "identity_leak",
    Bilingual("Caractères {first} à {last} : {reason}", "Characters {first} to {last}: {reason}"),
)
DISCRIMINATORY_WORDING = FieldRule(
    "discriminatory_wording",
    Bilingual("Caractères {first} à {last} : {reason}", "Characters {first} to {last}: {reason}"),
)
UNIT_NEEDED = FieldRule(
    "unit_needed",
    Bilingual(
        "Dites dans quelle unité : les budgets ne sont jamais convertis d’une unité à l’autre.",
        "Say in which unit: budgets are never converted from one unit to another.",
    ),
)


class Unpublishable(Invalid):
    code = "not_publishable"
    message = Bilingual(
        "Ce projet ne peut pas encore être publié : voici ce qui manque ou ce qui est à corriger.",
        "This project cannot be published yet: here is what is missing or to be corrected.",
    )


class TermsOutdated(DomainError):
    """Another version of the confidentiality terms than the one in force was accepted."""

    def __init__(self, current: str) -> None:
        super().__init__(current=current)

    status = 409
    code = "terms_outdated"
    message = Bilingual(
        "Les conditions de confidentialité en vigueur sont la version {current} : lisez-les, puis acceptez-les.",
        "The confidentiality terms in force are version {current}: read them, then accept them.",
    )
    sample = {"current": "2026-12-1"}


class CompanyNotVerified(DomainError):
    status = 409
    code = "company_not_verified"
    message = Bilingual(
        "Votre société doit être vérifiée avant de publier un projet.",
        "Your company must be verified before it publishes a project.",
    )


class NoCompany(DomainError):
    status = 409
    code = "no_company"
    message = Bilingual("Présentez d’abord votre société de production.", "Introduce your production company first.")


class NoDates(DomainError):
    status = 409
    code = "no_dates"
    message = Bilingual(
        "Ce projet n’a pas encore de date à mettre dans un agenda.",
        "This project has no date yet to put in a calendar.",
    )


_STATES: dict[str, Bilingual] = {
    "draft": Bilingual("en brouillon", "a draft"),
    "live": Bilingual("en ligne", "live"),
    "returned": Bilingual("à corriger", "to be corrected"),
    "filled": Bilingual("pourvu", "filled"),
    "closed": Bilingual("clos", "closed"),
    "expired": Bilingual("échu", "expired"),
}


class NotInThatState(DomainError):
    """The action does not fit the brief's state, e.g. closing a draft."""

    def __init__(self, state: str) -> None:
        super().__init__(state=_STATES[state])

    status = 409
    code = "wrong_state"
    message = Bilingual(
        "Le projet est {state} : cette action n’est pas possible.",
        "The project is {state}: this action is not possible.",
    )
    sample = {"state": _STATES["closed"]}


class ProfileNotVerified(DomainError):
    status = 403
    code = "profile_not_verified"
    message = Bilingual(
        "Les projets s’ouvrent dès que votre profil est vérifié.",
        "Projects open to you as soon as your profile is verified.",
    )


class AnswersOverdue(DomainError):
    """The company owes answers whose date has passed: it opens no new project until they are given."""

    status = 409
    code = "answers_overdue"
    message = Bilingual(
        "Des personnes attendent votre réponse depuis plus longtemps que promis ({count}) : répondez-leur d’abord.",
        "People have waited for your answer longer than promised ({count}): answer them first.",
    )
    sample = {"count": 2}


class TermsNotAccepted(DomainError):
    """The full brief is for whoever has undertaken to keep it to themselves."""

    status = 409
    code = "terms_not_accepted"
    message = Bilingual(
        "Acceptez d’abord les conditions de confidentialité du projet.",
        "Accept the project’s confidentiality terms first.",
    )
