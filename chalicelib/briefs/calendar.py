"""The deadline engine: what a project counts down to, until when starting is of use, when to remind, whom to ask when.

Pure: the present is an argument. Days are calendar days in Paris; working days are Monday to Friday but for the public
holidays of metropolitan France (code du travail, L3133-1), which the library `holidays` knows up to 2100.

    dates = Dates(option_end=date(2027, 6, 30), renewal_notice_days=30, estimated_days=20)
    countdown(dates, now)           what binds, the latest useful start, the days left, the next reminder
    next_reminder(dates, now)       the first one that is still to come
    wave(outreach, deadline, today) how many people of the shortlist to invite now, and when the next ones
    danger(...)                     time is short and nobody has answered: why, in both languages
    answer_by(moment, deadline)     until when somebody who is interested must have heard
    reply_by(start_until, ...)      until when it is of use that a freelancer answers, by what their card tells
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal

from chalicelib.vocabulary.clock import PARIS, paris_day

Urgency = Literal["urgent", "soon", "open"]

#: What may bind: the last day to notify that the option is renewed, the option's last day, the day on which the
#: broadcaster expects the material, the last day of the start window.
Which = Literal["renewal_notice", "option_end", "broadcaster_date", "start_window_end"]

#: Of two dates on one day the first of these binds.
_ORDER: tuple[Which, ...] = ("renewal_notice", "option_end", "broadcaster_date", "start_window_end")

#: Days to the deadline up to which a project is urgent, then soon.
URGENT_WITHIN_DAYS = 14
SOON_WITHIN_DAYS = 60

#: How many days before the deadline its company is reminded of it, and at what time in Paris.
REMINDER_DAYS = (30, 14, 7, 2)
REMINDER_TIME = time(9)

#: Working days that somebody may take to answer, and fewer when it is urgent.
ANSWER_WORKING_DAYS = 5
URGENT_ANSWER_WORKING_DAYS = 2

#: In how many waves a shortlist is invited, by the days that must at least be left: each may have its five working days
#: to answer before the next, and the last is asked when the project becomes urgent at the latest. Never more than four,
#: or the last would wait for months. With fewer days left everybody is asked at once.
_WAVES = ((SOON_WITHIN_DAYS + 1, 4), (31, 3), (URGENT_WITHIN_DAYS + 1, 2))

_DAY = timedelta(days=1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Those of metropolitan France; none after 2100."""
    from holidays.countries.france import France

    return frozenset(France(years=year))  # type: ignore[no-untyped-call]  # its constructor has no types


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in public_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after that day, or before it when negative; the day itself does not count, and is the
    answer for none, a day off or not."""
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_day_until(day: date) -> date:
    """That day, or the last working day before it."""
    return day if is_working_day(day) else add_working_days(day, -1)


def working_day_from(day: date) -> date:
    """That day, or the first working day after it."""
    return day if is_working_day(day) else add_working_days(day, 1)


def working_days_between(after: date, until: date) -> int:
    """How many working days come after the one and up to the other, this one included; negative when it is earlier."""
    if until < after:
        return -working_days_between(until, after)
    off = (day for year in range(after.year, until.year + 1) for day in public_holidays(year))
    return _weekdays(until) - _weekdays(after) - sum(after < day <= until and day.weekday() < 5 for day in off)


def _weekdays(day: date) -> int:
    """Mondays to Fridays since the calendar's first day, which is a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def urgency(deadline: date, today: date) -> Urgency:
    """The band that stands for a day which not everyone may know."""
    left = (deadline - today).days
    if left <= URGENT_WITHIN_DAYS:
        return "urgent"
    return "soon" if left <= SOON_WITHIN_DAYS else "open"


