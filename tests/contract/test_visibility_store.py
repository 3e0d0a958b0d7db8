"""What every store of views and blocks promises, on the one in memory and on DynamoDB's tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import pytest

from chalicelib.platform.table import Table
from chalicelib.visibility.events import CompanyBlocked, CompanyUnblocked
from chalicelib.visibility.models import Block, Sight
from chalicelib.visibility.personal import PersonalStore
from chalicelib.visibility.repository import VisibilityRepository
from chalicelib.visibility.service import VisibilityStore
from tests.support.tables import events, rows
from tests.support.visibility_fakes import MINE, NOW, FakeVisibilityStore

TODAY = date(2026, 11, 30)


class Store(VisibilityStore, PersonalStore, Protocol):
    """Both ports, which one store keeps."""


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return FakeVisibilityStore()
    request.getfixturevalue("aws")
    return VisibilityRepository(Table("VisibilityTable"))


def block(store: Store, one: Block, minutes: int = 0) -> None:
    fact = CompanyBlocked(profile_id=one.profile_id, block_id=one.block_id)
    store.block(one, fact, NOW + timedelta(minutes=minutes))


def unblock(store: Store, one: Block) -> None:
    store.unblock(one, CompanyUnblocked(profile_id=one.profile_id, block_id=one.block_id), NOW)


def test_a_view_is_one_per_project_and_day_with_everything_that_was_shown(store: Store) -> None:
    mine, other = Sight("brief-1", MINE), Sight("brief-1", "profile-noe")
    store.note([mine, other, mine], "profile", TODAY)
    store.note([mine], "shortlist_line", TODAY)
    store.note([mine], "profile", TODAY)
    store.note([Sight("brief-2", MINE)], "shortlist_line", TODAY + timedelta(days=1))
    views, position = store.views(MINE, TODAY, 9, None)
    assert position is None
    assert [(one.day, one.brief_id, one.shown) for one in views] == [
        (TODAY + timedelta(days=1), "brief-2", ("shortlist_line",)),
        (TODAY, "brief-1", ("shortlist_line", "profile")),
    ]
    assert len(store.views("profile-noe", TODAY, 9, None)[0]) == 1
    assert store.views("profile-ada", TODAY, 9, None) == ([], None)


def test_views_come_in_pages_and_only_those_of_the_last_twelve_months(store: Store) -> None:
    days = [TODAY - timedelta(days=n) for n in (0, 10, 366, 367)]
    for day in days:
        store.note([Sight("brief-1", MINE)], "profile", day)
    read: list[date] = []
    position = None
    while True:
        page, position = store.views(MINE, TODAY, 2, position)
        assert len(page) <= 2
        read += [one.day for one in page]
        if position is None:
            break
    assert read == days[:3]


def test_more_people_than_a_transaction_takes_are_noted_together(store: Store) -> None:
    people = [f"profile-{number}" for number in range(120)]
    store.note([Sight("brief-1", one) for one in people], "shortlist_line", TODAY)
    assert all(len(store.views(one, TODAY, 9, None)[0]) == 1 for one in people)


def test_a_block_is_found_from_either_side_until_it_is_lifted(store: Store) -> None:
    by_siren = Block.by_siren(MINE, "552178634", NOW)
    by_thread = Block.by_conversation(MINE, "thread-1", "brief-1", "company-1", NOW + timedelta(minutes=1))
    others = Block.by_siren("profile-noe", "552178634", NOW)
    for one in (by_siren, by_thread, others, by_siren):
        block(store, one)
    assert store.blocks(MINE) == [by_thread, by_siren]
    assert store.keeping_away(["SIREN#552178634", "COMPANY#company-1"]) == {MINE, "profile-noe"}
    assert store.keeping_away(["NAME#falaise", "COMPANY#company-2"]) == frozenset()
    unblock(store, by_siren)
    unblock(store, by_siren)
    assert store.blocks(MINE) == [by_thread]
    assert store.keeping_away(["SIREN#552178634"]) == {"profile-noe"}
    assert store.keeping_away(["COMPANY#company-1"]) == {MINE}


def test_two_blocks_about_one_company_are_lifted_one_by_one(store: Store) -> None:
    first, second = (Block.by_conversation(MINE, thread, "b", "company-1", NOW) for thread in ("thread-1", "thread-2"))
    for one in (first, second):
        block(store, one)
    unblock(store, first)
    assert store.keeping_away(["COMPANY#company-1"]) == {MINE}
    unblock(store, second)
    assert store.keeping_away(["COMPANY#company-1"]) == frozenset()


def test_somebody_is_forgotten_from_both_sides_and_nobody_else(store: Store) -> None:
    store.note([Sight("brief-1", MINE), Sight("brief-1", "profile-noe")], "profile", TODAY)
    for owner in (MINE, "profile-noe"):
        block(store, Block.by_siren(owner, "552178634", NOW))
    assert store.forget(MINE) == 3
    assert store.forget(MINE) == 0
    assert (store.views(MINE, TODAY, 9, None), store.blocks(MINE)) == (([], None), [])
    assert store.keeping_away(["SIREN#552178634"]) == {"profile-noe"}
    assert len(store.views("profile-noe", TODAY, 9, None)[0]) == 1


def test_a_block_is_one_transaction_with_its_fact_which_says_nothing_of_the_company(aws: None) -> None:
    store = VisibilityRepository(Table("VisibilityTable"))
    one = Block.by_name(MINE, "Falaise Rouge Films", NOW)
    assert one is not None
    block(store, one)
    block(store, one)
    unblock(store, one)
    unblock(store, one)
    facts = events("VisibilityTable")
    assert [fact["event_type"] for fact in facts] == ["visibility.company_blocked", "visibility.company_unblocked"]
    assert all("falaise" not in str(fact).lower() for fact in facts)
    assert len(rows("VisibilityTable")) == 2


def test_a_view_goes_by_itself_after_its_twelve_months(aws: None) -> None:
    VisibilityRepository(Table("VisibilityTable")).note([Sight("brief-1", MINE)], "profile", TODAY)
    [row] = rows("VisibilityTable")
    gone = datetime.fromtimestamp(int(row["expires_at"]), UTC).date()
    assert gone == TODAY + timedelta(days=367)
