"""The promises of the privacy table: one erasure per account, a task done once, a tombstone that no use undoes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.privacy.errors import AlreadyRequested, TakenMeanwhile
from chalicelib.privacy.models import ACCOUNT, Standing, request, used_on
from chalicelib.privacy.repository import PrivacyRepository
from chalicelib.vocabulary.person import Erased, Held, Person

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SUB = "sub-1"
PERSON = Person(SUB, "camille@courriel.test", "profile-1", None, ("Camille Roche",))
HELD = Held("alarm", "alarm-1", "2027-01-01T00:00:00.000Z", "alarm_open")


@pytest.fixture
def store(aws: None) -> PrivacyRepository:
    return PrivacyRepository(Table(settings().privacy_table))


def test_an_erasure_is_asked_for_once_and_read_as_it_was_written(store: PrivacyRepository) -> None:
    erasure, tasks, fact = request(PERSON, "erasure-1", "request", "fr", ("profiles", "matching"), NOW)
    store.begin(erasure, tasks, fact, NOW)
    with pytest.raises(AlreadyRequested):
        store.begin(erasure, tasks, fact, NOW)
    assert store.erasure(SUB) == erasure
    assert {task.context for task in store.tasks(SUB)} == {"profiles", "matching", ACCOUNT}
    assert list(store.due_tasks(NOW)) == []
    assert {context for _, context in store.due_tasks(NOW + timedelta(minutes=4))} == {"profiles", "matching", ACCOUNT}


def test_a_task_is_done_once_in_each_round_and_counts_add_up(store: PrivacyRepository) -> None:
    erasure, tasks, fact = request(PERSON, "erasure-1", "request", "fr", ("profiles",), NOW)
    store.begin(erasure, tasks, fact, NOW)
    [owed] = [task for task in tasks if task.context == "profiles"]
    done = owed.done(Erased(3, 1, (HELD,)), NOW)
    store.end_task(erasure, owed, done)
    with pytest.raises(TakenMeanwhile):
        store.end_task(erasure, owed, done)
    assert store.task(SUB, "profiles") == done
    account = store.task(SUB, ACCOUNT)
    assert account is not None
    after, erased = erasure.completed(1, NOW)
    store.complete(erasure, after, (account, account.done(Erased(1), NOW)), erased, NOW)
    kept = store.erasure(SUB)
    assert kept is not None
    assert (kept.email, kept.names, kept.state) == ("", (), "complete")
    assert list(store.due_tasks(NOW + timedelta(days=1))) == []
    assert list(store.due_erasures(NOW + timedelta(hours=1))) == [SUB]

    again = after.begun_again()
    store.begin_again(after, again, [task.again(2, NOW) for task in store.tasks(SUB)])
    with pytest.raises(TakenMeanwhile):
        store.begin_again(after, again, [])
    with pytest.raises(TakenMeanwhile):
        store.end_task(erasure, owed, done)
    second = store.task(SUB, "profiles")
    assert second is not None
    assert second.done(Erased(2, 0), NOW).removed == 5
    assert second.done(Erased(2, 0), NOW).held == (HELD,)
    assert list(store.due_erasures(NOW + timedelta(hours=1))) == []


def test_a_day_of_use_moves_what_is_due_and_nothing_moves_it_back(store: PrivacyRepository) -> None:
    first, later = date(2026, 11, 30), date(2026, 12, 2)
    for day in (later, first, later):
        store.touch(used_on(SUB, day))
    standing = store.standing(SUB)
    assert standing == Standing(SUB, later)
    assert standing is not None
    after, fact = standing.told(21)
    store.tell(standing, after, fact, NOW)
    with pytest.raises(TakenMeanwhile):
        store.tell(standing, after, fact, NOW)
    assert store.standing(SUB) == Standing(SUB, later, told_months=21)
    store.touch(used_on(SUB, date(2028, 9, 3)))
    assert store.standing(SUB) == Standing(SUB, date(2028, 9, 3))


def test_once_an_erasure_was_asked_for_no_use_is_noted(store: PrivacyRepository) -> None:
    store.touch(used_on(SUB, date(2026, 11, 30)))
    assert list(store.due_accounts(NOW + timedelta(days=900))) == [SUB]
    erasure, tasks, fact = request(PERSON, "erasure-1", "request", "fr", (), NOW)
    store.begin(erasure, tasks, fact, NOW)
    store.touch(used_on(SUB, date(2026, 12, 24)))
    assert store.standing(SUB) == Standing(SUB, None, erasure_id="erasure-1")
    assert list(store.due_accounts(NOW + timedelta(days=900))) == []


def test_an_export_is_found_again_until_it_is_dropped(store: PrivacyRepository) -> None:
    store.keep_export(SUB, "export-1", "exports/sub-1/export-1.json", NOW)
    [due] = store.due_exports(NOW)
    assert (due.sub, due.key) == (SUB, "exports/sub-1/export-1.json")
    assert store.exports(SUB) == [due]
    store.drop_export(due)
    store.drop_export(due)
    assert list(store.due_exports(NOW)) == []
