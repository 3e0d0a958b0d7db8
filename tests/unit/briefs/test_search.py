"""What a freelancer looks for: filters by the card alone, an order by fit, pages without a gap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chalicelib.briefs import service as module
from chalicelib.briefs.models import Brief, Budget, Window
from chalicelib.briefs.schemas import ProjectsQuery
from chalicelib.briefs.search import Order, Search
from chalicelib.briefs.views import CARD_FIELDS, card
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Invalid, WrongCursor
from chalicelib.platform.validation import validate_query
from chalicelib.vocabulary.ids import new_id
from tests.support.drafts import TODAY, content, live
from tests.unit.briefs.test_service import MEMBER, House

INES = Actor("sub-ines", frozenset({"freelancers"}), "ines@courriel.test")


def query(**given: str) -> Search:
    return validate_query(ProjectsQuery, {name: [value] for name, value in given.items()}).search()


def admits(given: dict[str, str], **changes: Any) -> bool:
    return query(**given).admits(card(live(**changes), TODAY))


@pytest.mark.parametrize(
    ("given", "changes", "found"),
    [
        ({}, {}, True),
        ({"role": "literary-director"}, {}, True),
        ({"role": "script-reader"}, {}, False),
        ({"role": "script-reader,literary-director"}, {}, True),
        ({"genre": "regional-crime"}, {}, True),
        ({"genre": "crime"}, {}, True),  # everything under it
        ({"genre": "regional-crime"}, {"genres": ("crime",)}, False),  # not what it lies under
        ({"genre": "crime"}, {"genres": ("police-procedural",)}, True),
        ({"genre": "crime"}, {"genres": ("romance",)}, False),
        ({"genre": "romance,crime"}, {}, True),
        ({"tone": "dark"}, {}, True),
        ({"tone": "dark"}, {"tones": ("light",)}, False),
        ({"universe": "seaside"}, {"universes": ("hospital", "seaside")}, True),
        ({"universe": "hospital"}, {}, False),
        ({"format": "single-90"}, {}, True),
        ({"format": "series-52"}, {}, False),
        ({"genre": "crime", "tone": "dark", "format": "single-90"}, {}, True),
        ({"genre": "crime", "tone": "tense"}, {}, False),
    ],
)
def test_a_filter_takes_any_of_its_entries_and_all_filters_must_be_met(
    given: dict[str, str], changes: dict[str, Any], found: bool
) -> None:
    assert admits(given, **changes) == found


@pytest.mark.parametrize(
    ("start_from", "start_until", "found"),
    [
        ("2026-12-01", "2027-01-31", True),
        ("2026-11-01", "2026-12-01", True),  # its first day
        ("2026-11-01", "2026-11-30", False),
        ("2027-01-31", "2027-06-01", True),  # its last day
        ("2027-02-01", "2027-06-01", False),
        ("2026-12-20", "2026-12-21", True),
        ("2027-01-31", None, True),
        ("2027-02-01", None, False),
        (None, "2026-12-01", True),
        (None, "2026-11-30", False),
    ],
)
def test_dates_ask_for_a_start_window_that_has_a_day_in_common(
    start_from: str | None, start_until: str | None, found: bool
) -> None:
    given = {"start_from": start_from, "start_until": start_until}
    window = Window(from_=date(2026, 12, 1), until=date(2027, 1, 31))
    assert admits({name: day for name, day in given.items() if day}, start_window=window) == found


@pytest.mark.parametrize(
    ("rate", "unit", "budget", "found"),
    [
        ("400", "day", Budget(min=300, max=400, unit="day"), True),
        ("401", "day", Budget(min=300, max=400, unit="day"), False),
        ("100", "day", Budget(min=300, max=400, unit="day"), True),
        ("100", "day", Budget(min=3000, max=9000, unit="flat"), False),  # nothing is converted
        ("9000", "flat", Budget(min=3000, max=9000, unit="flat"), True),
        (None, "week", Budget(min=900, max=1200, unit="week"), True),
        (None, "week", Budget(min=300, max=400, unit="day"), False),
    ],
)
def test_a_rate_is_held_against_the_most_that_the_budget_goes_to_in_the_same_unit(
    rate: str | None, unit: str, budget: Budget, found: bool
) -> None:
    given = {"rate_unit": unit} | ({"rate_min": rate} if rate else {})
    assert admits(given, budget=budget) == found


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"rate_min": "300"}, {"?rate_unit": "unit_needed"}),
        ({"start_from": "2027-02-01", "start_until": "2027-01-01"}, {"?start_until": "end_before_start"}),
        ({"genre": "crime,crimes"}, {"?genre": "unknown_id"}),
        ({"genre": ""}, {"?genre": "unknown_id"}),
        ({"genre": "crime,"}, {"?genre": "unknown_id"}),
        ({"role": "chef"}, {"?role": "unknown_id"}),
        ({"rate_min": "3e2", "rate_unit": "day"}, {"?rate_min": "wrong_type"}),
        ({"rate_min": "-1", "rate_unit": "day"}, {"?rate_min": "too_small"}),
        ({"rate_min": "300", "rate_unit": "hour"}, {"?rate_unit": "unknown_choice"}),
        ({"order": "newest"}, {"?order": "unknown_choice"}),
        ({"start_from": "demain"}, {"?start_from": "wrong_date"}),
    ],
)
def test_what_cannot_be_looked_for_is_refused_by_name(given: dict[str, str], wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        query(**given)
    assert {error.pointer: error.code for error in refused.value.fields} == wrong


def test_nothing_but_the_card_can_be_searched() -> None:
    class Watched(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            assert name in CARD_FIELDS
            return super().__getitem__(name)

    whole = Watched(live().content.model_dump())
    everything = query(
        role="literary-director",
        genre="crime",
        tone="dark",
        universe="seaside",
        format="single-90",
        start_from="2026-12-01",
        start_until="2026-12-31",
        rate_min="300",
        rate_unit="day",
    )
    assert everything.admits(whole)


# ---- lists


@pytest.fixture
def house() -> House:
    return House()


def published(house: House, **changes: Any) -> Brief:
    drafted = house.service.draft(MEMBER, content(**changes), new_id(house.now))
    return house.service.publish(MEMBER, drafted.brief_id)


def names(house: House, order: Order = "pressing", **given: str) -> list[str]:
    """The code names of every page, one after the other."""
    found: list[str] = []
    position = None
    for _ in range(100):
        page, position = house.service.projects(INES, query(**given), order, position)
        found += [one["code_name"] for one in page]
        if position is None:
            return found
    raise AssertionError("a list without an end")


def test_a_filtered_list_is_full_page_after_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    for number in range(9):
        published(house, code_name=f"P{number}", genres=("romance",) if number % 3 else ("regional-crime",))
    sizes, position = [], None
    while True:
        page, position = house.service.projects(INES, query(genre="crime"), "pressing", position)
        sizes.append(len(page))
        if position is None:
            break
    assert sizes[0] == 2 and sum(sizes) == 3
    assert names(house, genre="crime") == ["P0", "P3", "P6"]


def test_one_request_reads_a_bounded_number_of_projects_and_goes_on_where_it_stopped(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    monkeypatch.setattr(module, "MOST_READ", 4)
    for number in range(11):
        published(house, code_name=f"P{number}", genres=("regional-crime",) if number == 9 else ("romance",))
    asked: list[int] = []
    live_briefs = house.store.live

    def counted(role: str, limit: int, after: str | None) -> tuple[list[Brief], str | None]:
        found = live_briefs(role, limit, after)
        asked.append(len(found[0]))
        return found

    monkeypatch.setattr(house.store, "live", counted)
    page, position = house.service.projects(INES, query(genre="crime"), "pressing", None)
    assert page == [] and position is not None
    assert sum(asked) == 4
    assert names(house, genre="crime") == ["P9"]


def test_a_position_never_names_a_project_that_is_not_shown(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 4)
    monkeypatch.setattr(module, "MOST_READ", 4)
    shown = [published(house, genres=("romance",)).brief_id for _ in range(2)]
    hidden = [published(house, genres=("romance",)) for _ in range(2)]
    for brief in hidden:  # another company's, which is no longer verified
        house.store._briefs[brief.brief_id] = brief.model_copy(update={"company_id": "company-2"})
    published(house)
    monkeypatch.setattr(house.companies, "may_publish", lambda company_id: company_id == "company-1")
    _, position = house.service.projects(INES, query(genre="crime"), "pressing", None)
    assert position == {"role": "literary-director", "after": shown[-1]}


def test_what_fits_the_reader_best_comes_first_and_what_they_cannot_be_proposed_for_last(house: House) -> None:
    for name in ("Faible", "Fort", "Moyen", "Empêché"):
        published(house, code_name=name)
    house.fits.scores = {"Faible": 10, "Fort": 900, "Moyen": 300, "Empêché": 2000}
    house.fits.unfit = {"Empêché"}
    assert names(house, "fits_me") == ["Fort", "Moyen", "Faible", "Empêché"]


def test_fit_is_judged_by_cards_and_nothing_else(house: House) -> None:
    published(house)
    names(house, "fits_me")
    assert {frozenset(one) for one in house.fits.seen} == {
        frozenset({*CARD_FIELDS, "project_id", "published_on", "urgency", "reply_by"})
    }


def test_equal_fits_come_in_the_order_of_their_ids_whatever_their_deadlines(house: House) -> None:
    for number, end in enumerate((date(2027, 9, 1), date(2027, 7, 1), date(2027, 8, 1))):
        house.now = house.now.replace(minute=number)
        published(house, code_name=f"P{number}", option_end_date=end)
    assert names(house, "fits_me") == ["P0", "P1", "P2"]


def test_the_pages_of_a_ranking_follow_without_a_gap_and_hold_ids_and_a_number(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 3)
    ids = {}
    for number in range(8):
        ids[f"P{number}"] = published(house, code_name=f"P{number}").brief_id
        house.fits.scores[f"P{number}"] = number
    assert names(house, "fits_me") == [f"P{number}" for number in reversed(range(8))]
    _, position = house.service.projects(INES, query(), "fits_me", None)
    assert position == {"after": ids["P5"], "shown": 3}


def test_a_ranking_goes_on_though_the_last_project_that_was_shown_is_gone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    briefs = [published(house, code_name=f"P{number}") for number in range(5)]
    house.fits.scores = {f"P{number}": 10 - number for number in range(5)}
    page, position = house.service.projects(INES, query(), "fits_me", None)
    assert [one["code_name"] for one in page] == ["P0", "P1"]
    house.service.end(MEMBER, briefs[1].brief_id, "closed")
    rest, _ = house.service.projects(INES, query(), "fits_me", position)
    assert [one["code_name"] for one in rest] == ["P2", "P3"]


def test_of_more_projects_than_are_ranked_at_once_the_most_pressing_are(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_READ", 3)
    monkeypatch.setattr(module, "PAGE", 2)
    for month in (9, 8, 11, 10, 7):
        role = "script-reader" if month % 2 else "literary-director"
        published(house, code_name=f"Échéance {month}", role=role, option_end_date=date(2027, month, 1))
    assert sorted(names(house, "fits_me")) == ["Échéance 7", "Échéance 8", "Échéance 9"]


@pytest.mark.parametrize("position", [{}, {"after": "x"}, {"after": "x", "shown": "2"}])
def test_a_position_of_another_list_is_refused_in_a_ranking(position: dict[str, Any], house: House) -> None:
    published(house)
    with pytest.raises(WrongCursor):
        house.service.projects(INES, query(), "fits_me", position)
