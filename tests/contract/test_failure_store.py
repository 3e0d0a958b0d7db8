"""What failures ask of their store, kept by the fake and by DynamoDB alike, beside handlers that go on parking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.failures.errors import TakenMeanwhile
from chalicelib.failures.models import LEASE, PATIENCE, Failure, Filter, asked, begun, dismissed, ended
from chalicelib.failures.repository import KEPT, FailureRepository
from chalicelib.failures.service import FailureStore
from chalicelib.platform import parking
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.ids import id_of
from tests.support.environment import aws
from tests.support.failure_fakes import RECORD, FakeFailureStore
from tests.support.tables import rows

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Fake(FakeFailureStore):
    pass


class Real(FailureRepository):
    """The repository, and the platform that parks into its table."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(Table("FailuresTable"))
        self._monkeypatch = monkeypatch

    def park(
        self,
        now: datetime,
        consumer: str = "plan_emails",
        reason: str = "not_json",
        event_id: str = "event-1",
        replayable: bool = True,
    ) -> str:
        self._monkeypatch.setattr(parking, "utc_now", lambda: now)
        parking.park(consumer=consumer, reason=reason, event_id=event_id, record=RECORD, replayable=replayable)
        return id_of(consumer, event_id)


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    if request.param == "fake":
        yield Fake()
        return
    with aws():
        yield Real(monkeypatch)


@pytest.fixture
def repository(aws: None, monkeypatch: pytest.MonkeyPatch) -> Real:
    return Real(monkeypatch)


def parked(store: Any, event_id: str = "event-1", now: datetime = NOW, **changes: Any) -> Failure:
    failure = store.failure(store.park(now, event_id=event_id, **changes))
    assert isinstance(failure, Failure)
    return failure


def changed(store: FailureStore, before: Failure, after: Failure) -> Failure:
    store.change(before, after, None, NOW)
    found = store.failure(after.failure_id)
    assert found is not None
    return found


def test_a_parked_record_is_a_failure_that_waits(store: Any) -> None:
    failure = parked(store)
    assert failure == Failure(
        failure_id=id_of("plan_emails", "event-1"),
        consumer="plan_emails",
        reason="not_json",
        event_id="event-1",
        status="parked",
        times_parked=1,
        first_parked_at=stamp(NOW),
        last_parked_at=stamp(NOW),
        updated_at=stamp(NOW),
        replayable=True,
        version=1,
    )
    assert store.record(failure.failure_id) == RECORD


def test_what_was_never_parked_is_not_there(store: Any) -> None:
    assert store.failure("01JDCNEVERWASTHEREATALL000") is None
    assert store.record("01JDCNEVERWASTHEREATALL000") is None
    assert store.in_status("parked", Filter(), 50, None) == ([], None)
    assert store.replayable(Filter(), 50) == []
    assert list(store.due(NOW + timedelta(days=1))) == []


def test_every_state_comes_back_as_it_was_written(store: Any) -> None:
    failure = parked(store)
    owed = asked(failure, "r1", "sub-salome", NOW)
    assert changed(store, failure, owed) == owed
    running = begun(owed, "r1", NOW)
    assert changed(store, owed, running) == running
    back = ended(running, "r1", "crashed", NOW)
    assert changed(store, running, back) == back
    over = dismissed(back, "sub-salome", "Sans suite.", NOW)
    assert changed(store, back, over) == over
    assert store.record(failure.failure_id) == RECORD


def test_a_failure_changes_from_what_was_read_only(store: Any) -> None:
    failure = parked(store)
    mine = asked(failure, "r1", "sub-salome", NOW)
    store.change(failure, mine, None, NOW)
    with pytest.raises(TakenMeanwhile):
        store.change(failure, asked(failure, "r2", "sub-basile", NOW), None, NOW)
    assert store.failure(failure.failure_id) == mine


def test_a_failure_that_is_not_there_cannot_be_changed(store: Any) -> None:
    failure = parked(store)
    from dataclasses import replace

    nobody = replace(failure, failure_id="01JDCNEVERWASTHEREATALL000")
    with pytest.raises(TakenMeanwhile):
        store.change(nobody, dismissed(nobody, "sub-salome", "Sans suite.", NOW), None, NOW)
    assert store.failure(nobody.failure_id) is None


