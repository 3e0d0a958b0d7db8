"""Taxonomy entries as they read inside a sentence: "un unitaire 90′", "polar régional", "en Bretagne".

`wording.json` holds the forms that a label does not give by itself (an article, a preposition, a noun
without gender for a person's trade); for the rest, the first of a label's alternatives in lower case.
`phrase(…)` is what sentences use, `named(…)` what they quote; `join`, `day`, `number` and `ordinal` put lists, dates,
counts and ranks into French and English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from chalicelib.matching.events import Cause
from chalicelib.vocabulary.taxonomy import Taxonomy, shipped
from chalicelib.vocabulary.text import Bilingual

FILE = Path(__file__).with_name("wording.json")

#: French sets these before ; : ! ? and inside « »: a narrow no-break space, and a no-break space.
NARROW = "\u202f"
NO_BREAK = "\u00a0"

#: ; : ! ? at the end of a word, with or without a space before.
_HIGH_SIGN = re.compile(r"\s*([;:!?]+)(?=\s|$)")

#: English writes these with a capital inside a sentence as well.
_CAPITALISED = "languages"

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}


#: Why a shortlist was computed, for its producer.
CAUSES: Mapping[Cause, Bilingual] = {
    "published": Bilingual("Le projet a été mis en ligne.", "The project was published."),
    "revised": Bilingual("Le projet a été modifié.", "The project was changed."),
    "profile": Bilingual("Un profil a changé.", "A profile changed."),
    "overdue": Bilingual("La sélection tardait et a été relancée.", "The shortlist was late and was asked for again."),
    "resumed": Bilingual("Le projet est de retour en ligne.", "The project is back online."),
    "vocabulary": Bilingual("Le vocabulaire a changé.", "The vocabulary changed."),
}


def phrase(taxonomy: Taxonomy, dimension: str, entry: str) -> Bilingual:
    """An entry in running text. An id that the taxonomy does not know is given as it stands, dashes as spaces."""
    written = forms().get(dimension, {}).get(entry, {})
    if taxonomy.knows(dimension, entry):
        labels = taxonomy.dimensions[dimension].entries[entry].labels
        written = _still_its_own(written, labels, dimension, entry)
    else:
        labels = dict.fromkeys(("fr", "en"), entry.replace("-", " "))
    return Bilingual(
        written.get("fr") or _running(labels["fr"]),
        written.get("en") or (labels["en"] if dimension == _CAPITALISED else _running(labels["en"])),
    )


def named(taxonomy: Taxonomy, dimension: str, entry: str) -> Bilingual:
    """An entry quoted by its own name: « polar régional », « Moyen Âge », “on site”. A trade has no gender."""
    name = phrase(taxonomy, dimension, entry)
    if dimension != "roles" and taxonomy.knows(dimension, entry):
        labels = taxonomy.dimensions[dimension].entries[entry].labels
        name = Bilingual(_quoted(labels["fr"], name.fr), _quoted(labels["en"], name.en))
    return Bilingual(title(name.fr).fr, title(name.en).en)


def ordinal(place: int) -> Bilingual:
    """A rank, 1..: "1er", "2e" (un rang); "1st", "2nd", "11th"."""
    last_two = place % 100
    ending = "th" if 10 < last_two < 14 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return Bilingual("1er" if place == 1 else f"{place}e", f"{place}{ending}")


def join(parts: Sequence[Bilingual], last: Bilingual) -> Bilingual:
    """ "a, b et c": commas, and `last` (" et ", " ou ") before the last one."""
    return Bilingual(
        _join([part.fr for part in parts], last.fr),
        _join([part.en for part in parts], last.en),
    )


def day(moment: date) -> Bilingual:
    """A date in full: "1er mars 2027", "1 March 2027"."""
    french = _MONTHS["fr"].split()[moment.month - 1]
    english = _MONTHS["en"].split()[moment.month - 1]
    ordinal = "1er" if moment.day == 1 else str(moment.day)
    return Bilingual(f"{ordinal} {french} {moment.year}", f"{moment.day} {english} {moment.year}")


def number(count: int, one: Bilingual, several: Bilingual) -> Bilingual:
    """A count with its noun: `one` whole for 1, `several` after the figure otherwise."""
    return one if count == 1 else Bilingual(f"{count} {several.fr}", f"{count} {several.en}")


def title(words: str) -> Bilingual:
    """The title of a work, quoted as each language does."""
    clean = " ".join(words.split()).replace("'", "’")
    french = _HIGH_SIGN.sub(rf"{NARROW}\1", clean)
    return Bilingual(f"«{NO_BREAK}{french}{NO_BREAK}»", f"“{clean}”")


@cache
def forms() -> dict[str, dict[str, dict[str, str]]]:
    """The file: dimension → entry → language → form."""
    with FILE.open(encoding="utf-8") as file:
        loaded: dict[str, dict[str, dict[str, str]]] = json.load(file)
    return loaded


def _still_its_own(written: dict[str, str], labels: dict[str, str], dimension: str, entry: str) -> dict[str, str]:
    """Of the forms that the file has of an entry, those made from the label that it has now: one that was renamed is
    called by its new name."""
    first = shipped().dimensions[dimension].entries.get(entry)
    return {
        language: form for language, form in written.items() if first and first.labels[language] == labels[language]
    }


def _running(label: str) -> str:
    first = label.split(" / ")[0].replace("'", "’")
    # An acronym or a name like "A4" keeps its capitals.
    return first if first[1:2].isupper() else first[:1].lower() + first[1:]


def _quoted(label: str, phrase: str) -> str:
    """The first of a label's alternatives, with its capital where the phrase keeps that: a proper noun."""
    running = _running(label)
    own = label[:1] + running[1:]
    return own if own.split()[0] in phrase.split() else running


def _join(parts: Sequence[str], last: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])}{last}{parts[-1]}"
