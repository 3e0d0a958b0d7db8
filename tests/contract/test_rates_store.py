"""What every store of rates promises, on the one in memory and on DynamoDB's tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Table
from chalicelib.rates.grid import Grid, shipped
from chalicelib.rates.models import Version, first_version
from chalicelib.rates.repository import RatesRepository
from chalicelib.rates.service import RatesStore
from tests.support.rates_fakes import NOW, FakeRatesStore, changed, entry, scaled
from tests.support.tables import events, rows


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> RatesStore:
    if request.param == "memory":
        return FakeRatesStore()
    request.getfixturevalue("aws")
    return RatesRepository(Table("RatesTable"))


def publish(store: RatesStore, grid: Grid, before: Version | None = None, minutes: int = 0) -> Version:
    before = before or store.in_force()
    now = NOW + timedelta(minutes=minutes)
    replaced = before.replace(grid, "Relevé d’automne.", "sub-admin", now)
    assert replaced is not None
    version, fact = replaced
    store.publish(version, before, fact, now)
    return version


def test_the_grid_of_the_project_is_in_force_in_an_empty_store(store: RatesStore) -> None:
    assert store.in_force() == store.version(1) == first_version()
    assert store.history() == [first_version()]
    assert store.version(2) is None


def test_a_version_comes_back_as_it_was_published_to_the_last_decimal(store: RatesStore) -> None:
    grid = changed("own_cost", 1, value=45.55)
    version = publish(store, grid)
    assert store.in_force() == store.version(2) == version
    assert store.in_force().grid == grid


def test_the_first_version_stays_what_people_read_when_another_release_brings_another_grid(
    store: RatesStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, scaled(2))
    monkeypatch.setattr("chalicelib.rates.models.shipped", lambda: scaled(7))
    first = store.version(1)
    assert first is not None
    assert first.grid == shipped()


def test_versions_are_listed_latest_first_however_many_there_are(store: RatesStore) -> None:
    for factor in range(2, 13):
        publish(store, scaled(factor), minutes=factor)
    assert [one.number for one in store.history()] == list(range(12, 0, -1))
    assert store.in_force().number == 12


def test_of_two_made_from_the_same_version_one_is_published(store: RatesStore) -> None:
    first = store.in_force()
    second = publish(store, scaled(2), first)
    with pytest.raises(Conflict):
        publish(store, scaled(3), first)
    third = publish(store, scaled(3), second)
    with pytest.raises(Conflict):
        publish(store, scaled(4), second)
    assert store.in_force() == third
    assert store.version(2) == second


def test_entries_of_a_role_come_back_oldest_first(store: RatesStore) -> None:
    june, april = entry("a"), entry("b", month=date(2026, 4, 1), level="senior", unit="flat")
    store.keep_entry("1", june, 1)
    store.keep_entry("2", april, 1)
    store.keep_entry("3", entry("c", role="script-reader"), 1)
    assert list(store.entries("literary-director")) == [april, june]
    assert list(store.entries("script-consultant")) == []


def test_an_entry_is_of_its_latest_round_and_the_first_news_of_it(store: RatesStore) -> None:
    store.keep_entry("1", entry("a", 400), 1)
    store.keep_entry("1", entry("a", 500), 1)
    assert list(store.entries("literary-director")) == [entry("a", 400)]
    store.keep_entry("1", entry("a", 600), 3)
    store.keep_entry("1", entry("a", 700), 2)
    assert list(store.entries("literary-director")) == [entry("a", 600)]


def test_an_entry_that_is_dropped_is_gone_and_may_come_back(store: RatesStore) -> None:
    store.keep_entry("1", entry("a"), 1)
    store.drop_entry("1")
    store.drop_entry("1")
    assert list(store.entries("literary-director")) == []
    store.keep_entry("1", entry("a", 500), 1)
    assert list(store.entries("literary-director")) == [entry("a", 500)]


def test_a_publication_is_one_transaction_with_its_fact(aws: None) -> None:
    store = RatesRepository(Table("RatesTable"))
    publish(store, scaled(2))
    [fact] = events("RatesTable")
    assert (fact["event_type"], fact["aggregate_version"], fact["payload"]["number"]) == ("rates.published", 2, 2)
    assert {row["sk"] for row in rows("RatesTable")} == {"IN_FORCE", "VERSION#000001", "VERSION#000002", fact["sk"]}


def test_an_entry_is_forgotten_once_it_is_too_old_to_count(aws: None) -> None:
    RatesRepository(Table("RatesTable")).keep_entry("1", entry("a"), 1)
    [row] = rows("RatesTable")
    # Of June 2026: it counts for the last time on a day of June 2029.
    assert datetime.fromtimestamp(int(row["expires_at"]), UTC) == datetime(2029, 7, 1, tzinfo=UTC)
