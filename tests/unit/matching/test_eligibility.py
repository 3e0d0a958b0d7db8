"""Four hard rules, in order, and nothing else."""

from datetime import date, timedelta

import pytest

from chalicelib.matching.eligibility import latest_useful_start, obstacle, start_window
from tests.unit.matching.examples import ROLE, TODAY, brief, person


def available(first, last=None, **changes):
    return person(availability=((first, last),), **changes)


def test_somebody_of_the_role_verified_speaking_the_language_and_free_in_time_can_be_proposed():
    assert obstacle(brief(), person(), TODAY) is None


def test_thirty_working_days_before_the_end_of_the_option_are_forty_two_calendar_days():
    project = brief(deadline=date(2027, 6, 30), estimated_days=30)

    assert latest_useful_start(project) == date(2027, 6, 30) - timedelta(days=42)


def test_a_part_of_a_week_is_rounded_up():
    assert latest_useful_start(brief(deadline=date(2027, 6, 30), estimated_days=1)) == date(2027, 6, 28)


def test_without_an_option_the_end_of_the_start_window_is_itself_the_latest_start():
    project = brief(deadline=date(2027, 1, 31), start_until=date(2027, 1, 31), estimated_days=30)

    assert latest_useful_start(project) == date(2027, 1, 31)


def test_another_role_is_the_first_obstacle_named_whatever_else_is_wrong():
    found = obstacle(brief(role="script-reader"), person(verification="draft", languages=()), TODAY)

    assert found is not None
    assert found.to_item() == {"code": "role", "facts": {"wanted": "script-reader"}}


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "refused"])
def test_a_profile_that_is_not_verified_is_not_proposed(status):
    found = obstacle(brief(), person(verification=status), TODAY)

    assert found is not None and found.code == "verification" and found.facts == {"status": status}


def test_a_partly_verified_profile_is_proposed():
    assert obstacle(brief(), person(verification="partly_verified"), TODAY) is None


def test_every_working_language_is_needed_and_the_missing_ones_are_named():
    found = obstacle(brief(languages=("fr", "en", "de")), person(languages=("fr",)), TODAY)

    assert found is not None and found.code == "language" and found.facts == {"missing": ["de", "en"]}


def test_availability_that_begins_on_the_latest_useful_start_is_in_time_and_a_day_later_is_not():
    last = latest_useful_start(brief())

    assert obstacle(brief(), available(last), TODAY) is None
    found = obstacle(brief(), available(last + timedelta(days=1)), TODAY)
    assert found is not None and found.code == "availability"
    assert found.facts == {"first_start": "2026-12-01", "latest_useful_start": last.isoformat()}


def test_availability_that_ends_before_the_project_can_start_is_of_no_use():
    found = obstacle(brief(), available(date(2026, 10, 1), date(2026, 11, 30)), TODAY)

    assert found is not None and found.code == "availability"


def test_a_window_that_is_past_does_not_hide_a_later_one():
    windows = ((date(2026, 1, 1), date(2026, 2, 1)), (date(2027, 2, 1), None))

    assert obstacle(brief(), person(availability=windows), TODAY) is None


def test_somebody_without_any_availability_is_not_proposed():
    found = obstacle(brief(), person(availability=()), TODAY)

    assert found is not None and found.code == "availability"


def test_a_project_already_too_late_for_the_whole_work_still_finds_who_is_free_in_its_start_window():
    urgent = brief(deadline=date(2026, 12, 20), estimated_days=60)

    assert latest_useful_start(urgent) < TODAY
    assert start_window(urgent, TODAY) == (date(2026, 12, 1), date(2027, 1, 31))
    assert obstacle(urgent, available(date(2026, 12, 10)), TODAY) is None
    assert obstacle(urgent, available(date(2027, 2, 1)), TODAY) is not None


def test_a_start_window_that_is_over_leaves_today_as_the_only_useful_day():
    late = brief(
        deadline=date(2026, 11, 30),
        start_from=date(2026, 10, 1),
        start_until=date(2026, 10, 31),
        estimated_days=60,
    )

    assert start_window(late, TODAY) == (TODAY, TODAY)


@pytest.mark.parametrize("level", ["junior", "mid", "senior"])
@pytest.mark.parametrize("wanted", [("junior",), ("mid",), ("senior",)])
def test_a_level_never_excludes(level, wanted):
    assert obstacle(brief(levels=wanted), person(levels={ROLE: level}), TODAY) is None


def test_neither_place_nor_mode_nor_lack_of_credits_excludes():
    elsewhere = person(region="corse", work_modes=(), credits=())

    assert obstacle(brief(working_mode="on-site", region="bretagne"), elsewhere, TODAY) is None