@dataclass(frozen=True, slots=True)
class Bound:
    """A day up to which something must be done, and what day it is."""

    which: Which
    day: date


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a project, as far as they are there. `renewal_notice_days`: how many days before the option's end
    its renewal must be notified; `estimated_days`: working days that the work takes."""

    option_end: date | None = None
    renewal_notice_days: int | None = None
    broadcaster_date: date | None = None
    start_from: date | None = None
    start_until: date | None = None
    estimated_days: int | None = None

    @property
    def renewal_notice(self) -> date | None:
        """The last day to notify that the option is renewed, when that is before its end."""
        if self.option_end is None or not self.renewal_notice_days:
            return None
        return self.option_end - timedelta(days=self.renewal_notice_days)

    def for_freelancers(self) -> Dates:
        """Without what stays with the company whatever a freelancer has accepted, so that nothing counted from the
        rest tells it: the notice of renewal and the broadcaster's date."""
        return replace(self, renewal_notice_days=None, broadcaster_date=None)

    def bounds(self) -> list[Bound]:
        """Every day that may bind, the earliest first. The start window's end is one when there is no other."""
        days = {
            "renewal_notice": self.renewal_notice,
            "option_end": self.option_end,
            "broadcaster_date": self.broadcaster_date,
        }
        if not any(days.values()):
            days = {"start_window_end": self.start_until}
        found = [Bound(which, day) for which in _ORDER if (day := days.get(which)) is not None]
        return sorted(found, key=lambda bound: bound.day)

    def binding(self, today: date) -> Bound | None:
        """The earliest of them that has not passed; once all have, the last one. None without any."""
        bounds = self.bounds()
        last = bounds[-1] if bounds else None
        return next((bound for bound in bounds if bound.day >= today), last)

    def latest_start(self, today: date) -> date | None:
        """The last working day on which the work may start so that all its working days come before the day that binds,
        within the start window. It may be past. None when no day of the window is early enough, and as long as the
        dates or the estimate are missing.

        The end of a start window, when it is what binds, is a day to start by: nothing is taken off.
        """
        bound = self.binding(today)
        if bound is None:
            return None
        if bound.which == "start_window_end":
            latest = working_day_until(bound.day)
        elif self.estimated_days is None:
            return None
        else:
            latest = add_working_days(bound.day, -self.estimated_days)
            if self.start_until is not None:
                latest = min(latest, working_day_until(self.start_until))
        return None if self.start_from is not None and latest < self.start_from else latest

    def is_too_long(self, today: date) -> bool:
        """Whether the whole work no longer fits, on whatever day of the window it starts."""
        bound = self.binding(today)
        known = bound is not None and (bound.which == "start_window_end" or self.estimated_days is not None)
        return known and self.latest_start(today) is None


@dataclass(frozen=True, slots=True)
class Reminder:
    """So many days before the day that binds: `at` is when to tell, in UTC."""

    bound: Bound
    days_left: int
    at: datetime


def reminder_moments(day: date, days: tuple[int, ...] = REMINDER_DAYS) -> dict[int, datetime]:
    """When to remind of a day: so many days before → 09:00 in Paris that day or, when it is off, the working day before
    it; in UTC, the earliest first."""
    moments = {}
    for left in sorted(days, reverse=True):
        told = working_day_until(day - timedelta(days=left))
        moments[left] = datetime.combine(told, REMINDER_TIME, PARIS).astimezone(UTC)
    return moments


def reminders(dates: Dates) -> list[Reminder]:
    """Every reminder of these dates, past ones too, in the order of time: those of each date from when it binds."""
    found = [
        Reminder(bound, left, at)
        for bound in dates.bounds()
        for left, at in reminder_moments(bound.day).items()
        if dates.binding(paris_day(at)) == bound
    ]
    return sorted(found, key=lambda reminder: reminder.at)


def next_reminder(dates: Dates, now: datetime) -> Reminder | None:
    return next((reminder for reminder in reminders(dates) if reminder.at > now), None)


def due_reminder(dates: Dates, now: datetime) -> Reminder | None:
    """The one to send now: the last whose time has come, so that whoever is late tells the nearest only; None when the
    day that it reminds of has passed."""
    come = [reminder for reminder in reminders(dates) if reminder.at <= now]
    return come[-1] if come and come[-1].bound.day >= paris_day(now) else None


@dataclass(frozen=True, slots=True)
class Countdown:
    """Where a project stands on a day. The days left are counted to the day that binds, negative once it has passed;
    `passed`: those of its dates that have. `start_ends_with_window`: the latest useful start is the start window's last
    working day, though the work alone would leave longer. `is_too_long`: no start leaves time for the whole work."""

    bound: Bound
    latest_start: date | None
    start_ends_with_window: bool
    is_too_long: bool
    days_left: int
    working_days_left: int
    urgency: Urgency
    passed: tuple[Bound, ...]
    next_reminder: Reminder | None


def countdown(dates: Dates, now: datetime) -> Countdown | None:
    """None for a project without any date."""
    today = paris_day(now)
    bound = dates.binding(today)
    if bound is None:
        return None
    latest_start = dates.latest_start(today)
    without_window = replace(dates, start_from=None, start_until=None).latest_start(today)
    return Countdown(
        bound=bound,
        latest_start=latest_start,
        start_ends_with_window=latest_start is not None and latest_start != without_window,
        is_too_long=dates.is_too_long(today),
        days_left=(bound.day - today).days,
        working_days_left=working_days_between(today, bound.day),
        urgency=urgency(bound.day, today),
        passed=tuple(other for other in dates.bounds() if other.day < today),
        next_reminder=next_reminder(dates, now),
    )


