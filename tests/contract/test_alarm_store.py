"""What every store of alarms promises, on the one in memory and on DynamoDB's tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Table
from chalicelib.verification.alarm_repository import AlarmRepository
from chalicelib.verification.alarms import DECIDE_WITHIN, DRAFT_LASTS, REPLY_WITHIN, Alarm, Document
from chalicelib.verification.repository import VerificationRepository
from chalicelib.verification.subjects import Subject
from tests.support.environment import aws
from tests.support.tables import rows
from tests.support.verification_fakes import NOW, FakeAlarmStore

TABLE = "VerificationTable"
DOCUMENT = Document(evidence_id="file-1", sha256="ab" * 32)
SALOME, BASILE, ROKIA = "admin-1", "admin-2", "admin-3"
SAID = "Nous avons comparé ce contrat à l’original."
WHY = "Votre réponse ne dit rien de la date."


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield FakeAlarmStore()
        return
    with aws():
        yield AlarmRepository(Table(TABLE))


@pytest.fixture
def repository() -> Iterator[AlarmRepository]:
    with aws():
        yield AlarmRepository(Table(TABLE))


def prepared(store: Any, alarm_id: str = "alarm-1", subject: Subject | None = None) -> Alarm:
    about = subject or Subject("profile", "profile-1")
    made = Alarm.prepare(alarm_id, about, "forged_credit_or_identity", "own_finding", None, SALOME, (), NOW)
    store.create(*made, NOW)
    return made[0]


def raised(store: Any, alarm_id: str = "alarm-1") -> Alarm:
    alarm = prepared(store, alarm_id)
    return saved(store, alarm, alarm.raise_(SALOME, SAID, (DOCUMENT,), NOW))


def in_force(store: Any, alarm_id: str = "alarm-1") -> Alarm:
    alarm = raised(store, alarm_id)
    alarm = saved(store, alarm, alarm.answer("freelancer-1", "Je conteste.", NOW))
    return saved(store, alarm, alarm.put_in_force(BASILE, WHY, (), NOW))


def saved(store: Any, before: Alarm, made: Any) -> Alarm:
    after, fact = made
    store.save(before, after, fact, NOW)
    assert isinstance(after, Alarm)
    return after


def happened(store: Any, alarm_id: str) -> list[str]:
    return [item["event_type"].removeprefix("verification.alarm_") for item in store.history(alarm_id)]


def test_an_alarm_comes_back_as_it_was_kept_with_what_happened(store: Any) -> None:
    alarm = in_force(store)
    alarm = saved(store, alarm, alarm.contest("Ce contrat est le mien.", NOW))
    assert store.alarm("alarm-1") == alarm
    assert happened(store, "alarm-1") == ["prepared", "raised", "answered", "confirmed", "appealed"]
    assert store.alarm("another") is None
    assert store.history("another") == []


def test_an_id_is_one_alarm(store: Any) -> None:
    alarm = prepared(store)
    with pytest.raises(Conflict):
        prepared(store, subject=Subject("company", "company-1"))
    assert store.alarm("alarm-1") == alarm
    assert store.about(Subject("company", "company-1")) == []


def test_a_change_of_what_somebody_else_changed_is_refused_whole(store: Any) -> None:
    alarm = raised(store)
    answered = saved(store, alarm, alarm.answer("freelancer-1", "Je conteste.", NOW))
    with pytest.raises(Conflict):
        saved(store, alarm, alarm.withdraw(SALOME, NOW))
    assert store.alarm("alarm-1") == answered
    assert happened(store, "alarm-1") == ["prepared", "raised", "answered"]


def test_those_about_a_subject_are_exactly_theirs(store: Any) -> None:
    first, second = raised(store, "alarm-1"), prepared(store, "alarm-2")
    prepared(store, "alarm-3", Subject("company", "profile-1"))
    assert store.about(Subject("profile", "profile-1")) == [first, second]
    assert store.about(Subject("profile", "profile-2")) == []


def test_what_runs_out_is_found_when_it_does_and_not_after(store: Any) -> None:
    second = timedelta(seconds=1)
    prepared(store, "alarm-1")
    raised(store, "alarm-2")
    assert list(store.due(NOW + DRAFT_LASTS - second)) == []
    assert list(store.due(NOW + DRAFT_LASTS)) == ["alarm-1"]
    assert sorted(store.due(NOW + DECIDE_WITHIN)) == ["alarm-1", "alarm-2"]
    for alarm_id in ("alarm-1", "alarm-2"):
        alarm = store.alarm(alarm_id)
        saved(store, alarm, alarm.lapse(NOW + DECIDE_WITHIN))
    assert list(store.due(NOW + 10 * DECIDE_WITHIN)) == []


def test_what_is_over_stays_listed_the_latest_ended_first(store: Any) -> None:
    ended = []
    for number in (1, 2, 3):
        alarm = raised(store, f"alarm-{number}")
        ended.append(saved(store, alarm, alarm.withdraw(SALOME, NOW + timedelta(minutes=number))))
    raised(store, "alarm-4")
    assert store.over({}, 10, None)[0] == ended[::-1]
    first, position = store.over({}, 2, None)
    assert first + store.over({}, 2, position)[0] == ended[::-1]
    assert store.over({"state": "lifted"}, 10, None)[0] == []


def test_administrators_see_what_is_not_over_the_soonest_first(store: Any) -> None:
    waits, counts = raised(store, "alarm-1"), in_force(store, "alarm-2")
    answered = raised(store, "alarm-3")
    answered = saved(store, answered, answered.answer("freelancer-1", "Je conteste.", NOW))
    over = raised(store, "alarm-4")
    saved(store, over, over.withdraw(SALOME, NOW))
    assert store.open({}, 10, None)[0] == [answered, waits, counts]
    first, position = store.open({}, 2, None)
    assert first + store.open({}, 2, position)[0] == [answered, waits, counts]
    assert store.open({"state": "raised"}, 10, None)[0] == [waits]
    assert store.open({"kind": "company"}, 10, None)[0] == []
    assert store.open({}, 10, None, NOW)[0] == [answered]
    assert store.open({}, 10, None, NOW + REPLY_WITHIN)[0] == [answered, waits]
    assert [one.alarm_id for one in store.over({}, 10, None)[0]] == ["alarm-4"]
    assert waits.look_at > answered.look_at
    assert waits.reply_until is not None
    assert waits.may_be_decided(NOW + REPLY_WITHIN)


def test_the_step_reads_those_in_force_and_no_other(repository: AlarmRepository) -> None:
    cases, about = VerificationRepository(Table(TABLE)), Subject("profile", "profile-1")
    raised(repository, "alarm-2")
    assert cases.alarms(about, NOW) == []
    alarm = in_force(repository)
    assert cases.alarms(about, NOW) == ["alarm-1"]
    assert cases.alarms(about, NOW - timedelta(seconds=1)) == []
    assert cases.alarms(about, NOW + timedelta(days=729)) == ["alarm-1"]
    assert cases.alarms(about, NOW + timedelta(days=731)) == []
    assert cases.open_case_of(about) is None
    saved(repository, alarm, alarm.lift(ROKIA, (), NOW))
    assert cases.alarms(about, NOW) == []


def test_what_happened_carries_neither_words_nor_reason(repository: AlarmRepository) -> None:
    alarm = in_force(repository)
    saved(repository, alarm, alarm.contest("Ce contrat est le mien.", NOW))
    told = [str(row) for row in rows(TABLE) if str(row["sk"]).startswith("EVENT#")]
    assert len(told) == 5
    for text in told:
        assert not any(word in text for word in ("Je conteste", SAID, WHY, "Ce contrat", "forged", "freelancer-1"))
