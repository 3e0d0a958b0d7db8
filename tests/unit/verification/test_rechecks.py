"""Facts that are about to run out are checked anew, once, and silence takes nothing away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.platform.errors import Retryable
from chalicelib.verification.facts_of_credit import (
    LASTS,
    LASTS_IN_SOURCES,
    RECHECK_BEFORE,
    RECHECK_PATIENCE,
    CreditFacts,
    Shown,
    establish,
    take_away,
)
from chalicelib.verification.models import Case, CreditVerdict, Verdict
from chalicelib.verification.rechecks import Rechecks
from chalicelib.verification.service import VerificationService
from chalicelib.verification.states import DECIDED
from chalicelib.verification.subjects import Level, Subject
from chalicelib.vocabulary.clock import stamp
from tests.support.verification_fakes import (
    NOW,
    SILENT,
    FakeCaseStore,
    FakeSources,
    FakeSubjects,
    FakeTaskQueue,
    SetClock,
    administrator,
    freelancer,
    profile_claim,
    run_all,
    tasks,
)

CREDIT = Subject.credit("profile-1", "credit-1-1")


class House:
    def __init__(self) -> None:
        self.clock, self.store, self.queue = SetClock(), FakeCaseStore(), FakeTaskQueue()
        self.subjects, self.sources = FakeSubjects(profile_claim(1, credits=1)), FakeSources()
        self.service = VerificationService(self.store, self.subjects, self.clock)
        self.work = tasks(self.store, self.subjects, self.queue, self.clock, self.sources)
        self.rechecks = Rechecks(self.store, self.subjects, self.clock)
        self.service.open(freelancer(), "profile", "case-1", "fr")
        self.service.submit(freelancer(), "case-1")
        self.decide("case-1", "function")

    def decide(self, case_id: str, level: Level) -> Case:
        self.work.dispatch(case_id)
        run_all(self.work, self.queue)
        lease = self.service.claim(administrator(), case_id).lease
        assert lease is not None
        verdict = Verdict(
            outcome="verified",
            ground="all_confirmed",
            text="Vu.",
            credits=(CreditVerdict(credit_id="credit-1-1", level=level),),
        )
        return self.service.decide(administrator(), case_id, lease.token, verdict)

    def facts(self) -> CreditFacts:
        return self.store.facts("profile-1")["credit-1-1"]

    def rank(self) -> int:
        return self.facts().rank(profile_claim(1, credits=1).credits[0].digest, self.clock())

    def sweep(self) -> None:
        for owed in self.rechecks.due():
            self.rechecks.settle(*owed)

    def opened(self) -> list[str]:
        return [case_id for case_id, fact, _ in self.store.facts_told if fact.event_type == "verification.opened"]


@pytest.fixture
def house() -> House:
    return House()


def test_what_a_public_source_shows_lasts_a_year_and_papers_five(house: House) -> None:
    assert house.facts().work.expires_at == stamp(NOW + LASTS_IN_SOURCES)  # type: ignore[union-attr]
    for source in ("review", "attestation", "evidence"):
        shown = Shown("work", "digest", {"work": source}, "admin-1", "case-1")
        assert establish(None, "p", "c", shown, NOW).work.expires_at == stamp(NOW + LASTS)  # type: ignore[union-attr]


def test_what_a_paper_showed_is_not_made_to_end_sooner_by_a_source() -> None:
    papers = Shown("function", "digest", {}, "admin-1", "case-1")
    source = Shown("work", "digest", {"work": "catalogue"}, "admin-2", "case-2")
    facts = establish(establish(None, "p", "c", papers, NOW), "p", "c", source, NOW + timedelta(days=30))
    assert facts.work is not None
    assert (facts.work.source, facts.work.expires_at) == ("review", stamp(NOW + LASTS))


def test_a_case_is_opened_in_time_for_its_owner_and_renews_what_is_confirmed(house: House) -> None:
    house.clock.now = NOW + LASTS_IN_SOURCES - RECHECK_BEFORE - timedelta(seconds=1)
    house.sweep()
    assert house.opened() == ["case-1"]
    house.clock.pass_(timedelta(seconds=1))
    house.sweep()
    house.sweep()
    (_, case_id) = house.opened()
    case = house.store.case(case_id)
    assert case is not None
    assert (case.kind, case.state, case.recheck, case.contact.sub) == ("credit", "submitted", True, "freelancer-1")
    house.decide(case_id, "function")
    assert house.facts().runs_out_at() == stamp(house.clock() + LASTS_IN_SOURCES)
    house.clock.pass_(RECHECK_BEFORE)
    assert house.rank() == 3
    assert house.rechecks.due() == []


def test_silence_takes_nothing_away_before_the_date(house: House) -> None:
    house.sources.default = (SILENT,)
    house.clock.now = NOW + LASTS_IN_SOURCES - RECHECK_BEFORE
    house.sweep()
    case_id = house.opened()[-1]
    house.work.dispatch(case_id)
    run_all(house.work, house.queue)
    for _ in range(4):
        house.clock.pass_(RECHECK_PATIENCE - timedelta(minutes=1))
        assert house.rank() == 3
        house.clock.pass_(timedelta(minutes=1))
        house.sweep()
    assert house.rechecks.due() == []
    house.clock.now = NOW + LASTS_IN_SOURCES
    assert house.rank() == 0
    assert house.opened() == ["case-1", case_id]


def test_once_nobody_renewed_them_they_run_out_by_their_date(house: House) -> None:
    house.clock.now = NOW + LASTS_IN_SOURCES - RECHECK_BEFORE
    house.sweep()
    house.service.withdraw(freelancer(), house.opened()[-1])
    house.clock.pass_(RECHECK_PATIENCE)
    house.sweep()
    assert house.facts().recheck_at is None
    assert house.rank() == 3
    assert len(house.opened()) == 2


def test_a_credit_under_check_anyway_is_looked_at_later(house: House) -> None:
    house.clock.now = NOW + LASTS_IN_SOURCES - RECHECK_BEFORE
    house.service.open(freelancer(), "credit", "case-2", "fr", "credit-1-1")
    house.sweep()
    assert house.opened() == ["case-1", "case-2"]
    assert house.facts().recheck_at == stamp(house.clock() + RECHECK_PATIENCE)
    house.service.withdraw(freelancer(), "case-2")
    house.clock.pass_(RECHECK_PATIENCE)
    house.sweep()
    assert len(house.opened()) == 3


@pytest.mark.parametrize("gone", [True, False])
def test_what_is_not_claimed_any_more_is_not_checked(gone: bool, house: House) -> None:
    claim = profile_claim(1, credits=1)
    credits = () if gone else (replace(claim.credits[0], title="Un autre titre"),)
    house.subjects.add(replace(claim, credits=credits))
    house.clock.now = NOW + LASTS_IN_SOURCES
    house.sweep()
    assert house.opened() == ["case-1"]
    assert house.rechecks.due() == []


class Killed(Exception):
    pass


@pytest.mark.parametrize("write", ["create", "save", "change_facts"])
def test_cut_short_after_any_write_it_makes_one_case(write: str, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.clock.now = NOW + LASTS_IN_SOURCES - RECHECK_BEFORE
    done = getattr(house.store, write)

    def dies(*arguments: Any, **more: Any) -> None:
        done(*arguments, **more)
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(house.store, write, dies)
        house.sweep()
    house.clock.pass_(timedelta(minutes=5))
    house.sweep()
    house.sweep()
    assert len(house.opened()) == 2
    case = house.store.case(house.opened()[-1])
    assert case is not None
    assert case.state == "submitted"
    assert house.facts().recheck_case_id == case.case_id
    assert house.decide(case.case_id, "function").state in DECIDED


def test_facts_that_changed_meanwhile_are_read_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.clock.now = NOW + LASTS_IN_SOURCES - RECHECK_BEFORE
    read = house.store.facts

    def then_somebody_takes_one_away(profile_id: str) -> dict[str, CreditFacts]:
        known = read(profile_id)
        house.store.change_facts(take_away(known["credit-1-1"], "function"))
        return known

    with monkeypatch.context() as patch, pytest.raises(Retryable):
        patch.setattr(house.store, "facts", then_somebody_takes_one_away)
        house.rechecks.settle("profile-1", "credit-1-1")
    assert house.facts().function is None
    house.sweep()
    assert datetime.fromisoformat(str(house.facts().recheck_at)) == house.clock() + RECHECK_PATIENCE
    assert len(house.opened()) == 2
