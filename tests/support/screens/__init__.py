"""Every screen of the site in every state it may be in, by the space it belongs to."""

from __future__ import annotations

from tests.support.screens import account, admin, company, freelancer, producer, public, shared, verification
from tests.support.site import Screen

SCREENS: tuple[Screen, ...] = (
    *public.SCREENS,
    *account.SCREENS,
    *producer.SCREENS,
    *freelancer.SCREENS,
    *company.SCREENS,
    *shared.SCREENS,
    *verification.SCREENS,
    *admin.SCREENS,
)
