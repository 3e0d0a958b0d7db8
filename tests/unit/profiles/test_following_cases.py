"""A profile and its credits follow what verification says, whichever news of it comes, how often and in what order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Retryable
from chalicelib.profiles.events import ProfileCreditsChecked, ProfileVerificationDecided, ProfileWithdrawn
from chalicelib.profiles.level import Bands
from chalicelib.profiles.models import CheckedFact, Credit, Decided, Profile, Standing
from chalicelib.profiles.service import CaseResult, Engagement, ProfileService
from chalicelib.vocabulary.clock import stamp
from tests.support.drafts import NOW, credit_content, profile_content
from tests.support.fakes import FakeProfileStore

INES = Actor("sub-1", frozenset({"freelancers"}), "ines@courriel.test")
NAMES = ("work", "participation", "function")


def checked(*names: str, days: int = 365, source: str = "wikidata") -> tuple[CheckedFact, ...]:
    until = stamp(NOW + timedelta(days=days))
    return tuple(
        CheckedFact(fact=name, source=source, checked_at=stamp(NOW), expires_at=until)  # type: ignore[arg-type]
        for name in names
    )


def decided(outcome: str = "verified", minutes: int = 1, still_claimed: bool = True) -> Standing:
    moment = stamp(NOW + timedelta(minutes=minutes))
    decision = Decided(outcome, "Vu.", "admin-1", moment, still_claimed)  # type: ignore[arg-type]
    return Standing(decision, under_way=False)


@dataclass
class FakeCases:
    """`results`: by case; all of them are about `profile_id`."""

    profile_id: str = ""
    results: dict[str, CaseResult] = field(default_factory=dict)

    def profile_of(self, case_id: str) -> str | None:
        return self.profile_id if case_id in self.results else None

    def result(self, case_id: str) -> CaseResult | None:
        return self.results.get(case_id)


class Nobody:
    """Nobody was proposed, and nobody read."""

    def proposal(self, actor: Actor, profile_id: str) -> None:
        return None

    def read(self, brief_id: str, profile_id: str) -> None:
        raise AssertionError("nobody may read it")


class FakeEngagements(dict[str, Engagement]):
    """By conversation."""

    def confirmed(self, thread_id: str) -> Engagement | None:
        return self.get(thread_id)


class Desk:
    def __init__(self) -> None:
        self.store, self.cases, self.now = FakeProfileStore(), FakeCases(), NOW
        self.engagements = FakeEngagements()
        self.service = ProfileService(
            self.store, Nobody(), Nobody(), self.cases, self.engagements, Bands(3, 8), lambda: self.now
        )
        self.service.save_profile(INES, profile_content())
        self.service.add_credit(INES, credit_content(started_year=2021), "credit-1")
        self.service.add_credit(INES, credit_content(title="Le Phare"), "credit-2")
        self.cases.profile_id = self.profile.profile_id

    @property
    def profile(self) -> Profile:
        return self.service.mine(INES).profile

    @property
    def credits(self) -> dict[str, Credit]:
        return {credit.credit_id: credit for credit in self.service.mine(INES).credits}

    def follow(self, standing: Standing | None, case_id: str = "case-1", **facts: tuple[CheckedFact, ...]) -> None:
        held = {name.replace("_", "-"): told for name, told in facts.items()}
        self.cases.results[case_id] = CaseResult(standing, held)
        self.service.follow_case(case_id)

    @property
    def told(self) -> list[object]:
        return [fact for fact, _ in self.store.facts[3:]]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    ("outcome", "status"), [("verified", "verified"), ("partly_verified", "partly_verified"), ("returned", "draft")]
)
def test_a_decision_gives_the_profile_its_status_and_credits_their_facts(desk: Desk, outcome: str, status: str) -> None:
    desk.follow(decided(outcome), credit_1=checked(*NAMES), credit_2=checked("work"))
    assert (desk.profile.status, desk.profile.decision_reason) == (status, "Vu.")
    assert {name: credit.level for name, credit in desk.credits.items()} == {"credit-1": 3, "credit-2": 1}
    [fact] = desk.told
    assert fact == ProfileVerificationDecided(
        profile_id=desk.profile.profile_id,
        decision=outcome,
        decided_by="admin-1",
    )


def test_the_same_news_again_changes_nothing(desk: Desk) -> None:
    desk.follow(decided(), credit_1=checked("work"))
    before = desk.profile
    desk.service.follow_case("case-1")
    assert desk.profile == before
    assert len(desk.told) == 1


def test_a_credit_of_which_nothing_is_said_stays_as_it_is(desk: Desk) -> None:
    desk.follow(decided(), credit_1=checked("work", "participation"))
    assert {name: credit.level for name, credit in desk.credits.items()} == {"credit-1": 2, "credit-2": 0}
    desk.follow(None, "case-2", credit_2=checked(*NAMES))
    assert {name: credit.level for name, credit in desk.credits.items()} == {"credit-1": 2, "credit-2": 3}


def test_a_credit_checked_by_itself_leaves_the_profile_as_it_is(desk: Desk) -> None:
    desk.follow(decided("partly_verified"))
    desk.follow(None, "case-2", credit_1=checked(*NAMES))
    assert desk.profile.status == "partly_verified"
    assert desk.told[-1] == ProfileCreditsChecked(profile_id=desk.profile.profile_id)


def test_facts_that_were_taken_away_take_the_level_with_them(desk: Desk) -> None:
    desk.follow(decided(), credit_1=checked(*NAMES))
    desk.follow(decided("partly_verified", minutes=2), credit_1=checked("work"))
    assert desk.credits["credit-1"].level == 1
    desk.follow(decided("partly_verified", minutes=3), credit_1=())
    assert (desk.credits["credit-1"].level, desk.credits["credit-1"].facts) == (0, ())


def test_an_older_decision_that_comes_late_changes_nothing(desk: Desk) -> None:
    desk.follow(decided("verified", minutes=5), "case-2")
    desk.follow(decided("returned", minutes=1), "case-1")
    assert desk.profile.status == "verified"


def test_a_case_under_way_makes_a_draft_wait_and_one_that_ends_undecided_gives_it_back(desk: Desk) -> None:
    desk.follow(Standing(None, under_way=True))
    assert desk.profile.status == "submitted"
    desk.follow(Standing(None, under_way=False))
    assert desk.profile.status == "draft"
    assert desk.told[-1] == ProfileWithdrawn(profile_id=desk.profile.profile_id)


def test_what_is_verified_stays_so_while_a_case_on_it_is_looked_at_again(desk: Desk) -> None:
    desk.follow(decided())
    desk.follow(replace(decided(), under_way=True))
    assert desk.profile.status == "verified"


def test_a_case_of_nobody_changes_nothing(desk: Desk) -> None:
    desk.service.follow_case("no such case")
    desk.cases.profile_id = "gone"
    desk.follow(decided())
    assert desk.told == []


def test_a_credit_corrected_meanwhile_makes_it_begin_again(desk: Desk) -> None:
    profile_id = desk.profile.profile_id

    class Correcting(FakeCases):
        def result(self, case_id: str) -> CaseResult | None:
            found = super().result(case_id)
            desk.service.correct_credit(INES, "credit-1", credit_content(title="Une autre œuvre"))
            return found

    cases = Correcting(profile_id, {"case-1": CaseResult(decided(), {"credit-1": checked(*NAMES)})})
    late = ProfileService(desk.store, Nobody(), Nobody(), cases, desk.engagements, Bands(3, 8), lambda: NOW)
    with pytest.raises(Retryable):
        late.follow_case("case-1")
    assert desk.credits["credit-1"].level == 0


def test_a_corrected_credit_is_declared_again(desk: Desk) -> None:
    desk.follow(decided(), credit_1=checked(*NAMES))
    desk.service.correct_credit(INES, "credit-1", credit_content(title="Une autre œuvre"))
    assert (desk.credits["credit-1"].level, desk.credits["credit-1"].facts) == (0, ())


def test_a_fact_whose_time_is_over_counts_no_longer(desk: Desk) -> None:
    desk.follow(decided(), credit_1=(*checked("work", "participation"), *checked("function", days=10)))
    assert desk.credits["credit-1"].level == 3
    desk.now = NOW + timedelta(days=11)
    assert desk.credits["credit-1"].level == 2
    assert desk.credits["credit-1"].shown["function"]["holds"] is None
    desk.now = NOW + timedelta(days=366)
    assert desk.credits["credit-1"].level == 0


def test_what_is_shown_says_by_what_kind_of_proof_and_never_that_something_is_false(desk: Desk) -> None:
    facts = (*checked("work"), *checked("participation", source="attestation"))
    desk.follow(decided(), credit_1=facts)
    shown = desk.credits["credit-1"].shown
    assert [shown[name]["by"] for name in NAMES] == ["source", "attestation", None]  # type: ignore[index]
    assert [shown[name]["holds"] for name in NAMES] == [True, True, None]  # type: ignore[index]
    assert desk.credits["credit-2"].shown["work"] == dict.fromkeys(
        ("holds", "source", "checked_at", "expires_at", "by")
    )
    assert checked("work", source="review")[0].by == "review"


@given(st.permutations([1, 2, 3, 4]), st.integers(1, 3))
def test_whatever_the_order_the_latest_decision_is_in_force(order: list[int], times: int) -> None:
    desk, outcomes = Desk(), ["returned", "partly_verified", "verified", "partly_verified"]
    for minutes in order * times:
        desk.follow(decided(outcomes[minutes - 1], minutes), f"case-{minutes}")
    assert desk.profile.status == "partly_verified"
    assert desk.profile.decided_at == stamp(NOW + timedelta(minutes=4))


def test_under_another_name_a_verified_profile_starts_again() -> None:
    desk = Desk()
    desk.follow(decided(), credit_1=checked(*NAMES))
    desk.service.save_profile(INES, profile_content(display_name=desk.profile.content.display_name.upper()))
    assert (desk.profile.status, desk.credits["credit-1"].level) == ("verified", 3)
    desk.service.save_profile(INES, profile_content(display_name="Apolline Quéméner"))
    assert (desk.profile.status, desk.profile.decision_reason) == ("draft", None)
    assert {(credit.level, credit.facts) for credit in desk.credits.values()} == {(0, ())}
    # What was decided of the former person is told again, and once more by an appeal.
    desk.follow(decided(minutes=90, still_claimed=False))
    assert desk.profile.status == "draft"
    desk.follow(decided(minutes=120))
    assert desk.profile.status == "verified"


def test_a_decision_about_the_person_whose_profile_this_was_gives_it_nothing() -> None:
    desk = Desk()
    desk.follow(Standing(None, under_way=True))
    desk.service.save_profile(INES, profile_content(display_name="Apolline Quéméner"))
    assert desk.profile.status == "submitted"
    desk.follow(decided(still_claimed=False))
    assert desk.profile.status == "draft"


def engagement(desk: Desk, number: str = "1") -> Engagement:
    return Engagement(desk.profile.profile_id, number, stamp(NOW), credit_content(title="Marée haute", year=NOW.year))


def test_a_confirmed_engagement_becomes_one_credit_that_says_that_the_work_exists_and_no_more() -> None:
    desk = Desk()
    desk.engagements["thread-1"] = engagement(desk)
    for _ in range(2):
        desk.service.follow_engagement("thread-1")
    [credit] = [one for one in desk.credits.values() if one.content.title == "Marée haute"]
    assert credit.level == 1
    assert {name: fact["holds"] for name, fact in credit.shown.items()} == {
        "work": True,
        "participation": None,
        "function": None,
    }
    assert credit.shown["work"]["by"] == "attestation"
    assert desk.service.mine(INES).verified_years.get(credit.function, 0) == 0


def test_another_engagement_of_the_same_two_is_another_credit() -> None:
    desk = Desk()
    for number in ("1", "2"):
        desk.engagements["thread-1"] = engagement(desk, number)
        desk.service.follow_engagement("thread-1")
    assert len([one for one in desk.credits.values() if one.content.title == "Marée haute"]) == 2


def test_what_is_not_confirmed_or_is_nobodys_becomes_nothing() -> None:
    desk = Desk()
    desk.service.follow_engagement("thread-1")
    desk.engagements["thread-2"] = replace(engagement(desk), profile_id="profile-of-nobody")
    desk.service.follow_engagement("thread-2")
    assert set(desk.credits) == {"credit-1", "credit-2"}
