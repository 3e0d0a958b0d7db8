"""Verification without AWS: a store in memory that keeps the real one's promises, and the collaborators around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Item
from chalicelib.verification.alarms import OVER, Alarm, Document
from chalicelib.verification.errors import CaseAlreadyOpen, StepSettledMeanwhile
from chalicelib.verification.facts_of_credit import CreditFacts
from chalicelib.verification.junior_path import JuniorPath
from chalicelib.verification.models import Case, Contact, Step
from chalicelib.verification.states import DECIDED, IN_QUEUE, OPEN
from chalicelib.verification.steps.attestation import Attested
from chalicelib.verification.steps.contract import Means, StepResult
from chalicelib.verification.steps.evidence import SentFile
from chalicelib.verification.subjects import Claim, CompanyClaim, CreditClaim, Kind, Level, ProfileClaim, Subject
from chalicelib.verification.tasks import VerificationTasks
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.text import Bilingual

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday


def freelancer(number: int = 1) -> Actor:
    return Actor(f"freelancer-{number}", frozenset({"freelancers"}), f"plume.{number}@courriel.test")


def administrator(number: int = 1) -> Actor:
    return Actor(f"admin-{number}", frozenset({"admins"}), f"admin.{number}@plot-point.test")


def credit_claim(profile_id: str = "profile-1", credit_id: str = "credit-1", **changes: Any) -> CreditClaim:
    return replace(
        CreditClaim(
            profile_id=profile_id,
            credit_id=credit_id,
            person_name="Noor Vasseur",
            title="La Digue",
            year=2023,
            started_year=2021,
            function="script_editor",
            format="serie_52",
            company="Les Films du Môle",
            broadcaster=None,
        ),
        **changes,
    )


def profile_claim(number: int = 1, credits: int = 2, **changes: Any) -> ProfileClaim:
    profile_id = f"profile-{number}"
    return replace(
        ProfileClaim(
            profile_id=profile_id,
            owner_sub=f"freelancer-{number}",
            person_name=f"Noor Vasseur {number}",
            roles=("script_editor",),
            credits=tuple(
                credit_claim(profile_id, f"credit-{number}-{one}", title=f"La Digue {number}-{one}")
                for one in range(1, credits + 1)
            ),
        ),
        **changes,
    )


def company_claim(number: int = 1, **changes: Any) -> CompanyClaim:
    return replace(
        CompanyClaim(
            company_id=f"company-{number}",
            legal_name="Les Films du Môle",
            siren="732829320",
            email_domain="mole.test",
            mandate="Productrice associée",
            member_subs=(f"producer-{number}",),
        ),
        **changes,
    )


def contact(number: int = 1) -> Contact:
    return Contact(sub=f"freelancer-{number}", email=f"plume.{number}@courriel.test", language="fr")


class FakeCaseStore:
    def __init__(self) -> None:
        #: (case id, fact, version of the case), in the order in which they were written.
        self.facts_told: list[tuple[str, Fact, int]] = []
        self._cases: dict[str, Case] = {}
        self._open: dict[Subject, str] = {}
        self._steps: dict[str, dict[str, Step]] = {}
        self._facts: dict[tuple[str, str], CreditFacts] = {}
        self._junior_paths: dict[str, JuniorPath] = {}
        self._prints: dict[str, set[str]] = {}

    def case(self, case_id: str) -> Case | None:
        return self._cases.get(case_id)

    def open_case_of(self, subject: Subject) -> str | None:
        return self._open.get(subject)

    def create(self, case: Case, fact: Fact, now: datetime) -> None:
        if case.case_id in self._cases:
            raise Conflict
        if case.subject in self._open:
            raise CaseAlreadyOpen
        self._open[case.subject] = case.case_id
        self._cases[case.case_id] = case
        self._tell(case, fact)

    def save(
        self,
        before: Case,
        after: Case,
        facts: Sequence[Fact],
        now: datetime,
        *,
        planned: Sequence[Step] = (),
        ended: Step | None = None,
        credits: Sequence[CreditFacts] = (),
        junior_path: JuniorPath | None = None,
        junior_path_lost: bool = False,
    ) -> None:
        standing = self._cases.get(before.case_id)
        if standing is None or standing.version != before.version:
            raise Conflict
        if any(self.step(step.case_id, step.name) for step in planned):
            raise Conflict
        if ended is not None and not self._is_under_way(ended):
            raise Conflict
        for one in credits:
            known = self._facts.get((one.profile_id, one.credit_id))
            if (known.version if known else 0) != one.version - 1:
                raise Conflict
        claims = before.state not in OPEN and after.state in OPEN
        if claims and self._open.get(after.subject):
            raise CaseAlreadyOpen
        if claims:
            self._open[after.subject] = after.case_id
        elif before.state in OPEN and after.state not in OPEN:
            self._open.pop(after.subject, None)
        self._cases[after.case_id] = after
        for step in [*planned, *([ended] if ended else [])]:
            self._keep(step)
        self._facts.update({(one.profile_id, one.credit_id): one for one in credits})
        if junior_path is not None:
            self._junior_paths[after.subject.owner_id] = junior_path
        if junior_path_lost:
            self._junior_paths.pop(after.subject.owner_id, None)
        for fact in facts:
            self._tell(after, fact)

    def history(self, case_id: str) -> list[Item]:
        return [
            {"event_type": fact.event_type, "payload": fact.model_dump(mode="json"), "aggregate_version": version}
            for told_of, fact, version in self.facts_told
            if told_of == case_id
        ]

    def step(self, case_id: str, name: str) -> Step | None:
        return self._steps.get(case_id, {}).get(name)

    def steps(self, case_id: str) -> list[Step]:
        return [step for _, step in sorted(self._steps.get(case_id, {}).items())]

    def end_step(self, case: Case, step: Step, fact: Fact, now: datetime) -> None:
        if not self._is_under_way(step):
            raise StepSettledMeanwhile
        self._keep(step)
        self._tell(case, fact)

    def change_step(self, before: Step, after: Step) -> None:
        standing = self.step(before.case_id, before.name)
        if standing is None or _moment(standing) != _moment(before):
            raise StepSettledMeanwhile
        self._keep(after)

    def renew_steps(self, case: Case, changes: Sequence[tuple[Step, Step]], fact: Fact, now: datetime) -> None:
        standing = [(self.step(before.case_id, before.name), before) for before, _ in changes]
        if any(now_there is None or _moment(now_there) != _moment(before) for now_there, before in standing):
            raise StepSettledMeanwhile
        for _, after in changes:
            self._keep(after)
        self._tell(case, fact)

    def due(self, now: datetime) -> Iterator[tuple[str, str | None]]:
        for case in list(self._cases.values()):
            if case.owed_at is not None and case.owed_at <= stamp(now):
                yield case.case_id, None
        for step in [step for steps in self._steps.values() for step in steps.values()]:
            if step.owed_at is not None and step.owed_at <= stamp(now):
                yield step.case_id, step.name

    def cases_of(self, owner_id: str, limit: int, position: Item | None) -> tuple[list[Case], Item | None]:
        owned = [case for case in self._cases.values() if case.subject.owner_id == owner_id]
        ordered = sorted(owned, key=lambda case: case.case_id, reverse=True)
        start = int(position["after"]) if position else 0
        page = ordered[start : start + limit]
        return page, {"after": str(start + limit)} if len(page) == limit else None

    def queue(
        self, where: dict[str, Any], limit: int, position: Item | None, due_by: datetime | None = None
    ) -> tuple[list[Case], Item | None]:
        listed = [(str(case.due_at), case) for case in self.waiting()]
        if where.get("state") == "information_requested":
            asked = [case for case in self._cases.values() if case.state == "information_requested"]
            listed = sorted(((str(case.owed_at), case) for case in asked), key=lambda one: one[0])
        ordered = [case for due, case in listed if due_by is None or due <= stamp(due_by)]
        start = int(position["after"]) if position else 0
        page = ordered[start : start + limit]
        shown = [case for case in page if all(getattr(case, name) == value for name, value in where.items())]
        return shown, {"after": str(start + limit)} if len(page) == limit else None

    def waiting(self) -> Iterator[Case]:
        yield from sorted(
            (case for case in self._cases.values() if case.state in IN_QUEUE), key=lambda case: str(case.due_at)
        )

    def decided(self, since: datetime, until: datetime) -> Iterator[Case]:
        over = [case for case in self._cases.values() if case.decided_at and case.state in DECIDED | {"final"}]
        for case in sorted(over, key=lambda case: str(case.decided_at)):
            if stamp(since) <= str(case.decided_at) <= stamp(until):
                yield case

    def facts(self, profile_id: str) -> dict[str, CreditFacts]:
        return {credit_id: facts for (of, credit_id), facts in self._facts.items() if of == profile_id}

    def due_facts(self, now: datetime) -> Iterator[tuple[str, str]]:
        for key, facts in list(self._facts.items()):
            if facts.recheck_at is not None and facts.recheck_at <= stamp(now):
                yield key

    def change_facts(self, after: CreditFacts) -> None:
        key = (after.profile_id, after.credit_id)
        if self._facts[key].version != after.version - 1:
            raise Conflict
        self._facts[key] = after

    def junior_path(self, profile_id: str) -> JuniorPath | None:
        return self._junior_paths.get(profile_id)

    def leave_prints(self, profile_id: str, digests: Sequence[str]) -> dict[str, list[str]]:
        for digest in digests:
            self._prints.setdefault(digest, set()).add(profile_id)
        self.forget_prints(profile_id, [one for one in self._prints if one not in digests])
        shared = {digest: sorted(self._prints[digest] - {profile_id}) for digest in digests}
        return {digest: others for digest, others in shared.items() if others}

    def forget_prints(self, profile_id: str, digests: Sequence[str]) -> None:
        for digest in digests:
            self._prints[digest].discard(profile_id)

    def alarms(self, subject: Subject, now: datetime) -> list[str]:
        return []

    def _is_under_way(self, step: Step) -> bool:
        standing = self.step(step.case_id, step.name)
        return standing is not None and standing.status == "pending" and standing.attempt == step.attempt

    def _keep(self, step: Step) -> None:
        self._steps.setdefault(step.case_id, {})[step.name] = step

    def _tell(self, case: Case, fact: Fact) -> None:
        self.facts_told.append((case.case_id, fact, case.version))


def _moment(step: Step) -> tuple[str, int, str | None]:
    return step.status, step.attempt, step.owed_at


class FakeAlarmStore:
    def __init__(self) -> None:
        #: (alarm id, fact, version of the alarm), in the order in which they were written.
        self.facts_told: list[tuple[str, Fact, int]] = []
        self._alarms: dict[str, Alarm] = {}

    def alarm(self, alarm_id: str) -> Alarm | None:
        return self._alarms.get(alarm_id)

    def about(self, subject: Subject) -> list[Alarm]:
        return [alarm for _, alarm in sorted(self._alarms.items()) if alarm.subject == subject]

    def create(self, alarm: Alarm, fact: Fact, now: datetime) -> None:
        if alarm.alarm_id in self._alarms:
            raise Conflict
        self._keep(alarm, fact)

    def save(self, before: Alarm, after: Alarm, fact: Fact, now: datetime) -> None:
        if self._alarms[before.alarm_id].version != before.version:
            raise Conflict
        self._keep(after, fact)

    def open(
        self, where: dict[str, Any], limit: int, position: Item | None, due_by: datetime | None = None
    ) -> tuple[list[Alarm], Item | None]:
        ordered = sorted(
            (
                alarm
                for alarm in self._alarms.values()
                if alarm.state not in OVER
                and (due_by is None or alarm.look_at <= stamp(due_by))
                and all(getattr(alarm, name) == value for name, value in where.items())
            ),
            key=lambda alarm: alarm.look_at,
        )
        return self._page(ordered, limit, position)

    def over(self, where: dict[str, Any], limit: int, position: Item | None) -> tuple[list[Alarm], Item | None]:
        ended = [
            alarm
            for alarm in self._alarms.values()
            if alarm.state in OVER and all(getattr(alarm, name) == value for name, value in where.items())
        ]
        return self._page(sorted(ended, key=lambda alarm: alarm.ended_at or "", reverse=True), limit, position)

    @staticmethod
    def _page(ordered: list[Alarm], limit: int, position: Item | None) -> tuple[list[Alarm], Item | None]:
        start = int(position["after"]) if position else 0
        page = ordered[start : start + limit]
        return page, {"after": str(start + limit)} if len(page) == limit else None

    def history(self, alarm_id: str) -> list[Item]:
        return [
            {"event_type": fact.event_type, "payload": fact.model_dump(mode="json"), "aggregate_version": version}
            for told_of, fact, version in self.facts_told
            if told_of == alarm_id
        ]

    def due(self, now: datetime) -> Iterator[str]:
        for alarm in list(self._alarms.values()):
            if alarm.owed_at is not None and alarm.owed_at <= stamp(now):
                yield alarm.alarm_id

    def _keep(self, alarm: Alarm, fact: Fact) -> None:
        self._alarms[alarm.alarm_id] = alarm
        self.facts_told.append((alarm.alarm_id, fact, alarm.version))


@dataclass
class FakeDocuments:
    """(case id, evidence id) → SHA-256 of what is there."""

    there: dict[tuple[str, str], str] = field(default_factory=dict)

    def kept(self, alarm: Alarm, case_id: str, evidence_id: str) -> Document | None:
        digest = self.there.get((case_id, evidence_id))
        return Document(evidence_id=evidence_id, sha256=digest) if digest else None


class FakeSubjects:
    """Profiles and companies, by id."""

    def __init__(self, *claims: Claim) -> None:
        self.claims: dict[str, Claim] = {}
        self.colleagues: dict[str, frozenset[str]] = {}
        self.pressed: set[str] = set()
        for claim in claims:
            self.add(claim)

    def add(self, claim: Claim) -> None:
        self.claims[claim.company_id if isinstance(claim, CompanyClaim) else claim.profile_id] = claim

    def claim(self, subject: Subject) -> Claim | None:
        found = self.claims.get(subject.owner_id)
        if isinstance(found, ProfileClaim) and subject.credit_id and found.credit(subject.credit_id) is None:
            return None
        return found

    def owned_by(self, sub: str, kind: Kind) -> str | None:
        for owner_id, claim in self.claims.items():
            if kind == "company" and isinstance(claim, CompanyClaim) and sub in claim.member_subs:
                return owner_id
            if kind != "company" and isinstance(claim, ProfileClaim) and claim.owner_sub == sub:
                return owner_id
        return None

    def parties(self, subject: Subject) -> frozenset[str]:
        claim = self.claims.get(subject.owner_id)
        own = frozenset(claim.member_subs) if isinstance(claim, CompanyClaim) else frozenset()
        own |= {claim.owner_sub} if isinstance(claim, ProfileClaim) else set()
        return own | self.colleagues.get(subject.owner_id, frozenset())

    def pressing(self, subject: Subject) -> bool:
        return subject.owner_id in self.pressed


_CREDITED = Bilingual("Crédité dans cette fonction.", "Credited in this function.")


@dataclass(frozen=True)
class Answer:
    """What a source says, in the shape that steps read."""

    source: str = "catalogue"
    verdict: str = "confirms"
    level: Level | None = "function"
    proves: Level | None = "function"
    reason: str = "function_found"
    note: Bilingual = _CREDITED
    url: str | None = "https://catalogue.test/oeuvre/1"
    retrieved_at: str = "2026-11-24T09:00:00.000Z"
    #: Later than any fact lasts.
    expires_at: str = "2040-01-01T09:00:00.000Z"
    licence: str = "CC0-1.0"
    payload_hash: str | None = None


SILENT = Answer(
    verdict="silent",
    level=None,
    proves=None,
    reason="nothing_found",
    note=Bilingual("Rien trouvé, ce qui ne prouve rien.", "Nothing found, which proves nothing."),
    url=None,
)
AGAINST = Answer(
    verdict="contradicts",
    level="function",
    proves="participation",
    reason="another_name",
    note=Bilingual("Crédité sous un autre nom.", "Credited under another name."),
)


@dataclass
class FakeSources:
    """`answers`: credit id → what is said of it; `check` may fail before that."""

    answers: dict[str, Sequence[Answer]] = field(default_factory=dict)
    default: Sequence[Answer] = (Answer(),)
    check: Callable[[CreditClaim], None] = lambda _: None
    asked: list[str] = field(default_factory=list)

    def check_credit(self, claim: CreditClaim, *, last: bool) -> Sequence[Answer]:
        self.asked.append(claim.credit_id)
        self.check(claim)
        return self.answers.get(claim.credit_id, self.default)

    def look_up(self, claim: CompanyClaim) -> Sequence[Answer]:
        return self.answers.get(claim.company_id, self.default)


@dataclass
class FakeFiles:
    files: dict[str, list[SentFile]] = field(default_factory=dict)

    def of_case(self, case_id: str) -> Sequence[SentFile]:
        return self.files.get(case_id, [])


@dataclass
class FakeAttestations:
    attested: dict[str, list[Attested]] = field(default_factory=dict)

    def of_case(self, case_id: str, claim: ProfileClaim) -> Sequence[Attested]:
        return self.attested.get(case_id, [])


@dataclass
class FakeTaskQueue:
    """(case id, step, attempt, delay) in the order in which they were sent."""

    sent: list[tuple[str, str, int, timedelta]] = field(default_factory=list)

    def enqueue(self, case_id: str, step: str, attempt: int, delay: timedelta) -> None:
        self.sent.append((case_id, step, attempt, delay))

    def take(self) -> list[tuple[str, str, int]]:
        taken = [(case_id, step, attempt) for case_id, step, attempt, _ in self.sent]
        self.sent.clear()
        return taken


class SetClock:
    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, time: timedelta) -> None:
        self.now += time


def run_at_once(work: Callable[[], StepResult]) -> StepResult:
    return work()


def means(
    store: Any,
    subjects: FakeSubjects,
    sources: FakeSources | None = None,
    files: FakeFiles | None = None,
    attestations: FakeAttestations | None = None,
) -> Means:
    asked = sources or FakeSources()
    return Means(
        sources=asked,
        registry=asked,
        evidence_files=files or FakeFiles(),
        attestations=attestations or FakeAttestations(),
        prints=store,
        claims=subjects,
        alarms=store,
        known_facts=store,
    )


def tasks(
    store: Any, subjects: FakeSubjects, queue: FakeTaskQueue, clock: SetClock, sources: FakeSources | None = None
) -> VerificationTasks:
    """With half of each limit as every pause."""
    return VerificationTasks(
        store, subjects, means(store, subjects, sources), queue, run_at_once, lambda limit: limit / 2, clock
    )


def run_all(work: VerificationTasks, queue: FakeTaskQueue) -> None:
    """Every task that is queued, and those that they queue."""
    while queue.sent:
        for task in queue.take():
            work.run(*task)
