"""What a project counts down to, through the routes: for its company, for a calendar program, for the clockwork."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Calendar

from chalicelib.briefs.calendar import REMINDER_TIME, reminder_moments, working_days_between
from chalicelib.briefs.handlers import sweep_briefs
from chalicelib.vocabulary.clock import PARIS
from tests.support.api import FREELANCER, PRODUCER, RIVAL, Answer
from tests.support.environment import at
from tests.support.examples import SECRETS, day, today
from tests.support.records import CONTEXT, tick
from tests.support.tables import events
from tests.support.world import World, done

NO_DATES = {"option_end_date": None, "start_window": None}


def file(world: World, brief_id: str, language: str = "fr") -> Answer:
    return world.api.get(f"/briefs/{brief_id}/calendar", PRODUCER, headers={"Accept-Language": language})


def test_a_company_reads_what_its_project_counts_down_to_and_why(world: World) -> None:
    world.company()
    brief = world.live_brief(renewal_notice_days=60, broadcaster_date=day(150))
    calendar = done(world.api.get(f"/briefs/{brief['brief_id']}", PRODUCER))["calendar"]
    bound = today() + timedelta(days=150)
    assert (calendar["binding"]["which"], calendar["binding"]["day"]) == ("broadcaster_date", bound.isoformat())
    assert set(calendar["binding"]["why"]) == set(calendar["binding"]["label"]) == {"fr", "en"}
    assert str(bound.year) in calendar["binding"]["why"]["fr"]
    assert calendar["days_left"] == 150
    assert calendar["working_days_left"] == working_days_between(today(), bound)
    assert (calendar["urgency"], calendar["passed"]) == ("open", [])
    start = date.fromisoformat(calendar["latest_useful_start"])
    assert date.fromisoformat(brief["start_window"]["from"]) <= start
    assert start <= date.fromisoformat(brief["start_window"]["until"])
    moment = reminder_moments(bound)[30].strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert calendar["next_reminder"] == {"which": "broadcaster_date", "days_left": 30, "at": moment}
    # The day up to which the project lives is another matter.
    assert (brief["deadline"], brief["days_left"]) == (day(241), 241)


def test_a_draft_counts_down_without_reminders_and_a_project_that_is_over_to_nothing(world: World) -> None:
    world.company()
    draft = world.draft()
    assert draft["calendar"]["binding"]["which"] == "option_end"
    assert draft["calendar"]["next_reminder"] is None
    assert world.draft(**NO_DATES)["calendar"] is None
    brief = world.live_brief()
    closed = done(world.api.post(f"/briefs/{brief['brief_id']}/close", person=PRODUCER))
    assert closed["calendar"] is None


def test_the_two_dates_are_kept_and_cleared_like_any_other_field(world: World) -> None:
    world.company()
    brief = world.live_brief(renewal_notice_days=60, broadcaster_date=day(150))
    assert (brief["renewal_notice_days"], brief["broadcaster_date"]) == (60, day(150))
    cleared = done(
        world.api.patch(
            f"/briefs/{brief['brief_id']}", {"renewal_notice_days": None, "broadcaster_date": None}, PRODUCER
        )
    )
    assert (cleared["renewal_notice_days"], cleared["broadcaster_date"]) == (None, None)
    assert cleared["calendar"]["binding"]["which"] == "option_end"


def test_a_company_takes_its_projects_dates_into_its_calendar(world: World) -> None:
    world.company()
    brief = world.live_brief(renewal_notice_days=60, broadcaster_date=day(150))
    french, english = (file(world, brief["brief_id"], language) for language in ("fr", "en"))
    assert french.status == 200
    assert french.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert french.headers["Content-Disposition"] == f'attachment; filename="plot-point-{brief["brief_id"]}.ics"'
    assert french.headers["Cache-Control"] == "no-store"
    found = {}
    for answer in (french, english):
        calendar = Calendar.from_ical(answer.content)
        found = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
        assert sorted(event["dtstart"].dt.isoformat() for event in found.values()) == sorted(
            [day(241), day(181), day(150), brief["start_window"]["from"], brief["calendar"]["latest_useful_start"]]
        )
        assert all(event.walk("VALARM") for name, event in found.items() if "option-end" in name)
    assert "Fin de l’option" in french.content.decode()
    assert "End of the option" in english.content.decode()
    for answer in (french, english):
        text = answer.content.decode().replace("\r\n ", "")
        assert "Projet Goémon" in text
        assert not [secret for secret in SECRETS.values() if secret in text]


def test_there_is_no_file_without_dates_of_a_project_that_is_over_or_for_anybody_else(world: World) -> None:
    world.company()
    assert file(world, world.draft(**NO_DATES)["brief_id"]).json["code"] == "no_dates"
    brief = world.live_brief()
    path = f"/briefs/{brief['brief_id']}/calendar"
    world.company(RIVAL, siren="732829320", email_domain="rivale.test")
    assert world.api.get(path, RIVAL).status == 404
    assert world.api.get(path, FREELANCER).status == 403
    unknown = world.api.get(f"{path}?format=pdf", PRODUCER)
    assert (unknown.status, unknown.headers["Content-Type"]) == (422, "application/problem+json")
    done(world.api.post(f"/briefs/{brief['brief_id']}/fill", person=PRODUCER))
    refused = file(world, brief["brief_id"])
    assert (refused.status, refused.json["code"]) == (409, "wrong_state")


def test_a_draft_without_a_code_name_has_its_dates_too(world: World) -> None:
    world.company()
    text = file(world, world.draft(code_name=None)["brief_id"]).content.decode()
    assert "Projet sans nom de code · Fin de l’option" in text


def test_no_date_that_stays_with_the_company_is_on_a_card_or_changes_one(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief(option_end_date=day(100))
    path = f"/projects/{brief['brief_id']}"
    before = world.api.get(path, FREELANCER)
    done(
        world.api.patch(
            f"/briefs/{brief['brief_id']}", {"renewal_notice_days": 95, "broadcaster_date": day(13)}, PRODUCER
        )
    )
    assert world.api.get(path, FREELANCER).content == before.content


def test_the_clockwork_reminds_once_at_nine_in_paris_and_tells_no_date(world: World) -> None:
    world.company()
    brief = world.live_brief()
    moments = reminder_moments(today() + timedelta(days=241))

    def sent() -> list[dict[str, object]]:
        return [item["payload"] for item in events("BriefsTable") if item["event_type"] == "brief.deadline_near"]

    for number, (left, moment) in enumerate(moments.items(), 1):
        assert moment.astimezone(PARIS).time() == REMINDER_TIME
        with at(moment - timedelta(seconds=1)):
            sweep_briefs(tick(), CONTEXT)
            assert len(sent()) == number - 1
        for _ in range(2):
            with at(moment + timedelta(minutes=3)):
                sweep_briefs(tick(), CONTEXT)
        told = {"brief_id": brief["brief_id"], "which": "option_end", "days_left": left, "publication_no": 1}
        assert told in sent()
        assert len(sent()) == number
    with at(datetime.combine(today() + timedelta(days=242), REMINDER_TIME, PARIS)):
        sweep_briefs(tick(), CONTEXT)
    assert len(sent()) == 4
