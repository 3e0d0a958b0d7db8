"""What every store of moderation promises, on the one in memory and on DynamoDB's tables."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.moderation.errors import AlreadyDecided, TooManyReports
from chalicelib.moderation.events import EffectOverdue
from chalicelib.moderation.models import (
    ASKED_AGAIN_FOR,
    REPORTS_PER_HOUR,
    IdentityRequest,
    Measure,
    Report,
    Standing,
    Subject,
    Thing,
)
from chalicelib.moderation.repository import ModerationRepository
from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Table
from tests.support.moderation_fakes import NOW, FakeModerationStore, later
from tests.support.tables import rows

TABLE = "ModerationTable"
INES, CLAIRE, SALOME, BASILE = "sub-ines", "sub-claire", "admin-1", "admin-2"
COMPANY = Subject(kind="company", id="company-1")
ACCOUNT = Subject(kind="user", id=INES)


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        return FakeModerationStore()
    request.getfixturevalue("aws")
    return ModerationRepository(Table(TABLE))


def thing(number: int = 1, about: str = "brief") -> Thing:
    return Thing(about=about, id=f"thing-{number}", brief_id="brief-1", by="freelancer", subject=COMPANY)  # type: ignore[arg-type]


def filed(store: Any, number: int = 1, now: datetime = NOW, about: str = "brief") -> Report:
    report, fact = Report.file(INES, thing(number, about), "fraud", None, now)
    store.file(report, fact, now)
    return report


def suspended(store: Any, measure_id: str = "m-1", days: int | None = 3, now: datetime = NOW, **more: Any) -> Measure:
    until = now + timedelta(days=days) if days is not None else None
    made = Measure.suspend(measure_id, ACCOUNT, "misleading", "Vu.", None, until, None, SALOME, False, now)
    store.impose(*made, now)
    return made[0]


def returned(store: Any, measure_id: str = "m-1", number: int = 1, now: datetime = NOW) -> Measure:
    made = Measure.return_brief(
        measure_id, "brief-1", "company-1", number, "identity_told", "Vu.", None, SALOME, False, now
    )
    store.impose(*made, now)
    return made[0]


def saved(store: Any, before: Measure, made: Any, now: datetime = NOW) -> Measure:
    after, fact = made
    store.save_measure(before, after, fact, now)
    assert isinstance(after, Measure)
    return after


def test_a_report_is_filed_once_and_the_second_one_leaves_nothing(store: Any) -> None:
    report = filed(store)
    with pytest.raises(Conflict):
        filed(store, now=later(minutes=1))
    assert store.report(report.report_id) == report
    assert store.reports_by(INES) == [report]
    assert store.reports_by(CLAIRE) == []
    assert len(store.history("report", report.report_id)) == 1


def test_so_many_reports_in_an_hour_and_the_one_too_many_leaves_nothing(store: Any) -> None:
    for number in range(REPORTS_PER_HOUR):
        filed(store, number)
    with pytest.raises(TooManyReports):
        filed(store, REPORTS_PER_HOUR)
    assert len(store.reports_by(INES)) == REPORTS_PER_HOUR
    filed(store, REPORTS_PER_HOUR, later(hours=1))


def test_reports_wait_the_soonest_due_first_and_lie_decided_the_latest_first(store: Any) -> None:
    first, second = filed(store, 1), filed(store, 2, later(minutes=1), "profile")
    assert store.reports(False, {}, 10, None)[0] == [first, second]
    assert store.reports(False, {"about": "profile"}, 10, None)[0] == [second]
    page, position = store.reports(False, {}, 1, None)
    assert page == [first]
    assert store.reports(False, {}, 1, position)[0] == [second]
    for number, report in enumerate((first, second)):
        moment = later(hours=1, minutes=number)
        after, fact = report.decide(SALOME, False, "no_breach", "Rien.", None, moment)
        store.save_report(after, fact, moment)
        with pytest.raises(Conflict):
            store.save_report(after, fact, moment)
    assert store.reports(False, {}, 10, None)[0] == []
    assert [one.report_id for one in store.reports(True, {}, 10, None)[0]] == [second.report_id, first.report_id]


def test_there_is_one_open_decision_about_an_account_until_it_is_over(store: Any) -> None:
    measure = suspended(store)
    with pytest.raises(AlreadyDecided):
        suspended(store, "m-2")
    with pytest.raises(Conflict):
        suspended(store, "m-1")
    assert store.measure("m-2") is None
    assert store.standing("user", INES) == Standing.of(measure)
    lifted = saved(store, measure, measure.lift(SALOME, False, later(hours=2)), later(hours=2))
    assert store.standing("user", INES).ended_at == lifted.ended_at
    again = suspended(store, "m-2", now=later(days=40))
    assert store.measures_of(ACCOUNT) == [again, lifted]


def test_a_later_publication_of_a_brief_may_be_returned_and_an_earlier_decision_keeps_out_of_its_place(
    store: Any,
) -> None:
    first = returned(store)
    with pytest.raises(AlreadyDecided):
        returned(store, "m-2", 1)
    second = returned(store, "m-3", 2, later(hours=1))
    lifted = saved(store, first, first.lift(BASILE, False, later(hours=2)), later(hours=2))
    assert store.measure("m-1") == lifted
    assert store.standing("brief", "brief-1") == Standing.of(second)
    assert [one.measure_id for one in store.measures_of(COMPANY)] == ["m-3", "m-1"]


def test_who_changes_what_somebody_else_has_changed_is_told(store: Any) -> None:
    measure = suspended(store)
    saved(store, measure, measure.answer(INES, "Non.", NOW))
    with pytest.raises(Conflict):
        saved(store, measure, measure.lift(SALOME, False, NOW))
    assert store.measure("m-1").state == "in_force"


def test_what_is_only_proposed_is_nobodys_to_read_and_brings_nothing_about(store: Any) -> None:
    measure = suspended(store, days=None)
    assert store.measures_of(ACCOUNT) == []
    assert list(store.due_effects(later(hours=1))) == []
    assert list(store.due_measures(later(days=8))) == ["m-1"]
    confirmed = saved(store, measure, measure.confirm(BASILE, False, NOW))
    assert store.measures_of(ACCOUNT) == [confirmed]
    assert list(store.due_effects(later(minutes=3))) == ["m-1"]
    assert list(store.due_measures(later(days=4000))) == []


def test_what_follows_is_looked_for_until_it_was_seen(store: Any) -> None:
    measure = suspended(store)
    assert list(store.due_effects(later(minutes=1))) == []
    assert store.effect_owed_since("m-1") == NOW
    fact = EffectOverdue(measure_id="m-1", kind="user", subject_id=INES)
    store.ask_again(measure, NOW, fact, later(minutes=3))
    assert list(store.due_effects(later(minutes=4))) == []
    assert list(store.due_effects(later(minutes=5))) == ["m-1"]
    assert store.effect_owed_since("m-1") == NOW
    store.followed("m-1")
    store.followed("m-1")
    assert list(store.due_effects(later(days=1))) == []
    saved(store, measure, measure.lift(SALOME, False, later(days=1)), later(days=1))
    assert list(store.due_effects(later(days=2))) == ["m-1"]


def test_decisions_are_listed_by_when_there_is_something_to_do(store: Any) -> None:
    measure = suspended(store)
    other = returned(store, "m-2")
    assert [one.measure_id for one in store.measures(False, {}, 10, None)[0]] == ["m-1", "m-2"]
    assert store.measures(False, {"kind": "brief"}, 10, None)[0] == [other]
    contested = saved(store, other, other.contest(CLAIRE, "Non.", later(hours=1)), later(hours=1))
    assert store.measures(False, {"state": "appealed"}, 10, None)[0] == [contested]
    assert [one.measure_id for one in store.measures(False, {}, 10, None)[0]] == ["m-2", "m-1"]
    lifted = saved(store, measure, measure.lift(SALOME, False, later(hours=2)), later(hours=2))
    assert store.measures(True, {}, 10, None)[0] == [lifted]


def test_several_standings_are_read_at_once(store: Any) -> None:
    measure = suspended(store)
    assert store.standings([ACCOUNT, COMPANY]) == [Standing.of(measure)]
    assert store.standings([COMPANY]) == []


def test_a_request_to_know_who_is_behind_a_brief_goes_from_one_to_another(store: Any) -> None:
    asked, fact = IdentityRequest.ask("r-1", "brief-1", "Tribunal", "L5332-2", "12", SALOME, False, NOW)
    store.ask_identity(asked, fact, NOW)
    with pytest.raises(Conflict):
        store.ask_identity(asked, fact, NOW)
    assert list(store.due_identities(later(days=6))) == []
    assert list(store.due_identities(later(days=8))) == ["r-1"]
    granted, fact = asked.grant(BASILE, False, NOW)
    store.save_identity(granted, fact, NOW)
    with pytest.raises(Conflict):
        store.save_identity(granted, fact, NOW)
    store.note_shown(granted, granted.show(BASILE, NOW), NOW)
    assert store.identity_request("r-1") == granted
    assert store.identity_requests(10, None)[0] == [granted]
    assert list(store.due_identities(later(days=8))) == []
    assert [one["event_type"].rpartition("_")[2] for one in store.history("identity", "r-1")] == [
        "asked",
        "granted",
        "shown",
    ]


@pytest.fixture
def repository(aws: None) -> ModerationRepository:
    return ModerationRepository(Table(TABLE))


def test_what_is_over_goes_five_years_later_and_what_is_not_stays(repository: ModerationRepository) -> None:
    measure = suspended(repository)
    assert [one["sk"] for one in rows(TABLE) if "expires_at" in one] == ["EFFECT"]
    saved(repository, measure, measure.lift(SALOME, False, later(hours=2)), later(hours=2))
    gone = {one["sk"]: one["expires_at"] for one in rows(TABLE) if "expires_at" in one and one["sk"] != "EFFECT"}
    assert set(gone) == {"MEASURE", "STANDING", "MEASURE#m-1"}
    assert set(gone.values()) == {int(later(hours=2, days=5 * 365).timestamp())}
    assert timedelta(days=1) == ASKED_AGAIN_FOR
