"""Three reviewers, leases that run out, appeals, withdrawals, everything done twice and tasks that come late: whatever
the order, a case ends once, nobody refuses alone, nobody reviews their own, and history only grows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, DomainError, Retryable
from chalicelib.verification.events import (
    AppealDecided,
    CaseAdvised,
    CaseClaimed,
    CaseClosed,
    CaseDecided,
    CaseExpired,
    CaseQueued,
    CaseReopened,
    CaseSubmitted,
    CaseWithdrawn,
    ChecksRenewed,
    DecisionProposed,
    InformationProvided,
    StepEnded,
)
from chalicelib.verification.grounds import Ground
from chalicelib.verification.models import Case, CreditVerdict, Removal, Verdict
from chalicelib.verification.planner import News
from chalicelib.verification.service import VerificationService
from chalicelib.verification.states import CHECKED, DECIDED, ENDED, LEASED, OPEN, OUTCOMES, TRANSITIONS, Outcome
from chalicelib.verification.subjects import LEVELS, Level, Subject
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_of
from tests.support.verification_fakes import (
    FakeCaseStore,
    FakeSubjects,
    FakeTaskQueue,
    SetClock,
    administrator,
    freelancer,
    profile_claim,
    tasks,
)

OWNER = freelancer(1)
#: The fourth is a colleague of the person whose profile it is.
ADMINISTRATORS = [administrator(number) for number in (1, 2, 3, 4)]
COLLEAGUE = administrator(4)
CREDITS = ("credit-1-1", "credit-1-2")

WHO = st.sampled_from(ADMINISTRATORS)
TOKENS = st.sampled_from(["theirs", "theirs", "theirs", "an old one"])
OUTCOME = st.sampled_from(OUTCOMES)
TIMES = st.sampled_from(
    [timedelta(seconds=30), timedelta(minutes=6), timedelta(minutes=31), timedelta(days=1), timedelta(days=31)]
)
LEVEL = st.sampled_from([None, *LEVELS])


_GROUNDS: dict[Outcome, Ground] = {
    "verified": "all_confirmed",
    "partly_verified": "confirmed_in_part",
    "refused": "documents_contradict",
}


class LifeOfACase(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock, self.store, self.queue = SetClock(), FakeCaseStore(), FakeTaskQueue()
        self.subjects = FakeSubjects(profile_claim(1))
        self.subjects.colleagues["profile-1"] = frozenset({COLLEAGUE.sub})
        self.service = VerificationService(self.store, self.subjects, self.clock)
        self.work = tasks(self.store, self.subjects, self.queue, self.clock)
        self.ids: list[str] = []
        self.tokens: dict[tuple[str, str], list[str]] = {}
        self.every_task: list[tuple[str, str, int]] = []
        self.seen: list[tuple[str, Fact, int]] = []
        self.reads: dict[str, Case] = {}
        self.facts_by: dict[str, frozenset[str]] = {}

    @initialize()
    def a_case_is_submitted(self) -> None:
        self.open_another()

    # ---- the subject

    @rule()
    def open_another(self) -> None:
        case_id = id_of("case", str(len(self.ids)))
        if self.attempt(lambda: self.service.open(OWNER, "profile", case_id, "fr")):
            self.ids.append(case_id)
            self.attempt(lambda: self.service.submit(OWNER, case_id))

    @rule(data=st.data())
    def submit_again(self, data: st.DataObject) -> None:
        self.attempt(lambda: self.service.submit(OWNER, self.some_case(data)))

    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        case_id = self.some_case(data)
        self.attempt(lambda: self.service.answer(OWNER, case_id, "Voici le contrat."))
        # Whoever asked is given the case again, with a token of its own.
        case = self.read(case_id)
        if case.lease:
            self.tokens.setdefault((case_id, case.lease.reviewer_sub), []).append(case.lease.token)

    @rule(data=st.data(), sure=st.integers(0, 4))
    def withdraw(self, data: st.DataObject, sure: int) -> None:
        if sure == 0:
            self.attempt(lambda: self.service.withdraw(OWNER, self.some_case(data)))

    @rule(data=st.data())
    def appeal(self, data: st.DataObject) -> None:
        self.attempt(lambda: self.service.appeal(OWNER, self.some_case(data), "Je conteste."))

    # ---- the clockwork

    @rule()
    def the_stream_tells_of_submissions_again(self) -> None:
        for case_id, fact, _ in list(self.store.facts_told):
            if isinstance(fact, CaseSubmitted):
                self.attempt(lambda case_id=case_id: self.work.dispatch(case_id))  # type: ignore[misc]

    @rule()
    def the_stream_tells_of_answers_again(self) -> None:
        for case_id, fact, _ in list(self.store.facts_told):
            if isinstance(fact, InformationProvided):
                self.attempt(
                    lambda case_id=case_id, because=fact.question_id: self.look_again(case_id, "answer", because)
                )  # type: ignore[misc]

    @rule(data=st.data(), news=st.sampled_from(["file", "attestation"]), which=st.integers(0, 2))
    def something_comes_or_is_told_of_again(self, data: st.DataObject, news: News, which: int) -> None:
        self.attempt(lambda: self.look_again(self.some_case(data), news, f"{news}-{which}"))

    def look_again(self, case_id: str, news: News, because: str) -> None:
        """And nobody's place is lost by it."""
        before = self.read(case_id)
        self.work.look_again(case_id, news, because)
        assert self.read(case_id) == before

    @rule()
    def the_queue_is_worked_off(self) -> None:
        while self.queue.sent:
            for task in self.queue.take():
                self.every_task.append(task)
                self.attempt(lambda task=task: self.work.run(*task))  # type: ignore[misc]

    @precondition(lambda self: self.every_task)
    @rule(data=st.data())
    def a_task_comes_late_or_again(self, data: st.DataObject) -> None:
        task = data.draw(st.sampled_from(self.every_task))
        self.attempt(lambda: self.work.run(*task))

    @precondition(lambda self: self.queue.sent)
    @rule()
    def messages_are_lost(self) -> None:
        self.every_task += self.queue.take()

    @rule(time=TIMES)
    def time_passes(self, time: timedelta) -> None:
        self.clock.pass_(time)

    @rule()
    def the_sweep_comes(self) -> None:
        for owed in self.work.due():
            self.attempt(lambda owed=owed: self.work.settle(*owed))  # type: ignore[misc]

    # ---- the administrators

    @rule(data=st.data(), who=WHO)
    def claim(self, data: st.DataObject, who: Actor) -> None:
        self.take(self.some_case(data), who)

    def take(self, case_id: str, who: Actor) -> None:
        appealed = self.read(case_id).state in ("appealed", "appeal_review")
        taking = self.service.claim_appeal if appealed else self.service.claim
        case = self.attempt(lambda: taking(who, case_id))
        if isinstance(case, Case) and case.lease:
            self.tokens.setdefault((case_id, who.sub), []).append(case.lease.token)

    @rule(data=st.data(), who=WHO, which=TOKENS)
    def renew(self, data: st.DataObject, who: Actor, which: str) -> None:
        case_id = self.some_case(data)
        self.attempt(lambda: self.service.renew_lease(who, case_id, self.token(case_id, who, which)))

    @rule(data=st.data(), who=WHO, which=TOKENS)
    def release(self, data: st.DataObject, who: Actor, which: str) -> None:
        case_id = self.some_case(data)
        self.attempt(lambda: self.service.release(who, case_id, self.token(case_id, who, which)))

    @rule(data=st.data(), who=WHO, which=TOKENS)
    def ask(self, data: st.DataObject, who: Actor, which: str) -> None:
        case_id = self.some_case(data)
        token = self.token(case_id, who, which)
        self.attempt(lambda: self.service.request_information(who, case_id, token, "Quel était votre rôle ?"))

    @rule(data=st.data(), who=WHO, which=TOKENS, outcome=OUTCOME, level=LEVEL, removes=st.booleans())
    def decide(
        self, data: st.DataObject, who: Actor, which: str, outcome: Outcome, level: Level | None, removes: bool
    ) -> None:
        case_id = self.some_case(data)
        verdict = self.verdict(outcome, level, removes)
        token = self.token(case_id, who, which)
        deciding = self.service.decide
        if self.read(case_id).state == "appeal_review":
            deciding = self.service.decide_appeal
        self.attempt(lambda: deciding(who, case_id, token, verdict))

    @rule(data=st.data(), who=WHO, which=TOKENS, confirms=st.booleans())
    def second(self, data: st.DataObject, who: Actor, which: str, confirms: bool) -> None:
        case_id = self.some_case(data)
        token = self.token(case_id, who, which)
        self.attempt(lambda: self.service.second_decision(who, case_id, token, confirms=confirms, note="À revoir."))

    @rule(data=st.data(), who=WHO)
    def reopen(self, data: st.DataObject, who: Actor) -> None:
        self.attempt(lambda: self.service.reopen(who, self.some_case(data), "established_wrongly"))

    @rule(
        data=st.data(),
        order=st.permutations(ADMINISTRATORS),
        act=st.sampled_from(["decide", "decide", "decide", "ask"]),
        outcome=OUTCOME,
        level=LEVEL,
        confirms=st.booleans(),
        contested=st.booleans(),
    )
    def whoever_may_takes_it_and_goes_on(
        self,
        data: st.DataObject,
        order: list[Actor],
        act: str,
        outcome: Outcome,
        level: Level | None,
        confirms: bool,
        contested: bool,
    ) -> None:
        """What mostly happens, so that the rarer things meet cases of every age."""
        self.the_stream_tells_of_submissions_again()
        self.the_queue_is_worked_off()
        case_id = self.some_case(data)
        if contested:
            self.attempt(lambda: self.service.appeal(OWNER, case_id, "Je conteste."))
        for who in order:
            self.take(case_id, who)
        case = self.read(case_id)
        if case.state not in LEASED or case.lease is None:
            return
        (who,) = [one for one in order if one.sub == case.lease.reviewer_sub]
        token = self.token(case_id, who, "theirs")
        verdict = self.verdict(outcome, level, False)
        if case.state == "appeal_review":
            self.attempt(lambda: self.service.decide_appeal(who, case_id, token, verdict))
        elif case.pending_decision:
            self.attempt(lambda: self.service.second_decision(who, case_id, token, confirms=confirms, note="Non."))
        elif act == "ask":
            self.attempt(lambda: self.service.request_information(who, case_id, token, "Quel était votre rôle ?"))
        else:
            self.attempt(lambda: self.service.decide(who, case_id, token, verdict))

    # ---- what must hold

    @invariant()
    def history_only_grows(self) -> None:
        told = self.store.facts_told
        assert told[: len(self.seen)] == self.seen
        self.seen = list(told)

    @invariant()
    def versions_grow_by_one_and_follow_the_table(self) -> None:
        legal = {(before, after) for (before, _), after in TRANSITIONS.items()}
        for case_id in self.ids:
            case, before = self.read(case_id), self.reads.get(case_id)
            if before is not None:
                assert case.version >= before.version
                if case.version == before.version:
                    assert case == before
                if case.version == before.version + 1:
                    assert (before.state, case.state) in legal
            self.reads[case_id] = case

    @invariant()
    def each_round_ends_once(self) -> None:
        for case_id in self.ids:
            decided = ended = submitted = queued = 0
            for told_of, fact, _ in self.store.facts_told:
                if told_of != case_id:
                    continue
                if isinstance(fact, CaseReopened):
                    decided = ended = 0
                decided += isinstance(fact, CaseDecided)
                ended += isinstance(fact, AppealDecided | CaseClosed | CaseWithdrawn | CaseExpired)
                submitted += isinstance(fact, CaseSubmitted)
                queued += isinstance(fact, CaseQueued)
                assert decided <= 1
                assert ended <= 1
                assert submitted <= 1
                assert queued <= 1
            case = self.read(case_id)
            assert (case.state in ENDED) == (ended == 1)
            assert (case.state in DECIDED) <= (decided == 1)

    @invariant()
    def nobody_refuses_alone(self) -> None:
        for case_id in self.ids:
            case = self.read(case_id)
            decisions = [*case.earlier_decisions, *([case.decision] if case.decision else [])]
            for index, one in enumerate(decisions):
                if one.verdict.outcome == "refused" or one.verdict.removals:
                    upheld = index > 0 and decisions[index - 1].verdict.outcome == "refused"
                    assert upheld or (one.seconded_by and one.seconded_by != one.decided_by)
            if case.outcome == "refused":
                assert case.decision is not None
                assert case.decision.seconded_by not in (None, case.decision.decided_by)
        proposed: dict[str, str] = {}
        for case_id, fact, _ in self.store.facts_told:
            if isinstance(fact, DecisionProposed):
                proposed[case_id] = fact.proposed_by
            if isinstance(fact, CaseDecided) and fact.outcome == "refused":
                assert fact.decided_by == proposed[case_id]
                assert fact.seconded_by not in ("", fact.decided_by)

    @invariant()
    def nobody_reviews_their_own(self) -> None:
        for _, fact, _ in self.store.facts_told:
            if isinstance(fact, CaseClaimed):
                assert fact.reviewer_sub not in (COLLEAGUE.sub, OWNER.sub)
        for case_id in self.ids:
            case = self.read(case_id)
            if case.appeal and case.appeal.decision and case.decision:
                others = {case.decision.decided_by, case.decision.seconded_by}
                assert case.appeal.decision.decided_by not in others
            if case.pending_decision and case.lease:
                assert case.lease.reviewer_sub != case.pending_decision.decided_by

    @invariant()
    def a_subject_has_one_open_case_at_most(self) -> None:
        still = [case_id for case_id in self.ids if self.read(case_id).state in OPEN]
        assert len(still) <= 1
        assert self.store.open_case_of(Subject("profile", "profile-1")) == (still[0] if still else None)

    @invariant()
    def a_step_ends_once_and_a_case_is_queued_after_its_last(self) -> None:
        ended: set[tuple[str, str, int]] = set()
        rounds: Counter[tuple[str, str]] = Counter()
        renewed: Counter[str] = Counter()
        for case_id, fact, _ in self.store.facts_told:
            if isinstance(fact, StepEnded):
                assert (case_id, fact.step, fact.attempt) not in ended
                ended.add((case_id, fact.step, fact.attempt))
                rounds[case_id, fact.step] += 1
                assert rounds[case_id, fact.step] <= 1 + renewed[case_id]
            renewed[case_id] += isinstance(fact, ChecksRenewed)
            if isinstance(fact, CaseQueued):
                assert {name for of, name, _ in ended if of == case_id} == {
                    step.name for step in self.store.steps(case_id)
                }

    @invariant()
    def advice_moves_nobody(self) -> None:
        for case_id in self.ids:
            told = [fact for of, fact, _ in self.store.facts_told if of == case_id]
            if told and isinstance(told[-1], CaseAdvised):
                assert self.read(case_id).state in CHECKED
                assert self.read(case_id).route == told[-1].route

    @invariant()
    def no_fact_is_lost_but_by_two(self) -> None:
        for credit_id, facts in self.store.facts("profile-1").items():
            held = frozenset(level for level in LEVELS if facts.get(level))
            lost = self.facts_by.get(credit_id, frozenset()) - held
            self.facts_by[credit_id] = held
            if lost:
                last = self.store.facts_told[-1][1]
                assert isinstance(last, CaseDecided)
                assert last.seconded_by not in ("", last.decided_by)

    def teardown(self) -> None:
        """However it went, whatever is still being checked becomes ready once messages flow again."""
        for _ in range(12):
            self.clock.pass_(timedelta(minutes=6))
            self.the_sweep_comes()
            self.the_queue_is_worked_off()
        for case_id in self.ids:
            case = self.read(case_id)
            assert case.state not in ("submitted", "checks_running")
            assert {step.status for step in self.store.steps(case_id)} <= {"ended"}

    # ---- props

    def attempt(self, act: Callable[[], object]) -> object:
        """Does it; what the rules refuse is refused, and leaves everything as it was."""
        told = len(self.store.facts_told)
        try:
            return act()
        except (DomainError, Retryable, Conflict):
            assert len(self.store.facts_told) == told
            return None

    def some_case(self, data: st.DataObject) -> str:
        # Mostly the last one: the others are over.
        return data.draw(st.sampled_from([*self.ids, self.ids[-1], self.ids[-1]]))

    def read(self, case_id: str) -> Case:
        case = self.store.case(case_id)
        assert case is not None
        return case

    def token(self, case_id: str, who: Actor, which: str) -> str:
        theirs = self.tokens.get((case_id, who.sub), ["never had one"])
        return theirs[-1] if which == "theirs" else theirs[0]

    def verdict(self, outcome: Outcome, level: Level | None, removes: bool) -> Verdict:
        established = self.store.facts("profile-1")
        removals = [
            Removal(credit_id=credit_id, level="function")
            for credit_id in CREDITS
            if removes and credit_id in established and established[credit_id].function
        ]
        if outcome == "refused" and level:
            level = "work"
        return Verdict(
            outcome=outcome,
            ground=_GROUNDS[outcome],
            text="Voici ce qui a été vérifié.",
            credits=tuple(CreditVerdict(credit_id=credit_id, level=level) for credit_id in CREDITS),
            removals=tuple(removals),
        )


TestLifeOfACase = LifeOfACase.TestCase
TestLifeOfACase.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
