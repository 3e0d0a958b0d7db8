"""By when somebody must have heard from us. The clock runs on working days alone, all their hours, in Paris.

Working days are Monday to Friday but for the public holidays of metropolitan France (code du travail, L3133-1). A case
that comes on a Friday at 15:00 and has one working day is due on Monday at 15:00; one that comes on a Sunday has the
whole of Monday.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from chalicelib.vocabulary.clock import PARIS
from chalicelib.vocabulary.text import Bilingual

#: Service levels (DESIGN §7): a decision or a question within a working day; within two hours when the person fits a
#: live project whose option ends within a fortnight; an appeal within a working week.
NORMAL = timedelta(days=1)
FAST = timedelta(hours=2)
APPEAL = timedelta(days=5)

#: How soon the option of a project must end for who fits it to be looked at first.
PRESSING_DAYS = 14

_DAY = timedelta(days=1)


def left_in_words(left: timedelta) -> Bilingual:
    """How long somebody has, or by how long they are late, to the minute and in the two largest units."""
    minutes = abs(int(left.total_seconds())) // 60
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        fr, en = f"{days} j {hours} h", f"{days} d {hours} h"
    elif hours:
        fr, en = f"{hours} h {rest:02}", f"{hours} h {rest:02} min"
    else:
        fr, en = f"{rest} min", f"{rest} min"
    if left < timedelta(0):
        return Bilingual(f"en retard de {fr}", f"{en} late")
    return Bilingual(f"encore {fr}", f"{en} left")


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> frozenset[date]:
    """Those of metropolitan France."""
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    sunday = easter(year)
    movable = (sunday + timedelta(days=days) for days in (1, 39, 50))  # Easter Monday, Ascension, Whit Monday
    return frozenset({*(date(year, month, day) for month, day in fixed), *movable})


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in public_holidays(day.year)


def due_after(moment: datetime, allowed: timedelta) -> datetime:
    """The instant (UTC) at which that much time of working days has passed since then. Days count 24 hours by the
    clock on the wall, those of the changes to and from summer time too."""
    local = moment.astimezone(PARIS).replace(tzinfo=None)
    left = allowed
    while True:
        midnight = datetime.combine(local.date() + _DAY, time())
        if is_working_day(local.date()):
            if local + left <= midnight:
                break
            left -= midnight - local
        local = midnight
    return (local + left).replace(tzinfo=PARIS).astimezone(UTC)
