"""A project's dates as a calendar file (RFC 5545), whole days by the code name, in the reader's language.

What goes in is plain values that the reader may know already: neither the company, nor the confidential title, nor the
broadcaster is known here, so that they can be in no property of the file. Whoever makes one for a freelancer counts
from `Dates.for_freelancers()`.

An event has the same UID in every file of its project: opened again after a change, a calendar program moves it, by the
later DTSTAMP. There is no SEQUENCE: it would tell how often the project was changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.briefs.calendar import REMINDER_DAYS, reminder_moments
from chalicelib.briefs.wording import EXPLANATIONS, TITLES, UNNAMED, day_in_words
from chalicelib.vocabulary.text import Language

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_PRODID = "-//Plot Point//Project dates//{language}"
_UID = "{project_id}-{kind}@plot-point"

#: Of a day on which work may start, a company needs no month's notice.
_START_REMINDER_DAYS = (7, 2)


@dataclass(frozen=True, slots=True)
class FreelancerDates:
    """What somebody who has accepted the confidentiality terms may put in a calendar."""

    project_id: str
    code_name: str | None = None
    option_end: date | None = None
    latest_start: date | None = None
    start_from: date | None = None
    start_until: date | None = None


@dataclass(frozen=True, slots=True)
class ProducerDates(FreelancerDates):
    """And what its company may. `renewal_notice`: the last day to notify that the option is renewed."""

    renewal_notice: date | None = None
    broadcaster_date: date | None = None


def freelancer_calendar(dates: FreelancerDates, language: Language, stamped: datetime) -> str | None:
    """The file's text; None without any date, for a file holds one event at least. `stamped`: when it is made."""
    return _calendar(dates, _days(dates), {}, language, stamped)


def producer_calendar(dates: ProducerDates, language: Language, stamped: datetime) -> str | None:
    """Likewise, with alarms at the moments of our own reminders, as far as they are to come."""
    days: _Days = {
        "renewal_notice": (dates.renewal_notice, dates.renewal_notice),
        "broadcaster_date": (dates.broadcaster_date, dates.broadcaster_date),
        **_days(dates),
    }
    alarms: dict[str, tuple[int, ...]] = {
        kind: _START_REMINDER_DAYS if "start" in kind else REMINDER_DAYS for kind in days
    }
    return _calendar(dates, days, alarms, language, stamped)


_Days = dict[str, tuple[date | None, date | None]]


def _days(dates: FreelancerDates) -> _Days:
    """Kind → first and last day."""
    return {
        "option_end": (dates.option_end, dates.option_end),
        "latest_start": (dates.latest_start, dates.latest_start),
        "start_window": (dates.start_from, dates.start_until),
    }


def _calendar(
    dates: FreelancerDates, days: _Days, alarms: dict[str, tuple[int, ...]], language: Language, stamped: datetime
) -> str | None:
    from icalendar import Calendar

    name = dates.code_name or UNNAMED.in_(language)
    calendar = Calendar()
    calendar.add("prodid", _PRODID.format(language=language.upper()))
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for title in ("name", "x-wr-calname"):
        calendar.add(title, f"Plot Point · {name}")
    for kind, (first, last) in sorted(days.items(), key=lambda one: (str(one[1][0]), one[0])):
        if first is None or last is None:
            continue
        event = _event(kind, first, last, f"{name} · {TITLES[kind].in_(language)}", language)
        event.add("uid", _UID.format(project_id=dates.project_id, kind=kind.replace("_", "-")))
        event.add("dtstamp", stamped)
        for moment in reminder_moments(first, alarms.get(kind, ())).values():
            if moment > stamped:
                said = f"{event['summary']}, {day_in_words(first).in_(language)}"
                event.add_component(_alarm(said, moment))
        calendar.add_component(event)
    if not calendar.subcomponents:
        return None
    return str(calendar.to_ical().decode())


def _event(kind: str, first: date, last: date, title: str, language: Language) -> Event:
    from icalendar import Event

    event = Event()
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # the day after: an end is not part of what it ends
    event.add("summary", title, {"language": language})
    event.add("description", EXPLANATIONS[kind].in_(language), {"language": language})
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody from meeting on that day
    return event


def _alarm(said: str, moment: datetime) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    # An instant rather than so long before midnight: clients differ on the night that the clocks change.
    alarm.add("trigger", moment, {"VALUE": "DATE-TIME"})
    return alarm
