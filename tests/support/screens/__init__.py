"""Every screen of the site in every state it may be in: each file here lists those of one part of it, as `SCREENS`."""

from __future__ import annotations

from tests.support.screens import account, admin, freelancer, preferences, producer, public, shared
from importlib import import_module
from pkgutil import iter_modules

from tests.support.site import Screen

#: By the name of its file.
PARTS: dict[str, tuple[Screen, ...]] = {
    part.name: import_module(f"{__name__}.{part.name}").SCREENS for part in iter_modules(__path__)
}
SCREENS: tuple[Screen, ...] = tuple(screen for screens in PARTS.values() for screen in screens)
from tests.support.screens import account, admin, freelancer, people, producer, public, shared
from tests.support.screens import account, admin, briefs, freelancer, producer, public, shared
from tests.support.site import Screen

SCREENS: tuple[Screen, ...] = (
    *public.SCREENS,
    *account.SCREENS,
    *preferences.SCREENS,
    *producer.SCREENS,
    *people.SCREENS,
    *briefs.SCREENS,
    *freelancer.SCREENS,
    *shared.SCREENS,
    *admin.SCREENS,
)
