from __future__ import annotations

from functools import cache

from chalicelib import composition
from chalicelib.platform.journal import Journal
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.profiles.level import Bands
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
        composition.proposals_for_profiles(),
        composition.views_for_profiles(),
        composition.cases_for_profiles(),
        composition.engagements_for_profiles(),
        bands(),
        utc_now,
    )


@cache
def queries() -> ProfileQueries:
    return ProfileQueries(repository(), bands(), utc_now)


@cache
def journal() -> Journal:
    return Journal(Table(settings().profiles_table), HISTORIES)
