"""Replays as administrators ask for them, and what comes back."""

from __future__ import annotations

from datetime import datetime

import pytest

from chalicelib.failures import service as failure_service
from chalicelib.failures.errors import AlreadySettled, NotReplayable, ReplayUnderWay, TakenMeanwhile
from chalicelib.failures.models import LEASE, Failure, Filter
from chalicelib.platform.errors import Conflict, Invalid, NotFound, Retryable
from chalicelib.vocabulary.facts import Fact
from tests.support.failure_fakes import BASILE, RECORD, SALOME, Desk

UNKNOWN = "01JDCNEVERWASTHEREATALL000"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_mended_failure_is_replayed_with_the_record_as_it_came(desk: Desk) -> None:
    failure_id = desk.park()
    assert desk.ask(SALOME, failure_id).status == "replaying"
    desk.work_off()
    assert desk.failure(failure_id).status == "replayed"
    assert desk.consumers.given == [RECORD]


def test_a_failure_whose_cause_stands_is_parked_again_with_its_new_reason(desk: Desk) -> None:
    failure_id = desk.park()
    desk.consumers.mood = "broken"
    desk.ask(SALOME, failure_id)
    desk.work_off()
    failure = desk.failure(failure_id)
    assert (failure.status, failure.reason, failure.times_parked) == ("parked", "unexpected_KeyError", 2)
    assert [one.outcome for one in failure.replays] == ["parked_again"]
    desk.consumers.mood = "mended"
    desk.ask(BASILE, failure_id)
    desk.work_off()
    assert [one.outcome for one in desk.failure(failure_id).replays] == ["parked_again", "succeeded"]


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        ("out", "replay_handed_back"),
        ("crashes", "replay_crashed"),
        ("silent", "replay_unanswered"),
        ("closed", "replay_refused"),
    ],
)
def test_a_replay_that_meets_an_outage_leaves_the_failure_parked_and_is_not_tried_again_by_itself(
    mood: str, reason: str, desk: Desk
) -> None:
    failure_id = desk.park()
    desk.consumers.mood = mood  # type: ignore[assignment]
    desk.ask(SALOME, failure_id)
    desk.work_off()
    ran = len(desk.consumers.ran)
    desk.pass_time(60)
    failure = desk.failure(failure_id)
    assert (failure.status, failure.reason) == ("parked", reason)
    assert len(desk.consumers.ran) == ran <= 1


def test_a_second_click_is_refused_and_a_message_that_comes_three_times_runs_once(desk: Desk) -> None:
    failure_id = desk.park()
    desk.ask(SALOME, failure_id)
    with pytest.raises(ReplayUnderWay):
        desk.ask(BASILE, failure_id)
    [message] = desk.replays.waiting
    for _ in range(3):
        desk.run(message)
    assert len(desk.consumers.ran) == 1
    with pytest.raises(AlreadySettled):
        desk.ask(SALOME, failure_id)


def test_a_request_that_is_sent_again_is_the_same_request(desk: Desk) -> None:
    failure_id = desk.park()
    first = desk.service.ask(SALOME, failure_id, "request-1")
    assert desk.service.ask(SALOME, failure_id, "request-1") == first
    desk.work_off()
    assert desk.service.ask(SALOME, failure_id, "request-1").status == "replayed"
    assert desk.consumers.ran == ["request-1"]


def test_everything_at_once_is_nobodys_wish(desk: Desk) -> None:
    desk.park()
    with pytest.raises(Invalid) as refused:
        desk.service.ask_all(SALOME, Filter())
    assert {field.pointer for field in refused.value.fields} == {"/consumer", "/reason", "/parked_before"}
    assert desk.replays.waiting == []


def test_an_administrator_who_was_overtaken_between_reading_and_writing_is_told_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    failure_id = desk.park()

    def overtaken(before: Failure, after: Failure, fact: Fact | None, now: datetime) -> None:
        raise TakenMeanwhile

    monkeypatch.setattr(desk.store, "change", overtaken)
    with pytest.raises(Conflict):
        desk.ask(SALOME, failure_id)
    with pytest.raises(Conflict):
        desk.service.dismiss(SALOME, failure_id, "Sans suite.")
    assert desk.replays.waiting == []


def test_what_was_asked_for_while_the_queue_was_out_is_put_there_by_the_sweeper(desk: Desk) -> None:
    failure_id = desk.park()
    desk.replays.out = True
    assert desk.ask(SALOME, failure_id).status == "replaying"
    desk.sweep()
    assert desk.replays.waiting == []
    desk.later(minutes=5)
    with pytest.raises(Retryable):
        desk.sweep()
    desk.replays.out = False
    desk.sweep()
    desk.work_off()
    assert desk.failure(failure_id).status == "replayed"
    assert len(desk.consumers.ran) == 1


