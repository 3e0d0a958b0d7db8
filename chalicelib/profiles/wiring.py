from __future__ import annotations

from functools import cache

from chalicelib.composition import for_profiles
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.profiles.level import Bands
from chalicelib.profiles.personal import ProfilesOfPerson
from chalicelib.profiles.queries import ProfileQueries
from chalicelib.profiles.repository import HISTORIES, ProfileRepository
from chalicelib.profiles.service import ProfileService
from chalicelib.vocabulary.clock import utc_now


@cache
def repository() -> ProfileRepository:
    return ProfileRepository(Table(settings().profiles_table))


def bands() -> Bands:
    return Bands(settings().junior_below_years, settings().mid_below_years)


@cache
def service() -> ProfileService:
    return ProfileService(
        repository(),
        for_profiles.proposals(),
        for_profiles.views(),
        for_profiles.cases(),
        for_profiles.engagements(),
        bands(),
        utc_now,
    )


@cache
def queries() -> ProfileQueries:
    return ProfileQueries(repository(), bands(), utc_now)


@cache
def personal() -> ProfilesOfPerson:
    return ProfilesOfPerson(repository())


@cache
def journal() -> Journal:
    return Journal(Table(settings().profiles_table), HISTORIES)
