"""What e-mails are set from: dates and counts as each language says them, and lines that stay lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.clock import PARIS, paris_day, stamp, utc_now
from chalicelib.vocabulary.text import Language
from chalicelib.vocabulary.text import typeset as french

#: From how many days before its deadline on a project's countdown is printed as a warning.
URGENT_DAYS = 14

Tone = Literal["calm", "urgent", "overdue"]


@dataclass(frozen=True, slots=True)
class Due:
    """A date that counts, said in a sentence: `strong` is what is read first in it, `figure` whether it is a number of
    days; `tone` how pressing it is."""

    before: str
    strong: str
    after: str
    tone: Tone = "calm"
    figure: bool = False

    @property
    def sentence(self) -> str:
        return self.before + self.strong + self.after


def by(said: str, moment: str, language: Language, tone: Tone = "calm") -> Due:
    """What is said of a time (ISO 8601)."""
    return dated(said, instant(moment, language), tone)


def dated(said: str, day: str, tone: Tone) -> Due:
    """A sentence with its `{date}` in place."""
    before, after = said.split("{date}")
    return Due(before, day, after, tone)


def countdown(words: dict[str, str], day: date, language: Language) -> Due:
    """How many days are left until that day, as a warning once they are few."""
    days = days_until(day)
    if days == 0:
        return dated(words["today"], day_in_words(day, language), "urgent")
    left = counted(words_in(language)["days_left"], days).format(count=days)
    before, after = (part.format(date=day_in_words(day, language)) for part in words["left"].split("{left}"))
    return Due(before, left, after, "urgent" if days <= URGENT_DAYS else "calm", figure=True)


def days_until(day: date) -> int:
    return max((day - today()).days, 0)


def today() -> date:
    """In Paris."""
    return paris_day(utc_now())


def is_past(moment: str) -> bool:
    """Whether that time (ISO 8601 UTC) is over."""
    return moment < stamp(utc_now())


def day_in_words(day: date, language: Language) -> str:
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number}\u00a0{words_in(language)['months'][str(day.month)]} {day.year}"


def weekday(day: date, language: Language) -> str:
    return f"{words_in(language)['weekdays'][str(day.weekday())]} {day_in_words(day, language)}"


def instant(moment: str, language: Language) -> str:
    """A time (ISO 8601) as it is read on a clock in Paris."""
    local = datetime.fromisoformat(moment).astimezone(PARIS)
    time = f"{local.hour}:{local.minute:02}"
    if language == "fr":
        time = f"{local.hour}\u00a0h\u00a0{local.minute:02}" if local.minute else f"{local.hour}\u00a0h"
    return str(words_in(language)["instant"].format(day=weekday(local.date(), language), time=time))


def sentences(words: dict[str, Any], count: int, **values: object) -> dict[str, str]:
    """Each wording for none, one or many, with its values in place."""
    chosen = {name: counted(text, count) if isinstance(text, dict) else text for name, text in words.items()}
    return {name: text.format(count=count, **values) for name, text in chosen.items()}


def counted(words: dict[str, str], count: int) -> str:
    return words["none" if count == 0 and "none" in words else "one" if count == 1 else "many"]


def one_line(text: str) -> str:
    """Names are one line by their schemas; a subject must never carry a line break, whatever else happens."""
    return " ".join(text.split())


def lines_of(text: str) -> list[str]:
    return [line for line in (one_line(one) for one in text.splitlines()) if line]


def typeset(text: str, language: Language) -> str:
    """A line of an answer of ours, or of a producer, as its language is printed."""
    return french(text) if language == "fr" else text
