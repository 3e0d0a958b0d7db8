"""Every screen of the site in every state it may be in, by the space it belongs to."""

from __future__ import annotations

from tests.support.screens import account, admin, freelancer, preferences, producer, public, shared
from tests.support.site import Screen

SCREENS: tuple[Screen, ...] = (
    *public.SCREENS,
    *account.SCREENS,
    *preferences.SCREENS,
    *producer.SCREENS,
    *freelancer.SCREENS,
    *shared.SCREENS,
    *admin.SCREENS,
)
