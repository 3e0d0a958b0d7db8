"""A company follows what was decided about the identity that it still has."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from chalicelib.companies.events import CompanyVerificationDecided
from chalicelib.companies.models import Company, Decided
from chalicelib.companies.service import CompanyService
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Retryable
from chalicelib.vocabulary.clock import stamp
from tests.support.drafts import NOW, identity
from tests.support.fakes import FakeCompanyStore
from tests.support.moderation_fakes import Suspensions

CLAIRE = Actor("sub-1", frozenset({"producers"}), "claire@falaise-films.test")


def decided(decision: str = "verified", minutes: int = 1, still_claimed: bool = True) -> Decided:
    moment = stamp(NOW + timedelta(minutes=minutes))
    return Decided(decision, "Kbis lu.", "admin-1", moment, still_claimed)  # type: ignore[arg-type]


@dataclass
class FakeCases:
    company_id: str = ""
    results: dict[str, Decided | None] = field(default_factory=dict)

    def company_of(self, case_id: str) -> str | None:
        return self.company_id if case_id in self.results else None

    def decided(self, case_id: str) -> Decided | None:
        return self.results.get(case_id)


class Desk:
    def __init__(self) -> None:
        self.store, self.cases, self.suspended = FakeCompanyStore(), FakeCases(), Suspensions()
        self.service = CompanyService(self.store, self.cases, self.suspended, lambda: NOW)
        self.cases.company_id = self.service.declare_mine(CLAIRE, identity(), "fr").company_id

    @property
    def company(self) -> Company:
        return self.service.mine(CLAIRE)

    def follow(self, result: Decided | None, case_id: str = "case-1") -> None:
        self.cases.results[case_id] = result
        self.service.follow_case(case_id)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_decision_verifies_the_company_and_a_refusal_does_not(desk: Desk) -> None:
    desk.follow(decided("unverified"))
    assert (desk.company.status, desk.company.decision_reason) == ("unverified", "Kbis lu.")
    desk.follow(decided("verified", minutes=2))
    assert desk.company.status == "verified"
    fact, _ = desk.store.facts[-1]
    assert fact == CompanyVerificationDecided(
        company_id=desk.company.company_id, decision="verified", decided_by="admin-1"
    )


def test_the_same_news_again_and_older_ones_change_nothing(desk: Desk) -> None:
    desk.follow(decided("verified", minutes=5))
    before = desk.company
    desk.service.follow_case("case-1")
    desk.follow(decided("unverified", minutes=1), "case-0")
    assert desk.company == before


def test_what_was_decided_about_another_identity_does_not_hold(desk: Desk) -> None:
    desk.follow(decided(still_claimed=False))
    assert desk.company.status == "unverified"


def test_nothing_follows_from_a_case_that_is_undecided_or_nobodys(desk: Desk) -> None:
    before = desk.company
    desk.follow(None)
    desk.service.follow_case("no such case")
    assert desk.company == before


def test_an_identity_corrected_meanwhile_makes_it_begin_again(desk: Desk) -> None:
    class Correcting(FakeCases):
        def decided(self, case_id: str) -> Decided | None:
            desk.service.declare_mine(CLAIRE, identity(legal_name="Une Autre Maison"), "fr")
            return super().decided(case_id)

    late = CompanyService(
        desk.store, Correcting(desk.cases.company_id, {"case-1": decided()}), Suspensions(), lambda: NOW
    )
    with pytest.raises(Retryable):
        late.follow_case("case-1")
    assert desk.company.status == "unverified"


# ---- and what administrators decide about those who act for it


def test_a_suspended_company_may_not_publish_and_comes_back_as_it_was(desk: Desk) -> None:
    desk.follow(decided("verified"))
    before = desk.company
    desk.suspended.companies.add(before.company_id)
    for _ in range(2):
        desk.service.follow_suspension("company", before.company_id)
    assert (desk.company.suspended, desk.company.may_publish, desk.company.status) == (True, False, "verified")
    assert desk.service.follows_suspensions("no such company")
    desk.suspended.companies.clear()
    assert not desk.service.follows_suspensions(before.company_id)
    desk.service.follow_suspension("company", before.company_id)
    assert desk.company.model_copy(update={"version": 0, "updated_at": ""}) == before.model_copy(
        update={"version": 0, "updated_at": ""}
    )
    assert [fact.event_type for fact, _ in desk.store.facts[-2:]] == ["company.suspended", "company.restored"]


def test_a_company_whose_every_member_is_suspended_is_suspended_with_them(desk: Desk) -> None:
    desk.follow(decided("verified"))
    desk.suspended.accounts.add(CLAIRE.sub)
    desk.service.follow_suspension("user", CLAIRE.sub)
    assert desk.company.suspended
    desk.service.follow_suspension("user", "somebody without a company")
    desk.suspended.accounts.clear()
    desk.service.follow_suspension("user", CLAIRE.sub)
    assert not desk.company.suspended
