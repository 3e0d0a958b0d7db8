"""A case and its steps: what may happen to them, decided here and by the one table of `states.py`.

All times are ISO 8601 UTC texts. Every act gives the case as it is afterwards and the fact that it makes true.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from chalicelib.platform.errors import FieldError, Invalid
from chalicelib.verification.due import APPEAL, FAST, NORMAL, due_after
from chalicelib.verification.errors import (
    FUNCTION_NOT_CONFIRMED,
    NO_BACKGROUND,
    NOT_FOR_THIS_SUBJECT,
    NOT_THIS_GROUND,
    NOTHING_CONFIRMED,
    REFUSED_AND_CONFIRMED,
    UNKNOWN_CREDIT,
    WORSE_THAN_APPEALED,
    LeaseLost,
    NoSecondDecisionAwaited,
    NotInThatState,
    OwnCase,
    OwnDecision,
    SecondDecisionAwaited,
    TakenByAnother,
    TooLateToAppeal,
)
from chalicelib.verification.events import (
    AppealDecided,
    CaseAdvised,
    CaseAppealed,
    CaseClaimed,
    CaseClosed,
    CaseDecided,
    CaseExpired,
    CaseOpened,
    CaseQueued,
    CaseReleased,
    CaseReopened,
    CaseSubmitted,
    CaseWithdrawn,
    ChecksPlanned,
    DecisionOverturned,
    DecisionProposed,
    InformationProvided,
    InformationRequested,
    LeaseRenewed,
    StepEnded,
)
from chalicelib.verification.grounds import Ground, fits
from chalicelib.verification.states import (
    DECIDED,
    ENDED,
    LEASED,
    OUTCOMES,
    Act,
    Outcome,
    State,
    deciding,
    following,
)
from chalicelib.verification.subjects import Kind, Level, Subject
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.text import Language

LEASE = timedelta(minutes=30)

#: How long the subject has to answer a question before the case expires.
ANSWER_WITHIN = timedelta(days=14)

APPEAL_WITHIN = timedelta(days=30)

#: How long a case or a step may be owed to a queue before it is put there again. Longer than what a function and its
#: message's time out of sight take together, so that what is merely slow is not done twice for nothing.
PATIENCE = timedelta(minutes=5)

#: How often a step is tried before a person takes it over.
MOST_ATTEMPTS = 5

Route = Literal["fast_lane", "normal", "two_reviewers"]

_FROZEN = ConfigDict(frozen=True, defer_build=True)


class Contact(BaseModel):
    """Who answers for the subject, and where to write to them."""

    model_config = _FROZEN

    sub: str
    email: str
    language: Language


class Lease(BaseModel):
    """A case in one administrator's hands. Whoever acts on it shows the token."""

    model_config = _FROZEN

    reviewer_sub: str
    token: str
    until: str

    def runs(self, now: datetime) -> bool:
        return stamp(now) < self.until


class CreditVerdict(BaseModel):
    """The highest fact of a credit that the decision establishes; None: it establishes nothing."""

    model_config = _FROZEN

    credit_id: str
    level: Level | None


class Removal(BaseModel):
    """A fact that a decision takes away, with those that stand on it."""

    model_config = _FROZEN

    credit_id: str
    level: Level


class Verdict(BaseModel):
    """What an administrator decides. `text` is what they write to the subject. `junior_path`: whether the background
    of a person at the beginning (diploma, internship, reading reports, referees) is confirmed."""

    model_config = _FROZEN

    outcome: Outcome
    ground: Ground
    text: str
    credits: tuple[CreditVerdict, ...] = ()
    removals: tuple[Removal, ...] = ()
    junior_path: bool = False

    @property
    def needs_a_second(self) -> bool:
        """A refusal, and whatever takes a fact away."""
        return self.outcome == "refused" or bool(self.removals)


class Decision(BaseModel):
    """A verdict, by whom and when; of a proposed one `seconded_by` is None."""

    model_config = _FROZEN

    verdict: Verdict
    decided_by: str
    decided_at: str
    seconded_by: str | None = None
    seconded_at: str | None = None


