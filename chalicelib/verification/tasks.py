"""The clockwork of a case: its steps are queued, run, tried again and ended, and the last one makes it ready.

Everything here may come twice, late, in any order, and die between any two lines. What holds it together: a result is
written on condition that its very attempt is still under way; whoever ends a step looks whether it was the last one,
and the one who turns the waiting recommendation into a pending one queues it; whatever is owed lies in an index until
it is done, where the sweep finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.platform.errors import Conflict, Retryable
from chalicelib.platform.telemetry import log
from chalicelib.verification.errors import StepSettledMeanwhile
from chalicelib.verification.events import ChecksRenewed
from chalicelib.verification.models import Case, Finding, Step
from chalicelib.verification.planner import RECOMMENDATION, News, concerned, credits_to_check, plan
from chalicelib.verification.states import CHECKED
from chalicelib.verification.steps.contract import Means, StepResult, TaskContext, noticed
from chalicelib.verification.steps.registry import STEPS
from chalicelib.verification.subjects import Claim, Subject
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.text import Bilingual

#: The longest that SQS holds a message back.
LONGEST_DELAY = timedelta(seconds=900)

#: The first pause is anything up to this, and the limit doubles with each attempt.
FIRST_DELAY = timedelta(seconds=5)

_NEVER_ANSWERED = Bilingual(
    "Ce contrôle n’a pas abouti malgré plusieurs essais.", "This check did not succeed in several attempts."
)
_BROKE = Bilingual("Ce contrôle a échoué de notre côté.", "This check failed on our side.")
_GONE = Bilingual("Ce qui est à vérifier n’existe plus.", "What is to be verified no longer exists.")


class TimedOut(Exception):
    """A step took longer than it may."""


class CaseStore(Protocol):
    """What the clockwork needs of the store; see the repository."""

    def case(self, case_id: str) -> Case | None: ...
    def save(
        self,
        before: Case,
        after: Case,
        facts: Sequence[Fact],
        now: datetime,
        *,
        planned: Sequence[Step] = (),
        ended: Step | None = None,
    ) -> None: ...
    def step(self, case_id: str, name: str) -> Step | None: ...
    def steps(self, case_id: str) -> list[Step]: ...
    def end_step(self, case: Case, step: Step, fact: Fact, now: datetime) -> None: ...
    def change_step(self, before: Step, after: Step) -> None: ...
    def renew_steps(self, case: Case, changes: Sequence[tuple[Step, Step]], fact: Fact, now: datetime) -> None: ...
    def due(self, now: datetime) -> Iterator[tuple[str, str | None]]: ...


class Claims(Protocol):
    """What verification asks of profiles, companies and projects."""

    def claim(self, subject: Subject) -> Claim | None:
        """What the subject claims now; None when there is no such profile, credit or company."""

    def pressing(self, subject: Subject) -> bool:
        """Whether the person fits a live project whose option ends within a fortnight; never for a company."""


class TaskQueue(Protocol):
    def enqueue(self, case_id: str, step: str, attempt: int, delay: timedelta) -> None:
        """Raises Retryable."""


#: Runs a step's work and gives its result, or raises TimedOut.
Watched = Callable[[Callable[[], StepResult]], StepResult]

#: Any duration from nothing to the one given ("full jitter").
Jitter = Callable[[timedelta], timedelta]


class VerificationTasks:
    def __init__(
        self,
        store: CaseStore,
        claims: Claims,
        means: Means,
        queue: TaskQueue,
        watched: Watched,
        jitter: Jitter,
        clock: Clock,
    ) -> None:
        self._store = store
        self._claims = claims
        self._means = means
        self._queue = queue
        self._watched = watched
        self._jitter = jitter
        self._clock = clock

    # ---- from submission to tasks

    def dispatch(self, case_id: str) -> None:
        """Plans the steps of a submitted case and queues those that are pending. Raises Retryable."""
        case = self._store.case(case_id)
        if case is not None and case.state == "submitted":
            case = self._plan(case)
        if case is None or case.state != "checks_running":
            return
        self._send_pending(self._store.steps(case_id))

    def look_again(self, case_id: str, news: News, because: str) -> None:
        """Something came for a case under way: the steps that it concerns look once more, and then the recommendation.
        Whoever has the case keeps it, with what was found before until something else is. Told again of the same
        (`because`: its id), it only queues what is not done. Raises Retryable."""
        case = self._store.case(case_id)
        if case is None or case.state not in CHECKED:
            return
        claim, steps = self._claims.claim(case.subject), self._store.steps(case_id)
        if claim is None:
            return
        looking = [step for step in concerned(news, steps, claim) if step.because != because]
        if looking:
            now = self._clock()
            last = next(step for step in steps if step.name == RECOMMENDATION)
            changes = [(step, step.once_more(because, now)) for step in looking]
            # One that waits already too: who saw all steps ended a moment ago must not start it now.
            changes.append((last, last.once_more(because, now, waits=True)))
            fact = ChecksRenewed(case_id=case_id, steps=len(looking), because=because)
            try:
                self._store.renew_steps(case, changes, fact, now)
            except StepSettledMeanwhile:
                raise Retryable("changed_meanwhile") from None
            steps = [after for _, after in changes]
        self._send_pending(step for step in steps if step.because == because)

    def _send_pending(self, steps: Iterable[Step]) -> None:
        for step in steps:
            if step.status == "pending":
                self._send(step)

    def _plan(self, case: Case) -> Case | None:
        now, claim = self._clock(), self._claims.claim(case.subject)
        if claim is None:
            self._save(case, *case.withdraw(now), now)
            return None
        steps = plan(case, claim, now)
        credit_ids = tuple(credit.credit_id for credit in credits_to_check(case, claim))
        planned, fact = case.plan(credit_ids, len(steps), self._claims.pressing(case.subject), now)
        self._save(case, planned, fact, now, planned=steps)
        return planned

    # ---- a task

    def run(self, case_id: str, name: str, attempt: int) -> None:
        """One attempt at a step, unless it has ended or another attempt is under way. Raises Retryable."""
        step, case = self._store.step(case_id, name), self._store.case(case_id)
        if step is None or case is None or case.state not in CHECKED or step.status == "waiting":
            log.info("task_passed_over", case_id=case_id, step=name, attempt=attempt)
            return
        if step.status == "ended":
            # Its first delivery may have died between the result and what follows from it.
            self._go_on(case_id)
            return
        if not step.is_run_by(attempt, self._clock()):
            log.info("task_passed_over", case_id=case_id, step=name, attempt=attempt)
            return
        if name == RECOMMENDATION:
            self._recommend(case, step)
            return
        result, digest = self._result(case, step)
        if result.outcome == "retry":
            self._later(case, step, result.after)
            return
        self._end(case, step, result, digest)

    def _result(self, case: Case, step: Step) -> tuple[StepResult, str | None]:
        """What the step gives, whatever happens in it; and what it looked at."""
        claim = self._claims.claim(case.subject)
        if claim is None:
            return StepResult("needs_human", (noticed("profile", "subject_gone", _GONE),)), None
        task = TaskContext(case=case, step=step, claim=claim, means=self._means, now=self._clock())
        looked_at = task.credit if step.credit_id else claim
        return self._watch(task), looked_at.digest if looked_at else None

    def _watch(self, task: TaskContext) -> StepResult:
        try:
            return self._watched(lambda: STEPS[task.step.kind](task))
        except TimedOut:
            log.warning("step_timed_out", case_id=task.case.case_id, step=task.step.name, attempt=task.step.attempt)
            return StepResult("retry")
        except Retryable as error:
            log.warning("step_retried_later", case_id=task.case.case_id, step=task.step.name, reason=str(error))
            return StepResult("retry", after=getattr(error, "after", None))
        except Exception as error:  # a bug in one step must not hold the case up: a person looks
            log.failure("step_failed", error, case_id=task.case.case_id, step=task.step.name)
            return StepResult("needs_human", (_trouble(task.step, "step_failed", _BROKE),))

    def _end(self, case: Case, step: Step, result: StepResult, digest: str | None) -> None:
        assert result.outcome != "retry"
        now = self._clock()
        ended, fact = step.end(result.outcome, result.findings, digest, now)
        try:
            self._store.end_step(case, ended, fact, now)
        except StepSettledMeanwhile:
            log.info("result_not_wanted", case_id=case.case_id, step=step.name, attempt=step.attempt)
        self._go_on(case.case_id)

    def _later(self, case: Case, step: Step, after: timedelta | None) -> None:
        limit = min(LONGEST_DELAY, FIRST_DELAY * 2 ** (step.tries - 1))
        # All who were sent away together do not come back together either.
        delay = min(LONGEST_DELAY, (after or timedelta()) + self._jitter(limit))
        self._try_again(case, step, delay)

    def _try_again(self, case: Case, step: Step, delay: timedelta) -> None:
        again = step.again(delay, self._clock())
        if again is None:
            self._give_up(case, step)
            return
        try:
            self._store.change_step(step, again)
        except StepSettledMeanwhile:
            return
        self._send(again, delay)

    def _give_up(self, case: Case, step: Step) -> None:
        trouble = _trouble(step, "never_answered", _NEVER_ANSWERED)
        log.warning("step_given_up", case_id=case.case_id, step=step.name)
        self._end(case, step, StepResult("needs_human", (trouble,)), None)

    # ---- the last one

    def _go_on(self, case_id: str) -> None:
        """Starts the recommendation once nothing else is under way; of several who see it, one does."""
        steps = {step.name: step for step in self._store.steps(case_id)}
        last = steps.pop(RECOMMENDATION)
        if last.status != "waiting" or any(step.status != "ended" for step in steps.values()):
            return
        started = last.starts(self._clock())
        try:
            self._store.change_step(last, started)
        except StepSettledMeanwhile:
            return
        self._send(started)

    def _recommend(self, case: Case, step: Step) -> None:
        """The recommendation, the end of its step and, the first time, the case's place in the queue, in one
        transaction."""
        others = [one for one in self._store.steps(case.case_id) if one.name != RECOMMENDATION]
        now, claim = self._clock(), self._claims.claim(case.subject)
        if claim is None and case.state == "checks_running":
            self._save(case, *case.withdraw(now), now)
            return
        if claim is None:
            # People have the case and see that its subject is gone.
            self._change(step, step.abandoned())
            return
        task = TaskContext(case=case, step=step, claim=claim, means=self._means, now=now, others=others)
        result = self._watch(task)
        # Where it fails, somebody looks all the same.
        outcome = "needs_human" if result.outcome == "retry" else result.outcome
        route = result.route or "normal"
        after, fact = case.make_ready(route, now) if case.state == "checks_running" else case.advise(route, now)
        ended, step_ended = step.end(outcome, result.findings, None, now)
        try:
            self._store.save(case, after, [step_ended, fact], now, ended=ended)
        except Conflict:
            # Done by somebody else, or withdrawn: the message comes again and sees it.
            raise Retryable("changed_meanwhile") from None

    # ---- the sweep

    def due(self) -> list[tuple[str, str | None]]:
        """(case id, step or None for the case itself) for everything whose time has come."""
        return list(self._store.due(self._clock()))

    def settle(self, case_id: str, name: str | None) -> None:
        """Does what is due. Raises Retryable."""
        case, now = self._store.case(case_id), self._clock()
        if case is None:
            return
        if name is not None:
            self._settle_step(case, name)
        elif case.state == "submitted":
            self.dispatch(case_id)
        elif (lapsed := case.lapse(now)) is not None:
            self._save(case, *lapsed, now)

    def _settle_step(self, case: Case, name: str) -> None:
        step, now = self._store.step(case.case_id, name), self._clock()
        if step is None or step.owed_at is None or datetime.fromisoformat(step.owed_at) > now:
            return
        if case.state not in CHECKED:
            self._change(step, step.abandoned())
        elif step.status == "waiting":
            # Too early, or the one who ended the last step died before they could start it.
            self._change(step, step.waits_on(now))
            self._go_on(case.case_id)
        else:
            log.warning("step_put_back", case_id=case.case_id, step=name, attempt=step.attempt)
            if name == RECOMMENDATION:
                # It asks nobody outside, so there is nothing to give up on: it is done as often as it takes.
                put_back = step.starts(now)
                self._change(step, put_back)
                self._send(put_back)
            else:
                self._try_again(case, step, timedelta())

    def _change(self, before: Step, after: Step) -> None:
        try:
            self._store.change_step(before, after)
        except StepSettledMeanwhile:
            raise Retryable("changed_meanwhile") from None

    def _save(self, before: Case, after: Case, fact: Fact, now: datetime, *, planned: Sequence[Step] = ()) -> None:
        try:
            self._store.save(before, after, [fact], now, planned=planned)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def _send(self, step: Step, delay: timedelta = timedelta()) -> None:
        self._queue.enqueue(step.case_id, step.name, step.attempt, delay)


def _trouble(step: Step, reason: str, note: Bilingual) -> Finding:
    return noticed(step.kind, reason, note, credit_id=step.credit_id)
