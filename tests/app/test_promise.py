"""The published promise, through the queue that feeds it and the routes that tell it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as Tree

import pytest

from chalicelib.promise.handlers import follow_promise
from chalicelib.promise.wording import FIGURES, LABELS
from tests.support import promise_fakes as made
from tests.support.api import ADMIN, Api
from tests.support.environment import at
from tests.support.promise_fakes import NOW, days
from tests.support.records import CONTEXT, queue_event
from tests.support.tables import rows
from tests.support.world import done

TABLE = "PromiseTable"
SVG = "{http://www.w3.org/2000/svg}"


def tell(*envelopes: Any) -> None:
    for envelope in envelopes:
        assert follow_promise(queue_event(envelope.to_json()), CONTEXT) == {"batchItemFailures": []}


MONTH_AGO = NOW - days(30)


def projects(number: int, begun: datetime = MONTH_AGO) -> None:
    """Each shown four seconds later, of interest to somebody after as many hours as its number, answered the day after
    and engaged three days later; one junior in five seats."""
    for count in range(1, number + 1):
        brief, there = f"brief-{begun:%j}-{count}", begun + timedelta(minutes=count)
        tell(
            made.published(brief, there),
            made.shortlist(brief, there + timedelta(seconds=4), 5, 1),
            made.interest(brief, "person-1", there + timedelta(hours=count)),
            made.answer(brief, "person-1", there + days(1) + timedelta(hours=count), overdue=count == 1),
            made.engaged(brief, "person-1", there + days(3)),
        )


def metrics(api: Api) -> Any:
    with at(NOW):
        return done(api.get("/metrics"))


def test_nothing_is_told_of_fewer_than_ten(api: Api) -> None:
    projects(9)
    told = metrics(api)
    for period in (told["last_twelve_months"], told["since_the_start"]):
        assert period["projects"] is None
        for name in ("first_proposal", "first_mutual_interest", "engagement"):
            figure = period[name]
            assert (figure["median_seconds"], figure["p90_seconds"], figure["n"]) == (None, None, None)
            assert figure["withheld"]["code"] == "too_few"
            assert figure["withheld"]["message"]["en"].startswith("Fewer than 10")
        for name in ("answered_in_time", "junior_seats"):
            assert (period[name]["percent"], period[name]["n"]) == (None, None)
            assert period[name]["withheld"]["code"] == "too_few"
    assert told["fewest"] == 10


def test_ten_projects_are_told_in_both_periods(api: Api) -> None:
    projects(10)
    told = metrics(api)
    period = told["last_twelve_months"]
    assert (period["since"], told["since_the_start"]["since"]) == ("2025-11-29", None)
    assert {**told["since_the_start"], "since": period["since"]} == period
    assert period["projects"] == 10
    assert (period["first_proposal"]["median_seconds"], period["first_proposal"]["p90_seconds"]) == (4, 4)
    # From 25 to 34 hours: half within 29 hours, nine in ten within 33.
    mutual = period["first_mutual_interest"]
    assert (mutual["median_seconds"], mutual["p90_seconds"], mutual["n"]) == (29 * 3_600, 33 * 3_600, 10)
    assert period["engagement"]["median_seconds"] == 3 * 86_400
    assert (period["answered_in_time"]["percent"], period["answered_in_time"]["n"]) == (90, 10)
    assert (period["junior_seats"]["percent"], period["junior_seats"]["n"]) == (20, 10)


def test_a_year_counts_what_ended_in_it(api: Api) -> None:
    projects(10, NOW - days(400))
    projects(10)
    told = metrics(api)
    assert told["last_twelve_months"]["engagement"]["n"] == 10
    assert told["since_the_start"]["engagement"]["n"] == 20


def test_what_comes_twice_or_after_its_end_counts_once(api: Api) -> None:
    projects(10)
    once = metrics(api)
    before = rows(TABLE)
    projects(10)
    tell(*(made.published(f"brief-{MONTH_AGO:%j}-{count}", NOW - days(2), number=2) for count in range(1, 11)))
    assert rows(TABLE) == before
    assert metrics(api) == once


def test_what_is_kept_leads_to_nobody(api: Api) -> None:
    projects(1)
    kept = rows(TABLE)
    assert {row["pk"].partition("#")[0] for row in kept} == {"BRIEF", "ANSWER"}
    assert "person-1" not in repr(kept)
    (answer,) = [row for row in kept if row["pk"].startswith("ANSWER#")]
    assert re.fullmatch(r"ANSWER#[0-9a-f]{32}", answer["pk"])


def test_an_event_that_says_nothing_of_it_changes_nothing(api: Api) -> None:
    brief, there = "brief-1", NOW - days(3)
    tell(
        made.shortlist(brief, there, 0, 0),
        made.interest(brief, "person-1", there),
        made.answer(brief, "person-2", there, "not_retained"),
        made.awaited(brief, "person-3", there, overdue=False),
    )
    assert {row["pk"].partition("#")[0] for row in rows(TABLE)} == {"ANSWER"}


def test_anybody_reads_it_and_may_keep_it_for_a_while(api: Api) -> None:
    answer = api.get("/metrics")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "public, max-age=300"


def test_what_was_read_is_not_counted_again_for_five_minutes(api: Api) -> None:
    with at(NOW):
        first = done(api.get("/metrics"))
        projects(10)
        assert done(api.get("/metrics")) == first
    assert metrics(api)["since_the_start"]["projects"] == 10


def weekly(api: Api) -> Any:
    with at(NOW):
        return done(api.get("/admin/metrics", ADMIN))


def test_administrators_read_every_week_however_few(api: Api) -> None:
    projects(3)
    told = weekly(api)
    assert told["published"] == metrics(api)
    weeks = {week["monday"]: week for week in told["weeks"]}
    assert (min(weeks), max(weeks)) == ("2025-11-24", "2026-11-23")
    assert list(weeks) == sorted(weeks)
    assert len(weeks) == 53
    begun = weeks["2026-10-26"]
    assert begun["projects"] == 3
    assert begun["first_proposal"] == {"median_seconds": 4, "p90_seconds": 4, "n": 3}
    assert begun["junior_seats"] == {"percent": 20, "part": 3, "whole": 15, "n": 3}
    after = weeks["2026-11-02"]
    assert (after["projects"], after["first_proposal"], after["engagement"]["n"]) == (0, None, 3)


def picture(api: Api, figure: str, language: str = "fr") -> Tree.Element:
    with at(NOW):
        answer = api.get(f"/admin/metrics/plots/{figure}", ADMIN, headers={"Accept-Language": language})
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return Tree.fromstring(answer.content)


@pytest.mark.parametrize("figure", FIGURES)
def test_each_figure_is_drawn_and_said(api: Api, figure: str) -> None:
    projects(10)
    projects(2, NOW - days(60))
    for language in ("fr", "en"):
        root = picture(api, figure, language)
        label = LABELS[figure].in_(language)  # type: ignore[index,arg-type]
        assert (root.get("role"), root.get("lang")) == ("img", language)
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None and title.text == label
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id') if desc is not None else ''}"
        assert desc is not None and desc.text is not None
        marks = root.findall(f"{SVG}g")
        assert len(marks) >= 2
        for mark in marks:
            said = mark.find(f"{SVG}title")
            assert said is not None and said.text in desc.text.split("\n")
        kinds = [dot.get("class") for dot in root.iter(f"{SVG}circle")]
        assert {"dot", "dot hollow"} >= set(kinds)
        assert "dot hollow" in kinds, "two projects are too few to be sure"


def test_a_plot_without_anything_is_an_empty_grid(api: Api) -> None:
    root = picture(api, "engaged")
    assert root.findall(f"{SVG}g") == []
    assert root.findall(f"{SVG}path") != []


def test_there_is_no_plot_of_another_name(api: Api) -> None:
    assert api.get("/admin/metrics/plots/companies", ADMIN).status == 404
