"""What one context calls a thing, as another knows it: used for more than one who asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from chalicelib.composition import doors
from chalicelib.vocabulary.clock import paris_day, utc_now

if TYPE_CHECKING:
    from chalicelib.briefs.models import Brief, Content
    from chalicelib.matching.snapshots import BriefSnapshot
    from chalicelib.profiles.models import Credit
    from chalicelib.profiles.service import Dossier
    from chalicelib.verification.subjects import CreditClaim, OtherWork, ProfileClaim
    from chalicelib.visibility.models import Shown


#: What matching knows of a brief's content beside its dates.
_MATCHED = (
    "role",
    "levels",
    "genres",
    "tones",
    "universes",
    "stakes",
    "format",
    "audiences",
    "development_stage",
    "tasks",
    "source_material",
    "languages",
    "working_mode",
    "region",
    "estimated_days",
    "junior_seats",
    "logline",
    "pitch",
)


def with_company(brief: Brief) -> BriefSnapshot:
    snapshot = snapshot_of(brief.brief_id, brief.version, brief.content)
    name = doors.companies().name(brief.company_id) if brief.content.company_affinity is not False else None
    return snapshot if name is None else replace(snapshot, companies=(name,))


def snapshot_of(brief_id: str, version: int, content: Content) -> BriefSnapshot:
    """A brief as it is matched. Without any date, as a draft may be, whoever is free on some day from today on is free
    in time."""
    from chalicelib.matching.snapshots import BriefSnapshot

    window, deadline = content.start_window, content.deadline or date.max
    return BriefSnapshot.from_item(
        {
            **content.model_dump(mode="json", include=set(_MATCHED)),
            "brief_id": brief_id,
            "version": version,
            "deadline": deadline.isoformat(),
            "start_from": window.from_.isoformat() if window else None,
            "start_until": window.until.isoformat() if window else None,
        }
    )


def card_snapshot(card: Mapping[str, Any]) -> BriefSnapshot:
    """A live project as matching knows it from its card alone."""
    from chalicelib.matching.snapshots import BriefSnapshot

    begins, ends = (card["start_window"][edge].isoformat() for edge in ("from_", "until"))
    item = {name: card[name] for name in _MATCHED if name in card}
    item |= {"brief_id": card["project_id"], "version": 0}
    item |= {"deadline": ends, "start_from": begins, "start_until": ends}
    return BriefSnapshot.from_item(item)


def claimed(dossier: Dossier) -> ProfileClaim:
    from chalicelib.verification.subjects import OtherWork, ProfileClaim

    profile, works = dossier.profile, [(one.credit_id, one.content.title, one.year) for one in dossier.credits]
    external_ids = profile.content.external_ids.given
    return ProfileClaim(
        profile_id=profile.profile_id,
        owner_sub=profile.user_sub,
        person_name=profile.content.display_name,
        roles=profile.content.roles,
        credits=tuple(
            _claimed_credit(
                profile.profile_id,
                profile.content.display_name,
                external_ids,
                credit,
                tuple(OtherWork(title, year) for credit_id, title, year in works if credit_id != credit.credit_id),
            )
            for credit in dossier.credits
        ),
        external_ids=external_ids,
        complete=not profile.content.missing(),
    )


def _claimed_credit(
    profile_id: str,
    person_name: str,
    external_ids: Mapping[str, str],
    credit: Credit,
    other_works: tuple[OtherWork, ...],
) -> CreditClaim:
    from chalicelib.verification.subjects import CreditClaim

    content = credit.content
    return CreditClaim(
        profile_id=profile_id,
        credit_id=credit.credit_id,
        person_name=person_name,
        title=content.title,
        year=content.year,
        started_year=content.started_year,
        function=content.function,
        format=content.format,
        company=content.company,
        broadcaster=content.broadcaster,
        isan=content.isan,
        contribution=content.contribution,
        external_ids=external_ids,
        other_works=other_works,
    )


def is_live(brief: Brief) -> bool:
    return brief.state_on(paris_day(utc_now())) == "live"


def is_verified(dossier: Dossier) -> bool:
    from chalicelib.profiles.models import VERIFIED

    return dossier.profile.status in VERIFIED


def is_proposable(dossier: Dossier) -> bool:
    """Whether producers may be shown somebody whom they did not meet yet."""
    return dossier.profile.may_be_shown and dossier.profile.pause is None


def kept_out_of(company_id: str) -> frozenset[str]:
    """The profiles that are not to be shown to a company: their owners keep it away, by whichever of its names."""
    company = doors.companies().company(company_id)
    if company is None:
        return frozenset()
    known = company.known_as
    names = (company.identity.legal_name, *company.former_names, *known.other_names, *known.acronyms)
    return doors.visibility().keeping_away(company_id, company.identity.siren, names)


class ViewLogs:
    """That producers were given somebody, noted for whoever it was: the one thing that a reading leaves behind
    (`docs/decisions/0028-who-sees-whom.md`)."""

    def listed(self, brief_id: str, profile_ids: Iterable[str]) -> None:
        """As a line of a shortlist has them, or less: by name and level."""
        self._note([(brief_id, one) for one in profile_ids], "shortlist_line")

    def read(self, brief_id: str, profile_id: str) -> None:
        """The whole profile."""
        self._note([(brief_id, profile_id)], "profile")

    def met(self, people: Iterable[tuple[str, str, bool]]) -> None:
        """As somebody opposite in a conversation, some of them with their contact details."""
        found = list(people)
        self._note([one[:2] for one in found if not one[2]], "shortlist_line")
        self._note([one[:2] for one in found if one[2]], "contact_details")

    def _note(self, people: Iterable[tuple[str, str]], shown: Shown) -> None:
        from chalicelib.visibility import wiring
        from chalicelib.visibility.models import Sight

        wiring.views().note([Sight(*one) for one in people], shown)
