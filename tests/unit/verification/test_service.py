"""People's acts: who may, and what is written with a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.platform.errors import Invalid, NotFound
from chalicelib.verification.errors import CaseAlreadyOpen, Incomplete, NotInThatState
from chalicelib.verification.models import Case, CreditVerdict, Removal, Verdict
from chalicelib.verification.service import QueueFilter, VerificationService
from chalicelib.vocabulary.clock import stamp
from tests.support.verification_fakes import (
    NOW,
    Answer,
    FakeCaseStore,
    FakeSources,
    FakeSubjects,
    FakeTaskQueue,
    SetClock,
    administrator,
    company_claim,
    freelancer,
    profile_claim,
    run_all,
    tasks,
)

CREDITS = ("credit-1-1", "credit-1-2")


class House:
    def __init__(self) -> None:
        self.clock, self.store, self.queue = SetClock(), FakeCaseStore(), FakeTaskQueue()
        self.subjects = FakeSubjects(profile_claim(1), profile_claim(2), company_claim(1))
        self.service = VerificationService(self.store, self.subjects, self.clock)
        self.sources = FakeSources()
        self.work = tasks(self.store, self.subjects, self.queue, self.clock, self.sources)

    def ready(self, case_id: str = "case-1", number: int = 1) -> Case:
        self.service.open(freelancer(number), "profile", case_id, "fr")
        self.service.submit(freelancer(number), case_id)
        self.work.dispatch(case_id)
        run_all(self.work, self.queue)
        case = self.store.case(case_id)
        assert case is not None
        assert case.state == "queued"
        return case

    def token(self, case_id: str, number: int) -> str:
        case = self.service.claim(administrator(number), case_id)
        assert case.lease is not None
        return case.lease.token

    def decide(self, case_id: str, number: int, **changes: Any) -> Case:
        ground = "documents_missing" if changes.get("outcome") == "refused" else "all_confirmed"
        given = Verdict(**{"outcome": "verified", "ground": ground, "text": "Vu.", **changes})
        return self.service.decide(administrator(number), case_id, self.token(case_id, number), given)


@pytest.fixture
def house() -> House:
    return House()


def all_at(level: Any) -> tuple[CreditVerdict, ...]:
    return tuple(CreditVerdict(credit_id=one, level=level) for one in CREDITS)


def test_opening_and_submitting_again_changes_nothing(house: House) -> None:
    first = house.service.open(freelancer(), "profile", "case-1", "fr")
    assert house.service.open(freelancer(), "profile", "case-1", "fr") == first
    submitted = house.service.submit(freelancer(), "case-1")
    assert house.service.submit(freelancer(), "case-1") == submitted
    with pytest.raises(CaseAlreadyOpen):
        house.service.open(freelancer(), "profile", "case-2", "fr")
    assert house.service.my_cases(freelancer(), None)[0] == [submitted]


def test_a_case_is_its_owners_to_see(house: House) -> None:
    house.ready()
    for act in (
        lambda: house.service.mine(freelancer(2), "case-1"),
        lambda: house.service.withdraw(freelancer(2), "case-1"),
        lambda: house.service.open(freelancer(2), "profile", "case-1", "fr"),
        lambda: house.service.open(freelancer(9), "profile", "case-9", "fr"),
        lambda: house.service.open(freelancer(1), "credit", "case-9", "fr", "nobody's"),
        lambda: house.service.open(freelancer(1), "credit", "case-9", "fr"),
        lambda: house.service.claim(administrator(), "no such case"),
    ):
        with pytest.raises(NotFound):
            act()


def test_an_incomplete_profile_is_not_submitted(house: House) -> None:
    house.subjects.add(profile_claim(1, complete=False))
    house.service.open(freelancer(), "profile", "case-1", "fr")
    with pytest.raises(Incomplete):
        house.service.submit(freelancer(), "case-1")


def test_a_decision_establishes_facts_with_what_shows_them(house: House) -> None:
    half_a_year = stamp(NOW + timedelta(days=180))
    house.sources.default = (Answer(expires_at=half_a_year),)
    house.ready()
    house.decide("case-1", 1, credits=(CreditVerdict(credit_id="credit-1-1", level="participation"),))
    facts = house.store.facts("profile-1")
    assert set(facts) == {"credit-1-1"}
    one = facts["credit-1-1"]
    assert (one.work.source, one.work.reviewer, one.work.case_id) == ("catalogue", "admin-1", "case-1")  # type: ignore[union-attr]
    # No longer than the source's terms let what it said stand.
    assert one.work.expires_at == half_a_year  # type: ignore[union-attr]
    assert one.function is None
    assert one.rank(profile_claim(1).credits[0].digest, NOW) == 2


def test_a_proposal_establishes_nothing_until_it_is_confirmed(house: House) -> None:
    house.ready()
    house.decide("case-1", 1, outcome="refused", credits=all_at("work"))
    assert house.store.facts("profile-1") == {}
    token = house.token("case-1", 2)
    house.service.second_decision(administrator(2), "case-1", token, confirms=True)
    assert house.store.facts("profile-1")["credit-1-1"].work.reviewer == "admin-2"  # type: ignore[union-attr]


def test_an_appeal_that_is_right_establishes_what_was_refused(house: House) -> None:
    house.ready()
    house.decide("case-1", 1, outcome="refused")
    house.service.second_decision(administrator(2), "case-1", house.token("case-1", 2), confirms=True)
    house.service.appeal(freelancer(), "case-1", "Voici mon contrat.")
    with pytest.raises(NotInThatState):
        house.service.claim(administrator(3), "case-1")
    lease = house.service.claim_appeal(administrator(3), "case-1").lease
    assert lease is not None
    given = Verdict(outcome="verified", ground="all_confirmed", text="Vu.", credits=all_at("function"))
    final = house.service.decide_appeal(administrator(3), "case-1", lease.token, given)
    assert (final.state, final.outcome) == ("final", "verified")
    assert {one.rank(profile_claim(1).credits[0].digest, NOW) for one in house.store.facts("profile-1").values()} >= {3}


def test_a_fact_is_taken_away_by_two_people_and_with_those_that_stand_on_it(house: House) -> None:
    house.ready()
    house.decide("case-1", 1, credits=all_at("function"))
    house.service.reopen(administrator(3), "case-1", "established_wrongly")
    removal = (Removal(credit_id="credit-1-1", level="participation"),)
    house.decide("case-1", 2, ground="established_wrongly", removals=removal)
    assert house.store.facts("profile-1")["credit-1-1"].participation is not None
    house.service.second_decision(administrator(3), "case-1", house.token("case-1", 3), confirms=True)
    left = house.store.facts("profile-1")["credit-1-1"]
    assert left.work is not None
    assert (left.participation, left.function) == (None, None)
    assert house.store.facts("profile-1")["credit-1-2"].function is not None


def test_what_is_not_established_cannot_be_taken_away(house: House) -> None:
    house.ready()
    with pytest.raises(Invalid) as raised:
        house.decide("case-1", 1, removals=(Removal(credit_id="credit-1-1", level="work"),))
    assert [one.pointer for one in raised.value.fields] == ["/removals/0/level"]


def test_a_junior_path_is_established_and_lost_with_the_decision(house: House) -> None:
    house.subjects.add(profile_claim(1, credits=0))
    house.ready()
    house.decide("case-1", 1, ground="junior_path_confirmed", junior_path=True)
    assert house.store.junior_path("profile-1") is not None
    house.service.reopen(administrator(3), "case-1", "forged_document")
    house.decide("case-1", 2, outcome="refused", ground="forged_document")
    assert house.store.junior_path("profile-1") is not None
    house.service.second_decision(administrator(3), "case-1", house.token("case-1", 3), confirms=True)
    assert house.store.junior_path("profile-1") is None


def test_a_credit_corrected_after_its_check_is_told_to_the_reviewer_and_keeps_no_badge(house: House) -> None:
    house.ready()
    claim = profile_claim(1)
    corrected = replace(claim.credits[0], title="Un autre titre")
    house.subjects.add(replace(claim, credits=(corrected, claim.credits[1])))
    dossier = house.service.dossier("case-1")
    assert [dossier.changed_since(one) for one in CREDITS] == [True, False]
    house.decide("case-1", 1, credits=all_at("function"))
    assert house.store.facts("profile-1")["credit-1-1"].rank(corrected.digest, NOW) == 0


def test_a_case_on_a_credit_that_its_owner_erased_is_nobodys_to_review(house: House) -> None:
    house.service.open(freelancer(1), "credit", "case-1", "fr", credit_id="credit-1-1")
    house.service.submit(freelancer(1), "case-1")
    house.work.dispatch("case-1")
    run_all(house.work, house.queue)
    claim = profile_claim(1)
    house.subjects.add(replace(claim, credits=claim.credits[1:]))
    with pytest.raises(NotFound):
        house.service.claim(administrator(1), "case-1")
    assert house.service.queue(QueueFilter(), None)[0] == []
    case = house.store.case("case-1")
    assert case is not None
    assert (case.state, case.lease) == ("withdrawn", None)


def test_the_queue_is_filtered_and_statistics_count_it(house: House) -> None:
    house.ready("case-1", 1)
    house.clock.pass_(timedelta(minutes=30))
    house.ready("case-2", 2)
    assert [case.case_id for case in house.service.queue(QueueFilter(), None)[0]] == ["case-1", "case-2"]
    house.token("case-1", 1)
    assert [case.case_id for case in house.service.queue(QueueFilter(state="queued"), None)[0]] == ["case-2"]
    assert house.service.queue(QueueFilter(kind="company"), None)[0] == []
    house.clock.pass_(timedelta(days=1))
    house.decide("case-1", 2, outcome="refused")
    house.service.second_decision(administrator(3), "case-1", house.token("case-1", 3), confirms=False, note="Non.")
    house.decide("case-1", 3, credits=all_at("function"))
    figures = house.service.statistics(NOW, house.clock())
    assert (figures.waiting, figures.overdue, figures.oldest_minutes) == (1, 0, 24 * 60)
    assert (figures.decided, figures.overturned) == ({"verified": 1}, 1)
    assert figures.median_minutes_to_decision == 24 * 60 + 30
    [week] = figures.weeks
    assert (week.decided, week.in_time) == (1, 0), "a working day was passed by half an hour"
    assert week.monday.weekday() == 0
    house.clock.pass_(timedelta(minutes=1))
    assert house.service.statistics(NOW, house.clock()).overdue == 1


def test_what_was_decided_within_its_time_counts_for_its_week(house: House) -> None:
    house.ready("case-1", 1)
    house.clock.pass_(timedelta(hours=3))
    house.decide("case-1", 2, credits=all_at("function"))
    [week] = house.service.statistics(NOW, house.clock()).weeks
    assert (week.decided, week.in_time) == (1, 1)
    assert week.monday == NOW.date() - timedelta(days=NOW.weekday())
