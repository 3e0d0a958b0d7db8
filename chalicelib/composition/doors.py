"""What each context answers to others, built when first asked for: a function loads only what it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.accounts.queries import AccountQueries
    from chalicelib.briefs.queries import BriefQueries
    from chalicelib.companies.queries import CompanyQueries
    from chalicelib.conversations.queries import ConversationQueries
    from chalicelib.matching.queries import MatchingQueries
    from chalicelib.moderation.queries import ModerationQueries
    from chalicelib.notifications.queries import NotificationQueries
    from chalicelib.privacy.queries import PrivacyQueries
    from chalicelib.profiles.queries import ProfileQueries
    from chalicelib.rates.queries import RatesQueries
    from chalicelib.verification.queries import VerificationQueries
    from chalicelib.visibility.queries import VisibilityQueries


def accounts() -> AccountQueries:
    from chalicelib.accounts import wiring

    return wiring.queries()


def companies() -> CompanyQueries:
    from chalicelib.companies import wiring

    return wiring.queries()


def briefs() -> BriefQueries:
    from chalicelib.briefs import wiring

    return wiring.queries()


def conversations() -> ConversationQueries:
    from chalicelib.conversations import wiring

    return wiring.queries()


def profiles() -> ProfileQueries:
    from chalicelib.profiles import wiring

    return wiring.queries()


def verification() -> VerificationQueries:
    from chalicelib.verification import wiring

    return wiring.queries()


def rates() -> RatesQueries:
    from chalicelib.rates import wiring

    return wiring.queries()


def privacy() -> PrivacyQueries:
    from chalicelib.privacy import wiring

    return wiring.queries()


def notifications() -> NotificationQueries:
    from chalicelib.notifications import wiring

    return wiring.queries()


def matching() -> MatchingQueries:
    from chalicelib.matching import wiring

    return wiring.queries()


def visibility() -> VisibilityQueries:
    from chalicelib.visibility import wiring

    return wiring.queries()


def moderation() -> ModerationQueries:
    from chalicelib.moderation import wiring

    return wiring.queries()
