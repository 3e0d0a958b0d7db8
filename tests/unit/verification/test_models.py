"""What may happen to a case, one act at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.platform.errors import Invalid
from chalicelib.verification.errors import (
    LeaseLost,
    NoSecondDecisionAwaited,
    NotInThatState,
    OwnCase,
    OwnDecision,
    SecondDecisionAwaited,
    TakenByAnother,
    TooLateToAppeal,
)
from chalicelib.verification.models import (
    ANSWER_WITHIN,
    APPEAL_WITHIN,
    LEASE,
    MOST_ATTEMPTS,
    PATIENCE,
    Case,
    CreditVerdict,
    Removal,
    Step,
    Verdict,
)
from chalicelib.verification.states import ACTS, DECIDED, ENDED, IN_QUEUE, STATES, TRANSITIONS, following
from chalicelib.verification.subjects import Kind, Subject
from chalicelib.vocabulary.clock import stamp
from tests.support.verification_fakes import NOW, contact

ONE_MINUTE = timedelta(minutes=1)


GROUND_OF = {"verified": "all_confirmed", "partly_verified": "confirmed_in_part", "refused": "documents_missing"}


def verdict(outcome: str = "verified", **changes: Any) -> Verdict:
    credits = () if outcome == "refused" else (CreditVerdict(credit_id="credit-1", level="work"),)
    given = {"outcome": outcome, "ground": GROUND_OF[outcome], "text": "Vu.", "credits": credits}
    return Verdict.model_validate({**given, **changes})


def queued(kind: Kind = "profile", credits: tuple[str, ...] = ("credit-1",)) -> Case:
    case, _ = Case.open("case-1", Subject(kind, "subject-1"), contact(), NOW)
    case, _ = case.submit(NOW)
    case, _ = case.plan(credits, 5, False, NOW)
    case, _ = case.make_ready("normal", NOW)
    return case


def taken(case: Case | None = None, by: str = "admin-1", at: datetime = NOW) -> Case:
    claimed = (case or queued()).claim(by, (), f"token-{by}", at)
    assert claimed is not None
    return claimed[0]


def decided(outcome: str = "verified", at: datetime = NOW) -> Case:
    if outcome != "refused":
        credits = (CreditVerdict(credit_id="credit-1", level="work"),)
        return taken(at=at).decide("admin-1", "token-admin-1", verdict(outcome, credits=credits), at)[0]
    proposed, _ = taken(at=at).decide("admin-1", "token-admin-1", verdict("refused"), at)
    return taken(proposed, "admin-2", at).confirm("admin-2", "token-admin-2", at)[0]


def pointers(raised: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [one.pointer for one in raised.value.fields]


def test_every_state_can_be_reached_and_every_act_is_possible_somewhere() -> None:
    assert set(TRANSITIONS.values()) | {"draft"} == set(STATES)
    assert {act for _, act in TRANSITIONS} == set(ACTS)


def test_only_reopening_leads_out_of_an_end() -> None:
    assert {act for state, act in TRANSITIONS if state in ENDED} == {"reopen"}
    assert following("withdrawn", "reopen") is None


def test_from_every_state_some_end_can_be_reached() -> None:
    reaching = set(ENDED)
    for _ in STATES:
        reaching |= {before for (before, _), after in TRANSITIONS.items() if after in reaching}
    assert reaching == set(STATES)


def test_a_lease_runs_for_thirty_minutes_and_not_a_moment_longer() -> None:
    case, last = taken(), NOW + LEASE - timedelta(milliseconds=1)
    assert case.renew("admin-1", "token-admin-1", last)[0].lease.until == stamp(last + LEASE)  # type: ignore[union-attr]
    with pytest.raises(LeaseLost):
        case.renew("admin-1", "token-admin-1", NOW + LEASE)
    with pytest.raises(LeaseLost):
        case.decide("admin-1", "token-admin-1", verdict(), NOW + LEASE)


@pytest.mark.parametrize(("who", "token"), [("admin-1", "another"), ("admin-2", "token-admin-1"), ("admin-2", "")])
def test_only_who_has_the_case_and_shows_the_token_acts_on_it(who: str, token: str) -> None:
    for act in (
        lambda: taken().renew(who, token, NOW),
        lambda: taken().release(who, token, NOW),
        lambda: taken().ask(who, token, "q", "?", NOW),
        lambda: taken().decide(who, token, verdict(), NOW),
        lambda: taken().confirm(who, token, NOW),
        lambda: taken().overturn(who, token, "", NOW),
    ):
        with pytest.raises(LeaseLost):
            act()


def test_a_case_is_taken_by_one_and_again_once_the_lease_ran_out() -> None:
    case = taken()
    assert case.claim("admin-1", (), "t", NOW + ONE_MINUTE) is None
    with pytest.raises(TakenByAnother):
        case.claim("admin-2", (), "t", NOW + ONE_MINUTE)
    assert taken(case, "admin-2", NOW + LEASE).lease.reviewer_sub == "admin-2"  # type: ignore[union-attr]


def test_nobody_takes_their_own_case_or_a_colleagues() -> None:
    for own in ("admin-1", "freelancer-1"):
        with pytest.raises(OwnCase):
            queued().claim(own, {"admin-1"}, "t", NOW)
    with pytest.raises(OwnCase):
        decided().reopen("admin-1", "established_wrongly", {"admin-1"}, NOW)


def test_a_refusal_waits_for_a_second_person() -> None:
    proposed, fact = taken().decide("admin-1", "token-admin-1", verdict("refused"), NOW)
    assert (proposed.state, fact.event_type) == ("queued", "verification.decision_proposed")
    with pytest.raises(OwnDecision):
        proposed.claim("admin-1", (), "t", NOW)
    second = taken(proposed, "admin-2")
    with pytest.raises(SecondDecisionAwaited):
        second.decide("admin-2", "token-admin-2", verdict(), NOW)
    with pytest.raises(SecondDecisionAwaited):
        second.ask("admin-2", "token-admin-2", "q", "?", NOW)
    refused, _ = second.confirm("admin-2", "token-admin-2", NOW)
    assert (refused.state, refused.deciders) == ("refused", {"admin-1", "admin-2"})


def test_an_overturned_proposal_goes_back_to_the_queue_and_not_to_who_made_it() -> None:
    proposed, _ = taken().decide("admin-1", "token-admin-1", verdict("refused"), NOW)
    back, _ = taken(proposed, "admin-2").overturn("admin-2", "token-admin-2", "Le contrat suffit.", NOW)
    assert (back.state, back.pending_decision, len(back.overturned)) == ("queued", None, 1)
    with pytest.raises(OwnDecision):
        back.claim("admin-1", (), "t", NOW)
    with pytest.raises(NoSecondDecisionAwaited):
        taken(back, "admin-3").confirm("admin-3", "token-admin-3", NOW)


def test_what_takes_a_fact_away_waits_for_a_second_person() -> None:
    removal = (Removal(credit_id="credit-1", level="function"),)
    proposed, _ = taken().decide("admin-1", "token-admin-1", verdict(removals=removal), NOW)
    assert proposed.pending_decision is not None


def test_a_reopened_case_is_given_less_by_two_people_alone() -> None:
    reopened, _ = decided("verified").reopen("admin-3", "established_wrongly", (), NOW)
    assert reopened.decision is None
    with pytest.raises(OwnDecision):
        reopened.claim("admin-1", (), "t", NOW)
    case, some = taken(reopened, "admin-2"), (CreditVerdict(credit_id="credit-1", level="work"),)
    proposed, _ = case.decide("admin-2", "token-admin-2", verdict("partly_verified", credits=some), NOW)
    assert proposed.state == "queued"
    assert case.decide("admin-2", "token-admin-2", verdict("verified"), NOW)[0].state == "verified"


def test_a_decision_counts_after_the_one_it_replaces_whatever_the_clock_of_its_machine_says() -> None:
    first = decided("verified")
    assert first.standing is not None
    reopened, _ = first.reopen("admin-3", "established_wrongly", (), NOW)
    slow = NOW - timedelta(seconds=2)
    proposed, _ = taken(reopened, "admin-2", slow).decide("admin-2", "token-admin-2", verdict("refused"), slow)
    refused, _ = taken(proposed, "admin-3", slow).confirm("admin-3", "token-admin-3", slow)
    assert refused.standing is not None
    assert refused.standing.seconded_at is not None
    assert refused.standing.seconded_at > first.standing.decided_at


def test_a_junior_path_is_taken_back_by_two_people_alone() -> None:
    granted, _ = taken().decide("admin-1", "token-admin-1", verdict(junior_path=True), NOW)
    reopened, _ = granted.reopen("admin-3", "established_wrongly", (), NOW)
    again, _ = taken(reopened, "admin-2").decide("admin-2", "token-admin-2", verdict(), NOW)
    assert again.pending_decision is not None


def test_an_appeal_is_possible_for_thirty_days_and_goes_to_a_third_person() -> None:
    refused = decided("refused")
    with pytest.raises(TooLateToAppeal):
        refused.contest("Voici.", NOW + APPEAL_WITHIN)
    appealed, _ = refused.contest("Voici.", NOW + APPEAL_WITHIN - ONE_MINUTE)
    for had_a_part in ("admin-1", "admin-2"):
        with pytest.raises(OwnDecision):
            appealed.claim(had_a_part, (), "t", NOW)
    final, fact = taken(appealed, "admin-3").decide_appeal("admin-3", "token-admin-3", verdict(), NOW)
    assert (final.state, final.outcome, final.appeal.changed) == ("final", "verified", True)  # type: ignore[union-attr]
    assert fact.event_type == "verification.appeal_decided"


def test_who_overturned_or_asked_has_a_part_for_an_appeal() -> None:
    asked, _ = taken().ask("admin-1", "token-admin-1", "q", "?", NOW)
    answered, _ = asked.answer("Voici.", "another", NOW)
    released, _ = answered.release("admin-1", "another", NOW)
    proposed, _ = taken(released, "admin-2").decide("admin-2", "token-admin-2", verdict("refused"), NOW)
    back, _ = taken(proposed, "admin-3").overturn("admin-3", "token-admin-3", "", NOW)
    final, _ = taken(back, "admin-4").decide("admin-4", "token-admin-4", verdict(), NOW)
    appealed, _ = final.contest("Et mon autre crédit ?", NOW)
    for had_a_part in ("admin-1", "admin-2", "admin-3", "admin-4"):
        with pytest.raises(OwnDecision):
            appealed.claim(had_a_part, (), "t", NOW)


def test_an_appeal_never_makes_things_worse() -> None:
    appealed, _ = decided("partly_verified").contest("Voici.", NOW)
    case = taken(appealed, "admin-3")
    with pytest.raises(Invalid) as raised:
        case.decide_appeal("admin-3", "token-admin-3", verdict("refused"), NOW)
    assert pointers(raised) == ["/outcome"]
    removal = (Removal(credit_id="credit-1", level="work"),)
    with pytest.raises(Invalid) as raised:
        case.decide_appeal("admin-3", "token-admin-3", verdict(removals=removal), NOW)
    assert pointers(raised) == ["/removals"]


def test_an_appeal_is_decided_as_one_and_nothing_else_is() -> None:
    appealed, _ = decided("refused").contest("Voici.", NOW)
    case = taken(appealed, "admin-3")
    with pytest.raises(NotInThatState):
        case.decide("admin-3", "token-admin-3", verdict(), NOW)
    with pytest.raises(NotInThatState):
        case.ask("admin-3", "token-admin-3", "q", "?", NOW)
    with pytest.raises(NotInThatState):
        taken().decide_appeal("admin-1", "token-admin-1", verdict(), NOW)


def test_a_question_stops_our_clock_and_the_answer_gives_the_case_back() -> None:
    asked, _ = taken().ask("admin-1", "token-admin-1", "q-1", "Quel rôle ?", NOW)
    assert (asked.due_at, asked.owed_at) == (None, stamp(NOW + ANSWER_WITHIN))
    later = NOW + timedelta(days=2)
    answered, _ = asked.answer("Directrice littéraire.", "new", later)
    assert (answered.state, answered.questions[0].answer) == ("in_review", "Directrice littéraire.")
    assert answered.lease is not None
    assert (answered.lease.reviewer_sub, answered.lease.token) == ("admin-1", "new")
    assert answered.due_at is not None


def test_an_answer_that_never_comes_ends_the_case() -> None:
    asked, _ = taken().ask("admin-1", "token-admin-1", "q-1", "Quel rôle ?", NOW)
    assert asked.lapse(NOW + ANSWER_WITHIN - ONE_MINUTE) is None
    lapsed = asked.lapse(NOW + ANSWER_WITHIN)
    assert lapsed is not None
    assert (lapsed[0].state, lapsed[1].event_type) == ("expired", "verification.expired")


def test_what_is_not_contested_becomes_final_and_keeps_its_outcome() -> None:
    for outcome in ("verified", "partly_verified", "refused"):
        lapsed = decided(outcome).lapse(NOW + APPEAL_WITHIN)
        assert lapsed is not None
        assert (lapsed[0].state, lapsed[0].outcome) == ("final", outcome)


def test_nothing_runs_out_while_a_case_waits() -> None:
    assert queued().owed_at is None
    assert queued().lapse(NOW + timedelta(days=400)) is None


@pytest.mark.parametrize(
    ("case", "given", "broken"),
    [
        (queued(), verdict(credits=(CreditVerdict(credit_id="other", level="work"),)), ["/credits/0/credit_id"]),
        (
            queued(),
            verdict(removals=(Removal(credit_id="other", level="work"),)),
            ["/removals/0/credit_id"],
        ),
        (queued("company", ()), verdict("partly_verified", credits=()), ["/outcome"]),
        (queued(), verdict("partly_verified", credits=()), ["/credits"]),
        (queued("credit"), verdict(credits=()), ["/credits"]),
        (queued("credit"), verdict(credits=(CreditVerdict(credit_id="credit-1", level=None),)), ["/credits"]),
    ],
)
def test_a_verdict_that_the_case_cannot_be_given_is_refused_by_field(
    case: Case, given: Verdict, broken: list[str]
) -> None:
    with pytest.raises(Invalid) as raised:
        taken(case).decide("admin-1", "token-admin-1", given, NOW)
    assert pointers(raised) == broken


def test_a_person_without_credits_can_be_verified_on_their_path() -> None:
    case = taken(queued(credits=()))
    after, _ = case.decide("admin-1", "token-admin-1", verdict("partly_verified", credits=(), junior_path=True), NOW)
    assert after.state == "partly_verified"


def test_withdrawing_ends_a_case_until_it_is_decided() -> None:
    gone, _ = taken().withdraw(NOW)
    assert (gone.state, gone.lease) == ("withdrawn", None)
    with pytest.raises(NotInThatState):
        gone.decide("admin-1", "token-admin-1", verdict(), NOW)
    with pytest.raises(NotInThatState):
        decided().withdraw(NOW)


def test_the_lists_of_states_agree() -> None:
    assert not DECIDED & ENDED
    assert not IN_QUEUE & (DECIDED | ENDED)


def test_a_step_is_tried_a_few_times_and_is_owed_all_the_while() -> None:
    step: Step | None = Step.planned("case-1", "identity", NOW)
    attempts = []
    while step is not None:
        attempts.append(step.attempt)
        delay = timedelta(seconds=7)
        last, step = step, step.again(delay, NOW)
        if step is not None:
            assert step.owed_at == stamp(NOW + delay + PATIENCE)
    assert attempts == list(range(1, MOST_ATTEMPTS + 1))
    ended, fact = last.end("needs_human", (), None, NOW)
    assert (ended.status, ended.owed_at, fact.event_type) == ("ended", None, "verification.step_ended")


def test_what_was_granted_cannot_be_kept_by_taking_the_case_back() -> None:
    reopened, _ = decided("verified").reopen("admin-3", "forged_document", (), NOW)
    with pytest.raises(NotInThatState):
        reopened.withdraw(NOW)
    held = taken(reopened, "admin-2")
    proposed, _ = held.decide("admin-2", "token-admin-2", verdict("refused", ground="forged_document"), NOW)
    for case in (held, proposed, held.ask("admin-2", "token-admin-2", "q", "?", NOW)[0]):
        with pytest.raises(NotInThatState):
            case.withdraw(NOW)


@pytest.mark.parametrize(
    ("kind", "outcome", "changes", "expected"),
    [
        ("profile", "verified", {"ground": "forged_document"}, ["/ground"]),
        ("profile", "verified", {"ground": "confirmed_in_part"}, ["/ground"]),
        ("profile", "verified", {"ground": "company_confirmed"}, ["/ground"]),
        ("profile", "partly_verified", {"ground": "all_confirmed"}, ["/ground"]),
        ("profile", "partly_verified", {"ground": "documents_missing"}, []),
        ("profile", "refused", {"ground": "all_confirmed"}, ["/ground"]),
        ("profile", "refused", {"ground": "mandate_not_shown"}, ["/ground"]),
        ("profile", "verified", {"credits": ()}, ["/credits"]),
        ("profile", "verified", {"credits": (), "junior_path": True, "ground": "junior_path_confirmed"}, []),
        ("profile", "refused", {"credits": (CreditVerdict(credit_id="credit-1", level="work"),)}, []),
        (
            "profile",
            "refused",
            {"credits": (CreditVerdict(credit_id="credit-1", level="participation"),)},
            ["/credits/0/level"],
        ),
        ("profile", "refused", {"junior_path": True}, ["/junior_path"]),
        ("credit", "verified", {}, ["/credits/0/level"]),
        ("credit", "verified", {"credits": (CreditVerdict(credit_id="credit-1", level="function"),)}, []),
        ("credit", "partly_verified", {}, []),
        ("credit", "partly_verified", {"junior_path": True}, ["/junior_path"]),
        ("company", "verified", {"credits": (), "ground": "company_confirmed"}, []),
        ("company", "verified", {"credits": (), "ground": "all_confirmed"}, []),
        ("company", "verified", {"credits": (), "junior_path": True}, ["/junior_path"]),
        ("company", "verified", {"credits": (), "ground": "junior_path_confirmed"}, ["/ground"]),
        ("company", "refused", {"ground": "same_person_twice"}, ["/ground"]),
        ("company", "refused", {"ground": "mandate_not_shown"}, []),
    ],
)
def test_a_verdict_does_not_contradict_itself(
    kind: Kind, outcome: str, changes: dict[str, Any], expected: list[str]
) -> None:
    case = taken(queued(kind, () if kind == "company" else ("credit-1",)))
    given = verdict(outcome, **changes)
    if not expected:
        assert case.decide("admin-1", "token-admin-1", given, NOW)[0].version == case.version + 1
        return
    with pytest.raises(Invalid) as raised:
        case.decide("admin-1", "token-admin-1", given, NOW)
    assert pointers(raised) == expected
