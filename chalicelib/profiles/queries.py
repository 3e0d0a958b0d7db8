"""What other contexts may ask of profiles, answered at once and read-only."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from chalicelib.profiles.level import Bands, Work, verified_years
from chalicelib.profiles.models import Profile
from chalicelib.profiles.repository import ProfileRepository
from chalicelib.profiles.service import Dossier, dossier
from chalicelib.vocabulary.clock import Clock


class ProfileQueries:
    def __init__(self, repository: ProfileRepository, bands: Bands, clock: Clock) -> None:
        self._repository = repository
        self._bands = bands
        self._clock = clock

    def is_verified(self, sub: str) -> bool:
        """Whether this account's profile is verified, in full or in part, and its owner not suspended."""
        profile = self._repository.owned_by(sub)
        return profile is not None and profile.may_be_shown

    def is_owner(self, sub: str) -> bool:
        """Whether this account has a profile, in whatever state."""
        return self._repository.owned_by(sub) is not None

    def dossier(self, profile_id: str) -> Dossier | None:
        profile = self._repository.get(profile_id)
        return self._dossier(profile) if profile else None

    def dossier_of(self, sub: str) -> Dossier | None:
        """That of an account; None while it has no profile."""
        profile = self._repository.owned_by(sub)
        return self._dossier(profile) if profile else None

    def names(self, profile_ids: Collection[str]) -> dict[str, str]:
        """How the people of these profiles are called; whose profile is gone is left out."""
        return self._repository.names(profile_ids)

    def titles(self, credits: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The works of these credits, each a profile's id and its own; one that is gone is left out."""
        return self._repository.titles(credits)

    def levels(self, roles: Iterable[str], works: Iterable[Work]) -> tuple[dict[str, str], dict[str, int]]:
        """The levels that these works would prove in these roles, and the verified years by function."""
        years = verified_years(works)
        return {role: self._bands.level(years.get(role, 0)) for role in roles}, years

    def _dossier(self, profile: Profile) -> Dossier:
        return dossier(profile, self._repository.credits(profile.profile_id), self._bands, self._clock())
