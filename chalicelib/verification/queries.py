"""What other contexts may ask of verification, answered at once and read-only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from chalicelib.verification.alarm_repository import AlarmRepository
from chalicelib.verification.alarms import Alarm
from chalicelib.verification.evidence_files import Evidence
from chalicelib.verification.evidence_repository import EvidenceRepository
from chalicelib.verification.facts_of_credit import CreditFacts, Established, badges
from chalicelib.verification.junior_path import JuniorPath
from chalicelib.verification.models import Case
from chalicelib.verification.repository import VerificationRepository
from chalicelib.verification.states import OPEN
from chalicelib.verification.subjects import Level, Subject


class VerificationQueries:
    def __init__(
        self, repository: VerificationRepository, alarms: AlarmRepository, evidence: EvidenceRepository
    ) -> None:
        self._repository = repository
        self._alarms = alarms
        self._evidence = evidence

    def case(self, case_id: str) -> Case | None:
        return self._repository.case(case_id)

    def latest_case(self, owner_id: str) -> Case | None:
        """The one opened last on a profile, one of its credits, or a company."""
        found, _ = self._repository.cases_of(owner_id, 1, None)
        return found[0] if found else None

    def is_under_way(self, subject: Subject) -> bool:
        """Whether a case on the subject is open and was submitted."""
        case_id = self._repository.open_case_of(subject)
        case = self._repository.case(case_id) if case_id is not None else None
        return case is not None and case.state != "draft" and case.state in OPEN

    def facts(self, profile_id: str, claims: Mapping[str, str], now: datetime) -> dict[str, dict[Level, Established]]:
        """Credit id → the facts that hold now, for every credit of which something was ever established as it is
        claimed now (`claims`, as for `ladder`)."""
        return {
            credit_id: facts.of(claims[credit_id], now)
            for credit_id, facts in self._known(profile_id, claims).items()
            if facts.claim_digest == claims[credit_id]
        }

    def checked_digest(self, case_id: str, step: str) -> str | None:
        """What a step of the case looked at, by its digest."""
        found = self._repository.step(case_id, step)
        return found.claim_digest if found else None

    def ladder(self, profile_id: str, claims: Mapping[str, str], now: datetime) -> dict[str, int]:
        """Credit id → 0 declared, 1 the work is confirmed, 2 participation, 3 the function. `claims`: credit id → what
        is claimed now (`subjects.CreditClaim.digest`)."""
        known = self._known(profile_id, claims)
        return {
            credit_id: known[credit_id].rank(claims[credit_id], now) if credit_id in known else 0
            for credit_id in claims
        }

    def badges(self, profile_id: str, claims: Mapping[str, str], now: datetime) -> dict[str, list[dict[str, str]]]:
        """Credit id → what is shown of it; nothing for a credit of which nothing holds."""
        known = self._known(profile_id, claims)
        return {credit_id: badges(facts, claims[credit_id], now) for credit_id, facts in known.items()}

    def junior_path(self, profile_id: str, now: datetime) -> JuniorPath | None:
        """That the background of somebody at the beginning is confirmed."""
        confirmed = self._repository.junior_path(profile_id)
        return confirmed if confirmed and confirmed.holds(now) else None

    def alarm(self, alarm_id: str) -> tuple[Alarm, list[Evidence]] | None:
        """An alarm with the files that it rests on, for whoever it is about."""
        alarm = self._alarms.alarm(alarm_id)
        if alarm is None:
            return None
        relied_on = {document.evidence_id for document in alarm.documents}
        return alarm, [one for one in self._evidence.of_case(alarm_id) if one.evidence_id in relied_on]

    def _known(self, profile_id: str, claims: Mapping[str, str]) -> dict[str, CreditFacts]:
        return {one: facts for one, facts in self._repository.facts(profile_id).items() if one in claims}
