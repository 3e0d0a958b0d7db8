"""Every screen of the site in every state it may be in: each file here lists those of one part of it, as `SCREENS`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from tests.support.site import Screen

#: By the name of its file.
PARTS: dict[str, tuple[Screen, ...]] = {
    part.name: import_module(f"{__name__}.{part.name}").SCREENS for part in iter_modules(__path__)
}
SCREENS: tuple[Screen, ...] = tuple(screen for screens in PARTS.values() for screen in screens)
