"""What is said of the grid, in both languages: neutral, and without advice."""

from __future__ import annotations

from datetime import date

from chalicelib.rates.observed import Withheld
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Bilingual, Language

#: Stands beside every figure of the grid, wherever it is shown.
LABEL = Bilingual("Repère indicatif, libre négociation", "Indicative range, freely negotiated")

MINIMA_LABEL = Bilingual(
    "Minima conventionnels : ils s’imposent à l’employeur dès que le contrat est un contrat de travail. Ce ne sont "
    "pas des repères, et ce sont des montants bruts. Vérifiez la grille en vigueur avant de vous y fier.",
    "Minima of collective agreements: they bind the employer whenever the contract is one of employment. They are no "
    "indicative ranges, and they are gross amounts. Check the grid in force before relying on them.",
)

OBSERVED_LABEL = Bilingual(
    "Budgets observés d’engagements confirmés sur Plot Point, prestations facturées hors taxes ; repère indicatif, "
    "libre négociation",
    "Observed budgets of engagements confirmed on Plot Point, invoiced work excluding VAT; indicative, "
    "freely negotiated",
)

#: Why nothing observed is told.
WITHHELD: dict[Withheld, Bilingual] = {
    "too_few": Bilingual(
        "Trop peu d’engagements confirmés, ou trop récents, pour publier un chiffre sans désigner personne.",
        "Too few confirmed engagements, or too recent, to publish a figure that points to nobody.",
    ),
    "too_few_companies": Bilingual(
        "Ces engagements viennent de trop peu de sociétés pour publier un chiffre.",
        "These engagements come from too few companies to publish a figure.",
    ),
    "one_company_weighs_too_much": Bilingual(
        "Une seule société pèse trop dans ces engagements pour publier un chiffre.",
        "One company weighs too much in these engagements to publish a figure.",
    ),
}

#: Says what the notice does, which is nothing.
NO_EFFECT = Bilingual(
    "C’est une information, pour vous seul : elle ne change ni la publication, ni la sélection, ni ce que lisent "
    "les autres.",
    "This is for your information alone: it changes neither publishing, nor the shortlist, nor what others read.",
)

_PER = {
    "day": Bilingual("par jour", "a day"),
    "week": Bilingual("par semaine", "a week"),
    "month": Bilingual("par mois", "a month"),
    "flat": Bilingual("au forfait", "flat"),
}

_MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"),
        *("novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
        *("November", "December"),
    ),
}


def euros(amount: float, language: Language) -> str:
    """Whole euros, or cents where there are any: `1 250 €`, `€1,250.50`."""
    text = f"{amount:,.2f}".removesuffix(".00")
    if language == "fr":
        return text.replace(",", " ").replace(".", ",") + " €"
    return "€" + text


def day_in_words(day: date, language: Language) -> str:
    """`1er novembre 2026`, `1 November 2026`."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"


def between(low: float, high: float, language: Language) -> str:
    """An interval of euros, or one amount when it is one."""
    if low == high:
        return euros(low, language)
    if language == "fr":
        return f"de {euros(low, language)} à {euros(high, language)}"
    return f"{euros(low, language)} to {euros(high, language)}"


def per(unit: str) -> Bilingual:
    return _PER[unit]


def listed(dimension: str, entries: tuple[str, ...], language: Language) -> str:
    """Entries of the taxonomy by their names."""
    return ", ".join(taxonomy().label(dimension, entry, language) for entry in entries)
