"""The deadline engine: working days, what binds, when to start, when to remind, whom to ask when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.briefs import wording
from chalicelib.briefs.calendar import (
    REMINDER_DAYS,
    URGENT_WITHIN_DAYS,
    Bound,
    Dates,
    Outreach,
    Urgency,
    Wave,
    add_working_days,
    answer_by,
    countdown,
    danger,
    due_reminder,
    is_working_day,
    next_reminder,
    reminders,
    reply_by,
    urgency,
    wave,
    working_day_from,
    working_day_until,
    working_days_between,
)
from chalicelib.verification import due
from chalicelib.vocabulary.clock import PARIS, paris_day
from chalicelib.vocabulary.text import typeset

TODAY = date(2026, 11, 23)  # a Monday
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)

days = st.dates(date(2020, 1, 1), date(2060, 12, 31))
counts = st.integers(-300, 300)
maybe_days = st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31))


@st.composite
def all_dates(draw: st.DrawFn) -> Dates:
    start = draw(maybe_days)
    until = None if start is None else start + timedelta(days=draw(st.integers(0, 120)))
    return Dates(
        option_end=draw(maybe_days),
        renewal_notice_days=draw(st.none() | st.integers(0, 365)),
        broadcaster_date=draw(maybe_days),
        start_from=start,
        start_until=until,
        estimated_days=draw(st.none() | st.integers(1, 200)),
    )


def moment(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS).astimezone(UTC)


# Working days


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 22), False),
        (date(2026, 12, 25), False),
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 3, 26), True),  # Good Friday is off in Alsace and Moselle alone
        (date(2027, 5, 6), False),  # Ascension
        (date(2027, 5, 17), False),  # Whit Monday
        (date(2027, 7, 14), False),
        (date(2027, 12, 26), False),
        (date(2028, 12, 26), True),  # likewise Saint Stephen's
        (date(2027, 11, 11), False),
    ],
)
def test_working_days_are_those_of_metropolitan_france(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@given(st.dates(date(2008, 1, 1), date(2100, 12, 31)))
def test_the_days_off_are_those_that_the_clock_of_cases_reckons_by_itself(day: date) -> None:
    assert is_working_day(day) == due.is_working_day(day)


@given(days, counts)
def test_counted_working_days_are_that_many_and_end_on_one(day: date, count: int) -> None:
    reached = add_working_days(day, count)
    if count == 0:
        assert reached == day
        return
    assert is_working_day(reached)
    first, last = (day + timedelta(days=1), reached) if count > 0 else (reached, day - timedelta(days=1))
    passed = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert sum(map(is_working_day, passed)) == abs(count)


@given(days, st.integers(1, 300))
def test_going_back_undoes_going_on_from_a_working_day(day: date, count: int) -> None:
    day = working_day_from(day)
    assert add_working_days(add_working_days(day, count), -count) == day


@given(days, st.integers(-900, 900))
def test_working_days_between_two_days_are_counted_one_by_one(day: date, distance: int) -> None:
    other = day + timedelta(days=distance)
    first, last = sorted((day, other))
    one_by_one = sum(is_working_day(first + timedelta(days=n)) for n in range(1, abs(distance) + 1))
    assert working_days_between(day, other) == (one_by_one if other == last else -one_by_one)


@given(days)
def test_the_nearest_working_days_enclose_a_day_off(day: date) -> None:
    before, after = working_day_until(day), working_day_from(day)
    assert before <= day <= after
    assert (before == after) == is_working_day(day)
    assert working_days_between(before, after) == (0 if is_working_day(day) else 1)


# What binds

OPTION = date(2027, 6, 30)


@pytest.mark.parametrize(
    ("dates", "today", "bound"),
    [
        (Dates(), TODAY, None),
        (Dates(estimated_days=10, renewal_notice_days=30), TODAY, None),
        (Dates(option_end=OPTION), TODAY, Bound("option_end", OPTION)),
        (Dates(option_end=OPTION, renewal_notice_days=30), TODAY, Bound("renewal_notice", date(2027, 5, 31))),
        (Dates(option_end=OPTION, renewal_notice_days=0), TODAY, Bound("option_end", OPTION)),
        # A notice that can no longer be given binds nobody: what comes next does.
        (
            Dates(option_end=OPTION, renewal_notice_days=30),
            date(2027, 5, 31),
            Bound("renewal_notice", date(2027, 5, 31)),
        ),
        (Dates(option_end=OPTION, renewal_notice_days=30), date(2027, 6, 1), Bound("option_end", OPTION)),
        (
            Dates(option_end=OPTION, broadcaster_date=date(2027, 4, 1)),
            TODAY,
            Bound("broadcaster_date", date(2027, 4, 1)),
        ),
        (Dates(option_end=OPTION, broadcaster_date=date(2027, 9, 1)), TODAY, Bound("option_end", OPTION)),
        (Dates(option_end=OPTION, broadcaster_date=OPTION), TODAY, Bound("option_end", OPTION)),
        (Dates(broadcaster_date=OPTION, start_until=date(2027, 1, 31)), TODAY, Bound("broadcaster_date", OPTION)),
        (Dates(option_end=OPTION, start_until=date(2027, 1, 31)), TODAY, Bound("option_end", OPTION)),
        (Dates(start_until=date(2027, 1, 31)), TODAY, Bound("start_window_end", date(2027, 1, 31))),
        (Dates(option_end=OPTION, renewal_notice_days=30), date(2027, 7, 2), Bound("option_end", OPTION)),
    ],
)
def test_the_earliest_date_that_has_not_passed_binds(dates: Dates, today: date, bound: Bound | None) -> None:
    assert dates.binding(today) == bound


@given(all_dates(), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_what_binds_is_one_of_the_dates_and_none_comes_before_it(dates: Dates, today: date) -> None:
    bound = dates.binding(today)
    if bound is None:
        assert not dates.bounds()
        return
    assert bound in dates.bounds()
    assert not [other for other in dates.bounds() if today <= other.day < bound.day]
    assert bound.day >= today or all(other.day < today for other in dates.bounds())
    only_window = dates.option_end is None and dates.broadcaster_date is None
    assert (bound.which == "start_window_end") == only_window


# The latest useful start


@pytest.mark.parametrize(
    ("dates", "start"),
    [
        # Ten working days before Wednesday 30 June: from Wednesday 16 to Tuesday 29.
        (Dates(option_end=OPTION, estimated_days=10), date(2027, 6, 16)),
        # The day that binds is a Sunday: the last working day before it counts.
        (Dates(option_end=date(2027, 6, 27), estimated_days=1), date(2027, 6, 25)),
        # Five working days before Wednesday 19 May 2027, with Whit Monday among them.
        (Dates(option_end=date(2027, 5, 19), estimated_days=5), date(2027, 5, 11)),
        (Dates(option_end=OPTION, renewal_notice_days=30, estimated_days=10), date(2027, 5, 14)),
        (Dates(option_end=OPTION, broadcaster_date=date(2027, 3, 31), estimated_days=2), date(2027, 3, 26)),
        (Dates(option_end=OPTION, estimated_days=10, start_until=date(2027, 1, 31)), date(2027, 1, 29)),
        (Dates(option_end=OPTION, estimated_days=10, start_from=date(2027, 6, 16)), date(2027, 6, 16)),
        (Dates(option_end=OPTION, estimated_days=10, start_from=date(2027, 6, 17)), None),
        (Dates(start_from=date(2027, 1, 4), start_until=date(2027, 1, 31), estimated_days=300), date(2027, 1, 29)),
        (Dates(start_from=date(2027, 1, 30), start_until=date(2027, 1, 31)), None),
        (Dates(option_end=OPTION), None),
        (Dates(estimated_days=3), None),
    ],
)
def test_the_latest_useful_start_leaves_time_for_the_whole_work(dates: Dates, start: date | None) -> None:
    assert dates.latest_start(TODAY) == start


@given(all_dates(), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_from_the_latest_useful_start_the_work_fits_and_from_the_next_working_day_it_does_not(
    dates: Dates, today: date
) -> None:
    start, bound = dates.latest_start(today), dates.binding(today)
    if start is None or bound is None:
        return
    assert is_working_day(start)
    assert dates.start_from is None or start >= dates.start_from
    assert dates.start_until is None or start <= dates.start_until

    def fits(first: date) -> bool:
        needed = 0 if bound.which == "start_window_end" else dates.estimated_days
        worked = working_days_between(first - timedelta(days=1), bound.day - timedelta(days=1))
        return needed == 0 or worked >= (needed or 0)

    following = add_working_days(start, 1)
    assert fits(start)
    assert not fits(following) or (dates.start_until is not None and following > dates.start_until)


@given(all_dates(), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_a_work_is_too_long_only_where_no_start_is_of_use_though_all_is_known(dates: Dates, today: date) -> None:
    if dates.is_too_long(today):
        assert dates.latest_start(today) is None
        assert dates.start_from is not None
    elif dates.latest_start(today) is None:
        assert dates.estimated_days is None or dates.binding(today) is None


@given(all_dates(), all_dates(), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_nothing_that_stays_with_the_company_changes_what_a_freelancer_can_count(
    dates: Dates, other: Dates, today: date
) -> None:
    altered = replace(dates, renewal_notice_days=other.renewal_notice_days, broadcaster_date=other.broadcaster_date)
    shown, same = dates.for_freelancers(), altered.for_freelancers()
    assert countdown(shown, moment(today)) == countdown(same, moment(today))


# Where a project stands


def test_a_countdown_counts_calendar_days_and_working_days_to_the_day_that_binds() -> None:
    standing = countdown(Dates(option_end=date(2026, 12, 28), estimated_days=5), NOW)
    assert standing is not None
    assert (standing.days_left, standing.working_days_left, standing.urgency) == (35, 24, "soon")
    assert countdown(Dates(), NOW) is None


def test_the_day_is_the_one_in_paris() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    standing = countdown(Dates(option_end=date(2026, 11, 25)), late)
    assert standing is not None
    assert standing.days_left == 1


@given(all_dates(), st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)))
def test_a_countdown_agrees_with_itself(dates: Dates, now: datetime) -> None:
    standing = countdown(dates, now)
    if standing is None:
        return
    today = paris_day(now)
    assert standing.bound.day == today + timedelta(days=standing.days_left)
    assert abs(standing.working_days_left) <= abs(standing.days_left)
    assert standing.urgency == urgency(standing.bound.day, today)
    assert {bound.day < today for bound in standing.passed} <= {True}
    assert standing.bound not in standing.passed or len(standing.passed) == len(dates.bounds())
    for said in (wording.binds(standing.bound, dates), wording.latest_start(standing, dates)):
        assert "{" not in said.fr + said.en


@pytest.mark.parametrize(
    ("dates", "fr"),
    [
        (
            Dates(option_end=OPTION, estimated_days=1),
            ("Pour un jour ouvré de travail avant cette date, commencer au plus tard le 29 juin 2027."),
        ),
        (
            Dates(option_end=OPTION, estimated_days=10, start_from=TODAY, start_until=date(2027, 2, 1)),
            ("Dernier jour ouvré de la période de démarrage : 1er février 2027."),
        ),
        (
            Dates(option_end=OPTION, estimated_days=300, start_from=TODAY),
            (
                "Aucun jour de la période de démarrage ne laisse le temps de 300 jours "
                "ouvrés de travail avant cette date."
            ),
        ),
        (
            Dates(start_from=date(2027, 1, 30), start_until=date(2027, 1, 31)),
            "La période de démarrage ne compte aucun jour ouvré.",
        ),
        (
            Dates(option_end=OPTION),
            ("Indiquez le nombre de jours de travail pour connaître le dernier démarrage utile."),
        ),
    ],
)
def test_why_the_work_may_start_until_that_day_is_said(dates: Dates, fr: str) -> None:
    standing = countdown(dates, NOW)
    assert standing is not None
    assert wording.latest_start(standing, dates).fr == typeset(fr)


def test_why_a_day_binds_is_said_with_the_notice_in_days() -> None:
    dates = Dates(option_end=OPTION, renewal_notice_days=30)
    bound = dates.binding(TODAY)
    assert bound is not None
    said = wording.binds(bound, dates)
    assert said.fr == (
        "Le renouvellement de l’option doit être notifié au plus tard le 31 mai 2027, 30 jours avant sa fin."
    )
    assert said.en == "Notice that the option is renewed must be given by 31 May 2027, 30 days before the option ends."


# Reminders


def test_reminders_come_at_nine_in_paris_in_winter_and_in_summer() -> None:
    told = {reminder.days_left: reminder.at for reminder in reminders(Dates(option_end=date(2027, 4, 14)))}
    assert told == {
        30: datetime(2027, 3, 15, 8, 0, tzinfo=UTC),
        14: datetime(2027, 3, 31, 7, 0, tzinfo=UTC),  # summer time since 28 March
        7: datetime(2027, 4, 7, 7, 0, tzinfo=UTC),
        2: datetime(2027, 4, 12, 7, 0, tzinfo=UTC),
    }


def test_a_reminder_of_a_day_off_comes_on_the_working_day_before() -> None:
    told = {reminder.days_left: reminder.at for reminder in reminders(Dates(option_end=date(2027, 3, 30)))}
    # Two days before is Easter Sunday: it is told on the Friday.
    assert told[2] == datetime(2027, 3, 26, 8, 0, tzinfo=UTC)


def test_only_reminders_still_to_come_are_next() -> None:
    dates = Dates(option_end=TODAY + timedelta(days=10))
    reminder = next_reminder(dates, NOW)
    assert reminder is not None
    assert (reminder.days_left, reminder.at) == (7, datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    assert next_reminder(dates, reminder.at) != reminder
    assert next_reminder(Dates(option_end=TODAY), NOW) is None


def test_whoever_is_late_tells_the_nearest_only_and_nothing_of_a_day_that_has_passed() -> None:
    dates = Dates(option_end=OPTION)
    late = due_reminder(dates, moment(date(2027, 6, 29)))
    assert late is not None
    assert late.days_left == 2
    assert due_reminder(dates, moment(date(2027, 5, 1))) is None
    assert due_reminder(dates, moment(date(2027, 7, 1))) is None


def test_once_the_notice_has_passed_the_options_end_is_reminded_of() -> None:
    told = [(one.bound.which, one.days_left) for one in reminders(Dates(option_end=OPTION, renewal_notice_days=20))]
    assert told == [
        *[("renewal_notice", left) for left in REMINDER_DAYS],
        *[("option_end", left) for left in (14, 7, 2)],
    ]


@given(all_dates(), st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)))
def test_reminders_are_told_on_working_days_at_nine_never_late_and_never_two_at_once(
    dates: Dates, now: datetime
) -> None:
    told = reminders(dates)
    assert len({(one.bound.which, one.days_left) for one in told}) == len(told)
    for one in told:
        local = one.at.astimezone(PARIS)
        assert (local.hour, local.minute) == (9, 0)
        assert is_working_day(local.date())
        assert timedelta(0) <= one.bound.day - timedelta(days=one.days_left) - local.date() <= timedelta(days=4)
        assert dates.binding(local.date()) == one.bound
    for which in {one.bound.which for one in told}:
        moments = [one.at for one in told if one.bound.which == which]
        assert len(set(moments)) == len(moments)
    following, owed = next_reminder(dates, now), due_reminder(dates, now)
    assert following is None or (following.at > now and not [one for one in told if now < one.at < following.at])
    assert owed is None or (owed.at <= now and not [one for one in told if owed.at < one.at <= now])


# Waves of invitations

FAR, NEAR = TODAY + timedelta(days=200), TODAY + timedelta(days=URGENT_WITHIN_DAYS)


@pytest.mark.parametrize(
    ("outreach", "left", "expected"),
    [
        (Outreach(shown=8), 200, Wave(2, date(2026, 11, 30), 6)),
        (Outreach(shown=8), 61, Wave(2, date(2026, 11, 30), 6)),
        (Outreach(shown=8), 60, Wave(3, date(2026, 11, 30), 5)),
        (Outreach(shown=8), 30, Wave(4, date(2026, 11, 30), 4)),
        (Outreach(shown=8), 15, Wave(4, date(2026, 11, 24), 4)),
        (Outreach(shown=8), 14, Wave(8, None, 0)),
        (Outreach(shown=8), 0, Wave(8, None, 0)),
        (Outreach(shown=8), -1, Wave(0, None, 0)),
        (Outreach(), 200, Wave(0, None, 0)),
        (Outreach(shown=1), 200, Wave(1, None, 0)),
        # Two are thinking it over: nobody else is asked in vain.
        (Outreach(8, 2, 2, 0, 0, date(2026, 11, 20)), 200, Wave(0, date(2026, 11, 27), 6)),
        # One of them declined: somebody takes that place.
        (Outreach(8, 2, 1, 1, 0, date(2026, 11, 20)), 200, Wave(1, date(2026, 11, 30), 5)),
        # Five working days of silence: the next ones.
        (Outreach(8, 2, 2, 0, 0, date(2026, 11, 16)), 200, Wave(2, date(2026, 11, 30), 4)),
        # Somebody is interested: nobody else, until it becomes urgent (Sunday 27 December: the Monday).
        (Outreach(8, 2, 1, 1, 1, date(2026, 11, 16)), 48, Wave(0, date(2026, 12, 28), 6)),
        (Outreach(8, 2, 1, 1, 1, date(2026, 11, 16)), 14, Wave(6, None, 0)),
        (Outreach(8, 8, 3, 5, 1, date(2026, 11, 20)), 200, Wave(0, None, 0)),
    ],
)
def test_few_are_asked_at_a_time_while_there_is_time_and_all_at_once_near_the_end(
    outreach: Outreach, left: int, expected: Wave
) -> None:
    assert wave(outreach, TODAY + timedelta(days=left), TODAY) == expected


@st.composite
def outreaches(draw: st.DrawFn) -> Outreach:
    shown = draw(st.integers(0, 8))
    invited = draw(st.integers(0, shown))
    waiting = draw(st.integers(0, invited))
    answered = draw(st.integers(invited - waiting, shown - waiting))
    asked_on = TODAY - timedelta(days=draw(st.integers(0, 30))) if invited else None
    return Outreach(shown, invited, waiting, answered, draw(st.integers(0, answered)), asked_on)


@given(outreaches(), st.integers(-5, 300), st.integers(0, 100))
def test_a_wave_never_asks_more_than_there_are_and_no_fewer_when_time_is_shorter(
    outreach: Outreach, left: int, shorter: int
) -> None:
    deadline = TODAY + timedelta(days=left)
    advised = wave(outreach, deadline, TODAY)
    uninvited = outreach.shown - outreach.invited
    assert advised.now >= 0
    assert advised.now + advised.later == (uninvited if left >= 0 else 0)
    assert (advised.next_on is None) == (advised.later == 0)
    if advised.next_on is not None:
        assert TODAY < advised.next_on <= working_day_from(deadline - timedelta(days=URGENT_WITHIN_DAYS))
        assert is_working_day(advised.next_on)
    if left - shorter >= 0:
        assert wave(outreach, deadline - timedelta(days=shorter), TODAY).now >= advised.now


@given(st.integers(1, 12), st.integers(0, 250))
def test_by_following_the_advice_everybody_is_asked_in_time_when_nobody_answers(shown: int, left: int) -> None:
    deadline, today = TODAY + timedelta(days=left), TODAY
    outreach, asked = Outreach(shown=shown), []
    while True:
        advised = wave(outreach, deadline, today)
        if advised.now:
            asked.append(advised.now)
            invited = outreach.invited + advised.now
            outreach = replace(outreach, invited=invited, waiting=invited, last_invited_on=today)
        if advised.next_on is None:
            break
        assert advised.next_on > today
        today = advised.next_on
    assert sum(asked) == shown
    assert today <= max(TODAY, working_day_from(deadline - timedelta(days=URGENT_WITHIN_DAYS)))
    assert len(asked) <= 4


# Danger


def standing(dates: Dates, today: date = TODAY) -> object:
    found = countdown(dates, moment(today))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("dates", "outreach", "fr"),
    [
        (
            Dates(option_end=NEAR),
            Outreach(shown=8, invited=3),
            ("Il reste 14 jours et aucune des 3 personnes invitées n’a répondu."),
        ),
        (
            Dates(option_end=NEAR),
            Outreach(shown=8, invited=1),
            "Il reste 14 jours et la personne invitée n’a pas répondu.",
        ),
        (
            Dates(option_end=NEAR),
            Outreach(shown=8),
            ("Il reste 14 jours et aucune des personnes proposées n’a encore été invitée."),
        ),
        (Dates(option_end=NEAR), Outreach(), "Il reste 14 jours et personne n’a encore pu être proposé."),
        (Dates(option_end=TODAY), Outreach(), ("C’est le dernier jour et personne n’a encore pu être proposé.")),
        (
            Dates(option_end=TODAY + timedelta(days=1)),
            Outreach(),
            "Il reste un jour et personne n’a encore pu être proposé.",
        ),
        (Dates(option_end=NEAR + timedelta(days=1)), Outreach(shown=8, invited=3), None),
        (Dates(option_end=NEAR), Outreach(shown=8, invited=3, answered=1), None),
        # The latest useful start is Monday 30 November: five working days away, as long as an answer may take.
        (Dates(option_end=date(2026, 12, 28), estimated_days=19), Outreach(shown=8, invited=3), None),
        (
            Dates(option_end=date(2026, 12, 28), estimated_days=20),
            Outreach(shown=8, invited=2),
            ("Le dernier démarrage utile est le 27 novembre 2026 et aucune des 2 personnes invitées n’a répondu."),
        ),
        (
            Dates(option_end=date(2026, 12, 28), estimated_days=25),
            Outreach(shown=8),
            (
                "Le dernier démarrage utile, le 20 novembre 2026, est passé et aucune "
                "des personnes proposées n’a encore été invitée."
            ),
        ),
        (
            Dates(option_end=date(2026, 12, 28), estimated_days=25, start_from=TODAY),
            Outreach(shown=8),
            (
                "Le temps restant ne suffit plus au travail prévu et aucune des "
                "personnes proposées n’a encore été invitée."
            ),
        ),
    ],
)
def test_a_project_is_in_danger_when_time_is_short_and_nobody_has_answered(
    dates: Dates, outreach: Outreach, fr: str | None
) -> None:
    found = danger(True, outreach, standing(dates), TODAY)
    assert (wording.danger(found).fr if found else None) == fr
    assert danger(False, outreach, standing(dates), TODAY) is None


@given(all_dates(), outreaches(), st.dates(date(2026, 6, 1), date(2028, 6, 1)))
def test_an_answer_is_enough_to_be_in_no_danger_and_a_danger_is_always_explained(
    dates: Dates, outreach: Outreach, today: date
) -> None:
    where = countdown(dates, moment(today))
    if where is None:
        return
    assert danger(True, replace(outreach, answered=1), where, today) is None
    found = danger(True, replace(outreach, answered=0), where, today)
    if where.urgency == "urgent" and where.days_left >= 0:
        assert found is not None
    if found is not None:
        said = wording.danger(found)
        assert said.fr.endswith(".") and said.en.endswith(".") and "{" not in said.fr + said.en


# Answers


@pytest.mark.parametrize(
    ("when", "deadline", "until"),
    [
        (moment(date(2026, 11, 23)), None, date(2026, 11, 30)),
        (moment(date(2026, 11, 23)), FAR, date(2026, 11, 30)),
        (moment(date(2026, 11, 21)), FAR, date(2026, 11, 27)),  # a Saturday: from Monday on
        (moment(date(2026, 11, 23)), NEAR, date(2026, 11, 25)),
        (moment(date(2026, 11, 23)), date(2026, 11, 23), date(2026, 11, 24)),
        (moment(date(2026, 11, 27)), date(2026, 11, 28), date(2026, 11, 30)),
        # Half past eleven at night in London is the next day in Paris.
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), FAR, date(2026, 12, 1)),
        (moment(date(2026, 12, 24)), FAR, date(2027, 1, 4)),  # Christmas and New Year's Day are off
    ],
)
def test_an_answer_is_owed_within_five_working_days_or_two_when_it_is_urgent(
    when: datetime, deadline: date | None, until: date
) -> None:
    assert answer_by(when, deadline) == until


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), st.integers(0, 100))
def test_an_answer_is_never_owed_later_than_the_working_day_after_the_deadline(when: datetime, left: int) -> None:
    day = paris_day(when)
    deadline = day + timedelta(days=left)
    until = answer_by(when, deadline)
    assert day < until <= add_working_days(deadline, 1)
    assert is_working_day(until)


# ---- until when a freelancer answers


@pytest.mark.parametrize(
    ("until", "band", "latest"),
    [
        # Five working days before the last one of the window, New Year's Day not being one.
        (date(2027, 1, 7), "open", date(2026, 12, 30)),
        (date(2027, 1, 10), "soon", date(2026, 12, 31)),
        # Of an urgent project the company answers in two days, and is answered as soon.
        (date(2027, 1, 7), "urgent", date(2026, 11, 25)),
        (date(2026, 11, 25), "urgent", TODAY),
        # A window that ends before the company would have answered leaves today.
        (date(2026, 11, 27), "open", TODAY),
        (date(2026, 11, 22), "open", None),
        (None, "open", None),
    ],
)
def test_a_freelancer_answers_in_time_for_the_company_to_answer_before_the_window_ends(
    until: date | None, band: Urgency, latest: date | None
) -> None:
    assert reply_by(until, band, TODAY) == latest


@pytest.mark.parametrize(
    ("until", "band", "latest"),
    [
        (date(2027, 1, 7), "open", date(2026, 11, 30)),
        (date(2027, 1, 7), "urgent", date(2026, 11, 25)),
        (date(2026, 12, 2), "open", date(2026, 11, 25)),
        (date(2026, 11, 22), "soon", date(2026, 11, 30)),
        (None, "open", date(2026, 11, 30)),
    ],
)
def test_somebody_invited_is_waited_for_until_the_next_are_asked(
    until: date | None, band: Urgency, latest: date
) -> None:
    assert reply_by(until, band, TODAY, invited=True) == latest


@given(days, st.sampled_from(("open", "soon", "urgent")), st.integers(0, 400), st.booleans())
def test_an_answer_on_the_last_day_leaves_the_company_its_own_before_the_window_ends(
    day: date, band: Urgency, left: int, invited: bool
) -> None:
    until = day + timedelta(days=left)
    latest = reply_by(until, band, day, invited=invited)
    assert latest is not None and latest >= day
    assert latest == day or add_working_days(latest, 2 if band == "urgent" else 5) <= until
