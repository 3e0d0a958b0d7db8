"""Facts of credits that are about to run out are checked anew, in time and without their owner doing anything.

Thirty days before the first fact of a credit runs out, a case on that credit is opened and submitted for its owner: the
same steps ask the same sources again, and a person renews what is confirmed. Silence takes nothing away: until the date
is over everything holds, and what nobody renews runs out by its date alone. The case's id follows from what runs out,
so that whatever comes twice, or died half-way, makes one case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.platform.errors import Conflict, Retryable
from chalicelib.verification.errors import CaseAlreadyOpen
from chalicelib.verification.facts_of_credit import CreditFacts
from chalicelib.verification.models import Case, Contact
from chalicelib.verification.states import OPEN
from chalicelib.verification.subjects import LEVELS, Claim, ProfileClaim, Subject
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_of


class FactStore(Protocol):
    """What checking anew needs of the store; see the repository."""

    def case(self, case_id: str) -> Case | None: ...
    def create(self, case: Case, fact: Fact, now: datetime) -> None: ...
    def save(self, before: Case, after: Case, facts: Sequence[Fact], now: datetime) -> None: ...
    def facts(self, profile_id: str) -> dict[str, CreditFacts]: ...
    def due_facts(self, now: datetime) -> Iterator[tuple[str, str]]: ...
    def change_facts(self, after: CreditFacts) -> None: ...


class Claims(Protocol):
    def claim(self, subject: Subject) -> Claim | None: ...


class Rechecks:
    def __init__(self, store: FactStore, claims: Claims, clock: Clock) -> None:
        self._store = store
        self._claims = claims
        self._clock = clock

    def due(self) -> list[tuple[str, str]]:
        """(profile id, credit id) of the facts that are to be looked at."""
        return list(self._store.due_facts(self._clock()))

    def settle(self, profile_id: str, credit_id: str) -> None:
        """Opens the case that checks them anew, or sees what has become of it. Raises Retryable."""
        now, facts = self._clock(), self._store.facts(profile_id).get(credit_id)
        if facts is None or facts.recheck_at is None or datetime.fromisoformat(facts.recheck_at) > now:
            return
        try:
            self._store.change_facts(self._looked_at(facts, now))
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def _looked_at(self, facts: CreditFacts, now: datetime) -> CreditFacts:
        if facts.recheck_case_id is not None:
            case = self._store.case(facts.recheck_case_id)
            under_way = case is not None and case.state in OPEN
            return facts.looked_at(facts.recheck_case_id, now) if under_way else facts.left_to_run_out()
        contact = self._contact(facts)
        if contact is None or not self._still_claimed(facts):
            return facts.left_to_run_out()
        return facts.looked_at(self._opened(facts, contact, now), now)

    def _opened(self, facts: CreditFacts, contact: Contact, now: datetime) -> str | None:
        """The id of the case, submitted; None while the credit is under check anyway. Raises Conflict."""
        subject = Subject.credit(facts.profile_id, facts.credit_id)
        case_id = id_of("recheck", facts.profile_id, facts.credit_id, str(facts.runs_out_at()))
        case, fact = Case.open(case_id, subject, contact, now, recheck=True)
        try:
            self._store.create(case, fact, now)
        except CaseAlreadyOpen:
            return None
        except Conflict:
            standing = self._store.case(case_id)
            if standing is None or standing.state != "draft":
                return case_id
            case = standing
        submitted, fact = case.submit(now)
        self._store.save(case, submitted, [fact], now)
        return case_id

    def _contact(self, facts: CreditFacts) -> Contact | None:
        """Whoever answered for the credit last."""
        ids = [fact.case_id for level in reversed(LEVELS) if (fact := facts.get(level))]
        case = self._store.case(ids[0]) if ids else None
        return case.contact if case is not None else None

    def _still_claimed(self, facts: CreditFacts) -> bool:
        claim = self._claims.claim(Subject.credit(facts.profile_id, facts.credit_id))
        credit = claim.credit(facts.credit_id) if isinstance(claim, ProfileClaim) else None
        return credit is not None and credit.digest == facts.claim_digest