def test_a_replay_cut_short_is_not_run_again_until_an_administrator_asks(desk: Desk) -> None:
    failure_id = desk.park()
    desk.ask(SALOME, failure_id)
    [message] = desk.replays.waiting
    from chalicelib.failures.models import begun

    read = desk.failure(failure_id)
    desk.store.change(read, begun(read, message[1], desk.now), None, desk.now)  # and the process is gone
    desk.work_off()
    desk.later(seconds=LEASE.total_seconds() + 2)
    assert desk.failure(failure_id).interrupted(desk.now)
    desk.run(message)
    desk.sweep()
    assert desk.consumers.ran == []
    assert (desk.failure(failure_id).status, desk.failure(failure_id).reason) == ("parked", "replay_interrupted")
    desk.ask(BASILE, failure_id)
    desk.work_off()
    assert desk.failure(failure_id).status == "replayed"


def test_many_are_asked_for_at_once_oldest_first_and_the_answer_says_whether_more_are_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failure_service, "AT_ONCE", 3)
    ids = []
    for number in range(5):
        ids.append(desk.park(f"event-{number}"))
        desk.later(seconds=1)
    desk.park("event-9", consumer="send_emails")
    asked = desk.service.ask_all(SALOME, Filter(consumer="plan_emails"))
    assert (asked.count, asked.more) == (3, True)
    assert [failure_id for failure_id, _ in desk.replays.waiting] == ids[:3]
    asked = desk.service.ask_all(SALOME, Filter(consumer="plan_emails"))
    assert (asked.count, asked.more) == (2, False)
    assert desk.service.ask_all(BASILE, Filter(consumer="plan_emails")).count == 0
    desk.work_off()
    assert len(desk.consumers.ran) == 5
    assert len(desk.store.in_status("parked", Filter(), 50, None)[0]) == 1


def test_only_those_parked_before_the_cause_was_mended_are_asked_for(desk: Desk) -> None:
    old = desk.park("event-1")
    desk.later(minutes=1)
    mended = desk.now
    desk.park("event-2")
    assert desk.service.ask_all(SALOME, Filter(parked_before=mended)).count == 1
    assert [failure_id for failure_id, _ in desk.replays.waiting] == [old]


def test_what_cannot_be_replayed_does_not_stand_in_the_way_of_what_can(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failure_service, "AT_ONCE", 1)
    large = desk.park("event-1", replayable=False)
    desk.later(seconds=1)
    desk.park("event-2")
    asked = desk.service.ask_all(SALOME, Filter(reason="not_json"))
    assert (asked.count, asked.more) == (1, False)
    with pytest.raises(NotReplayable):
        desk.ask(SALOME, large)


def test_a_dismissed_failure_waits_for_nobody_and_is_open_again_when_its_record_fails_again(desk: Desk) -> None:
    failure_id = desk.park()
    dismissed = desk.service.dismiss(SALOME, failure_id, "Doublon connu.")
    assert dismissed.dismissal is not None
    assert (dismissed.dismissal.by, dismissed.dismissal.reason) == ("sub-salome", "Doublon connu.")
    assert desk.service.ask_all(SALOME, Filter(consumer="plan_emails")).count == 0
    desk.later(days=1)
    desk.park()
    assert (desk.failure(failure_id).status, desk.failure(failure_id).dismissal) == ("parked", None)


def test_a_failure_that_does_not_exist_is_not_found(desk: Desk) -> None:
    for act in (
        lambda: desk.service.failure(UNKNOWN),
        lambda: desk.service.with_record(UNKNOWN),
        lambda: desk.ask(SALOME, UNKNOWN),
        lambda: desk.service.dismiss(SALOME, UNKNOWN, "Sans suite."),
    ):
        with pytest.raises(NotFound):
            act()
    desk.service.replay(UNKNOWN, UNKNOWN)
    desk.service.settle(UNKNOWN)
    assert desk.consumers.ran == []


def test_a_sweep_leaves_alone_what_is_still_running(desk: Desk) -> None:
    failure_id = desk.park()
    desk.ask(SALOME, failure_id)
    desk.later(minutes=5)
    desk.work_off()
    before = desk.failure(failure_id)
    desk.service.settle(failure_id)
    assert desk.failure(failure_id) == before
