"""The three facts of a credit, kept apart: the work exists, this person took part, in this function.

A fact is established or it is not; silence never makes it false. It is about one claim: once the credit is corrected,
what was established about the former claim does not hold for the new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from chalicelib.verification.subjects import LEVELS, Level
from chalicelib.vocabulary.clock import stamp

#: How long a fact is shown once a person or a paper has shown it: a contract, end credits, a signed attestation, a
#: diploma stay what they are.
LASTS = timedelta(days=5 * 365)

#: How long where a public source shows it: what sources say is corrected, and looked up again (TRADE §3.2: 12 months).
LASTS_IN_SOURCES = timedelta(days=365)

#: Who and what shows a fact for long; every other source is a public one.
_PEOPLE_AND_PAPERS = frozenset({"review", "attestation", "evidence"})

#: How long before a fact runs out it is checked anew, so that it need not run out meanwhile.
RECHECK_BEFORE = timedelta(days=30)

#: How long until the clockwork looks what has become of that.
RECHECK_PATIENCE = timedelta(days=7)


class Established(BaseModel):
    """A fact that holds. `source`: the catalogue, register or kind of evidence that shows it, or `review` where an
    administrator read documents; `reviewer`: who decided. Times are ISO 8601 UTC."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    source: str
    checked_at: str
    expires_at: str
    reviewer: str | None
    case_id: str

    def holds(self, now: datetime) -> bool:
        return stamp(now) < self.expires_at


class CreditFacts(BaseModel):
    """What is known of a credit. None: not established. `version` grows by one at each change."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    profile_id: str
    credit_id: str
    claim_digest: str
    work: Established | None = None
    participation: Established | None = None
    function: Established | None = None
    #: When the clockwork looks at them next, and the case that checks them anew, once there is one.
    recheck_at: str | None = None
    recheck_case_id: str | None = None
    version: int = 0

    def get(self, level: Level) -> Established | None:
        found: Established | None = getattr(self, level)
        return found

    def runs_out_at(self) -> str | None:
        """When the first of them does."""
        return min((fact.expires_at for level in LEVELS if (fact := self.get(level))), default=None)

    def looked_at(self, case_id: str | None, now: datetime) -> CreditFacts:
        """They are being checked anew, or will be before long."""
        return self._changed(recheck_case_id=case_id, recheck_at=stamp(now + RECHECK_PATIENCE))

    def left_to_run_out(self) -> CreditFacts:
        """There is nothing to check anew, or it was and nobody renewed them: their dates say until when they hold."""
        return self._changed(recheck_at=None)

    def scheduled(self) -> CreditFacts:
        """To be checked anew before the first of them runs out."""
        ends = self.runs_out_at()
        at = stamp(datetime.fromisoformat(ends) - RECHECK_BEFORE) if ends else None
        return self.model_copy(update={"recheck_at": at, "recheck_case_id": None})

    def _changed(self, **changes: str | None) -> CreditFacts:
        return self.model_copy(update={**changes, "version": self.version + 1})

    def of(self, claim_digest: str, now: datetime) -> dict[Level, Established]:
        """The facts that hold now for a credit claimed like this."""
        if claim_digest != self.claim_digest:
            return {}
        return {level: fact for level in LEVELS if (fact := self.get(level)) and fact.holds(now)}

    def rank(self, claim_digest: str, now: datetime) -> int:
        """The ladder: 0 declared, 1 the work is confirmed, 2 participation, 3 the function. A fact counts with those
        before it alone."""
        held = self.of(claim_digest, now)
        return next((rank for rank, level in enumerate(LEVELS) if level not in held), len(LEVELS))


@dataclass(frozen=True, slots=True)
class Shown:
    """Who and what shows the facts up to a level. `sources`: what shows each of them; `review` for the others. `until`:
    when that ends by itself, where it does: a source's terms may allow less than a fact lasts (ISO 8601 UTC)."""

    level: Level
    claim_digest: str
    sources: Mapping[Level, str]
    reviewer: str
    case_id: str
    until: Mapping[Level, str] = field(default_factory=dict)


def establish(before: CreditFacts | None, profile_id: str, credit_id: str, shown: Shown, now: datetime) -> CreditFacts:
    """The facts with those up to that level established. Nothing that holds already is lost, nor made to end sooner."""
    facts = before or CreditFacts(profile_id=profile_id, credit_id=credit_id, claim_digest=shown.claim_digest)
    if facts.claim_digest != shown.claim_digest:
        facts = CreditFacts(
            profile_id=profile_id, credit_id=credit_id, claim_digest=shown.claim_digest, version=facts.version
        )
    made: dict[str, Established] = {
        level: _longer(facts.get(level), _made(shown, level, now)) for level in LEVELS[: LEVELS.index(shown.level) + 1]
    }
    return facts.model_copy(update={**made, "version": facts.version + 1}).scheduled()


def _made(shown: Shown, level: Level, now: datetime) -> Established:
    source = shown.sources.get(level, "review")
    lasts = stamp(now + (LASTS if source in _PEOPLE_AND_PAPERS else LASTS_IN_SOURCES))
    return Established(
        source=source,
        checked_at=stamp(now),
        expires_at=min(lasts, shown.until.get(level, lasts)),
        reviewer=shown.reviewer,
        case_id=shown.case_id,
    )


def _longer(before: Established | None, made: Established) -> Established:
    return before if before is not None and before.expires_at > made.expires_at else made


def take_away(facts: CreditFacts, level: Level) -> CreditFacts:
    """The facts without this one and those that stand on it. A decision of two people alone does this."""
    gone: dict[str, None] = dict.fromkeys(LEVELS[LEVELS.index(level) :])
    return facts.model_copy(update={**gone, "version": facts.version + 1}).scheduled()


def badges(facts: CreditFacts, claim_digest: str, now: datetime) -> list[dict[str, str]]:
    """What a producer is shown of a credit, the first fact first: which, by what, when and until when. Who decided is
    for administrators and is not here."""
    return [
        {
            "fact": level,
            "source": fact.source,
            "checked_at": fact.checked_at,
            "expires_at": fact.expires_at,
        }
        for level, fact in facts.of(claim_digest, now).items()
    ]
