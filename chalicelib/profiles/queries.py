"""What other contexts may ask of profiles, answered at once and read-only."""

from __future__ import annotations

from chalicelib.profiles.level import Bands
from chalicelib.profiles.models import VERIFIED
from chalicelib.profiles.repository import ProfileRepository
from chalicelib.profiles.service import Dossier, dossier


class ProfileQueries:
    def __init__(self, repository: ProfileRepository, bands: Bands) -> None:
        self._repository = repository
        self._bands = bands

    def is_verified(self, sub: str) -> bool:
        """Whether this account's profile is verified, in full or in part."""
        profile = self._repository.owned_by(sub)
        return profile is not None and profile.status in VERIFIED

    def dossier(self, profile_id: str) -> Dossier | None:
        profile = self._repository.get(profile_id)
        return dossier(profile, self._repository.credits(profile_id), self._bands) if profile else None
