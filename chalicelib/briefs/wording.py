"""What a project's dates are called and why they count, in both languages, as its producer reads them in an answer."""

from __future__ import annotations

from datetime import date

from chalicelib.briefs.calendar import Bound, Countdown, Danger, Dates, Which
from chalicelib.vocabulary.text import Bilingual

_MONTHS = (
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
)

#: What each date is, as a title: those that may bind, and those of the start.
TITLES: dict[str, Bilingual] = {
    "renewal_notice": Bilingual("Notifier le renouvellement de l’option", "Give notice that the option is renewed"),
    "option_end": Bilingual("Fin de l’option", "End of the option"),
    "broadcaster_date": Bilingual("Remise au diffuseur", "Delivery to the broadcaster"),
    "start_window_end": Bilingual("Fin de la période de démarrage", "End of the start window"),
    "start_window": Bilingual("Période de démarrage", "Start window"),
    "latest_start": Bilingual("Dernier démarrage utile", "Latest useful start"),
}

#: A draft's, in a calendar.
UNNAMED = Bilingual("Projet sans nom de code", "Project without a code name")

#: What each date is, in a calendar, where nothing else says it.
EXPLANATIONS: dict[str, Bilingual] = {
    "renewal_notice": Bilingual(
        "Dernier jour pour notifier le renouvellement de l’option.", "The last day to give notice of the renewal."
    ),
    "option_end": Bilingual(
        "Dernier jour de l’exclusivité : les droits s’éteignent ensuite.",
        "The last day of the exclusivity: the rights lapse afterwards.",
    ),
    "broadcaster_date": Bilingual(
        "Le diffuseur attend les éléments ce jour-là.", "The broadcaster expects the material on this day."
    ),
    "start_window": Bilingual(
        "Le travail peut commencer l’un de ces jours.", "The work may start on any of these days."
    ),
    "latest_start": Bilingual(
        "Dernier jour ouvré où commencer pour que tout le travail tienne dans les temps.",
        "The last working day to start on for the whole work to be done in time.",
    ),
}

_BINDS: dict[Which, Bilingual] = {
    "renewal_notice": Bilingual(
        "Le renouvellement de l’option doit être notifié au plus tard le {day}, {notice} avant sa fin.",
        "Notice that the option is renewed must be given by {day}, {notice} before the option ends.",
    ),
    "option_end": Bilingual(
        "L’option prend fin le {day} : les droits s’éteignent ensuite.",
        "The option ends on {day}: the rights lapse afterwards.",
    ),
    "broadcaster_date": Bilingual(
        "Le diffuseur attend les éléments le {day}.", "The broadcaster expects the material on {day}."
    ),
    "start_window_end": Bilingual(
        "Le travail doit commencer au plus tard le {day}, fin de la période de démarrage.",
        "The work must start by {day}, the end of the start window.",
    ),
}

_START_FITS = Bilingual(
    "Pour {work} de travail avant cette date, commencer au plus tard le {day}.",
    "For {work} of work before that date, start by {day}.",
)
_START_IN_WINDOW = Bilingual(
    "Dernier jour ouvré de la période de démarrage : {day}.", "Last working day of the start window: {day}."
)
_TOO_LONG = Bilingual(
    "Aucun jour de la période de démarrage ne laisse le temps de {work} de travail avant cette date.",
    "No day of the start window leaves time for {work} of work before that date.",
)
_WINDOW_OFF = Bilingual(
    "La période de démarrage ne compte aucun jour ouvré.", "The start window has no working day in it."
)
_NO_ESTIMATE = Bilingual(
    "Indiquez le nombre de jours de travail pour connaître le dernier démarrage utile.",
    "Say how many days the work takes to know the latest useful start.",
)

_DAYS_LEFT = (
    Bilingual("C’est le dernier jour", "This is the last day"),
    Bilingual("Il reste un jour", "One day is left"),
    Bilingual("Il reste {days} jours", "{days} days are left"),
)
_START_PASSED = Bilingual(
    "Le dernier démarrage utile, le {day}, est passé", "The latest useful start, {day}, has passed"
)
_START_NEAR = Bilingual("Le dernier démarrage utile est le {day}", "The latest useful start is {day}")
_NO_TIME = Bilingual("Le temps restant ne suffit plus au travail prévu", "Too little time is left for the whole work")

_NOBODY_SHOWN = Bilingual("personne n’a encore pu être proposé", "nobody could be proposed yet")
_NOBODY_INVITED = Bilingual(
    "aucune des personnes proposées n’a encore été invitée", "none of the people proposed has been invited yet"
)
_ONE_SILENT = Bilingual("la personne invitée n’a pas répondu", "the one person invited has not answered")
_ALL_SILENT = Bilingual(
    "aucune des {invited} personnes invitées n’a répondu", "none of the {invited} people invited has answered"
)


def day_in_words(day: date) -> Bilingual:
    """A day with its year: "1er juin 2027", "1 June 2027"."""
    french, english = _MONTHS[day.month - 1]
    return Bilingual(f"{'1er' if day.day == 1 else day.day} {french} {day.year}", f"{day.day} {english} {day.year}")


def binds(bound: Bound, dates: Dates) -> Bilingual:
    """Why that day counts."""
    return _said(_BINDS[bound.which], day=day_in_words(bound.day), notice=_days(dates.renewal_notice_days or 0))


def latest_start(standing: Countdown, dates: Dates) -> Bilingual:
    """Why the work may start until that day, or why there is none."""
    work = _working_days(dates.estimated_days or 0)
    if standing.latest_start is None:
        if not standing.is_too_long:
            return _NO_ESTIMATE
        return _WINDOW_OFF if standing.bound.which == "start_window_end" else _said(_TOO_LONG, work=work)
    sentence = _START_IN_WINDOW if standing.start_ends_with_window else _START_FITS
    return _said(sentence, day=day_in_words(standing.latest_start), work=work)


def danger(found: Danger) -> Bilingual:
    """What is short, and who is silent."""
    time, people = _what_is_short(found), _who_is_silent(found)
    return Bilingual(f"{time.fr} et {people.fr}.", f"{time.en} and {people.en}.")


def _what_is_short(found: Danger) -> Bilingual:
    if found.short == "days":
        return _DAYS_LEFT[min(found.days_left, 2)].format(days=found.days_left)
    if found.short == "too_long" or found.latest_start is None:
        return _NO_TIME
    sentence = _START_PASSED if found.short == "start_passed" else _START_NEAR
    return _said(sentence, day=day_in_words(found.latest_start))


def _who_is_silent(found: Danger) -> Bilingual:
    if found.silence == "nobody_answered":
        return (_ONE_SILENT if found.invited == 1 else _ALL_SILENT).format(invited=found.invited)
    return _NOBODY_INVITED if found.silence == "nobody_invited" else _NOBODY_SHOWN


def _days(count: int) -> Bilingual:
    return Bilingual("un jour", "one day") if count == 1 else Bilingual(f"{count} jours", f"{count} days")


def _working_days(count: int) -> Bilingual:
    if count == 1:
        return Bilingual("un jour ouvré", "one working day")
    return Bilingual(f"{count} jours ouvrés", f"{count} working days")


def _said(sentence: Bilingual, **values: Bilingual) -> Bilingual:
    french = {name: value.fr for name, value in values.items()}
    return Bilingual(
        sentence.fr.format(**french), sentence.en.format(**{name: value.en for name, value in values.items()})
    )
