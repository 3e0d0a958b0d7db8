"""What profiles keep about one person: theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from chalicelib.platform.errors import Conflict, Retryable
from chalicelib.profiles.events import ProfileErased
from chalicelib.profiles.models import Credit, Profile
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.person import Erased, Person


class Profiles(Protocol):
    def owned_by(self, sub: str) -> Profile | None: ...
    def credits(self, profile_id: str) -> list[Credit]: ...
    def erase(
        self, sub: str, profile: Profile | None, profile_id: str | None, fact: Fact | None, now: datetime
    ) -> int: ...


class ProfilesOfPerson:
    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        profile = self._profiles.owned_by(person.sub)
        credits = self._profiles.credits(profile.profile_id) if profile else []
        return {
            "profiles": [profile.model_dump(mode="json")] if profile else [],
            "credits": [credit.model_dump(mode="json") for credit in credits],
        }

    def erase(self, person: Person, now: datetime) -> Erased:
        profile = self._profiles.owned_by(person.sub)
        profile_id = profile.profile_id if profile else person.profile_id
        fact = ProfileErased(profile_id=profile.profile_id) if profile else None
        try:
            return Erased(removed=self._profiles.erase(person.sub, profile, profile_id, fact, now))
        except Conflict:
            raise Retryable("profile_changed_meanwhile") from None
