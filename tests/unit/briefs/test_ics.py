"""Calendar files: valid, of whole days, by the code name alone."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from chalicelib.briefs.calendar import reminder_moments
from chalicelib.briefs.ics import FreelancerDates, ProducerDates, freelancer_calendar, producer_calendar
from chalicelib.vocabulary.text import LANGUAGES, Language

STAMPED = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
PRODUCERS = ProducerDates(
    project_id="01M890MRE0PE83GV91X3G5HANS",
    code_name="Projet Goémon",
    option_end=date(2027, 6, 30),
    latest_start=date(2027, 1, 29),
    start_from=date(2026, 12, 7),
    start_until=date(2027, 1, 31),
    renewal_notice=date(2027, 5, 31),
    broadcaster_date=date(2027, 4, 15),
)
FREELANCERS = FreelancerDates(
    **{one.name: getattr(PRODUCERS, one.name) for one in fields(FreelancerDates)}  # what both may know
)
KINDS = ["start-window", "latest-start", "broadcaster-date", "renewal-notice", "option-end"]


def read(text: str | None) -> Calendar:
    """Parsed back, having looked at what the standard asks of the text itself (RFC 5545, 3.1)."""
    assert text is not None
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors
    return calendar


def events(calendar: Calendar) -> dict[str, Event]:
    """By kind, in the order of the file."""
    found = {}
    for event in calendar.walk("VEVENT"):
        assert not event.errors
        found[str(event["uid"]).removesuffix("@plot-point").split("-", 1)[1]] = event
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_producer_gets_every_date_as_a_whole_day(language: Language) -> None:
    calendar = read(producer_calendar(PRODUCERS, language, STAMPED))
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    found = events(calendar)
    assert list(found) == KINDS
    for kind, event in found.items():
        first, end = event["dtstart"], event["dtend"]
        assert (first.params["VALUE"], end.params["VALUE"]) == ("DATE", "DATE")
        assert event["dtstamp"].dt == STAMPED
        if kind != "start-window":
            assert end.dt - first.dt == timedelta(days=1)
    window = found["start-window"]
    assert (window["dtstart"].dt, window["dtend"].dt) == (date(2026, 12, 7), date(2027, 2, 1))
    assert found["option-end"]["dtstart"].dt == date(2027, 6, 30)


def test_titles_are_in_the_readers_language() -> None:
    french, english = (events(read(producer_calendar(PRODUCERS, language, STAMPED))) for language in LANGUAGES)
    assert french["option-end"]["summary"] == "Projet Goémon · Fin de l’option"
    assert english["option-end"]["summary"] == "Projet Goémon · End of the option"
    assert {event["summary"].params["LANGUAGE"] for event in english.values()} == {"en"}
    for kind in KINDS:
        assert french[kind]["description"] != english[kind]["description"]


def test_a_producer_is_alarmed_when_our_reminders_come() -> None:
    found = events(read(producer_calendar(PRODUCERS, "fr", STAMPED)))

    def triggers(kind: str) -> list[datetime]:
        for alarm in found[kind].walk("VALARM"):
            assert alarm["action"] == "DISPLAY"
            assert "Projet Goémon" in alarm["description"]
            assert alarm["trigger"].params["VALUE"] == "DATE-TIME"
        return [alarm["trigger"].dt for alarm in found[kind].walk("VALARM")]

    assert triggers("option-end") == list(reminder_moments(date(2027, 6, 30)).values())
    assert triggers("renewal-notice") == list(reminder_moments(date(2027, 5, 31)).values())
    assert triggers("latest-start") == list(reminder_moments(date(2027, 1, 29), (7, 2)).values())


def test_an_alarm_whose_time_has_passed_is_left_out() -> None:
    a_week_before = datetime(2027, 6, 23, 12, 0, tzinfo=UTC)
    found = events(read(producer_calendar(PRODUCERS, "fr", a_week_before)))
    assert [alarm["trigger"].dt for alarm in found["option-end"].walk("VALARM")] == [
        datetime(2027, 6, 28, 7, 0, tzinfo=UTC)
    ]
    assert not found["renewal-notice"].walk("VALARM")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_freelancer_gets_the_options_end_and_the_days_of_the_start_without_alarms(language: Language) -> None:
    text = freelancer_calendar(FREELANCERS, language, STAMPED)
    found = events(read(text))
    assert list(found) == ["start-window", "latest-start", "option-end"]
    assert text is not None
    assert "VALARM" not in text


def test_nothing_that_only_the_company_may_know_can_reach_a_freelancers_file() -> None:
    # A producer's values given by mistake: the file for freelancers knows no such date.
    assert freelancer_calendar(PRODUCERS, "fr", STAMPED) == freelancer_calendar(FREELANCERS, "fr", STAMPED)
    assert {one.name for one in fields(ProducerDates)} - {one.name for one in fields(FreelancerDates)} == {
        "renewal_notice",
        "broadcaster_date",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_property_names_anybody(language: Language) -> None:
    for text in (producer_calendar(PRODUCERS, language, STAMPED), freelancer_calendar(FREELANCERS, language, STAMPED)):
        assert text is not None
        unfolded = text.replace("\r\n ", "")
        names = {re.split("[;:]", line)[0] for line in unfolded.split("\r\n") if line}
        assert names <= {
            *("BEGIN", "END", "PRODID", "VERSION", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME"),
            *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CLASS", "TRANSP", "ACTION", "TRIGGER"),
        }
        assert {line for line in unfolded.split("\r\n") if line.startswith("CLASS")} == {"CLASS:CONFIDENTIAL"}


def test_an_event_keeps_its_uid_when_its_day_moves_and_two_projects_share_none() -> None:
    moved = replace(PRODUCERS, option_end=date(2027, 12, 31))
    other = replace(PRODUCERS, project_id="01M890MRE0PE83GV91X3G5HANT")
    now, later, elsewhere = (
        [str(event["uid"]) for event in read(producer_calendar(dates, "fr", STAMPED)).walk("VEVENT")]
        for dates in (PRODUCERS, moved, other)
    )
    assert sorted(now) == sorted(later)
    assert len(set(now)) == len(now)
    assert not set(now) & set(elsewhere)


def test_a_project_without_a_date_has_no_file() -> None:
    assert producer_calendar(ProducerDates("01M890MRE0PE83GV91X3G5HANS", "Projet Goémon"), "fr", STAMPED) is None
    window_half_there = FreelancerDates("01M890MRE0PE83GV91X3G5HANS", "Projet Goémon", start_from=date(2027, 1, 4))
    assert freelancer_calendar(window_half_there, "fr", STAMPED) is None


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=120), st.sampled_from(LANGUAGES))
def test_any_code_name_comes_back_as_it_is(code_name: str, language: Language) -> None:
    found = events(read(producer_calendar(replace(PRODUCERS, code_name=code_name), language, STAMPED)))
    assert list(found) == KINDS
    for event in found.values():
        assert str(event["summary"]).rpartition(" · ")[0] == code_name
