"""What audit reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.platform.journal import Journal


def journals() -> list[Journal]:
    """Of every context in which people act."""
    from chalicelib.briefs import wiring as briefs
    from chalicelib.companies import wiring as companies
    from chalicelib.conversations import wiring as conversations
    from chalicelib.failures import wiring as failures
    from chalicelib.moderation import wiring as moderation
    from chalicelib.notifications import wiring as notifications
    from chalicelib.privacy import wiring as privacy
    from chalicelib.profiles import wiring as profiles
    from chalicelib.rates import wiring as rates
    from chalicelib.taxonomy import wiring as taxonomy
    from chalicelib.verification import wiring as verification
    from chalicelib.visibility import wiring as visibility

    return [
        companies.journal(),
        briefs.journal(),
        profiles.journal(),
        conversations.journal(),
        rates.journal(),
        taxonomy.journal(),
        privacy.journal(),
        verification.journal(),
        visibility.journal(),
        moderation.journal(),
        notifications.journal(),
        failures.journal(),
    ]