class Overturned(BaseModel):
    """A proposed decision that the second administrator sent back. `note` is for the next reviewer."""

    model_config = _FROZEN

    decision: Decision
    overturned_by: str
    overturned_at: str
    note: str


class Question(BaseModel):
    """What a reviewer asked the subject, and the answer."""

    model_config = _FROZEN

    question_id: str
    asked_by: str
    asked_at: str
    text: str
    until: str
    answer: str | None = None
    answered_at: str | None = None


class Appeal(BaseModel):
    """`decision` is that of the third person."""

    model_config = _FROZEN

    text: str
    appealed_at: str
    decision: Decision | None = None
    changed: bool = False


class Case(BaseModel):
    """`version` grows by one at each change. `due_at`: by when the subject must hear from us; None while nobody owes
    them anything. `pressing`: the person fits a live project whose option ends soon. `credit_ids`: the credits whose
    steps were planned. `decision_due_at`: by when they were to hear what was decided; None for what was decided before
    it was kept."""

    model_config = _FROZEN

    case_id: str
    kind: Kind
    subject_id: str
    contact: Contact
    state: State
    version: int = 1
    opened_at: str
    updated_at: str
    submitted_at: str | None = None
    due_at: str | None = None
    pressing: bool = False
    #: Opened by the clockwork, for facts that are about to run out.
    recheck: bool = False
    credit_ids: tuple[str, ...] = ()
    route: Route | None = None
    lease: Lease | None = None
    questions: tuple[Question, ...] = ()
    pending_decision: Decision | None = None
    overturned: tuple[Overturned, ...] = ()
    decision: Decision | None = None
    decided_at: str | None = None
    decision_due_at: str | None = None
    #: Of the rounds before the case was reopened, appeals' included; the last one is what stood then.
    earlier_decisions: tuple[Decision, ...] = ()
    appeal: Appeal | None = None
    earlier_appeals: tuple[Appeal, ...] = ()

    @staticmethod
    def open(
        case_id: str, subject: Subject, contact: Contact, now: datetime, *, recheck: bool = False
    ) -> tuple[Case, Fact]:
        moment = stamp(now)
        case = Case(
            case_id=case_id,
            kind=subject.kind,
            subject_id=subject.subject_id,
            contact=contact,
            state="draft",
            opened_at=moment,
            updated_at=moment,
            recheck=recheck,
        )
        return case, CaseOpened(case_id=case_id, kind=subject.kind, subject_id=subject.subject_id)

    @property
    def subject(self) -> Subject:
        return Subject(self.kind, self.subject_id)

    @property
    def outcome(self) -> Outcome | None:
        """What stands: the appeal's where there was one."""
        if self.appeal and self.appeal.decision:
            return self.appeal.decision.verdict.outcome
        return self.decision.verdict.outcome if self.decision else None

    @property
    def held_by(self) -> str | None:
        """Who has it under a lease, which may have run out a moment ago."""
        return self.lease.reviewer_sub if self.lease and self.state in LEASED else None

    @property
    def appeal_until(self) -> str | None:
        """Until when the decision may be contested; None while there is none that may be."""
        return self.owed_at if self.state in DECIDED else None

    @property
    def standing(self) -> Decision | None:
        """The decision in force: the appeal's where there was one; that of the round before while a reopened case is
        looked at again."""
        decided = self._standing() or list(self.earlier_decisions)
        return decided[-1] if decided else None

    @property
    def deciders(self) -> frozenset[str]:
        """Who decided, proposed or confirmed something in this case, ever."""
        decisions = [*self.earlier_decisions, *(one.decision for one in self.overturned)]
        decisions += [one for one in (self.decision, self.pending_decision) if one]
        decisions += [self.appeal.decision] if self.appeal and self.appeal.decision else []
        return frozenset(sub for one in decisions for sub in (one.decided_by, one.seconded_by) if sub)

    @property
    def took_part(self) -> frozenset[str]:
        """Who had a part in how it was decided: the deciders, who overturned a proposal, who asked a question."""
        return self.deciders | {one.overturned_by for one in self.overturned} | {one.asked_by for one in self.questions}

    @property
    def owed_at(self) -> str | None:
        """When the clockwork must look at it again; None while nothing runs out."""
        if self.state == "submitted" and self.submitted_at:
            return stamp(datetime.fromisoformat(self.updated_at) + PATIENCE)
        if self.state in LEASED and self.lease:
            return self.lease.until
        if self.state == "information_requested":
            return self.questions[-1].until
        if self.state in DECIDED and self.decided_at:
            return stamp(datetime.fromisoformat(self.decided_at) + APPEAL_WITHIN)
        return None

    def without_contact(self, sub: str) -> Case | None:
        """Without where to write to somebody whose account is gone, and what they answered; None when it was not
        theirs, or is so already."""
        if self.contact.sub != sub or not self.contact.email:
            return None
        return self.model_copy(
            update={
                "contact": self.contact.model_copy(update={"email": ""}),
                "questions": tuple(one.model_copy(update={"answer": None}) for one in self.questions),
                "version": self.version + 1,
            }
        )

    # ---- the subject's acts

    def submit(self, now: datetime) -> tuple[Case, Fact]:
        """Raises NotInThatState."""
        after = self._next("submit", now, submitted_at=stamp(now), due_at=stamp(due_after(now, NORMAL)))
        return after, CaseSubmitted(case_id=self.case_id)

    def answer(self, text: str, token: str, now: datetime) -> tuple[Case, Fact]:
        """The case goes back to who asked, under a new lease, and the clock runs again. Raises NotInThatState."""
        asked = self._asked()
        answered = asked.model_copy(update={"answer": text, "answered_at": stamp(now)})
        after = self._next(
            "answer",
            now,
            questions=(*self.questions[:-1], answered),
            lease=Lease(reviewer_sub=asked.asked_by, token=token, until=stamp(now + LEASE)),
            due_at=stamp(due_after(now, FAST if self.pressing else NORMAL)),
        )
        return after, InformationProvided(case_id=self.case_id, question_id=asked.question_id)

    def withdraw(self, now: datetime) -> tuple[Case, Fact]:
        """Raises NotInThatState: also of a case that was reopened, or whoever fears to lose what was granted would only
        have to take it back."""
        if self.earlier_decisions:
            raise NotInThatState("reopened")
        after = self._next("withdraw", now, lease=None, pending_decision=None, due_at=None)
        return after, CaseWithdrawn(case_id=self.case_id, kind=self.kind, subject_id=self.subject_id)

    def contest(self, text: str, now: datetime) -> tuple[Case, Fact]:
        """Raises NotInThatState; TooLateToAppeal after thirty days."""
        self._may("appeal")
        if self.owed_at is not None and stamp(now) >= self.owed_at:
            raise TooLateToAppeal
        appeal = Appeal(text=text, appealed_at=stamp(now))
        after = self._next("appeal", now, appeal=appeal, due_at=stamp(due_after(now, APPEAL)))
        return after, CaseAppealed(case_id=self.case_id)

    # ---- what happens by itself

    def plan(self, credit_ids: tuple[str, ...], steps: int, pressing: bool, now: datetime) -> tuple[Case, Fact]:
        submitted = datetime.fromisoformat(self.submitted_at or self.updated_at)
        due_at = stamp(due_after(submitted, FAST if pressing else NORMAL))
        after = self._next("plan", now, credit_ids=credit_ids, pressing=pressing, due_at=due_at)
        return after, ChecksPlanned(case_id=self.case_id, steps=steps)

    def make_ready(self, route: Route, now: datetime) -> tuple[Case, Fact]:
        return self._next("make_ready", now, route=route), CaseQueued(case_id=self.case_id, route=route)

    def advise(self, route: Route, now: datetime) -> tuple[Case, Fact]:
        """The checks looked once more: nobody's lease, question or time changes."""
        return self._next("advise", now, route=route), CaseAdvised(case_id=self.case_id, route=route)

    def lapse(self, now: datetime) -> tuple[Case, Fact] | None:
        """What the clock says: a lease that ran out, an answer that never came, an appeal that was not made. None when
        it does not say so (yet)."""
        if self.owed_at is None or stamp(now) < self.owed_at:
            return None
        if self.state in LEASED and self.lease:
            fact = CaseReleased(case_id=self.case_id, reviewer_sub=self.lease.reviewer_sub, lapsed=True)
            return self._next("release", now, lease=None), fact
        if self.state == "information_requested":
            gone = CaseExpired(case_id=self.case_id, kind=self.kind, subject_id=self.subject_id)
            return self._next("expire", now, due_at=None), gone
        if self.state in DECIDED:
            return self._next("close", now), CaseClosed(case_id=self.case_id, outcome=str(self.outcome))
        return None

    # ---- the administrators' acts

    def claim(self, reviewer: str, parties: Collection[str], token: str, now: datetime) -> tuple[Case, Fact] | None:
        """Into the reviewer's hands; None when it is there already. `parties`: the subject's people.

        Raises NotInThatState, TakenByAnother, OwnCase, OwnDecision.
        """
        self._may("claim")
        if reviewer in parties or reviewer == self.contact.sub:
            raise OwnCase
        if self.state in LEASED and self.lease and self.lease.runs(now):
            if self.lease.reviewer_sub == reviewer:
                return None
            raise TakenByAnother
        barred = self.took_part if self.state in ("appealed", "appeal_review") else self.deciders
        if reviewer in barred:
            raise OwnDecision
        lease = Lease(reviewer_sub=reviewer, token=token, until=stamp(now + LEASE))
        return self._next("claim", now, lease=lease), CaseClaimed(case_id=self.case_id, reviewer_sub=reviewer)

    def renew(self, reviewer: str, token: str, now: datetime) -> tuple[Case, Fact]:
        """Raises LeaseLost, NotInThatState; so do all the acts that show a token."""
        lease = self._held(reviewer, token, now)
        longer = lease.model_copy(update={"until": stamp(now + LEASE)})
        return self._next("renew", now, lease=longer), LeaseRenewed(case_id=self.case_id, reviewer_sub=reviewer)

    def release(self, reviewer: str, token: str, now: datetime) -> tuple[Case, Fact]:
        self._held(reviewer, token, now)
        fact = CaseReleased(case_id=self.case_id, reviewer_sub=reviewer, lapsed=False)
        return self._next("release", now, lease=None), fact

    def ask(self, reviewer: str, token: str, question_id: str, text: str, now: datetime) -> tuple[Case, Fact]:
        """A question to the subject; our own clock stops. Raises SecondDecisionAwaited."""
        self._held(reviewer, token, now)
        self._undecided()
        question = Question(
            question_id=question_id,
            asked_by=reviewer,
            asked_at=stamp(now),
            text=text,
            until=stamp(now + ANSWER_WITHIN),
        )
        after = self._next("request_information", now, questions=(*self.questions, question), lease=None, due_at=None)
        return after, InformationRequested(case_id=self.case_id, question_id=question_id, reviewer_sub=reviewer)

    def decide(self, reviewer: str, token: str, verdict: Verdict, now: datetime) -> tuple[Case, Fact]:
        """Decided, or proposed where a second administrator is needed. Raises SecondDecisionAwaited, Invalid."""
        self._held(reviewer, token, now)
        self._undecided()
        self._check(verdict)
        now = self._after_what_stands(now)
        decision = Decision(verdict=verdict, decided_by=reviewer, decided_at=stamp(now))
        if verdict.needs_a_second or self._grants_less(verdict):
            after = self._next("propose", now, pending_decision=decision, lease=None)
            return after, DecisionProposed(
                case_id=self.case_id, outcome=verdict.outcome, ground=verdict.ground, proposed_by=reviewer
            )
        return self._decided(decision, now)

    def confirm(self, reviewer: str, token: str, now: datetime) -> tuple[Case, Fact]:
        """The second administrator agrees. Raises NoSecondDecisionAwaited, OwnDecision."""
        pending = self._pending(reviewer, token, now)
        now = self._after_what_stands(now)
        return self._decided(pending.model_copy(update={"seconded_by": reviewer, "seconded_at": stamp(now)}), now)

    def overturn(self, reviewer: str, token: str, note: str, now: datetime) -> tuple[Case, Fact]:
        """The second administrator does not agree: back to the queue. Raises NoSecondDecisionAwaited, OwnDecision."""
        pending = self._pending(reviewer, token, now)
        entry = Overturned(decision=pending, overturned_by=reviewer, overturned_at=stamp(now), note=note)
        after = self._next("overturn", now, overturned=(*self.overturned, entry), pending_decision=None, lease=None)
        return after, DecisionOverturned(case_id=self.case_id, proposed_by=pending.decided_by, overturned_by=reviewer)

    def decide_appeal(self, reviewer: str, token: str, verdict: Verdict, now: datetime) -> tuple[Case, Fact]:
        """The third person's word, which is the last. It may uphold or improve: to make things worse would be a
        refusal by one person. Raises Invalid."""
        self._held(reviewer, token, now)
        self._may("decide_appeal")
        self._check(verdict)
        if self.appeal is None or self.decision is None:
            raise NotInThatState(self.state)
        standing = self.decision.verdict.outcome
        if OUTCOMES.index(verdict.outcome) < OUTCOMES.index(standing):
            raise Invalid([WORSE_THAN_APPEALED.broken_at("/outcome")])
        if verdict.removals:
            raise Invalid([WORSE_THAN_APPEALED.broken_at("/removals")])
        now = self._after_what_stands(now)
        decision = Decision(verdict=verdict, decided_by=reviewer, decided_at=stamp(now))
        changed = verdict.outcome != standing
        appeal = self.appeal.model_copy(update={"decision": decision, "changed": changed})
        after = self._next("decide_appeal", now, appeal=appeal, lease=None, due_at=None)
        return after, AppealDecided(
            case_id=self.case_id,
            kind=self.kind,
            subject_id=self.subject_id,
            outcome=verdict.outcome,
            ground=verdict.ground,
            changed=changed,
            decided_by=reviewer,
        )

    def reopen(self, administrator: str, ground: Ground, parties: Collection[str], now: datetime) -> tuple[Case, Fact]:
        """What was decided stands until somebody decides otherwise. Raises NotInThatState, OwnCase."""
        self._may("reopen")
        if administrator in parties or administrator == self.contact.sub:
            raise OwnCase
        after = self._next(
            "reopen",
            now,
            earlier_decisions=(*self.earlier_decisions, *self._standing()),
            decision=None,
            decided_at=None,
            decision_due_at=None,
            earlier_appeals=(*self.earlier_appeals, *([self.appeal] if self.appeal else [])),
            appeal=None,
            due_at=stamp(due_after(now, NORMAL)),
        )
        return after, CaseReopened(case_id=self.case_id, ground=ground, reopened_by=administrator)

    # ---- the rules behind them

    def _decided(self, decision: Decision, now: datetime) -> tuple[Case, Fact]:
        verdict = decision.verdict
        after = self._next(
            deciding(verdict.outcome),
            now,
            decision=decision,
            decided_at=stamp(now),
            decision_due_at=self.due_at,
            pending_decision=None,
            lease=None,
            due_at=None,
        )
        return after, CaseDecided(
            case_id=self.case_id,
            kind=self.kind,
            subject_id=self.subject_id,
            outcome=verdict.outcome,
            ground=verdict.ground,
            decided_by=decision.decided_by,
            seconded_by=decision.seconded_by or "",
        )

    def _after_what_stands(self, now: datetime) -> datetime:
        """When a decision made `now` counts: after the one that it replaces, whatever the clocks of two machines say.
        Profiles and companies follow the latest."""
        if self.standing is None:
            return now
        stood = datetime.fromisoformat(self.standing.seconded_at or self.standing.decided_at)
        return max(now, stood + timedelta(milliseconds=1))

    def _standing(self) -> list[Decision]:
        """What was decided in this round, the last word last."""
        appealed = self.appeal.decision if self.appeal else None
        return [one for one in (self.decision, appealed) if one]

    def _grants_less(self, verdict: Verdict) -> bool:
        """Whether a reopened case would be given less than it had: a badge is taken away then."""
        if not self.earlier_decisions:
            return False
        had = self.earlier_decisions[-1].verdict
        lower = OUTCOMES.index(verdict.outcome) < OUTCOMES.index(had.outcome)
        return lower or (had.junior_path and not verdict.junior_path)

    def _check(self, verdict: Verdict) -> None:
        """Raises Invalid for a verdict that this case cannot be given."""
        problems: list[FieldError] = []
        for name in ("credits", "removals"):
            problems += [
                UNKNOWN_CREDIT.broken_at(f"/{name}/{index}/credit_id")
                for index, one in enumerate(getattr(verdict, name))
                if one.credit_id not in self.credit_ids
            ]
        takes_away = bool(verdict.removals) or self._grants_less(verdict)
        if self.kind == "company" and verdict.outcome == "partly_verified":
            problems.append(NOT_FOR_THIS_SUBJECT.broken_at("/outcome"))
        elif not fits(verdict.ground, self.kind, verdict.outcome, takes_away=takes_away):
            problems.append(NOT_THIS_GROUND.broken_at("/ground"))
        if verdict.junior_path and self.kind != "profile":
            problems.append(NO_BACKGROUND.broken_at("/junior_path"))
        problems += self._refused_though(verdict) if verdict.outcome == "refused" else self._unfounded(verdict)
        if problems:
            raise Invalid(problems)

    def _refused_though(self, verdict: Verdict) -> list[FieldError]:
        """What a refusal cannot establish. That the works exist says nothing for the person: it may."""
        problems = [
            REFUSED_AND_CONFIRMED.broken_at(f"/credits/{index}/level")
            for index, one in enumerate(verdict.credits)
            if one.level not in (None, "work")
        ]
        if verdict.junior_path:
            problems.append(REFUSED_AND_CONFIRMED.broken_at("/junior_path"))
        return problems

    def _unfounded(self, verdict: Verdict) -> list[FieldError]:
        """A badge that nothing stands behind. What is left after a removal was confirmed before."""
        if self.kind == "credit" and verdict.outcome == "verified":
            problems = [
                FUNCTION_NOT_CONFIRMED.broken_at(f"/credits/{index}/level")
                for index, one in enumerate(verdict.credits)
                if one.level in ("work", "participation")
            ]
            if problems:
                return problems
        if self.kind == "company" or any(one.level for one in verdict.credits):
            return []
        if self.kind == "profile":
            if verdict.removals or (verdict.junior_path and verdict.outcome == "verified"):
                return []
            if verdict.outcome == "partly_verified" and not self.credit_ids:
                return []
        return [NOTHING_CONFIRMED.broken_at("/credits")]

    def _held(self, reviewer: str, token: str, now: datetime) -> Lease:
        lease = self.lease
        if self.state in DECIDED | ENDED:
            raise NotInThatState(self.state)
        if lease is None or (lease.reviewer_sub, lease.token) != (reviewer, token) or not lease.runs(now):
            raise LeaseLost
        return lease

    def _undecided(self) -> None:
        if self.pending_decision is not None:
            raise SecondDecisionAwaited

    def _pending(self, reviewer: str, token: str, now: datetime) -> Decision:
        self._held(reviewer, token, now)
        if self.pending_decision is None:
            raise NoSecondDecisionAwaited
        if reviewer in self.deciders:
            raise OwnDecision
        return self.pending_decision

    def _asked(self) -> Question:
        self._may("answer")
        return self.questions[-1]

    def _may(self, act: Act) -> State:
        state = following(self.state, act)
        if state is None:
            raise NotInThatState(self.state)
        return state

    def _next(self, act: Act, now: datetime, **changes: Any) -> Case:
        state = self._may(act)
        return self.model_copy(
            update={**changes, "state": state, "version": self.version + 1, "updated_at": stamp(now)}
        )


