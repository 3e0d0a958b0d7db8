"""Puts invented freelancers into the deployed product, through the models and the repository of the application.

Two transactions a person, where the routes would take a dozen and their case a dozen more: first the draft with its
account, then the profile as it follows a decision, with all of its credits and the fact that matching waits for.

    python -m benchmarks.loading < {"today": …, "count": …}   # prints how many profiles are done; see `population.py`
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from benchmarks.invented import profiles
from chalicelib.platform.validation import validate_json
from chalicelib.profiles.models import FACT_NAMES, CheckedFact, Credit, Decided, Profile, Standing
from chalicelib.profiles.repository import ProfileRepository
from chalicelib.profiles.schemas import CreditInput, ProfileInput
from chalicelib.verification.facts_of_credit import LASTS
from chalicelib.vocabulary.clock import stamp, utc_now
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import new_id

_AT_ONCE = 4
_REASON = "Références vérifiées une à une."


@dataclass(frozen=True, slots=True)
class Career:
    """A freelancer's profile as a draft and as verified, each with its fact."""

    draft: Profile
    saved: Fact
    verified: Profile
    decided: Fact
    credits: list[Credit]

    @classmethod
    def of(cls, entry: Mapping[str, Any], now: datetime) -> Career:
        """What an entry of the population becomes, checked as the routes check it."""
        owner = str(uuid.uuid5(uuid.NAMESPACE_URL, f"plot-point:{entry['key']}"))
        content = validate_json(ProfileInput, json.dumps(entry["profile"]).encode()).content()
        draft, saved = Profile.create(new_id(now), owner, content, now)
        profile, credits = draft, []
        for declared in entry["credits"]:
            claim = {name: value for name, value in declared.items() if name != "level"}
            work = validate_json(CreditInput, json.dumps(claim).encode()).content()
            profile, credit, _ = profile.with_credit(new_id(now), work, now)
            credits.append(credit.checked(_read_in_documents(declared["level"], now)))
        decision = Decided(entry["status"], _REASON, "benchmark", stamp(now), still_claimed=True)
        followed = profile.follow(Standing(decision, under_way=False), now)
        assert followed is not None
        verified, decided = followed
        # Written as the version after the draft, for the changes between are not.
        return cls(draft, saved, verified.model_copy(update={"version": draft.version + 1}), decided, credits)

    def of_namesake(self, profile_id: str) -> Career:
        """The same career of somebody else, under that id."""
        whose = {"profile_id": profile_id}
        owner = whose | {"user_sub": str(uuid.uuid5(uuid.NAMESPACE_URL, f"plot-point:{profile_id}"))}
        return replace(
            self,
            draft=self.draft.model_copy(update=owner),
            saved=self.saved.model_copy(update=whose),
            verified=self.verified.model_copy(update=owner),
            decided=self.decided.model_copy(update=whose),
        )

    def write(self, repository: ProfileRepository, now: datetime) -> None:
        repository.create(self.draft, self.saved, now)
        repository.save(self.verified, self.decided, now, credits=self.credits)


def _read_in_documents(level: int, now: datetime) -> tuple[CheckedFact, ...]:
    """The facts up to a step of the ladder, as they follow from a decision."""
    until = stamp(now + LASTS)
    return tuple(
        CheckedFact(fact=name, source="review", checked_at=stamp(now), expires_at=until) for name in FACT_NAMES[:level]
    )


def _main() -> int:
    from chalicelib.profiles import wiring

    order = json.load(sys.stdin)
    repository, now = wiring.repository(), utc_now()
    careers = [Career.of(entry, now) for entry in profiles(order["count"], date.fromisoformat(order["today"]))]
    pool = ThreadPoolExecutor(_AT_ONCE)
    tasks = [pool.submit(career.write, repository, now) for career in careers]
    try:
        for done, task in enumerate(as_completed(tasks), 1):
            task.result()
            print(done, flush=True)
    finally:
        pool.shutdown(cancel_futures=True)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