def test_the_consumer_that_parks_again_is_never_overwritten_and_opens_what_was_settled(store: Any) -> None:
    failure = parked(store)
    owed = changed(store, failure, asked(failure, "r1", "sub-salome", NOW))
    again = parked(store, reason="unexpected_KeyError", now=NOW + timedelta(minutes=1))
    assert (again.status, again.reason, again.times_parked, again.due_at) == ("parked", "unexpected_KeyError", 2, None)
    assert again.replays == owed.replays
    assert (again.first_parked_at, again.last_parked_at) == (stamp(NOW), stamp(NOW + timedelta(minutes=1)))
    with pytest.raises(TakenMeanwhile):
        store.change(owed, begun(owed, "r1", NOW), None, NOW)
    over = changed(store, again, dismissed(again, "sub-salome", "Sans suite.", NOW))
    assert over.dismissal is not None
    assert parked(store).dismissal is None
    assert list(store.due(NOW + timedelta(days=1))) == []


def test_failures_in_a_status_come_page_by_page_newest_first(store: Any) -> None:
    for number in range(1, 6):
        parked(store, f"event-{number}", NOW + timedelta(minutes=number))
    gone = parked(store, "event-9")
    changed(store, gone, dismissed(gone, "sub-salome", "Sans suite.", NOW))
    seen: list[str] = []
    position = None
    for _ in range(3):
        failures, position = store.in_status("parked", Filter(), 2, position)
        seen += [failure.event_id for failure in failures]
    assert seen == [f"event-{number}" for number in (5, 4, 3, 2, 1)]
    assert position is None
    assert [one.event_id for one in store.in_status("dismissed", Filter(), 50, None)[0]] == ["event-9"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(consumer="send_emails"), [7, 4, 1]),
        (Filter(reason="not_json"), [6, 4, 2, 0]),
        (Filter(consumer="send_emails", reason="not_json"), [4]),
        (Filter(consumer="send_emails", reason="newer_schema"), []),
    ],
)
def test_a_filter_leaves_out_the_rest_over_several_pages(store: Any, wanted: Filter, expected: list[int]) -> None:
    for number in range(8):
        consumer = "send_emails" if number % 3 == 1 else "plan_emails"
        reason = "not_json" if number % 2 == 0 else "unexpected_KeyError"
        parked(store, f"event-{number}", NOW + timedelta(minutes=number), consumer=consumer, reason=reason)
    seen: list[int] = []
    position = None
    while True:
        failures, position = store.in_status("parked", wanted, 2, position)
        assert len(failures) <= 2
        seen += [int(failure.event_id.removeprefix("event-")) for failure in failures]
        if position is None:
            break
    assert seen == expected


def test_what_waits_to_be_replayed_comes_oldest_first_and_without_what_cannot_be(store: Any) -> None:
    for number in range(5):
        parked(store, f"event-{number}", NOW + timedelta(minutes=number), replayable=number != 1)
    assert [one.event_id for one in store.replayable(Filter(), 3)] == ["event-0", "event-2", "event-3"]
    before = Filter(consumer="plan_emails", parked_before=NOW + timedelta(minutes=3))
    assert [one.event_id for one in store.replayable(before, 50)] == ["event-0", "event-2"]
    assert store.replayable(Filter(consumer="send_emails"), 50) == []


def test_a_replay_is_due_until_it_is_over(store: Any) -> None:
    failure = parked(store)
    owed = changed(store, failure, asked(failure, "r1", "sub-salome", NOW))
    assert list(store.due(NOW + PATIENCE - timedelta(milliseconds=1))) == []
    assert list(store.due(NOW + PATIENCE)) == [failure.failure_id]
    running = changed(store, owed, begun(owed, "r1", NOW))
    assert list(store.due(NOW + LEASE)) == []
    assert list(store.due(NOW + LEASE + timedelta(seconds=1))) == [failure.failure_id]
    changed(store, running, ended(running, "r1", "succeeded", NOW))
    assert list(store.due(NOW + timedelta(days=30))) == []


def test_a_failure_is_forgotten_some_time_after_it_was_settled_and_never_while_it_waits(repository: Real) -> None:
    failure = parked(repository)
    assert "expires_at" not in rows("FailuresTable")[0]
    over = dismissed(failure, "sub-salome", "Sans suite.", NOW)
    repository.change(failure, over, None, NOW)
    assert rows("FailuresTable")[0]["expires_at"] == int((NOW + KEPT).timestamp())
    parked(repository)
    assert "expires_at" not in rows("FailuresTable")[0]


def test_an_item_has_no_attribute_without_a_value_so_that_indexes_hold_what_they_should(repository: Real) -> None:
    failure = parked(repository)
    owed = changed(repository, failure, asked(failure, "r1", "sub-salome", NOW))
    assert rows("FailuresTable")[0]["due_pk"] == "DUE#replay"
    running = changed(repository, owed, begun(owed, "r1", NOW))
    changed(repository, running, ended(running, "r1", "succeeded", NOW))
    [item] = rows("FailuresTable")
    assert None not in item.values()
    assert not {"due_pk", "due_at", "dismissal"} & set(item)
