"""What subjects and administrators do with a case. What runs by itself is in `tasks.py`."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, FieldError, Invalid, NotFound, PreconditionFailed
from chalicelib.platform.table import Item
from chalicelib.verification.errors import UNKNOWN_CREDIT, UNKNOWN_FACT, Incomplete, NotInThatState, OwnCase
from chalicelib.verification.facts_of_credit import (
    LASTS,
    CreditFacts,
    Shown,
    establish,
    take_away,
)
from chalicelib.verification.grounds import Ground
from chalicelib.verification.junior_path import JuniorPath, kinds_among
from chalicelib.verification.models import Case, Contact, Decision, Finding, Route, Step, Verdict
from chalicelib.verification.states import DECIDED, ENDED, Outcome, State
from chalicelib.verification.subjects import LEVELS, Claim, CreditClaim, Kind, Level, ProfileClaim, Subject
from chalicelib.vocabulary.clock import Clock, paris_day, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.text import Language

PAGE = 50

#: States in which a case that was submitted already is what submitting would give.
_ON_ITS_WAY: frozenset[State] = frozenset({"submitted", "checks_running", "queued"})
_APPEALED: frozenset[State] = frozenset({"appealed", "appeal_review"})


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What an administrator wants to see of the queue; None: everything. `held_by`: who has it under a lease;
    `overdue`: those alone whose time is over."""

    state: State | None = None
    kind: Kind | None = None
    route: Route | None = None
    pressing: bool | None = None
    held_by: str | None = None
    overdue: bool = False

    @property
    def where(self) -> dict[str, Any]:
        """Attributes of a case with the values that they must have."""
        named: dict[str, Any] = {"state": self.state, "kind": self.kind, "route": self.route, "pressing": self.pressing}
        named["held_by"] = self.held_by
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case as its reviewer reads it: what is claimed now, what the steps found, what was established before, what
    happened. `claim` is None once the subject is gone."""

    case: Case
    claim: Claim | None
    steps: list[Step]
    facts: dict[str, CreditFacts]
    history: list[Item] = field(default_factory=list)

    @property
    def titles(self) -> dict[str, str]:
        """A credit → the title of its work."""
        return {one.credit_id: one.title for one in self.claim.credits} if isinstance(self.claim, ProfileClaim) else {}

    def changed_since(self, credit_id: str) -> bool:
        """Whether a credit was corrected after it was checked: what its step found is about another claim then."""
        step = next((one for one in self.steps if one.name == f"credit#{credit_id}"), None)
        credit = self.claim.credit(credit_id) if isinstance(self.claim, ProfileClaim) else None
        return step is not None and (credit is None or credit.digest != step.claim_digest)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is established of a person, and what they claim now: a fact about another claim holds no longer."""

    claim: ProfileClaim
    facts: dict[str, CreditFacts]
    junior_path: JuniorPath | None


@dataclass(frozen=True, slots=True)
class DecidedWeek:
    """Of the cases decided in the week of that Monday (in Paris), of which it is known by when they were due: how many
    came in time."""

    monday: date
    decided: int
    in_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How the queue is doing. Ages and durations are whole minutes; None where there is nothing to measure.

    Of the cases that wait: how many, how many are past their time, the oldest's and the middle one's age since they
    were submitted. Of those decided in the period: how many by outcome, how long the middle one took from submission,
    and by week how many came within their time. `overturned`: proposals that a second administrator sent back;
    `appeals`, `appeals_changed`: those decided, and those that changed the outcome.
    """

    waiting: int
    overdue: int
    oldest_minutes: int | None
    median_waiting_minutes: int | None
    decided: dict[Outcome, int]
    median_minutes_to_decision: int | None
    overturned: int
    appeals: int
    appeals_changed: int
    weeks: list[DecidedWeek]


class CaseStore(Protocol):
    """What people's acts need of the store; see the repository."""

    def case(self, case_id: str) -> Case | None: ...
    def create(self, case: Case, fact: Fact, now: datetime) -> None: ...
    def save(
        self,
        before: Case,
        after: Case,
        facts: Sequence[Fact],
        now: datetime,
        *,
        credits: Sequence[CreditFacts] = (),
        junior_path: JuniorPath | None = None,
        junior_path_lost: bool = False,
    ) -> None: ...
    def steps(self, case_id: str) -> list[Step]: ...
    def facts(self, profile_id: str) -> dict[str, CreditFacts]: ...
    def history(self, case_id: str) -> list[Item]: ...
    def junior_path(self, profile_id: str) -> JuniorPath | None: ...
    def cases_of(self, owner_id: str, limit: int, position: Item | None) -> tuple[list[Case], Item | None]: ...
    def queue(
        self, where: dict[str, Any], limit: int, position: Item | None, due_by: datetime | None = None
    ) -> tuple[list[Case], Item | None]: ...
    def waiting(self) -> Iterator[Case]: ...
    def decided(self, since: datetime, until: datetime) -> Iterator[Case]: ...


