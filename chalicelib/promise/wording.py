"""What the figures are called, in both languages, and durations as one says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from chalicelib.promise.figures import FEWEST
from chalicelib.vocabulary.text import Bilingual, Language

Figure = Literal["proposed", "mutual", "engaged", "answered_in_time", "juniors"]
FIGURES: tuple[Figure, ...] = get_args(Figure)

LABELS: Mapping[Figure, Bilingual] = {
    "proposed": Bilingual(
        "De la mise en ligne du projet à la première sélection", "From a project’s publication to its first shortlist"
    ),
    "mutual": Bilingual(
        "De la mise en ligne au premier intérêt réciproque", "From publication to the first mutual interest"
    ),
    "engaged": Bilingual(
        "De la mise en ligne à l’engagement confirmé par les deux parties",
        "From publication to an engagement that both sides confirmed",
    ),
    "answered_in_time": Bilingual(
        "Personnes intéressées qui ont eu une réponse dans le délai", "Interested people who were answered in time"
    ),
    "juniors": Bilingual("Part des juniors dans les premières sélections", "Juniors’ share of first shortlists"),
}

WITHHELD = Bilingual(
    f"Moins de {FEWEST} : trop peu pour publier un chiffre.", f"Fewer than {FEWEST}: too few to publish a figure."
)

METHOD = Bilingual(
    "Les délais partent de la première mise en ligne du projet et comptent dans la période où ils prennent fin, "
    f"jours hors ligne compris. Aucun chiffre ne repose sur moins de {FEWEST} projets ou réponses, et rien n’est "
    "publié par société. Médiane : la moitié des projets y sont arrivés dans ce délai ; neuvième décile : neuf sur "
    "dix. Les délais sont arrondis.",
    "Delays run from a project’s first publication and count in the period in which they end, days offline included. "
    f"No figure rests on fewer than {FEWEST} projects or answers, and nothing is published by company. Median: half "
    "of the projects got there within that time; ninth decile: nine in ten. Delays are rounded.",
)

DELAY_EXPLAINED = Bilingual(
    f"Par semaine : le point est la médiane, le trait va au neuvième décile ; point creux : moins de {FEWEST} projets.",
    f"By week: the dot is the median, the line goes to the ninth decile; hollow dot: fewer than {FEWEST} projects.",
)
SHARE_EXPLAINED = Bilingual(
    f"Par semaine, en pourcentage ; point creux : moins de {FEWEST} réponses ou projets.",
    f"By week, in percent; hollow dot: fewer than {FEWEST} answers or projects.",
)

DELAY_SAID = Bilingual(
    "Semaine du {monday} : médiane {median}, neuvième décile {p90}, sur {n}.",
    "Week of {monday}: median {median}, ninth decile {p90}, of {n}.",
)
SHARE_SAID = Bilingual(
    "Semaine du {monday} : {percent}, {part} sur {whole}.", "Week of {monday}: {percent}, {part} of {whole}."
)

_MONTHS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}

_UNITS: tuple[tuple[int, Bilingual], ...] = (
    (86_400, Bilingual("j", "d")),
    (3_600, Bilingual("h", "h")),
    (60, Bilingual("min", "min")),
    (1, Bilingual("s", "s")),
)


def duration(seconds: float, language: Language, *, of: float | None = None) -> str:
    """In the largest unit that divides it and of which there are two, else in the largest of which there are two: « 90
    min », « 3 j ». `of`: in the largest unit that divides this one, for values that stand together.

    >>> duration(90, "en"), duration(5_400, "en"), duration(172_800, "en"), duration(172_800, "en", of=43_200)
    ('90\u202fs', '90\u202fmin', '2\u202fd', '48\u202fh')
    """
    whole = round(seconds)
    if of is not None:
        unit, word = next(one for one in _UNITS if of % one[0] == 0)
    else:
        at_least_two = [one for one in _UNITS if whole >= 2 * one[0]] or [_UNITS[-1]]
        unit, word = next((one for one in at_least_two if whole % one[0] == 0), at_least_two[0])
    return f"{round(whole / unit)}\u202f{word.in_(language)}"


def percent(value: float, language: Language) -> str:
    return f"{round(value)}\u202f%" if language == "fr" else f"{round(value)}%"


def month_and_year(month: int, year: int, language: Language) -> str:
    return f"{_MONTHS[language][month - 1]} {year}"


def day(day_of_month: int, month: int, year: int, language: Language) -> str:
    number = "1er" if language == "fr" and day_of_month == 1 else str(day_of_month)
    return f"{number} {month_and_year(month, year, language)}"
