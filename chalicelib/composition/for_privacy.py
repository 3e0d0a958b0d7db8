"""What privacy asks of others: of every context that keeps anything about a person, what it is and to forget it.

A context of its own that keeps something of people adds two lines here: its port in `keepers`, its table in `TABLES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.composition import doors
from chalicelib.vocabulary.person import Person, Personal
from chalicelib.vocabulary.retention import BACKUPS, HOLDS
from chalicelib.vocabulary.text import LANGUAGES, Language

if TYPE_CHECKING:
    from chalicelib.platform.journal import Journal
    from chalicelib.privacy.service import Receipt

#: Context → the settings that name its tables and buckets: every one of them is somebody's to forget (a test compares).
TABLES: Mapping[str, tuple[str, ...]] = {
    "accounts": ("accounts_table",),
    "companies": ("companies_table",),
    "briefs": ("briefs_table",),
    "profiles": ("profiles_table",),
    "matching": ("matching_table", "candidates_table", "snapshots_bucket"),
    "conversations": ("conversations_table", "attachments_bucket"),
    "verification": ("verification_table", "evidence_bucket"),
    "notifications": ("notifications_table",),
    "rates": ("rates_table",),
    "visibility": ("visibility_table",),
    "taxonomy": ("taxonomy_table",),
    "failures": ("failures_table",),
    "requests": ("requests_table",),
    "privacy": ("privacy_table", "exports_bucket"),
}

#: What holds nobody: an erasure has nothing to do there, so that no published figure changes with one. The promise
#: keeps ids of projects, and times under keyed digests (`docs/decisions/0031-what-is-promised-and-what-is-chained.md`).
OF_NOBODY = ("promise_table",)


def keepers() -> Mapping[str, Personal]:
    """Context → what it does for one person, in the order of an export."""
    from chalicelib.accounts import wiring as accounts
    from chalicelib.briefs import wiring as briefs
    from chalicelib.companies import wiring as companies
    from chalicelib.conversations import wiring as conversations
    from chalicelib.failures import wiring as failures
    from chalicelib.matching import wiring as matching
    from chalicelib.notifications import wiring as notifications
    from chalicelib.platform.idempotency import Answers
    from chalicelib.platform.remembered import RequestsOfPerson
    from chalicelib.platform.settings import settings
    from chalicelib.platform.table import Table
    from chalicelib.privacy import wiring as privacy
    from chalicelib.profiles import wiring as profiles
    from chalicelib.rates import wiring as rates
    from chalicelib.taxonomy import wiring as taxonomy
    from chalicelib.verification import wiring as verification
    from chalicelib.visibility import wiring as visibility
    from chalicelib.vocabulary.clock import utc_now

    return {
        "accounts": accounts.personal(),
        "companies": companies.personal(),
        "briefs": briefs.personal(),
        "profiles": profiles.personal(),
        "matching": matching.personal(),
        "conversations": conversations.personal(),
        "verification": verification.personal(),
        "notifications": notifications.personal(),
        "rates": rates.personal(),
        "visibility": visibility.personal(),
        "taxonomy": taxonomy.personal(),
        "failures": failures.personal(),
        "requests": RequestsOfPerson(Answers(Table(settings().requests_table), utc_now)),
        "privacy": privacy.personal(),
    }


def people() -> PeopleForPrivacy:
    return PeopleForPrivacy()


def accounts() -> AccountsForPrivacy:
    return AccountsForPrivacy()


def letters() -> LettersForPrivacy:
    return LettersForPrivacy()


def journals() -> list[Journal]:
    """Of every context in which people act."""
    from chalicelib.composition import for_audit

    return for_audit.journals()


class PeopleForPrivacy:
    """An account with what leads to the rest of what is known of its holder."""

    def person(self, sub: str, email: str) -> Person:
        dossier = doors.profiles().dossier_of(sub)
        return Person(
            sub=sub,
            email=email,
            profile_id=dossier.profile.profile_id if dossier else None,
            company_id=doors.companies().company_of(sub),
            names=(dossier.profile.content.display_name,) if dossier else (),
        )


class AccountsForPrivacy:
    """The user pool, and how the holder of an account is written to."""

    def close(self, sub: str) -> None:
        from chalicelib.accounts import wiring

        wiring.directory().close(sub)

    def delete(self, sub: str) -> bool:
        from chalicelib.accounts import wiring

        return wiring.directory().delete(sub)

    def address(self, sub: str) -> str | None:
        return doors.accounts().address(sub)

    def language(self, sub: str) -> Language:
        from chalicelib.notifications import wiring

        company_id = doors.companies().company_of(sub)
        member = doors.companies().member(company_id, sub) if company_id else None
        return wiring.language(sub) or (member.language if member else LANGUAGES[0])


class LettersForPrivacy:
    """The receipt as the last e-mail says it."""

    def receipt(self, address: str, language: Language, receipt: Receipt, completed_at: datetime) -> None:
        from chalicelib.notifications import wiring
        from chalicelib.notifications.departures import Farewell, Kept, Step
        from chalicelib.vocabulary.clock import paris_day

        erasure = receipt.erasure
        wiring.farewell().send(
            address,
            language,
            Farewell(
                erasure_id=erasure.erasure_id,
                by_inactivity=erasure.cause == "inactivity",
                requested_on=paris_day(datetime.fromisoformat(erasure.requested_at)),
                completed_on=paris_day(completed_at),
                steps=tuple(Step(task.context, task.removed, task.redacted) for task in receipt.tasks),
                kept=tuple(
                    Kept(
                        HOLDS[one.ground].label,
                        HOLDS[one.ground].source,
                        paris_day(datetime.fromisoformat(one.until)),
                    )
                    for one in receipt.held
                ),
                backups_days=BACKUPS.days,
            ),
        )