# ---- steps

StepStatus = Literal["waiting", "pending", "ended"]
StepOutcome = Literal["done", "needs_human", "rejected_input"]


class Finding(BaseModel):
    """One thing that a step found, for a person to judge. `verdict`: confirms, partial, contradicts, silent, error, or
    `noticed` for what speaks neither for nor against. `proves`: the highest fact of the credit that it shows. `reason`
    is a stable code; the notes say it to people. `pointer`: the field of the claim that is at fault, if one is."""

    model_config = _FROZEN

    source: str
    verdict: str
    reason: str
    note_fr: str
    note_en: str
    credit_id: str | None = None
    level: Level | None = None
    proves: Level | None = None
    url: str | None = None
    retrieved_at: str | None = None
    expires_at: str | None = None
    licence: str | None = None
    payload_hash: str | None = None
    pointer: str | None = None


class Step(BaseModel):
    """A step of a case. `attempt` is the one under way. `owed_at`: when it is put back on the queue unless it has
    ended. `claim_digest`: of the credit, or the company, that was looked at. A step that looks once more keeps what it
    found before until it has found something new; `first_attempt` is then that of the round, `because` what it looks
    again for."""

    model_config = _FROZEN

    case_id: str
    name: str
    status: StepStatus
    attempt: int = 1
    first_attempt: int = 1
    because: str | None = None
    owed_at: str | None
    outcome: StepOutcome | None = None
    findings: tuple[Finding, ...] = ()
    claim_digest: str | None = None
    ended_at: str | None = None

    @staticmethod
    def planned(
        case_id: str, name: str, now: datetime, *, waits: bool = False, claim_digest: str | None = None
    ) -> Step:
        return Step(
            case_id=case_id,
            name=name,
            status="waiting" if waits else "pending",
            owed_at=stamp(now + PATIENCE),
            claim_digest=claim_digest,
        )

    @property
    def kind(self) -> str:
        """The step without the credit that it is about."""
        return self.name.partition("#")[0]

    @property
    def credit_id(self) -> str | None:
        return self.name.partition("#")[2] or None

    @property
    def tries(self) -> int:
        """How often it was tried in this round, the attempt under way included."""
        return self.attempt - self.first_attempt + 1

    def is_run_by(self, attempt: int, now: datetime) -> bool:
        """Whether a task of this attempt is to run it: the attempt under way; and one before it in this round, unless
        there is a pause between them. Who waited in a long queue was thought lost, and is as good as who was sent in
        their place."""
        if attempt == self.attempt:
            return True
        paused = self.owed_at is not None and stamp(now + PATIENCE) < self.owed_at
        return self.first_attempt <= attempt < self.attempt and not paused

    def once_more(self, because: str, now: datetime, *, waits: bool = False) -> Step:
        """A new round. Results of attempts before it are not wanted any more."""
        return self.model_copy(
            update={
                "status": "waiting" if waits else "pending",
                "attempt": self.attempt + 1,
                "first_attempt": self.attempt + 1,
                "because": because,
                "owed_at": stamp(now + PATIENCE),
            }
        )

    def starts(self, now: datetime) -> Step:
        """Of the one that waits for the others."""
        return self.model_copy(update={"status": "pending", "owed_at": stamp(now + PATIENCE)})

    def waits_on(self, now: datetime) -> Step:
        """Looked at, and still too early."""
        return self.model_copy(update={"owed_at": stamp(now + PATIENCE)})

    def again(self, delay: timedelta, now: datetime) -> Step | None:
        """The next attempt, after so long; None when there were enough."""
        if self.tries >= MOST_ATTEMPTS:
            return None
        return self.model_copy(update={"attempt": self.attempt + 1, "owed_at": stamp(now + delay + PATIENCE)})

    def abandoned(self) -> Step:
        """Its case went on without it."""
        return self.model_copy(update={"status": "ended", "owed_at": None})

    def end(
        self, outcome: StepOutcome, findings: tuple[Finding, ...], claim_digest: str | None, now: datetime
    ) -> tuple[Step, Fact]:
        ended = self.model_copy(
            update={
                "status": "ended",
                "owed_at": None,
                "outcome": outcome,
                "findings": findings,
                "claim_digest": claim_digest or self.claim_digest,
                "ended_at": stamp(now),
            }
        )
        return ended, StepEnded(case_id=self.case_id, step=self.name, attempt=self.attempt, outcome=outcome)
