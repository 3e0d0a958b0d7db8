"""Invented freelancers: the same each time, and such as the routes accept."""

from __future__ import annotations

from datetime import date

from benchmarks.invented import profiles
from benchmarks.loading import Career
from chalicelib.profiles.models import VERIFIED
from tests.support.drafts import NOW

DAY = date(2026, 11, 23)


def test_the_same_number_and_day_give_the_same_people_and_more_of_them_begin_with_the_same() -> None:
    assert profiles(20, DAY) == profiles(20, DAY)
    assert profiles(30, DAY)[:20] == profiles(20, DAY)


def test_every_invented_freelancer_is_one_that_the_routes_accept_and_an_administrator_verifies() -> None:
    for entry in profiles(150, DAY):
        career = Career.of(entry, NOW)
        assert career.verified.status in VERIFIED
        assert career.verified.version == career.draft.version + 1
        assert [credit.level for credit in career.credits] == [credit["level"] for credit in entry["credits"]]


def test_invented_freelancers_differ_as_people_do() -> None:
    people = profiles(300, DAY)
    assert len({entry["profile"]["display_name"] for entry in people}) > 290
    assert len({tuple(entry["profile"]["roles"]) for entry in people}) > 5
    works = [credit for entry in people for credit in entry["credits"]]
    assert len({credit["synopsis"] for credit in works}) == len(works)
    assert {credit["level"] for credit in works} == {0, 1, 2, 3}
    assert min(len(entry["credits"]) for entry in people) == 1
    assert max(len(entry["credits"]) for entry in people) > 10
