"""What anybody may read."""

from __future__ import annotations

from tests.support.site import Screen

SCREENS: tuple[Screen, ...] = (Screen("the first page", "/"),)