@dataclass(frozen=True, slots=True)
class Outreach:
    """How far a project has come with its people. `shown`: who is on its shortlist, invited or not; `invited`: how many
    of them were; `waiting`: how many invitations have no answer; `answered`: who said anything, invited or not;
    `interested`: whose interest the company has not settled; `last_invited_on`: the day of the last invitation."""

    shown: int = 0
    invited: int = 0
    waiting: int = 0
    answered: int = 0
    interested: int = 0
    last_invited_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """Invite so many now, the next ones on that day (None when nobody is left to invite), so many of them."""

    now: int
    next_on: date | None
    later: int


def wave(outreach: Outreach, deadline: date, today: date) -> Wave:
    """How many of the shortlist to invite now, so that nobody is asked in vain and nobody is asked too late.

    With months left few are asked at a time: a quarter of the shortlist, then a third, then half of it as the deadline
    comes nearer. Whoever declines is replaced at once, whoever stays silent after five working days; while somebody's
    interest is to be settled nobody else is asked. From fourteen days before the deadline on everybody left is asked,
    and after it nobody.
    """
    left = (deadline - today).days
    uninvited = max(0, outreach.shown - outreach.invited)
    if left < 0 or not uninvited:
        return Wave(0, None, 0)
    if left <= URGENT_WITHIN_DAYS:
        return Wave(uninvited, None, 0)
    last_call = working_day_from(deadline - timedelta(days=URGENT_WITHIN_DAYS))
    if outreach.interested:
        return Wave(0, last_call, uninvited)
    waves = next(count for least, count in _WAVES if left >= least)
    asked_on = outreach.last_invited_on or today
    patience_ends = add_working_days(asked_on, ANSWER_WORKING_DAYS)
    waiting = outreach.waiting if today < patience_ends else 0
    now = min(uninvited, max(0, -(-outreach.shown // waves) - waiting))
    if now == uninvited:
        return Wave(now, None, 0)
    following = add_working_days(today, ANSWER_WORKING_DAYS) if now else patience_ends
    return Wave(now, min(following, last_call), uninvited - now)


#: Why a project is in danger: of time, what is short; of people, who did not answer.
Short = Literal["days", "start_passed", "start_near", "too_long"]
Silence = Literal["nobody_shown", "nobody_invited", "nobody_answered"]


@dataclass(frozen=True, slots=True)
class Danger:
    """`wording.danger` says it in words. `latest_start` when it is what is short."""

    short: Short
    silence: Silence
    days_left: int
    latest_start: date | None
    invited: int


def danger(live: bool, outreach: Outreach, standing: Countdown, today: date) -> Danger | None:
    """A live project is in danger when its time is short and nobody has answered, of those who were invited or shown.

    Its time is short when the day that binds is at most fourteen days away; or when the latest useful start has passed,
    or is nearer than the five working days that an answer may take; or when no start leaves time for the work.
    """
    if not live or outreach.answered or standing.days_left < 0:
        return None
    start = standing.latest_start
    short: Short
    if standing.urgency == "urgent":
        short = "days"
    elif standing.is_too_long:
        short = "too_long"
    elif start is None or working_days_between(today, start) >= ANSWER_WORKING_DAYS:
        return None
    else:
        short = "start_passed" if start < today else "start_near"
    silence: Silence = "nobody_answered" if outreach.invited else "nobody_invited" if outreach.shown else "nobody_shown"
    return Danger(short, silence, standing.days_left, start, outreach.invited)


def reply_by(start_until: date | None, band: Urgency, day: date, *, invited: bool = False) -> date | None:
    """The last day on which it is of use that a freelancer answers a live project, as it stands on `day`; None when
    there is no telling. Only what the card says counts, never the deadline: of that they read the band.

    Whoever answers on that day hears from the company (after its five working days, two when the project is urgent)
    before the start window ends; of an urgent project they also answer within two working days. Somebody who was
    `invited` on `day` is waited for as long as `wave` does: the next are asked after it. No day is before `day` itself:
    a project that is live may be answered. Once the start window has passed the card has no day to count from.
    """
    owed = URGENT_ANSWER_WORKING_DAYS if band == "urgent" else ANSWER_WORKING_DAYS
    patience = add_working_days(day, owed)
    if start_until is None or start_until < day:
        return patience if invited else None
    latest = add_working_days(working_day_until(start_until), -owed)
    if invited or band == "urgent":
        latest = min(latest, patience)
    return max(latest, day)


def answer_by(moment: datetime, deadline: date | None) -> date:
    """The day until which a company owes an answer to somebody who showed interest at that moment: five working days
    later, two when the project is urgent that day, and never later than the working day after the deadline."""
    day = paris_day(moment)
    if deadline is None:
        return add_working_days(day, ANSWER_WORKING_DAYS)
    urgent = urgency(deadline, day) == "urgent"
    allowed = URGENT_ANSWER_WORKING_DAYS if urgent else ANSWER_WORKING_DAYS
    return min(add_working_days(day, allowed), add_working_days(deadline, 1))
