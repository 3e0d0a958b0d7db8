"""What may become of a failure, and what may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.failures.errors import AlreadySettled, NotAsked, NotReplayable, ReplayUnderWay
from chalicelib.failures.models import (
    LEASE,
    PATIENCE,
    REMEMBERED,
    Failure,
    Outcome,
    asked,
    begun,
    dismissed,
    ended,
    settled,
)
from chalicelib.vocabulary.clock import stamp

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=1)
LATER = NOW + LEASE + timedelta(minutes=1)

PARKED = Failure(
    failure_id="f",
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
ASKED = asked(PARKED, "r1", "sub-salome", NOW)
BEGUN = begun(ASKED, "r1", SOON)
REPLAYED = ended(BEGUN, "r1", "succeeded", SOON)
DISMISSED = dismissed(PARKED, "sub-salome", "Doublon connu.", NOW)


def parked_again(failure: Failure, now: datetime) -> Failure:
    """As the consumer leaves it (`platform/parking.py`)."""
    return replace(
        failure,
        status="parked",
        reason="unexpected_KeyError",
        times_parked=failure.times_parked + 1,
        updated_at=stamp(now),
        due_at=None,
        dismissal=None,
        version=failure.version + 1,
    )


def test_a_replay_that_is_asked_for_is_owed_and_says_who_asked() -> None:
    [replay] = ASKED.replays
    assert (ASKED.status, ASKED.due_at, ASKED.version) == ("replaying", stamp(NOW + PATIENCE), 2)
    assert (replay.request_id, replay.requested_by, replay.outcome) == ("r1", "sub-salome", None)
    assert ASKED.waits_to_begin


def test_a_replay_that_begins_is_looked_at_again_when_it_must_be_over() -> None:
    assert BEGUN.status == "replaying"
    assert not BEGUN.waits_to_begin
    assert BEGUN.due_at is not None and BEGUN.due_at > stamp(SOON + LEASE)
    assert not BEGUN.interrupted(SOON + LEASE)
    assert BEGUN.interrupted(LATER)


def test_a_replay_that_succeeds_settles_the_failure() -> None:
    assert (REPLAYED.status, REPLAYED.due_at, REPLAYED.replays[-1].outcome) == ("replayed", None, "succeeded")
    assert REPLAYED.reason == "not_json"


@pytest.mark.parametrize("outcome", ["handed_back", "refused", "crashed", "unanswered", "interrupted"])
def test_a_replay_that_does_not_succeed_leaves_the_failure_to_somebody_with_its_reason(outcome: Outcome) -> None:
    after = ended(BEGUN, "r1", outcome, SOON)
    assert (after.status, after.reason, after.due_at) == ("parked", f"replay_{outcome}", None)
    assert after.replays[-1].outcome == outcome


def test_a_failure_that_was_parked_while_it_was_replayed_stays_parked_whatever_the_consumer_said() -> None:
    after = ended(parked_again(BEGUN, SOON), "r1", "succeeded", SOON)
    assert (after.status, after.reason, after.replays[-1].outcome) == ("parked", "unexpected_KeyError", "parked_again")


def test_a_replay_that_ends_after_another_was_asked_for_takes_nothing_from_it() -> None:
    second = asked(parked_again(BEGUN, SOON), "r2", "sub-basile", SOON)
    after = ended(second, "r1", "succeeded", SOON)
    assert (after.status, after.due_at) == ("replaying", second.due_at)
    assert [one.outcome for one in after.replays] == ["parked_again", None]


def test_a_replay_begins_once() -> None:
    with pytest.raises(NotAsked):
        begun(BEGUN, "r1", SOON)
    with pytest.raises(NotAsked):
        begun(ASKED, "r0", SOON)


@pytest.mark.parametrize("failure", [PARKED, REPLAYED, DISMISSED, parked_again(ASKED, SOON)])
def test_a_replay_of_a_failure_that_has_moved_on_does_not_begin(failure: Failure) -> None:
    with pytest.raises(NotAsked):
        begun(failure, "r1", SOON)


def test_a_replay_ends_once() -> None:
    with pytest.raises(NotAsked):
        ended(REPLAYED, "r1", "crashed", SOON)
    with pytest.raises(NotAsked):
        ended(PARKED, "r1", "succeeded", SOON)


@pytest.mark.parametrize("failure", [ASKED, BEGUN])
def test_what_is_under_way_is_neither_asked_for_again_nor_dismissed(failure: Failure) -> None:
    with pytest.raises(ReplayUnderWay):
        asked(failure, "r2", "sub-basile", SOON)
    with pytest.raises(ReplayUnderWay):
        dismissed(failure, "sub-basile", "Sans suite.", SOON)


@pytest.mark.parametrize("failure", [REPLAYED, DISMISSED])
def test_what_is_settled_is_settled(failure: Failure) -> None:
    with pytest.raises(AlreadySettled):
        asked(failure, "r2", "sub-basile", SOON)
    with pytest.raises(AlreadySettled):
        dismissed(failure, "sub-basile", "Sans suite.", SOON)


def test_what_cannot_be_replayed_can_be_dismissed() -> None:
    failure = replace(PARKED, replayable=False)
    with pytest.raises(NotReplayable):
        asked(failure, "r1", "sub-salome", NOW)
    assert dismissed(failure, "sub-salome", "Relu à la source.", NOW).status == "dismissed"


def test_an_interrupted_replay_is_counted_as_over_only_once_it_cannot_be_running() -> None:
    with pytest.raises(NotAsked):
        settled(BEGUN, SOON + LEASE)
    with pytest.raises(NotAsked):
        settled(ASKED, LATER)
    after = settled(BEGUN, LATER)
    assert (after.status, after.reason) == ("parked", "replay_interrupted")
    assert [one.outcome for one in after.replays] == ["interrupted"]


def test_an_interrupted_replay_is_asked_for_again_or_dismissed_without_waiting_for_the_clockwork() -> None:
    again = asked(BEGUN, "r2", "sub-basile", LATER)
    assert [one.outcome for one in again.replays] == ["interrupted", None]
    assert begun(again, "r2", LATER).replays[-1].begun_at == stamp(LATER)
    assert dismissed(BEGUN, "sub-basile", "Sans suite.", LATER).status == "dismissed"


def test_a_replay_that_nobody_took_up_is_never_interrupted() -> None:
    assert not ASKED.interrupted(NOW + timedelta(days=3))


def test_a_failure_remembers_its_last_replays() -> None:
    failure = PARKED
    for number in range(REMEMBERED + 5):
        failure = ended(begun(asked(failure, f"r{number}", "s", NOW), f"r{number}", NOW), f"r{number}", "crashed", NOW)
    assert [one.request_id for one in failure.replays] == [f"r{number}" for number in range(5, REMEMBERED + 5)]


def test_every_change_has_a_version_of_its_own() -> None:
    versions = [one.version for one in (PARKED, ASKED, BEGUN, REPLAYED)]
    assert versions == [1, 2, 3, 4]
