"""What verification keeps about one person: their cases with every file, what was established of their credits, what
they attested for others, and alarms about them. An alarm that is not over is held, without a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, Retryable
from chalicelib.platform.table import Item
from chalicelib.verification.alarm_schemas import MyAlarmShape
from chalicelib.verification.alarms import OVER, Alarm
from chalicelib.verification.attestations import Attestation
from chalicelib.verification.evidence_files import READING_SECONDS, Evidence
from chalicelib.verification.facts_of_credit import CreditFacts
from chalicelib.verification.junior_path import JuniorPath
from chalicelib.verification.mailboxes import is_address, likeness, mailbox
from chalicelib.verification.models import Case
from chalicelib.verification.schemas import EvidenceShape
from chalicelib.verification.service import Dossier
from chalicelib.verification.subject_schemas import MyAttestationShape, MyCaseShape
from chalicelib.verification.subjects import Subject
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.person import Erased, Held, Person
from chalicelib.vocabulary.retention import HOLDS


class Cases(Protocol):
    def cases(self, owner_id: str, sub: str) -> list[str]: ...
    def forget_case(self, owner_id: str, case_id: str) -> int: ...
    def forget_facts(self, profile_id: str) -> int: ...
    def prints(self, holder_id: str) -> int: ...
    def attested_by(self, nodes: Iterable[str], is_theirs: Callable[[Item], bool]) -> int: ...
    def forget_answers(self, sources: Sequence[str], is_about: Callable[[str], bool]) -> int: ...


class Store(Protocol):
    def case(self, case_id: str) -> Case | None: ...
    def amend(self, before: Case, after: Case) -> None: ...
    def facts(self, profile_id: str) -> dict[str, CreditFacts]: ...
    def junior_path(self, profile_id: str) -> JuniorPath | None: ...
    def leave_prints(self, profile_id: str, digests: Sequence[str]) -> dict[str, list[str]]: ...


class Evidences(Protocol):
    def of_case(self, case_id: str) -> list[Evidence]: ...
    def attestations(self, case_id: str) -> list[Attestation]: ...


class Files(Protocol):
    def under(self, prefix: str) -> list[str]: ...
    def delete(self, keys: list[str]) -> None: ...
    def link(self, key: str, name: str, media_type: str, seconds: int, *, inline: bool) -> str: ...


class Alarms(Protocol):
    def about(self, subject: Subject) -> list[Alarm]: ...
    def hold(self, alarm: Alarm, until: datetime) -> None: ...
    def held_until(self, alarm_id: str) -> str | None: ...
    def forget(self, alarm: Alarm) -> None: ...


class Reading(Protocol):
    """How somebody reads their own cases on a screen."""

    def my_cases(self, actor: Actor, position: Item | None) -> tuple[list[Case], Item | None]: ...
    def my_dossier(self, actor: Actor, case_id: str) -> Dossier: ...


#: Whether a company has somebody left once this account is gone: (company, account).
HasOthers = Callable[[str, str], bool]


class CasesOfPerson:
    """`sources`: the ids of those whose answers are remembered."""

    def __init__(
        self,
        cases: Cases,
        store: Store,
        evidence: Evidences,
        files: Files,
        alarms: Alarms,
        reading: Callable[[], Reading],
        sources: Callable[[], Sequence[str]],
        has_others: HasOthers,
    ) -> None:
        self._cases = cases
        self._store = store
        self._evidence = evidence
        self._files = files
        self._alarms = alarms
        self._reading = reading
        self._sources = sources
        self._has_others = has_others

    def export(self, person: Person, now: datetime) -> dict[str, list[dict[str, Any]]]:
        actor = Actor(person.sub, frozenset(), person.email)
        cases, evidence, attestations = [], [], []
        for case in self._my_cases(actor):
            cases.append(
                MyCaseShape.in_full(self._reading().my_dossier(actor, case.case_id), now).model_dump(mode="json")
            )
            evidence += [self._file(one) for one in self._evidence.of_case(case.case_id) if one.owner == person.sub]
            attestations += [
                {
                    "case_id": case.case_id,
                    "claim": _claim(one),
                    **MyAttestationShape.of(one, now).model_dump(mode="json"),
                }
                for one in self._evidence.attestations(case.case_id)
            ]
        facts = self._store.facts(person.profile_id) if person.profile_id else {}
        path = self._store.junior_path(person.profile_id) if person.profile_id else None
        raised = [
            (alarm, self._evidence.of_case(alarm.alarm_id))
            for subject in _subjects(person)
            for alarm in self._alarms.about(subject)
            if alarm.raised_at is not None
        ]
        return {
            "verification_cases": cases,
            "evidence": evidence,
            "attestations": attestations,
            "facts_of_credits": [one.model_dump(mode="json") for one in facts.values()],
            "junior_path": [path.model_dump(mode="json")] if path else [],
            "alarms": [MyAlarmShape.of(alarm, files, now).model_dump(mode="json") for alarm, files in raised],
        }

    def erase(self, person: Person, now: datetime) -> Erased:
        try:
            return self._erase(person, now)
        except Conflict:
            raise Retryable("case_changed_meanwhile") from None

    def _erase(self, person: Person, now: datetime) -> Erased:
        removed, redacted, held = 0, 0, list[Held]()
        if person.profile_id is not None:
            gone, kept = self._forget_all_of(Subject("profile", person.profile_id), person.sub, now)
            removed += gone + self._cases.forget_facts(person.profile_id)
            held += kept
        if person.company_id is not None and not self._has_others(person.company_id, person.sub):
            gone, kept = self._forget_all_of(Subject("company", person.company_id), person.sub, now)
            removed += gone
            held += kept
        elif person.company_id is not None:
            redacted += self._leave_cases(person.company_id, person.sub)
        redacted += self._leave_attestations(person)
        names = [name.casefold() for name in person.names]
        if names:
            removed += self._cases.forget_answers(
                self._sources(), lambda text: any(name in text.casefold() for name in names)
            )
        return Erased(removed, redacted, tuple(held))

    def _forget_all_of(self, subject: Subject, sub: str, now: datetime) -> tuple[int, list[Held]]:
        removed, held = 0, []
        for case_id in self._cases.cases(subject.subject_id, sub):
            removed += self._forget_files(case_id) + self._cases.forget_case(subject.subject_id, case_id)
        removed += self._cases.prints(subject.subject_id)
        self._store.leave_prints(subject.subject_id, ())
        for alarm in self._alarms.about(subject):
            removed += self._forget_files(alarm.alarm_id)
            removed += self._cases.forget_case(subject.subject_id, alarm.alarm_id)
            if alarm.state in OVER or alarm.owed_at is None:
                self._alarms.forget(alarm)
                removed += 1
                continue
            until = self._alarms.held_until(alarm.alarm_id)
            if until is None:
                # As long as it runs by itself, and never longer than the hold.
                ends = min(datetime.fromisoformat(alarm.owed_at), now + HOLDS["alarm_open"].lasts)
                self._alarms.hold(alarm.without_texts(), ends)
                until = stamp(ends)
            held.append(Held("alarm", alarm.alarm_id, until, "alarm_open"))
        return removed, held

    def _forget_files(self, case_id: str) -> int:
        keys = [*self._files.under(f"quarantine/{case_id}/"), *self._files.under(f"evidence/{case_id}/")]
        self._files.delete(keys)
        return len(keys)

    def _leave_cases(self, company_id: str, sub: str) -> int:
        """The company's cases stay with it; whoever opened one is not to be written to any more."""
        redacted = 0
        for case_id in self._cases.cases(company_id, sub):
            case = self._store.case(case_id)
            after = case.without_contact(sub) if case else None
            if case is not None and after is not None:
                self._store.amend(case, after)
                redacted += 1
        return redacted

    def _leave_attestations(self, person: Person) -> int:
        """What they were asked to attest for others: the answer stays, who gave it does not."""
        mailboxes = {mailbox(person.email), likeness(person.email)} if is_address(person.email) else set()
        nodes = sorted(mailboxes | ({person.profile_id} if person.profile_id else set()))

        def is_theirs(item: Item) -> bool:
            asked = item.get("attester") is not None and item.get("attester") == person.profile_id
            return asked or bool(mailboxes & {item["mailbox"], item["likeness"]})

        return self._cases.attested_by(nodes, is_theirs) if nodes else 0

    def _my_cases(self, actor: Actor) -> Iterable[Case]:
        position: Item | None = None
        while True:
            cases, position = self._reading().my_cases(actor, position)
            yield from cases
            if position is None:
                return

    def _file(self, evidence: Evidence) -> dict[str, Any]:
        link = None
        if evidence.status == "accepted":
            link = self._files.link(
                evidence.key, evidence.evidence_id, evidence.media_type, READING_SECONDS, inline=False
            )
        said = {"producer": evidence.producer, "created": evidence.created, "sha256": evidence.sha256}
        return {**EvidenceShape.of(evidence).model_dump(mode="json"), **said, "case_id": evidence.case_id, "link": link}


def _claim(attestation: Attestation) -> dict[str, Any]:
    claim = attestation.claim
    return {
        "person": claim.person,
        "work": claim.work,
        "function": claim.function,
        "company": claim.company,
        "year": claim.year,
        "started_year": claim.started_year,
    }


def _subjects(person: Person) -> list[Subject]:
    found = [Subject("profile", person.profile_id)] if person.profile_id else []
    return [*found, *([Subject("company", person.company_id)] if person.company_id else [])]