class Subjects(Protocol):
    """What verification asks of profiles and companies."""

    def claim(self, subject: Subject) -> Claim | None:
        """What the subject claims now; None when there is no such profile, credit or company."""

    def owned_by(self, sub: str, kind: Kind) -> str | None:
        """The id of the account's own profile (for `profile` and `credit`) or of the company it acts for."""

    def parties(self, subject: Subject) -> frozenset[str]:
        """The accounts whose case it is: the person and the colleagues of their company, if they have one; everybody
        of a company. None of them reviews it."""


class VerificationService:
    def __init__(self, store: CaseStore, subjects: Subjects, clock: Clock) -> None:
        self._store = store
        self._subjects = subjects
        self._clock = clock

    # ---- the subject's side

    def open(self, actor: Actor, kind: Kind, case_id: str, language: Language, credit_id: str | None = None) -> Case:
        """A case in preparation under this id, on the actor's own profile, one of its credits, or their company. Done
        again with the same id, it gives the case that the first time made; e-mails go to the address they sign in with.

        Raises NotFound when there is no such subject of theirs, CaseAlreadyOpen.
        """
        subject, now = self._own(actor, kind, credit_id), self._clock()
        contact = Contact(sub=actor.sub, email=actor.email, language=language)
        case, fact = Case.open(case_id, subject, contact, now)
        try:
            self._store.create(case, fact, now)
        except Conflict:
            return self.mine(actor, case_id)
        return case

    def submit(self, actor: Actor, case_id: str) -> Case:
        """Asks for the checks; again, it changes nothing. Raises NotFound, Incomplete, NotInThatState, Conflict."""
        case = self.mine(actor, case_id)
        if case.state in _ON_ITS_WAY:
            return case
        claim = self._subjects.claim(case.subject)
        if claim is None:
            raise NotFound
        if isinstance(claim, ProfileClaim) and case.kind == "profile" and not claim.complete:
            raise Incomplete
        return self._change(case, lambda now: case.submit(now))

    def answer(self, actor: Actor, case_id: str, text: str) -> Case:
        """Answers the reviewer's question. Raises NotFound, NotInThatState, Conflict."""
        case = self.mine(actor, case_id)
        return self._change(case, lambda now: case.answer(text, new_id(now), now))

    def withdraw(self, actor: Actor, case_id: str) -> Case:
        """Raises NotFound, NotInThatState (it is decided), Conflict."""
        case = self.mine(actor, case_id)
        if case.state == "withdrawn":
            return case
        return self._change(case, case.withdraw)

    def appeal(self, actor: Actor, case_id: str, text: str) -> Case:
        """Contests a decision, within thirty days. Raises NotFound, NotInThatState, TooLateToAppeal, CaseAlreadyOpen
        (the subject was submitted again meanwhile), Conflict."""
        case = self.mine(actor, case_id)
        return self._change(case, lambda now: case.contest(text, now))

    def mine(self, actor: Actor, case_id: str) -> Case:
        """A case on something of the actor's. Raises NotFound for any other."""
        case = self._store.case(case_id)
        if case is None or not self._is_theirs(actor, case):
            raise NotFound
        return case

    def my_cases(self, actor: Actor, position: Item | None) -> tuple[list[Case], Item | None]:
        """Every case on something of the actor's, the latest opened first, and the position to go on from."""
        owner_id = self._owner(actor)
        return self._store.cases_of(owner_id, PAGE, position) if owner_id else ([], None)

    def my_dossier(self, actor: Actor, case_id: str) -> Dossier:
        """Raises NotFound for a case that is not on something of the actor's."""
        self.mine(actor, case_id)
        return self.dossier(case_id)

    def my_case_to_prove(self, actor: Actor, case_id: str) -> Case:
        """A case of the actor's to which something may still be added. Raises NotFound, NotInThatState."""
        case = self.mine(actor, case_id)
        if case.state in DECIDED | ENDED:
            raise NotInThatState(case.state)
        return case

    def my_credit_to_prove(self, actor: Actor, case_id: str, credit_id: str) -> CreditClaim:
        """A credit of such a case, as it is claimed now. Raises NotFound, NotInThatState, Invalid for a credit that the
        case is not about."""
        case = self.my_case_to_prove(actor, case_id)
        claim = self._subjects.claim(case.subject)
        credit = claim.credit(credit_id) if isinstance(claim, ProfileClaim) else None
        if credit is None or case.subject.credit_id not in (None, credit_id):
            raise Invalid([UNKNOWN_CREDIT.broken_at("/credit_id")])
        return credit

    def my_badges(self, actor: Actor) -> Standing:
        """What is established of the actor's credits and background now. Raises NotFound without a profile."""
        profile_id = self._subjects.owned_by(actor.sub, "profile")
        claim = self._subjects.claim(Subject("profile", profile_id)) if profile_id else None
        if not isinstance(claim, ProfileClaim):
            raise NotFound
        junior_path, now = self._store.junior_path(claim.profile_id), self._clock()
        return Standing(
            claim,
            self._store.facts(claim.profile_id),
            junior_path if junior_path and junior_path.holds(now) else None,
        )

    # ---- the administrators' side

    def queue(self, wanted: QueueFilter, position: Item | None) -> tuple[list[Case], Item | None]:
        """Cases to look at, the soonest due first, and the position to go on from."""
        return self._store.queue(wanted.where, PAGE, position, self._clock() if wanted.overdue else None)

    def review(self, reviewer: Actor, case_id: str) -> Dossier:
        """The case as whoever may decide on it reads it. Raises NotFound, OwnCase."""
        dossier = self.dossier(case_id)
        if reviewer.sub in self._subjects.parties(dossier.case.subject) | {dossier.case.contact.sub}:
            raise OwnCase
        return dossier

    def dossier(self, case_id: str) -> Dossier:
        """Raises NotFound."""
        case = self._existing(case_id)
        known = {} if case.kind == "company" else self._store.facts(case.subject.owner_id)
        return Dossier(
            case,
            self._subjects.claim(case.subject),
            self._store.steps(case_id),
            known,
            self._store.history(case_id),
        )

    def claim(self, reviewer: Actor, case_id: str) -> Case:
        """Takes the case for thirty minutes; the lease's token is shown with every act on it. Whoever has it already
        gets it as it is. Raises NotFound, NotInThatState, TakenByAnother, OwnCase, OwnDecision, Conflict."""
        case = self._existing(case_id)
        if case.state in _APPEALED:
            raise NotInThatState(case.state)
        if not case.earlier_decisions and self._subjects.claim(case.subject) is None:
            # Its owner erased what it is about: nobody is to look at it, nor to find it in the queue again.
            self._change(case, case.withdraw)
            raise NotFound
        return self._claim(reviewer, case)

    def claim_appeal(self, reviewer: Actor, case_id: str) -> Case:
        """As `claim`; OwnDecision also for whoever had any part in the decision that is contested."""
        case = self._existing(case_id)
        if case.state not in _APPEALED:
            raise NotInThatState(case.state)
        return self._claim(reviewer, case)

    def renew_lease(self, reviewer: Actor, case_id: str, token: str) -> Case:
        """Thirty minutes from now. Raises NotFound, LeaseLost, NotInThatState, Conflict."""
        case = self._existing(case_id)
        return self._change(case, lambda now: case.renew(reviewer.sub, token, now))

    def release(self, reviewer: Actor, case_id: str, token: str) -> Case:
        """Back to the queue. Raises NotFound, LeaseLost, NotInThatState, Conflict."""
        case = self._existing(case_id)
        return self._change(case, lambda now: case.release(reviewer.sub, token, now))

    def request_information(self, reviewer: Actor, case_id: str, token: str, text: str) -> Case:
        """Asks the subject. Raises NotFound, LeaseLost, NotInThatState, SecondDecisionAwaited, Conflict."""
        case = self._existing(case_id)
        return self._change(case, lambda now: case.ask(reviewer.sub, token, new_id(now), text, now))

    def decide(self, reviewer: Actor, case_id: str, token: str, verdict: Verdict) -> Case:
        """Decides, or proposes where a second administrator is needed: a refusal, or whatever takes something away.

        Raises NotFound, LeaseLost, NotInThatState, SecondDecisionAwaited, Invalid, Conflict.
        """
        case = self._existing(case_id)
        self._refuse_unknown_removals(case, verdict)
        return self._change(case, lambda now: case.decide(reviewer.sub, token, verdict, now))

    def second_decision(self, reviewer: Actor, case_id: str, token: str, *, confirms: bool, note: str = "") -> Case:
        """Confirms a proposed decision, or overturns it with a note for the next reviewer.

        Raises NotFound, LeaseLost, NotInThatState, NoSecondDecisionAwaited, OwnDecision, Conflict.
        """
        case = self._existing(case_id)
        if confirms:
            return self._change(case, lambda now: case.confirm(reviewer.sub, token, now))
        return self._change(case, lambda now: case.overturn(reviewer.sub, token, note, now))

    def decide_appeal(self, reviewer: Actor, case_id: str, token: str, verdict: Verdict) -> Case:
        """The last word, which upholds or improves. Raises NotFound, LeaseLost, NotInThatState, Invalid, Conflict."""
        case = self._existing(case_id)
        return self._change(case, lambda now: case.decide_appeal(reviewer.sub, token, verdict, now))

    def reopen(self, administrator: Actor, case_id: str, ground: Ground, expected: int | None = None) -> Case:
        """Back to the queue; what was decided stands meanwhile. `expected`: the version that it was read at. Raises
        NotFound, PreconditionFailed, NotInThatState, OwnCase, CaseAlreadyOpen, Conflict."""
        case = self._existing(case_id)
        if expected is not None and expected != case.version:
            raise PreconditionFailed
        parties = self._subjects.parties(case.subject)
        return self._change(case, lambda now: case.reopen(administrator.sub, ground, parties, now))

    def statistics(self, since: datetime, until: datetime) -> Statistics:
        """Of the queue now, and of what was decided in the period."""
        now = self._clock()
        waiting, decided = list(self._store.waiting()), list(self._store.decided(since, until))
        ages = sorted(_minutes(case.submitted_at, stamp(now)) for case in waiting if case.submitted_at)
        times = [_minutes(case.submitted_at, case.decided_at) for case in decided if case.submitted_at]
        outcomes = [case.decision.verdict.outcome for case in decided if case.decision]
        appeals = [case.appeal for case in decided if case.appeal and case.appeal.decision]
        return Statistics(
            waiting=len(waiting),
            overdue=sum(case.due_at is not None and case.due_at < stamp(now) for case in waiting),
            oldest_minutes=ages[-1] if ages else None,
            median_waiting_minutes=_median(ages),
            decided={outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))},
            median_minutes_to_decision=_median(times),
            overturned=sum(len(case.overturned) for case in (*waiting, *decided)),
            appeals=len(appeals),
            appeals_changed=sum(appeal.changed for appeal in appeals),
            weeks=_weeks(decided),
        )

    # ---- behind them

    def _own(self, actor: Actor, kind: Kind, credit_id: str | None) -> Subject:
        owner_id = self._subjects.owned_by(actor.sub, kind)
        if owner_id is None or (kind == "credit") != (credit_id is not None):
            raise NotFound
        subject = Subject.credit(owner_id, credit_id) if credit_id is not None else Subject(kind, owner_id)
        if self._subjects.claim(subject) is None:
            raise NotFound
        return subject

    def _owner(self, actor: Actor) -> str | None:
        kind: Kind = "company" if "producers" in actor.groups else "profile"
        return self._subjects.owned_by(actor.sub, kind)

    def _is_theirs(self, actor: Actor, case: Case) -> bool:
        return self._subjects.owned_by(actor.sub, case.kind) == case.subject.owner_id

    def _claim(self, reviewer: Actor, case: Case) -> Case:
        now = self._clock()
        taken = case.claim(reviewer.sub, self._subjects.parties(case.subject), new_id(now), now)
        if taken is None:
            return case
        after, fact = taken
        self._store.save(case, after, [fact], now)
        return after

    def _change(self, case: Case, act: Callable[[datetime], tuple[Case, Fact]]) -> Case:
        """Does it, and writes what it establishes in the same transaction."""
        now = self._clock()
        after, fact = act(now)
        decision = _new_decision(case, after)
        if decision is None or case.kind == "company":
            self._store.save(case, after, [fact], now)
            return after
        verdict = decision.verdict
        self._store.save(
            case,
            after,
            [fact],
            now,
            credits=self._established(after, decision, now),
            junior_path=self._junior_path(after, decision, now) if verdict.junior_path else None,
            junior_path_lost=_loses_junior_path(case, verdict),
        )
        return after

    def _established(self, case: Case, decision: Decision, now: datetime) -> list[CreditFacts]:
        """The facts of credits as the decision leaves them; those that it does not speak of stay as they are."""
        profile_id, steps = case.subject.owner_id, self._store.steps(case.case_id)
        known = self._store.facts(profile_id)
        changed: dict[str, CreditFacts] = {}
        for one in decision.verdict.credits:
            digest = next((step.claim_digest for step in steps if step.name == f"credit#{one.credit_id}"), None)
            if one.level is None or digest is None:
                continue
            by = _shown_by(steps, one.credit_id)
            shown = Shown(
                level=one.level,
                claim_digest=digest,
                sources={level: finding.source for level, finding in by.items()},
                until={level: finding.expires_at for level, finding in by.items() if finding.expires_at},
                reviewer=decision.seconded_by or decision.decided_by,
                case_id=case.case_id,
            )
            changed[one.credit_id] = establish(known.get(one.credit_id), profile_id, one.credit_id, shown, now)
        for removal in decision.verdict.removals:
            before = changed.get(removal.credit_id) or known[removal.credit_id]
            lessened = take_away(before, removal.level)
            made_now = removal.credit_id in changed
            changed[removal.credit_id] = (
                lessened.model_copy(update={"version": before.version}) if made_now else lessened
            )
        return list(changed.values())

    def _junior_path(self, case: Case, decision: Decision, now: datetime) -> JuniorPath:
        """With what the case's files showed of it."""
        step = next((one for one in self._store.steps(case.case_id) if one.name == "experience"), None)
        return JuniorPath(
            source="review",
            checked_at=stamp(now),
            expires_at=stamp(now + LASTS),
            reviewer=decision.seconded_by or decision.decided_by,
            case_id=case.case_id,
            kinds=kinds_among(finding.reason for finding in step.findings) if step else (),
        )

    def _refuse_unknown_removals(self, case: Case, verdict: Verdict) -> None:
        """Raises Invalid naming a fact that is not established."""
        if not verdict.removals:
            return
        known = self._store.facts(case.subject.owner_id)
        problems: list[FieldError] = [
            UNKNOWN_FACT.broken_at(f"/removals/{index}/level")
            for index, removal in enumerate(verdict.removals)
            if removal.credit_id not in known or known[removal.credit_id].get(removal.level) is None
        ]
        if problems:
            raise Invalid(problems)

    def _existing(self, case_id: str) -> Case:
        case = self._store.case(case_id)
        if case is None:
            raise NotFound
        return case


