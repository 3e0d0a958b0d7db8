"""What every store of cases promises, on the one in memory and on DynamoDB's tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Put, Table
from chalicelib.verification.errors import CaseAlreadyOpen, StepSettledMeanwhile
from chalicelib.verification.events import ChecksRenewed
from chalicelib.verification.facts_of_credit import (
    LASTS,
    LASTS_IN_SOURCES,
    RECHECK_BEFORE,
    Shown,
    establish,
    take_away,
)
from chalicelib.verification.junior_path import JuniorPath
from chalicelib.verification.models import PATIENCE, Case, CreditVerdict, Step, Verdict
from chalicelib.verification.planner import plan
from chalicelib.verification.repository import VerificationRepository
from chalicelib.verification.subjects import LEVELS, Subject
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.ids import new_id
from tests.support.environment import aws
from tests.support.tables import rows
from tests.support.verification_fakes import NOW, FakeCaseStore, contact, profile_claim

TABLE = "VerificationTable"
GRANTED = Verdict(
    outcome="verified", ground="junior_path_confirmed", text="Votre parcours est confirmé.", junior_path=True
)


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield FakeCaseStore()
        return
    with aws():
        yield VerificationRepository(Table(TABLE))


@pytest.fixture
def repository() -> Iterator[VerificationRepository]:
    with aws():
        yield VerificationRepository(Table(TABLE))


def opened(store: Any, number: int = 1, case_id: str = "") -> Case:
    case, fact = Case.open(case_id or new_id(NOW), Subject("profile", f"profile-{number}"), contact(number), NOW)
    store.create(case, fact, NOW)
    return case


def submitted(store: Any, number: int = 1) -> Case:
    case = opened(store, number)
    after, fact = case.submit(NOW)
    store.save(case, after, [fact], NOW)
    return after


def planned(store: Any, number: int = 1, credits: int = 2) -> Case:
    case, claim = submitted(store, number), profile_claim(number, credits)
    steps = plan(case, claim, NOW)
    after, fact = case.plan(tuple(one.credit_id for one in claim.credits), len(steps), False, NOW)
    store.save(case, after, [fact], NOW, planned=steps)
    return after


def ready(store: Any, number: int = 1) -> Case:
    case = planned(store, number)
    after, fact = case.make_ready("normal", NOW)
    store.save(case, after, [fact], NOW)
    return after


def decided(store: Any, number: int = 1, minutes: int = 0) -> Case:
    case, now = ready(store, number), NOW + timedelta(minutes=minutes)
    taken = case.claim("admin-1", (), "token", now)
    assert taken is not None
    store.save(case, taken[0], [taken[1]], now)
    after, fact = taken[0].decide("admin-1", "token", GRANTED, now)
    store.save(taken[0], after, [fact], now)
    return after


def background(case_id: str) -> JuniorPath:
    return JuniorPath(
        source="review",
        checked_at=stamp(NOW),
        expires_at=stamp(NOW + LASTS),
        reviewer="admin-1",
        case_id=case_id,
        kinds=("diploma", "referee"),
    )


def happened(store: Any, case_id: str) -> list[str]:
    return [item["event_type"] for item in store.history(case_id)]


def test_a_case_comes_back_as_it_was_kept_with_what_happened(store: Any) -> None:
    case = submitted(store)
    assert store.case(case.case_id) == case
    assert store.open_case_of(case.subject) == case.case_id
    assert happened(store, case.case_id) == ["verification.opened", "verification.submitted"]
    assert store.case(new_id(NOW)) is None
    assert store.open_case_of(Subject("profile", "somebody else")) is None


def test_a_subject_has_one_open_case(store: Any) -> None:
    opened(store)
    with pytest.raises(CaseAlreadyOpen):
        opened(store)
    opened(store, number=2)


def test_an_id_is_one_case(store: Any) -> None:
    case = opened(store)
    with pytest.raises(Conflict):
        opened(store, number=2, case_id=case.case_id)
    assert store.case(case.case_id).subject_id == "profile-1"


def test_a_credit_may_be_checked_while_its_profile_is(store: Any) -> None:
    opened(store)
    one, fact = Case.open(new_id(NOW), Subject.credit("profile-1", "credit-1"), contact(), NOW)
    store.create(one, fact, NOW)
    assert store.open_case_of(one.subject) == one.case_id


def test_a_change_of_what_somebody_else_changed_is_refused_whole(store: Any) -> None:
    case = opened(store)
    after, fact = case.submit(NOW)
    store.save(case, after, [fact], NOW)
    gone, withdrawn = case.withdraw(NOW)
    with pytest.raises(Conflict):
        store.save(case, gone, [withdrawn], NOW)
    assert store.case(case.case_id) == after
    assert happened(store, case.case_id) == ["verification.opened", "verification.submitted"]


def test_a_decided_case_leaves_its_subject_free_and_takes_it_back_when_contested(store: Any) -> None:
    case = decided(store)
    assert store.open_case_of(case.subject) is None
    contested, fact = case.contest("Voici mon contrat.", NOW)
    store.save(case, contested, [fact], NOW)
    assert store.open_case_of(case.subject) == case.case_id


def test_a_decision_is_not_contested_while_another_case_is_open(store: Any) -> None:
    case = decided(store)
    opened(store)
    contested, fact = case.contest("Voici mon contrat.", NOW)
    with pytest.raises(CaseAlreadyOpen):
        store.save(case, contested, [fact], NOW)
    assert store.case(case.case_id) == case


def test_steps_come_with_the_plan_and_one_by_one(store: Any) -> None:
    case = planned(store)
    steps = store.steps(case.case_id)
    assert sorted(step.name for step in steps) == [
        "alarms",
        "attestation",
        "credit#credit-1-1",
        "credit#credit-1-2",
        "evidence",
        "experience",
        "identity",
        "recommendation",
    ]
    assert store.step(case.case_id, "alarms") == next(step for step in steps if step.name == "alarms")
    assert store.step(case.case_id, "nothing") is None
    assert store.steps(new_id(NOW)) == []


def test_a_plan_of_ninety_credits_fits_one_transaction(store: Any) -> None:
    case = planned(store, credits=90)
    assert len(store.steps(case.case_id)) == 96


def test_a_plan_is_made_once(store: Any) -> None:
    case = submitted(store)
    steps = plan(case, profile_claim(), NOW)
    after, fact = case.plan((), len(steps), False, NOW)
    store.save(case, after, [fact], NOW, planned=steps)
    with pytest.raises(Conflict):
        store.save(case, after, [fact], NOW, planned=steps)
    assert happened(store, case.case_id).count("verification.planned") == 1


def test_an_attempt_ends_once(store: Any) -> None:
    case = planned(store)
    step = store.step(case.case_id, "alarms")
    ended, fact = step.end("done", (), None, NOW)
    store.end_step(case, ended, fact, NOW)
    with pytest.raises(StepSettledMeanwhile):
        store.end_step(case, ended, fact, NOW)
    assert store.step(case.case_id, "alarms") == ended
    assert happened(store, case.case_id).count("verification.step_ended") == 1


def test_a_late_result_of_an_earlier_attempt_is_not_wanted(store: Any) -> None:
    case = planned(store)
    step = store.step(case.case_id, "alarms")
    again = step.again(timedelta(seconds=5), NOW)
    store.change_step(step, again)
    late, fact = step.end("done", (), None, NOW)
    with pytest.raises(StepSettledMeanwhile):
        store.end_step(case, late, fact, NOW)
    with pytest.raises(StepSettledMeanwhile):
        store.change_step(step, again)
    assert store.step(case.case_id, "alarms") == again


def test_steps_look_once_more_together_or_not_at_all(store: Any) -> None:
    case = planned(store)
    evidence = store.step(case.case_id, "evidence")
    ended, fact = evidence.end("done", (), None, NOW)
    store.end_step(case, ended, fact, NOW)
    waits, renewed = store.step(case.case_id, "recommendation"), ChecksRenewed(case_id="c", steps=1, because="file-1")
    changes = [(ended, ended.once_more("file-1", NOW)), (waits, waits.once_more("file-1", NOW, waits=True))]
    with pytest.raises(StepSettledMeanwhile):
        store.renew_steps(case, [(evidence, ended.once_more("file-1", NOW)), changes[1]], renewed, NOW)
    assert store.step(case.case_id, "recommendation") == waits
    store.renew_steps(case, changes, renewed, NOW)
    assert [store.step(case.case_id, after.name) for _, after in changes] == [after for _, after in changes]
    with pytest.raises(StepSettledMeanwhile):
        store.renew_steps(case, changes, renewed, NOW)
    with pytest.raises(StepSettledMeanwhile):  # the result of the round before comes late
        store.end_step(case, ended, fact, NOW)
    assert happened(store, case.case_id)[-2:] == ["verification.step_ended", "verification.checks_renewed"]
    assert (case.case_id, "evidence") in list(store.due(NOW + PATIENCE))


def test_a_step_that_waits_is_started_by_one(store: Any) -> None:
    case = planned(store)
    step = store.step(case.case_id, "recommendation")
    later = NOW + timedelta(seconds=1)
    store.change_step(step, step.starts(later))
    with pytest.raises(StepSettledMeanwhile):
        store.change_step(step, step.starts(later))


def test_the_last_step_ends_with_the_case_or_not_at_all(store: Any) -> None:
    case = planned(store)
    step = store.step(case.case_id, "recommendation")
    ready, queued = case.make_ready("normal", NOW)
    ended, step_ended = step.end("done", (), None, NOW)
    with pytest.raises(Conflict):  # it still waits for the others
        store.save(case, ready, [step_ended, queued], NOW, ended=ended)
    assert store.case(case.case_id) == case
    store.change_step(step, step.starts(NOW))
    store.save(case, ready, [step_ended, queued], NOW, ended=ended)
    assert store.case(case.case_id).state == "queued"
    assert happened(store, case.case_id)[-2:] == ["verification.step_ended", "verification.queued"]


def test_what_runs_out_is_found_when_it_does_and_not_after_it_is_done(store: Any) -> None:
    case = submitted(store)
    soon, late = NOW + PATIENCE - timedelta(seconds=1), NOW + PATIENCE
    assert list(store.due(soon)) == []
    assert list(store.due(late)) == [(case.case_id, None)]
    steps = [Step.planned(case.case_id, "alarms", NOW)]
    after, fact = case.plan((), 1, False, NOW)
    store.save(case, after, [fact], NOW, planned=steps)
    assert list(store.due(late)) == [(case.case_id, "alarms")]
    ended, fact = steps[0].end("done", (), None, NOW)
    store.end_step(after, ended, fact, NOW)
    assert list(store.due(late)) == []


def test_the_queue_is_in_the_order_of_what_is_due_and_is_filtered(store: Any) -> None:
    first, second = ready(store, 1), ready(store, 2)
    taken = second.claim("admin-1", (), "token", NOW)
    assert taken is not None
    sooner = taken[0].model_copy(update={"due_at": stamp(NOW)})
    store.save(second, sooner, [taken[1]], NOW)
    found, _ = store.queue({}, 10, None)
    assert [case.case_id for case in found] == [second.case_id, first.case_id]
    assert [case.case_id for case in store.queue({"state": "queued"}, 10, None)[0]] == [first.case_id]
    assert store.queue({"kind": "company"}, 10, None)[0] == []
    assert [case.case_id for case in store.waiting()] == [second.case_id, first.case_id]
    assert found[0] == sooner


def test_cases_that_wait_for_their_subject_are_listed_apart_the_soonest_to_run_out_first(store: Any) -> None:
    asked = []
    for number, moment in ((1, NOW + timedelta(hours=1)), (2, NOW)):
        case = ready(store, number)
        taken = case.claim("admin-1", (), "token", moment)
        assert taken is not None
        store.save(case, taken[0], [taken[1]], moment)
        after, fact = taken[0].ask("admin-1", "token", f"question-{number}", "Qui produisait ?", moment)
        store.save(taken[0], after, [fact], moment)
        asked.insert(0, after)
    where: dict[str, Any] = {"state": "information_requested"}
    assert store.queue(where, 10, None)[0] == asked
    assert store.queue({**where, "kind": "company"}, 10, None)[0] == []
    assert store.queue({}, 10, None)[0] == list(store.waiting()) == []
    runs_out = datetime.fromisoformat(str(asked[0].owed_at))
    assert store.queue(where, 10, None, runs_out - timedelta(milliseconds=1))[0] == []
    assert store.queue(where, 10, None, runs_out)[0] == asked[:1]
    answered, fact = asked[0].answer("Ateliers du Phare.", "token-2", NOW)
    store.save(asked[0], answered, [fact], NOW)
    assert store.queue(where, 10, None)[0] == asked[1:]
    assert store.queue({}, 10, None)[0] == [answered]


def test_the_queue_is_read_page_after_page(store: Any) -> None:
    expected = sorted(ready(store, number).case_id for number in range(1, 6))
    found: list[str] = []
    position = None
    while True:
        page, position = store.queue({}, 2, position)
        found += [case.case_id for case in page]
        if position is None:
            break
    assert sorted(found) == expected
    assert len(found) == len(set(found))


def test_the_queue_gives_what_is_due_by_an_instant_and_what_somebody_holds(store: Any) -> None:
    first, second = ready(store, 1), ready(store, 2)
    taken = first.claim("admin-1", (), "token", NOW)
    assert taken is not None
    store.save(first, taken[0], [taken[1]], NOW)

    def ids(where: dict[str, Any], due_by: datetime | None = None) -> set[str]:
        return {case.case_id for case in store.queue(where, 50, None, due_by)[0]}

    due = datetime.fromisoformat(str(second.due_at))
    assert ids({}, due) == {first.case_id, second.case_id}
    assert ids({}, due - timedelta(milliseconds=1)) == set()
    assert ids({"held_by": "admin-1"}) == {first.case_id}
    assert ids({"held_by": "admin-2"}) == set()


def test_an_owner_finds_every_case_they_ever_had_page_after_page(store: Any) -> None:
    profile_id = "profile-1"
    made = []
    for number, subject in enumerate(
        (Subject("profile", profile_id), Subject.credit(profile_id, "credit-1"), Subject.credit(profile_id, "credit-2"))
    ):
        moment = NOW + timedelta(seconds=number)
        case, fact = Case.open(new_id(moment), subject, contact(1), moment)
        store.create(case, fact, moment)
        made.append(case)
    opened(store, 2)
    withdrawn, fact = made[0].withdraw(NOW)
    store.save(made[0], withdrawn, [fact], NOW)
    first, position = store.cases_of(profile_id, 2, None)
    assert first == [made[2], made[1]]
    rest, _ = store.cases_of(profile_id, 2, position)
    assert rest == [withdrawn]
    assert store.cases_of("profile-3", 2, None) == ([], None)


def test_decided_cases_leave_the_queue_for_the_period_that_they_were_decided_in(store: Any) -> None:
    early, late = decided(store, 1), decided(store, 2, minutes=60 * 24 * 40)
    assert store.queue({}, 10, None)[0] == []
    month = timedelta(days=30)
    assert [case.case_id for case in store.decided(NOW, NOW + month)] == [early.case_id]
    assert [case.case_id for case in store.decided(NOW, NOW + 2 * month)] == [early.case_id, late.case_id]
    closed = early.lapse(NOW + month)
    assert closed is not None
    store.save(early, closed[0], [closed[1]], NOW + month)
    assert [case.state for case in store.decided(NOW, NOW + month)] == ["final"]


def test_facts_are_kept_with_the_decision_and_against_what_was_read(store: Any) -> None:
    case = ready(store)
    shown = Shown("participation", "digest", {"work": "catalogue"}, "admin-1", case.case_id)
    facts = establish(None, "profile-1", "credit-1-1", shown, NOW)
    after, fact = case.withdraw(NOW)
    store.save(case, after, [fact], NOW, credits=[facts])
    assert store.facts("profile-1") == {"credit-1-1": facts}
    assert store.facts("profile-2") == {}
    other = ready(store, 1)
    gone, fact = other.withdraw(NOW)
    with pytest.raises(Conflict):
        store.save(other, gone, [fact], NOW, credits=[facts])
    assert store.case(other.case_id) == other
    store.save(other, gone, [fact], NOW, credits=[take_away(facts, "participation")])
    assert store.facts("profile-1")["credit-1-1"].participation is None


def test_facts_are_found_when_they_are_to_be_checked_anew(store: Any) -> None:
    case, second = ready(store), timedelta(seconds=1)
    for credit_id, source in (("credit-1-1", "catalogue"), ("credit-1-2", "attestation")):
        shown = Shown("work", "digest", {"work": source}, "admin-1", case.case_id)
        facts = establish(None, "profile-1", credit_id, shown, NOW)
        after, fact = case.advise("normal", NOW)
        store.save(case, after, [fact], NOW, credits=[facts])
        case = after
    first = NOW + LASTS_IN_SOURCES - RECHECK_BEFORE
    assert list(store.due_facts(first - second)) == []
    assert list(store.due_facts(first)) == [("profile-1", "credit-1-1")]
    assert sorted(store.due_facts(NOW + LASTS)) == [("profile-1", "credit-1-1"), ("profile-1", "credit-1-2")]
    known = store.facts("profile-1")["credit-1-1"]
    later = known.looked_at("another case", first)
    store.change_facts(later)
    assert store.facts("profile-1")["credit-1-1"] == later
    assert list(store.due_facts(first)) == []
    with pytest.raises(Conflict):
        store.change_facts(known.left_to_run_out())
    store.change_facts(later.left_to_run_out())
    assert list(store.due_facts(NOW + LASTS_IN_SOURCES)) == []


def test_a_junior_path_is_kept_and_lost(store: Any) -> None:
    case = ready(store)
    made = background(case.case_id)
    after, fact = case.withdraw(NOW)
    store.save(case, after, [fact], NOW, junior_path=made)
    assert store.junior_path("profile-1") == made
    other = ready(store)
    gone, fact = other.withdraw(NOW)
    store.save(other, gone, [fact], NOW, junior_path_lost=True)
    assert store.junior_path("profile-1") is None


def test_whoever_leaves_the_same_print_second_sees_the_first(store: Any) -> None:
    assert store.leave_prints("profile-1", ["a", "b"]) == {}
    assert store.leave_prints("profile-1", ["a", "b"]) == {}
    assert store.leave_prints("profile-2", ["b", "c"]) == {"b": ["profile-1"]}


def test_prints_take_the_place_of_those_left_before(store: Any) -> None:
    store.leave_prints("profile-1", ["a", "b"])
    store.leave_prints("profile-1", ["b", "c"])
    assert store.leave_prints("profile-2", ["a", "b", "c"]) == {"b": ["profile-1"], "c": ["profile-1"]}
    store.leave_prints("profile-1", [])
    assert store.leave_prints("profile-3", ["a", "b", "c"]) == {one: ["profile-2"] for one in "abc"}


def test_a_print_that_is_taken_away_is_seen_by_nobody_and_may_be_left_again(store: Any) -> None:
    store.leave_prints("profile-1", ["a", "b"])
    for _ in range(2):
        store.forget_prints("profile-1", ["a"])
    assert store.leave_prints("profile-2", ["a", "b"]) == {"b": ["profile-1"]}
    assert store.leave_prints("profile-1", ["a", "b"]) == {"a": ["profile-2"], "b": ["profile-2"]}


def test_a_decision_on_ninety_credits_fits_one_transaction(store: Any) -> None:
    claim = profile_claim(credits=90)
    case = planned(store, credits=90)
    queued, fact = case.make_ready("normal", NOW)
    store.save(case, queued, [fact], NOW)
    taken = queued.claim("admin-1", (), "token", NOW)
    assert taken is not None
    store.save(queued, taken[0], [taken[1]], NOW)
    verdict = GRANTED.model_copy(
        update={"credits": tuple(CreditVerdict(credit_id=one.credit_id, level="function") for one in claim.credits)}
    )
    after, fact = taken[0].decide("admin-1", "token", verdict, NOW)
    shown = Shown("function", "digest", {}, "admin-1", case.case_id)
    facts = [establish(None, claim.profile_id, one.credit_id, shown, NOW) for one in claim.credits]
    store.save(taken[0], after, [fact], NOW, credits=facts, junior_path=background(case.case_id))
    assert len(store.facts(claim.profile_id)) == 90
    assert {facts.rank("digest", NOW) for facts in store.facts(claim.profile_id).values()} == {len(LEVELS)}


def test_alarms_are_those_in_force_about_exactly_this_subject(repository: VerificationRepository) -> None:
    about, day = "SUBJECT#profile#profile-1", timedelta(days=1)
    for alarm_id, begins, ends in (("past", -2, -1), ("now", -1, 1), ("ends now", -1, 0), ("to come", 1, 2)):
        Table(TABLE).write(
            Put(
                {
                    "pk": about,
                    "sk": f"ALARM#{alarm_id}",
                    "alarm_id": alarm_id,
                    "in_force_from": stamp(NOW + begins * day),
                    "until": stamp(NOW + ends * day),
                }
            )
        )
    assert repository.alarms(Subject("profile", "profile-1"), NOW) == ["now"]
    assert repository.alarms(Subject("profile", "profile-2"), NOW) == []
    assert repository.open_case_of(Subject("profile", "profile-1")) is None


def test_events_carry_ids_and_no_contact(repository: VerificationRepository) -> None:
    case = decided(repository)
    for row in rows(TABLE):
        if str(row["sk"]).startswith("EVENT#"):
            assert "courriel.test" not in str(row)
    assert next(row for row in rows(TABLE) if row["sk"] == "CASE")["case_id"] == case.case_id
