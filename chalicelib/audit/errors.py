from __future__ import annotations

from chalicelib.platform.errors import FieldRule
from chalicelib.vocabulary.text import Bilingual

ONE_THING = FieldRule(
    "one_thing_at_a_time",
    Bilingual("Demandez l’historique d’une seule chose à la fois.", "Ask for the history of one thing at a time."),
)
ONE_CHAIN = FieldRule(
    "one_of_case_or_alarm",
    Bilingual("Indiquez un dossier ou une alerte, et un seul.", "Give one case or one alarm."),
)
END_BEFORE_START = FieldRule("end_before_start", Bilingual("La fin précède le début.", "The end is before the start."))
PERIOD_TOO_LONG = FieldRule(
    "period_too_long",
    Bilingual(
        "Au plus {days} jours à la fois, quand rien d’autre n’est précisé.",
        "At most {days} days at a time when nothing else is given.",
    ),
)