def _new_decision(before: Case, after: Case) -> Decision | None:
    """What counts from this change on; None when nothing new does (a proposal does not)."""
    if after.state in DECIDED and after.decision is not None and after.decision != before.decision:
        return after.decision
    appealed = after.appeal.decision if after.appeal else None
    return appealed if after.state == "final" and before.state == "appeal_review" else None


def _shown_by(steps: Sequence[Step], credit_id: str) -> dict[Level, Finding]:
    """What shows each fact of a credit: the first finding that proves it or one that stands on it."""
    shown: dict[Level, Finding] = {}
    for step in steps:
        for one in step.findings:
            if one.credit_id == credit_id and one.proves:
                for level in LEVELS[: LEVELS.index(one.proves) + 1]:
                    shown.setdefault(level, one)
    return shown


def _loses_junior_path(before: Case, verdict: Verdict) -> bool:
    """Whether this case had confirmed it, and was reopened to say otherwise."""
    had = bool(before.earlier_decisions) and before.earlier_decisions[-1].verdict.junior_path
    return had and not verdict.junior_path


def _minutes(since: str | None, until: str | None) -> int:
    if since is None or until is None:
        return 0
    return int((datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds() // 60)


def _median(minutes: Sequence[int]) -> int | None:
    return int(statistics.median(minutes)) if minutes else None


def _weeks(decided: Iterable[Case]) -> list[DecidedWeek]:
    """The weeks in which anything was decided, the earliest first."""
    found: dict[date, list[bool]] = {}
    for case in decided:
        if case.decided_at is not None and case.decision_due_at is not None:
            day = paris_day(datetime.fromisoformat(case.decided_at))
            found.setdefault(day - timedelta(days=day.weekday()), []).append(case.decided_at <= case.decision_due_at)
    return [DecidedWeek(monday, len(kept), sum(kept)) for monday, kept in sorted(found.items())]
